internal import ArgumentParser
internal import Foundation
internal import TermsModel
internal import TermsOperations
internal import TermsStore

struct Developers: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Those who build on the platform.",
    subcommands: [Add.self, ImportFile.self, Move.self, Erase.self, List.self, ShowOne.self],
    defaultSubcommand: List.self)

  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Register a developer.",
      discussion: "Name and address are stored apart from the evidence, so that they can be erased.")

    @OptionGroup var options: DatabaseOptions
    @Argument(help: "The developer's identifier, such as dev-42.", transform: Arguments.identifier) var id: DeveloperID
    @Option(help: "Where notices go. Left out, the posting serves as notice.") var email: String?
    @Option(
      help: "The developer's region, which decides the contracting entity: US, EEA, CH ….",
      transform: Arguments.identifier)
    var region: Region
    @Option(help: "The developer's name.") var name: String?
    @Option(help: "When it happened, if not now.", transform: Arguments.instant) var at: Instant?

    func run() async throws {
      let address = try email.map { try AddressRefusal.checked($0) }
      let registry = try await Composition(options).registry()
      try await registry.addDeveloper(NewDeveloper(id: id, email: address, name: name, region: region, at: at))
      print("registered '\(id)' in region \(region)" + (address == nil ? ", without an address" : ""))
    }
  }

  struct Move: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Record that a developer moved to another region, which decides the contracting entity from then on.")

    @OptionGroup var options: DatabaseOptions
    @Argument(help: "The developer.", transform: Arguments.identifier) var id: DeveloperID
    @Option(help: "The new region: US, EEA, CH ….", transform: Arguments.identifier) var region: Region
    @Option(help: "When it happened, if not now.", transform: Arguments.instant) var at: Instant?

    func run() async throws {
      let registry = try await Composition(options).registry()
      let occasion = try await registry.moveDeveloper(id, to: region, at: at)
      print("recorded that '\(id)' is in region \(region) since \(occasion.happenedAt)")
    }
  }

  struct Erase: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Erase a developer's name and address for good, and the letters, reports and replies that hold them.",
      discussion: """
        What the developer did stays on record, and every proof still holds: the log never held name or address, only a \
        salted hash of them, and of letters, and of what mail systems said of them, only hashes. What bound them on any day stays what it was. From now on \
        they have no address: notices that still wait are cancelled, and where the rules let the posting serve, it serves \
        them. Copies elsewhere are yours to deal with: backups, bundles of evidence, the mail system's own. The \
        identifier stays, too, as does a connector's name: choose such as say nothing about a person.
        """)

    @OptionGroup var options: DatabaseOptions
    @Argument(help: "The developer.", transform: Arguments.identifier) var id: DeveloperID
    @Option(help: "Why, as it will stand in the log for good: nothing personal.") var reason: String
    @Flag(help: "Do not ask.") var yes = false

    func validate() throws {
      if reason.allSatisfy(\.isWhitespace) {
        throw ValidationError("--reason is empty; say why, such as \"as asked on 2026-01-31\"")
      }
    }

    func run() async throws {
      let composition = try await Composition(options)
      let store = try composition.store(.openExisting)
      let registry = composition.registry(over: store)
      _ = try await registry.requireDeveloper(id)
      if !yes {
        guard Terminal.canAsk else { throw ConfirmationRefusal.erasing(id) }
        guard Terminal.current.confirms("Erase name, address and letters of '\(id)' for good?") else {
          return print("nothing was erased")
        }
      }
      let act: String
      do {
        act = "act \(try await registry.eraseDeveloper(id, reason: reason).sequence)"
      } catch TermsRefusal.erasedAlready {
        // Said once more, it sees to what a reader stood in the way of the first time.
        try forget(store)
        throw TermsRefusal.erasedAlready(id)
      }
      try forget(store)
      print("erased name and address of '\(id)', and the letters that held them (\(act))")
    }

    /// Sees to it that the file holds nothing of them any more.
    private func forget(_ store: TermsStore) throws {
      do throws(StoreError) {
        try store.forgetDeleted()
      } catch {
        guard case .busy(let path, _) = error else { throw error }
        throw ErasureRefusal.stillRead(id, path: path)
      }
    }
  }

  struct ImportFile: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import", abstract: "Register developers from a CSV file.",
      discussion: """
        The first line names the columns: id, region, and, where known, email, name, at, connector, document. A line with \
        a connector and a document also records that connector. Lines are recorded in batches; a line that is wrong \
        stops the import with its number, and what came before it stays recorded. Given the same file again, an import \
        goes on where it was cut short: a line that is on record just so is left out. It plans no notices of versions that were \
        posted after somebody joined, as they may have been told elsewhere: 'tenor notices status DOCUMENT' counts those who wait for \
        one, and 'tenor notices plan --document DOCUMENT' plans them.
        """)

    @OptionGroup var options: DatabaseOptions
    @Argument(help: "The file; - for standard input.") var file: String

    func run() async throws {
      let registry = try await Composition(options).registry()
      let progress = Progress(label: "developers", shown: Terminal.current.isErrorInteractive)
      var registered = 0
      let count = try await DeveloperCSV(path: file).forEachBatch { batch in
        registered += try await registry.importDevelopers(batch)
        progress.advance(by: batch.count)
      }
      progress.finish()
      let known = count - registered
      print("registered \(registered) developers" + (known > 0 ? "; \(known) were on record already" : ""))
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List developers in the order of their identifiers.")

    @OptionGroup var options: DatabaseOptions
    @Option(help: "Begin after this identifier.", transform: Arguments.identifier) var after: DeveloperID?
    @Option(help: "How many at most.", transform: Arguments.count) var limit = 100
    @Flag(help: "Print JSON.") var json = false

    func run() async throws {
      let registry = try await Composition(options).reader()
      let entries = try await registry.record.developers(after: after, limit: limit)
      if json { return try JSONOutput.print(entries.map(DeveloperJSON.init)) }
      guard !entries.isEmpty else { return print("no developers") }
      var table = Table("developer", "region", "address", "connectors", "registered")
      for entry in entries {
        table.add(
          entry.id.rawValue, entry.region.rawValue, entry.erased ? "erased" : entry.email?.rawValue ?? "–",
          entry.connectors.keys.sorted().map(\.rawValue).joined(separator: ", "), "\(entry.added.happenedAt)")
      }
      print(table.text)
    }
  }

  struct ShowOne: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show one developer.")

    @OptionGroup var options: DatabaseOptions
    @Argument(help: "The developer.", transform: Arguments.identifier) var id: DeveloperID
    @Flag(help: "Print JSON.") var json = false

    func run() async throws {
      let registry = try await Composition(options).reader()
      let entry = try await registry.requireDeveloper(id)
      if json { return try JSONOutput.print(DeveloperJSON(entry)) }
      print("\(entry.id)" + (entry.name.map { " · \($0.withVisibleControls)" } ?? ""))
      print("region      \(entry.region)")
      print("address     \(entry.erased ? "erased" : entry.email?.rawValue ?? "none: the posting serves as notice")")
      print("registered  \(entry.added.happenedAt)")
      for (connector, document) in entry.connectors.sorted(by: { $0.key < $1.key }) {
        print("connector   \(connector) under \(document)")
      }
    }
  }
}

