internal import Transparency

/// The platform's signature under a bundle as a whole: whoever has the log's key says that this is what they handed out.
///
/// The acts in a bundle are signed with the log. What is made of them, the answer and the pages, is not in the log; under the
/// seal nobody but the platform can have altered it.
enum EvidenceSeal {
  /// No log has such a name, so that no seal passes for a checkpoint.
  private static let header = "tenor-evidence-seal/1"

  static func text(manifest: [UInt8], log: String) -> String {
    "\(header)\n\(log)\n\(SHA256Hex.digest(of: manifest))\n"
  }

  static func make(manifest: [UInt8], by key: NoteSigningKey) throws(NoteError) -> SignedNote {
    try key.sign(text(manifest: manifest, log: key.verifyingKey.name))
  }

  /// What is wrong with a seal; `nil` where it holds.
  static func problem(with bytes: [UInt8], manifest: [UInt8], log: String, key: NoteVerifyingKey) -> String? {
    let note: SignedNote
    do throws(NoteError) {
      note = try SignedNote(parsing: bytes)
      _ = try note.verified(by: [key])
    } catch {
      return "\(error)"
    }
    guard note.signatures.count == 1 else { return "it bears more signatures than the log's" }
    guard note.text == text(manifest: manifest, log: log), Array(note.encoded.utf8) == bytes else {
      return "it is the seal of another bundle"
    }
    return nil
  }
}
