import Binding
import Foundation
import NoticeMail
import Synchronization
import TermsModel
import TermsOperations
import Testing
import Transparency

/// What a letter says that goes out again, late, or after the record changed under it.
@Suite struct RetryTests {
  /// Keeps what goes out, and answers as it was told.
  private final class Server: NoticeTransport {
    private let answers: Mutex<[Transmission]>
    let messages = Mutex<[NoticeMessage]>([])
    /// Done before each answer, once.
    private let meanwhile: Mutex<(@Sendable () async throws -> Void)?>

    init(_ answers: [Transmission] = [], meanwhile: (@Sendable () async throws -> Void)? = nil) {
      self.answers = Mutex(answers)
      self.meanwhile = Mutex(meanwhile)
    }

    func send(_ message: NoticeMessage) async -> TransportOutcome { await transmit(message).outcome }

    func transmit(_ message: NoticeMessage) async -> Transmission {
      messages.withLock { $0.append(message) }
      let act = meanwhile.withLock { act in
        defer { act = nil }
        return act
      }
      try? await act?()
      return answers.withLock { answers in
        answers.isEmpty ? Transmission(outcome: .accepted(by: "mx"), scope: .message) : answers.removeFirst()
      }
    }

    var texts: [String] {
      messages.withLock { $0.map { String(decoding: $0.bytes, as: UTF8.self).replacing("=\r\n", with: "") } }
    }
  }

  private static let unknown = Transmission(outcome: .unknown(reason: "cut off"), scope: .message)
  private static let putOff = Transmission(outcome: .unavailable(reason: "450 later"), scope: .message)

  private func harbor(developers: Int = 1) async throws -> Harbor {
    let harbor = try Harbor()
    try await harbor.addDocument()
    try await harbor.publish(first, at: "2025-06-04T12:00:00Z")
    for number in 1...developers { _ = try await harbor.developer("dev-\(number)", email: "dev\(number)@example.com") }
    try await harbor.publish(first.replacing("30 days", with: "10 days"), at: "2026-01-10T12:00:00Z")
    harbor.set("2026-01-10T13:00:00Z")
    return harbor
  }

  @discardableResult
  private func send(_ harbor: Harbor, through server: Server) async throws -> SendingReport {
    let composer = try MailComposer(
      settings: MailSettings(from: try EmailAddress(checking: "notices@terms.example"), fromName: "Harbor"))
    return try await harbor.registry.sendNotices(through: server, composer: composer, by: SendingPlan()) { _, _ in }
  }

  private static func postpone(in registry: TermsRegistry, until date: CalendarDate) async throws {
    try await registry.perform(
      try await registry.postponement(of: Harbor.slug, version: nil, until: date, reason: "too early"))
  }

  private func field(_ name: String, of message: String) -> Substring? {
    message.split(separator: "\r\n").first { $0.hasPrefix("\(name): ") }
  }

  /// Sends the letter, and has it come back for a reason that was the message's, so that it is tried once more a day later.
  private func comeBack(_ harbor: Harbor) async throws {
    try await send(harbor, through: Server())
    let failed = try #require(Instant("2026-01-10T13:30:00Z"))
    harbor.set("2026-01-10T14:00:00Z")
    let verdict = ReportVerdict(
      action: .failed, finding: .failed(.messageOnly), at: failed, isOurs: true, witness: "mta", reason: "mailbox full")
    let bytes = Array("the mailbox is full".utf8)
    _ = try await harbor.registry.record.receive(
      bytes, sha256: SHA256Hex.digest(of: bytes), content: .reports([verdict]), for: 1, by: "cron",
      at: harbor.registry.now())
  }

  /// From which days the changes of the last version bind, or would.
  private func effectiveOn(_ harbor: Harbor) async throws -> [String] {
    let developer = DeveloperID(rawValue: "dev-1").unsafelyUnwrapped
    let answer = try await harbor.registry.answerBinding(of: developer, under: Harbor.slug)
    return answer.versions.last?.changes.compactMap { $0.state.day?.description } ?? []
  }

