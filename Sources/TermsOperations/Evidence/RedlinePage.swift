internal import Redlining
internal import TermsModel

/// What a version changed, as a page: the words struck out and added, with the class of each change as it was decided when
/// the version was posted. All of it stands in the act of posting.
struct RedlinePage {
  let html: String

  init(_ posting: Fact<VersionPosting>) {
    let version = posting.value
    var page = HTMLPage(title: "What version \(version.label) of \(version.document) changed")
    page.add("h1", "What version \(version.label) of \(version.document) changed")
    page.add(
      "p",
      "Posted \(posting.occasion.happenedAt), after version \(version.basedOn?.rawValue ?? "none"). Recorded as act "
        + "\(posting.occasion.sequence) of the log at \(posting.occasion.recordedAt).")
    if let summary = version.summary { page.add("p", "The operator's summary: \(summary)") }
    if version.changes.isEmpty { page.add("p", "No changes.") }
    for change in version.changes {
      page.add("h2", Self.title(of: change))
      var facts = ["\(change.kind.rawValue)", "class: \(change.decided.rawValue)"]
      if change.decided != change.proposed.changeClass {
        facts.append("proposed: \(change.proposed.changeClass.rawValue)")
      }
      page.add("p", facts.joined(separator: "; "))
      if let law = change.legalBasis { page.add("p", "Legal basis: \(law)") }
      if let reason = change.reason { page.add("p", "Reason given: \(reason)") }
      if !change.edits.isEmpty {
        page.addMarkup("<blockquote><p>\(change.edits.map(Self.marked).joined())</p></blockquote>")
      }
      page.addList(change.proposed.grounds.map { "\($0.rule): \($0.evidence)" })
    }
    html = page.text
  }

  private static func title(of change: VersionPosting.DecidedChange) -> String {
    let parts = [change.label.isEmpty ? nil : change.label.description, change.heading].compactMap(\.self)
    return parts.isEmpty ? "Change \(change.number)" : parts.joined(separator: " ")
  }

  private static func marked(_ edit: Edit) -> String {
    let text = RedlineHTML.escaped(edit.text).replacing("\n", with: "<br>\n")
    return switch edit.op {
    case .equal: text
    case .delete: "<del>\(text)</del>"
    case .insert: "<ins>\(text)</ins>"
    }
  }
}

/// A page that stands by itself: no script, no picture, nothing from elsewhere.
struct HTMLPage {
  private var body = ""
  private let title: String

  init(title: String) {
    self.title = title
  }

  mutating func add(_ tag: String, _ words: String) {
    body += "<\(tag)>\(RedlineHTML.escaped(words))</\(tag)>\n"
  }

  /// Adds what is markup already.
  mutating func addMarkup(_ markup: String) { body += markup + "\n" }

  mutating func addList(_ lines: [String], isNumbered: Bool = false) {
    guard !lines.isEmpty else { return }
    let tag = isNumbered ? "ol" : "ul"
    body += "<\(tag)>\n" + lines.map { "<li>\(RedlineHTML.escaped($0))</li>\n" }.joined() + "</\(tag)>\n"
  }

  /// A table; each cell is words, and where it leads.
  mutating func addTable(_ head: [String], _ rows: [[(words: String, link: String?)]]) {
    body += "<table>\n<tr>" + head.map { "<th scope=\"col\">\(RedlineHTML.escaped($0))</th>" }.joined() + "</tr>\n"
    for row in rows { body += "<tr>" + row.map { "<td>\(Self.cell($0.words, $0.link))</td>" }.joined() + "</tr>\n" }
    body += "</table>\n"
  }

  static func cell(_ words: String, _ link: String?) -> String {
    let words = RedlineHTML.escaped(words)
    return link.map { "<a href=\"\(RedlineHTML.escaped($0))\">\(words)</a>" } ?? words
  }

  var text: String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>\(RedlineHTML.escaped(title))</title>
    <style>
    body { font: 1rem/1.5 serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #111; background: #fff; }
    table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: .2rem .6rem .2rem 0; border-bottom: 1px solid #999; }
    ins { text-decoration: underline; } del { text-decoration: line-through; } code { overflow-wrap: anywhere; }
    blockquote { margin: .5rem 0; padding-left: 1rem; border-left: 2px solid #999; }
    </style>
    </head>
    <body>
    \(body)</body>
    </html>

    """
  }
}
