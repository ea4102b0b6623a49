internal import Foundation
internal import Hummingbird
internal import HummingbirdCore
package import Logging
internal import NIOCore
package import TermsModel
package import TermsOperations

/// Where and how the web service listens.
package struct WebSettings: Hashable, Sendable {
  package let host: String
  /// 0 lets the system choose.
  package let port: Int
  /// Where the service is reached from outside, without a slash at its end.
  package let baseURL: String?
  /// Requests a second that one address may make, with room for a burst; `nil` for any number.
  package let requestsPerSecond: Int?
  /// Whether a proxy stands before the service, so that the asker's address is the last one in `X-Forwarded-For`.
  package let isBehindProxy: Bool
  /// Tells this program from others that may answer otherwise: letters and digits.
  package let program: String
  /// For how many seconds a head may come in, a body as well, and a connection be silent.
  let patience: Int

  static let usualPatience = 20

  package init(
    host: String = "127.0.0.1", port: Int = 8080, baseURL: String? = nil, requestsPerSecond: Int? = 50,
    isBehindProxy: Bool = false, program: String = ""
  ) {
    self.init(
      host: host, port: port, baseURL: baseURL, requestsPerSecond: requestsPerSecond, isBehindProxy: isBehindProxy,
      program: program, patience: Self.usualPatience)
  }

  init(
    host: String, port: Int, baseURL: String?, requestsPerSecond: Int?, isBehindProxy: Bool, program: String = "",
    patience: Int
  ) {
    self.program = program
    self.patience = patience
    self.host = host
    self.port = port
    self.baseURL = baseURL
    self.requestsPerSecond = requestsPerSecond
    self.isBehindProxy = isBehindProxy
  }

  var isLoopback: Bool { ["127.0.0.1", "::1", "localhost"].contains(host) }
}

/// All that the service needs of the record.
package typealias WebRecord = TermsRecord & AccessRecord & RepeatableAnswers & SearchRecord & DraftRecord
  & EvidenceRecord

