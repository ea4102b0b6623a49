/// The queries that must not grow with the number of developers, under one roof so that a test can pin their plans.
enum HotQuery {
  /// Arguments: version, sequence of the posting, moment, document.
  static let planNotices = """
    INSERT INTO outbox (version_id, developer_id, planned, superseding, state, due_at)
    SELECT ?1, developer_id, ?2, 0, 'queued', ?3 FROM bound
    WHERE document_id = ?4 AND has_address = 1 AND (ends_at IS NULL OR ends_at > ?3)
    ORDER BY developer_id
    """

  /// As ``planNotices``, for several documents by which one is binding: ?4 is the list of their numbers, as JSON.
  static let planNoticesAlong = """
    INSERT INTO outbox (version_id, developer_id, planned, superseding, state, due_at)
    SELECT DISTINCT ?1, developer_id, ?2, 0, 'queued', ?3 FROM bound
    WHERE document_id IN (SELECT value FROM json_each(?4)) AND has_address = 1 AND (ends_at IS NULL OR ends_at > ?3)
    ORDER BY developer_id
    """

  /// How many developers are bound by any of several documents. Arguments: the list of their numbers, as JSON.
  static let audienceAlong = """
    SELECT has_address, count(DISTINCT developer_id) AS developers FROM bound
    WHERE document_id IN (SELECT value FROM json_each(?1))
      AND (ends_at IS NULL OR ends_at > (SELECT recorded_at FROM acts ORDER BY sequence DESC LIMIT 1))
    GROUP BY has_address
    """

  /// The documents that name another one as binding along, or did, with each change of their settings: `reference` is none,
  /// empty for whatever version binds, or the version meant for good.
  ///
  /// Arguments: the slug of the document named.
  static let namingDocuments = """
    SELECT document_id, slug, sequence, happened_at, recorded_at, (
      SELECT ifnull(json_extract(named.value, '$.pinned'), '') FROM json_each(settings, '$.incorporated') AS named
      WHERE json_extract(named.value, '$.document') = ?1) AS reference
    FROM document_settings JOIN documents ON documents.id = document_id JOIN acts USING (sequence)
    WHERE document_id IN (SELECT document_id FROM document_settings WHERE instr(settings, '"' || ?1 || '"') > 0)
    ORDER BY document_id, sequence
    """

  /// The developers who had a notice of the version ?1 of the document ?2: one went out and is not known to have failed, or
  /// nobody knows whether it went out.
  private static let noticeHolders = """
    SELECT developer_id FROM notice_steps AS given
    WHERE version_id = ?1 AND event <> 'failed' AND NOT EXISTS (
      SELECT 1 FROM notice_steps AS failure
      WHERE failure.developer_id = given.developer_id AND failure.document_id = ?2 AND failure.version_id = ?1
        AND failure.channel = given.channel AND failure.event = 'failed' AND failure.sequence > given.sequence)
    UNION
    SELECT developer_id FROM outbox INDEXED BY outbox_open
    WHERE version_id = ?1 AND state = 'unknown' AND due_at IS NULL
    UNION
    SELECT developer_id FROM outbox INDEXED BY outbox_open
    WHERE version_id = ?1 AND state = 'transmitting' AND due_at IS NULL
    """

  /// Arguments: version, document, sequence of the superseding act, moment.
  ///
  /// One whose notice of the version still waits needs no second one: it will tell how things stand when it is sent.
  static let planSuperseding = """
    INSERT INTO outbox (version_id, developer_id, planned, superseding, state, due_at)
    SELECT ?1, holder.developer_id, ?3, 1, 'queued', ?4 FROM (\(noticeHolders)) AS holder
    JOIN developers ON developers.id = holder.developer_id
    WHERE has_address = 1 AND NOT EXISTS (
      SELECT 1 FROM outbox AS waiting
      WHERE waiting.version_id = ?1 AND waiting.developer_id = holder.developer_id AND waiting.state = 'queued')
    ORDER BY holder.developer_id
    """

  /// Arguments: version, document.
  static let countNoticeHolders = """
    SELECT has_address, count(*) AS developers FROM (\(noticeHolders)) AS holder
    JOIN developers ON developers.id = holder.developer_id GROUP BY has_address
    """

