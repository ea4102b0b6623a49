internal import Foundation
internal import GRDB
internal import TermsModel
internal import TermsOperations

extension Projection {
  mutating func apply(_ mail: ReturnedNotice, to developer: Int64, _ slug: DocumentSlug, on occasion: Occasion) throws {
    try require(mail.notice, of: try versionID(slug, mail.version), to: developer)
    var (kind, detail) = ("reports", String?.none)
    switch mail.content {
    case .reports: break
    case .reply: kind = "reply"
    case .unrecognised(let reason): (kind, detail) = ("unrecognised", reason)
    }
    try db.run(
      "INSERT INTO returned_mail (sequence, notice, kind, detail, mail_sha256) VALUES (?, ?, ?, ?, ?)",
      [occasion.sequence, mail.notice, kind, detail, StatementArguments.hash(mail.mailSHA256)])
    guard case .reports(let verdicts) = mail.content else { return }
    for (index, verdict) in verdicts.enumerated() { try insert(verdict, number: index + 1, on: occasion) }
    let standing = ReportStanding(try countingVerdicts(on: mail.notice))
    try store(standing, of: mail.notice, on: occasion)
    // Evidence settles what the transmission left in doubt.
    guard let settled = standing.settledState else { return }
    try db.run(
      "UPDATE outbox SET state = ? WHERE number = ? AND state = 'unknown'", [settled.rawValue, mail.notice])
  }

  mutating func apply(
    _ requeue: NoticeRequeue, to developer: Int64, _ slug: DocumentSlug, on occasion: Occasion
  ) throws {
    try require(requeue.notice, of: try versionID(slug, requeue.version), to: developer)
    try db.run(
      "UPDATE outbox SET state = 'queued', due_at = ? WHERE number = ? AND state IN ('unknown', 'accepted', 'refused')",
      [requeue.dueAt.milliseconds, requeue.notice])
    guard db.changesCount == 1 else { throw StoreError.notClaimed(notice: requeue.notice) }
  }

  mutating func apply(
    _ reminder: NoticeReminder, to developer: Int64, _ slug: DocumentSlug, on occasion: Occasion
  ) throws {
    try db.run(
      """
      INSERT INTO outbox (version_id, developer_id, planned, superseding, reminds_of, state, due_at)
      VALUES (?, ?, ?, 1, ?, 'queued', ?)
      """,
      [
        try versionID(slug, reminder.version), developer, occasion.sequence, reminder.remindsOf.description,
        occasion.recordedAt.milliseconds,
      ])
  }

  /// Where a try leaves its notice by the reports that came since it began; `nil` where none settles it.
  func settledState(of attempt: NoticeAttempt) throws -> NoticeState? {
    let hasReport = try db.one(
      Bool.self,
      """
      SELECT EXISTS (
        SELECT 1 FROM returned_mail JOIN acts USING (sequence)
        WHERE notice = ? AND kind = 'reports' AND recorded_at >= ?)
      """, [attempt.notice, attempt.startedAt.milliseconds])
    guard hasReport == true else { return nil }
    return try Self.standing(of: attempt.notice, in: db).settledState
  }

  /// The log must not tie a message to a notice that is another developer's or another version's.
  private func require(_ notice: Int64, of version: Int64, to developer: Int64) throws {
    let isThere = try db.one(
      Bool.self, "SELECT EXISTS (SELECT 1 FROM outbox WHERE number = ? AND version_id = ? AND developer_id = ?)",
      [notice, version, developer])
    guard isThere == true else { throw StoreError.noSuchNotice(notice) }
  }

