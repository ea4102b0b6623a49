internal import GRDB
internal import TermsModel
internal import TermsOperations

extension TermsStore {
  /// Settles as unknown what is being sent of a version at the moment at which an act supersedes it.
  ///
  /// The log knows no claims, so that whoever may be getting the notice just now has to stand in it before the act that
  /// plans the notices superseding it. How the transmission ended is told by ``settle(_:_:messageSHA256:with:at:in:)``.
  static func settleTransmitting(
    _ document: DocumentSlug, _ version: VersionLabel, with recorder: inout ActRecorder, at moment: Instant,
    in db: Database
  ) throws {
    let rows = try db.rows(
      """
      SELECT number FROM outbox INDEXED BY outbox_open
      WHERE state = 'transmitting' AND due_at IS NULL AND version_id = (
        SELECT versions.id FROM versions JOIN documents ON documents.id = document_id WHERE slug = ? AND label = ?)
      ORDER BY number
      """, [document.rawValue, version.rawValue])
    for row in rows {
      try finish(
        row["number"], .unknown(reason: "the version was withdrawn or altered while the notice was being sent"),
        messageSHA256: nil, with: &recorder, at: moment, in: db)
    }
  }

  /// The same of what is being sent to a developer at the moment at which they lose their address: what waits for them is
  /// cancelled by that act, and the log cannot tell what waits from what was claimed.
  static func settleTransmitting(
    to developer: DeveloperID, with recorder: inout ActRecorder, at moment: Instant, in db: Database
  ) throws {
    let rows = try db.rows(
      """
      SELECT number FROM outbox
      WHERE version_id IN (SELECT id FROM versions) AND state = 'transmitting'
        AND developer_id = (SELECT id FROM developers WHERE developer = ?) ORDER BY number
      """, [developer.rawValue])
    for row in rows {
      try finish(
        row["number"], .unknown(reason: "the developer lost their address while the notice was being sent"),
        messageSHA256: nil, with: &recorder, at: moment, in: db)
    }
  }

  /// Records how a transmission ended that was settled as unknown while it ran: what came of it is evidence by now.
  static func settle(
    _ number: Int64, _ outcome: TransportOutcome, messageSHA256: String?, with recorder: inout ActRecorder,
    at moment: Instant, in db: Database
  ) throws {
    let row = try db.row(
      """
      SELECT developer, slug, label, superseding, attempts, started_at
      FROM outbox JOIN versions ON versions.id = version_id JOIN documents ON documents.id = document_id
      JOIN developers ON developers.id = developer_id
      JOIN attempts ON attempts.notice = outbox.number AND attempts.number = outbox.attempts
      WHERE outbox.number = ? AND state = 'unknown' AND attempts.message_sha256 IS NULL
      """, [number])
    guard let row else { throw StoreError.notClaimed(notice: number) }
    let startedAt = row.instant("started_at")
    let attempt = NoticeAttempt(
      version: try row.identifier("label"), notice: number, number: row["attempts"], startedAt: startedAt,
      outcome: outcome, messageSHA256: messageSHA256)
    guard let step = attempt.step, row["superseding"] == false else { return }
    _ = try recorder.append(
      .notice(
        try row.identifier("developer"), try row.identifier("slug"),
        NoticeRecord(step: step, messageSHA256: messageSHA256)),
      happenedAt: min(max(moment, startedAt), recorder.recordedAt))
  }

  /// Ends a notice that still waits though its failure was just put on record: what was found to reach nobody is not sent,
  /// and is listed among those who need another channel.
  static func holdBack(
    _ developer: DeveloperID, _ document: DocumentSlug, _ version: VersionLabel, since reason: String,
    with recorder: inout ActRecorder, in db: Database
  ) throws {
    let row = try db.row(
      """
      SELECT number, attempts FROM outbox
      WHERE superseding = 0 AND state = 'queued'
        AND version_id = (
          SELECT versions.id FROM versions JOIN documents ON documents.id = document_id WHERE slug = ? AND label = ?)
        AND developer_id = (SELECT id FROM developers WHERE developer = ?)
      """, [document.rawValue, version.rawValue, developer.rawValue])
    guard let row else { return }
    let attempt = NoticeAttempt(
      version: version, notice: row["number"], number: row["attempts"] + 1, startedAt: recorder.recordedAt,
      outcome: .rejected(reason: NoticeAttempt.heldBack + reason), messageSHA256: nil)
    _ = try recorder.append(.noticeAttempted(developer, document, attempt), happenedAt: recorder.recordedAt)
  }
}

extension Act {
  /// The developer who has no address any more by it.
  var silencedDeveloper: DeveloperID? {
    switch self {
    case .developerErased(let id, _), .addressChanged(let id, hasAddress: false, _): id
    default: nil
    }
  }
}
