package import Redlining
package import TermsModel

/// Which changes of the versions between two texts made the changes that a comparison of the two tells: across skipped
/// versions each clause came to its words by steps, which have dates of their own.
package struct ChangeSteps: Hashable, Sendable {
  package struct Step: Hashable, Sendable {
    package let version: VersionLabel
    /// The place of the change among those of its version.
    package let place: Int
  }

  /// Parallel to the changes of the comparison, each in the order of posting; empty for a change that no version told of.
  package let steps: [[Step]]
  /// Whether the first text was posted before the second; if not, no version led from one to the other.
  package let isForwards: Bool

  /// - Parameter versions: all of the document, in the order of posting.
  package init(_ redline: Redline, from before: PostedText, to after: PostedText, versions: [PostedVersion]) {
    guard let first = versions.firstIndex(where: { $0.label == before.version }),
      let last = versions.firstIndex(where: { $0.label == after.version }), first < last
    else {
      (steps, isForwards) = (redline.changes.map { _ in [] }, false)
      return
    }
    isForwards = true
    // Who touched a clause, for each clause that was touched.
    var touched: [LineageID: [(order: Int, step: Step, isRenaming: Bool)]] = [:]
    var order = 0
    for version in versions[(first + 1)...last] {
      for (place, change) in version.changes.enumerated() {
        for clause in Set(change.before + change.after) {
          touched[clause, default: []].append(
            (order, Step(version: version.label, place: place), change.kind == .renamedTerm))
        }
        order += 1
      }
    }
    steps = redline.changes.map { change in
      let clauses = Set(
        change.before.map { before.clauses[$0].lineage } + change.after.map { after.clauses[$0].lineage })
      var found: [Int: Step] = [:]
      let all = clauses.flatMap { touched[$0, default: []] }
      // A term renamed throughout stands in many clauses, which were changed otherwise besides.
      let own = change.renamed == nil ? all : all.filter(\.isRenaming)
      for touch in own.isEmpty ? all : own { found[touch.order] = touch.step }
      return found.sorted { $0.key < $1.key }.map(\.value)
    }
  }
}

extension TermsRegistry {
  /// The steps by which a document came from one posted version to another.
  ///
  /// - Parameter redline: that of the two.
  package func changeSteps(
    _ slug: DocumentSlug, _ before: VersionLabel, _ after: VersionLabel, _ redline: Redline
  ) async throws -> ChangeSteps {
    ChangeSteps(
      redline, from: try await text(of: slug, version: before), to: try await text(of: slug, version: after),
      versions: try await record.versions(of: slug))
  }
}
