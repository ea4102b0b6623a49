import Foundation
import Materiality
import Redlining
import TermsModel
import TermsParsing

/// How long the redline of a pair of texts takes, and how long its classes, in milliseconds.
struct TimeRow: Encodable {
  let pair: String
  let bytes: Int
  let changes: Int
  let parsing: Double
  let redline: Double
  let classes: Double
}

extension Duration {
  fileprivate var milliseconds: Double {
    Double(components.seconds) * 1e3 + Double(components.attoseconds) / 1e15
  }
}

/// Prints a row for each `NNN.before.md`, `NNN.after.md` of a folder, the least of so many runs each, all in this process.
func printTimes(of folder: String, runs: Int) throws {
  let clock = ContinuousClock()
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys]
  var classifier: Classifier?
  let loading = clock.measure { classifier = Classifier() }
  guard let classifier else { return }
  print(#"{"loading": \#(loading.milliseconds)}"#)
  for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() where name.hasSuffix(".before.md") {
    let before = try [UInt8](Data(contentsOf: URL(filePath: "\(folder)/\(name)")))
    let after = try [UInt8](Data(contentsOf: URL(filePath: "\(folder)/\(name.replacing(".before.", with: ".after."))")))
    var least = (parsing: Duration.seconds(1000), redline: Duration.seconds(1000), classes: Duration.seconds(1000))
    var changes = 0
    for _ in 0..<runs {
      let start = clock.now
      // As `tenor diff` does it: the second text is taken apart only where it differs from the first.
      let old = try MarkdownParser.read(before)
      let new = try MarkdownParser.parse(after, like: old)
      let parsed = clock.now
      let redline = Redline(before: old.wording, after: new)
      let compared = clock.now
      changes = classifier.classify(redline).count
      let end = clock.now
      least.parsing = min(least.parsing, parsed - start)
      least.redline = min(least.redline, compared - parsed)
      least.classes = min(least.classes, end - compared)
    }
    let row = TimeRow(
      pair: String(name.dropLast(".before.md".count)), bytes: before.count + after.count, changes: changes,
      parsing: least.parsing.milliseconds, redline: least.redline.milliseconds, classes: least.classes.milliseconds)
    print(String(decoding: try encoder.encode(row), as: UTF8.self))
  }
}
