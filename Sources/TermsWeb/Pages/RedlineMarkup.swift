internal import Redlining
internal import TermsModel

/// A redline on a page: change by change, each with its class, its date and its grounds; in one column or in two; the changes
/// alone, or the whole text around them.
struct RedlineMarkup {
  struct Layout: Hashable, Sendable {
    var inColumns = false
    var isWhole = false
    var only: Set<ChangeClass>?
    /// The indices of the changes to show; `nil` for all.
    var changes: Set<Int>?
  }

  let redline: Redline
  let classes: [Classification]
  /// When each change takes effect, in words, parallel to the changes; empty where nothing is dated.
  var dates: [String] = []
  /// What stands at the end of each change, as finished HTML, parallel to the changes.
  var trailers: [String] = []
  var layout = Layout()
  /// The level of the changes' headings on the page.
  var level = 3

  var html: String {
    let shown = redline.changes.indices.filter { index in
      guard layout.changes?.contains(index) != false else { return false }
      return layout.only.map { only in index < classes.count && only.contains(classes[index].changeClass) } ?? true
    }
    if layout.isWhole { return whole(Set(shown)) }
    guard !shown.isEmpty else { return "<p>No changes\(layout.only == nil ? "" : " of this kind").</p>\n" }
    return shown.map(change).joined()
  }

  // MARK: One change

  private func change(_ index: Int) -> String {
    let told = ToldChange(
      redline.changes[index], in: redline, classification: index < classes.count ? classes[index] : nil,
      context: layout.isWhole || layout.inColumns ? nil : 40)
    var html =
      "<section class=\"change\" id=\"change-\(index + 1)\">\n<header><h\(level)>\(RedlineHTML.escaped(told.title))</h\(level)>"
    html += "<span class=\"badge plain\">\(RedlineHTML.escaped(told.what))</span>"
    if let changeClass = told.changeClass { html += changeClass.badge }
    if index < dates.count { html += "<span class=\"when\">\(RedlineHTML.escaped(dates[index]))</span>" }
    html += "</header>\n"
    html += words(told, of: redline.changes[index])
    html += list(told.notes, "notes") + list(told.grounds, "grounds")
    if index < trailers.count { html += trailers[index] }
    return html + "</section>\n"
  }

  private func words(_ told: ToldChange, of change: Change) -> String {
    guard layout.inColumns, !change.before.isEmpty, !change.after.isEmpty else {
      return "<div class=\"words terms\">\(Wordmarks.html(told.edits))</div>\n"
    }
    return """
      <div class="columns"><div><p class="side">Before</p><div class="words terms">\(Wordmarks.html(told.edits, side: .before))</div></div>
      <div><p class="side">After</p><div class="words terms">\(Wordmarks.html(told.edits, side: .after))</div></div></div>

      """
  }

  private func list(_ lines: [String], _ name: String) -> String {
    guard !lines.isEmpty else { return "" }
    return "<ul class=\"\(name)\">" + lines.map { "<li>\(RedlineHTML.escaped($0))</li>" }.joined() + "</ul>\n"
  }

  // MARK: The whole text

  /// The new text clause by clause, changes in their places.
  private func whole(_ shown: Set<Int>) -> String {
    var (heads, members): ([Int: [Int]], Set<Int>) = ([:], [])
    for (index, change) in redline.changes.enumerated() where shown.contains(index) {
      let own = change.kind == .split ? change.after : Array(change.after.prefix(1))
      if let first = own.first, change.renamed == nil {
        heads[first, default: []].append(index)
        members.formUnion(own)
      } else {
        heads[change.renamed == nil ? placeOfDeletion(index) : 0, default: []].append(index)
      }
    }
    let following = Dictionary(
      redline.changes.flatMap(\.following).map { ($0.after, $0.edits) }, uniquingKeysWith: { first, _ in first })
    var html = ""
    for (index, clause) in redline.after.clauses.enumerated() {
      for change in heads[index, default: []] { html += self.change(change) }
      guard !members.contains(index), clause.role != .furniture else { continue }
      if let edits = following[index] {
        html += "<div class=\"words terms\">\(Wordmarks.html(edits))</div>\n"
      } else {
        html += "<div class=\"terms\">\(MarkdownHTML.render(redline.after.source(of: clause)))</div>\n"
      }
    }
    for change in heads[redline.after.clauses.count, default: []] { html += self.change(change) }
    return html
  }

  /// The place in the new text before which a deleted clause stood: after the clause that its neighbour above became.
  private func placeOfDeletion(_ index: Int) -> Int {
    guard let gone = redline.changes[index].before.first else { return redline.after.clauses.count }
    var heirs: [Int: Int] = [:]
    for link in redline.links { for old in link.before { heirs[old] = link.after.last } }
    var above = gone - 1
    while above >= 0 {
      if let heir = heirs[above] { return heir + 1 }
      above -= 1
    }
    return 0
  }
}
