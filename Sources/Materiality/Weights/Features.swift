internal import TermsModel

/// What the linear model is told of a change: numbers by name.
struct Features: Sendable {
  private var values: [String: Double] = [:]

  private mutating func set(_ name: String, _ value: Double = 1) {
    if value != 0 { values[name] = value }
  }

  mutating func add(_ name: String, _ value: Double = 1) { values[name, default: 0] += value }

  /// The features by name, in the order of their names.
  private var sorted: [Feature] {
    values.map { Feature(name: $0.key, value: $0.value) }.sorted { $0.name < $1.name }
  }

  /// What speaks for or against an effect, of the words that were not shown harmless.
  static func effect(_ reading: Reading) -> [Feature] {
    var features = Features()
    let open = OpenWords(reading)
    features.size(open, reading)
    features.words(open)
    features.surroundings(open, reading)
    features.hunks(reading)
    features.endings(reading)
    return features.sorted
  }

  // MARK: Size

  private mutating func size(_ open: OpenWords, _ reading: Reading) {
    // Nothing here tells one side from the other: a change and its reverse are weighed alike.
    set(reading.kind == .inserted || reading.kind == .deleted ? "k:whole" : "k:" + reading.kind.rawValue)
    set("n:open", log(open.telling.count))
    set("n:novel", log(open.novel.count))
    set("n:hunks", log(reading.openHunks.count))
    set("n:sentences", log(open.sentences))
    if open.before.isEmpty != open.after.isEmpty { set("k:one-sided") }
    let total = reading.comparison.before.words.count + reading.comparison.after.words.count
    set("n:share", Double(open.telling.count) / Double(max(total, 1)))
  }

  private func log(_ count: Int) -> Double { Logarithm.of(count) }

  // MARK: Words

  private mutating func words(_ open: OpenWords) {
    var counts: [String: Int] = [:]
    var capitals = 0
    var linked = 0
    for word in open.novel {
      switch word.kind {
      case .plain:
        if word.isCapitalised { capitals += 1 }
        if word.isLinked { linked += 1 }
        for (name, trait) in Self.traits where word.traits.contains(trait) {
          counts[name, default: 0] += 1
        }
        if word.traits.isEmpty { counts[word.isCapitalised ? "name" : "unknown", default: 0] += 1 }
      case .number: counts["number", default: 0] += 1
      case .sign: counts["sign", default: 0] += 1
      case .date: counts["date", default: 0] += 1
      case .reference: counts["reference", default: 0] += 1
      case .address, .mail, .telephone: counts["address", default: 0] += 1
      }
    }
    for (name, count) in counts { set("t:" + name, log(count)) }
    let plain = max(open.novel.count, 1)
    set("c:capitals", Double(capitals) / Double(plain))
    set("c:linked", Double(linked) / Double(plain))
    let keys = Set(open.telling.map(\.key))
    if !keys.isDisjoint(with: ["you", "your", "yours"]) { set("p:you") }
    if !keys.isDisjoint(with: ["we", "our", "us"]) { set("p:we") }
    if keys.isDisjoint(with: ["you", "your", "yours", "we", "our", "us", "user", "users", "customer"]) {
      set("p:nobody")
    }
  }

  private static let traits: [(String, Vocabulary.Traits)] = [
    ("modality", .modality), ("negation", .negation), ("connective", .connective), ("quantifier", .quantifier),
    ("exception", .exception), ("standard", .standard), ("liability", .liability), ("indemnity", .indemnity),
    ("warranty", .warranty), ("remedy", .remedy), ("dispute", .dispute), ("governing-law", .governingLaw),
    ("payment", .payment),
    ("licence", .licence), ("data-use", .dataUse), ("termination", .termination), ("amendment", .amendment),
    ("eligibility", .eligibility), ("scope", .scope), ("party", .party), ("conduct", .conduct),
    ("obligation", .obligation),
    ("security", .security), ("period", .period), ("place", .place), ("function", .function),
    ("preposition", .preposition),
    ("furniture", .furniture), ("contact", .contact), ("history", .history), ("document", .document),
    ("pointer", .pointer),
    ("pronoun", .pronoun), ("verb", .verb), ("law", .law), ("noun", .generalNoun),
  ]

