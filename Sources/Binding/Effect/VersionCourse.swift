internal import TermsModel

/// When the changes of one version take effect for one developer, by class, notice and clock alone.
///
/// A class, as ``VersionSetting`` is: made once for an answer, and then only read.
final class VersionCourse {
  let setting: VersionSetting
  /// Changes of the same class go the same way and are followed once, unless their class was corrected.
  let lanes: [ChangeCourse]
  /// The lane of each change of the version.
  let laneOfChange: [Int]
  /// What the notices of this version amount to, as far as is known.
  let standing: NoticeStanding
  /// The act of taking the version back, where there is one.
  let withdrawal: Fact<VersionEvent>?

  var version: PostedVersion { setting.version }

  /// - Parameters:
  ///   - index: the index of the version among those that `notices` was sorted by.
  ///   - notices: the known steps of the notices to the developer.
  ///   - addresses: whether an address was on record, by dated changes, as far as is known.
  ///   - since: the moment from which on the record showed a date to this developer: once the version was posted and the
  ///     agreement was on record.
  ///   - today: the day on which a notice would be given that is still to be given.
  init(
    _ setting: VersionSetting, at index: Int, notices: NoticeFile, addresses: [Fact<Bool>], since: Instant, today: Int
  ) {
    self.setting = setting
    withdrawal = setting.version.withdrawal
    standing = notices.standing(of: index)
    let events = setting.version.events
    var (lanes, laneOfChange) = Self.lanes(of: setting)
    var told: Instant?
    // Without a period to run and a class to correct, nothing that became known later bears on a date.
    if !events.isEmpty || lanes.contains(where: { $0.days != nil }) {
      var moment = since
      while let next = Self.nextMoment(after: moment, standing, addresses, events) {
        Self.advance(&lanes, setting, standing, to: moment, after: told, addresses, laneOfChange, today)
        told = moment
        moment = next
      }
    }
    Self.advance(&lanes, setting, standing, to: nil, after: told, addresses, laneOfChange, today)
    (self.lanes, self.laneOfChange) = (lanes, laneOfChange)
  }

  /// Takes a step: what was known at a moment; all that is known where it is `nil`.
  private static func advance(
    _ lanes: inout [ChangeCourse], _ setting: VersionSetting, _ standing: NoticeStanding, to moment: Instant?,
    after told: Instant?, _ addresses: [Fact<Bool>], _ laneOfChange: [Int], _ today: Int
  ) {
    let standing = NoticeStanding(steps: standing.steps, known: moment)
    let posting = setting.version.posting.happenedAt
    let address = address(addresses, at: posting, known: moment, zone: setting.zone)
    let corrections = setting.version.corrections(after: told, until: moment)
    let changes = setting.version.changes
    for lane in lanes.indices {
      // What takes effect on posting does so whatever becomes known.
      if told != nil, corrections.isEmpty, lanes[lane].days == nil { continue }
      lanes[lane].advance(
        standing, address: address,
        corrections: corrections.isEmpty
          ? []
          : corrections.filter { correction in
            changes.indices.contains { laneOfChange[$0] == lane && changes[$0].number == correction.number }
          }, in: setting, today: today)
    }
  }

  /// The first moment after another at which something was recorded that bears on the dates.
  private static func nextMoment(
    after moment: Instant, _ standing: NoticeStanding, _ addresses: [Fact<Bool>], _ events: [Fact<VersionEvent>]
  ) -> Instant? {
    var next: Instant?
    func consider(_ recorded: Instant) {
      if recorded > moment, next.map({ recorded < $0 }) != false { next = recorded }
    }
    for index in standing.steps.indices { consider(standing.steps[index].recordedAt) }
    for index in addresses.indices { consider(addresses[index].occasion.recordedAt) }
    for index in events.indices { consider(events[index].occasion.recordedAt) }
    return next
  }

  /// The notice that counts for the version: the one that started the period of its gravest class, else the first one given
  /// to the developer, else the posting.
  var notice: NoticeStanding.Given? {
    var gravest: Int?
    for lane in lanes.indices where lanes[lane].days != nil {
      if gravest.map({ lanes[$0].changeClass < lanes[lane].changeClass }) != false { gravest = lane }
    }
    if let gravest { return lanes[gravest].given }
    return standing.first(demanding: .accepted)
      ?? (setting.profile.postingIsNotice ? .posting(on: setting.posted.dayNumber) : nil)
  }

  func lane(of change: Int) -> ChangeCourse { lanes[laneOfChange[change]] }

  // MARK: Lanes

  private static func lanes(of setting: VersionSetting) -> (lanes: [ChangeCourse], laneOfChange: [Int]) {
    let changes = setting.version.changes
    let corrected = setting.version.correctedChanges
    let editorial = setting.profile.editorial
    var lanes: [ChangeCourse] = []
    var laneOfChange: [Int] = []
    lanes.reserveCapacity(4)
    laneOfChange.reserveCapacity(changes.count)
    for index in changes.indices {
      let (number, changeClass, kind) = (changes[index].number, changes[index].changeClass, changes[index].kind)
      let own = corrected.contains(number) ? number : nil
      let isEditorial = !editorial.isEmpty && editorial.contains(kind)
      var lane = lanes.startIndex
      while lane < lanes.count, !lanes[lane].takes(changeClass, isEditorial: isEditorial, corrected: own) { lane += 1 }
      laneOfChange.append(lane)
      if lane < lanes.count { continue }
      lanes.append(ChangeCourse(changeClass, kind: kind, isEditorial: isEditorial, corrected: own, in: setting))
    }
    return (lanes, laneOfChange)
  }

  // MARK: What was known when

  /// What was known at `moment` of the developer's address since the posting; all that is known where it is `nil`.
  private static func address(
    _ facts: [Fact<Bool>], at posting: Instant, known moment: Instant?, zone: CivilZone
  ) -> NoticeClock.Address {
    var before: Fact<Bool>?
    var loss: Fact<Bool>?
    for index in facts.indices {
      let fact = facts[index]
      if let moment, fact.occasion.recordedAt > moment { continue }
      if fact.occasion.happenedAt <= posting {
        if before.map({ $0.precedes(fact) }) != false { before = fact }
      } else if !fact.value, loss.map({ fact.precedes($0) }) != false {
        loss = fact
      }
    }
    guard before?.value == true else { return .missingAtPosting }
    return loss.map { .lost(recordedOn: zone.dayNumber(of: $0.occasion.recordedAt)) } ?? .onRecord
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

  /// The corrections of classes that were recorded after one moment and not after another, where these are given.
  fileprivate func corrections(after: Instant?, until: Instant?) -> [ChangeCourse.Correction] {
    guard !events.isEmpty else { return [] }
    return events.compactMap { event in
      let recorded = event.occasion.recordedAt
      guard case .reclassified(let number, let to, let basis, let reason) = event.value,
        until.map({ recorded <= $0 }) != false, after.map({ $0 < recorded }) != false
      else { return nil }
      return ChangeCourse.Correction(number: number, to: to, legalBasis: basis, reason: reason, recordedAt: recorded)
    }
  }
}
