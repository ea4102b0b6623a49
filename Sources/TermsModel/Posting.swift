/// A version as it was posted, with all that was recorded of it since. Its text is ``PostedText``.
package struct PostedVersion: Hashable, Sendable {
  package let label: VersionLabel
  /// The act of posting: when it happened, when it was recorded, and its number in the log.
  package let posting: Occasion
  /// What it changed against the version before; empty for a document's first version.
  package let changes: [PostedChange]
  /// What happened to it since, in the order in which it was recorded.
  package var events: [Fact<VersionEvent>]
  /// The settings in force when it was posted, by which its changes are dated for good; where `nil`, the document's.
  package var settings: DocumentSettings? { own?.settings }
  /// A longer period of notice than the profile's, which developers need to adapt their systems.
  package let adaptation: AdaptationPeriod?

  /// Behind a reference: an answer passes versions around often, and settings hold much.
  private indirect enum Own: Hashable, Sendable {
    case settings(DocumentSettings)

    var settings: DocumentSettings {
      switch self {
      case .settings(let settings): settings
      }
    }
  }
  private let own: Own?

  package init(
    label: VersionLabel, posting: Occasion, changes: [PostedChange], events: [Fact<VersionEvent>] = [],
    settings: DocumentSettings? = nil, adaptation: AdaptationPeriod? = nil
  ) {
    self.label = label
    self.posting = posting
    self.changes = changes
    self.events = events
    own = settings.map { .settings($0) }
    self.adaptation = adaptation
  }
}

extension PostedVersion {
  /// The act of taking the version back, where there is one.
  package var withdrawal: Fact<VersionEvent>? {
    events.isEmpty ? nil : events.first { if case .withdrawn = $0.value { true } else { false } }
  }

  /// Whether the version was taken back, as far as it did not bind by then.
  package var isWithdrawn: Bool { withdrawal != nil }

  /// The numbers of the changes that stay though the version was taken back.
  package var keptChanges: Set<Int> {
    if case .withdrawn(_, let kept)? = withdrawal?.value { kept } else { [] }
  }

  /// The class of a change after all corrections.
  package func currentClass(of change: PostedChange) -> ChangeClass {
    events.reduce(change.changeClass) { changeClass, event in
      if case .reclassified(change.number, let to, _, _) = event.value { to } else { changeClass }
    }
  }
}

/// A period of notice that is longer than the profile's, with the reason (Regulation (EU) 2019/1150, article 3(2)).
package struct AdaptationPeriod: Hashable, Sendable, Codable {
  package let days: Int
  package let reason: String

  package init(days: Int, reason: String) {
    self.days = days
    self.reason = reason
  }
}

/// A change as decided when its version was posted.
package struct PostedChange: Hashable, Sendable {
  /// The number of the change within its version, from 1.
  package let number: Int
  package let kind: ChangeKind
  /// The class decided by the operator, or proposed and let stand.
  package let changeClass: ChangeClass
  /// The clauses as they stood in the version before; empty for one that is new.
  package let before: [LineageID]
  /// The clauses as they stand in this version; empty for one that was deleted.
  package let after: [LineageID]
  /// The label a reader knows it by: that of the new wording, or of the old one where nothing is left.
  package let label: ClauseLabel
  /// The citation of the law that demands it; present exactly for ``ChangeClass/legalRequired``.
  package let legalBasis: String?
  /// The labels of the clauses that the change touches, where it touches several: a term renamed, clauses that split or
  /// merged, citations that follow a renumbering. A clause that is missing here goes by ``label``.
  package let labels: [LineageID: ClauseLabel]

  package init(
    number: Int, kind: ChangeKind, changeClass: ChangeClass, before: [LineageID], after: [LineageID],
    label: ClauseLabel, legalBasis: String?, labels: [LineageID: ClauseLabel] = [:]
  ) {
    self.number = number
    self.kind = kind
    self.changeClass = changeClass
    self.before = before
    self.after = after
    self.label = label
    self.legalBasis = legalBasis
    self.labels = labels
  }

  /// The label of one of the clauses that the change touches.
  package func label(of clause: LineageID) -> ClauseLabel { labels[clause] ?? label }
}

/// What can happen to a version after it was posted (section 3.1, rule 11). Its text never changes.
package enum VersionEvent: Hashable, Sendable {
  /// Taken back before it bound anybody.
  /// - Parameter keeping: the numbers of the changes that had taken effect on posting, and stay.
  case withdrawn(reason: String, keeping: Set<Int> = [])
  /// Put off: nothing of it binds before the date.
  case postponed(until: CalendarDate, reason: String)
  /// The class of the change with that number was corrected.
  case reclassified(change: Int, to: ChangeClass, legalBasis: String?, reason: String)
}

/// The text of a posted version, clause by clause, in the order of the document.
package struct PostedText: Hashable, Sendable {
  package struct Clause: Hashable, Sendable, Codable {
    package let lineage: LineageID
    package let label: ClauseLabel
    /// Which paragraph under the label it is, from 1.
    package let paragraph: Int
    package let heading: String?
    package let text: String
    /// The exact Markdown that the clause covers; those of all clauses joined give the posted text byte for byte.
    package let source: String
    /// The index of the clause that this one stands under, among the clauses of its text.
    package let parent: Int?
    package let role: TermsModel.Clause.Role

    package init(
      lineage: LineageID, label: ClauseLabel, paragraph: Int = 1, heading: String?, text: String, source: String,
      parent: Int? = nil, role: TermsModel.Clause.Role
    ) {
      self.lineage = lineage
      self.label = label
      self.paragraph = paragraph
      self.heading = heading
      self.text = text
      self.source = source
      self.parent = parent
      self.role = role
    }
  }

  package let version: VersionLabel
  /// The title that the text shows, where it shows one.
  package let title: String?
  package let clauses: [Clause]

  package init(version: VersionLabel, title: String? = nil, clauses: [Clause]) {
    self.version = version
    self.title = title
    self.clauses = clauses
  }

  package var source: String { clauses.map(\.source).joined() }

  /// The text as it was taken apart when it was posted: a later parser's other cut never touches the record.
  package var wording: Wording {
    var (line, byte) = (1, 0)
    let parts = clauses.map { clause in
      let content = clause.source.utf8
      let blank = content.reversed().prefix { $0 == UInt8(ascii: "\n") }.count
      let lineFeeds = content.count { $0 == UInt8(ascii: "\n") }
      let last = line + lineFeeds - min(blank, lineFeeds)
      defer { (line, byte) = (line + lineFeeds, byte + content.count) }
      return TermsModel.Clause(
        label: clause.label, paragraph: clause.paragraph, heading: clause.heading, text: clause.text,
        lines: line...max(line, last), bytes: byte..<(byte + content.count), parent: clause.parent, role: clause.role)
    }
    return Wording(source: source, title: title, clauses: parts)
  }
}
