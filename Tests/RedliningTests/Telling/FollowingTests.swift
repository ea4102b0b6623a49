import Redlining
import TermsModel
import Testing

/// Changes that follow from another and are told with it: cross-references and renamed terms.
@Suite struct FollowingTests {
  private static func rules(
    fees: String = "Fees", extra: Bool = false, citing number: String = "2", days: String = "5 days"
  ) -> String {
    var sections: [(heading: String, paragraphs: [String])] = [
      ("Berths", ["A berth is let by the day, and the fee for it is found in Section \(number) of these rules."]),
      (
        fees,
        ["The Owner pays what the tariff shows, and pays it within \(days) of the day on which the vessel leaves."]
      ),
      ("Waste", ["No oil, no paint and no other waste may be thrown into the basin, whatever its quantity."]),
    ]
    if extra {
      sections.insert(
        ("Pilots", ["A vessel longer than sixty metres takes a pilot on board at the outer light."]), at: 1)
    }
    return document(sections)
  }

  @Test func `a clause that cites a renumbered one under its new number is not told again`() throws {
    let redline = try redline(Self.rules(), Self.rules(extra: true, citing: "3"))
    #expect(redline.told == ["inserted – → 2", "inserted – → 2", "renumbered 2 → 3", "renumbered 3 → 4"])
    let change = try #require(redline.changes.first { $0.kind == .renumbered })
    let follower = try #require(change.following.first)
    #expect(redline.before.clauses[follower.before].text.contains("Section 2"))
    #expect(redline.after.clauses[follower.after].text.contains("Section 3"))
    #expect(change.before.contains(follower.before) && change.after.contains(follower.after))
    #expect(redline.brokenLaws() == [])
  }

  @Test func `a reference that was changed to another clause is told`() throws {
    #expect(try redline(Self.rules(), Self.rules(extra: true, citing: "4")).told.contains("modified 1 → 1"))
  }

  @Test func `a reference that was not brought up to date is no change of words`() throws {
    #expect(try !redline(Self.rules(), Self.rules(extra: true)).told.contains("modified 1 → 1"))
  }

  @Test func `a number that only looks like the new number of a clause is told`() throws {
    // Section 2 becomes 3 in the same revision in which the period shrinks from 2 days to 3 days.
    let redline = try redline(Self.rules(days: "2 days"), Self.rules(extra: true, citing: "3", days: "3 days"))
    #expect(redline.told.contains("modified 2 → 3"))
  }

  struct Reference: Sendable, CustomTestStringConvertible {
    let before: String
    let after: String
    let follows: Bool
    let because: String
    var testDescription: String { because }
  }

  @Test(arguments: [
    Reference(
      before: "See Sections 2 and 3.", after: "See Sections 3 and 4.", follows: true, because: "a list of numbers"),
    Reference(
      before: "See Section 2(a).", after: "See Section 3(a).", follows: true, because: "a step under the number"),
    Reference(
      before: "See Section 2.1.", after: "See Section 3.1.", follows: true, because: "a decimal under the number"),
    Reference(before: "See § 2.", after: "See § 3.", follows: true, because: "the sign for section"),
    Reference(
      before: "See Section 2.", after: "See Section 3 only.", follows: false, because: "another word came, too"),
    Reference(
      before: "It takes 2 pilots.", after: "It takes 3 pilots.", follows: false, because: "no word announces a clause"),
    Reference(
      before: "See Section 2(a).", after: "See Section 3(b).", follows: false, because: "the step changed, too"),
  ])
  func `what follows a renumbering`(_ c: Reference) throws {
    let lead = "This clause speaks of the harbour, of its quays and of its cranes, and of nobody in particular. "
    let before = Self.rules() + "\n\(lead)\(c.before)\n"
    let after = Self.rules(extra: true, citing: "3") + "\n\(lead)\(c.after)\n"
    let told = try redline(before, after).told
    #expect(told.contains("modified 3 → 4") != c.follows, "\(c.because)")
  }

  private static func contract(_ term: String, days: String = "30") -> String {
    document([
      ("Parties", ["The \(term) is whoever signs the register. The \(term) may act by an agent."]),
      ("Fees", ["The \(term) pays within \(days) days of the invoice, in the currency of the invoice."]),
      ("Waste", ["Nothing may be thrown into the basin by the \(term), by its crew or by its guests."]),
      ("Leaving", ["Before the vessel leaves, the \(term) reports at the gatehouse and hands in the key."]),
    ])
  }

  @Test func `a term renamed throughout is one change, and no clause is told for it alone`() throws {
    let redline = try redline(Self.contract("Owner"), Self.contract("Skipper"))
    #expect(redline.told == ["renamed-term Owner → Skipper"])
    let change = redline.changes[0]
    #expect(change.renamed == RenamedTerm(before: "Owner", after: "Skipper", occurrences: 5))
    #expect(change.before.count == 4 && change.following.count == 4)
    #expect(redline.brokenLaws() == [])
  }

  @Test func `a clause that changed besides is told with all its words`() throws {
    let redline = try redline(Self.contract("Owner"), Self.contract("Skipper", days: "10"))
    #expect(redline.told == ["renamed-term Owner → Skipper", "modified 2 → 2"])
    #expect(
      redline.changes[1].marked
        == "The [-Owner-]{+Skipper+} pays within [-30-]{+10+} days of the invoice, in the currency of the invoice.")
  }

  @Test func `a word exchanged here and there is no renamed term`() throws {
    let before = Self.contract("Owner")
    let redline = try redline(before, before.replacing("The Owner", with: "The Skipper"))
    #expect(!redline.changes.contains { $0.kind == .renamedTerm })
  }

  @Test func `a duty exchanged throughout is no renamed term`() throws {
    let before = Self.contract("Owner").replacing("pays", with: "may pay").replacing("reports", with: "may report")
    let redline = try redline(before, before.replacing("may", with: "must"))
    #expect(!redline.changes.contains { $0.kind == .renamedTerm })
    #expect(redline.changes.allSatisfy { $0.kind == .modified })
  }

  @Test func `a heading that bears the term and another number is renumbered`() throws {
    let before = document([
      ("Parties", ["The Owner is whoever signs the register. The Owner may act by an agent."]),
      (
        "Duties of the Owner", ["The Owner pays within 30 days of the invoice. The Owner hands in the key at the gate."]
      ),
    ])
    let after = document([
      ("Parties", ["The Skipper is whoever signs the register. The Skipper may act by an agent."]),
      ("Pilots", ["A vessel longer than sixty metres takes a pilot on board before it passes the outer light."]),
      (
        "Duties of the Skipper",
        ["The Skipper pays within 30 days of the invoice. The Skipper hands in the key at the gate."]
      ),
    ])
    #expect(
      try redline(before, after).told
        == ["renamed-term Owner → Skipper", "inserted – → 2", "inserted – → 2", "renumbered 2 → 3"])
  }
}