  @Test func `what may be out already goes out again as it was, days later and whatever else was learned`() async throws
  {
    let harbor = try await harbor()
    let server = Server([Self.unknown, Self.putOff])
    try await send(harbor, through: server)
    for moment in ["2026-01-13T09:00:00Z", "2026-01-14T09:00:00Z"] {
      harbor.set(moment)
      let document = try await harbor.registry.requireDocument(Harbor.slug)
      try await harbor.registry.changeDocument(
        Document(slug: Harbor.slug, title: "Terms of \(moment)", settings: document.settings))
      try await send(harbor, through: server)
    }
    let messages = server.messages.withLock { $0 }
    #expect(messages.count == 3)
    #expect(Set(messages).count == 1, "\(server.texts)")
    #expect(server.texts[0].contains("25 January 2026"))
  }

  @Test func `what nobody took over says on a later day the dates of that day`() async throws {
    let harbor = try await harbor()
    let server = Server([Self.putOff])
    try await send(harbor, through: server)
    harbor.set("2026-01-13T20:00:00Z")
    try await send(harbor, through: server)
    let texts = server.texts
    #expect(texts.count == 2 && field("Message-Id", of: texts[0]) == field("Message-Id", of: texts[1]), "\(texts)")
    #expect(texts[0].contains("25 January 2026") && !texts[0].contains("28 January 2026"))
    #expect(texts[1].contains("28 January 2026") && !texts[1].contains("25 January 2026"))
  }

  @Test func `where the version was altered since, a letter that may be out is followed by another one`() async throws {
    let harbor = try await harbor()
    let server = Server([Self.unknown])
    try await send(harbor, through: server)
    harbor.set("2026-01-10T14:00:00Z")
    // Sent again, and put off: so that it waits while the version is altered.
    let second = Server([Self.putOff])
    try await send(harbor, through: second)
    try await Self.postpone(in: harbor.registry, until: try #require(CalendarDate("2026-03-01")))
    harbor.set("2026-01-11T14:00:00Z")
    let third = Server()
    #expect(try await send(harbor, through: third).accepted == 1)
    #expect(second.texts == server.texts)
    let last = try #require(third.texts.first)
    #expect(last.contains("1 March 2026"))
    #expect(field("Message-Id", of: last) != field("Message-Id", of: server.texts[0]))
  }

  @Test func `a letter written ahead is written anew where the record changed`() async throws {
    let harbor = try await harbor(developers: 3)
    let registry = harbor.registry
    let date = try #require(CalendarDate("2026-03-01"))
    let server = Server(meanwhile: {
      try await Self.postpone(in: registry, until: date)
    })
    #expect(try await send(harbor, through: server).accepted == 4)
    // The first, sent while the version was put off, is followed by one that says so.
    #expect(server.texts.map { $0.contains("1 March 2026") } == [false, true, true, true])
    #expect(Set(server.messages.withLock { $0.map(\.recipient.rawValue) }).count == 3)
  }

  @Test func `a letter that goes out after a failure was recorded says what the answer says then`() async throws {
    let harbor = try await harbor()
    try await comeBack(harbor)
    let before = try await effectiveOn(harbor)
    #expect(before.contains("2026-01-25"), "the posting serves: \(before)")
    harbor.set("2026-01-14T13:00:00Z")
    let server = Server()
    try await send(harbor, through: server)
    let text = try #require(server.texts.first)
    #expect(field("Subject", of: text)?.contains("29 January 2026") == true, "\(text)")
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(
      words.contains(
        "If you receive this notice on 14 January 2026, these changes bind you from the first moment of 29 January 2026"
      ))
    #expect(!words.contains("25 January"))
    let after = try await effectiveOn(harbor)
    #expect(after.contains("2026-01-29") && !after.contains("2026-01-25"), "\(after)")
  }

  @Test func `a letter that goes out once the posting's period has run out takes nothing back, and says so`()
    async throws
  {
    let harbor = try await harbor()
    try await comeBack(harbor)
    harbor.set("2026-02-14T13:00:00Z")
    let server = Server()
    try await send(harbor, through: server)
    let text = try #require(server.texts.first)
    #expect(text.contains("bind you from the first moment of 25 January 2026"), "\(text)")
    #expect(!text.contains("you receive this notice") && text.contains("this one starts no new period"))
    let after = try await effectiveOn(harbor)
    #expect(after.contains("2026-01-25"), "\(after)")
  }
}
