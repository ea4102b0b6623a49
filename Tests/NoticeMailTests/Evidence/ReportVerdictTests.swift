import TermsModel
import TermsOperations
import Testing

@testable import NoticeMail

@Suite struct ReportVerdictTests {
  private static let rules = ReportRules(ownHosts: ["mta.terms.example"], relays: ["out.provider.example"])
  private static let ingested = Instant(milliseconds: 1_924_000_000_000)
  private static let envelope = ReturnAddress.envelopeID(for: 7)

  /// A report to judge, and where it came from.
  struct Report {
    var action = DeliveryReport.Action.delivered
    var status: String? = "2.0.0"
    var reporter: String? = "mx.dev.example"
    var remote: String?
    var envelope: String? = ReportVerdictTests.envelope
    var madeBy: String?
    var attemptAt: Instant?
    var receivedAt: Instant? = Instant(milliseconds: 1_923_999_000_000)

    func verdict(rules: ReportRules = ReportVerdictTests.rules) -> ReportVerdict {
      let report = DeliveryReport(
        action: action, recipient: "dev@dev.example", finalRecipient: nil, status: status, diagnostic: "words",
        envelopeID: envelope, reportingMTA: reporter, remoteMTA: remote, arrivedAt: nil, lastAttemptAt: attemptAt,
        willRetryUntil: nil)
      let mail = ReturnedMail(
        kind: .report([report]), addressedTo: [], originalMessageID: nil, datedAt: nil, receivedAt: receivedAt,
        madeBy: madeBy)
      return ReportVerdict(report, in: mail, for: 7, rules: rules, ingestedAt: ReportVerdictTests.ingested)
    }
  }

  struct Case: CustomTestStringConvertible {
    let report: Report
    let finding: ReportVerdict.Finding
    var isOurs = false
    let because: String
    var testDescription: String { because }
  }

  private static func ours(
    _ action: DeliveryReport.Action, _ status: String, remote: String? = nil, envelope: String? = envelope
  ) -> Report {
    Report(
      action: action, status: status, reporter: "MTA.terms.example", remote: remote, envelope: envelope,
      madeBy: "mta.terms.example")
  }

  @Test(arguments: [
    Case(report: Report(), finding: .received(.delivered), because: "delivered, by the developer's own system"),
    Case(
      report: Report(action: .relayed), finding: .received(.accepted), because: "relayed within the developer's house"),
    Case(report: Report(action: .expanded), finding: .received(.accepted), because: "expanded by an alias of theirs"),
    Case(
      report: ours(.relayed, "2.0.0", remote: "mx.dev.example"), finding: .received(.accepted), isOurs: true,
      because: "our system handed it to theirs, which took it"),
    Case(
      report: ours(.relayed, "2.0.0", remote: "out.provider.example"), finding: .handedOn, isOurs: true,
      because: "our provider took it, which is nobody's receipt"),
    Case(report: ours(.relayed, "2.0.0"), finding: .handedOn, isOurs: true, because: "handed to nobody that is named"),
    Case(
      report: ours(.delivered, "2.0.0"), finding: .received(.delivered), isOurs: true,
      because: "a developer whose mailbox is on our own system"),
    Case(report: ours(.failed, "5.1.1"), finding: .failed(.addressDead), isOurs: true, because: "no such mailbox"),
    Case(
      report: ours(.failed, "4.4.1"), finding: .failed(.messageOnly), isOurs: true,
      because: "expired: the action decides and not the status"),
    Case(
      report: ours(.delayed, "4.7.1"), finding: .delayed(until: nil), isOurs: true, because: "greylisted"),
    Case(
      report: Report(action: .failed, status: "5.0.0", envelope: nil), finding: .failed(.unknown),
      because: "a failure from outside that does not name the envelope is still a failure"),
    Case(
      report: Report(envelope: nil), finding: .unreliable(.namelessSuccess),
      because: "a success from outside by the address alone may be anybody's"),
    Case(
      report: Report(envelope: ReturnAddress.envelopeID(for: 8)), finding: .unreliable(.otherEnvelope),
      because: "another notice's envelope"),
    Case(
      report: Report(envelope: Self.envelope.uppercased()), finding: .received(.delivered), because: "systems fold case"
    ),
    Case(
      report: Report(action: .failed, status: "5.1.1", reporter: "mta.terms.example"),
      finding: .unreliable(.pretendsToBeOurs), because: "our name, from outside"),
    Case(
      report: Report(reporter: "mta.terms.example", madeBy: "mx.evil.example"), finding: .unreliable(.pretendsToBeOurs),
      because: "our name, made by another host"),
    Case(
      report: Report(status: "5.1.1"), finding: .unreliable(.contradictsItself),
      because: "delivered, with a failure's status"),
  ])
  func `a report shows what its form, its way and its envelope allow`(_ c: Case) {
    #expect(c.report.verdict().finding == c.finding && c.report.verdict().isOurs == c.isOurs, "\(c.report.verdict())")
  }

