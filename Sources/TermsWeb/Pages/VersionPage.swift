internal import Mustache
internal import TermsModel
internal import TermsOperations

/// One version to read: contents, text with an anchor for each clause, and the history beside it.
struct VersionPage {
  private let document: Document
  private let text: PostedText
  private let history: [HistoryEntry]

  init(document: Document, text: PostedText, history: [HistoryEntry]) {
    self.document = document
    self.text = text
    self.history = history
  }

  /// How a clause is named in an address: `7-a` for `7(a)`, `1.2`; further paragraphs under a label count on: `7-a-p2`.
  static func anchor(_ label: ClauseLabel, paragraph: Int) -> String {
    let name = label.description.lowercased()
      .map { $0.isLetter || $0.isNumber || $0 == "." ? String($0) : "-" }.joined()
      .split(separator: "-").joined(separator: "-")
    return paragraph > 1 ? "\(name)-p\(paragraph)" : name
  }

  var page: Page {
    let contents = text.clauses.filter { $0.heading != nil && !$0.label.isEmpty && $0.label.path.count == 1 }.map {
      ["anchor": Self.anchor($0.label, paragraph: $0.paragraph), "label": "\($0.label)", "heading": $0.heading ?? ""]
    }
    var seen: Set<String> = []
    let clauses = text.clauses.map { clause -> [String: Any] in
      let anchor = Self.anchor(clause.label, paragraph: clause.paragraph)
      let isNew = !clause.label.isEmpty && seen.insert(anchor).inserted
      return [
        "anchor": isNew ? anchor : "", "html": MarkdownHTML.render(clause.source),
        "furniture": clause.role == .furniture,
      ]
    }
    return Page(
      title: "\(document.title), version \(text.version)",
      body: Self.template.render([
        "slug": document.slug.rawValue, "title": document.title, "version": text.version.rawValue,
        // A text that shows its title needs no second one above it.
        "needsTitle": text.title == nil,
        "postedOn": "\(history.first { $0.version.label == text.version }?.postedOn.description ?? "")",
        "contents": contents, "hasContents": contents.count > 2, "clauses": clauses,
        "history": Self.rows(of: history, slug: document.slug),
      ]))
  }

  /// The versions, the latest one first, each with the way to its comparison with the one before.
  private static func rows(of history: [HistoryEntry], slug: DocumentSlug) -> [[String: String]] {
    history.indices.reversed().map { index in
      let entry = history[index]
      let counts = ChangeClass.allCases.sorted(by: >).compactMap { changeClass in
        entry.counts[changeClass].map { "\($0) \(changeClass.rawValue)" }
      }
      return [
        "slug": slug.rawValue, "version": entry.version.label.rawValue, "postedOn": "\(entry.postedOn)",
        "changes": counts.joined(separator: ", "), "summary": entry.summary ?? "",
        "compare": index > 0 ? "/\(slug)/compare/\(history[index - 1].version.label)...\(entry.version.label)" : "",
      ]
    }
  }

  private static let template = Templates.compiled(
    """
    <nav class="top" aria-label="Archive"><a href="/">All documents</a></nav>
    <main>
    {{#needsTitle}}<h1>{{title}}</h1>{{/needsTitle}}
    <p class="meta">{{title}}, version {{version}}, posted on {{postedOn}} · <a href="#history">history</a></p>
    {{#hasContents}}<nav aria-label="Contents"><ol>
    {{#contents}}<li><a href="#{{anchor}}">{{label}} {{heading}}</a></li>
    {{/contents}}</ol></nav>{{/hasContents}}
    {{#clauses}}<section{{#anchor}} id="{{anchor}}"{{/anchor}}{{#furniture}} class="furniture"{{/furniture}}>
    {{{html}}}</section>
    {{/clauses}}
    <h2 id="history">History</h2>
    <div class="scroll"><table>
    <thead><tr><th scope="col">Version</th><th scope="col">Posted</th><th scope="col">Changes</th><th scope="col">Compared</th></tr></thead>
    <tbody>
    {{#history}}<tr><td><a href="/{{slug}}/versions/{{version}}">{{version}}</a></td><td>{{postedOn}}</td>
    <td>{{changes}}{{#summary}} {{summary}}{{/summary}}</td><td>{{#compare}}<a href="{{compare}}">with the version before</a>{{/compare}}</td></tr>
    {{/history}}</tbody>
    </table></div>
    </main>
    """)
}
