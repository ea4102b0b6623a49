internal import TermsModel
internal import TermsOperations

extension JoiningInRetrospect {
  /// What a command says after it has recorded such a joining; empty where there is nothing to say.
  func notes(on developer: DeveloperID, _ document: DocumentSlug) -> [String] {
    var notes: [String] = []
    if joinedBeforeFirstVersion {
      notes.append("note: nothing of '\(document)' was posted at that moment; check the date")
    }
    if let registeredLater {
      notes.append("note: '\(developer)' was registered only at \(registeredLater), after that; check the date")
    }
    let list = { (versions: [VersionLabel]) in versions.map(\.rawValue).joined(separator: ", ") }
    if let first = planned.first {
      notes.append(
        """
        note: posted since then, and its notice to '\(developer)' is planned: \(list(planned))
        'tenor notices send' sends it. Where they were told otherwise, put on record how:
          tenor notices record \(developer) --document \(document) --version \(first) --channel email --received-at MOMENT
        """)
    }
    if let first = untold.first {
      notes.append(
        """
        note: posted since then, and no notice of it to '\(developer)' is planned or on record: \(list(untold))
        What it changes waits for its notice. Record how it was given:
          tenor notices record \(developer) --document \(document) --version \(first) --channel courier --sent-at MOMENT
        """)
    }
    return notes
  }
}
