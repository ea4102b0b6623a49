/// Words and phrases whose exchange leaves the effect of terms as it was.
enum EqualWords {
  /// Whether a word carries no rule of its own: an article, a demonstrative, a form of "be", a particle.
  static func isIdle(_ word: Word) -> Bool {
    guard word.kind == .plain else { return false }
    return idle.contains(word.key)
  }

  private static let idle: Set<String> = [
    "a", "an", "the", "this", "that", "these", "those", "then", "so", "also", "too", "please", "just", "simply", "very",
    "such",
    "is", "are", "be", "been", "being", "was", "were", "it", "its", "there", "here", "which", "who", "whom", "what",
    "do", "does", "did",
    "has", "have", "had", "thus", "therefore", "hereby", "hereof", "herein", "thereof", "furthermore", "moreover",
    "again", "even",
    "still", "yet", "rather", "quite", "well", "now", "to", "of", "respectively", "e", "g", "i", "note",
  ]

  /// Whether both sides say the same, word group by word group, once idle words are left out.
  static func areEqual(_ old: [Word], _ new: [Word]) -> Bool {
    let left = normal(old)
    let right = normal(new)
    return left == right && !left.isEmpty
  }

  /// Whether the words are a phrase as a whole, and mean the same as another that is one.
  static func areOnePhrase(_ long: [Word], _ short: [Word]) -> Bool {
    let (a, b) = (normal(long), normal(short))
    return a.count == 1 && a == b && a[0].hasPrefix("=")
  }

  /// The words' stems with every phrase of a group put down as the group's first member, idle words left out.
  static func normal(_ words: [Word]) -> [String] {
    let stems = words.map { $0.kind == .plain ? $0.stem : $0.key }
    var result: [String] = []
    var index = 0
    while index < stems.count {
      var length = min(4, stems.count - index)
      var found: String?
      while length > 0, found == nil {
        found = table[stems[index..<index + length].joined(separator: " ")]
        if found == nil { length -= 1 }
      }
      if let found {
        result.append(found)
        index += length
      } else {
        if !idle.contains(words[index].key) { result.append(stems[index]) }
        index += 1
      }
    }
    return result
  }

  private static let table: [String: String] = {
    var table: [String: String] = [:]
    for (number, line) in groups.split(whereSeparator: \.isNewline).enumerated() {
      for phrase in line.split(separator: ",") {
        let stems = phrase.split(separator: " ").map { Stem.of(WordFolding.spelling(String($0))) }
        table[stems.joined(separator: " ")] = "=\(number)"
      }
    }
    return table
  }()

  private static let groups = """
    see, check, view, refer to, consult, find, look at, find out, learn, read
    such as, like, for example, for instance, e g
    authorized, permitted, allowed
    expressly, explicitly, specifically
    begin, start, commence
    use, utilize, make use of
    buy, purchase
    about, regarding, concerning, relating to, with respect to, in respect of, with regard to, as regards, related to
    before, prior to, in advance of
    after, following, subsequent to
    order to, in order to
    website, site, web site
    email, mail
    help, assist
    get, receive, obtain
    give, provide, supply
    ensure, make sure
    inform, tell, let know
    toggle, setting, control, switch
    breach, violation
    yearly, annual, annually
    annum, year
    advance, advanced
    earnings, revenue
    attorney fees, legal fees
    attorney, legal
    deactivate, turn off, switch off, disable
    activate, turn on, switch on, enable
    app, application
    shall, will
    until, till
    because, since, as
    page, article, webpage, web page
    sign up, register
    sign in, log in, login, log on
    policies, guidelines
    contract, agreement
    via, through, by, by way of, by means of, using
    on, upon
    among, between
    around, approximately, about
    example, examples
    comply with, follow, adhere to, abide by
    phone, telephone
    whether, if
    forbid, prohibit
    buyer, purchaser
    another, other
    photo, photograph, picture, image
    additional, further, extra, more
    person, individual
    post code, zip code, postal code
    mobile, cell, cellular
    help center, support center, help page
    authentication, verification
    personal information, personal data
    information, data
    privacy policy, privacy notice, privacy statement
    country, nation
    thank, thanks
    want, wish, would like
    happen, occur
    big, large
    as well as, and
    every, each
    he or she, they, he/she, s he
    his or her, their
    him or her, them
    customized, tailored, personalized
    such, that, these
    frequently asked questions, faq, faqs
    united states, u.s., u.s.a
    united kingdom, uk
    european union, eu
    european economic area, eea
    photos, pictures
    motive, reason
    nonpersonal, non personal
    access and use, access or use, use, use or access, use and access
    ltd, limited
    inc, incorporated
    corp, corporation
    change, modify, alter
    choose, select, elect
    must, have to
    in case of, in the event of
    in the event that, in case, if
    at any time, anytime
    illegal, unlawful
    erase, remove, delete
    cease, discontinue, stop
    reply, respond, answer
    kids, children
    regularly, periodically, from time to time
    in accordance with, according to, as per
    as set out in, as set forth in, as described in, as specified in, as stated in, as provided in
    set out, set forth
    along with, together with
    error, mistake
    operative, in operation
    aged, of age
    in writing, written
    third party, third-party
    location, place
    remain, continue to be, stay
    may, can
    """
}