  @Test func `rules that a lawyer narrowed make less of it receipt`() {
    let strict = ReportRules(ownHosts: ["mta.terms.example"], receipt: [.delivered])
    #expect(Self.ours(.relayed, "2.0.0", remote: "mx.dev.example").verdict(rules: strict).finding == .handedOn)
    #expect(Report().verdict(rules: strict).finding == .received(.delivered))
  }

  @Test func `our own system's time is taken, a foreign one's never, and none lies ahead of us`() {
    let (early, late) = (Instant(milliseconds: 1_900_000_000_000), Instant(milliseconds: 1_990_000_000_000))
    var own = Self.ours(.failed, "5.1.1")
    own.attemptAt = early
    #expect(own.verdict().at == early)
    own.attemptAt = late
    #expect(own.verdict().at == Self.ingested)
    #expect(Report(attemptAt: early).verdict().at == Instant(milliseconds: 1_923_999_000_000))
    #expect(Report(receivedAt: nil).verdict().at == Self.ingested)
  }

  struct Standing: CustomTestStringConvertible {
    let reports: [Report]
    let words: String
    let because: String
    var testDescription: String { because }
  }

  private static let relayed = ours(.relayed, "2.0.0", remote: "mx.dev.example")
  private static let foreignFailure = Report(action: .failed, status: "5.1.1")

  @Test(arguments: [
    Standing(reports: [], words: "open", because: "nothing came back"),
    Standing(reports: [ours(.delayed, "4.7.1")], words: "open", because: "a delay settles nothing"),
    Standing(
      reports: [ours(.relayed, "2.0.0", remote: "out.provider.example")], words: "open", because: "a provider has it"),
    Standing(reports: [Report()], words: "received delivered", because: "delivered"),
    Standing(reports: [relayed], words: "received accepted", because: "relayed"),
    Standing(reports: [relayed, Report()], words: "received delivered", because: "relayed, then delivered"),
    Standing(
      reports: [ours(.delayed, "4.7.1"), relayed], words: "received accepted", because: "delayed, then relayed"),
    Standing(
      reports: [ours(.delayed, "4.7.1"), ours(.failed, "4.7.1")], words: "failed message-only",
      because: "delayed, then expired"),
    Standing(reports: [foreignFailure], words: "failed address-dead", because: "failed, by the developer's own system"),
    Standing(
      reports: [relayed, foreignFailure], words: "disputed contradiction",
      because: "a failure from outside after our system saw it taken over"),
    Standing(
      reports: [Report(), ours(.failed, "5.1.1")], words: "failed address-dead",
      because: "a success from outside never outweighs our own system's failure"),
    Standing(
      reports: [relayed, ours(.failed, "5.1.1")], words: "disputed contradiction", because: "our own system says both"),
    Standing(
      reports: [Report(envelope: nil)], words: "disputed unreliable", because: "a success that may be anybody's"),
    Standing(
      reports: [Report(envelope: nil), relayed], words: "received accepted",
      because: "a doubtful report takes nothing away"),
    Standing(
      reports: [Report(status: "5.0.0"), foreignFailure], words: "failed address-dead",
      because: "a doubtful report hides no failure"),
  ])
  func `all reports together decide, in any order and however often they come`(_ c: Standing) {
    let verdicts = c.reports.map { $0.verdict() }
    let standing = ReportStanding(verdicts)
    #expect(standing.words == c.words, "\(standing)")
    #expect(ReportStanding(verdicts.reversed()) == standing)
    #expect(ReportStanding(verdicts + verdicts.reversed()) == standing)
  }

  @Test func `the earliest receipt counts, with the best evidence`() {
    let (early, late) = (Instant(milliseconds: 1_923_000_000_000), Instant(milliseconds: 1_923_500_000_000))
    var relayed = Self.relayed
    relayed.attemptAt = early
    #expect(
      ReportStanding([Report(receivedAt: late).verdict(), relayed.verdict()])
        == .received(.delivered, at: early, by: "mx.dev.example"))
    #expect(relayed.verdict().witness == "mta.terms.example by the answer of mx.dev.example")
  }
}

extension ReportStanding {
  fileprivate var words: String {
    switch self {
    case .open: "open"
    case .received(let level, _, _): "received \(level)"
    case .failed(let failureClass, _, _): "failed \(failureClass.rawValue)"
    case .disputed(let kind, _): "disputed \(kind.rawValue)"
    }
  }
}
