/// The lists of words that rules ask for. A list of one word is called by that word.
///
/// Which lists a word is in is known beforehand for every word of any list, so that a rule asks with one test of a bit: of
/// a word, or of all words of a sentence together.
enum WordList: UInt8, CaseIterable, Sendable {
  // One word
  case a, and, apply, `as`, available, be, can, carefully, change, changes, code, `continue`, copyright
  case copyrightSign, e, effect, effective, essence, example, faults, `for`, g, `is`, key, law, learn, like, list
  case may, means, mean, nan, not, of, or, outside, please, preview, questions, read, renumbered, replaced
  case reserved, rights, sectionSign, shall, such, summary, the, time, to, until, updates, updating, we
  case will, with, without
  case i, all, instance, limited, limitation, respectively

  // Languages
  case english, foreign

  // Reading
  case referring, abbreviation, idle

  // What rules lay down
  case ruling, pointerRuling, furtherRuling, standard, command, permissive, obliging, negation, mayOrMust, readerDuty,
    agreeing
  case prevailing, binding, copyrightRuling
  case role, currency, noticeWay, inward, outward, opting, forum

  // Parties, persons and places
  case companyForm, widerCompanyForm, ourselves, ourselvesAll, reader, readerShort, person, personOrDuty

  // Dates and versions of the text
  case dateMarker, dateWord, ownChange, textName, column, logVerb, logWord, renewing, updated, effectiveThen, viewing
  case versionWord, formerly, revisions

  // How to reach somebody
  case occasion, writing, contacting, channel, contactExtra, postalVerb, addressClue, streetParticle, inviting, reaching

  // Lists and examples
  case exampleWord, exampleLike, exampleName, limiting, andOr

  // The page
  case controlWord, windowOrTab, windowWord, pointerOpening, pointerAnywhere, page, asking, telling, seeing, ofOurs
  case further, details, finding, learning

  // References, aliases and quantities
  case referenceGlue, aliasArticle, article, quantity

  // Headings
  case menuHeading, historyHeading, summaryHeading, summaryWord

  // Laws
  case lawWord, acronym, authority, lawPhraseOpening, lawOpening, lawNoun, lawName, people, lawDuty, lawRight, choosing,
    lawArticle
  case plainOpening, lawGlue, lawPlace, peopleGlue, placeGlue, codeName, qualifier

