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
  /// Registers a batch of developers with their connectors, all or none; those who are on record just so are left out, so
  /// that an import that was cut short goes on when it is given again.
  /// - Returns: how many were registered.
  @discardableResult
  package func importDevelopers(_ batch: [ImportedDeveloper]) async throws -> Int {
    do {
      try await register(batch)
      return batch.count
    } catch TermsRefusal.developerExists(let id) {
      var rest: [ImportedDeveloper] = []
      for item in batch where try await !isOnRecord(item) { rest.append(item) }
      guard rest.count < batch.count else { throw TermsRefusal.developerExists(id) }
      if !rest.isEmpty { try await register(rest) }
      return rest.count
    }
  }

  /// Whether a developer is on record as the file has them.
  private func isOnRecord(_ item: ImportedDeveloper) async throws -> Bool {
    let developer = item.developer
    guard let entry = try await record.developer(developer.id), !entry.erased else { return false }
    let hasConnector = item.connector.map { entry.connectors[$0.id] == $0.document } ?? true
    let isSameMoment = developer.at.map { $0 == entry.added.happenedAt } ?? true
    return hasConnector && isSameMoment && entry.region == developer.region && entry.name == developer.name
      && entry.email == developer.email
  }

  private func register(_ batch: [ImportedDeveloper]) async throws {
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
        guard !connector.id.isDotSegment else { throw TermsRefusal.unaddressableConnector(connector.id) }
        acts.append(
          RecordedAct(
            .agreement(item.developer.id, connector.document, .connectorAdded(connector.id)),
            happenedAt: registration.happenedAt))
      }
    }
    try await perform(acts, at: recordedAt)
  }
}
