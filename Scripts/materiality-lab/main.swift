/// Reads labelled changes and prints what the classifier makes of them, for the scripts that train and measure it.
///
/// Usage: materiality-lab features|classes ITEMS.jsonl [--without RULE]...
///        materiality-lab times FOLDER
///
/// ITEMS.jsonl: one object a line with `id`, `heading`, `before`, `after`. `features` prints what the models are told of each,
/// `classes` the gravest class and the grounds; both print one object a line, in the order of the items. `times` prints how long
/// redline and classes of the texts in a folder take.

import Foundation
import Materiality
import Redlining
import TermsModel
import TermsParsing

struct Item: Decodable {
  let id: String
  let heading: String
  let before: String
  let after: String
}

struct FeatureRow: Encodable {
  struct Change: Encodable {
    let proven: Bool
    let decided: [String]
    let effect: [String: Double]
    let citing: Bool
    let follows: Bool
  }

  struct Run: Encodable {
    let first: Int
    let count: Int
    let law: [String: Double]
  }

  let id: String
  let changes: [Change]
  let runs: [Run]
}

struct ClassRow: Encodable {
  let id: String
  let `class`: String
  let grounds: [Ground]
}

/// A document that holds nothing but the passage, under its heading.
func document(_ passage: String, heading: String) -> String {
  let line = heading.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
  let title = line.trimmingCharacters(in: .whitespaces).isEmpty ? "Terms" : line
  return "# \(title)\n\n" + passage.trimmingCharacters(in: .whitespacesAndNewlines) + "\n"
}

func byName(_ features: [Feature]) -> [String: Double] {
  Dictionary(uniqueKeysWithValues: features.map { ($0.name, $0.value) })
}

var arguments = Array(CommandLine.arguments.dropFirst())
var without: Set<Rule> = []
while let at = arguments.firstIndex(of: "--without"), at + 1 < arguments.count {
  guard let rule = Rule(rawValue: arguments[at + 1]) else {
    FileHandle.standardError.write(Data("no rule is called '\(arguments[at + 1])'\n".utf8))
    exit(64)
  }
  without.insert(rule)
  arguments.removeSubrange(at...at + 1)
}
if arguments.count == 2, arguments[0] == "times" {
  try printTimes(of: arguments[1], runs: 9)
  exit(0)
}
guard arguments.count == 2, ["features", "classes"].contains(arguments[0]) else {
  FileHandle.standardError.write(
    Data("usage: materiality-lab features|classes ITEMS.jsonl [--without RULE]..., or times FOLDER\n".utf8))
  exit(64)
}
let classifier = Classifier(without: without)
let decoder = JSONDecoder()
let encoder = JSONEncoder()
encoder.outputFormatting = [.sortedKeys]
for line in try String(contentsOfFile: arguments[1], encoding: .utf8).split(separator: "\n") {
  let item = try decoder.decode(Item.self, from: Data(line.utf8))
  let redline = Redline(
    before: try MarkdownParser.parse(document(item.before, heading: item.heading)),
    after: try MarkdownParser.parse(document(item.after, heading: item.heading)))
  let data: Data
  if arguments[0] == "features" {
    let row = classifier.trainingRow(of: redline)
    data = try encoder.encode(
      FeatureRow(
        id: item.id,
        changes: row.changes.map {
          .init(
            proven: $0.isProven, decided: $0.decidedBy.map(\.rawValue), effect: byName($0.effect), citing: $0.isCiting,
            follows: $0.follows)
        },
        runs: row.runs.map { .init(first: $0.changes.lowerBound, count: $0.changes.count, law: byName($0.law)) }))
  } else {
    let classes = classifier.classify(redline)
    data = try encoder.encode(
      ClassRow(
        id: item.id, class: Classifier.gravest(classes)?.rawValue ?? "other", grounds: classes.flatMap(\.grounds)))
  }
  print(String(decoding: data, as: UTF8.self))
}
