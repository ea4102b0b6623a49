internal import Mustache
internal import TermsModel
internal import TermsOperations

/// The archive's first page: every document.
struct DocumentListPage {
  private let overviews: [DocumentOverview]

  init(_ overviews: [DocumentOverview]) {
    self.overviews = overviews
  }

  var page: Page {
    let cards = overviews.map { overview -> [String: Any?] in
      [
        "slug": overview.document.slug.rawValue, "title": overview.document.title,
        "versions": overview.versions == 1 ? "1 version" : "\(overview.versions) versions",
        "latest": overview.latest?.rawValue, "hasVersions": overview.versions > 0,
        "withdrawn": overview.lastPosted == overview.latest ? nil : overview.lastPosted?.rawValue,
      ]
    }
    var page = Page(title: "Terms archive", body: Self.template.html(["documents": cards]), isWide: true)
    page.feeds = [("New versions of all documents", "/feeds/all.atom", "application/atom+xml")]
    return page
  }

  private static let template = Templates.compiled(
    """
    <h1>Terms</h1>
    <p class="meta">Every version of every document, as it was posted: what changed from one to the next, why, and from when.</p>
    <ul class="cards">
    {{#documents}}<li class="card"><h2><a href="/{{slug}}">{{title}}</a></h2>
    {{#latest}}<p class="meta">Latest version <a href="/{{slug}}/versions/{{latest}}">{{latest}}</a></p>{{/latest}}
    {{#withdrawn}}<p class="meta"><a href="/{{slug}}/versions/{{withdrawn}}">{{withdrawn}}</a>, posted last, was withdrawn.</p>{{/withdrawn}}
    {{#hasVersions}}<ul class="tools"><li><a href="/{{slug}}/versions">{{versions}}, compared</a></li>\
    <li><a href="/feeds/{{slug}}.atom" aria-label="Feed of {{title}}">Feed</a></li>\
    <li><a href="/feeds/{{slug}}.ics" aria-label="Calendar of {{title}}">Calendar</a></li></ul>{{/hasVersions}}
    {{^hasVersions}}<p class="meta">None posted yet.</p>{{/hasVersions}}</li>
    {{/documents}}</ul>
    {{^documents}}<p>No documents yet.</p>{{/documents}}
    """)
}