  // MARK: Endings

  /// How blocks that came or went end: a rule ends in a full stop, a label of the page seldom does.
  private mutating func endings(_ reading: Reading) {
    var whole = 0
    var unended = 0
    for side in [Reading.Side.before, .after] {
      let passage = reading.passage(side)
      for block in passage.blocks where reading.isWhole(block.words, side) {
        whole += 1
        let tail = passage.gap(after: block.words.upperBound - 1).prefix { $0 != "\n" }
        if !tail.contains(where: { ".;:,".unicodeScalars.contains($0) }) { unended += 1 }
        if tail.contains("!") { set("f:exclamation") }
        if tail.contains("?") { set("f:question") }
      }
    }
    if whole > 0 { set("f:unended", Double(unended) / Double(whole)) }
  }

  // MARK: Surroundings

  private mutating func surroundings(_ open: OpenWords, _ reading: Reading) {
    for stem in Set(reading.section.stems) where Self.sections.contains(stem) { set("s:" + stem) }
    if reading.section.isBare { set("s:bare") }
    if reading.section.isContents { set("s:contents") }
    for side in [Reading.Side.before, .after] {
      let passage = reading.passage(side)
      for block in passage.blocks where reading.hasOpen(block.words, side) {
        if block.kind == .item { set("b:item") }
        if block.kind == .row { set("b:row") }
        if block.kind == .heading { set("b:heading") }
      }
      for sentence in passage.sentences where reading.hasOpen(sentence, side) {
        let around = passage.words[sentence]
        if around.contains(where: { $0.key == "means" || $0.key == "mean" }) { set("d:means") }
        if around.count <= 6 { set("b:short") }
        var traits: Vocabulary.Traits = []
        for word in around { traits.formUnion(word.traits) }
        for (name, trait) in Self.bearing where traits.contains(trait) { set("c:" + name) }
      }
    }
  }

  /// Kinds of words that make the sentence around a change one that rules something.
  private static let bearing: [(String, Vocabulary.Traits)] = [
    ("liability", .liability), ("warranty", .warranty), ("indemnity", .indemnity), ("dispute", .dispute),
    ("licence", .licence),
    ("payment", .payment), ("termination", .termination), ("data-use", .dataUse), ("conduct", .conduct),
    ("modality", .modality),
    ("negation", .negation), ("contact", .contact), ("history", .history), ("pointer", .pointer),
  ]

  private static let sections: Set<String> = Set(
    [
      "definitions", "contact", "history", "changes", "privacy", "rights", "data", "contents", "summary",
      "introduction", "payment",
      "fees", "termination", "liability", "policy", "law", "notice", "glossary", "key", "overview", "security",
      "content", "guidelines",
      "requirements", "eligibility",
    ].map(Stem.of))

  // MARK: Hunks

