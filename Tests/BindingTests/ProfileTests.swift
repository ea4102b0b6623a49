import TermsModel
import Testing

@testable import Binding

/// Section 3.2, and the other profiles.
@Suite struct ProfileTests {
  static let posted: Instant = "2026-07-09T17:00:00Z"

  // MARK: eu-p2b-3

  @Test(arguments: [
    Case(
      "15 full days from the notice", from: .bound(.euP2B3),
      [
        .init(
          "2026-07-24", "2025-06-04", "pending 2026-07-25", "pending 2026-07-25", because: "the 15th day is not over"),
        .init("2026-07-25", "v2", "in-force 2026-07-25", "in-force 2026-07-25", because: "15 full days lie between"),
      ]
    ) { record in
      record.post("v2", at: posted, [.material(), .other()])
      record.mail(of: "v2", at: posted)
    },

    Case(
      "editorial changes need no notice", from: .bound(.euP2B3),
      [.init("2026-07-10", "v2", "in-force 2026-07-09", because: "no word becomes another")]
    ) { record in record.post("v2", at: posted, [.change(1, "2(e)", .other, .formatting, clauses: [20])]) },

    Case(
      "posting never suffices", from: .bound(.euP2B3, hasAddress: false),
      [.init("2027-07-10", "2025-06-04", "not-bound", because: "no notice, not bound, for good")]
    ) { record in record.post("v2", at: posted, [.material()]) },

    Case(
      "every notice failed", from: .bound(.euP2B3),
      [.init("2027-07-10", "2025-06-04", "not-bound", because: "no notice, not bound, for good")]
    ) { record in
      record.post("v2", at: posted, [.material()])
      record.bounce(of: "v2", at: posted)
    },

    Case(
      "told after all", from: .bound(.euP2B3),
      [.init("2026-09-17", "v2", "in-force 2026-09-17", because: "a notice that reached them starts its own period")]
    ) { record in
      record.post("v2", at: posted, [.material()])
      record.bounce(of: "v2", at: posted)
      record.notice(of: "v2", by: .courier, .sent, at: "2026-09-01T17:00:00Z")
    },

    Case(
      "waived expressly after receipt", from: .bound(.euP2B3),
      [.init("2026-07-12", "v2", "in-force 2026-07-11", because: "the developer may waive the period")]
    ) { record in
      record.post("v2", at: posted, [.material()])
      record.mail(of: "v2", at: posted)
      record.act(.accepted("v2"), at: "2026-07-11T17:00:00Z")
    },

    Case(
      "waived before receipt", from: .bound(.euP2B3),
      [.init("2026-07-15", "2025-06-04", "pending 2026-07-29", because: "a waiver comes after the notice")]
    ) { record in
      record.post("v2", at: posted, [.material()])
      record.act(.accepted("v2"), at: "2026-07-11T17:00:00Z")
      record.mail(of: "v2", at: "2026-07-13T17:00:00Z")
    },

    Case(
      "a further connector waives the period", from: .bound(.euP2B3),
      [.init("2026-07-12", "v2", "in-force 2026-07-11", because: "new goods or services within the period")]
    ) { record in
      record.post("v2", at: posted, [.material()])
      record.mail(of: "v2", at: posted)
      record.act(.connectorAdded("trains"), at: "2026-07-11T17:00:00Z")
    },

    Case(
      "but not a longer one", from: .bound(.euP2B3),
      [
        .init("2026-08-08", "2025-06-04", "pending 2026-08-09", because: "30 days for technical adaptation"),
        .init("2026-08-09", "v2", "in-force 2026-08-09", because: "30 full days"),
      ]
    ) { record in
      record.post("v2", at: posted, [.material()], adaptation: AdaptationPeriod(days: 30, reason: "a new protocol"))
      record.mail(of: "v2", at: posted)
      record.act(.connectorAdded("trains"), at: "2026-07-11T17:00:00Z")
    },

    Case(
      "a waiver of one version lets no clause run ahead of another", about: "v3", from: .bound(.euP2B3),
      [
        .init(
          "2026-07-20", "2025-06-04", "awaiting-notice 2026-08-05",
          because: "the earlier change to the clause was never noticed")
      ]
    ) { record in
      record.post("v2", at: posted, [.material()])
      record.post("v3", at: "2026-07-12T17:00:00Z", [.material()])
      record.mail(of: "v3", at: "2026-07-12T17:00:00Z")
      record.act(.accepted("v3"), at: "2026-07-14T17:00:00Z")
    },

    Case(
      "a law leaves no time", from: .bound(.euP2B3),
      [.init("2026-07-10", "v2", "in-force 2026-07-09", because: "article 3(4)")]
    ) { record in record.post("v2", at: posted, [.legal(number: 1)]) },
  ])
  func `notices to business users in the European Union`(_ given: Case) { check(given) }

