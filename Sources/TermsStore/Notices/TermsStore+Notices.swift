internal import GRDB
package import TermsModel
package import TermsOperations
internal import Transparency

extension TermsStore {
  package func dueNotices(at moment: Instant, limit: Int) async throws -> [OutboxNotice] {
    try await read { db in
      try db.rows(HotQuery.dueNotices, [moment.milliseconds, limit]).map(Self.notice)
    }
  }

  package func claim(_ notice: OutboxNotice, at moment: Instant) async throws -> Bool {
    try await write { db in try Self.claim(notice.number, at: moment, in: db) }
  }

  package func dueLetters(at moment: Instant, after place: OutboxPlace?, limit: Int) async throws -> DueLetters {
    try await read { db in
      let rows = try db.rows(
        HotQuery.dueNoticesAfter,
        [moment.milliseconds, place?.dueAt.milliseconds ?? .min, place?.number ?? 0, limit])
      var documents = NamedDocuments(db)
      let letters = try rows.map { row in
        let notice = try Self.notice(row)
        return (
          notice: notice,
          facts: try Self.facts(of: notice.developer, document: notice.document, among: &documents, in: db)
        )
      }
      return DueLetters(letters: letters, position: try Self.position(in: db))
    }
  }

  package func handOver(
    finished: FinishedNotice?, claiming next: OutboxNotice?, by actor: String, at moment: Instant
  ) async throws -> HandingOver {
    let known = edge.last
    let (step, frontier) = try writeHere { db in
      var (before, after, frontier) = (Int64(0), Int64(0), known)
      if let finished {
        var recorder = try ActRecorder(db, actor: actor, at: moment, edge: known)
        before = Int64(recorder.frontier.size)
        try Self.finish(finished, with: &recorder, in: db)
        (after, frontier) = (Int64(recorder.frontier.size), recorder.frontier)
      } else {
        before = try Self.position(in: db)
        after = before
      }
      let isClaimed = try next.map { try Self.claim($0.number, at: moment, in: db) } ?? false
      return (HandingOver(isClaimed: isClaimed, before: before, after: after), frontier)
    }
    edge.last = frontier
    return step
  }

  package func doubt(about notice: Int64) async throws -> Instant? {
    try await read { db in
      try db.one(
        Int64.self,
        """
        SELECT min(started_at) FROM attempts WHERE notice = ?1 AND outcome = 'unknown' AND NOT EXISTS (
          SELECT 1 FROM notice_standings WHERE notice = ?1 AND standing = 'failed')
        """, [notice]
      ).map(Instant.init(milliseconds:))
    }
  }

  private static func position(in db: Database) throws -> Int64 {
    try db.one(Int64.self, "SELECT max(sequence) FROM acts", []) ?? 0
  }

  package func finish(
    _ notice: OutboxNotice, transmission: Transmission, messageSHA256: String, by actor: String, at moment: Instant
  ) async throws {
    try await write { db in
      var recorder = try ActRecorder(db, actor: actor, at: moment)
      try Self.finish(
        notice.number, transmission.outcome, messageSHA256: messageSHA256, trace: NoticeAttempt.Trace(transmission),
        with: &recorder, at: moment, in: db)
    }
  }

  package func reconcileInterrupted(by actor: String, at moment: Instant) async throws -> Int {
    try await write { db in
      let numbers = try Int64.fetchAll(
        db.cachedStatement(
          sql: "SELECT number FROM outbox WHERE state = 'transmitting' AND due_at IS NULL ORDER BY number"))
      guard !numbers.isEmpty else { return 0 }
      var recorder = try ActRecorder(db, actor: actor, at: moment)
      for number in numbers {
        try Self.finish(
          number, .unknown(reason: "the run that sent it ended before it could say how"),
          messageSHA256: try Self.interruptedLetter(of: number, in: db),
          with: &recorder, at: moment, in: db)
      }
      return numbers.count
    }
  }

  package func noticeCounts(of document: DocumentSlug?, version: VersionLabel?) async throws -> [NoticeCount] {
    try await read { db in
      try db.rows(
        """
        SELECT slug, label, superseding, state, notices
        FROM outbox_counts JOIN versions ON versions.id = version_id JOIN documents ON documents.id = document_id
        WHERE notices > 0 AND (?1 IS NULL OR slug = ?1) AND (?2 IS NULL OR label = ?2)
        ORDER BY slug, ordinal, superseding, state
        """, [document?.rawValue, version?.rawValue]
      ).map { row in
        NoticeCount(
          document: try row.identifier("slug"), version: try row.identifier("label"), state: try row.choice("state"),
          count: row["notices"], isSuperseding: row["superseding"])
      }
    }
  }

  package func failedSince(
    of document: DocumentSlug?, version: VersionLabel?, limit: Int
  ) async throws -> (counts: [NoticeCount], listed: [NoticeFailedSince]) {
    try await read { db in
      let failed = try db.rows(HotQuery.failedSince, [document?.rawValue, version?.rawValue]).map { row in
        NoticeFailedSince(
          document: try row.identifier("slug"), version: try row.identifier("label"),
          developer: try row.identifier("developer"), reason: row["reason"])
      }
      var counts: [NoticeCount] = []
      for notice in failed {
        let before = counts.last.flatMap {
          $0.document == notice.document && $0.version == notice.version ? counts.popLast()?.count : nil
        }
        counts.append(
          NoticeCount(
            document: notice.document, version: notice.version, state: .accepted, count: (before ?? 0) + 1))
      }
      return (counts, Array(failed.prefix(limit)))
    }
  }

