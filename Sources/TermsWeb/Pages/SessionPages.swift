internal import HTTPTypes
internal import Mustache
internal import Redlining
internal import TermsModel
internal import TermsOperations

/// Signing in, confirming, receipts: what the pages of a session have in common.
enum SessionPages {
  /// The site's own navigation for whoever is signed in.
  static func navigation(_ session: Session) -> String {
    let home = session.developer == nil ? ("/desk", "Desk") : ("/me", "Your terms")
    return """
      <a href="\(home.0)">\(home.1)</a>\(Page.publicNavigation)\
      <form action="/sign-out" method="post"><input type="hidden" name="form" value="\(session.formToken)">\
      <button class="quiet">Sign out</button></form>
      """
  }

  static func signIn(next: String?, refusal: String? = nil) -> Page {
    var page = Page(
      title: "Sign in", body: signInTemplate.html(["next": next, "refusal": refusal]), cached: "no-store")
    page.status = refusal == nil ? .ok : .forbidden
    return page
  }

  private static let signInTemplate = Templates.compiled(
    """
    <h1>Sign in</h1>
    <p>Developers: the link in a notice lets you in; a token of yours does, too. Operators sign in with a token.</p>
    {{#refusal}}<p class="note" role="alert">{{refusal}}</p>{{/refusal}}
    <form class="stack" action="/sign-in" method="post">
    <span><label for="token">Token</label><input id="token" type="password" name="token" autocomplete="current-password" required></span>
    {{#next}}<input type="hidden" name="next" value="{{next}}">{{/next}}
    <span><button>Sign in</button></span></form>
    """)

  /// Asks once more, and says what follows.
  struct Confirmation {
    let title: String
    let document: Document
    /// What follows, sentence by sentence.
    let follows: [String]
    let action: String
    let button: String
    var isGrave = false
    /// Further fields, as finished HTML.
    var fields = ""
    var refusal: String?
    /// Whether it can be done now; what follows says why not where it cannot.
    var isPossible = true
    /// Where it can be done instead, as a link.
    var elsewhere: (name: String, address: String)?
    let session: Session

    var page: Page {
      var page = Page(
        title: "\(document.title): \(title)",
        body: Self.template.html([
          "title": title, "follows": follows, "action": action, "button": button, "grave": isGrave, "fields": fields,
          "form": session.formToken, "refusal": refusal, "slug": document.slug.rawValue, "possible": isPossible,
          "elsewhere": elsewhere.map { ["name": $0.name, "address": $0.address] },
        ]),
        crumbs: [
          .init(name: "Your terms", address: "/me"), .init(name: document.title, address: "/me/\(document.slug)"),
        ], navigation: SessionPages.navigation(session), cached: "private, no-store")
      if refusal != nil { page.status = .unprocessableContent }
      return page
    }

    private static let template = Templates.compiled(
      """
      <h1>{{title}}</h1>
      {{#refusal}}<p class="note" role="alert">{{refusal}}</p>{{/refusal}}
      <h2>{{#possible}}What follows{{/possible}}{{^possible}}Not now{{/possible}}</h2>
      <ul>{{#follows}}<li>{{.}}</li>{{/follows}}</ul>
      {{^possible}}<p>{{#elsewhere}}<a class="button" href="{{address}}">{{name}}</a> {{/elsewhere}}<a class="button quiet" href="/me/{{slug}}">Go back</a></p>{{/possible}}{{#possible}}<form class="stack" method="post" action="{{action}}"><input type="hidden" name="form" value="{{form}}">
      {{{fields}}}<span><button{{#grave}} class="grave"{{/grave}}>{{button}}</button> <a class="button quiet" href="/me/{{slug}}">Go back</a></span></form>{{/possible}}
      """)
  }

  /// Says what was recorded.
  static func receipt(
    of entry: LogEntry, what: String, document: Document, session: Session
  ) -> Page {
    Page(
      title: "\(document.title): receipt",
      body: receiptTemplate.html([
        "what": what, "sequence": "\(entry.occasion.sequence)", "recordedAt": "\(entry.occasion.recordedAt)",
        "actor": entry.actor, "hash": entry.leafHash, "slug": document.slug.rawValue, "title": document.title,
      ]),
      crumbs: [
        .init(name: "Your terms", address: "/me"), .init(name: document.title, address: "/me/\(document.slug)"),
      ], navigation: navigation(session), cached: "private, no-store")
  }

  private static let receiptTemplate = Templates.compiled(
    """
    <h1>Receipt</h1>
    <p role="status">{{what}}</p>
    <section class="card"><dl class="facts"><dt>Document</dt><dd>{{title}}</dd><dt>Recorded</dt><dd>{{recordedAt}}</dd>
    <dt>Number in the log</dt><dd>{{sequence}}</dd><dt>By</dt><dd>{{actor}}</dd>
    <dt>Hash of the entry</dt><dd class="mono">{{hash}}</dd></dl></section>
    <p class="hint">Keep this page: the number and the hash prove the entry.</p>
    <p><a class="button quiet" href="/me/{{slug}}">What binds you now</a></p>
    """)
}
