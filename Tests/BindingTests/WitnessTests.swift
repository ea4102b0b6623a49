import TermsModel
import Testing

@testable import Binding

/// Who bears witness to a notice, as it is told.
@Suite struct WitnessTests {
  @Test(arguments: [
    ("folder /srv/tenor/outbox", "folder outbox"), ("folder outbox", "folder outbox"), ("mx.example", "mx.example"),
    ("folder ", "folder "),
  ])
  func `who bears witness is told without the way to the operator's folder`(_ witness: String, _ told: String) {
    #expect(WitnessWords.of(witness) == told)
    var record = Record.bound()
    record.post("v2", at: "2025-12-17T17:00:00Z", [.material()])
    record.notice(of: "v2", .received(.accepted, by: witness), at: "2025-12-18T17:00:00Z")
    let answer = record.answer("2026-01-21")
    #expect(answer.versions.last?.notice?.witness == told)
    #expect(
      answer.basis.contains { $0.says.contains("e-mail accepted by \(told) 2025-12-18, receipt assumed (level 2)") })
    let drawn = timeline(
      document: record.document, versions: record.versions, facts: record.facts, now: "2026-01-21T17:00:00Z",
      knownAt: .endOfTime)
    #expect(drawn?.marks.contains { $0.says == "email notice received, witness: \(told) (level 2, assumed)" } == true)
  }

  @Test(arguments: [
    (EvidenceLevel.sent, "e-mail sent 2025-12-18, receipt assumed (level 1)"),
    (.accepted, "e-mail accepted by a report 2025-12-18, receipt assumed (level 2)"),
    (.delivered, "e-mail delivered 2025-12-18, witness: a report (level 3)"),
    (.expresslyAccepted, "receipt confirmed 2025-12-18, witness: a report (level 5)"),
  ])
  func `what is assumed is shown as assumed, and what is known is not`(_ level: EvidenceLevel, _ words: String) {
    var profile = RuleProfile.connectors7a
    profile.evidence[.material] = level
    var record = Record.bound(profile)
    record.post("v2", at: "2025-12-17T17:00:00Z", [.material()])
    record.notice(of: "v2", .received(level, by: "a report"), at: "2025-12-18T17:00:00Z")
    let says = record.answer("2026-01-21").says("clock: individual")
    #expect(says.count == 1 && says.allSatisfy { $0.hasPrefix(words) }, "\(says)")
  }
}