/// Slips of the pen.
enum Spelling {
  /// Whether one of the two is a misspelling of the other: long enough, begun and ended alike, two letters apart at most,
  /// and not two words that both mean something in terms.
  static func isSlip(_ old: Word, _ new: Word) -> Bool {
    guard old.kind == .plain, new.kind == .plain else { return false }
    let a = Array(old.key.unicodeScalars)
    let b = Array(new.key.unicodeScalars)
    guard min(a.count, b.count) >= 5 else { return false }
    // A letter lost at either end.
    if a.count != b.count, abs(a.count - b.count) == 1 {
      let (short, long) = a.count < b.count ? (a, b) : (b, a)
      if long.dropFirst().elementsEqual(short) { return true }
    }
    guard a.first == b.first, a.last == b.last else { return false }
    let known = { (word: Word) in !word.traits.isEmpty }
    guard !(known(old) && known(new)) else { return false }
    return distance(a, b) <= (max(a.count, b.count) >= 8 ? 2 : 1)
  }

  /// Letters to add, drop, replace or swap with their neighbour, at most.
  static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var previous: [Int] = []
    var row = Array(0...b.count)
    for i in 1...max(a.count, 1) where a.count > 0 {
      var next = [i] + Array(repeating: 0, count: b.count)
      for j in 1...max(b.count, 1) where b.count > 0 {
        next[j] = min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { next[j] = min(next[j], previous[j - 2] + 1) }
      }
      (previous, row) = (row, next)
    }
    return row[b.count]
  }
}

/// Initials that stand for a name.
enum Abbreviation {
  /// Whether the first is the initials of the second: `LLM` of "large language model", `AG` of "Addicting Games Inc".
  static func isPair(_ short: ArraySlice<Word>, _ long: ArraySlice<Word>) -> Bool {
    guard short.count == 1, let word = short.first, word.isShouted, (2...6).contains(word.key.count),
      (2...8).contains(long.count)
    else { return false }
    let names = long.filter { !$0.traits.contains(.party) && !EqualWords.isIdle($0) }
    let letters = Array(word.key.filter(\.isLetter))
    return names.count == letters.count && zip(letters, names).allSatisfy { $0 == $1.key.first }
  }

  /// "“EEA” means the European Economic Area": initials and the name they stand for, and nothing else.
  static func isDefinition(_ words: ArraySlice<Word>) -> Bool {
    guard words.count <= 9,
      let verb = words.firstIndex(where: { $0.key == "means" || $0.key == "be" || $0.key == "is" })
    else { return false }
    let long = words[words.index(after: verb)...].filter { !EqualWords.isIdle($0) }
    return isPair(words[words.startIndex..<verb], long[...])
  }
}
