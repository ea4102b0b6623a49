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
    for hunk in reading.openHunks {
      let old = reading.open(hunk.before, .before).map { reading.comparison.before.words[$0] }
      let new = reading.open(hunk.after, .after).map { reading.comparison.after.words[$0] }
      if let numbers = numbers(hunk, reading) { note(.numberChanged, numbers) }
      if let connective = connective(old, new) { note(.connective, connective) }
      var traits: Vocabulary.Traits = []
      for word in old { traits.formUnion(word.traits) }
      for word in new { traits.formUnion(word.traits) }
      let whole = reading.kind == .inserted || reading.kind == .deleted
      for (trait, rule) in Vocabulary.rules where traits.contains(trait) {
        if whole {
          let words = (old + new).filter { $0.traits.contains(trait) }.map(\.key)
          note(rule, "says: " + unique(words).prefix(5).joined(separator: ", "))
        } else if let evidence = pair(trait, old, new, hunk, reading) {
          note(rule, evidence)
        }
      }
    }
    return Array(found.prefix(8))
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
    let stems = (Set(reading.comparison.before.words.map(\.stem)), Set(reading.comparison.after.words.map(\.stem)))
    for hunk in reading.openHunks {
      let old = reading.open(hunk.before, .before).map { reading.comparison.before.words[$0] }
      let new = reading.open(hunk.after, .after).map { reading.comparison.after.words[$0] }
      let evidence = reading.evidence(hunk)
      if reading.isKept(hunk) { found.append(Reading.Finding(rule: .warranty, evidence: evidence)) }
      if isCompany(hunk, reading) || isOwnParty(hunk, reading) {
        found.append(Reading.Finding(rule: .party, evidence: evidence))
      }
      if reading.kind != .inserted, reading.kind != .deleted {
        let oldStems = Set(old.map(\.stem))
        let newStems = Set(new.map(\.stem))
        let differing = old.filter { !newStems.contains($0.stem) } + new.filter { !oldStems.contains($0.stem) }
        if differing.contains(where: { standards.contains($0.key) }) {
          found.append(Reading.Finding(rule: .standard, evidence: evidence))
        }
        // A word of a right or a duty that the other side has nowhere is never weighed against the words around it.
        let novel = old.filter { !stems.1.contains($0.stem) } + new.filter { !stems.0.contains($0.stem) }
        for (trait, rule) in Vocabulary.rules where bearing.contains(trait) {
          if novel.contains(where: { $0.traits.contains(trait) }), let words = pair(trait, old, new, hunk, reading) {
            found.append(Reading.Finding(rule: rule, evidence: words))
          }
        }
        let places = { (words: [Word]) in words.filter { $0.traits.contains(.place) && $0.isCapitalised } }
        if !places(novel).isEmpty, Set(places(old).map(\.stem)) != Set(places(new).map(\.stem)) {
          found.append(Reading.Finding(rule: .scope, evidence: evidence))
        }
        // The rules about contact leave open only addresses that say what is covered.
        if (old + new).contains(where: { $0.kind == .address }) {
          found.append(Reading.Finding(rule: .scope, evidence: evidence))
        }
        if isPermissive(old) && isBinding(new) || isBinding(old) && isPermissive(new) {
          found.append(Reading.Finding(rule: .modality, evidence: evidence))
        }
        if ListItems.isItem(hunk, reading), !isContactList(hunk, reading) {
          found.append(Reading.Finding(rule: .listItem, evidence: evidence))
        }
        let gone = Set(old.map(\.key)).intersection(commands)
        let come = Set(new.map(\.key)).intersection(commands)
        // "Shall" and "will" lay the same duty on the one they are said of.
        let isSameDuty = gone.union(come) == ["shall"] && (old + new).contains { $0.key == "will" }
        if gone.isEmpty != come.isEmpty, !isSameDuty {
          found.append(Reading.Finding(rule: .modality, evidence: evidence))
        }
        let noGone = old.contains { negations.contains($0.key) }
        let noCome = new.contains { negations.contains($0.key) }
        if noGone != noCome { found.append(Reading.Finding(rule: .negation, evidence: evidence)) }
        if isAmount(old, new) {
          found.append(Reading.Finding(rule: .numberChanged, evidence: numbers(hunk, reading) ?? evidence))
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

  /// Traits that decide by themselves. Words of data, licences and places are too common in copy to do so.
  private static let bearing: Vocabulary.Traits = [
    .liability, .indemnity, .warranty, .remedy, .dispute, .governingLaw, .payment, .termination, .amendment,
    .eligibility,
    .scope, .party, .conduct, .obligation, .security, .exception, .modality, .negation, .quantifier,
  ]

  /// One number for another, or one currency for another.
  private static func isAmount(_ old: [Word], _ new: [Word]) -> Bool {
    let number = { (words: [Word]) in words.count <= 3 && words.contains { $0.kind == .number && !$0.key.contains(".") }
    }
    let sign = { (words: [Word]) in words.contains { $0.kind == .sign && $0.key != "§" && $0.key != "©" } }
    return number(old) && number(new) || sign(old) || sign(new)
  }

  private static func isPermissive(_ words: [Word]) -> Bool {
    words.contains { ["may", "can", "might", "could", "should"].contains($0.key) }
  }

  private static func isBinding(_ words: [Word]) -> Bool {
    words.contains { ["will", "shall", "must"].contains($0.key) }
  }

  /// "Questions, comments and complaints should be addressed to …": what people may write about is no rule.
  private static func isContactList(_ hunk: WordComparison.Hunk, _ reading: Reading) -> Bool {
    for (range, passage) in [(hunk.before, reading.comparison.before), (hunk.after, reading.comparison.after)] {
      guard let first = range.first else { continue }
      let keys = Set(passage.words[passage.sentence(near: first)].map(\.key))
      if keys.contains("questions"), !keys.isDisjoint(with: ["addressed", "contact", "email", "write"]) { return true }
    }
    return false
  }

  private static let standards: Set<String> = [
    "reasonable", "reasonably", "material", "materially", "substantial", "substantially", "significant",
    "significantly", "promptly",
    "immediately", "immediate", "objective", "concrete", "sole", "discretion", "best", "appropriate", "necessary",
    "strictly", "relatively",
    "globally", "accused", "alleged", "allegedly", "suspected", "repeatedly", "knowingly", "expressly", "solely",
    "exclusively", "absolute", "good", "gross", "willful", "directly", "indirectly",
  ]
  private static let commands: Set<String> = [
    "must", "shall", "prohibited", "required", "forbidden", "liable", "obliged",
  ]
  private static let negations: Set<String> = ["not", "no", "never", "cannot", "unless", "except"]
  private static let companyForms: Set<String> = [
    "inc", "llc", "ltd", "limited", "gmbh", "corporation", "corp", "sarl", "bv", "plc", "ulc", "sas",
  ]

  /// The name right before a company's form changed, or the form itself.
  static func isCompany(_ hunk: WordComparison.Hunk, _ reading: Reading) -> Bool {
    let (before, after) = (reading.comparison.before.words, reading.comparison.after.words)
    guard !hunk.before.isEmpty, !hunk.after.isEmpty else { return false }
    func names(_ range: Range<Int>, _ words: [Word]) -> Bool {
      guard words[range].allSatisfy({ $0.kind == .plain && ($0.isCapitalised || EqualWords.isIdle($0)) }) else {
        return false
      }
      let end = min(words.count, range.upperBound + 1)
      return words[range.lowerBound..<end].contains { companyForms.contains($0.key) && $0.isCapitalised }
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
        ["we", "us", "our"].contains(passage.words[$0].key) && passage.gap(after: $0 - 1).contains("(")
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
    let gone = old.filter { $0.traits.contains(trait) }
    let come = new.filter { $0.traits.contains(trait) }
    let (old, new) = (gone.map(\.key), come.map(\.key))
    if Set(gone.map(\.stem)) == Set(come.map(\.stem)) { return nil }
    // A long passage is quoted by the words that matter in it.
    if hunk.before.count + hunk.after.count <= 12 { return reading.evidence(hunk) }
    if old.isEmpty { return "new: " + unique(new).prefix(5).joined(separator: ", ") }
    if new.isEmpty { return "gone: " + unique(old).prefix(5).joined(separator: ", ") }
    return unique(old).prefix(5).joined(separator: ", ") + " → " + unique(new).prefix(5).joined(separator: ", ")
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

  private static func connective(_ old: [Word], _ new: [Word]) -> String? {
    let gone = Set(old.map(\.key)).intersection(["and", "or"])
    let come = Set(new.map(\.key)).intersection(["and", "or"])
    guard let from = gone.subtracting(come).first, let to = come.subtracting(gone).first else { return nil }
    return "\(from) → \(to)"
  }
}
