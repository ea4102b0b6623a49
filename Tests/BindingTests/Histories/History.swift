import TermsModel

@testable import Binding

/// A document, what became of it, and what is on record of one developer: the matter of which answers are computed.
struct History: Sendable {
  /// What was recorded, apart from the versions.
  enum Entry: Hashable, Sendable {
    case event(VersionLabel, VersionEvent)
    case region(Region)
    case address(Bool)
    case act(AgreementAct)
    case notice(NoticeStep)
  }

  struct Recorded: Hashable, Sendable {
    let happenedAt: Instant
    let recordedAt: Instant
    let entry: Entry
  }

  /// A version, before its place in the log is known.
  struct Posting: Hashable, Sendable {
    let label: VersionLabel
    let happenedAt: Instant
    let recordedAt: Instant
    var changes: [PostedChange] = []
    var settings: DocumentSettings?
    var adaptation: AdaptationPeriod?
  }

  let seed: Int
  var document: Document
  /// In the order of posting.
  var postings: [Posting]
  var entries: [Recorded]
  /// By version.
  var texts: [VersionLabel: PostedText] = [:]
  /// A document that this one may name, which has the same developer.
  var other: (document: Document, postings: [Posting], entries: [Recorded], texts: [VersionLabel: PostedText])?
  var questions: [BindingQuestion] = []
}

// MARK: - The record

extension History {
  typealias Made = (versions: [PostedVersion], facts: DeveloperFacts)

  /// All of it as the log has it: numbered in the order in which it was recorded.
  var made: Made { Self.make(document.slug, postings, entries) }

  /// What is on record of the document that this one may name.
  typealias Other = (
    document: Document, versions: [PostedVersion], facts: DeveloperFacts, texts: [VersionLabel: PostedText]
  )

  var otherMade: Other? {
    other.map {
      let made = Self.make($0.document.slug, $0.postings, $0.entries)
      return ($0.document, made.versions, made.facts, $0.texts)
    }
  }

  private static func make(_ slug: DocumentSlug, _ postings: [Posting], _ entries: [Recorded]) -> Made {
    let moments =
      postings.indices.map { (postings[$0].recordedAt, 0, $0) }
      + entries.indices.map { (entries[$0].recordedAt, 1, $0) }
    var occasions: [Int: Occasion] = [:]
    var facts = DeveloperFacts(developer: "dev-42", document: slug)
    var events: [VersionLabel: [Fact<VersionEvent>]] = [:]
    for (number, moment) in moments.sorted(by: { $0 < $1 }).enumerated() {
      func occasion(_ happened: Instant) -> Occasion {
        Occasion(happenedAt: happened, recordedAt: moment.0, sequence: Int64(number + 1))
      }
      guard moment.1 == 1 else {
        occasions[moment.2] = occasion(postings[moment.2].happenedAt)
        continue
      }
      let occasion = occasion(entries[moment.2].happenedAt)
      switch entries[moment.2].entry {
      case .event(let label, let event): events[label, default: []].append(Fact(event, occasion))
      case .region(let region): facts.regions.append(Fact(region, occasion))
      case .address(let isThere): facts.hasAddress.append(Fact(isThere, occasion))
      case .act(let act): facts.acts.append(Fact(act, occasion))
      case .notice(let step): facts.notices.append(Fact(step, occasion))
      }
    }
    let versions = postings.indices.compactMap { index in
      occasions[index].map { posting in
        PostedVersion(
          label: postings[index].label, posting: posting, changes: postings[index].changes,
          events: events[postings[index].label] ?? [], settings: postings[index].settings,
          adaptation: postings[index].adaptation)
      }
    }
    return (versions, facts)
  }
}

// MARK: - Answers

extension History {
  func answer(_ question: BindingQuestion, _ made: Made) -> BindingAnswer {
    bindingAnswer(
      document: document, versions: made.versions, facts: made.facts,
      incorporated: otherMade.map { [.init(document: $0.document, versions: $0.versions, facts: $0.facts)] } ?? [],
      question: question)
  }

  func model(_ question: BindingQuestion, _ made: Made) -> ReferenceModel {
    ReferenceModel(
      document, made.versions, made.facts, otherMade.map { [$0] } ?? [], texts: texts, at: question.at,
      known: question.knownAt, assumed: question.assumeGiven)
  }

  func text(_ question: BindingQuestion, _ made: Made) throws -> ConsolidatedText? {
    try consolidatedText(
      document: document, versions: made.versions, facts: made.facts, texts: Array(texts.values), question: question)
  }
}