  private mutating func hunks(_ reading: Reading) {
    for hunk in reading.openHunks {
      let old = reading.open(hunk.before, .before).map { reading.comparison.before.words[$0] }
      let new = reading.open(hunk.after, .after).map { reading.comparison.after.words[$0] }
      let isSwap = !old.isEmpty && !new.isEmpty
      add(isSwap ? "h:swap" : "h:one-sided")
      if isSwap, Self.isName(old), Self.isName(new) {
        add(Self.isBrand(old) && Self.isBrand(new) ? "h:brand-swap" : "h:name-swap")
      }
      if reading.kind != .inserted && reading.kind != .deleted {
        if !isSwap, isInExample(hunk, reading), ListItems.isItem(hunk, reading, evenInExamples: true) {
          set("x:example-item")
        }
        let oldStems = Set(old.map(\.stem))
        let newStems = Set(new.map(\.stem))
        let differing = old.filter { !newStems.contains($0.stem) } + new.filter { !oldStems.contains($0.stem) }
        if differing.contains(where: { Self.quantities.contains($0.key) }) { set("x:quantifier") }
        if isSwap, Self.isTerm(old, hunk.before, reading.comparison.before),
          Self.isTerm(new, hunk.after, reading.comparison.after), !(Self.isBrand(old) && Self.isBrand(new))
        {
          set("x:term-swap")
        }
      }
      if isBeforeCompanyForm(hunk, reading) { add("h:company") }
      if isOpenExample(hunk, reading) { add("h:open-example") }
      if isSwap, Self.isName(old) && Self.isSelf(new) || Self.isSelf(old) && Self.isName(new) { add("h:name-we") }
      if isSwap, Self.isName(old) != Self.isName(new) { add("h:name-word") }
      if isSwap { add("h:likeness", Self.likeness(old, new)) }
      if isInExample(hunk, reading) { add("h:example") }
      if isListed(hunk, reading) { add("h:listed") }
      if old.count + new.count <= 2 { add("h:tiny") }
      if (old + new).allSatisfy({ $0.traits.isDisjoint(with: Vocabulary.Traits.effects) }) {
        add("h:light")
      }
    }
    let count = Double(max(reading.openHunks.count, 1))
    for name in [
      "h:swap", "h:one-sided", "h:name-swap", "h:brand-swap", "h:company", "h:open-example", "h:name-we", "h:name-word",
      "h:likeness", "h:example", "h:listed", "h:tiny", "h:light",
    ] {
      if let value = values[name] { values[name] = value / count }
    }
  }

  private static func isName(_ words: [Word]) -> Bool {
    let telling = words.filter { !EqualWords.isIdle($0) }
    return !telling.isEmpty
      && telling.allSatisfy {
        $0.kind == .plain && $0.isCapitalised
          && $0.traits.isDisjoint(with: [.party, .place, .negation, .modality])
      }
  }

  /// Names that mean nothing but themselves.
  private static func isBrand(_ words: [Word]) -> Bool {
    words.filter { !EqualWords.isIdle($0) }.allSatisfy { $0.traits.isEmpty }
  }

  /// Whether the form of a company (Inc., Ltd) stands in the hunk or right behind it.
  private func isBeforeCompanyForm(_ hunk: WordComparison.Hunk, _ reading: Reading) -> Bool {
    for (range, words) in [
      (hunk.before, reading.comparison.before.words), (hunk.after, reading.comparison.after.words),
    ] where !range.isEmpty {
      let end = min(words.count, range.upperBound + 2)
      if words[range.lowerBound..<end].contains(where: { Self.companyForms.contains($0.key) && $0.isCapitalised }) {
        return true
      }
    }
    return false
  }

  private static let companyForms: Set<String> = [
    "inc", "llc", "ltd", "limited", "gmbh", "corporation", "corp", "sarl", "sa", "bv", "ab", "plc", "ulc", "sas", "spa",
  ]

  /// Whether the hunk stands in a list that is called open: "without limitation", "not limited to", "such as", "for example".
  private func isOpenExample(_ hunk: WordComparison.Hunk, _ reading: Reading) -> Bool {
    isOpenExample(hunk.before, reading.comparison.before) || isOpenExample(hunk.after, reading.comparison.after)
  }

  private func isOpenExample(_ range: Range<Int>, _ passage: Passage) -> Bool {
    guard let first = range.first else { return false }
    let sentence = passage.sentence(around: first)
    let start = max(sentence.lowerBound, first - 25)
    let keys = passage.words[start..<min(sentence.upperBound, range.upperBound)].map(\.key)
    return zip(keys, keys.dropFirst()).contains {
      ($0 == "without" && $1 == "limitation") || ($0 == "limited" && $1 == "to") || ($0 == "such" && $1 == "as")
        || ($0 == "for" && $1 == "example")
    }
      || keys.contains("like") || keys.contains("e")
  }

  private static let quantities: Set<String> = [
    "all", "any", "each", "every", "some", "certain", "most", "both", "only", "least", "more", "less", "additional",
    "other", "various", "up",
  ]

