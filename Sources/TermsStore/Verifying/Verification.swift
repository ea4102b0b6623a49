internal import Foundation
internal import GRDB
internal import TermsModel
internal import TermsOperations
internal import Transparency

/// Checks a record against itself: its file, its schema, and its tables against those that its log makes anew.
struct Verification {
  let db: Database
  private var findings: [String] = []

  /// How many differing rows of one table are named.
  private static let shownRows = 5

  init(_ db: Database) {
    self.db = db
  }

  /// Everything that is wrong, a sentence each; nothing where the record is sound.
  mutating func run() throws -> [String] {
    try checkFile()
    // A damaged file would only repeat itself below.
    guard findings.isEmpty else { return findings }
    // On disk, in a place of SQLite's own that goes with the connection: the log of a large record would not fit in memory.
    let rebuilt = try DatabaseQueue(path: "", configuration: Opening.configuration(readonly: false))
    try Opening.migrate(rebuilt)
    try compareSchema(with: rebuilt)
    if try rebuild(into: rebuilt) {
      try compareTables(with: rebuilt)
      findings += try rebuilt.writeWithoutTransaction { [db] target in try Self.searchFindings(db, against: target) }
    }
    try checkCounts()
    try checkPeople()
    findings += try Self.returnedMailFindings(db)
    findings += try Self.letterFindings(db)
    findings += try Self.replyFindings(db)
    findings += try Self.logFindings(db)
    findings += try Self.accessFindings(db)
    return findings
  }

  // MARK: File and schema

  private mutating func checkFile() throws {
    for line in try String.fetchAll(db, sql: "PRAGMA integrity_check(20)") where line != "ok" {
      findings.append("the file: \(line)")
    }
    for violation in try Row.fetchAll(db, sql: "PRAGMA foreign_key_check") {
      findings.append(
        "table \(violation["table"] as String): a row points at one in \(violation["parent"] as String) that is not there"
      )
    }
  }

  private mutating func compareSchema(with rebuilt: DatabaseQueue) throws {
    let expected = try rebuilt.read(Self.schema)
    let found = try Self.schema(db)
    for (name, sql) in expected.sorted(by: { $0.key < $1.key }) where found[name] != sql {
      findings.append(found[name] == nil ? "the schema: \(name) is missing" : "the schema: \(name) was altered")
    }
    for name in found.keys.sorted() where expected[name] == nil && !Self.replication.contains(name) {
      findings.append("the schema: \(name) does not belong to it")
    }
  }

  /// What Litestream keeps for itself in a file that it replicates: a counter and a lock, and nothing of the record.
  private static let replication: Set<String> = ["table _litestream_seq", "table _litestream_lock"]

  private static func schema(_ db: Database) throws -> [String: String] {
    let rows = try Row.fetchAll(
      db, sql: "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'")
    return Dictionary(rows.map { ("\($0["type"] as String) \($0["name"] as String)", $0["sql"]) }) { first, _ in first }
  }

  // MARK: Log

  /// Replays the log; says whether it could be read to its end.
  private mutating func rebuild(into rebuilt: DatabaseQueue) throws -> Bool {
    let source = db
    var problem: String?
    try rebuilt.write { target in
      var recorder = try ActRecorder(target, actor: "verify", at: Instant(milliseconds: 0))
      let entries = try Row.fetchCursor(source, sql: "SELECT sequence, json FROM acts ORDER BY sequence")
      while let row = try entries.next() {
        let sequence = row["sequence"] as Int64
        let json = Array((row["json"] as String).utf8)
        do {
          let entry = try LogEntry(json: json)
          guard entry.occasion.sequence == sequence else {
            problem = "the log: act \(sequence) says that it is act \(entry.occasion.sequence)"
            return
          }
          try recorder.replay(entry, json: json)
        } catch {
          problem = "the log: act \(sequence) cannot be applied (\(error))"
          return
        }
      }
    }
    if let problem { findings.append(problem) }
    return problem == nil
  }

  // MARK: Tables

  private mutating func compareTables(with rebuilt: DatabaseQueue) throws {
    let tables = try rebuilt.read { try String.fetchAll($0, sql: Self.tables) }
    for table in tables {
      let source = db
      let differences = try rebuilt.read { try Self.differences(of: table, in: source, from: $0) }
      findings += differences
    }
  }

  /// The tables that follow from the log. What is personal is not in it, nor is access to the
  /// service; the counts follow from the outbox, the search from the clauses.
  private static let tables = """
    SELECT name FROM sqlite_schema
    WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT IN (
        'grdb_migrations', 'people', 'returned_bytes', 'letters', 'attempt_replies', 'outbox_counts')
      AND name NOT IN ('tokens', 'service_keys', 'repeatable_answers', 'drafts', 'ended_sessions')
      AND name NOT LIKE 'search%' AND name NOT LIKE 'webhook%'
    ORDER BY name
    """

