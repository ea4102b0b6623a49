import Crypto
import Foundation
import Testing

@testable import Transparency

/// Witnesses of other people's logs sign their checkpoints (C2SP, `tlog-cosignature`).
@Suite struct CosignatureTests {
  private static let text = "terms.example/log\n7\nqFLNaEZduDKcB7xaIuS+i+/qm7paDHCrYwMsS9uD/c8=\n"

  private static func witness(_ number: UInt8 = 1) throws -> (secret: Curve25519.Signing.PrivateKey, key: WitnessKey) {
    let secret = try Curve25519.Signing.PrivateKey(rawRepresentation: Array(repeating: number, count: 32))
    return (secret, try WitnessKey(name: "witness.example/w", bytes: Array(secret.publicKey.rawRepresentation)))
  }

  private static func cosigned(at seconds: UInt64 = 1_700_000_000, message: String? = nil) throws -> SignedNote {
    let (secret, key) = try witness()
    let signature = try secret.signature(
      for: Array((message ?? "cosignature/v1\ntime \(seconds)\n\(text)").utf8))
    let own = SignedNote.Signature(
      name: key.name, keyID: key.keyID,
      bytes: (0..<8).map { UInt8(truncatingIfNeeded: seconds >> (56 - 8 * UInt64($0))) } + Array(signature))
    let log = try NoteSigningKey(name: "terms.example/log", seed: Array(repeating: 5, count: 32))
    return SignedNote(text: text, signatures: try log.sign(text).signatures + [own])
  }

  @Test func `a cosignature says when the witness saw the checkpoint`() throws {
    let key = try Self.witness().key
    #expect(try key.cosigned(Self.cosigned()) == 1_700_000_000)
    let read = try SignedNote(parsing: try Self.cosigned().encoded)
    #expect(try key.cosigned(read) == 1_700_000_000)
    #expect(try #require(read.only(key)).signatures.count == 1)
    #expect(try Self.cosigned().only(Self.witness(2).key) == nil)
  }

  @Test func `the key's identifier is of type 4, and the key is read as it is written`() throws {
    let key = try Self.witness().key
    #expect(try WitnessKey(parsing: key.encoded) == key)
    #expect(key.encoded.hasPrefix("witness.example/w+"))
    #expect(Data(base64Encoded: String(key.encoded.split(separator: "+", maxSplits: 2)[2]))?.first == 4)
    let log = try NoteSigningKey(name: "terms.example/log", seed: Array(repeating: 5, count: 32)).verifyingKey
    #expect(throws: NoteError.malformedKey) { try WitnessKey(parsing: log.encoded) }
    #expect(throws: NoteError.malformedKey) { try NoteVerifyingKey(parsing: key.encoded) }
    for text in ["", "x", "a+b+c", "\(key.encoded)x", key.encoded.replacing("witness", with: "stranger")] {
      #expect(throws: NoteError.malformedKey, "\(text)") { try WitnessKey(parsing: text) }
    }
  }

  @Test func `nothing else passes for one`() throws {
    let (_, key) = try Self.witness()
    let wrong = NoteError.wrongSignature(name: key.name, keyID: key.keyID)
    #expect(throws: NoteError.noKnownSignature) { try Self.witness(2).key.cosigned(Self.cosigned()) }
    #expect(throws: wrong, "the plain note was signed") { try key.cosigned(Self.cosigned(message: Self.text)) }
    #expect(throws: wrong, "another moment was signed") {
      try key.cosigned(Self.cosigned(message: "cosignature/v1\ntime 1\n\(Self.text)"))
    }
    let note = try Self.cosigned()
    #expect(throws: wrong, "the same one twice") {
      try key.cosigned(SignedNote(text: note.text, signatures: note.signatures + note.signatures))
    }
    #expect(throws: wrong, "another text") {
      try key.cosigned(SignedNote(text: note.text.replacing("7", with: "8"), signatures: note.signatures))
    }
    let short = SignedNote.Signature(name: key.name, keyID: key.keyID, bytes: Array(repeating: 0, count: 64))
    #expect(throws: wrong, "no moment") { try key.cosigned(SignedNote(text: note.text, signatures: [short])) }
  }

  @Test func `signatures are put beside each other, each once`() throws {
    let note = try Self.cosigned()
    let own = try #require(note.only(try Self.witness().key))
    let plain = SignedNote(text: note.text, signatures: [note.signatures[0]])
    #expect(plain.adding(own) == note)
    #expect(note.adding(own) == note)
  }
}
