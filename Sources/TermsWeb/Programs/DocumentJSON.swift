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

struct DocumentJSON: Encodable {
  let slug: DocumentSlug
  let title: String
  let versions: Int
  let latest: VersionLabel?
  let timeZone: String
  let profile: String

  init(_ overview: DocumentOverview) {
    slug = overview.document.slug
    title = overview.document.title
    versions = overview.versions
    latest = overview.latest
    timeZone = overview.document.settings.timeZone
    profile = overview.document.settings.profile.name
  }
}

struct ClassDateJSON: Encodable {
  let changeClass: ChangeClass
  let changes: Int
  let effectiveOn: CalendarDate

  init(_ date: Review.ClassDate) {
    changeClass = date.changeClass
    changes = date.changes
    effectiveOn = date.effectiveOn
  }

  enum CodingKeys: String, CodingKey {
    case changeClass = "class"
    case changes, effectiveOn
  }
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

  let document: DocumentSlug
  let version: VersionLabel
  let follows: VersionLabel?
  let postedOn: CalendarDate
  let postedAt: Instant
  let recordedAt: Instant
  let sha256: String
  let summary: String?
  /// For those who were told on the day of posting.
  let dates: [ClassDateJSON]
  let events: [Event]
  /// In the answer about one version alone.
  var text: String?
  var clauses: [Clause]?

  init(_ told: ToldVersion, text posted: PostedText? = nil) {
    document = told.document.slug
    version = told.label
    follows = told.before
    postedOn = told.entry.postedOn
    postedAt = told.postedAt
    recordedAt = told.entry.version.posting.recordedAt
    sha256 = told.entry.sha256
    summary = told.entry.summary
    dates = told.dates.map(ClassDateJSON.init)
    events = told.entry.version.events.map(Event.init)
    text = posted?.source
    clauses = posted?.clauses.map { clause in
      Clause(
        lineage: clause.lineage.rawValue, label: clause.label.isEmpty ? nil : "\(clause.label)",
        paragraph: clause.paragraph, heading: clause.heading, role: clause.role.rawValue, text: clause.text)
    }
  }
}

/// A clause found by its words.
struct HitJSON: Encodable {
  let document: DocumentSlug
  let version: VersionLabel
  let alsoIn: [VersionLabel]
  let label: String?
  let heading: String?
  let excerpt: String

  init(_ hit: SearchHit) {
    document = hit.document
    version = hit.version
    alsoIn = hit.alsoIn
    label = hit.label.isEmpty ? nil : "\(hit.label)"
    heading = hit.heading
    excerpt = hit.excerpt(marking: "", "")
  }
}

/// What publishing a draft would do, or did.
struct ReviewJSON: Encodable {
  struct Change: Encodable {
    let number: Int
    let kind: ChangeKind
    let label: String
    let proposed: ChangeClass
    let decided: ChangeClass?
    let grounds: [Ground]
  }

  struct Told: Encodable {
    let byEmail: Int
    let byPosting: Int
  }

  let document: DocumentSlug
  let follows: VersionLabel?
  let version: VersionLabel?
  let postedOn: CalendarDate
  let changes: [Change]
  let dates: [ClassDateJSON]
  let told: Told
  let lint: [String]
  /// Why publishing would be refused; absent where it would not.
  let refusal: String?

  init(_ review: Review) {
    let draft = review.draft
    document = draft.document.slug
    follows = draft.latest?.label
    version = review.label
    postedOn = review.postedOn
    changes =
      draft.redline.map { redline in
        redline.changes.indices.map { index in
          Change(
            number: index + 1, kind: redline.changes[index].kind,
            label: draft.label(of: redline.changes[index], in: redline), proposed: draft.proposals[index].changeClass,
            decided: index < review.changes.count ? review.changes[index].decided : nil,
            grounds: draft.proposals[index].grounds)
        }
      } ?? []
    dates = review.dates.map(ClassDateJSON.init)
    told = Told(byEmail: review.audience.byEmail, byPosting: review.audience.byPosting)
    lint = draft.findings.map(\.description)
    refusal = review.obstacle?.description
  }
}

struct PublicationJSON: Encodable {
  let document: DocumentSlug
  let version: VersionLabel
  let sha256: String
  let changes: Int
  let dates: [ClassDateJSON]
  let told: ReviewJSON.Told
  let sequence: Int64

  init(_ publication: Publication, dates: [Review.ClassDate]) {
    document = publication.posting.document
    version = publication.posting.label
    sha256 = publication.posting.sha256
    changes = publication.posting.changes.count
    self.dates = dates.map(ClassDateJSON.init)
    told = .init(byEmail: publication.audience.byEmail, byPosting: publication.audience.byPosting)
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
