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
      output.write(",\n   \"before\": \(clauses(change.before, redline.before))")
      output.write(",\n   \"after\": \(clauses(change.after, redline.after))")
    }
    output.write(",\n   \"edits\": [")
    for (index, edit) in change.edits.enumerated() {
      output.write(index == 0 ? "" : ", ")
      output.write("{\"op\": \"\(edit.op.rawValue)\", \"text\": \(JSONText.quoted(edit.text))}")
    }
    output.write("],\n   \"grounds\": [")
    for (index, ground) in (classification?.grounds ?? []).enumerated() {
      output.write(index == 0 ? "" : ", ")
      output.write("{\"rule\": \(JSONText.quoted(ground.rule)), \"evidence\": \(JSONText.quoted(ground.evidence))}")
    }
    output.write("]}")
  }

  private func clauses(_ indices: [Int], _ wording: Wording) -> String {
    guard let first = indices.first, let last = indices.last else { return "null" }
    let clause = wording.clauses[first]
    let text = indices.map { wording.clauses[$0].comparedWords }.joined(separator: "\n\n")
    let lines = "[\(clause.lines.lowerBound), \(wording.clauses[last].lines.upperBound)]"
    var json = "{\"label\": \(JSONText.quoted(clause.label.isEmpty ? nil : "\(clause.label)"))"
    json += ", \"heading\": \(JSONText.quoted(clause.heading)), \"text\": \(JSONText.quoted(text)), \"lines\": \(lines)"
    if indices.count > 1 {
      let parts = indices.map { index in
        let part = wording.clauses[index]
        return "{\"label\": \(JSONText.quoted(part.label.isEmpty ? nil : "\(part.label)")), "
          + "\"heading\": \(JSONText.quoted(part.heading)), \"text\": \(JSONText.quoted(part.comparedWords)), "
          + "\"lines\": [\(part.lines.lowerBound), \(part.lines.upperBound)]}"
      }
      json += ", \"parts\": [\(parts.joined(separator: ", "))]"
    }
    return json + "}"
  }
}
