package import TermsModel

/// The store, as the operations see it: acts go in, facts come out.
///
/// Each writing method is one transaction: it appends to the log and brings the tables that answer questions up to
/// date, or it throws and leaves nothing behind.
package protocol TermsRecord: Sendable {
  // MARK: Acts

  /// Puts `acts` on record together, all or none, in order.
  ///
  /// Posting a version plans its notices in the same transaction: one for each developer who is bound to the document
  /// at that moment and has an address.
  /// - Throws: ``RecordConflict`` where something on record by now contradicts an act; nothing is stored then.
  func record(_ acts: [RecordedAct], by actor: String, at recordedAt: Instant) async throws -> [Occasion]

  // MARK: Documents and versions

  func documents() async throws -> [Document]
  func document(_ slug: DocumentSlug) async throws -> Document?
  /// The document with the title and the settings that were on record at a moment; `nil` where it was not on record yet.
  func document(_ slug: DocumentSlug, knownAt moment: Instant) async throws -> Document?
  /// A document each time that it was set, in the order in which that was recorded; empty for one that is not on record.
  func settings(of document: DocumentSlug) async throws -> [Fact<Document>]
  /// The versions of a document in the order of posting, with their changes and all that happened to them since.
  func versions(of document: DocumentSlug) async throws -> [PostedVersion]
  func text(of document: DocumentSlug, version: VersionLabel) async throws -> PostedText?
  /// The posting as recorded, with proposals, grounds and edits.
  func posting(of document: DocumentSlug, version: VersionLabel) async throws -> VersionPosting?
  /// Who agreed to classes of a text of this document, in the order in which they did.
  /// - Parameter sha256: of the text, in lower-case hexadecimal.
  func approvals(of document: DocumentSlug, sha256: String) async throws -> [RecordedApproval]
  /// The highest lineage number given out in a document so far; 0 for none.
  func lastLineage(of document: DocumentSlug) async throws -> Int

  // MARK: Developers

  func developer(_ id: DeveloperID) async throws -> DeveloperEntry?
  /// Developers in the order of their identifiers, after `cursor`.
  func developers(after cursor: DeveloperID?, limit: Int) async throws -> [DeveloperEntry]
  /// The documents that the developer has any act or notice about.
  func documents(of developer: DeveloperID) async throws -> [DocumentSlug]
  /// All that is on record of one developer and one document, by index.
  func facts(of developer: DeveloperID, document: DocumentSlug) async throws -> DeveloperFacts
  /// What ``facts(of:document:)``, the document and its versions say, in one view of the record and by index, on the thread
  /// that calls; `nil` where the developer or the document is not on record.
  func binding(of developer: DeveloperID, under document: DocumentSlug, knownAt moment: Instant) async throws
    -> RecordedBinding?
  /// By what an answer about the developer can be known again; `nil` where they are not on record.
  func bindingStamp(of developer: DeveloperID) async throws -> BindingStamp?
  /// How many developers are bound to a document now, by whether they have an address.
  func audience(of document: DocumentSlug) async throws -> Audience

  /// Developers whom a question about a document or a version may concern, page by page.
  /// - Parameter place: where the page before ended; `nil` for the first one.
  func developers(_ kind: ConcernedDevelopers, after place: Int64?, limit: Int) async throws -> ConcernedPage

  // MARK: Notices

  /// Who had a notice of a version, and would have to be told if it no longer held.
  func noticeHolders(of document: DocumentSlug, version: VersionLabel) async throws -> NoticeHolders
  /// Notices that are due for sending at `moment`, oldest first, with what a message needs.
  func dueNotices(at moment: Instant, limit: Int) async throws -> [OutboxNotice]
  /// Marks one as in transmission, durably, before its first byte goes out.
  /// - Returns: `false` where another run has it.
  func claim(_ notice: OutboxNotice, at moment: Instant) async throws -> Bool
  /// The same, and keeps the letter's bytes as they are about to go out, so that what was sent can be shown whatever becomes
  /// of the run.
  func claim(_ notice: OutboxNotice, sending letter: [UInt8], at moment: Instant) async throws -> Bool
  /// The letters of a notice, byte for byte, by the SHA-256 of each; none where they were erased with the developer's data.
  func letters(of notice: Int64) async throws -> [String: [UInt8]]
  /// Puts the result of a transmission on record, and when to try again where that makes sense.
  func finish(
    _ notice: OutboxNotice, transmission: Transmission, messageSHA256: String, by actor: String, at moment: Instant)
    async throws
  /// Notices that are due for sending at `moment`, in the order of ``dueNotices(at:limit:)``, from after a place on.
  func dueLetters(at moment: Instant, after place: OutboxPlace?, limit: Int) async throws -> DueLetters
  /// Keeps the bytes of letters that are about to be sent one after the other, so that claiming each need not write them.
  /// Letters kept before for the same notices, of which nothing was sent, are forgotten.
  func keep(ahead letters: [UnsentLetter]) async throws
  /// Forgets the letters that a run kept ahead and did not come to.
  func forgetUnsentLetters() async throws
  /// The step from one notice to the next, in one transaction: how the one ended goes on record, and the next is claimed,
  /// both on the disk when it returns. The letter of the next was kept by ``keep(ahead:)``.
  func handOver(
    finished: FinishedNotice?, claiming next: OutboxNotice?, by actor: String, at moment: Instant
  ) async throws -> HandingOver
  /// Keeps other bytes for a claimed notice of which nothing was sent yet: its letter had to be written anew.
  func rewrite(_ notice: OutboxNotice, sending letter: [UInt8]) async throws
  /// When the first try began of which nobody knows whether the notice went out by it; `nil` where there was none, or where
  /// a report said since that the notice failed.
  func doubt(about notice: Int64) async throws -> Instant?
  /// Gives back a claim under which nothing of the notice was sent, since the way out itself is closed: it is due as it
  /// was before, and no try of it goes on record.
  func release(_ notice: OutboxNotice) async throws
  /// Plans a second try of the notices that were left unknown by their first, when that began before `moment` and nothing
  /// came back on them since.
  /// - Returns: how many there were.
  func requeueUnknown(startedBefore moment: Instant, by actor: String, at now: Instant) async throws -> Int
  /// Notices that developers are owed and the outbox does not have, of those who have an address: the rules require one of
  /// a version for it to bind, and nothing is on record of any.
  func owedNotices(to developers: [DeveloperID], of document: DocumentSlug, at moment: Instant) async throws
    -> [OwedNotice]
  /// Plans them, all or none.
  func planOwedNotices(
    to developers: [DeveloperID], of document: DocumentSlug, by actor: String, at moment: Instant
  ) async throws -> [OwedNotice]
  /// The notice that has waited longest, due or not; `nil` where none waits.
  func longestWaiting() async throws -> OutboxNotice?
  /// Puts messages that came back on record, all or none, with their bytes and what follows from each.
  /// - Returns: what became of each, in the order given.
  func receive(_ mails: [ReceivedMail], by actor: String, at moment: Instant) async throws -> [MailReceipt]
  /// Notices that were refused or failed, are disputed, unknown, or were put off; oldest first.
  func unsettledNotices(of document: DocumentSlug?, version: VersionLabel?, limit: Int) async throws
    -> [NoticeStandingEntry]
  /// When a developer was last to be reminded of a date of a version; `nil` where they never were.
  func lastReminder(of date: CalendarDate, _ document: DocumentSlug, version: VersionLabel, to developer: DeveloperID)
    async throws -> Instant?
  /// What came back for a notice, oldest first.
  func returnedMail(for notice: Int64) async throws -> [Fact<ReturnedNotice>]
  /// The bytes of a message that came back; `nil` where they were erased with the developer's data.
  func returnedBytes(sha256: String) async throws -> [UInt8]?
  /// Settles what a dead run left behind: notices in transmission become ``NoticeState/unknown``, each with its attempt on
  /// record. To be called by the one run that holds the sender's lock, before it claims anything.
  /// - Returns: how many there were.
  func reconcileInterrupted(by actor: String, at moment: Instant) async throws -> Int
  /// The notices of a version (or of all), by state.
  /// Of the notices that a mail system took, those that are known to have failed since: by a report that came back, or by what
  /// somebody stated. Who was told otherwise since is not counted.
  ///
  /// - Parameter limit: how many of them are listed; all are counted.
  func failedSince(
    of document: DocumentSlug?, version: VersionLabel?, limit: Int
  ) async throws -> (counts: [NoticeCount], listed: [NoticeFailedSince])
  func noticeCounts(of document: DocumentSlug?, version: VersionLabel?) async throws -> [NoticeCount]

  /// How many of the notices that wait are for somebody who has received notice already on another way, by what is on record
  /// last: by document and version, where there are any. The more notices wait, the longer it takes.
  func queuedThoughReceived(of document: DocumentSlug?, version: VersionLabel?) async throws -> [NoticeCount]
  /// Single notices with their state, for people to look through.
  func notices(of document: DocumentSlug?, version: VersionLabel?, state: NoticeState?, limit: Int) async throws
    -> [OutboxNotice]
  /// The notice of a version that was planned for a developer; `nil` where none was.
  func notice(of document: DocumentSlug, version: VersionLabel, to developer: DeveloperID) async throws -> OutboxNotice?
  /// The notice of that number; `nil` where the outbox has none.
  func notice(numbered number: Int64) async throws -> OutboxNotice?
}

