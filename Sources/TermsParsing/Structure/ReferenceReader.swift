internal import Foundation
internal import TermsModel

/// Finds the cross-references of a wording.
///
/// A reference begins with a word such as `Section` or a sign `§`, or is a list of labels of the form `2(b)`. It refers
/// elsewhere where a law or a document is named right before or after it.
struct ReferenceReader {
  private let wording: Wording
  private let index: LabelIndex
  private(set) var references: [CrossReference] = []
  /// What was found for labels that mean the same wherever they stand.
  private var found: [String: [Int]?] = [:]

  init(_ wording: Wording, _ index: LabelIndex) {
    self.wording = wording
    self.index = index
  }

  mutating func read() {
    for (number, clause) in wording.clauses.enumerated() where clause.role != .furniture && !clause.text.isEmpty {
      let prose = Prose(clause.text)
      var at = 0
      while at < prose.bytes.count {
        let byte = prose.bytes[at]
        let isWordStart = Prose.isWord(byte) && !Prose.isWord(prose[at - 1])
        if isWordStart || byte == 0xC2, let found = reference(prose, at: at, in: number) {
          references.append(found)
          at = max(found.bytes.upperBound, at + 1)
        } else {
          at += 1
        }
      }
    }
  }

  // MARK: One reference

  private mutating func reference(_ prose: Prose, at start: Int, in clause: Int) -> CrossReference? {
    var word = ""
    var at = start
    if prose.bytes[at] == 0xC2 {
      guard prose[at + 1] == 0xA7 else { return nil }
      at += 2
      if prose[at] == 0xC2, prose[at + 1] == 0xA7 { at += 2 }
      word = "§"
    } else if let end = referringWord(prose, at) {
      word = prose.text(at..<end).lowercased()
      at = end
      if prose[at] == ASCII.dot { at += 1 }
      guard prose[prose.next(at)] == ASCII.space else { return nil }
    } else if !prose.bytes[at].isDigit
      || Prose.isWord(prose[prose.previousWord(start)]) && isNaming(prose, before: start)
    {
      return nil
    }
    let first = prose.nextWord(at)
    var targets: [(label: Range<Int>, last: Range<Int>?)] = []
    var end = first
    guard let label = self.label(prose, at: first, isBare: word.isEmpty) else { return nil }
    targets.append((label, nil))
    end = label.upperBound
    while let more = continuation(prose, from: end) {
      if more.isRun, targets[targets.count - 1].last == nil {
        targets[targets.count - 1].last = more.label
      } else {
        targets.append((more.label, nil))
      }
      end = more.label.upperBound
    }
    let scope = scope(prose, word: word, start: start, end: end)
    return CrossReference(
      text: prose.text(start..<end), scope: scope,
      targets: targets.map { resolve($0.label, $0.last, prose, in: clause, scope: scope) }, clause: clause,
      bytes: start..<end, line: prose.line(of: start, in: wording.clauses[clause]))
  }

  private static let referring: Set<String> = [
    "section", "sections", "sec", "clause", "clauses", "article", "articles", "paragraph", "paragraphs", "subsection",
    "subsections", "annex", "appendix", "schedule", "exhibit",
  ]

  private func referringWord(_ prose: Prose, _ start: Int) -> Int? {
    switch prose[start] | 0x20 {
    case UInt8(ascii: "s"), UInt8(ascii: "c"), UInt8(ascii: "a"), UInt8(ascii: "p"), UInt8(ascii: "e"): break
    default: return nil
    }
    let end = prose.endOfWord(start)
    guard end - start >= 3, end - start <= 24 else { return nil }
    return Self.referring.contains(prose.text(start..<end).lowercased()) ? end : nil
  }

