internal import Redlining
internal import TermsModel

/// Finds changed definitions, and how far they reach: a term's meaning binds in every clause that uses it.
final class DefinitionImpact {
  private let redline: Redline
  private lazy var textsBefore = ClauseTexts(redline.before)
  private lazy var textsAfter = ClauseTexts(redline.after)

  init(_ redline: Redline) {
    self.redline = redline
  }

  /// A ground for each term whose definition the change touches.
  func findings(_ reading: Reading) -> [Reading.Finding] {
    var found: [Reading.Finding] = []
    for side in [Reading.Side.after, .before] {
      let passage = reading.passage(side)
      for stretch in reading.sentences(side) where stretch.gist.hasAny(.means, .mean) {
        let sentence = stretch.words
        guard found.count < 8, reading.hasOpen(sentence, side), let term = Self.definedTerm(passage, sentence),
          !found.contains(where: { $0.evidence.contains("“\(term)”") })
        else { continue }
        found.append(Reading.Finding(rule: .definitionChanged, evidence: evidence(term, sentence, side, reading)))
      }
    }
    return found
  }

  private func evidence(_ term: String, _ sentence: Range<Int>, _ side: Reading.Side, _ reading: Reading) -> String {
    let what: String
    let other = reading.passage(side.other)
    let stands = other.sentences.contains { Self.definedTerm(other, $0) == term }
    if !stands {
      what = side == .after ? "newly defined" : "no longer defined"
    } else {
      let gone = reading.openHunks.contains { !$0.before.isEmpty }
      let come = reading.openHunks.contains { !$0.after.isEmpty }
      what = gone && come ? "defined otherwise" : come ? "defined with more words" : "defined with fewer words"
    }
    let uses = clausesUsing(term, reading)
    return "the term “\(term)” is \(what); used in \(uses) \(uses == 1 ? "other clause" : "other clauses")"
  }

  /// The term that a sentence defines: `“App” means …`, `**App** means …`.
  static func definedTerm(_ passage: Passage, _ sentence: Range<Int>) -> String? {
    let words = passage.words
    guard let verb = sentence.prefix(8).first(where: { words[$0].isIn(.means) || words[$0].isIn(.mean) }),
      verb > sentence.lowerBound
    else { return nil }
    // The quotation marks or the emphasis close right before the verb.
    let closing = passage.gap(after: verb - 1)
    guard closing.contains(where: { Self.closings.contains($0) }) else { return nil }
    let term = passage.text(sentence.lowerBound..<verb).trimmingQuotes
    return term.isEmpty ? nil : term
  }

  /// In how many clauses of the later wording, the change's own left out, the term stands as written.
  private func clausesUsing(_ term: String, _ reading: Reading) -> Int {
    reading.after.isEmpty
      ? textsBefore.count(using: term, besides: reading.before) : textsAfter.count(using: term, besides: reading.after)
  }

  private static let closings: [Unicode.Scalar] = ["\"", "\u{201D}", "\u{2019}", "'", "*", "»"]
}

extension String {
  /// The string without quotation marks and space at its ends.
  fileprivate var trimmingQuotes: String {
    let dress: Set<Character> = ["\"", "“", "”", "‘", "’", "'", " ", "«", "»", "*"]
    return String(drop { dress.contains($0) }.reversed().drop { dress.contains($0) }.reversed())
  }
}
