package import TermsModel

/// Finds in a text what a reader would stumble over.
///
/// It says only what it can be sure of: a reference that may lead to another document, a term that may be a name, a list
/// that may begin anew are not findings.
package struct Linter: Sendable {
  package init() {}

  /// What is to be said of `wording`, in the order of its lines; `survival` is the list of the document's settings.
  package func findings(in wording: Wording, survival: [ClauseSelector]) -> [LintFinding] {
    let index = LabelIndex(wording)
    var references = ReferenceReader(wording, index)
    references.read()
    let found =
      DanglingReferences(wording, index).findings(in: references.references) + LabelRows(wording).findings()
      + TermUse(wording).findings() + SurvivalList(wording).findings(for: survival) + Invisibles(wording).findings()
      + RawMarkup(wording).findings()
    return found.enumerated().sorted { left, right in
      let lines = (left.element.line ?? .max, right.element.line ?? .max)
      return lines.0 == lines.1 ? left.offset < right.offset : lines.0 < lines.1
    }.map(\.element)
  }
}

/// Entries of the survival list that name no clause.
struct SurvivalList {
  private let wording: Wording

  init(_ wording: Wording) {
    self.wording = wording
  }

  func findings(for survival: [ClauseSelector]) -> [LintFinding] {
    let labels = wording.clauses.filter { $0.role != .furniture }.map(\.label)
    return survival.flatMap { selector -> [LintFinding] in
      let missing = ends(of: selector).filter { end in !labels.contains { end.selects($0) } }
      return missing.map { end in
        let part = end == selector ? "'\(selector)'" : "'\(end)' in '\(selector)'"
        return LintFinding(
          rule: .survivalList, severity: .error, label: nil, line: nil,
          message: "the survival list names \(part), and no clause bears that label; "
            + (ClauseLookup(wording).nearest(to: LabelKey(typed: end.text) ?? LabelKey(parts: [])).map {
              "did you mean \($0)?"
            } ?? "correct 'survival' in document.yaml"))
      }
    }
  }

  /// Both ends of a run, since each has to be there.
  private func ends(of selector: ClauseSelector) -> [ClauseSelector] {
    let ends = selector.text.split(whereSeparator: { $0 == "-" || $0 == "–" }).map { $0.filter { !$0.isWhitespace } }
    guard ends.count == 2, ends.allSatisfy({ Int($0) != nil }) else { return [selector] }
    return ends.map { ClauseSelector($0) }
  }
}

/// Characters inside words that no reader sees.
struct Invisibles {
  private let wording: Wording

  init(_ wording: Wording) {
    self.wording = wording
  }

  func findings() -> [LintFinding] {
    wording.clauses.filter { $0.role != .furniture }.compactMap { clause in
      let hidden = CanonicalText.invisibles(in: clause.text).filter { isInsideWord($0.offset, $0.scalar, clause.text) }
      guard let first = hidden.first else { return nil }
      let name = "U+" + String(first.scalar.value, radix: 16, uppercase: true)
      return LintFinding(
        rule: .invisibleCharacter, severity: .note, label: clause.label.isEmpty ? nil : clause.label.description,
        line: clause.lines.lowerBound,
        message: (hidden.count == 1
          ? "a character that no reader sees (\(name)) stands"
          : "\(hidden.count) characters that no reader sees (the first \(name)) stand")
          + " inside a word; delete \(hidden.count == 1 ? "it" : "them"), or searches will miss the word")
    }
  }

  /// A soft hyphen is meant to stand there; direction marks and joiners are meant to in scripts that need them.
  private func isInsideWord(_ offset: Int, _ scalar: Unicode.Scalar, _ text: String) -> Bool {
    guard scalar.value == 0x200B || scalar.value == 0x2060 || scalar.value == 0xFEFF else { return false }
    let utf8 = text.utf8
    let at = utf8.index(utf8.startIndex, offsetBy: offset)
    guard at > utf8.startIndex else { return false }
    let after = utf8.index(at, offsetBy: UTF8.width(scalar))
    guard after < utf8.endIndex else { return false }
    return utf8[utf8.index(before: at)].isLetter && utf8[after].isLetter
  }
}
