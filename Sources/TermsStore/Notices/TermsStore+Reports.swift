internal import Foundation
internal import GRDB
package import TermsModel
package import TermsOperations
internal import Transparency

extension TermsStore {
  package func receive(_ mails: [ReceivedMail], by actor: String, at moment: Instant) async throws -> [MailReceipt] {
    guard !mails.isEmpty else { return [] }
    let known = edge.last
    let (receipts, frontier) = try await write { db in
      var recorder = try ActRecorder(db, actor: actor, at: moment, edge: known)
      let receipts = try mails.map { try Self.receive($0, with: &recorder, in: db) }
      return (receipts, recorder.frontier)
    }
    edge.last = frontier
    return receipts
  }

  private static func receive(
    _ mail: ReceivedMail, with recorder: inout ActRecorder, in db: Database
  ) throws -> MailReceipt {
    let hash = StatementArguments.hash(mail.sha256)
    let isKnown = try db.one(
      Bool.self, "SELECT EXISTS (SELECT 1 FROM returned_mail WHERE mail_sha256 = ?)", [hash])
    if isKnown == true { return .known }
    guard let row = try db.row(HotQuery.noticeByNumber, [mail.notice]) else { return .noSuchNotice(mail.notice) }
    let planned = try Self.notice(row)
    let before = try Projection.standing(of: mail.notice, in: db)
    // A run that sends just now has said nothing of the notice yet: what it says belongs into the log first.
    let returned = ReturnedNotice(
      version: planned.version, notice: mail.notice, mailSHA256: mail.sha256, content: mail.content)
    _ = try recorder.append(
      .mailReturned(planned.developer, planned.document, returned), happenedAt: recorder.recordedAt)
    try db.run(
      """
      INSERT INTO returned_bytes (mail_sha256, developer_id, bytes)
      SELECT ?, id, ? FROM developers WHERE developer = ? AND erased IS NULL
      """, [hash, Data(mail.bytes), planned.developer.rawValue])
    let now = try Projection.standing(of: mail.notice, in: db)
    if now != before { try Self.follow(before, now, of: planned, with: &recorder, in: db) }
    return .recorded(planned, before: before, now: now)
  }

  package func unsettledNotices(of document: DocumentSlug?, version: VersionLabel?, limit: Int) async throws
    -> [NoticeStandingEntry]
  {
    try await read { db in
      try db.rows(HotQuery.unsettledNotices, [document?.rawValue, version?.rawValue, limit]).map { row in
        NoticeStandingEntry(
          notice: try Self.notice(row),
          standing: row["standing"] as String? == nil ? .open : try Projection.standing(row),
          weighedAt: row.optionalInstant("weighed_at"),
          said: try db.one(String.self, HotQuery.lastAttemptReply, [row["number"] as Int64]))
      }
    }
  }

  package func returnedMail(for notice: Int64) async throws -> [Fact<ReturnedNotice>] {
    try await read { db in
      let rows = try db.rows(
        """
        SELECT returned_mail.*, versions.label, acts.happened_at, acts.recorded_at
        FROM returned_mail JOIN acts USING (sequence) JOIN outbox ON outbox.number = notice
        JOIN versions ON versions.id = version_id WHERE notice = ? ORDER BY sequence
        """, [notice])
      return try rows.map { row in
        let content: ReturnedNotice.Content
        switch row["kind"] as String {
        case "reply": content = .reply
        case "unrecognised": content = .unrecognised(row["detail"])
        default:
          content = .reports(
            try db.rows("SELECT * FROM notice_reports WHERE sequence = ? ORDER BY number", [row["sequence"] as Int64])
              .map(Projection.verdict))
        }
        return Fact(
          ReturnedNotice(
            version: try row.identifier("label"), notice: notice,
            mailSHA256: SHA256Hex.text(of: row["mail_sha256"] as Data), content: content), row.occasion())
      }
    }
  }

  package func returnedBytes(sha256: String) async throws -> [UInt8]? {
    try await read { db in
      try db.one(
        Data.self, "SELECT bytes FROM returned_bytes WHERE mail_sha256 = ?", [StatementArguments.hash(sha256)]
      ).map(Array.init)
    }
  }
}

// MARK: - What follows from a report

extension TermsStore {
  /// How long a notice waits for its one further try after a failure that was the message's, not the address's.
  private static let secondTryAfter: Int64 = 24 * 3600