/// The archive, the developers' pages, the operator's desk and the interface for programs, over HTTP.
package struct WebService: Sendable {
  let record: any WebRecord
  /// The acts and questions, as done by nobody in particular; whoever asks acts under their own name.
  let registry: TermsRegistry
  let settings: WebSettings
  private let access: Access
  private let outside: OutsideWorld
  private let logger: Logger

  /// - Parameter makeSecret: 32 random bytes in lower-case hexadecimal.
  package init(
    record: any WebRecord, now: @escaping @Sendable () -> Instant, makeSecret: @escaping @Sendable () -> String,
    settings: WebSettings, outside: OutsideWorld = OutsideWorld(), logger: Logger
  ) {
    self.outside = outside
    self.record = record
    self.settings = settings
    self.logger = logger
    registry = TermsRegistry(record: record, now: now, makeSalt: makeSecret, actor: "web service")
    access = Access(
      tokens: AccessRegistry(record: record, now: now, makeSecret: makeSecret, actor: "web service"),
      isLoopback: settings.isLoopback)
  }

  /// Serves until it is told to stop (SIGTERM, SIGINT), then finishes what it accepted.
  /// - Parameter onRunning: called with the port once requests are taken.
  /// - Throws: ``ListeningFault`` where the address cannot be listened on.
  package func run(onRunning: @escaping @Sendable (Int) -> Void) async throws {
    let application = application(onRunning: onRunning)
    do {
      try await application.runService()
    } catch {
      throw ListeningFault(error, host: settings.host, port: settings.port) ?? error
    }
  }

  func application(onRunning: @escaping @Sendable (Int) -> Void) -> some ApplicationProtocol {
    Application(
      router: makeRouter(),
      server: .watched(patience: settings.patience),
      configuration: ApplicationConfiguration(
        address: .hostname(settings.host, port: settings.port), serverName: "tenor"),
      onServerRunning: { channel in onRunning(channel.localAddress?.port ?? 0) },
      logger: logger)
  }

  func makeRouter() -> Router<WebContext> { makeRoutes().router }

  func makeRoutes() -> RouteTable {
    let router = Router(context: WebContext.self)
    let metrics = Metrics()
    router.add(middleware: metrics)
    router.add(middleware: Patience(seconds: settings.patience))
    router.add(middleware: SecurityHeaders())
    router.add(middleware: HeadAnswers())
    router.add(middleware: ErrorAnswers())
    if let limit = settings.requestsPerSecond {
      router.add(middleware: RateLimit(perSecond: limit, isBehindProxy: settings.isBehindProxy))
    }
    let routes = RouteTable(router)
    routes.get("/healthz", isQuick: true) { _, _ in
      Answer(text: "ok\n", type: "text/plain; charset=utf-8", cached: "no-store")
    }
    routes.get("/metrics") { request, _ in
      try await access.require(request, \.mayReadAll, to: "read the metrics")
      return Answer(text: metrics.text(), type: "text/plain; version=0.0.4; charset=utf-8", cached: "no-store")
    }
    addPrograms(to: routes)
    let sessions = Sessions(tokens: access.tokens, registry: registry)
    SessionRoutes(sessions: sessions).add(to: routes)
    DeveloperRoutes(registry: registry, sessions: sessions, log: record, baseURL: settings.baseURL).add(to: routes)
    DeskRoutes(registry: registry, drafts: record, log: record, sessions: sessions, outside: outside).add(to: routes)
    FeedRoutes(registry: registry, baseURL: settings.baseURL).add(to: routes)
    ArchiveRoutes(registry: registry, search: record).add(to: routes)
    routes.refuseOtherMethods()
    return routes
  }

  /// The interface for programs.
  private func addPrograms(to routes: RouteTable) {
    let repeating = Repeating(answers: record, now: registry.now)
    routes.get("/openapi.json") { _, _ in
      Answer(text: try OpenAPI(baseURL: settings.baseURL).text, type: "application/json")
    }
    BindingPrograms(
      registry: registry, access: access, baseURL: settings.baseURL, program: settings.program
    ).add(to: routes)
    DocumentPrograms(registry: registry, search: record).add(to: routes)
    PublishingPrograms(
      registry: registry, drafts: record, access: access, repeating: repeating, outside: outside
    ).add(to: routes)
    DeveloperPrograms(registry: registry, access: access, repeating: repeating).add(to: routes)
    LogPrograms(log: record).add(to: routes)
    EvidencePrograms(registry: registry, record: record, access: access).add(to: routes)
    NoticePrograms(registry: registry, access: access, repeating: repeating).add(to: routes)
  }
}

extension HTTPServerBuilder {
  /// HTTP/1.1 on lines that are watched.
  /// - Parameter seconds: for which a head may come in, an answer wait to be taken, and a connection be silent.
  static func watched(patience seconds: Int) -> HTTPServerBuilder {
    HTTPServerBuilder { responder in
      OnConnectionThread(
        base: HTTP1Channel(
          responder: responder, configuration: .init(additionalChannelHandlers: [ConnectionWatch(patience: seconds)])))
    }
  }
}

/// Why the service cannot listen where it was told to.
package enum ListeningFault: Error, Hashable, CustomStringConvertible {
  case addressInUse(host: String, port: Int)
  case notPermitted(host: String, port: Int)
  case noSuchAddress(host: String)

  init?(_ error: any Error, host: String, port: Int) {
    switch error {
    case let error as IOError where error.errnoCode == EADDRINUSE: self = .addressInUse(host: host, port: port)
    case let error as IOError where error.errnoCode == EACCES || error.errnoCode == EPERM:
      self = .notPermitted(host: host, port: port)
    case let error as IOError where error.errnoCode == EADDRNOTAVAIL: self = .noSuchAddress(host: host)
    case is SocketAddressError: self = .noSuchAddress(host: host)
    default: return nil
    }
  }

  package var description: String {
    switch self {
    case .addressInUse(let host, let port):
      "port \(port) on \(host) is taken by another program; stop that one, or choose another with --port (0 lets the system choose)"
    case .notPermitted(let host, let port):
      "this user may not listen on port \(port) of \(host); choose one from 1024 up, such as 8080, with --port"
    case .noSuchAddress(let host):
      "'\(host)' is no address of this machine; give --host 127.0.0.1 for this machine alone, or 0.0.0.0 for all its addresses"
    }
  }
}
