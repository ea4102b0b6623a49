import Foundation
import Synchronization
import TermsModel
import TermsOperations
import TermsStore
import Testing
import Transparency

/// A record in memory with everything that a bundle can hold: versions, a correction, letters as sent, reports that came back.
final class EvidenceHarbor: NoticeTransport, NoticeComposer, Sendable {
  let store: TermsStore
  let registry: TermsRegistry
  let keeper: LogKeeper

  static let slug = DocumentSlug(rawValue: "terms").unsafelyUnwrapped
  /// A document that the other one names as binding along.
  static let along = DocumentSlug(rawValue: "service").unsafelyUnwrapped
  static let ada = DeveloperID(rawValue: "ada").unsafelyUnwrapped
  static let bob = DeveloperID(rawValue: "bob").unsafelyUnwrapped

  static func key(_ number: UInt8 = 1) throws -> NoteSigningKey {
    try NoteSigningKey(name: "terms.example/log", seed: Array(repeating: number, count: 32))
  }

  static let text = """
    # Terms

    ## 1. Use

    (a) **Access.** You may call the Service <b>now</b>.

    (b) **Logs.** You will delete the logs within 30 days.

    (c) **Feedback.** We may use your feedback on the Service.

    ## 2. Liability

    Our liability is limited to 100 dollars.

    """

  init() throws {
    let store = try TermsStore.inMemory()
    let box = Box()
    self.store = store
    let now: @Sendable () -> Instant = { box.moment.withLock { $0 } }
    registry = TermsRegistry(
      record: store, now: now, makeSalt: { String(repeating: "ab", count: 32) }, actor: "tester")
    keeper = LogKeeper(log: store, now: now, actor: "tester")
    self.box = box
  }

  private let box: Box
  private final class Box: Sendable {
    let moment = Mutex(Instant("2026-01-01T12:00:00Z") ?? Instant(milliseconds: 0))
    /// What the mail system says to the next letters, the last one first.
    let answers = Mutex<[Transmission]>([])
  }

  func set(_ text: String) { box.moment.withLock { $0 = Instant(text) ?? $0 } }

  func compose(_ content: NoticeContent) throws -> NoticeMessage {
    NoticeMessage(
      messageID: "<\(content.notice.number)@terms.example>",
      sender: try EmailAddress(checking: "notices@terms.example"),
      recipient: try content.notice.recipient ?? EmailAddress(checking: "nobody@terms.example"),
      bytes: Array(
        "To: \(content.notice.recipient?.rawValue ?? "")\r\nDate: \(registry.now())\r\n\r\nLetter \(content.notice.number): \(content.items.count) changes.\r\n"
          .utf8))
  }

  func send(_ message: NoticeMessage) async -> TransportOutcome { await transmit(message).outcome }

  func transmit(_ message: NoticeMessage) async -> Transmission {
    box.answers.withLock { $0.popLast() } ?? Transmission(outcome: .accepted(by: "mx.example"), scope: .message)
  }

  /// A mail system that puts a letter off, and names people.
  static let putOff = Transmission(
    outcome: .unavailable(reason: "mx.example refused the recipient: 450 4.2.1 Ada is away"), stage: .recipient,
    scope: .message, code: 450, status: "4.2.1", reply: "450-4.2.1 Ada is away\r\n450 4.2.1 until <Monday>\r\n")

  func sendAll() async throws {
    _ = try await registry.sendNotices(through: self, composer: self, by: SendingPlan()) { _, _ in }
  }

  /// A life with two developers; `ada` has an address, `bob` has none. Ends at 2026-03-01T12:00:00Z.
  /// - Parameter isPutOff: whether the mail system puts off the letter of the third version first.
  func live(reports: Bool = true, isPutOff: Bool = false) async throws {
    try await keeper.adopt(Self.key().verifyingKey)
    var profile = RuleProfile(name: "connectors-7a", material: .afterNotice(days: 15))
    profile.optOut = [.init(clauses: [ClauseSelector("1(c)")], days: 90)]
    try await registry.addDocument(
      Document(
        slug: Self.slug, title: "Terms",
        settings: DocumentSettings(profile: profile, incorporated: [.init(document: Self.along, pinned: nil)])))
    try await registry.addDocument(
      Document(slug: Self.along, title: "Service", settings: DocumentSettings(profile: profile)))
    _ = try await registry.publish(
      Self.along, text: Array("# Service\n\n## 1. Use\n\nBe kind.\n".utf8), postedAt: Instant("2025-06-04T12:00:00Z"))
    _ = try await registry.publish(Self.slug, text: Array(Self.text.utf8), postedAt: Instant("2025-06-04T12:00:00Z"))
    for (id, email) in [(Self.ada, "ada@example.com"), (Self.bob, nil)] {
      try await registry.addDeveloper(
        NewDeveloper(
          id: id, email: try email.map { try EmailAddress(checking: $0) }, name: id.rawValue.capitalized,
          region: Region(rawValue: "US").unsafelyUnwrapped, at: Instant("2025-06-10T12:00:00Z")))
      try await registry.addConnector(
        ConnectorID(rawValue: "c").unsafelyUnwrapped, of: id, under: Self.slug, at: Instant("2025-06-10T12:00:00Z"))
    }
    set("2026-01-10T12:00:00Z")
    let second = Self.text.replacing("30 days", with: "10 days").replacing("the Service", with: "the Platform")
    _ = try await registry.publish(Self.slug, text: Array(second.utf8), postedAt: nil)
    try await sendAll()
    if reports, let label = try await store.versions(of: Self.slug).last?.label,
      let notice = try await store.notice(of: Self.slug, version: label, to: Self.ada)
    {
      let report = ReportVerdict(
        action: .delivered, finding: .received(.delivered), at: box.moment.withLock { $0 }, isOurs: false,
        witness: "mx.example", reason: "delivered")
      let bytes = Array("Subject: Delivered\r\n\r\nIt was delivered to ada@example.com.\r\n".utf8)
      _ = try await store.receive(
        bytes, sha256: SHA256Hex.digest(of: bytes), content: .reports([report]), for: notice.number, by: "cron",
        at: box.moment.withLock { $0 })
    }
    set("2026-02-01T12:00:00Z")
    _ = try await registry.optOut(
      Self.ada, of: Self.slug, version: nil, clauses: [ClauseSelector("1(c)")], at: Instant("2026-01-20T12:00:00Z"))
    let third = second.replacing("100 dollars", with: "50 dollars")
    _ = try await registry.publish(Self.slug, text: Array(third.utf8), postedAt: nil)
    if isPutOff { box.answers.withLock { $0 = [Self.putOff] } }
    try await sendAll()
    set("2026-02-02T12:00:00Z")
    let correction = try await registry.postponement(
      of: Self.slug, version: nil, until: CalendarDate("2026-04-01").unsafelyUnwrapped, reason: "more time")
    _ = try await registry.perform(correction)
    try await sendAll()
    set("2026-03-01T12:00:00Z")
  }

