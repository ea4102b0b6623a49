/// Tells what belongs to the page from what belongs to the terms.
enum Furniture {
  /// A stretch of neighbouring clauses that came or went together: how many, and how many of them look like a page's.
  struct Run: Sendable {
    var count: Int
    var light: Int

    /// Whether most of a longer stretch is short items and links.
    var isMenu: Bool { count >= 5 && light * 4 >= count * 3 }
  }

  static func isFurniture(
    _ words: ArraySlice<Word>, _ gist: Gist, _ passage: Passage, _ section: Section, run: Run, _ desk: ReadingDesk
  ) -> Bool {
    guard !words.isEmpty else { return true }
    let telling = words.lazy.filter { $0.kind == .plain }
    let linked = words.count(where: \.isLinked)
    let isShort = words.count <= 14
    let bears = telling.contains { bearsEffect($0) }
    if isCopyrightLine(words, gist, limit: run.isMenu ? 45 : 25) { return true }
    if !gist.has(.plain) { return words.allSatisfy { $0.kind != .sign && $0.kind != .number || words.count <= 1 } }
    // A link and nothing more: an entry of a menu, a list of pages. One that names an instrument of the agreement may be
    // what incorporates it, unless it stands in a table of contents or a menu.
    if linked * 10 >= words.count * 9 && isShort {
      return section.isContents || run.isMenu || section.isBare || !section.isClause && !namesInstrument(words)
    }
    if telling.allSatisfy({
      $0.traits.contains(.furniture) || $0.traits.contains(.function)
    }) && isShort {
      return true
    }
    if isControl(words, gist, desk) { return true }
    // A line in lower case, or with a full stop behind it, may be an item of the terms, unless its words are a page's.
    let isStopped = passage.gap(after: words.endIndex - 1).prefix { $0 != "\n" }.contains(".")
    let isOfPage =
      words.first?.isCapitalised == true && !isStopped
      || telling.allSatisfy { $0.isCapitalised && !isStopped || !$0.traits.isDisjoint(with: pageTraits) }
    let isTitle = words.allSatisfy {
      $0.isCapitalised || $0.kind != .plain
        || $0.traits.isSubset(of: [.function, .preposition, .connective])
    }
    // Under the document's title and without a number of its own, a line can be the page's.
    let isLoose = section.isBare && !section.isLabelled
    let isNoun = !words.contains(where: isVerb) && !words.contains { $0.traits.contains(.pronoun) }
    if isShort && words.count <= 6 && isLoose && isNoun && isOfPage
      && (!telling.contains { bearsEffect($0) && !$0.traits.isSubset(of: [.quantifier]) } || isTitle)
      && words.allSatisfy({ $0.kind == .plain || $0.kind == .date || isTitle && $0.kind == .number })
    {
      return true
    }
    if isShort && !bears && words.count <= 6 && isLoose && telling.count == words.count && isOfPage
      && !words.contains(where: isVerb)
    {
      return true
    }
    if run.isMenu && isShort && (!bears || linked * 2 >= words.count) { return true }
    // "Part of the Harbor network" among links: names what it stands by, and rules nothing.
    let effects = telling.filter(bearsEffect).allSatisfy { $0.traits.isSubset(of: [.quantifier, .verb]) }
    return run.isMenu && isShort && isNoun && effects && !gist.has(.number) && !gist.hasRulingSign && !gist.has(.ruling)
  }

  /// "Save this page to your profile", "Loading …": what a page says of itself.
  private static func isControl(_ words: ArraySlice<Word>, _ gist: Gist, _ desk: ReadingDesk) -> Bool {
    guard words.count <= 30, gist.has(.controlWord),
      !gist.has(.pointerRuling) || !words.contains(where: { $0.isIn(.pointerRuling) && !$0.isIn(.not) })
    else { return false }
    let line = " " + words.map { desk.text($0.key) }.joined(separator: " ") + " "
    return controls.contains { line.contains(" " + $0 + " ") } || line == " loading "
  }

  private static let controls = [
    "save this page", "stay organized with collections", "was this helpful", "was this page helpful", "skip to content",
    "skip to main content", "back to top", "print this page", "share this page", "add to calendar", "on this page",
    "javascript be disabled", "enable javascript", "table of contents", "in other projects", "other languages",
  ]

  private static let pageTraits: Vocabulary.Traits = [
    .furniture, .function, .preposition, .contact, .history, .pointer, .document, .connective,
  ]

  private static func isVerb(_ word: Word) -> Bool {
    word.traits.contains(.verb) && !word.traits.contains(.document) && !word.isCapitalised
  }

