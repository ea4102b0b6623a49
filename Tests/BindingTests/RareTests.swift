import TermsModel
import Testing

@testable import Binding

/// Cases that no rule was written for in the first place: what the rules written a second time brought to light
/// (``ReferenceTests``), each with the reason for which it is decided as it is.
@Suite struct RareTests {
  static let posted: Instant = "2025-12-17T17:00:00Z"

  @Test(arguments: [
    Case(
      "no address at the posting, then one to which the notice fails, then one that it reaches",
      from: .bound(hasAddress: false),
      [
        .init("2026-01-02", "v2", "in-force 2026-01-01", because: "the posting serves whoever has no address"),
        .init("2026-02-01", "v2", "in-force 2026-01-01", because: "a failure recorded later puts nothing off"),
      ]
    ) { record in
      record.post("v2", at: posted, [.material()])
      record.address(true, at: "2025-12-20T17:00:00Z")
      record.bounce(of: "v2", at: "2026-01-20T17:00:00Z", message: "one")
      record.mail(of: "v2", at: "2026-01-25T17:00:00Z", message: "two")
    },

    Case(
      "told ahead of the posting, by the cautious clock",
      from: .bound(
        { () -> RuleProfile in
          var profile = RuleProfile.connectors7a
          profile.clock = .latest
          return profile
        }()),
      [
        .init("2025-12-31", "2025-06-04", "pending 2026-01-01", because: "of notice and posting the posting came last"),
        .init("2026-01-01", "v2", "in-force 2026-01-01", because: "15 days after the posting"),
      ]
    ) { record in
      record.mail(of: "v2", at: "2025-12-10T17:00:00Z")
      record.post("v2", at: posted, [.material()])
    },

    Case(
      "two postponements, the first of which was recorded last",
      .init("2026-02-09", "2025-06-04", "pending 2026-02-10", because: "put off to February, and then once more"),
      .init("2026-02-10", "v2", "in-force 2026-02-10", because: "in the order in which it happened")
    ) { record in
      record.post("v2", at: posted, [.material()])
      record.mail(of: "v2", at: posted)
      record.happen(.postponed(until: "2026-02-10", reason: "more time"), to: "v2", at: "2026-01-20T17:00:00Z")
      record.happen(
        .postponed(until: "2026-02-01", reason: "more time"), to: "v2", at: "2025-12-22T17:00:00Z",
        recorded: "2026-01-21T17:00:00Z")
    },

    Case(
      "joined after a version was withdrawn of which a part had been in force",
      .init("2025-12-18", nil, because: "not bound yet"),
      .init(
        "2025-12-21", "2025-06-04", "withdrawn", "withdrawn", because: "what was taken back by then never bound them")
    ) { record in
      record.act(.terminated(by: .developer, immediate: true, reason: nil), at: "2025-12-01T17:00:00Z")
      record.post("v2", at: posted, [.material(), .other()])
      record.happen(.withdrawn(reason: "wrong file"), to: "v2", at: "2025-12-19T17:00:00Z")
      record.act(.connectorAdded("trains"), at: "2025-12-20T17:00:00Z")
    },

    Case(
      "joined when the only version on record was withdrawn", about: "v2", from: Record(),
      [
        .init("2025-12-16", nil, because: "nothing stood when they joined"),
        .init("2025-12-18", "v2", "in-force 2025-12-17", because: "the first text posted after is the one agreed to"),
      ]
    ) { record in
      record.post("v1", at: "2025-06-04T16:00:00Z")
      record.happen(.withdrawn(reason: "wrong file"), to: "v1", at: "2025-06-05T16:00:00Z")
      record.act(.connectorAdded("trains"), at: "2025-07-01T16:00:00Z")
      record.post("v2", at: posted, [.material()])
    },

    Case(
      "a version that bound this developer was withdrawn for others, and another one was written on the text before",
      about: "v3",
      .init(
        "2026-02-01", "v2", "in-force 2026-01-16",
        because: "the third version says nothing of the words of the second, which stay in force")
    ) { record in
      record.post("v2", at: posted, [.material()])
      record.act(.accepted("v2"), at: "2025-12-18T17:00:00Z")
      record.happen(.withdrawn(reason: "wrong file"), to: "v2", at: "2025-12-22T17:00:00Z")
      record.post("v3", at: "2026-01-01T17:00:00Z", [.material("6(d)", clause: 40)])
      record.mail(of: "v3", at: "2026-01-01T17:00:00Z")
    },

    Case(
      "a version posted before the one ahead of it was withdrawn, and recorded after", about: "v3",
      .init(
        "2025-12-21", "v3", "in-force 2025-12-20",
        because:
          "it was compared with the text before, so nothing of it waits for the one withdrawn, and all of it binds")
    ) { record in
      record.post("v2", at: posted, [.material()])
      record.happen(.withdrawn(reason: "wrong file"), to: "v2", at: "2025-12-22T17:00:00Z")
      record.post(
        "v3", at: "2025-12-20T17:00:00Z", recorded: "2025-12-23T17:00:00Z", [.other("7(a)", clause: 10, number: 1)])
    },
  ])
  func `rare cases are decided by the rules`(_ given: Case) { check(given) }

