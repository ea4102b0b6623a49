import Foundation
import HTTPTypes
import TermsModel
import TermsOperations
import TermsStore
import Testing

@testable import TermsWeb

/// Refusals on a page speak of what is on it, and never of a command or an option.
@Suite struct PageWordsTests {
  private static let slug = WebHarbor.slug
  private static let dev = WebHarbor.developer
  private static let weather = ConnectorID(rawValue: "weather").unsafelyUnwrapped
  private static let v1 = VersionLabel(rawValue: "2025-06-04").unsafelyUnwrapped
  private static let day = CalendarDate("2026-01-01").unsafelyUnwrapped
  private static let noon = Instant("2025-06-04T12:00:00Z").unsafelyUnwrapped
  private static let later = Instant("2025-06-04T13:00:00Z").unsafelyUnwrapped
  private static let clause = ClauseSelector("9")
  private static let agreed = ClassApproval.Agreed(
    number: 1, clause: "7(a)", proposed: .material, decided: .other, legalBasis: nil)

  @Test(
    arguments: [
      (.unknownDocument(slug, known: []), "there is no document 'connector-terms', and no other yet"),
      (.nothingPosted(slug), "nothing was posted of 'connector-terms' yet"),
      (.unknownDeveloper(dev), "there is no developer 'dev-42'"),
      (.developerExists(dev), "developer 'dev-42' exists already"),
      (.unknownConnector(dev, weather), "developer 'dev-42' has no connector 'weather'"),
      (.alreadyWithdrawn(slug, v1), "version '2025-06-04' of 'connector-terms' was withdrawn already"),
      (.removedBeforeCreation(dev, weather, created: later, given: noon), "give a later moment"),
      (.beforeRegistration(dev, registered: later, given: noon), "give a later moment"),
      (.notKnownYet(later, now: noon), "ask what is known by now"),
      (.postedBeforeLast(v1, last: later, given: noon), "give a later moment"),
      (.versionExists(slug, v1), "publish again, and it gets another name"),
      (
        .classBelowEvidence(
          clause: "7(a)", proposed: .material, decided: .other,
          grounds: [Ground(rule: "number-changed", evidence: "15 days → 10 days")]),
        "clause 7(a) is “material” by the evidence (number-changed: 15 days → 10 days); to publish it as “other”, give the reason under “Why a class is lower than proposed”"
      ),
      (
        .legalRequiredWithoutBasis(clause: "4(f)", found: "Regulation (EU) 2024/2847"),
        "clause 4(f) is “required by law”, which needs the law it rests on: name it under “Law” beside the change (found in the text: Regulation (EU) 2024/2847), or choose the class “material”"
      ),
      (.basisWithoutLegalRequired, "leave the law out, or choose that class"),
      (.decisionsOnFirstVersion(slug), "no clause of it has a class; choose none"),
      (
        .needsApproval(slug, .draft, changes: [agreed], actor: "ann"),
        "asks for a second person's agreement to 7(a) as other (material by the evidence); let somebody other than 'ann' sign in, look at it here and agree"
      ),
      (
        .nothingToApprove(slug, demanded: []),
        "'connector-terms' asks nobody for a second person's agreement; go on without"
      ),
      (.boundByReference(dev, slug, by: slug, pinned: v1), "nothing of it to choose"),
      (.agreementEnded(dev, slug, on: day), "a new connector or a new agreement begins another one"),
      (.noAgreements(dev), "record one first"),
      (.nothingToKeep(clause, v1, dev), "choose the version that did"),
      (.optOutTooLate(clause, v1, lastDay: day), "was 2026-01-01"),
      (.knowledgeBackwards(from: later, to: noon), "give the earlier moment first"),
      (.noticeNeedsAMoment, "say when the notice was sent, was received, or failed"),
      (.failureNeedsReason, "say why the notice failed"),
      (.boundAlong(dev, slug, by: slug), "it ends with the agreement over that one"),
      (.endingNeedsReason, "needs its reason"),
      (.identical(slug, v1), "nothing was published"),
    ] as [(TermsRefusal, String)])
  func `a refusal says on a page what can be done there`(_ refusal: TermsRefusal, _ words: String) {
    let said = PageWords.of(refusal)
    #expect(said.contains(words), "\(said)")
    #expect(!said.contains("--") && !said.contains("'tenor "), "\(said)")
    let told = HTTPWords.of(refusal)
    #expect(!told.contains("--"), "\(told)")
  }

