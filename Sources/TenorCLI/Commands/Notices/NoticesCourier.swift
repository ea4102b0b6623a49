internal import ArgumentParser
internal import TermsModel
internal import TermsOperations

/// Who needs a letter on paper.
struct NoticesCourier: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "courier",
    abstract: "List the developers whom no e-mail reaches, and who need their notice by another channel.",
    discussion: """
      Each is asked for until a notice by courier, or a receipt, is recorded: tenor notices record DEVELOPER --document \
      SLUG --channel courier --sent-at MOMENT. Postal addresses are not in the record; join them by the developer's name.
      """)

  @OptionGroup var options: DatabaseOptions
  @Argument(
    help: "connector-terms, or connector-terms@2025-12-17; everything where left out.",
    transform: VersionReference.parse)
  var name: VersionReference?
  @Flag(help: "Print CSV (RFC 4180), for letters.") var csv = false
  @Flag(help: "Print JSON.") var json = false

  func run() async throws {
    let registry = try await Composition(options).reader()
    if let name {
      _ = try await registry.requireVersion(name.version, of: try await registry.requireDocument(name.document))
    }
    let untold = try await registry.untoldDevelopers(of: name?.document, version: name?.version, limit: .max)
      .filter(\.needsOtherChannel)
    if json { return try JSONOutput.print(untold.map(UntoldJSON.init)) }
    guard csv else { return print(untold.isEmpty ? "nobody needs a letter" : UntoldDeveloper.table(of: untold)) }
    print(CSVLine.text(["developer", "name", "region", "document", "version", "binds_from", "why"]), terminator: "")
    for one in untold {
      let developer = try await registry.requireDeveloper(one.notice.developer)
      let (kind, why) = one.reason.words
      print(
        CSVLine.text([
          developer.id.rawValue, developer.name ?? "", developer.region.rawValue, one.notice.document.rawValue,
          one.notice.version.rawValue, one.bindsFrom?.description ?? "", "\(kind): \(why)",
        ]), terminator: "")
    }
  }
}

/// One line of a table with commas (RFC 4180).
enum CSVLine {
  /// The cells, quoted where they must be, with the line's end.
  ///
  /// A cell that a spreadsheet would take for a formula gets an apostrophe before it: names and mail systems' words come from
  /// outside.
  static func text(_ cells: [String]) -> String {
    cells.map(cell).joined(separator: ",") + "\r\n"
  }

  private static func cell(_ text: String) -> String {
    let plain = text.first.map { "=+-@\t\r".contains($0) } == true ? "'" + text : text
    // By scalars: a carriage return with its line feed is one character.
    guard plain.unicodeScalars.contains(where: { ["\"", ",", "\r", "\n"].contains($0) }) else { return plain }
    return "\"" + plain.replacing("\"", with: "\"\"") + "\""
  }
}
