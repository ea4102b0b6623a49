package import TermsModel

/// What somebody knows of a notice that the outbox did not see: a courier's, or an outside receipt.
package struct OutsideNotice: Hashable, Sendable {
  package let developer: DeveloperID
  package let document: DocumentSlug
  /// The latest posted version where not given.
  package let version: VersionLabel?
  package let channel: NoticeChannel
  package let sentAt: Instant?
  package let receivedAt: Instant?
  package let failedAt: Instant?
  package let reason: String?

  package init(
    developer: DeveloperID, document: DocumentSlug, version: VersionLabel?, channel: NoticeChannel, sentAt: Instant?,
    receivedAt: Instant?, failedAt: Instant?, reason: String?
  ) {
    self.developer = developer
    self.document = document
    self.version = version
    self.channel = channel
    self.sentAt = sentAt
    self.receivedAt = receivedAt
    self.failedAt = failedAt
    self.reason = reason
  }
}

extension TermsRegistry {
  /// Puts a notice given outside, its receipt or its failure on record.
  ///
  /// A receipt stated by a person counts as delivered (level 3); the log names who stated it.
  /// - Returns: the version that the notice is about.
  @discardableResult
  package func recordNotice(_ notice: OutsideNotice) async throws -> VersionLabel {
    guard notice.sentAt != nil || notice.receivedAt != nil || notice.failedAt != nil else {
      throw TermsRefusal.noticeNeedsAMoment
    }
    if notice.failedAt != nil, notice.reason == nil { throw TermsRefusal.failureNeedsReason }
    _ = try await requireDeveloper(notice.developer)
    let version = try await requireVersion(notice.version, of: try await requireDocument(notice.document))
    let posted = version.posting.happenedAt
    for moment in [notice.sentAt, notice.receivedAt, notice.failedAt].compactMap({ $0 }) where moment < posted {
      throw TermsRefusal.receiptBeforePosting(version.label, posted: posted, given: moment)
    }
    if let sent = notice.sentAt, let received = notice.receivedAt, received < sent {
      throw TermsRefusal.receivedBeforeSent(sent: sent, received: received)
    }

    let recordedAt = now()
    let steps: [(Instant?, NoticeStep.Event)] = [
      (notice.sentAt, .sent),
      (notice.receivedAt, .received(.delivered, by: "stated by \(actor)")),
      (notice.failedAt, .failed(reason: notice.reason ?? "")),
    ]
    var acts: [RecordedAct] = []
    for case (let moment?, let event) in steps {
      let step = NoticeStep(version: version.label, channel: notice.channel, event: event)
      acts.append(
        RecordedAct(.notice(notice.developer, notice.document, NoticeRecord(step: step)), happenedAt: moment))
    }
    try await perform(acts, at: recordedAt)
    return version.label
  }
}
