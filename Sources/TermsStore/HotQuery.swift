/// The queries that must not grow with the number of developers, under one roof so that a test can pin their plans.
enum HotQuery {
  /// Arguments: version, sequence of the posting, moment, document.
  static let planNotices = """
    INSERT INTO outbox (version_id, developer_id, planned, state, due_at)
    SELECT ?1, developer_id, ?2, 'queued', ?3 FROM bound
    WHERE document_id = ?4 AND has_address = 1 AND (ends_at IS NULL OR ends_at > ?3)
    ORDER BY developer_id
    """

  /// Arguments: developer's number, document's number.
  static let agreementActs = """
    SELECT agreement_acts.*, versions.label AS version, acts.happened_at, acts.recorded_at
    FROM agreement_acts JOIN acts USING (sequence) LEFT JOIN versions ON versions.id = agreement_acts.version_id
    WHERE developer_id = ? AND agreement_acts.document_id = ? ORDER BY sequence
    """

  /// Arguments: developer's number, document's number.
  static let noticeSteps = """
    SELECT notice_steps.*, versions.label AS version, acts.happened_at, acts.recorded_at
    FROM notice_steps JOIN acts USING (sequence) JOIN versions ON versions.id = notice_steps.version_id
    WHERE developer_id = ? AND notice_steps.document_id = ? ORDER BY sequence
    """

  /// Arguments: developer's number.
  static let developerFacts = """
    SELECT developer_facts.*, acts.happened_at, acts.recorded_at
    FROM developer_facts JOIN acts USING (sequence) WHERE developer_id = ? ORDER BY sequence
    """

  /// Arguments: document's number.
  static let latestVersion = "SELECT id, label FROM versions WHERE document_id = ? ORDER BY ordinal DESC LIMIT 1"

  private static let notice = """
    SELECT outbox.number, documents.slug, versions.label, developers.developer, people.name, people.email,
      outbox.state, outbox.attempts, planned.recorded_at AS planned_at, outbox.due_at,
      (SELECT reply FROM attempts WHERE notice = outbox.number ORDER BY number DESC LIMIT 1) AS last_reply
    FROM outbox
    JOIN versions ON versions.id = outbox.version_id
    JOIN documents ON documents.id = versions.document_id
    JOIN developers ON developers.id = outbox.developer_id
    JOIN acts AS planned ON planned.sequence = outbox.planned
    LEFT JOIN people ON people.developer_id = outbox.developer_id
    """

  /// Arguments: moment, limit.
  static let dueNotices = """
    \(notice)
    WHERE outbox.state = 'queued' AND outbox.due_at <= ? ORDER BY outbox.due_at, outbox.number LIMIT ?
    """

  /// Arguments: document's slug, version's label, state (each `NULL` for all), limit.
  static let notices = """
    \(notice)
    WHERE (?1 IS NULL OR documents.slug = ?1) AND (?2 IS NULL OR versions.label = ?2)
      AND (?3 IS NULL OR outbox.state = ?3)
    ORDER BY outbox.number LIMIT ?4
    """
}
