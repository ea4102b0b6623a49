/// What is known of English words in terms: which bear on rights and duties, and which bear on nothing.
enum Vocabulary {
  struct Traits: OptionSet, Hashable, Sendable {
    let rawValue: UInt64

    static let modality = Traits(rawValue: 1 << 0)
    static let negation = Traits(rawValue: 1 << 1)
    static let connective = Traits(rawValue: 1 << 2)
    static let quantifier = Traits(rawValue: 1 << 3)
    static let exception = Traits(rawValue: 1 << 4)
    static let standard = Traits(rawValue: 1 << 5)
    static let liability = Traits(rawValue: 1 << 6)
    static let indemnity = Traits(rawValue: 1 << 7)
    static let warranty = Traits(rawValue: 1 << 8)
    static let remedy = Traits(rawValue: 1 << 9)
    static let dispute = Traits(rawValue: 1 << 10)
    static let governingLaw = Traits(rawValue: 1 << 11)
    static let payment = Traits(rawValue: 1 << 12)
    static let licence = Traits(rawValue: 1 << 13)
    static let dataUse = Traits(rawValue: 1 << 14)
    static let termination = Traits(rawValue: 1 << 15)
    static let amendment = Traits(rawValue: 1 << 16)
    static let eligibility = Traits(rawValue: 1 << 17)
    static let scope = Traits(rawValue: 1 << 18)
    static let party = Traits(rawValue: 1 << 19)
    static let conduct = Traits(rawValue: 1 << 20)
    static let obligation = Traits(rawValue: 1 << 21)
    static let security = Traits(rawValue: 1 << 22)
    static let period = Traits(rawValue: 1 << 23)
    static let place = Traits(rawValue: 1 << 24)
    static let function = Traits(rawValue: 1 << 25)
    static let preposition = Traits(rawValue: 1 << 26)
    static let furniture = Traits(rawValue: 1 << 27)
    static let contact = Traits(rawValue: 1 << 28)
    static let history = Traits(rawValue: 1 << 29)
    static let document = Traits(rawValue: 1 << 30)
    static let pointer = Traits(rawValue: 1 << 31)
    static let pronoun = Traits(rawValue: 1 << 32)
    static let verb = Traits(rawValue: 1 << 33)
    static let law = Traits(rawValue: 1 << 34)
    static let generalNoun = Traits(rawValue: 1 << 35)

    /// Traits that show an effect by themselves.
    static let effects: Traits = [
      .modality, .negation, .connective, .quantifier, .exception, .standard, .liability, .indemnity, .warranty, .remedy,
      .dispute,
      .governingLaw, .payment, .licence, .dataUse, .termination, .amendment, .eligibility, .scope, .party, .conduct,
      .obligation,
      .security, .law,
    ]
  }

  /// The rule that each effect trait belongs to.
  static let rules: [(trait: Traits, rule: Rule)] = [
    (.modality, .modality), (.negation, .negation), (.exception, .exception), (.standard, .standard),
    (.quantifier, .quantifier),
    (.liability, .liability), (.indemnity, .indemnity), (.warranty, .warranty), (.remedy, .remedy),
    (.dispute, .dispute),
    (.governingLaw, .governingLaw), (.payment, .payment), (.licence, .licence), (.dataUse, .dataUse),
    (.termination, .termination),
    (.amendment, .amendment), (.eligibility, .eligibility), (.scope, .scope), (.party, .party), (.conduct, .conduct),
    (.obligation, .obligation), (.security, .security),
  ]

