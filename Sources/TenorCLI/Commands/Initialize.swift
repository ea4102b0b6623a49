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
