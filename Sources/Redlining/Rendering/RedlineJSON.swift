package import TermsModel

/// A redline as `tenor diff --format json` prints it (contract 6.2).
package struct RedlineJSON {
  private let redline: Redline
  private let classes: [Classification?]
  private let hashes: (before: String?, after: String?)

  /// - Parameters:
  ///   - classes: parallel to the redline's changes; empty where nothing was classified.
  ///   - hashes: the SHA-256 of both sources in hexadecimal, which the caller computes.
  package init(
    _ redline: Redline, classes: [Classification?] = [], hashes: (before: String?, after: String?) = (nil, nil)
  ) {
    self.redline = redline
    self.classes = classes
    self.hashes = hashes
  }

  /// Writes the whole object to `output`, change by change; `lint` is the finished JSON of the findings.
  package func write(to output: inout some TextOutputStream, lint: String = "[]") {
    output.write(
      "{\"before\": \(side(redline.before, hashes.before)), \"after\": \(side(redline.after, hashes.after)),\n")
    let gravest = classes.compactMap { $0?.changeClass }.max()
    output.write(" \"class\": \(JSONText.quoted(gravest?.rawValue ?? "none")),\n \"changes\": [")
    for (index, change) in redline.changes.enumerated() {
      output.write(index == 0 ? "" : ",\n  ")
      write(change, index < classes.count ? classes[index] : nil, to: &output)
    }
    output.write("],\n \"lint\": \(lint)}\n")
  }

  private func side(_ wording: Wording, _ hash: String?) -> String {
    "{\"title\": \(JSONText.quoted(wording.title)), \"clauses\": \(wording.provisions.count), \"sha256\": \(JSONText.quoted(hash))}"
  }

  private func write(
    _ change: Change, _ classification: Classification?, to output: inout some TextOutputStream
  ) {
    output.write(
      "{\"kind\": \"\(change.kind.rawValue)\", \"class\": \(JSONText.quoted(classification?.changeClass.rawValue))")
    if let renamed = change.renamed {
      output.write(",\n   \"before\": {\"text\": \(JSONText.quoted(renamed.before))}")
      output.write(",\n   \"after\": {\"text\": \(JSONText.quoted(renamed.after))}")
      output.write(",\n   \"occurrences\": \(renamed.occurrences), \"clauses\": \(change.after.count)")
    } else {
      // A renumbering takes along the clauses that cite the number; the clause itself stands first.
      let isOne = change.kind == .renumbered
      let (before, after) = (
        isOne ? Array(change.before.prefix(1)) : change.before, isOne ? Array(change.after.prefix(1)) : change.after
      )
      output.write(",\n   \"before\": \(clauses(before, redline.before, change.beforeText))")
      output.write(",\n   \"after\": \(clauses(after, redline.after, change.afterText))")
    }
    output.write(",\n   \"edits\": [")
    write(change.kind == .formatting ? ShownEdit.folded(change.edits) : change.edits.map { ShownEdit($0) }, to: &output)
    output.write("],\n   \"grounds\": [")
    for (index, ground) in (classification?.grounds ?? []).enumerated() {
      output.write(index == 0 ? "" : ", ")
      output.write("{\"rule\": \(JSONText.quoted(ground.rule)), \"evidence\": \(JSONText.quoted(ground.evidence))}")
    }
    output.write("]}")
  }

  /// An edit as it is shown. In a change of dress alone no word goes or comes: what has another dress is equal, with
  /// the former dress beside it.
  private struct ShownEdit {
    var op: Edit.Operation
    var text: String
    var was: String?

    init(_ edit: Edit) {
      op = edit.op
      text = edit.text
    }

    static func folded(_ edits: [Edit]) -> [ShownEdit] {
      var shown: [ShownEdit] = []
      for edit in edits {
        if edit.op == .insert, let last = shown.last, last.op == .delete {
          var changed = ShownEdit(edit)
          (changed.op, changed.was) = (.equal, last.text)
          shown[shown.count - 1] = changed
        } else {
          shown.append(ShownEdit(edit))
        }
      }
      return shown
    }
  }

  private func write(_ edits: [ShownEdit], to output: inout some TextOutputStream) {
    for (index, edit) in edits.enumerated() {
      output.write(index == 0 ? "" : ", ")
      output.write("{\"op\": \"\(edit.op.rawValue)\", \"text\": \(JSONText.quoted(edit.text))")
      if let was = edit.was { output.write(", \"was\": \(JSONText.quoted(was))") }
      output.write("}")
    }
  }

  private func clauses(_ indices: [Int], _ wording: Wording, _ text: String) -> String {
    guard let first = indices.first, let last = indices.last else { return "null" }
    let clause = wording.clauses[first]
    let lines = "[\(clause.lines.lowerBound), \(wording.clauses[last].lines.upperBound)]"
    var json = "{\"label\": \(JSONText.quoted(clause.label.isEmpty ? nil : "\(clause.label)"))"
    json += ", \"heading\": \(JSONText.quoted(clause.heading)), \"text\": \(JSONText.quoted(text)), \"lines\": \(lines)"
    if indices.count > 1 {
      let parts = indices.map { index in
        let part = wording.clauses[index]
        return "{\"label\": \(JSONText.quoted(part.label.isEmpty ? nil : "\(part.label)")), "
          + "\"heading\": \(JSONText.quoted(part.heading)), \"text\": \(JSONText.quoted(part.words)), "
          + "\"lines\": [\(part.lines.lowerBound), \(part.lines.upperBound)]}"
      }
      json += ", \"parts\": [\(parts.joined(separator: ", "))]"
    }
    return json + "}"
  }
}