  @Test(
    arguments: [
      (
        .needsApproval(slug, .draft, changes: [agreed], actor: "ann"),
        "by POST /v1/documents/connector-terms/approvals with"
      ),
      (.agreementEnded(dev, slug, on: day), "POST /v1/developers/dev-42/connectors begins another one"),
      (
        .boundByReference(dev, slug, by: slug, pinned: v1),
        "they agree to it themselves: POST /v1/developers/dev-42/connectors"
      ),
      (
        .boundAlong(dev, slug, by: slug),
        "POST /v1/developers/dev-42/terminations with \"document\": \"connector-terms\""
      ),
      (.noAgreements(dev), "record one first: POST /v1/developers/dev-42/connectors"),
      (.unknownDocument(slug, known: []), "add it with 'tenor documents add' where the service runs"),
    ] as [(TermsRefusal, String)])
  func `a program is told of addresses, or that it is done elsewhere`(_ refusal: TermsRefusal, _ words: String) {
    #expect(HTTPWords.of(refusal).contains(words), "\(HTTPWords.of(refusal))")
  }

  @Test func `mail that cannot be sent is no matter of the desk's`() {
    #expect(
      PageWords.of(DeskRefusal.noMail)
        == "this service has no way to send mail; whoever runs it can send a trial from where notices are sent")
    #expect(HTTPWords.of(DeskRefusal.noMail).hasSuffix("run 'tenor notices test' where notices are sent"))
  }

  @Test func `the review on the desk names its fields`() async throws {
    let harbor = try await WebHarbor()
    let text = WebHarbor.text.replacing("15 days", with: "9 days")
    func page(_ decisions: Decisions) async throws -> String {
      let number = try await harbor.store.addDraft(
        of: WebHarbor.slug, text: text, by: "ann", at: harbor.clock.now)
      var draft = try #require(try await harbor.store.draft(number))
      draft.decisions = decisions
      #expect(try await harbor.store.keep(draft, by: "ann", at: harbor.clock.now))
      let token = try await harbor.access.createToken(role: .operator).text.revealed
      let reply = try await harbor.ask(
        .post, "/sign-in", headers: [.contentType: "application/x-www-form-urlencoded"],
        body: "token=\(token)&next=/desk")
      let cookie = String(try #require(reply.headers[.setCookie]).prefix { $0 != ";" })
      return try await harbor.ask(.get, "/desk/drafts/\(number)", headers: [.cookie: cookie]).body
    }
    for (changeClass, words) in [
      (ChangeClass.other, "give the reason under “Why a class is lower than proposed”"),
      (.legalRequired, "name it under “Law” beside the change"),
    ] {
      let shown = try await page(
        Decisions(
          overrides: [.init(clause: "7(a)", changeClass: changeClass, legalBasis: nil)],
          reason: changeClass == .other ? nil : "a law demands it"))
      #expect(shown.contains(words) && !shown.contains("--class") && !shown.contains("--reason"), "\(shown)")
      #expect(shown.contains(changeClass == .other ? "Why a class is lower than proposed <span" : ">Law <span"))
    }
  }

  @Test func `a page that is not there names no command`() async throws {
    let harbor = try await WebHarbor(isEmpty: true)
    let page = try await harbor.ask(.get, "/service-terms")
    #expect(page.status == 404 && page.body.contains("and no other yet") && !page.body.contains("tenor documents"))
    let program = try await harbor.ask(.get, "/v1/documents/service-terms")
    #expect(program.body.contains("'tenor documents add' where the service runs"), "\(program.body)")
  }
}