  /// The label at `start`: figures with dots and steps in parentheses, or steps alone, or a capital letter or numeral.
  private func label(_ prose: Prose, at start: Int, isBare: Bool) -> Range<Int>? {
    var at = start
    if prose[at].isDigit {
      var digits = 0
      while prose[at].isDigit, digits < 5 {
        at = prose.next(at + 1)
        digits += 1
      }
      guard digits <= 4 else { return nil }
      while prose[at] == ASCII.dot, prose[prose.next(at + 1)].isDigit {
        at = prose.next(at + 1)
        while prose[at].isDigit { at = prose.next(at + 1) }
      }
      let steps = self.steps(prose, from: at)
      if isBare, steps == at { return nil }
      // "5-day", "3rd", "7a": figures that go on are no label, but for a letter after them.
      if steps == at, prose[at].isLetter {
        let glued = start..<at + 1
        guard !Prose.isWord(prose[prose.next(at + 1)]), let key = LabelKey(typed: prose.text(glued)),
          index.known.contains(key)
        else { return nil }
        return glued
      }
      return start..<trimmed(prose, steps, from: start)
    }
    if isBare { return nil }
    let steps = self.steps(prose, from: at)
    if steps > at { return start..<trimmed(prose, steps, from: start) }
    guard prose[at].isUpper else { return nil }
    let end = prose.endOfWord(at)
    let word = prose.text(at..<end)
    guard word.count <= 5, word.count == 1 || word.allSatisfy({ "IVXL".contains($0) }) else { return nil }
    return start..<end
  }

  private func trimmed(_ prose: Prose, _ end: Int, from start: Int) -> Int {
    var at = end
    while at > start, prose.bytes[at - 1] == Prose.ignored { at -= 1 }
    return at
  }

  /// The end of `(a)(ii)` at `start`.
  private func steps(_ prose: Prose, from start: Int) -> Int {
    var end = start
    while prose[end] == ASCII.openParenthesis {
      var at = prose.next(end + 1)
      var letters = 0
      while Prose.isWord(prose[at]), letters < 6 {
        at = prose.next(at + 1)
        letters += 1
      }
      guard letters > 0, prose[at] == ASCII.closeParenthesis, letters <= 2 || isNumeral(prose, end) else { break }
      end = prose.next(at + 1)
    }
    return end
  }

  private func isNumeral(_ prose: Prose, _ open: Int) -> Bool {
    var at = prose.next(open + 1)
    while prose[at] != ASCII.closeParenthesis {
      guard "ivxl0123456789".utf8.contains(prose[at] | 0x20) else { return false }
      at = prose.next(at + 1)
    }
    return true
  }

  /// A further label: after a comma, `and`, `or`, `to`, `through` or a dash.
  private func continuation(_ prose: Prose, from end: Int) -> (label: Range<Int>, isRun: Bool)? {
    var at = prose.nextWord(end)
    var isRun = false
    var hasJoint = false
    // A title in parentheses may stand between: Sections 4.1 (Fees) and 4.2 (Taxes).
    if prose[at] == ASCII.openParenthesis, let close = endOfTitle(prose, at) { at = prose.nextWord(close + 1) }
    if prose[at] == ASCII.comma {
      at = prose.nextWord(at + 1)
      hasJoint = true
    }
    if prose[at] == ASCII.hyphen {
      isRun = true
      hasJoint = true
      at = prose.nextWord(at + 1)
    } else if prose[at].isLetter {
      let word = prose.word(at)
      switch word {
      case "and", "or", "and/or", "&": break
      case "to", "through", "till", "until": isRun = true
      default: return nil
      }
      hasJoint = true
      at = prose.nextWord(prose.endOfWord(at))
    } else if prose[at] == UInt8(ascii: "&") {
      hasJoint = true
      at = prose.nextWord(at + 1)
    }
    // "(b)" goes on from "2(a)"; after a label without steps it begins a point of the sentence.
    if prose[at] == ASCII.openParenthesis, prose[prose.previousWord(end)] != ASCII.closeParenthesis { return nil }
    guard hasJoint, prose[at].isDigit || prose[at] == ASCII.openParenthesis,
      let label = label(prose, at: at, isBare: false)
    else { return nil }
    // "5 and 30 days": figures that count something are no label.
    if !prose.bytes[label].contains(ASCII.openParenthesis), !prose.bytes[label].contains(ASCII.dot),
      counts(prose, after: label.upperBound)
    {
      return nil
    }
    return (label, isRun)
  }

  private func endOfTitle(_ prose: Prose, _ open: Int) -> Int? {
    for at in open + 1..<min(prose.bytes.count, open + 100) {
      if prose.bytes[at] == ASCII.closeParenthesis { return at }
      if prose.bytes[at] == ASCII.openParenthesis || prose.bytes[at] == ASCII.dot { return nil }
    }
    return nil
  }

  private static let units: Set<String> = [
    "day", "days", "month", "months", "year", "years", "hour", "hours", "business", "calendar", "week", "weeks",
    "percent",
    "minutes", "euros", "dollars", "users",
  ]

