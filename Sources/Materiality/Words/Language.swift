/// Tells English from other languages by the commonest words.
enum Language {
  /// Whether the words are too many, and too few of them English, for the rules about English words to speak of them.
  static func isForeign(_ words: [Word]) -> Bool {
    var plain = 0
    var english = 0
    var foreign = 0
    var unspaced = 0
    for word in words where word.kind == .plain && !word.isLinked {
      plain += 1
      if Self.english.contains(word.key) { english += 1 }
      let letters = word.key.unicodeScalars.count { $0.value > 0x2FF }
      if Self.foreign.contains(word.key) || letters > 0 { foreign += 1 }
      // Scripts without spaces make one word of a sentence.
      if letters >= 4 { unspaced += 1 }
    }
    // The foreign name of a law or a street in an English sentence makes it no foreign one.
    return (plain >= 3 || unspaced > 0) && foreign > english * 2 && foreign * 8 >= plain
  }

  private static let english: Set<String> = [
    "the", "of", "and", "to", "or", "you", "your", "we", "our", "in", "for", "that", "this", "with", "is", "are", "be",
    "by",
    "on", "any", "will", "not", "as", "from", "have", "if", "may", "it", "these", "which", "can", "use", "us",
  ]

  /// Commonest words of neighbouring languages that are no English words.
  private static let foreign: Set<String> = [
    // German, Dutch
    "der", "die", "das", "und", "oder", "nicht", "wir", "sie", "ihr", "ihre", "für", "mit", "von", "auf", "ist", "sind",
    "werden",
    "wird", "zu", "zur", "zum", "dem", "den", "des", "ein", "eine", "einer", "durch", "bei", "het", "een", "van",
    "niet", "wij", "voor",
    // French, Spanish, Italian, Portuguese
    "le", "la", "les", "et", "ou", "vous", "nous", "votre", "vos", "nos", "dans", "pour", "sur", "est", "sont", "pas",
    "une", "du", "au",
    "aux", "que", "qui", "ne", "el", "los", "las", "y", "de", "en", "por", "para", "con", "su", "sus", "se", "una",
    "del", "al", "il",
    "lo", "gli", "di", "che", "per", "non", "sono", "della", "dei", "os", "um", "uma", "dos", "das", "ao", "não",
    "você", "seu",
    // Swedish, Danish, Norwegian, Polish
    "och", "att", "det", "som", "är", "för", "på", "med", "av", "til", "og", "er", "ikke", "vi", "dig", "din", "ditt",
    "har", "kan",
    "nie", "jest", "oraz", "lub", "przez", "się", "na", "do", "w", "z",
  ]
}
