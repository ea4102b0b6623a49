import Binding
import Foundation
import NoticeMail
import Synchronization
import TermsModel
import TermsOperations
import Testing

/// A letter says the dates that the binding answer gives once it, and no other, was received on the day it was sent.
@Suite struct LetterDatesTests {
  /// Keeps what each letter tells, and hands it over as it was told.
  private final class Post: NoticeTransport, NoticeComposer {
    let contents = Mutex<[NoticeContent]>([])
    private let answer: Transmission
    /// The versions whose letters are put off, whatever the answer is.
    private let withheld: Set<VersionLabel>

    init(_ answer: Transmission, withholding withheld: Set<VersionLabel> = []) {
      self.answer = answer
      self.withheld = withheld
    }

    func compose(_ content: NoticeContent) throws -> NoticeMessage {
      contents.withLock { $0.append(content) }
      return NoticeMessage(
        messageID: "<\(content.notice.number)@terms.example>",
        sender: try EmailAddress(checking: "notices@terms.example"),
        recipient: try #require(content.notice.recipient), bytes: Array("\(content.notice.number)".utf8))
    }

    func send(_ message: NoticeMessage) async -> TransportOutcome { await transmit(message).outcome }
    func transmit(_ message: NoticeMessage) async -> Transmission {
      last().map { withheld.contains($0.notice.version) } == true ? LetterDatesTests.putOff : answer
    }

    /// What the letter told that went out last.
    func last() -> NoticeContent? { contents.withLock { $0.last } }
  }

  private static let accepted = Transmission(outcome: .accepted(by: "mx"), scope: .message)
  private static let putOff = Transmission(outcome: .unavailable(reason: "450 later"), scope: .message)
  private static let refused = Transmission(outcome: .rejected(reason: "550 5.1.1"), scope: .message, code: 550)

  private func send(_ harbor: Harbor, _ answer: Transmission, withholding withheld: Set<VersionLabel> = []) async throws
    -> (told: NoticeContent?, accepted: Int)
  {
    let post = Post(answer, withholding: withheld)
    let report = try await harbor.registry.sendNotices(through: post, composer: post, by: SendingPlan(limit: 1)) {
      _, _ in
    }
    return (post.last(), report.accepted)
  }

  /// What the answer says, in the words of a letter.
  private static func effect(_ state: BindingAnswer.State) -> String {
    switch state {
    case .inForce(let day), .pending(let day): "\(day)"
    case .awaitingNotice: "awaiting"
    case .withdrawn: "takenBack"
    case .optedOut: "optedOut"
    case .notBound: "notBound"
    }
  }

  private static func effect(_ effect: NoticeContent.Effect) -> String {
    switch effect {
    case .on(let day): "\(day)"
    case .awaiting: "awaiting"
    case .never(let why): "\(why)"
    }
  }

  private func compare(_ told: NoticeContent, in harbor: Harbor, _ name: String) async throws -> Int {
    let answer = try await harbor.registry.answerBinding(of: told.notice.developer, under: Harbor.slug)
    guard let standing = answer.versions.last(where: { $0.version == told.notice.version }) else { return 0 }
    for item in told.items {
      let change = try #require(standing.changes.first { $0.change.number == item.change.number })
      #expect(
        Self.effect(item.effect) == Self.effect(change.state),
        "\(name): \(told.notice.version), change \(item.change.number)")
    }
    var earlier: [String] = []
    for version in answer.versions.prefix(while: { $0.version != told.notice.version }) {
      for change in version.changes {
        switch change.state {
        case .pending(let day): earlier.append("\(version.postedOn) \(day)")
        case .awaitingNotice: earlier.append("\(version.postedOn) none")
        case .inForce, .withdrawn, .optedOut, .notBound: continue
        }
      }
    }
    let toldEarlier = told.earlier.flatMap { one in
      Array(repeating: "\(one.postedOn) \(one.effectiveOn.map { "\($0)" } ?? "none")", count: one.changes)
    }
    #expect(toldEarlier.sorted() == earlier.sorted(), "\(name): what earlier versions hold in store")
    return told.items.count
  }

