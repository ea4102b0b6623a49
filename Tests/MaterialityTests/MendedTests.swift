import Foundation
import Redlining
import TermsModel
import TermsParsing
import Testing

@testable import Materiality

/// What readers of the engine's answers found wrong, each with the reason why it was.
@Suite struct MendedTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let before: String
    let after: String
    let expected: ChangeClass
    let because: String
    var testDescription: String { because }
  }

  @Test(arguments: [
    Case(
      before: "If you learn of it, you will send the facts to security@harbor.example within 72 hours.",
      after: "If you learn of it, you will send the facts to security@harbor.example within 48 hours.",
      expected: .material,
      because: "a deadline does not hide behind a mail address"),
    Case(
      before: "You can write to help@harbor.example.", after: "You can only write to help@harbor.example.",
      expected: .material, because: "an operative word beside a mail address"),
    Case(
      before: "You can write to help@harbor.example.", after: "You can write to support@harbor.example.",
      expected: .other,
      because: "the mail address alone"),
    Case(
      before: "In the event that you leave, tell us prior to the end.", after: "If you leave, tell us before the end.",
      expected: .other, because: "plainer words of the same effect"),
    Case(
      before: "first one here", after: "first one here\n\ntext", expected: .material,
      because: "a word alone is no heading"),
    Case(
      before: "1. first", after: "1. first\n\n2. second", expected: .material,
      because: "an item of one word is no heading"),
    Case(before: "1. first\n\n2. second", after: "1. first", expected: .material, because: "nor where it goes"),
    Case(
      before: "You must not trade in:\n\n(a) Weapons", after: "You must not trade in:\n\n(a) Weapons\n\n(b) Tobacco",
      expected: .material, because: "an item in capitals is no heading"),
    Case(
      before: "First clause.", after: "First clause.\n\nSecond clause.", expected: .material,
      because: "a whole clause is never weighed"),
    Case(
      before: "THE SOFTWARE IS PROVIDED AS IS.", after: "THE SOFTWARE IS PROVIDED AS THEY ARE.", expected: .material,
      because: "“as is” disclaims a warranty"),
    Case(
      before: "We may warn you.", after: "We may suspend you.", expected: .material,
      because: "a word of suspension is not outweighed"),
    Case(
      before: "We are not liable for any interruption or delay.",
      after: "We are not liable for any unavailability, interruption or delay.", expected: .material,
      because: "a list that grew at its head"),
    Case(
      before: "The buyer, at its cost, indemnifies the seller.",
      after: "The seller, at its cost, indemnifies the buyer.",
      expected: .material, because: "who changed places are no items of a list"),
    Case(
      before: "Berths and sheds cost 30 and 10 euros respectively.",
      after: "Sheds and berths cost 30 and 10 euros respectively.", expected: .material,
      because: "each place in the list counts"),
    Case(
      before: "You may, without notice, leave and we may close the berth.",
      after: "You may leave and we may, without notice, close the berth.", expected: .material,
      because: "a condition that went from one to the other"),
    Case(
      before: "We collect names, mails, and photos. We sell ropes, lamps, and oars.",
      after: "We collect names, and photos. We sell ropes, mails, lamps, and oars.", expected: .material,
      because: "an item that went from one list to another"),
    Case(
      before: "The Keeper indemnifies the Owner.", after: "The Owner indemnifies the Keeper.", expected: .material,
      because: "who and whom changed places"),
    Case(
      before: "The Owner indemnifies the Keeper.", after: "The Keeper indemnifies the Owner.", expected: .material,
      because: "who and whom changed places, backwards"),
    Case(
      before: "We own the drawings you send.", after: "You own the drawings you send.", expected: .material,
      because: "“you” for “we”"),
    Case(
      before: "You own the drawings you send.", after: "We own the drawings you send.", expected: .material,
      because: "“you” for “we”, backwards"),
    Case(
      before: "You can opt out.", after: "You can opt in.", expected: .material,
      because: "opting in for opting out"),
    Case(
      before: "You can opt in.", after: "You can opt out.", expected: .material,
      because: "opting in for opting out, backwards"),
    Case(
      before: "The berth is non-exclusive.", after: "The berth is exclusive.", expected: .material,
      because: "exclusive or not"),
    Case(
      before: "The berth is exclusive.", after: "The berth is non-exclusive.", expected: .material,
      because: "exclusive or not, backwards"),
    Case(
      before: "Notice is given by registered mail.", after: "Notice is given by email.", expected: .material,
      because: "the way of giving notice"),
    Case(
      before: "Notice is given by email.", after: "Notice is given by registered mail.", expected: .material,
      because: "the way of giving notice, backwards"),
    Case(
      before: "Invoices are in dollars.", after: "Invoices are in euros.", expected: .material,
      because: "another currency, spelt out"),
    Case(
      before: "Invoices are in euros.", after: "Invoices are in dollars.", expected: .material,
      because: "another currency, spelt out, backwards"),
    Case(
      before: "We answer for direct damages.", after: "We answer for damages.", expected: .material,
      because: "damages of one kind alone"),
    Case(
      before: "We answer for damages.", after: "We answer for direct damages.", expected: .material,
      because: "damages of one kind alone, backwards"),
    Case(
      before: "We draw maps from public data.", after: "We draw maps from your data.", expected: .material,
      because: "whose data"),
    Case(
      before: "We draw maps from your data.", after: "We draw maps from public data.", expected: .material,
      because: "whose data, backwards"),
    Case(
      before: "The trial lasts a fortnight.", after: "The trial lasts a week.", expected: .material,
      because: "another period, without a figure"),
    Case(
      before: "The trial lasts a week.", after: "The trial lasts a fortnight.", expected: .material,
      because: "another period, without a figure, backwards"),
    Case(
      before: "Backups are made daily.", after: "Backups are made at times.", expected: .material,
      because: "how often"),
    Case(
      before: "Backups are made at times.", after: "Backups are made daily.", expected: .material,
      because: "how often, backwards"),
    Case(
      before: "The buyer bears the loss.", after: "The seller bears the loss.", expected: .material,
      because: "another role"),
    Case(
      before: "The seller bears the loss.", after: "The buyer bears the loss.", expected: .material,
      because: "another role, backwards"),
    Case(
      before: "We aim to mend ropes.", after: "We mend ropes.", expected: .material,
      because: "what was aimed at is promised"),
    Case(
      before: "We mend ropes.", after: "We aim to mend ropes.", expected: .material,
      because: "what was aimed at is promised, backwards"),
    Case(
      before: "Write to us by email or phone with questions.", after: "Write to us by phone or email with questions.",
      expected: .other,
      because: "the ways to write in another order"),
    Case(
      before: "The purchaser receives a key.", after: "The buyer receives a key.", expected: .other,
      because: "two words for one role"),
    Case(
      before: "A weekly letter tells the tides.", after: "A weekly letter tells of the tides.", expected: .other,
      because: "the same period"),
    Case(
      before: "This is run by the Harbor keepers (“we”, “us”).", after: "This is run by Jane Doe (“we”, “us”).",
      expected: .material, because: "another party speaks"),
    Case(
      before: "These rules cover https://a.harbor.example and https://b.harbor.example (“Sites”).",
      after:
        "These rules cover https://a.harbor.example, https://c.harbor.example and https://b.harbor.example (“Sites”).",
      expected: .material, because: "another site is covered"),
  ])
  func `a passage's class`(_ c: Case) throws {
    #expect(try passageClass(c.before, c.after) == c.expected)
  }

  @Test func `a law takes with it what was rewritten around it, but no numbered clause whose own words show an effect`()
    throws
  {
    let before = "# Terms\n\n## Notices\n\nWe answer.\n\nWe keep books.\n"
    let after =
      "# Terms\n\n## Notices\n\nWe answer.\n\nUnder the General Data Protection Regulation you have the right to complain to a supervisory authority.\n\nWe say where.\n\nWe keep books.\n"
    #expect(try classified(before, after).map(\.changeClass) == [.legalRequired, .legalRequired])
    let numbered = "# Terms\n\n## 1. Notices\n\n1.1 You pay within 30 days.\n\n1.2 We keep books.\n"
    let changed =
      "# Terms\n\n## 1. Notices\n\n1.1 You pay within 10 days.\n\n1.2 We keep books.\n\n1.3 Under the General Data Protection Regulation you have the right to complain to a supervisory authority.\n"
    #expect(Set(try classified(numbered, changed).map(\.changeClass)) == [.material, .legalRequired])
  }

  // MARK: Grounds

  @Test func `a text's own date is told once, old and new`() throws {
    #expect(
      try evidence(.textDate, "Updated: June 4, 2025", "Updated: July 9, 2026") == [
        "the text's own date: Updated: June 4, 2025 → Updated: July 9, 2026"
      ])
  }

  @Test func `a reference is quoted with both its brackets`() throws {
    #expect(
      try evidence(.crossReferenceFollowed, "It follows Section 3(c) alone.", "It follows Section 3(d) alone.") == [
        "3(c) → 3(d)"
      ])
  }

  @Test func `a mail address is told by its letters, not as typography`() throws {
    let grounds = try classified("# Terms\n\nWrite to a@harbor.example.\n", "# Terms\n\nWrite to b@harbor.example.\n")
      .flatMap(\.grounds)
    #expect(grounds == [Ground(rule: "contact-details", evidence: "a@harbor.example → b@harbor.example")])
  }

  @Test func `links are quoted by their texts, without where they lead, and pictures not at all`() throws {
    #expect(
      try evidence(
        .clauseInserted, "Pay in advance.",
        "Pay in advance.\n\nYou must obey [the crew](https://harbor.example/crew) ![a rope](rope.png) at [all](x) hours."
      )
        == ["new clause: “You must obey the crew at all hours”"])
  }

  @Test func `of a clause that came or went whole nothing is told about the targets of its links`() throws {
    let grounds = try classified(
      "# Terms\n\nPay.\n", "# Terms\n\nPay.\n\nSee [our pages](https://harbor.example) for more information.\n"
    ).flatMap(\.grounds)
    #expect(!grounds.isEmpty && !grounds.contains { $0.evidence.contains("targets of links") })
  }

  @Test func `a clause that moved or bears another number is told so`() throws {
    let before =
      "# Terms\n\n## 1. Fees\n\n(a) Fees are paid in advance by card.\n\n(b) Receipts are sent by post on demand.\n\n## 2. Rest\n\n(a) Boats are kept dry over the winter.\n"
    let after =
      "# Terms\n\n## 1. Fees\n\n(a) Receipts are sent by post on demand.\n\n## 2. Rest\n\n(a) Boats are kept dry over the winter.\n\n(b) Fees are paid in advance by card.\n"
    let grounds = try classified(before, after).flatMap(\.grounds)
    #expect(
      Set(grounds) == [
        Ground(rule: "renumbering", evidence: "1(b) → 1(a)"),
        Ground(rule: "moved-text", evidence: "the clause stands elsewhere: 1(a) → 2(b)"),
      ])
  }

  @Test func `the grounds of harmless changes never claim that words are the same where they are not`() throws {
    for c in RuleCase.all where c.before.hasPrefix("#") {
      for classification in try classified(c.before, c.after) {
        let claims = classification.grounds.filter { $0.evidence == "the words are the same" }
        #expect(claims.isEmpty || classification.grounds.count == 1)
      }
    }
  }

  @Test func `what comes before a list may reach into the next sentence`() throws {
    let (before, after) = ("We carry, or keep boats.", "We carry boats. Ropes, or keep boats.")
    #expect(try classified(before, after).count == 1 && classified(after, before).count == 1)
  }

  @Test(arguments: [
    ("The courts of Dublin decide any dispute.", "The courts of London decide any dispute.", "Dublin → London"),
    (
      "The courts of Dublin decide any dispute.", "The courts of the defendant's seat decide any dispute.",
      "Dublin → the defendant's seat"
    ),
    ("Arbitration takes place in Ropeton.", "Arbitration takes place in Knotville.", "Ropeton → Knotville"),
    ("They are governed by the laws of Ropeton.", "They are governed by the laws of Knotville.", "Ropeton → Knotville"),
  ])
  func `which court decides, where and by what law is no wording, whatever the place is called`(
    _ before: String, _ after: String, _ words: String
  ) throws {
    for (before, after, words) in [
      (before, after, words), (after, before, words.components(separatedBy: " → ").reversed().joined(separator: " → ")),
    ] {
      let classification = try #require(try classified("# Terms\n\n\(before)\n", "# Terms\n\n\(after)\n").first)
      #expect(classification.changeClass == .material, "\(after)")
      #expect(classification.grounds.contains(Ground(rule: "dispute", evidence: words)), "\(classification.grounds)")
    }
  }

  @Test func `equal words are equal in a sentence about courts, too`() throws {
    let before = "# Terms\n\nThe parties talk prior to going to court.\n"
    let classes = try classified(before, before.replacing("prior to", with: "before")).map(\.changeClass)
    #expect(classes == [.other])
  }

  @Test func `a rename is told as the terms are written`() throws {
    let before = "# Terms\n\n## A\n\nThe Plugin starts here.\n\n## B\n\nOpen the Plugin there.\n"
    let after = before.replacing("Plugin", with: "Widget")
    #expect(Set(try classified(before, after).flatMap(\.grounds).map(\.evidence)) == ["Plugin → Widget, throughout"])
  }

  // MARK: Renamed terms

  private static let renaming = """
    # Terms

    ## 1. Use

    (a) “Connector” means a service that you offer.

    (b) The Owner keeps the Connector safe and pays 30 dollars a month.

    (c) A Connector may be listed.

    (d) The Owner tells us of each Connector within 15 days.

    ## 2. Ending

    (a) The Owner may end the agreement with 30 days' notice.
    """

  private struct Renaming: CustomTestStringConvertible, Sendable {
    let exchanges: [(String, String)]
    /// What is told of each renamed term, in order.
    let told: [[String]]
    let because: String
    var testDescription: String { because }
  }

  @Test(arguments: [
    Renaming(
      exchanges: [("Connector", "Plugin")], told: [["renamed-term: Connector → Plugin, throughout"]],
      because: "a term alone"),
    Renaming(
      exchanges: [("Connector", "Plugin"), ("15 days", "10 days"), ("30 days", "20 days")],
      told: [["renamed-term: Connector → Plugin, throughout"]], because: "a clause that uses it has a change of its own"
    ),
    Renaming(
      exchanges: [("Connector", "Plugin"), ("Owner", "Operator")],
      told: [
        ["renamed-term: Connector → Plugin, throughout"], ["renamed-term: Owner → Operator, throughout"],
      ], because: "two terms in one clause"),
    Renaming(
      exchanges: [
        ("Connector", "Plugin"), ("a service that you", "services that you"), ("30 dollars", "40 dollars"),
        ("may be listed", "is listed"), ("15 days", "10 days"),
      ], told: [["renamed-term: Connector → Plugin, throughout"]],
      because: "every clause that uses it has a change of its own"),
  ])
  private func `a renamed term is told with its own grounds`(_ renaming: Renaming) throws {
    let before = try MarkdownParser.parse(Array(Self.renaming.utf8))
    let text = renaming.exchanges.reduce(Self.renaming) { $0.replacing($1.0, with: $1.1) }
    let redline = Redline(before: before, after: try MarkdownParser.parse(Array(text.utf8)))
    let cards = zip(redline.changes, Classifier().classify(redline)).filter { $0.0.renamed != nil }.map(\.1)
    #expect(cards.map { $0.grounds.map { "\($0.rule): \($0.evidence)" } } == renaming.told)
    #expect(cards.allSatisfy { $0.changeClass == .other })
  }
}
