import TermsModel
import Testing

@testable import Binding

/// Section 3.1, rules 3 and 4: which notice starts the clock, and when it counts as given.
@Suite struct ClockTests {
  static let posted: Instant = "2025-12-17T17:00:00Z"

  @Test(arguments: [
    Case(
      "nobody was told yet",
      .init(
        "2026-01-02", "2025-06-04", "awaiting-notice 2026-01-17", because: "told that day, it would bind 15 days later"),
      .init("2026-12-31", "2025-06-04", "awaiting-notice 2027-01-15", because: "time alone brings nothing into force")
    ) { record in record.post("v2", at: posted, [.material()]) },

    Case(
      "an e-mail was sent and nothing is known of its receipt",
      .init(
        "2026-01-02", "2025-06-04", "awaiting-notice 2026-01-17",
        because: "an e-mail is given on receipt, not when sent")
    ) { record in
      record.post("v2", at: posted, [.material()])
      record.notice(of: "v2", .sent, at: posted)
    },

    Case(
      "a courier was sent",
      .init("2026-01-02", "2025-06-04", "pending 2026-01-03", because: "a courier's notice is given on the date sent"),
      .init("2026-01-03", "v2", "in-force 2026-01-03", because: "the day itself")
    ) { record in
      record.post("v2", at: posted, [.material()])
      record.notice(of: "v2", by: .courier, .sent, at: "2025-12-19T20:00:00Z")
      record.notice(of: "v2", by: .courier, .received(.delivered, by: "a signature"), at: "2025-12-23T20:00:00Z")
    },

    Case(
      "a courier came back",
      .init(
        "2026-01-02", "2025-06-04", "pending 2026-01-03",
        because: "given on the date sent, so that no failure takes it back"),
      .init("2026-01-03", "v2", "in-force 2026-01-03", because: "the day itself")
    ) { record in
      record.post("v2", at: posted, [.material()])
      record.notice(of: "v2", by: .courier, .sent, at: "2025-12-19T20:00:00Z")
      record.notice(of: "v2", by: .courier, .failed(reason: "moved away"), at: "2025-12-22T20:00:00Z")
    },

    Case(
      "a courier never left",
      .init(
        "2026-01-02", "2025-06-04", "pending 2026-01-06",
        because: "nothing was sent, so that the posting serves from the day on which that was recorded")
    ) { record in
      record.post("v2", at: posted, [.material()])
      record.notice(
        of: "v2", by: .courier, .failed(reason: "no such street"), at: "2025-12-22T20:00:00Z",
        recorded: "2026-01-06T20:00:00Z")
    },

    Case(
      "of an e-mail and a courier the first one given counts",
      .init("2026-01-02", "2025-06-04", "pending 2026-01-03", because: "the courier was sent before the e-mail arrived")
    ) { record in
      record.post("v2", at: posted, [.material()])
      record.notice(of: "v2", by: .courier, .sent, at: "2025-12-19T20:00:00Z")
      record.mail(of: "v2", at: "2025-12-20T20:00:00Z")
    },

    Case(
      "a report of delivery names another day than the server's acceptance",
      .init("2026-01-03", "2025-06-04", "pending 2026-01-04", because: "the best evidence names the date of receipt")
    ) { record in
      record.post("v2", at: posted, [.material()])
      record.mail(of: "v2", at: "2025-12-20T07:59:00Z")
      record.notice(of: "v2", .received(.delivered, by: "a report"), at: "2025-12-20T08:01:00Z")
    },

    Case(
      "the text was displayed long after it was delivered",
      .init("2026-01-03", "v2", "in-force 2026-01-03", because: "a display shows that it had arrived, no later receipt")
    ) { record in
      record.post("v2", at: posted, [.material()])
      record.notice(of: "v2", .received(.delivered, by: "a report"), at: "2025-12-19T20:00:00Z")
      record.notice(of: "v2", .received(.displayed, by: "the console"), at: "2025-12-28T20:00:00Z")
    },

    Case(
      "a bounce withdraws the receipt",
      .init(
        "2026-01-02", known: "2025-12-24T00:00:00Z", "2025-06-04", "pending 2026-01-03",
        because: "as known before the bounce"),
      .init(
        "2026-01-04", known: "2025-12-24T00:00:00Z", "v2", "in-force 2026-01-03", because: "as known before the bounce"),
      .init(
        "2026-01-09", "2025-06-04", "pending 2026-01-10",
        because: "the posting serves, but not before the record of the failure"),
      .init("2026-01-10", "v2", "in-force 2026-01-10", because: "the day on which the failure was recorded")
    ) { record in
      record.post("v2", at: posted, [.material()])
      record.mail(of: "v2", at: "2025-12-19T20:00:00Z")
      record.bounce(of: "v2", at: "2025-12-19T20:05:00Z", recorded: "2026-01-10T20:00:00Z")
    },

    Case(
      "a bounce that comes before the date leaves the date that was announced",
      .init(
        "2026-01-02", "2025-06-04", "pending 2026-01-03",
        because: "the posting alone would give the 1st, but the 3rd was announced")
    ) { record in
      record.post("v2", at: posted, [.material()])
      record.mail(of: "v2", at: "2025-12-19T20:00:00Z")
      record.bounce(of: "v2", at: "2025-12-20T20:00:00Z")
    },

    Case(
      "every notice failed before any was received",
      .init("2025-12-31", "2025-06-04", "pending 2026-01-01", because: "the posting serves from its own date"),
      .init("2026-01-01", "v2", "in-force 2026-01-01", because: "15 days after the posting")
    ) { record in
      record.post("v2", at: posted, [.material()])
      record.bounce(of: "v2", at: "2025-12-18T20:00:00Z")
    },

    Case(
      "one notice failed and another is under way",
      .init("2026-02-01", "2025-06-04", "awaiting-notice 2026-02-16", because: "not every notice failed")
    ) { record in
      record.post("v2", at: posted, [.material()])
      record.bounce(of: "v2", at: "2025-12-18T20:00:00Z", message: "one")
      record.notice(of: "v2", .sent, at: "2025-12-18T21:00:00Z", message: "two")
    },

    Case(
      "a notice to a new address was received after the first one failed",
      .init(
        "2026-01-05", "2025-06-04", "pending 2026-01-06", because: "15 days after the first notice that was received")
    ) { record in
      record.post("v2", at: posted, [.material()])
      record.bounce(of: "v2", at: "2025-12-18T20:00:00Z", message: "one")
      record.mail(of: "v2", at: "2025-12-22T20:00:00Z", message: "two")
    },

    Case(
      "a bounce of the first message says nothing of the second",
      .init("2026-01-05", "2025-06-04", "pending 2026-01-06", because: "the second stands")
    ) { record in
      record.post("v2", at: posted, [.material()])
      record.mail(of: "v2", at: "2025-12-22T20:00:00Z", message: "two")
      record.bounce(of: "v2", at: "2025-12-23T20:00:00Z", message: "one")
    },

    Case(
      "a notice given again once the posting has brought the change into force takes nothing back",
      .init("2026-01-10", "v2", "in-force 2026-01-01", because: "in force by the posting"),
      .init("2026-02-10", "v2", "in-force 2026-01-01", because: "in force by the posting")
    ) { record in
      record.post("v2", at: posted, [.material()])
      record.bounce(of: "v2", at: "2025-12-18T20:00:00Z", message: "one")
      record.mail(of: "v2", at: "2026-01-15T20:00:00Z", message: "two")
    },

    Case(
      "an e-mail received late is recorded late",
      .init(
        "2026-01-02", known: "2026-01-20T00:00:00Z", "2025-06-04", "awaiting-notice 2026-01-17",
        because: "as known then"),
      .init("2026-01-02", "v2", "in-force 2026-01-01", because: "as known since")
    ) { record in
      record.post("v2", at: posted, [.material()])
      record.mail(of: "v2", at: "2025-12-17T18:00:00Z", recorded: "2026-01-20T18:00:00Z")
    },
  ])
  func `the first notice to this developer starts the clock`(_ given: Case) { check(given) }

