package import TermsModel

/// What the steps of the notices of one version to one developer amount to (section 3.1, rules 3 and 4).
package struct NoticeStanding: Hashable, Sendable {
  /// A notice that counts as given.
  package struct Given: Hashable, Sendable {
    package let channel: NoticeChannel
    package let on: CalendarDate
    package let evidence: EvidenceLevel
    /// Who or what bears witness: a server, a report, a person.
    package let witness: String
  }

  /// The notice as far as it went by one channel.
  private struct ByChannel {
    var given: [Given] = []
    var failedRecordedOn: CalendarDate?
  }

  /// Every notice that counts as given, whatever its evidence, the earliest first.
  package let given: [Given]
  /// The day on which the failure of the last open way was recorded, where notices were tried and all failed for good.
  package let allFailedOn: CalendarDate?

  package init(of version: VersionLabel, steps: [Fact<NoticeStep>], zone: CivilZone) {
    var channels: [NoticeChannel: ByChannel] = [:]
    for step in steps where step.value.version == version {
      let channel = step.value.channel
      let date = zone.date(of: step.occasion.happenedAt)
      switch step.value.event {
      case .sent:
        channels[channel, default: ByChannel()].failedRecordedOn = nil
        // A courier's notice is given on the date sent; an e-mail's only on receipt (clause 7(b)).
        if channel == .courier {
          channels[channel]?.given.append(Given(channel: channel, on: date, evidence: .sent, witness: "the courier"))
        }
      case .received(let level, let witness):
        channels[channel, default: ByChannel()].failedRecordedOn = nil
        let given = Given(channel: channel, on: date, evidence: level, witness: witness)
        if channel == .courier, channels[channel]?.given.isEmpty == false { break }
        channels[channel]?.given.append(given)
      case .failed:
        channels[channel, default: ByChannel()].given.removeAll()
        channels[channel]?.failedRecordedOn = zone.date(of: step.occasion.recordedAt)
      }
    }
    given = channels.values.flatMap { $0.given }.sorted { ($0.on, $1.evidence) < ($1.on, $0.evidence) }
    let failures = channels.values.compactMap { $0.failedRecordedOn }
    allFailedOn = !channels.isEmpty && failures.count == channels.count ? failures.max() : nil
  }

  /// The first individual notice whose evidence reaches the level that `changeClass` demands.
  ///
  /// Of several pieces of evidence for one e-mail the best speaks: a report of delivery names the date of receipt, not the
  /// earlier acceptance by a server.
  package func individual(for changeClass: ChangeClass, profile: RuleProfile) -> Given? {
    let demanded = profile.demandedEvidence(for: changeClass)
    let courier = given.first { $0.channel == .courier }
    let emails = given.filter { $0.channel == .email && $0.evidence >= demanded }
    let best = emails.map(\.evidence).max()
    let email = emails.first { $0.evidence == best }
    return [courier, email].compactMap { $0 }.min { $0.on < $1.on }
  }
}
