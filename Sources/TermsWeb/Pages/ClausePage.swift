internal import Binding
internal import Mustache
internal import Redlining
internal import TermsModel
internal import TermsOperations

/// One clause through all versions, whatever number it bore.
struct ClausePage {
  let document: Document
  let name: String
  let lineages: [ClauseLineage]

  var page: Page {
    let slug = document.slug.rawValue
    let body = Self.template.html([
      "slug": slug, "title": document.title, "name": name,
      "lineages": lineages.map { lineage -> [String: Any?] in
        [
          "names": lineage.names.joined(separator: ", then "), "hasNames": lineage.names.count > 1,
          "entries": lineage.entries.reversed().map { entry in Self.row(entry, slug: slug) },
        ]
      },
    ])
    return Page(
      title: "\(document.title): history of \(name)", body: body,
      crumbs: [.init(name: document.title, address: "/\(slug)")])
  }

  private static func row(_ entry: ClauseLineage.Entry, slug: String) -> [String: Any?] {
    let clause = entry.wording.clause
    let words =
      if let redline = entry.redline, !redline.changes.isEmpty {
        redline.changes.map { change in
          Wordmarks.html(ToldChange(change, in: redline, classification: nil, context: nil).edits)
        }.joined()
      } else if let clause {
        MarkdownHTML.render(clause.source)
      } else {
        "<p>No longer part of the terms.</p>"
      }
    return [
      "slug": slug, "version": entry.wording.version.rawValue, "postedOn": "\(entry.postedOn)",
      "withdrawn": entry.isWithdrawn, "badge": entry.changeClass?.badge ?? "", "isFirst": entry.redline == nil,
      "label": clause.map { $0.label.isEmpty ? $0.heading ?? "" : "\($0.label)" } ?? "", "words": words,
      "anchor": clause.map { "#" + ClauseAnchor.of($0.label, paragraph: $0.paragraph) } ?? "",
      "related": entry.related.isEmpty ? nil : entry.related.joined(separator: ", "),
    ]
  }

  private static let template = Templates.compiled(
    """
    <h1>History of {{name}}</h1>
    <p class="meta">{{title}}: each wording of the clause, the latest one first, with what became of the one before.</p>
    {{#lineages}}{{#hasNames}}<p class="meta">It was called {{names}}.</p>{{/hasNames}}
    {{#entries}}<section class="change"><header><h2><a href="/{{slug}}/versions/{{version}}{{anchor}}">{{version}}</a></h2>\
    {{{badge}}}{{#isFirst}}<span class="badge plain">first wording</span>{{/isFirst}}{{#withdrawn}}<span class="badge plain">withdrawn</span>{{/withdrawn}}\
    <span class="when">posted on {{postedOn}}, as {{label}}{{#related}}, with {{related}}{{/related}}</span></header>
    <div class="words terms">{{{words}}}</div></section>
    {{/entries}}{{/lineages}}
    """)
}
