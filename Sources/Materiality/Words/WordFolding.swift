/// What counts as the same word: case, apostrophes, contractions, the spellings of English.
enum WordFolding {
  /// The scalars in lower case, with straight apostrophes and without invisible characters. Both spellings of an accent stay as
  /// they are: Swift compares them as equal.
  static func plain(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    for scalar in scalars {
      if scalar.isASCII {
        view.append(("A"..."Z").contains(scalar) ? Unicode.Scalar(UInt8(scalar.value) + 32) : scalar)
      } else if scalar == "\u{2019}" || scalar == "\u{02BC}" {
        view.append("'")
      } else if !ScalarKinds.all[scalar].contains(.invisible) {
        view.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
      }
    }
    return String(view)
  }

  /// The words that a folded one stands for, in one spelling of English: `we'll` is `we will`, `organisation` is
  /// `organization`, `developer's` is `developer`.
  static func parts(_ key: String) -> [String] {
    guard let mark = key.firstIndex(of: "'") else { return [spelling(key)] }
    let head = String(key[..<mark])
    switch key[key.index(after: mark)...] {
    case "ll": return [spelling(head), "will"]
    case "re": return [spelling(head), "be"]
    case "ve": return [spelling(head), "have"]
    case "d": return [spelling(head), "would"]
    case "m": return [spelling(head), "be"]
    case "t":
      if key == "can't" { return ["can", "not"] }
      if key == "won't" { return ["will", "not"] }
      if key == "shan't" { return ["shall", "not"] }
      return head.hasSuffix("n") ? [String(head.dropLast()), "not"] : [key]
    case "s":
      // "it's", "that's" and "here's" are short for "is"; behind any other word it is the genitive.
      return isShortForIs.contains(head) ? [head, "be"] : [spelling(head)]
    case "": return [spelling(head)]
    default: return [key]
    }
  }

  private static let isShortForIs: Set<String> = [
    "it", "that", "here", "there", "what", "who", "where", "let", "he", "she",
  ]

  /// The kind of an address, `nil` for any other word.
  static func address(_ text: String) -> Word.Kind? {
    // What has no mark of an address, and no point and "www" in front, is none.
    let isMarked = text.utf8.contains { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "@") || $0 == UInt8(ascii: ":") }
    guard isMarked || text.hasPrefix("www.") || text.hasPrefix("WWW.") else { return nil }
    if text.contains("://") || text.hasPrefix("www.") || text.hasPrefix("WWW.") || text.hasPrefix("javascript:") {
      return .address
    }
    if text.contains("@"), text.contains(".") { return .mail }
    if text.contains("/"), text.contains(".") { return .address }
    return nil
  }

  /// One spelling of English for words that are written in two ways on its two shores.
  static func spelling(_ word: String) -> String {
    if let known = spellings[word] { return known }
    guard word.utf8.count > 5, word.utf8.allSatisfy({ $0 < 128 }) else { return word }
    for (british, american) in endings where word.hasSuffix(british) && !keepsS.contains(word) {
      return String(word.dropLast(british.count)) + american
    }
    return word
  }

  /// The American spelling of a word in small letters that no table knows, where it differs: `realising` is `realizing`.
  static func regularSpelling(_ word: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    // `otherwise` and its like are no verbs, also where a space before them is missing.
    guard word.count > 5, !word.suffix(4).elementsEqual("wise".utf8) else { return nil }
    for (british, american) in endingBytes where word.count >= british.count {
      let stem = word.count - british.count
      if (0..<british.count).allSatisfy({ word[stem + $0] == british[$0] }) { return word[..<stem] + american }
    }
    return nil
  }

  private static let endingBytes = endings.map { (Array($0.utf8), Array($1.utf8)) }

  /// The words whose spelling a table tells, and the spellings.
  static var irregularWords: [String] {
    keepsS.sorted() + spellings.keys.sorted() + spellings.values.sorted() + isShortForIs.sorted()
  }

  private static let endings = [
    ("isation", "ization"), ("isations", "izations"), ("ising", "izing"), ("ised", "ized"), ("ises", "izes"),
    ("ise", "ize"),
    ("ysed", "yzed"), ("ysing", "yzing"), ("yse", "yze"),
  ]

  /// Words whose `s` is no spelling of `z`.
  private static let keepsS: Set<String> = [
    "advertise", "advertised", "advertising", "advertises", "advise", "advised", "advises", "advising", "arise",
    "arises", "arising",
    "compromise", "compromised", "compromises", "compromising", "comprise", "comprised", "comprises", "comprising",
    "enterprise",
    "enterprises", "exercise", "exercised", "exercises", "exercising", "expertise", "franchise", "franchises",
    "franchised",
    "likewise", "merchandise", "merchandising", "otherwise", "premise", "premises", "promise", "promised", "promises",
    "promising",
    "raised", "raising", "raises", "revise", "revised", "revises", "revising", "rising", "supervise", "supervised",
    "supervising",
    "surprise", "surprised", "disguise", "disguised", "devise", "devised", "televised", "precise", "concise", "excise",
    "praise",
    "improvised", "improvise", "demise", "paradise", "wise", "noise", "poised",
  ]

  private static let spellings: [String: String] = {
    var table: [String: String] = [:]
    let pairs = """
      licence license|licences licenses|licenced licensed|licencing licensing|practise practice|practises practices
      colour color|colours colors|behaviour behavior|behaviours behaviors|favour favor|favours favors|honour honor
      honours honors|honoured honored|labour labor|neighbour neighbor|neighbours neighbors|rumour rumor|endeavour endeavor
      endeavours endeavors|harbour harbor|flavour flavor|centre center|centres centers|theatre theater|metre meter
      defence defense|defences defenses|offence offense|offences offenses|pretence pretense|programme program
      programmes programs|catalogue catalog|catalogues catalogs|dialogue dialog|cheque check|cheques checks
      cancelled canceled|cancelling canceling|travelling traveling|travelled traveled|labelled labeled|labelling labeling
      modelling modeling|modelled modeled|signalling signaling|fulfil fulfill|fulfils fulfills|fulfilment fulfillment
      enrol enroll|enrolment enrollment|instalment installment|instalments installments|judgement judgment
      judgements judgments|acknowledgement acknowledgment|ageing aging|grey gray|whilst while|amongst among|amidst amid
      unauthorised unauthorized|tyre tire|ise ize|per-cent percent|organisation organization|organisations organizations
      cooky cookie|e-mail email|mails mails|wilful willful|skilful skillful|artefact artifact|artefacts artifacts
      sceptical skeptical|analogue analog|storey story|towards toward|learnt learned|burnt burned|focussed focused
      personalisation personalization|noncommercial noncommercial|realise realize|realised realized
      """
    for line in pairs.split(whereSeparator: { $0 == "|" || $0.isNewline }) {
      let words = line.split(separator: " ")
      if words.count == 2 { table[String(words[0])] = String(words[1]) }
    }
    return table
  }()
}

