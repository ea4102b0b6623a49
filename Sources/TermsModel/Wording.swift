/// One wording of a document, taken apart into its clauses.
///
/// The clauses' source ranges cover ``source`` once, in order and without gaps, so joining them gives it back byte for
/// byte: nothing of what was handed in is ever lost, whatever the parser made of it.
package struct Wording: Hashable, Sendable {
  /// The Markdown as handed in, normalised: no byte order mark, line feeds for line ends.
  package let source: String
  /// The document's title, where it shows one: its first heading that stands above all clauses.
  package let title: String?
  /// Every clause, in the order of the document; a parent stands before its children.
  package let clauses: [Clause]

  package init(source: String, title: String?, clauses: [Clause]) {
    self.source = source
    self.title = title
    self.clauses = clauses
  }

  /// The clauses that are terms: all but the page furniture.
  package var provisions: [Clause] { clauses.filter { $0.role != .furniture } }
}

/// The smallest unit of a document that is aligned, classified and dated: `7(a)`, `1.2`, a heading, a paragraph under it.
package struct Clause: Hashable, Sendable {
  /// What part a clause plays in its document.
  package enum Role: String, Hashable, Sendable, Codable {
    /// Terms.
    case provision
    /// Text above the first heading or label: an introduction, the parties, "Updated: …".
    case preamble
    /// Navigation, consent banners and footers that a web page put around the terms, block by block. No terms, but kept,
    /// and a change to it is told like any other: what was taken for furniture by mistake must not change unseen.
    case furniture
  }

  /// Where the clause stands: `7(a)`. Empty where neither it nor anything above it bears a label.
  package let label: ClauseLabel
  /// Which paragraph under that label it is, from 1. A labelled or headed clause is the first; a paragraph without a
  /// label of its own that follows it is aligned, classified and dated by itself, under the same label.
  package var paragraph: Int { Int(place.paragraph) }
  /// The words of its heading, without the label and without Markdown dress; `nil` where it has none.
  package let heading: String?
  /// Its own words in Markdown, without label, heading and children; paragraphs are parted by a blank line.
  package var text: String { String(textInPlace) }
  /// ``text`` as a view of the wording's source, or of a text of its own where its words stand there in parts, between the
  /// quotation marks of their lines: no clause keeps a copy of words that the source has.
  package var textInPlace: Substring {
    let utf8 = holder.utf8
    let start = utf8.index(utf8.startIndex, offsetBy: Int(place.textStart))
    return holder[start..<utf8.index(start, offsetBy: Int(place.textCount))]
  }
  package var hasText: Bool { place.textCount > 0 }
  private let holder: String
  /// Where it stands, in few bytes.
  package let place: Place

  /// Places in a source, which has less than two thousand million bytes; a long one has so many clauses that half the
  /// space counts, and whoever asks many of them for theirs need not copy the clauses.
  package struct Place: Hashable, Sendable {
    package let firstByte, endByte: Int32
    fileprivate let textStart, textCount, firstLine, lastLine, parentIndex, paragraph: Int32
    /// ``Clause/parent``.
    package var parent: Int? { parentIndex < 0 ? nil : Int(parentIndex) }
    /// How many bytes the text has.
    package var textBytes: Int { Int(textCount) }
  }
  /// The lines of the source that it covers, counted from 1, children left out.
  package var lines: ClosedRange<Int> { Int(place.firstLine)...Int(place.lastLine) }
  /// The bytes of ``Wording/source`` (UTF-8) that it covers, blank lines after it included.
  package var bytes: Range<Int> { Int(place.firstByte)..<Int(place.endByte) }
  /// The index in ``Wording/clauses`` of the clause that this one stands under.
  package var parent: Int? { place.parent }
  package let role: Role

  package init(
    label: ClauseLabel, paragraph: Int = 1, heading: String?, text: String, lines: ClosedRange<Int>,
    bytes: Range<Int>, parent: Int?, role: Role
  ) {
    self.init(
      label: label, paragraph: paragraph, heading: heading, text: text, at: 0..<text.utf8.count, lines: lines,
      bytes: bytes, parent: parent, role: role)
  }

  /// A clause whose words are the bytes `place` of `holder`.
  ///
  /// - Precondition: they begin and end between characters, within the first 2 GiB.
  package init(
    label: ClauseLabel, paragraph: Int = 1, heading: String?, text holder: String, at place: Range<Int>,
    lines: ClosedRange<Int>, bytes: Range<Int>, parent: Int?, role: Role
  ) {
    self.label = label
    self.heading = heading
    self.holder = holder
    self.place = Place(
      firstByte: Int32(bytes.lowerBound), endByte: Int32(bytes.upperBound), textStart: Int32(place.lowerBound),
      textCount: Int32(place.count), firstLine: Int32(lines.lowerBound), lastLine: Int32(lines.upperBound),
      parentIndex: parent.map(Int32.init) ?? -1, paragraph: Int32(paragraph))
    self.role = role
  }
}

extension Clause {
  package static func == (one: Clause, other: Clause) -> Bool {
    one.label == other.label && one.paragraph == other.paragraph && one.heading == other.heading
      && one.textInPlace == other.textInPlace && one.lines == other.lines && one.bytes == other.bytes
      && one.parent == other.parent && one.role == other.role
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(label)
    hasher.combine(paragraph)
    hasher.combine(bytes)
    hasher.combine(textInPlace)
  }
}

/// The label path of a clause, as readers cite it: `7(a)`, `1.2`, `Article 4(1)`.
package struct ClauseLabel: Hashable, Sendable, Codable, CustomStringConvertible {
  /// The steps from the outermost label inwards, each as it is cited: `["7", "(a)"]`, `["1", ".2"]`.
  package let path: [String]

  package init(path: [String]) {
    self.path = path
  }

  /// The label of a clause that bears none.
  package static let none = ClauseLabel(path: [])

  package var isEmpty: Bool { path.isEmpty }

  /// The label as cited: the steps joined.
  package var description: String { path.joined() }

  package init(from decoder: any Decoder) throws {
    path = try decoder.singleValueContainer().decode([String].self)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(path)
  }
}