/// An act with the moment at which it happened, and the personal data that belong to it.
package struct RecordedAct: Hashable, Sendable {
  package let act: Act
  package let happenedAt: Instant
  /// Stored apart from the log, for ``Act/developerAdded(_:)`` and ``Act/addressChanged(_:hasAddress:commitment:)``.
  package let person: Person?
  /// Of a joining: whether the notices that the developer is owed by it are planned in the same transaction, where versions
  /// were posted after it and before it went on record.
  package let plansOwedNotices: Bool

  package init(_ act: Act, happenedAt: Instant, person: Person? = nil, plansOwedNotices: Bool = false) {
    self.act = act
    self.happenedAt = happenedAt
    self.person = person
    self.plansOwedNotices = plansOwedNotices
  }
}

/// Why an act cannot go on record, found in its own transaction.
package enum RecordConflict: Error, Hashable {
  case documentExists(DocumentSlug)
  case unknownDocument(DocumentSlug)
  /// Another version was posted since the draft was compared.
  case notBasedOnLatest(DocumentSlug, basedOn: VersionLabel?, latest: VersionLabel?)
  case versionExists(DocumentSlug, VersionLabel)
  /// It was taken back already.
  case versionWithdrawn(DocumentSlug, VersionLabel)
  case unknownVersion(DocumentSlug, VersionLabel)
  case developerExists(DeveloperID)
  case unknownDeveloper(DeveloperID)
  case connectorExists(DeveloperID, ConnectorID)
  case unknownConnector(DeveloperID, ConnectorID)
}

