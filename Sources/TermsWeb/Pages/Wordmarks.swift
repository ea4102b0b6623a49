internal import Redlining
internal import TermsModel

/// Edits as HTML with `ins` and `del`. Every word of the terms is escaped: a text is never markup.
enum Wordmarks {
  enum Side {
    case both, before, after
  }

  static func html(_ edits: [Edit], side: Side = .both) -> String {
    "<p>" + edits.map { marked($0, side) }.joined() + "</p>"
  }

  private static func marked(_ edit: Edit, _ side: Side) -> String {
    let tag: String? =
      switch edit.op {
      case .equal: nil
      case .delete: "del"
      case .insert: "ins"
      }
    if (edit.op == .delete && side == .after) || (edit.op == .insert && side == .before) { return "" }
    // A paragraph's end inside a mark closes the mark, so that the markup nests.
    return edit.text.split(separator: "\n\n", omittingEmptySubsequences: false).map { piece in
      let text = RedlineHTML.escaped(String(piece)).replacing("\n", with: "<br>\n")
      return tag.map { piece.isEmpty ? "" : "<\($0)>\(text)</\($0)>" } ?? text
    }.joined(separator: "</p>\n<p>")
  }
}

extension ChangeClass {
  /// The class as readers of a page know it.
  var words: String {
    switch self {
    case .material: "material"
    case .legalRequired: "required by law"
    case .other: "other"
    }
  }

  var badge: String { "<span class=\"badge \(rawValue)\">\(words)</span>" }
}
