/// Takes the endings off English words, so that a word is found whatever its number or tense.
enum Stem {
  /// The stem of a folded word: `terminates`, `terminated`, `terminating` and `terminate` share one.
  ///
  /// It only has to be the same for the forms of a word, not to be a word itself.
  static func of(_ word: String) -> String {
    if let known = irregular[word] { return known }
    var word = word
    return word.withUTF8 { bytes in
      guard let cut = cut(bytes) else { return String(decoding: bytes, as: UTF8.self) }
      return String(decoding: bytes[..<cut.length], as: UTF8.self) + (cut.endsInY ? "y" : "")
    }
  }

  /// How many bytes of a regular word its stem keeps, and whether a `y` comes behind them; `nil` where the word is its own
  /// stem: too short, or not all small letters.
  static func cut(_ bytes: UnsafeBufferPointer<UInt8>) -> (length: Int, endsInY: Bool)? {
    guard bytes.count > 3, bytes.allSatisfy({ $0 >= 97 && $0 <= 122 }) else { return nil }
    var length = bytes.count
    var endsInY = false
    if ends(bytes, length, "ies"), length > 4 {
      length -= 3
      endsInY = true
    } else if ends(bytes, length, "sses") || ends(bytes, length, "shes") || ends(bytes, length, "ches")
      || ends(bytes, length, "xes")
    {
      length -= 2
    } else if ends(bytes, length, "s"), !ends(bytes, length, "ss"), !ends(bytes, length, "us"),
      !ends(bytes, length, "is")
    {
      length -= 1
    }
    if !endsInY {
      if ends(bytes, length, "ied"), length > 4 {
        length -= 3
        endsInY = true
      } else if ends(bytes, length, "ing"), length > 5, hasVowel(bytes, length - 3) {
        length -= 3
        length = undoubled(bytes, length)
      } else if ends(bytes, length, "ed"), length > 4, hasVowel(bytes, length - 2), !ends(bytes, length, "eed") {
        length -= 2
        length = undoubled(bytes, length)
      }
    }
    if !endsInY, length > 4, bytes[length - 1] == UInt8(ascii: "e") { length -= 1 }
    if !endsInY, length > 5, ends(bytes, length, "ly") {
      length -= 2
    } else if !endsInY, length > 4, bytes[length - 1] == UInt8(ascii: "y"), !isVowel(bytes[length - 2]) {
      length -= 1
      endsInY = true
    }
    return (length, endsInY)
  }

  private static func ends(_ bytes: UnsafeBufferPointer<UInt8>, _ length: Int, _ suffix: StaticString) -> Bool {
    let count = suffix.utf8CodeUnitCount
    guard length >= count + 2 else { return false }
    let letters = suffix.utf8Start
    for place in 0..<count where bytes[length - count + place] != letters[place] { return false }
    return true
  }

  private static func hasVowel(_ bytes: UnsafeBufferPointer<UInt8>, _ count: Int) -> Bool {
    bytes[..<count].contains { isVowel($0) || $0 == UInt8(ascii: "y") }
  }

  /// The length without the second of two equal consonants at the end; `l` and `s` are doubled in stems, too.
  private static func undoubled(_ bytes: UnsafeBufferPointer<UInt8>, _ length: Int) -> Int {
    guard length > 3, bytes[length - 1] == bytes[length - 2], !isVowel(bytes[length - 1]) else { return length }
    return bytes[length - 1] != UInt8(ascii: "l") && bytes[length - 1] != UInt8(ascii: "s") ? length - 1 : length
  }

  private static func isVowel(_ byte: UInt8) -> Bool {
    byte == 97 || byte == 101 || byte == 105 || byte == 111 || byte == 117
  }

  /// Words whose stem their endings do not tell, each with its stem.
  static let irregular: [String: String] = [
    "is": "be", "are": "be", "was": "be", "were": "be", "been": "be", "being": "be", "am": "be", "has": "have",
    "had": "have",
    "having": "have", "does": "do", "did": "do", "done": "do", "doing": "do", "gives": "give", "gave": "give",
    "given": "give",
    "made": "make", "making": "make", "sold": "sell", "paid": "pay", "sent": "send", "kept": "keep", "held": "hold",
    "took": "take",
    "taken": "take", "taking": "take", "written": "writ", "wrote": "writ", "bought": "buy", "brought": "bring",
    "found": "find",
    "chose": "choos", "chosen": "choos", "left": "leave", "lost": "lose", "met": "meet", "went": "go", "gone": "go",
    "goes": "go",
    "this": "this", "his": "his", "its": "its", "us": "us", "as": "as", "thus": "thus", "children": "child",
    "people": "person",
    "an": "a", "ads": "ad", "apps": "app", "faqs": "faq", "ids": "id", "using": "use", "used": "use", "uses": "use",
    "use": "use", "user": "user", "users": "user",
    "during": "during",
    "terms": "terms", "need": "need", "needed": "need", "needs": "need", "news": "news",
    "always": "always", "address": "address", "addresses": "address", "access": "access", "business": "business",
    "businesses": "business", "unless": "unless", "thing": "thing", "something": "something", "anything": "anything",
    "nothing": "nothing", "everything": "everything",
  ]
}