  @Test(arguments: [
    Case(
      "no address at the posting", from: .bound(hasAddress: false),
      [
        .init("2025-12-31", "2025-06-04", "pending 2026-01-01", because: "the posting serves"),
        .init("2026-01-01", "v2", "in-force 2026-01-01", because: "the posting serves"),
      ]
    ) { record in record.post("v2", at: posted, [.material()]) },

    Case(
      "an address given after the posting", from: .bound(hasAddress: false),
      [.init("2026-01-01", "v2", "in-force 2026-01-01", because: "the posting had served by then")]
    ) { record in
      record.post("v2", at: posted, [.material()])
      record.address(true, at: "2025-12-20T17:00:00Z")
    },

    Case(
      "an address given after the posting, and a notice to it before the date", from: .bound(hasAddress: false),
      [.init("2026-01-06", "2025-06-04", "pending 2026-01-07", because: "a notice of their own governs")]
    ) { record in
      record.post("v2", at: posted, [.material()])
      record.address(true, at: "2025-12-20T17:00:00Z")
      record.mail(of: "v2", at: "2025-12-23T17:00:00Z")
    },

    Case(
      "the address is lost before anything was received", from: .bound(),
      [
        .init("2026-01-19", "2025-06-04", "pending 2026-01-20", because: "not before the loss was recorded"),
        .init("2026-01-20", "v2", "in-force 2026-01-20", because: "the posting serves from then on"),
      ]
    ) { record in
      record.post("v2", at: posted, [.material()])
      record.address(false, at: "2026-01-05T17:00:00Z", recorded: "2026-01-20T17:00:00Z")
    },

    Case(
      "the address is lost after the notice was received", from: .bound(),
      [.init("2026-01-03", "v2", "in-force 2026-01-03", because: "they were told")]
    ) { record in
      record.post("v2", at: posted, [.material()])
      record.mail(of: "v2", at: "2025-12-19T17:00:00Z")
      record.address(false, at: "2025-12-20T17:00:00Z")
    },
  ])
  func `posting serves those who have no address`(_ given: Case) { check(given) }

