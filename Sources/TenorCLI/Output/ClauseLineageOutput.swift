internal import Binding
internal import Redlining
internal import TermsModel
internal import TermsOperations

/// A clause through all versions, in words.
struct ClauseLineageText {
  let lineage: ClauseLineage
  let color: Bool

  init(_ lineage: ClauseLineage, color: Bool) {
    self.lineage = lineage
    self.color = color
  }

  func write(to output: inout some TextOutputStream) {
    output.write("\(lineage.document) · \(lineage.names.joined(separator: " → "))\n")
    for entry in lineage.entries {
      let clause = entry.wording.clause
      var parts = ["version \(entry.wording.version)", "posted \(entry.postedOn)"]
      if let clause {
        parts.append(([clause.label.description, clause.heading ?? ""].filter { !$0.isEmpty }).joined(separator: " "))
      }
      if let changeClass = entry.changeClass { parts.append(changeClass.rawValue) }
      if clause == nil { parts.append("gone") }
      if !entry.related.isEmpty { parts.append("with \(entry.related.joined(separator: ", "))") }
      if entry.isWithdrawn { parts.append("withdrawn") }
      output.write("\n\(parts.filter { !$0.isEmpty }.joined(separator: " · "))\n")
      if let redline = entry.redline {
        RedlineText(redline, view: RedlineView(context: nil), color: color).write(to: &output)
      } else if let clause {
        for line in clause.text.split(separator: "\n") { output.write("  \(line)\n") }
      }
    }
  }
}

/// A clause through all versions, for programs.
struct ClauseLineageJSON: Encodable {
  struct Entry: Encodable {
    let version: VersionLabel
    let postedOn: CalendarDate
    let withdrawn: Bool
    let label: String?
    let heading: String?
    /// `null` where the version has the clause no longer.
    let text: String?
    let changeClass: ChangeClass?
    let kinds: [ChangeKind]
    let related: [String]
    /// Against the wording before; empty for the first one.
    let edits: [Edit]

    enum CodingKeys: String, CodingKey {
      case version, postedOn, withdrawn, label, heading, text, kinds, related, edits
      case changeClass = "class"
    }
  }

  let document: DocumentSlug
  let lineage: Int
  let names: [String]
  let wordings: [Entry]

  init(_ lineage: ClauseLineage) {
    document = lineage.document
    self.lineage = lineage.lineage.rawValue
    names = lineage.names
    wordings = lineage.entries.map { entry in
      Entry(
        version: entry.wording.version, postedOn: entry.postedOn, withdrawn: entry.isWithdrawn,
        label: entry.wording.clause?.label.description, heading: entry.wording.clause?.heading,
        text: entry.wording.clause?.text, changeClass: entry.changeClass, kinds: entry.wording.changes.map(\.kind),
        related: entry.related, edits: entry.redline?.changes.flatMap(\.edits) ?? [])
    }
  }
}
