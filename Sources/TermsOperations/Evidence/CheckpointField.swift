internal import Foundation
package import Transparency

/// The signed state of the log in the head of a letter, so that whoever got the letter is a witness: nothing that was on
/// record by then can be altered without contradicting it.
package enum CheckpointField {
  /// The field's name.
  package static let name = "Tenor-Checkpoint"

  /// The field's value: the note in Base64, in pieces with a space between them, where a line may be folded.
  package static func value(of note: SignedNote) -> String {
    let text = Array(Data(note.encoded.utf8).base64EncodedString().utf8)
    return stride(from: 0, to: text.count, by: width).map { start in
      String(decoding: text[start..<min(start + width, text.count)], as: UTF8.self)
    }.joined(separator: " ")
  }

  private static let width = 60

  /// The note in the head of a letter; `nil` where the letter has none, or one that was mangled.
  package static func note(inLetter bytes: [UInt8]) -> SignedNote? {
    let lines = String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n")
      .split(separator: "\n", omittingEmptySubsequences: false).prefix { !$0.isEmpty }
    guard let start = lines.firstIndex(where: { $0.lowercased().hasPrefix(name.lowercased() + ":") }) else {
      return nil
    }
    let folded = lines[(start + 1)...].prefix { $0.first == " " || $0.first == "\t" }
    let value = ([lines[start].dropFirst(name.count + 1)] + folded).joined().filter { !$0.isWhitespace }
    guard let data = Data(base64Encoded: value) else { return nil }
    return try? SignedNote(parsing: data)
  }

  /// The note in bytes that are a note by themselves, or a letter that carries one.
  /// - Throws: `NoteError` where they are neither.
  package static func note(in bytes: [UInt8]) throws(NoteError) -> SignedNote {
    if let note = note(inLetter: bytes) { return note }
    return try SignedNote(parsing: bytes)
  }
}
