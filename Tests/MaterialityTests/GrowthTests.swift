import Redlining
import TermsModel
import TermsParsing
import Testing
import ThreadClock

@testable import Materiality

/// How time grows with the text, by the time of the thread, which no other work on the machine lengthens.
@Suite struct GrowthTests {
  /// A text of so many words without a full stop, with a number, an address and a name strewn in.
  private static func words(_ count: Int, every: Int, swapped: String) -> String {
    (0..<count).map { $0 % every == 0 ? swapped : $0 % 97 == 0 ? "a@b.example" : "word\($0 % 5003)" }.joined(
      separator: " ")
  }

  private static func time(_ before: String, _ after: String) throws -> Duration {
    let redline = Redline(
      before: try MarkdownParser.parse("# Terms\n\n" + before), after: try MarkdownParser.parse("# Terms\n\n" + after))
    return ThreadClock().measure { _ = Classifier().classify(redline) }
  }

  @Test func `one endless line takes time in proportion`() throws {
    let sizes = [8000, 32000]
    let times = try sizes.map { count in
      let line = Self.words(count, every: 11, swapped: "Fee")
      return try Self.time(line.replacing(" word7 ", with: "\n\nword7 "), line)
    }
    #expect(times[1] < times[0] * 10 + .milliseconds(500), "\(times)")
  }

  @Test func `many changes in one endless line take time in proportion`() throws {
    let sizes = [8000, 32000]
    let times = try sizes.map { count in
      try Self.time(Self.words(count, every: 37, swapped: "Plugin"), Self.words(count, every: 37, swapped: "Widget"))
    }
    #expect(times[1] < times[0] * 10 + .milliseconds(500), "\(times)")
  }

  @Test func `a megabyte that came whole takes time in proportion`() throws {
    let times = try [8000, 32000].map {
      try Self.time("Keep.", "Keep.\n\n" + Self.words($0, every: 13, swapped: "GDPR"))
    }
    #expect(times[1] < times[0] * 10 + .milliseconds(500), "\(times)")
  }
}

@Suite struct WeightsTests {
  @Test func `the weights are small, are read in under five milliseconds, and are the same each time`() {
    #expect(TrainedWeights.text.utf8.count < 1_000_000)
    var read = WordWeights("")
    // The least of several: another program can empty the processor's caches at any time.
    let times = (0..<9).map { _ in ThreadClock().measure { read = WordWeights(TrainedWeights.text) } }
    #expect(times.contains { $0 < .milliseconds(5) }, "\(times)")
    #expect(read.effect == WordWeights.trained.effect && read.law == WordWeights.trained.law)
    #expect(read.effect.weights.count > 50 && read.law.weights.count > 10)
  }

  @Test func `every weight belongs to a feature in plain letters, so that none quotes anybody's terms`() {
    for name in Array(WordWeights.trained.effect.weights.keys) + WordWeights.trained.law.weights.keys {
      let isPlain = name.unicodeScalars.allSatisfy { $0.isASCII } && name.count < 40 && !name.contains(" ")
      #expect(isPlain, "\(name)")
    }
  }

  @Test func `without weights everything unproven counts as an effect`() {
    let none = WordWeights("")
    #expect(none.effect.answersYes([]) && !none.law.answersYes([]))
  }
}
