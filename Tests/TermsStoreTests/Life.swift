import TermsModel
import TermsOperations
import Transparency

@testable import TermsStore

/// What happens to a record, and what is asked of it.
enum Life {
  /// Every act that there is, once: for the first four of so many developers.
  static func acts(in store: TermsStore, developers: Int = 4) async throws {
    let (slug, label) = (Sample.slug, Sample.label("2025-12-18"))
    try await Sample.store(store, developers: Array(1...developers))
    try await Sample.keeper(of: store).adopt(Sample.key(1).verifyingKey)
    let person = Sample.person(4, email: false)
    _ = try await store.record(
      [
        Sample.act(.documentChanged(Sample.document(endingNoticeDays: 20))),
        Sample.agreement(1, .agreed), Sample.agreement(2, .connectorRemoved(Sample.connector("weather"))),
        Sample.agreement(1, .accepted(Sample.label("2025-12-17"))),
        Sample.agreement(1, .declined(Sample.label("2025-12-17"))),
        Sample.agreement(1, .optedOut(Sample.label("2025-12-17"), ClauseSelector("1"))),
        Sample.act(.versionPosted(Sample.posting("2025-12-18", basedOn: "2025-12-17", words: "You may go."))),
        Sample.act(
          .changeReclassified(slug, label, change: 1, to: .material, legalBasis: nil, reason: "it matters")),
        Sample.act(.versionPostponed(slug, label, until: CalendarDate("2026-03-01")!, reason: "more time")),
        Sample.act(.noticesSuperseded(slug, label)),
        Sample.act(.classesApproved(Sample.approval("2025-12-19", basedOn: "2025-12-18"))),
        Sample.act(.developerMoved(Sample.developer(3), to: Region(rawValue: "CH")!)),
        RecordedAct(
          .addressChanged(Sample.developer(4), hasAddress: false, commitment: person.commitment),
          happenedAt: Sample.start, person: person),
        Sample.agreement(3, .terminated(by: .developer, immediate: false, reason: "moved on")),
        Sample.agreement(4, .terminated(by: .platform, immediate: true, reason: nil)),
      ], by: "maria", at: Sample.start)
    for (place, notice) in try await store.dueNotices(at: Sample.start, limit: 2).enumerated() {
      _ = try await store.claim(notice, sending: Sample.letter, at: Sample.start)
      guard place == 0 else { continue }
      let finished = FinishedNotice(
        notice: notice, transmission: Transmission(outcome: .accepted(by: "mx.example"), scope: .message),
        messageSHA256: Sample.letterHash, reply: Sample.reply, at: Sample.start)
      _ = try await store.handOver(finished: finished, claiming: nil, by: "cron", at: Sample.start)
    }
    _ = try await store.reconcileInterrupted(by: "cron", at: Sample.start)
    let failure = ReportVerdict(
      action: .failed, finding: .failed(.messageOnly), at: Sample.start, isOurs: true, witness: "mx", reason: "full")
    if let notice = try await store.notice(of: slug, version: label, to: Sample.developer(1)) {
      _ = try await store.receive(
        [0], sha256: SHA256Hex.digest(of: [0]), content: .reports([failure]), for: notice.number, by: "cron",
        at: Sample.start)
    }
    _ = try await store.record(
      [
        Sample.act(
          .notice(
            Sample.developer(1), slug,
            NoticeRecord(
              step: NoticeStep(version: label, channel: .email, event: .received(.delivered, by: "mx")), messageID: nil,
              messageSHA256: nil))),
        Sample.act(
          .reminderPlanned(
            Sample.developer(1), slug, NoticeReminder(version: label, remindsOf: CalendarDate("2026-03-01")!))),
        Sample.act(.noticePlanned(Sample.developer(3), slug, Sample.label("2025-12-17"))),
        RecordedAct(
          .agreement(Sample.developer(1), slug, .connectorAdded(Sample.connector("late"))), happenedAt: Sample.start,
          plansOwedNotices: true),
        Sample.act(.versionWithdrawn(slug, label, reason: "a mistake")),
        Sample.act(.noticesSuperseded(slug, label)),
        Sample.act(.developerErased(Sample.developer(2), reason: "as asked")),
      ], by: "maria", at: Sample.start)
    _ = try await store.planOwedNotices(to: [Sample.developer(1)], of: slug, by: "maria", at: Sample.start)
    let keeper = Sample.keeper(of: store)
    let checkpoint = try await keeper.checkpoint(by: Sample.key(1)).checkpoint
    let cosigned = try Sample.cosigned(checkpoint.note)
    try await keeper.recordCosignature(cosigned.note, by: cosigned.key)
    try await keeper.recordTimestamp(Sample.timestamp(of: checkpoint.note), of: checkpoint, from: "tsa.example")
    try await keeper.drop(witnessOf: Int64(store.logSize()), reason: "nobody's")
    try await keeper.rotate(from: Sample.key(1), to: Sample.key(2))
    _ = try await keeper.checkpoint(by: Sample.key(2))
  }

  /// Every question that there is, once, about the first developer.
  static func questions(to store: TermsStore) async throws {
    let (slug, label) = (Sample.slug, Sample.label("2025-12-18"))
    _ = try await store.log(after: 3, limit: 10)
    _ = try await store.documents()
    _ = try await store.document(slug)
    _ = try await store.document(slug, knownAt: Sample.start)
    for hasAddress in [true, false] {
      _ = try await store.developers(.bound(slug, hasAddress: hasAddress), after: nil, limit: 2)
    }
    _ = try await store.developers(.noticed(slug, label), after: nil, limit: 2)
    _ = try await store.developers(.consenting(slug, since: Sample.moment(1)), after: nil, limit: 2)
    _ = try await store.noticeHolders(of: slug, version: label)
    _ = try await store.versions(of: slug)
    _ = try await store.text(of: slug, version: label)
    _ = try await store.posting(of: slug, version: label)
    _ = try await store.lastLineage(of: slug)
    _ = try await store.approvals(of: slug, sha256: Sample.approval("2025-12-19", basedOn: "2025-12-18").sha256)
    _ = try await store.developer(Sample.developer(1))
    _ = try await store.developers(after: Sample.developer(1), limit: 2)
    _ = try await store.documents(of: Sample.developer(1))
    _ = try await store.facts(of: Sample.developer(1), document: slug)
    _ = try await store.audience(of: slug)
    _ = try await store.letters(of: 1)
    _ = try await store.reply(toAttempt: 1)
    _ = try await store.acts(about: Sample.developer(1), [slug], upTo: 1000)
    _ = try await store.person(Sample.developer(1))
    _ = try await store.quietNotices(to: Sample.developer(1), of: slug)
    _ = try await store.line(3)
    _ = try await store.logKeys()
    _ = try await store.lastCheckpoint()
    _ = try await store.firstCheckpoint(covering: 3)
    _ = try await store.checkpoint(size: 3)
    _ = try await store.witnesses(of: 3)
    _ = try await store.witnessed(upTo: 1000)
    let size = try await store.logSize()
    _ = try await store.logRoot(size: size)
    _ = try await store.inclusionProof(of: 3, size: size)
    _ = try await store.consistencyProof(from: 3, to: size)
    _ = try await store.noticeCounts(of: slug, version: nil)
    _ = try await store.queuedThoughReceived(of: slug, version: nil)
    _ = try await store.lastReminder(
      of: CalendarDate("2026-03-01")!, slug, version: label, to: Sample.developer(1))
    _ = try await store.owedNotices(to: [Sample.developer(1)], of: slug, at: Sample.moment(1))
    _ = try await store.notices(of: slug, version: label, state: nil, limit: 10)
  }
}
