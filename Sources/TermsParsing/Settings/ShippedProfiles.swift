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
    profile: RuleProfile(
      name: "connectors-7a", clock: .individual, dayCount: .civil, granularity: .clause,
      material: .afterNotice(days: 15), legalRequired: .onPosting, other: .onPosting),
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
    profile: RuleProfile(
      name: "notice-30-days", clock: .individual, dayCount: .civil, granularity: .version,
      material: .afterNotice(days: 30), legalRequired: .onPosting, other: .onPosting),
    explanation: """
      Thirty days' notice of material changes, and versions that take effect as a whole.
      - A version with a material change binds a developer from the 30th day after the first notice given to that developer
        by e-mail or courier. The day of the notice is not counted, the last day is.
      - Posting is the notice for developers without an address, and for those whom every other notice failed to reach.
      - A version in which all changes are other ones, or demanded by a law, takes effect on the day of its posting.
      - A version takes effect at one time, on the latest date of its changes.
      - Either side ends the agreement with 30 days' notice.
      """)

  private static let postingOnly = Entry(
    profile: RuleProfile(
      name: "posting-only", clock: .posting, dayCount: .civil, granularity: .version, material: .onPosting,
      legalRequired: .onPosting, other: .onPosting),
    explanation: """
      What is posted binds.
      - Every change, of whatever class, takes effect on the day of its posting, for all developers at once.
      - Notices are sent and kept on record, and no date depends on them.
      - A change that a law demands is posted with its legal basis.
      - Many laws allow this for editorial changes only: ask a lawyer before you choose it.
      """)

  private static let euP2B3 = Entry(
    profile: RuleProfile(
      name: "eu-p2b-3", clock: .individual, dayCount: .fullDays, granularity: .clause, material: .afterNotice(days: 15),
      legalRequired: .onPosting, other: .afterNotice(days: 15), postingIsNotice: false),
    explanation: """
      Article 3 of Regulation (EU) 2019/1150, for platforms that business users offer goods and services on.
      - A change is notified to each business user on a durable medium, by e-mail or courier. Posting never suffices: who
        was not notified is not bound.
      - A change takes effect once 15 full days have passed since the notice, be it material or another one. The day of the
        notice is not counted and the period ends with its last day (Regulation (EEC, Euratom) No 1182/71, article 3): a
        notice of 9 July takes effect on 25 July. Set a longer period where users need it for technical adaptation.
      - A change takes effect at once only where a law demands it in a way that leaves no time, or against an imminent
        danger (article 3(4)): it is posted with its legal basis.
      - Each change has its own date.
      - Either side ends the agreement with 30 days' notice; a user who ends it because of a change may do so with 15.
      """)
}
