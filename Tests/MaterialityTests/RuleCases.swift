@testable import Materiality

/// A pair of texts that meets a rule, or one like it that does not.
struct RuleCase: Sendable {
  let rule: Rule
  let isMet: Bool
  let before: String
  let after: String
  let because: String

  private init(_ rule: Rule, _ isMet: Bool, _ before: String, _ after: String, _ because: String) {
    (self.rule, self.isMet, self.before, self.after, self.because) = (rule, isMet, before, after, because)
  }

  static func met(_ rule: Rule, _ before: String, _ after: String, _ because: String) -> RuleCase {
    RuleCase(rule, true, before, after, because)
  }

  static func not(_ rule: Rule, _ before: String, _ after: String, _ because: String) -> RuleCase {
    RuleCase(rule, false, before, after, because)
  }
}

extension RuleCase {
  /// Both sides of every rule. A text that begins with `#` stands as it is; any other stands alone under a heading.
  static let all = harmless + effects + laws

  private static let harmless: [RuleCase] = [
    .met(.typography, "Keep your *key* secret.", "Keep your key secret.", "emphasis is dress"),
    .not(.typography, "Keep your key secret.", "Keep your password secret.", "another word"),
    .met(
      .movedText, "Pay within ten days. Every invoice states its number.",
      "Every invoice states its number. Pay within ten days.", "two sentences changed places"),
    .not(
      .movedText, "Pay within ten days. Every invoice states its number.",
      "Every invoice states its date. Pay within ten days.", "what came is not what went"),
    .met(
      .renumbering,
      "# Terms\n\n## 1. Fees\n\n(a) Fees are paid in advance by card.\n\n(b) Receipts are sent by post on demand.\n",
      "# Terms\n\n## 1. Fees\n\n(b) Receipts are sent by post on demand.\n\n(c) Fees are paid in advance by card.\n",
      "the clause bears another letter"),
    .not(.renumbering, "1\\. Keep records.", "1\\. Keep ledgers.", "the number stayed and the words did not"),
    .met(
      .renumbering, "Ropes are coiled by the crew. **3.3.** Lamps are lit at dusk.",
      "Ropes are coiled by the crew.  \n**3.3.** Lamps are lit at dusk.",
      "a number that stood within the line heads one"),
    .not(.renumbering, "The daily rate is 3.3.", "The daily rate is 3.5.", "a number that a sentence ends with"),
    .met(
      .crossReferenceFollowed, "Refunds follow Section 4(b) and are made without delay.",
      "Refunds follow Section 4(c) and are made without delay.",
      "a reference alone changed, in a text that numbers nothing"),
    .not(
      .crossReferenceFollowed, "Refunds follow Article 4 of the Sale of Goods Act.",
      "Refunds follow Article 5 of the Sale of Goods Act.", "the article of a law is none of ours"),
    .met(
      .renamedTerm, "# Terms\n\n## A\n\nThe Plugin starts here.\n\n## B\n\nOpen the Plugin there.\n",
      "# Terms\n\n## A\n\nThe Widget starts here.\n\n## B\n\nOpen the Widget there.\n", "renamed wherever it stood"),
    .not(
      .renamedTerm, "# Terms\n\n## A\n\nThe Plugin starts here.\n\n## B\n\nOpen the Plugin there.\n",
      "# Terms\n\n## A\n\nThe Widget starts here.\n\n## B\n\nOpen the Gadget there.\n", "once one thing, once another"),
    .met(.textDate, "Last updated: 3 May 2026", "Last updated: 1 June 2026", "the text's own date"),
    .not(
      .textDate, "You must return devices by 3 May 2026.", "You must return devices by 1 June 2026.",
      "a deadline is a rule"),
    .met(
      .textHistory, "See the archive.", "See the archive.\n\nWe are updating these terms on 1 May 2026.",
      "an announcement of the text itself"),
    .not(
      .textHistory, "See the archive.",
      "See the archive.\n\nWe may change these terms on 1 May 2026 and you must accept them.",
      "who must accept is no account"),
    .met(
      .heading, "# Terms\n\n## Money\n\nFees are paid in advance.\n",
      "# Terms\n\n## Fees and Money\n\nFees are paid in advance.\n",
      "a heading's words"),
    .not(
      .heading, "# Terms\n\n## 1. Do not\n\n(a) Fishing\n", "# Terms\n\n## 1. Do not\n\n(a) Fishing\n\n(b) Gambling\n",
      "an item with a capital is an item"),
    .met(
      .pageFurniture, "# Terms of Service\n\nPay in advance.\n",
      "# Terms of Service\n\nSkip to content\n\nPay in advance.\n", "a page's control"),
    .not(
      .pageFurniture, "# Terms of Service\n\nPay in advance.\n", "# Terms of Service\n\ntext\n\nPay in advance.\n",
      "a word in lower case may be an item"),
    .met(
      .pageFurniture,
      "# Terms\n\nPay in advance.\n\n[Home](https://a.example)\n\n[Help](https://b.example)\n\n[Shop](https://c.example)\n\n[News](https://d.example)\n\nPart of the Harbor network\n",
      "# Terms\n\nPay in advance.\n", "a line among links that says whose page it is"),
    .not(
      .pageFurniture, "# Terms\n\nYou may not sell:\n\nRopes stay here.\n",
      "# Terms\n\nYou may not sell:\n\nWeapons\n\nTobacco\n\nIvory\n\nTickets\n\nAlcohol\n\nRopes stay here.\n",
      "lines that a colon introduces are items of the terms"),
    .met(
      .contactDetails, "Write to a@harbor.example with questions.", "Write to b@harbor.example with questions.",
      "another mail address"),
    .not(
      .contactDetails, "Report it within 72 hours to a@harbor.example.",
      "Report it within 48 hours to a@harbor.example.",
      "a deadline in a sentence with an address"),
    .met(
      .pointer, "Pay in advance.",
      "Pay in advance. For more information, see [our help pages](https://harbor.example/help).",
      "where to read more"),
    .not(
      .pointer, "Pay in advance.",
      "Pay in advance. When you visit [our pages](https://harbor.example/x), we record your steps.",
      "what happens on a visit"),
    .met(
      .summary, "# Terms\n\n## Key takeaways\n\nYou pay in advance.\n",
      "# Terms\n\n## Key takeaways\n\nYou always pay us in advance.\n",
      "a summary restates"),
    .not(
      .summary, "# Terms\n\n## Payment\n\nYou pay in advance.\n",
      "# Terms\n\n## Payment\n\nYou always pay us in advance.\n", "the rule itself"),
    .met(
      .explanation, "# Terms\n\n## Words\n\nRead on.\n",
      "# Terms\n\n## Words\n\nRead on.\n\n## Browser\n\nA browser is a program that shows pages.\n",
      "an entry of a glossary"),
    .not(
      .explanation, "# Terms\n\n## Words\n\nRead on.\n",
      "# Terms\n\n## Words\n\nRead on.\n\n## Browser\n\nA browser is what you must install.\n",
      "an entry that lays a duty on somebody"),
    .met(
      .example, "You can quote from the text.", "You can quote from the text (such as a headline).",
      "a bracketed example"),
    .not(
      .example, "We share data.", "We share data (such as your address).",
      "examples of data are what the reader learns of the rule"),
    .met(
      .example, "Some berths – like the Lantern berth – have a roof.", "Some berths have a roof.",
      "an example between dashes"),
    .not(
      .example, "Some berths – leased by the week – have a roof.", "Some berths have a roof.",
      "what is said between dashes and is no example"),
    .met(
      .abbreviation, "The Harbor Tools include various programs.",
      "The Harbor Tools (“**HT**”) includes various programs.", "a short name in front of a verb that changed its form"),
    .not(
      .abbreviation, "The Harbor Tools (“**HT**”) include programs.", "The Harbor Tools (“**HX**”) includes programs.",
      "another short name"),
    .met(.abbreviation, "We follow the Harbor Style Guide.", "We follow the HSG.", "a name and its initials"),
    .not(.abbreviation, "We follow the Harbor Style Guide.", "We follow the HSB.", "other letters"),
    .met(
      .ownName, "# Harbor Terms\n\nThe Service is open. Harbor made it.\n",
      "# Harbor Terms\n\nThe Harbor Service is open. Harbor made it.\n",
      "the service's own name before it"),
    .not(
      .ownName, "# Harbor Terms\n\nThe Service is open. Harbor made it.\n",
      "# Harbor Terms\n\nThe Lagoon Service is open. Harbor made it.\n",
      "the name of another"),
    .met(.spelling, "Send it to the folowing place.", "Send it to the following place.", "a slip of the pen"),
    .not(.spelling, "Access is granted.", "Access is denied.", "a known word is no slip"),
    .met(
      .spelling, "Pay in advance orotherwise agreed.", "Pay in advance or otherwise agreed.", "a space that was missing"
    ),
    .not(.spelling, "Pay in advance and otherwise agreed.", "Pay in advance or otherwise agreed.", "another word"),
    .met(.sameWord, "The user accepts each step.", "The user accepted each step.", "another form of the same word"),
    .not(.sameWord, "The user accepts each step.", "The user skips each step.", "another word"),
    .met(
      .movedText, "Berths lie in the north, the east, and the west.",
      "Berths lie in the north, the west, and the east.",
      "the items of a list in another order"),
    .not(
      .movedText, "Berths lie in the north, the east, and the west.", "Berths lie in the north, the west, or the east.",
      "alternatives now"),
    .met(
      .heading,
      "# Harbor Terms\n\n1.  [Home](https://harbor.example)\n2.  Harbor Terms\n\n## Fees\n\nFees are paid in advance.\n",
      "# Harbor Terms\n\n## Fees\n\nFees are paid in advance.\n",
      "the document's own title again, behind a trail of links"),
    .not(
      .heading,
      "# Harbor Terms\n\n1.  [Home](https://harbor.example)\n2.  Daily dues\n\n## Fees\n\nFees are paid in advance.\n",
      "# Harbor Terms\n\n## Fees\n\nFees are paid in advance.\n", "another line"),
    .met(
      .contactDetails, "Questions, comments and requests should be addressed to the harbor office.",
      "Questions, comments, complaints and requests should be addressed to the harbor office.",
      "one more occasion to write"),
    .not(
      .contactDetails, "Questions, comments and requests must be addressed to the harbor office.",
      "Questions, comments, complaints and requests must be addressed to the harbor office.", "where it is a duty"),
    .met(
      .equalWords, "You may access and use the quay by day.", "You may use the quay by day.",
      "whoever uses a thing has access to it"),
    .not(
      .equalWords, "You may rent and use the quay by day.", "You may use the quay by day.", "renting is more than using"
    ),
    .met(
      .equalWords, "Read our privacy notice before you moor.", "Read our privacy policy before you moor.",
      "two names of one document, told by the word before"),
    .not(.equalWords, "Give us notice before you moor.", "Give us policy before you moor.", "no privacy before it"),
    .met(
      .functionWords, "# Terms\n\n## Data\n\nWe hold\n\n- your name; and\n- your age.\n",
      "# Terms\n\n## Data\n\nWe hold\n\n- your name;\n- your age.\n", "the next item follows all the same"),
    .not(
      .functionWords, "# Terms\n\n## Data\n\nShow us\n\n- your name; or\n- your age.\n",
      "# Terms\n\n## Data\n\nShow us\n\n- your name;\n- your age.\n", "one of them was enough"),
    .met(.equalWords, "Ask us prior to the start.", "Ask us before the start.", "two ways to say it"),
    .not(.equalWords, "Ask us prior to the start.", "Ask us after the start.", "the contrary"),
    .met(.functionWords, "The service is for the crew.", "This service is for a crew.", "articles"),
    .not(
      .functionWords, "The software comes as is.", "The software comes as they are.", "“as is” disclaims a warranty"),
    .met(
      .harmlessRewording, "We made our pages nicer.", "We made our pages.", "no word of it bears on anything"),
    .not(.harmlessRewording, "We may end the service.", "We must end the service.", "a duty for a permission"),
  ]

