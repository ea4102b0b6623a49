import Redlining
import TermsModel
import Testing

@testable import Materiality

@Suite struct ClassifierTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let before: String
    let after: String
    let expected: ChangeClass
    let because: String
    var testDescription: String { because }
  }

  @Test(arguments: [
    Case(
      before: "You may end this agreement with 15 days of notice.",
      after: "You may end this agreement with 10 days of notice.",
      expected: .material, because: "a period changed"),
    Case(
      before: "Partners may test their apps here.", after: "Partners must test their apps here.", expected: .material,
      because: "a permission became a duty"),
    Case(
      before: "Last updated: 3 May 2026", after: "Last updated: 1 June 2026", expected: .other,
      because: "the text's own date"),
    Case(
      before: "Keep your key **secret**.", after: "Keep your key secret.", expected: .other,
      because: "emphasis is dress"),
    Case(
      before: "Read [our guide](https://example.com/a).", after: "Read [our guide](https://example.com/b).",
      expected: .other,
      because: "the target of a link is dress"),
    Case(
      before: "Your licence covers one organisation.", after: "Your license covers one organization.", expected: .other,
      because: "the two spellings of English"),
    Case(
      before: "We answer within a week.",
      after:
        "We answer within a week.\n\nUnder the General Data Protection Regulation you may complain to a supervisory authority.",
      expected: .legalRequired, because: "a right that a named law gives"),
  ])
  func `a passage's class`(_ c: Case) throws {
    #expect(try passageClass(c.before, c.after) == c.expected)
  }

  @Test func `nothing changed has no class`() throws {
    #expect(try passageClass("We answer within a week.", "We answer within a week.") == nil)
  }

  @Test func `a changed period is quoted with its unit`() throws {
    #expect(
      try evidence(.numberChanged, "Notice is given 15 days before the end.", "Notice is given 10 days before the end.")
        == [
          "15 days → 10 days"
        ])
  }
}