  @Test func `what a letter says of dates is what the answer says once it was received, in any history`() async throws {
    var (compared, waiting) = (0, 0)
    for seed in UInt64(1)...16 {
      var random = Draws(seed: seed)
      let profile: RuleProfile =
        [.connectors7a, .connectors7a, .euP2B3, .notice30Days].randomElement(using: &random) ?? .connectors7a
      var settings = profile
      if Int.random(in: 0..<4, using: &random) == 0 { settings.granularity = .version }
      let harbor = try Harbor()
      try await harbor.addDocument(settings)
      try await harbor.publish(first, at: "2025-06-04T12:00:00Z")
      let developer = try await harbor.developer("dev-1", email: "dev1@example.com")
      var (days, fee, feedback) = (30, 100, 0)
      var withheld: Set<VersionLabel> = []
      for step in 0..<Int.random(in: 3...7, using: &random) {
        let moment = "2026-01-\(10 + step * 3)T\(10 + Int.random(in: 0..<9, using: &random)):00:00Z"
        harbor.set(moment)
        switch Int.random(in: 0..<8, using: &random) {
        case 0..<5:
          if Bool.random(using: &random) { days = Int.random(in: 2...29, using: &random) }
          if Bool.random(using: &random) { fee = Int.random(in: 20...90, using: &random) }
          feedback += 1
          let text = first.replacing("30 days", with: "\(days) days").replacing("100 dollars", with: "\(fee) dollars")
            .replacing("your feedback", with: feedback % 2 == 0 ? "your feedback" : "the feedback of yours")
          let posted = try? await harbor.publish(text, at: moment)
          if let posted, Bool.random(using: &random) { withheld.insert(posted.posting.label) }
        case 5: _ = try? await harbor.registry.accept(developer, of: Harbor.slug, version: nil)
        case 6:
          if let date = CalendarDate("2026-03-\(10 + step)"),
            let act = try? await harbor.registry.postponement(
              of: Harbor.slug, version: nil, until: date, reason: "too early")
          {
            _ = try? await harbor.registry.perform(act)
          }
        default:
          _ = try? await harbor.registry.terminate(
            developer, under: Harbor.slug, by: .developer, immediate: false, reason: nil)
        }
        for _ in 0..<3 {
          let answer = Int.random(in: 0..<6, using: &random) == 0 ? Self.refused : Self.accepted
          let (told, accepted) = try await send(harbor, answer, withholding: withheld)
          guard let told else { break }
          guard accepted == 1 else { continue }
          compared += try await compare(told, in: harbor, "seed \(seed), \(moment)")
          waiting += told.items.count { if case .awaiting = $0.effect { true } else { false } }
        }
      }
    }
    #expect(compared > 20 && waiting > 0, "the histories are such that it is tried: \(compared), \(waiting)")
  }

  @Test func `what waits for an earlier version's own notice has no date, and the letter says for which it waits`()
    async throws
  {
    let harbor = try Harbor()
    try await harbor.addDocument()
    try await harbor.publish(first, at: "2025-06-04T12:00:00Z")
    _ = try await harbor.developer("dev-1", email: "dev1@example.com")
    try await harbor.publish(first.replacing("30 days", with: "10 days"), at: "2026-01-10T12:00:00Z")
    _ = try await send(harbor, Self.putOff)
    harbor.set("2026-01-12T12:00:00Z")
    let text = first.replacing("30 days", with: "5 days").replacing("100 dollars", with: "50 dollars")
    try await harbor.publish(text, at: "2026-01-12T12:00:00Z")
    let notices = try await harbor.registry.record.notices(of: nil, version: nil, state: .queued, limit: 9)
    let second = try #require(notices.last)
    let moment = try #require(Instant("2026-01-12T13:00:00Z"))
    let content = try await harbor.registry.content(of: second, at: moment, baseURL: nil)
    let told = try #require(content)
    let letter = try MailComposer(
      settings: MailSettings(from: try EmailAddress(checking: "notices@terms.example"), fromName: "Harbor")
    ).letter(told)
    let words = letter.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(letter.subject == "Terms: 2 material changes from 27 January 2026 on")
    for part in [
      "- From 27 January 2026: 1 material change (clause 2)",
      "- From a day that is not known yet: 1 material change (clause 1(b))",
      "What changes in clause 1(b) has no date yet: it waits for changes of the version of 10 January 2026, whose own notice is still to be given to you, and binds you no earlier than they do.",
      "Besides, 1 change of the version of 10 January 2026 (clause 1(b)) is still to take effect: it waits for a notice that is still to be given to you, so that no day is known yet.",
      "Material changes, from a day that is not known yet",
    ] {
      #expect(words.contains(part), "\(part)\n\(words)")
    }
    #expect(words.components(separatedBy: "27 January 2026").count > 2 && !words.contains("25 January 2026"))
  }
}

/// Random numbers that are the same in every run (SplitMix64).
private struct Draws: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
