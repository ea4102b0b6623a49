/// A clause's own text taken apart into words, without its Markdown.
///
/// What typography and formatting can change is not in the words: white space, invisible characters, quotation marks,
/// punctuation, capitals, emphasis, heading and list markers, the targets of links, pictures, labels.
struct Passage: Sendable {
  let scalars: [Unicode.Scalar]
  let words: [Word]
  let blocks: [Block]
  /// The words of each sentence.
  let sentences: [Range<Int>]
  /// The targets of links, in order.
  let targets: [String]
  /// The labels of items and in-line enumerations as written, in order: `(a)`, `2.`.
  let labels: [String]
  /// Whether the passage is written in another language than English, as far as its commonest words tell.
  let isForeign: Bool

  static let empty = Passage(
    scalars: [], words: [], blocks: [], sentences: [], targets: [], labels: [], isForeign: false)

  /// The words in `range` as written, with what stands between them.
  func text(_ range: Range<Int>) -> String {
    guard !range.isEmpty else { return "" }
    let start = words[range.lowerBound].range.lowerBound
    let end = closing(from: start, words[range.upperBound - 1].range.upperBound)
    var view = String.UnicodeScalarView()
    var spaced = false
    // Evidence is quoted in one line, without the Markdown dress that stands between the words.
    for scalar in scalars[start..<max(start, end)] {
      if scalar.properties.isWhitespace {
        spaced = !view.isEmpty
      } else if scalar != "*" && scalar != "`" && scalar != "\\" {
        if spaced { view.append(" ") }
        view.append(scalar)
        spaced = false
      }
    }
    return String(view)
  }

  /// `end`, moved behind a bracket that stands right there and closes one opened since `start`: `3(c)`, not `3(c`.
  private func closing(from start: Int, _ end: Int) -> Int {
    guard end < scalars.count, scalars[end] == ")", start < end else { return end }
    let depth = scalars[start..<end].reduce(0) { $1 == "(" ? $0 + 1 : $1 == ")" ? $0 - 1 : $0 }
    return depth > 0 ? end + 1 : end
  }

  /// The words in `range` as written, cut after `limit` words.
  func quoted(_ range: Range<Int>, limit: Int = 12) -> String {
    range.count <= limit ? text(range) : text(range.lowerBound..<range.lowerBound + limit) + " …"
  }

  /// What stands between a word and the next one.
  func gap(after word: Int) -> ArraySlice<Unicode.Scalar> {
    let start = words[word].range.upperBound
    let end = word + 1 < words.count ? words[word + 1].range.lowerBound : scalars.count
    // The two words of a contraction have one place.
    return scalars[start..<max(start, end)]
  }

  func sentence(around word: Int) -> Range<Int> { sentences[words[word].sentence] }
  /// The sentence around a word, or as much of a sentence without end as stands near it.
  func sentence(near word: Int, reach: Int = 100) -> Range<Int> {
    sentence(around: word).clamped(to: max(0, word - reach)..<word + reach)
  }

  func block(around word: Int) -> Block { blocks[words[word].block] }
}
