package import TermsModel

/// How much of a redline is shown to a person.
package struct RedlineView: Hashable, Sendable {
  /// How many unchanged words are kept on each side of a changed one; all where `nil`.
  package var context: Int?
  /// The classes shown; all where `nil`.
  package var only: Set<ChangeClass>?

  package init(context: Int? = 12, only: Set<ChangeClass>? = nil) {
    self.context = context
    self.only = only
  }
}

/// A change as a person is told of it: its title, its words, its grounds. What the renderers have in common.
struct ToldChange {
  /// `7(a) Modifications`, `3(c) → 3(d) Names`, or the first words of a clause without label and heading.
  let title: String
  /// What happened, in the reader's words: `moved`, `split in 2`.
  let what: String
  let changeClass: ChangeClass?
  /// The class and its grounds, a line each: `number-changed: 15 days → 10 days`.
  let grounds: [String]
  /// The words, unchanged ones cut to the context asked for.
  let edits: [Edit]

  init(_ change: Change, in redline: Redline, classification: Classification?, context: Int?) {
    let before = change.before.map { redline.before.clauses[$0] }
    let after = change.after.map { redline.after.clauses[$0] }
    changeClass = classification?.changeClass
    grounds = (classification?.grounds ?? []).map { "\($0.rule): \($0.evidence)" }
    edits = context.map { Self.cut(change.edits, to: $0) } ?? change.edits
    if let renamed = change.renamed {
      title = "“\(renamed.before)” → “\(renamed.after)”"
      what = "renamed throughout, \(renamed.occurrences) times"
    } else {
      title = Self.title(before: before.first, after: after.first)
      what =
        switch change.kind {
        case .split: "split in \(after.count)"
        case .merged: "merged from \(before.count)"
        default: change.kind.rawValue
        }
    }
  }

  /// The changes of a redline that a view shows, in order.
  static func shown(_ redline: Redline, _ classes: [Classification?], _ view: RedlineView) -> [ToldChange] {
    redline.changes.indices.compactMap { index in
      let classification = index < classes.count ? classes[index] : nil
      if let only = view.only, classification.map({ only.contains($0.changeClass) }) != true { return nil }
      return ToldChange(
        redline.changes[index], in: redline, classification: classification, context: view.context)
    }
  }

  private static func title(before: Clause?, after: Clause?) -> String {
    let labels = [before, after].compactMap { $0.map { "\($0.label)" } }.filter { !$0.isEmpty }
    let label = labels.count == 2 && labels[0] != labels[1] ? "\(labels[0]) → \(labels[1])" : labels.last ?? ""
    let heading = after?.heading ?? before?.heading ?? ""
    if !label.isEmpty || !heading.isEmpty {
      return [label, heading].filter { !$0.isEmpty }.joined(separator: " ")
    }
    let words = (after ?? before)?.text.split(separator: " ").prefix(6).joined(separator: " ") ?? ""
    return "“\(words.replacing("\n", with: " ")) …”"
  }

  /// Cuts runs of unchanged words to `count` words beside what changed; what is left out is shown as `…`.
  private static func cut(_ edits: [Edit], to count: Int) -> [Edit] {
    guard edits.contains(where: { $0.op != .equal }) else {
      return edits.first.map { [Edit(op: .equal, text: end(of: $0.text, count: 2 * count))] } ?? []
    }
    return edits.indices.map { index in
      let edit = edits[index]
      guard edit.op == .equal else { return edit }
      let isFirst = index == edits.startIndex
      let isLast = index == edits.index(before: edits.endIndex)
      let words = edit.text.split(separator: " ", omittingEmptySubsequences: false)
      guard words.count > (isFirst || isLast ? count : 2 * count) + 2 else { return edit }
      let head = isFirst ? "" : words.prefix(count).joined(separator: " ") + " "
      let tail = isLast ? "" : " " + words.suffix(count).joined(separator: " ")
      return Edit(op: .equal, text: head + "…" + tail)
    }
  }

  private static func end(of text: String, count: Int) -> String {
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    return words.count > count + 2 ? words.prefix(count).joined(separator: " ") + " …" : text
  }
}
