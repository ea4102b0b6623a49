import Crypto
import Foundation
import Redlining
import TermsModel
import TermsOperations
import Transparency

@testable import TermsStore

/// Names and acts that the tests share.
enum Sample {
  static let slug = DocumentSlug(rawValue: "connector-terms")!
  static let other = DocumentSlug(rawValue: "service-terms")!
  static let start = Instant("2025-12-17T18:00:00Z")!

  static func developer(_ number: Int) -> DeveloperID { DeveloperID(rawValue: "dev-\(number)")! }
  static func connector(_ name: String) -> ConnectorID { ConnectorID(rawValue: name)! }
  static func label(_ text: String) -> VersionLabel { VersionLabel(rawValue: text)! }
  /// The moment so many hours after ``start``.
  static func moment(_ hours: Int) -> Instant { start.adding(seconds: Int64(hours) * 3600) }

  static func document(_ slug: DocumentSlug = slug, endingNoticeDays: Int = 30) -> Document {
    Document(
      slug: slug, title: "Connector terms",
      settings: DocumentSettings(
        profile: RuleProfile(
          name: "connectors-7a", material: .afterNotice(days: 15),
          evidence: [.material: .delivered, .other: .accepted, .legalRequired: .sent],
          survival: [ClauseSelector("2(b)"), ClauseSelector("5-7")],
          optOut: [.init(clauses: [ClauseSelector("9")], days: 30)], endingNoticeDays: endingNoticeDays),
        entities: [
          .init(name: "Example Inc.", regions: []), .init(name: "Example GmbH", regions: [Region(rawValue: "CH")!]),
        ],
        incorporated: [.init(document: other, pinned: nil), .init(document: other, pinned: label("2025-01-01"))],
        precedence: [other], requireApproval: ["lower-class"]))
  }

  static func posting(
    _ version: String, basedOn: String? = nil, of slug: DocumentSlug = slug, words: String = "You may connect."
  ) -> VersionPosting {
    let source = "# Terms\n\n1. \(words)\n"
    return VersionPosting(
      document: slug, label: label(version), basedOn: basedOn.map(label), sha256: SHA256Hex.digest(of: source),
      summary: "What it is about.", title: "Terms",
      clauses: [
        .init(
          lineage: LineageID(rawValue: 1), label: .none, heading: "Terms", text: "", source: "# Terms\n\n",
          role: .preamble),
        .init(
          lineage: LineageID(rawValue: 2), label: ClauseLabel(path: ["1"]), heading: nil, text: words,
          source: "1. \(words)\n", parent: 0, role: .provision),
      ],
      changes: basedOn == nil
        ? []
        : [
          .init(
            number: 1, kind: .modified, label: ClauseLabel(path: ["1"]), heading: nil,
            before: [LineageID(rawValue: 2)], after: [LineageID(rawValue: 2)],
            edits: [
              Edit(op: .equal, text: "You may "), Edit(op: .delete, text: "connect."),
              Edit(op: .insert, text: "“go” — now."),
            ],
            proposed: Classification(
              changeClass: .material, grounds: [Ground(rule: "number-changed", evidence: "15 days → 10 days")]),
            decided: .legalRequired, legalBasis: "Regulation (EU) 2024/1, article 2", reason: "the law says so"),
          .init(
            number: 2, kind: .renamedTerm, label: .none, heading: "Terms", before: [LineageID(rawValue: 1)],
            after: [LineageID(rawValue: 1)], edits: [],
            proposed: Classification(changeClass: .other, grounds: []), decided: .other, legalBasis: nil, reason: nil),
        ])
  }

  /// An agreement to the classes of the sample posting.
  static func approval(_ version: String, basedOn: String) -> ClassApproval {
    let posting = posting(version, basedOn: basedOn)
    return ClassApproval(
      document: posting.document, basedOn: posting.basedOn, sha256: posting.sha256,
      changes: [
        .init(
          number: 1, clause: "1", proposed: .material, decided: .legalRequired,
          legalBasis: "Regulation (EU) 2024/1, article 2")
      ], reason: "the article says “at once”")
  }

