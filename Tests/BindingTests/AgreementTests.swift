import TermsModel
import Testing

@testable import Binding

/// Section 3.1, rules 5, 6 and 7: joining, acceptance and ending.
@Suite struct AgreementTests {
  static let posted: Instant = "2025-12-17T17:00:00Z"

  // MARK: Joining

  @Test(arguments: [
    Case(
      "a connector created while a change is pending for others", from: Record(),
      [
        .init("2025-12-20T07:59:59Z", nil, because: "not bound yet"),
        .init(
          "2025-12-20T08:00:00Z", "v2", "in-force 2025-12-20", because: "bound by the whole version, from that moment"),
      ]
    ) { record in
      record.post("v1", at: "2025-06-04T16:00:00Z")
      record.post("v2", at: posted, [.material()])
      record.act(.connectorAdded("trains"), at: "2025-12-20T08:00:00Z")
    },

    Case(
      "express agreement, with a version posted later", from: Record(),
      [
        .init("2025-12-16", "v1", because: "the version then posted"),
        .init("2025-12-31", "v1", "pending 2026-01-01", because: "the later version has to be noticed"),
        .init("2026-01-01", "v2", "in-force 2026-01-01", because: "no address: the posting serves"),
      ]
    ) { record in
      record.post("v1", at: "2025-06-04T16:00:00Z")
      record.act(.agreed, at: "2025-12-01T08:00:00Z")
      record.post("v2", at: posted, [.material()])
    },

    Case(
      "a further connector is agreement to the whole version then posted",
      .init("2025-12-20T07:59:59Z", "2025-06-04", "awaiting-notice 2026-01-03", because: "the day before, not told"),
      .init("2025-12-20T08:00:00Z", "v2", "in-force 2025-12-20", because: "pending changes included")
    ) { record in
      record.post("v2", at: posted, [.material()])
      record.act(.connectorAdded("trains"), at: "2025-12-20T08:00:00Z")
    },

    Case(
      "a connector created in the very moment of the posting", from: Record(),
      [.init("2025-12-18", "v2", "in-force 2025-12-17", because: "the version was posted by then")]
    ) { record in
      record.post("v1", at: "2025-06-04T16:00:00Z")
      record.post("v2", at: posted, [.material()])
      record.act(.connectorAdded("trains"), at: posted)
    },

    Case(
      "an agreement older than the record", from: Record(),
      [
        .init("2025-06-03", nil, because: "nothing was on record as posted then"),
        .init("2025-06-05", "v1", because: "the first version on record is taken for the text agreed to"),
        .init("2025-12-31", "v1", "pending 2026-01-01", because: "later versions take their own time"),
      ]
    ) { record in
      record.act(.connectorAdded("weather"), at: "2024-02-01T08:00:00Z")
      record.post("v1", at: "2025-06-04T16:00:00Z")
      record.post("v2", at: posted, [.material()])
    },

    Case(
      "a version taken back by then is not the one then posted", from: Record(),
      [.init("2025-12-21", "v1", because: "the second one was withdrawn on the 19th")]
    ) { record in
      record.post("v1", at: "2025-06-04T16:00:00Z")
      record.post("v2", at: posted, [.material()])
      record.happen(.withdrawn(reason: "a mistake"), to: "v2", at: "2025-12-19T17:00:00Z")
      record.act(.connectorAdded("trains"), at: "2025-12-20T08:00:00Z")
    },
  ])
  func `joining binds to the whole version then posted`(_ given: Case) { check(given) }

  // MARK: Acceptance

