internal import TermsModel

/// Finds the terms that a text defines: `(“Services”)`, `“Key” means …`, `**Berth** means …`, `called “GPTs”`.
struct TermReader {
  private let wording: Wording
  private(set) var definitions: [Definition] = []
  /// Every phrase that the text puts in quotation marks or bold: none of them counts as undefined.
  private(set) var mentioned: Set<Term> = []

  /// The words of a term, in small letters and in the singular, so that `Connectors` and `CONNECTOR` are one.
  struct Term: Hashable {
    let words: [UInt64]
  }

  init(_ wording: Wording) {
    self.wording = wording
  }

  mutating func read() {
    for (index, clause) in wording.clauses.enumerated() where clause.role != .furniture {
      if let heading = clause.heading { mention(heading) }
      guard !clause.text.isEmpty else { continue }
      let prose = Prose(clause.text)
      for link in prose.links { mention(prose.text(link)) }
      readHeading(clause, index, prose)
      readQuotations(clause, index, prose)
      readBold(clause, index, prose)
    }
  }

  private mutating func mention(_ text: String) {
    if text.utf8.count <= 120 { mentioned.insert(Self.term(text)) }
  }

  private mutating func define(_ terms: String, _ index: Int, _ prose: Prose, at offset: Int) {
    // “User/You” names one thing by two words.
    for term in terms.split(separator: "/").map(String.init) where !terms.contains("://") {
      mention(term)
      append(term, index, prose, at: offset)
    }
  }

  private mutating func append(_ term: String, _ index: Int, _ prose: Prose, at offset: Int) {
    definitions.append(Definition(term: term, clause: index, line: prose.line(of: offset, in: wording.clauses[index])))
  }

  // MARK: Headings and bold words

  /// `**Key.** means …` as an item: its heading is the term.
  private mutating func readHeading(_ clause: Clause, _ index: Int, _ prose: Prose) {
    guard let heading = clause.heading, heading.utf8.first?.isUpper == true, heading.split(separator: " ").count <= 6,
      isMeaning(prose, at: 0)
    else { return }
    define(heading.filter { $0 != "“" && $0 != "”" && $0 != "\"" }, index, prose, at: 0)
  }

  /// `**Berth** means …` at the beginning of a paragraph.
  private mutating func readBold(_ clause: Clause, _ index: Int, _ prose: Prose) {
    let source = Array(clause.text.utf8)
    var at = 0
    while at + 1 < source.count {
      guard source[at] == ASCII.star, source[at + 1] == ASCII.star else {
        at += 1
        continue
      }
      let start = at + 2
      var end = start
      while end + 1 < source.count, end - start < 100, !(source[end] == ASCII.star && source[end + 1] == ASCII.star) {
        end += 1
      }
      guard end + 1 < source.count, source[end] == ASCII.star, source[end + 1] == ASCII.star else {
        at = start
        continue
      }
      let words = trimmed(prose.text(start..<end))
      mention(words)
      let isFirst = prose.previousWord(at) < 0
      if isFirst, words.utf8.first?.isUpper == true, words.split(separator: " ").count <= 6, isMeaning(prose, at: end),
        !prose.bytes[start..<end].contains(where: { $0 == Prose.openQuote || $0 == ASCII.quote })
      {
        define(words, index, prose, at: start)
      }
      at = end + 2
    }
  }

  // MARK: Quotations

