/// The labels that blocks begin with, by the blocks' indices; most blocks have none.
struct LabelMarks {
  /// For each block, where its label stands in ``found``; -1 where it has none.
  private var places: [Int32] = []
  private var found: [Found] = []

  private struct Found {
    var mark: LabelMark
    /// The next block whose label has the same kind and form; -1 where there is none.
    var nextAlike: Int32 = -1
  }

  init() {}

  init(_ bytes: Bytes, _ blocks: [Block]) {
    places = Array(repeating: -1, count: blocks.count)
    read(bytes, blocks, blocks.indices)
    linkAlike()
  }

  /// The labels of blocks that were met in another text, in part: those are not read again.
  init(_ bytes: Bytes, _ blocks: [Block], like other: LabelMarks, _ runs: [BlockRun]) {
    places = Array(repeating: -1, count: blocks.count)
    var next = 0
    for run in runs {
      read(bytes, blocks, next..<run.after.lowerBound)
      for index in run.before {
        if let mark = other[index] { append(mark.shifted(bytes: run.shift.bytes), index + run.shift.blocks) }
      }
      next = run.after.upperBound
    }
    read(bytes, blocks, next..<blocks.count)
    linkAlike()
  }

  private mutating func read(_ bytes: Bytes, _ blocks: [Block], _ range: Range<Int>) {
    for index in range {
      let kind = blocks[index].kind
      guard kind == .paragraph || kind == .heading,
        let mark = LabelReader.read(
          bytes, at: blocks[index].content, to: blocks[index].end, isHeading: kind == .heading)
      else { continue }
      append(mark, index)
    }
  }

  private mutating func append(_ mark: LabelMark, _ block: Int) {
    places[block] = Int32(truncatingIfNeeded: found.count)
    found.append(Found(mark: mark))
  }

  private mutating func linkAlike() {
    var last = [Int32](repeating: -1, count: 6)
    for index in places.indices.reversed() where places[index] >= 0 {
      let place = Int(places[index])
      guard let token = found[place].mark.tokens.first else { continue }
      let key = Int(token.kind.rawValue) * 2 + Int(token.form.rawValue)
      found[place].nextAlike = last[key]
      last[key] = Int32(truncatingIfNeeded: index)
    }
  }

  subscript(block: Int) -> LabelMark? {
    let place = Int(places[block])
    return place < 0 ? nil : found[place].mark
  }

  func has(_ block: Int) -> Bool { places[block] >= 0 }

  /// The next block whose label has the same kind and form.
  func nextAlike(_ block: Int) -> Int? {
    let place = Int(places[block])
    guard place >= 0, found[place].nextAlike >= 0 else { return nil }
    return Int(found[place].nextAlike)
  }
}
