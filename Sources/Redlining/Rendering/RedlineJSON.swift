package import TermsModel

/// A redline as `tenor diff --format json` prints it (contract 6.2), its members in the order of the contract.
package struct RedlineJSON {
  private let redline: Redline
  private let classes: [Classification?]
  private let hashes: (before: String?, after: String?)
  private let effects: [Effect]
  private let withdrawn: (before: Bool, after: Bool)

  /// When a posted change takes effect, for those who were told on the day of posting.
  package struct Effect: Hashable, Sendable {
    /// `nil` where it was taken back, or no date is in sight.
    let effectiveOn: CalendarDate?
    let isWithdrawn: Bool

    package init(effectiveOn: CalendarDate?, isWithdrawn: Bool) {
      self.effectiveOn = effectiveOn
      self.isWithdrawn = isWithdrawn
    }
  }

  /// - Parameters:
  ///   - classes: parallel to the redline's changes; empty where nothing was classified.
  ///   - hashes: the SHA-256 of both sources in hexadecimal, which the caller computes.
  ///   - effects: parallel to the redline's changes; empty where they were not posted as these changes.
  ///   - withdrawn: whether the versions compared were taken back, as far as they bound nobody.
  package init(
    _ redline: Redline, classes: [Classification?] = [], hashes: (before: String?, after: String?) = (nil, nil),
    effects: [Effect] = [], withdrawn: (before: Bool, after: Bool) = (false, false)
  ) {
    self.redline = redline
    self.classes = classes
    self.hashes = hashes
    self.effects = effects
    self.withdrawn = withdrawn
  }

  /// Writes the whole object change by change, so that a long document needs no copy in memory.
  ///
  /// - Parameter lint: the findings as a finished JSON array.
  package func write(to output: inout some TextOutputStream, lint: String = "[]") {
    output.write("{\"before\": \(document(redline.before, hashes.before, withdrawn.before)),\n")
    output.write(" \"after\": \(document(redline.after, hashes.after, withdrawn.after)),\n")
    let gravest = classes.compactMap { $0?.changeClass }.max()
    output.write(" \"class\": \(JSONText.quoted(gravest?.rawValue ?? "none")),\n \"changes\": [")
    for (index, change) in redline.changes.enumerated() {
      output.write(index == 0 ? "" : ",\n  ")
      write(
        change, index < classes.count ? classes[index] : nil, index < effects.count ? effects[index] : nil, to: &output)
    }
    output.write("],\n \"lint\": \(lint)}\n")
  }

  private func document(_ wording: Wording, _ hash: String?, _ isWithdrawn: Bool) -> String {
    let members = [
      ("title", JSONText.quoted(wording.title)), ("clauses", "\(wording.provisions.count)"),
      ("sha256", JSONText.quoted(hash)),
    ]
    return JSONText.object(members + (isWithdrawn ? [("withdrawn", "true")] : []))
  }

  // MARK: - Changes

  private func write(
    _ change: Change, _ classification: Classification?, _ effect: Effect?, to output: inout some TextOutputStream
  ) {
    output.write("{\"kind\": \"\(change.kind.rawValue)\"")
    output.write(", \"class\": \(JSONText.quoted(classification?.changeClass.rawValue))")
    if let day = effect?.effectiveOn { output.write(", \"effectiveOn\": \"\(day)\"") }
    if let effect, effect.isWithdrawn { output.write(", \"withdrawn\": true") }
    if let renamed = change.renamed {
      output.write(",\n   \"before\": \(term(renamed.before))")
      output.write(",\n   \"after\": \(term(renamed.after))")
      output.write(",\n   \"occurrences\": \(renamed.occurrences), \"clauses\": \(Set(change.after).count)")
    } else {
      // A renumbering takes the clauses along that cite the number; the clause itself stands first.
      let own = change.kind == .renumbered ? 1 : Int.max
      output.write(",\n   \"before\": \(clauses(change.before.prefix(own), redline.before, change.beforeText))")
      output.write(",\n   \"after\": \(clauses(change.after.prefix(own), redline.after, change.afterText))")
    }
    output.write(",\n   \"edits\": ")
    write(ShownEdit.edits(of: change), to: &output)
    let targets = LinkTargets.changed(by: change)
    if !targets.isEmpty {
      let list = targets.map {
        JSONText.object([("before", JSONText.quoted($0.before)), ("after", JSONText.quoted($0.after))])
      }
      output.write(",\n   \"links\": \(JSONText.array(list))")
    }
    if !change.following.isEmpty {
      let list = change.following.map { following in
        JSONText.object([
          ("before", place(following.before, redline.before)), ("after", place(following.after, redline.after)),
        ])
      }
      output.write(",\n   \"following\": \(JSONText.array(list))")
    }
    let grounds = (classification?.grounds ?? []).map { ground in
      JSONText.object([("rule", JSONText.quoted(ground.rule)), ("evidence", JSONText.quoted(ground.evidence))])
    }
    output.write(",\n   \"grounds\": \(JSONText.array(grounds))}")
  }

  private func term(_ term: String) -> String {
    JSONText.object([("label", "null"), ("heading", "null"), ("text", JSONText.quoted(term)), ("lines", "null")])
  }

  /// The clauses of one side as one, with each of them under `parts` where they are several; `null` where there are none.
  private func clauses(_ indices: ArraySlice<Int>, _ wording: Wording, _ text: String) -> String {
    guard let first = indices.first, let last = indices.last else { return "null" }
    var members = [
      ("label", label(first, wording)), ("heading", JSONText.quoted(wording.heading(over: first))),
      ("text", JSONText.quoted(text)),
      ("lines", "[\(wording.clauses[first].lines.lowerBound), \(wording.clauses[last].lines.upperBound)]"),
    ]
    if indices.count > 1 {
      let parts = indices.map { index in
        JSONText.object([
          ("label", label(index, wording)), ("heading", JSONText.quoted(wording.heading(over: index))),
          ("text", JSONText.quoted(wording.clauses[index].words)), ("lines", lines(index, wording)),
        ])
      }
      members.append(("parts", JSONText.array(parts)))
    }
    return JSONText.object(members)
  }

  private func place(_ index: Int, _ wording: Wording) -> String {
    JSONText.object([("label", label(index, wording)), ("lines", lines(index, wording))])
  }

  private func label(_ index: Int, _ wording: Wording) -> String {
    let label = wording.clauses[index].label
    return JSONText.quoted(label.isEmpty ? nil : "\(label)")
  }

  private func lines(_ index: Int, _ wording: Wording) -> String {
    "[\(wording.clauses[index].lines.lowerBound), \(wording.clauses[index].lines.upperBound)]"
  }

  // MARK: - Edits

  private func write(_ edits: [ShownEdit], to output: inout some TextOutputStream) {
    output.write("[")
    for (index, edit) in edits.enumerated() {
      var members = [("op", JSONText.quoted(edit.op.rawValue)), ("text", JSONText.quoted(edit.text))]
      if let was = edit.was { members.append(("was", JSONText.quoted(was))) }
      output.write((index == 0 ? "" : ", ") + JSONText.object(members))
    }
    output.write("]")
  }
}