  private mutating func readQuotations(_ clause: Clause, _ index: Int, _ prose: Prose) {
    var parenthesis: Int?
    var at = 0
    var run: [(term: String, at: Int)] = []
    while at < prose.bytes.count {
      switch prose.bytes[at] {
      case ASCII.openParenthesis:
        parenthesis = at
        run = []
      case ASCII.closeParenthesis:
        parenthesis = nil
      case ASCII.dot, ASCII.semicolon:
        run = []
      case Prose.openQuote, ASCII.quote:
        guard let quotation = quotation(prose, at) else { break }
        let words = trimmed(prose.text(quotation))
        at = quotation.upperBound
        mention(words)
        guard isTerm(words) else { break }
        let isInParenthesis = parenthesis.map { at - $0 <= 160 } ?? false
        if isInParenthesis, let parenthesis, names(prose, parenthesis + 1..<quotation.lowerBound - 1),
          endsMention(prose, at + 1)
        {
          define(words, index, prose, at: quotation.lowerBound)
        } else if isMeaning(prose, at: at + 1) {
          // “Key” and “Secret” mean: all of the row.
          for item in run { define(item.term, index, prose, at: item.at) }
          define(words, index, prose, at: quotation.lowerBound)
          run = []
        } else if isNaming(prose, before: quotation.lowerBound - 1) {
          define(words, index, prose, at: quotation.lowerBound)
        } else {
          run.append((words, quotation.lowerBound))
        }
      default: break
      }
      at += 1
    }
  }

  /// The words between the quotation mark at `open` and the next one, where they are few.
  private func quotation(_ prose: Prose, _ open: Int) -> Range<Int>? {
    let isCurly = prose.bytes[open] == Prose.openQuote
    if !isCurly, Prose.isWord(prose[open - 1]) { return nil }
    var at = open + 1
    while at < prose.bytes.count, at - open < 120 {
      let byte = prose.bytes[at]
      if byte == Prose.closeQuote || (byte == ASCII.quote && !isCurly) { return at > open + 1 ? open + 1..<at : nil }
      if byte == Prose.openQuote || byte == ASCII.semicolon { return nil }
      at += 1
    }
    return nil
  }

  /// Whether words can be a term: a capital first, and few of them.
  private func isTerm(_ words: String) -> Bool {
    guard let first = words.unicodeScalars.first, first.properties.isUppercase || first.properties.numericType != nil
    else {
      return false
    }
    let parts = words.split(separator: " ")
    // A sentence in quotation marks is a quotation: a term has capitals in its longer words.
    return parts.count <= 7 && words.contains(where: \.isLetter)
      && parts.allSatisfy { $0.utf8.count <= 3 || $0.utf8.first?.isLower != true }
  }

  /// Whether the mention ends as those in parentheses do: `”)`, `”,`, `” or “`.
  private func endsMention(_ prose: Prose, _ index: Int) -> Bool {
    let at = prose.nextWord(index)
    switch prose[at] {
    case ASCII.closeParenthesis, ASCII.comma, ASCII.semicolon, ASCII.space: return true
    default: return ["and", "or"].contains(prose.word(at))
    }
  }

  private static let meanings: Set<String> = ["means", "mean", "refers", "refer"]

  /// Whether what follows says what is meant: `means`, `shall mean`, `has the meaning`, `: means`.
  private func isMeaning(_ prose: Prose, at index: Int) -> Bool {
    var at = prose.nextWord(index)
    while at < prose.bytes.count,
      [ASCII.colon, ASCII.hyphen, ASCII.closeParenthesis, Prose.closeQuote, ASCII.quote, ASCII.comma].contains(
        prose.bytes[at])
    {
      at = prose.nextWord(at + 1)
    }
    let word = prose.word(at)
    if Self.meanings.contains(word) { return true }
    let second = prose.nextWord(prose.endOfWord(at))
    switch word {
    case "shall", "will": return Self.meanings.contains(prose.word(second))
    case "has", "have", "is", "are":
      let rest = [prose.word(second), prose.word(prose.nextWord(prose.endOfWord(second)))]
      return rest.contains("meaning") || rest.contains("meanings") || rest[0] == "defined"
    default: return false
    }
  }

  private static let naming: Set<String> = [
    "called", "as", "termed", "the", "collectively", "together", "each", "a", "an", "individually", "our", "your",
    "respectively", "hereinafter", "hereafter", "referred", "to", "or", "and", "also", "known", "with", "any", "such",
    "this", "these", "either", "all", "both", "defined", "below", "here", "herein", "in", "jointly", "simply",
  ]