  private static let effects: [RuleCase] = [
    .met(.modality, "You may test.", "You must test.", "a duty for a permission"),
    .not(.modality, "You shall test.", "You will test.", "the same duty"),
    .met(.negation, "We share it.", "We do not share it.", "a negation came"),
    .not(.negation, "We don't share it.", "We do not share it.", "the same negation"),
    .met(.connective, "Send a copy and a photo.", "Send a copy or a photo.", "alternatives for both"),
    .not(.connective, "Send a copy and a photo.", "Send a copy, and a photo.", "a comma"),
    .met(.quantifier, "Some users pay.", "All users pay.", "more cases"),
    .not(.quantifier, "Each user pays.", "Every user pays.", "the same cases"),
    .met(.numberChanged, "Leave 15 days before.", "Leave 10 days before.", "a period"),
    .not(.numberChanged, "Leave thirty (30) days before.", "Leave 30 days before.", "the same period"),
    .met(.exception, "We delete logs.", "We delete logs, unless you object.", "an exception came"),
    .not(.exception, "If you leave, we delete logs.", "In case you leave, we delete logs.", "the same condition"),
    .met(.standard, "We make reasonable efforts.", "We make efforts.", "a standard was dropped"),
    .not(.standard, "We make reasonable efforts.", "We make *reasonable* efforts.", "the standard stayed"),
    .met(
      .liability, "We answer for breakage.", "We answer for breakage and are liable for delay.", "more is answered for"),
    .not(.liability, "We answer for breakage.", "We answer for Breakage.", "a capital"),
    .met(.indemnity, "You keep records.", "You keep records and indemnify us.", "an indemnity came"),
    .not(.indemnity, "You indemnify us.", "You will indemnify us.", "the indemnity stayed"),
    .met(.warranty, "The work comes in a box.", "The work comes in a box, without warranty.", "a disclaimer came"),
    .not(.warranty, "We give no warranty here.", "We give no *warranty* here.", "the disclaimer stayed"),
    .met(.remedy, "A late order is cancelled.", "A late order earns a refund.", "a refund came"),
    .not(.remedy, "You get a refund.", "You get the refund.", "the refund stayed"),
    .met(.dispute, "We talk about quarrels.", "Quarrels go to arbitration.", "arbitration came"),
    .not(.dispute, "Quarrels go to arbitration.", "Quarrels go to Arbitration.", "a capital"),
    .met(.governingLaw, "Irish courts decide.", "The law of France governs it.", "another law governs"),
    .not(.governingLaw, "It is governed by Irish law.", "This is governed by Irish law.", "the same law governs"),
    .met(.payment, "The plan stays open.", "The plan costs a monthly fee.", "a fee came"),
    .not(.payment, "You pay a fee.", "You pay the fee.", "the fee stayed"),
    .met(.licence, "You keep your pictures.", "You license your pictures to us.", "a licence came"),
    .not(.licence, "Your licence ends.", "Your license ends.", "two spellings"),
    .met(.dataUse, "We see what you write.", "We share what you write with advertisers.", "data go elsewhere"),
    .not(.dataUse, "We store cookies.", "We store Cookies.", "a capital"),
    .met(.termination, "We may warn you.", "We may suspend you.", "suspension came"),
    .not(.termination, "We may suspend you.", "We may *suspend* you.", "suspension stayed"),
    .met(.amendment, "We improve these terms.", "We amend these terms without notice.", "notice was dropped"),
    .not(.amendment, "We amend these terms.", "We amend the terms.", "the procedure stayed"),
    .met(.eligibility, "Anybody can join.", "Only adults can join.", "fewer may join"),
    .not(.eligibility, "Adults join here.", "Adults join *here*.", "the same may join"),
    .met(.scope, "These rules are for ships.", "These rules apply worldwide.", "they cover more"),
    .not(.scope, "These rules apply here.", "The rules apply here.", "they cover the same"),
    .met(.party, "You deal with Harbor Ltd.", "You deal with Lagoon Ltd.", "another company"),
    .not(.party, "You deal with Harbor Ltd.", "You deal with *Harbor Ltd*.", "the same company"),
    .met(.conduct, "Posts are welcome.", "Fraudulent posts are prohibited.", "something is forbidden"),
    .not(.conduct, "Fraud is out.", "Fraud is *out*.", "the same is forbidden"),
    .met(.obligation, "You see our guide.", "You comply with our guide.", "a duty came"),
    .not(.obligation, "You comply with our guide.", "You adhere to our guide.", "the same duty"),
    .met(.security, "We look after files.", "We encrypt files.", "a promise of security"),
    .not(.security, "We encrypt files.", "We encrypt the files.", "the promise stayed"),
    .met(
      .definitionChanged, "# Terms\n\n## 1. Words\n\n“App” means a program.\n\n## 2. Use\n\nOpen the App.\n",
      "# Terms\n\n## 1. Words\n\n“App” means a program or a site.\n\n## 2. Use\n\nOpen the App.\n",
      "a definition was widened"),
    .not(
      .definitionChanged, "# Terms\n\n## 1. Words\n\n“App” means a program.\n\n## 2. Use\n\nOpen the App.\n",
      "# Terms\n\n## 1. Words\n\n“App” means a program.\n\n## 2. Use\n\nDo not open the App.\n",
      "a clause that uses the term changed"),
    .met(
      .crossReferenceRedirected,
      "# Terms\n\n## 1. Fees\n\nPay in advance.\n\n## 2. Ends\n\nSay so in writing.\n\n## 3. Rest\n\nSee Section 1 for what is owed.\n",
      "# Terms\n\n## 1. Fees\n\nPay in advance.\n\n## 2. Ends\n\nSay so in writing.\n\n## 3. Rest\n\nSee Section 2 for what is owed.\n",
      "the reference points at another clause"),
    .not(
      .crossReferenceRedirected,
      "# Terms\n\n## 1. Fees\n\nPay in advance by card.\n\n## 2. Rest\n\nSee Section 1 for what is owed.\n",
      "# Terms\n\n## 1. Who\n\nThis is for ships.\n\n## 2. Fees\n\nPay in advance by card.\n\n## 3. Rest\n\nSee Section 2 for what is owed.\n",
      "the reference follows the clause"),
    .met(.clauseInserted, "Pay in advance.", "Pay in advance.\n\nKeep the noise down.", "a clause came"),
    .not(
      .clauseInserted, "Pay in advance.",
      "Pay in advance.\n\nFor more information, see [our pages](https://harbor.example).", "a pointer came"),
    .met(.clauseDeleted, "Pay in advance.\n\nKeep the noise down.", "Pay in advance.", "a clause went"),
    .not(
      .clauseDeleted, "Pay in advance.\n\nFor more information, see [our pages](https://harbor.example).",
      "Pay in advance.", "a pointer went"),
    .met(.listItem, "We keep names, mails and photos.", "We keep names, mails, voices and photos.", "a list grew"),
    .not(.listItem, "We keep names, mails and photos.", "We keep names, mails, and photos.", "a comma"),
    .met(
      .incorporatedDocument,
      "# Terms\n\n## 1. General provisions\n\n- [Fee schedule](https://harbor.example/f)\n- [House rules](https://harbor.example/h)\n",
      "# Terms\n\n## 1. General provisions\n\n- [Fee schedule](https://harbor.example/f)\n- [House rules](https://harbor.example/h)\n- [Arbitration rules](https://harbor.example/a)\n",
      "a document that binds along came"),
    .not(
      .incorporatedDocument, "# Terms\n\n## 1. General provisions\n\n- [Fee schedule](https://harbor.example/f)\n",
      "# Terms\n\n## 1. General provisions\n\n- [Fee schedule](https://harbor.example/fees)\n",
      "the same document elsewhere"),
    .met(
      .exchangedWord, "Letters are sorted by people.", "Letters are sorted by robots.",
      "who sorts them is another, though no list knows either"),
    .not(.exchangedWord, "You can buy lamps.", "You can purchase lamps.", "the words are known to mean the same"),
    .met(
      .exchangedWord, "The Output is the maker’s.", "The Input is the maker’s.",
      "a capital hides no word that is known to bear on something"),
    .not(.exchangedWord, "Lamps by Pelagos burn all night.", "Lamps by Harbor burn all night.", "a name for a name"),
    .not(
      .exchangedWord, "The old lamp is by the new door.", "The new lamp is by the old door.",
      "both words stood there before"),
    .met(
      .qualifyingPhrase, "You may use the emblem.", "You may use the emblem in print.", "it may be used in print alone"),
    .met(.qualifyingPhrase, "Tips are kept for the season.", "Tips are kept.", "no end is set any more"),
    .not(.qualifyingPhrase, "You may use the emblem.", "You may use the bright emblem.", "no phrase that opens so"),
    .not(.qualifyingPhrase, "## 3. Lamps", "## 3. Lamps in harbours", "a heading rules nothing"),
    .met(.exchangedWord, "The Client owns the boat.", "The Agency owns the boat.", "a part that somebody else plays"),
    .not(
      .exchangedWord, "Pelagos owns the boat.", "Harbor owns the boat.", "a name without an article may be a brand's"),
    .met(.party, "The key is held by the customer.", "The key is held by us.", "somebody else holds it"),
    .not(.party, "The key is held by Pelagos.", "The key is held by us.", "a name that may be ours"),
    .met(
      .unproven, "Send pictures to the keeper of the shed.",
      "Send pictures, sketches, carvings, moulds, castings, rubbings and etchings to the keeper of the shed.",
      "nothing shows that other things may be sent"),
    .not(.unproven, "You may test.", "You must test.", "a rule says what it is"),
    .met(
      .otherLanguage, "Der Anbieter darf die Preise nicht ändern.", "Der Anbieter darf die Gebühren nicht ändern.",
      "German is not judged by English words"),
    .not(.otherLanguage, "We may change prices.", "We may change fees.", "English is"),
  ]

  private static let laws: [RuleCase] = [
    .met(
      .statute, "We answer you.",
      "We answer you.\n\nUnder Regulation (EU) 2016/679 you have the right to ask for your data.", "a law is named"),
    .not(
      .statute, "We answer you.", "We answer you.\n\nUnder our house rules you may ask for your data.",
      "no law is named"),
    .met(
      .regulator, "We answer you.", "We answer you.\n\nYou have the right to complain to a supervisory authority.",
      "an authority is named"),
    .not(.regulator, "We answer you.", "We answer you.\n\nYou may complain to our support.", "no authority is named"),
    .met(
      .jurisdictionRight, "We answer you.",
      "We answer you.\n\nCalifornia residents have the right to opt out of the sale of their data.",
      "the people of a place are given a right"),
    .not(
      .jurisdictionRight, "We answer you.", "We answer you.\n\nEverybody may opt out of the sale of their data.",
      "everybody is"),
  ]
}