  static func person(_ number: Int, email: Bool = true) -> Person {
    Person(
      name: "Développeuse \(number)", email: email ? EmailAddress(rawValue: "dev\(number)@example.com") : nil,
      salt: SHA256Hex.digest(of: "salt \(number)"))
  }

  static func registration(_ number: Int, email: Bool = true, region: String = "US") -> RecordedAct {
    let person = person(number, email: email)
    return RecordedAct(
      .developerAdded(
        DeveloperRegistration(
          id: developer(number), region: Region(rawValue: region)!, hasAddress: email, commitment: person.commitment)),
      happenedAt: start, person: person)
  }

  /// What a letter of the tests is: long enough to be packed.
  static let letter = Array(
    "To: dev@example.com\r\n\r\n\(String(repeating: "Your terms change. ", count: 20))\r\n".utf8)
  static let letterHash = SHA256Hex.digest(of: letter)
  /// What a mail system says, with a name in it.
  static let reply = AttemptReply(
    words: "550-5.1.1 no such user\r\n550 5.1.1 Dev Eloper has left\r\n", salt: String(repeating: "cd", count: 32))

  /// The keys of the log of the tests.
  static func key(_ number: UInt8, name: String = "terms.example/log") throws -> NoteSigningKey {
    try NoteSigningKey(name: name, seed: Array(repeating: number, count: 32))
  }

  /// The key of a witness, and a checkpoint's note that it has cosigned.
  static func cosigned(_ note: SignedNote, seed: UInt8 = 9, at seconds: UInt64 = 1_765_000_000) throws -> (
    key: WitnessKey, note: SignedNote
  ) {
    let secret = try Curve25519.Signing.PrivateKey(rawRepresentation: Array(repeating: seed, count: 32))
    let key = try WitnessKey(name: "witness.example/w", bytes: Array(secret.publicKey.rawRepresentation))
    let signature = try secret.signature(for: Array("cosignature/v1\ntime \(seconds)\n\(note.text)".utf8))
    let bytes =
      [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: key.keyID >> $0) }
      + (0..<8).map { UInt8(truncatingIfNeeded: seconds >> (56 - 8 * UInt64($0))) } + Array(signature)
    return (
      key, try SignedNote(parsing: "\(note.encoded)— witness.example/w \(Data(bytes).base64EncodedString())\n")
    )
  }

  /// Bytes that pass for a time stamp of a note, as far as they are looked at.
  static func timestamp(of note: SignedNote) -> [UInt8] {
    [0x30, 0x20] + (SHA256Hex.bytes(of: SHA256Hex.digest(of: note.encoded)) ?? [])
  }

  static func keeper(of store: TermsStore, at hours: Int = 0) -> LogKeeper {
    LogKeeper(log: store, now: { moment(hours) }, actor: "maria")
  }

  static func act(_ act: Act, at hours: Int = 0) -> RecordedAct { RecordedAct(act, happenedAt: moment(hours)) }

  static func agreement(_ number: Int, _ act: AgreementAct, of slug: DocumentSlug = slug, at hours: Int = 0)
    -> RecordedAct
  {
    Sample.act(.agreement(developer(number), slug, act), at: hours)
  }

  /// A document with its first version, and developers bound by a connector each.
  static func store(_ store: TermsStore, developers: [Int] = [1, 2, 3], without: Set<Int> = []) async throws {
    var acts = [act(.documentAdded(document())), act(.versionPosted(posting("2025-12-17")))]
    for number in developers {
      acts.append(registration(number, email: !without.contains(number)))
      acts.append(agreement(number, .connectorAdded(connector("weather"))))
    }
    _ = try await store.record(acts, by: "maria", at: start)
  }
}