extension PlainAnswer {
  init(_ answer: BindingAnswer) {
    bound = answer.bound
    version = answer.version
    entity = answer.entity
    surviving = answer.surviving.map { $0.map(\.text) }
    versions = answer.versions.map { version in
      Version(
        label: version.version, postedOn: version.postedOn, inForce: version.inForce.rawValue,
        notice: version.notice.map {
          PlainNotice(channel: $0.channel, on: $0.on, evidence: $0.evidence, witness: $0.witness)
        }, changes: version.changes.map { "\($0.changeClass.rawValue) \($0.state)" })
    }
    incorporated = answer.incorporated.map {
      "\($0.document) \($0.isPinned ? "pinned" : "floating") \($0.version?.rawValue ?? "-")"
    }
  }
}

// MARK: - Telling it

extension History: CustomStringConvertible {
  var description: String {
    let profile = document.settings.profile
    var lines = [
      "history \(seed): \(profile.name), clock \(profile.clock), \(profile.dayCount), by \(profile.granularity), "
        + "material \(profile.material), other \(profile.other), \(document.settings.timeZone)",
      "  evidence \(profile.evidence), opt-out \(profile.optOut.map { "\($0.clauses) \($0.days)" }), ending \(profile.endingNoticeDays)",
    ]
    for posting in postings {
      lines.append("  post \(posting.label) \(posting.happenedAt)\(late(posting.happenedAt, posting.recordedAt))")
      if let settings = posting.settings {
        lines.append(
          "    in \(settings.timeZone), material \(settings.profile.material), \(settings.profile.granularity)")
      }
      if let adaptation = posting.adaptation { lines.append("    adaptation \(adaptation.days)") }
      for change in posting.changes {
        lines.append(
          "    \(change.number) \(change.kind) \(change.changeClass) \(change.before.map(\.rawValue)) → \(change.after.map(\.rawValue)) \(change.label)"
        )
      }
    }
    for entry in entries.sorted(by: { $0.recordedAt < $1.recordedAt }) {
      lines.append("  \(entry.happenedAt)\(late(entry.happenedAt, entry.recordedAt)) \(words(entry.entry))")
    }
    return lines.joined(separator: "\n")
  }

  private func late(_ happened: Instant, _ recorded: Instant) -> String {
    happened == recorded ? "" : " (recorded \(recorded))"
  }

  private func words(_ entry: Entry) -> String {
    switch entry {
    case .event(let label, let event): "\(label): \(event)"
    case .region(let region): "region \(region)"
    case .address(let isThere): "address \(isThere)"
    case .act(let act): "\(act)"
    case .notice(let step):
      "\(step.version) \(step.channel) \(step.message ?? "") \(step.event)"
    }
  }
}

extension History.Recorded {
  /// What later versions are compared with depends on it.
  fileprivate var isWithdrawal: Bool {
    if case .event(_, .withdrawn) = entry { true } else { false }
  }
}

extension History {
  /// The smallest history that still shows what this one shows: one entry less at a time.
  ///
  /// - Parameter versions: whether versions and changes are left out, too, though the texts then do not follow them.
  func shrunk(versions: Bool, while shows: (History) -> Bool) -> History {
    var smallest = self
    var isSmaller = true
    while isSmaller {
      isSmaller = false
      for candidate in smallest.lessened(versions: versions) where shows(candidate) {
        smallest = candidate
        isSmaller = true
        break
      }
    }
    return smallest
  }

  private func lessened(versions: Bool) -> [History] {
    var all: [History] = []
    if other != nil {
      var less = self
      less.other = nil
      all.append(less)
    }
    for place in entries.indices where versions || !entries[place].isWithdrawal {
      var less = self
      less.entries.remove(at: place)
      all.append(less)
    }
    for place in postings.indices where versions {
      var less = self
      less.postings.remove(at: place)
      all.append(less)
      for change in postings[place].changes.indices {
        var less = self
        less.postings[place].changes.remove(at: change)
        all.append(less)
      }
      if postings[place].settings != nil || postings[place].adaptation != nil {
        less = self
        less.postings[place].settings = nil
        less.postings[place].adaptation = nil
        all.append(less)
      }
    }
    if questions.count > 1 {
      for question in questions {
        var less = self
        less.questions = [question]
        all.append(less)
      }
    }
    return all
  }
}
