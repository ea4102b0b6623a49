/// The two times of a fact, and its place in the log.
package struct Occasion: Hashable, Sendable, Codable {
  /// When it happened.
  package let happenedAt: Instant
  /// When it was recorded, which a question asked with `--known-at` looks at.
  package let recordedAt: Instant
  /// Its number in the log of acts, from 1.
  package let sequence: Int64

  package init(happenedAt: Instant, recordedAt: Instant, sequence: Int64) {
    self.happenedAt = happenedAt
    self.recordedAt = recordedAt
    self.sequence = sequence
  }
}

/// Something that happened, with the two times of it.
package struct Fact<Value: Hashable & Sendable>: Hashable, Sendable {
  package let value: Value
  package let occasion: Occasion

  package init(_ value: Value, _ occasion: Occasion) {
    self.value = value
    self.occasion = occasion
  }
}

extension Sequence {
  /// The facts that were on record at `moment`; all of them where it is `nil`.
  package func known<Value>(at moment: Instant?) -> [Fact<Value>] where Element == Fact<Value> {
    guard let moment else { return Array(self) }
    return filter { $0.occasion.recordedAt <= moment }
  }
}