  private static func differences(of table: String, in found: Database, from expected: Database) throws -> [String] {
    let sql = "SELECT * FROM (\(try rows(of: table, in: expected)))"
    let (left, right) = (try Row.fetchCursor(found, sql: sql), try Row.fetchCursor(expected, sql: sql))
    var (lines, count) = ([String](), 0)
    var (a, b) = (try left.next(), try right.next())
    while a != nil || b != nil {
      if !agree(a, b, in: table) {
        count += 1
        if count <= shownRows {
          lines.append("table \(table): \(words(found: a, expected: b))")
        }
        // Past a row that is missing or too many the rest would differ, too, and say nothing more.
        if a == nil || b == nil || a?["rowkey"] as String? != b?["rowkey"] as String? { break }
      }
      (a, b) = (try left.next(), try right.next())
    }
    if count > shownRows { lines.append("table \(table): \(count - shownRows) more rows differ") }
    return lines
  }

  /// The rows of a table in the order of its key, the key in words before them.
  private static func rows(of table: String, in db: Database) throws -> String {
    let keys = try db.primaryKey(table).columns
    let key = keys.map { "\"\($0)\"" }.joined(separator: " || '/' || ")
    let order = keys.map { "\"\($0)\"" }.joined(separator: ", ")
    return "SELECT \(key) AS rowkey, * FROM \"\(table)\" ORDER BY \(order)"
  }

  /// Whether the two are one row; a notice that a run has claimed and not finished is still queued by the log.
  private static func agree(_ found: Row?, _ expected: Row?, in table: String) -> Bool {
    guard found != expected else { return true }
    guard table == "outbox", let found, let expected,
      found["state"] == "transmitting", expected["state"] == "queued",
      found["due_at"] as Int64? == nil, found["claimed_at"] as Int64? != nil
    else { return false }
    return expected.columnNames.allSatisfy { column in
      ["state", "claimed_at", "due_at"].contains(column)
        || found[column] as DatabaseValue == expected[column] as DatabaseValue
    }
  }

  private static func words(found: Row?, expected: Row?) -> String {
    switch (found, expected) {
    case (let found?, let expected?) where found["rowkey"] as String? == expected["rowkey"] as String?:
      let columns = expected.columnNames.filter { found[$0] as DatabaseValue != expected[$0] as DatabaseValue }
      return "row \(found["rowkey"] as String? ?? ""): \(columns.joined(separator: ", ")) is not what the log says"
    case (_, let expected?):
      return "row \(expected["rowkey"] as String? ?? "") of the log is missing"
    case (let found?, nil):
      return "row \(found["rowkey"] as String? ?? "") is not in the log"
    case (nil, nil):
      return ""
    }
  }

  /// The counts of the outbox against the outbox: claims are no acts, so the log cannot know them.
  private mutating func checkCounts() throws {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        WITH
          states (state) AS (
            VALUES ('queued'), ('transmitting'), ('accepted'), ('refused'), ('unknown'), ('cancelled')),
          kinds (superseding) AS (VALUES (0), (1)),
          found (version_id, superseding, state, notices) AS (
            SELECT version_id, superseding, state, count(*) FROM outbox GROUP BY version_id, superseding, state),
          expected (version_id, superseding, state, notices) AS (
            SELECT versions.id, kinds.superseding, states.state, coalesce(notices, 0)
            FROM versions CROSS JOIN kinds CROSS JOIN states LEFT JOIN found
              ON version_id = versions.id AND found.superseding = kinds.superseding AND found.state = states.state)
        SELECT version_id, state FROM (
          SELECT * FROM expected EXCEPT SELECT * FROM outbox_counts
          UNION
          SELECT * FROM (SELECT * FROM outbox_counts EXCEPT SELECT * FROM expected))
        GROUP BY version_id, state ORDER BY version_id, state
        """)
    while let row = try rows.next() {
      findings.append(
        "table outbox_counts: version \(row["version_id"] as Int64): "
          + "the number of '\(row["state"] as String)' notices is not that of the outbox")
    }
  }

  // MARK: Personal data

  /// Names and addresses against the commitments in the log: there for everybody whom nothing erased, and for nobody else.
  private mutating func checkPeople() throws {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT developer, fact, commitment, people.developer_id IS NOT NULL AS present, name, email, salt
        FROM developers
        JOIN developer_facts ON developer_facts.developer_id = developers.id AND sequence = (
          SELECT max(sequence) FROM developer_facts
          WHERE developer_id = developers.id AND fact IN ('added', 'address', 'erased'))
        LEFT JOIN people ON people.developer_id = developers.id
        ORDER BY developers.id
        """)
    while let row = try rows.next() {
      let developer = "developer '\(row["developer"] as String)'"
      switch (row["present"] as Bool, erased: row["fact"] == "erased") {
      case (false, erased: true): continue
      case (false, erased: false):
        findings.append("\(developer): name and address are gone, and nothing in the log erased them")
      case (true, erased: true):
        findings.append("\(developer): name and address are here, though the log erased them")
      case (true, erased: false):
        let person = Person(
          name: row["name"], email: (row["email"] as String?).flatMap(EmailAddress.init(rawValue:)), salt: row["salt"])
        // An address that is none would be read as no address at all.
        guard let bound = row["commitment"] as Data?, SHA256Hex.text(of: bound) == person.commitment,
          person.email?.rawValue == row["email"] as String?
        else {
          findings.append("\(developer): name and address are not those that the log is bound to")
          continue
        }
      }
    }
  }
}
