internal import Foundation
internal import GRDB
package import TermsModel
package import TermsOperations
internal import Transparency

extension TermsStore: WebhookRecord {
  package func subscribe(_ subscriptions: [WebhookSubscription]) throws {
    do {
      guard try database.read({ db in try Self.differ(subscriptions, in: db) }) else { return }
    } catch {
      throw StoreError(error, path: path)
    }
    try writeHere { db in
      for subscription in subscriptions { try Self.keep(subscription, in: db) }
      let names = try CanonicalJSON.array(subscriptions.map { .string($0.name) }).text()
      let gone = try Int64.fetchAll(
        db,
        sql: """
          SELECT webhook FROM webhooks
          WHERE state <> 'removed' AND name NOT IN (SELECT value FROM json_each(?))
          """, arguments: [names])
      for webhook in gone { try Self.end(webhook, as: .removed, in: db) }
    }
  }

  /// Whether the settings name others, or other events, than they did last.
  private static func differ(_ subscriptions: [WebhookSubscription], in db: Database) throws -> Bool {
    let rows = try db.rows(
      """
      SELECT name, url, state, (
        SELECT json_group_array(event) FROM webhook_events AS told WHERE told.webhook = webhooks.webhook) AS events
      FROM webhooks WHERE state <> 'removed'
      """)
    guard rows.count == subscriptions.count else { return true }
    return try !rows.allSatisfy { row in
      guard let named = subscriptions.first(where: { $0.name == row["name"] }), named.url == row["url"] else {
        return false
      }
      // One that said it was gone is told of nothing.
      let events = try row.decoded("events", as: [String].self)
      return row["state"] == "gone" || Set(events) == Set(named.events.map(\.rawValue))
    }
  }

  private static func keep(_ subscription: WebhookSubscription, in db: Database) throws {
    // Of one that said it was gone the address must change before it is told again: or somebody resumes it.
    try db.execute(
      sql: """
        INSERT INTO webhooks (name, url, state) VALUES (?1, ?2, 'active')
        ON CONFLICT (name) DO UPDATE SET
          state = CASE WHEN state = 'gone' AND url = excluded.url THEN 'gone' ELSE 'active' END,
          failures = CASE WHEN url = excluded.url THEN failures ELSE 0 END,
          paused_until = CASE WHEN url = excluded.url THEN paused_until END, url = excluded.url
        """, arguments: [subscription.name, subscription.url])
    let row = try Row.fetchOne(
      db, sql: "SELECT webhook, state FROM webhooks WHERE name = ?", arguments: [subscription.name])
    guard let row, row["state"] == WebhookStanding.State.active.rawValue else { return }
    let webhook: Int64 = row["webhook"]
    try db.execute(sql: "DELETE FROM webhook_events WHERE webhook = ?", arguments: [webhook])
    for event in subscription.events {
      try db.execute(
        sql: "INSERT INTO webhook_events (event, webhook) VALUES (?, ?)", arguments: [event.rawValue, webhook])
    }
  }

  /// Tells a webhook no more; what waits for it is cancelled.
  private static func end(_ webhook: Int64, as state: WebhookStanding.State, in db: Database) throws {
    try db.run("UPDATE webhooks SET state = ?, paused_until = NULL WHERE webhook = ?", [state.rawValue, webhook])
    try db.run("DELETE FROM webhook_events WHERE webhook = ?", [webhook])
    try db.run(
      "UPDATE webhook_messages SET state = 'cancelled', due_at = NULL WHERE webhook = ? AND state = 'queued'", [webhook]
    )
  }

  // MARK: Sending

