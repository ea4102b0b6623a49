internal import TermsModel

/// Terms that are written like defined ones and are not, and definitions that nothing uses.
struct TermUse {
  private let wording: Wording

  init(_ wording: Wording) {
    self.wording = wording
  }

  func findings() -> [LintFinding] {
    var reader = TermReader(wording)
    reader.read()
    let definitions = reader.definitions
    return unused(definitions) + undefined(reader.mentioned, definitions)
  }

  private func label(_ clause: Int) -> String? {
    let label = wording.clauses[clause].label
    return label.isEmpty ? nil : label.description
  }

  // MARK: Definitions

  private func unused(_ definitions: [Definition]) -> [LintFinding] {
    var firsts: [TermReader.Term: Definition] = [:]
    var findings: [LintFinding] = []
    var defined: [TermReader.Term: Int] = [:]
    for definition in definitions {
      let term = TermReader.term(definition.term)
      // An abbreviation is introduced for its readers, be it used or not.
      guard !term.words.isEmpty, !isAbbreviation(definition.term) else { continue }
      defined[term, default: 0] += 1
      firsts[term] = firsts[term] ?? definition
    }
    let uses = count(Set(firsts.keys))
    for (term, definition) in firsts.sorted(by: { $0.value.line < $1.value.line })
    where uses[term, default: 0] <= defined[term, default: 0] {
      findings.append(
        LintFinding(
          rule: .unusedDefinition, severity: .note, label: label(definition.clause), line: definition.line,
          message: "“\(definition.term)” is defined and used nowhere; use it, or take the definition out"))
    }
    return findings
  }

  private func isAbbreviation(_ term: String) -> Bool {
    term.utf8.count <= 8 && term.utf8.count(where: \.isUpper) >= 2 && !term.contains(" ")
  }

  /// How often each term stands in the text, its definitions included.
  private func count(_ terms: Set<TermReader.Term>) -> [TermReader.Term: Int] {
    var byFirst: [UInt64: [TermReader.Term]] = [:]
    for term in terms { byFirst[term.words[0], default: []].append(term) }
    var counts: [TermReader.Term: Int] = [:]
    for clause in wording.clauses where clause.role != .furniture {
      for text in [clause.heading, clause.text].compactMap(\.self) where !text.isEmpty {
        let words = Prose(text).words.map(\.stem)
        for (index, word) in words.enumerated() {
          for term in byFirst[word] ?? [] where words[index...].starts(with: term.words) {
            counts[term, default: 0] += 1
          }
        }
      }
    }
    return counts
  }

  // MARK: Terms without a definition

  private struct Use {
    var count = 0
    var clause: Int
    var line: Int
    var words: String
  }

  private func undefined(_ mentioned: Set<TermReader.Term>, _ definitions: [Definition]) -> [LintFinding] {
    guard !definesElsewhere, !definitions.isEmpty else { return [] }
    var known = mentioned
    for definition in definitions { known.insert(TermReader.term(definition.term)) }
    if let title = wording.title { known.insert(TermReader.term(title)) }
    let single = Set(known.filter { $0.words.count == 1 }.map { $0.words[0] })
    var uses: [TermReader.Term: Use] = [:]
    for (index, clause) in wording.clauses.enumerated() where clause.role == .provision && !clause.text.isEmpty {
      let prose = Prose(clause.text)
      for phrase in phrases(prose) {
        let term = TermReader.Term(words: phrase.words.map(\.stem))
        let text = prose.text(phrase.range)
        guard !known.contains(term), !term.words.contains(where: single.contains), isCommon(text) else { continue }
        if uses[term] == nil {
          uses[term] = Use(clause: index, line: prose.line(of: phrase.range.lowerBound, in: clause), words: text)
        }
        uses[term]?.count += 1
      }
    }
    return uses.values.filter { $0.count >= 3 }.sorted { $0.line < $1.line }.map { use in
      LintFinding(
        rule: .undefinedTerm, severity: .warning, label: label(use.clause), line: use.line,
        message: "“\(use.words)” is written like a defined term, here and \(use.count - 1) times more, "
          + "and nothing defines it; define it, or write it small")
    }
  }

  /// Whether the text says that its terms are defined in another document.
  private var definesElsewhere: Bool {
    wording.clauses.contains { clause in
      guard clause.role != .furniture, clause.text.utf8.count < 20_000 else { return false }
      let text = clause.text.lowercased()
      guard text.contains("defined") || text.contains("meaning") else { return false }
      return text.contains("capitalized terms") || text.contains("capitalised terms")
        || text.contains("terms not defined")
        || text.contains("not otherwise defined") || text.contains("terms used but not")
    }
  }

