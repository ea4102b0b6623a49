import Foundation
import TermsModel
import TermsOperations
import TermsStore

/// Registers so many developers with a connector each, publishes to all of them, sends some of the notices, and asks.
func measurePublishing(_ store: TermsStore, developers count: Int, path: String) async throws {
  let batch = 5_000
  func batches(_ acts: (Range<Int>) -> [RecordedAct]) async throws {
    for start in stride(from: 0, to: count, by: batch) {
      try await record(acts(start..<min(start + batch, count)), in: store)
    }
  }
  try await record(
    [
      RecordedAct(
        .documentAdded(
          Document(
            slug: Sample.slug, title: "Terms",
            settings: DocumentSettings(profile: RuleProfile(name: "connectors-7a", material: .afterNotice(days: 15))))),
        happenedAt: Sample.moment),
      RecordedAct(.versionPosted(Sample.posting("v1", basedOn: nil)), happenedAt: Sample.moment),
    ], in: store)
  try await measure("register, \(batch) a commit", count: count) { try await batches(Sample.registrations) }
  try await measure("add a connector, \(batch) a commit", count: count) {
    try await batches { numbers in
      numbers.map { number in
        RecordedAct(
          .agreement(Sample.id(number), Sample.slug, .connectorAdded(Sample.connector)), happenedAt: Sample.moment)
      }
    }
  }
  try await measure("publish, a notice planned for each", count: count) {
    try await record(
      [RecordedAct(.versionPosted(Sample.posting("v2", basedOn: "v1")), happenedAt: Sample.moment)], in: store)
  }
  let sent = min(count, 1_000)
  var due = try await store.dueNotices(at: Sample.moment, limit: sent)
  try await measureEach("claim a notice and record its sending, two commits", count: sent) { _ in
    guard let notice = due.popLast() else { return }
    _ = try await store.claim(notice, at: Sample.moment)
    try await store.finish(
      notice, outcome: .accepted(by: "mx.example"), messageSHA256: String(repeating: "0", count: 64), by: "cron",
      at: Sample.moment)
  }
  try await measureEach("the next 100 due notices", count: 1_000) { _ in
    _ = try await store.dueNotices(at: Sample.moment, limit: 100)
  }
  try await measureEach("all facts of one developer", count: 10_000) { number in
    _ = try await store.facts(of: Sample.id(number * 7919 % count), document: Sample.slug)
  }
  try await measureEach("the size of the audience", count: 1_000) { _ in _ = try await store.audience(of: Sample.slug) }
  try await measureEach("refused notices, of which there are none", count: 5) { _ in
    _ = try await store.notices(of: Sample.slug, version: nil, state: .refused, limit: 100)
  }
  try await measure("verify", count: count) {
    for finding in try store.verify() { print(finding) }
  }
  try store.close()
  print("file: \(fileSize(path)) MB, \(fileSize(path) * 1_048_576 / count) bytes a developer")
}