  package func queuedThoughReceived(of document: DocumentSlug?, version: VersionLabel?) async throws -> [NoticeCount] {
    try await read { db in
      try db.rows(
        """
        SELECT slug, label, count(*) AS notices
        FROM outbox INDEXED BY outbox_open
        JOIN versions ON versions.id = version_id JOIN documents ON documents.id = document_id
        WHERE state = 'queued' AND due_at IS NOT NULL AND superseding = 0
          AND (?1 IS NULL OR slug = ?1) AND (?2 IS NULL OR label = ?2)
          AND (
            SELECT event FROM notice_steps
            WHERE notice_steps.developer_id = outbox.developer_id AND notice_steps.document_id = versions.document_id
              AND notice_steps.version_id = outbox.version_id
            ORDER BY sequence DESC LIMIT 1) = 'received'
        GROUP BY version_id ORDER BY slug, ordinal
        """, [document?.rawValue, version?.rawValue]
      ).map { row in
        NoticeCount(
          document: try row.identifier("slug"), version: try row.identifier("label"), state: .queued,
          count: row["notices"])
      }
    }
  }

  package func notices(of document: DocumentSlug?, version: VersionLabel?, state: NoticeState?, limit: Int) async throws
    -> [OutboxNotice]
  {
    try await read { db in
      try db.rows(HotQuery.notices, [document?.rawValue, version?.rawValue, state?.rawValue, limit]).map(Self.notice)
    }
  }
}

extension TermsStore {
  /// Records how the transmission of a claimed notice ended.
  static func finish(
    _ number: Int64, _ outcome: TransportOutcome, messageSHA256: String?, trace: NoticeAttempt.Trace? = nil,
    with recorder: inout ActRecorder, at moment: Instant, in db: Database
  ) throws {
    let row = try db.row(
      """
      SELECT developer, slug, label, attempts, claimed_at, superseding
      FROM outbox JOIN versions ON versions.id = version_id JOIN documents ON documents.id = document_id
      JOIN developers ON developers.id = developer_id
      WHERE number = ? AND state = 'transmitting'
      """, [number])
    guard let row else {
      return try settle(number, outcome, messageSHA256: messageSHA256, with: &recorder, at: moment, in: db)
    }
    let startedAt = row.instant("claimed_at")
    let attempt = NoticeAttempt(
      version: try row.identifier("label"), notice: number, number: row["attempts"] + 1, startedAt: startedAt,
      outcome: outcome, messageSHA256: messageSHA256, givesNoNotice: row["superseding"],
      letterKept: try messageSHA256.map { try keepsLetter($0, of: number, in: db) } ?? false, trace: trace)
    _ = try recorder.append(
      .noticeAttempted(try row.identifier("developer"), try row.identifier("slug"), attempt),
      happenedAt: min(max(moment, startedAt), recorder.recordedAt))
  }

  /// The same of a notice whose version and developer are at hand, as they never change.
  private static func finish(
    _ finished: FinishedNotice, with recorder: inout ActRecorder, in db: Database
  ) throws {
    let (notice, transmission) = (finished.notice, finished.transmission)
    let row = try db.row(
      """
      SELECT attempts, claimed_at, superseding,
        EXISTS (SELECT 1 FROM letters WHERE notice = number AND sha256 = ?2) AS letter_kept,
        developer_id, (SELECT document_id FROM versions WHERE id = version_id), version_id
      FROM outbox WHERE number = ?1 AND state = 'transmitting'
      """, [notice.number, StatementArguments.hash(finished.messageSHA256)])
    guard let row else {
      return try settle(
        notice.number, transmission.outcome, messageSHA256: finished.messageSHA256, with: &recorder, at: finished.at,
        in: db)
    }
    // By number: names are looked up without regard to case, which here would be felt.
    recorder.know(notice, developer: row[4], document: row[5], version: row[6])
    let startedAt = Instant(milliseconds: row[1])
    let attempt = NoticeAttempt(
      version: notice.version, notice: notice.number, number: row[0] + 1, startedAt: startedAt,
      outcome: transmission.outcome, messageSHA256: finished.messageSHA256, givesNoNotice: row[2],
      letterKept: row[3],
      trace: NoticeAttempt.Trace(transmission), replyCommitment: finished.reply?.commitment)
    let occasion = try recorder.append(
      .noticeAttempted(notice.developer, notice.document, attempt),
      happenedAt: min(max(finished.at, startedAt), recorder.recordedAt))
    guard let reply = finished.reply else { return }
    // Of a developer whose data were erased meanwhile nothing is kept any more.
    try db.run(
      """
      INSERT INTO attempt_replies (sequence, developer_id, words, salt)
      SELECT ?, id, ?, ? FROM developers WHERE developer = ? AND erased IS NULL
      """, [occasion.sequence, reply.words, reply.salt, notice.developer.rawValue])
  }

  static func notice(_ row: Row) throws -> OutboxNotice {
    OutboxNotice(
      number: row["number"], document: try row.identifier("slug"), version: try row.identifier("label"),
      developer: try row.identifier("developer"), name: row["name"], recipient: try email(row),
      state: try row.choice("state"), attempts: row["attempts"], plannedAt: row.instant("planned_at"),
      dueAt: row.optionalInstant("due_at"), lastReply: row["last_reply"], planned: row["planned"],
      isSuperseding: row["superseding"] && row["reminds_of"] as String? == nil,
      remindsOf: (row["reminds_of"] as String?).flatMap { CalendarDate($0) })
  }
}
