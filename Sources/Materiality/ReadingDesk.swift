internal import Redlining
internal import TermsModel

/// What the changes of one redline share while they are read: the words met so far, the headings, and the sections.
final class ReadingDesk {
  private let redline: Redline
  private var lexicon = Lexicon()
  private var headings: [String: Passage] = [:]
  private var sections: [Place: Section] = [:]

  /// Clauses under the same heading stand in the same section.
  private struct Place: Hashable {
    let isAfter: Bool
    /// The clause whose heading is the nearest; -1 where none is.
    let heading: Int
    let isLabelled: Bool
  }

  /// No words at all.
  private lazy var nothing = Passage([], &lexicon)

  init(_ redline: Redline) {
    self.redline = redline
  }

  /// The text of a word.
  func text(_ term: Term) -> String { lexicon.text(term) }

  /// Whether the words of both are the same letters, whatever spaces part them.
  func areRunTogether(_ old: ArraySlice<Word>, _ new: ArraySlice<Word>) -> Bool {
    let length = { (words: ArraySlice<Word>) in words.reduce(0) { $0 + Int($1.length) } }
    // Characters of several scalars may come together or part where words do.
    let isPlain = { (words: ArraySlice<Word>) in words.allSatisfy { $0.length < 255 && $0.shape.contains(.ascii) } }
    if isPlain(old), isPlain(new), length(old) != length(new) { return false }
    return old.map { text($0.key) }.joined() == new.map { text($0.key) }.joined()
  }

  /// The words of a heading or title.
  func heading(_ text: String) -> Passage {
    if let known = headings[text] { return known }
    let passage = Passage(Array(text.unicodeScalars), &lexicon)
    headings[text] = passage
    return passage
  }

  /// The words of both sides of a change: one and the same passage where the texts are, and one without words where
  /// nothing but the place of the clauses tells them apart, for nobody asks for words that all stayed.
  func passages(of change: Change) -> (before: Passage, after: Passage) {
    if isSame(change) { return (nothing, nothing) }
    let before = passage(change.before, redline.before)
    return (before, passage(change.after, redline.after, likewise: before))
  }

  /// Whether a line above that ends in a colon introduces the clause that a change came or went with, no more than short
  /// lines standing between: what is listed so is of the terms, however it is set.
  func isIntroduced(_ change: Reading) -> Bool {
    let (clause, clauses) =
      change.kind == .inserted
      ? (change.after.first, redline.after.clauses) : (change.before.first, redline.before.clauses)
    guard change.kind == .inserted || change.kind == .deleted, let clause else { return false }
    for at in (max(0, clause - 40)..<clause).reversed() {
      var text = clauses[at].textInPlace
      let end = text.withUTF8 { bytes in bytes.last { $0 > 32 && $0 != UInt8(ascii: "*") && $0 != UInt8(ascii: "_") } }
      if end == UInt8(ascii: ":") { return true }
      if text.utf8.count > 60 || clauses[at].heading != nil { return false }
    }
    return false
  }

  /// Whether the clauses of both sides have the same texts and headings, byte for byte.
  private func isSame(_ change: Change) -> Bool {
    change.before.count == change.after.count
      && zip(change.before, change.after).allSatisfy { old, new in
        let (mine, theirs) = (redline.before.clauses[old].place, redline.after.clauses[new].place)
        return mine.textBytes == theirs.textBytes
          && Self.areSame(redline.before.clauses[old].heading ?? "", redline.after.clauses[new].heading ?? "")
          && Self.areSame(redline.before.clauses[old].textInPlace, redline.after.clauses[new].textInPlace)
      }
  }

  private static func areSame(_ one: some StringProtocol, _ other: some StringProtocol) -> Bool {
    one.utf8.withContiguousStorageIfAvailable { mine in
      other.utf8.withContiguousStorageIfAvailable { theirs in mine.elementsEqual(theirs) }
    } == true
  }

  /// The words of clauses that a change takes as one.
  /// - Parameter other: those of the other side, which are the same where the text is.
  private func passage(_ clauses: [Int], _ wording: Wording, likewise other: Passage? = nil) -> Passage {
    if clauses.isEmpty { return nothing }
    let bytes = clauses.reduce(0) { $0 + wording.clauses[$1].place.textBytes + headingBytes($1, wording) + 2 }
    let scalars = [Unicode.Scalar](unsafeUninitializedCapacity: bytes) { scalars, count in
      var decoder = ScalarDecoder(scalars)
      for (place, index) in clauses.enumerated() {
        if place > 0 { decoder.append("\n\n") }
        if let heading = wording.clauses[index].heading, !heading.isEmpty {
          // The heading becomes a block of its own, told apart by its marker.
          decoder.append("# ")
          decoder.append(heading[...], inOneLine: true)
          decoder.append("\n\n")
        }
        decoder.append(wording.clauses[index].textInPlace)
      }
      count = decoder.count
    }
    if let other, other.scalars == scalars { return other }
    return Passage(scalars, &lexicon)
  }

  /// The bytes that the heading of a clause takes with its marker.
  private func headingBytes(_ clause: Int, _ wording: Wording) -> Int {
    wording.clauses[clause].heading.map { $0.utf8.count + 4 } ?? 0
  }

  // MARK: Sections

  /// The section of a change, from the first clauses of its sides.
  func section(_ before: Int?, _ after: Int?) -> Section {
    Section.joined(section(before, redline.before, isAfter: false), section(after, redline.after, isAfter: true))
  }

  /// The section of a clause: the headings above it, the nearest first; the document's title where there is none.
  private func section(_ index: Int?, _ wording: Wording, isAfter: Bool) -> Section? {
    guard let index, wording.clauses.indices.contains(index) else { return nil }
    let isUnderOwnHeading = wording.clauses[index].heading != nil && wording.clauses[index].hasText
    let nearest = isUnderOwnHeading ? index : headed(wording.clauses[index].place.parent, wording)
    let isLabelled = !wording.clauses[index].label.isEmpty
    let place = Place(isAfter: isAfter, heading: nearest ?? -1, isLabelled: isLabelled)
    if let known = sections[place] { return known }
    var headings: [Passage] = []
    var at = nearest
    while let headedClause = at {
      if let heading = wording.clauses[headedClause].heading { headings.append(self.heading(heading)) }
      at = headed(wording.clauses[headedClause].place.parent, wording)
    }
    if headings.isEmpty, let title = wording.title { headings.append(heading(title)) }
    let section = Section(headings: headings, isLabelled: place.isLabelled)
    sections[place] = section
    return section
  }

  /// The nearest clause that has a heading, from a clause upwards.
  private func headed(_ clause: Int?, _ wording: Wording) -> Int? {
    var at = clause
    while let index = at, wording.clauses[index].heading == nil { at = wording.clauses[index].place.parent }
    return at
  }
}
