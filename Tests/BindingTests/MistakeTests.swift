import TermsModel
import Testing

@testable import Binding

/// Section 3.1, rules 11 and 13: mistakes, and the two times.
@Suite struct MistakeTests {
  static let posted: Instant = "2025-12-17T17:00:00Z"

  static func update(_ record: inout Record) {
    record.post("v2", at: posted, [.material(), .other()])
    record.mail(of: "v2", at: "2025-12-19T17:00:00Z")
  }

  @Test(arguments: [false, true])
  func `whoever joined, as was recorded late, under words that went since is bound like all others once they agree`(
    _ isLaterGone: Bool
  ) {
    var record = Record()
    record.post("2025-06-04", at: "2025-06-04T16:00:00Z")
    Self.tainted(&record)
    if isLaterGone { record.happen(.withdrawn(reason: "wrong file"), to: "v3", at: "2025-12-22T18:00:00Z") }
    var other = record
    record.act(.connectorAdded("weather"), at: "2025-12-21T17:00:00Z", recorded: "2025-12-28T17:00:00Z")
    #expect(record.answer("2026-01-09").version == "v3", "the words taken back bind whoever joined under them")
    record.act(.agreed, at: "2026-01-10T17:00:00Z")
    other.act(.agreed, at: "2026-01-10T17:00:00Z")
    for answer in [record.answer("2026-01-11"), record.answer("2026-03-01")] {
      let same = other.answer(
        answer.question.at == record.answer("2026-01-11").question.at ? "2026-01-11" : "2026-03-01")
      #expect(answer.version == same.version && answer.versions == same.versions, "like somebody who joins then")
      #expect(answer.nextChange == nil, "what was taken back awaits nothing")
    }
    #expect(
      timeline(
        document: record.document, versions: record.versions, facts: record.facts, now: "2026-02-01T12:00:00Z",
        knownAt: .endOfTime) != nil)
  }

  @Test func `what was withdrawn before anybody was told of it awaits no notice, day after day`() {
    var record = Record.bound()
    record.post("v2", at: Self.posted, [.material()])
    record.happen(.withdrawn(reason: "wrong file"), to: "v2", at: "2025-12-18T17:00:00Z")
    #expect(record.answer("2025-12-20").nextChange == nil)
    #expect(
      timeline(
        document: record.document, versions: record.versions, facts: record.facts, now: "2026-02-01T12:00:00Z",
        knownAt: .endOfTime) != nil)
  }

  /// A version that is withdrawn after another one was posted on it, which changes one of its clauses, and one more.
  static func tainted(_ record: inout Record) {
    record.post("v2", at: posted, [.material()])
    record.post(
      "v3", at: "2025-12-20T17:00:00Z", [.other("7(a)", clause: 10, number: 1), .other("3(c)", clause: 33)])
    record.happen(.withdrawn(reason: "wrong file"), to: "v2", at: "2025-12-22T17:00:00Z")
  }

  @Test(arguments: [
    Case(
      "withdrawn before the date",
      .init("2025-12-21", "2025-06-04", "pending 2026-01-03", "in-force 2025-12-17", because: "the day before"),
      .init("2025-12-23", "2025-06-04", "withdrawn", "in-force 2025-12-17", because: "what binds cannot be taken back")
    ) { record in
      update(&record)
      record.happen(.withdrawn(reason: "wrong file"), to: "v2", at: "2025-12-22T17:00:00Z")
    },

    Case(
      "withdrawn after the date",
      .init(
        "2026-02-01", "v2", "in-force 2026-01-03", "in-force 2025-12-17", because: "it bound this developer by then")
    ) { record in
      update(&record)
      record.happen(.withdrawn(reason: "wrong file"), to: "v2", at: "2026-01-10T17:00:00Z")
    },

    Case(
      "accepted before it was withdrawn",
      .init(
        "2026-02-01", "v2", "in-force 2025-12-20", "in-force 2025-12-17", because: "it bound this developer by then")
    ) { record in
      update(&record)
      record.act(.accepted("v2"), at: "2025-12-20T17:00:00Z")
      record.happen(.withdrawn(reason: "wrong file"), to: "v2", at: "2025-12-22T17:00:00Z")
    },

    Case(
      "a later version written on the one withdrawn", about: "v3",
      .init(
        "2026-02-01", "2025-06-04", "withdrawn", "in-force 2025-12-20",
        because: "its words stand on words that never came into force")
    ) { record in
      update(&record)
      record.post(
        "v3", at: "2025-12-20T17:00:00Z", [.other("7(a)", clause: 10, number: 1), .other("3(c)", clause: 33)])
      record.happen(.withdrawn(reason: "wrong file"), to: "v2", at: "2025-12-22T17:00:00Z")
    },

    Case(
      "a later version posted after the withdrawal", about: "v3",
      .init("2026-02-01", "v3", "in-force 2026-01-14", because: "it was compared with the text that stands")
    ) { record in
      record.post("v2", at: posted, [.material()])
      record.mail(of: "v2", at: "2025-12-19T17:00:00Z")
      record.happen(.withdrawn(reason: "wrong file"), to: "v2", at: "2025-12-22T17:00:00Z")
      record.post("v3", at: "2025-12-30T17:00:00Z", [.material()])
      record.mail(of: "v3", at: "2025-12-30T17:00:00Z")
    },

    Case(
      "a later version compared with what stayed of the one withdrawn", about: "v3",
      .init("2026-01-01", "v3", "in-force 2025-12-30", because: "it takes the typo fix back, which was in force"),
      .init("2025-12-29", "2025-06-04", because: "before it was posted, the typo fix alone is in force of v2")
    ) { record in
      update(&record)
      record.happen(.withdrawn(reason: "wrong file", keeping: [2]), to: "v2", at: "2025-12-22T17:00:00Z")
      record.post("v3", at: "2025-12-30T17:00:00Z", [.other("2(e)", clause: 20, number: 1)])
    },

    Case(
      "joined after a version was withdrawn in part",
      from: {
        var record = Record()
        record.post("2025-06-04", at: "2025-06-04T16:00:00Z")
        return record
      }(),
      [
        .init(
          "2026-01-05", "2025-06-04", "withdrawn", "in-force 2026-01-04",
          because: "bound by the same words as all others, from joining on")
      ]
    ) { record in
      record.post("v2", at: posted, [.material(), .other()])
      record.happen(.withdrawn(reason: "wrong file", keeping: [2]), to: "v2", at: "2025-12-22T17:00:00Z")
      record.act(.connectorAdded("weather"), at: "2026-01-04T17:00:00Z")
    },

    Case(
      "joined after a version was withdrawn of which nothing was pending",
      from: {
        var record = Record()
        record.post("2025-06-04", at: "2025-06-04T16:00:00Z")
        return record
      }(),
      [.init("2026-01-05", "2025-06-04", "withdrawn", because: "it was taken back as a whole, while it bound nobody")]
    ) { record in
      record.post("v2", at: posted, [.other(number: 1)])
      record.happen(.withdrawn(reason: "wrong file"), to: "v2", at: "2025-12-22T17:00:00Z")
      record.act(.connectorAdded("weather"), at: "2026-01-04T17:00:00Z")
    },

    Case(
      "joined after a version was withdrawn on which another had been posted", about: "v3",
      from: {
        var record = Record()
        record.post("2025-06-04", at: "2025-06-04T16:00:00Z")
        return record
      }(),
      [
        .init(
          "2026-01-05", "2025-06-04", "withdrawn", "in-force 2026-01-04",
          because: "the words taken back do not stand, though the later text has them; what else it changed does")
      ]
    ) { record in
      tainted(&record)
      record.act(.connectorAdded("weather"), at: "2026-01-04T17:00:00Z")
    },

    Case(
      "a version posted after that, for somebody bound all along", about: "v4",
      .init(
        "2026-02-01", "v4", "in-force 2026-01-20",
        because: "it was compared with what stands, which is what binds this developer")
    ) { record in
      tainted(&record)
      record.post("v4", at: "2026-01-05T17:00:00Z", [.material()])
      record.mail(of: "v4", at: "2026-01-05T17:00:00Z")
    },

    Case(
      "a version posted after that, for somebody who joined in between", about: "v4",
      from: {
        var record = Record()
        record.post("2025-06-04", at: "2025-06-04T16:00:00Z")
        return record
      }(),
      [
        .init("2026-02-01", "v4", "in-force 2026-01-20", because: "the same words as for all others"),
        .init("2026-01-19", "2025-06-04", "pending 2026-01-20", because: "the day before"),
      ]
    ) { record in
      tainted(&record)
      record.act(.connectorAdded("weather"), at: "2026-01-04T17:00:00Z")
      record.register(hasAddress: true, region: "US", at: "2026-01-04T17:00:00Z")
      record.post("v4", at: "2026-01-05T17:00:00Z", [.material()])
      record.mail(of: "v4", at: "2026-01-05T17:00:00Z")
    },

    Case(
      "a version posted after that, for somebody who had accepted the one withdrawn", about: "v4",
      .init(
        "2026-02-01", "v3", "in-force 2026-01-05",
        because: "the last version says nothing of words that this developer alone has")
    ) { record in
      record.post("v2", at: posted, [.material(number: 1)])
      record.act(.accepted("v2"), at: "2025-12-18T17:00:00Z")
      record.post("v3", at: "2025-12-20T17:00:00Z", [.other("3(c)", clause: 33, number: 1)])
      record.happen(.withdrawn(reason: "wrong file"), to: "v2", at: "2025-12-22T17:00:00Z")
      record.post("v4", at: "2026-01-05T17:00:00Z", [.other("6(d)", clause: 40, number: 1)])
    },

    Case(
      "agreed anew to what stands, after a joining recorded late had bound to words that were taken back", about: "v3",
      from: {
        var record = Record()
        record.post("2025-06-04", at: "2025-06-04T16:00:00Z")
        return record
      }(),
      [
        .init(
          "2026-01-09", "v2", "in-force 2026-01-05", because: "the words taken back bind whoever joined under them"),
        .init("2026-01-11", "v3", "in-force 2026-01-10", because: "agreed to the whole as it stands"),
      ]
    ) { record in
      record.post("v2", at: posted, [.material(number: 1)])
      record.happen(.withdrawn(reason: "wrong file"), to: "v2", at: "2025-12-22T17:00:00Z")
      record.act(.connectorAdded("weather"), at: "2025-12-18T17:00:00Z", recorded: "2025-12-28T17:00:00Z")
      record.post("v3", at: "2026-01-05T17:00:00Z", [.other("6(d)", clause: 40, number: 1)])
      record.act(.agreed, at: "2026-01-10T17:00:00Z")
    },

    Case(
      "postponed before the date",
      .init(
        "2026-01-31", "2025-06-04", "pending 2026-02-01", "in-force 2025-12-17",
        because: "put off; what is in force stays"),
      .init("2026-02-01", "v2", "in-force 2026-02-01", "in-force 2025-12-17", because: "the new date")
    ) { record in
      update(&record)
      record.happen(.postponed(until: "2026-02-01", reason: "more time"), to: "v2", at: "2025-12-22T17:00:00Z")
    },

    Case(
      "postponed, and then to an earlier date",
      .init(
        "2026-01-31", "2025-06-04", "pending 2026-02-01", "in-force 2025-12-17",
        because: "an announced date never moves earlier")
    ) { record in
      update(&record)
      record.happen(.postponed(until: "2026-02-01", reason: "more time"), to: "v2", at: "2025-12-22T17:00:00Z")
      record.happen(.postponed(until: "2026-01-15", reason: "less time"), to: "v2", at: "2025-12-23T17:00:00Z")
    },

    Case(
      "accepted although it was postponed",
      .init(
        "2026-01-11", "v2", "in-force 2026-01-10", "in-force 2025-12-17",
        because: "acceptance brings it into force at once")
    ) { record in
      update(&record)
      record.happen(.postponed(until: "2026-02-01", reason: "more time"), to: "v2", at: "2025-12-22T17:00:00Z")
      record.act(.accepted("v2"), at: "2026-01-10T17:00:00Z")
    },

    Case(
      "a class corrected towards more notice",
      .init(
        "2025-12-21", known: "2025-12-21T00:00:00Z", "2025-06-04", "pending 2026-01-03", "in-force 2025-12-17",
        because: "as known then"),
      .init(
        "2025-12-21", "2025-06-04", "pending 2026-01-03", "pending 2026-01-03", because: "it should have been noticed"),
      .init("2026-01-03", "v2", "in-force 2026-01-03", "in-force 2026-01-03", because: "15 days after the notice")
    ) { record in
      update(&record)
      record.happen(
        .reclassified(change: 2, to: .material, legalBasis: nil, reason: "it shortens a period"), to: "v2",
        at: "2025-12-22T17:00:00Z")
    },

    Case(
      "a class corrected towards less notice, once a date was announced",
      .init(
        "2026-01-02", "2025-06-04", "pending 2026-01-03", "in-force 2025-12-17",
        because: "an announced date never moves earlier")
    ) { record in
      update(&record)
      record.happen(
        .reclassified(change: 1, to: .other, legalBasis: nil, reason: "a slip only"), to: "v2",
        at: "2025-12-22T17:00:00Z")
    },

    Case(
      "a class corrected towards less notice, before anybody was told",
      .init(
        "2025-12-22T16:59:59Z", "2025-06-04", "pending 2025-12-22", because: "not before the correction was recorded"),
      .init("2025-12-22T17:00:00Z", "v2", "in-force 2025-12-22", because: "in force as soon as it was")
    ) { record in
      record.post("v2", at: posted, [.material()])
      record.happen(
        .reclassified(change: 1, to: .other, legalBasis: nil, reason: "a slip only"), to: "v2",
        at: "2025-12-22T17:00:00Z")
    },
  ])
  func `mistakes are mended forwards`(_ given: Case) { check(given) }

  @Test func `the basis says what was taken back, put off, corrected and held`() {
    var record = Record.bound()
    Self.update(&record)
    record.happen(.postponed(until: "2026-02-01", reason: "more time"), to: "v2", at: "2025-12-22T17:00:00Z")
    record.happen(
      .reclassified(change: 1, to: .other, legalBasis: nil, reason: "a slip only"), to: "v2", at: "2025-12-23T17:00:00Z"
    )
    record.happen(.withdrawn(reason: "wrong file"), to: "v2", at: "2025-12-24T17:00:00Z")
    let answer = record.answer("2025-12-25")
    #expect(answer.says("postponed") == ["put off to 2026-02-01 on 2025-12-22 (more time)"])
    #expect(
      answer.says("reclassified") == ["clause 7(a) changed: class corrected to other on 2025-12-23 (a slip only)"])
    #expect(
      answer.says("an announced date never moves earlier") == [
        "the record gave 2026-01-03 for it before: it stays at that date, though the facts known by now would give 2025-12-17"
      ])
    #expect(
      answer.says("withdrawn") == [
        "version v2 was withdrawn on 2025-12-24 (wrong file): clause 7(a) changed binds nobody who was not bound by then"
      ])
  }

  // MARK: Two times

  @Test func `a notice given by courier before, and recorded after another, moves no announced date earlier`() {
    var record = Record.bound()
    record.post("v2", at: Self.posted, [.material()])
    record.mail(of: "v2", at: "2025-12-19T17:00:00Z")
    record.notice(of: "v2", by: .courier, .sent, at: "2025-12-17T18:00:00Z", recorded: "2025-12-22T17:00:00Z")
    #expect(record.answer("2026-01-02").state(.material, of: "v2") == "pending 2026-01-03")
  }

  @Test func `an answer for a past moment of knowledge never changes`() {
    var record = Record.bound()
    Self.update(&record)
    let known: Instant = "2025-12-24T00:00:00Z"
    let before = ["2025-12-18", "2025-12-25", "2026-01-02", "2026-01-03", "2026-06-01"].map {
      record.answer(Asked(stringLiteral: $0), known: known)
    }
    let words = before.map { $0.basis.map(\.says) }
    record.bounce(of: "v2", at: "2025-12-19T18:00:00Z", recorded: "2025-12-26T17:00:00Z")
    record.happen(
      .withdrawn(reason: "wrong file"), to: "v2", at: "2025-12-20T17:00:00Z", recorded: "2025-12-27T17:00:00Z")
    record.post("v3", at: "2025-12-21T17:00:00Z", recorded: "2025-12-28T17:00:00Z", [.other()])
    record.act(.accepted("v2"), at: "2025-12-20T17:00:00Z", recorded: "2025-12-28T17:00:00Z")
    record.move(to: "CH", at: "2025-12-20T17:00:00Z", recorded: "2025-12-28T17:00:00Z")
    let after = ["2025-12-18", "2025-12-25", "2026-01-02", "2026-01-03", "2026-06-01"].map {
      record.answer(Asked(stringLiteral: $0), known: known)
    }
    #expect(before == after)
    #expect(words == after.map { $0.basis.map(\.says) }, "word for word")
    #expect(record.answer("2026-01-03") != before[3], "today's answer does change")
  }

  @Test func `the next change is the next moment at which the answer can change`() {
    var record = Record.bound()
    Self.update(&record)
    #expect(record.answer("2025-12-16").nextChange == Self.posted, "a posting on record")
    #expect(record.answer("2025-12-18").nextChange == "2026-01-03T08:00:00Z", "the effective date")
    #expect(record.answer("2026-01-04").nextChange == nil, "nothing else is on record")
    record.post("v3", at: "2026-01-10T17:00:00Z", [.material()])
    #expect(
      record.answer("2026-02-01").nextChange == "2026-02-02T08:00:00Z",
      "the date that a notice given today would bring moves on with the day")
  }
}
