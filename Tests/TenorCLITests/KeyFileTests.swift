import Foundation
import TemporaryFolder
import Testing
import Transparency

@testable import TenorCLI

/// The file with the key that signs the log.
@Suite struct KeyFileTests {
  private let temporary: TemporaryFolder
  private let file: KeyFile

  init() throws {
    temporary = try TemporaryFolder()
    file = KeyFile(path: temporary.path("tenor.key"))
  }

  private static func key(_ number: UInt8) throws -> NoteSigningKey {
    try NoteSigningKey(name: "terms.example/log", seed: Array(repeating: number, count: 32))
  }

  private func mode(of path: String) throws -> Int {
    try #require(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
  }

  @Test func `a key is written for its owner alone, and never over another one`() throws {
    try file.create(Self.key(1))
    #expect(try mode(of: file.path) == 0o600)
    #expect(try file.key().verifyingKey == Self.key(1).verifyingKey)
    #expect(throws: KeyFileFault.exists(path: file.path)) { try file.create(Self.key(2)) }
  }

  @Test func `a key that others can read is not used`() throws {
    try file.create(Self.key(1))
    for mode in [0o640, 0o604, 0o660] {
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
      #expect(throws: KeyFileFault.open(path: file.path, mode: String(mode, radix: 8))) { try file.key() }
    }
  }

  @Test func `the next key takes over where the log says so, also after a run that was cut short`() throws {
    try file.create(Self.key(1))
    try file.prepareNext(Self.key(2))
    #expect(try file.key(of: Self.key(1).verifyingKey).verifyingKey == Self.key(1).verifyingKey)
    #expect(try file.key(of: Self.key(2).verifyingKey).verifyingKey == Self.key(2).verifyingKey)
    #expect(try file.key().verifyingKey == Self.key(2).verifyingKey, "it has taken its place")
    try file.prepareNext(Self.key(3))
    file.dropNext()
    #expect(try file.key(of: Self.key(3).verifyingKey).verifyingKey == Self.key(2).verifyingKey)
  }

  @Test func `the last checkpoint is kept beside it`() throws {
    #expect(try file.lastSeen() == nil)
    let note = try Self.key(1).sign("terms.example/log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")
    try file.keep(note)
    #expect(try file.lastSeen() == note)
    #expect(file.checkpointPath == String(file.path.dropLast(3)) + "checkpoint")
    #expect(KeyFile(path: "secret").checkpointPath == "secret.checkpoint")
  }

  @Test(arguments: ["", "nonsense\n"])
  func `a checkpoint beside it that is none is told with its file and what to do`(_ text: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: file.checkpointPath))
    let cause = text.isEmpty ? "the file is empty" : "\(NoteError.noSignatures)"
    #expect(throws: CheckpointFileRefusal.kept(path: file.checkpointPath, cause: cause)) { try file.lastSeen() }
    #expect(
      "\(CheckpointFileRefusal.kept(path: "p", cause: "c"))"
        == "'p' should hold the state of the log that was signed last, and proves nothing: c; put back a copy of it, or a later "
        + "checkpoint that somebody kept; where there is none, look with 'tenor verify --checkpoint FILE' at any that left this "
        + "machine, then delete 'p' and run 'tenor checkpoint'")
    #expect(
      "\(CheckpointFileRefusal.named(path: "p", cause: "c"))"
        == "'p' proves nothing about this record: c; name a checkpoint of this log as it was signed, or a letter that carries "
        + "one, whole")
  }

  @Test func `what is no key is told`() throws {
    #expect(throws: KeyFileFault.missing(path: file.path)) { try file.key() }
    try Data("PRIVATE+KEY+nonsense\n".utf8).write(to: URL(fileURLWithPath: file.path))
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
    #expect(throws: KeyFileFault.noKey(path: file.path)) { try file.key() }
  }

  @Test(arguments: [
    (
      KeyFileFault.missing(path: "k"),
      "there is no key at 'k'; name its file with --key-file or TENOR_KEY_FILE, or put back the copy of it that you keep"
    ),
    (.unreadable(path: "k", cause: "c"), "the key at 'k' cannot be read: c; check who owns the file"),
    (
      .unwritable(path: "k", cause: "c"), "'k' cannot be written: c; check the folder's permissions and its room"
    ),
    (
      .open(path: "k", mode: "644"),
      "the key at 'k' can be read by others than its owner (mode 644); run chmod 600 on it, and rotate it if others may "
        + "have read it"
    ),
    (.noKey(path: "k"), "'k' holds no key of the form PRIVATE+KEY+NAME+ID+SEED; name the right file with --key-file"),
    (
      .exists(path: "k"),
      "there is a key at 'k' already, and none is ever written over; name another file with --key-file"
    ),
  ])
  func `faults say what to do`(_ fault: KeyFileFault, _ words: String) {
    #expect(fault.description == words)
    #expect(Program.ending(with: fault) == .fault)
  }
}
