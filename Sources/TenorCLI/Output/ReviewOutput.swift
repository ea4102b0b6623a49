internal import Binding
internal import Redlining
internal import TermsModel
internal import TermsOperations
internal import TermsParsing

/// What publishing would do, for programs.
struct ReviewJSON: Encodable {
  struct Lines: Encodable {
    let lines: [Int]
    let text: String
  }

  let document: DocumentSlug
  let follows: VersionLabel?
  /// Withdrawn versions of which words stay in force, in the text that the draft is compared with; mostly none.
  let remains: [VersionLabel]
  /// Withdrawn versions whose words stand in the posted text of `follows`, and in none that the draft is compared with.
  let removed: [VersionLabel]
  let version: VersionLabel?
  let postedOn: CalendarDate
  let changes: [ReviewedChangeJSON]
  let dates: [ClassDateJSON]
  let told: AudienceJSON
  /// How many developers would be bound on which day, by how they are told; empty where publishing would be refused.
  let bound: [BoundJSON]
  let furniture: [Lines]
  let lint: [String]
  /// Why publishing would be refused; `null` where it would not.
  let refusal: String?

  init(_ review: TermsOperations.Review) {
    let draft = review.draft
    document = draft.document.slug
    follows = draft.latest?.label
    remains = draft.standing?.remains ?? []
    removed = draft.standing?.removed ?? []
    version = review.label
    postedOn = review.postedOn
    changes = ReviewedChangeJSON.all(of: review)
    dates = review.dates.map(ClassDateJSON.init)
    told = AudienceJSON(review.audience)
    bound =
      review.announcement.map { announcement in
        [
          BoundJSON(.individually, review.audience.byEmail, announcement),
          BoundJSON(.byPosting, review.audience.byPosting, announcement),
        ]
      } ?? []
    furniture = draft.furniture.map { Lines(lines: [$0.lines.lowerBound, $0.lines.upperBound], text: $0.text) }
    lint = draft.findings.map(\.description)
    refusal = review.obstacle?.description
  }
}

/// How many developers would be bound by a draft on which day.
struct BoundJSON: Encodable {
  struct ClassDate: Encodable {
    let changeClass: ChangeClass
    let changes: Int
    let clauses: [String]
    /// `null` where no date is in sight.
    let effectiveOn: CalendarDate?

    enum CodingKeys: String, CodingKey {
      case changeClass = "class"
      case changes, clauses, effectiveOn
    }
  }

  let told: String
  let developers: Int
  /// The first day on which all of it binds them; `null` where none is in sight.
  let wholeFrom: CalendarDate?
  let classes: [ClassDate]

  init(_ telling: Announcement.Telling, _ developers: Int, _ announcement: Announcement) {
    told = telling == .individually ? "individually" : "by-posting"
    self.developers = developers
    wholeFrom = announcement.wholeFrom(telling)
    classes = (announcement.dates[telling] ?? []).map {
      ClassDate(
        changeClass: $0.changeClass, changes: $0.changes, clauses: $0.clauses.map(\.description),
        effectiveOn: $0.effectiveOn)
    }
  }
}

/// What publishing did, for programs.
struct PublicationJSON: Encodable {
  let document: DocumentSlug
  let version: VersionLabel
  let postedOn: CalendarDate
  let sha256: String
  let changes: Int
  let dates: [ClassDateJSON]
  let told: AudienceJSON

  init(_ publication: Publication, dates: [TermsOperations.Review.ClassDate], postedOn: CalendarDate) {
    document = publication.posting.document
    version = publication.posting.label
    self.postedOn = postedOn
    sha256 = publication.posting.sha256
    changes = publication.posting.changes.count
    self.dates = dates.map(ClassDateJSON.init)
    told = AudienceJSON(publication.audience)
  }
}
