/// The words of a Markdown text without their dress, for comparison and search; the record keeps the text as written.
///
/// Two texts whose canonical forms are equal say the same in the same words: what differs is dress. Each kind of dress
/// that is folded away has a name, can be listed (``Folding/allCases``) and switched off.
package enum CanonicalText {
  /// A difference between two texts that is dress, not words.
  package enum Folding: String, Hashable, Sendable, Codable, CaseIterable {
    /// Characters composed in one way: Unicode normalisation form C (UAX #15).
    case composition
    /// Emphasis, strikethrough and code marks: `**word**`, `_word_`, `` `word` ``.
    case emphasis
    /// The target and the brackets of a link or an image, and the brackets of an address: `[words](target)` is `words`.
    case links
    /// ATX hashes and setext underlines.
    case headings
    /// Bullets, marks of quotations, rules across the page and the rules of tables.
    case bullets
    /// The backslash before a punctuation mark or at a line's end.
    case escapes
    /// Character references for marks that Markdown itself uses: `&amp;`, `&lt;`, `&gt;`, `&quot;`, `&#39;`, `&nbsp;`.
    case references
    /// Straight, curly, low and angle quotation marks, and apostrophes.
    case quotes
    /// Hyphens that differ in whether a line may break after them.
    case hyphens
    /// White space of any kind and amount, line breaks included; none at the beginning and the end.
    case spaces
    /// Zero-width spaces and joiners, soft hyphens, direction marks.
    case invisible
  }

  /// Which foldings to apply.
  package struct Foldings: OptionSet, Hashable, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) {
      self.rawValue = rawValue
    }

    package init(_ foldings: some Sequence<Folding>) {
      self = foldings.reduce(into: []) { $0.insert(Foldings($1)) }
    }

    /// One folding alone.
    package init(_ folding: Folding) {
      rawValue =
        switch folding {
        case .composition: 1 << 0
        case .emphasis: 1 << 1
        case .links: 1 << 2
        case .headings: 1 << 3
        case .bullets: 1 << 4
        case .escapes: 1 << 5
        case .references: 1 << 6
        case .quotes: 1 << 7
        case .hyphens: 1 << 8
        case .spaces: 1 << 9
        case .invisible: 1 << 10
        }
    }

    /// Every folding there is.
    package static let all = Foldings(Folding.allCases)

    /// All but the ones named.
    package static func all(but switchedOff: Folding...) -> Foldings { all.subtracting(Foldings(switchedOff)) }

    /// The foldings in the set, in the order of ``Folding/allCases``.
    package var names: [Folding] { Folding.allCases.filter { contains(Foldings($0)) } }

    package func contains(_ folding: Folding) -> Bool { contains(Foldings(folding)) }
  }

  /// The canonical form of `text`.
  package static func of(_ text: String, folding foldings: Foldings = .all) -> String {
    var text = text
    var result: [UInt8] = []
    text.withUTF8 { append($0, to: &result, folding: foldings) }
    return String(decoding: result, as: UTF8.self)
  }

  /// Whether the two texts differ in nothing but what is folded.
  package static func haveSameWords(_ one: String, _ other: String, folding foldings: Foldings = .all) -> Bool {
    // Bytes are compared: for `==` letters composed in one way or another are the same, whatever is folded.
    one.utf8.elementsEqual(other.utf8)
      || of(one, folding: foldings).utf8.elementsEqual(of(other, folding: foldings).utf8)
  }

  /// Appends the canonical form of `text`, which is UTF-8, to `result`.
  ///
  /// Linear in the length of `text`, and never longer than it but by composition. What is not well-formed UTF-8 is
  /// copied as it is.
  package static func append(
    _ text: UnsafeBufferPointer<UInt8>, to result: inout [UInt8], folding foldings: Foldings = .all
  ) {
    guard !text.isEmpty else { return }
    let start = result.count
    let room = UnsafeMutablePointer<UInt8>.allocate(capacity: text.count)
    defer { room.deallocate() }
    var writer = CanonicalWriter(text, foldings, into: room)
    writer.write()
    result.append(contentsOf: UnsafeBufferPointer(start: room, count: writer.count))
    if writer.needsComposition { compose(&result, from: start) }
  }

  /// Where `text` holds characters that no reader sees: their byte offsets and values.
  ///
  /// They are folded for comparison, yet somebody put them there: a linter and a redline show them.
  package static func invisibles(in text: String) -> [(offset: Int, scalar: Unicode.Scalar)] {
    var found: [(Int, Unicode.Scalar)] = []
    var offset = 0
    for scalar in text.unicodeScalars {
      if CanonicalScalar.isInvisible(scalar.value) { found.append((offset, scalar)) }
      offset += UTF8.width(scalar)
    }
    return found
  }
}
