/// The class of a change, which decides when it binds.
///
/// Ordered by gravity: `other` is the least, `material` the gravest. Source: clause 7(a) of the default profile's text.
package enum ChangeClass: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
  /// Effective on posting.
  case other
  /// Made because a law demands it: effective at once, with its legal basis on record.
  case legalRequired = "legal-required"
  /// Effective a period after notice.
  case material

  package static func < (left: ChangeClass, right: ChangeClass) -> Bool { left.gravity < right.gravity }

  private var gravity: Int {
    switch self {
    case .other: 0
    case .legalRequired: 1
    case .material: 2
    }
  }
}

// Makes dictionaries by class encode as objects, so that they are written the same way each time.
extension ChangeClass: CodingKeyRepresentable {}

/// A reason for a class: the rule, and the words that met it.
package struct Ground: Hashable, Sendable, Codable {
  /// The rule's name, such as `number-changed`.
  package let rule: String
  /// The words that met it, in a plain sentence or as `before → after`: `15 days → 10 days`.
  package let evidence: String

  package init(rule: String, evidence: String) {
    self.rule = rule
    self.evidence = evidence
  }
}

/// The class given to one change, with the grounds that led there.
package struct Classification: Hashable, Sendable, Codable {
  package let changeClass: ChangeClass
  package let grounds: [Ground]

  package init(changeClass: ChangeClass, grounds: [Ground]) {
    self.changeClass = changeClass
    self.grounds = grounds
  }

  enum CodingKeys: String, CodingKey {
    case changeClass = "class"
    case grounds
  }
}

/// What became of one clause, or of a few that split or merged, from one version to the next.
package enum ChangeKind: String, Hashable, Sendable, Codable, CaseIterable {
  case inserted, deleted, modified, moved, renumbered, split, merged
  /// A term renamed consistently through the whole text.
  case renamedTerm = "renamed-term"
  /// The words are the same; only their dress differs.
  case formatting
}
