internal import CCurlShim
internal import Dispatch
package import TermsOperations

/// Hands messages over by SMTP, one recipient each, over one connection that is used again.
///
/// libcurl blocks until a server has answered, which may take ten minutes, so that it works on a thread of its own and
/// never on one that Swift's tasks share. Who does its own work on that thread as well, by ``thread``, changes none between
/// one message and the next.
package struct SMTPTransport: NoticeTransport {
  let settings: SMTPSettings
  private let connection: SMTPConnection

  package init(settings: SMTPSettings) {
    self.settings = settings
    connection = SMTPConnection(settings: settings)
  }

  package var thread: (any TaskExecutor)? { connection.thread }

  package func send(_ message: NoticeMessage) async -> TransportOutcome {
    await transmit(message).outcome
  }

  package func transmit(_ message: NoticeMessage) async -> Transmission {
    let envelope = SMTPEnvelope(
      message, asksForReports: settings.deliveryReports == .wire, takesBrackets: Self.takesBrackets)
    return await connection.send(message.bytes, envelope).transmission(host: settings.host)
  }

  private static let takesBrackets = tenor_smtp_takes_brackets() != 0

  /// Connects, turns to TLS and logs in, and says nothing of any message.
  func probe() async -> SMTPConversation {
    await connection.probe()
  }

  /// Says goodbye to the server. The next message makes a new connection.
  package func close() async {
    await connection.close()
  }

  /// How many connections were made so far.
  package var connections: Int { get async { await connection.made } }
}

/// One connection and the thread that it is used on.
private final class SMTPConnection: @unchecked Sendable {
  private let settings: SMTPSettings
  /// The only one from which the properties below are touched.
  let thread = ConnectionThread()
  private var handle: OpaquePointer?
  private var connections = 0

  init(settings: SMTPSettings) {
    self.settings = settings
  }

  deinit { tenor_smtp_close(handle) }

  func send(_ bytes: [UInt8], _ envelope: SMTPEnvelope) async -> SMTPConversation {
    await onThread {
      self.converse { handle, result in
        bytes.withUnsafeBufferPointer {
          tenor_smtp_send(handle, envelope.mail, envelope.recipient, $0.baseAddress, $0.count, &result)
        }
      }
    }
  }

  func probe() async -> SMTPConversation {
    await onThread { self.converse { tenor_smtp_probe($0, &$1) } }
  }

  func close() async {
    await onThread {
      tenor_smtp_close(self.handle)
      self.handle = nil
    }
  }

  var made: Int { get async { await onThread { self.connections } } }

  private func onThread<Result: Sendable>(_ work: @escaping @Sendable () -> Result) async -> Result {
    await withTaskExecutorPreference(thread) { await self.run(work) }
  }

  /// Nobody's in particular, and so run where the task prefers to be, also for a caller that belongs to an actor.
  private func run<Result: Sendable>(_ work: @Sendable () -> Result) async -> Result {
    thread.checkIsCurrent()
    return work()
  }

  private func converse(_ act: (OpaquePointer, inout tenor_smtp_result) -> Void) -> SMTPConversation {
    if handle == nil { handle = open() }
    guard let handle else {
      return SMTPConversation(
        result: 27, words: "no memory for a connection", step: .connect, reply: "", allHanded: false,
        gaveUpForReports: false, peer: "", offers: [])
    }
    var result = tenor_smtp_result()
    act(handle, &result)
    connections += result.connections
    let words = Self.text(&result.error)
    return SMTPConversation(
      result: result.rc, words: words.isEmpty ? String(cString: tenor_smtp_describe(result.rc)) : words,
      step: SMTPConversation.Step(rawValue: result.stage) ?? .connect, reply: Self.text(&result.reply),
      allHanded: result.all_handed != 0, gaveUpForReports: result.gave_up != 0, peer: Self.text(&result.peer),
      offers: Self.text(&result.offers).split(separator: "\n").map(String.init))
  }

  private func open() -> OpaquePointer? {
    let demandsReports: Int32 = settings.deliveryReports == .wire ? 1 : 0
    return withCStrings(settings.credentials?.user, settings.credentials?.password, settings.certificates) {
      user, password, certificates in
      settings.url.withCString { url in
        var options = tenor_smtp_options(
          url: url, user: user, password: password, ca_file: certificates,
          starttls: settings.security == .startTLS ? 1 : 0, needs_dsn: demandsReports,
          connect_timeout: settings.connectTimeout, response_timeout: settings.replyTimeout)
        return tenor_smtp_open(&options)
      }
    }
  }

  private func withCStrings<Result>(
    _ first: String?, _ second: String?, _ third: String?,
    _ body: (UnsafePointer<CChar>?, UnsafePointer<CChar>?, UnsafePointer<CChar>?) -> Result
  ) -> Result {
    Self.withCString(first) { a in
      Self.withCString(second) { b in
        Self.withCString(third) { c in body(a, b, c) }
      }
    }
  }

  private static func withCString<Result>(_ text: String?, _ body: (UnsafePointer<CChar>?) -> Result) -> Result {
    guard let text else { return body(nil) }
    return text.withCString { body($0) }
  }

  /// The text that a fixed field of a C structure holds, up to its NUL; bytes that are no UTF-8 are replaced.
  private static func text<Field>(_ field: inout Field) -> String {
    withUnsafeBytes(of: &field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}

/// One thread, on which one thing runs at a time.
private final class ConnectionThread: TaskExecutor {
  private let queue = DispatchQueue(label: "smtp")

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }

  /// Traps, in debug builds, on any other thread.
  func checkIsCurrent() {
    #if DEBUG
      dispatchPrecondition(condition: .onQueue(queue))
    #endif
  }
}
