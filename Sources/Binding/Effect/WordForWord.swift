internal import TermsModel

extension DocumentCourse {
  /// Whether a version's posted text is, word for word, what binds at a moment: all that it changed is in force, and what
  /// binds otherwise is the text that it was compared with when it was posted.
  ///
  /// That text had all versions before it, but for what had fallen by then. A clause goes by the last step that it took.
  func isWordForWord(_ entry: Entry, at moment: Moment) -> Bool {
    let isWhole = entry.steps.allSatisfy { state(of: steps[$0], at: moment).kind == .inForce }
    guard isWhole, !entry.steps.isEmpty || entry.version.stands(at: moment.instant),
      hasWithdrawals ? hasPredecessors(entry) : true
    else { return false }
    let posting = entry.version.posting.sequence
    if waits(entry, at: moment) { return false }
    // By clause, the step that its words come from; none where the clause is not there.
    var binding: [LineageID: Int?] = [:]
    var compared: [LineageID: Int?] = [:]
    for earlier in entries[..<entry.index] {
      for step in earlier.steps {
        let isInForce = state(of: steps[step], at: moment).kind == .inForce
        let wasThere = !hasFallen(step, before: entry)
        guard let clause = steps[step].clause else {
          if isInForce != wasThere { return false }
          continue
        }
        let touching = changes(touching: step, in: earlier).map { earlier.version.changes[$0] }
        if steps[step].predecessor == nil, touching.bring(clause) {
          (binding[clause], compared[clause]) = (.some(nil), .some(nil))
        }
        let words = touching.remove(clause) ? nil : step
        if isInForce { binding[clause] = .some(words) }
        if wasThere { compared[clause] = .some(words) }
      }
    }
    guard binding == compared else { return false }
    guard hasWithdrawals else { return true }
    if let unplaced = agreedFalls.unplaced, unplaced < posting { return false }
    return agreedFalls.clauses.allSatisfy { clause, fall in posting < fall || binding[clause] != nil }
  }

  /// Whether words that a version was compared with do not bind, as can be told by the last step of a clause alone: what
  /// mostly decides, told from the latest version back.
  private func waits(_ entry: Entry, at moment: Moment) -> Bool {
    var seen: Set<LineageID> = []
    for earlier in entries[..<entry.index].reversed() {
      for step in earlier.steps {
        guard let clause = steps[step].clause, seen.insert(clause).inserted else { continue }
        guard !hasFallen(step, before: entry), state(of: steps[step], at: moment).kind != .inForce else { continue }
        let touching = changes(touching: step, in: earlier).map { earlier.version.changes[$0] }
        if !touching.remove(clause) { return true }
      }
    }
    return false
  }

  /// Whether a version, and each one before it, was compared with another one.
  ///
  /// One that was posted when all before it were on record as withdrawn begins the document anew, and nobody was told of it
  /// as a change.
  private func hasPredecessors(_ entry: Entry) -> Bool {
    entries[...entry.index].allSatisfy { entry in
      let posting = entry.version.posting.sequence
      return versions[..<index(of: entry)].contains { version in
        version.withdrawal.map { posting < $0.occasion.sequence } != false
      }
    }
  }
}

/// The clauses of a posted text whose words fell, after it was posted, out of the text that stands: taken back with the
/// version that brought them, or written on what was taken back.
struct FallenClauses {
  /// With the number in the log of the act with which they fell.
  private(set) var clauses: [LineageID: Int64] = [:]
  /// The first such act that took back a change that names no clause.
  private(set) var unplaced: Int64?

  init() {}

  /// - Parameters:
  ///   - index: the version with that text.
  ///   - granularity: how the changes of a version without settings of its own take effect.
  init(of index: Int, in versions: [PostedVersion], granularity: RuleProfile.Granularity) {
    let posting = versions[index].posting.sequence
    for version in versions[...index] {
      if let withdrawal = version.withdrawal?.occasion.sequence {
        if withdrawal < posting { continue }
        let kept = version.keptChanges
        for change in version.changes where !kept.contains(change.number) {
          fall(change.before + change.after, with: withdrawal)
        }
      }
      if clauses.isEmpty { continue }
      let changes = version.changes.map { $0.before + $0.after }
      if (version.settings?.profile.granularity ?? granularity) == .version { fallTogether(changes.flatMap(\.self)) }
      for change in version.structuralRounds { fallTogether(changes[change]) }
    }
    leaveOutWhatCameAndWent(in: versions[...index])
  }

  /// A clause that came with what was taken back, and that the text has no longer, is missing either way.
  private mutating func leaveOutWhatCameAndWent(in versions: ArraySlice<PostedVersion>) {
    for (clause, act) in clauses {
      let since = versions.drop { $0.withdrawal?.occasion.sequence != act }
      let touching = since.map { $0.changes.filter { ($0.before + $0.after).contains(clause) } }.filter { !$0.isEmpty }
      if touching.first?.bring(clause) == true, touching.last?.remove(clause) == true {
        clauses[clause] = nil
      }
    }
  }

  private mutating func fall(_ touched: [LineageID], with act: Int64) {
    if touched.isEmpty { unplaced = unplaced.map { min($0, act) } ?? act }
    for clause in touched { clauses[clause] = clauses[clause].map { min($0, act) } ?? act }
  }

  private mutating func fallTogether(_ touched: [LineageID]) {
    guard let act = touched.compactMap({ clauses[$0] }).min() else { return }
    fall(touched, with: act)
  }
}

extension [PostedChange] {
  /// Whether the changes of one version have a clause that the version before had not.
  fileprivate func bring(_ clause: LineageID) -> Bool {
    contains { $0.after.contains(clause) && !$0.before.contains(clause) }
  }

  /// Whether they have it no longer.
  fileprivate func remove(_ clause: LineageID) -> Bool {
    contains { $0.before.contains(clause) && !$0.after.contains(clause) }
  }
}
