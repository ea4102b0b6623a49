internal import TermsModel

/// What the changes of one redline share while they are read: the words met so far, the headings, and the sections.
final class ReadingDesk {
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

  /// The words of clauses that a change takes as one.
  /// - Parameter other: those of the other side, which are the same where the text is.
  func passage(_ clauses: [Int], _ wording: Wording, likewise other: Passage? = nil) -> Passage {
    var scalars: [Unicode.Scalar] = []
    scalars.reserveCapacity(clauses.reduce(0) { $0 + wording.clauses[$1].place.textBytes } + 80)
    for (place, index) in clauses.enumerated() {
      if place > 0 { scalars += ["\n", "\n"] }
      if var heading = wording.clauses[index].heading, !heading.isEmpty {
        // The heading becomes a block of its own, told apart by its marker.
        scalars += ["#", " "]
        let start = scalars.count
        heading.withUTF8 { Self.append($0, to: &scalars) }
        for place in start..<scalars.count where scalars[place] == "\n" { scalars[place] = " " }
        scalars += ["\n", "\n"]
      }
      var text = wording.clauses[index].textInPlace
      text.withUTF8 { Self.append($0, to: &scalars) }
    }
    if let other, other.scalars == scalars { return other }
    return Passage(scalars, &lexicon)
  }

  /// Takes UTF-8 apart into scalars; the bytes come from a string and are well formed.
  private static func append(_ bytes: UnsafeBufferPointer<UInt8>, to scalars: inout [Unicode.Scalar]) {
    var place = 0
    while place < bytes.count {
      let first = bytes[place]
      if first < 0x80 {
        scalars.append(Unicode.Scalar(first))
        place &+= 1
        continue
      }
      let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
      var value = UInt32(first) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
      for offset in 1..<length { value = value &<< 6 | UInt32(bytes[place &+ offset] & 0x3F) }
      scalars.append(Unicode.Scalar(value) ?? "\u{FFFD}")
      place &+= length
    }
  }

  // MARK: Sections

  /// The section of a clause: the headings above it, the nearest first; the document's title where there is none.
  func section(_ index: Int?, _ wording: Wording, isAfter: Bool) -> Section? {
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
