internal import ArgumentParser
internal import Foundation
internal import Logging
internal import TermsStore
internal import TermsWeb

struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Serve the archive, and the interface for programs, over HTTP.",
    discussion: """
      The archive is public. Facts about developers need a token ('tenor tokens create'); until the first one is created, a \
      service on a loopback address answers questions about them to whoever reaches it. Ends on SIGTERM or Ctrl-C after \
      finishing what it accepted. TLS is the business of a proxy before it: set TENOR_BASE_URL to the address outside.
      """)

  @OptionGroup var options: DatabaseOptions
  @Option(help: "The address to listen on.") var host = "127.0.0.1"
  @Option(help: "The port; 0 lets the system choose.") var port = 8080
  @Option(help: "Requests a second that one address may make; 0 for any number.") var rate = 50
  @Flag(
    help: "Take the asker's address from the last entry of X-Forwarded-For, which the proxy before the service sets.")
  var behindProxy = false

  func validate() throws {
    guard (0...65_535).contains(port) else {
      throw ValidationError("there is no port \(port); ports go from 1 to 65535, and 0 lets the system choose")
    }
    guard (0...1_000_000).contains(rate) else { throw ValidationError("--rate takes a number from 0 to 1000000") }
  }

  /// This build of the program: what it answered must not pass for what another one would.
  private static var program: String {
    let attributes = try? FileManager.default.attributesOfItem(
      atPath: Bundle.main.executablePath ?? CommandLine.arguments[0])
    let date = (attributes?[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
    return "\(attributes?[.size] as? Int ?? 0)t\(Int64(date))"
  }

  func run() async throws {
    let composition = try await Composition(options)
    var logger = Logger(label: "tenor") { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = .notice
    let store = try composition.store(.openExisting)
    let service = WebService(
      record: store, now: Composition.now, makeSecret: Composition.makeSalt,
      settings: WebSettings(
        host: host, port: port, baseURL: composition.settings.baseURL, requestsPerSecond: rate == 0 ? nil : rate,
        isBehindProxy: behindProxy, program: Self.program),
      outside: OutsideWorld(converter: Pandoc(), trialMail: ComposedTrialMail(composition: composition)), logger: logger
    )
    let host = host.contains(":") ? "[\(host)]" : host
    do {
      try await service.run { port in
        print("serving on http://\(host):\(port)")
        // A file or a pipe would learn of it only at the end.
        fflush(nil)
      }
    } catch {
      try? store.close()
      throw error
    }
    // The record is one file again, that whoever stopped the service can copy.
    try store.close()
  }
}