  private func counts(_ prose: Prose, after end: Int) -> Bool {
    let at = prose.nextWord(end)
    return prose[at].isLetter ? Self.units.contains(prose.word(at)) : prose[at] == UInt8(ascii: "%")
  }

  // MARK: Whose clauses

  /// Words that name laws and other documents.
  private static let laws: Set<String> = [
    "act", "code", "regulation", "regulations", "directive", "law", "laws", "statute", "statutes", "constitution",
    "rule",
    "rules", "convention", "treaty", "gdpr", "dsgvo", "ccpa", "cpra", "usc", "u.s.c", "cfr", "c.f.r", "far", "dfars",
    "tfeu", "echr", "bgb", "ordinance", "decree", "title", "scc", "sccs",
  ]

  private func scope(_ prose: Prose, word: String, start: Int, end: Int) -> CrossReference.Scope {
    isNaming(prose, before: start) || isOwned(prose, after: end) ? .elsewhere : .document
  }

  /// Whether a law or another document is named right before: `Civil Code Section 3`, `GDPR, Article 6`, `17 U.S.C. § 5`.
  private func isNaming(_ prose: Prose, before start: Int) -> Bool {
    var end = prose.previousWord(start)
    if end >= 0, prose.bytes[end] == ASCII.comma || prose.bytes[end] == ASCII.openParenthesis {
      end = prose.previousWord(end)
    }
    guard end >= 0 else { return false }
    if prose.bytes[end] == ASCII.dot {
      // "U.S.C. §", "Cal. Civ. Code §": an abbreviation, where a capital stands two places before or few letters.
      let wordStart = prose.startOfWord(endingAt: end)
      return wordStart < end && prose.bytes[wordStart].isUpper && (end - wordStart <= 4)
    }
    guard Prose.isWord(prose.bytes[end]) else { return false }
    let wordStart = prose.startOfWord(endingAt: end + 1)
    let word = prose.text(wordStart..<end + 1)
    if Self.laws.contains(word.lowercased()) { return true }
    guard word.utf8.first?.isUpper == true || word.utf8.first.map({ $0 >= 0x80 }) == true else { return false }
    // A capital in the middle of a sentence names something; at its beginning it is any word.
    let before = prose.previousWord(wordStart)
    let beginsSentence = before < 0 || Self.isSentenceEnd(prose.bytes[before])
    return !beginsSentence && word != "See" && word != "This" && word != "These" && word.uppercased() != word
  }

  private static func isSentenceEnd(_ byte: UInt8) -> Bool {
    switch byte {
    case ASCII.dot, ASCII.colon, ASCII.semicolon, ASCII.exclamation, ASCII.question, Prose.openQuote, Prose.closeQuote,
      ASCII.openParenthesis, ASCII.quote, ASCII.closeParenthesis, ASCII.hyphen:
      true
    default: false
    }
  }

  /// Whether the owner named right after is not this document: `of the Privacy Act`, `GDPR`; not `of these Terms`.
  private func isOwned(_ prose: Prose, after end: Int) -> Bool {
    var end = end
    // "Sections 1(a) and Section 2 of the Act": the owner stands behind the last of several.
    for _ in 0..<8 {
      guard let further = endOfNext(prose, after: end) else { break }
      end = further
    }
    var at = prose.nextWord(end)
    // Section 3.2.2 (a) (Terms of Service) of the …
    while prose[at] == ASCII.openParenthesis, let close = endOfTitle(prose, at) { at = prose.nextWord(close + 1) }
    if prose[at] == ASCII.comma { at = prose.nextWord(at + 1) }
    guard prose[at].isLetter else { return false }
    let word = prose.text(at..<prose.endOfWord(at))
    switch word.lowercased() {
    case "of", "in", "under", "to", "from", "within":
      let owner = prose.nextWord(prose.endOfWord(at))
      // A quotation or a name; "in this Agreement" and "of these Terms" own themselves.
      let name = prose.word(owner)
      if ["this", "these", "such", "any", "each", "every", "all", "no", "which", "that", "those"].contains(name) {
        return false
      }
      if word.lowercased() == "of" { return true }
      if name == "the" || name == "our" || name == "your" || name == "its" || name == "their" {
        let noun = prose.nextWord(prose.endOfWord(owner))
        return prose[noun].isUpper || prose[noun] >= 0x80 || prose[noun] == Prose.openQuote
          || prose[noun] == ASCII.quote
      }
      return prose[owner].isUpper
    case "et": return true
    default:
      // "Article 28 GDPR": a name in capitals.
      return word.count >= 2 && word == word.uppercased() && word.contains(where: \.isLetter)
        && prose.bytes[
          prose.nextWord(prose.endOfWord(at)) < prose.bytes.count ? prose.nextWord(prose.endOfWord(at)) : at
        ].isUpper == false
        || Self.laws.contains(word.lowercased())
    }
  }

