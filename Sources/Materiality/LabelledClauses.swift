internal import Redlining
internal import TermsModel

/// The clauses of both wordings by their labels, for references that cite them.
struct LabelledClauses {
  private let labelsBefore: [String: Int]
  private let labelsAfter: [String: Int]
  /// For each clause of the earlier wording, those of the later one that are the same.
  private let linked: [Int: [Int]]

  init(_ redline: Redline) {
    labelsBefore = Self.labels(redline.before)
    labelsAfter = Self.labels(redline.after)
    var linked: [Int: [Int]] = [:]
    for link in redline.links { for before in link.before { linked[before, default: []] += link.after } }
    self.linked = linked
  }

  /// The clause that a reference cites, the first that bears the label.
  func before(_ reference: String) -> Int? { labelsBefore[Self.normal(String(reference.dropFirst(4)))] }
  func after(_ reference: String) -> Int? { labelsAfter[Self.normal(String(reference.dropFirst(4)))] }

  /// Whether the one clause became the other.
  func areOne(_ before: Int, _ after: Int) -> Bool { linked[before]?.contains(after) ?? false }

  private static func labels(_ wording: Wording) -> [String: Int] {
    var labels: [String: Int] = [:]
    for (index, clause) in wording.clauses.enumerated() where !clause.label.isEmpty {
      let label = normal(clause.label.description)
      if labels[label] == nil { labels[label] = index }
    }
    return labels
  }

  /// The numbers and letters of a label alone: `Section 3(c)` is `3.c`.
  private static func normal(_ label: String) -> String {
    // Most labels are numbers with points between.
    var wasDigit = false
    let isPlain = label.utf8.allSatisfy { byte in
      defer { wasDigit = byte &- 0x30 < 10 }
      return byte &- 0x30 < 10 || byte == UInt8(ascii: ".") && wasDigit
    }
    return isPlain && wasDigit ? label : parts(label)
  }

  private static func parts(_ label: String) -> String {
    label.utf8.allSatisfy { $0 < 128 } ? plainParts(label) : anyParts(label)
  }

  private static func plainParts(_ label: String) -> String {
    var parts: [UInt8] = []
    var part: [UInt8] = []
    for byte in label.utf8 + [UInt8(ascii: ".")] {
      if byte &- 0x30 < 10 || byte &- 0x61 < 26 {
        part.append(byte)
      } else if byte &- 0x41 < 26 {
        part.append(byte | 0x20)
      } else if !part.isEmpty {
        // What points at a clause is no part of where it stands: `Section 3` is `3`.
        if part.count < 3 || !KnownWords.lists(of: String(decoding: part, as: UTF8.self)).contains(.referring) {
          if !parts.isEmpty { parts.append(UInt8(ascii: ".")) }
          parts += part
        }
        part.removeAll(keepingCapacity: true)
      }
    }
    return String(decoding: parts, as: UTF8.self)
  }

  private static func anyParts(_ label: String) -> String {
    label.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber })
      .filter { !KnownWords.lists(of: String($0)).contains(.referring) }.joined(separator: ".")
  }
}
