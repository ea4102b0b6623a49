internal import TermsModel
internal import TermsOperations

/// Dates as an iCalendar (RFC 5545): whole days, which no clock change moves.
struct CalendarFeed {
  struct Day {
    /// What it stays known by: the same day told anew has the same name.
    let name: String
    let date: CalendarDate
    let title: String
    let says: String
    /// Where it is explained.
    let address: String?
    /// When it was last recorded that the day is this one.
    let recordedAt: Instant
    /// How often the day was changed.
    var revision = 0
    var isCancelled = false
  }

  let title: String
  let days: [Day]

  var text: String {
    var lines = [
      "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Tenor//Terms//EN", "CALSCALE:GREGORIAN",
      "NAME:\(Self.escaped(title))", "X-WR-CALNAME:\(Self.escaped(title))", "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
    ]
    for day in days.sorted(by: { ($0.date, $0.name) < ($1.date, $1.name) }) {
      lines += [
        "BEGIN:VEVENT", "UID:\(Feeds.permanentID(of: "day \(day.name)"))", "DTSTAMP:\(Self.stamp(day.recordedAt))",
        "DTSTART;VALUE=DATE:\(Self.plain(day.date))", "DTEND;VALUE=DATE:\(Self.plain(day.date.adding(days: 1)))",
        "SUMMARY:\(Self.escaped(day.title))", "DESCRIPTION:\(Self.escaped(day.says))", "SEQUENCE:\(day.revision)",
        "TRANSP:TRANSPARENT", "STATUS:\(day.isCancelled ? "CANCELLED" : "CONFIRMED")",
      ]
      if let address = day.address { lines.append("URL:\(address)") }
      lines.append("END:VEVENT")
    }
    lines.append("END:VCALENDAR")
    return lines.map(Self.folded).joined()
  }

  /// The days of a document's versions: from when their changes bind, for those who were told on the day of posting, until
  /// when one can accept them early or decline them, and until when one can opt out of some. A day that fell away with what
  /// was withdrawn is cancelled, and no other.
  static func days(of versions: [ToldVersion], base: String) -> [Day] {
    versions.flatMap { version -> [Day] in
      let subject = "\(version.document.title) \(version.label)"
      let postedOn = version.dates.postedOn
      func day(_ kind: String, _ date: CalendarDate, _ title: String, isCancelled: Bool) -> Day {
        let says = isCancelled ? "\(title): withdrawn" : title
        return Day(
          name: "\(version.document.slug)@\(version.label) \(kind)", date: date, title: "\(subject): \(says)",
          says: version.says, address: base + version.path, recordedAt: version.updatedAt,
          revision: version.entry.version.events.count + (version.dates.fellAt == nil ? 0 : 1), isCancelled: isCancelled
        )
      }
      var (days, counts): ([Day], [ChangeClass: Int]) = ([], [:])
      let dated = version.dates.classes.compactMap { group in group.change.effect.day.map { (group.change, $0) } }
      for (change, date) in dated.sorted(by: { $0.1 < $1.1 }) {
        // One class has one day, unless a change of it waits for an earlier one or was taken back.
        let place = counts[change.changeClass, default: 0] + 1
        counts[change.changeClass] = place
        let kind = change.changeClass.rawValue + (place == 1 ? "" : " \(place)")
        let (what, isCancelled) = ("changes (\(change.changeClass.words))", change.effect.isWithdrawn)
        days.append(
          day(
            kind, date, isCancelled ? what : "\(what) in force\(change.condition(postedOn))", isCancelled: isCancelled))
      }
      // Who is told of it on another day has other days; what binds on posting leaves nothing to decide.
      let waiting =
        version.before == nil ? [] : version.dates.changes.filter { $0.effect.day.map { $0 > postedOn } ?? true }
      let toDecide = waiting.contains { !$0.effect.isWithdrawn } ? waiting.filter { !$0.effect.isWithdrawn } : waiting
      if toDecide.allSatisfy({ $0.effect.day != nil }), let last = toDecide.compactMap(\.effect.day).max() {
        let isCancelled = toDecide.contains(where: \.effect.isWithdrawn)
        let condition = isCancelled ? "" : toDecide.map { $0.condition(postedOn) }.max() ?? ""
        days.append(
          day(
            "decision", last.adding(days: -1), "last day to accept early or decline\(condition)",
            isCancelled: isCancelled))
      }
      for choice in version.document.settings.profile.optOut {
        let touched = zip(version.entry.version.changes, version.dates.changes).filter { change, _ in
          choice.clauses.contains { $0.selects(change.label) }
        }.map(\.1)
        let standing = touched.filter { !$0.effect.isWithdrawn }
        let meant = standing.isEmpty ? touched : standing
        let dated = meant.compactMap { change in change.effect.day.map { (change, $0) } }
        guard let (last, date) = dated.max(by: { $0.1 < $1.1 }) else { continue }
        let names = choice.clauses.map(\.text).joined(separator: ", ")
        let title = "last day to opt out of \(names)\(standing.isEmpty ? "" : last.condition(postedOn))"
        days.append(
          day("opt-out \(names)", date.adding(days: choice.days), title, isCancelled: standing.isEmpty))
      }
      return days
    }
  }

  private static func plain(_ date: CalendarDate) -> String { date.description.replacing("-", with: "") }

  private static func stamp(_ instant: Instant) -> String {
    let whole = Instant(milliseconds: instant.milliseconds / 1000 * 1000)
    return whole.description.replacing("-", with: "").replacing(":", with: "")
  }

  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\", ";", ",": escaped += "\\\(scalar)"
      case "\n": escaped += "\\n"
      case "\u{0}"..<" ", "\u{7F}": escaped += " "
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  /// A content line in lines of 75 bytes at most, broken between characters (RFC 5545, 3.1).
  private static func folded(_ line: String) -> String {
    var (result, width) = ("", 0)
    for character in line {
      let size = character.utf8.count
      if width + size > 75 {
        result += "\r\n "
        width = 1
      }
      result.append(character)
      width += size
    }
    return result + "\r\n"
  }
}
