internal import Mustache
internal import Redlining
internal import TermsModel
internal import TermsOperations

/// Words looked up in every version.
struct SearchPage {
  let words: String
  let document: DocumentSlug?
  let documents: [Document]
  let hits: [SearchHit]
  /// Why nothing was looked up.
  let refusal: String?

  static let most = 50

  var page: Page {
    let titles = Dictionary(uniqueKeysWithValues: documents.map { ($0.slug, $0.title) })
    let rows = hits.map { hit -> [String: Any?] in
      let anchor = hit.label.isEmpty ? "" : "#" + ClauseAnchor.of(hit.label, paragraph: hit.paragraph)
      let excerpt = hit.excerpt(marking: "\u{1}", "\u{2}")
      return [
        "address": "/\(hit.document)/versions/\(hit.version)\(anchor)", "document": titles[hit.document] ?? "",
        "version": hit.version.rawValue,
        "clause": [hit.label.isEmpty ? nil : "\(hit.label)", hit.heading].compactMap { $0 }.joined(separator: " "),
        "excerpt": Self.marked(excerpt),
        "others": hit.alsoIn.map { ["version": $0.rawValue, "address": "/\(hit.document)/versions/\($0)\(anchor)"] },
      ]
    }
    return Page(
      title: words.isEmpty ? "Search" : "Search: \(words)",
      body: Self.template.html([
        "words": words, "rows": rows, "refusal": refusal, "wasAsked": !words.isEmpty && refusal == nil,
        "count": hits.count == Self.most
          ? "The \(hits.count) best matches" : hits.count == 1 ? "1 clause" : "\(hits.count) clauses",
        "documents": documents.map {
          ["slug": $0.slug.rawValue, "title": $0.title, "selected": $0.slug == document] as [String: Any?]
        },
      ]))
  }

  private static func marked(_ excerpt: String) -> String {
    // The control characters that stand for the marks are never shown by `escaped`.
    excerpt.split(separator: "\u{1}", omittingEmptySubsequences: false).enumerated().map { index, piece in
      guard index > 0, let end = piece.firstIndex(of: "\u{2}") else { return RedlineHTML.escaped(String(piece)) }
      return "<mark>\(RedlineHTML.escaped(String(piece[..<end])))</mark>"
        + RedlineHTML.escaped(String(piece[piece.index(after: end)...]))
    }.joined()
  }

  private static let template = Templates.compiled(
    """
    <h1>Search</h1>
    <form class="row" action="/search" role="search" aria-label="Search in detail">
    <span><label for="q">Words, or a “phrase”</label><input id="q" type="search" name="q" value="{{words}}" maxlength="200"></span>
    <span><label for="document">In</label><select id="document" name="document"><option value="">all documents</option>\
    {{#documents}}<option value="{{slug}}"{{#selected}} selected{{/selected}}>{{title}}</option>{{/documents}}</select></span>
    <button>Search</button></form>
    {{#refusal}}<p class="note">{{refusal}}</p>{{/refusal}}
    {{#wasAsked}}<p class="meta" role="status">{{count}}, in all versions.</p>{{/wasAsked}}
    <ol class="plain">
    {{#rows}}<li class="card"><h2><a href="{{address}}">{{clause}}{{^clause}}{{document}}{{/clause}}</a></h2>
    <p class="meta">{{document}}, {{version}}{{#others}}, <a href="{{address}}">{{version}}</a>{{/others}}</p>
    <p>{{{excerpt}}}</p></li>
    {{/rows}}</ol>
    """)
}
