internal import Redlining
internal import TermsModel

/// Which lineage each clause of two consecutive wordings belongs to.
///
/// A clause that the redline links to one of the version before carries that clause's lineage on; where one clause split,
/// its first part does, and where several merged, the first of them lives on. Every other clause begins a lineage.
struct Lineages: Sendable {
  /// Parallel to the clauses of the version before.
  let before: [LineageID]
  /// Parallel to the clauses of the new wording.
  let after: [LineageID]

  /// The lineages of a document's first version.
  /// - Parameter last: the highest lineage number given out in the document so far, by versions since withdrawn.
  init(first wording: Wording, last: Int) {
    before = []
    after = wording.clauses.indices.map { LineageID(rawValue: last + $0 + 1) }
  }

  /// - Parameter last: the highest lineage number given out in the document so far.
  init(carrying text: PostedText, over redline: Redline, last: Int) {
    let before = text.clauses.map(\.lineage)
    var after: [LineageID?] = Array(repeating: nil, count: redline.after.clauses.count)
    var carried: Set<LineageID> = []
    for link in redline.links {
      guard let source = link.before.first, let heir = link.after.first, carried.insert(before[source]).inserted
      else { continue }
      after[heir] = before[source]
    }
    var next = last
    self.before = before
    self.after = after.map { lineage in
      if let lineage { return lineage }
      next += 1
      return LineageID(rawValue: next)
    }
  }
}
