import Foundation
import Redlining
import TermsModel
import TermsParsing
import Testing

@testable import Materiality

/// The laws of the classes over changes that are drawn at random; `TENOR_SOAK=100000` in the environment takes that many.
@Suite struct ClassSoakTests {
  private static let count = ProcessInfo.processInfo.environment["TENOR_SOAK"].flatMap { Int($0) } ?? 400

  /// Sentences of every rule's cases, and words that rules look at, to be put among them.
  private static let sentences = RuleCase.all.flatMap { [$0.before, $0.after] }
    .filter { !$0.contains("\n") && !$0.hasPrefix("1") }
  private static let words = """
    must may not and or unless only any all reasonable 30 $5 10 days Harbor Lagoon Ltd. we you our terminate fee share GDPR \
    California residents privacy policy updated page see a@b.example https://c.example/x (a) “Berth” (such as ropes) – at \
    the a this of to website site use access liable warranty 3.1 Section 4(b) e.g. in writing promptly otherwise
    """.split(separator: " ").map(String.init)

  private static func passage(_ random: inout SplitMix) -> [String] {
    (0...random.below(3)).flatMap { _ in sentences[random.below(sentences.count)].split(separator: " ").map(String.init)
    }
  }

  /// The words with a few of them exchanged, dropped, added or moved.
  private static func changed(_ text: [String], _ random: inout SplitMix) -> [String] {
    var text = text
    for _ in 0...random.below(3) where !text.isEmpty {
      let place = random.below(text.count)
      switch random.below(5) {
      case 0: text.remove(at: place)
      case 1: text[place] = words[random.below(words.count)]
      case 2: text.swapAt(place, random.below(text.count))
      case 3: text.insert(contentsOf: passage(&random), at: place)
      default: text.insert(words[random.below(words.count)], at: place)
      }
    }
    return text
  }

  private static func document(_ text: [String]) -> String { "# Duties\n\n\(text.joined(separator: " "))\n" }

  private static func gravest(_ before: String, _ after: String) throws -> ChangeClass {
    Classifier.gravest(try classified(before, after)) ?? .other
  }

  private static func law(_ holds: (String, String, inout SplitMix) throws -> Bool) throws {
    for seed in 0..<count {
      var random = SplitMix(seed: UInt64(seed))
      let text = passage(&random)
      let (before, after) = (document(text), document(changed(text, &random)))
      let isHeld = try holds(before, after, &random)
      #expect(isHeld, "seed \(seed): \(before.debugDescription) → \(after.debugDescription)")
    }
  }

  @Test func `swapping before and after keeps other as other`() throws {
    try Self.law { before, after, _ in
      (try Self.gravest(before, after) == .other) == (try Self.gravest(after, before) == .other)
    }
  }

  @Test func `the class never depends on the typography of either side`() throws {
    try Self.law { before, after, random in
      let (one, other) = (ClassPropertyTests.dressed(before, &random), ClassPropertyTests.dressed(after, &random))
      return try Self.gravest(one, other) == Self.gravest(before, after)
    }
  }

  @Test func `a change elsewhere never lowers a class`() throws {
    let kept =
      "\n\n## Chandlery\n\nRopes hang on the northern wall of the old shed.\n\n## Anchors\n\nAnchors lie still.\n"
    try Self.law { before, after, random in
      let (gone, came) = (Self.passage(&random), Self.passage(&random))
      let there = "\n## Lanterns\n\n"
      let together = try Self.gravest(
        before + kept + there + gone.joined(separator: " "), after + kept + there + came.joined(separator: " "))
      return try together >= Self.gravest(before, after)
    }
  }
}

extension SplitMix {
  fileprivate mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }
}
