internal import TermsModel

/// Names the effects that changed words show, with the words.
enum Evidence {
  /// Grounds for an effect, gravest kinds of words first; empty where no word that is still open shows one.
  static func findings(_ reading: Reading) -> [Reading.Finding] {
    var found: [Reading.Finding] = []
    func note(_ rule: Rule, _ evidence: String) {
      let finding = Reading.Finding(rule: rule, evidence: evidence)
      if !found.contains(finding) { found.append(finding) }
    }
    if reading.kind == .inserted, let words = opening(reading, .after) { note(.clauseInserted, "new clause: \(words)") }
    if reading.kind == .deleted, let words = opening(reading, .before) { note(.clauseDeleted, "clause gone: \(words)") }
    for hunk in reading.openHunks {
      let old = reading.open(hunk.before, .before).map { reading.comparison.before.words[$0] }
      let new = reading.open(hunk.after, .after).map { reading.comparison.after.words[$0] }
      if let numbers = numbers(hunk, reading) { note(.numberChanged, numbers) }
      if let connective = connective(old, new) { note(.connective, connective) }
      var traits: Vocabulary.Traits = []
      for word in old { traits.formUnion(Vocabulary.traits(word.stem)) }
      for word in new { traits.formUnion(Vocabulary.traits(word.stem)) }
      let whole = reading.kind == .inserted || reading.kind == .deleted
      for (trait, rule) in Vocabulary.rules where traits.contains(trait) {
        if whole {
          let words = (old + new).filter { Vocabulary.traits($0.stem).contains(trait) }.map(\.key)
          note(rule, "says: " + unique(words).prefix(5).joined(separator: ", "))
        } else if let evidence = pair(trait, old, new, hunk, reading) {
          note(rule, evidence)
        }
      }
    }
    return Array(found.prefix(8))
  }

  private static func unique(_ words: [String]) -> [String] {
    var seen: Set<String> = []
    return words.filter { seen.insert($0).inserted }
  }

  private static func opening(_ reading: Reading, _ side: Reading.Side) -> String? {
    let passage = reading.passage(side)
    guard let first = passage.words.indices.first(where: { reading.isOpen($0, side) }) else { return nil }
    let sentence = passage.sentence(around: first)
    return "“\(passage.quoted(sentence, limit: 10))”"
  }

  /// The changed words of one trait as `old → new`; `nil` where both sides have the same ones.
  private static func pair(
    _ trait: Vocabulary.Traits, _ old: [Word], _ new: [Word], _ hunk: WordComparison.Hunk, _ reading: Reading
  ) -> String? {
    let gone = old.filter { Vocabulary.traits($0.stem).contains(trait) }
    let come = new.filter { Vocabulary.traits($0.stem).contains(trait) }
    if Set(gone.map(\.stem)) == Set(come.map(\.stem)) { return nil }
    return reading.evidence(hunk)
  }

  /// Numbers that changed, with the unit behind them: `15 days → 10 days`.
  private static func numbers(_ hunk: WordComparison.Hunk, _ reading: Reading) -> String? {
    let old = quantities(hunk.before, .before, reading)
    let new = quantities(hunk.after, .after, reading)
    guard !old.isEmpty || !new.isEmpty, old != new else { return nil }
    if old.isEmpty { return "new: " + new.joined(separator: ", ") }
    if new.isEmpty { return "gone: " + old.joined(separator: ", ") }
    return old.joined(separator: ", ") + " → " + new.joined(separator: ", ")
  }

  private static func quantities(_ range: Range<Int>, _ side: Reading.Side, _ reading: Reading) -> [String] {
    let passage = reading.passage(side)
    return reading.open(range, side).filter { passage.words[$0].kind == .number || passage.words[$0].kind == .date }.map
    { index in
      var start = index
      var end = index + 1
      if start > 0, passage.words[start - 1].kind == .sign { start -= 1 }
      if end < passage.words.count,
        Vocabulary.traits(passage.words[end].stem).contains(.period) || passage.words[end].kind == .sign
      {
        end += 1
      }
      return passage.text(start..<end)
    }
  }

  private static func connective(_ old: [Word], _ new: [Word]) -> String? {
    let gone = Set(old.map(\.key)).intersection(["and", "or"])
    let come = Set(new.map(\.key)).intersection(["and", "or"])
    guard let from = gone.subtracting(come).first, let to = come.subtracting(gone).first else { return nil }
    return "\(from) → \(to)"
  }
}
