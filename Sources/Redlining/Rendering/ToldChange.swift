package import TermsModel

/// A change as a person is told of it: its title, its words, its grounds. What the renderers have in common.
package struct ToldChange {
  package let title: String
  /// What happened, in the reader's words: `moved`, `split in 2`.
  package let what: String
  package let changeClass: ChangeClass?
  /// The class and its grounds, a line each: `number-changed: 15 days → 10 days`.
  package let grounds: [String]
  /// The words, unchanged ones cut to the context asked for, and what changed only its dress shown in its new dress.
  package let edits: [Edit]
  /// What else there is to say, a line each: other link targets, clauses that follow.
  package let notes: [String]

  package init(_ change: Change, in redline: Redline, classification: Classification?, context: Int?) {
    changeClass = classification?.changeClass
    grounds = (classification?.grounds ?? []).map { "\($0.rule): \($0.evidence)" }
    let edits = change.kind == .formatting ? change.edits : Self.withoutDress(change.edits, folding: redline.foldings)
    self.edits = context.map { Self.cut(edits, to: $0) } ?? edits
    notes = Self.notes(change)
    if let renamed = change.renamed {
      title = "“\(renamed.before)” → “\(renamed.after)”"
      what = "renamed throughout, \(renamed.occurrences) times"
    } else {
      title = ClauseTitle.of(change, in: redline)
      what =
        switch change.kind {
        case .split: "split in \(change.after.count)"
        case .merged: "merged from \(change.before.count)"
        default: change.kind.rawValue
        }
    }
  }

  private static func notes(_ change: Change) -> [String] {
    var notes = LinkTargets.changed(by: change).map { target in
      switch (target.before, target.after) {
      case (let before?, let after?): "link: \(before) → \(after)"
      case (let before?, nil): "link taken out: \(before)"
      case (nil, let after?): "link added: \(after)"
      case (nil, nil): ""
      }
    }
    if change.kind == .renumbered, !change.following.isEmpty {
      notes.append(
        change.following.count == 1
          ? "1 clause cites it under its new number" : "\(change.following.count) clauses cite it under its new number")
    }
    return notes
  }

  /// The edits without those that change nothing but dress, such as the shape of a quotation mark.
  static func withoutDress(_ edits: [Edit], folding foldings: CanonicalText.Foldings) -> [Edit] {
    var result: [Edit] = []
    func keep(_ text: String) {
      if let last = result.last, last.op == .equal {
        result[result.count - 1] = Edit(op: .equal, text: last.text + text)
      } else {
        result.append(Edit(op: .equal, text: text))
      }
    }
    var at = 0
    while at < edits.count {
      let edit = edits[at]
      at += 1
      switch edit.op {
      case .equal:
        keep(edit.text)
      case .delete:
        let next = at < edits.count && edits[at].op == .insert ? edits[at].text : ""
        if CanonicalText.haveSameWords(edit.text, next, folding: foldings) {
          if !next.isEmpty { keep(next) }
          at += next.isEmpty ? 0 : 1
        } else {
          result.append(edit)
        }
      case .insert:
        if result.last?.op != .delete, CanonicalText.of(edit.text, folding: foldings).isEmpty {
          keep(edit.text)
        } else {
          result.append(edit)
        }
      }
    }
    return result
  }

  /// Cuts runs of unchanged words to `count` words beside what changed; what is left out is shown as `…`.
  private static func cut(_ edits: [Edit], to count: Int) -> [Edit] {
    guard edits.contains(where: { $0.op != .equal }) else {
      return edits.first.map { [Edit(op: .equal, text: beginning(of: $0.text, count: 2 * count))] } ?? []
    }
    return edits.indices.map { index in
      let edit = edits[index]
      guard edit.op == .equal else { return edit }
      let isFirst = index == edits.startIndex
      let isLast = index == edits.index(before: edits.endIndex)
      let count = (before: isFirst ? 0 : count, after: isLast ? 0 : count)
      guard let head = prefix(of: edit.text, words: count.before), let tail = suffix(of: edit.text, words: count.after),
        head.endIndex < tail.startIndex
      else { return edit }
      // What is left out must be worth the mark that stands for it.
      let between = edit.text[head.endIndex..<tail.startIndex]
      guard between.split(whereSeparator: \.isWhitespace).count > 1 else { return edit }
      return Edit(op: .equal, text: head + (isFirst ? "" : " ") + "…" + (isLast ? "" : " ") + tail)
    }
  }

  /// The first `count` words of a text; `nil` where it has no more.
  private static func prefix(of text: String, words count: Int) -> Substring? {
    var words = 0
    var isInWord = false
    for index in text.indices {
      let isSpace = text[index].isWhitespace
      if isInWord, isSpace, words == count { return text[..<index] }
      if !isSpace, !isInWord {
        words += 1
        if words > count { return text[..<text.startIndex] }
      }
      isInWord = !isSpace
    }
    return nil
  }

  /// The last `count` words of a text; `nil` where it has no more.
  private static func suffix(of text: String, words count: Int) -> Substring? {
    var words = 0
    var isInWord = false
    for index in text.indices.reversed() {
      let isSpace = text[index].isWhitespace
      if isInWord, isSpace, words == count { return text[text.index(after: index)...] }
      if !isSpace, !isInWord {
        words += 1
        if words > count { return text[text.endIndex...] }
      }
      isInWord = !isSpace
    }
    return nil
  }

  private static func beginning(of text: String, count: Int) -> String {
    guard let head = prefix(of: text, words: count),
      text[head.endIndex...].split(whereSeparator: \.isWhitespace).count > 2
    else { return text }
    return head + " …"
  }
}
