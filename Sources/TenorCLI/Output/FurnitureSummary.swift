internal import TermsModel

/// The page furniture of a text (navigation, language choice, footers) by the runs in which it stands, so that an operator
/// sees at a glance what was not taken for terms.
struct FurnitureSummary {
  private struct Run {
    var lines: ClosedRange<Int>
    var first: String
    var last: String
    var count: Int
  }

  private let runs: [Run]

  init(_ wording: Wording) {
    var runs: [Run] = []
    var isRunOpen = false
    for clause in wording.clauses {
      guard clause.role == .furniture else {
        isRunOpen = false
        continue
      }
      let words = Self.shortened(clause.heading ?? clause.text)
      if isRunOpen, var run = runs.last {
        run.lines = run.lines.lowerBound...max(run.lines.upperBound, clause.lines.upperBound)
        run.last = words
        run.count += 1
        runs[runs.count - 1] = run
      } else {
        runs.append(Run(lines: clause.lines, first: words, last: words, count: 1))
        isRunOpen = true
      }
    }
    self.runs = runs
  }

  var isEmpty: Bool { runs.isEmpty }

  /// Where it stands: `lines 3, 83–188`.
  var places: String {
    let places = runs.map { run in Self.place(run.lines) }
    let isOneLine = runs.count == 1 && runs[0].lines.count == 1
    return (isOneLine ? "line " : "lines ") + places.joined(separator: ", ")
  }

  /// A line for each run: where it stands, and the words that it begins and ends with.
  var lines: [String] {
    let width = runs.map { Self.place($0.lines).count }.max() ?? 0
    return runs.map { run in
      let place = Self.place(run.lines)
      let passages = run.count == 1 ? run.first : "\(run.first) … \(run.last) (\(run.count) passages)"
      return String(repeating: " ", count: width - place.count) + place + "  " + passages
    }
  }

  private static func place(_ lines: ClosedRange<Int>) -> String {
    lines.count == 1 ? "\(lines.lowerBound)" : "\(lines.lowerBound)–\(lines.upperBound)"
  }

  private static func shortened(_ text: String) -> String {
    let line = text.replacing("\n", with: " ")
    return line.count > 40 ? line.prefix(39) + "…" : line
  }
}
