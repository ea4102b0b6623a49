internal import ArgumentParser
internal import Redlining
internal import TermsModel

/// Which differences of dress count as words.
struct FoldingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Let a difference of dress count as words, such as quotes. Repeatable; --list-foldings names them all.",
      valueName: "name"))
  var noFolding: [CanonicalText.Folding] = []

  var redlining: Redline.Options { Redline.Options(foldings: .all.subtracting(.init(noFolding))) }
}

extension CanonicalText.Folding: ExpressibleByArgument {}

/// The differences that count as dress, by name.
enum FoldingList {
  struct Entry: Encodable, Hashable {
    let name: CanonicalText.Folding
    let same: String
  }

  static let entries = CanonicalText.Folding.allCases.map { Entry(name: $0, same: same($0)) }

  static var text: String {
    var table = Table("folding", "what is the same")
    for entry in entries { table.add(entry.name.rawValue, entry.same) }
    return table.text
  }

  private static func same(_ folding: CanonicalText.Folding) -> String {
    switch folding {
    case .composition: "a letter with its accent, written as one character or as two"
    case .emphasis: "words and words in **bold**, _italics_, `code` or ~~struck through~~"
    case .links: "words and [words](target); another target is still told"
    case .headings: "# Heading, and a heading underlined with === or ---"
    case .bullets: "- and * and • before an item; marks of quotations; rules across the page and in tables"
    case .escapes: "\\* and *; a backslash at the end of a line"
    case .references: "&amp; and &, and the like"
    case .quotes: "\" and “ and „ and «; ' and ’"
    case .hyphens: "hyphens at which a line may break, and those at which it may not"
    case .spaces: "white space of any kind and amount, line breaks included"
    case .invisible: "a text with zero-width spaces, soft hyphens or direction marks, and without"
    }
  }
}