  /// Capitalised within a sentence, as defined terms are.
  private static func isTerm(_ words: [Word], _ range: Range<Int>, _ passage: Passage) -> Bool {
    let telling = words.filter { !EqualWords.isIdle($0) }
    guard !telling.isEmpty, let first = range.first, !passage.sentence(around: first).prefix(1).contains(first) else {
      return false
    }
    return telling.allSatisfy { $0.kind == .plain && $0.isCapitalised && !$0.isShouted }
  }

  private static func isSelf(_ words: [Word]) -> Bool {
    let telling = words.filter { !EqualWords.isIdle($0) }
    return !telling.isEmpty && telling.allSatisfy { ["we", "us", "our", "ours"].contains($0.key) }
  }

  /// How many of the stems both sides of a hunk share.
  private static func likeness(_ old: [Word], _ new: [Word]) -> Double {
    let a = Set(EqualWords.normal(old))
    let b = Set(EqualWords.normal(new))
    return Double(a.intersection(b).count) / Double(max(a.union(b).count, 1))
  }

  /// Whether the hunk stands among examples: behind "for example", "such as", "like" or "including" in its sentence.
  private func isInExample(_ hunk: WordComparison.Hunk, _ reading: Reading) -> Bool {
    isInExample(hunk.before, reading.comparison.before) || isInExample(hunk.after, reading.comparison.after)
  }

  private func isInExample(_ range: Range<Int>, _ passage: Passage) -> Bool {
    guard let first = range.first else { return false }
    let sentence = passage.sentence(around: first)
    for index in sentence.clamped(to: max(0, first - 29)..<range.upperBound) {
      switch passage.words[index].key {
      case "example", "examples", "instance", "e": return true
      case "such", "like", "including", "include", "includes":
        if index < first || index == range.lowerBound { return true }
      default: continue
      }
    }
    return false
  }

  /// Whether a comma stands on either side of the hunk: an element of a list.
  private func isListed(_ hunk: WordComparison.Hunk, _ reading: Reading) -> Bool {
    isListed(hunk.before, reading.comparison.before) || isListed(hunk.after, reading.comparison.after)
  }

  private func isListed(_ range: Range<Int>, _ passage: Passage) -> Bool {
    guard let first = range.first, first > 0, range.upperBound < passage.words.count else { return false }
    let before = passage.gap(after: first - 1)
    let after = passage.gap(after: range.upperBound - 1)
    return before.contains(",") || after.contains(",")
  }
}

/// The changed words that were not shown harmless, and those among them that the other side does not know.
struct OpenWords {
  let before: [Word]
  let after: [Word]
  /// All but idle words.
  let telling: [Word]
  /// Of the telling ones, those whose stem the other side of the change has nowhere.
  let novel: [Word]
  /// How many sentences came or went whole.
  let sentences: Int

  init(_ reading: Reading) {
    let (old, new) = (reading.comparison.before, reading.comparison.after)
    before = old.words.indices.filter { reading.isOpen($0, .before) }.map { old.words[$0] }
    after = new.words.indices.filter { reading.isOpen($0, .after) }.map { new.words[$0] }
    telling = (before + after).filter { !EqualWords.isIdle($0) }
    let oldStems = Set(old.words.map(\.stem))
    let newStems = Set(new.words.map(\.stem))
    novel =
      before.filter { !EqualWords.isIdle($0) && !newStems.contains($0.stem) }
      + after.filter { !EqualWords.isIdle($0) && !oldStems.contains($0.stem) }
    sentences =
      old.sentences.filter { reading.isWhole($0, .before) }.count
      + new.sentences.filter { reading.isWhole($0, .after) }.count
  }
}

/// Natural logarithms of small counts, the same on every machine.
enum Logarithm {
  /// ln(1 + count), from a table up to 255 and the same beyond.
  static func of(_ count: Int) -> Double { table[min(max(count, 0), table.count - 1)] }

  private static let table: [Double] = (0..<256).map { count in
    // ln(1 + n) = 2 artanh(n / (n + 2)); the series is summed until it stands still.
    let ratio = Double(count) / Double(count + 2)
    var term = ratio
    var sum = 0.0
    var k = 1.0
    while term / k > 1e-12 {
      sum += term / k
      term *= ratio * ratio
      k += 2
    }
    return 2 * sum
  }
}
