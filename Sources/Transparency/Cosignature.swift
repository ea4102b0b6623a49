internal import Crypto
internal import Foundation

/// The key of a witness that cosigns checkpoints of other people's logs (C2SP, `tlog-cosignature`): Ed25519, type 0x04.
package struct WitnessKey: Hashable, Sendable {
  package let name: String
  package let keyID: UInt32
  private let bytes: [UInt8]

  private static let algorithm: UInt8 = 4

  /// Reads the form in which keys are published: `NAME+ID+KEY`.
  /// - Throws: ``NoteError/malformedKey``.
  package init(parsing text: String) throws(NoteError) {
    let parts = text.utf8.split(separator: UInt8(ascii: "+"), maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, let name = String(parts[0]), let id = String(parts[1]),
      let key = Base64.bytes(of: parts[2]), key.first == Self.algorithm
    else { throw .malformedKey }
    try self.init(name: name, bytes: Array(key.dropFirst()))
    guard keyID.hexadecimal == id else { throw .malformedKey }
  }

  /// - Throws: ``NoteError/malformedKey``.
  package init(name: String, bytes: [UInt8]) throws(NoteError) {
    guard NoteVerifyingKey.isName(name), bytes.count == 32,
      (try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)) != nil
    else { throw .malformedKey }
    self.name = name
    self.bytes = bytes
    let digest = SHA256.hash(data: Array(name.utf8) + [UInt8(ascii: "\n"), Self.algorithm] + bytes)
    keyID = digest.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// The form in which the key is published.
  package var encoded: String { "\(name)+\(keyID.hexadecimal)+\(Base64.text(of: [Self.algorithm] + bytes))" }

  /// What a cosignature is a signature of: the moment, and the checkpoint.
  static func message(_ text: String, at seconds: UInt64) -> String { "cosignature/v1\ntime \(seconds)\n\(text)" }

  /// When the witness saw the checkpoint in a note, by its cosignature: seconds since 1970-01-01T00:00:00Z.
  /// - Throws: ``NoteError/noKnownSignature`` where it has not signed, ``NoteError/wrongSignature(name:keyID:)`` where what
  ///   bears its name is no cosignature of this text.
  package func cosigned(_ note: SignedNote) throws(NoteError) -> UInt64 {
    let mine = note.signatures.filter { $0.name.utf8.elementsEqual(name.utf8) && $0.keyID == keyID }
    guard let signature = mine.first else { throw .noKnownSignature }
    guard mine.count == 1, signature.bytes.count == 72,
      let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)
    else { throw .wrongSignature(name: name, keyID: keyID) }
    let seconds = signature.bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let message = Array(Self.message(note.text, at: seconds).utf8)
    guard key.isValidSignature(Array(signature.bytes.dropFirst(8)), for: message) else {
      throw .wrongSignature(name: name, keyID: keyID)
    }
    return seconds
  }
}

extension SignedNote {
  /// The same note with what another one of the same text is signed with beside: its signatures that this one lacks.
  package func adding(_ other: SignedNote) -> SignedNote {
    SignedNote(text: text, signatures: signatures + other.signatures.filter { !signatures.contains($0) })
  }

  /// The note with the signatures of one key alone; `nil` where that key has not signed.
  package func only(_ key: WitnessKey) -> SignedNote? {
    let mine = signatures.filter { $0.name.utf8.elementsEqual(key.name.utf8) && $0.keyID == key.keyID }
    return mine.isEmpty ? nil : SignedNote(text: text, signatures: mine)
  }
}
