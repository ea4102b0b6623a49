/// Tells English from other languages by the commonest words.
enum Language {
  /// Whether the words are too many, and too few of them English, for the rules about English words to speak of them.
  static func isForeign(_ words: [Word]) -> Bool {
    var plain = 0
    var english = 0
    var foreign = 0
    var isUnspaced = false
    for word in words where word.kind == .plain && !word.isLinked {
      plain &+= 1
      if word.isIn(.english) { english &+= 1 }
      if word.isIn(.foreign) || word.shape.contains(.foreign) { foreign &+= 1 }
      if word.shape.contains(.unspaced) { isUnspaced = true }
    }
    // The foreign name of a law or a street in an English sentence makes it no foreign one.
    return (plain >= 3 || isUnspaced) && foreign > english * 2 && foreign * 8 >= plain
  }
}
