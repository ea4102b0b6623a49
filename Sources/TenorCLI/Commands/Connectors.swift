internal import ArgumentParser
internal import TermsModel
internal import TermsOperations

struct Connectors: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "What developers connect to the platform: creating one is agreeing.",
    subcommands: [Add.self, Remove.self])

  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Record a connector's creation, and with it the agreement to the version then posted.")

    @OptionGroup var options: DatabaseOptions
    @Argument(help: "The developer.", transform: Arguments.identifier) var id: DeveloperID
    @Argument(help: "The connector's name.", transform: Arguments.identifier) var connector: ConnectorID
    @Option(help: "The document that governs it.", transform: Arguments.identifier) var document: DocumentSlug
    @Option(help: "When it happened, if not now.", transform: Arguments.instant) var at: Instant?

    func run() async throws {
      let registry = try await Composition(options).registry()
      try await registry.addConnector(connector, of: id, under: document, at: at)
      print("recorded connector '\(connector)' of '\(id)' under '\(document)'")
      guard let at else { return }
      let retrospect = try await registry.joiningInRetrospect(of: id, under: document, at: at)
      for note in retrospect.notes(on: id, document) { print(note) }
    }
  }

  struct Remove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Record that a connector was removed; removing the last one starts the ending of the agreement.")

    @OptionGroup var options: DatabaseOptions
    @Argument(help: "The developer.", transform: Arguments.identifier) var id: DeveloperID
    @Argument(help: "The connector's name.", transform: Arguments.identifier) var connector: ConnectorID
    @Option(help: "When it happened, if not now.", transform: Arguments.instant) var at: Instant?

    func run() async throws {
      let registry = try await Composition(options).registry()
      try await registry.removeConnector(connector, of: id, at: at)
      print("recorded the removal of connector '\(connector)' of '\(id)'")
    }
  }
}
