internal import Crypto
internal import Foundation

/// The public half of a key that signs notes: Ed25519 (RFC 8032), signature type 0x01 of C2SP's `signed-note`.
package struct NoteVerifyingKey: Hashable, Sendable {
  /// Whose key it is: a name like a URL without its scheme, no white space and no `+` in it.
  package let name: String
  /// The first four bytes of SHA-256 over the name, a newline, 0x01 and the key.
  package let keyID: UInt32
  /// The key's 32 bytes.
  package let bytes: [UInt8]

  /// Marks a key as one for Ed25519.
  static let algorithm: UInt8 = 1

  /// - Throws: ``NoteError/malformedKey`` where the name is none or the key has not 32 bytes.
  package init(name: String, bytes: [UInt8]) throws(NoteError) {
    guard Self.isName(name), bytes.count == 32,
      (try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)) != nil
    else { throw .malformedKey }
    self.name = name
    self.bytes = bytes
    var hasher = SHA256()
    hasher.update(data: Array(name.utf8) + [UInt8(ascii: "\n"), Self.algorithm])
    hasher.update(data: bytes)
    keyID = hasher.finalize().prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// Reads the form in which keys are published: `NAME+ID+KEY`, the identifier in hexadecimal, the key in Base64.
  /// - Throws: ``NoteError/malformedKey``, also where the identifier is not the key's.
  package init(parsing text: String) throws(NoteError) {
    let parts = text.utf8.split(separator: UInt8(ascii: "+"), maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, let name = String(parts[0]), let id = String(parts[1]),
      let key = Base64.bytes(of: parts[2]), key.first == Self.algorithm
    else { throw .malformedKey }
    try self.init(name: name, bytes: Array(key.dropFirst()))
    guard keyID.hexadecimal == id else { throw .malformedKey }
  }

  /// The form in which keys are published.
  package var encoded: String { "\(name)+\(keyID.hexadecimal)+\(Base64.text(of: [Self.algorithm] + bytes))" }

  func isSignature(_ signature: [UInt8], of text: String) -> Bool {
    guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else { return false }
    return key.isValidSignature(signature, for: Array(text.utf8))
  }

  static func isName(_ name: String) -> Bool {
    !name.isEmpty
      && name.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0 != "+" && !$0.properties.isWhitespace }
  }
}

/// The private half of a key that signs notes. It never stands in a description, an error or a log.
package struct NoteSigningKey: Sendable {
  package let verifyingKey: NoteVerifyingKey
  private let key: Curve25519.Signing.PrivateKey

  /// - Parameter seed: 32 bytes that nobody can guess, from the system's source of randomness: RFC 8032's private key.
  /// - Throws: ``NoteError/malformedKey`` where the name is none or the seed has not 32 bytes.
  package init(name: String, seed: [UInt8]) throws(NoteError) {
    guard seed.count == 32, let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else {
      throw .malformedKey
    }
    self.key = key
    verifyingKey = try NoteVerifyingKey(name: name, bytes: Array(key.publicKey.rawRepresentation))
  }

  /// Reads the form in which signing keys are kept: `PRIVATE+KEY+NAME+ID+SEED`.
  /// - Throws: ``NoteError/malformedKey``, also where the identifier is not the key's.
  package init(parsing text: String) throws(NoteError) {
    guard text.hasPrefix(Self.prefix) else { throw .malformedKey }
    let parts = text.dropFirst(Self.prefix.count).utf8
      .split(separator: UInt8(ascii: "+"), maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, let name = String(parts[0]), let id = String(parts[1]),
      let seed = Base64.bytes(of: parts[2]), seed.first == NoteVerifyingKey.algorithm
    else { throw .malformedKey }
    try self.init(name: name, seed: Array(seed.dropFirst()))
    guard verifyingKey.keyID.hexadecimal == id else { throw .malformedKey }
  }

  /// The form in which the key is kept: a secret, for a file that only its owner can read.
  package var secretText: String {
    let seed = Base64.text(of: [NoteVerifyingKey.algorithm] + Array(key.rawRepresentation))
    return "\(Self.prefix)\(verifyingKey.name)+\(verifyingKey.keyID.hexadecimal)+\(seed)"
  }

  private static let prefix = "PRIVATE+KEY+"

  /// Signs a text: its first signature.
  /// - Throws: ``NoteError/unsignableText``.
  package func sign(_ text: String) throws(NoteError) -> SignedNote {
    SignedNote(text: text, signatures: [try signature(of: text)])
  }

  func signature(of text: String) throws(NoteError) -> SignedNote.Signature {
    guard text.utf8.last == UInt8(ascii: "\n"),
      text.utf8.allSatisfy({ $0 >= 0x20 || $0 == UInt8(ascii: "\n") })
    else { throw .unsignableText }
    guard let signature = try? key.signature(for: Array(text.utf8)) else {
      throw .signingFailed(name: verifyingKey.name)
    }
    return SignedNote.Signature(name: verifyingKey.name, keyID: verifyingKey.keyID, bytes: Array(signature))
  }
}

extension NoteSigningKey: CustomStringConvertible, CustomReflectable {
  /// The public half: whoever prints a key by mistake tells no secret.
  package var description: String { "signing key of \(verifyingKey.encoded)" }
  package var customMirror: Mirror { Mirror(self, children: ["verifyingKey": verifyingKey.encoded]) }
}