  @Test(arguments: [
    Case(
      "accepted before the date",
      .init("2025-12-18T19:59:59Z", "2025-06-04", "pending 2026-01-01", because: "the second before"),
      .init("2025-12-18T20:00:00Z", "v2", "in-force 2025-12-18", because: "in force at once")
    ) { record in
      record.post("v2", at: posted, [.material()])
      record.mail(of: "v2", at: posted)
      record.act(.accepted("v2"), at: "2025-12-18T20:00:00Z")
    },

    Case(
      "accepted without any notice",
      .init("2025-12-19", "v2", "in-force 2025-12-18", because: "who accepts expressly needs no notice")
    ) { record in
      record.post("v2", at: posted, [.material()])
      record.act(.accepted("v2"), at: "2025-12-18T20:00:00Z")
    },

    Case(
      "accepted after the date",
      .init("2026-01-10", "v2", "in-force 2026-01-01", because: "it was in force already")
    ) { record in
      record.post("v2", at: posted, [.material()])
      record.mail(of: "v2", at: posted)
      record.act(.accepted("v2"), at: "2026-01-05T20:00:00Z")
    },

    Case(
      "accepting a later version accepts what it is written on",
      .init("2026-01-11", "v3", "in-force 2026-01-10", because: "the third version holds the words of the second")
    ) { record in
      record.post("v2", at: posted, [.material()])
      record.post("v3", at: "2026-01-09T17:00:00Z", [.material("6(d)", clause: 40)])
      record.act(.accepted("v3"), at: "2026-01-10T20:00:00Z")
    },

    Case(
      "accepting a version before it was posted says nothing",
      .init("2025-12-20", "2025-06-04", "pending 2026-01-01", because: "there was nothing to accept")
    ) { record in
      record.post("v2", at: posted, [.material()])
      record.mail(of: "v2", at: posted)
      record.act(.accepted("v2"), at: "2025-12-16T20:00:00Z")
    },

    Case(
      "declining is recorded and stops nothing",
      .init("2026-01-01", "v2", "in-force 2026-01-01", because: "who does not want it ends the agreement")
    ) { record in
      record.post("v2", at: posted, [.material()])
      record.mail(of: "v2", at: posted)
      record.act(.declined("v2"), at: "2025-12-20T20:00:00Z")
    },
  ])
  func `express acceptance brings a version into force at once`(_ given: Case) { check(given) }

