internal import Redlining
internal import TermsModel

extension Classifier {
  /// The changes of `redline` with their words, and what the rules showed of them.
  func readings(of redline: Redline) -> [Reading] {
    let places = Places(redline)
    let desk = ReadingDesk()
    var readings = redline.changes.enumerated().map { index, change in reading(index, change, redline, places, desk) }
    let document = DocumentReading(readings, redline)
    let harmlessness = Harmlessness(document: document, disabled: disabled)
    for index in readings.indices { harmlessness.judge(&readings[index]) }
    return readings
  }

  private func reading(_ index: Int, _ change: Change, _ redline: Redline, _ places: Places, _ desk: ReadingDesk)
    -> Reading
  {
    let before = passage(change.before, redline.before, desk)
    let after = passage(change.after, redline.after, desk)
    let old = section(change.before.first, redline.before, desk)
    let new = section(change.after.first, redline.after, desk)
    return Reading(
      index: index, kind: change.kind, before: change.before, after: change.after, place: places.place(of: change),
      isUnderChangedHeading: places.isUnderChangedHeading(change, redline),
      isHeading: places.isHeading(change, redline),
      renumbered: renumbered(change, redline),
      comparison: WordComparison(before: before, after: after), section: Section.joined(old, new))
  }

  private func renumbered(_ change: Change, _ redline: Redline) -> String? {
    guard let old = change.before.first.map({ redline.before.clauses[$0].label }), !old.isEmpty,
      let new = change.after.first.map({ redline.after.clauses[$0].label }), !new.isEmpty, old != new
    else { return nil }
    return "\(old) → \(new)"
  }

  private func passage(_ clauses: [Int], _ wording: Wording, _ desk: ReadingDesk) -> Passage {
    guard !clauses.isEmpty else { return .empty }
    let text = clauses.map { index in
      let clause = wording.clauses[index]
      guard let heading = clause.heading, !heading.isEmpty else { return clause.text }
      return "# " + heading.replacing("\n", with: " ") + "\n\n" + clause.text
    }.joined(separator: "\n\n")
    var scanner = PassageScanner(text, lexicon: desk.lexicon)
    return scanner.passage()
  }

  /// The headings above a clause, the nearest first; the document's title where there is none.
  private func section(_ index: Int?, _ wording: Wording, _ desk: ReadingDesk) -> Section? {
    guard let index, wording.clauses.indices.contains(index) else { return nil }
    let clause = wording.clauses[index]
    var headings: [String] = []
    if let heading = clause.heading, !clause.text.isEmpty { headings.append(heading) }
    var at = clause.parent
    while let parent = at {
      if let heading = wording.clauses[parent].heading { headings.append(heading) }
      at = wording.clauses[parent].parent
    }
    if headings.isEmpty, let title = wording.title { headings.append(title) }
    return desk.section(headings, isLabelled: !clause.label.isEmpty)
  }
}

/// What the changes of one redline share while they are read: the words met so far, and the sections.
final class ReadingDesk {
  let lexicon = Lexicon()
  private var sections: [Place: Section] = [:]

  private struct Place: Hashable {
    let headings: [String]
    let isLabelled: Bool
  }

  func section(_ headings: [String], isLabelled: Bool) -> Section {
    let place = Place(headings: headings, isLabelled: isLabelled)
    if let known = sections[place] { return known }
    let section = Section(headings: headings, isLabelled: isLabelled, lexicon: lexicon)
    sections[place] = section
    return section
  }
}

/// Where changes stand in the later text, in half clauses, so that what is gone has a place between what is left.
private struct Places {
  /// For each clause of the earlier text, the place of the nearest one at or above it that is still there.
  private var above: [Int]
  /// Clauses that came, and clauses that went.
  private var added: Set<Int> = []
  private var removed: Set<Int> = []
  private let parentsBefore: Set<Int>
  private let parentsAfter: Set<Int>

  init(_ redline: Redline) {
    parentsBefore = Set(redline.before.clauses.compactMap(\.parent))
    parentsAfter = Set(redline.after.clauses.compactMap(\.parent))
    for change in redline.changes {
      if change.kind == .inserted { added.formUnion(change.after) }
      if change.kind == .deleted { removed.formUnion(change.before) }
    }
    above = Array(repeating: -1, count: redline.before.clauses.count)
    for link in redline.links {
      guard let last = link.after.last else { continue }
      for index in link.before where above.indices.contains(index) { above[index] = 2 * last }
    }
    for index in above.indices.dropFirst() where above[index] < 0 { above[index] = above[index - 1] }
  }

  /// Whether other clauses stand under the change's own, on either side, or it bears a section's number: `4`, `4.2`.
  func isHeading(_ change: Change, _ redline: Redline) -> Bool {
    let labels =
      change.before.map { redline.before.clauses[$0].label } + change.after.map { redline.after.clauses[$0].label }
    return change.before.contains { parentsBefore.contains($0) } || change.after.contains { parentsAfter.contains($0) }
      || labels.contains { !$0.isEmpty && $0.description.allSatisfy { $0.isNumber || $0 == "." } }
  }

  /// Whether the clause came or went whole, and its heading, its own or that of its parent, with it.
  func isUnderChangedHeading(_ change: Change, _ redline: Redline) -> Bool {
    let (index, wording, changed) =
      change.kind == .inserted
      ? (change.after.first, redline.after, added) : (change.before.first, redline.before, removed)
    guard change.kind == .inserted || change.kind == .deleted, let index, wording.clauses.indices.contains(index) else {
      return false
    }
    let clause = wording.clauses[index]
    if clause.heading != nil, !clause.text.isEmpty { return true }
    return clause.parent.map { changed.contains($0) && wording.clauses[$0].heading != nil } ?? false
  }

  /// The place of a change itself: clauses that only follow it, wherever they stand, do not count.
  func place(of change: Change) -> ClosedRange<Int> {
    let after = change.after.dropLast(change.following.count)
    if let first = after.first, let last = after.last { return 2 * first...2 * max(first, last) }
    guard let first = change.before.first, above.indices.contains(first) else { return -1 ... -1 }
    return above[first] + 1...above[first] + 1
  }
}
