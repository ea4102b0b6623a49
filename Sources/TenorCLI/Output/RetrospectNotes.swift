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
    if !untold.isEmpty {
      let versions = untold.map(\.rawValue).joined(separator: ", ")
      notes.append(
        """
        note: posted since then, and no notice of it to '\(developer)' is planned or on record: \(versions)
        A material change waits for its notice. Record how each was given:
          tenor notices record \(developer) --document \(document) --version \(untold[0]) --channel email --received-at MOMENT
        """)
    }
    return notes
  }
}
