internal import Binding
package import TermsModel
internal import TermsParsing

/// The way in which a document's text is written down, which a draft that was converted from another format takes on: a
/// word processor keeps neither the shape of a label nor that of a bullet, and the review of a draft is to show what its
/// author changed.
package struct StandingDress: Sendable {
  private let standing: Wording

  package init(of standing: Wording) {
    self.standing = standing
  }

  /// What counts as dress here: all that is folded for comparison, but emphasis and the targets of links, which an author
  /// chooses.
  private static let foldings = CanonicalText.Foldings.all(but: .emphasis, .links)

  /// The draft with labels in the shapes of the standing text, and every clause that says the same as one of that text
  /// written as it is there. The draft's labels and words stay: where they would not, it is given back as it came.
  package func dress(_ draft: String) -> String {
    let shaped = labelsInShape(draft)
    guard let wording = try? MarkdownParser.parse(Array(shaped.utf8)) else { return draft }
    var places: [String: [Int]] = [:]
    for (index, clause) in standing.clauses.enumerated().reversed() {
      places[Self.key(standing.source(of: clause)), default: []].append(index)
    }
    let taken = wording.clauses.map { places[Self.key(wording.source(of: $0))]?.popLast() }
    var result = ""
    for (index, clause) in wording.clauses.enumerated() {
      let own = wording.source(of: clause)
      guard let place = taken[index] else {
        result += own
        continue
      }
      let other = standing.source(of: standing.clauses[place])
      let isFollowedAlike =
        index + 1 < taken.count && taken[index + 1] == place + 1 || place + 1 == standing.clauses.count
      result += other.withoutEnd + (isFollowedAlike ? other : own).end
    }
    guard let dressed = try? MarkdownParser.parse(Array(result.utf8)),
      dressed.clauses.map(\.label) == wording.clauses.map(\.label),
      zip(dressed.clauses, wording.clauses).allSatisfy({ one, other in
        CanonicalText.haveSameWords(dressed.source(of: one), wording.source(of: other))
      })
    else { return shaped }
    return result
  }

  /// The same for all ways of writing the same; emphasis has two signs.
  private static func key(_ source: String) -> String {
    CanonicalText.of(source, folding: foldings).replacing("_", with: "*")
  }

  // MARK: Labels

  private enum Kind: Hashable {
    case lower, upper, number
  }

  private enum Shape: Hashable {
    /// `a.`
    case dot
    /// `a)`
    case closed
    /// `(a)`
    case enclosed
  }

  /// A label at the beginning of a line: its kind, its shape, and the step itself.
  private static func label(_ line: Substring) -> (
    kind: Kind, shape: Shape, indent: Substring, step: Substring, rest: Substring
  )? {
    let indent = line.prefix { $0 == " " }
    var rest = line.dropFirst(indent.count)
    let isOpened = rest.first == "("
    if isOpened { rest = rest.dropFirst() }
    let step = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber) }
    guard (1...5).contains(step.count) else { return nil }
    let kind: Kind
    if step.allSatisfy(\.isNumber) {
      kind = .number
    } else if step.allSatisfy(\.isLowercase) {
      kind = .lower
    } else if step.allSatisfy(\.isUppercase) {
      kind = .upper
    } else {
      return nil
    }
    let after = rest.dropFirst(step.count)
    let shape: Shape
    switch (isOpened, after.first) {
    case (true, ")"): shape = .enclosed
    case (false, ")"): shape = .closed
    case (false, "."): shape = .dot
    default: return nil
    }
    guard after.dropFirst().first == " " || after.count == 1 else { return nil }
    // A single letter or a Roman numeral: "sent." is a word.
    if kind != .number, step.count > 1, !step.lowercased().allSatisfy({ "ivxlc".contains($0) }) { return nil }
    return (kind, shape, indent, step, after.dropFirst())
  }

  /// The text with those labels in the standing text's shape whose kind has one there, and only one.
  private func labelsInShape(_ draft: String) -> String {
    var shapes: [Kind: Set<Shape>] = [:]
    for line in standing.source.replacing("\\", with: "").split(separator: "\n") {
      if let found = Self.label(line) { shapes[found.kind, default: []].insert(found.shape) }
    }
    return draft.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      guard let found = Self.label(line), let known = shapes[found.kind], known.count == 1, let shape = known.first,
        shape != found.shape
      else { return String(line) }
      switch shape {
      case .enclosed: return "\(found.indent)(\(found.step))\(found.rest)"
      case .closed: return "\(found.indent)\(found.step))\(found.rest)"
      case .dot: return "\(found.indent)\(found.step).\(found.rest)"
      }
    }.joined(separator: "\n")
  }
}

extension String {
  /// The line ends and blanks at its end.
  fileprivate var end: String { String(self[(lastIndex { !$0.isWhitespace }.map(index(after:)) ?? startIndex)...]) }
  fileprivate var withoutEnd: String { String(dropLast(end.count)) }
}

extension TermsRegistry {
  /// A draft that was converted from another format, written as the text that stands of the document is; as it came where
  /// none stands.
  ///
  /// - Throws: a refusal where the document is unknown.
  package func inStandingDress(_ draft: String, of slug: DocumentSlug) async throws -> String {
    guard let standing = try await standingText(of: slug) else { return draft }
    return StandingDress(of: standing.text.wording).dress(draft)
  }
}