  @Test func `a waiver that came too early and one that is too short are told`() {
    var early = Record.bound(.euP2B3)
    early.post("v2", at: Self.posted, [.material()])
    early.act(.accepted("v2"), at: "2026-07-11T17:00:00Z")
    #expect(
      early.answer("2026-07-15").says("express acceptance") == [
        "the developer accepted version v2 expressly on 2026-07-11, before the notice was given: the period is not waived"
      ])
    var short = Record.bound(.euP2B3)
    short.post("v2", at: Self.posted, [.material()], adaptation: AdaptationPeriod(days: 30, reason: "a new protocol"))
    short.mail(of: "v2", at: Self.posted)
    short.act(.connectorAdded("trains"), at: "2026-07-11T17:00:00Z")
    let answer = short.answer("2026-07-15")
    #expect(
      answer.says("joining").last
        == "connector 'trains' was created on 2026-07-11: waives no period longer than 15 days")
    #expect(answer.says("technical adaptation") == ["at least 30 days for technical adaptation: a new protocol"])
  }

  // MARK: notice-30-days, posting-only

  @Test(arguments: DateTests.rows)
  func `30 days after the posting or a notice, whichever is earlier`(_ row: DateTests.Row) {
    var record = Record.bound(.notice30Days)
    let noon = CivilZone.losAngeles.firstMoment(of: row.notice).adding(seconds: 43_200)
    record.post("v2", at: noon, [.material(), .other(), .legal()])
    record.mail(of: "v2", at: noon.adding(seconds: 86_400 * 3))
    for (day, inForce) in [(row.thirty.adding(days: -1), BindingAnswer.InForce.partly), (row.thirty, .wholly)] {
      let answer = record.answer(.date(day))
      #expect(answer.inForce("v2") == inForce)
      #expect(answer.state(.legalRequired, of: "v2") == "in-force \(row.notice)", "legal changes at once")
      #expect(answer.state(.other, of: "v2") == answer.state(.material, of: "v2"))
    }
  }

  @Test func `new developers are bound at once`() {
    var record = Record(.notice30Days)
    record.post("v1", at: "2025-06-04T16:00:00Z")
    record.post("v2", at: Self.posted, [.material()])
    record.act(.agreed, at: "2026-07-10T17:00:00Z")
    #expect(record.answer("2026-07-11").version == "v2")
  }

  @Test func `what is posted binds where posting is all there is`() {
    var record = Record.bound(.postingOnly)
    record.post("v2", at: Self.posted, [.material(), .other(), .legal()])
    #expect(record.answer("2026-07-09T16:59:59Z").version == "2025-06-04")
    #expect(record.answer(.moment(Self.posted)).version == "v2")
  }

  // MARK: The settings of the posting

  @Test func `a version keeps the rules under which it was posted`() {
    var record = Record.bound()
    let settings = record.document.settings
    record.post("v2", at: Self.posted, [.material()], settings: settings)
    record.mail(of: "v2", at: Self.posted)
    record.document.settings.profile.material = .afterNotice(days: 3)
    #expect(record.answer("2026-07-20").state(.material, of: "v2") == "pending 2026-07-24")
  }
}