  private static let determiners: Set<String> = [
    "the", "any", "each", "such", "an", "a", "your", "our", "all", "every", "that", "this", "these", "those",
  ]

  /// Runs of capitalised words inside sentences, after a determiner in small letters.
  private func phrases(_ prose: Prose) -> [(range: Range<Int>, words: [Prose.Word])] {
    let words = prose.words
    var found: [(Range<Int>, [Prose.Word])] = []
    var index = 0
    while index < words.count {
      // "Each Customer" at a sentence's beginning: the determiner is no part of the term.
      guard isCapitalised(prose, words[index]),
        !Self.determiners.contains(prose.text(words[index].range).lowercased())
      else {
        index += 1
        continue
      }
      var end = index + 1
      while end < words.count, isCapitalised(prose, words[end]),
        isOneBlank(prose, words[end - 1].range.upperBound..<words[end].range.lowerBound)
      {
        end += 1
      }
      defer { index = end }
      guard index > 0, end - index <= 3 else { continue }
      let before = words[index - 1]
      let gap = before.range.upperBound..<words[index].range.lowerBound
      guard isOneBlank(prose, gap), Self.determiners.contains(prose.text(before.range).lowercased()) else { continue }
      // "the Accept button", "the Help Center page": what a screen shows is a name.
      let next = prose.nextWord(words[end - 1].range.upperBound)
      if Self.screens.contains(prose.word(next)) || prose[next] == ASCII.hyphen { continue }
      let range = words[index].range.lowerBound..<words[end - 1].range.upperBound
      if prose.links.contains(where: { $0.overlaps(range) }) { continue }
      found.append((range, Array(words[index..<end])))
    }
    return found
  }

  private static let screens: Set<String> = [
    "button", "page", "tab", "menu", "link", "section", "form", "icon", "screen", "setting", "settings", "field",
    "website",
    "app", "tool", "feature", "api", "sdk", "program",
  ]

  private func isCapitalised(_ prose: Prose, _ word: Prose.Word) -> Bool {
    let letters = prose.bytes[word.range].filter { $0 != Prose.ignored }
    guard letters.count >= 3, letters[0].isUpper else { return false }
    return letters.dropFirst().allSatisfy { $0.isLower || $0 == UInt8(ascii: "'") }
  }

  private func isOneBlank(_ prose: Prose, _ gap: Range<Int>) -> Bool {
    prose.bytes[gap].allSatisfy { $0 == ASCII.space || $0 == Prose.ignored } && !gap.isEmpty
  }

  /// Whether the words are those that contracts define; names of products, places and authorities are not.
  private func isCommon(_ phrase: String) -> Bool {
    let words = phrase.split(separator: " ").map { word -> String in
      var word = word.lowercased()
      if word.hasSuffix("'s") { word.removeLast(2) }
      if word.hasSuffix("ies") { return String(word.dropLast(3)) + "y" }
      return Self.nouns.contains(word) || Self.modifiers.contains(word) || !word.hasSuffix("s")
        ? word : String(word.dropLast())
    }
    return words.allSatisfy { Self.nouns.contains($0) || Self.modifiers.contains($0) }
      && words.contains { Self.nouns.contains($0) }
  }

  /// Nouns that contracts give a meaning of their own.
  private static let nouns: Set<String> = [
    "service", "content", "customer", "party", "user", "account", "fee", "product", "platform", "software", "site",
    "affiliate", "order", "subscription", "documentation", "licensee", "licensor", "developer", "application",
    "subscriber", "member", "purchaser", "buyer", "seller", "vendor", "supplier", "client", "partner", "merchant",
    "provider", "material", "deliverable", "submission", "device", "territory", "indemnitee", "recipient",
    "representative", "transaction", "offering", "marketplace", "listing", "connector", "endpoint", "request",
    "response",
    "output", "input", "processor", "controller", "subprocessor", "term", "dispute", "claim", "loss",
  ]

  /// Words that make terms together with others.
  private static let modifiers: Set<String> = [
    "confidential", "information", "effective", "date", "form", "data", "personal", "licensed", "intellectual",
    "property",
    "right", "feedback", "indemnified", "disclosing", "receiving", "end", "authorized", "authorised", "permitted",
    "prohibited", "restricted", "additional", "other", "third", "payment", "invoice", "purchase", "business", "day",
    "commencement", "renewal", "initial", "period", "sub", "security", "incident", "breach", "applicable", "law",
    "damage", "force", "majeure", "event", "plan", "paid", "free", "beta", "covered", "excluded",
  ]
}