/// Numbers spelt out and in digits.
enum Numerals {
  /// The digits of a folded number, without grouping commas: `1,000` and `thousand` are not told apart by dress.
  static func value(_ key: String) -> String? {
    guard let first = key.unicodeScalars.first else { return nil }
    if ("0"..."9").contains(first) {
      var digits = key.filter { $0 != "," }
      for ending in ["st", "nd", "rd", "th"] where digits.hasSuffix(ending) { digits.removeLast(2) }
      while digits.hasSuffix(".") { digits.removeLast() }
      return digits
    }
    return names[key]
  }

  static func isRoman(_ text: String) -> Bool {
    // A longer text is none, and to put it in lower case would be for nothing.
    guard (1...6).contains(text.utf8.count) else { return false }
    return roman.contains(text.lowercased())
  }

  private static let roman: Set<String> = [
    "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii",
    "xviii", "xix",
    "xx", "xxi", "xxii", "xxiii", "xxiv", "xxv",
  ]

  /// The words that are numbers.
  static var words: [String] { names.keys.sorted() + roman.sorted() }

  private static let names: [String: String] = {
    var table: [String: String] = [:]
    let small = [
      "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
      "thirteen",
      "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
    ]
    for (number, name) in small.enumerated() where name != "one" { table[name] = String(number) }
    for (name, number) in [
      ("thirty", 30), ("forty", 40), ("fifty", 50), ("sixty", 60), ("seventy", 70), ("eighty", 80), ("ninety", 90),
      ("hundred", 100), ("thousand", 1000), ("million", 1_000_000),
    ] { table[name] = String(number) }
    return table
  }()
}

/// The words of dates.
enum CalendarWords {
  static func month(_ key: String) -> Int? { months[key] }

  static func day(_ key: String) -> Int? {
    var digits = Substring(key)
    for ending in ["st", "nd", "rd", "th"] where digits.hasSuffix(ending) { digits = digits.dropLast(2) }
    guard digits.count <= 2, let day = Int(digits), (1...31).contains(day) else { return nil }
    return day
  }

  static func year(_ key: String) -> Int? {
    guard key.count == 4, let year = Int(key), (1900...2100).contains(year) else { return nil }
    return year
  }

  /// Whether the three numbers, in any of the usual orders, can be a date.
  static func isDate(_ a: Int, _ b: Int, _ c: Int) -> Bool {
    let yearFirst = (1900...2100).contains(a) && (1...12).contains(b) && (1...31).contains(c)
    let yearLast = (1900...2100).contains(c) && (1...31).contains(a) && (1...31).contains(b) && (a <= 12 || b <= 12)
    return yearFirst || yearLast
  }

  /// The names of months.
  static var words: [String] { months.keys.sorted() }

  private static let months: [String: Int] = {
    let names = [
      "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
      "december",
    ]
    var table: [String: Int] = ["sept": 9]
    for (index, name) in names.enumerated() {
      table[name] = index + 1
      table[String(name.prefix(3))] = index + 1
    }
    return table
  }()
}
