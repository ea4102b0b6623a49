import TermsModel
import Testing

@testable import TermsParsing

/// A text that is read by what is known of another comes out as if it were read by itself.
@Suite struct SharingTests {
  private static func expectSame(_ before: String, _ after: String, _ why: String) throws {
    let earlier = try MarkdownParser.read(Array(before.utf8))
    #expect(try earlier.wording == MarkdownParser.parse(before), "the first text: \(why)")
    #expect(try MarkdownParser.parse(Array(after.utf8), like: earlier) == MarkdownParser.parse(after), "\(why)")
  }

  private static let terms = """
    # Harbour terms

    Updated: 4 June 2025

    ## 1. Berths

    A vessel keeps its berth.

    (a) It may lie there for 30 days.

    (b) It pays before it leaves.

    h. A list of letters goes on:

    (i) after this one,

    (j) and this.

    ## 2. Fees

    *   Water is free.
    *   Power is not.
    *   Neither is rope.

    1. The first fee.

    2. The second fee.

    > A quoted line
    > and another one.

    | Item | Fee |
    | --- | --- |
    | Rope | 3 |

    ## 3. End

    Nothing else applies to any vessel.

    """

  struct Case: CustomTestStringConvertible {
    let old: String
    let new: String
    let why: String
    var testDescription: String { why }
  }

  @Test(arguments: [
    Case(old: "4 June", new: "5 July", why: "a date above everything"),
    Case(
      old: "A vessel keeps its berth.", new: "A vessel keeps its berth.\n\nSo does a tug.", why: "paragraphs counted on"
    ),
    Case(old: "# Harbour terms\n\n", new: "", why: "no title any more"),
    Case(old: "## 2. Fees", new: "## Fees", why: "a number gone, so that what comes under it is cited otherwise"),
    Case(old: "## 1. Berths", new: "## 2. Berths", why: "a number that two headings bear"),
    Case(old: "(j) and this", new: "(ii) and this", why: "a label further on that makes a letter a numeral"),
    Case(old: "(b) It pays", new: "It pays", why: "a list whose second is gone"),
    Case(old: "*   Power is not.\n", new: "", why: "an item of a tight list"),
    Case(old: "*   Power is not.", new: "    * Power is not.", why: "an item that stands deeper now"),
    Case(old: "> A quoted line", new: "```", why: "a fence that swallows the rest"),
    Case(old: "| --- | --- |", new: "more", why: "no table any more"),
    Case(old: "any vessel.\n", new: "any vessel", why: "no line feed at the end"),
    Case(old: "Nothing else", new: "Nothing at all\u{2028}else", why: "a change in the last line"),
    Case(old: "1. The first fee.\n\n", new: "", why: "a numbered list that begins with 2"),
    Case(old: "\n\n", new: "\n", why: "no blank lines at all"),
    Case(old: "\n", new: "\r\n", why: "other line ends"),
  ])
  func `one change leaves nothing read otherwise`(_ c: Case) throws {
    let changed = Self.terms.replacing(c.old, with: c.new)
    #expect(changed != Self.terms)
    try Self.expectSame(Self.terms, changed, c.why)
    try Self.expectSame(changed, Self.terms, "the way back from \(c.why)")
  }

  @Test(arguments: 0..<60)
  func `any two texts are read as each by itself`(_ seed: Int) throws {
    var random = SplitMix(seed: UInt64(9000 + seed))
    let lines = Self.terms.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let others = [
      "", "", "(c) more", "c) more", "- x", "* y", "*   z", "3. w", "(", "    in", "# A", "## 7. B", "**C.** d", "---",
      "```",
    ]
    for _ in 0..<20 {
      var (before, after) = (lines, lines)
      for _ in 0..<Int.random(in: 0...4, using: &random) {
        before.swapAt(
          Int.random(in: 0..<before.count, using: &random), Int.random(in: 0..<before.count, using: &random))
      }
      after = Bool.random(using: &random) ? before : after
      for _ in 0..<Int.random(in: 1...5, using: &random) {
        let at = Int.random(in: 0..<after.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: after.remove(at: at)
        case 1: after.insert(others.randomElement(using: &random) ?? "", at: at)
        case 2: after[at] += " and more"
        default: after.insert(after[Int.random(in: 0..<after.count, using: &random)], at: at)
        }
      }
      try Self.expectSame(before.joined(separator: "\n"), after.joined(separator: "\n"), "seed \(seed)")
    }
  }

  @Test func `a paragraph more leaves most of a text unread`() throws {
    let sections = (1...400).map { "## \($0). Rule\n\nA vessel of kind \($0) keeps its distance from quay \($0 * 7)." }
    let before = sections.joined(separator: "\n\n")
    let after = before.replacing("kind 200 keeps", with: "kind 200 always keeps")
    let earlier = try MarkdownParser.read(Array(before.utf8))
    let stretches = Array(before.utf8).withUnsafeBufferPointer { old in
      Array(after.utf8).withUnsafeBufferPointer { new in
        Bytes(old).flatMap { old in Bytes(new).map { EqualStretches.find(old, $0) } } ?? []
      }
    }
    #expect(stretches.count == 2 && stretches.reduce(0) { $0 + $1.count } > before.utf8.count - 100)
    #expect(try MarkdownParser.parse(Array(after.utf8), like: earlier) == MarkdownParser.parse(after))
  }

  @Test func `what is no text is refused as it is without another one`() throws {
    let earlier = try MarkdownParser.read(Array(Self.terms.utf8))
    var broken = Array(Self.terms.utf8)
    broken[40] = 0xFF
    for bytes in [broken, [], Array("\n \n".utf8), Array("a\0b".utf8)] {
      var (alone, beside): (ParseError?, ParseError?)
      do { _ = try MarkdownParser.parse(bytes) } catch { alone = error }
      do { _ = try MarkdownParser.parse(bytes, like: earlier) } catch { beside = error }
      #expect(alone != nil && alone == beside)
    }
  }
}
