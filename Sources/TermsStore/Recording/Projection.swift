internal import Foundation
internal import GRDB
internal import TermsModel
internal import TermsOperations
internal import Transparency

/// Brings the tables that answer questions up to date with one act.
///
/// The same function serves recording and rebuilding: from the same log it makes the same tables, row for row. It looks
/// at nothing but the act, its occasion and the tables themselves, and never at what is personal.
struct Projection {
  let db: Database
  private var documents: [DocumentSlug: Int64] = [:]
  private var versions: [DocumentSlug: [VersionLabel: Int64]] = [:]
  private var developers: [DeveloperID: Int64] = [:]
  private var settings: [Int64: DocumentSettings] = [:]

  init(_ db: Database) {
    self.db = db
  }

  /// - Throws: `RecordConflict` where something on record contradicts the act.
  mutating func apply(_ act: Act, on occasion: Occasion) throws {
    switch act {
    case .documentAdded(let document): try add(document, on: occasion)
    case .documentChanged(let document): try change(document, on: occasion)
    case .versionPosted(let posting): try post(posting, on: occasion)
    case .versionWithdrawn(let slug, let label, let reason, _):
      try withdraw(slug, label, reason: reason, on: occasion)
    case .versionPostponed(let slug, let label, let date, let reason):
      try postpone(slug, label, until: date, reason: reason, on: occasion)
    case .changeReclassified(let slug, let label, let change, let changeClass, let legalBasis, let reason):
      try reclassify(
        slug, label, change: change, to: changeClass, legalBasis: legalBasis, reason: reason, on: occasion)
    case .classesApproved(let approval): try approve(approval, on: occasion)
    case .noticesSuperseded(let slug, let label):
      try planSupersedingNotices(of: try versionID(slug, label), document: try documentID(slug), on: occasion)
    case .developerAdded(let registration): try add(registration, on: occasion)
    case .developerMoved(let id, let region): try move(id, to: region, on: occasion)
    case .addressChanged(let id, let hasAddress, let commitment):
      try changeAddress(of: id, hasAddress: hasAddress, commitment: commitment, on: occasion)
    case .developerErased(let id, let reason): try erase(id, reason: reason, on: occasion)
    case .agreement(let id, let slug, let act):
      try apply(act, of: try developerID(id), id, over: try documentID(slug), slug, on: occasion)
    case .notice(let id, let slug, let notice):
      try apply(notice, to: try developerID(id), of: try documentID(slug), slug, on: occasion)
    case .noticeAttempted(let id, let slug, let attempt):
      try apply(attempt, to: try developerID(id), of: try documentID(slug), slug, on: occasion)
    case .mailReturned(let id, let slug, let mail): try apply(mail, to: try developerID(id), slug, on: occasion)
    case .reminderPlanned(let id, let slug, let reminder):
      try apply(reminder, to: try developerID(id), slug, on: occasion)
    case .noticePlanned(let id, let slug, let version):
      try planNotice(of: try versionID(slug, version), to: try developerID(id), on: occasion)
    case .noticeRequeued(let id, let slug, let requeue): try apply(requeue, to: try developerID(id), slug, on: occasion)
    case .log(let act): try apply(act, on: occasion)
    }
  }

  // MARK: Names to numbers

  /// Takes over the numbers that were read together with a notice, so that they need not be looked for by its names.
  mutating func know(_ notice: OutboxNotice, developer: Int64, document: Int64, version: Int64) {
    developers[notice.developer] = developer
    documents[notice.document] = document
    versions[notice.document, default: [:]][notice.version] = version
  }

  mutating func documentID(_ slug: DocumentSlug) throws -> Int64 {
    if let id = documents[slug] { return id }
    guard let id = try db.one(Int64.self, "SELECT id FROM documents WHERE slug = ?", [slug.rawValue]) else {
      throw RecordConflict.unknownDocument(slug)
    }
    documents[slug] = id
    return id
  }

  mutating func versionID(_ slug: DocumentSlug, _ label: VersionLabel) throws -> Int64 {
    if let id = versions[slug]?[label] { return id }
    let id = try db.one(
      Int64.self, "SELECT id FROM versions WHERE document_id = ? AND label = ?",
      [try documentID(slug), label.rawValue])
    guard let id else { throw RecordConflict.unknownVersion(slug, label) }
    return id
  }

  func developerID(_ id: DeveloperID) throws -> Int64 {
    if let number = developers[id] { return number }
    guard let number = try db.one(Int64.self, "SELECT id FROM developers WHERE developer = ?", [id.rawValue]) else {
      throw RecordConflict.unknownDeveloper(id)
    }
    return number
  }

  /// The settings of a document as last recorded.
  mutating func currentSettings(of document: Int64) throws -> DocumentSettings? {
    if let known = settings[document] { return known }
    let json = try db.one(
      String.self, "SELECT settings FROM document_settings WHERE document_id = ? ORDER BY sequence DESC LIMIT 1",
      [document])
    guard let json else { return nil }
    let read = try CanonicalJSON(parsing: json).decoded(as: DocumentSettings.self)
    settings[document] = read
    return read
  }

  // MARK: Documents

  private mutating func add(_ document: Document, on occasion: Occasion) throws {
    try db.run(
      "INSERT INTO documents (slug, added) VALUES (?, ?) ON CONFLICT (slug) DO NOTHING",
      [document.slug.rawValue, occasion.sequence])
    guard db.changesCount == 1 else { throw RecordConflict.documentExists(document.slug) }
    documents[document.slug] = db.lastInsertedRowID
    try change(document, on: occasion)
  }

  private mutating func change(_ document: Document, on occasion: Occasion) throws {
    let id = try documentID(document.slug)
    try db.run(
      "INSERT INTO document_settings (document_id, sequence, title, settings) VALUES (?, ?, ?, ?)",
      [id, occasion.sequence, document.title, try CanonicalJSON(encoding: document.settings).text()])
    settings[id] = document.settings
  }
}

extension StatementArguments {
  /// Bytes for a column of hashes, from their hexadecimal form; a text that is none is refused by the column's CHECK.
  static func hash(_ hexadecimal: String) -> Data {
    Data(SHA256Hex.bytes(of: hexadecimal) ?? [])
  }
}
