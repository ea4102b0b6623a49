import TermsModel
import Testing

@testable import Binding

/// Laws that hold of every history.
@Suite struct PropertyTests {
  static let seeds = 1_000_001...(1_000_000 + (ReferenceTests.soak.map { $0 / 10 } ?? 200))

  /// Calls the body for each history with its record.
  static func forEachHistory(_ body: (History, History.Made) throws -> Void) rethrows {
    for seed in seeds {
      let history = HistoryMaker.history(seed)
      try body(history, history.made)
    }
  }

  /// The moments at which something was recorded, in order.
  static func recordings(of history: History) -> [Instant] {
    Set(history.entries.map(\.recordedAt) + history.postings.map(\.recordedAt)).sorted()
  }

  /// What an answer says of a developer's acts apart, so that two answers can be compared between which nobody acted.
  static func acts(_ made: History.Made, at: Instant, known: Instant) -> [Fact<AgreementAct>] {
    made.facts.acts.filter { $0.occasion.recordedAt <= known && $0.occasion.happenedAt <= at }
  }

  @Test func `an announced date never moves earlier unless the developer acts`() throws {
    try Self.forEachHistory { history, made in
      var told: [String: (day: CalendarDate, acts: [Fact<AgreementAct>])] = [:]
      // Asked again and again, each time with all that was known by then: of each clause, when its words bind or will.
      for moment in Self.recordings(of: history) {
        let acts = Self.acts(made, at: moment, known: moment)
        guard let text = try history.text(BindingQuestion(at: moment, knownAt: moment), made) else { continue }
        for passage in text.passages {
          let words = passage.inForce.map { [($0.version, $0.since)] } ?? []
          let pending = passage.pending.compactMap { one in
            if case .pending(let day) = one.state { (one.version, day) } else { nil }
          }
          for (version, day) in words + pending {
            let name = "\(version), clause \(passage.clause.rawValue)"
            if let before = told[name], before.acts == acts {
              #expect(before.day <= day, "history \(history.seed): \(name) at \(moment)")
            }
            told[name] = (day, acts)
          }
        }
      }
    }
  }

  @Test func `no clause runs ahead of itself`() throws {
    try Self.forEachHistory { history, made in
      for question in history.questions {
        guard let text = try history.text(question, made), !text.isSurviving else { continue }
        let model = history.model(question, made)
        for passage in text.passages {
          guard let words = passage.inForce else { continue }
          // What is pending of the clause comes after the words that bind.
          for pending in passage.pending where model.isWritten(words.version, on: pending.version) {
            Issue.record("history \(history.seed): \(words.version) before \(pending.version) at \(question.at)")
          }
        }
      }
    }
  }

  @Test func `a material change never binds sooner than its days after a notice, joining and acceptance aside`() {
    Self.forEachHistory { history, made in
      for question in history.questions where question.assumeGiven == nil {
        let answer = history.answer(question, made)
        let consents = Self.acts(made, at: question.at, known: question.knownAt).filter { act in
          switch act.value {
          case .connectorAdded, .agreed, .accepted: true
          case .connectorRemoved, .declined, .optedOut, .terminated: false
          }
        }.map(\.occasion.happenedAt)
        for version in answer.versions.dropFirst() {
          guard let posted = made.versions.first(where: { $0.label == version.version }) else { continue }
          let settings = posted.settings ?? history.document.settings
          guard case .afterNotice(let days) = settings.profile.material else { continue }
          for change in version.changes where change.changeClass == .material && change.change.changeClass == .material
          {
            guard let day = change.state.day, change.state.isInForce else { continue }
            if consents.contains(where: { settings.zone.date(of: $0) == day }) { continue }
            let least = max(days, posted.adaptation?.days ?? 0)
            guard let notice = version.notice else {
              Issue.record("history \(history.seed): \(version.version) binds without a notice")
              continue
            }
            let known = made.facts.notices.filter { $0.value.version == version.version }
            // Where the posting serves, or the notice shown is that of a class that demands more, the first one will do.
            let first =
              ([settings.zone.date(of: posted.posting.happenedAt), notice.on]
              + known.map { settings.zone.date(of: $0.occasion.happenedAt) }).min() ?? notice.on
            let ground = notice.channel == .posting ? notice.on : max(first, notice.on)
            #expect(ground.days(until: day) >= least, "history \(history.seed): \(version.version) \(question.at)")
          }
        }
      }
    }
  }

  @Test func `an answer for a past moment of knowledge never changes when facts are added`() {
    Self.forEachHistory { history, made in
      for question in history.questions {
        var then = history
        then.entries.removeAll { $0.recordedAt > question.knownAt }
        then.postings.removeAll { $0.recordedAt > question.knownAt }
        if let other = history.other {
          then.other = (
            other.document, other.postings.filter { $0.recordedAt <= question.knownAt },
            other.entries.filter { $0.recordedAt <= question.knownAt }, other.texts
          )
        }
        let (before, after) = (then.answer(question, then.made), history.answer(question, made))
        #expect(before == after, "history \(history.seed): at \(question.at), known \(question.knownAt)")
        #expect(before.basis.map(\.says) == after.basis.map(\.says), "history \(history.seed): word for word")
      }
    }
  }

