internal import Hummingbird
package import Logging
package import TermsOperations

/// Where and how the web service listens.
package struct WebSettings: Hashable, Sendable {
  package let host: String
  /// 0 lets the system choose.
  package let port: Int
  /// Where the service is reached from outside, without a slash at its end.
  package let baseURL: String?
  /// What programs send as a bearer token; without one, answers about developers are given on loopback alone.
  package let token: String?

  package init(host: String = "127.0.0.1", port: Int = 8080, baseURL: String? = nil, token: String? = nil) {
    self.host = host
    self.port = port
    self.baseURL = baseURL
    self.token = token
  }

  var isLoopback: Bool { ["127.0.0.1", "::1", "localhost"].contains(host) }
}

/// The public archive and the binding answer over HTTP.
package struct WebService: Sendable {
  private let registry: TermsRegistry
  private let settings: WebSettings
  private let logger: Logger

  package init(registry: TermsRegistry, settings: WebSettings, logger: Logger) {
    self.registry = registry
    self.settings = settings
    self.logger = logger
  }

  /// Serves until it is told to stop (SIGTERM, SIGINT), then finishes what it accepted.
  /// - Parameter onRunning: called with the port once requests are taken.
  package func run(onRunning: @escaping @Sendable (Int) -> Void) async throws {
    let application = Application(
      router: makeRouter(),
      configuration: ApplicationConfiguration(
        address: .hostname(settings.host, port: settings.port), serverName: "tenor"),
      onServerRunning: { channel in onRunning(channel.localAddress?.port ?? 0) },
      logger: logger)
    try await application.runService()
  }

  func makeRouter() -> Router<BasicRequestContext> {
    let router = Router()
    router.add(middleware: SecurityHeaders())
    router.add(middleware: ErrorAnswers())
    router.get("/healthz") { _, _ in "ok\n" }
    BindingRoutes(
      registry: registry, access: Access(token: settings.token, isLoopback: settings.isLoopback),
      baseURL: settings.baseURL
    ).add(to: router)
    ArchiveRoutes(registry: registry).add(to: router)
    return router
  }
}
