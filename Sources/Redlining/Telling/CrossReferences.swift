/// Knows which clauses bear another number now, and tells whether a text differs from an older one only by citing them
/// under their new numbers.
struct CrossReferences {
  /// The labels that changed, old to new, as they are cited: `7(a)` to `8(a)`.
  private let labels: [String: String]

  init(labels: [String: String]) {
    self.labels = labels
  }

  var isEmpty: Bool { labels.isEmpty }

  /// Words that announce the number of a clause.
  private static let announcing: Set<String> = [
    "section", "sections", "sec", "secs", "clause", "clauses", "article", "articles", "art", "paragraph", "paragraphs",
    "subsection", "subsections", "subclause", "subparagraph", "item", "items", "part", "parts", "§", "§§",
    "abschnitt", "ziffer", "ziffern", "artikel", "absatz", "klausel", "punkt",
  ]
  static func announces(_ word: String) -> Bool { announcing.contains(word.lowercased()) }

  /// Words and marks that join the numbers of several clauses.
  private static let joining: Set<String> = [
    ",", "and", "or", "to", "through", "-", "–", "&", "und", "oder", "bis", "et", "ou", "à", "y", "o",
  ]

  /// The tokens' words with every cited label brought up to date, and the old labels that were.
  func updated(_ words: [String]) -> (words: [String], cited: [String]) {
    var result: [String] = []
    var cited: [String] = []
    var at = 0
    // A text may begin with a label that was not taken for one.
    if let end = Self.labelEnd(words, from: 0), words[0].contains("."), let new = renumbered(words[..<end].joined()) {
      cited.append(new.old)
      result += Self.words(of: new.label)
      at = end
    }
    while at < words.count {
      let word = words[at]
      result.append(word)
      at += 1
      guard Self.announces(word) else { continue }
      if at < words.count, words[at] == "." {
        result.append(".")
        at += 1
      }
      while let end = Self.labelEnd(words, from: at) {
        let label = words[at..<end].joined()
        if let new = renumbered(label) {
          cited.append(new.old)
          result += Self.words(of: new.label)
        } else {
          result += words[at..<end]
        }
        at = end
        var next = at
        while next < words.count, next - at < 3, Self.joining.contains(words[next].lowercased()) { next += 1 }
        guard next > at, Self.labelEnd(words, from: next) != nil else { break }
        result += words[at..<next]
        at = next
      }
    }
    return (result, cited)
  }

  /// The new form of a cited label, by the longest part of it that bears another number now.
  private func renumbered(_ label: String) -> (label: String, old: String)? {
    if let new = labels[label] { return (new, label) }
    for cut in label.indices.reversed() where label[cut] == "(" || label[cut] == "." {
      if let new = labels[String(label[..<cut])] { return (new + label[cut...], String(label[..<cut])) }
    }
    // 10B stands under 10, or next to it.
    if label.last?.isUppercase == true, let new = labels[String(label.dropLast())] {
      return (new + label.suffix(1), String(label.dropLast()))
    }
    return nil
  }

  /// Where a label ends that begins at `start`: a number or a single letter, then letters or numbers in parentheses.
  private static func labelEnd(_ words: [String], from start: Int) -> Int? {
    var at = start
    if at < words.count, isStep(words[at]) { at += 1 }
    while at + 2 < words.count, words[at] == "(", words[at + 2] == ")", words[at + 1].count <= 4 { at += 3 }
    return at > start ? at : nil
  }

  private static func isStep(_ word: String) -> Bool {
    word.first?.isNumber == true || word.count == 1 && word.first?.isUppercase == true
      || word.count <= 5 && word.allSatisfy { "IVX".contains($0) }
  }

  /// A label as the tokenizer cuts it.
  private static func words(of label: String) -> [String] {
    var words: [String] = []
    var word = ""
    for character in label {
      if character == "(" || character == ")" {
        if !word.isEmpty { words.append(word) }
        word = ""
        words.append(String(character))
      } else {
        word.append(character)
      }
    }
    return word.isEmpty ? words : words + [word]
  }
}