  struct Reading: Sendable {
    let clock: RuleProfile.Clock
    let effective: String
    let because: String
  }

  @Test(arguments: [
    Reading(
      clock: .individual, effective: "pending 2026-01-03", because: "the e-mail of the 19th was the first to them"),
    Reading(clock: .posting, effective: "pending 2026-01-01", because: "the posting of the 17th, for all"),
    Reading(clock: .earliest, effective: "pending 2026-01-01", because: "the posting came first"),
    Reading(clock: .latest, effective: "pending 2026-01-06", because: "the courier of the 22nd came last"),
  ])
  func `the profile says which notice starts the clock`(_ reading: Reading) {
    var profile = RuleProfile.connectors7a
    profile.clock = reading.clock
    var record = Record.bound(profile)
    record.post("v2", at: Self.posted, [.material()])
    record.mail(of: "v2", at: "2025-12-19T17:00:00Z")
    record.notice(of: "v2", by: .courier, .sent, at: "2025-12-22T17:00:00Z")
    #expect(record.answer("2025-12-31").state(.material, of: "v2") == reading.effective, "\(reading.because)")
  }

  @Test func `the cautious clock stops once the change is in force`() {
    var profile = RuleProfile.connectors7a
    profile.clock = .latest
    var record = Record.bound(profile)
    record.post("v2", at: Self.posted, [.material()])
    record.mail(of: "v2", at: "2025-12-19T17:00:00Z", message: "one")
    record.mail(of: "v2", at: "2026-01-20T17:00:00Z", message: "two")
    #expect(record.answer("2026-02-01").state(.material, of: "v2") == "in-force 2026-01-03")
  }

  @Test(
    arguments: [
      (EvidenceLevel.sent, "in-force 2026-01-02", "that it was sent suffices"),
      (.accepted, "in-force 2026-01-03", "the server's acceptance"),
      (.delivered, "in-force 2026-01-04", "the report of delivery"),
      (.displayed, "in-force 2026-01-05", "the display in the service"),
      (.expresslyAccepted, "awaiting-notice 2026-02-05", "nobody confirmed it"),
    ] as [(EvidenceLevel, String, String)])
  func `a profile may demand a level of evidence`(level: EvidenceLevel, state: String, because: String) {
    var profile = RuleProfile.connectors7a
    profile.evidence[.material] = level
    var record = Record.bound(profile)
    record.post("v2", at: Self.posted, [.material()])
    record.notice(of: "v2", .sent, at: "2025-12-18T17:00:00Z")
    if level >= .accepted { record.mail(of: "v2", at: "2025-12-19T17:00:00Z") }
    if level >= .delivered {
      record.notice(of: "v2", .received(.delivered, by: "a report"), at: "2025-12-20T17:00:00Z")
    }
    if level >= .displayed {
      record.notice(of: "v2", .received(.displayed, by: "the console"), at: "2025-12-21T17:00:00Z")
    }
    #expect(record.answer("2026-01-21").state(.material, of: "v2") == state, "\(because)")
  }

  @Test func `what does not reach the level demanded is shown as what it is`() {
    var profile = RuleProfile.connectors7a
    profile.evidence[.material] = .delivered
    var record = Record.bound(profile)
    record.post("v2", at: Self.posted, [.material()])
    record.mail(of: "v2", at: "2025-12-19T17:00:00Z")
    let answer = record.answer("2026-01-21")
    #expect(answer.versions.last?.notice == nil)
    #expect(
      answer.says("clock: individual") == [
        "e-mail accepted by mx.example 2025-12-19, receipt assumed (level 2) does not reach level 3, which the rules demand"
      ])
  }

  @Test func `the notice shown is the one that started the clock, with its evidence`() {
    var record = Record.bound()
    record.post("v2", at: Self.posted, [.material()])
    record.notice(of: "v2", .received(.delivered, by: "a report"), at: "2025-12-19T17:00:00Z")
    let notice = record.answer("2026-01-21").versions.last?.notice
    #expect(notice == GivenNotice(channel: .email, on: "2025-12-19", evidence: .delivered, witness: "a report"))
  }
}
