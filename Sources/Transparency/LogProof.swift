/// A proof that an entry is in a log, for somebody who has the entry and the log's public key and nothing else (C2SP,
/// `tlog-proof`): the entry's place, the hashes up to the root, and the signed checkpoint that says which root.
package struct LogProof: Hashable, Sendable {
  /// The entry's place in the log, from 0.
  package let index: Int
  /// RFC 6962, section 2.1.1: the siblings on the way from the leaf to the root.
  package let hashes: [MerkleHash]
  /// The checkpoint as it was published, every signature included.
  package let checkpoint: SignedNote
  /// Anything that helps to find or rebuild the entry. Nothing vouches for it.
  package let extra: [UInt8]?

  /// The ending of the names of files that hold a proof.
  package static let fileExtension = "tlog-proof"

  package init(index: Int, hashes: [MerkleHash], checkpoint: SignedNote, extra: [UInt8]? = nil) {
    self.index = index
    self.hashes = hashes
    self.checkpoint = checkpoint
    self.extra = extra
  }

  /// The proof as it is stored and sent.
  package var encoded: String {
    var text = Self.header + "\n"
    if let extra { text += "extra \(Base64.text(of: extra))\n" }
    text += "index \(index)\n"
    for hash in hashes { text += Base64.text(of: hash.bytes) + "\n" }
    return text + "\n" + checkpoint.encoded
  }

  /// Reads a proof; nothing of it is verified.
  package init(parsing bytes: some Collection<UInt8>) throws(LogProofError) {
    let bytes = Array(bytes)
    var rest = bytes[...]
    var number = 0
    /// The next line up to its newline; `nil` at the end.
    func line() -> ArraySlice<UInt8>? {
      number += 1
      guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
      defer { rest = rest[(end + 1)...] }
      return rest[..<end]
    }
    guard let header = line(), header.elementsEqual(Self.header.utf8) else {
      throw .malformed(line: 1, expected: "'\(Self.header)'")
    }
    var current = line()
    if let found = current, found.starts(with: "extra ".utf8) {
      guard let extra = Base64.bytes(of: found.dropFirst(6)) else {
        throw .malformed(line: number, expected: "'extra' and Base64")
      }
      self.extra = extra
      current = line()
    } else {
      extra = nil
    }
    guard let place = current, place.starts(with: "index ".utf8), let index = Decimal.value(of: place.dropFirst(6))
    else {
      throw .malformed(line: number, expected: "'index' and the entry's number")
    }
    self.index = index
    var hashes: [MerkleHash] = []
    while let next = line() {
      if next.isEmpty { break }
      guard let hash = Base64.bytes(of: next).flatMap(MerkleHash.init(bytes:)), hashes.count < Self.hashLimit else {
        throw .malformed(line: number, expected: "a hash in Base64")
      }
      hashes.append(hash)
    }
    self.hashes = hashes
    do throws(NoteError) {
      checkpoint = try SignedNote(parsing: rest)
    } catch {
      throw .checkpoint(.note(error))
    }
  }

  package init(parsing text: String) throws(LogProofError) {
    try self.init(parsing: text.utf8)
  }

  private static let header = "c2sp.org/tlog-proof@v1"
  /// As many levels as a tree of 2⁶³ entries has.
  private static let hashLimit = 63

  /// Checks that the entry with hash `leaf` is in the log, as its signed checkpoint has it.
  /// - Parameters:
  ///   - origin: the log that the entry must be in.
  ///   - keys: the keys of the log, any of which must have signed.
  /// - Returns: the checkpoint.
  /// - Throws: ``LogProofError/checkpoint(_:)`` or ``LogProofError/notIncluded(index:size:)``.
  @discardableResult
  package func verify(_ leaf: MerkleHash, in origin: String, keys: [NoteVerifyingKey]) throws(LogProofError)
    -> Checkpoint
  {
    let opened: Checkpoint
    do throws(CheckpointError) {
      opened = try Checkpoint(opening: checkpoint, of: origin, keys: keys)
    } catch {
      throw .checkpoint(error)
    }
    let isIncluded = MerkleTree.verifyInclusion(
      of: leaf, index: index, size: opened.size, root: opened.root, proof: hashes)
    guard isIncluded else { throw .notIncluded(index: index, size: opened.size) }
    return opened
  }
}

/// Why a proof cannot be read, or proves nothing.
package enum LogProofError: Error, Hashable {
  /// Lines are counted from 1.
  case malformed(line: Int, expected: String)
  case checkpoint(CheckpointError)
  /// The entry is not the one at that place of the log of that size.
  case notIncluded(index: Int, size: Int)
}

extension LogProofError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .malformed(let line, let expected):
      "line \(line) of the proof is not \(expected); get it anew, byte for byte"
    case .checkpoint(let error): error.description
    case .notIncluded(let index, let size):
      "the entry is not shown to be number \(index + 1) of the log's \(size); compare it with what was recorded"
    }
  }
}
