package import TermsModel

/// Finds clauses by what a person types: `7(a)`, `7a`, `Section 7(a)`, `Survival`.
package struct ClauseLookup: Sendable {
  private let wording: Wording
  private let index: LabelIndex

  package init(_ wording: Wording) {
    self.wording = wording
    index = LabelIndex(wording)
  }

  /// What a search gives.
  package enum Answer: Hashable, Sendable {
    /// Indices in ``Wording/clauses``; several where a label or heading stands more than once.
    case found([Int])
    /// Labels and headings that resemble what was typed, the nearest first; empty where nothing does.
    case suggestions([String])
  }

  /// The clauses that bear `typed` as their label or heading.
  package func find(_ typed: String) -> Answer {
    if let key = LabelKey(typed: typed), let found = index.clauses[key] { return .found(found) }
    let wanted = Self.folded(typed)
    if !wanted.isEmpty {
      let byHeading = wording.clauses.indices.filter {
        wording.clauses[$0].role != .furniture && wording.clauses[$0].heading.map(Self.folded) == wanted
      }
      if !byHeading.isEmpty { return .found(byHeading) }
    }
    return .suggestions(suggestions(typed, wanted))
  }

  private static let most = 5

  private func suggestions(_ typed: String, _ wanted: String) -> [String] {
    var found: [String] = []
    if let key = LabelKey(typed: typed), let near = nearest(to: key) { found.append(near) }
    let headings = wording.clauses.filter { $0.role != .furniture }.compactMap(\.heading)
    if wanted.count >= 3 {
      found += headings.filter { Self.folded($0).contains(wanted) }
      if let near = Nearest.name(to: typed, among: headings) { found.append(near) }
    }
    var seen: Set<String> = []
    return Array(found.filter { seen.insert($0).inserted }.prefix(Self.most))
  }

  /// A label that resembles a key that no clause bears: its neighbour in the row, or what it stands under.
  func nearest(to key: LabelKey) -> String? {
    guard let last = key.parts.last else { return nil }
    let above = Array(key.parts.dropLast())
    let neighbours: [String] =
      if let number = Int(last) {
        ["\(number - 1)", "\(number + 1)"]
      } else if last.utf8.count == 1, let letter = last.unicodeScalars.first?.value {
        [letter - 1, letter + 1].compactMap(Unicode.Scalar.init).map { String($0) }
      } else {
        []
      }
    for neighbour in neighbours {
      if let clause = index.clauses[LabelKey(parts: above + [neighbour])]?.first {
        return wording.clauses[clause].label.description
      }
    }
    return above.isEmpty
      ? nil : index.clauses[LabelKey(parts: above)]?.first.map { wording.clauses[$0].label.description }
  }

  private static func folded(_ text: String) -> String {
    CanonicalText.of(text).lowercased().filter { $0.isLetter || $0.isNumber || $0 == " " }
  }
}
