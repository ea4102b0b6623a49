internal import Redlining
internal import TermsModel

/// What has to be known of the whole document to judge one of its changes; what only few changes ask for is found out
/// when the first does.
final class DocumentReading {
  enum Following {
    case follows, redirected, unknown
  }

  private let redline: Redline
  private let desk: ReadingDesk
  private var removedSentences: Set<UInt64> = []
  private var addedSentences: Set<UInt64> = []
  /// Terms exchanged for others throughout, by both keys.
  private let renames: Set<Exchange>
  var hasRenames: Bool { !renames.isEmpty }
  /// By the number of the change; nothing where its clause stayed.
  private var runs: [Furniture.Run?] = []
  /// The titles of both sides, in words.
  private lazy var titles = [redline.before.title, redline.after.title].compactMap { $0.map(desk.heading) }
  private lazy var labels = LabelledClauses(redline)

  struct Exchange: Hashable {
    let before: [Term]
    let after: [Term]
  }

  /// How often a term was exchanged for another over all changes, and both as written where they first were.
  private struct Exchanged {
    var times = 0
    let old: String
    let new: String
  }

  init(_ readings: [Reading], _ redline: Redline, _ desk: ReadingDesk) {
    self.redline = redline
    self.desk = desk
    var exchanges: [Exchange: Exchanged] = [:]
    for reading in readings {
      for hunk in reading.comparison.hunks {
        let old = reading.comparison.before.words[hunk.before]
        let new = reading.comparison.after.words[hunk.after]
        guard let exchange = Self.exchange(old, new) else { continue }
        exchanges[
          exchange,
          default: Exchanged(
            old: reading.comparison.before.text(hunk.before), new: reading.comparison.after.text(hunk.after))
        ].times += 1
      }
    }
    renames = Self.renames(exchanges, redline)
    for reading in readings {
      note(reading, .before)
      note(reading, .after)
    }
    noteRuns(readings)
  }

  // MARK: Sentences

  private func note(_ reading: Reading, _ side: Reading.Side) {
    let passage = reading.passage(side)
    for sentence in reading.sentences(side) where sentence.words.count >= 4 { add(sentence.gist, side) }
    for block in reading.blocks(side) where block.words.count >= 4 {
      if passage.sentence(around: block.words.lowerBound) != block.words { add(block.gist, side) }
    }
  }

  private func add(_ words: Gist, _ side: Reading.Side) {
    if side == .before { removedSentences.insert(words.key) } else { addedSentences.insert(words.key) }
  }

  /// Whether the changed sentences of `side` hold these words, in this order and no others.
  func holdsSentence(_ words: Gist, _ side: Reading.Side) -> Bool {
    side == .before ? removedSentences.contains(words.key) : addedSentences.contains(words.key)
  }

  // MARK: Renamed terms

  /// The exchange of one name for another: capitalised on both sides, no company's form, no place, no number.
  static func exchange(_ old: ArraySlice<Word>, _ new: ArraySlice<Word>) -> Exchange? {
    guard (1...4).contains(old.count), (1...4).contains(new.count), isName(old), isName(new) else { return nil }
    return Exchange(before: old.map(\.key), after: new.map(\.key))
  }

  private static func isName(_ words: ArraySlice<Word>) -> Bool {
    words.allSatisfy {
      $0.kind == .plain && $0.isCapitalised
        && $0.traits.isDisjoint(with: [.party, .place, .negation, .modality])
    }
  }

  /// Whether the names exchanged in `hunk` were exchanged throughout: twice or more, the old name hardly met any more, and
  /// the new one not met before, when it meant something else.
  func isRename(_ hunk: WordComparison.Hunk, _ reading: Reading) -> Bool {
    guard hasRenames,
      let exchange = Self.exchange(
        reading.comparison.before.words[hunk.before], reading.comparison.after.words[hunk.after])
    else { return false }
    return renames.contains(exchange)
  }

  /// The exchanges that are renames; asked both ways round, so that a rename undone is a rename.
  private static func renames(_ exchanges: [Exchange: Exchanged], _ redline: Redline) -> Set<Exchange> {
    guard exchanges.values.contains(where: { $0.times >= 2 }) else { return [] }
    var partners: [[Term]: Int] = [:]
    var origins: [[Term]: Int] = [:]
    for exchange in exchanges.keys {
      partners[exchange.before, default: 0] += 1
      origins[exchange.after, default: 0] += 1
    }
    return Set(
      exchanges.compactMap { exchange, exchanged in
        guard exchanged.times >= 2, partners[exchange.before] == 1, origins[exchange.after] == 1,
          TermSearch.count(redline.before.source, exchanged.new, limit: exchanged.times + 1) * 2
            <= exchanged.times,
          TermSearch.count(redline.after.source, exchanged.old, limit: exchanged.times + 1) * 2 <= exchanged.times
        else { return nil }
        return exchange
      })
  }

  /// Whether `name` is in the document's title.
  func isOwnName(_ name: Term) -> Bool { titles.contains { $0.words.contains { $0.key == name } } }

  /// Whether the words are the document's title on either side, all of it and nothing else.
  func isTitle(_ words: ArraySlice<Word>) -> Bool {
    !words.isEmpty && titles.contains { $0.words.elementsEqual(words) { $0.key == $1.key } }
  }

  // MARK: References

  /// Whether the references that came point at the clauses that those which went pointed at.
  func follows(_ old: [String], _ new: [String]) -> Following {
    guard old.count == new.count else { return .unknown }
    var result = Following.unknown
    for (before, after) in zip(old, new) {
      guard let from = labels.before(before), let to = labels.after(after) else { continue }
      guard labels.areOne(from, to) else { return .redirected }
      result = .follows
    }
    return result
  }

  // MARK: Neighbours

  private func noteRuns(_ readings: [Reading]) {
    runs = Array(repeating: nil, count: readings.count)
    var start = 0
    while start < readings.count {
      let kind = readings[start].kind
      guard kind == .inserted || kind == .deleted else {
        start += 1
        continue
      }
      var end = start
      var light = 0
      while end < readings.count, readings[end].kind == kind {
        if Self.isLight(readings[end]) { light += 1 }
        end += 1
      }
      for index in start..<end { runs[index] = Furniture.Run(count: end - start, light: light) }
      start = end
    }
  }

  private static func isLight(_ reading: Reading) -> Bool {
    let words = reading.kind == .inserted ? reading.comparison.after.words : reading.comparison.before.words
    let linked = words.count(where: \.isLinked)
    return words.count <= 6 || linked * 10 >= words.count * 8
  }

  func run(of reading: Reading, _ side: Reading.Side) -> Furniture.Run {
    if let run = runs[reading.index] { return run }
    // A passage that is a list of its own is a run by itself.
    let blocks = reading.blocks(side).filter { reading.hasOpen($0.words, side) }
    let light = blocks.count { block in
      let words = reading.passage(side).words[block.words]
      return words.count <= 6 || words.count(where: \.isLinked) * 10 >= words.count * 8
    }
    return Furniture.Run(count: blocks.count, light: light)
  }
}
