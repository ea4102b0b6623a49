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
  let dates: [Review.ClassDate]

  init(_ document: Document, _ history: [HistoryEntry], _ index: Int) {
    self.document = document
    entry = history[index]
    before = index > 0 ? history[index - 1].version.label : nil
    dates = document.settings.profile.announcedDates(
      of: history[index].version.changes.map { history[index].version.currentClass(of: $0) },
      postedOn: history[index].postedOn)
  }

  static func all(of document: Document, _ history: [HistoryEntry]) -> [ToldVersion] {
    history.indices.map { ToldVersion(document, history, $0) }
  }

  var label: VersionLabel { entry.version.label }
  var postedAt: Instant { entry.version.posting.happenedAt }
  /// The last time that something happened to it.
  var updatedAt: Instant { entry.version.events.map(\.occasion.recordedAt).max() ?? entry.version.posting.recordedAt }
  var id: String { Feeds.permanentID(of: "\(document.slug)@\(label)/\(entry.sha256)") }

  /// Where it can be read: what it changed, or the text where it is the first.
  var path: String {
    before.map { "/\(document.slug)/compare/\($0)...\(label)" } ?? "/\(document.slug)/versions/\(label)"
  }

  /// What it changed and from when, in a sentence or a few.
  var says: String {
    var sentences: [String] = []
    if entry.version.isWithdrawn { sentences.append("What was pending of it was withdrawn.") }
    if before == nil { sentences.append("First version.") }
    sentences += dates.map { date in
      let noun = date.changes == 1 ? "change" : "changes"
      let when = date.effectiveOn == entry.postedOn ? "in force on posting" : "in force from \(date.effectiveOn)"
      return "\(date.changes) \(noun) (\(date.changeClass.words)): \(when)."
    }
    if let summary = entry.summary { sentences.append(summary) }
    return sentences.joined(separator: " ")
  }
}
