internal import Foundation
internal import GRDB
internal import TermsModel
internal import TermsOperations

extension Projection {
  mutating func apply(
    _ notice: NoticeRecord, to developer: Int64, of document: Int64, _ slug: DocumentSlug, on occasion: Occasion
  ) throws {
    let version = try versionID(slug, notice.step.version)
    try insert(
      notice.step, to: developer, of: document, version, messageID: notice.messageID,
      messageSHA256: notice.messageSHA256, on: occasion)
    // Evidence settles what the transmission left in doubt.
    guard notice.step.channel == .email, let state = notice.step.settledState else { return }
    try db.run(
      """
      UPDATE outbox SET state = ?
      WHERE version_id = ? AND developer_id = ? AND superseding = 0 AND state = 'unknown'
      """,
      [state.rawValue, version, developer])
  }

  mutating func apply(
    _ attempt: NoticeAttempt, to developer: Int64, of document: Int64, _ slug: DocumentSlug, on occasion: Occasion
  ) throws {
    let version = try versionID(slug, attempt.version)
    var (state, due) = attempt.nextState(
      finishedAt: occasion.happenedAt, isOver: try isOver(attempt, to: developer, version))
    // A report that came before the end of the try was known says how it ended.
    if state == .unknown, let settled = try settledState(of: attempt) { state = settled }
    func end() throws -> Bool? {
      try db.one(
        Bool.self,
        """
        UPDATE outbox SET state = ?, due_at = ?, claimed_at = NULL, attempts = ?
        WHERE number = ? AND version_id = ? AND developer_id = ? AND state = 'transmitting' AND attempts = ?
        RETURNING superseding
        """,
        [
          state.rawValue, due?.milliseconds, attempt.number, attempt.notice, version, developer, attempt.number - 1,
        ])
    }
    var isSuperseding = try end()
    if isSuperseding == nil {
      // A claim is no act: where the log is replayed, the notice is still queued.
      try db.run(
        "UPDATE outbox SET state = 'transmitting', claimed_at = ?, due_at = NULL WHERE number = ? AND state = 'queued'",
        [attempt.startedAt.milliseconds, attempt.notice])
      isSuperseding = try end()
    }
    guard let isSuperseding else { throw StoreError.notClaimed(notice: attempt.notice) }
    try db.run(
      """
      INSERT INTO attempts (
        notice, number, sequence, started_at, finished_at, outcome, reply, message_sha256, letter_kept, stage, code, status, peer,
        reply_commitment)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        attempt.notice, attempt.number, occasion.sequence, attempt.startedAt.milliseconds,
        occasion.happenedAt.milliseconds, attempt.outcome.name, attempt.outcome.reply, attempt.messageSHA256,
        attempt.letterKept, attempt.trace?.stage.rawValue, attempt.trace?.code, attempt.trace?.status,
        attempt.trace?.peer, attempt.replyCommitment.map(StatementArguments.hash),
      ])
    // What supersedes a notice gives none of the version: nobody's period starts with it, and none ends with its failure.
    if let step = attempt.step, !isSuperseding {
      try insert(
        step, to: developer, of: document, version, messageID: nil, messageSHA256: attempt.messageSHA256, on: occasion)
    }
  }

  /// The notice of a version that its posting did not plan.
  func planNotice(of version: Int64, to developer: Int64, on occasion: Occasion) throws {
    try db.run(
      """
      INSERT INTO outbox (version_id, developer_id, planned, superseding, state, due_at)
      VALUES (?, ?, ?, 0, 'queued', ?)
      """, [version, developer, occasion.sequence, occasion.recordedAt.milliseconds])
  }

  /// Whether nothing is to be sent any more where the try did not end it: the address is gone, or the version.
  private func isOver(_ attempt: NoticeAttempt, to developer: Int64, _ version: Int64) throws -> Bool {
    guard case .unavailable = attempt.outcome else { return false }
    return try db.one(
      Bool.self,
      """
      SELECT (SELECT has_address FROM developers WHERE id = ?) = 0
        OR EXISTS (
          SELECT 1 FROM version_events
          WHERE version_id = ? AND event = 'withdrawn' AND sequence > (SELECT planned FROM outbox WHERE number = ?))
      """, [developer, version, attempt.notice]) ?? false
  }

  private func insert(
    _ step: NoticeStep, to developer: Int64, of document: Int64, _ version: Int64, messageID: String?,
    messageSHA256: String?, on occasion: Occasion
  ) throws {
    let (event, evidence, detail): (String, Int?, String?) =
      switch step.event {
      case .sent: ("sent", nil, nil)
      case .received(let level, let witness): ("received", level.rawValue, witness)
      case .failed(let reason): ("failed", nil, reason)
      }
    try db.run(
      """
      INSERT INTO notice_steps (
        developer_id, document_id, sequence, version_id, channel, event, evidence, detail, message_id, message_sha256)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        developer, document, occasion.sequence, version, step.channel.rawValue, event, evidence, detail, messageID,
        messageSHA256,
      ])
  }
}

extension NoticeStep {
  /// Where the step leaves a notice of which nobody knew whether it went out; `nil` where it does not settle that.
  fileprivate var settledState: NoticeState? {
    switch event {
    case .sent: nil
    case .received: .accepted
    case .failed: .refused
    }
  }
}

extension NoticeAttempt {
  /// The state after the try, and when the next one is due.
  fileprivate func nextState(finishedAt: Instant, isOver: Bool) -> (NoticeState, due: Instant?) {
    switch outcome {
    case .accepted: (.accepted, nil)
    case .rejected: (.refused, nil)
    case .unknown: (.unknown, nil)
    case .unavailable where isOver: (.cancelled, nil)
    case .unavailable:
      (.queued, finishedAt.adding(seconds: NoticeBackoff.seconds(afterAttempt: number, of: notice)))
    }
  }
}
