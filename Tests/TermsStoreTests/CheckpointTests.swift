import GRDB
import TermsModel
import TermsOperations
import Testing
import Transparency

@testable import TermsStore

/// The log is signed as it stands, and what was signed binds whoever keeps it.
@Suite struct CheckpointTests {
  private static func record() async throws -> (TermsStore, LogKeeper) {
    let store = try TermsStore.inMemory()
    let keeper = Sample.keeper(of: store)
    try await keeper.adopt(Sample.key(1).verifyingKey)
    try await Sample.store(store, developers: [1])
    return (store, keeper)
  }

  @Test func `a checkpoint is of all that was recorded before it`() async throws {
    let (store, keeper) = try await Self.record()
    let made = try await keeper.checkpoint(by: Sample.key(1))
    #expect(made.isNew)
    #expect(made.checkpoint.size == 5)
    #expect(made.checkpoint.sequence == 6)
    #expect(try await store.logRoot(size: 5) == made.checkpoint.root)
    let opened = try Checkpoint(
      opening: made.checkpoint.note, of: "terms.example/log", keys: [Sample.key(1).verifyingKey])
    #expect(opened.size == 5)
    #expect(opened.root == made.checkpoint.root)
    #expect(try await store.firstCheckpoint(covering: 5) == made.checkpoint)
    #expect(try await store.firstCheckpoint(covering: 6) == nil, "the act that records it is not under it")
    #expect(try await store.checkpoint(size: 5) == made.checkpoint)
    #expect(try await store.checkpoint(size: 4) == nil)
    #expect(try store.verify() == [])
  }

  @Test func `where nothing happened since, the last one is given again`() async throws {
    let (store, keeper) = try await Self.record()
    let first = try await keeper.checkpoint(by: Sample.key(1)).checkpoint
    let stamp = Sample.timestamp(of: first.note)
    try await keeper.recordTimestamp(stamp, of: first, from: "tsa")
    try await keeper.recordTimestamp(stamp, of: first, from: "tsa")
    let again = try await keeper.checkpoint(by: Sample.key(1))
    #expect(!again.isNew)
    #expect(again.checkpoint == first)
    #expect(try await store.witnesses(of: first.size) == [.timestamp(source: "tsa", reply: stamp)])
    _ = try await store.record([Sample.registration(9)], by: "maria", at: Sample.start)
    let next = try await keeper.checkpoint(by: Sample.key(1))
    #expect(next.isNew)
    #expect(next.checkpoint.size == 8)
    #expect(try store.verify() == [])
  }

