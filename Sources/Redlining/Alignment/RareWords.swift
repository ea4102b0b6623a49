/// For each word, the free clauses of after that have it: the way to find clauses that are alike without comparing all.
struct RareWords {
  private var starts: [Int32]
  private var postings: [Int32]
  private var seen: [Int32]
  private var scores: [Float]

  init(_ aligner: Aligner) {
    let size = aligner.tokenizer.lexicon.count
    let free = (0..<aligner.after.count).filter { aligner.alignment.isFree(after: $0) }
    starts = Array(repeating: 0, count: size + 1)
    seen = Array(repeating: -1, count: size)
    scores = Array(repeating: 0, count: aligner.after.count)
    for place in free {
      for index in aligner.after.range(place) {
        let number = Int(aligner.after.numbers[index])
        guard number >= Int(Lexicon.firstWord), seen[number] != Int32(place) else { continue }
        seen[number] = Int32(place)
        starts[number + 1] += 1
      }
    }
    for number in 1...size { starts[number] += starts[number - 1] }
    postings = Array(repeating: 0, count: Int(starts[size]))
    var next = starts
    for number in seen.indices { seen[number] = -1 }
    for place in free {
      for index in aligner.after.range(place) {
        let number = Int(aligner.after.numbers[index])
        guard number >= Int(Lexicon.firstWord), seen[number] != Int32(place) else { continue }
        seen[number] = Int32(place)
        postings[Int(next[number])] = Int32(place)
        next[number] += 1
      }
    }
    for number in seen.indices { seen[number] = -1 }
  }

  /// The clauses of after that share the rarest words of clause `b` of before, the likeliest first.
  mutating func clauses(like b: Int, in sheet: Sheet) -> [Int] {
    var rarest: [(count: Int32, number: Int)] = []
    for index in sheet.range(b) {
      let number = Int(sheet.numbers[index])
      guard number >= Int(Lexicon.firstWord), number < seen.count, seen[number] != Int32(b) else { continue }
      seen[number] = Int32(b)
      let count = starts[number + 1] - starts[number]
      guard count > 0, count <= Int32(Thresholds.commonWord) else { continue }
      if rarest.count == Thresholds.rareWords, let last = rarest.last, last.count <= count { continue }
      let at = rarest.firstIndex { $0.count > count } ?? rarest.count
      rarest.insert((count, number), at: at)
      if rarest.count > Thresholds.rareWords { rarest.removeLast() }
    }
    var touched: [Int] = []
    for (count, number) in rarest {
      for index in Int(starts[number])..<Int(starts[number + 1]) {
        let place = Int(postings[index])
        if scores[place] == 0 { touched.append(place) }
        scores[place] += 1 / Float(count)
      }
    }
    touched.sort { (scores[$0], $1) > (scores[$1], $0) }
    for place in touched { scores[place] = 0 }
    return Array(touched.prefix(Thresholds.candidates))
  }
}