  /// The end of a further reference that `and` or `or` joins to the one that ends at `end`.
  private func endOfNext(_ prose: Prose, after end: Int) -> Int? {
    let joint = prose.nextWord(end)
    guard prose[joint].isLetter, ["and", "or"].contains(prose.word(joint)) else { return nil }
    let next = prose.nextWord(prose.endOfWord(joint))
    guard let wordEnd = referringWord(prose, next), let label = label(prose, at: prose.nextWord(wordEnd), isBare: false)
    else {
      return nil
    }
    var last = label.upperBound
    while let more = continuation(prose, from: last) { last = more.label.upperBound }
    return last
  }

  // MARK: What is meant

  private mutating func resolve(
    _ label: Range<Int>, _ last: Range<Int>?, _ prose: Prose, in clause: Int, scope: CrossReference.Scope
  ) -> CrossReference.Target {
    let text = prose.text(label).replacing(" ", with: "")
    let lastText = last.map { prose.text($0).replacing(" ", with: "") }
    guard scope == .document else { return .init(label: text, last: lastText, clauses: [], missing: nil) }
    let first = clauses(named: text, from: clause)
    guard let lastText else {
      return .init(label: text, last: nil, clauses: first ?? [], missing: first == nil ? text : nil)
    }
    guard let first else { return .init(label: text, last: lastText, clauses: [], missing: text) }
    guard let end = clauses(named: lastText, from: first.first ?? clause) else {
      return .init(label: text, last: lastText, clauses: first, missing: lastText)
    }
    return .init(label: text, last: lastText, clauses: run(from: text, to: lastText) ?? first + end, missing: nil)
  }

  /// The clauses of the numbers from one to the other.
  private func run(from first: String, to last: String) -> [Int]? {
    guard let from = Int(first), let to = Int(last), from <= to, to - from < 1_000 else { return nil }
    return (from...to).flatMap { index.clauses[LabelKey(parts: ["\($0)"])] ?? [] }
  }

  /// The clauses that bear the label; empty where it is known but no clause bears just it; `nil` where it is unknown.
  private mutating func clauses(named label: String, from clause: Int) -> [Int]? {
    if label.hasPrefix("(") { return search(label, from: clause) }
    if let known = found[label] { return known }
    let result = search(label, from: clause)
    found[label] = .some(result)
    return result
  }

  private func search(_ label: String, from clause: Int) -> [Int]? {
    guard let key = LabelKey(typed: label) else { return nil }
    if let bearers = index.clauses[key] { return bearers }
    if index.known.contains(key) { return [] }
    // "(b)" within 7(a) means 7(b) or 7(a)(b): look along the path of the clause that refers.
    if label.hasPrefix("(") {
      let own = LabelKey(wording.clauses[clause].label).parts
      for count in stride(from: own.count, through: 0, by: -1) {
        let candidate = LabelKey(parts: Array(own.prefix(count)) + key.parts)
        if let found = index.clauses[candidate] { return found }
      }
      return []
    }
    if let child = index.child(key) { return [child] }
    // 7(a)(ii) may stand inside the text of 7(a).
    var parts = key.parts
    var inside: [String] = []
    while parts.count > 1 {
      inside.insert("(\(parts.removeLast()))", at: 0)
      if let found = index.clauses[LabelKey(parts: parts)] {
        let holders = found.prefix(8).flatMap { [$0] + followers(of: $0) }
        return holders.contains { holder in
          let text = wording.clauses[holder].text
          // A text this long is not searched: what it may hold is not called missing.
          if text.utf8.count > 65_536 { return true }
          return inside.allSatisfy { text.range(of: $0, options: .caseInsensitive) != nil }
        } ? found : nil
      }
    }
    return nil
  }

  /// The clauses without a label of their own that follow under the same label.
  private func followers(of clause: Int) -> [Int] {
    var found: [Int] = []
    var next = clause + 1
    while next < wording.clauses.count, found.count < 40, wording.clauses[next].label == wording.clauses[clause].label {
      found.append(next)
      next += 1
    }
    return found
  }
}
