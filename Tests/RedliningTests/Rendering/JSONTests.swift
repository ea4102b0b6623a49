import Foundation
import Redlining
import TermsModel
import Testing

/// What programs are given: whoever puts the edits together has both texts, to the byte.
@Suite struct JSONTests {
  private func changes(_ redline: Redline) throws -> [[String: Any]] {
    var text = ""
    RedlineJSON(redline).write(to: &text)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    return try #require(object["changes"] as? [[String: Any]])
  }

  private func edits(of change: [String: Any]) throws -> [[String: String]] {
    try #require(change["edits"] as? [[String: String]])
  }

  /// What one side's edits give, a mark in its former shape where that is asked for.
  private func joined(_ edits: [[String: String]], leavingOut op: String, former: Bool = false) -> String {
    edits.filter { $0["op"] != op }.map { (former ? $0["was"] : nil) ?? $0["text"] ?? "" }.joined()
  }

  private func expectWhole(_ redline: Redline, _ name: String) throws {
    for change in try changes(redline) {
      let edits = try edits(of: change)
      if let before = (change["before"] as? [String: Any])?["text"] as? String {
        #expect(joined(edits, leavingOut: "insert", former: true).utf8.elementsEqual(before.utf8), "\(name)")
      }
      if let after = (change["after"] as? [String: Any])?["text"] as? String {
        #expect(joined(edits, leavingOut: "delete").utf8.elementsEqual(after.utf8), "\(name)")
      }
      if change["kind"] as? String != "formatting" { #expect(edits.allSatisfy { $0["was"] == nil }, "\(name)") }
      #expect(edits.allSatisfy { $0["was"].map { $0.unicodeScalars.count == 1 } != false }, "\(name)")
    }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let before: String
    let after: String
    let edits: String
    let because: String
    var testDescription: String { because }
  }

  @Test(arguments: [
    Case(
      before: "the [tariff](https://a.example) of the port", after: "the [tariff](https://b.example) of the port",
      edits: "the [tariff](https://[-a-]{+b+}.example) of the port", because: "another link target is shown exactly"),
    Case(
      before: "the **outer** light", after: "the __outer__ light", edits: "the [-**-]{+__+}outer[-**-]{+__+} light",
      because: "other emphasis is shown exactly"),
    Case(
      before: "bread &amp; water", after: "bread & water", edits: "bread &[-amp;-] water",
      because: "a reference is shown exactly"),
    Case(
      before: "a\u{A0}flat  boat", after: "a flat boat", edits: "a[-\u{A0}-]{+ +}flat [- -]boat",
      because: "white space is shown exactly"),
    Case(
      before: "the “Office”, the port’s own", after: "the \"Office\", the port's own",
      edits: "the “→\"Office”→\", the port’→'s own", because: "a mark in another shape is the same mark"),
    Case(
      before: "the “**Office**” of it", after: "the \"__Office__\" of it",
      edits: "the “→\"[-**-]{+__+}Office[-**-]{+__+}”→\" of it", because: "a mark beside other dress"),
  ])
  func `a change of dress gives both texts back`(_ c: Case) throws {
    let lead = "# Rules\n\nIn the harbour, "
    let tail = ", as everybody knows, is looked after by the office in the old tower.\n"
    let redline = try redline(lead + c.before + tail, lead + c.after + tail)
    #expect(redline.changes.map(\.kind) == [.formatting])
    try expectWhole(redline, c.because)
    let marked = try edits(of: try #require(try changes(redline).first)).map { edit in
      let text = edit["text"] ?? ""
      return switch edit["op"] {
      case "delete": "[-\(text)-]"
      case "insert": "{+\(text)+}"
      default: edit["was"].map { "\($0)→\(text)" } ?? text
      }
    }.joined()
    #expect(marked == "In the harbour, " + c.edits + tail.dropLast())
  }

  @Test func `where the shape of a mark counts as a word, edits alone give both texts`() throws {
    let before = "# Rules\n\nThe “Office” of the port, and nobody else’s, looks after the light.\n"
    let after = before.replacing("“", with: "\"").replacing("”", with: "\"").replacing("’", with: "'")
    for change in try changes(try redline(before, after, .init(foldings: .all(but: .quotes)))) {
      let edits = try edits(of: change)
      #expect(joined(edits, leavingOut: "insert") == (change["before"] as? [String: Any])?["text"] as? String)
      #expect(joined(edits, leavingOut: "delete") == (change["after"] as? [String: Any])?["text"] as? String)
    }
  }

  @Test(arguments: 0..<30)
  func `the edits of any redline in new dress give both texts back`(_ seed: Int) throws {
    var random = SplitMix(seed: UInt64(seed))
    let words = [
      "the", "“Cargo”", "crew’s", "**bold**", "[link](https://a.example)", "a\u{A0}b", "&amp;", "“", "'", "12", ".",
    ]
    let dress = [
      ("“", "\""), ("”", "\""), ("’", "'"), ("**", "__"), ("a.example", "b.example"), ("\u{A0}", " "), ("&amp;", "&"),
      (" ", "  "), ("the", "a"),
    ]
    for _ in 0..<20 {
      let paragraphs = (0..<4).map { _ in
        (0..<Int.random(in: 4...20, using: &random)).map { _ in words.randomElement(using: &random) ?? "" }
          .joined(separator: " ")
      }
      let changed = paragraphs.map { paragraph in
        (0..<3).reduce(paragraph) { text, _ in
          let (old, new) = dress.randomElement(using: &random) ?? ("", "")
          return text.replacing(old, with: new)
        }
      }
      let before = "# Rules\n\n" + paragraphs.joined(separator: "\n\n") + "\n"
      try expectWhole(
        try redline(before, "# Rules\n\n" + changed.joined(separator: "\n\n") + "\n"), "seed \(seed): \(before)")
    }
  }

  @Test func `the edits of real pairs give both texts back`() throws {
    let pairs = try Shared.pairs("redline-truth")
    guard !pairs.isEmpty else { return print("SKIPPED: no pairs at \(Shared.folder.path)/redline-truth") }
    for pair in pairs { try expectWhole(try redline(pair.before, pair.after), pair.name) }
  }
}
