internal import HTTPTypes
internal import Mustache
internal import TermsModel
internal import TermsOperations

/// A trial message to oneself, the way that notices go.
struct TestMailPage {
  let session: Session
  let address: String?
  let outcome: TransportOutcome?
  let refusal: String?

  var page: Page {
    var page = Page(
      title: "Test mail",
      body: Self.template.html([
        "form": session.formToken, "address": address, "refusal": refusal ?? failure, "witness": witness,
      ]), crumbs: [.init(name: "Desk", address: "/desk")], navigation: SessionPages.navigation(session),
      cached: "private, no-store")
    if refusal != nil { page.status = .unprocessableContent }
    return page
  }

  private var witness: String? {
    if case .accepted(let witness) = outcome { witness } else { nil }
  }

  private var failure: String? {
    switch outcome {
    case .accepted, nil: nil
    case .rejected(let reason): "It was refused: \(reason)"
    case .unavailable(let reason): "The way out is closed: \(reason)"
    case .unknown(let reason): "Nobody knows whether it went out: \(reason)"
    }
  }

  private static let template = Templates.compiled(
    """
    <h1>Test mail</h1>
    {{#refusal}}<p class="note" role="alert">{{refusal}}</p>{{/refusal}}
    {{#witness}}<p class="note" role="status">The test mail to {{address}} was taken over by {{witness}}.</p>{{/witness}}
    <p>A message with made-up contents, sent the way that notices go. It is no notice, and nothing of it goes on record.</p>
    <form class="stack" method="post" action="/desk/test-mail"><input type="hidden" name="form" value="{{form}}">
    <span><label for="address">Your address</label>
    <input id="address" name="address" type="email" required autocomplete="email" value="{{address}}"></span>
    <span><button>Send it</button></span></form>
    """)
}
