internal import ArgumentParser
internal import TermsStore

struct Initialize: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Make an empty record.",
    discussion: "Where the file is a record already, nothing is changed.")

  @OptionGroup var options: DatabaseOptions

  func run() async throws {
    let composition = try await Composition(options)
    do {
      _ = try composition.store(.create)
      print("\(composition.path): ready")
    } catch let error as StoreError where error == .alreadyExists(path: composition.path) {
      // Only a record of this program's schema counts as ready; anything else is told as what it is.
      _ = try composition.store(.openExisting)
      print("\(composition.path): a record already, nothing to do")
    }
  }
}

struct Migrate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Bring a record to the newest schema.",
    discussion: "Forward only. Make a backup first: tenor backup FILE.")

  @OptionGroup var options: DatabaseOptions

  func run() async throws {
    let composition = try await Composition(options)
    let applied = try composition.store(.migrating).migrate()
    if applied.isEmpty {
      print("\(composition.path): nothing to do")
    } else {
      print("\(composition.path): applied \(applied.joined(separator: ", "))")
    }
  }
}

struct Backup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Copy the record to a file, also while it is in use.",
    discussion: "The copy is complete as of one moment. An existing file is never overwritten.")

  @OptionGroup var options: DatabaseOptions
  @Argument(help: "The file to write.") var file: String

  func run() async throws {
    let composition = try await Composition(options)
    try composition.store(.readOnly).backup(to: file)
    print("\(composition.path): copied to \(file)")
  }
}

struct Verify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check the record: its schema, its log, and the tables rebuilt from the log.",
    discussion: "Exits 4 and says what differs where the record is damaged.")

  @OptionGroup var options: DatabaseOptions

  func run() async throws {
    let composition = try await Composition(options)
    let findings = try composition.store(.readOnly).verify()
    guard findings.isEmpty else {
      for finding in findings { print(finding) }
      throw Ending.damaged
    }
    print("\(composition.path): sound")
  }
}
