import Foundation
import Synchronization
import TermsModel
import TermsOperations
import Testing

/// How a run of sending meets each way in which handing over can end.
@Suite struct SendNoticesTests {
  /// Says what it was told to say, one answer a message, and then accepts.
  private final class Script: NoticeTransport, NoticeComposer {
    private let answers: Mutex<[Transmission]>
    let seen = Mutex<[Int64]>([])

    init(_ answers: [Transmission] = []) { self.answers = Mutex(answers) }

    func compose(_ content: NoticeContent) throws -> NoticeMessage {
      seen.withLock { $0.append(content.notice.number) }
      return NoticeMessage(
        messageID: "<\(content.notice.number)@terms.example>",
        sender: try EmailAddress(checking: "notices@terms.example"),
        recipient: try #require(content.notice.recipient), bytes: Array("\(content.notice.number)".utf8))
    }

    func send(_ message: NoticeMessage) async -> TransportOutcome { await transmit(message).outcome }

    func transmit(_ message: NoticeMessage) async -> Transmission {
      answers.withLock { answers in
        answers.isEmpty ? Transmission(outcome: .accepted(by: "mx"), scope: .message) : answers.removeFirst()
      }
    }
  }

  private func harbor(developers: Int) async throws -> Harbor {
    let harbor = try Harbor()
    try await harbor.addDocument()
    try await harbor.publish(first, at: "2025-06-04T12:00:00Z")
    for number in 1...developers { _ = try await harbor.developer("dev-\(number)", email: "dev\(number)@example.com") }
    try await harbor.publish(first.replacing("30 days", with: "10 days"), at: "2026-01-10T12:00:00Z")
    return harbor
  }

  private func run(_ harbor: Harbor, _ script: Script, _ plan: SendingPlan = SendingPlan()) async throws
    -> SendingReport
  {
    try await harbor.registry.sendNotices(through: script, composer: script, by: plan) { _, _ in }
  }

  private func states(_ harbor: Harbor) async throws -> [NoticeState] {
    try await harbor.registry.record.notices(of: nil, version: nil, state: nil, limit: 100).map(\.state)
  }

  @Test func `a closed way out ends the run, and no notice counts as tried`() async throws {
    let harbor = try await harbor(developers: 3)
    let script = Script([
      Transmission(outcome: .accepted(by: "mx"), scope: .message),
      Transmission(outcome: .unavailable(reason: "421 closing"), scope: .route),
    ])
    let report = try await run(harbor, script)
    #expect(report.accepted == 1 && report.unavailable == "421 closing" && report.total == 1)
    let notices = try await harbor.registry.record.notices(of: nil, version: nil, state: .queued, limit: 9)
    #expect(notices.map(\.attempts) == [0, 0])
    #expect(try await run(harbor, Script()).accepted == 2)
  }

  @Test func `a notice put off by itself holds nobody else up`() async throws {
    let harbor = try await harbor(developers: 3)
    let script = Script([Transmission(outcome: .unavailable(reason: "450 greylisted"), scope: .message)])
    let report = try await run(harbor, script)
    #expect(report.postponed == 1 && report.accepted == 2 && report.unavailable == nil)
    #expect(try await states(harbor) == [.queued, .accepted, .accepted])
  }

  @Test func `a server that puts off one after the other is left alone`() async throws {
    let harbor = try await harbor(developers: 25)
    let script = Script(
      Array(repeating: Transmission(outcome: .unavailable(reason: "452 full"), scope: .message), count: 25))
    let report = try await run(harbor, script)
    #expect(report.postponed == 20)
    #expect(report.unavailable == "20 notices in a row were put off, the last one since 452 full")
  }

  @Test func `the log holds no address that a server repeats`() async throws {
    let harbor = try await harbor(developers: 1)
    _ = try await run(
      harbor,
      Script([
        Transmission(
          outcome: .rejected(reason: "mx refused: 550 5.1.1 <dev1@example.com>: unknown"), scope: .message, code: 550)
      ]))
    let notice = try await harbor.registry.record.notices(of: nil, version: nil, state: .refused, limit: 9).first
    #expect(notice?.lastReply == "mx refused: 550 5.1.1 <(address)>: unknown")
  }

