internal import TermsModel

/// When the changes of one version take effect for one developer, by class, notice and clock alone.
struct VersionCourse {
  let setting: VersionSetting
  /// Changes of the same class go the same way and are followed once, unless their class was corrected.
  private(set) var lanes: [ChangeCourse] = []
  /// The lane of each change of the version.
  private(set) var laneOfChange: [Int] = []
  /// What the notices of this version amount to, as far as is known.
  private(set) var standing: NoticeStanding

  /// - Parameters:
  ///   - notices: the known steps of this version's notices to the developer, in the order in which they were recorded.
  ///   - addresses: whether an address was on record, by dated changes, as far as is known.
  ///   - since: the moment from which on the record showed a date to this developer: once the version was posted and the
  ///     agreement was on record.
  ///   - today: the day on which a notice would be given that is still to be given.
  init(
    _ setting: VersionSetting, notices: [Fact<NoticeStep>], addresses: [Fact<Bool>], since: Instant, today: CalendarDate
  ) {
    self.setting = setting
    let version = setting.version
    standing = NoticeStanding(steps: notices, zone: setting.zone)
    enterLanes()
    let moments = Self.moments(after: since, notices, addresses, version.events)
    var told: Instant?
    for moment in [since] + moments {
      let isLast = moment == moments.last ?? since
      let standing =
        isLast
        ? standing
        : NoticeStanding(steps: notices.filter { $0.occasion.recordedAt <= moment }, zone: setting.zone)
      let address = Self.address(addresses, at: version.posting.happenedAt, known: moment, zone: setting.zone)
      let corrections = version.corrections(after: told, until: moment)
      for lane in lanes.indices {
        lanes[lane].advance(
          standing, address: address, corrections: corrections.filter { isAffected(lane, by: $0) }, today: today)
      }
      told = moment
    }
  }

  /// The notice that counts for the version: the one that started the period of its gravest class, else the first one given
  /// to the developer, else the posting.
  var notice: NoticeStanding.Given? {
    let started = lanes.filter { $0.days != nil }.max { $0.changeClass < $1.changeClass }
    if let started { return started.given }
    return standing.given(demanding: .accepted).first
      ?? (setting.profile.postingIsNotice
        ? .init(channel: .posting, on: setting.start.day, evidence: .posted, witness: "the posting") : nil)
  }

  func lane(of change: Int) -> ChangeCourse { lanes[laneOfChange[change]] }

  // MARK: Lanes

  private mutating func enterLanes() {
    let version = setting.version
    let corrected = version.correctedChanges
    var keys: [(changeClass: ChangeClass, isEditorial: Bool, change: Int?)] = []
    laneOfChange.reserveCapacity(version.changes.count)
    for change in version.changes {
      let own = corrected.contains(change.number) ? change.number : nil
      let isEditorial = setting.profile.editorial.contains(change.kind)
      let known = keys.firstIndex {
        $0.changeClass == change.changeClass && $0.isEditorial == isEditorial && $0.change == own
      }
      if let known {
        laneOfChange.append(known)
      } else {
        laneOfChange.append(lanes.count)
        keys.append((change.changeClass, isEditorial, own))
        lanes.append(ChangeCourse(change.changeClass, kind: change.kind, in: setting))
      }
    }
  }

  private func isAffected(_ lane: Int, by correction: ChangeCourse.Correction) -> Bool {
    setting.version.changes.indices.contains {
      laneOfChange[$0] == lane && setting.version.changes[$0].number == correction.number
    }
  }

  // MARK: What was known when

  /// The moments after `since` at which something was recorded that bears on the dates, in order, each once.
  private static func moments(
    after since: Instant, _ notices: [Fact<NoticeStep>], _ addresses: [Fact<Bool>], _ events: [Fact<VersionEvent>]
  ) -> [Instant] {
    var moments: [Instant] = []
    for fact in notices where fact.occasion.recordedAt > since { moments.append(fact.occasion.recordedAt) }
    for fact in addresses where fact.occasion.recordedAt > since { moments.append(fact.occasion.recordedAt) }
    for fact in events where fact.occasion.recordedAt > since { moments.append(fact.occasion.recordedAt) }
    guard moments.count > 1 else { return moments }
    moments.sort()
    return moments.enumerated().filter { $0.offset == 0 || moments[$0.offset - 1] != $0.element }.map(\.element)
  }

  /// What was known at `moment` of the developer's address since the posting.
  private static func address(
    _ facts: [Fact<Bool>], at posting: Instant, known moment: Instant, zone: CivilZone
  ) -> NoticeClock.Address {
    var before: Fact<Bool>?
    var loss: Fact<Bool>?
    for fact in facts where fact.occasion.recordedAt <= moment {
      if fact.occasion.happenedAt <= posting {
        if before.map({ $0.precedes(fact) }) != false { before = fact }
      } else if !fact.value, loss.map({ fact.precedes($0) }) != false {
        loss = fact
      }
    }
    guard before?.value == true else { return .missingAtPosting }
    return loss.map { .lost(recordedOn: zone.date(of: $0.occasion.recordedAt)) } ?? .onRecord
  }
}

extension Fact {
  /// Whether it happened before `other`, or at the same moment and was recorded before it.
  func precedes(_ other: Fact) -> Bool {
    (occasion.happenedAt, occasion.sequence) < (other.occasion.happenedAt, other.occasion.sequence)
  }
}

extension PostedVersion {
  /// The numbers of the changes whose class was corrected.
  fileprivate var correctedChanges: Set<Int> {
    guard !events.isEmpty else { return [] }
    return Set(events.compactMap { if case .reclassified(let number, _, _, _) = $0.value { number } else { nil } })
  }

  /// The corrections of classes that were recorded after one moment and not after another.
  fileprivate func corrections(after: Instant?, until: Instant) -> [ChangeCourse.Correction] {
    guard !events.isEmpty else { return [] }
    return events.compactMap { event in
      let recorded = event.occasion.recordedAt
      guard case .reclassified(let number, let to, let basis, let reason) = event.value, recorded <= until,
        after.map({ $0 < recorded }) != false
      else { return nil }
      return ChangeCourse.Correction(number: number, to: to, legalBasis: basis, reason: reason, recordedAt: recorded)
    }
  }
}
