internal import TermsModel

/// What the steps of the notices of one version to one developer amount to, as known at a moment (section 3.1, rules 3
/// and 4).
///
/// A failure withdraws what happened before it to the same notice, whenever it was recorded; what happened after it stands.
/// Of a courier's notice that was sent it withdraws nothing: that one is given on the date sent, whatever becomes of it.
struct NoticeStanding {
  /// A notice that counts as given.
  struct Given: Hashable {
    let channel: NoticeChannel
    /// The date on which it counts as given.
    let dayNumber: Int
    let evidence: EvidenceLevel
    /// The place of the fact that shows it; `nil` for a posting.
    let fact: Int?

    /// A posting, which is given on the date posted.
    static func posting(on dayNumber: Int) -> Given {
      Given(channel: .posting, dayNumber: dayNumber, evidence: .posted, fact: nil)
    }

    /// Whether it comes first: the earlier one, and of two on the same day the better proved.
    func precedes(_ other: Given) -> Bool {
      dayNumber == other.dayNumber ? other.evidence < evidence : dayNumber < other.dayNumber
    }
  }

  /// A notice that failed for good, and nothing followed.
  struct Failure: Hashable {
    /// When it was recorded first.
    let recordedAt: Instant
    /// The place of the fact that shows it.
    let fact: Int
  }

  /// One notice, its steps taken together. Steps are named by their places, so that it is small: an answer makes many.
  private struct Notice {
    /// Whether it counts as given by being sent, so that it cannot fail any more.
    let isGivenBySending: Bool
    let lastFailure: Instant?
    let lastTry: Instant?
    var sent: Int?
    var best: Int?
    /// The first of the steps that prove delivery, and of those that reach the level demanded and do not.
    var delivered: Int?
    var reached: Int?
    /// The first report of the failure that came last.
    var failure: Failure?
    /// The first date that it bears.
    var firstDay: Int?

    var hasFailed: Bool { failure != nil }
  }

  let steps: ArraySlice<NoticeFile.Step>
  /// The moment of knowledge; `nil` for all that is on record.
  let known: Instant?

  // MARK: What it amounts to

  /// Whether no notice was given or tried.
  var isEmpty: Bool { !steps.contains(where: isKnown) }

  /// The first notice that counts as given by evidence of the level demanded.
  func first(demanding level: EvidenceLevel) -> Given? {
    var first: Given?
    forEachNotice(demanding: level) { notice in
      guard let given = given(notice, demanding: level) else { return }
      if first.map(given.precedes) != false { first = given }
    }
    return first
  }

  /// The notices that count as given by evidence of the level demanded, the first one first.
  func given(demanding level: EvidenceLevel) -> [Given] {
    var all: [Given] = []
    forEachNotice(demanding: level) { notice in
      if let given = given(notice, demanding: level) { all.append(given) }
    }
    return all.sorted { $0.precedes($1) }
  }

  /// The failures of the notices that failed.
  var failures: [Failure] {
    var failures: [Failure] = []
    forEachNotice { notice in if let failure = notice.failure { failures.append(failure) } }
    return failures
  }

  /// When the last failure was recorded, where notices were given and every one of them failed for good.
  var allFailedAt: Instant? {
    var last: Instant?
    var isOpen = false
    forEachNotice { notice in
      guard let failure = notice.failure else { return isOpen = true }
      last = max(last ?? failure.recordedAt, failure.recordedAt)
    }
    return isOpen ? nil : last
  }

  /// The first date of a notice that did not fail, given or still under way.
  var firstDay: Int? {
    var first: Int?
    forEachNotice { notice in
      if !notice.hasFailed, let day = notice.firstDay { first = min(first ?? day, day) }
    }
    return first
  }

