import TermsOperations
import Testing
import Transparency

/// The log's signed state in the head of a letter.
@Suite struct CheckpointFieldTests {
  private static func note() throws -> SignedNote {
    try EvidenceHarbor.key().sign("terms.example/log\n7\nqFLNaEZduDKcB7xaIuS+i+/qm7paDHCrYwMsS9uD/c8=\n")
  }

  @Test func `it is found in a letter, however its line was folded`() throws {
    let note = try Self.note()
    let value = CheckpointField.value(of: note)
    #expect(value.split(separator: " ").allSatisfy { $0.count <= 60 })
    for (head, why) in [
      ("Tenor-Checkpoint: \(value)", "one line"), ("TENOR-CHECKPOINT:\(value)", "in capitals, without a space"),
      ("Tenor-Checkpoint:\r\n \(value.replacing(" ", with: "\r\n\t"))", "folded at each space"),
      ("Tenor-Checkpoint: \(value.replacing(" ", with: "\n "))\nX-Other: 1", "with plain line feeds, and not the last"),
    ] {
      let letter = Array("From: a@example.com\r\n\(head)\r\nTo: b@example.com\r\n\r\nHello.\r\n".utf8)
      #expect(CheckpointField.note(inLetter: letter) == note, "\(why)")
      #expect(try CheckpointField.note(in: letter) == note)
    }
    #expect(try CheckpointField.note(in: Array(note.encoded.utf8)) == note)
  }

  @Test(arguments: [
    "", "From: a@example.com\n\nTenor-Checkpoint: aGVsbG8=\n", "Tenor-Checkpoint: no base64!\n\n",
    "Tenor-Checkpoint: aGVsbG8=\n\n", "Tenor-Checkpoints: aGVsbG8=\n\n",
  ])
  func `what is none is not taken for one`(_ letter: String) {
    #expect(CheckpointField.note(inLetter: Array(letter.utf8)) == nil)
    #expect(throws: NoteError.self) { try CheckpointField.note(in: Array(letter.utf8)) }
  }
}