  @Test func `keeping a connector available on the effective date is acceptance, and is said to be`() {
    var record = Record.bound()
    record.post("v2", at: Self.posted, [.material()])
    record.mail(of: "v2", at: "2025-12-19T17:00:00Z")
    record.act(.connectorAdded("trains"), at: "2025-12-01T17:00:00Z")
    record.act(.declined("v2"), at: "2025-12-20T17:00:00Z")
    let before = record.answer("2026-01-02")
    #expect(before.says("acceptance") == [])
    #expect(
      before.says("decline") == [
        "the developer declined version v2 on 2025-12-20: recorded; declining alone ends no agreement and stops no change"
      ])
    #expect(
      record.answer("2026-01-03").says("acceptance") == [
        "connectors 'weather', 'trains' kept available on 2026-01-03, which is acceptance of version v2: assumed from that, and not said expressly"
      ])
  }

  @Test func `where no connector is left the change takes effect by its notice, and nothing is said to be accepted`() {
    var record = Record.bound()
    record.post("v2", at: Self.posted, [.material()])
    record.mail(of: "v2", at: "2025-12-19T17:00:00Z")
    record.act(.connectorRemoved("weather"), at: "2025-12-22T17:00:00Z")
    let answer = record.answer("2026-01-10")
    #expect(answer.version == "v2")
    #expect(
      answer.says("acceptance") == [
        "no connector was available on 2026-01-03, so nothing was accepted by keeping one; version v2 takes effect by its notice"
      ])
  }

  // MARK: Ending

  struct Ending: Sendable {
    let acts: [(AgreementAct, Instant)]
    /// The first day or moment on which the agreement no longer binds.
    let end: Instant?
    let because: String
  }

  @Test(arguments: [
    Ending(
      acts: [(.connectorRemoved("weather"), "2025-12-17T20:00:00Z")], end: "2026-01-16T08:00:00Z",
      because: "removing the last connector is 30 days' notice"),
    Ending(
      acts: [(.terminated(by: .developer, immediate: false, reason: nil), "2028-02-14T20:00:00Z")],
      end: "2028-03-15T07:00:00Z", because: "30 days, over a leap day and a clock change"),
    Ending(
      acts: [(.terminated(by: .platform, immediate: false, reason: nil), "2025-12-17T20:00:00Z")],
      end: "2026-01-16T08:00:00Z", because: "30 days either side"),
    Ending(
      acts: [(.terminated(by: .developer, immediate: true, reason: "risk of liability"), "2025-12-17T20:00:00Z")],
      end: "2025-12-17T20:00:00Z", because: "at once on risk of liability or harm"),
    Ending(
      acts: [(.terminated(by: .platform, immediate: true, reason: "breach"), "2025-12-17T20:00:00Z")],
      end: "2025-12-17T20:00:00Z", because: "at once for breach, harm or law"),
    Ending(
      acts: [
        (.connectorAdded("trains"), "2025-10-01T20:00:00Z"), (.connectorRemoved("weather"), "2025-12-17T20:00:00Z"),
      ], end: nil, because: "a connector is left"),
    Ending(
      acts: [
        (.connectorRemoved("weather"), "2025-12-17T20:00:00Z"), (.connectorAdded("trains"), "2025-12-20T20:00:00Z"),
      ], end: nil, because: "a new connector takes the developer's own notice back"),
    Ending(
      acts: [
        (.terminated(by: .developer, immediate: false, reason: nil), "2025-12-17T20:00:00Z"),
        (.agreed, "2025-12-20T20:00:00Z"),
      ], end: nil, because: "a new agreement takes the developer's own notice back"),
    Ending(
      acts: [
        (.terminated(by: .platform, immediate: false, reason: nil), "2025-12-17T20:00:00Z"),
        (.connectorAdded("trains"), "2025-12-20T20:00:00Z"),
      ], end: "2026-01-16T08:00:00Z", because: "the developer cannot take the platform's notice back"),
    Ending(
      acts: [
        (.terminated(by: .platform, immediate: false, reason: nil), "2025-12-17T20:00:00Z"),
        (.terminated(by: .developer, immediate: true, reason: "harm"), "2025-12-20T20:00:00Z"),
      ], end: "2025-12-20T20:00:00Z", because: "the earlier end counts"),
    Ending(
      acts: [
        (.terminated(by: .developer, immediate: false, reason: nil), "2025-12-17T20:00:00Z"),
        (.connectorRemoved("weather"), "2025-12-27T20:00:00Z"),
      ], end: "2026-01-16T08:00:00Z", because: "a later notice does not put the end off"),
    Ending(
      acts: [
        (.terminated(by: .platform, immediate: false, reason: nil), "2025-12-27T20:00:00Z"),
        (.connectorRemoved("weather"), "2025-12-17T20:00:00Z"), (.connectorAdded("trains"), "2025-12-28T20:00:00Z"),
      ], end: "2026-01-26T08:00:00Z", because: "once the developer's notice is taken back the platform's is left"),
    Ending(
      acts: [(.agreed, "2025-10-01T20:00:00Z"), (.connectorRemoved("weather"), "2025-12-17T20:00:00Z")],
      end: "2026-01-16T08:00:00Z", because: "also where the agreement was made expressly"),
  ])
  func `the agreement ends`(_ ending: Ending) {
    var record = Record.bound()
    for (act, moment) in ending.acts { record.act(act, at: moment) }
    guard let end = ending.end else {
      #expect(record.answer("2027-01-01").bound, "\(ending.because)")
      return
    }
    let before = record.answer(.moment(Instant(milliseconds: end.milliseconds - 1)))
    #expect(before.bound && before.version == "2025-06-04", "\(ending.because)")
    #expect(before.nextChange == end, "\(ending.because)")
    let after = record.answer(.moment(end))
    #expect(!after.bound && after.version == nil && after.surviving != nil, "\(ending.because)")
    #expect(record.answer("2030-01-01").surviving != nil, "on any later day")
  }

  @Test func `nothing takes effect for a developer once the agreement has ended, and it is said so before`() {
    var record = Record.bound()
    record.act(.terminated(by: .developer, immediate: false, reason: nil), at: "2025-12-01T20:00:00Z")
    // It ends on 2025-12-31.
    record.post("v2", at: "2025-12-15T17:00:00Z", [.material("7(a)")])
    record.mail(of: "v2", at: "2025-12-15T17:00:00Z")
    record.post("v3", at: "2025-12-16T17:00:00Z", [.material("8", clause: 11)])
    record.mail(of: "v3", at: "2025-12-16T17:00:00Z")
    record.post("v4", at: "2025-12-17T17:00:00Z", [.material("9", clause: 12), .other("2(e)")])
    let asked: [(at: Asked, v2: String, because: String)] = [
      ("2025-12-20", "pending 2025-12-30", "the day before the end is one of the agreement's"),
      ("2025-12-30", "in-force 2025-12-30", "its last day"),
      ("2025-12-31", "in-force 2025-12-30", "the day of the end"),
      ("2026-01-01", "in-force 2025-12-30", "the day after"), ("2027-06-01", "in-force 2025-12-30", "any later day"),
    ]
    for (at, v2, because) in asked {
      let answer = record.answer(at)
      #expect(answer.state(change: 1, of: "v2") == v2, "\(because)")
      #expect(
        answer.state(change: 1, of: "v3") == "not-bound", "it would take effect on the day of the end: \(because)")
      #expect(answer.state(change: 1, of: "v4") == "not-bound", "told on any day it would come too late: \(because)")
      #expect(answer.state(change: 2, of: "v4") == "in-force 2025-12-17", "\(because)")
      #expect(answer.pending.allSatisfy { $0.version == "v2" }, "\(because)")
      let ends = answer.basis.filter { if case .afterTheEnd = $0.step { true } else { false } }
      #expect(
        ends.map(\.says) == [
          "clause 8 changed: the agreement ends on 2025-12-31, before that could take effect: never in force",
          "clause 9 changed: the agreement ends on 2025-12-31, before that could take effect: never in force",
        ], "\(because)")
      #expect(!answer.basis.contains { $0.says.contains("with notice given on") }, "\(because)")
    }
    record.act(.connectorAdded("trains"), at: "2025-12-18T17:00:00Z")
    let later = record.answer("2025-12-20")
    #expect(later.bound && later.basis.allSatisfy { $0.rule != "ending" || $0.says.contains("takes that ending back") })
    #expect(later.state(change: 1, of: "v4") != "not-bound", "whoever stays is bound by what comes")
  }

  @Test func `what survives is the text in force on the last day`() {
    var profile = RuleProfile.connectors7a
    profile.survival = ["2(b)", "5-7"]
    var record = Record.bound(profile)
    record.post("v2", at: "2025-12-17T17:00:00Z", [.material("7(a)"), .other("2(e)")])
    record.mail(of: "v2", at: "2026-01-05T17:00:00Z")
    record.act(.connectorRemoved("weather"), at: "2025-12-17T20:00:00Z")
    let answer = record.answer("2026-06-01")
    #expect(answer.surviving == ["2(b)", "5-7"])
    #expect(answer.state(change: 1, of: "v2") == "not-bound", "it would have taken effect on 2026-01-20, after the end")
    #expect(answer.state(change: 2, of: "v2") == "in-force 2025-12-17")
    #expect(answer.pending.isEmpty)
    #expect(answer.nextChange == nil)
    #expect(
      answer.says("survival") == ["clauses 2(b), 5-7 go on binding, in the wording in force on the last day"])
  }

  @Test func `who joins again is bound by the whole version then posted`() {
    var record = Record.bound()
    record.act(.terminated(by: .developer, immediate: true, reason: nil), at: "2025-12-01T20:00:00Z")
    record.post("v2", at: Self.posted, [.material()])
    record.act(.connectorAdded("weather"), at: "2025-12-18T20:00:00Z")
    let answer = record.answer("2025-12-19")
    #expect(answer.version == "v2" && answer.versions.map(\.version) == ["v2"])
    #expect(!record.answer("2025-12-10").bound)
    #expect(record.answer("2025-12-10").nextChange == "2025-12-18T20:00:00Z")
  }

  @Test func `a connector removed after the end ends nothing new`() {
    var record = Record.bound()
    record.act(.terminated(by: .developer, immediate: true, reason: nil), at: "2025-12-01T20:00:00Z")
    record.act(.agreed, at: "2025-12-10T20:00:00Z")
    record.act(.connectorRemoved("weather"), at: "2025-12-11T20:00:00Z")
    #expect(record.answer("2026-06-01").bound)
  }

  @Test func `nobody is bound who never joined`() {
    var record = Record()
    record.post("v1", at: "2025-06-04T16:00:00Z")
    let answer = record.answer("2025-12-01")
    #expect(!answer.bound && answer.versions.isEmpty && answer.surviving == nil && answer.entity == nil)
    #expect(answer.says("joining") == ["no connector was created and no agreement given by then: not bound"])
  }

  @Test(arguments: [
    (AgreementAct.connectorAdded("trains"), "connector 'trains' was created on 2026-01-20"),
    (.agreed, "the developer agreed expressly on 2026-01-20"),
  ])
  func `an ending that the developer took back is told with what undid it`(_ act: AgreementAct, _ words: String) {
    var record = Record.bound()
    record.act(.terminated(by: .developer, immediate: false, reason: nil), at: "2026-01-15T18:00:00Z")
    record.act(act, at: "2026-01-20T18:00:00Z")
    let answer = record.answer("2026-03-01")
    #expect(answer.bound)
    #expect(
      answer.basis.map(\.says).contains(
        "the developer ended the agreement on 2026-01-15; \(words), which takes that ending back"))
  }
}
