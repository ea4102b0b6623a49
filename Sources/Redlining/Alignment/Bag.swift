/// How often each word occurs in one clause, kept in a table as long as the lexicon, so that counting is a step a word.
struct Bag {
  private var counts: [Int32] = []
  private var total = 0

  /// Makes room for words numbered below `size`.
  mutating func fit(_ size: Int) {
    if counts.count < size { counts += Array(repeating: 0, count: size - counts.count) }
  }

  mutating func fill(_ numbers: [UInt32], _ range: Range<Int>) {
    for index in range where numbers[index] >= Lexicon.firstWord {
      counts[Int(numbers[index])] += 1
      total += 1
    }
  }

  mutating func empty(_ numbers: [UInt32], _ range: Range<Int>) {
    for index in range { counts[Int(numbers[index])] = 0 }
    total = 0
  }

  /// How many words of `range` are in the bag, each as often as it is there.
  mutating func shared(_ numbers: [UInt32], _ range: Range<Int>) -> Int {
    var shared = 0
    for index in range where numbers[index] >= Lexicon.firstWord {
      counts[Int(numbers[index])] -= 1
      if counts[Int(numbers[index])] >= 0 { shared += 1 }
    }
    for index in range where numbers[index] >= Lexicon.firstWord { counts[Int(numbers[index])] += 1 }
    return shared
  }

  /// Takes the words of `range` out, as far as they are there; says how many were.
  mutating func take(_ numbers: [UInt32], _ range: Range<Int>) -> Int {
    var taken = 0
    for index in range where numbers[index] >= Lexicon.firstWord && counts[Int(numbers[index])] > 0 {
      counts[Int(numbers[index])] -= 1
      taken += 1
    }
    return taken
  }
}

/// Dice's coefficient: twice what two clauses share, by what they have together; 0 to 1.
func likeness(shared: Int, _ one: Int, _ other: Int) -> Double {
  one + other == 0 ? 0 : Double(2 * shared) / Double(one + other)
}
