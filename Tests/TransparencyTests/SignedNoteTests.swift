import Testing

@testable import Transparency

/// Signed notes against the vectors with which Go's `sumdb/note`, from which C2SP's `signed-note` was written down, is
/// tried: two keys, one text, and what happens to each that is mangled.
@Suite struct SignedNoteTests {
  static let peter = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
  static let peterSecret = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
  static let enoch = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
  static let text = """
    If you think cryptography is the answer to your problem,
    then you don't know what your problem is.

    """
  static let peterLine =
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
  static let enochLine =
    "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n"

  private static func keys(_ texts: String...) throws -> [NoteVerifyingKey] {
    try texts.map { try NoteVerifyingKey(parsing: $0) }
  }

  // MARK: Keys

  @Test func `a published key reads, and writes itself the same`() throws {
    let key = try NoteVerifyingKey(parsing: Self.peter)
    #expect(key.name == "PeterNeumann")
    #expect(key.keyID == 0xc74f_20a3)
    #expect(key.encoded == Self.peter)
    #expect(try NoteVerifyingKey(parsing: Self.enoch).keyID == 0xaf0c_fe78)
  }

  @Test func `a signing key reads, knows its public half, and tells nobody its secret by mistake`() throws {
    let key = try NoteSigningKey(parsing: Self.peterSecret)
    #expect(key.verifyingKey.encoded == Self.peter)
    #expect(key.secretText == Self.peterSecret)
    var dumped = ""
    dump(key, to: &dumped)
    for shown in ["\(key)", String(reflecting: key), dumped] {
      #expect(!shown.contains("AYEKFALVFGyNhPJEMzD1QIDr"), "\(shown)")
    }
  }

  @Test func `no part of a key and no key with a byte changed is a key`() {
    for text in [Self.peter, Self.peterSecret] {
      let bytes = Array(text.utf8)
      func isKey(_ candidate: some Collection<UInt8>) -> Bool {
        let candidate = String(decoding: candidate, as: UTF8.self)
        return (try? NoteVerifyingKey(parsing: candidate)) != nil || (try? NoteSigningKey(parsing: candidate)) != nil
      }
      for start in bytes.indices {
        for end in start...bytes.count where end - start < bytes.count {
          #expect(!isKey(bytes[start..<end]), "\(start)..<\(end)")
        }
        var changed = bytes
        changed[start] += 1
        #expect(!isKey(changed), "byte \(start)")
      }
    }
  }

  @Test(arguments: [
    (
      "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
      "too long, with an identifier that fits"
    ),
    (
      "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
      "of an unknown algorithm, with an identifier that fits"
    ),
    ("PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "one key has one form"),
    ("", "nothing"),
  ])
  func `what is no key is refused`(_ text: String, _ because: String) {
    let error = #expect(throws: NoteError.self, "\(because)") { try NoteVerifyingKey(parsing: text) }
    #expect(error?.description == "this is no key of the form NAME+ID+KEY; copy it whole")
  }

  @Test(arguments: ["", "two words", "a+b", "tab\tbed", "no\u{a0}break", "wide\u{3000}space", "line\nbreak"])
  func `a name has no white space and no plus`(_ name: String) {
    #expect(throws: NoteError.malformedKey) { try NoteSigningKey(name: name, seed: Array(repeating: 1, count: 32)) }
    #expect(throws: NoteError.malformedKey) { try NoteVerifyingKey(name: name, bytes: Array(repeating: 1, count: 32)) }
  }

  @Test(arguments: [0, 31, 33, 64])
  func `a seed has 32 bytes`(_ count: Int) {
    #expect(throws: NoteError.malformedKey) {
      try NoteSigningKey(name: "example.com/log", seed: Array(repeating: 1, count: count))
    }
  }

  // MARK: Signing

  @Test func `signing gives the published note`() throws {
    let note = try NoteSigningKey(parsing: Self.peterSecret).sign(Self.text)
    #if canImport(Darwin)
      // CryptoKit draws a new nonce each time; any of its signatures is as good.
      #expect(try note.verified(by: Self.keys(Self.peter)).count == 1)
    #else
      #expect(note.encoded == Self.text + "\n" + Self.peterLine)
    #endif
  }

