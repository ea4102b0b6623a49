import Redlining
import TermsModel
import TermsParsing
import Testing

/// Texts that break comparisons which are made with nicer ones in mind: each must be compared rightly and at a bearable cost.
@Suite struct HopelessInputTests {
  private static let sentence =
    "We may close a berth at any time, with or without notice, where we believe that a rule was broken, and 30 days pass."

  @Test func `twenty thousand equal paragraphs against one less with one change`() throws {
    let paragraphs = Array(repeating: Self.sentence, count: 20_000)
    var changed = Array(repeating: Self.sentence, count: 19_999)
    changed[6_666] = Self.sentence.replacing("30 days", with: "14 days")
    let redline = try redline(paragraphs.joined(separator: "\n\n"), changed.joined(separator: "\n\n"))
    #expect(redline.changes.map(\.kind).sorted { $0.rawValue < $1.rawValue } == [.deleted, .modified])
    #expect(redline.links.count == 19_999)
  }

  @Test func `a hundred thousand clauses with one in a thousand changed`() throws {
    let before = (0..<100_000).map {
      "Rule \($0 &* 7919 % 100_003): a vessel keeps \($0 % 97) metres from quay \($0 % 89)."
    }
    let after = before.enumerated().map {
      $0.offset % 1000 == 500 ? $0.element.replacing("keeps", with: "stays") : $0.element
    }
    let redline = try redline(before.joined(separator: "\n\n"), after.joined(separator: "\n\n"))
    #expect(redline.changes.count == 100)
    #expect(redline.changes.allSatisfy { $0.kind == .modified && $0.marked.contains("[-keeps-]{+stays+}") })
  }

  @Test func `one line of megabytes with a word changed here and there`() throws {
    var random = SplitMix(seed: 9)
    let words = (0..<200_000).map { _ in "w\(Int.random(in: 0..<4000, using: &random))" }
    let after = words.enumerated().map { $0.offset % 2000 == 1000 ? "other" : $0.element }
    let redline = try redline(words.joined(separator: " "), after.joined(separator: " "))
    let change = try #require(redline.changes.first)
    #expect(redline.changes.count == 1 && change.kind == .modified)
    #expect(change.edits.count { $0.op == .insert } == 100)
    #expect(change.beforeText.utf8.elementsEqual(redline.before.clauses[change.before[0]].text.utf8))
  }

  @Test func `one line of few words in another order`() throws {
    var random = SplitMix(seed: 10)
    let words = (0..<20_000).map { _ in ["may", "must", "and", "or", "the"].randomElement(using: &random) ?? "" }
    let redline = try redline(
      "x " + words.joined(separator: " "), "x " + words.shuffled(using: &random).joined(separator: " "))
    #expect(redline.brokenLaws() == [])
  }

  @Test(.timeLimit(.minutes(30))) func `a long line of few words in another order costs little more than a short one`()
    throws
  {
    var random = SplitMix(seed: 12)
    let words = (0..<300_000).map { _ in ["may", "must", "and", "or", "the"].randomElement(using: &random) ?? "" }
    let edits = TextComparison.edits(
      from: words.joined(separator: " "), to: words.shuffled(using: &random).joined(separator: " "))
    #expect(edits.contains { $0.op == .equal })
  }

  @Test func `paragraphs in another order are moved, none is lost`() throws {
    var random = SplitMix(seed: 11)
    let before = (0..<500).map {
      "Paragraph \($0) speaks of quay \($0 &* 31 % 499) and of nothing else that matters here."
    }
    let redline = try redline(
      before.joined(separator: "\n\n"), before.shuffled(using: &random).joined(separator: "\n\n"))
    #expect(redline.changes.allSatisfy { $0.kind == .moved && $0.edits.allSatisfy { $0.op == .equal } })
    #expect(redline.links.count == 500 && redline.brokenLaws() == [])
  }

  @Test(arguments: [
    ("brackets", String(repeating: "[", count: 40_000)), ("closings", String(repeating: "](", count: 20_000)),
    ("stars", String(repeating: "*", count: 40_000)), ("backslashes", String(repeating: "\\", count: 40_000)),
    ("angles", String(repeating: "<", count: 40_000)), ("zero width", String(repeating: "\u{200B}", count: 20_000)),
    ("combining", "e" + String(repeating: "\u{301}", count: 20_000)),
    ("joiners", String(repeating: "👩\u{200D}", count: 8_000)),
    ("overrides", String(repeating: "\u{202E}x", count: 10_000)), ("dashes", String(repeating: "- ", count: 20_000)),
    ("underscores", String(repeating: "a_", count: 20_000)), ("numbers", String(repeating: "1.", count: 20_000)),
    ("flags", String(repeating: "🇫", count: 5_000)), ("references", String(repeating: "&amp;", count: 8_000)),
  ])
  func `a long row of one mark`(_ name: String, _ row: String) throws {
    let redline = try redline("Before the row. \(row) after", "Before a row. \(row)\(row.prefix(3)) after it")
    #expect(redline.brokenLaws() == [], "\(name)")
  }

  @Test func `line ends of every kind are the same text`() throws {
    let unix = "# Rules\n\nA berth is let\nby the day.\n\nFees are due.\n"
    for end in ["\r\n", "\r"] {
      #expect(try redline(unix, unix.replacing("\n", with: end)).changes == [])
    }
  }

  @Test func `a text against nothing of it`() throws {
    let redline = try redline("# A\n\nOne two three four.\n", "# B\n\nFive six seven eight nine.\n")
    #expect(Set(redline.changes.map(\.kind)).isSubset(of: [.inserted, .deleted, .modified]))
    #expect(redline.brokenLaws() == [])
  }
}