  /// The words of each trait; it belongs to their stems.
  static let lists: [(Traits, String)] = [
    (
      .modality,
      """
      may must shall will can cannot should might could would required require requires entitled allowed allow permit permitted
      permission permissions prohibited prohibit forbidden obliged obligated obligation duty right rights need ought agree agrees
      consent authorize authorized authorization reserve reserves expect undertake able unable optional mandatory
      """
    ),
    (.negation, "not no never neither nor none without cannot nothing nobody neither"),
    (.connective, "and or"),
    (
      .quantifier,
      "all any each every some certain most both either several multiple additional other another only solely more less fewer least maximum minimum up exclusively entire whole part partial always sometimes usually generally"
    ),
    (
      .exception,
      "unless except exception exceptions excluding exclude excluded notwithstanding however although provided otherwise besides if where whenever subject conditional condition despite exempt save apart when before after whether extent accordance pursuant regardless depending unless until while once"
    ),
    (
      .standard,
      "reasonable reasonably unreasonable sole absolute discretion material materially substantial substantially significant promptly immediately immediate expressly explicit objective concrete good faith best efforts endeavor endeavors appropriate necessary proportionate strict strictly diligent commercially severe serious gross negligence willful imminent legitimate consistent regardless sufficient"
    ),
    (
      .liability,
      "liable liability liabilities damages damage loss losses limitation responsible responsibility injury consequential incidental indirect punitive exemplary aggregate risk negligence fault accountable harm harmless"
    ),
    (.indemnity, "indemnify indemnity indemnification indemnified defend hold harmless reimburse"),
    (
      .warranty,
      "warranty warranties warrant represent representation guarantee guarantees guaranteed merchantability fitness disclaim disclaimer disclaims uninterrupted error-free conformity defect defects defective"
    ),
    (
      .remedy,
      "remedy remedies refund refunds refundable non-refundable compensation compensate damages credit replace repair return returns cancellation withdrawal withdraw appeal complaint complaints redress counter-notice objection resolve resolution correct correction"
    ),
    (
      .dispute,
      "arbitration arbitrate arbitrator dispute disputes court courts litigation jury class claim claims lawsuit sue suit mediation proceedings proceeding tribunal injunction injunctive waive waiver waives settle settlement aaa jams"
    ),
    (
      .governingLaw,
      "governed govern governing jurisdiction venue forum laws law conflict conflicts courts exclusive statute legislation resolution provision provisions competent national local government"
    ),
    (
      .payment,
      "fee fees price prices pricing pay payment payments paid payable charge charges charged chargeback cost costs billing bill billed invoice tax taxes vat subscription subscriptions subscribe renew renewal renewals renewed auto-renewal commission royalty royalty-free deposit refund discount purchase purchases purchased trial free payout payouts withhold withholding installment currency balance amount amounts plan plans card cards transaction transactions promotion promotions promotional financial"
    ),
    (
      .licence,
      "license licenses licensed licensor licensee sublicense royalty-free copyright copyrights trademark trademarks patent patents intellectual property ownership own owns owner owned title reproduce distribute modify derivative transferable non-exclusive irrevocable perpetual worldwide infringe infringing infringement infringes decompile reverse engineer disassemble proprietary original content works output outputs input inputs"
    ),
    (
      .dataUse,
      "data personal information collect collects collected collection share shares shared sharing disclose disclosed disclosure process processed processing processor processors controller retain retained retention store stored storage transfer transferred transfers cookie cookies advertising advertiser advertisers ads ad profile profiling track tracking identifier identifiers train training model models ai artificial intelligence algorithm automated analytics analyze aggregate anonymized anonymize de-identified third-party third parties recipients sell sold sale privacy consent opt biometric location geolocation metadata usage log logs partner partners vendors subprocessor subprocessors device devices identify identity identifiable browser browsing ip activity activities interaction interactions sensitive demographic recipient database inferences interests personalized personalize personalization targeted targeting"
    ),
    (
      .termination,
      "terminate terminates terminated termination suspend suspended suspension cancel canceled cancels cancellation expire expires expiration expiry delete deleted deletion remove removal removed survive survives survival deactivate disable disabled discontinue discontinued close closure revoke revoked block blocked ban banned restrict restricted"
    ),
    (
      .amendment,
      "notice notices notify notified notification amend amendment amendments modify modification modifications revise change changes advance prior supersede superseded replaced entire agreement effective retroactive"
    ),
    (
      .eligibility,
      "age ages aged years minor minors child children parent parental guardian eligible eligibility ineligible resident residents reside residing residence adult adults qualify qualified registered majority country countries consumer consumers employer employers residency citizens"
    ),
    (
      .scope,
      "apply applies applicable application cover covers covered coverage scope extend extends extended include includes including limited govern available availability territory worldwide globally region regions"
    ),
    (
      .party,
      "inc llc ltd limited gmbh corporation corp sarl s.a sa bv b.v oy ab plc company subsidiary subsidiaries affiliate affiliates entity entities parent successor successors assign assigns assignment contracting"
    ),
    (
      .conduct,
      "abuse harass harassment harassing spam scrape scraping crawl crawling bots bot automated unlawful illegal fraud fraudulent misleading deceptive impersonate hate hateful violence violent threaten threatening adult sexual pornographic weapon weapons drugs gambling malware virus viruses circumvent bypass resell sublicense violate violates violation violations breach breaches prohibited compete misuse disrupt interfere harmful obscene defamatory moderation moderate enforce enforcement false malicious"
    ),
    (
      .obligation,
      "comply complies compliance ensure ensures maintain provide provides submit obtain keep follow adhere cooperate assist deliver disclose report responsible accept accepts acceptance acknowledge acknowledges commit commits commitment respond demand demands verify verification requirement requirements determine determines enforce incorporate incorporated specify specified designate approve approval binding bind constitutes"
    ),
    (
      .security,
      "security secure safeguard safeguards encrypt encryption encrypted breach incident incidents confidential confidentiality protect protection audit audits certification certified moderation integrity"
    ),
    (
      .period,
      "day days week weeks month months year years hour hours minute minutes business calendar daily weekly monthly annual annually yearly quarterly fortnight fortnights weekday weekdays weekend weekends hourly"
    ),
    (
      .place,
      "eu eea uk us usa u.s u.k u.s.a europe european california californian colorado connecticut virginia utah texas nevada oregon montana delaware iowa tennessee indiana nebraska minnesota maryland jersey hampshire kentucky rhode island washington illinois maine vermont germany german france french ireland irish switzerland swiss italy italian spain spanish austria austrian belgium belgian netherlands dutch sweden swedish norway denmark finland poland portugal canada canadian quebec australia australian brazil brazilian india indian japan japanese korea korean china chinese singapore israel russia russian mexico thailand luxembourg england english scotland wales kingdom york florida state states federal nigeria argentina turkey vietnam indonesia philippines malaysia taiwan hong kong liechtenstein iceland cyprus malta greece hungary romania bulgaria croatia czech slovakia slovenia estonia latvia lithuania ukraine chile colombia peru africa zealand"
    ),
    (
      .law,
      "statute statutory regulation regulations regulator regulatory directive legislation act gdpr ccpa cpra dsa dma coppa hipaa lgpd pipeda dmca authority authorities commissioner court legal law laws legally lawful mandatory"
    ),
    (
      .function,
      "a an the this that these those then so also too please just simply very such be is are it its there here which who whom whose what do does has have had been being am thus therefore hereby hereof herein thereof therein hereto furthermore moreover again even still yet rather quite well now etc"
    ),
    (.pronoun, "we us our ours you your yours they them their theirs he she his her i me my"),
    (
      .preposition,
      "of to in on at by for with from as about into onto via through within during upon under over between among regarding concerning per towards toward across around along around using"
    ),
    (
      .furniture,
      "skip content navigation navigate menu search share print download sign log login logout register home contact about us back top toggle expand collapse close open tab page pages read more learn next previous table contents edit view source history subscribe newsletter newsletters follow facebook twitter instagram youtube linkedin pinterest tiktok copyright reserved copy link links click here faq faqs help support blog careers news press media settings language languages english image logo icon app store google play cart shop store stores products get started request demo sales free try start now jump overview summary feedback save developer organized collections categorize preferences qr code pdf site map sitemap resources company team events legal terms privacy policy cookies accessibility investors social community partners solutions features pricing watch listen discover explore welcome hello account"
    ),
    (
      .contact,
      "email mail phone telephone tel fax call calling write writing contact contacting reach address addressed attn attention suite ste street st floor road rd avenue ave boulevard blvd box po p.o house building drive dr lane square terrace way zip postcode postal code city county office offices headquarters located registered mailing form online chat support helpdesk hotline department dept department c/o usa uk"
    ),
    (
      .history,
      "last latest updated update updates updating effective date dated revised revision revisions modified amended published publication posted issued version versions formulated reviewed archived archive previous older former current new upcoming preview summary changelog history added gmt utc hkt pst est cet replaced until"
    ),
    (
      .document,
      "terms policy policies agreement agreements conditions statement notice contract guidelines rules document documents addendum privacy service services use user"
    ),
    (
      .pointer,
      "see learn read more information find visit click here view details detail refer check review please further additional help center page article navigate available below above link faq located at following"
    ),
    (
      .verb,
      "be have do make use get give take go come see know want look find tell ask work seem feel try leave call create add show send receive post upload access contact select choose click enter enable display appear contain describe explain help offer perform set start stop begin continue allow follow include apply mean means improve improves generate operate operates promote interact meet meets believe believes understand result results identify indicate prevent resolve cause affect attempt respect relate"
    ),
    (
      .generalNoun,
      "thing things way ways time times example examples case cases part parts kind type types number name names place example instance purpose purposes person people individual individuals question questions reason reasons result results system systems tool tools order method methods measure measures manner basis category categories description"
    ),
  ]
}
