package import TermsModel

/// A text on the operator's desk that may become a version, with what was decided of it so far.
package struct DeskDraft: Hashable, Sendable {
  package let number: Int64
  package let document: DocumentSlug
  package var text: String
  package var decisions: Decisions
  package var summary: String?
  package let changedAt: Instant
  package let changedBy: String
  /// Who agreed to it as it is; `nil` once it was changed.
  package let approvedBy: String?
  /// The version that it became.
  package let version: VersionLabel?

  package init(
    number: Int64, document: DocumentSlug, text: String, decisions: Decisions, summary: String?, changedAt: Instant,
    changedBy: String, approvedBy: String?, version: VersionLabel?
  ) {
    self.number = number
    self.document = document
    self.text = text
    self.decisions = decisions
    self.summary = summary
    self.changedAt = changedAt
    self.changedBy = changedBy
    self.approvedBy = approvedBy
    self.version = version
  }
}

/// Where drafts are kept.
package protocol DraftRecord: Sendable {
  /// - Returns: the draft's number.
  func addDraft(of document: DocumentSlug, text: String, by actor: String, at moment: Instant) async throws -> Int64
  func draft(_ number: Int64) async throws -> DeskDraft?
  /// Drafts that are no versions yet, the one changed last first.
  func drafts(of document: DocumentSlug?) async throws -> [DeskDraft]
  /// Keeps a draft as it is now; whoever had agreed to it has to do so again.
  ///
  /// - Returns: whether it was kept; not, where somebody else kept or posted it since ``DeskDraft/changedAt``.
  func keep(_ draft: DeskDraft, by actor: String, at moment: Instant) async throws -> Bool
  func approve(_ number: Int64, by actor: String) async throws
  /// Notes which version a draft became.
  func close(_ number: Int64, as version: VersionLabel) async throws
}

/// Why a draft is not posted.
package enum DeskRefusal: Refusal, Hashable {
  case unknownDraft(Int64)
  case postedAlready(Int64, VersionLabel)
  case confirmationDiffers(expected: String)
  case withdrawalUnconfirmed(expected: String)
  case approvedByAuthor(String)
  case approvalWithoutReason
  case unknownFormat(file: String)
  case notText(file: String)
  case noMail
  case savedMeanwhile(Int64, by: String)

  package var description: String {
    switch self {
    case .unknownFormat(let file):
      "'\(file)' is of no format that is read here; upload Markdown (.md), Word (.docx), OpenDocument (.odt) or HTML"
    case .notText(let file): "'\(file)' is not text in UTF-8; save it so, and upload it again"
    case .noMail: "this service has no way to send mail; run 'tenor notices test' where notices are sent"
    case .savedMeanwhile(let number, let actor):
      "draft \(number) was saved by '\(actor)' since this page was shown; nothing of yours was kept: "
        + "take from it, below, what is still wanted, and keep it again"
    case .unknownDraft(let number): "there is no draft \(number); see the desk for those there are"
    case .postedAlready(let number, let version):
      "draft \(number) became version '\(version)' already; begin a new draft for what else is to change"
    case .confirmationDiffers(let expected): "to publish, type '\(expected)' exactly; nothing was posted"
    case .withdrawalUnconfirmed(let expected): "to withdraw, type '\(expected)' exactly; nothing was withdrawn"
    case .approvedByAuthor(let actor):
      "'\(actor)' made this draft; somebody else has to agree to it"
    case .approvalWithoutReason: "say why you agree, in a sentence: it goes on record with your name"
    }
  }
}