  @Test func `the text on a day with nothing pending is the posted text, byte for byte`() throws {
    var count = 0
    try Self.forEachHistory { history, made in
      for question in history.questions {
        let answer = history.answer(question, made)
        guard let version = answer.version, answer.versions.last(where: { $0.inForce != .not })?.version == version,
          let posted = history.texts[version]
        else { continue }
        let text = try history.text(question, made)
        #expect(text?.source == posted.source, "history \(history.seed): \(version) at \(question.at)")
        #expect(text?.posted == version, "history \(history.seed): \(version) at \(question.at)")
        count += 1
      }
    }
    #expect(count > 100, "the histories are such that the law is tried")
  }

  @Test func `every clause that binds stands in the text once, in the words of one posted version`() throws {
    try Self.forEachHistory { history, made in
      for question in history.questions {
        guard let text = try history.text(question, made) else { continue }
        let clauses = text.clauses.map(\.clause.lineage)
        #expect(Set(clauses).count == clauses.count, "history \(history.seed)")
        for words in text.clauses {
          let posted = history.texts[words.version]?.clauses.first { $0.lineage == words.clause.lineage }
          #expect(posted == words.clause, "history \(history.seed): clause \(words.clause.lineage.rawValue)")
        }
      }
    }
  }

  @Test func `nothing changes before the next change`() {
    Self.forEachHistory { history, made in
      for question in history.questions {
        let answer = history.answer(question, made)
        let end = answer.nextChange ?? question.at.adding(seconds: 86_400 * 90)
        #expect(end > question.at)
        let span = end.milliseconds - question.at.milliseconds
        for moment in [question.at.milliseconds + 1, question.at.milliseconds + span / 2, end.milliseconds - 1]
        where moment > question.at.milliseconds && moment < end.milliseconds {
          let asked = BindingQuestion(
            at: Instant(milliseconds: moment), knownAt: question.knownAt, assumeGiven: question.assumeGiven)
          #expect(
            PlainAnswer(history.answer(asked, made)) == PlainAnswer(answer),
            "history \(history.seed): \(question.at) to \(asked.at), next \(end)")
        }
      }
    }
  }

  @Test func `whoever is told to be bound by a version is bound by it, and nobody else`() {
    Self.forEachHistory { history, made in
      for question in history.questions {
        let answer = history.answer(question, made)
        guard answer.bound else { continue }
        for version in answer.versions {
          let told = sufficiency(
            of: version.version, document: history.document, versions: made.versions, facts: made.facts,
            question: question)
          #expect(
            told?.isBound == (version.inForce == .wholly), "history \(history.seed): \(version.version) \(question.at)")
        }
      }
    }
  }

  @Test func `a difference between two moments of knowledge tells what the answers say differently`() {
    Self.forEachHistory { history, made in
      let moments = Self.recordings(of: history)
      guard let first = moments.first, let last = moments.last, let question = history.questions.last else { return }
      let middle = moments[moments.count / 2]
      for (earlier, later) in [(first, middle), (middle, last)] {
        let settings = [Fact(history.document, Occasion(happenedAt: first, recordedAt: first, sequence: 0))]
        guard let record = DatedRecord(settings: settings, versions: made.versions, facts: made.facts) else { continue }
        let difference = answerDifference(record, at: question.at, from: earlier, to: later)
        var alone = history
        alone.other = nil
        #expect(difference.before == alone.answer(BindingQuestion(at: question.at, knownAt: earlier), made))
        #expect(difference.after == alone.answer(BindingQuestion(at: question.at, knownAt: later), made))
        #expect(difference.changes.isEmpty || !difference.steps.isEmpty, "history \(history.seed): told by no fact")
      }
    }
  }
}

extension ReferenceModel {
  /// What a version was posted on: the last one before it that was not on record as withdrawn.
  private func comparedWith(_ index: Int) -> Int? {
    (0..<index).last { earlier in
      withdrawal(of: versions[earlier]).map { $0.occasion.sequence > versions[index].posting.sequence } ?? true
    }
  }

  /// Whether the text of a version was written on that of an earlier one.
  fileprivate func isWritten(_ later: VersionLabel, on earlier: VersionLabel) -> Bool {
    guard let one = versions.firstIndex(where: { $0.label == earlier }),
      var place = versions.firstIndex(where: { $0.label == later })
    else { return false }
    while place > one, let next = comparedWith(place) { place = next }
    return place == one && earlier != later
  }
}