  package func nextWebhookMessage(
    finishing last: FinishedWebhookMessage?, at moment: Instant
  ) async throws -> WebhookMessage? {
    try await write { db in
      if let last { try Self.finish(last, in: db) }
      let due = try db.row(
        """
        SELECT number FROM (
          SELECT (
            SELECT number FROM webhook_messages
            WHERE webhook_messages.webhook = webhooks.webhook AND webhook_messages.state = 'queued' AND due_at <= ?1
            ORDER BY due_at, number LIMIT 1) AS first
          FROM webhooks WHERE state = 'active' AND (paused_until IS NULL OR paused_until <= ?1))
        JOIN webhook_messages ON number = first
        ORDER BY due_at, number LIMIT 1
        """, [moment.milliseconds])
      guard let number = due?["number"] as Int64? else { return nil }
      try db.run(
        "UPDATE webhook_messages SET state = 'transmitting', claimed_at = ?, due_at = NULL WHERE number = ?",
        [moment.milliseconds, number])
      return try Self.message(number, in: db)
    }
  }

  package func finishWebhookMessage(_ last: FinishedWebhookMessage) async throws {
    try await write { db in try Self.finish(last, in: db) }
  }

  package func reconcileWebhooks(at moment: Instant) async throws -> Int {
    try await write { db in
      let numbers = try Int64.fetchAll(
        db.cachedStatement(sql: "SELECT number FROM webhook_messages WHERE state = 'transmitting' ORDER BY number"))
      let reply = WebhookReply(.unknown, says: "the run that sent it ended before it could say how")
      for number in numbers {
        guard let message = try Self.message(number, in: db) else { continue }
        try Self.finish(FinishedWebhookMessage(message, reply, at: moment), pausing: false, in: db)
      }
      return numbers.count
    }
  }

  private static func message(_ number: Int64, in db: Database) throws -> WebhookMessage? {
    let row = try db.row(
      """
      SELECT message.number, message.event, message.sequence, message.attempts, message.notice, name, url, slug, label,
        text_sha256, version_id, developer, happened_at, leaf_hash, CASE
          WHEN message.notice IS NOT NULL THEN 'email'
          ELSE (
            SELECT channel FROM notice_steps AS step
            WHERE step.developer_id = message.developer_id AND step.document_id = versions.document_id
              AND step.sequence = message.sequence)
        END AS channel
      FROM webhook_messages AS message JOIN webhooks USING (webhook) JOIN acts USING (sequence)
      JOIN versions ON versions.id = version_id JOIN documents ON documents.id = document_id
      LEFT JOIN developers ON developers.id = message.developer_id
      WHERE message.number = ?
      """, [number])
    guard let row else { return nil }
    let event: WebhookEvent = try row.choice("event")
    var contents = WebhookMessage.Contents(
      document: try row.identifier("slug"), version: try row.identifier("label"), sequence: row["sequence"])
    if let developer = row["developer"] as String? {
      contents.developer = DeveloperID(rawValue: developer)
      contents.channel = (row["channel"] as String?).flatMap(NoticeChannel.init(rawValue:))
      contents.notice = row["notice"]
    } else {
      contents.sha256 = SHA256Hex.text(of: row["text_sha256"] as Data)
    }
    if event == .versionPosted {
      let counts = try db.rows(
        "SELECT decided, count(*) AS changes FROM changes WHERE version_id = ? GROUP BY decided",
        [row["version_id"] as Int64])
      contents.changes = Dictionary(uniqueKeysWithValues: counts.map { ($0["decided"], $0["changes"]) })
    }
    return try WebhookMessage(
      number: number, webhook: row["name"], url: row["url"], event: event, happenedAt: row.instant("happened_at"),
      contents: contents, leafHash: SHA256Hex.text(of: row["leaf_hash"] as Data), attempts: row["attempts"])
  }

