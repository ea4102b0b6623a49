package import TermsModel

/// A developer of an import, with a connector where the file names one.
package struct ImportedDeveloper: Hashable, Sendable {
  package struct Connector: Hashable, Sendable {
    package let id: ConnectorID
    package let document: DocumentSlug

    package init(id: ConnectorID, document: DocumentSlug) {
      self.id = id
      self.document = document
    }
  }

  package let developer: NewDeveloper
  package let connector: Connector?

  package init(developer: NewDeveloper, connector: Connector?) {
    self.developer = developer
    self.connector = connector
  }
}

extension TermsRegistry {
  /// Registers a batch of developers with their connectors, all or none.
  package func importDevelopers(_ batch: [ImportedDeveloper]) async throws {
    for document in Set(batch.compactMap { $0.connector?.document }) {
      _ = try await requireVersion(nil, of: try await requireDocument(document))
    }
    let recordedAt = now()
    var acts: [RecordedAct] = []
    acts.reserveCapacity(batch.count * 2)
    for item in batch {
      let registration = try registration(of: item.developer, recordedAt: recordedAt)
      acts.append(registration)
      if let connector = item.connector {
        acts.append(
          RecordedAct(
            .agreement(item.developer.id, connector.document, .connectorAdded(connector.id)),
            happenedAt: registration.happenedAt))
      }
    }
    try await perform(acts, at: recordedAt)
  }
}
