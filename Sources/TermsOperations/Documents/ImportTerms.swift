internal import Redlining
package import TermsModel
internal import TermsParsing

/// A document with wordings that were posted elsewhere before: in a folder, a repository, a file.
package struct ImportedTerms: Hashable, Sendable {
  package struct Version: Hashable, Sendable {
    /// Where it came from, for messages: a path, a commit.
    package let origin: String
    package let postedAt: Instant
    package let text: [UInt8]

    package init(origin: String, postedAt: Instant, text: [UInt8]) {
      self.origin = origin
      self.postedAt = postedAt
      self.text = text
    }
  }

  package let document: Document
  /// Whether the source says what the document's rules are. Where it does not, those on record stay.
  package let statesSettings: Bool
  /// In the order of posting.
  package let versions: [Version]

  package init(document: Document, statesSettings: Bool, versions: [Version]) {
    self.document = document
    self.statesSettings = statesSettings
    self.versions = versions
  }
}

/// What importing one wording did.
package struct ImportOutcome: Sendable {
  package enum Result: Sendable {
    case posted(Publication)
    /// On record already, or the same text as the version before it.
    case present
  }

  package let origin: String
  package let result: Result
}

extension TermsRegistry {
  /// Puts terms on record that were posted before, and skips what is there already, so that it can be run again.
  ///
  /// The text stands as it was posted, errors and all: the linter's findings are told, not refused. The classes are the
  /// proposed ones; a change proposed as required by law rests on the citation found in its words, and is material where the
  /// settings want a second person to agree to such a class: nobody looked at it.
  package func importTerms(_ terms: ImportedTerms, tell: (ImportOutcome) -> Void) async throws {
    let slug = terms.document.slug
    if try await record.document(slug) == nil {
      // A document whose very first wording is refused is not begun.
      if let first = terms.versions.first { try requireImportable(first) }
      try await addDocument(terms.document, at: nil)
    } else if terms.statesSettings {
      // Settings are changed only where every wording will find its place after what is on record.
      try await requirePlaces(for: terms)
      try await changeDocument(terms.document)
    }
    for version in terms.versions {
      let draft: Draft
      do {
        draft = try await self.draft(slug, text: version.text)
      } catch let error as ParseError {
        throw ImportRefusal(origin: version.origin, cause: "\(error)")
      }
      if try await isPresent(draft, postedAt: version.postedAt) {
        tell(ImportOutcome(origin: version.origin, result: .present))
        continue
      }
      do {
        let publication = try await publish(
          draft, postedAt: version.postedAt, label: nil, decisions: draft.decisionsFromText, summary: nil,
          lintErrors: .told)
        tell(ImportOutcome(origin: version.origin, result: .posted(publication)))
      } catch let refusal as TermsRefusal {
        throw ImportRefusal(origin: version.origin, cause: "\(refusal)")
      }
    }
  }
}

extension TermsRegistry {
  private func requireImportable(_ version: ImportedTerms.Version) throws {
    do {
      _ = try MarkdownParser.parse(version.text)
    } catch {
      throw ImportRefusal(origin: version.origin, cause: "\(error)")
    }
    let moment = now()
    guard version.postedAt <= moment else {
      throw ImportRefusal(origin: version.origin, cause: "\(TermsRefusal.inTheFuture(version.postedAt, now: moment))")
    }
  }

  private func requirePlaces(for terms: ImportedTerms) async throws {
    let versions = try await record.versions(of: terms.document.slug)
    for version in terms.versions {
      try requireImportable(version)
      guard let last = versions.last, version.postedAt < last.posting.happenedAt else { continue }
      let wording = try MarkdownParser.parse(version.text)
      if try await isOnRecord(wording.source, of: terms.document, postedAt: version.postedAt) { continue }
      throw ImportRefusal(
        origin: version.origin,
        cause: "\(TermsRefusal.postedBeforeLast(last.label, last: last.posting.happenedAt, given: version.postedAt))")
    }
  }

  /// Whether the text is on record as posted on that date, or is the latest version's own.
  private func isPresent(_ draft: Draft, postedAt: Instant) async throws -> Bool {
    if draft.latestText?.source == draft.wording.source { return true }
    return try await isOnRecord(draft.wording.source, of: draft.document, postedAt: postedAt)
  }

  /// Whether a text is on record as posted at a moment; by the date alone where the document counts its days in another zone
  /// by now.
  private func isOnRecord(_ source: String, of document: Document, postedAt: Instant) async throws -> Bool {
    let zone = document.settings.zone
    for version in try await record.versions(of: document.slug) {
      let posted = version.posting.happenedAt
      let own = version.settings?.zone ?? zone
      guard posted == postedAt || (own != zone && own.date(of: posted) == zone.date(of: postedAt)) else { continue }
      if try await record.text(of: document.slug, version: version.label)?.source == source { return true }
    }
    return false
  }
}

/// A wording that cannot be imported. What came before it is on record.
package struct ImportRefusal: Refusal, Hashable {
  package let origin: String
  package let cause: String

  package init(origin: String, cause: String) {
    self.origin = origin
    self.cause = cause
  }

  package var description: String { "\(origin): \(cause)" }
}

extension Draft {
  /// The proposed classes, with the citation found in a change's own words as the basis of what the law requires.
  fileprivate var decisionsFromText: Decisions {
    guard let redline else { return Decisions() }
    var overrides: [Decisions.Override] = []
    let names = ChangeNames(self, redline)
    for (index, proposal) in proposals.enumerated() where proposal.changeClass == .legalRequired {
      let clause = names.key(index)
      if document.settings.requireApproval.contains("legal-required") {
        overrides.append(.init(clause: clause, changeClass: .material, legalBasis: nil))
        continue
      }
      let found = proposal.grounds.first?.evidence ?? "a law named in the text"
      overrides.append(.init(clause: clause, changeClass: .legalRequired, legalBasis: found))
    }
    return Decisions(overrides: overrides, reason: "as found in the imported text")
  }
}
