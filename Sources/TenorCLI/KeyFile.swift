internal import Foundation
internal import TermsOperations
internal import Transparency

/// The file that holds the key which signs the log: one line, for its owner's eyes alone, never in the record.
///
/// Beside it stands the checkpoint that was signed last. Whoever puts back an older copy of the record does not put that
/// one back, too, as long as the two are kept apart: so `tenor verify` notices.
struct KeyFile: Hashable, Sendable {
  let path: String

  /// `tenor.sqlite.checkpoint` for `tenor.sqlite.key`.
  var checkpointPath: String { (path.hasSuffix(".key") ? String(path.dropLast(4)) : path) + ".checkpoint" }
  /// Where the next key waits while the log is handed over to it.
  private var nextPath: String { path + ".next" }

  var exists: Bool { FileManager.default.fileExists(atPath: path) }

  /// The key.
  /// - Parameter current: the key that the log is signed with. Where a rotation was cut short after it went on record, its
  ///   key waits beside the old one, and takes its place now.
  func key(of current: NoteVerifyingKey? = nil) throws -> NoteSigningKey {
    if let current, let waiting = try? Self.read(nextPath), waiting.verifyingKey == current {
      try activateNext()
      return waiting
    }
    return try Self.read(path)
  }

  private static func read(_ path: String) throws -> NoteSigningKey {
    var status = stat()
    guard stat(path, &status) == 0 else {
      if errno == ENOENT { throw KeyFileFault.missing(path: path) }
      throw KeyFileFault.unreadable(path: path, cause: String(cString: strerror(errno)))
    }
    let mode = status.st_mode & 0o777
    guard mode & 0o077 == 0 else { throw KeyFileFault.open(path: path, mode: String(mode, radix: 8)) }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw KeyFileFault.unreadable(path: path, cause: "this user may not read it")
    }
    let text = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    guard let key = try? NoteSigningKey(parsing: text) else { throw KeyFileFault.noKey(path: path) }
    return key
  }

  /// Writes a first key; never over another one.
  func create(_ key: NoteSigningKey) throws {
    guard !exists else { throw KeyFileFault.exists(path: path) }
    try Self.write(key.secretText + "\n", to: path, mode: 0o600)
  }

  /// Puts the next key beside the present one, until ``activateNext()``.
  func prepareNext(_ key: NoteSigningKey) throws {
    try Self.write(key.secretText + "\n", to: nextPath, mode: 0o600)
  }

  /// Puts the next key into the place of the present one, which is gone then: it signs nothing any more.
  func activateNext() throws {
    guard rename(nextPath, path) == 0 else {
      throw KeyFileFault.unwritable(path: path, cause: String(cString: strerror(errno)))
    }
  }

  /// Forgets a next key that never became one.
  func dropNext() { unlink(nextPath) }

  /// The checkpoint that was kept beside the key; `nil` where none is.
  /// - Throws: ``CheckpointFileRefusal``.
  func lastSeen() throws -> SignedNote? {
    guard FileManager.default.fileExists(atPath: checkpointPath) else { return nil }
    guard let data = FileManager.default.contents(atPath: checkpointPath) else {
      throw CheckpointFileRefusal.kept(path: checkpointPath, cause: "this user may not read it")
    }
    do throws(NoteError) {
      return try SignedNote(parsing: data)
    } catch {
      throw CheckpointFileRefusal.kept(path: checkpointPath, cause: data.isEmpty ? "the file is empty" : "\(error)")
    }
  }

  /// Keeps a checkpoint beside the key.
  func keep(_ checkpoint: SignedNote) throws {
    try Self.write(checkpoint.encoded, to: checkpointPath, mode: 0o644)
  }

  private static func write(_ text: String, to path: String, mode: mode_t) throws {
    do throws(WholeFile.Fault) {
      try WholeFile.write(Array(text.utf8), to: path, mode: mode)
    } catch {
      throw KeyFileFault.unwritable(path: path, cause: error.cause)
    }
  }
}

/// A file that should hold a signed state of the log, and says nothing of it.
enum CheckpointFileRefusal: Refusal, Hashable {
  /// The one beside the key.
  case kept(path: String, cause: String)
  /// One that was named.
  case named(path: String, cause: String)
}

extension CheckpointFileRefusal {
  var description: String {
    switch self {
    case .kept(let path, let cause):
      "'\(path)' should hold the state of the log that was signed last, and proves nothing: \(cause); put back a copy of it, "
        + "or a later checkpoint that somebody kept; where there is none, look with 'tenor verify --checkpoint FILE' at any that "
        + "left this machine, then delete '\(path)' and run 'tenor checkpoint'"
    case .named(let path, let cause):
      "'\(path)' proves nothing about this record: \(cause); name a checkpoint of this log as it was signed, or a letter that "
        + "carries one, whole"
    }
  }
}

/// What is wrong with the key's file.
enum KeyFileFault: Error, Hashable {
  case missing(path: String)
  case unreadable(path: String, cause: String)
  case unwritable(path: String, cause: String)
  case open(path: String, mode: String)
  case noKey(path: String)
  case exists(path: String)
}

extension KeyFileFault: CustomStringConvertible {
  var description: String {
    switch self {
    case .missing(let path):
      "there is no key at '\(path)'; name its file with --key-file or TENOR_KEY_FILE, or put back the copy of it that you keep"
    case .unreadable(let path, let cause): "the key at '\(path)' cannot be read: \(cause); check who owns the file"
    case .unwritable(let path, let cause):
      "'\(path)' cannot be written: \(cause); check the folder's permissions and its room"
    case .open(let path, let mode):
      "the key at '\(path)' can be read by others than its owner (mode \(mode)); run chmod 600 on it, and rotate it if "
        + "others may have read it"
    case .noKey(let path):
      "'\(path)' holds no key of the form PRIVATE+KEY+NAME+ID+SEED; name the right file with --key-file"
    case .exists(let path):
      "there is a key at '\(path)' already, and none is ever written over; name another file with --key-file"
    }
  }
}
