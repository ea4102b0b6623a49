package import TermsModel

/// The acts that operators, developers and cron can perform, over one record.
///
/// One file an act, each an extension of this value. The world outside comes in here and nowhere else: the record, the
/// clock, the randomness. Only the composition root and the tests fill it.
package struct TermsRegistry: Sendable {
  package let record: any TermsRecord
  /// The moment at which things are being recorded.
  package let now: @Sendable () -> Instant
  /// 32 random bytes in lower-case hexadecimal.
  package let makeSalt: @Sendable () -> String
  /// Who acts, as it will stand in the log.
  package let actor: String

  package init(
    record: any TermsRecord, now: @escaping @Sendable () -> Instant, makeSalt: @escaping @Sendable () -> String,
    actor: String
  ) {
    self.record = record
    self.now = now
    self.makeSalt = makeSalt
    self.actor = actor
  }
}

extension TermsRegistry {
  /// The document, or a refusal that names the known ones.
  package func requireDocument(_ slug: DocumentSlug) async throws -> Document {
    if let document = try await record.document(slug) { return document }
    throw TermsRefusal.unknownDocument(slug, known: try await record.documents().map(\.slug))
  }

  package func requireDeveloper(_ id: DeveloperID) async throws -> DeveloperEntry {
    if let developer = try await record.developer(id) { return developer }
    throw TermsRefusal.unknownDeveloper(id)
  }

  /// The version named, or the latest posted one where none is.
  package func requireVersion(_ label: VersionLabel?, of document: Document) async throws -> PostedVersion {
    let versions = try await record.versions(of: document.slug)
    guard let latest = versions.last else { throw TermsRefusal.nothingPosted(document.slug) }
    guard let label else { return latest }
    if let version = versions.first(where: { $0.label == label }) { return version }
    throw TermsRefusal.unknownVersion(document.slug, label, known: versions.map(\.label))
  }

  /// Puts one act on record, a conflict told as a refusal.
  @discardableResult
  func perform(_ act: Act, happenedAt: Instant?) async throws -> Occasion {
    let recordedAt = now()
    return try await perform([RecordedAct(act, happenedAt: happenedAt ?? recordedAt)], at: recordedAt)[0]
  }

  /// Puts acts on record together, all or none, a conflict told as a refusal.
  @discardableResult
  func perform(_ acts: [RecordedAct], at recordedAt: Instant) async throws -> [Occasion] {
    if let early = acts.first(where: { $0.happenedAt > recordedAt }) {
      throw TermsRefusal.inTheFuture(early.happenedAt, now: recordedAt)
    }
    do {
      return try await record.record(acts, by: actor, at: recordedAt)
    } catch let conflict as RecordConflict {
      throw TermsRefusal(conflict)
    }
  }
}