  /// Whether the words in a parenthesis before a quotation only lead to it: `(each, a “Plan”`, `(“we,” “us,” or “our”`.
  private func names(_ prose: Prose, _ range: Range<Int>) -> Bool {
    var at = range.lowerBound
    var quoted = false
    while at < range.upperBound {
      let byte = prose.bytes[at]
      if byte == Prose.openQuote || byte == Prose.closeQuote || byte == ASCII.quote { quoted.toggle() }
      guard Prose.isWord(byte) else {
        at += 1
        continue
      }
      let end = max(at + 1, prose.endOfWord(at))
      if !quoted, !Self.naming.contains(prose.text(at..<end).lowercased()) { return false }
      at = end
    }
    return true
  }

  /// Whether what goes before gives a name: `called “GPTs”`, `referred to as “Fees”`, `(the “Terms”`.
  private func isNaming(_ prose: Prose, before index: Int) -> Bool {
    let end = prose.previousWord(index)
    guard end >= 0, Prose.isWord(prose.bytes[end]) else { return false }
    let start = prose.startOfWord(endingAt: end + 1)
    let word = prose.text(start..<end + 1).lowercased()
    if word == "called" || word == "termed" { return true }
    guard word == "as" else { return false }
    let before = prose.previousWord(start)
    guard before >= 0 else { return false }
    let previous = prose.text(prose.startOfWord(endingAt: before + 1)..<before + 1).lowercased()
    return ["to", "known", "defined", "collectively"].contains(previous)
  }

  /// The term within quoted words: without punctuation, an article before it, and `(s)` behind it.
  private func trimmed(_ words: String) -> String {
    var text = Substring(words)
    for article in ["the ", "The ", "a ", "an ", "our ", "your "] where text.hasPrefix(article) {
      text.removeFirst(article.count)
    }
    if text.hasSuffix("(s)") { text.removeLast(3) }
    while let last = text.last, last == "," || last == "." || last == ";" || last == ":" || last == " " {
      text.removeLast()
    }
    while let first = text.first, first == " " { text.removeFirst() }
    return String(text)
  }

  // MARK: Words

  static func term(_ text: String) -> Term {
    Term(words: Prose(text).words.map(\.stem))
  }
}

extension Prose {
  /// A word of a text.
  struct Word {
    let range: Range<Int>
    /// A number for its letters in small letters and in the singular (FNV-1a).
    let stem: UInt64
  }

  /// The words of the text, in order.
  var words: [Word] {
    var found: [Word] = []
    var at = 0
    while at < bytes.count {
      guard Self.isWord(bytes[at]) else {
        at += 1
        continue
      }
      let end = max(at + 1, endOfWord(at))
      found.append(Word(range: at..<end, stem: stem(at..<end)))
      at = end
    }
    return found
  }

  private func stem(_ range: Range<Int>) -> UInt64 {
    var letters = bytes[range].filter { $0 != Self.ignored }.map { $0.isUpper ? $0 | 0x20 : $0 }
    if letters.count > 2, letters.suffix(2).elementsEqual("'s".utf8) { letters.removeLast(2) }
    if letters.last == UInt8(ascii: "'") { letters.removeLast() }
    if letters.count > 4, letters.suffix(3).elementsEqual("ies".utf8) {
      letters.removeLast(3)
      letters.append(UInt8(ascii: "y"))
    } else if letters.count > 4,
      ["sses", "ches", "shes", "xes"].contains(where: { letters.suffix($0.utf8.count).elementsEqual($0.utf8) })
    {
      letters.removeLast(2)
    } else if letters.count > 3, letters.last == UInt8(ascii: "s"), letters[letters.count - 2] != UInt8(ascii: "s") {
      letters.removeLast()
    }
    return letters.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
  }
}
