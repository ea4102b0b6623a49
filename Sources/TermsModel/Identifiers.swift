/// What every identifier has in common: a text that was checked once, where it came in.
package protocol Identifier: RawRepresentable, Hashable, Comparable, Sendable, Codable, CustomStringConvertible
where RawValue == String {
  /// The identifier, or `nil` where `rawValue` breaks the rule that ``form`` states.
  init?(rawValue: String)
  /// What a valid one looks like, for error messages.
  static var form: String { get }
}

extension Identifier {
  package var description: String { rawValue }
  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// Names a document in commands and addresses: `connector-terms`.
package struct DocumentSlug: Identifier {
  package let rawValue: String
  package static let form =
    "lower-case letters, digits and single hyphens between them, at most 64, such as connector-terms"

  package init?(rawValue: String) {
    let parts = rawValue.split(separator: "-", omittingEmptySubsequences: false)
    let allowed = { (byte: UInt8) in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
    guard (1...64).contains(rawValue.utf8.count), parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(allowed) })
    else { return nil }
    self.rawValue = rawValue
  }
}

/// Names a posted version within its document: its posting date in the document's zone, then `.2`, `.3` … for further
/// versions of the same date.
package struct VersionLabel: Identifier {
  package let rawValue: String
  package static let form =
    "letters, digits, dots, hyphens and underscores, at most 64, such as 2025-12-17 or 2025-12-17.2"

  package init?(rawValue: String) {
    guard Self.isPlain(rawValue, limit: 64, colons: false) else { return nil }
    self.rawValue = rawValue
  }

  /// The label of the `ordinal`-th version (from 1) posted on `date`.
  package init(date: CalendarDate, ordinal: Int) {
    rawValue = ordinal == 1 ? "\(date)" : "\(date).\(ordinal)"
  }
}

/// Names a developer, as the operator's own systems do.
package struct DeveloperID: Identifier {
  package let rawValue: String
  package static let form = "letters, digits, dots, hyphens, underscores and colons, at most 128, such as dev-42"

  package init?(rawValue: String) {
    guard Self.isPlain(rawValue, limit: 128, colons: true) else { return nil }
    self.rawValue = rawValue
  }
}

/// Names one of a developer's connectors.
package struct ConnectorID: Identifier {
  package let rawValue: String
  package static let form = "letters, digits, dots, hyphens, underscores and colons, at most 128, such as weather"

  package init?(rawValue: String) {
    guard Self.isPlain(rawValue, limit: 128, colons: true) else { return nil }
    self.rawValue = rawValue
  }
}

/// Names a clause through the versions of its document, whatever number it is printed under.
///
/// Given out when a version is posted that has the clause for the first time; a clause that was changed, moved or
/// renumbered keeps it.
package struct LineageID: RawRepresentable, Hashable, Comparable, Sendable, Codable {
  /// The number of the clause in the order of first appearance within its document, from 1.
  package let rawValue: Int

  package init(rawValue: Int) {
    self.rawValue = rawValue
  }

  package static func < (left: LineageID, right: LineageID) -> Bool { left.rawValue < right.rawValue }
}

/// The developer's region, which decides the contracting entity: `US`, `EEA`, `CH`, or any other the operator uses.
package struct Region: Identifier {
  package let rawValue: String
  package static let form = "two to eight capital letters, such as US, EEA or CH"

  package init?(rawValue: String) {
    let capitals = rawValue.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    guard capitals, (2...8).contains(rawValue.utf8.count) else { return nil }
    self.rawValue = rawValue
  }
}

extension Identifier {
  fileprivate static func isPlain(_ text: String, limit: Int, colons: Bool) -> Bool {
    guard (1...limit).contains(text.utf8.count) else { return false }
    return text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
        true
      case UInt8(ascii: ":"):
        colons
      default:
        false
      }
    }
  }
}
