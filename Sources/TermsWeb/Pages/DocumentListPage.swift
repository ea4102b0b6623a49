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
    let rows = overviews.map { overview in
      [
        "slug": overview.document.slug.rawValue, "title": overview.document.title,
        "versions": "\(overview.versions)", "latest": overview.latest?.rawValue ?? "none posted yet",
      ]
    }
    return Page(title: "Terms", body: Self.template.render(["documents": rows]))
  }

  private static let template = Templates.compiled(
    """
    <main>
    <h1>Terms</h1>
    <p class="meta">Every version of every document, as it was posted.</p>
    <div class="scroll"><table>
    <thead><tr><th scope="col">Document</th><th scope="col">Versions</th><th scope="col">Latest</th></tr></thead>
    <tbody>
    {{#documents}}<tr><td><a href="/{{slug}}">{{title}}</a></td><td>{{versions}}</td><td>{{latest}}</td></tr>
    {{/documents}}</tbody>
    </table></div>
    {{^documents}}<p>No documents yet.</p>{{/documents}}
    </main>
    """)
}
