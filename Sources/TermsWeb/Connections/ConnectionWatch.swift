internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPTypes
internal import NIOHTTPTypesHTTP1

/// Ends what a client draws out: a head or a body that does not arrive, an answer that is not taken, silence.
///
/// Each may last as long as ``patience``, counted from where it began. A head that is late is answered with 408 (RFC 9110,
/// section 15.5.9); where an answer says that the line ends with it, what still comes is read and dropped for a while, so that
/// the answer is not lost with the line (RFC 9112, section 9.6).
final class ConnectionWatch: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  /// What is taken of an answer within ``patience`` at least, where more of it waits: a kilobyte a second.
  private var leastTaken: Int { Int(patience.nanoseconds / 1_000_000_000) * 1024 }

  private enum Ending {
    /// All is to be handed over first.
    case afterTheAnswer
    /// Nothing more is said; what comes is dropped until then.
    case lingering(until: NIODeadline)
  }

  private let patience: TimeAmount
  private var timer: Scheduled<Void>?
  private var line: ByteWatch?

  /// Requests whose head was read and that are not answered to the end.
  private var unanswered = 0
  private var isBodyComing = false
  private var answerEndsTheLine = false
  private var ending: Ending?
  /// Since when nothing is under way, or a body comes that nobody reads.
  private var idleSince = NIODeadline.now()
  /// When the first byte came of a head that is not there yet.
  private var headSince: NIODeadline?
  /// How much was taken when it was looked at last, where more was waiting.
  private var takenBefore: (bytes: Int, at: NIODeadline)?

  init(patience seconds: Int) {
    patience = .seconds(Int64(seconds))
  }

  // MARK: Coming and going

  func handlerAdded(context: ChannelHandlerContext) {
    do {
      let line = ByteWatch(watch: self)
      let pipeline = context.pipeline.syncOperations
      try pipeline.addHandler(line, position: .first)
      try pipeline.addHandler(
        HostCheck(), position: .before(try pipeline.handler(type: HTTP1ToHTTPServerCodec.self)))
      self.line = line
    } catch {
      // Unwatched, it would be open to whoever draws it out.
      context.close(promise: nil)
    }
    idleSince = .now()
    look(context, after: patience)
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    timer?.cancel()
    timer = nil
    line = nil
  }

  func channelInactive(context: ChannelHandlerContext) {
    timer?.cancel()
    timer = nil
    context.fireChannelInactive()
  }

  // MARK: What passes

  var isEnding: Bool { ending != nil }

  /// Whether bytes that came are still of interest.
  func takesBytes() -> Bool {
    guard ending == nil else { return false }
    if !isBodyComing, headSince == nil { headSince = .now() }
    return true
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard ending == nil else { return }
    switch unwrapInboundIn(data) {
    case .head(let request):
      headSince = nil
      isBodyComing = true
      if unanswered == 0, request.expectsContinue { line?.say("HTTP/1.1 100 Continue\r\n\r\n") }
      unanswered += 1
    case .body: break
    case .end:
      isBodyComing = false
      if unanswered == 0 { idleSince = .now() }
    }
    context.fireChannelRead(data)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    guard ending == nil else {
      promise?.fail(ChannelError.outputClosed)
      return
    }
    switch unwrapOutboundIn(data) {
    case .head(let response) where response.status.kind == .informational: break
    case .head(let response): answerEndsTheLine = response.headerFields[.connection]?.lowercased() == "close"
    case .body: break
    case .end:
      unanswered -= 1
      idleSince = .now()
      if headSince != nil { headSince = idleSince }
      guard answerEndsTheLine else { break }
      context.writeAndFlush(data, promise: promise)
      return end(context)
    }
    context.write(data, promise: promise)
  }

  func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
    // What was accepted is finished, also where the service stops in the middle of a long answer.
    guard mode == .all, waiting(context) > 0, let line else { return context.close(mode: mode, promise: promise) }
    line.whenTaken { context.close(mode: mode, promise: promise) }
  }

  // MARK: Ending

  /// Ends the line once all that was said is handed over.
  private func end(_ context: ChannelHandlerContext) {
    ending = .afterTheAnswer
    // Who took in what came may have stopped; what is not read would take the answer along when the line ends.
    context.read()
    line?.whenTaken { [self] in
      context.close(mode: .output, promise: nil)
      let linger = TimeAmount.nanoseconds(patience.nanoseconds / 4)
      ending = .lingering(until: .now() + linger)
      look(context, after: linger)
    }
  }

  /// Cuts the line, whatever the other side has taken. Otherwise the system would keep what was said for minutes.
  private func cut(_ context: ChannelHandlerContext) {
    ending = .lingering(until: .now())
    _ = (context.channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
    context.close(promise: nil)
  }

  // MARK: Looking

  private func look(_ context: ChannelHandlerContext, after time: TimeAmount) {
    timer?.cancel()
    timer = context.eventLoop.assumeIsolated().scheduleTask(in: time) { [self] in
      timer = nil
      guard context.channel.isActive else { return }
      if let next = next(context, at: .now()) { look(context, after: next) }
    }
  }

  /// Ends what lasts too long.
  /// - Returns: in what time to look again; `nil` where the line is closed. Whatever begins meanwhile may last longer than that.
  private func next(_ context: ChannelHandlerContext, at now: NIODeadline) -> TimeAmount? {
    if case .lingering(let end) = ending {
      guard end <= now else { return end - now }
      context.close(mode: .all, promise: nil)
      return nil
    }
    let waiting = waiting(context)
    if waiting > 0 {
      let taken = (line?.said ?? 0) - waiting
      if let before = takenBefore, before.at + patience <= now, taken - before.bytes < leastTaken {
        cut(context)
        return nil
      }
      if takenBefore.map({ $0.at + patience <= now }) ?? true { takenBefore = (taken, now) }
      return patience
    }
    takenBefore = nil
    // The program is at it: how long that lasts is not the client's doing.
    guard unanswered == 0, ending == nil else { return patience }
    let began = headSince ?? idleSince
    guard began + patience <= now else { return began + patience - now }
    if headSince != nil {
      line?.say(Self.tooSlow)
      end(context)
      return patience
    }
    context.close(mode: .all, promise: nil)
    return nil
  }

  /// Bytes that were said and not taken over by the system.
  private func waiting(_ context: ChannelHandlerContext) -> Int {
    (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
  }

  private static let tooSlow: String = {
    let words = "The request did not arrive in time; send it again, as a whole\n"
    return """
      HTTP/1.1 408 Request Timeout\r
      content-type: text/plain; charset=utf-8\r
      content-length: \(words.utf8.count)\r
      connection: close\r
      \r
      \(words)
      """
  }()
}

extension HTTPRequest {
  /// Whether the client waits with the body until it is asked for it (RFC 9110, section 10.1.1). One that is too large is not
  /// asked for.
  fileprivate var expectsContinue: Bool {
    headerFields[.expect]?.lowercased() == "100-continue"
      && (headerFields[.contentLength].flatMap { Int($0) } ?? 0) <= WebContext.mostBodyBytes
  }
}

/// The end of the pipeline where bytes come and go.
private final class ByteWatch: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer
  typealias OutboundIn = IOData
  typealias OutboundOut = IOData

  private weak var watch: ConnectionWatch?
  private var context: ChannelHandlerContext?
  /// Bytes so far.
  private(set) var said = 0

  init(watch: ConnectionWatch) {
    self.watch = watch
  }

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if watch?.takesBytes() != false { context.fireChannelRead(data) }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    if watch?.isEnding == true { context.read() }
    context.fireChannelReadComplete()
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    said += unwrapOutboundIn(data).readableBytes
    context.write(data, promise: promise)
  }

  /// Says something of the watch's own.
  func say(_ words: String) {
    guard let context else { return }
    said += words.utf8.count
    context.writeAndFlush(wrapOutboundOut(.byteBuffer(ByteBuffer(string: words))), promise: nil)
  }

  /// Does something once all that was said is handed to the system, or the line is gone.
  func whenTaken(_ act: @escaping () -> Void) {
    guard let context else { return act() }
    let promise = context.eventLoop.makePromise(of: Void.self)
    promise.futureResult.assumeIsolated().whenComplete { _ in act() }
    context.writeAndFlush(wrapOutboundOut(.byteBuffer(ByteBuffer())), promise: promise)
  }
}

/// Refuses a request that does not say, once, whom it is for (RFC 9112, section 3.2).
private final class HostCheck: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart

  private var isRefused = false

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isRefused else { return }
    if case .head(let head) = unwrapInboundIn(data), !Self.isNamed(head) {
      isRefused = true
      // Whoever serves the line answers this in its turn, with 400, and ends the line.
      return context.fireErrorCaught(HTTPParserError.invalidHeaderToken)
    }
    context.fireChannelRead(data)
  }

  private static func isNamed(_ head: HTTPRequestHead) -> Bool {
    let hosts = head.headers["host"]
    guard hosts.count == 1 else { return hosts.isEmpty && head.version == .http1_0 }
    // What a name, an address or a port is made of (RFC 3986, section 3.2.2).
    return hosts[0].utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: "-._~%!$&'()*+,;=:[]".utf8.contains(byte)
      }
    }
  }
}
