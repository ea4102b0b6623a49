package import TermsModel
package import Transparency

/// Every version of a document with the proof that its posting stands in the log as it was signed.
package struct CertifiedHistory: Hashable, Sendable {
  package struct Entry: Hashable, Sendable {
    package let version: VersionLabel
    package let postedOn: CalendarDate
    package let posting: Occasion
    /// SHA-256 of the posted text, in lower-case hexadecimal.
    package let sha256: String
    package let follows: VersionLabel?
    /// Whether what was pending of it was taken back.
    package let isWithdrawn: Bool
    /// The act of posting, byte for byte.
    package let line: LogLine
    /// `nil` where the act is not under the checkpoint yet.
    package let proof: LogProof?
  }

  package let document: DocumentSlug
  package let checkpoint: StoredCheckpoint
  package let key: NoteVerifyingKey
  /// The acts by which the log got its keys, up to that one: each hands over to the next.
  package let keys: [KeyAct]
  package let entries: [Entry]

  /// An act about the log's key, byte for byte, with its proof; `nil` where it is not under the checkpoint yet.
  package struct KeyAct: Hashable, Sendable {
    package let key: LogKey
    package let line: LogLine
    package let proof: LogProof?
  }

  /// How many times the terms were amended: every version but the first.
  package var amendments: Int { max(0, entries.count - 1) }
}

extension TermsRegistry {
  /// Every version of a document with its proof, each verified before it is handed out.
  ///
  /// - Throws: a refusal where the document is unknown or no state of the log was signed; ``LogDamage`` where a proof does not
  ///   hold.
  package func certifiedHistory(of slug: DocumentSlug, in log: any LogRecord) async throws -> CertifiedHistory {
    let document = try await requireDocument(slug)
    guard let checkpoint = try await log.lastCheckpoint() else { throw LogRefusal.noCheckpoint }
    let logKeys = try await log.logKeys()
    guard let key = logKeys.last(where: { $0.sequence <= checkpoint.size })?.key else { throw LogRefusal.noKey }
    func proved(_ line: LogLine) async throws -> LogProof? {
      guard let hashes = try await log.inclusionProof(of: line.sequence, size: checkpoint.size) else { return nil }
      let made = LogProof(index: Int(line.sequence) - 1, hashes: hashes, checkpoint: checkpoint.note)
      do throws(LogProofError) {
        try made.verify(MerkleHash.leaf(line.json), in: key.name, keys: [key])
      } catch {
        throw LogDamage.notIncluded(act: line.sequence, cause: error)
      }
      return made
    }
    var keys: [CertifiedHistory.KeyAct] = []
    for key in logKeys {
      guard let line = try await log.line(key.sequence) else { continue }
      keys.append(.init(key: key, line: line, proof: try await proved(line)))
    }
    var entries: [CertifiedHistory.Entry] = []
    var follows: VersionLabel?
    for version in try await record.versions(of: slug) {
      let sequence = version.posting.sequence
      guard let line = try await log.line(sequence),
        let sha256 = try await record.posting(of: slug, version: version.label)?.sha256
      else { continue }
      entries.append(
        CertifiedHistory.Entry(
          version: version.label, postedOn: document.settings.zone.date(of: version.posting.happenedAt),
          posting: version.posting, sha256: sha256, follows: follows, isWithdrawn: version.isWithdrawn, line: line,
          proof: try await proved(line)))
      follows = version.label
    }
    return CertifiedHistory(document: slug, checkpoint: checkpoint, key: key, keys: keys, entries: entries)
  }
}
