internal import Materiality
package import Redlining
package import TermsModel
package import TermsParsing

/// A text that might become a document's next version, compared with the latest posted one and classified.
package struct Draft: Sendable {
  package let document: Document
  /// The version that the draft would follow; `nil` where it would be the first.
  package let latest: PostedVersion?
  /// The text of ``latest``, taken apart again as it was posted.
  package let latestText: PostedText?
  package let wording: Wording
  /// Against ``latest``; `nil` for a first version.
  package let redline: Redline?
  /// What the classifier proposes, parallel to the redline's changes.
  package let proposals: [Classification]
  package let findings: [LintFinding]

  /// The gravest class proposed; `nil` where nothing changes.
  package var gravest: ChangeClass? { proposals.map(\.changeClass).max() }
  /// Parts of the page around the terms, told apart and kept.
  package var furniture: [Clause] { wording.clauses.filter { $0.role == .furniture } }
}

extension TermsRegistry {
  /// Reads, lints, compares and classifies a text as the document's next version. Stores nothing.
  ///
  /// - Throws: ``ParseError`` with the line, or a refusal where the document is unknown.
  package func draft(_ slug: DocumentSlug, text: [UInt8]) async throws -> Draft {
    let document = try await requireDocument(slug)
    let latest = try await record.versions(of: slug).last { !$0.isWithdrawn }
    let latestText: PostedText? =
      if let latest { try await record.text(of: slug, version: latest.label) } else { nil }
    return try Draft(document: document, latest: latest, latestText: latestText, text: text)
  }
}

extension Draft {
  init(document: Document, latest: PostedVersion?, latestText: PostedText?, text: [UInt8]) throws {
    let wording = try MarkdownParser.parse(text)
    self.document = document
    self.latest = latest
    self.latestText = latestText
    self.wording = wording
    findings = Linter().findings(in: wording, survival: document.settings.profile.survival)
    if let latestText {
      let redline = Redline(before: latestText.wording, after: wording)
      self.redline = redline
      proposals = Classifier().classify(redline)
    } else {
      redline = nil
      proposals = []
    }
  }
}

extension PostedVersion {
  /// Whether the version was taken back before it bound anybody.
  package var isWithdrawn: Bool {
    events.contains { if case .withdrawn = $0.value { true } else { false } }
  }
}