  @Test func `signing again replaces the key's signature and leaves the others`() throws {
    let key = try NoteSigningKey(parsing: Self.peterSecret)
    let stale = SignedNote.Signature(name: "PeterNeumann", keyID: 0xc74f_20a3, bytes: [1])
    let enoch = try SignedNote(parsing: Self.text + "\n" + Self.enochLine).signatures
    let note = try SignedNote(text: Self.text, signatures: [stale] + enoch).signed(by: key)
    #expect(note.signatures.map(\.name) == ["EnochRoot", "PeterNeumann"])
    #expect(try note.verified(by: Self.keys(Self.peter, Self.enoch)).map(\.name) == ["EnochRoot", "PeterNeumann"])
  }

  @Test(arguments: ["", "abc", "tab\t\n", "return\r\n", "null\0\n"])
  func `what is no text of lines is not signed`(_ text: String) throws {
    let key = try NoteSigningKey(parsing: Self.peterSecret)
    let error = #expect(throws: NoteError.self) { try key.sign(text) }
    #expect(
      error?.description == "a text is signed only if it ends in a newline and has no other control characters; mend it"
    )
  }

  @Test(arguments: ["\n", "\n\n\n", "one\n\ntwo\n\n", "— looks like a signature line\n", "Größe\n"])
  func `any text of lines reads back as it was signed`(_ text: String) throws {
    let key = try NoteSigningKey(parsing: Self.peterSecret)
    let note = try key.sign(text)
    let read = try SignedNote(parsing: note.encoded)
    #expect(read == note)
    #expect(read.text == text)
    #expect(try read.verified(by: [key.verifyingKey]) == [key.verifyingKey])
  }

  // MARK: Reading and verifying

  @Test func `signatures of known keys are verified, those of others passed over`() throws {
    let note = try SignedNote(parsing: Self.text + "\n" + Self.peterLine + Self.enochLine)
    #expect(note.text == Self.text)
    #expect(note.encoded == Self.text + "\n" + Self.peterLine + Self.enochLine)
    #expect(try note.verified(by: Self.keys(Self.peter)).map(\.name) == ["PeterNeumann"])
    #expect(try note.verified(by: Self.keys(Self.enoch, Self.peter)).map(\.name) == ["PeterNeumann", "EnochRoot"])
    let twice = try SignedNote(parsing: Self.text + "\n" + Self.peterLine + Self.peterLine)
    #expect(try twice.verified(by: Self.keys(Self.peter)).count == 1)
  }

  @Test func `a note that no known key signed is not believed`() throws {
    let note = try SignedNote(parsing: Self.text + "\n" + Self.peterLine)
    for keys in [[], try Self.keys(Self.enoch)] {
      let error = #expect(throws: NoteError.self) { try note.verified(by: keys) }
      #expect(
        error?.description == "none of the known keys has signed the note; name the key of whoever should have")
    }
    // The same name, another key; the same identifier, another name.
    let namesake = try NoteVerifyingKey(name: "PeterNeumann", bytes: Self.keys(Self.enoch)[0].bytes)
    #expect(throws: NoteError.noKnownSignature) { try note.verified(by: [namesake]) }
  }

  @Test func `one bad signature of a known key spoils the note`() throws {
    let bad = String(Self.peterLine.prefix(60)) + "ABCD" + Self.peterLine.dropFirst(60)
    let note = try SignedNote(parsing: Self.text + "\n" + Self.enochLine + bad)
    #expect(try note.verified(by: Self.keys(Self.enoch)).count == 1, "who does not know the key cannot tell")
    let error = #expect(throws: NoteError.self) { try note.verified(by: Self.keys(Self.enoch, Self.peter)) }
    #expect(
      error?.description == "the signature of PeterNeumann+c74f20a3 is not one of this text; believe nothing of it")
  }

  @Test func `two keys under one name and identifier are not guessed between`() throws {
    // Two keys of one name whose identifiers are the same, found by trying seeds, would do; so does a forged signature
    // line. What counts is that neither is taken for the other.
    let (a, b) = (try Self.keys(Self.peter)[0], try Self.keys(Self.peter)[0])
    let note = try SignedNote(parsing: Self.text + "\n" + Self.peterLine)
    #expect(try note.verified(by: [a, b]) == [a], "the same key twice is one key")
    #expect(
      NoteError.ambiguousKey(name: "PeterNeumann", keyID: 0xc74f_20a3).description
        == "two different keys go by PeterNeumann+c74f20a3; say which one is meant")
  }

  @Test(
    arguments: [
      (text, NoteError.noSignatures, "no signature, no empty line"),
      (text + "\n", .noSignatures, "nothing after the empty line"),
      (text + "\n" + peterLine.dropLast(), .noFinalNewline, "cut short"),
      ("\u{1}" + text + "\n" + peterLine, .controlCharacter(1, position: 0), "a control character"),
      (text + "\r\n" + peterLine, .controlCharacter(13, position: 99), "line ends of another system"),
      (text + "\n— Bad Name x08go/ZJkuBS9UG=\n", .malformedSignature(number: 1), "a name of two words"),
      (text + "\n" + peterLine + "Unexpected line.\n", .malformedSignature(number: 2), "a line that is no signature"),
      (text + "\n— PeterNeumann x08gow==\n", .malformedSignature(number: 1), "an identifier without a signature"),
      (text + "\n— PeterNeumann\n", .malformedSignature(number: 1), "a name without a signature"),
      (text + "\n-- PeterNeumann x08go/ZJkuA=\n", .malformedSignature(number: 1), "hyphens are no dash"),
      (text + "\n—  PeterNeumann x08go/ZJkuA=\n", .malformedSignature(number: 1), "two spaces"),
      (text + "\n— a+b x08go/ZJkuA=\n", .malformedSignature(number: 1), "a plus in the name"),
      (text + "\n— PeterNeumann x08go/ZJkuB=\n", .malformedSignature(number: 1), "Base64 with a bit that says nothing"),
      (text + "\n— PeterNeumann x08go_ZJkuA=\n", .malformedSignature(number: 1), "Base64 of another alphabet"),
      (text + "\n— PeterNeumann x08go/ZJkuA\n", .malformedSignature(number: 1), "Base64 without its padding"),
      (text + "\n" + String(repeating: peterLine, count: 101), .tooManySignatures(limit: 100), "101 signatures"),
      (String(repeating: "x\n", count: 524_288) + "\n" + peterLine, .tooLong(limit: 1_048_576), "more than a megabyte"),
    ] as [(String, NoteError, String)])
  func `what is no note is refused`(_ text: String, _ expected: NoteError, _ because: String) {
    #expect(throws: expected, "\(because)") { try SignedNote(parsing: text) }
  }

  @Test func `bytes that are no UTF-8 are no note`() {
    #expect(throws: NoteError.notUTF8) {
      try SignedNote(parsing: [0xFF] + Array((Self.text + "\n" + Self.peterLine).utf8))
    }
  }

  @Test func `the words of each refusal`() {
    let words: [(NoteError, String)] = [
      (.tooLong(limit: 5), "the note is longer than 5 bytes; no note is: get it anew"),
      (.notUTF8, "the note is not UTF-8; get it anew, byte for byte"),
      (
        .controlCharacter(13, position: 7),
        "byte 7 of the note is the control character 13, which no note has; get it anew, byte for byte"
      ),
      (.noSignatures, "the note has no signatures after an empty line; get it anew, whole"),
      (.noFinalNewline, "the note's last line is cut short; get it anew, whole"),
      (.tooManySignatures(limit: 100), "the note has more than 100 signatures; no note needs them: get it anew"),
      (
        .malformedSignature(number: 2),
        "signature line 2 of the note is not '— NAME BASE64'; get it anew, byte for byte"
      ),
      (.signingFailed(name: "example.com/log"), "the key example.com/log could not sign; check its file"),
    ]
    for (error, expected) in words { #expect(error.description == expected) }
  }

  @Test func `no byte of a note can be changed`() throws {
    let keys = try Self.keys(Self.peter)
    let bytes = Array((Self.text + "\n" + Self.peterLine).utf8)
    for place in bytes.indices {
      for bit in 0..<8 {
        var changed = bytes
        changed[place] ^= 1 << UInt8(bit)
        let signers = (try? SignedNote(parsing: changed))?.verifiedOrNone(by: keys) ?? []
        #expect(signers.isEmpty, "bit \(bit) of byte \(place)")
      }
    }
  }
}

extension SignedNote {
  fileprivate func verifiedOrNone(by keys: [NoteVerifyingKey]) -> [NoteVerifyingKey] {
    (try? verified(by: keys)) ?? []
  }
}
