package import Binding
internal import Materiality
package import Redlining
package import TermsModel
package import TermsParsing

/// A text that might become a document's next version, compared with the text that stands and classified.
package struct Draft: Sendable {
  package let document: Document
  /// The text that the draft is compared with, taken apart again as it was posted; `nil` where it would be the first.
  package let standing: StandingText?
  package let wording: Wording
  /// Against ``standing``; `nil` for a first version.
  package let redline: Redline?
  /// What the classifier proposes, parallel to the redline's changes.
  package let proposals: [Classification]
  package let findings: [LintFinding]

  /// The version that the draft would follow; `nil` where it would be the first.
  package var latest: PostedVersion? { standing?.version }
  /// The text that stands, under that version's label.
  package var latestText: PostedText? { standing?.text }

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
    let standing = try await standingText(of: document)
    return try await DraftingTable.only.draft(document, standing, text)
  }

  /// The text that stands of a document by name.
  /// - Throws: a refusal where the document is unknown.
  package func standingText(of slug: DocumentSlug) async throws -> StandingText? {
    try await standingText(of: try await requireDocument(slug))
  }

  /// The text that stands of a document, which its next version is compared with; `nil` where no version stands.
  package func standingText(of document: Document) async throws -> StandingText? {
    let versions = try await record.versions(of: document.slug)
    let moment =
      versions.map { max($0.posting.happenedAt, $0.posting.recordedAt) }.max().map { max($0, now()) } ?? now()
    var texts: [PostedText] = []
    for version in versions[(versions.base(joiningAt: moment) ?? versions.endIndex)...] {
      if let text = try await record.text(of: document.slug, version: version.label) { texts.append(text) }
    }
    return try Binding.standingText(document: document, versions: versions, texts: texts, at: moment)
  }
}

/// Where drafts are compared and classed, one after the other: it is long work for the processor, and whoever asks what binds
/// them is not to wait for all of it.
private actor DraftingTable {
  static let only = DraftingTable()

  func draft(_ document: Document, _ standing: StandingText?, _ text: [UInt8]) throws -> Draft {
    try Draft(document: document, standing: standing, text: text)
  }
}

extension Draft {
  init(document: Document, standing: StandingText?, text: [UInt8]) throws {
    let wording = try MarkdownParser.parse(text)
    self.document = document
    self.standing = standing
    self.wording = wording
    let found = Linter().findings(in: wording, survival: document.settings.profile.survival)
    if let latestText = standing?.text {
      let redline = Redline(before: latestText.wording, after: wording)
      self.redline = redline
      findings = found + NamedClauses(document.settings.profile).findings(redline)
      proposals = Classifier().classify(redline)
    } else {
      redline = nil
      findings = found
      proposals = []
    }
  }
}
