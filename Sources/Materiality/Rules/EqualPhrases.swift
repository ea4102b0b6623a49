/// The phrases that mean the same in terms, in groups.
struct EqualPhrases: Sendable {
  struct Phrase: Sendable {
    let stems: [Term]
    let group: Int
  }

  /// The phrases by the number of their first stem, longer ones first.
  private let byFirst: [[Phrase]]

  static let english = EqualPhrases(KnownWords.english)

  private init(_ known: KnownWords) {
    var phrases: [[Term]: Int] = [:]
    for (group, lines) in Self.stemsByGroup.enumerated() {
      // A phrase that is in two groups belongs to the later one.
      for stems in lines { phrases[stems.map(known.term)] = group }
    }
    var byFirst = [[Phrase]](repeating: [], count: known.count)
    for (stems, group) in phrases where stems.count <= Self.longest {
      byFirst[stems[0].index].append(Phrase(stems: stems, group: group))
    }
    self.byFirst = byFirst.map { $0.sorted { $0.stems.count > $1.stems.count } }
  }

  /// How many words a phrase has that is looked for.
  private static let longest = 4

  /// The longest phrase that begins at `index`.
  func longest(at index: Int, _ words: ArraySlice<Word>) -> Phrase? {
    let first = words[index].stem
    // No phrase begins with a word that no rule knows.
    guard first.index < byFirst.count else { return nil }
    return byFirst[first.index].first { phrase in
      index + phrase.stems.count <= words.endIndex
        && phrase.stems.indices.allSatisfy { words[index + $0].stem == phrase.stems[$0] }
    }
  }

  /// Every stem of every phrase.
  static var stems: [String] { stemsByGroup.flatMap { $0.flatMap { $0 } } }

  private static let stemsByGroup: [[[String]]] = groups.split(whereSeparator: \.isNewline).map { line in
    line.split(separator: ",").map { phrase in
      phrase.split(separator: " ").map { Stem.of(WordFolding.spelling(String($0))) }
    }
  }

  private static let groups = """
    see, check, view, refer to, consult, find, look at, find out, learn, read, review, watch
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
    help, assist, assistance
    get, receive, obtain
    give, provide, supply
    ensure, make sure
    inform, tell, let know
    toggle, setting, control, switch
    breach, violation, violate
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
    motive, reason
    nonpersonal, non personal
    access and use, access or use, use, use or access, use and access
    ltd, limited
    inc, incorporated
    corp, corporation
    change, modify, alter, amend, revise
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
    describe, explain
    fast, quick
    click, tap, press
    customization, personalization
    privacy, data protection
    keep, retain
    show, display
    need, require
    finish, complete
    question, inquiry, enquiry, query
    often, frequently
    typically, usually, normally
    attempt, try
    reside, live
    guide, guidance
    currently, presently, at present
    """
}
