internal import Redlining
internal import TermsModel
internal import TermsOperations
internal import TermsParsing

// Documents and versions as programs read them over HTTP.

/// A page of a list, with the way to the next one.
struct ListJSON<Item: Encodable>: Encodable {
  let items: [Item]
  /// What to send as `cursor` for what comes after; absent on the last page.
  let next: String?
}

struct VersionJSON: Encodable {
  struct Event: Encodable {
    let event: String
    let at: Instant
    let reason: String
    var until: CalendarDate?
    var change: Int?
    var changeClass: ChangeClass?

    enum CodingKeys: String, CodingKey {
      case event, at, reason, until, change
      case changeClass = "class"
    }

    init(_ fact: Fact<VersionEvent>) {
      at = fact.occasion.happenedAt
      switch fact.value {
      case .withdrawn(let reason, _): (event, self.reason) = ("withdrawn", reason)
      case .postponed(let until, let reason): (event, self.reason, self.until) = ("postponed", reason, until)
      case .reclassified(let change, let changeClass, _, let reason):
        (event, self.reason, self.change, self.changeClass) = ("reclassified", reason, change, changeClass)
      }
    }
  }

  struct Clause: Encodable {
    let lineage: Int
    let label: String?
    let paragraph: Int
    let heading: String?
    let role: String
    let text: String
  }

  struct WithdrawnChanges: Encodable {
    let changeClass: ChangeClass
    let changes: Int

    enum CodingKeys: String, CodingKey {
      case changeClass = "class"
      case changes
    }
  }

  private struct Course: Encodable {
    let document: DocumentSlug
    let follows: VersionLabel?
    /// For those who were told on the day of posting.
    let dates: [ClassDateJSON]
    /// Whether it was taken back, as far as it bound nobody.
    let withdrawn: Bool
    /// What was taken back of it, by itself or with the words that it was written on; absent where nothing was.
    let withdrawnChanges: [WithdrawnChanges]?
    let events: [Event]
    /// In the answer about one version alone.
    let text: String?
    let clauses: [Clause]?
  }

  private let posting: PostingJSON
  private let course: Course

  init(_ told: ToldVersion, text posted: PostedText? = nil) {
    posting = PostingJSON(told.entry)
    let fallen = told.dates.classes.filter(\.change.effect.isWithdrawn).map {
      WithdrawnChanges(changeClass: $0.change.changeClass, changes: $0.changes)
    }
    course = Course(
      document: told.document.slug, follows: told.before, dates: told.dates.dated.map(ClassDateJSON.init),
      withdrawn: told.entry.version.isWithdrawn, withdrawnChanges: fallen.isEmpty ? nil : fallen,
      events: told.entry.version.events.map(Event.init), text: posted?.source,
      clauses: posted?.clauses.map { clause in
        Clause(
          lineage: clause.lineage.rawValue, label: clause.label.isEmpty ? nil : "\(clause.label)",
          paragraph: clause.paragraph, heading: clause.heading, role: clause.role.rawValue, text: clause.text)
      })
  }

  func encode(to encoder: any Encoder) throws {
    try posting.encode(to: encoder)
    try course.encode(to: encoder)
  }
}

extension RedlineJSON.Effect {
  init(_ change: VersionDates.Change) {
    let isWithdrawn = change.effect.isWithdrawn
    self.init(effectiveOn: isWithdrawn ? nil : change.effect.day, isWithdrawn: isWithdrawn)
  }
}

/// What publishing a draft would do, or did.
struct ReviewJSON: Encodable {
  let document: DocumentSlug
  let follows: VersionLabel?
  let version: VersionLabel?
  let postedOn: CalendarDate
  let changes: [ReviewedChangeJSON]
  let dates: [ClassDateJSON]
  let told: AudienceJSON
  let lint: [String]
  /// Why publishing would be refused; absent where it would not.
  let refusal: String?

  init(_ review: Review) {
    let draft = review.draft
    document = draft.document.slug
    follows = draft.latest?.label
    version = review.label
    postedOn = review.postedOn
    changes = ReviewedChangeJSON.all(of: review)
    dates = review.dates.map(ClassDateJSON.init)
    told = AudienceJSON(review.audience)
    lint = draft.findings.map(\.description)
    refusal = review.obstacle.map { HTTPWords.of("\($0)") }
  }
}

struct PublicationJSON: Encodable {
  let document: DocumentSlug
  let version: VersionLabel
  let sha256: String
  let changes: Int
  let dates: [ClassDateJSON]
  let told: AudienceJSON
  let sequence: Int64

  init(_ publication: Publication, dates: [Review.ClassDate]) {
    document = publication.posting.document
    version = publication.posting.label
    sha256 = publication.posting.sha256
    changes = publication.posting.changes.count
    self.dates = dates.map(ClassDateJSON.init)
    told = AudienceJSON(publication.audience)
    sequence = publication.occasion.sequence
  }
}

/// What was put on record.
struct RecordedJSON: Encodable {
  /// Its number in the log.
  let sequence: Int64
  let recordedAt: Instant
  let happenedAt: Instant
  var document: DocumentSlug?
  var version: VersionLabel?
  var developer: DeveloperID?
  /// From which date on something binds by it, or in spite of it, where one is known.
  var effectiveOn: CalendarDate?
  /// The date from which on the agreement no longer binds, and the last on which it does, where it was ended.
  var endsOn: CalendarDate?
  var lastDay: CalendarDate?
  /// What the developer's own receipt says, in words to them.
  var receipt: String?

  init(
    _ occasion: Occasion, document: DocumentSlug? = nil, version: VersionLabel? = nil, developer: DeveloperID? = nil
  ) {
    sequence = occasion.sequence
    recordedAt = occasion.recordedAt
    happenedAt = occasion.happenedAt
    self.document = document
    self.version = version
    self.developer = developer
  }
}