  /// Puts on record how a try ended, and leaves the webhook alone for a while where it came to nothing.
  private static func finish(_ last: FinishedWebhookMessage, pausing: Bool = true, in db: Database) throws {
    let (message, reply, moment) = (last.message, last.reply, last.at)
    let row = try db.row(
      """
      SELECT webhook, webhooks.state AS standing, failures, claimed_at
      FROM webhook_messages JOIN webhooks USING (webhook)
      WHERE number = ? AND webhook_messages.state = 'transmitting' AND attempts = ?
      """, [message.number, message.attempts])
    guard let row else { throw StoreError.notClaimed(notice: message.number) }
    let (webhook, startedAt): (Int64, Int64) = (row["webhook"], row["claimed_at"])
    try db.run(
      """
      INSERT INTO webhook_attempts (message, number, started_at, finished_at, outcome, status, says)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """,
      [
        message.number, message.attempts + 1, startedAt, max(moment.milliseconds, startedAt), reply.outcome.rawValue,
        reply.status, reply.says,
      ])
    let failures: Int = row["failures"] + (pausing ? 1 : 0)
    var (state, due) = ("refused", Int64?.none)
    switch reply.outcome {
    case .accepted: state = "accepted"
    case .refused, .gone: break
    case .unavailable, .unknown:
      // Nobody tells it any more: the settings name it no longer.
      guard row["standing"] == "active" else {
        state = "cancelled"
        break
      }
      let backoff = pausing ? NoticeBackoff.seconds(afterAttempt: failures, of: message.number) : 0
      let wait = max(backoff, min(reply.retryAfter ?? 0, longestPause))
      (state, due) = ("queued", moment.adding(seconds: wait).milliseconds)
    }
    try db.run(
      "UPDATE webhook_messages SET state = ?, due_at = ?, claimed_at = NULL, attempts = attempts + 1 WHERE number = ?",
      [state, due, message.number])
    if let due {
      try db.run("UPDATE webhooks SET failures = ?, paused_until = ? WHERE webhook = ?", [failures, due, webhook])
    } else {
      try db.run("UPDATE webhooks SET failures = 0, paused_until = NULL WHERE webhook = ?", [webhook])
    }
    try db.run(
      "UPDATE webhooks SET last_failure = ? WHERE webhook = ?",
      [reply.outcome == .accepted ? nil : reply.says, webhook])
    if reply.outcome == .gone, row["standing"] == "active" { try end(webhook, as: .gone, in: db) }
  }

  /// However long somebody asks to be left alone: a day.
  private static let longestPause: Int64 = 24 * 3600

  // MARK: Looking

  package func webhooks() async throws -> [WebhookStanding] {
    try await read { db in
      try db.rows(
        """
        SELECT name, url, state, paused_until, last_failure, (
            SELECT count(*) FROM webhook_messages AS waiting
            WHERE waiting.webhook = webhooks.webhook AND waiting.state = 'queued') AS waiting, (
            SELECT count(*) FROM webhook_messages AS refused
            WHERE refused.webhook = webhooks.webhook AND refused.state = 'refused') AS refused, (
            SELECT min(recorded_at) FROM (
              SELECT sequence FROM webhook_messages AS oldest
              WHERE oldest.webhook = webhooks.webhook AND oldest.state = 'queued' ORDER BY number LIMIT 1)
            JOIN acts USING (sequence)) AS waits_since
        FROM webhooks ORDER BY name
        """, []
      ).map { row in
        WebhookStanding(
          name: row["name"], url: row["url"], state: try row.choice("state"), waiting: row["waiting"],
          refused: row["refused"], waitsSince: row.optionalInstant("waits_since"),
          pausedUntil: row.optionalInstant("paused_until"), lastFailure: row["last_failure"])
      }
    }
  }

  package func resumeWebhook(_ name: String, at moment: Instant) async throws -> Int? {
    try await write { db in
      guard
        let webhook = try db.one(
          Int64.self, "SELECT webhook FROM webhooks WHERE name = ? AND state <> 'removed'", [name])
      else { return nil }
      try db.run("UPDATE webhooks SET state = 'active', failures = 0, paused_until = NULL WHERE webhook = ?", [webhook])
      try db.run(
        "UPDATE webhook_messages SET state = 'queued', due_at = ?2 WHERE webhook = ?1 AND state = 'refused'",
        [webhook, moment.milliseconds])
      try db.run(
        "UPDATE webhook_messages SET due_at = ?2 WHERE webhook = ?1 AND state = 'queued' AND due_at > ?2",
        [webhook, moment.milliseconds])
      return try db.one(
        Int.self, "SELECT count(*) FROM webhook_messages WHERE webhook = ? AND state = 'queued'", [webhook])
    }
  }
}
