package import TermsModel
package import Transparency

/// Whoever keeps the log: signs its states, and takes care of the key that does.
///
/// The key itself comes in as an argument and is never stored: it lives apart from the record, so that who can alter the
/// one cannot sign with the other.
package struct LogKeeper: Sendable {
  package let log: any LogRecord
  package let now: @Sendable () -> Instant
  /// Who acts, as it will stand in the log.
  package let actor: String

  package init(log: any LogRecord, now: @escaping @Sendable () -> Instant, actor: String) {
    self.log = log
    self.now = now
    self.actor = actor
  }

  /// The keys of the log, in the order in which they signed.
  package func keys() async throws -> [LogKey] { try await log.logKeys() }

  /// Signs the log with that key from now on, the first one that it has.
  /// - Throws: ``LogRefusal/hasKey(_:)``.
  @discardableResult
  package func adopt(_ key: NoteVerifyingKey) async throws -> Occasion {
    try await log.record(by: actor, at: now()) { state in
      if let key = state.keys.last { throw LogRefusal.hasKey(key.key) }
      return [.keyAdopted(key)]
    }[0]
  }

  /// Signs the log as it stands, after checking that it continues the state that was signed last.
  ///
  /// Where nothing was recorded since, the last checkpoint is given again.
  /// - Returns: the checkpoint, and whether it is new.
  /// - Throws: ``LogRefusal``, or ``LogDamage`` where the log does not continue the state that was signed last.
  package func checkpoint(by key: NoteSigningKey) async throws -> (checkpoint: StoredCheckpoint, isNew: Bool) {
    let made = try await log.record(by: actor, at: now()) { state in
      try Self.signed(state, by: key).map { [$0] } ?? []
    }
    guard let checkpoint = try await log.lastCheckpoint() else { throw LogRefusal.noCheckpoint }
    return (checkpoint, !made.isEmpty)
  }

  /// Hands the log over to a new key: what stands is signed by the old one, what comes is the new one's to sign.
  ///
  /// - Throws: ``LogRefusal`` or ``LogDamage``; nothing is on record then.
  @discardableResult
  package func rotate(from old: NoteSigningKey, to new: NoteSigningKey) async throws -> Occasion {
    let made = try await log.record(by: actor, at: now()) { state in
      let checkpoint = try Self.signed(state, by: old)
      let size = state.size + (checkpoint == nil ? 0 : 1)
      guard new.verifyingKey != old.verifyingKey, new.verifyingKey.name == old.verifyingKey.name else {
        throw LogRefusal.otherLog(new.verifyingKey, log: old.verifyingKey.name)
      }
      let handover = KeyHandover(from: old.verifyingKey, to: new.verifyingKey, size: size)
      let note = try handover.signed(by: old, and: new)
      return [checkpoint, .keyRotated(to: new.verifyingKey, handover: note)].compactMap(\.self)
    }
    return made[made.count - 1]
  }

  /// What a checkpoint that somebody kept says of the log as it stands.
  package enum Comparison: Hashable, Sendable {
    case agrees
    /// The log's own key signed something else: a record that was put back to an older state has fewer acts, or other ones.
    case contradicts(String)
    /// It says nothing of this log, as no key of it signed that state; why, in words.
    case provesNothing(String)
  }

  /// How the log contradicts a checkpoint of it that somebody kept; `nil` where it does not.
  package func contradiction(to note: SignedNote, held: NoteVerifyingKey? = nil) async throws -> String? {
    switch try await comparison(with: note, held: held) {
    case .agrees: nil
    case .contradicts(let words), .provesNothing(let words): words
    }
  }

  /// Compares the log with a checkpoint of it that somebody kept.
  ///
  /// A key that has handed over to the next one vouches for nothing after that: whoever got hold of it could have signed.
  /// - Parameter held: the log's key by its own file, which a record that was put back may not know.
  package func comparison(with note: SignedNote, held: NoteVerifyingKey? = nil) async throws -> Comparison {
    let keys = try await log.logKeys()
    if let held, !keys.map(\.key).contains(held), (try? note.verified(by: [held])) != nil {
      return .contradicts("it is signed with \(held.encoded), which the log does not know of: acts were taken back")
    }
    guard let name = keys.last?.key.name else {
      return .provesNothing("the log has no key, and so never signed anything")
    }
    let checkpoint: Checkpoint
    do throws(CheckpointError) {
      checkpoint = try Checkpoint(opening: note, of: name, keys: keys.map(\.key))
    } catch {
      return .provesNothing("\(error)")
    }
    // What the record itself holds by now of keys was altered where the state is a longer one: any key of it counts then.
    if let current = keys.last(where: { $0.sequence <= checkpoint.size }), try await log.logSize() >= checkpoint.size {
      guard (try? note.verified(by: [current.key])) != nil else {
        return .provesNothing(
          "it is of \(checkpoint.size) acts, and signed with a key that was not the log's by then: at that size it was "
            + current.key.encoded)
      }
    }
    if let difference = try await difference(from: checkpoint) { return .contradicts(difference) }
    return .agrees
  }

  private func difference(from checkpoint: Checkpoint) async throws -> String? {
    guard let root = try await log.logRoot(size: checkpoint.size) else {
      return "it is of \(checkpoint.size) acts, and the log has \(try await log.logSize()): acts were taken back"
    }
    guard root == checkpoint.root else { return "the first \(checkpoint.size) acts are not those that were signed" }
    return nil
  }

  /// The act that records the signed state; `nil` where the last one says it all.
  private static func signed(_ state: LogState, by key: NoteSigningKey) throws -> LogAct? {
    guard let current = state.keys.last?.key else { throw LogRefusal.noKey }
    guard current == key.verifyingKey else { throw LogRefusal.otherKey(key.verifyingKey, log: current) }
    guard state.hasNews || state.lastCheckpoint == nil else { return nil }
    let checkpoint = try Checkpoint(origin: current.name, size: state.size, root: state.root)
    if let last = state.lastCheckpoint {
      do throws(CheckpointError) {
        let signers = state.keys.filter { $0.sequence < last.sequence }.map(\.key)
        let before = try Checkpoint(opening: last.note, of: current.name, keys: signers)
        try before.checkGrowth(to: checkpoint, proof: state.growth)
      } catch {
        throw LogDamage.doesNotContinue(last: last.size, cause: error)
      }
    }
    return .checkpointSigned(size: state.size, note: try checkpoint.signed(by: key))
  }
}

