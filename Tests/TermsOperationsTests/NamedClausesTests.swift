import TermsModel
import TermsOperations
import TermsParsing
import Testing

/// Settings name clauses by numbers: who drafts is told where a number would come to mean another clause.
@Suite struct NamedClausesTests {
  private static func findings(survival: [ClauseSelector] = [], optOut: [ClauseSelector] = [], of text: String)
    async throws -> [String]
  {
    let harbor = try Harbor()
    var profile = ShippedProfiles.standard
    profile.survival = survival
    profile.optOut = optOut.isEmpty ? [] : [.init(clauses: optOut, days: 30)]
    try await harbor.addDocument(profile)
    try await harbor.publish(first, at: "2025-06-04T12:00:00Z")
    return try await harbor.registry.draft(Harbor.slug, text: Array(text.utf8)).findings.map(\.description)
  }

  private static let shifted = first.replacing(
    "(b) **Logs.**", with: "(b) **Keys.** You keep your keys to yourself.\n\n(c) **Logs.**"
  ).replacing("(c) **Feedback.**", with: "(d) **Feedback.**")

  @Test(arguments: [
    (
      [ClauseSelector("1(b)")], [],
      [
        "settings: warning: 'survival' names 1(b), and clause 1(b) is 1(c) now; correct 'survival' in document.yaml, or it speaks of another clause [renumbered-setting]"
      ], "the clause has the next number"
    ),
    (
      [], [ClauseSelector("1(c)")],
      [
        "settings: warning: 'opt-out' names 1(c), and clause 1(c) is 1(d) now; correct 'opt-out' in document.yaml, or it speaks of another clause [renumbered-setting]"
      ], "the right to opt out would go with the number"
    ),
    ([ClauseSelector("1"), ClauseSelector("2")], [ClauseSelector("1(a)")], [], "these still name what they named"),
  ])
  func `a list is held against the numbers of the draft`(
    _ survival: [ClauseSelector], _ optOut: [ClauseSelector], _ expected: [String], _ because: String
  ) async throws {
    #expect(
      try await Self.findings(survival: survival, optOut: optOut, of: Self.shifted) == expected, "\(because)")
  }

  @Test func `a number that goes with its clause is no matter`() async throws {
    let gone = first.replacing("(c) **Feedback.** We may use your feedback.\n\n", with: "")
    #expect(try await Self.findings(optOut: [ClauseSelector("1(c)")], of: gone) == [])
  }
}
