import TermsModel
import Testing

@testable import Binding

/// Section 3.1, rule 8: opting out.
@Suite struct OptOutTests {
  static let posted: Instant = "2025-12-17T17:00:00Z"

  static let start: Record = {
    var profile = RuleProfile.connectors7a
    profile.optOut = [.init(clauses: ["9"], days: 30)]
    return .bound(profile)
  }()

  static func update(_ record: inout Record) {
    record.post("v2", at: posted, [.material("9(a)", clause: 90), .other("2(e)", clause: 20)])
    record.mail(of: "v2", at: posted)
  }

  @Test(arguments: [
    Case(
      "on the last day", from: start,
      [
        .init(
          "2026-01-31T20:00:00Z", "2025-06-04", "opted-out", "in-force 2025-12-17", because: "30 days after 2026-01-01"),
        .init("2026-01-31T19:00:00Z", "v2", "in-force 2026-01-01", "in-force 2025-12-17", because: "before the choice"),
      ]
    ) { record in
      update(&record)
      record.act(.optedOut("v2", "9"), at: "2026-01-31T20:00:00Z")
    },

    Case(
      "a day late", from: start,
      [.init("2026-02-02", "v2", "in-force 2026-01-01", "in-force 2025-12-17", because: "the last day was 2026-01-31")]
    ) { record in
      update(&record)
      record.act(.optedOut("v2", "9"), at: "2026-02-01T20:00:00Z")
    },

    Case(
      "before the update takes effect", from: start,
      [.init("2026-01-01", "2025-06-04", "opted-out", "in-force 2025-12-17", because: "it never takes effect")]
    ) { record in
      update(&record)
      record.act(.optedOut("v2", "9(a)"), at: "2025-12-20T20:00:00Z")
    },

    Case(
      "of a clause that the rules do not name", from: start,
      [
        .init(
          "2026-01-02", "v2", "in-force 2026-01-01", "in-force 2025-12-17", because: "no opting out of 2(e) is offered")
      ]
    ) { record in
      update(&record)
      record.act(.optedOut("v2", "2(e)"), at: "2025-12-20T20:00:00Z")
    },

    Case(
      "through all later versions", about: "v3", from: start,
      [.init("2026-06-01", "2025-06-04", "opted-out", "in-force 2026-03-02", because: "the rest moves on")]
    ) { record in
      update(&record)
      record.act(.optedOut("v2", "9"), at: "2026-01-10T20:00:00Z")
      record.post("v3", at: "2026-03-02T17:00:00Z", [.material("9(a)", clause: 90), .other("2(e)", clause: 20)])
      record.mail(of: "v3", at: "2026-03-02T17:00:00Z")
    },

    Case(
      "also where the clause is renumbered, split and added to", about: "v3", from: start,
      [
        .init(
          "2026-06-01", "2025-06-04", "opted-out", "opted-out", "opted-out", "in-force 2026-03-17",
          because: "the wording last agreed stands, whatever becomes of the clause")
      ]
    ) { record in
      update(&record)
      record.act(.optedOut("v2", "9"), at: "2026-01-10T20:00:00Z")
      record.post(
        "v3", at: "2026-03-02T17:00:00Z",
        [
          .change(1, "10(a)", .other, .split, clauses: [90], after: [90, 91]),
          .change(2, "10(a)", .other, .renumbered, clauses: [90]),
          .change(3, "9(b)", .material, .inserted, clauses: [92]),
          .change(4, "6(d)", .material, clauses: [40]),
        ])
      record.mail(of: "v3", at: "2026-03-02T17:00:00Z")
    },

    Case(
      "not for another clause that has its number since", about: "v3", from: start,
      [
        .init(
          "2026-06-01", "2025-06-04", "opted-out", "in-force 2026-03-17",
          because: "the clause opted out of is 9(b) by now; what stands at 9(a) is another one")
      ]
    ) { record in
      update(&record)
      record.act(.optedOut("v2", "9(a)"), at: "2026-01-10T20:00:00Z")
      record.post(
        "v3", at: "2026-03-02T17:00:00Z",
        [
          .change(1, "9(b)", .other, .renumbered, clauses: [90]),
          .change(2, "9(a)", .material, .inserted, clauses: [92]),
        ])
      record.mail(of: "v3", at: "2026-03-02T17:00:00Z")
    },

    Case(
      "not for a clause that moved to its number, word for word", about: "v4", from: start,
      [
        .init(
          "2026-06-01", "2025-06-04", "in-force 2026-04-17",
          because: "9(a) and 9(b) changed places; the one at 9(a) is not the one opted out of")
      ]
    ) { record in
      update(&record)
      record.act(.optedOut("v2", "9(a)"), at: "2026-01-10T20:00:00Z")
      record.post(
        "v3", at: "2026-03-02T17:00:00Z",
        [
          .change(1, "9(b)", .other, .renumbered, clauses: [90]),
          .change(2, "9(a)", .other, .moved, clauses: [91]),
        ])
      record.post("v4", at: "2026-04-02T17:00:00Z", [.material("9(a)", clause: 91)])
      record.mail(of: "v4", at: "2026-04-02T17:00:00Z")
    },

    Case(
      "not for the next clause, which closes up where it was deleted", about: "v4", from: start,
      [
        .init(
          "2026-06-01", "2025-06-04", "in-force 2026-04-17",
          because: "a clause that was there before under another number replaces nothing")
      ]
    ) { record in
      update(&record)
      record.act(.optedOut("v2", "9(a)"), at: "2026-01-10T20:00:00Z")
      record.post(
        "v3", at: "2026-03-02T17:00:00Z",
        [
          .change(1, "9(a)", .material, .deleted, clauses: [90]),
          .change(2, "9(a)", .other, .renumbered, clauses: [91]),
        ])
      record.mail(of: "v3", at: "2026-03-02T17:00:00Z")
      record.post("v4", at: "2026-04-02T17:00:00Z", [.material("9(a)", clause: 91)])
      record.mail(of: "v4", at: "2026-04-02T17:00:00Z")
    },

    Case(
      "also for what takes its place under its number", about: "v3", from: start,
      [
        .init(
          "2026-06-01", "2025-06-04", "opted-out", "opted-out",
          because: "a clause written anew from end to end is that clause still")
      ]
    ) { record in
      update(&record)
      record.act(.optedOut("v2", "9(a)"), at: "2026-01-10T20:00:00Z")
      record.post(
        "v3", at: "2026-03-02T17:00:00Z",
        [
          .change(1, "9(a)", .material, .deleted, clauses: [90]),
          .change(2, "9(a)", .material, .inserted, clauses: [92]),
        ])
      record.mail(of: "v3", at: "2026-03-02T17:00:00Z")
    },

    Case(
      "until they agree expressly to the whole again", from: start,
      [
        .init("2026-01-15", "2025-06-04", "opted-out", "in-force 2025-12-17", because: "opted out"),
        .init("2026-02-21", "v2", "in-force 2026-02-20", "in-force 2025-12-17", because: "agreed to the whole"),
      ]
    ) { record in
      update(&record)
      record.act(.optedOut("v2", "9"), at: "2026-01-10T20:00:00Z")
      record.act(.agreed, at: "2026-02-20T20:00:00Z")
    },

    Case(
      "a further connector or the acceptance of a version does not undo it", from: start,
      [.init("2026-02-25", "2025-06-04", "opted-out", "in-force 2025-12-17", because: "what is on offer is the rest")]
    ) { record in
      update(&record)
      record.act(.optedOut("v2", "9"), at: "2026-01-10T20:00:00Z")
      record.act(.connectorAdded("trains"), at: "2026-02-20T20:00:00Z")
      record.act(.accepted("v2"), at: "2026-02-21T20:00:00Z")
    },

    Case(
      "after express acceptance, within the days", from: start,
      [
        .init(
          "2026-01-10", "2025-06-04", "opted-out", "in-force 2025-12-17",
          because: "acceptance gives the right to opt out no shorter life")
      ]
    ) { record in
      update(&record)
      record.act(.accepted("v2"), at: "2025-12-20T20:00:00Z")
      record.act(.optedOut("v2", "9"), at: "2026-01-09T20:00:00Z")
    },
  ])
  func `the wording last agreed stays`(_ given: Case) { check(given) }

