/// The note by which one key of a log hands over to the next: signed by both, so that the old one vouches for the new one,
/// and whoever has the new one shows that they do.
package struct KeyHandover: Hashable, Sendable {
  package let old: NoteVerifyingKey
  package let new: NoteVerifyingKey
  /// How many entries the log had: what comes after them is the new key's to sign.
  package let size: Int

  package init(from old: NoteVerifyingKey, to new: NoteVerifyingKey, size: Int) {
    self.old = old
    self.new = new
    self.size = size
  }

  /// The first line of the note. No log has such a name, so that no handover passes for a checkpoint.
  private static let header = "tenor-key-handover/1"

  /// The text that is signed.
  package var text: String { "\(Self.header)\n\(old.encoded)\n\(new.encoded)\n\(size)\n" }

  /// - Throws: ``KeyHandoverError/otherKeys`` where the keys given are not those of the handover.
  package func signed(by old: NoteSigningKey, and new: NoteSigningKey) throws(KeyHandoverError) -> SignedNote {
    guard old.verifyingKey == self.old, new.verifyingKey == self.new else { throw .otherKeys }
    do throws(NoteError) {
      return try old.sign(text).signed(by: new)
    } catch {
      throw .note(error)
    }
  }

  /// Reads a handover and verifies both signatures.
  ///
  /// Whether the old key was the log's is for the caller to know.
  package init(opening note: SignedNote) throws(KeyHandoverError) {
    var lines = note.text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    guard lines.popLast()?.isEmpty == true, lines.count == 4, lines[0] == Self.header,
      let size = Decimal.value(of: lines[3].utf8)
    else { throw .malformed }
    do throws(NoteError) {
      old = try NoteVerifyingKey(parsing: lines[1])
      new = try NoteVerifyingKey(parsing: lines[2])
      self.size = size
      let signers = try note.verified(by: [old, new])
      guard signers.contains(old), signers.contains(new) else { throw NoteError.noKnownSignature }
    } catch {
      throw .note(error)
    }
    guard old.name.utf8.elementsEqual(new.name.utf8), old != new else { throw .malformed }
  }
}

/// Why a handover from one key to the next cannot be made or believed.
package enum KeyHandoverError: Error, Hashable {
  case malformed
  case otherKeys
  case note(NoteError)
}

extension KeyHandoverError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .malformed: "this is no handover from one key of a log to the next; get it anew, byte for byte"
    case .otherKeys: "the keys are not those of the handover; sign it with the old and the new one"
    case .note(let error): error.description
    }
  }
}
