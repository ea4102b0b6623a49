import Redlining
import TermsModel
import TermsParsing
import Testing

/// What each kind of change is, by small documents of our own; `because` says what a reader would be misled by.
@Suite struct KindTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let before: String
    let after: String
    let told: [String]
    let because: String
    var testDescription: String { because }
  }

  private static let berths = "A berth is let by the day. The Office may let it by the week where the quay is empty."
  private static let fees =
    "The Owner pays the berth fee within 30 days of the invoice, in the currency of the invoice."
  private static let waste = "No oil, no paint and no other waste may be thrown into the basin, whatever its quantity."
  private static let pilots = "A vessel longer than 60 metres takes a pilot on board before it passes the outer light."
  private static let quiet = "Engines that make noise are not run between ten at night and six in the morning."
  private static let plain = document([
    ("Berths", [berths]), ("Fees", [fees]), ("Waste", [waste]), ("Pilots", [pilots]), ("Quiet hours", [quiet]),
  ])

  @Test(arguments: [
    Case(before: plain, after: plain, told: [], because: "a text does not differ from itself"),
    Case(
      before: plain, after: plain.replacing("30 days", with: "10 days"), told: ["modified 2 → 2"],
      because: "one number in one clause is one change"),
    Case(
      before: plain, after: plain.replacing("\n\(pilots)\n", with: ""), told: ["deleted 4 → –"],
      because: "a paragraph went; its heading stayed"),
    Case(
      before: plain.replacing("\n\(pilots)\n", with: ""), after: plain, told: ["inserted – → 4"],
      because: "a paragraph came under a heading that was there"),
    Case(
      before: plain,
      after: document([
        ("Berths", [berths]), ("Fees", [fees]), ("Waste", [waste]), ("Pilots", []), ("Quiet hours", [quiet, pilots]),
      ]),
      told: ["moved 4 → 5"], because: "a clause that moved to another section is neither deleted nor inserted"),
    Case(
      before: plain,
      after: document([
        ("Berths", [berths]), ("Fees", [fees]), ("Waste", [waste]), ("Pilots", []),
        ("Quiet hours", [quiet, pilots.replacing("60 metres", with: "45 metres")]),
      ]),
      told: ["moved 4 → 5"], because: "a clause that moved and was edited moved; its edits show the words"),
    Case(
      before: plain,
      after: document([
        ("Berths", [berths]),
        ("Lost property", ["What is found on a quay is kept in the gatehouse for a year and a day."]),
        ("Fees", [fees]), ("Waste", [waste]), ("Pilots", [pilots]), ("Quiet hours", [quiet]),
      ]),
      told: [
        "inserted – → 2", "inserted – → 2", "renumbered 2 → 3", "renumbered 3 → 4", "renumbered 4 → 5",
        "renumbered 5 → 6",
      ], because: "a new section shifts the numbers after it, and nothing else of those sections"),
    Case(
      before: plain,
      after: document([("Berths", [berths]), ("Waste", [waste]), ("Pilots", [pilots]), ("Quiet hours", [quiet])]),
      told: ["deleted 2 → –", "deleted 2 → –", "renumbered 3 → 2", "renumbered 4 → 3", "renumbered 5 → 4"],
      because: "a section that went shifts the numbers after it"),
    Case(
      before: plain, after: plain.replacing(". The Office", with: ".\n\nThe Office"), told: ["split 1 → 1"],
      because: "one paragraph made two"),
    Case(
      before: plain.replacing(". The Office", with: ".\n\nThe Office"), after: plain, told: ["merged 1 → 1"],
      because: "two paragraphs made one"),
    Case(
      before: plain, after: plain.replacing("day. The Office may", with: "hour.\n\nThe Office must"),
      told: ["split 1 → 1"], because: "a clause that split and was edited split"),
    Case(
      before: plain,
      after: plain.replacing(
        fees,
        with: "**The Owner** pays the berth\u{A0}fee within 30 days of the invoice,\nin the currency of the invoice."),
      told: ["formatting 2 → 2"], because: "emphasis, a no-break space and a line break are dress"),
    Case(
      before: "Quay rules\n==========\n\nKeep the quay clear of ropes at all times of the day.\n",
      after: "# Quay rules\n\nKeep the quay clear of ropes at all times of the day.\n", told: ["formatting  → "],
      because: "the shape of a heading is dress"),
    Case(
      before: plain, after: plain.replacing("The Owner pays", with: "[The Owner](https://example.org/owner) pays"),
      told: ["formatting 2 → 2"], because: "a link target is no word"),
    Case(
      before: "# Quay rules\n\n## 1. Ropes\n\n(a) Keep the quay clear of ropes.\n",
      after: "# Quay rules\n\n## 1\\. Ropes\n\n\\(a\\) Keep the quay clear of ropes.\n", told: [],
      because: "a backslash before a label's bracket is the same bracket"),
    Case(
      before: plain, after: plain.replacing("## 3. Waste", with: "## 3. Refuse"), told: ["modified 3 → 3"],
      because: "a heading of one word that was exchanged is the same heading"),
    Case(
      before: plain,
      after: plain.replacing(
        waste, with: "Every master reports the arrival of the ship by radio, on the working channel of the port."),
      told: ["deleted 3 → –", "inserted – → 3"], because: "a paragraph that has nothing of the old one is another one"),
    Case(
      before: "# Rules\n\n(a) \(berths)\n\n(b) \(fees)\n\n(c) \(waste)\n",
      after: "# Rules\n\n(a) \(berths)\n\n(b) \(pilots)\n\n(c) \(fees)\n\n(d) \(waste)\n",
      told: ["inserted – → (b)", "renumbered (b) → (c)", "renumbered (c) → (d)"],
      because: "letters shift as numbers do"),
  ])
  func `a change is told by its kind`(_ c: Case) throws {
    let redline = try redline(c.before, c.after)
    #expect(redline.told == c.told, "\(c.because)")
    #expect(redline.brokenLaws() == [])
  }

  @Test func `a moved clause shows its edited words`() throws {
    let moved = document([
      ("Berths", [Self.berths]), ("Fees", [Self.fees]), ("Waste", [Self.waste]), ("Pilots", []),
      ("Quiet hours", [Self.quiet, Self.pilots.replacing("60 metres", with: "45 metres")]),
    ])
    let change = try #require(try redline(Self.plain, moved).changes.first)
    #expect(
      change.marked
        == "A vessel longer than [-60-]{+45+} metres takes a pilot on board before it passes the outer light.")
  }

  @Test func `of two clauses that read nearly alike each finds its own`() throws {
    let quay = { (number: Int) in
      "A vessel at quay \(number) may take on water between eight and ten, and pays for what the meter of quay \(number) shows."
    }
    let before = document([
      ("Water", [quay(1), Self.berths, Self.waste]), ("More water", [quay(2), Self.pilots, Self.quiet]),
    ])
    let after = document([
      ("Water", [quay(1).replacing("may", with: "must"), Self.berths, Self.waste]),
      ("More water", [Self.pilots, Self.quiet, quay(2).replacing("ten", with: "noon")]),
    ])
    #expect(try redline(before, after).told == ["modified 1 → 1", "moved 2 → 2"])
  }

  @Test func `a split names its parts and a merger its sources`() throws {
    let split = Self.plain.replacing(". The Office", with: ".\n\nThe Office")
    let there = try #require(try redline(Self.plain, split).changes.first)
    #expect(there.before.count == 1 && there.after.count == 2)
    #expect(
      there.afterText == "A berth is let by the day.\n\nThe Office may let it by the week where the quay is empty.")
    let back = try #require(try redline(split, Self.plain).changes.first)
    #expect(back.before.count == 2 && back.after.count == 1)
  }

  @Test func `links join every clause that lives on`() throws {
    let after = Self.plain.replacing(". The Office", with: ".\n\nThe Office").replacing("\n\(Self.waste)\n", with: "")
    let redline = try redline(Self.plain, after)
    let waste = try #require(redline.before.clauses.firstIndex { $0.text == Self.waste })
    #expect(!redline.links.contains { $0.before.contains(waste) })
    #expect(redline.links.contains { $0.before.count == 1 && $0.after.count == 2 })
    #expect(redline.links.count == redline.before.clauses.count - 1)
  }
}
