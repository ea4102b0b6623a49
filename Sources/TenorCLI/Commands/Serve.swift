internal import ArgumentParser
internal import Logging
internal import TermsWeb

struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Serve the public archive, and the binding answer for programs, over HTTP.",
    discussion: """
      The archive is public. GET /v1/developers/{id}/binding is answered on a loopback address, or to programs that send \
      the token of TENOR_API_TOKEN. Ends on SIGTERM or Ctrl-C after finishing what it accepted.
      """)

  @OptionGroup var options: DatabaseOptions
  @Option(help: "The address to listen on.") var host = "127.0.0.1"
  @Option(help: "The port; 0 lets the system choose.") var port = 8080

  func validate() throws {
    guard (0...65_535).contains(port) else {
      throw ValidationError("there is no port \(port); ports go from 1 to 65535, and 0 lets the system choose")
    }
  }

  func run() async throws {
    let composition = try await Composition(options)
    var logger = Logger(label: "tenor") { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = .notice
    let service = WebService(
      registry: try composition.reader(),
      settings: WebSettings(
        host: host, port: port, baseURL: composition.settings.baseURL, token: composition.settings.token),
      logger: logger)
    let host = host
    try await service.run { port in print("serving on http://\(host):\(port)") }
  }
}