  func bundle(
    of developer: DeveloperID = ada, under slug: DocumentSlug = slug, at moment: String? = "2026-02-10",
    knownAt: Instant? = nil, signed: Bool = true, sealed: Bool = false
  ) async throws -> [UInt8] {
    let key = try Self.key(UInt8(try await keeper.keys().count))
    if signed { _ = try await keeper.checkpoint(by: key) }
    let exporter = EvidenceExporter(record: store, now: registry.now, actor: "tester")
    return try await exporter.bundle(
      of: developer, under: slug, at: moment.flatMap { CalendarDate($0) }.map(AskedMoment.date), knownAt: knownAt,
      sealedBy: sealed ? key : nil
    ).bytes
  }

  /// Has the log's state cosigned and stamped, as far as a stamp is looked at without OpenSSL.
  func witness() async throws {
    let checkpoint = try await keeper.checkpoint(by: Self.key(UInt8(try await keeper.keys().count))).checkpoint
    let (witness, note) = try Self.cosigned(checkpoint.note)
    _ = try await keeper.recordCosignature(note, by: witness)
    try await keeper.recordTimestamp(Self.stamp(of: checkpoint.note), of: checkpoint, from: "https://tsa.example")
  }

  /// Bytes that pass for a time stamp of a note.
  static func stamp(of note: SignedNote) -> [UInt8] {
    [0x30, 0x20] + (SHA256Hex.bytes(of: SHA256Hex.digest(of: note.encoded)) ?? [])
  }

  static func cosigned(_ note: SignedNote, at seconds: UInt64 = 1_765_000_000) throws -> (WitnessKey, SignedNote) {
    let secret = try NoteSigningKey(name: "witness.example/w", seed: Array(repeating: 9, count: 32))
    let last = secret.verifyingKey.encoded.split(separator: "+", maxSplits: 2).last ?? ""
    let key = try WitnessKey(
      name: "witness.example/w", bytes: Array(try #require(Data(base64Encoded: String(last))).dropFirst()))
    let signature = try #require(
      try secret.sign("cosignature/v1\ntime \(seconds)\n\(note.text)").signatures.first
    ).bytes
    let bytes =
      [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: key.keyID >> $0) }
      + (0..<8).map { UInt8(truncatingIfNeeded: seconds >> (56 - 8 * UInt64($0))) } + signature
    return (key, try SignedNote(parsing: "\(note.encoded)— witness.example/w \(Data(bytes).base64EncodedString())\n"))
  }
}

/// A bundle taken apart, to be altered and put together again by somebody who can do all but sign.
struct Forger {
  var files: [String: [UInt8]]

  init(_ bundle: [UInt8]) throws {
    files = Dictionary(
      uniqueKeysWithValues: try StoredArchive(parsing: bundle).files.map { ($0.path, $0.bytes) })
  }

  /// The bundle with a manifest that names what is there now.
  func bundle(manifest alter: (inout CanonicalJSON.Members) -> Void = { _ in }) throws -> [UInt8] {
    var files = files
    guard case .object(var members) = try CanonicalJSON(parsing: files["manifest.json"] ?? []) else { return [] }
    let others = try StoredArchive(
      files.filter { $0.key != "manifest.json" && $0.key != "seal.txt" }.map { .init(path: $0.key, bytes: $0.value) })
    members["files"] = .array(
      others.files.map { file in
        .object(
          .init([
            ("path", .string(file.path)), ("bytes", .integer(file.bytes.count)),
            ("sha256", .string(SHA256Hex.digest(of: file.bytes))),
          ]))
      })
    alter(&members)
    files["manifest.json"] = try CanonicalJSON.object(members).encoded()
    return try StoredArchive(files.map { .init(path: $0.key, bytes: $0.value) }).encoded()
  }
}