  /// Arguments: document's number, has_address, the last one's number, limit.
  static let boundDevelopers = """
    SELECT developers.developer, developers.id AS place FROM bound JOIN developers ON developers.id = developer_id
    WHERE document_id = ? AND bound.has_address = ? AND developer_id > ? ORDER BY developer_id LIMIT ?
    """

  /// Arguments: the documents' numbers as JSON, has_address, the last one's number, limit.
  static let boundDevelopersAlong = """
    SELECT DISTINCT developers.developer, developers.id AS place
    FROM bound JOIN developers ON developers.id = developer_id
    WHERE document_id IN (SELECT value FROM json_each(?1)) AND bound.has_address = ?2 AND developer_id > ?3
    ORDER BY developer_id LIMIT ?4
    """

  /// Arguments: version's number, the last one's number, limit.
  static let noticedDevelopers = """
    SELECT DISTINCT developers.developer, developers.id AS place
    FROM notice_steps JOIN developers ON developers.id = developer_id
    WHERE version_id = ? AND developer_id > ? ORDER BY developer_id LIMIT ?
    """

  /// Arguments: document's number, the last act's sequence, limit.
  static let consentingDevelopers = """
    SELECT developers.developer, sequence AS place
    FROM agreement_acts INDEXED BY agreement_acts_by_document JOIN developers ON developers.id = developer_id
    WHERE document_id = ? AND sequence > ? AND act IN ('connector-added', 'agreed', 'version-accepted')
    ORDER BY sequence LIMIT ?
    """

  /// Arguments: the documents' numbers as JSON, the last act's sequence, limit.
  static let consentingDevelopersAlong = """
    SELECT developers.developer, sequence AS place
    FROM agreement_acts INDEXED BY agreement_acts_by_document JOIN developers ON developers.id = developer_id
    WHERE document_id IN (SELECT value FROM json_each(?1)) AND sequence > ?2
      AND act IN ('connector-added', 'agreed', 'version-accepted')
    ORDER BY sequence LIMIT ?3
    """

  /// Everything that a developer did about documents, in order. Arguments: developer's number.
  static let agreementActs = """
    SELECT agreement_acts.document_id, acts.sequence, acts.happened_at, acts.recorded_at, agreement_acts.act, connector,
      versions.label AS version, clauses, party, immediate, reason
    FROM agreement_acts JOIN acts USING (sequence) LEFT JOIN versions ON versions.id = agreement_acts.version_id
    WHERE developer_id = ? ORDER BY agreement_acts.document_id, agreement_acts.sequence
    """

  /// What is known of a developer's notices, in order. Arguments: developer's number.
  static let noticeSteps = """
    SELECT notice_steps.document_id, acts.sequence, acts.happened_at, acts.recorded_at, versions.label AS version, channel,
      event, evidence, detail
    FROM notice_steps JOIN acts USING (sequence) JOIN versions ON versions.id = notice_steps.version_id
    WHERE developer_id = ? ORDER BY notice_steps.document_id, notice_steps.sequence
    """

  /// Arguments: developer's number.
  static let developerFacts = """
    SELECT sequence, acts.happened_at, acts.recorded_at, region, has_address
    FROM developer_facts JOIN acts USING (sequence) WHERE developer_id = ? ORDER BY sequence
    """

  /// The last act about any document or version.
  static let documentsStamp = """
    SELECT max(
      coalesce((SELECT max(sequence) FROM document_settings), 0), coalesce((SELECT max(sequence) FROM versions), 0),
      coalesce((SELECT max(sequence) FROM version_events), 0))
    """

  /// The last act about a developer, the last one about any document or version, and when the log's last act was recorded.
  ///
  /// Arguments: developer's identifier.
  static let bindingStamp = """
    SELECT id AS developer_id, (\(documentsStamp)) AS documents_stamp, max(
        coalesce((SELECT max(sequence) FROM developer_facts WHERE developer_id = id), 0),
        coalesce((SELECT max(sequence) FROM agreement_acts WHERE developer_id = id), 0),
        coalesce((SELECT max(sequence) FROM notice_steps WHERE developer_id = id), 0)) AS own_stamp,
      (SELECT recorded_at FROM acts ORDER BY sequence DESC LIMIT 1) AS last_recorded
    FROM developers WHERE developer = ?
    """

