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

  /// The days of a document's versions: from when their changes bind, for those who were told on the day of posting, and
  /// until when one can opt out of some.
  static func days(of versions: [ToldVersion], base: String) -> [Day] {
    versions.flatMap { version -> [Day] in
      let name = "\(version.document.slug)@\(version.label)"
      let subject = "\(version.document.title) \(version.label)"
      let day = { (kind: String, date: CalendarDate, title: String) in
        Day(
          name: "\(name) \(kind)", date: date, title: title, says: version.says, address: base + version.path,
          recordedAt: version.updatedAt, revision: version.entry.version.events.count,
          isCancelled: version.entry.version.isWithdrawn)
      }
      var days = version.dates.map { date in
        day(date.changeClass.rawValue, date.effectiveOn, "\(subject): changes (\(date.changeClass.words)) in force")
      }
      for choice in version.document.settings.profile.optOut {
        let touched = version.entry.version.changes.filter { change in
          choice.clauses.contains { $0.selects(change.label) }
        }
        let classes = touched.map { version.entry.version.currentClass(of: $0) }
        guard let last = version.dates.filter({ classes.contains($0.changeClass) }).map(\.effectiveOn).max() else {
          continue
        }
        let names = choice.clauses.map(\.text).joined(separator: ", ")
        days.append(
          day("opt-out \(names)", last.adding(days: choice.days), "\(subject): last day to opt out of \(names)"))
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
