import Redlining
import TermsModel
import TermsParsing
import Testing

@testable import Materiality

/// Laws that hold for every text.
@Suite struct ClassPropertyTests {
  private static let cases = RuleCase.all.map { c in
    c.before.hasPrefix("#") ? (c.before, c.after) : ("# Duties\n\n\(c.before)\n", "# Duties\n\n\(c.after)\n")
  }

  private static func gravest(_ before: String, _ after: String) throws -> ChangeClass? {
    Classifier.gravest(try classified(before, after))
  }

  @Test(arguments: cases.indices)
  func `swapping before and after keeps other as other`(_ index: Int) throws {
    let (before, after) = Self.cases[index]
    let (forth, back) = (try Self.gravest(before, after), try Self.gravest(after, before))
    #expect(
      (forth == .other) == (back == .other),
      "\(before) → \(after): \(String(describing: forth)), back \(String(describing: back))")
  }

  /// Ways to dress a text otherwise, one of which is drawn for each side of each pair.
  private static let dresses: [@Sendable (String) -> String] = [
    { $0.replacing("\"", with: "\u{201D}").replacing("“", with: "\"").replacing("”", with: "\"") },
    { $0.replacing(" and ", with: "  and ").replacing(" of ", with: "\u{A0}of ") },
    { $0.replacing(" the ", with: " *the* ") },
    { $0.replacing("'", with: "\u{2019}") },
    { $0.replacing(" you ", with: " y\u{AD}ou ") },
    { $0 + "\n\n\n" },
    { $0.replacing(" our ", with: " **our** ") },
  ]

  /// The text in another dress.
  static func dressed(_ text: String, _ random: inout SplitMix) -> String {
    dresses[Int(random.next() % UInt64(dresses.count))](text)
  }

  @Test(arguments: cases.indices)
  func `the class never depends on the typography of either side`(_ index: Int) throws {
    let (before, after) = Self.cases[index]
    let plain = try Self.gravest(before, after)
    var random = SplitMix(seed: UInt64(index))
    for _ in 0..<4 {
      let (one, other) = (Self.dressed(before, &random), Self.dressed(after, &random))
      // Where nothing but dress differs, a difference in dress may come or go.
      #expect((try Self.gravest(one, other) ?? .other) == (plain ?? .other), "\(one) → \(other)")
    }
  }

  /// Whether a list of links is the page's or the terms' is told by the text around it: that rule is left out here.
  private static let lonely = RuleCase.all.indices.filter { RuleCase.all[$0].rule != .incorporatedDocument }

  @Test(arguments: lonely)
  func `a change elsewhere never lowers a class`(_ index: Int) throws {
    let (before, after) = Self.cases[index]
    guard let alone = try Self.gravest(before, after) else { return }
    let kept =
      "\n\n## Chandlery\n\nRopes hang on the northern wall of the old shed.\n\n## Anchors\n\nAnchors lie on the quay.\n"
    let unrelated = [
      ("\n## Lanterns\n\nLanterns burn all night.\n", "\n## Lanterns\n\nLanterns burn until dawn.\n"),
      ("\n## Lanterns\n\nLanterns burn.\n", "\n## Lanterns\n\nLanterns  burn.\n"),
      (
        "",
        "\n## Lanterns\n\nUnder the General Data Protection Regulation you have the right to complain to a supervisory authority.\n"
      ),
      ("\n## Lanterns\n\nYou must pay 5 euros.\n", ""),
    ]
    for (gone, came) in unrelated {
      let together = try #require(try Self.gravest(before + kept + gone, after + kept + came))
      #expect(
        together >= alone, "\(before.debugDescription) → \(after.debugDescription), with \(came.debugDescription)")
    }
  }

  @Test(arguments: [
    ("Der Anbieter darf die Preise jederzeit ändern.", "Der Anbieter darf die Preise nur jährlich ändern."),
    ("Le client peut résilier le contrat à tout moment.", "Le client doit résilier le contrat par écrit."),
    ("利用者は本規約に同意するものとします。", "利用者は本規約に同意しないものとします。"),
  ])
  func `words of another language are material, with a ground that says so`(_ before: String, _ after: String) throws {
    let classes = try classified("# AGB\n\n\(before)\n", "# AGB\n\n\(after)\n")
    #expect(classes.map(\.changeClass) == [.material])
    #expect(classes.flatMap(\.grounds).map(\.rule) == ["other-language"])
  }

  @Test func `dress, numbers of clauses and places are judged in every language`() throws {
    let before =
      "# AGB\n\n## 1. Preise\n\n(a) Der Anbieter darf die Preise *nicht* ändern.\n\n(b) Der Kunde zahlt die Ware im Voraus und in bar.\n"
    let after =
      "# AGB\n\n## 1. Preise\n\n(a) Der Kunde zahlt die Ware im Voraus und in bar.\n\n(b) Der Anbieter darf die Preise nicht ändern.\n"
    #expect(Set(try classified(before, after).map(\.changeClass)) == [.other])
  }

  @Test func `the same texts get the same answer every time`() throws {
    for (before, after) in Self.cases {
      #expect(try classified(before, after) == classified(before, after))
    }
  }
}

/// A generator of numbers with a fixed seed (SplitMix64).
struct SplitMix {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
