import TermsModel
import Testing

@testable import Binding

/// Section 3.1, rules 9 and 10: a clause never runs ahead of itself; by clause or whole.
@Suite struct ClauseTests {
  static let posted: Instant = "2025-12-17T17:00:00Z"

  @Test(arguments: [
    Case(
      "a slip mended in a clause that has a material change pending", about: "v3",
      .init(
        "2025-12-31", "2025-06-04", "pending 2026-01-01", because: "a typo fix does not smuggle in the pending change"),
      .init("2026-01-01", "v3", "in-force 2026-01-01", because: "with the change that it is written on")
    ) { record in
      record.post("v2", at: posted, [.material("7(a)", clause: 10)])
      record.mail(of: "v2", at: posted)
      record.post("v3", at: "2025-12-22T17:00:00Z", [.other("7(a)", clause: 10, number: 1)])
    },

    Case(
      "a slip mended in another clause", about: "v3",
      .init("2025-12-23", "2025-06-04", "in-force 2025-12-22", because: "nothing is pending there"),
      .init("2026-01-01", "v3", "in-force 2025-12-22", because: "the whole text is in force once the earlier change is")
    ) { record in
      record.post("v2", at: posted, [.material("7(a)", clause: 10)])
      record.mail(of: "v2", at: posted)
      record.post("v3", at: "2025-12-22T17:00:00Z", [.other("2(e)", clause: 20, number: 1)])
    },

    Case(
      "a material change noticed before the one that it is written on", about: "v3",
      .init(
        "2026-01-10", "2025-06-04", "awaiting-notice 2026-01-25",
        because: "the earlier change still waits for its notice")
    ) { record in
      record.post("v2", at: posted, [.material("7(a)", clause: 10)])
      record.post("v3", at: "2025-12-22T17:00:00Z", [.material("7(a)", clause: 10)])
      record.mail(of: "v3", at: "2025-12-22T17:00:00Z")
    },

    Case(
      "three versions of one clause, one upon the other", about: "v4",
      .init("2026-01-19", "2025-06-04", "pending 2026-01-20", because: "waits for the second one, told late"),
      .init("2026-01-20", "v4", "in-force 2026-01-20", because: "all three on one day")
    ) { record in
      record.post("v2", at: posted, [.material("7(a)", clause: 10)])
      record.post("v3", at: "2025-12-22T17:00:00Z", [.material("7(a)", clause: 10)])
      record.mail(of: "v3", at: "2025-12-22T17:00:00Z")
      record.mail(of: "v2", at: "2026-01-05T17:00:00Z")
      record.post("v4", at: "2025-12-29T17:00:00Z", [.other("7(a)", clause: 10, number: 1)])
    },

    Case(
      "clauses that merge wait for each other", about: "v3",
      .init("2025-12-31", "2025-06-04", "pending 2026-01-01", because: "one of the two has a change pending")
    ) { record in
      record.post("v2", at: posted, [.material("5.1", clause: 51)])
      record.mail(of: "v2", at: posted)
      record.post(
        "v3", at: "2025-12-22T17:00:00Z", [.change(1, "5.1", .other, .merged, clauses: [50, 51], after: [50])])
    },
  ])
  func `a clause never runs ahead of itself`(_ given: Case) { check(given) }

  @Test func `a term renamed throughout reaches each clause as soon as nothing holds that clause back`() {
    var record = Record.bound()
    record.post("v2", at: Self.posted, [.material("7(a)", clause: 10)])
    record.mail(of: "v2", at: Self.posted)
    record.post(
      "v3", at: "2025-12-22T17:00:00Z",
      [
        .change(1, "1(e)", .other, .renamedTerm, clauses: [1, 10, 20]),
        .change(2, "6(d)", .material, clauses: [40]),
      ])
    record.mail(of: "v3", at: "2025-12-22T17:00:00Z")
    let answer = record.answer("2025-12-25")
    #expect(answer.state(change: 1, of: "v3") == "pending 2026-01-01", "the last of its clauses decides")
    #expect(answer.inForce("v3") == .partly, "two of its clauses have it already")
    #expect(
      answer.says("a clause never runs ahead of itself") == [
        "clause 1(e) with a term renamed: written on the change of version v2 to the same clause; in force 2026-01-01"
      ])
  }

  @Test func `a clause that is also changed otherwise takes a renamed term along with that change`() {
    var record = Record.bound()
    record.post(
      "v2", at: Self.posted,
      [
        .change(1, "1(e)", .other, .renamedTerm, clauses: [1, 10, 20]),
        .change(2, "7(a)", .material, clauses: [10]),
      ])
    record.mail(of: "v2", at: Self.posted)
    let answer = record.answer("2025-12-25")
    #expect(answer.state(change: 1, of: "v2") == "in-force 2025-12-17", "where it alone decides")
    #expect(answer.state(change: 2, of: "v2") == "pending 2026-01-01")
    #expect(answer.inForce("v2") == .partly)
  }

  @Test func `by clause each change has its own date, and whole versions have one`() {
    for (granularity, other, inForce) in [
      (RuleProfile.Granularity.clause, "in-force 2025-12-17", BindingAnswer.InForce.partly),
      (.version, "pending 2026-01-01", .not),
    ] {
      var profile = RuleProfile.connectors7a
      profile.granularity = granularity
      var record = Record.bound(profile)
      record.post("v2", at: Self.posted, [.material(), .other(), .legal()])
      record.mail(of: "v2", at: Self.posted)
      let answer = record.answer("2025-12-25")
      #expect(answer.state(.other, of: "v2") == other)
      #expect(answer.state(.legalRequired, of: "v2") == other, "the whole version means the whole version")
      #expect(answer.inForce("v2") == inForce)
      #expect(record.answer("2026-01-01").inForce("v2") == .wholly)
    }
  }

  @Test func `changes of one class on different dates stand apart, each with its clauses`() {
    var record = Record.bound()
    record.post("v2", at: Self.posted, [.material("7(a)", clause: 10)])
    record.mail(of: "v2", at: Self.posted)
    record.post(
      "v3", at: "2025-12-22T17:00:00Z",
      [.change(1, "7(a)", .other, clauses: [10]), .change(2, "2(d)", .other, clauses: [20])])
    let classes = record.answer("2025-12-25").versions.first { $0.version == "v3" }?.classes ?? []
    #expect(
      classes.map { "\($0.clauses.map(\.description)) \($0.state.words)" } == [
        #"["2(d)"] in-force 2025-12-22"#, #"["7(a)"] pending 2026-01-01"#,
      ])
  }

  @Test func `the latest version wholly in force has everything before it in force as well`() {
    var record = Record.bound()
    record.post("v2", at: Self.posted, [.material()])
    record.post("v3", at: "2025-12-22T17:00:00Z", [.other()])
    let answer = record.answer("2025-12-25")
    #expect(answer.inForce("v3") == .wholly, "all that it changed")
    #expect(
      answer.version == "2025-06-04", "but not all that it says: the second version's change waits for its notice")
    #expect(answer.pending.map(\.version) == ["v2"])
  }
}
