/// A clause's own text taken apart into words, without its Markdown.
///
/// What typography and formatting can change is not in the words: white space, invisible characters, quotation marks,
/// punctuation, capitals, emphasis, heading and list markers, the targets of links, pictures, labels.
final class Passage {
  let scalars: [Unicode.Scalar]
  let words: [Word]
  let blocks: [Block]
  /// The words of each sentence.
  let sentences: [Range<Int>]
  /// The labels of items and in-line enumerations as written, in order: `(a)`, `2.`.
  let labels: [String]
  /// The lists that any of its words is in.
  let lists: WordLists
  private let kinds: UInt8
  /// Its links and pictures, in order.
  private let links: [Link]

  /// Reads a Markdown text.
  /// - Parameter lexicon: what is known of words already; one serves all passages of a redline.
  init(_ scalars: [Unicode.Scalar], _ lexicon: inout Lexicon) {
    self.scalars = scalars
    (words, blocks, sentences, labels, links, lists, kinds) = scalars.withUnsafeBufferPointer { buffer in
      var scanner = PassageScanner(buffer)
      scanner.read(&lexicon)
      var folder = WordFolder(scalars: buffer, raw: scanner.raw)
      folder.fold(&lexicon)
      return (
        folder.words, Self.regrouped(scanner.blocks, folder.words), folder.sentences, scanner.labels, scanner.links,
        folder.lists, folder.kinds
      )
    }
  }

  /// The blocks with the ranges that folding left: a word may have become two, or two one.
  private static func regrouped(_ blocks: [Block], _ words: [Word]) -> [Block] {
    var grouped = blocks
    var start = 0
    for block in grouped.indices {
      var end = start
      while end < words.count, words[end].block == block { end += 1 }
      grouped[block].words = start..<end
      start = end
    }
    return grouped
  }

  /// Whether the passage is written in another language than English, as far as its commonest words tell.
  private(set) lazy var isForeign = Language.isForeign(words)

  /// Whether a word of the kind is in it.
  func has(_ kind: Word.Kind) -> Bool { kinds & (1 &<< kind.rawValue) != 0 }
  /// Whether it says anywhere how to reach somebody or where to read.
  var hasAddress: Bool { has(.mail) || has(.telephone) || has(.address) }

  /// Whether a word of that stem is in it.
  func hasStem(_ stem: Term) -> Bool {
    // A table pays only where many words are asked for in many.
    words.count < 200 ? words.contains { $0.stem == stem } : stems.contains(stem)
  }
  private lazy var stems = Set(words.map(\.stem))

  /// Whether its links lead to the same places as those of `other`.
  func hasTargets(of other: Passage) -> Bool {
    guard links.count == other.links.count else { return false }
    for (mine, theirs) in zip(links, other.links) {
      let (one, another) = (scalars[mine.target], other.scalars[theirs.target])
      let isSame =
        one.elementsEqual(another) || String(String.UnicodeScalarView(one)) == String(String.UnicodeScalarView(another))
      if !isSame { return false }
    }
    return true
  }

  /// The words in `range` as written, with what stands between them.
  func text(_ range: Range<Int>) -> String {
    guard !range.isEmpty else { return "" }
    let start = words[range.lowerBound].range.lowerBound
    let end = closing(from: start, words[range.upperBound - 1].range.upperBound)
    // Evidence is quoted in one line, without the Markdown dress and the targets of links that stand between the words.
    let dress = links.flatMap(\.dress).filter { $0.overlaps(start..<max(start, end)) }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 4 * (max(start, end) - start)) { text in
      let kinds = ScalarKinds.all
      var count = 0
      var spaced = false
      for (place, scalar) in zip(start..., scalars[start..<max(start, end)]) {
        if !dress.isEmpty, dress.contains(where: { $0.contains(place) }) { continue }
        if kinds[scalar].contains(.white) {
          spaced = count > 0
        } else if scalar != "*" && scalar != "`" && scalar != "\\" {
          if spaced {
            text[count] = UInt8(ascii: " ")
            count += 1
          }
          for unit in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
            text[count] = unit
            count += 1
          }
          spaced = false
        }
      }
      return String(decoding: text[..<count], as: UTF8.self)
    }
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

/// A link or a picture as Markdown writes it: `[text](target)`.
struct Link: Sendable {
  /// Where its opening bracket stands, and the one that closes its text.
  let open: Int
  let close: Int
  let target: Range<Int>
  /// Whether it is a picture, of whose description nobody sees anything.
  var isPicture = false

  /// What of it is no text.
  var dress: [Range<Int>] {
    isPicture ? [open - 1..<target.upperBound + 1] : [open..<open + 1, close..<target.upperBound + 1]
  }
}