  private func insert(_ verdict: ReportVerdict, number: Int, on occasion: Occasion) throws {
    var (evidence, failureClass, doubt, until) = (Int?.none, String?.none, String?.none, Instant?.none)
    switch verdict.finding {
    case .received(let level): evidence = level.rawValue
    case .failed(let found): failureClass = found.rawValue
    case .unreliable(let found): doubt = found.rawValue
    case .delayed(let moment): until = moment
    case .handedOn: break
    }
    try db.run(
      """
      INSERT INTO notice_reports (
        sequence, number, action, finding, evidence, failure_class, doubt, retry_until, reported_at, ours, witness, reason)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        occasion.sequence, number, verdict.action.rawValue, verdict.finding.name, evidence, failureClass, doubt,
        until?.milliseconds, verdict.at.milliseconds, verdict.isOurs, verdict.witness, verdict.reason,
      ])
  }

  /// The verdicts that count for where a notice stands: all of them, and after a second try those on the second, as far as
  /// their times tell, if there are any.
  private func countingVerdicts(on notice: Int64) throws -> [ReportVerdict] {
    let all = try Self.verdicts(on: notice, in: db)
    let started = try db.one(
      Int64.self, "SELECT started_at FROM attempts WHERE notice = ? AND number > 1 ORDER BY number DESC LIMIT 1",
      [notice])
    guard let started else { return all }
    // Reports name their times to the second.
    let last = all.filter { $0.at.milliseconds / 1000 >= started / 1000 }
    return last.isEmpty ? all : last
  }

  static func verdicts(on notice: Int64, in db: Database) throws -> [ReportVerdict] {
    try db.rows(
      """
      SELECT notice_reports.* FROM returned_mail JOIN notice_reports USING (sequence)
      WHERE notice = ? ORDER BY sequence, number
      """, [notice]
    ).map(verdict)
  }

  static func verdict(_ row: Row) throws -> ReportVerdict {
    let finding: ReportVerdict.Finding
    switch row["finding"] as String {
    case "received":
      guard let level = EvidenceLevel(rawValue: row["evidence"]) else { throw row.malformed("evidence", "no level") }
      finding = .received(level)
    case "handed-on": finding = .handedOn
    case "delayed": finding = .delayed(until: row.optionalInstant("retry_until"))
    case "failed": finding = .failed(try row.choice("failure_class"))
    case "unreliable": finding = .unreliable(try row.choice("doubt"))
    case let other: throw row.malformed("finding", other)
    }
    return ReportVerdict(
      action: try row.choice("action"), finding: finding, at: row.instant("reported_at"), isOurs: row["ours"],
      witness: row["witness"], reason: row["reason"])
  }

  private func store(_ standing: ReportStanding, of notice: Int64, on occasion: Occasion) throws {
    var (name, evidence, failureClass, dispute) = ("open", Int?.none, String?.none, String?.none)
    var (since, detail) = (Instant?.none, String?.none)
    switch standing {
    case .open: break
    case .received(let level, let at, let witness):
      (name, evidence, since, detail) = ("received", level.rawValue, at, witness)
    case .failed(let found, let at, let reason):
      (name, failureClass, since, detail) = ("failed", found.rawValue, at, reason)
    case .disputed(let kind, let receipt): (name, dispute, since) = ("disputed", kind.rawValue, receipt)
    }
    try db.run(
      """
      INSERT INTO notice_standings (notice, standing, evidence, failure_class, dispute, since, detail, sequence)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (notice) DO UPDATE SET
        standing = excluded.standing, evidence = excluded.evidence, failure_class = excluded.failure_class,
        dispute = excluded.dispute, since = excluded.since, detail = excluded.detail, sequence = excluded.sequence
      """,
      [notice, name, evidence, failureClass, dispute, since?.milliseconds, detail, occasion.sequence])
  }

  /// Where a notice stands by what came back on it.
  static func standing(of notice: Int64, in db: Database) throws -> ReportStanding {
    try db.row("SELECT * FROM notice_standings WHERE notice = ?", [notice]).map(standing) ?? .open
  }

  static func standing(_ row: Row) throws -> ReportStanding {
    switch row["standing"] as String {
    case "open": return .open
    case "received":
      guard let level = EvidenceLevel(rawValue: row["evidence"]) else { throw row.malformed("evidence", "no level") }
      return .received(level, at: row.instant("since"), by: row["detail"])
    case "failed": return .failed(try row.choice("failure_class"), at: row.instant("since"), reason: row["detail"])
    case "disputed": return .disputed(try row.choice("dispute"), receipt: row.optionalInstant("since"))
    case let other: throw row.malformed("standing", other)
    }
  }
}

extension ReportStanding {
  /// Where it leaves a notice of which nobody knew whether it went out; `nil` where it does not settle that.
  fileprivate var settledState: NoticeState? {
    switch self {
    case .received: .accepted
    case .failed: .refused
    case .open, .disputed: nil
    }
  }
}