  @Test func `what a server says in full is kept apart from the log, where nothing was accepted`() async throws {
    let harbor = try await harbor(developers: 2)
    let words = "550-5.1.1 <dev1@example.com>\r\n550 Dev Eloper has left\r\n"
    _ = try await run(
      harbor,
      Script([
        Transmission(
          outcome: .rejected(reason: "mx refused the recipient: \(words)"), scope: .message, code: 550, reply: words),
        Transmission(outcome: .accepted(by: "mx: 250 ok"), scope: .message, code: 250, reply: "250 ok\r\n"),
      ]))
    let untold = try await harbor.registry.untoldDevelopers()
    #expect(untold.map(\.said) == [words])
    #expect(untold.first?.notice.lastReply?.contains("Eloper") == false)
  }

  @Test(arguments: [
    ("no at sign", "no at sign"), ("a@b", "(address)"), ("<a@b>", "<(address)>"), ("@", "@"), ("a@ b", "a@ b"),
    ("to dev+x@mail.example: no", "to (address): no"), ("x@y and z@w", "(address) and (address)"),
    ("rfc822;a@b.example", "rfc822;(address)"), ("queued as A@", "queued as A@"),
  ])
  func `addresses are taken out of words`(_ text: String, _ expected: String) {
    #expect(PlainReason.withoutAddresses(text) == expected)
  }

  @Test func `what nobody knows of is sent once more after the time of grace, not before`() async throws {
    let harbor = try await harbor(developers: 1)
    harbor.set("2026-01-10T13:00:00Z")
    let script = Script([Transmission(outcome: .unknown(reason: "cut off"), scope: .message)])
    #expect(try await run(harbor, script).unknown == 1)
    harbor.set("2026-01-10T13:29:59Z")
    #expect(try await run(harbor, script).total == 0)
    harbor.set("2026-01-10T13:30:00Z")
    let report = try await run(harbor, script)
    #expect(report.requeued == 1 && report.accepted == 1)
    #expect(try await states(harbor) == [.accepted])
  }

  @Test func `what a dead run left is settled before anything is sent`() async throws {
    let harbor = try await harbor(developers: 2)
    let record = harbor.registry.record
    let notice = try #require(try await record.dueNotices(at: harbor.registry.now(), limit: 1).first)
    #expect(try await record.claim(notice, at: harbor.registry.now()))
    #expect(try await run(harbor, Script()).accepted == 1)
    #expect(try await states(harbor) == [.unknown, .accepted])
  }

  @Test func `notices are spread over the minute`() async throws {
    let harbor = try await harbor(developers: 4)
    let waits = Mutex<[Int64]>([])
    let plan = SendingPlan(limit: 3, maxPerMinute: 30) { wait in waits.withLock { $0.append(wait) } }
    #expect(try await run(harbor, Script(), plan).accepted == 3)
    // The clock of the test stands still, so that each wait is counted from the first notice.
    #expect(waits.withLock { $0 } == [2000, 4000])
  }

  @Test func `a preview writes nothing, and is the letter that would go out`() async throws {
    let harbor = try await harbor(developers: 1)
    let developer = DeveloperID(rawValue: "dev-1").unsafelyUnwrapped
    let content = try await harbor.registry.previewNotice(
      to: developer, of: Harbor.slug, version: nil, baseURL: "https://terms.example")
    #expect(content.notice.number == 1 && content.notice.version.rawValue == "2026-01-10")
    #expect(content.link == "https://terms.example/terms/versions/2026-01-10")
    #expect(try await states(harbor) == [.queued])
    _ = try await harbor.developer("silent")
    await #expect(throws: NoticeRefusal.noAddress(DeveloperID(rawValue: "silent").unsafelyUnwrapped)) {
      try await harbor.registry.previewNotice(
        to: DeveloperID(rawValue: "silent").unsafelyUnwrapped, of: Harbor.slug, version: nil, baseURL: nil)
    }
    #expect(
      "\(NoticeRefusal.noAddress(developer))"
        == "developer 'dev-1' has no address, so that no letter goes to them; the posting serves them, or a notice by courier"
    )
  }
}
