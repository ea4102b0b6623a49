internal import TermsModel

/// Labels that two clauses bear, and labels left out in a row.
struct LabelRows {
  private let wording: Wording

  init(_ wording: Wording) {
    self.wording = wording
  }

  /// A clause with a label of its own, by the row that it stands in: the same path above, under the same headings.
  private struct Row: Hashable {
    let above: [String]
    let scope: Int
    let form: String
  }

  func findings() -> [LintFinding] {
    var findings: [LintFinding] = []
    var last: [Row: (ordinal: Int, clause: Int)] = [:]
    var firsts: [Row: [String: Int]] = [:]
    var scopes: [Int?] = []
    var gaps: [Row: Int] = [:]
    var restarts: Set<Row> = []
    for (index, clause) in wording.clauses.enumerated() {
      scopes.append(scope(of: index, scopes))
      guard wording.hasOwnLabel(index), let step = clause.label.path.last, let place = Ordinal(step) else { continue }
      let row = Row(above: clause.label.path.dropLast(), scope: scopes[index] ?? -1, form: place.form)
      let before = last[row]
      if let first = firsts[row]?[step] {
        let isRestart = place.values.contains(1)
        // `(a)` right after `(a)` within a clause begins no list anew, and neither does a heading `1` right after another.
        let isTwice =
          isRestart && (!row.above.isEmpty || (isHeading(first) && isHeading(index)))
          && before.map { place.values.contains($0.ordinal) } == true
        // A list that begins anew under the same number; without a number above, it is a list, and no clause.
        if isTwice || (!isRestart && before.map { place.follows($0.ordinal, allowingEqual: true) } == true) {
          findings.append(duplicate(of: first, index))
        } else if isRestart, !row.above.isEmpty, restarts.insert(row).inserted {
          findings.append(restart(of: first, index))
        }
        if isRestart { firsts[row] = [:] }
      } else if let before, let missing = place.missing(after: before.ordinal) {
        // A row with many gaps lost its numbers on the way: one note says enough.
        gaps[row, default: 0] += 1
        if gaps[row] == 1 { findings.append(gap(before.clause, index, missing)) }
      }
      firsts[row, default: [:]][step] = firsts[row]?[step] ?? index
      last[row] = (place.value(after: before?.ordinal), index)
    }
    return findings
  }

  private func isHeading(_ index: Int) -> Bool {
    wording.clauses[index].heading != nil && !wording.clauses[index].hasText
  }

  /// The heading without a label that a clause stands under: lists begin anew under each.
  private func scope(of index: Int, _ scopes: [Int?]) -> Int? {
    guard let parent = wording.clauses[index].parent else { return nil }
    if !wording.hasOwnLabel(parent), wording.clauses[parent].heading != nil { return parent }
    return scopes[parent]
  }

  private func duplicate(of first: Int, _ index: Int) -> LintFinding {
    let label = wording.clauses[index].label
    return LintFinding(
      rule: .duplicateLabel, severity: .error, label: label.description, line: wording.clauses[index].lines.lowerBound,
      message:
        "label \(label) was already given on line \(wording.clauses[first].lines.lowerBound); number one of the two anew"
    )
  }

  private func restart(of first: Int, _ index: Int) -> LintFinding {
    let label = wording.clauses[index].label
    return LintFinding(
      rule: .duplicateLabel, severity: .warning, label: label.description,
      line: wording.clauses[index].lines.lowerBound,
      message:
        "a second list begins with \(label), as on line \(wording.clauses[first].lines.lowerBound), so that references to it are ambiguous; "
        + "number the second list on")
  }

  private func gap(_ before: Int, _ index: Int, _ missing: [String]) -> LintFinding {
    let above = wording.clauses[index].label.path.dropLast()
    let labels = missing.map { ClauseLabel(path: above + [$0]).description }
    let names = labels.count > 2 ? "\(labels[0]) to \(labels[labels.count - 1])" : labels.joined(separator: " and ")
    return LintFinding(
      rule: .labelGap, severity: .note, label: wording.clauses[index].label.description,
      line: wording.clauses[index].lines.lowerBound,
      message:
        "after \(wording.clauses[before].label) comes \(wording.clauses[index].label), and \(names) \(labels.count == 1 ? "is" : "are") missing; "
        + "if a clause was taken out, mark its place as reserved")
  }
}

/// The place of a step in its row: `(c)` is the third; `(i)` the ninth, or the first of Roman numerals.
struct Ordinal {
  /// What the step may count as.
  let values: [Int]
  /// What steps of one row have in common: their dress, and whether they are figures, small or capital letters.
  let form: String
  private let step: String
  private let isNumber: Bool

  init?(_ step: String) {
    let core = step.split(separator: " ").last.map(String.init) ?? step
    let letters = core.filter { $0.isLetter || $0.isNumber }
    guard let first = letters.first else { return nil }
    self.step = step
    if let number = Int(letters) {
      values = [number]
      isNumber = true
    } else {
      isNumber = false
      var found: [Int] = []
      if letters.count == 1, let value = first.lowercased().utf8.first, value.isLetter {
        found.append(Int(value - 0x60))
      }
      if letters.count == 2, letters.first == letters.last, let value = first.lowercased().utf8.first, value.isLetter {
        found.append(26 + Int(value - 0x60))
      }
      if let roman = Self.roman(letters.lowercased()) { found.append(roman) }
      guard !found.isEmpty else { return nil }
      values = found
    }
    let kind = isNumber ? "1" : first.isUppercase ? "A" : "a"
    form = step.replacing(letters, with: kind)
  }

  /// The value that fits best behind `before`.
  func value(after before: Int?) -> Int {
    guard let before else { return values.min() ?? 1 }
    return values.first { $0 == before + 1 } ?? values.filter { $0 > before }.min() ?? values[0]
  }

  func follows(_ before: Int, allowingEqual: Bool) -> Bool {
    values.contains { $0 == before + 1 || (allowingEqual && $0 <= before) }
  }

  /// The steps left out between `before` and this one, where just a few are.
  func missing(after before: Int) -> [String]? {
    guard !values.contains(where: { $0 <= before + 1 }), let value = values.min(), value - before <= 5 else {
      return nil
    }
    let letters = step.filter { $0.isLetter || $0.isNumber }
    if isNumber { return (before + 1..<value).map { step.replacing(letters, with: "\($0)") } }
    guard values.count == 1, value <= 26 else { return nil }
    return (before + 1..<value).compactMap { Unicode.Scalar(0x60 + $0) }.map { letter in
      step.replacing(letters, with: letters.first?.isUppercase == true ? String(letter).uppercased() : String(letter))
    }
  }

  private static func roman(_ text: String) -> Int? {
    let values: [Character: Int] = ["i": 1, "v": 5, "x": 10, "l": 50]
    var (total, previous) = (0, 0)
    for letter in text.reversed() {
      guard let value = values[letter] else { return nil }
      total += value < previous ? -value : value
      previous = max(previous, value)
    }
    return total
  }
}
