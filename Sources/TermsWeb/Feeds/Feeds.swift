internal import TermsModel
internal import TermsOperations
internal import Transparency

/// What the feeds tell: versions with their classes and dates.
enum Feeds {
  /// The feeds of a document, for a page to name.
  static func links(of document: Document) -> [(title: String, address: String, type: String)] {
    [
      ("\(document.title): new versions", "/feeds/\(document.slug).atom", "application/atom+xml"),
      ("\(document.title): dates", "/feeds/\(document.slug).ics", "text/calendar"),
    ]
  }

  /// A name that stays the same whatever address the service has: a UUID (RFC 9562, version 8) over what it names.
  static func permanentID(of name: String) -> String {
    var digits = Array(SHA256Hex.digest(of: "tenor:\(name)").prefix(32))
    digits[12] = "8"
    digits[16] = ["8", "9", "a", "b"][(digits[16].hexDigitValue ?? 0) % 4]
    let parts = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }
    return parts.joined(separator: "-")
  }
}

/// A version as feeds tell of it.
struct ToldVersion {
  let document: Document
  let entry: HistoryEntry
  /// The version that it was compared with.
  let before: VersionLabel?
  /// For those who were told on the day of posting.
  let dates: VersionDates

  /// - Parameter history: every version of the document, the first one first.
  static func all(of document: Document, _ history: [HistoryEntry]) -> [ToldVersion] {
    let dates = VersionDates.all(of: document, history.map(\.version))
    return history.indices.map { index in
      ToldVersion(
        document: document, entry: history[index], before: index > 0 ? history[index - 1].version.label : nil,
        dates: dates[index])
    }
  }

  var label: VersionLabel { entry.version.label }
  var postedAt: Instant { entry.version.posting.happenedAt }
  /// The last time that something happened to it.
  var updatedAt: Instant {
    let own = [entry.version.posting.recordedAt] + entry.version.events.map(\.occasion.recordedAt)
    return (own + [dates.fellAt].compactMap { $0 }).max() ?? entry.version.posting.recordedAt
  }
  var id: String { Feeds.permanentID(of: "\(document.slug)@\(label)/\(entry.sha256)") }

  /// Where it can be read: what it changed, or the text where it is the first.
  var path: String {
    before.map { "/\(document.slug)/compare/\($0)...\(label)" } ?? "/\(document.slug)/versions/\(label)"
  }

  /// What it changed and from when, in a sentence or a few.
  var says: String {
    var sentences: [String] = []
    if before == nil { sentences.append("First version.") }
    if !entry.version.isWithdrawn { sentences += entry.version.eventWords(in: document.settings.zone) }
    sentences += dates.classes.map { group in
      let noun = group.changes == 1 ? "change" : "changes"
      let what = "\(group.changes) \(noun) (\(group.change.changeClass.words))"
      return "\(what): \(group.change.words(postedOn: dates.postedOn))."
    }
    if let withdrawal = entry.version.withdrawal, dates.changes.isEmpty {
      let day = document.settings.zone.date(of: withdrawal.occasion.happenedAt)
      sentences.append("Withdrawn on \(day).")
    }
    if let summary = entry.summary { sentences.append(summary) }
    return sentences.joined(separator: " ")
  }
}
