internal import Materiality
package import Redlining
package import TermsModel

/// Two wordings compared, every change with its class.
package struct Comparison: Sendable {
  package let redline: Redline
  /// Parallel to the redline's changes.
  package let classifications: [Classification]
  /// Whether the classes are those on record; otherwise they are what the engine proposes.
  package let isDecided: Bool
  /// Whether the second text was posted right after the first.
  package let areNeighbours: Bool

  /// The gravest class; `nil` where nothing changed.
  package var gravest: ChangeClass? { classifications.map(\.changeClass).max() }

  package init(before: Wording, after: Wording, options: Redline.Options = Redline.Options()) {
    redline = Redline(before: before, after: after, options: options)
    classifications = Classifier().classify(redline)
    isDecided = false
    areNeighbours = false
  }

  package init(
    redline: Redline, classifications: [Classification], isDecided: Bool = false, areNeighbours: Bool = false
  ) {
    self.redline = redline
    self.classifications = classifications
    self.isDecided = isDecided
    self.areNeighbours = areNeighbours
  }
}

extension TermsRegistry {
  /// The text of a posted version; the latest one where none is named.
  package func text(of slug: DocumentSlug, version label: VersionLabel?) async throws -> PostedText {
    let version = try await requireVersion(label, of: try await requireDocument(slug))
    guard let text = try await record.text(of: slug, version: version.label) else {
      throw TermsRefusal.unknownVersion(slug, version.label, known: [])
    }
    return text
  }

  /// The wording of a posted version, taken apart as it was when it was posted.
  package func wording(of slug: DocumentSlug, version label: VersionLabel?) async throws -> Wording {
    try await text(of: slug, version: label).wording
  }

  /// A version compared with the one that it was posted after; `nil` where it was the first.
  package func compareWithPredecessor(_ slug: DocumentSlug, _ label: VersionLabel?) async throws -> Comparison? {
    let version = try await requireVersion(label, of: try await requireDocument(slug))
    guard let before = try await record.posting(of: slug, version: version.label)?.basedOn else { return nil }
    return try await compare(slug, before, version.label)
  }

  /// Any two versions of a document compared.
  ///
  /// A version and the one that it was posted after carry the classes that were decided, with later corrections; any other
  /// two those that the engine proposes, and so do these where other foldings or a later engine tell other changes.
  package func compare(
    _ slug: DocumentSlug, _ before: VersionLabel, _ after: VersionLabel, options: Redline.Options = Redline.Options()
  ) async throws -> Comparison {
    let comparison = Comparison(
      before: try await wording(of: slug, version: before), after: try await wording(of: slug, version: after),
      options: options)
    let version = try await requireVersion(after, of: try await requireDocument(slug))
    guard let posting = try await record.posting(of: slug, version: after), posting.basedOn == before else {
      return comparison
    }
    guard posting.changes.map(\.kind) == comparison.redline.changes.map(\.kind) else {
      return Comparison(
        redline: comparison.redline, classifications: comparison.classifications, areNeighbours: true)
    }
    return Comparison(
      redline: comparison.redline,
      classifications: posting.changes.map { change in
        Classification(changeClass: change.corrected(by: version).decided, grounds: change.proposed.grounds)
      },
      isDecided: true, areNeighbours: true)
  }
}
