package import TermsModel

/// The rules that speak for a class, each with the reason that a lawyer would give for it.
package enum Rule: String, Hashable, Sendable, CaseIterable {
  // MARK: What shows that the legal effect stays
  case typography
  case movedText = "moved-text"
  case renumbering
  case crossReferenceFollowed = "cross-reference-followed"
  case renamedTerm = "renamed-term"
  case textDate = "text-date"
  case textHistory = "text-history"
  case heading
  case pageFurniture = "page-furniture"
  case contactDetails = "contact-details"
  case pointer
  case summary
  case explanation
  case example
  case abbreviation
  case ownName = "own-name"
  case spelling
  case sameWord = "same-word"
  case equalWords = "equal-words"
  case functionWords = "function-words"
  case harmlessRewording = "harmless-rewording"

  // MARK: What shows an effect
  case modality
  case negation
  case connective
  case quantifier
  case numberChanged = "number-changed"
  case exception
  case standard
  case liability
  case indemnity
  case warranty
  case remedy
  case dispute
  case governingLaw = "governing-law"
  case payment
  case licence
  case dataUse = "data-use"
  case termination
  case amendment
  case eligibility
  case scope
  case party
  case conduct
  case obligation
  case security
  case definitionChanged = "definition-changed"
  case crossReferenceRedirected = "cross-reference-redirected"
  case clauseInserted = "clause-inserted"
  case clauseDeleted = "clause-deleted"
  case listItem = "list-item"
  case incorporatedDocument = "incorporated-document"
  case exchangedWord = "exchanged-word"
  case qualifyingPhrase = "qualifying-phrase"
  case unproven
  case otherLanguage = "other-language"

  // MARK: What shows that a law drives the effect
  case statute
  case regulator
  case jurisdictionRight = "jurisdiction-right"

  /// The class that the rule speaks for.
  package var speaksFor: ChangeClass {
    switch self {
    case .typography, .movedText, .renumbering, .crossReferenceFollowed, .renamedTerm, .textDate, .textHistory,
      .heading,
      .pageFurniture, .contactDetails, .pointer, .summary, .explanation, .example, .abbreviation, .ownName, .spelling,
      .sameWord,
      .equalWords, .functionWords, .harmlessRewording:
      .other
    case .statute, .regulator, .jurisdictionRight: .legalRequired
    default: .material
    }
  }

  /// Why the rule speaks for its class, in one line.
  package var reason: String {
    switch self {
    case .typography: "white space, punctuation, capitals, formatting and the targets of links carry no rule"
    case .movedText: "a sentence that stands elsewhere, word for word, still binds as it did"
    case .renumbering: "the number of a clause is not its content"
    case .crossReferenceFollowed: "a reference that follows a renumbering points at the same clause"
    case .renamedTerm: "a term renamed throughout keeps its meaning"
    case .textDate: "the date of the text itself says when it was written, not what it demands"
    case .textHistory: "an account of versions, past or announced, is not one of the terms"
    case .heading: "a heading orders the text and rules nothing"
    case .pageFurniture: "navigation, links and controls belong to the page, not to the terms"
    case .contactDetails: "how to reach somebody is not what is agreed with them"
    case .pointer: "a sentence that says where to read more sets no rule"
    case .summary: "a summary or an account of changes restates the terms and adds nothing to them"
    case .explanation: "an explanation of words that names no party lays no duty on one"
    case .example: "an example in brackets shows what the rule covers already"
    case .abbreviation: "a name and its initials mean the same"
    case .ownName: "the service's own name before its own things tells them from no others"
    case .spelling: "the same word spelt otherwise means the same"
    case .sameWord: "another form of the same word means the same here"
    case .equalWords: "the words exchanged have the same effect in terms"
    case .functionWords: "articles and particles carry no rule of their own"
    case .harmlessRewording: "no word changed bears on a right or a duty, and together they weigh like a rewording"
    case .modality: "what may be done became what must be done, or the other way round"
    case .negation: "a negation came or went"
    case .connective: "alternatives became cumulative, or the other way round"
    case .quantifier: "the rule reaches more or fewer cases"
    case .numberChanged: "a number in a rule changed"
    case .exception: "an exception or a condition came or went"
    case .standard: "the standard that is applied, or the discretion allowed, changed"
    case .liability: "what somebody answers for changed"
    case .indemnity: "who makes good the losses of whom changed"
    case .warranty: "what is promised of quality changed"
    case .remedy: "what can be had when things go wrong changed"
    case .dispute: "the way disputes are settled changed"
    case .governingLaw: "the law that governs, or the court that decides, changed"
    case .payment: "what is paid, when or how changed"
    case .licence: "what may be done with content, software or marks changed"
    case .dataUse: "what is done with data changed"
    case .termination: "how the agreement or the access ends changed"
    case .amendment: "how the terms change, or how notice is given, changed"
    case .eligibility: "who may take part changed"
    case .scope: "what or whom the terms cover changed"
    case .party: "a party to the agreement changed"
    case .conduct: "what is allowed or forbidden changed"
    case .obligation: "a duty came, went or changed"
    case .security: "what is promised of security changed"
    case .definitionChanged: "a definition changed, and with it every clause that uses the term"
    case .crossReferenceRedirected: "a reference now points at another clause"
    case .clauseInserted: "a clause that was not there now binds"
    case .clauseDeleted: "a clause that bound does so no longer"
    case .listItem: "an item of a list in a clause came or went, and the clause covers more or less"
    case .incorporatedDocument: "a document that the clause lists came or went"
    case .exchangedWord: "a word was exchanged for one that is not known to mean the same"
    case .qualifyingPhrase: "a phrase that says to whom, for what, where or how long came or went"
    case .unproven: "nothing shows that the effect stays"
    case .otherLanguage:
      "the rules about words are for English: in another language only dress, numbers and structure are judged"
    case .statute: "the words changed name a law"
    case .regulator: "the words changed name an authority"
    case .jurisdictionRight: "the words changed give or take what the law of a named place grants"
    }
  }
}
