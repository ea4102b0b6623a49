/// The state of a log at one size (C2SP, `tlog-checkpoint`): signed, it binds whoever signed to every entry up to it.
package struct Checkpoint: Hashable, Sendable {
  /// Which log it is: a name that is no other log's.
  package let origin: String
  /// How many entries the log has.
  package let size: Int
  /// The root of the tree over these entries.
  package let root: MerkleHash
  /// Further lines, which say nothing to a checker of the log.
  package let extensions: [String]

  /// - Throws: ``CheckpointError/malformed(line:expected:)`` where origin or extensions would not be lines.
  package init(origin: String, size: Int, root: MerkleHash, extensions: [String] = []) throws(CheckpointError) {
    guard Self.isLine(origin) else { throw .malformed(line: 1, expected: "the log's name") }
    guard size >= 0 else { throw .malformed(line: 2, expected: "the number of entries") }
    if let place = extensions.firstIndex(where: { !Self.isLine($0) }) {
      throw .malformed(line: place + 4, expected: "a line that is not empty")
    }
    self.origin = origin
    self.size = size
    self.root = root
    self.extensions = extensions
  }

  /// Reads the text of a note.
  /// - Throws: ``CheckpointError/malformed(line:expected:)``.
  package init(parsing text: String) throws(CheckpointError) {
    var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard lines.popLast()?.isEmpty == true else { throw .malformed(line: lines.count + 1, expected: "a whole line") }
    guard lines.count >= 3 else { throw .malformed(line: lines.count + 1, expected: Self.expected[lines.count]) }
    guard let size = Decimal.value(of: lines[1]) else { throw .malformed(line: 2, expected: Self.expected[1]) }
    guard let bytes = Base64.bytes(of: lines[2]), let root = MerkleHash(bytes: bytes) else {
      throw .malformed(line: 3, expected: Self.expected[2])
    }
    try self.init(
      origin: String(decoding: lines[0], as: UTF8.self), size: size, root: root,
      extensions: lines.dropFirst(3).map { String(decoding: $0, as: UTF8.self) })
  }

  private static let expected = ["the log's name", "the number of entries", "the root in Base64"]

  private static func isLine(_ text: String) -> Bool { !text.isEmpty && text.utf8.allSatisfy { $0 >= 0x20 } }

  /// The text that is signed.
  package var text: String {
    ([origin, "\(size)", Base64.text(of: root.bytes)] + extensions).map { $0 + "\n" }.joined()
  }

  /// The checkpoint in a note that `key` has signed. Its name should be the log's.
  package func signed(by key: NoteSigningKey) throws(NoteError) -> SignedNote {
    try key.sign(text)
  }

  /// The checkpoint in a note, once the note's signatures have been verified.
  /// - Parameter origin: the log that is asked about; a checkpoint of another one is refused.
  /// - Throws: ``CheckpointError``.
  package init(opening note: SignedNote, of origin: String, keys: [NoteVerifyingKey]) throws(CheckpointError) {
    do throws(NoteError) {
      _ = try note.verified(by: keys)
    } catch {
      throw .note(error)
    }
    try self.init(parsing: note.text)
    guard self.origin.utf8.elementsEqual(origin.utf8) else { throw .otherLog(self.origin, expected: origin) }
  }

  /// Checks that the log of `newer` is this one, grown: that nothing that was in it was altered, left out or moved.
  ///
  /// `proof` is that of RFC 6962, section 2.1.2, between the two sizes; it is empty where they are the same, and where
  /// this log was empty.
  /// - Throws: ``CheckpointError/otherLog(_:expected:)``, ``CheckpointError/shrunk(from:to:)``,
  ///   ``CheckpointError/forked(size:)`` or ``CheckpointError/inconsistent(from:to:)``.
  package func checkGrowth(to newer: Checkpoint, proof: [MerkleHash]) throws(CheckpointError) {
    guard newer.origin.utf8.elementsEqual(origin.utf8) else { throw .otherLog(newer.origin, expected: origin) }
    guard newer.size >= size else { throw .shrunk(from: size, to: newer.size) }
    guard newer.size > size || newer.root == root else { throw .forked(size: size) }
    let isConsistent =
      size == 0
      ? root == .ofEmptyLog && proof.isEmpty
      : MerkleTree.verifyConsistency(from: size, root, to: newer.size, newer.root, proof: proof)
    guard isConsistent else { throw .inconsistent(from: size, to: newer.size) }
  }
}

/// Why a checkpoint cannot be read or believed.
package enum CheckpointError: Error, Hashable {
  /// Lines are counted from 1.
  case malformed(line: Int, expected: String)
  case note(NoteError)
  case otherLog(String, expected: String)
  case shrunk(from: Int, to: Int)
  /// Two states of one size.
  case forked(size: Int)
  case inconsistent(from: Int, to: Int)
}

extension CheckpointError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .malformed(let line, let expected):
      "line \(line) of the checkpoint is not \(expected); get it anew, byte for byte"
    case .note(let error): error.description
    case .otherLog(let origin, let expected):
      "the checkpoint is one of the log '\(origin)', not of '\(expected)'; ask the right one"
    case .shrunk(let old, let new):
      "the log had \(old) entries and has \(new) now: entries were taken back; keep both checkpoints as evidence"
    case .forked(let size):
      "the log shows two different states of \(size) entries; keep both checkpoints as evidence"
    case .inconsistent(let old, let new):
      "the log of \(new) entries is not shown to continue that of \(old); ask for the proof again, and keep both "
        + "checkpoints as evidence if it stays so"
    }
  }
}

/// Whole numbers in ASCII without leading zeros, as checkpoints and proofs write them.
enum Decimal {
  static func value(of digits: some Collection<UInt8>) -> Int? {
    guard let first = digits.first, first != UInt8(ascii: "0") || digits.count == 1,
      digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    else { return nil }
    return Int(String(decoding: digits, as: UTF8.self))
  }
}
