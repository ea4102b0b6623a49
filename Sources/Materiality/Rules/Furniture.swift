/// Tells what belongs to the page from what belongs to the terms.
enum Furniture {
  /// A stretch of neighbouring clauses that came or went together: how many, and how many of them look like a page's.
  struct Run: Sendable {
    var count: Int
    var light: Int

    /// Whether most of a longer stretch is short items and links.
    var isMenu: Bool { count >= 5 && light * 4 >= count * 3 }
  }

  static func isFurniture(_ words: ArraySlice<Word>, _ passage: Passage, _ section: Section, run: Run) -> Bool {
    let telling = words.filter { $0.kind == .plain }
    guard !words.isEmpty else { return true }
    let linked = words.filter(\.isLinked).count
    let isShort = words.count <= 14
    let bears = telling.contains { bearsEffect($0) }
    if isCopyrightLine(words, limit: run.isMenu ? 45 : 25) { return true }
    if telling.isEmpty { return words.allSatisfy { $0.kind != .sign && $0.kind != .number || words.count <= 1 } }
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
    if isControl(words) { return true }
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
    return false
  }

  /// "Save this page to your profile", "Loading …": what a page says of itself.
  private static func isControl(_ words: ArraySlice<Word>) -> Bool {
    guard words.count <= 30, !words.contains(where: { ruling.contains($0.key) && $0.key != "not" }) else {
      return false
    }
    let line = " " + words.map(\.key).joined(separator: " ") + " "
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

  private static func isCopyrightLine(_ words: ArraySlice<Word>, limit: Int) -> Bool {
    let keys = Set(words.map(\.key))
    return words.count <= limit
      && (keys.contains("copyright") || keys.contains("©") || keys.contains("rights") && keys.contains("reserved"))
      && words.contains { $0.kind == .number }
      && keys.isDisjoint(with: ["may", "must", "agree", "infringement"])
  }

  private static func namesInstrument(_ words: ArraySlice<Word>) -> Bool {
    words.contains { instruments.contains($0.stem) }
  }

  private static let instruments: Set<String> = Set(
    ["procedure", "procedures", "agreement", "addendum", "schedule", "annex", "arbitration", "rules", "terms"].map(
      Stem.of))

  /// A few words that a page's controls put beside the text.
  static func isControl(_ hunk: WordComparison.Hunk, _ reading: Reading) -> Bool {
    let words =
      reading.open(hunk.before, .before).map { reading.comparison.before.words[$0] }
      + reading.open(hunk.after, .after).map { reading.comparison.after.words[$0] }
    guard !words.isEmpty, words.count <= 12 else { return false }
    let keys = Set(words.map(\.key))
    if !keys.isDisjoint(with: ["window", "tab"]),
      keys.isSubset(of: ["opens", "open", "in", "a", "new", "window", "tab", "external", "link"])
    {
      return true
    }
    if keys.contains("nan") || isExpander(hunk, reading) { return true }
    return false
  }

  /// The label of a control run into the first word: `ExpandExamples`.
  private static func isExpander(_ hunk: WordComparison.Hunk, _ reading: Reading) -> Bool {
    let old = reading.comparison.before.words[hunk.before].map(\.key).joined(separator: " ")
    let new = reading.comparison.after.words[hunk.after].map(\.key).joined(separator: " ")
    return ["expand", "collapse", "show", "hide"].contains { $0 + old == new || $0 + new == old }
  }

  /// "For more information, see …": a sentence that begins so, holds a link or names a page, and lays down nothing.
  static func isPointer(_ words: ArraySlice<Word>) -> Bool {
    guard words.count <= 45, let first = words.first else { return false }
    if isFurtherInformation(words) { return true }
    let opening = words.prefix(8).filter { !$0.isLinked }.map(\.key)
    // "When you visit our pages, we …" tells what happens, and points nowhere.
    let isTelling = ["when", "if", "as", "while", "where"].contains(first.key)
    let keys = words.map(\.key)
    let asks = zip(keys, keys.dropFirst()).contains {
      $0 == "please" && ["see", "read", "visit", "refer", "consult", "review", "check"].contains($1)
    }
    let points =
      openings.contains(first.key) || asks && words.contains(where: \.isLinked)
      || !isTelling && opening.contains { openingsAnywhere.contains($0) } && words.contains(where: \.isLinked)
    guard points, words.contains(where: { $0.isLinked || $0.kind == .address || pages.contains($0.key) }) else {
      return false
    }
    return !words.contains { ruling.contains($0.key) && !$0.isLinked }
  }

  private static let openings: Set<String> = [
    "see", "learn", "read", "visit", "find", "view", "click", "navigate", "refer", "information", "review", "check",
    "more",
  ]
  /// "For more information about …, see …", "Further information is available here", "you can find …": whatever it is
  /// about, it only says where more can be read.
  private static func isFurtherInformation(_ words: ArraySlice<Word>) -> Bool {
    let keys = words.map(\.key)
    let namesPlace = zip(keys, keys.dropFirst()).contains {
      ["see", "read", "visit", "consult"].contains($0) && ["our", "the", "this", "these", "section"].contains($1)
    }
    guard words.contains(where: { $0.isLinked || $0.kind == .address }) || namesPlace else { return false }
    let start = keys.prefix(4)
    let isFurther =
      (start.contains("more") || start.contains("further") || start.contains("additional"))
      && (start.contains("information") || start.contains("details"))
    let isFinding = zip(keys, keys.dropFirst()).contains {
      ($0 == "can" && ["find", "read", "learn"].contains($1))
        || ($0 == "learn" && ["how", "more", "about"].contains($1))
    }
    return (isFurther || isFinding)
      && !words.contains {
        ["must", "shall", "agree", "subject", "governed", "required", "right", "rights", "opt", "apply"].contains(
          $0.key) && !$0.isLinked
      }
  }

  private static let openingsAnywhere: Set<String> = [
    "see", "learn", "read", "visit", "find", "click", "navigate", "refer",
  ]
  private static let pages: Set<String> = [
    "page", "section", "faq", "faqs", "center", "article", "here", "below", "above", "website",
  ]
  private static let ruling: Set<String> = [
    "must", "shall", "agree", "subject", "governed", "apply", "applies", "required", "responsible", "liable", "not",
    "may", "opt", "right", "rights",
    "cannot", "prohibited", "only", "incorporated", "will", "withdraw", "cancel", "request", "delete", "exercise",
    "complaint", "complain", "report",
    "appeal", "available", "accept", "acceptance", "comply",
  ]
}
