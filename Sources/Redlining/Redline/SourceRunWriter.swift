internal import TermsModel

/// Writes the redline of two whole sources, clause by clause in the order of the after source.
struct SourceRunWriter {
  private let redline: Redline
  private let before: [UInt8]
  private let after: [UInt8]
  private let links: [ClauseLink]
  /// The edits of a group, by its first clause of before.
  private var edits: [Int: [Edit]] = [:]
  private var runs: [SourceRun] = []

  init(_ redline: Redline) {
    self.redline = redline
    before = Array(redline.before.source.utf8)
    after = Array(redline.after.source.utf8)
    links = redline.links
    for change in redline.changes where change.kind != .renamedTerm {
      if let first = change.before.first, !change.after.isEmpty { edits[first] = change.edits }
    }
    for following in redline.changes.flatMap(\.following) { edits[following.before] = following.edits }
  }

  mutating func write() -> [SourceRun] {
    var linkOfBefore: [Int: Int] = [:]
    for (index, link) in links.enumerated() { for place in link.before { linkOfBefore[place] = index } }
    let pairs = links.map { HeaviestChain.Pair(before: $0.before[0], after: $0.after[0]) }
    let isInOrder = HeaviestChain.members(of: pairs) { pair in redline.before.clauses[pair.before].bytes.count }
    var (b, a) = (0, 0)
    for (index, link) in links.enumerated() where isInOrder[index] {
      leave(b..<link.before[0], linkOfBefore)
      arrive(a..<link.after[0])
      // Whatever stands between the parts of a group goes with it.
      (b, a) = ((link.before.last ?? b) + 1, (link.after.last ?? a) + 1)
      append(sourceEdits(of: link, link.before[0]..<b, link.after[0]..<a), isMoved: false)
    }
    leave(b..<redline.before.clauses.count, linkOfBefore)
    arrive(a..<redline.after.clauses.count)
    return runs
  }

  // MARK: - Groups

  /// Clauses of before that went, or moved elsewhere.
  private mutating func leave(_ places: Range<Int>, _ linkOfBefore: [Int: Int]) {
    for place in places {
      let text = source(redline.before, place..<(place + 1), before)
      guard let index = linkOfBefore[place], links[index].before.count == 1, links[index].after.count == 1 else {
        append(linkOfBefore[place] == nil ? .deleted : .movedAway, text)
        continue
      }
      let edits = sourceEdits(
        of: links[index], place..<(place + 1), links[index].after[0]..<(links[index].after[0] + 1))
      for edit in edits where edit.op != .insert { append(edit.op == .equal ? .movedAway : .deleted, edit.text) }
    }
  }

  /// Clauses of after that came, or moved here.
  private mutating func arrive(_ places: Range<Int>) {
    guard !places.isEmpty else { return }
    let linkOfAfter = Dictionary(
      links.flatMap { link in link.after.map { ($0, link) } }, uniquingKeysWith: { first, _ in first })
    for place in places {
      guard let link = linkOfAfter[place], link.before.count == 1, link.after.count == 1 else {
        append(linkOfAfter[place] == nil ? .inserted : .movedHere, source(redline.after, place..<(place + 1), after))
        continue
      }
      let edits = sourceEdits(of: link, link.before[0]..<(link.before[0] + 1), place..<(place + 1))
      for edit in edits where edit.op != .delete { append(edit.op == .equal ? .movedHere : .inserted, edit.text) }
    }
  }

  /// The edits between the lines of a group, label and dress included.
  private func sourceEdits(of link: ClauseLink, _ olds: Range<Int>, _ news: Range<Int>) -> [Edit] {
    let old = source(redline.before, olds, before)
    let new = source(redline.after, news, after)
    if old.utf8.elementsEqual(new.utf8) { return old.isEmpty ? [] : [Edit(op: .equal, text: old)] }
    if let edits = edits[link.before[0]], olds.count == 1, news.count == 1,
      let spliced = Self.splice(edits, into: old, new)
    {
      return spliced
    }
    return TextComparison.edits(from: old, to: new)
  }

  /// The edits of a clause's words with what stands around the words in its lines; `nil` where they are not found there.
  private static func splice(_ edits: [Edit], into old: String, _ new: String) -> [Edit]? {
    let (words, others) = (Change.text(of: edits, leavingOut: .insert), Change.text(of: edits, leavingOut: .delete))
    guard let (oldHead, oldTail) = around(words, in: old), let (newHead, newTail) = around(others, in: new) else {
      return nil
    }
    var result: [Edit] = TextComparison.edits(from: oldHead, to: newHead) + edits
    result += TextComparison.edits(from: oldTail, to: newTail)
    return result
  }

  /// What stands before and after `words`, where they stand last in `lines`.
  private static func around(_ words: String, in lines: String) -> (String, String)? {
    let (text, part) = (Array(lines.utf8), Array(words.utf8))
    guard !part.isEmpty else { return nil }
    var end = text.count
    while end > 0, Sheet.isBlank(text[end - 1]) { end -= 1 }
    guard end >= part.count, text[(end - part.count)..<end].elementsEqual(part) else { return nil }
    return (
      String(decoding: text[..<(end - part.count)], as: UTF8.self), String(decoding: text[end...], as: UTF8.self)
    )
  }

  // MARK: - Runs

  private func source(_ wording: Wording, _ places: Range<Int>, _ bytes: [UInt8]) -> String {
    guard let first = places.first, let last = places.last else { return "" }
    let range = wording.clauses[first].bytes.lowerBound..<wording.clauses[last].bytes.upperBound
    return String(decoding: bytes[range], as: UTF8.self)
  }

  private mutating func append(_ edits: [Edit], isMoved: Bool) {
    for edit in edits {
      switch edit.op {
      case .equal: append(.kept, edit.text)
      case .delete: append(.deleted, edit.text)
      case .insert: append(.inserted, edit.text)
      }
    }
  }

  private mutating func append(_ op: SourceRun.Operation, _ text: String) {
    guard !text.isEmpty else { return }
    if let last = runs.last, last.op == op {
      runs[runs.count - 1] = SourceRun(op: op, text: last.text + text)
    } else {
      runs.append(SourceRun(op: op, text: text))
    }
  }
}