/// Why something about the log is declined.
package enum LogRefusal: Refusal, Hashable {
  case noKey
  case hasKey(NoteVerifyingKey)
  case otherKey(NoteVerifyingKey, log: NoteVerifyingKey)
  case otherLog(NoteVerifyingKey, log: String)
  case noCheckpoint
  /// No act of that number is under a checkpoint yet, or there is none.
  case notUnderCheckpoint(act: Int64, size: Int)
  case noSuchSize(Int, size: Int)
}

extension LogRefusal {
  package var description: String {
    switch self {
    case .noKey: "the record has no key to sign its log with; make one with 'tenor keys create'"
    case .hasKey(let key): "the log has a key already, \(key.encoded); change it with 'tenor keys rotate'"
    case .otherKey(let key, let log):
      "the key in the file is \(key.encoded), but the log is signed with \(log.encoded); name that one's file with "
        + "--key-file or TENOR_KEY_FILE"
    case .otherLog(let key, let log):
      "the key \(key.encoded) cannot follow in the log '\(log)'; make another one for it"
    case .noCheckpoint: "no state of the log was signed yet; sign one with 'tenor checkpoint'"
    case .notUnderCheckpoint(let act, let size):
      "act \(act) is not among the \(size) under the last checkpoint; sign a new one with 'tenor checkpoint'"
    case .noSuchSize(let asked, let size): "the log has \(size) acts, so there is no state of \(asked); ask for fewer"
    }
  }
}

/// The log contradicts a state of it that was signed.
package enum LogDamage: Error, Hashable {
  case doesNotContinue(last: Int, cause: CheckpointError)
  case notIncluded(act: Int64, cause: LogProofError)
}

extension LogDamage: CustomStringConvertible {
  package var description: String {
    switch self {
    case .doesNotContinue(let last, let cause):
      "the log does not continue the \(last) acts that were signed last (\(cause)); nothing was signed; run 'tenor verify'"
    case .notIncluded(let act, let cause):
      "act \(act) is not the one that was signed (\(cause)); run 'tenor verify'"
    }
  }
}
