internal import Foundation
internal import GRDB
package import TermsModel
package import TermsOperations
internal import Transparency

extension TermsStore: RepeatableAnswers {
  /// Milliseconds for which an answer is kept, and after which one that never came is given up.
  private static let (kept, givenUp): (Int64, Int64) = (86_400_000, 60_000)

  package func begin(_ key: String, of asker: String, requestSHA256: String, at moment: Instant) async throws
    -> RepeatedRequest
  {
    try await write { db in
      try db.run(
        "DELETE FROM repeatable_answers WHERE asked_at < ?1 OR (status IS NULL AND asked_at < ?2)",
        [moment.milliseconds - Self.kept, moment.milliseconds - Self.givenUp])
      guard let row = try db.row("SELECT * FROM repeatable_answers WHERE asker = ? AND key = ?", [asker, key]) else {
        try db.run(
          "INSERT INTO repeatable_answers (asker, key, request_sha256, asked_at) VALUES (?, ?, ?, ?)",
          [asker, key, Data(SHA256Hex.bytes(of: requestSHA256) ?? []), moment.milliseconds])
        return .first
      }
      guard SHA256Hex.text(of: row["request_sha256"] as Data) == requestSHA256 else { return .different }
      guard let status = row["status"] as Int? else { return .underway }
      return .answered(RepeatableAnswer(status: status, location: row["location"], body: row["body"]))
    }
  }

  package func finish(_ key: String, of asker: String, with answer: RepeatableAnswer?) async throws {
    try await write { db in
      if let answer {
        try db.run(
          "UPDATE repeatable_answers SET status = ?, location = ?, body = ? WHERE asker = ? AND key = ?",
          [answer.status, answer.location, answer.body, asker, key])
      } else {
        try db.run("DELETE FROM repeatable_answers WHERE asker = ? AND key = ?", [asker, key])
      }
    }
  }
}
