internal import Mustache
internal import Redlining
internal import TermsModel
internal import TermsOperations

/// Two versions compared, clause by clause, with class and grounds.
struct ComparisonPage {
  let document: Document
  let before: VersionLabel
  let after: VersionLabel
  let comparison: Comparison

  var page: Page {
    var redline = ""
    RedlineHTML(comparison.redline, classes: comparison.classifications, view: RedlineView(context: 40))
      .write(to: &redline)
    let count = comparison.redline.changes.count
    return Page(
      title: "\(document.title): \(before) compared with \(after)",
      body: Self.template.render([
        "slug": document.slug.rawValue, "title": document.title, "before": before.rawValue, "after": after.rawValue,
        "count": count == 1 ? "1 change" : "\(count) changes",
        "gravest": comparison.gravest.map { ", the gravest \($0.rawValue)" } ?? "", "redline": redline,
      ]))
  }

  private static let template = Templates.compiled(
    """
    <nav class="top" aria-label="Archive"><a href="/">All documents</a> · <a href="/{{slug}}">{{title}}</a></nav>
    <main>
    <h1>{{title}}</h1>
    <p class="meta">Version <a href="/{{slug}}/versions/{{before}}">{{before}}</a> compared with
    <a href="/{{slug}}/versions/{{after}}">{{after}}</a>: {{count}}{{gravest}}.
    Underlined words were added, struck ones removed.</p>
    {{{redline}}}
    </main>
    """)
}