  @Test func `one key hands over to the next, and what each signed holds`() async throws {
    let (store, keeper) = try await Self.record()
    try await keeper.rotate(from: Sample.key(1), to: Sample.key(2))
    await #expect(throws: LogRefusal.otherKey(try Sample.key(1).verifyingKey, log: try Sample.key(2).verifyingKey)) {
      try await keeper.checkpoint(by: Sample.key(1))
    }
    _ = try await keeper.checkpoint(by: Sample.key(2))
    try await keeper.rotate(from: Sample.key(2), to: Sample.key(3))
    #expect(try await keeper.keys().map(\.key) == [1, 2, 3].map { try Sample.key($0).verifyingKey })
    #expect(try store.verify() == [])
  }

  @Test func `what cannot be signed is refused, and nothing is recorded`() async throws {
    let store = try TermsStore.inMemory()
    let keeper = Sample.keeper(of: store)
    let (one, two) = (try Sample.key(1), try Sample.key(2))
    await #expect(throws: LogRefusal.noKey) { try await keeper.checkpoint(by: one) }
    await #expect(throws: LogRefusal.noKey) { try await keeper.rotate(from: one, to: two) }
    try await keeper.adopt(one.verifyingKey)
    await #expect(throws: LogRefusal.hasKey(one.verifyingKey)) { try await keeper.adopt(two.verifyingKey) }
    await #expect(throws: LogRefusal.otherLog(one.verifyingKey, log: "terms.example/log")) {
      try await keeper.rotate(from: one, to: one)
    }
    let foreign = try Sample.key(2, name: "other.example/log")
    await #expect(throws: LogRefusal.otherLog(foreign.verifyingKey, log: "terms.example/log")) {
      try await keeper.rotate(from: one, to: foreign)
    }
    #expect(try await store.logSize() == 1)
  }

  @Test(arguments: [
    (
      LogRefusal.noKey, "the record has no key to sign its log with; make one with 'tenor keys create'"
    ),
    (.noCheckpoint, "no state of the log was signed yet; sign one with 'tenor checkpoint'"),
    (
      .notUnderCheckpoint(act: 7, size: 5),
      "act 7 is not among the 5 under the last checkpoint; sign a new one with 'tenor checkpoint'"
    ),
    (.noSuchSize(9, size: 5), "the log has 5 acts, so there is no state of 9; ask for fewer"),
  ])
  func `refusals say what to do`(_ refusal: LogRefusal, _ words: String) {
    #expect(refusal.description == words)
  }

  @Test func `refusals name the keys`() throws {
    let (one, two) = (try Sample.key(1).verifyingKey, try Sample.key(2).verifyingKey)
    #expect(
      LogRefusal.hasKey(one).description
        == "the log has a key already, \(one.encoded); change it with 'tenor keys rotate'")
    #expect(
      LogRefusal.otherKey(one, log: two).description
        == "the key in the file is \(one.encoded), but the log is signed with \(two.encoded); name that one's file with "
        + "--key-file or TENOR_KEY_FILE")
    #expect(
      LogRefusal.otherLog(one, log: "x").description
        == "the key \(one.encoded) cannot follow in the log 'x'; make another one for it")
  }

  @Test func `what witnesses say is verified, recorded once, and checked again`() async throws {
    let (store, keeper) = try await Self.record()
    let checkpoint = try await keeper.checkpoint(by: Sample.key(1)).checkpoint
    let (key, note) = try Sample.cosigned(checkpoint.note)
    for _ in 0..<2 {
      let seen = try await keeper.recordCosignature(note, by: key)
      #expect(seen.size == checkpoint.size)
      #expect(seen.at == Instant(milliseconds: 1_765_000_000_000))
    }
    let witnesses = try await store.witnesses(of: checkpoint.size)
    #expect(witnesses.count == 1)
    guard case .cosignature(key.encoded, let own) = witnesses[0] else { return #expect(Bool(false)) }
    #expect(own.signatures.count == 1, "the witness's alone")
    #expect(checkpoint.note.adding(own) == note)
    #expect(try store.verify() == [])

    let other = try Sample.cosigned(checkpoint.note, seed: 8).key
    await #expect(
      throws: WitnessRefusal.badCosignature(witness: "witness.example/w", cause: .noKnownSignature)
    ) { try await keeper.recordCosignature(note, by: other) }
    let foreign = try Sample.cosigned(try Sample.key(1).sign("terms.example/log\n5\n\(MerkleHash.ofEmptyLog.base64)\n"))
    await #expect(throws: WitnessRefusal.otherCheckpoint) {
      try await keeper.recordCosignature(foreign.note, by: foreign.key)
    }
    await #expect(throws: WitnessRefusal.otherTimestamp(size: 5)) {
      try await keeper.recordTimestamp([1, 2, 3], of: checkpoint, from: "tsa")
    }
    _ = try await store.record(by: "mallory", at: Sample.start) { _ in
      [
        .checkpointWitnessed(size: 5, .cosignature(key: other.encoded, note: own)),
        .checkpointWitnessed(size: 5, .timestamp(source: "tsa", reply: [1])),
      ]
    }
    #expect(
      try store.verify() == [
        "act 8: the checkpoint of 5 acts was not witnessed: \(NoteError.noKnownSignature)",
        "act 9: the checkpoint of 5 acts was not witnessed: the time stamp is about something else",
      ])
  }

  @Test(arguments: [
    (
      WitnessRefusal.otherCheckpoint,
      "the note is no checkpoint that this record signed; have the witness sign one that it did"
    ),
    (
      .badCosignature(witness: "w", cause: .noKnownSignature),
      "'w' has not cosigned the checkpoint: \(NoteError.noKnownSignature)"
    ),
    (
      .otherTimestamp(size: 5),
      "the time stamp is not about the checkpoint of 5 acts; stamp the file that 'tenor checkpoint' keeps, byte for byte"
    ),
    (
      .badTimestamp(authority: "ca.pem", cause: "c"),
      "the time stamp does not hold by the certificates in 'ca.pem': c; nothing of it was recorded; name the authority's own "
        + "certificates, or get another stamp"
    ),
    (
      .noWitness(act: 7),
      "act 7 recorded no witness's word, or it was dropped before; 'tenor checkpoint --json' shows which acts did"
    ),
  ])
  func `refusals of witnesses say what to do`(_ refusal: WitnessRefusal, _ words: String) {
    #expect(refusal.description == words)
  }

  /// Has `edit` done behind the triggers' back, for good.
  private static func tamper(_ store: TermsStore, _ edit: String) async throws {
    try await store.database.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON")
      let triggers = try Row.fetchAll(db, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
      for trigger in triggers { try db.execute(sql: "DROP TRIGGER \(trigger["name"] as String)") }
      try db.execute(sql: edit)
      for trigger in triggers { try db.execute(sql: trigger["sql"]) }
    }
  }

  @Test func `a log that does not continue what was signed is not signed again`() async throws {
    let (store, keeper) = try await Self.record()
    _ = try await keeper.checkpoint(by: Sample.key(1))
    _ = try await store.record([Sample.registration(9)], by: "maria", at: Sample.start)
    try await Self.tamper(store, "UPDATE subtrees SET hash = zeroblob(32) WHERE number = 3")
    await #expect(throws: LogDamage.doesNotContinue(last: 5, cause: .inconsistent(from: 5, to: 7))) {
      try await keeper.checkpoint(by: Sample.key(1))
    }
    #expect(
      "\(LogDamage.doesNotContinue(last: 5, cause: .forked(size: 5)))"
        == "the log does not continue the 5 acts that were signed last (\(CheckpointError.forked(size: 5))); "
        + "nothing was signed; run 'tenor verify'")
  }

  @Test func `a record rewritten from the log on is found out by its checkpoints`() async throws {
    let (_, keeper) = try await Self.record()
    let kept = try await keeper.checkpoint(by: Sample.key(1)).checkpoint.note
    #expect(try await keeper.contradiction(to: kept) == nil)

    // Somebody who can write anything but has no key: another log, sound in itself, with the old signatures.
    let forged = try TermsStore.inMemory()
    let other = Sample.keeper(of: forged)
    try await other.adopt(Sample.key(1).verifyingKey)
    try await Sample.store(forged, developers: [2])
    #expect(try forged.verify() == [])
    #expect(
      try await other.contradiction(to: kept) == "the first 5 acts are not those that were signed")
    _ = try await forged.record(by: "maria", at: Sample.start) { _ in [.checkpointSigned(size: 5, note: kept)] }
    #expect(
      try forged.verify()
        == ["act 6: the checkpoint of 5 acts is not of this log: acts under it were altered since"])

    // One that was put back to an earlier state.
    let older = try TermsStore.inMemory()
    try await Sample.keeper(of: older).adopt(Sample.key(1).verifyingKey)
    #expect(
      try await Sample.keeper(of: older).contradiction(to: kept)
        == "it is of 5 acts, and the log has 1: acts were taken back")
    #expect(
      try await Sample.keeper(of: try TermsStore.inMemory()).contradiction(to: kept)
        == "the log has no key, and so never signed anything")
    let foreign = try Sample.key(9).sign("terms.example/log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")
    #expect(try await keeper.contradiction(to: foreign) == "\(NoteError.noKnownSignature)")
  }

  @Test func `a key vouches for the states of its own time, and for no others`() async throws {
    let (_, keeper) = try await Self.record()
    let before = try await keeper.checkpoint(by: Sample.key(1)).checkpoint
    try await keeper.rotate(from: Sample.key(1), to: Sample.key(2))
    let after = try await keeper.checkpoint(by: Sample.key(2)).checkpoint
    #expect(try await keeper.comparison(with: before.note) == .agrees)
    #expect(try await keeper.comparison(with: after.note) == .agrees)
    // Somebody got hold of the old key, and signs what never was.
    let forged = try Checkpoint(origin: "terms.example/log", size: after.size, root: .ofEmptyLog).signed(
      by: Sample.key(1))
    #expect(
      try await keeper.comparison(with: forged)
        == .provesNothing(
          "it is of \(after.size) acts, and signed with a key that was not the log's by then: at that size it was "
            + (try Sample.key(2).verifyingKey.encoded)))
    let real = try Checkpoint(origin: "terms.example/log", size: after.size, root: .ofEmptyLog).signed(
      by: Sample.key(2))
    #expect(
      try await keeper.comparison(with: real)
        == .contradicts("the first \(after.size) acts are not those that were signed"))
    // A record put back to before the rotation does not know the key; whoever has the key does.
    let (_, older) = try await Self.record()
    #expect(try await older.comparison(with: after.note) == .provesNothing("\(NoteError.noKnownSignature)"))
    #expect(
      try await older.comparison(with: after.note, held: try Sample.key(2).verifyingKey)
        == .contradicts(
          "it is signed with \(try Sample.key(2).verifyingKey.encoded), which the log does not know of: acts were taken back"
        ))
  }

  @Test func `what a witness said is dropped by a further act, and counts no more`() async throws {
    let (store, keeper) = try await Self.record()
    let checkpoint = try await keeper.checkpoint(by: Sample.key(1)).checkpoint
    try await keeper.recordTimestamp(Sample.timestamp(of: checkpoint.note), of: checkpoint, from: "tsa")
    let act = Int64(try await store.logSize())
    #expect(try await store.witnessed(upTo: checkpoint.size).map(\.act) == [act])
    #expect(try await store.witnessed(upTo: checkpoint.size - 1) == [])
    try await keeper.drop(witnessOf: act, reason: "its authority never made it")
    #expect(try await store.witnesses(of: checkpoint.size) == [])
    #expect(try await store.witnessed(upTo: checkpoint.size) == [])
    #expect(try store.verify() == [])
    #expect(try await !keeper.checkpoint(by: Sample.key(1)).isNew, "nothing happened that is to be signed")
    for number in [act, 1, 999] {
      await #expect(throws: WitnessRefusal.noWitness(act: number)) {
        try await keeper.drop(witnessOf: number, reason: "x")
      }
    }
    // It can be taken in anew.
    try await keeper.recordTimestamp(Sample.timestamp(of: checkpoint.note), of: checkpoint, from: "tsa")
    #expect(try await store.witnessed(upTo: checkpoint.size).count == 1)
    #expect(try store.verify() == [])
  }

  @Test func `keys and signatures that do not fit together are found`() async throws {
    for (acts, words) in [
      ([.keyRotated(to: 2, by: 3)], "was handed over to by another note than the log's"),
      ([.keyAdopted(2)], "stands in the log without a word of the key before it"),
      ([.checkpoint(2)], "does not hold: none of the known keys has signed the note"),
    ] as [([Forgery], String)] {
      let (store, _) = try await Self.record()
      _ = try await store.record(by: "mallory", at: Sample.start) { state in
        try acts.map { try $0.act(in: state) }
      }
      let findings = try store.verify()
      #expect(findings.count == 1)
      #expect(findings.first?.contains(words) == true, "\(findings)")
    }
    let store = try TermsStore.inMemory()
    _ = try await store.record(by: "mallory", at: Sample.start) { state in [try Forgery.checkpoint(1).act(in: state)] }
    #expect(try store.verify() == ["act 1: the checkpoint of 0 acts was signed before the log had a key"])
    let orphan = try TermsStore.inMemory()
    _ = try await orphan.record(by: "mallory", at: Sample.start) { state in
      [try Forgery.keyRotated(to: 2, by: 1).act(in: state)]
    }
    #expect(try orphan.verify().first?.hasSuffix("was handed over to by a key that the log never had") == true)
  }

  /// Acts that nobody with the log's key would record.
  private enum Forgery {
    case keyRotated(to: UInt8, by: UInt8)
    case keyAdopted(UInt8)
    case checkpoint(UInt8)

    func act(in state: LogState) throws -> LogAct {
      switch self {
      case .keyRotated(let new, let old):
        let (old, new) = (try Sample.key(old), try Sample.key(new))
        let handover = KeyHandover(from: old.verifyingKey, to: new.verifyingKey, size: state.size)
        return .keyRotated(to: new.verifyingKey, handover: try handover.signed(by: old, and: new))
      case .keyAdopted(let key): return .keyAdopted(try Sample.key(key).verifyingKey)
      case .checkpoint(let key):
        let checkpoint = try Checkpoint(origin: "terms.example/log", size: state.size, root: state.root)
        return .checkpointSigned(size: state.size, note: try checkpoint.signed(by: try Sample.key(key)))
      }
    }
  }
}
