package import TermsModel

/// What the steps of the notices of one version to one developer amount to (section 3.1, rules 3 and 4).
package struct NoticeStanding: Hashable, Sendable {
  /// A notice that counts as given.
  package struct Given: Hashable, Sendable {
    package let channel: NoticeChannel
    /// The date on which it counts as given, in the document's zone.
    package let on: CalendarDate
    package let evidence: EvidenceLevel
    /// Who or what bears witness: a server, a report, a person.
    package let witness: String

    package init(channel: NoticeChannel, on: CalendarDate, evidence: EvidenceLevel, witness: String) {
      self.channel = channel
      self.on = on
      self.evidence = evidence
      self.witness = witness
    }
  }

  /// A notice that failed for good.
  package struct Failure: Hashable, Sendable {
    package let channel: NoticeChannel
    package let on: CalendarDate
    /// The date on which the failure was recorded, before which it binds nobody.
    package let recordedOn: CalendarDate
    package let reason: String
  }

  /// One notice, by one channel.
  struct Notice: Hashable {
    let channel: NoticeChannel
    /// When it was handed to the channel, unless a failure followed.
    var sentOn: CalendarDate?
    /// What shows that it arrived, in the order in which it was recorded, as far as no failure followed.
    var evidence: [Given] = []
    /// Set where a failure came last.
    var failure: Failure?

    /// The first date that the notice bears, unless it failed.
    var firstDay: CalendarDate? {
      guard failure == nil else { return nil }
      return ([sentOn].compactMap { $0 } + evidence.map(\.on)).min()
    }

    /// When the notice counts as given, by evidence of the level demanded.
    ///
    /// A courier's notice is given on the date sent, an e-mail on the date of receipt (clause 7(b) of the default profile's
    /// text). The best evidence names the date of receipt: a report of delivery before the acceptance by a server. What is
    /// better than a report of delivery shows no other date, only that the message had arrived by then.
    func given(demanding level: EvidenceLevel) -> Given? {
      guard failure == nil else { return nil }
      switch channel {
      case .posting: return nil
      case .courier:
        if let sentOn { return Given(channel: channel, on: sentOn, evidence: .sent, witness: "the courier") }
        return evidence.min { $0.on < $1.on }
      case .email:
        var candidates = evidence.filter { $0.evidence >= level }
        if candidates.contains(where: { $0.evidence >= .delivered }) {
          candidates.removeAll { $0.evidence < .delivered }
        }
        if let first = candidates.min(by: { ($0.on, $1.evidence) < ($1.on, $0.evidence) }) { return first }
        guard level <= .sent, let sentOn else { return nil }
        return Given(channel: channel, on: sentOn, evidence: .sent, witness: "the sender")
      }
    }
  }

  let notices: [Notice]

  /// - Parameter steps: those known, in the order in which they were recorded; other versions' are left out.
  package init(of version: VersionLabel, steps: [Fact<NoticeStep>], zone: CivilZone) {
    self.init(steps: steps.filter { $0.value.version == version }, zone: zone)
  }

  /// - Parameter steps: those of one version that are known, in the order in which they were recorded.
  init(steps: [Fact<NoticeStep>], zone: CivilZone) {
    guard !steps.isEmpty else {
      notices = []
      return
    }
    var found: [(message: String?, notice: Notice)] = []
    for (index, step) in steps.enumerated() {
      let value = step.value
      let isKnown = found.contains { $0.notice.channel == value.channel && $0.message == value.message }
      if isKnown { continue }
      let own = steps[index...].filter { $0.value.channel == value.channel && $0.value.message == value.message }
      found.append((value.message, Notice(channel: value.channel, steps: own, zone: zone)))
    }
    notices = found.map(\.notice)
  }

  /// Whether notices were given and every one of them failed for good.
  var allFailed: Bool { !notices.isEmpty && notices.allSatisfy { $0.failure != nil } }

  /// The failures of the notices that failed.
  package var failures: [Failure] { notices.compactMap(\.failure) }

  /// The notices that count as given by evidence of the level demanded, the earliest first.
  package func given(demanding level: EvidenceLevel) -> [Given] {
    notices.compactMap { $0.given(demanding: level) }.sorted { ($0.on, $1.evidence) < ($1.on, $0.evidence) }
  }

  /// The first date of a notice that did not fail, given or still under way.
  var firstDay: CalendarDate? { notices.compactMap(\.firstDay).min() }

  /// The best evidence of a notice that reaches no level demanded so far: what is known of it all the same.
  var bestEvidence: Given? {
    notices.filter { $0.failure == nil }.flatMap(\.evidence).max { $0.evidence < $1.evidence }
  }
}

extension NoticeStanding.Notice {
  /// A failure withdraws what happened before it, whenever it was recorded; what happened after it stands.
  init(channel: NoticeChannel, steps: some Collection<Fact<NoticeStep>>, zone: CivilZone) {
    self.channel = channel
    var lastFailure: Instant?
    var lastTry: Instant?
    for step in steps {
      let happened = step.occasion.happenedAt
      if case .failed = step.value.event {
        lastFailure = max(lastFailure ?? happened, happened)
      } else {
        lastTry = max(lastTry ?? happened, happened)
      }
    }
    for step in steps where lastFailure.map({ $0 < step.occasion.happenedAt }) != false {
      let day = zone.date(of: step.occasion.happenedAt)
      switch step.value.event {
      case .sent: sentOn = sentOn.map { min($0, day) } ?? day
      case .received(let level, let witness):
        evidence.append(NoticeStanding.Given(channel: channel, on: day, evidence: level, witness: witness))
      case .failed: break
      }
    }
    guard let lastFailure, lastTry.map({ $0 <= lastFailure }) != false else { return }
    // Of several reports that nothing followed, the first one recorded is the one from which it was known.
    for step in steps where lastTry.map({ $0 <= step.occasion.happenedAt }) != false {
      guard failure == nil, case .failed(let reason) = step.value.event else { continue }
      failure = NoticeStanding.Failure(
        channel: channel, on: zone.date(of: step.occasion.happenedAt),
        recordedOn: zone.date(of: step.occasion.recordedAt), reason: reason)
    }
  }
}