  /// Puts on record what a notice's new standing means for the developer: a receipt, a failure; or, where the failure was of
  /// this message alone, that it is to be tried once more.
  ///
  /// A failure withdraws what stands before it by its time, and a receipt stands where it comes after a failure: so that each
  /// gets the time of what it overrules where its own lies before it, be it by a clock that counts whole seconds.
  private static func follow(
    _ before: ReportStanding, _ now: ReportStanding, of notice: OutboxNotice, with recorder: inout ActRecorder,
    in db: Database
  ) throws {
    let last = try lastStep(of: notice, in: db) ?? Instant(milliseconds: .min)
    func append(_ event: NoticeStep.Event, at moment: Instant) throws {
      // What supersedes a notice, or reminds of one, gives none of the version.
      guard notice.givesNotice else { return }
      let step = NoticeStep(version: notice.version, channel: .email, event: event)
      _ = try recorder.append(
        .notice(notice.developer, notice.document, NoticeRecord(step: step)),
        happenedAt: min(moment, recorder.recordedAt))
    }
    let hadFailed = if case .failed = before { true } else { false }
    switch now {
    case .open, .disputed(_, receipt: nil): break
    case .received(let level, let at, let witness):
      try append(.received(level, by: witness), at: hadFailed ? max(at, last) : at)
    case .disputed(_, let receipt?):
      // The receipt stays until somebody decides, also where the failure was heard of first.
      guard hadFailed else { break }
      try append(.received(.accepted, by: "a report that another one contradicts"), at: max(receipt, last))
    case .failed(let failureClass, let at, let reason):
      guard !hadFailed else { break }
      try append(.failed(reason: reason), at: max(at, last))
      if notice.givesNotice, failureClass != .messageOnly {
        try holdBack(notice.developer, notice.document, notice.version, since: reason, with: &recorder, in: db)
      }
      guard failureClass == .messageOnly, try mayTryAgain(notice, in: db) else { break }
      let requeue = NoticeRequeue(
        version: notice.version, notice: notice.number, dueAt: recorder.recordedAt.adding(seconds: secondTryAfter),
        reason: "the message could not be delivered, the address may be good: \(reason)")
      _ = try recorder.append(
        .noticeRequeued(notice.developer, notice.document, requeue), happenedAt: recorder.recordedAt)
    }
  }

  /// When the last step of the notice by e-mail happened.
  private static func lastStep(of notice: OutboxNotice, in db: Database) throws -> Instant? {
    try db.one(
      Int64.self,
      """
      SELECT max(happened_at) FROM notice_steps JOIN acts USING (sequence)
      JOIN outbox ON outbox.version_id = notice_steps.version_id AND outbox.developer_id = notice_steps.developer_id
      WHERE outbox.number = ? AND channel = 'email' AND notice_steps.document_id = (
        SELECT document_id FROM versions WHERE id = outbox.version_id)
      """, [notice.number]
    ).map(Instant.init(milliseconds:))
  }

  /// Whether a notice was handed over just once, and still has somebody to go to.
  private static func mayTryAgain(_ notice: OutboxNotice, in db: Database) throws -> Bool {
    try db.one(
      Bool.self,
      """
      SELECT state IN ('accepted', 'refused', 'unknown') AND has_address
        AND (SELECT count(*) FROM attempts WHERE notice = outbox.number AND outcome <> 'unavailable') = 1
        AND NOT EXISTS (SELECT 1 FROM version_events WHERE version_id = outbox.version_id AND event = 'withdrawn' AND sequence > planned)
      FROM outbox JOIN developers ON developers.id = developer_id WHERE number = ?
      """, [notice.number]) ?? false
  }

  package func requeueUnknown(startedBefore moment: Instant, by actor: String, at now: Instant) async throws -> Int {
    try await write { db in
      let rows = try db.rows(HotQuery.unknownNotices, [moment.milliseconds])
      guard !rows.isEmpty else { return 0 }
      var recorder = try ActRecorder(db, actor: actor, at: now)
      for row in rows {
        let notice = try Self.notice(row)
        let requeue = NoticeRequeue(
          version: notice.version, notice: notice.number, dueAt: recorder.recordedAt,
          reason: "nobody knows whether the first message went out, and nothing was heard of it")
        _ = try recorder.append(
          .noticeRequeued(notice.developer, notice.document, requeue), happenedAt: recorder.recordedAt)
      }
      return rows.count
    }
  }

  package func release(_ notice: OutboxNotice) async throws {
    try await write { db in
      try db.run(
        """
        UPDATE outbox SET state = 'queued', due_at = ?, claimed_at = NULL WHERE number = ? AND state = 'transmitting'
        """, [(notice.dueAt ?? notice.plannedAt).milliseconds, notice.number])
      guard db.changesCount == 1 else { throw StoreError.notClaimed(notice: notice.number) }
      try Self.dropUnsentLetters(of: notice.number, in: db)
    }
  }
}
