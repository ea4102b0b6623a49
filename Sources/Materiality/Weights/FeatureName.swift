internal import TermsModel

/// The names of what the linear model is told of a change, each with a place of its own.
struct FeatureName {
  /// Where the name stands in ``all``.
  let place: Int

  private init(_ place: Int) { self.place = place }

  /// Every name, by place.
  static let all: [String] =
    single + ChangeKind.allCases.map { "k:" + $0.rawValue } + traits.map { "t:" + $0.name }
    + bearing.map { "c:" + $0.name } + sectionStems.map { "s:" + $0 }

  /// The places, in the order of their names: in that order features are summed, so that the sum is the same on every run.
  static let ordered = all.indices.sorted { all[$0] < all[$1] }

  // MARK: Names of their own

  static var whole: FeatureName { FeatureName(0) }
  static var open: FeatureName { FeatureName(1) }
  static var novel: FeatureName { FeatureName(2) }
  static var hunks: FeatureName { FeatureName(3) }
  static var sentences: FeatureName { FeatureName(4) }
  static var oneSided: FeatureName { FeatureName(5) }
  static var share: FeatureName { FeatureName(6) }
  static var names: FeatureName { FeatureName(7) }
  static var unknown: FeatureName { FeatureName(8) }
  static var numbers: FeatureName { FeatureName(9) }
  static var signs: FeatureName { FeatureName(10) }
  static var dates: FeatureName { FeatureName(11) }
  static var references: FeatureName { FeatureName(12) }
  static var addresses: FeatureName { FeatureName(13) }
  static var capitals: FeatureName { FeatureName(14) }
  static var linked: FeatureName { FeatureName(15) }
  static var you: FeatureName { FeatureName(16) }
  static var we: FeatureName { FeatureName(17) }
  static var nobody: FeatureName { FeatureName(18) }
  static var exclamation: FeatureName { FeatureName(19) }
  static var question: FeatureName { FeatureName(20) }
  static var unended: FeatureName { FeatureName(21) }
  static var bare: FeatureName { FeatureName(22) }
  static var contents: FeatureName { FeatureName(23) }
  static var item: FeatureName { FeatureName(24) }
  static var row: FeatureName { FeatureName(25) }
  static var heading: FeatureName { FeatureName(26) }
  static var means: FeatureName { FeatureName(27) }
  static var short: FeatureName { FeatureName(28) }
  static var exampleItem: FeatureName { FeatureName(29) }
  static var quantifier: FeatureName { FeatureName(30) }
  static var termSwap: FeatureName { FeatureName(31) }
  static var swap: FeatureName { FeatureName(32) }
  static var oneSidedHunk: FeatureName { FeatureName(33) }
  static var nameSwap: FeatureName { FeatureName(34) }
  static var brandSwap: FeatureName { FeatureName(35) }
  static var company: FeatureName { FeatureName(36) }
  static var openExample: FeatureName { FeatureName(37) }
  static var nameOurselves: FeatureName { FeatureName(38) }
  static var nameWord: FeatureName { FeatureName(39) }
  static var likeness: FeatureName { FeatureName(40) }
  static var inExample: FeatureName { FeatureName(41) }
  static var listed: FeatureName { FeatureName(42) }
  static var tiny: FeatureName { FeatureName(43) }
  static var light: FeatureName { FeatureName(44) }

  private static let single = [
    "k:whole", "n:open", "n:novel", "n:hunks", "n:sentences", "k:one-sided", "n:share", "t:name", "t:unknown",
    "t:number", "t:sign", "t:date", "t:reference", "t:address", "c:capitals", "c:linked", "p:you", "p:we",
    "p:nobody", "f:exclamation", "f:question", "f:unended", "s:bare", "s:contents", "b:item", "b:row", "b:heading",
    "d:means", "b:short", "x:example-item", "x:quantifier", "x:term-swap", "h:swap", "h:one-sided", "h:name-swap",
    "h:brand-swap", "h:company", "h:open-example", "h:name-we", "h:name-word", "h:likeness", "h:example", "h:listed",
    "h:tiny", "h:light",
  ]

  /// What is counted hunk by hunk.
  static let ofHunks: [FeatureName] = [
    .swap, .oneSidedHunk, .nameSwap, .brandSwap, .company, .openExample, .nameOurselves, .nameWord, .likeness,
    .inExample, .listed, .tiny, .light,
  ]

  // MARK: Names that are made

  /// What became of the clause.
  static func kind(_ kind: ChangeKind) -> FeatureName {
    FeatureName(single.count + (ChangeKind.allCases.firstIndex(of: kind) ?? 0))
  }

  /// How many of the words have the trait that stands at a place of ``traits``.
  static func words(ofTrait place: Int) -> FeatureName {
    FeatureName(single.count + ChangeKind.allCases.count + place)
  }

  /// Whether the sentence around has a word of the trait that stands at a place of ``bearing``.
  static func sentence(ofTrait place: Int) -> FeatureName {
    FeatureName(single.count + ChangeKind.allCases.count + traits.count + place)
  }

  /// Whether a heading above has a stem that the weights know.
  static func section(_ stem: Term) -> FeatureName? {
    sectionTerms.firstIndex(of: stem).map {
      FeatureName(single.count + ChangeKind.allCases.count + traits.count + bearing.count + $0)
    }
  }

  private static let sectionStems: [String] = Set(
    StemList.weighed.words.split(whereSeparator: \.isWhitespace).map { Stem.of(String($0)) }
  ).sorted()
  private static let sectionTerms = sectionStems.map { KnownWords.english.term($0) }

  static let traits: [(name: String, trait: Vocabulary.Traits)] = [
    ("modality", .modality), ("negation", .negation), ("connective", .connective), ("quantifier", .quantifier),
    ("exception", .exception), ("standard", .standard), ("liability", .liability), ("indemnity", .indemnity),
    ("warranty", .warranty), ("remedy", .remedy), ("dispute", .dispute), ("governing-law", .governingLaw),
    ("payment", .payment), ("licence", .licence), ("data-use", .dataUse), ("termination", .termination),
    ("amendment", .amendment), ("eligibility", .eligibility), ("scope", .scope), ("party", .party),
    ("conduct", .conduct), ("obligation", .obligation), ("security", .security), ("period", .period),
    ("place", .place), ("function", .function), ("preposition", .preposition), ("furniture", .furniture),
    ("contact", .contact), ("history", .history), ("document", .document), ("pointer", .pointer),
    ("pronoun", .pronoun), ("verb", .verb), ("law", .law), ("noun", .generalNoun),
  ]

  /// Kinds of words that make the sentence around a change one that rules something.
  static let bearing: [(name: String, trait: Vocabulary.Traits)] = [
    ("liability", .liability), ("warranty", .warranty), ("indemnity", .indemnity), ("dispute", .dispute),
    ("licence", .licence), ("payment", .payment), ("termination", .termination), ("data-use", .dataUse),
    ("conduct", .conduct), ("modality", .modality), ("negation", .negation), ("contact", .contact),
    ("history", .history), ("pointer", .pointer),
  ]
}