  /// What tells an act from others of its number. Arguments: sequence.
  static let fingerprint = "SELECT substr(leaf_hash, 1, 8) FROM acts WHERE sequence = ?"

  static let tokens = """
    SELECT token, role, note, created_at, created_by, expires_at, revoked_at, secret_sha256 FROM tokens
    """

  /// Arguments: the token's identifier.
  static let token = "\(tokens) WHERE token = ?"

  /// Arguments: document's number.
  /// Asked with every request that brings a session's cookie.
  static let endedSession = "SELECT 1 FROM ended_sessions WHERE cookie_sha256 = ?"

  static let latestVersion = "SELECT id, label FROM versions WHERE document_id = ? ORDER BY ordinal DESC LIMIT 1"

  static let notice = """
    SELECT outbox.number, documents.slug, versions.label, developers.developer, people.name, people.email,
      outbox.state, outbox.attempts, outbox.planned, outbox.superseding, outbox.reminds_of,
      planned.recorded_at AS planned_at, outbox.due_at,
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

  /// Arguments: moment; due_at and number of the last one's; limit.
  static let dueNoticesAfter = """
    \(notice)
    WHERE outbox.state = 'queued' AND outbox.due_at <= ?1 AND (outbox.due_at, outbox.number) > (?2, ?3)
    ORDER BY outbox.due_at, outbox.number LIMIT ?4
    """

  /// Arguments: document's slug, version's label, state (each `NULL` for all), limit.
  static let notices = """
    \(notice)
    WHERE (?1 IS NULL OR documents.slug = ?1) AND (?2 IS NULL OR versions.label = ?2)
      AND (?3 IS NULL OR outbox.state = ?3)
    ORDER BY outbox.number LIMIT ?4
    """

  /// Arguments: document's slug, version's label, developer.
  static let oneNotice = """
    \(notice)
    WHERE outbox.version_id = (
        SELECT versions.id FROM versions JOIN documents ON documents.id = document_id WHERE slug = ?1 AND label = ?2)
      AND outbox.developer_id = (SELECT id FROM developers WHERE developer = ?3) AND outbox.superseding = 0
    """

  /// Whether a developer has an address, and the outbox no notice of the version to them.
  ///
  /// Arguments: document's slug, version's label, developer.
  static let mayPlanNotice = """
    SELECT has_address AND NOT EXISTS (
      SELECT 1 FROM outbox
      WHERE outbox.version_id = (
          SELECT versions.id FROM versions JOIN documents ON documents.id = document_id WHERE slug = ?1 AND label = ?2)
        AND outbox.developer_id = developers.id AND outbox.superseding = 0)
    FROM developers WHERE developer = ?3
    """

  /// Arguments: document's slug, version's label, developer, date.
  static let lastReminder = """
    SELECT recorded_at FROM outbox JOIN acts ON sequence = planned
    WHERE outbox.version_id = (
        SELECT versions.id FROM versions JOIN documents ON documents.id = document_id WHERE slug = ?1 AND label = ?2)
      AND outbox.developer_id = (SELECT id FROM developers WHERE developer = ?3) AND reminds_of = ?4
    ORDER BY planned DESC LIMIT 1
    """

  static let longestWaiting = """
    \(notice)
    WHERE outbox.number = (
      SELECT min(number) FROM outbox INDEXED BY outbox_open
      WHERE due_at IS NOT NULL AND (state = 'queued' OR state = 'transmitting' OR state = 'unknown'))
    """

  /// Arguments: the notice's number.
  static let noticeByNumber = "\(notice) WHERE outbox.number = ?"

  /// Notices of which nobody knows whether their first and only try went out, and on which nothing came back.
  ///
  /// Arguments: the moment before which that try began.
  static let unknownNotices = """
    \(notice)
    WHERE outbox.state = 'unknown' AND outbox.due_at IS NULL AND people.email IS NOT NULL
      AND (SELECT count(*) FROM attempts WHERE notice = outbox.number AND outcome = 'unknown') = 1
      AND (SELECT max(started_at) FROM attempts WHERE notice = outbox.number) <= ?
      AND NOT EXISTS (SELECT 1 FROM returned_mail WHERE notice = outbox.number AND kind <> 'reply')
      AND NOT EXISTS (
        SELECT 1 FROM version_events
        WHERE version_events.version_id = outbox.version_id AND event = 'withdrawn' AND sequence > outbox.planned)
    ORDER BY outbox.number LIMIT 1000
    """

  private static let standing = """
    notice_standings.standing, notice_standings.evidence, notice_standings.failure_class, notice_standings.dispute,
    notice_standings.since, notice_standings.detail,
    (SELECT recorded_at FROM acts WHERE acts.sequence = notice_standings.sequence) AS weighed_at
    """

  /// Notices that were refused or failed, are disputed, unknown, or were put off: few among the many that went well.
  ///
  /// Arguments: document's slug, version's label (each `NULL` for all), limit.
  static let unsettledNotices = """
    \(notice.replacing("SELECT outbox.number", with: "SELECT \(standing), outbox.number"))
    LEFT JOIN notice_standings ON notice_standings.notice = outbox.number
    WHERE outbox.number IN (
        SELECT number FROM outbox WHERE state = 'refused' UNION SELECT number FROM outbox WHERE state = 'unknown' AND due_at IS NULL
        UNION SELECT number FROM outbox WHERE state = 'queued' AND attempts > 0
        UNION SELECT notice FROM notice_standings WHERE standing IN ('failed', 'disputed'))
      AND outbox.state <> 'cancelled'
      AND (?1 IS NULL OR documents.slug = ?1) AND (?2 IS NULL OR versions.label = ?2)
    ORDER BY outbox.number LIMIT ?3
    """

  /// Notices that were accepted and are known to have failed since. Of what was recorded of notices only that of the versions
  /// asked about is looked at.
  ///
  /// Arguments: document's slug, version's label (each `NULL` for all).
  static let failedSince = """
    SELECT slug, label, ordinal, developer, notice_steps.detail AS reason
    FROM versions CROSS JOIN documents ON documents.id = versions.document_id
    CROSS JOIN notice_steps ON notice_steps.version_id = versions.id
    CROSS JOIN outbox ON outbox.version_id = notice_steps.version_id AND outbox.developer_id = notice_steps.developer_id
      AND outbox.superseding = 0 AND outbox.state = 'accepted'
    CROSS JOIN developers ON developers.id = notice_steps.developer_id
    WHERE event = 'failed' AND (?1 IS NULL OR slug = ?1) AND (?2 IS NULL OR label = ?2)
      AND notice_steps.sequence = (
        SELECT max(sequence) FROM notice_steps AS last
        WHERE last.developer_id = notice_steps.developer_id AND last.document_id = notice_steps.document_id
          AND last.version_id = notice_steps.version_id)
    ORDER BY slug, ordinal, notice_steps.sequence
    """

  /// Arguments: the notice's number.
  static let lastAttemptReply = """
    SELECT words FROM attempts JOIN attempt_replies USING (sequence) WHERE notice = ? ORDER BY attempts.number DESC LIMIT 1
    """

  /// The acts that an answer about a developer and a document can rest on.
  ///
  /// Arguments: developer's number, document's number.
  static let evidenceActs = """
    SELECT sequence FROM document_settings WHERE document_id = ?2
    UNION SELECT sequence FROM versions WHERE document_id = ?2
    UNION SELECT sequence FROM approvals WHERE document_id = ?2
    UNION SELECT version_events.sequence FROM version_events JOIN versions ON versions.id = version_id WHERE document_id = ?2
    UNION SELECT sequence FROM developer_facts WHERE developer_id = ?1
    UNION SELECT sequence FROM agreement_acts WHERE developer_id = ?1 AND document_id = ?2
    UNION SELECT sequence FROM notice_steps WHERE developer_id = ?1 AND document_id = ?2
    UNION SELECT attempts.sequence FROM versions
      JOIN outbox ON outbox.version_id = versions.id AND outbox.developer_id = ?1
      JOIN attempts ON attempts.notice = outbox.number WHERE versions.document_id = ?2
    UNION SELECT returned_mail.sequence FROM versions
      JOIN outbox ON outbox.version_id = versions.id AND outbox.developer_id = ?1
      JOIN returned_mail ON returned_mail.notice = outbox.number WHERE versions.document_id = ?2
    """
}
