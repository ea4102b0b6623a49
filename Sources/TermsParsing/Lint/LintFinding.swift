/// Something in a text that a reader would stumble over, and what to do about it.
package struct LintFinding: Hashable, Sendable, Codable {
  package enum Severity: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
    /// Worth knowing; nothing may be wrong.
    case note
    /// Probably wrong.
    case warning
    /// Wrong: a reader cannot tell what is meant.
    case error

    package static func < (left: Severity, right: Severity) -> Bool { left.gravity < right.gravity }

    private var gravity: Int {
      switch self {
      case .note: 0
      case .warning: 1
      case .error: 2
      }
    }
  }

  package enum Rule: String, Hashable, Sendable, Codable, CaseIterable {
    /// A cross-reference to a clause that is not there.
    case danglingReference = "dangling-reference"
    /// A label that two clauses bear.
    case duplicateLabel = "duplicate-label"
    /// A label left out in a row of labels.
    case labelGap = "label-gap"
    /// A term written like a defined one, which nothing defines.
    case undefinedTerm = "undefined-term"
    /// A definition that nothing uses.
    case unusedDefinition = "unused-definition"
    /// A term that is defined twice.
    case repeatedDefinition = "repeated-definition"
    /// An entry of the survival list that names no clause.
    case survivalList = "survival-list"
    /// A clause that the settings name by a number that it has no longer.
    case renumberedSetting = "renumbered-setting"
    /// A character inside a word that no reader sees.
    case invisibleCharacter = "invisible-character"
    /// HTML in the text, which pages show as it is written.
    case rawHTML = "raw-html"
  }

  package let rule: Rule
  package let severity: Severity
  /// The label of the clause that it is about, as cited; `nil` where it bears none.
  package let label: String?
  /// The line of the source, from 1; `nil` where it is about the document's settings.
  package let line: Int?
  /// One sentence: what is wrong, and what to do.
  package let message: String

  package init(rule: Rule, severity: Severity, label: String?, line: Int?, message: String) {
    self.rule = rule
    self.severity = severity
    self.label = label
    self.line = line
    self.message = message
  }
}

extension LintFinding: CustomStringConvertible {
  /// `line 12, 7(b): error: …`
  package var description: String {
    let place = [line.map { "line \($0)" }, label].compactMap(\.self).joined(separator: ", ")
    return (place.isEmpty ? "settings" : place) + ": \(severity.rawValue): \(message) [\(rule.rawValue)]"
  }
}