  // MARK: Zones

  @Test func `a version's days are counted in the zone of its posting, whatever the document counts in since`() {
    var record = Record.bound()
    record.post("v2", at: Self.posted, [.material()], settings: record.document.settings)
    record.mail(of: "v2", at: Self.posted)
    record.document.settings.timeZone = "Europe/Dublin"
    #expect(record.answer("2026-01-01T07:59:59Z").version == "2025-06-04", "the 1st in Dublin, the 31st in Los Angeles")
    #expect(record.answer("2026-01-01T08:00:00Z").version == "v2", "the first moment of the 1st in Los Angeles")
    #expect(record.answer("2025-12-31T12:00:00Z").nextChange == "2026-01-01T08:00:00Z")
  }

  @Test func `a clause waits for the words that it is written on also where a later version counts in another zone`() {
    var record = Record.bound()
    record.post("v2", at: Self.posted, [.material()], settings: record.document.settings)
    record.mail(of: "v2", at: Self.posted)
    record.document.settings.timeZone = "Asia/Tokyo"
    record.post("v3", at: "2025-12-22T17:00:00Z", [.other("7(a)", clause: 10, number: 1)])
    #expect(record.answer("2026-01-01T07:59:59Z").state(change: 1, of: "v3") == "pending 2026-01-01")
    #expect(record.answer("2026-01-01T08:00:00Z").version == "v3", "the moment at which the earlier change binds")
  }

  // MARK: Opting out

  static let start: Record = {
    var profile = RuleProfile.connectors7a
    profile.optOut = [.init(clauses: ["9"], days: 30)]
    return .bound(profile)
  }()

  @Test func `a choice holds for what it names also where an earlier version had changed it`() {
    var record = Self.start
    record.post("v2", at: "2025-09-01T17:00:00Z", [.other("9(b)", clause: 91, number: 1)])
    record.post("v3", at: Self.posted, [.material("9(a)", clause: 90)])
    record.mail(of: "v3", at: Self.posted)
    record.act(.optedOut("v3", "9"), at: "2026-01-10T17:00:00Z")
    record.post("v4", at: "2026-03-02T17:00:00Z", [.other("9(b)", clause: 91, number: 1)])
    let answer = record.answer("2026-06-01")
    #expect(answer.state(change: 1, of: "v2") == "in-force 2025-09-01", "the wording last agreed")
    #expect(answer.state(change: 1, of: "v4") == "opted-out", "it keeps that wording through all later versions")
  }

  @Test func `clauses that split and merge in a row keep their wording together`() {
    var record = Self.start
    record.post("v2", at: Self.posted, [.material("9(a)", clause: 90)])
    record.mail(of: "v2", at: Self.posted)
    record.act(.optedOut("v2", "9"), at: "2026-01-10T17:00:00Z")
    record.post(
      "v3", at: "2026-03-02T17:00:00Z",
      [
        .change(1, "4", .other, .merged, clauses: [40, 41], after: [41]),
        .change(2, "5", .other, .merged, clauses: [41, 50], after: [50]),
        .change(3, "9(a)", .other, .merged, clauses: [50, 90], after: [90]),
      ])
    let answer = record.answer("2026-06-01")
    #expect((1...3).map { answer.state(change: $0, of: "v3") } == ["opted-out", "opted-out", "opted-out"])
  }

  // MARK: Classes

  @Test func `the version agreed to shows its classes after all corrections`() {
    var record = Record()
    record.post("v1", at: "2025-06-04T16:00:00Z")
    record.post("v2", at: Self.posted, [.other(number: 1)])
    record.act(.agreed, at: "2025-12-18T17:00:00Z")
    record.happen(
      .reclassified(change: 1, to: .material, legalBasis: nil, reason: "it shortens a period"), to: "v2",
      at: "2025-12-19T17:00:00Z")
    let answer = record.answer("2025-12-20")
    #expect(answer.versions.first?.changes.first?.changeClass == .material)
    #expect(answer.state(change: 1, of: "v2") == "in-force 2025-12-18", "agreed to all the same")
  }

  @Test func `weighing a correction leaves no trace on the clock`() {
    // Recorded at one stroke: by the class as posted the posting had served before the notice came; by the corrected one,
    // whose period is longer, the notice came in time.
    var profile = RuleProfile.connectors7a
    profile.other = .afterNotice(days: 40)
    var record = Record(profile)
    record.post("v1", at: "2025-06-04T16:00:00Z")
    record.register(hasAddress: false, region: "US", at: "2025-07-01T16:00:00Z")
    record.post("v2", at: Self.posted, [.material()])
    record.notice(of: "v2", by: .courier, .sent, at: "2026-01-20T17:00:00Z")
    record.happen(
      .reclassified(change: 1, to: .other, legalBasis: nil, reason: "a slip only"), to: "v2",
      at: "2026-01-21T17:00:00Z")
    record.act(.agreed, at: "2025-07-01T16:00:00Z", recorded: "2026-02-01T17:00:00Z")
    #expect(record.answer("2026-02-02").state(change: 1, of: "v2") == "pending 2026-03-01")
  }
}
