package import TermsModel

/// A redline as an HTML fragment with `ins` and `del`. Every word of the terms is escaped: a text is never markup.
package struct RedlineHTML {
  /// Styles that tell insertions from deletions without colour, for a page that shows the fragment.
  package static let stylesheet = """
    .redline ins { text-decoration: underline; text-decoration-thickness: 2px; background: #e6f4e6; }
    .redline del { text-decoration: line-through; text-decoration-thickness: 2px; background: #fbe9e7; }
    .redline .grounds { font-size: 0.9em; }
    @media (prefers-color-scheme: dark) {
      .redline ins { background: #143d1a; }
      .redline del { background: #4a1a14; }
    }
    """

  private let redline: Redline
  private let classes: [Classification?]
  private let view: RedlineView

  package init(_ redline: Redline, classes: [Classification?] = [], view: RedlineView = RedlineView()) {
    self.redline = redline
    self.classes = classes
    self.view = view
  }

  package func write(to output: inout some TextOutputStream) {
    output.write("<div class=\"redline\">\n")
    let told = ToldChange.shown(redline, classes, view)
    if told.isEmpty { output.write("<p>No changes.</p>\n") }
    for change in told {
      output.write("<section class=\"change\">\n<h3>\(Self.escaped(change.title))</h3>\n")
      let words = [change.what] + [change.changeClass?.rawValue].compactMap { $0 }
      output.write("<p class=\"class\">\(words.joined(separator: ", "))</p>\n<blockquote>")
      output.write("<p>" + change.edits.map(marked).joined() + "</p>")
      output.write("</blockquote>\n")
      if !change.grounds.isEmpty {
        output.write("<ul class=\"grounds\">\n")
        for ground in change.grounds { output.write("<li>\(Self.escaped(ground))</li>\n") }
        output.write("</ul>\n")
      }
      output.write("</section>\n")
    }
    output.write("</div>\n")
  }

  private func marked(_ edit: Edit) -> String {
    let tag: String? =
      switch edit.op {
      case .equal: nil
      case .delete: "del"
      case .insert: "ins"
      }
    // A paragraph's end inside a mark closes the mark, so that the markup nests.
    let pieces = edit.text.split(separator: "\n\n", omittingEmptySubsequences: false).map { piece in
      let text = Self.escaped(String(piece)).replacing("\n", with: "<br>\n")
      return tag.map { piece.isEmpty ? "" : "<\($0)>\(text)</\($0)>" } ?? text
    }
    return pieces.joined(separator: "</p>\n<p>")
  }

  package static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
