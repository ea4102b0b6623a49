import NoticeMail
import TermsModel
import TermsOperations
import Testing

@Suite struct HostileMailTests {
  /// SplitMix64: the same numbers in every run.
  private struct Numbers: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  @Test func `no damage to a failure report crashes the reader or turns it into a success`() {
    var numbers = Numbers(state: 20_310_102)
    let whole = ReportMessage().bytes
    for _ in 0..<4_000 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...6, using: &numbers) {
        let at = Int.random(in: 0..<bytes.count, using: &numbers)
        switch Int.random(in: 0..<4, using: &numbers) {
        case 0: bytes[at] = UInt8.random(in: 0...255, using: &numbers)
        case 1: bytes.remove(at: at)
        case 2:
          bytes.insert(
            contentsOf: bytes[at..<min(bytes.count, at + Int.random(in: 1...80, using: &numbers))],
            at: Int.random(in: 0..<bytes.count, using: &numbers))
        default: bytes.removeLast(min(bytes.count / 4, Int.random(in: 1...200, using: &numbers)))
        }
      }
      let mail = ReturnedMail.read(bytes)
      #expect(mail.reports.allSatisfy { $0.action == .failed })
      #expect(ReturnedMail.read(bytes) == mail, "the same bytes, the same reading")
    }
  }

  @Test func `a report cut off anywhere is a report or none, never another`() {
    let whole = ReportMessage().bytes
    let full = ReturnedMail.read(whole).reports
    for count in 0..<whole.count {
      let reports = ReturnedMail.read(Array(whole[..<count])).reports
      #expect(reports.count <= full.count)
      #expect(reports.allSatisfy { $0.action == .failed })
    }
  }

  @Test func `text from outside cannot break a line or turn it round`() throws {
    let message = ReportMessage(groups: [
      [
        "Final-Recipient: rfc822; a@b.example", "Action: failed", "Status: 5.1.1",
        "Diagnostic-Code: smtp; 550 \u{202E}gnp\u{0}.x\u{7}\u{1B}[31m no",
      ]
    ])
    let diagnostic = try #require(ReturnedMail.read(message.bytes).reports.first?.diagnostic ?? "")
    #expect(!diagnostic.unicodeScalars.contains { $0.value < 32 || $0.value == 127 || $0.value == 0x202E })

    let long = message.with {
      $0.groups[0].append("Remote-MTA: dns; x");
      $0.groups[0][3] = "Diagnostic-Code: " + String(repeating: "z", count: 5_000)
    }
    #expect(ReturnedMail.read(long.bytes).reports.first?.diagnostic?.count == 1_000)
  }

  @Test func `many threads read at once and agree`() async {
    let bytes = ReportMessage().bytes
    let expected = ReturnedMail.read(bytes)
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 { group.addTask { (0..<200).allSatisfy { _ in ReturnedMail.read(bytes) == expected } } }
      for await agreed in group { #expect(agreed) }
    }
  }
}
