import Foundation
import Redlining
import TermsModel
import Testing

/// The laws of a redline, over documents that were made up and changed at random with fixed seeds.
@Suite struct PropertyTests {
  /// Makes documents of a few sections, and revisions of them.
  private struct Drafter {
    var random: SplitMix

    static let words = [
      "the", "Harbour", "Office", "may", "must", "vessel", "berth", "fee", "of", "30", "days", "and", "notice", "Owner",
      "will", "pay", "within", "any", "1,000.50", "to", "crew", "naïve", "“Cargo”", "cargo's", "(a)", "Section 2",
      "§ 3",
      "**bold**", "[link](https://example.org/x)", "日本", "e\u{301}tat", "👩‍👩‍👧", "x\u{200B}y", "a\u{A0}b", "…", "–", "\\*",
    ]

    mutating func sentence(_ range: ClosedRange<Int> = 3...24) -> String {
      let count = Int.random(in: range, using: &random)
      return (0..<count).map { _ in Self.words.randomElement(using: &random) ?? "" }.joined(separator: " ") + "."
    }

    mutating func document() -> [String] {
      var blocks = ["# \(sentence(1...3))"]
      for section in 1...Int.random(in: 1...5, using: &random) {
        blocks.append("## \(section). \(sentence(1...3))")
        for item in 0..<Int.random(in: 1...5, using: &random) {
          let label = Bool.random(using: &random) ? "(\(["a", "b", "c", "d", "e"][item])) " : ""
          blocks.append(label + sentence())
        }
      }
      return blocks
    }

    mutating func revised(_ blocks: [String]) -> [String] {
      var blocks = blocks
      for _ in 0..<Int.random(in: 0...6, using: &random) where blocks.count > 2 {
        let at = Int.random(in: 1..<blocks.count, using: &random)
        switch Int.random(in: 0..<8, using: &random) {
        case 0: blocks.remove(at: at)
        case 1: blocks.insert(sentence(), at: at)
        case 2: blocks.swapAt(at, Int.random(in: 1..<blocks.count, using: &random))
        case 3: blocks[at] += " " + sentence(1...4)
        case 4: blocks[at] = blocks[at].replacing("Office", with: "Bureau")
        case 5: blocks[at] = blocks[at].replacing(" ", with: "  ")
        case 6:
          let words = blocks[at].split(separator: " ")
          blocks.replaceSubrange(
            at...at,
            with: [
              words.prefix(words.count / 2).joined(separator: " "),
              words.suffix((words.count + 1) / 2).joined(separator: " "),
            ].filter { !$0.isEmpty })
        default: blocks[at] = blocks[at].replacing("may", with: "must", maxReplacements: 1)
        }
      }
      return blocks
    }
  }

  private static func text(_ blocks: [String]) -> String { blocks.joined(separator: "\n\n") + "\n" }

  @Test(arguments: 0..<40)
  func `a redline of any two drafts keeps its laws, and so does its inverse`(_ seed: Int) throws {
    var drafter = Drafter(random: SplitMix(seed: UInt64(seed)))
    for _ in 0..<12 {
      let before = drafter.document()
      let after = Bool.random(using: &drafter.random) ? drafter.revised(before) : drafter.document()
      let there = try redline(Self.text(before), Self.text(after))
      #expect(there.brokenLaws() == [], "seed \(seed)")
      #expect(there.applied() == there.after.source && there.undone() == there.before.source)
      let back = there.inverse
      #expect(back.brokenLaws() == [], "the inverse, seed \(seed)")
      #expect(back.applied() == there.before.source && Set(back.inverse.changes) == Set(there.changes))
    }
  }

  @Test(arguments: 0..<20)
  func `nothing differs from itself`(_ seed: Int) throws {
    var drafter = Drafter(random: SplitMix(seed: UInt64(1000 + seed)))
    let text = Self.text(drafter.document())
    let redline = try redline(text, text)
    #expect(redline.changes == [])
    #expect(redline.links == redline.before.clauses.indices.map { ClauseLink(before: [$0], after: [$0]) })
    #expect(redline.sourceRuns() == [SourceRun(op: .kept, text: text)])
  }

  @Test(arguments: 0..<20)
  func `two steps lead where one does`(_ seed: Int) throws {
    var drafter = Drafter(random: SplitMix(seed: UInt64(2000 + seed)))
    let first = drafter.document()
    let second = drafter.revised(first)
    let third = drafter.revised(second)
    let steps = [try redline(Self.text(first), Self.text(second)), try redline(Self.text(second), Self.text(third))]
    let direct = try redline(Self.text(first), Self.text(third))
    #expect(steps[0].applied() == steps[1].undone())
    #expect(steps[1].applied() == direct.applied() && steps[0].undone() == direct.undone())
  }

  @Test func `the same two texts always give the same redline`() throws {
    var drafter = Drafter(random: SplitMix(seed: 77))
    let before = drafter.document()
    let after = drafter.revised(drafter.revised(before))
    let first = try redline(Self.text(before), Self.text(after))
    for _ in 0..<5 {
      let again = try redline(Self.text(before), Self.text(after))
      #expect(again.changes == first.changes && again.links == first.links)
    }
  }

  @Test func `no edit ends within a character as a reader sees it`() throws {
    var drafter = Drafter(random: SplitMix(seed: 4242))
    let parts = [
      "a", "e\u{301}", "\u{301}", "👩‍👩‍👧", "👍🏽", "🇫🇷", "🇩🇪", "한", "\u{1100}\u{1161}", "कि", "\u{200D}", "\u{FE0F}", " ", "\n",
      ".", "“", "\u{202E}", "א",
      "ב\u{5B0}", "日", "\u{E0067}", "9", "،", "\u{600}٣", "*", "_", "\\",
    ]
    for _ in 0..<300 {
      let texts = (0..<2).map { _ in
        "x"
          + (0..<Int.random(in: 1...24, using: &drafter.random)).map { _ in
            parts.randomElement(using: &drafter.random) ?? ""
          }
          .joined() + "x"
      }
      let edits = TextComparison.edits(from: texts[0], to: texts[1])
      for (text, op) in [(texts[0], Edit.Operation.insert), (texts[1], .delete)] {
        var at = text.startIndex
        let breaks = Set(text.indices).union([text.endIndex])
        for edit in edits where edit.op != op {
          at = text.utf8.index(at, offsetBy: edit.text.utf8.count)
          #expect(breaks.contains(at), "\(edit) cuts \(text.unicodeScalars.map { String($0.value, radix: 16) })")
        }
        #expect(at == text.endIndex)
      }
    }
  }

  @Test func `the laws hold for every real pair`() throws {
    let pairs = try Shared.pairs("redline-truth")
    guard !pairs.isEmpty else { return print("SKIPPED: no pairs at \(Shared.folder.path)/redline-truth") }
    for pair in pairs { #expect(try redline(pair.before, pair.after).brokenLaws() == [], "\(pair.name)") }
  }
}
