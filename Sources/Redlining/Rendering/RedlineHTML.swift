package import TermsModel

/// A redline as an HTML fragment with `ins` and `del`. Every word of the terms is escaped: a text is never markup.
package struct RedlineHTML {
  /// Styles that tell insertions from deletions without colour, for a page that shows the fragment.
  package static let stylesheet = """
    .redline ins { text-decoration: underline; text-decoration-thickness: 2px; background: #e6f4e6; }
    .redline del { text-decoration: line-through; text-decoration-thickness: 2px; background: #fbe9e7; }
    .redline ins, .redline del { color: inherit; padding: 0 1px; unicode-bidi: isolate; }
    .redline blockquote { overflow-wrap: anywhere; }
    .redline .unseen { font-size: 0.8em; border: 1px dotted currentColor; }
    .redline .grounds, .redline .notes { font-size: 0.9em; }
    @media (prefers-color-scheme: dark) {
      .redline ins { background: #143d1a; }
      .redline del { background: #4a1a14; }
    }
    @media print {
      .redline ins, .redline del { background: none; }
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

  /// Writes change by change, so that a long document needs no copy in memory.
  package func write(to output: inout some TextOutputStream) {
    output.write("<div class=\"redline\">\n")
    var isFirst = true
    view.forEach(of: redline, classes) { change in
      isFirst = false
      output.write("<section class=\"change\">\n<h3>\(Self.escaped(change.title))</h3>\n")
      let words = [change.what] + [change.changeClass?.rawValue].compactMap { $0 }
      output.write("<p class=\"class\">\(Self.escaped(words.joined(separator: ", ")))</p>\n<blockquote dir=\"auto\">")
      output.write("<p>" + change.edits.map(marked).joined() + "</p>")
      output.write("</blockquote>\n")
      write(change.notes, as: "notes", to: &output)
      write(change.grounds, as: "grounds", to: &output)
      output.write("</section>\n")
    }
    if isFirst { output.write("<p>No changes.</p>\n") }
    output.write("</div>\n")
  }

  private func write(_ lines: [String], as name: String, to output: inout some TextOutputStream) {
    guard !lines.isEmpty else { return }
    output.write("<ul class=\"\(name)\">\n")
    for line in lines { output.write("<li>\(Self.escaped(line))</li>\n") }
    output.write("</ul>\n")
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

  /// The text as HTML shows it: no character of it is markup, and marks that turn the direction of writing are spelled
  /// out, so that it shows the words that it holds.
  package static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}":
        escaped += "<span class=\"unseen\">U+\(String(scalar.value, radix: 16, uppercase: true))</span>"
      // Characters that HTML does not have (the control characters) show as what could not be shown.
      case "\u{0}"..<"\t", "\u{B}"..<" ", "\u{7F}"..<"\u{A0}": escaped += "\u{FFFD}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
