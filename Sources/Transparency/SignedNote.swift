internal import Foundation

/// A text with the signatures of one or more keys (C2SP, `signed-note`).
///
/// Until a signature of a known key was verified, nothing of the text may be believed: ``verified(by:)`` does that.
package struct SignedNote: Hashable, Sendable {
  /// One signature line: who claims to have signed, and what.
  package struct Signature: Hashable, Sendable {
    /// The key's name.
    package let name: String
    /// The key's identifier, 32 bits that tell the keys of one name apart.
    package let keyID: UInt32
    /// The signature proper; for Ed25519 it has 64 bytes.
    package let bytes: [UInt8]

    package init(name: String, keyID: UInt32, bytes: [UInt8]) {
      self.name = name
      self.keyID = keyID
      self.bytes = bytes
    }
  }

  /// What was signed: it ends in a newline.
  package let text: String
  package let signatures: [Signature]

  /// How many signatures are read; the specification demands at least 16.
  package static let signatureLimit = 100
  /// How many bytes a note may have.
  package static let byteLimit = 1_048_576

  init(text: String, signatures: [Signature]) {
    self.text = text
    self.signatures = signatures
  }

  /// Reads a note; no signature is verified.
  package init(parsing bytes: some Collection<UInt8>) throws(NoteError) {
    guard bytes.count <= Self.byteLimit else { throw .tooLong(limit: Self.byteLimit) }
    let bytes = Array(bytes)
    if let position = bytes.firstIndex(where: { $0 < 0x20 && $0 != Self.newline }) {
      throw .controlCharacter(bytes[position], position: position)
    }
    guard String(validating: bytes, as: UTF8.self) != nil else { throw .notUTF8 }
    // The text may have empty lines; only the last one is the one that separates.
    guard let end = bytes.indices.dropLast().last(where: { bytes[$0] == Self.newline && bytes[$0 + 1] == Self.newline })
    else { throw .noSignatures }
    let lines = bytes[(end + 2)...].split(separator: Self.newline, omittingEmptySubsequences: false)
    guard lines != [[]] else { throw .noSignatures }
    guard lines.last?.isEmpty == true else { throw .noFinalNewline }
    guard lines.count - 1 <= Self.signatureLimit else { throw .tooManySignatures(limit: Self.signatureLimit) }
    text = String(decoding: bytes[...end], as: UTF8.self)
    var signatures: [Signature] = []
    for (place, line) in lines.dropLast().enumerated() {
      guard let signature = Signature(line: line) else { throw .malformedSignature(number: place + 1) }
      signatures.append(signature)
    }
    self.signatures = signatures
  }

  package init(parsing text: String) throws(NoteError) {
    try self.init(parsing: text.utf8)
  }

  /// The note as it is stored and sent.
  package var encoded: String {
    signatures.reduce(into: text + "\n") { note, signature in note += signature.line }
  }

  /// The keys among `keys` whose signatures the note bears.
  ///
  /// Signatures of other keys are passed over, as the specification demands: so logs change their keys, and witnesses
  /// sign beside them. One bad signature of a known key makes the whole note worthless.
  /// - Throws: ``NoteError/wrongSignature(name:keyID:)``, ``NoteError/ambiguousKey(name:keyID:)``, or
  ///   ``NoteError/noKnownSignature`` where no key of `keys` has signed.
  package func verified(by keys: [NoteVerifyingKey]) throws(NoteError) -> [NoteVerifyingKey] {
    var signers: [NoteVerifyingKey] = []
    for signature in signatures {
      let candidates = Set(
        keys.filter { $0.name.utf8.elementsEqual(signature.name.utf8) && $0.keyID == signature.keyID })
      guard let key = candidates.first else { continue }
      guard candidates.count == 1 else { throw .ambiguousKey(name: key.name, keyID: key.keyID) }
      guard key.isSignature(signature.bytes, of: text) else { throw .wrongSignature(name: key.name, keyID: key.keyID) }
      if !signers.contains(key) { signers.append(key) }
    }
    guard !signers.isEmpty else { throw .noKnownSignature }
    return signers
  }

  /// The same note with a further signature, or with a new one in the place of that key's.
  package func signed(by key: NoteSigningKey) throws(NoteError) -> SignedNote {
    let signature = try key.signature(of: text)
    let others = signatures.filter { $0.keyID != signature.keyID || $0.name != signature.name }
    return SignedNote(text: text, signatures: others + [signature])
  }

  private static let newline = UInt8(ascii: "\n")
}

