import HTTPTypes
import TermsModel
import TermsOperations
import Testing

@testable import TermsWeb

/// Refusals are worded for the command line; over HTTP they say what can be done there.
@Suite struct HTTPWordsTests {
  @Test(arguments: [
    ("give a later --at", "give a later 'at'"), ("give a later --posted-at", "give a later 'postedAt'"),
    ("leave --known-at out", "leave 'knownAt' out"),
    (
      "give --class \"7(a)=legal-required\" --basis \"CITATION\"",
      "give decisions: [{\"clause\": \"7(a)\", \"class\": \"legal-required\"}] its \"basis\""
    ),
    ("leave --class out", "leave 'decisions' out"), ("say why with --reason", "say why with 'reason'"),
    (
      "add one with 'tenor developers add dev-9 --email ADDRESS --region REGION'",
      "add one with POST /v1/developers"
    ), ("see 'tenor history connector-terms'", "see GET /v1/documents/connector-terms/versions"),
    ("see 'tenor developers show dev-9'", "see GET /v1/developers/dev-9"),
    ("with 'tenor publish SLUG FILE'", "with POST /v1/documents/{slug}/versions"),
    (
      "act 9 is not among the 7 under the last checkpoint; sign a new one with 'tenor checkpoint'",
      "act 9 is not among the 7 under the last checkpoint; the operator signs a new one with 'tenor checkpoint'"
    ),
    (
      "'tenor agree dev-1 --document terms' or a new connector begins another one",
      "an agreement that the operator records or a new connector begins another one"
    ),
    ("a dash -- and a hyphen-ated word", "a dash -- and a hyphen-ated word"),
  ])
  func `an option is a member, a command is an address`(_ words: String, _ here: String) {
    #expect(HTTPWords.of(words) == here)
  }

  @Test func `an unknown developer is told of the address`() async throws {
    let reply = try await WebHarbor().ask(.get, "/v1/developers/dev-9?")
    #expect(reply.status == 404)
    #expect(
      (try reply.json()["detail"] as? String) == "there is no developer 'dev-9'; add one with POST /v1/developers")
  }
}
