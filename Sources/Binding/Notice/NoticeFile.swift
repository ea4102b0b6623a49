internal import TermsModel

/// The steps of the notices to one developer, sorted by version, each with the date that it bears.
struct NoticeFile {
  struct Step {
    /// Which notice of its version it belongs to, from 0.
    let notice: Int
    let channel: NoticeChannel
    /// The level of the evidence; `nil` for a failure.
    let evidence: EvidenceLevel?
    let happenedAt: Instant
    let recordedAt: Instant
    let dayNumber: Int
    /// The place of the fact that it was read from.
    let fact: Int
  }

  /// The known steps, in the order in which they were recorded.
  let facts: [Fact<NoticeStep>]
  private var steps: [Step] = []
  /// Where each version's steps begin.
  private var starts: [Int] = []

  /// - Parameters:
  ///   - facts: the known steps, in the order in which they were recorded. Those of other versions are left out.
  ///   - settings: the versions, in the order of posting, with the zones of their dates.
  init(_ facts: [Fact<NoticeStep>], of settings: [VersionSetting]) {
    self.facts = facts
    starts.reserveCapacity(settings.count + 1)
    let versions = Self.versions(of: facts, among: settings)
    var order = Array(facts.indices)
    if zip(versions, versions.dropFirst()).contains(where: { $1 < $0 }) {
      order.sort { (versions[$0], $0) < (versions[$1], $1) }
    }
    steps.reserveCapacity(facts.count)
    for fact in order where versions[fact] < settings.count {
      while starts.count <= versions[fact] { starts.append(steps.count) }
      enter(fact, in: settings[versions[fact]].zone, from: starts[versions[fact]])
    }
    while starts.count <= settings.count { starts.append(steps.count) }
  }

  /// What the steps of a version's notices amount to that were recorded by `moment`; all of them where it is `nil`.
  func standing(of version: Int, known moment: Instant? = nil) -> NoticeStanding {
    NoticeStanding(steps: steps[starts[version]..<starts[version + 1]], known: moment)
  }

  private mutating func enter(_ index: Int, in zone: CivilZone, from start: Int) {
    let (channel, happenedAt) = (facts[index].value.channel, facts[index].occasion.happenedAt)
    var notice = 0
    for earlier in start..<steps.count {
      let known = facts[steps[earlier].fact].value
      if steps[earlier].channel == channel, known.message == facts[index].value.message {
        notice = steps[earlier].notice
        break
      }
      notice = max(notice, steps[earlier].notice + 1)
    }
    let evidence: EvidenceLevel? =
      switch facts[index].value.event {
      case .sent: .sent
      case .received(let level, _): level
      case .failed: nil
      }
    steps.append(
      Step(
        notice: notice, channel: channel, evidence: evidence, happenedAt: happenedAt,
        recordedAt: facts[index].occasion.recordedAt, dayNumber: zone.dayNumber(of: happenedAt), fact: index))
  }

  /// The version of each fact; their number for one that is of none of them.
  private static func versions(of facts: [Fact<NoticeStep>], among settings: [VersionSetting]) -> [Int] {
    var last = 0
    return facts.map { fact in
      let label = fact.value.version
      // Notices of a version are recorded one after the other, mostly, and those of the next version after them.
      if last < settings.count, settings[last].label == label { return last }
      if last + 1 < settings.count, settings[last + 1].label == label {
        last += 1
        return last
      }
      guard let found = settings.lastIndex(where: { $0.label == label }) else { return settings.count }
      last = found
      return found
    }
  }
}
