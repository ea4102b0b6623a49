package import TermsModel

/// What is asked: the moment in question, and how much was on record when the answer is given (section 3.1, rule 13).
package struct BindingQuestion: Hashable, Sendable {
  package let at: Instant
  package let knownAt: Instant
  /// What if: every notice still to be given is given on this date.
  package let assumeGiven: CalendarDate?

  package init(at: Instant, knownAt: Instant, assumeGiven: CalendarDate? = nil) {
    self.at = at
    self.knownAt = knownAt
    self.assumeGiven = assumeGiven
  }
}

/// Which words of a document bind a developer at a moment, and why.
package struct BindingAnswer: Sendable {
  /// How much of a version is in force for the developer.
  package enum InForce: String, Hashable, Sendable, Codable {
    case wholly, partly, not
  }

  /// Where a change, or a class of changes, stands for the developer.
  package enum State: Hashable, Sendable {
    case inForce(since: CalendarDate)
    case pending(effectiveOn: CalendarDate)
    /// The notice that starts the period is still to be given; the date is the one it would take if it were given on the
    /// day in question.
    case awaitingNotice(earliestOn: CalendarDate)
    case withdrawn
    /// The developer keeps the wording last agreed.
    case optedOut
    /// The agreement ended before it took effect, or the notice that it needs can no longer be given.
    case notBound
  }

  /// The changes of one class of a version that stand alike: in the same state, on the same date (rule 10).
  package struct ClassStanding: Hashable, Sendable {
    package let changeClass: ChangeClass
    package let state: State
    /// The clauses that the changes are about, as readers cite them, each once however many of its paragraphs changed.
    package let clauses: [ClauseLabel]
  }

  package struct ChangeStanding: Hashable, Sendable {
    package let change: PostedChange
    /// The class after all corrections.
    package let changeClass: ChangeClass
    package let state: State
  }

  package struct VersionStanding: Hashable, Sendable {
    package let version: VersionLabel
    package let postedOn: CalendarDate
    /// How much of what it changed is in force, whatever becomes of the versions before it.
    package let inForce: InForce
    /// The notice that counts for this version; `nil` where none was given, or none was needed.
    package let notice: GivenNotice?
    /// The changes as posted, with the class after all corrections and the state of each.
    let posted: [PostedChange]
    let states: [ChangeState]

    struct ChangeState: Hashable {
      let changeClass: ChangeClass
      let state: StepState
    }

    package var changes: [ChangeStanding] {
      zip(posted, states).map { ChangeStanding(change: $0, changeClass: $1.changeClass, state: $1.state.state) }
    }

    /// The gravest class first, then the earliest date; what was opted out of or taken back comes last.
    package var classes: [ClassStanding] { changes.grouped { _ in true }.map(\.standing) }
  }

  /// What is posted but does not bind yet, or waits for its notice: changes of one class and one date.
  package struct Pending: Hashable, Sendable {
    package let version: VersionLabel
    package let standing: ClassStanding
  }

  /// A document that binds along with this one (rule 12).
  package struct Incorporation: Hashable, Sendable {
    package let document: DocumentSlug
    /// Whether one version is meant for good.
    package let isPinned: Bool
    /// The version of it that binds: the pinned one, or the latest that is wholly in force for the developer; `nil` where
    /// none is, or nothing was asked about it.
    package let version: VersionLabel?
  }

  package let developer: DeveloperID
  package let document: DocumentSlug
  package let question: BindingQuestion
  package let bound: Bool
  /// The latest version whose whole text is in force: everything in it, and in all versions before it.
  package let version: VersionLabel?
  /// The company on the other side.
  package let entity: String?
  /// From the version that the developer joined under on, in the order of posting. After the end of the agreement, as
  /// they stood on its last day.
  package let versions: [VersionStanding]
  package let incorporated: [Incorporation]
  /// Documents that prevail over this one where they conflict, strongest first.
  package let precedence: [DocumentSlug]
  /// Selectors of the clauses that go on binding after the agreement ended; `nil` where it has not.
  package let surviving: [ClauseSelector]?
  /// The next moment, after the one asked about, at which the answer can change if nothing else happens.
  package let nextChange: Instant?
  /// How the answer was computed, so that it can be explained.
  let computation: BindingComputation

  /// All that an answer is computed from.
  struct Source: Sendable {
    let document: Document
    let versions: [PostedVersion]
    let facts: DeveloperFacts
    let incorporated: [BindingRecord]
  }

  /// What is posted but does not bind yet, in the order of posting, gravest class first.
  package var pending: [Pending] {
    versions.flatMap { version in
      version.changes.grouped { change in
        switch change.state {
        case .pending, .awaitingNotice: true
        case .inForce, .withdrawn, .optedOut, .notBound: false
        }
      }.map { Pending(version: version.version, standing: $0.standing) }
    }
  }
}

// Two answers are the same where they say the same, whatever they were computed from.
extension BindingAnswer: Hashable {
  package static func == (left: BindingAnswer, right: BindingAnswer) -> Bool {
    left.developer == right.developer && left.document == right.document && left.question == right.question
      && left.bound == right.bound && left.version == right.version && left.entity == right.entity
      && left.versions == right.versions && left.incorporated == right.incorporated
      && left.precedence == right.precedence && left.surviving == right.surviving
      && left.nextChange == right.nextChange
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(developer)
    hasher.combine(document)
    hasher.combine(question)
    hasher.combine(version)
    hasher.combine(versions)
  }
}
