import Foundation
import GRDB
import TermsModel
import TermsOperations
import TermsStore
import Transparency

/// Appends `acts` acts in batches, and then one by one; the rows that came of it go into a plain table, with the same
/// settings of SQLite, in the same batches.
func measureLog(_ store: TermsStore, acts: Int, path: String, plainPath: String) async throws {
  let batch = 5_000
  let developers = 1_000
  try await record(Sample.registrations(0..<developers), in: store)
  let regions = ["US", "CH", "DE", "JP"].compactMap(Region.init(rawValue:))
  func move(_ number: Int) -> RecordedAct {
    RecordedAct(
      .developerMoved(Sample.id(number % developers), to: regions[number % regions.count]), happenedAt: Sample.moment)
  }

  let recorded = try await measure("append acts, \(batch) a commit", count: acts) {
    var (begin, done) = (ContinuousClock.now, 0)
    for start in stride(from: 0, to: acts, by: batch) {
      try await record((start..<min(start + batch, acts)).map(move), in: store)
      guard (start + batch) % max(batch, acts / 10) < batch || start + batch >= acts else { continue }
      let count = min(start + batch, acts) - done
      let each = (ContinuousClock.now - begin) / .microseconds(1) / Double(count)
      report("  up to act \(done + count): \(each.rounded(to: 1)) µs each, file \(fileSize(path)) MB")
      (begin, done) = (ContinuousClock.now, done + count)
    }
  }

  let source = try DatabaseQueue(path: path)
  let plain = try DatabasePool(path: plainPath)
  try await plain.writeWithoutTransaction { db in
    try db.execute(
      sql: """
        PRAGMA synchronous = FULL; PRAGMA cache_size = -32768; PRAGMA journal_size_limit = 67108864;
        CREATE TABLE acts (
          sequence INTEGER PRIMARY KEY, recorded_at INTEGER, happened_at INTEGER, actor TEXT, act TEXT, subject TEXT,
          json TEXT, leaf_hash BLOB);
        CREATE TABLE subtrees (number INTEGER PRIMARY KEY, hash BLOB);
        CREATE TABLE developer_facts (
          developer_id INTEGER, sequence INTEGER, fact TEXT, region TEXT, has_address INTEGER, commitment BLOB,
          reason TEXT,
          PRIMARY KEY (developer_id, sequence)) WITHOUT ROWID;
        """)
  }
  for (table, key) in [("acts", "sequence"), ("subtrees", "number"), ("developer_facts", "sequence")] {
    let plainly = try await insertPlainly(table, by: key, after: developers, from: source, into: plain, batch: batch)
    report("  \(table) took \((plainly / recorded * 100).rounded(to: 0)) % of the time of the acts themselves")
  }

  try await measureEach("append one act a commit", count: 1_000) { number in
    try await record([move(number)], in: store)
  }
  try await measureEach("plain INSERT of one row a commit", count: 1_000) { number in
    try await plain.write { db in
      try db.cachedStatement(
        sql: "INSERT INTO acts SELECT (SELECT max(sequence) + 1 FROM acts), recorded_at, happened_at, actor, act, "
          + "subject, json, leaf_hash FROM acts WHERE sequence = ?"
      ).execute(arguments: [developers + 1 + number])
    }
  }

  let key = try NoteSigningKey(name: "bench.example/log", seed: Array(repeating: 7, count: 32))
  let keeper = LogKeeper(log: store, now: { Sample.moment }, actor: "benchmark")
  try await keeper.adopt(key.verifyingKey)
  try await measureEach("act and checkpoint, a commit each, in a log of \(try await store.logSize())", count: 1_000) {
    number in
    try await record([move(number)], in: store)
    _ = try await keeper.checkpoint(by: key)
  }

  var size = 1_000
  let whole = try await store.logSize()
  var random = SystemRandomNumberGenerator()
  while true {
    let size_ = min(size, whole)
    try await measureEach("inclusion proof in a log of \(size_)", count: 1_000) { _ in
      _ = try await store.inclusionProof(of: Int64.random(in: 1...Int64(size_), using: &random), size: size_)
    }
    try await measureEach("consistency proof to a log of \(size_)", count: 1_000) { _ in
      _ = try await store.consistencyProof(from: Int.random(in: 1...size_, using: &random), to: size_)
    }
    try await measureEach("root of a log of \(size_)", count: 1_000) { _ in _ = try await store.logRoot(size: size_) }
    if size >= whole { break }
    size *= 10
  }
  try source.close()
  try store.close()
  try plain.close()
  report("file: \(fileSize(path)) MB; plain: \(fileSize(plainPath)) MB")
}

/// Copies a table's rows, in batches; only the writing is measured.
private func insertPlainly(
  _ table: String, by key: String, after start: Int, from record: DatabaseQueue, into plain: DatabasePool, batch: Int
) async throws -> Double {
  // Facts are kept by developer: each one's are looked up, so that reading does not go through all of them each time.
  let facts = "developers CROSS JOIN developer_facts ON developer_facts.developer_id = developers.id"
  let source = table == "developer_facts" ? facts : table
  var (last, count, seconds) = (Int64(start), 0, 0.0)
  while true {
    let (from, to) = (last, last + Int64(batch))
    let rows = try await record.read { db in
      try Row.fetchAll(
        db, sql: "SELECT \(table).* FROM \(source) WHERE \(table).\(key) > ? AND \(table).\(key) <= ? ORDER BY \(key)",
        arguments: [from, to]
      ).map { Array($0.databaseValues) }
    }
    guard let columns = rows.first?.count else { break }
    let marks = Array(repeating: "?", count: columns).joined(separator: ", ")
    let begin = ContinuousClock.now
    try await plain.write { db in
      let statement = try db.cachedStatement(sql: "INSERT INTO \(table) VALUES (\(marks))")
      for row in rows { try statement.execute(arguments: StatementArguments(row)) }
    }
    seconds += (ContinuousClock.now - begin) / .seconds(1)
    last = to
    count += rows.count
  }
  let each = seconds / Double(max(count, 1)) * 1e6
  report(
    "plain INSERT into \(table), the same rows, \(batch) a commit: \(count) in \(seconds.rounded(to: 2)) s, "
      + "\(each.rounded(to: 1)) µs each")
  return seconds
}