struct DeveloperJSON: Encodable {
  private struct Life: Encodable {
    let registeredAt: Instant
    let connectors: [String: DocumentSlug]
  }

  private let person: DeveloperPersonJSON
  private let life: Life

  init(_ entry: DeveloperEntry) {
    person = DeveloperPersonJSON(entry)
    life = Life(
      registeredAt: entry.added.happenedAt,
      connectors: Dictionary(uniqueKeysWithValues: entry.connectors.map { ($0.key.rawValue, $0.value) }))
  }

  func encode(to encoder: any Encoder) throws {
    try person.encode(to: encoder)
    try life.encode(to: encoder)
  }
}

/// An address that cannot be recorded.
struct AddressRefusal: Refusal {
  let text: String
  let error: EmailAddressError

  var description: String { "'\(text.withVisibleControls)' cannot be an address: \(error)" }

  static func checked(_ text: String) throws -> EmailAddress {
    do {
      return try EmailAddress(checking: text)
    } catch {
      throw AddressRefusal(text: text, error: error)
    }
  }
}

/// What cannot be taken back was not confirmed.
enum ConfirmationRefusal: Refusal, Hashable {
  case erasing(DeveloperID)

  var description: String {
    switch self {
    case .erasing(let id):
      "erasing '\(id)' cannot be taken back, and there is nobody here to ask; add --yes"
    }
  }
}

/// What was erased can still be found in the files.
enum ErasureRefusal: Refusal, Hashable {
  case stillRead(DeveloperID, path: String)

  var description: String {
    switch self {
    case .stillRead(let id, let path):
      "the erasure of '\(id)' is on record, but another process reads '\(path)', and until it ends the file beside it still "
        + "holds what was erased: end it, then give the same command again"
    }
  }
}