  /// The words, parted by white space.
  var words: String {
    switch self {
    case .copyrightSign: "©"
    case .sectionSign: "§"
    case .english:
      """
      the of and to or you your we our in for that this with is are be by on any will not as from have if may it these which
      can use us
      """
    case .foreign:
      // German, Dutch; French, Spanish, Italian, Portuguese; Swedish, Danish, Norwegian, Polish: commonest words that are
      // no English ones.
      """
      der die das und oder nicht wir sie ihr ihre für mit von auf ist sind werden wird zu zur zum dem den des ein eine einer
      durch bei het een van niet wij voor
      le la les et ou vous nous votre vos nos dans pour sur est sont pas une du au aux que qui ne el los las y de en por para
      con su sus se una del al il lo gli di che per non sono della dei os um uma dos das ao não você seu
      och att det som är för på med av til og er ikke vi dig din ditt har kan nie jest oraz lub przez się na do w z
      """
    case .referring:
      """
      section sections clause clauses article articles paragraph paragraphs schedule schedules annex appendix exhibit part
      chapter subsection subsections art arts §
      """
    case .abbreviation:
      "inc ltd corp no art arts sec e.g i.e g eg etc vs st mr mrs ms dr co para nos pub ann stat rev cal civ cir"
    case .idle:
      """
      a an the this that these those then so also too please just simply very such is are be been being was were it its
      there here which who whom what do does did has have had thus therefore hereby hereof herein thereof furthermore
      moreover again even still yet rather quite well now to of respectively e g i note
      """
    case .ruling: "must shall may cannot prohibited required agree liable forbidden not"
    case .pointerRuling:
      """
      must shall agree subject governed apply applies required responsible liable not may opt right rights cannot prohibited
      only incorporated will withdraw cancel request delete exercise complaint complain report appeal available accept
      acceptance comply
      """
    case .furtherRuling: "must shall agree subject governed required right rights opt apply"
    case .standard:
      """
      reasonable reasonably material materially substantial substantially significant significantly promptly immediately
      immediate objective concrete sole discretion best appropriate necessary strictly relatively globally accused alleged
      allegedly suspected repeatedly knowingly expressly solely exclusively absolute good gross willful directly indirectly
      direct indirect exclusive non written automatic automatically public private confidential trusted registered certified
      aim strive endeavor hourly daily weekly monthly quarterly
      """
    case .command: "must shall prohibited required forbidden liable obliged"
    case .permissive: "may can might could should"
    case .obliging: "will shall must"
    case .role:
      """
      seller buyer vendor purchaser provider supplier licensor licensee lender borrower tenant landlord employer employee
      host guest sender recipient advertiser publisher controller processor merchant distributor reseller sellers buyers
      vendors purchasers providers suppliers licensors licensees hosts guests senders recipients advertisers publishers
      controllers processors merchants distributors resellers
      """
    case .currency: "dollar dollars euro euros pound pounds yen franc francs krona kronor usd eur gbp jpy chf"
    case .noticeWay: "email mail post posting letter fax telephone phone sms courier banner"
    case .inward: "in"
    case .outward: "out"
    case .opting: "opt opts opted opting"
    case .negation: "not no never cannot unless except"
    case .mayOrMust: "may must only"
    case .readerDuty: "you must may"
    case .agreeing: "must may agree acceptance shall"
    case .prevailing: "must may prevail prevails control governs"
    case .binding: "must may agree acceptance shall accept bound continued"
    case .copyrightRuling: "may must agree infringement"
    case .companyForm: "inc llc ltd limited gmbh corporation corp sarl bv plc ulc sas"
    case .widerCompanyForm: "inc llc ltd limited gmbh corporation corp sarl sa bv ab plc ulc sas spa"
    case .ourselves: "we us our"
    case .ourselvesAll: "we us our ours"
    case .reader: "you your yours"
    case .readerShort: "you your"
    case .person: "you your yours we our us user users customer"
    case .personOrDuty:
      "you your yours we us our ours user users customer customers member members must shall"
    case .dateMarker:
      """
      updated update effective revised revision modified version published publication posted amended dated date last latest
      formulated reviewed issued copyright © gmt utc as valid force
      """
    case .dateWord:
      """
      updated update effective revised revision modified version published publication posted amended dated date last latest
      formulated reviewed issued copyright gmt utc hkt pst est cet as of on from the this since until and further notice
      current previous archived archive view download pdf time am pm a our was is be were new in starting begins t z launched
      created entered into enacted link versions location at with effect by for all users document terms policy to
      """
    case .ownChange: "changes version update updates"
    case .textName: "terms policy agreement notice conditions statement guidelines policies"
    case .column:
      """
      version versions section sections clause change changes date summary description of the what changed no reason
      """
    case .logVerb: "updated added clarified renamed corrected removed"
    case .logWord:
      "amended amendment amendments renumbered changes new revised deleted inserted various"
    case .renewing: "updating updated replaced revised preview"
    case .updated: "updated updates changes"
    case .effectiveThen: "effective then"
    case .viewing: "view read see"
    case .versionWord: "version versions"
    case .formerly: "previous older former archived earlier current here archive"
    case .revisions: "revisions versions changes"
    case .occasion:
      "questions comments complaints concerns requests feedback inquiries enquiries suggestions queries and or any"
    case .writing: "addressed contact email mail write directed sent"
    case .contacting: "addressed contact email write"
    case .channel: "fax telephone phone email"
    case .contactExtra:
      """
      or and us our your also can by opens new window here you complete completing submit submitting send sending
      """
    case .postalVerb: "addressed address located mail write"
    case .addressClue:
      """
      calle avenida rue via strasse straße plaza place house po postal street st road rd avenue ave suite floor box attn
      attention building drive lane square terrace parkway expressway boulevard blvd call phone tel telephone fax email
      """
    case .streetParticle: "de la las los del der des du den di da do van von int pp no col y"
    case .inviting: "you may can also"
    case .reaching: "call write reach contact email phone"
    case .exampleWord: "example examples instance like including includes include"
    case .exampleLike: "such like including include includes"
    case .exampleName: "example examples instance e"
    case .limiting: "limitation limited"
    case .andOr: "and or"
    case .controlWord:
      "save stay helpful skip back print share calendar page javascript contents projects languages loading"
    case .windowOrTab: "window tab"
    case .windowWord: "opens open in a new window tab external link"
    case .pointerOpening:
      "see learn read visit find view click navigate refer information review check more"
    case .pointerAnywhere: "see learn read visit find click navigate refer"
    case .page: "page section faq faqs center article here below above website"
    case .asking: "see read visit refer consult review check"
    case .telling: "when if as while where"
    case .seeing: "see read visit consult"
    case .ofOurs: "our the this these section"
    case .further: "more further additional"
    case .details: "information details"
    case .finding: "find read learn"
    case .learning: "how more about"
    case .referenceGlue: "and to of the above below"
    case .aliasArticle: "the collectively each a an together"
    case .article: "a an"
    case .quantity:
      "all any each every some certain most both only least more less additional other various up"
    case .menuHeading: "contents navigation menu"
    case .historyHeading: "version versions history changelog revisions variations updates"
    case .summaryHeading: "takeaways summary glance nutshell"
    case .summaryWord:
      """
      page summary key takeaways ai generated of changes the to our terms policy at a glance in nutshell and service privacy
      these recent for use policies highlights
      """
    case .lawWord: Self.acronym.words + " act directive regulation regulations gdpr statute code law"
    case .acronym:
      """
      gdpr ccpa cpra vcdpa ucpa ctdpa dsa dma coppa hipaa lgpd pipeda ferpa glba bipa pdpa popia pecr psd2 fdpa fadp ndpa
      appi fcra caloppa p2b uk-gdpr avmsd nis2 eidas eecc tco cubi dpdpa dpdp kvkk pipl rgpd dsgvo osa dmca incdpa kcdpa
      modpa tdpsa mcdpa ocpa icdpa njdpa riddtppa mhmda tcpa pdpo pdpl pipa ndpr bdsg ttdsg tdddg nfadp revfadp lopdgdd
      mica emir tipa fdbr mtcdpa dpdpb u.s.c u.s.c. c.f.r c.f.r.
      """
    case .authority:
      """
      ico cnil ftc ofcom aepd dpc edpb anpd bfdi imy oaic cppa arcom bafin finma cssf fca cfpb accc fdpic edps pdpc agcom
      cnmv fcc
      """
    case .lawPhraseOpening: LawPhrases.openings
    case .lawOpening:
      [Self.acronym, .authority, .lawPhraseOpening, .lawNoun, .lawName, .people].map(\.words).joined(separator: " ")
    case .lawNoun:
      """
      act directive regulation regulations code ordinance decree statute law laws legislation bill acts directives
      """
    case .lawName:
      """
      law laws legislation regulation regulations rules act acts directive directives statute statutes
      """
    case .people: "resident residents consumer consumers"
    case .lawDuty:
      """
      comply violate violation violations prohibited sanctions export criminal offense subject warrant represent
      """
    case .lawRight:
      """
      right rights request requests complaint complaints complain withdraw residents resident consumers opt
      """
    case .forum: "court courts tribunal tribunals venue jurisdiction seat arbitration arbitrator governed"
    case .choosing: "governed courts arbitration venue disputes dispute litigation arbitrator"
    case .lawArticle: "of the eu uk"
    case .plainOpening: "the this that under by in an a as of if for our such"
    case .lawGlue: "of and the on for to"
    case .lawPlace: "eu ec eec no uk"
    case .peopleGlue: "in of the within or state"
    case .placeGlue: "in of the"
    case .codeName: "civil penal criminal commercial consumer federal communications business states labor u.s."
    case .qualifier:
      """
      privacy protection data consumer state us u.s. federal local national member services regulations electronic rights
      contracts platform statutory mandatory international online safety markets intelligence
      """
    default: "\(self)"
    }
  }
}

/// Which lists a word is in, or some word of several.
struct WordLists: Hashable, Sendable {
  private var first: UInt64 = 0
  private var second: UInt64 = 0
  private var third: UInt64 = 0

  mutating func insert(_ list: WordList) {
    let bit = Self.bit(list)
    switch list.rawValue >> 6 {
    case 0: first |= bit
    case 1: second |= bit
    default: third |= bit
    }
  }

  @inline(__always)
  private static func bit(_ list: WordList) -> UInt64 { 1 &<< UInt64(list.rawValue & 63) }

  @inline(__always)
  func contains(_ list: WordList) -> Bool {
    switch list.rawValue >> 6 {
    case 0: first & Self.bit(list) != 0
    case 1: second & Self.bit(list) != 0
    default: third & Self.bit(list) != 0
    }
  }

  @inline(__always)
  mutating func formUnion(_ other: WordLists) {
    first |= other.first
    second |= other.second
    third |= other.third
  }
}
