package import TermsModel

/// The rule profiles that come with the program: data, each with an explanation for people.
package enum ShippedProfiles {
  package struct Entry: Hashable, Sendable {
    package let profile: RuleProfile
    /// What the profile says, in plain sentences, wrapped for a terminal.
    package let explanation: String
  }

  /// Every shipped profile, the default first.
  package static let all = [connectors7a, notice30Days, postingOnly, euP2B3]

  /// The profile of a document that names none: `connectors-7a`.
  package static let standard = connectors7a.profile

  /// The profile of that name, or `nil` where none is shipped.
  package static func profile(named name: String) -> RuleProfile? {
    all.first { $0.profile.name == name }?.profile
  }

  private static let connectors7a = Entry(
    profile: .connectors7a,
    explanation: """
      The default, after clause 7(a) of a platform's terms for connectors.
      - A material change binds a developer from the 15th day after the first notice given to that developer by e-mail or
        courier. The day of the notice is not counted, the last day is (Cal. Civ. Code, section 10): a notice of 17
        December takes effect on 1 January, at the beginning of the day in the document's time zone.
      - Posting is the notice for developers without an address, and for those whom every other notice failed to reach.
      - A change that a law demands takes effect on the day of its posting, and is posted with its legal basis.
      - Any other change takes effect on the day of its posting.
      - Each change has its own date; a version may be in force in part.
      - Either side ends the agreement with 30 days' notice.
      """)

  private static let notice30Days = Entry(
    profile: .notice30Days,
    explanation: """
      Thirty days' notice of every change that no law demands.
      - A change binds a developer from the 30th day after the posting or the first notice to that developer, whichever is
        earlier. The day of the notice is not counted, the last day is.
      - A change that a law demands takes effect on its posting, and is posted with its legal basis.
      - Who joins is bound by the whole version then posted, at once.
      - Each change has its own date; a version may be in force in part.
      - Either side ends the agreement with 30 days' notice.
      """)

  private static let postingOnly = Entry(
    profile: .postingOnly,
    explanation: """
      What is posted binds.
      - Every change, of whatever class, takes effect on the day of its posting, for all developers at once.
      - Notices are sent and kept on record, and no date depends on them.
      - A change that a law demands is posted with its legal basis.
      - Many laws allow this for editorial changes only: ask a lawyer before you choose it.
      """)

  private static let euP2B3 = Entry(
    profile: .euP2B3,
    explanation: """
      Article 3 of Regulation (EU) 2019/1150, for platforms that business users offer goods and services on.
      - A change is notified to each business user on a durable medium, by e-mail or courier. Posting never suffices: who
        was not notified is not bound.
      - A change takes effect once 15 full days have passed since the notice, be it material or another one. The day of the
        notice is not counted and the period ends with its last day (Regulation (EEC, Euratom) No 1182/71, article 3): a
        notice of 9 July takes effect on 25 July. Set a longer period where users need it for technical adaptation.
      - Editorial changes, in which no word becomes another (formatting, place, number), take effect on posting.
      - A user may waive the period expressly once the notice was received. Creating a further connector waives it as well,
        unless the period is longer than 15 days.
      - A change takes effect at once only where a law demands it in a way that leaves no time, or against an imminent
        danger, fraud, malware or a breach (article 3(4)): its legal basis names which, and the citation.
      - Each change has its own date.
      - Either side ends the agreement with 30 days' notice. The shorter way out that article 3(2) gives a user because of a
        change is not reckoned.
      """)
}