  /// The best evidence of a notice that did not fail, whether it reaches a level demanded or not.
  var bestEvidence: Given? {
    var best: Int?
    forEachNotice { notice in
      guard let place = notice.best, let level = steps[place].evidence else { return }
      if best.flatMap({ steps[$0].evidence }).map({ $0 < level }) != false { best = place }
    }
    return best.flatMap(given)
  }

  // MARK: One notice

  /// When a notice counts as given, by evidence of the level demanded.
  ///
  /// A courier's notice is given on the date sent, an e-mail on the date of receipt (clause 7(b) of the default profile's
  /// text). The best evidence names the date of receipt: a report of delivery before the acceptance by a server. What is
  /// better than a report of delivery shows no other date, only that the message had arrived by then.
  private func given(_ notice: Notice, demanding level: EvidenceLevel) -> Given? {
    guard !notice.hasFailed, let shown = notice.sent ?? notice.best else { return nil }
    switch steps[shown].channel {
    case .posting: return nil
    case .courier: return (notice.sent ?? notice.reached).flatMap(given)
    case .email: return (notice.delivered ?? notice.reached ?? (level <= .sent ? notice.sent : nil)).flatMap(given)
    }
  }

  private func given(_ place: Int) -> Given? {
    let step = steps[place]
    return step.evidence.map {
      Given(channel: step.channel, dayNumber: step.dayNumber, evidence: $0, fact: step.fact)
    }
  }

  private func isKnown(_ step: NoticeFile.Step) -> Bool { known.map { step.recordedAt <= $0 } != false }

  private func forEachNotice(demanding level: EvidenceLevel = .accepted, _ body: (Notice) -> Void) {
    var number = 0
    var isLast = steps.isEmpty
    while !isLast {
      isLast = true
      var isThere = false
      var (lastFailure, lastTry): (Instant?, Instant?)
      var isGivenBySending = false
      for place in steps.indices where isKnown(steps[place]) {
        if steps[place].notice > number { isLast = false }
        guard steps[place].notice == number else { continue }
        isThere = true
        let happened = steps[place].happenedAt
        if steps[place].evidence == nil {
          lastFailure = max(lastFailure ?? happened, happened)
        } else {
          lastTry = max(lastTry ?? happened, happened)
          if steps[place].channel == .courier, steps[place].evidence == .sent { isGivenBySending = true }
        }
      }
      if isThere {
        var notice = Notice(
          isGivenBySending: isGivenBySending, lastFailure: isGivenBySending ? nil : lastFailure, lastTry: lastTry)
        for place in steps.indices where steps[place].notice == number && isKnown(steps[place]) {
          take(place, into: &notice, demanding: level)
        }
        body(notice)
      }
      number += 1
    }
  }

  private func take(_ place: Int, into notice: inout Notice, demanding level: EvidenceLevel) {
    let step = steps[place]
    guard let evidence = step.evidence else {
      if notice.isGivenBySending { return }
      // Of several reports that nothing followed, the first one recorded is the one from which it was known.
      let isLast = notice.lastTry.map { $0 <= step.happenedAt } != false
      if isLast, notice.failure == nil { notice.failure = Failure(recordedAt: step.recordedAt, fact: step.fact) }
      return
    }
    if let failure = notice.lastFailure, step.happenedAt <= failure { return }
    notice.firstDay = min(notice.firstDay ?? step.dayNumber, step.dayNumber)
    if evidence == .sent {
      notice.sent = earlier(notice.sent, place)
    } else {
      if notice.best.flatMap({ steps[$0].evidence }).map({ $0 < evidence }) != false { notice.best = place }
      if step.channel == .courier {
        notice.reached = earlier(notice.reached, place)
      } else if evidence >= level {
        if evidence >= .delivered {
          notice.delivered = earlier(notice.delivered, place)
        } else {
          notice.reached = earlier(notice.reached, place)
        }
      }
    }
  }

  private func earlier(_ one: Int?, _ other: Int) -> Int {
    guard let one, steps[one].dayNumber <= steps[other].dayNumber else { return other }
    return one
  }
}
