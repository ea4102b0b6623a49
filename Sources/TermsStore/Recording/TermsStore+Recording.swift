internal import GRDB
package import TermsModel
package import TermsOperations

extension TermsStore: TermsRecord, LogRecord {
  package func record(_ acts: [RecordedAct], by actor: String, at recordedAt: Instant) async throws -> [Occasion] {
    guard !acts.isEmpty else { return [] }
    return try await write { db in
      var recorder = try ActRecorder(db, actor: actor, at: recordedAt)
      var occasions: [Occasion] = []
      occasions.reserveCapacity(acts.count)
      for act in acts {
        if let (document, version) = act.act.supersededVersion {
          try Self.settleTransmitting(document, version, with: &recorder, at: recordedAt, in: db)
        }
        if let developer = act.act.silencedDeveloper {
          try Self.settleTransmitting(to: developer, with: &recorder, at: recordedAt, in: db)
        }
        occasions.append(try recorder.append(act.act, happenedAt: act.happenedAt, person: act.person))
        if act.plansOwedNotices, case .agreement(let developer, let document, let agreement) = act.act,
          agreement.isJoining
        {
          try Self.planOwed(to: developer, joining: document, at: act.happenedAt, with: &recorder, in: db)
        }
        if case .notice(let developer, let document, let notice) = act.act, notice.step.channel == .email,
          case .failed(let reason) = notice.step.event
        {
          try Self.holdBack(developer, document, notice.step.version, since: reason, with: &recorder, in: db)
        }
      }
      return occasions
    }
  }

  /// Entries of the log after the one numbered `sequence`, in order.
  package func log(after sequence: Int64, limit: Int) async throws -> [LogEntry] {
    try await read { db in
      try db.rows("SELECT sequence, json FROM acts WHERE sequence > ? ORDER BY sequence LIMIT ?", [sequence, limit])
        .map { row in
          do throws(LogFormatError) {
            return try LogEntry(json: Array((row["json"] as String).utf8))
          } catch {
            throw StoreError.damaged(path: path, detail: "act \(row["sequence"] as Int64) of the log \(error)")
          }
        }
    }
  }
}
