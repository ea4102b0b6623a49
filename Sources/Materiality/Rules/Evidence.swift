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
    // So many are told; a text of megabytes can have many thousands.
    let most = 8
    for hunk in reading.comparison.hunks where found.count < most && reading.isOpen(hunk) {
      let (old, new) = (reading.openWords(hunk, .before), reading.openWords(hunk, .after))
      if let numbers = numbers(hunk, reading) { note(.numberChanged, numbers) }
      if let connective = connective(old, new) { note(.connective, connective) }
      var traits: Vocabulary.Traits = []
      for word in old { traits.formUnion(word.traits) }
      for word in new { traits.formUnion(word.traits) }
      let whole = reading.kind == .inserted || reading.kind == .deleted
      for (trait, rule) in Vocabulary.rules where traits.contains(trait) {
        if whole {
          note(rule, "says: " + listed(trait, [old, new], reading))
        } else if let evidence = pair(trait, old, new, hunk, reading) {
          note(rule, evidence)
        }
      }
    }
    return Array(found.prefix(most))
  }

  // MARK: Decisive evidence

  /// A clause that came or went whole is never weighed: what no rule shows harmless in it binds, or no longer does.
  static func wholeClause(_ reading: Reading) -> [Reading.Finding] {
    switch reading.kind {
    case .inserted:
      opening(reading, .after).map { [Reading.Finding(rule: .clauseInserted, evidence: "new clause: \($0)")] } ?? []
    case .deleted:
      opening(reading, .before).map { [Reading.Finding(rule: .clauseDeleted, evidence: "clause gone: \($0)")] } ?? []
    default: []
    }
  }

  /// Grounds that no weighing of words can outweigh.
  static func decisive(_ reading: Reading) -> [Reading.Finding] {
    var found: [Reading.Finding] = []
    if let item = listItem(reading) { found.append(item) }
    found += crossed(reading)
    for hunk in reading.comparison.hunks where reading.isOpen(hunk) {
      let (old, new) = (reading.openWords(hunk, .before), reading.openWords(hunk, .after))
      func note(_ rule: Rule) { found.append(Reading.Finding(rule: rule, evidence: reading.evidence(hunk))) }
      if reading.isKept(hunk) { note(.warranty) }
      if isCompany(hunk, reading) || isOwnParty(hunk, reading) { note(.party) }
      if reading.kind != .inserted, reading.kind != .deleted {
        if differs(old, new, where: { $0.isIn(.standard) }) { note(.standard) }
        for rule in exchanges(hunk, old, new, reading) { note(rule) }
        // A word of a right or a duty that the other side has nowhere is never weighed against the words around it.
        let novel = NovelWords(old, new, reading)
        for (trait, rule) in Vocabulary.rules where bearing.contains(trait) && novel.traits.contains(trait) {
          if let words = pair(trait, old, new, hunk, reading) {
            found.append(Reading.Finding(rule: rule, evidence: words))
          }
        }
        if novel.hasPlace {
          let places = { (words: ArraySlice<Word>) in
            Set(words.filter { $0.traits.contains(.place) && $0.isCapitalised }.map(\.stem))
          }
          if places(old) != places(new) { note(.scope) }
        }
        // The rules about contact leave open only addresses that say what is covered.
        if old.contains(where: { $0.kind == .address }) || new.contains(where: { $0.kind == .address }) { note(.scope) }
        if isPermissive(old) && isBinding(new) || isBinding(old) && isPermissive(new) { note(.modality) }
        if ListItems.isItem(hunk, reading), !isContactList(hunk, reading) { note(.listItem) }
        if changesCommand(old, new) { note(.modality) }
        if old.contains(where: { $0.isIn(.negation) }) != new.contains(where: { $0.isIn(.negation) }) {
          note(.negation)
        }
        if isAmount(old, new) {
          let evidence = numbers(hunk, reading) ?? reading.evidence(hunk)
          found.append(Reading.Finding(rule: .numberChanged, evidence: evidence))
        }
        if let numbers = numbers(hunk, reading, onlyQuantities: true) {
          found.append(Reading.Finding(rule: .numberChanged, evidence: numbers))
        }
        if let connective = connective(old, new) {
          found.append(Reading.Finding(rule: .connective, evidence: connective))
        }
      }
    }
    return found
  }

  /// Whether a word for which `isMeant` holds stands on one side, and none of its stem on the other.
  static func differs(
    _ old: ArraySlice<Word>, _ new: ArraySlice<Word>, where isMeant: (Word) -> Bool
  ) -> Bool {
    old.contains { word in isMeant(word) && !new.contains { $0.stem == word.stem } }
      || new.contains { word in isMeant(word) && !old.contains { $0.stem == word.stem } }
  }

  /// What is known of the words of a hunk whose stem the other side of the change has nowhere.
  private struct NovelWords {
    private(set) var traits: Vocabulary.Traits = []
    private(set) var hasPlace = false

    init(_ old: ArraySlice<Word>, _ new: ArraySlice<Word>, _ reading: Reading) {
      for word in old where matters(word) && !reading.hasStem(of: word, .after) { note(word) }
      for word in new where matters(word) && !reading.hasStem(of: word, .before) { note(word) }
    }

    private func matters(_ word: Word) -> Bool {
      !word.traits.isDisjoint(with: Evidence.bearing) || word.traits.contains(.place) && word.isCapitalised
    }

    private mutating func note(_ word: Word) {
      traits.formUnion(word.traits)
      if word.traits.contains(.place) && word.isCapitalised { hasPlace = true }
    }
  }

  /// Whether a word of command came or went. "Shall" and "will" lay the same duty on the one they are said of.
  private static func changesCommand(_ old: ArraySlice<Word>, _ new: ArraySlice<Word>) -> Bool {
    let isCommand = { (word: Word) in word.isIn(.command) }
    guard old.contains(where: isCommand) != new.contains(where: isCommand) else { return false }
    let isShall = { (word: Word) in !word.isIn(.command) || word.isIn(.shall) }
    let isSameDuty =
      old.allSatisfy(isShall) && new.allSatisfy(isShall)
      && (old.contains { $0.isIn(.will) } || new.contains { $0.isIn(.will) })
    return !isSameDuty
  }

  /// Traits that decide by themselves. Words of data, licences and places are too common in copy to do so.
  fileprivate static let bearing: Vocabulary.Traits = [
    .liability, .indemnity, .warranty, .remedy, .dispute, .governingLaw, .payment, .termination, .amendment,
    .eligibility,
    .scope, .party, .conduct, .obligation, .security, .exception, .modality, .negation, .quantifier,
  ]

  /// One number for another, or one currency for another.
  private static func isAmount(_ old: ArraySlice<Word>, _ new: ArraySlice<Word>) -> Bool {
    let number = { (words: ArraySlice<Word>) in
      words.count <= 3 && words.contains { $0.kind == .number && !$0.shape.contains(.pointed) }
    }
    let sign = { (words: ArraySlice<Word>) in
      words.contains { $0.kind == .sign && !$0.isIn(.sectionSign) && !$0.isIn(.copyrightSign) }
    }
    return number(old) && number(new) || sign(old) || sign(new)
  }

  private static func isPermissive(_ words: ArraySlice<Word>) -> Bool {
    words.contains { $0.isIn(.permissive) }
  }

  private static func isBinding(_ words: ArraySlice<Word>) -> Bool {
    words.contains { $0.isIn(.obliging) }
  }

  /// "Questions, comments and complaints should be addressed to …": what people may write about is no rule.
  private static func isContactList(_ hunk: WordComparison.Hunk, _ reading: Reading) -> Bool {
    for (range, passage) in [(hunk.before, reading.comparison.before), (hunk.after, reading.comparison.after)] {
      guard let first = range.first else { continue }
      let words = passage.words[passage.sentence(near: first)]
      if words.contains(where: { $0.isIn(.questions) }), words.contains(where: { $0.isIn(.contacting) }) { return true }
    }
    return false
  }

  /// The name right before a company's form changed, or the form itself.
  static func isCompany(_ hunk: WordComparison.Hunk, _ reading: Reading) -> Bool {
    let (before, after) = (reading.comparison.before.words, reading.comparison.after.words)
    guard !hunk.before.isEmpty, !hunk.after.isEmpty else { return false }
    func names(_ range: Range<Int>, _ words: [Word]) -> Bool {
      guard words[range].allSatisfy({ $0.kind == .plain && ($0.isCapitalised || EqualWords.isIdle($0)) }) else {
        return false
      }
      let end = min(words.count, range.upperBound + 1)
      return words[range.lowerBound..<end].contains { $0.isIn(.companyForm) && $0.isCapitalised }
    }
    return names(hunk.before, before) && names(hunk.after, after)
  }

  /// "Acme Ltd (“we”, “us”)": the name of who is speaking changed.
  private static func isOwnParty(_ hunk: WordComparison.Hunk, _ reading: Reading) -> Bool {
    func names(_ range: Range<Int>, _ passage: Passage) -> Bool {
      guard let last = range.last, range.count <= 8, passage.words[range].contains(where: { $0.isCapitalised }) else {
        return false
      }
      let end = min(passage.sentence(around: last).upperBound, last + 8)
      return (last + 1..<max(end, last + 1)).contains {
        passage.words[$0].isIn(.ourselves) && passage.gap(after: $0 - 1).contains("(")
      }
    }
    return names(hunk.before, reading.comparison.before) && names(hunk.after, reading.comparison.after)
  }

  /// A list's item that came or went in a clause: no sentence, no link, no piece of a page.
  private static func listItem(_ reading: Reading) -> Reading.Finding? {
    guard reading.kind == .inserted || reading.kind == .deleted, !reading.section.isBare, !reading.section.isContents,
      !reading.section.isHistory
    else { return nil }
    let side: Reading.Side = reading.kind == .inserted ? .after : .before
    let passage = reading.passage(side)
    let open = passage.words.indices.filter { reading.isOpen($0, side) }
    guard let first = open.first, let last = open.last, open.count <= 12, last - first < 12 else { return nil }
    // A line that stands alone and is none of a list's is weighed like any other words.
    guard passage.block(around: first).kind != .paragraph || reading.section.isLabelled else { return nil }
    let isLinked = open.allSatisfy { passage.words[$0].isLinked }
    if isLinked && !reading.section.isClause { return nil }
    guard !passage.gap(after: last).prefix(while: { $0 != "]" && $0 != "\n" }).contains(".") else { return nil }
    let evidence = (side == .after ? "new: " : "gone: ") + passage.text(first..<last + 1)
    return Reading.Finding(rule: isLinked ? .incorporatedDocument : .listItem, evidence: evidence)
  }

  /// The first few different words of a trait.
  private static func listed(_ trait: Vocabulary.Traits, _ stretches: [ArraySlice<Word>], _ reading: Reading) -> String
  {
    var keys: [Term] = []
    for words in stretches {
      for word in words where word.traits.contains(trait) && !keys.contains(word.key) {
        if keys.count < 5 { keys.append(word.key) } else { break }
      }
    }
    return keys.map { reading.desk.text($0) }.joined(separator: ", ")
  }

  private static func opening(_ reading: Reading, _ side: Reading.Side) -> String? {
    let passage = reading.passage(side)
    guard let first = passage.words.indices.first(where: { reading.isOpen($0, side) }) else { return nil }
    let sentence = passage.sentence(around: first)
    return "“\(passage.quoted(sentence, limit: 10))”"
  }

  /// The changed words of one trait as `old → new`; `nil` where both sides have the same ones.
  private static func pair(
    _ trait: Vocabulary.Traits, _ old: ArraySlice<Word>, _ new: ArraySlice<Word>, _ hunk: WordComparison.Hunk,
    _ reading: Reading
  ) -> String? {
    if !differs(old, new, where: { $0.traits.contains(trait) }) { return nil }
    // A long passage is quoted by the words that matter in it.
    if hunk.before.count + hunk.after.count <= 12 { return reading.evidence(hunk) }
    if !old.contains(where: { $0.traits.contains(trait) }) { return "new: " + listed(trait, [new], reading) }
    if !new.contains(where: { $0.traits.contains(trait) }) { return "gone: " + listed(trait, [old], reading) }
    return listed(trait, [old], reading) + " → " + listed(trait, [new], reading)
  }

  /// Numbers that changed, with the unit behind them: `15 days → 10 days`.
  private static func numbers(_ hunk: WordComparison.Hunk, _ reading: Reading, onlyQuantities: Bool = false) -> String?
  {
    let old = quantities(hunk.before, .before, reading, onlyQuantities)
    let new = quantities(hunk.after, .after, reading, onlyQuantities)
    guard !old.isEmpty || !new.isEmpty, old != new else { return nil }
    if old.isEmpty { return "new: " + new.joined(separator: ", ") }
    if new.isEmpty { return "gone: " + old.joined(separator: ", ") }
    return old.joined(separator: ", ") + " → " + new.joined(separator: ", ")
  }

  private static func quantities(
    _ range: Range<Int>, _ side: Reading.Side, _ reading: Reading, _ onlyQuantities: Bool
  ) -> [String] {
    let passage = reading.passage(side)
    return reading.open(range, side).filter { index in
      guard passage.words[index].kind == .number || passage.words[index].kind == .date && !onlyQuantities else {
        return false
      }
      guard onlyQuantities else { return true }
      let hasUnit =
        index + 1 < passage.words.count
        && (passage.words[index + 1].traits.contains(.period)
          || passage.words[index + 1].kind == .sign)
      return hasUnit || index > 0 && passage.words[index - 1].kind == .sign
    }.map { index in
      var start = index
      var end = index + 1
      if start > 0, passage.words[start - 1].kind == .sign { start -= 1 }
      if end < passage.words.count,
        passage.words[end].traits.contains(.period) || passage.words[end].kind == .sign
      {
        end += 1
      }
      return passage.text(start..<end)
    }
  }

  private static func connective(_ old: ArraySlice<Word>, _ new: ArraySlice<Word>) -> String? {
    let has = { (words: ArraySlice<Word>, list: WordList) in words.contains { $0.isIn(list) } }
    if has(old, .and), !has(old, .or), has(new, .or), !has(new, .and) { return "and → or" }
    if has(old, .or), !has(old, .and), has(new, .and), !has(new, .or) { return "or → and" }
    return nil
  }
}
