internal import TermsModel

/// What one version does to one clause, dated for one developer.
///
/// The clause is the unit that is dated: a change that touches several clauses, such as a term renamed throughout, takes
/// effect in each of them as soon as nothing holds that clause back. Clauses that split or merged move together.
struct ClauseStep {
  /// The clause; `nil` for a change that names none.
  let clause: LineageID?
  /// The version that makes the step, as an index of the course's entries.
  let version: Int
  /// The latest onset of the changes that touch the clause, by their own class and notice.
  var own: Onset
  /// From when on it is in force, as far as nothing below stands against it.
  var onset: Onset
  /// The moment at which it was taken back, or fell with an earlier change that was.
  var withdrawnAt: Instant?
  /// Whether it stays though its version was withdrawn.
  var isKept = false
  /// The step of an earlier version that it is written on, as an index of the course's steps.
  let predecessor: Int?
  /// Where the stretches stand for which the developer opted out of it, in the course's list; 0 for none.
  var optOuts = 0

  init(_ clause: LineageID?, _ onset: Onset, of version: Int, on predecessor: Int? = nil) {
    self.clause = clause
    self.version = version
    own = onset
    self.onset = onset
    self.predecessor = predecessor
  }

  /// Where it stands for somebody who never opted out of it.
  func state(at moment: Moment) -> StepState {
    if let withdrawnAt, withdrawnAt <= moment.instant { return .withdrawn }
    switch onset.kind {
    case .never: return .notBound
    case .awaitingNotice: return StepState(.awaitingNotice, onset.dayNumber)
    case .on: return StepState(moment.hasCome(onset) ? .inForce : .pending, onset.dayNumber)
    }
  }

  func state(at moment: Moment, optedOut stretches: [OptOut.Stretch]) -> StepState {
    if let withdrawnAt, withdrawnAt <= moment.instant { return .withdrawn }
    var resumed: Instant?
    for stretch in stretches where stretch.from <= moment.instant {
      guard let until = stretch.until, until <= moment.instant else { return .optedOut }
      resumed = max(resumed ?? until, until)
    }
    let state = state(at: moment)
    guard state.kind == .inForce, let resumed else { return state }
    return StepState(.inForce, max(onset.dayNumber, moment.zone.dayNumber(of: resumed)))
  }
}

/// Where a step, or several taken together, stands at a moment: a state in few bytes.
struct StepState: Hashable {
  /// In the order in which they outweigh each other: the last of several clauses decides, and what was taken back or opted
  /// out of says nothing of the rest, and everything where there is no rest.
  enum Kind: UInt8, Comparable {
    case withdrawn, optedOut, inForce, pending, awaitingNotice, notBound

    static func < (left: Kind, right: Kind) -> Bool { left.rawValue < right.rawValue }
  }

  let kind: Kind
  private let number: Int32

  init(_ kind: Kind, _ dayNumber: Int = 0) {
    self.kind = kind
    number = Int32(truncatingIfNeeded: dayNumber)
  }

  static let withdrawn = StepState(.withdrawn)
  static let optedOut = StepState(.optedOut)
  static let notBound = StepState(.notBound)

  /// The two taken together.
  func joined(with other: StepState) -> StepState {
    let hasDates = kind >= .inForce && other.kind >= .inForce
    return StepState(
      max(kind, other.kind), Int(hasDates ? max(number, other.number) : kind > other.kind ? number : other.number))
  }

  /// What of it is still to come is never to come once the agreement has ended.
  var afterTheEnd: StepState { kind == .pending || kind == .awaitingNotice ? .notBound : self }

  var state: BindingAnswer.State {
    let day = CalendarDate(dayNumber: Int(number))
    return switch kind {
    case .withdrawn: .withdrawn
    case .optedOut: .optedOut
    case .inForce: .inForce(since: day)
    case .pending: .pending(effectiveOn: day)
    case .awaitingNotice: .awaitingNotice(earliestOn: day)
    case .notBound: .notBound
    }
  }
}
