internal import Redlining
internal import TermsModel
internal import TermsOperations

/// Versions as an Atom feed (RFC 4287), the latest one first.
struct AtomFeed {
  let title: String
  /// What the feed is of, for its permanent name.
  let name: String
  /// The address of the service, without a slash at its end.
  let base: String
  let path: String
  /// Of the page that tells the same to readers.
  let page: String
  let versions: [ToldVersion]

  var text: String {
    let latest = versions.sorted { ($0.postedAt, $0.label) > ($1.postedAt, $1.label) }
    let updated = latest.map(\.updatedAt).max() ?? Instant(milliseconds: 0)
    var xml = """
      <?xml version="1.0" encoding="utf-8"?>
      <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
      <id>urn:uuid:\(Feeds.permanentID(of: "feed \(name)"))</id>
      <title>\(Self.escaped(title))</title>
      <updated>\(updated)</updated>
      <author><name>Terms archive</name></author>
      <link rel="self" type="application/atom+xml" href="\(Self.escaped(base + path))"/>
      <link rel="alternate" type="text/html" href="\(Self.escaped(base + page))"/>

      """
    for version in latest { xml += entry(version) }
    return xml + "</feed>\n"
  }

  private func entry(_ version: ToldVersion) -> String {
    let categories = ChangeClass.allCases.sorted(by: >).filter { changeClass in
      version.dates.changes.contains { $0.changeClass == changeClass }
    }.map { "<category term=\"\($0.rawValue)\"/>" }.joined()
    return """
      <entry>
      <id>urn:uuid:\(version.id)</id>
      <title>\(Self.escaped("\(version.document.title), version \(version.label)"))</title>
      <published>\(version.postedAt)</published>
      <updated>\(max(version.postedAt, version.updatedAt))</updated>
      <link rel="alternate" type="text/html" href="\(Self.escaped(base + version.path))"/>
      \(categories)<summary>\(Self.escaped(version.says))</summary>
      </entry>

      """
  }

  /// Text as XML 1.0 can hold it: characters that it has not are shown as what could not be shown.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "\t", "\n", "\r": escaped.unicodeScalars.append(scalar)
      case "\u{0}"..<" ", "\u{FFFE}", "\u{FFFF}": escaped += "\u{FFFD}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
