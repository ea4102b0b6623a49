internal import GRDB
internal import TermsModel
internal import TermsOperations
internal import Transparency

/// Appends acts to the log and brings the tables up to date, inside one transaction of the caller's.
struct ActRecorder {
  private let db: Database
  private let actor: String
  /// The moment under which the acts go on record.
  let recordedAt: Instant
  private(set) var frontier: MerkleFrontier
  private var projection: Projection

  /// How far the clock may have gone back before recording is refused. Clocks are set back by moments, now and then;
  /// by more only where something is wrong with them.
  private static let clockTolerance: Int64 = 10 * 60 * 1000

  /// - Parameter edge: the log's right edge, where it is known; of a log of another length it is read.
  /// - Throws: ``StoreError/clockBehind(recorded:now:)``.
  init(_ db: Database, actor: String, at now: Instant, edge: MerkleFrontier? = nil) throws {
    self.db = db
    self.actor = actor
    let last = try Row.fetchOne(
      db.cachedStatement(sql: "SELECT sequence, recorded_at FROM acts ORDER BY sequence DESC LIMIT 1"))
    let lastRecorded = last.map { Instant(milliseconds: $0[1]) } ?? now
    guard now.milliseconds >= lastRecorded.milliseconds - Self.clockTolerance else {
      throw StoreError.clockBehind(recorded: lastRecorded, now: now)
    }
    // What was known at a moment must never change afterwards, so recorded times never go back.
    recordedAt = max(now, lastRecorded)
    let size: Int = last?[0] ?? 0
    frontier = try edge.flatMap { $0.size == size ? $0 : nil } ?? LogTree(db).frontier(size: size)
    projection = Projection(db)
  }

  /// Puts one act on record.
  /// - Throws: `RecordConflict`; the transaction must be rolled back then.
  mutating func append(_ act: Act, happenedAt: Instant, person: Person? = nil) throws -> Occasion {
    let occasion = Occasion(happenedAt: happenedAt, recordedAt: recordedAt, sequence: Int64(frontier.size) + 1)
    let json = try LogEntry.json(of: act, on: occasion, by: actor)
    try append(json: json, of: act, on: occasion, by: actor)
    try projection.apply(act, on: occasion)
    try keep(person, of: act)
    return occasion
  }

  /// Has the numbers of a notice at hand that are written next to those of its acts.
  mutating func know(_ notice: OutboxNotice, developer: Int64, document: Int64, version: Int64) {
    projection.know(notice, developer: developer, document: document, version: version)
  }

  /// Puts an entry of a log on record again, as it was, for the tables to be made anew. Nothing personal comes with it.
  mutating func replay(_ entry: LogEntry, json: [UInt8]) throws {
    try append(json: json, of: entry.act, on: entry.occasion, by: entry.actor)
    try projection.apply(entry.act, on: entry.occasion)
  }

  /// Appends an entry whose bytes are given: its row, and the hashes of the subtrees that it completes.
  private mutating func append(json: [UInt8], of act: Act, on occasion: Occasion, by actor: String) throws {
    let leaf = MerkleHash.leaf(json)
    try db.run(
      """
      INSERT INTO acts (sequence, recorded_at, happened_at, actor, act, subject, json, leaf_hash)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        occasion.sequence, occasion.recordedAt.milliseconds, occasion.happenedAt.milliseconds, actor, act.name,
        act.subject, String(decoding: json, as: UTF8.self), leaf.data,
      ])
    for (subtree, hash) in frontier.append(leaf) {
      try db.run("INSERT INTO subtrees (number, hash) VALUES (?, ?)", [subtree.storageIndex + 1, hash.data])
    }
  }

  /// Stores the personal data apart from the act that commits to them, or removes those that it erased.
  private func keep(_ person: Person?, of act: Act) throws {
    let (id, hasAddress, commitment): (DeveloperID, Bool, String)
    switch act {
    case .developerAdded(let registration):
      (id, hasAddress, commitment) = (registration.id, registration.hasAddress, registration.commitment)
    case .addressChanged(let developer, let given, let bound):
      (id, hasAddress, commitment) = (developer, given, bound)
    case .developerErased(let developer, _):
      try db.run(
        "DELETE FROM people WHERE developer_id = (SELECT id FROM developers WHERE developer = ?)",
        [developer.rawValue])
      try db.run(
        "DELETE FROM returned_bytes WHERE developer_id = (SELECT id FROM developers WHERE developer = ?)",
        [developer.rawValue])
      try db.run(
        "DELETE FROM letters WHERE developer_id = (SELECT id FROM developers WHERE developer = ?)",
        [developer.rawValue])
      try db.run(
        "DELETE FROM attempt_replies WHERE developer_id = (SELECT id FROM developers WHERE developer = ?)",
        [developer.rawValue])
      return
    default: return
    }
    guard let person else { throw StoreError.personMissing(id) }
    guard person.commitment == commitment, (person.email != nil) == hasAddress else {
      throw StoreError.personContradictsAct(id)
    }
    try db.run(
      """
      INSERT INTO people (developer_id, name, email, salt)
      VALUES ((SELECT id FROM developers WHERE developer = ?), ?, ?, ?)
      ON CONFLICT DO UPDATE SET name = excluded.name, email = excluded.email, salt = excluded.salt
      """,
      [id.rawValue, person.name, person.email?.rawValue, person.salt])
  }
}

extension Database {
  /// Runs a statement that is prepared once a connection.
  func run(_ sql: String, _ arguments: StatementArguments) throws {
    try cachedStatement(sql: sql).execute(arguments: arguments)
  }

  /// The first column of the first row of a statement that is prepared once a connection.
  func one<Value: DatabaseValueConvertible & StatementColumnConvertible>(
    _ type: Value.Type, _ sql: String, _ arguments: StatementArguments
  ) throws -> Value? {
    try type.fetchOne(cachedStatement(sql: sql), arguments: arguments)
  }
}
