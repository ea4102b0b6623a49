internal import Redlining
internal import TermsModel

/// Where changes stand in the later text, in half clauses, so that what is gone has a place between what is left.
struct Places {
  /// For each clause of the earlier text, the place of the nearest one at or above it that is still there; empty where
  /// nothing is gone.
  private var above: [Int] = []
  /// Clauses that came, and clauses that went.
  private var added: [Bool]
  private var removed: [Bool]
  /// Whether others stand under a clause.
  private let isParentBefore: [Bool]
  private let isParentAfter: [Bool]

  init(_ redline: Redline) {
    isParentBefore = Self.parents(redline.before.clauses)
    isParentAfter = Self.parents(redline.after.clauses)
    added = [Bool](repeating: false, count: redline.after.clauses.count)
    removed = [Bool](repeating: false, count: redline.before.clauses.count)
    for change in redline.changes {
      if change.kind == .inserted { for clause in change.after { added[clause] = true } }
      if change.kind == .deleted { for clause in change.before { removed[clause] = true } }
    }
    guard redline.changes.contains(where: { $0.after.count == $0.following.count }) else { return }
    above = redline.successors.map { $0 < 0 ? -1 : 2 * $0 }
    for index in above.indices.dropFirst() where above[index] < 0 { above[index] = above[index - 1] }
  }

  private static func parents(_ clauses: [Clause]) -> [Bool] {
    var isParent = [Bool](repeating: false, count: clauses.count)
    for index in clauses.indices {
      if let parent = clauses[index].place.parent { isParent[parent] = true }
    }
    return isParent
  }

  /// Whether other clauses stand under the change's own, on either side, or it bears a section's number: `4`, `4.2`.
  func isHeading(_ change: Change, _ redline: Redline) -> Bool {
    change.before.contains { isParentBefore[$0] } || change.after.contains { isParentAfter[$0] }
      || change.before.contains { Self.isNumber(redline.before.clauses[$0].label) }
      || change.after.contains { Self.isNumber(redline.after.clauses[$0].label) }
  }

  private static func isNumber(_ label: ClauseLabel) -> Bool {
    !label.isEmpty
      && label.path.allSatisfy { step in
        step.utf8.allSatisfy { $0 &- 0x30 < 10 || $0 == UInt8(ascii: ".") }
          || !step.utf8.allSatisfy { $0 < 128 } && step.allSatisfy { $0.isNumber || $0 == "." }
      }
  }

  /// Whether the clause came or went whole, and its heading, its own or that of its parent, with it.
  func isUnderChangedHeading(_ change: Change, _ redline: Redline) -> Bool {
    let (index, wording, changed) =
      change.kind == .inserted
      ? (change.after.first, redline.after, added) : (change.before.first, redline.before, removed)
    guard change.kind == .inserted || change.kind == .deleted, let index, wording.clauses.indices.contains(index) else {
      return false
    }
    let clause = wording.clauses[index]
    if clause.heading != nil, clause.hasText { return true }
    return clause.parent.map { changed[$0] && wording.clauses[$0].heading != nil } ?? false
  }

  /// The place of a change itself: clauses that only follow it, wherever they stand, do not count.
  func place(of change: Change) -> ClosedRange<Int> {
    let after = change.after.dropLast(change.following.count)
    if let first = after.first, let last = after.last { return 2 * first...2 * max(first, last) }
    guard let first = change.before.first, above.indices.contains(first) else { return -1 ... -1 }
    return above[first] + 1...above[first] + 1
  }
}