extension SignedNote.Signature {
  private static let dash = Array("— ".utf8)

  /// Reads a line without its newline; `nil` where it is no signature line.
  fileprivate init?(line: ArraySlice<UInt8>) {
    guard line.starts(with: Self.dash) else { return nil }
    let parts = line.dropFirst(Self.dash.count).split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    guard parts.count == 2, let bytes = Base64.bytes(of: parts[1]), bytes.count > 4 else { return nil }
    let name = String(decoding: parts[0], as: UTF8.self)
    guard NoteVerifyingKey.isName(name) else { return nil }
    self.init(name: name, keyID: bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }, bytes: Array(bytes.dropFirst(4)))
  }

  /// The signature as a line of the note, its newline included.
  fileprivate var line: String {
    "— \(name) \(Base64.text(of: keyID.bigEndianBytes + bytes))\n"
  }
}

/// Why a note cannot be read, made or believed.
package enum NoteError: Error, Hashable {
  case tooLong(limit: Int)
  case notUTF8
  /// Positions count bytes from 0.
  case controlCharacter(UInt8, position: Int)
  case noSignatures
  case noFinalNewline
  case tooManySignatures(limit: Int)
  /// Signature lines are counted from 1.
  case malformedSignature(number: Int)
  /// A text that is to be signed is empty or does not end in a newline, or has a control character.
  case unsignableText
  case malformedKey
  case wrongSignature(name: String, keyID: UInt32)
  case ambiguousKey(name: String, keyID: UInt32)
  case noKnownSignature
  case signingFailed(name: String)
}

extension NoteError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .tooLong(let limit): "the note is longer than \(limit) bytes; no note is: get it anew"
    case .notUTF8: "the note is not UTF-8; get it anew, byte for byte"
    case .controlCharacter(let byte, let position):
      "byte \(position) of the note is the control character \(byte), which no note has; get it anew, byte for byte"
    case .noSignatures: "the note has no signatures after an empty line; get it anew, whole"
    case .noFinalNewline: "the note's last line is cut short; get it anew, whole"
    case .tooManySignatures(let limit): "the note has more than \(limit) signatures; no note needs them: get it anew"
    case .malformedSignature(let number):
      "signature line \(number) of the note is not '— NAME BASE64'; get it anew, byte for byte"
    case .unsignableText: "a text is signed only if it ends in a newline and has no other control characters; mend it"
    case .malformedKey: "this is no key of the form NAME+ID+KEY; copy it whole"
    case .wrongSignature(let name, let id):
      "the signature of \(name)+\(id.hexadecimal) is not one of this text; believe nothing of it"
    case .ambiguousKey(let name, let id):
      "two different keys go by \(name)+\(id.hexadecimal); say which one is meant"
    case .noKnownSignature: "none of the known keys has signed the note; name the key of whoever should have"
    case .signingFailed(let name): "the key \(name) could not sign; check its file"
    }
  }
}

/// Base64 as RFC 4648, section 4, has it, in its one canonical form: padded, no bit set that says nothing.
enum Base64 {
  static func text(of bytes: some Sequence<UInt8>) -> String { Data(bytes).base64EncodedString() }

  static func bytes(of text: some Sequence<UInt8>) -> [UInt8]? {
    let text = Data(text)
    guard let bytes = Data(base64Encoded: text), bytes.base64EncodedData() == text else { return nil }
    return Array(bytes)
  }
}

extension UInt32 {
  var bigEndianBytes: [UInt8] { [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: self >> $0) } }

  /// Eight lower-case digits.
  var hexadecimal: String { SHA256Hex.text(of: bigEndianBytes) }
}