  private static func bearsEffect(_ word: Word) -> Bool {
    let traits = word.traits
    return !traits.isDisjoint(with: Vocabulary.Traits.effects) && traits.isDisjoint(with: [.furniture, .document])
  }

  private static func isCopyrightLine(_ words: ArraySlice<Word>, _ said: Gist, limit: Int) -> Bool {
    words.count <= limit
      && (said.hasAny(.copyright, .copyrightSign) || said.has(.rights) && said.has(.reserved))
      && said.has(.number) && !said.has(.copyrightRuling)
  }

  private static func namesInstrument(_ words: ArraySlice<Word>) -> Bool {
    words.contains { $0.hasStem(in: .instrument) }
  }

  /// A few words that a page's controls put beside the text.
  static func isControl(_ hunk: WordComparison.Hunk, _ reading: Reading) -> Bool {
    let (old, new) = (reading.openWords(hunk, .before), reading.openWords(hunk, .after))
    guard !old.isEmpty || !new.isEmpty, old.count + new.count <= 12 else { return false }
    let contains = { (list: WordList) in old.contains { $0.isIn(list) } || new.contains { $0.isIn(list) } }
    if contains(.windowOrTab), old.allSatisfy({ $0.isIn(.windowWord) }), new.allSatisfy({ $0.isIn(.windowWord) }) {
      return true
    }
    return contains(.nan) || isExpander(hunk, reading)
  }

  /// The label of a control run into the first word: `ExpandExamples`.
  private static func isExpander(_ hunk: WordComparison.Hunk, _ reading: Reading) -> Bool {
    let old = reading.comparison.before.words[hunk.before]
    let new = reading.comparison.after.words[hunk.after]
    guard max(old.count, 1) == max(new.count, 1),
      old.dropFirst().elementsEqual(new.dropFirst(), by: { $0.key == $1.key })
    else { return false }
    if let one = old.first, let other = new.first, one.shape.contains(.ascii), other.shape.contains(.ascii),
      one.length < 200, other.length < 200, ![4, 6, 8].contains(abs(Int(one.length) - Int(other.length)))
    {
      return false
    }
    let text = { (words: ArraySlice<Word>) in words.first.map { reading.desk.text($0.key) } ?? "" }
    let (one, other) = (text(old), text(new))
    return ["expand", "collapse", "show", "hide"].contains { $0 + one == other || $0 + other == one }
  }

  /// "For more information, see …": a sentence that begins so, holds a link or names a page, and lays down nothing.
  static func isPointer(_ words: ArraySlice<Word>, _ said: Gist) -> Bool {
    guard words.count <= 45, let first = words.first else { return false }
    if isFurtherInformation(words, said) { return true }
    let points =
      first.isIn(.pointerOpening)
      || said.hasLink && (opensPointer(words) || said.has(.please) && isPair(words, .please, .asking))
    guard points, said.hasLink || said.has(.address) || said.has(.page) else { return false }
    return !said.has(.pointerRuling) || !words.contains { $0.isIn(.pointerRuling) && !$0.isLinked }
  }

  /// "When you visit our pages, we …" tells what happens, and points nowhere.
  private static func opensPointer(_ words: ArraySlice<Word>) -> Bool {
    guard let first = words.first, !first.isIn(.telling) else { return false }
    return words.prefix(8).contains { !$0.isLinked && $0.isIn(.pointerAnywhere) }
  }

  /// Whether a word of the one list stands right before a word of the other.
  private static func isPair(_ words: ArraySlice<Word>, _ one: WordList, _ other: WordList) -> Bool {
    zip(words, words.dropFirst()).contains { $0.isIn(one) && $1.isIn(other) }
  }

  /// "For more information about …, see …", "Further information is available here", "you can find …": whatever it is
  /// about, it only says where more can be read.
  private static func isFurtherInformation(_ words: ArraySlice<Word>, _ said: Gist) -> Bool {
    guard said.hasAny(.details, .learn) || said.has(.can),
      said.hasLink || said.has(.address) || said.has(.seeing) && isPair(words, .seeing, .ofOurs)
    else { return false }
    let start = words.prefix(4)
    let isFurther = start.contains { $0.isIn(.further) } && start.contains { $0.isIn(.details) }
    let isFinding =
      said.has(.can) && isPair(words, .can, .finding) || said.has(.learn) && isPair(words, .learn, .learning)
    return (isFurther || isFinding)
      && (!said.has(.furtherRuling) || !words.contains { $0.isIn(.furtherRuling) && !$0.isLinked })
  }
}
