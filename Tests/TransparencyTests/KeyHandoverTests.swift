import Testing

@testable import Transparency

/// One key of a log hands over to the next.
@Suite struct KeyHandoverTests {
  private static func key(_ number: UInt8, _ name: String = "terms.example/log") throws -> NoteSigningKey {
    try NoteSigningKey(name: name, seed: Array(repeating: number, count: 32))
  }

  private static func handover() throws -> SignedNote {
    let (old, new) = (try key(1), try key(2))
    return try KeyHandover(from: old.verifyingKey, to: new.verifyingKey, size: 7).signed(by: old, and: new)
  }

  @Test func `a handover that both keys signed is read back`() throws {
    let read = try KeyHandover(opening: SignedNote(parsing: try Self.handover().encoded))
    #expect(read == KeyHandover(from: try Self.key(1).verifyingKey, to: try Self.key(2).verifyingKey, size: 7))
  }

  @Test func `no other keys sign it`() throws {
    let handover = KeyHandover(from: try Self.key(1).verifyingKey, to: try Self.key(2).verifyingKey, size: 7)
    for (old, new) in [(1, 3), (3, 2), (2, 1)] as [(UInt8, UInt8)] {
      #expect(throws: KeyHandoverError.otherKeys) {
        try handover.signed(by: try Self.key(old), and: try Self.key(new))
      }
    }
    #expect(
      "\(KeyHandoverError.otherKeys)" == "the keys are not those of the handover; sign it with the old and the new one")
  }

  @Test func `each byte of it matters`() throws {
    let whole = Array(try Self.handover().encoded.utf8)
    for place in whole.indices {
      for bit in [UInt8(1), 0x20, 0x80] {
        var bytes = whole
        bytes[place] ^= bit
        let read = try? SignedNote(parsing: bytes)
        guard let read else { continue }
        #expect(throws: KeyHandoverError.self, "byte \(place)") { try KeyHandover(opening: read) }
      }
    }
  }

  @Test func `one signature is not enough, and a note about something else none`() throws {
    let (old, new) = (try Self.key(1), try Self.key(2))
    let handover = KeyHandover(from: old.verifyingKey, to: new.verifyingKey, size: 7)
    for signer in [old, new] {
      #expect(throws: KeyHandoverError.note(.noKnownSignature)) {
        try KeyHandover(opening: try signer.sign(handover.text))
      }
    }
    let other = try Self.key(2, "other.example/log")
    let texts = [
      "tenor-key-handover/1\n\(old.verifyingKey.encoded)\n\(other.verifyingKey.encoded)\n7\n",
      "tenor-key-handover/1\n\(old.verifyingKey.encoded)\n\(old.verifyingKey.encoded)\n7\n",
      "tenor-key-handover/1\n\(old.verifyingKey.encoded)\n\(new.verifyingKey.encoded)\n07\n", "terms.example/log\n7\n",
    ]
    for text in texts {
      let note = try old.sign(text).signed(by: text.contains("other") ? other : new)
      #expect(throws: KeyHandoverError.malformed, "\(text)") { try KeyHandover(opening: note) }
    }
    #expect(
      "\(KeyHandoverError.malformed)"
        == "this is no handover from one key of a log to the next; get it anew, byte for byte")
    #expect("\(KeyHandoverError.note(.malformedKey))" == "\(NoteError.malformedKey)")
  }
}
