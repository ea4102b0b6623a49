internal import Mustache
internal import Redlining
internal import TermsModel
internal import TermsOperations

/// Two versions compared, clause by clause, with class, grounds and dates.
struct ComparisonPage {
  let document: Document
  let before: VersionLabel
  let after: VersionLabel
  let comparison: Comparison
  /// In words, parallel to the changes.
  let dates: [String]
  /// What there is to say of the dates, or of there being none.
  let remark: String?
  /// Which of the two was taken back, in a sentence for each.
  let events: [String]
  let layout: RedlineMarkup.Layout

  var page: Page {
    let markup = RedlineMarkup(
      redline: comparison.redline, classes: comparison.classifications, dates: dates, layout: layout, level: 2)
    let classes = comparison.classifications.map(\.changeClass)
    let counts = ChangeClass.allCases.sorted(by: >).compactMap { changeClass -> [String: Any?]? in
      let count = classes.count { $0 == changeClass }
      return count == 0 ? nil : ["badge": changeClass.badge, "count": count]
    }
    let slug = document.slug.rawValue
    return Page(
      title: "\(document.title): \(before) compared with \(after)",
      body: Self.template.html([
        "slug": slug, "title": document.title, "before": before.rawValue, "after": after.rawValue,
        "count": classes.count == 1 ? "1 change" : "\(classes.count) changes", "counts": counts,
        "redline": markup.html, "inline": !layout.inColumns, "columns": layout.inColumns, "changes": !layout.isWhole,
        "whole": layout.isWhole, "grave": layout.only != nil,
        "events": events, "remark": classes.isEmpty ? nil : remark,
      ]),
      crumbs: [
        .init(name: document.title, address: "/\(slug)"), .init(name: "Versions", address: "/\(slug)/versions"),
      ], isWide: layout.inColumns)
  }

  private static let template = Templates.compiled(
    """
    <h1>What changed from <span class="date">{{before}}</span> to <span class="date">{{after}}</span></h1>
    <p class="meta">{{title}}: version <a href="/{{slug}}/versions/{{before}}">{{before}}</a> compared with
    <a href="/{{slug}}/versions/{{after}}">{{after}}</a>, {{count}}{{#counts}} · {{count}} {{{badge}}}{{/counts}}.
    Added words are underlined, removed ones struck through.{{#remark}} {{remark}}{{/remark}}</p>
    {{#events}}<p class="note">{{.}}</p>
    {{/events}}
    <form class="row tools" action="/{{slug}}/compare/{{before}}...{{after}}">
    <span><label for="view">Layout</label><select id="view" name="view"><option value="inline"{{#inline}} selected{{/inline}}>in one column</option>\
    <option value="columns"{{#columns}} selected{{/columns}}>side by side</option></select></span>
    <span><label for="show">Show</label><select id="show" name="show"><option value="changes"{{#changes}} selected{{/changes}}>the changes</option>\
    <option value="whole"{{#whole}} selected{{/whole}}>the whole text</option></select></span>
    <label class="check"><input type="checkbox" name="only" value="grave"{{#grave}} checked{{/grave}}> without “other”</label>
    <button class="quiet">Show</button></form>
    {{{redline}}}
    """)
}
