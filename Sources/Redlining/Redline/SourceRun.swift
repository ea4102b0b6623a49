internal import TermsModel

/// A stretch of the two sources, as a redline of the whole documents shows it.
package struct SourceRun: Hashable, Sendable {
  package enum Operation: String, Hashable, Sendable, Codable {
    case kept, deleted, inserted
    /// Words that went elsewhere, at the place that they left.
    case movedAway = "moved-away"
    /// The same words, at the place where they came to stand.
    case movedHere = "moved-here"

    /// Whether the before source has the stretch.
    package var isBefore: Bool { self == .kept || self == .deleted || self == .movedAway }
    /// Whether the after source has it.
    package var isAfter: Bool { self == .kept || self == .inserted || self == .movedHere }
  }

  package let op: Operation
  package let text: String

  package init(op: Operation, text: String) {
    self.op = op
    self.text = text
  }
}

extension Redline {
  /// The redline of the two sources from their first byte to their last, labels and blank lines included.
  ///
  /// What is kept, deleted or moved away gives the before source, what is kept, inserted or moved here the after source,
  /// byte for byte.
  package func sourceRuns() -> [SourceRun] {
    var writer = SourceRunWriter(self)
    return writer.write()
  }

  /// The after source, as the redline makes it of the before source.
  package func applied() -> String { sourceRuns().filter(\.op.isAfter).map(\.text).joined() }

  /// The before source, as the redline makes it of the after source.
  package func undone() -> String { sourceRuns().filter(\.op.isBefore).map(\.text).joined() }
}
