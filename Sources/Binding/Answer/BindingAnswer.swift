package import TermsModel

/// What is asked: the moment in question, and how much was on record when the answer is given (section 3.1, rule 13).
package struct BindingQuestion: Hashable, Sendable {
  package let at: Instant
  package let knownAt: Instant

  package init(at: Instant, knownAt: Instant) {
    self.at = at
    self.knownAt = knownAt
  }
}

/// Which words of a document bind a developer at a moment, and why.
package struct BindingAnswer: Hashable, Sendable {
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
    case notBound
  }

  /// The changes of one class of a version, taken together: the last of them decides.
  package struct ClassStanding: Hashable, Sendable {
    package let changeClass: ChangeClass
    package let state: State
    /// The clauses that the changes are about, as readers cite them.
    package let clauses: [ClauseLabel]
  }

  package struct ChangeStanding: Hashable, Sendable {
    package let change: PostedChange
    package let changeClass: ChangeClass
    package let state: State
  }

  package struct VersionStanding: Hashable, Sendable {
    package let version: VersionLabel
    package let postedOn: CalendarDate
    package let inForce: InForce
    package let classes: [ClassStanding]
    package let changes: [ChangeStanding]
    /// The notice that counts for this version; `nil` where none was given, or none was needed.
    package let notice: NoticeStanding.Given?
  }

  /// A step of the derivation: the rule, and what it says of this case in plain words.
  package struct Basis: Hashable, Sendable, Codable {
    package let rule: String
    package let says: String

    package init(rule: String, says: String) {
      self.rule = rule
      self.says = says
    }
  }

  package let developer: DeveloperID
  package let document: DocumentSlug
  package let question: BindingQuestion
  package let bound: Bool
  /// The latest version whose whole text is in force: everything in it, and in all versions before it.
  package let version: VersionLabel?
  /// The company on the other side.
  package let entity: String?
  /// From the version that the developer joined under on, in the order of posting.
  package let versions: [VersionStanding]
  /// Selectors of the clauses that go on binding after the agreement ended; `nil` where it has not.
  package let surviving: [ClauseSelector]?
  /// The rules that led here, in the order in which they were applied.
  package let basis: [Basis]
  /// The next moment, after the one asked about, at which the answer changes if nothing else happens.
  package let nextChange: Instant?

  /// What is posted but does not bind yet, in the order of posting.
  package var pending: [(version: VersionLabel, standing: ClassStanding)] {
    versions.flatMap { version in
      version.classes.compactMap { standing in
        switch standing.state {
        case .pending, .awaitingNotice: (version.version, standing)
        case .inForce, .withdrawn, .notBound: nil
        }
      }
    }
  }
}
