internal import TermsModel

/// What the linear model is told of a change: numbers by name.
struct Features {
  /// By the place of their names in ``FeatureName/all``; no number where the change has no such feature.
  private var values = [Double](repeating: .nan, count: FeatureName.all.count)

  private mutating func set(_ name: FeatureName, _ value: Double = 1) {
    if value != 0 { values[name.place] = value }
  }

  private mutating func add(_ name: FeatureName, _ value: Double = 1) {
    values[name.place] = (values[name.place].isNaN ? 0 : values[name.place]) + value
  }

  /// The features by name, in the order of their names.
  var named: [Feature] {
    FeatureName.ordered.filter { !values[$0].isNaN }.map { Feature(name: FeatureName.all[$0], value: values[$0]) }
  }

  /// The number of the feature at a place; 0 where the change has none such.
  @inline(__always)
  func value(at place: Int) -> Double { values[place].isNaN ? 0 : values[place] }

  /// What speaks for or against an effect, of the words that were not shown harmless.
  init(_ reading: Reading) {
    let open = OpenWords(reading)
    size(open, reading)
    words(open)
    surroundings(reading)
    hunks(reading)
    endings(reading)
  }

  // MARK: Size

  private mutating func size(_ open: OpenWords, _ reading: Reading) {
    // Nothing here tells one side from the other: a change and its reverse are weighed alike.
    let isWhole = reading.kind == .inserted || reading.kind == .deleted
    set(isWhole ? .whole : .kind(reading.kind))
    set(.open, log(open.telling.count))
    set(.novel, log(open.novel.count))
    set(.hunks, log(reading.comparison.hunks.count { reading.isOpen($0) }))
    set(.sentences, log(open.sentences))
    if open.isOneSided { set(.oneSided) }
    let total = reading.comparison.before.words.count + reading.comparison.after.words.count
    set(.share, Double(open.telling.count) / Double(max(total, 1)))
  }

  private func log(_ count: Int) -> Double { Logarithm.of(count) }

  // MARK: Words

  private mutating func words(_ open: OpenWords) {
    var counts = [Int](repeating: 0, count: FeatureName.traits.count)
    var (names, unknown, numbers, signs, dates, references, addresses) = (0, 0, 0, 0, 0, 0, 0)
    var capitals = 0
    var linked = 0
    for word in open.novel {
      switch word.kind {
      case .plain:
        if word.isCapitalised { capitals += 1 }
        if word.isLinked { linked += 1 }
        if word.traits.isEmpty {
          if word.isCapitalised { names += 1 } else { unknown += 1 }
        } else {
          for (place, trait) in FeatureName.traits.enumerated() where word.traits.contains(trait.trait) {
            counts[place] += 1
          }
        }
      case .number: numbers += 1
      case .sign: signs += 1
      case .date: dates += 1
      case .reference: references += 1
      case .address, .mail, .telephone: addresses += 1
      }
    }
    for (place, count) in counts.enumerated() { set(.words(ofTrait: place), log(count)) }
    for (name, count) in [
      (FeatureName.names, names), (.unknown, unknown), (.numbers, numbers), (.signs, signs), (.dates, dates),
      (.references, references), (.addresses, addresses),
    ] { set(name, log(count)) }
    let plain = max(open.novel.count, 1)
    set(.capitals, Double(capitals) / Double(plain))
    set(.linked, Double(linked) / Double(plain))
    var said = WordLists()
    for word in open.telling { said.formUnion(word.lists) }
    if said.contains(.reader) { set(.you) }
    if said.contains(.ourselves) { set(.we) }
    if !said.contains(.person) { set(.nobody) }
  }

  // MARK: Endings

  /// How blocks that came or went end: a rule ends in a full stop, a label of the page seldom does.
  private mutating func endings(_ reading: Reading) {
    var whole = 0
    var unended = 0
    for side in [Reading.Side.before, .after] {
      let passage = reading.passage(side)
      for block in reading.blocks(side) where reading.isWhole(block.words, side) {
        whole += 1
        let tail = passage.gap(after: block.words.upperBound - 1).prefix { $0 != "\n" }
        if !tail.contains(where: { $0 == "." || $0 == ";" || $0 == ":" || $0 == "," }) { unended += 1 }
        if tail.contains("!") { set(.exclamation) }
        if tail.contains("?") { set(.question) }
      }
    }
    if whole > 0 { set(.unended, Double(unended) / Double(whole)) }
  }

  // MARK: Surroundings

  private mutating func surroundings(_ reading: Reading) {
    for stem in reading.section.weighed {
      if let name = FeatureName.section(stem) { set(name) }
    }
    if reading.section.isBare { set(.bare) }
    if reading.section.isContents { set(.contents) }
    for side in [Reading.Side.before, .after] {
      for block in reading.blocks(side) where reading.hasOpen(block.words, side) {
        if block.block.kind == .item { set(.item) }
        if block.block.kind == .row { set(.row) }
        if block.block.kind == .heading { set(.heading) }
      }
      for sentence in reading.sentences(side) where reading.hasOpen(sentence.words, side) {
        if sentence.gist.hasAny(.means, .mean) { set(.means) }
        if sentence.words.count <= 6 { set(.short) }
        for (place, bearing) in FeatureName.bearing.enumerated() where sentence.gist.traits.contains(bearing.trait) {
          set(.sentence(ofTrait: place))
        }
      }
    }
  }