/// A developer as listed.
package struct DeveloperEntry: Hashable, Sendable {
  package let id: DeveloperID
  package let region: Region
  /// `nil` once erased, and where none was given.
  package let name: String?
  package let email: EmailAddress?
  package let added: Occasion
  package let erased: Bool
  /// The connectors available now, with the document each is under.
  package let connectors: [ConnectorID: DocumentSlug]

  package init(
    id: DeveloperID, region: Region, name: String?, email: EmailAddress?, added: Occasion, erased: Bool,
    connectors: [ConnectorID: DocumentSlug]
  ) {
    self.id = id
    self.region = region
    self.name = name
    self.email = email
    self.added = added
    self.erased = erased
    self.connectors = connectors
  }
}

/// Who would be told of a version of a document.
package struct Audience: Hashable, Sendable {
  /// Bound, with an address: told by e-mail.
  package let byEmail: Int
  /// Bound, without an address: the posting serves them.
  package let byPosting: Int

  package init(byEmail: Int, byPosting: Int) {
    self.byEmail = byEmail
    self.byPosting = byPosting
  }
}

extension TermsRecord {
  /// Puts one message that came back for the notice of that number on record.
  package func receive(
    _ bytes: [UInt8], sha256: String, content: ReturnedNotice.Content, for notice: Int64, by actor: String,
    at moment: Instant
  ) async throws -> MailReceipt {
    try await receive(
      [ReceivedMail(bytes: bytes, sha256: sha256, content: content, notice: notice)], by: actor, at: moment
    )[0]
  }

  /// For outcomes of which nothing more is known.
  package func finish(
    _ notice: OutboxNotice, outcome: TransportOutcome, messageSHA256: String, by actor: String, at moment: Instant
  ) async throws {
    try await finish(
      notice, transmission: Transmission(outcome: outcome, scope: .message), messageSHA256: messageSHA256, by: actor,
      at: moment)
  }
}