  @Test func `of a section, each clause has its own last day`() {
    var record = Self.start
    record.post("v2", at: Self.posted, [.other("9(a)", clause: 90), .material("9(b)", clause: 91)])
    record.mail(of: "v2", at: Self.posted)
    let says = { (moment: Instant) in
      var record = record
      record.act(.optedOut("v2", "9"), at: moment)
      return record.answer("2026-06-01").basis.map(\.says).first { $0.contains("opted out") }
    }
    #expect(
      says("2026-01-16T20:00:00Z")
        == "the developer opted out of 9 on 2026-01-16: the wording last agreed stays in force")
    #expect(
      says("2026-01-17T20:00:00Z")
        == "the developer opted out of 9 on 2026-01-17, but not for 9(a): too late for that: the wording last agreed stays in force"
    )
    #expect(
      says("2026-02-01T20:00:00Z")
        == "the developer opted out of 9 on 2026-02-01, without effect: the last day was 2026-01-31",
      "the last of all days")
  }

  @Test func `who joined under the update agreed to no earlier wording`() {
    var record = Self.start
    record.act(.terminated(by: .developer, immediate: true, reason: nil), at: "2025-12-01T20:00:00Z")
    Self.update(&record)
    record.act(.connectorAdded("trains"), at: "2025-12-18T20:00:00Z")
    record.act(.optedOut("v2", "9"), at: "2025-12-19T20:00:00Z")
    #expect(record.answer("2026-01-10").version == "v2")
  }

  @Test func `the basis says how an opt-out was taken, or why it has no effect`() {
    var record = Self.start
    Self.update(&record)
    var late = record
    record.act(.optedOut("v2", "9"), at: "2026-01-10T20:00:00Z")
    #expect(
      record.answer("2026-01-11").says("opting out") == [
        "the developer opted out of 9 on 2026-01-10: the wording last agreed stays in force"
      ])
    late.act(.optedOut("v2", "9"), at: "2026-02-10T20:00:00Z")
    late.act(.optedOut("v2", "2(e)"), at: "2026-02-11T20:00:00Z")
    late.act(.optedOut("v2", "12"), at: "2026-02-12T20:00:00Z")
    #expect(
      late.answer("2026-02-13").says("opting out") == [
        "the developer opted out of 9 on 2026-02-10, without effect: the last day was 2026-01-31",
        "the developer opted out of 2(e) on 2026-02-11, without effect: the rules offer no opting out of it",
        "the developer opted out of 12 on 2026-02-12, without effect: version v2 did not change it for this developer",
      ])
  }
}
