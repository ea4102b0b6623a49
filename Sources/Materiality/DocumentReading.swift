internal import Redlining
internal import TermsModel

/// What has to be known of the whole document to judge one of its changes.
struct DocumentReading: Sendable {
  enum Following: Sendable {
    case follows, redirected, unknown
  }

  private var removedSentences: [UInt64: Int] = [:]
  private var addedSentences: [UInt64: Int] = [:]
  /// Terms exchanged for others throughout, by both keys.
  private var renames: Set<Exchange> = []
  private var runs: [Int: Furniture.Run] = [:]
  private var labelsBefore: [String: Int] = [:]
  private var labelsAfter: [String: Int] = [:]
  private var linked: Set<Pair> = []

  struct Exchange: Hashable, Sendable {
    let before: String
    let after: String
  }

  private struct Pair: Hashable, Sendable {
    let before: Int
    let after: Int
  }

  /// How often a term was exchanged for another over all changes, and both as written where they first were.
  private struct Exchanged {
    var times = 0
    let old: String
    let new: String
  }

  private var titleKeys: Set<String> = []
  private var titles: Set<[String]> = []

  init() {}

  init(_ readings: [Reading], _ redline: Redline) {
    var exchanges: [Exchange: Exchanged] = [:]
    for title in [redline.before.title, redline.after.title] {
      guard let title else { continue }
      let keys = PassageScanner.passage(heading: nil, text: title).words.map(\.key)
      titleKeys.formUnion(keys)
      titles.insert(keys)
    }
    for reading in readings {
      note(reading, .before)
      note(reading, .after)
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
    for (index, clause) in redline.before.clauses.enumerated() where !clause.label.isEmpty {
      if labelsBefore[Self.normal(clause.label)] == nil { labelsBefore[Self.normal(clause.label)] = index }
    }
    for (index, clause) in redline.after.clauses.enumerated() where !clause.label.isEmpty {
      if labelsAfter[Self.normal(clause.label)] == nil { labelsAfter[Self.normal(clause.label)] = index }
    }
    for link in redline.links {
      for before in link.before { for after in link.after { linked.insert(Pair(before: before, after: after)) } }
    }
    noteRuns(readings)
  }

  // MARK: Sentences

  private mutating func note(_ reading: Reading, _ side: Reading.Side) {
    let passage = reading.passage(side)
    for sentence in passage.sentences where sentence.count >= 4 && reading.hasOpen(sentence, side) {
      add(Self.key(passage, sentence), side)
    }
    for block in passage.blocks where block.words.count >= 4 && reading.hasOpen(block.words, side) {
      if passage.sentence(around: block.words.lowerBound) != block.words { add(Self.key(passage, block.words), side) }
    }
  }

  private mutating func add(_ key: UInt64, _ side: Reading.Side) {
    if side == .before { removedSentences[key, default: 0] += 1 } else { addedSentences[key, default: 0] += 1 }
  }

  /// Whether the changed sentences of `side` hold these words, in this order and no others.
  func holdsSentence(_ passage: Passage, _ sentence: Range<Int>, _ side: Reading.Side) -> Bool {
    let key = Self.key(passage, sentence)
    return (side == .before ? removedSentences[key] : addedSentences[key]) != nil
  }

  private static func key(_ passage: Passage, _ range: Range<Int>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for word in passage.words[range] {
      for byte in word.key.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
      hash = (hash ^ 0x20) &* 0x0000_0100_0000_01B3
    }
    return hash
  }

  // MARK: Renamed terms

  /// The exchange of one name for another: capitalised on both sides, no company's form, no place, no number.
  static func exchange(_ old: ArraySlice<Word>, _ new: ArraySlice<Word>) -> Exchange? {
    guard (1...4).contains(old.count), (1...4).contains(new.count), isName(old), isName(new) else { return nil }
    return Exchange(before: old.map(\.key).joined(separator: " "), after: new.map(\.key).joined(separator: " "))
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
    let old = reading.comparison.before.words[hunk.before]
    let new = reading.comparison.after.words[hunk.after]
    guard let exchange = Self.exchange(old, new) else { return false }
    return renames.contains(exchange)
  }

  /// The exchanges that are renames; asked both ways round, so that a rename undone is a rename.
  private static func renames(_ exchanges: [Exchange: Exchanged], _ redline: Redline) -> Set<Exchange> {
    var partners: [String: Int] = [:]
    var origins: [String: Int] = [:]
    for exchange in exchanges.keys {
      partners[exchange.before, default: 0] += 1
      origins[exchange.after, default: 0] += 1
    }
    return Set(
      exchanges.compactMap { exchange, exchanged in
        guard exchanged.times >= 2, partners[exchange.before] == 1, origins[exchange.after] == 1,
          TermSearch.count(redline.before.source, exchanged.new, limit: exchanged.times + 1) * 2 <= exchanged.times,
          TermSearch.count(redline.after.source, exchanged.old, limit: exchanged.times + 1) * 2 <= exchanged.times
        else { return nil }
        return exchange
      })
  }

  /// Whether `name` is in the document's title.
  func isOwnName(_ name: String) -> Bool { titleKeys.contains(name) }

  /// Whether the words are the document's title on either side, all of it and nothing else.
  func isTitle(_ words: ArraySlice<Word>) -> Bool { !words.isEmpty && titles.contains(words.map(\.key)) }

  // MARK: References

  private static func normal(_ label: ClauseLabel) -> String {
    normal(label.description)
  }

  private static func normal(_ label: String) -> String {
    label.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }).filter {
      !PassageScanner.referring.contains(String($0))
    }
    .joined(separator: ".")
  }

  /// Whether the references that came point at the clauses that those which went pointed at.
  func follows(_ old: [String], _ new: [String]) -> Following {
    guard !labelsBefore.isEmpty || !labelsAfter.isEmpty, old.count == new.count else { return .unknown }
    var result = Following.unknown
    for (before, after) in zip(old, new) {
      let from = labelsBefore[Self.normal(String(before.dropFirst(4)))]
      let to = labelsAfter[Self.normal(String(after.dropFirst(4)))]
      switch (from, to) {
      case (let from?, let to?):
        if linked.contains(Pair(before: from, after: to)) { result = .follows } else { return .redirected }
      default: continue
      }
    }
    return result
  }

  // MARK: Neighbours

  private mutating func noteRuns(_ readings: [Reading]) {
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
    let linked = words.filter(\.isLinked).count
    return words.count <= 6 || linked * 10 >= words.count * 8
  }

  func run(of reading: Reading, _ side: Reading.Side) -> Furniture.Run {
    if let run = runs[reading.index] { return run }
    // A passage that is a list of its own is a run by itself.
    let blocks = reading.passage(side).blocks.filter { reading.hasOpen($0.words, side) }
    let light = blocks.filter { block in
      let words = reading.passage(side).words[block.words]
      return words.count <= 6 || words.filter(\.isLinked).count * 10 >= words.count * 8
    }
    return Furniture.Run(count: blocks.count, light: light.count)
  }
}