  // MARK: Hunks

  private mutating func hunks(_ reading: Reading) {
    var count = 0.0
    for hunk in reading.comparison.hunks where reading.isOpen(hunk) {
      count += 1
      let (old, new) = (reading.openWords(hunk, .before), reading.openWords(hunk, .after))
      let isSwap = !old.isEmpty && !new.isEmpty
      add(isSwap ? .swap : .oneSidedHunk)
      if isSwap, Self.isName(old), Self.isName(new) {
        add(Self.isBrand(old) && Self.isBrand(new) ? .brandSwap : .nameSwap)
      }
      if reading.kind != .inserted && reading.kind != .deleted {
        if !isSwap, isInExample(hunk, reading), ListItems.isItem(hunk, reading, evenInExamples: true) {
          set(.exampleItem)
        }
        if Evidence.differs(old, new, where: { $0.isIn(.quantity) }) { set(.quantifier) }
        if isSwap, Self.isTerm(old, hunk.before, reading.comparison.before),
          Self.isTerm(new, hunk.after, reading.comparison.after), !(Self.isBrand(old) && Self.isBrand(new))
        {
          set(.termSwap)
        }
      }
      if isBeforeCompanyForm(hunk, reading) { add(.company) }
      if isOpenExample(hunk, reading) { add(.openExample) }
      if isSwap, Self.isName(old) && Self.isSelf(new) || Self.isSelf(old) && Self.isName(new) { add(.nameOurselves) }
      if isSwap, Self.isName(old) != Self.isName(new) { add(.nameWord) }
      if isSwap { add(.likeness, Self.likeness(old, new)) }
      if isInExample(hunk, reading) { add(.inExample) }
      if isListed(hunk, reading) { add(.listed) }
      if old.count + new.count <= 2 { add(.tiny) }
      let isLight = { (word: Word) in word.traits.isDisjoint(with: Vocabulary.Traits.effects) }
      if old.allSatisfy(isLight), new.allSatisfy(isLight) { add(.light) }
    }
    for name in FeatureName.ofHunks where !values[name.place].isNaN { values[name.place] /= max(count, 1) }
  }

  private static func isName(_ words: ArraySlice<Word>) -> Bool {
    let telling = words.filter { !EqualWords.isIdle($0) }
    return !telling.isEmpty
      && telling.allSatisfy {
        $0.kind == .plain && $0.isCapitalised
          && $0.traits.isDisjoint(with: [.party, .place, .negation, .modality])
      }
  }

  /// Names that mean nothing but themselves.
  private static func isBrand(_ words: ArraySlice<Word>) -> Bool {
    words.filter { !EqualWords.isIdle($0) }.allSatisfy { $0.traits.isEmpty }
  }

  /// Whether the form of a company (Inc., Ltd) stands in the hunk or right behind it.
  private func isBeforeCompanyForm(_ hunk: WordComparison.Hunk, _ reading: Reading) -> Bool {
    for (range, words) in [
      (hunk.before, reading.comparison.before.words), (hunk.after, reading.comparison.after.words),
    ] where !range.isEmpty {
      let end = min(words.count, range.upperBound + 2)
      if words[range.lowerBound..<end].contains(where: { $0.isIn(.widerCompanyForm) && $0.isCapitalised }) {
        return true
      }
    }
    return false
  }

  /// Whether the hunk stands in a list that is called open: "without limitation", "not limited to", "such as", "for example".
  private func isOpenExample(_ hunk: WordComparison.Hunk, _ reading: Reading) -> Bool {
    isOpenExample(hunk.before, reading.comparison.before) || isOpenExample(hunk.after, reading.comparison.after)
  }

  private func isOpenExample(_ range: Range<Int>, _ passage: Passage) -> Bool {
    guard let first = range.first else { return false }
    let sentence = passage.sentence(around: first)
    let start = max(sentence.lowerBound, first - 25)
    let words = passage.words[start..<min(sentence.upperBound, range.upperBound)]
    return words.contains { $0.isIn(.like) || $0.isIn(.e) }
      || zip(words, words.dropFirst()).contains {
        $0.isIn(.without) && $1.isIn(.limitation) || $0.isIn(.limited) && $1.isIn(.to) || $0.isIn(.such) && $1.isIn(.as)
          || $0.isIn(.for) && $1.isIn(.example)
      }
  }

  /// Capitalised within a sentence, as defined terms are.
  private static func isTerm(_ words: ArraySlice<Word>, _ range: Range<Int>, _ passage: Passage) -> Bool {
    let telling = words.filter { !EqualWords.isIdle($0) }
    guard !telling.isEmpty, let first = range.first, !passage.sentence(around: first).prefix(1).contains(first) else {
      return false
    }
    return telling.allSatisfy { $0.kind == .plain && $0.isCapitalised && !$0.isShouted }
  }

  private static func isSelf(_ words: ArraySlice<Word>) -> Bool {
    let telling = words.filter { !EqualWords.isIdle($0) }
    return !telling.isEmpty && telling.allSatisfy { $0.isIn(.ourselvesAll) }
  }

  /// How many of the stems both sides of a hunk share.
  private static func likeness(_ old: ArraySlice<Word>, _ new: ArraySlice<Word>) -> Double {
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
      if passage.words[index].isIn(.exampleName) { return true }
      if passage.words[index].isIn(.exampleLike), index <= first { return true }
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
