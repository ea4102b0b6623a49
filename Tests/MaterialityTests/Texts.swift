import Redlining
import TermsModel
import TermsParsing
import Testing

@testable import Materiality

/// The classes of the changes between two texts, as the whole way from Markdown gives them.
func classified(_ before: String, _ after: String, without rules: Set<Rule> = []) throws -> [Classification] {
  let redline = Redline(before: try MarkdownParser.parse(before), after: try MarkdownParser.parse(after))
  return Classifier(without: rules).classify(redline)
}

/// The class of a passage that stands alone under a heading.
func passageClass(_ before: String, _ after: String, heading: String = "Terms") throws -> ChangeClass? {
  Classifier.gravest(try classified("# \(heading)\n\n\(before)\n", "# \(heading)\n\n\(after)\n"))
}

/// The rules that the grounds of a passage's changes name.
func passageRules(_ before: String, _ after: String, heading: String = "Terms") throws -> Set<String> {
  Set(try classified("# \(heading)\n\n\(before)\n", "# \(heading)\n\n\(after)\n").flatMap { $0.grounds.map(\.rule) })
}

/// The evidence given under `rule` for a passage's changes.
func evidence(_ rule: Rule, _ before: String, _ after: String, heading: String = "Terms") throws -> [String] {
  try classified("# \(heading)\n\n\(before)\n", "# \(heading)\n\n\(after)\n").flatMap(\.grounds)
    .filter { $0.rule == rule.rawValue }.map(\.evidence)
}
