internal import TermsOperations

/// A letter with gaps where it names one developer's own: everything else is rendered, wrapped and encoded once for all whom it
/// tells the same.
///
/// Filling it gives the bytes that rendering the letter would give. Whatever could make a difference, such as a template that
/// alters a name, makes that there is no skeleton.
struct LetterSkeleton: Sendable {
  /// What stands in a gap.
  struct Filling: Sendable {
    let name: String?
    let link: String?
    let notice: String

    init(_ content: NoticeContent) {
      name = Letter.name(in: content)
      link = Letter.link(in: content)
      notice = "\(content.notice.number)"
    }
  }

  /// Whole lines of a part.
  enum Lines: Sendable {
    /// The same for all, encoded.
    case fixed([UInt8])
    /// One line with gaps.
    case gapped(String)
  }

  let subject: String
  let text: [Lines]
  let html: [Lines]

  /// - Returns: `nil` where a part cannot be taken apart.
  init?(_ letter: Letter, by templates: LetterTemplates) {
    guard !LetterValues.texts(of: letter).contains(where: Gap.isIn),
      let raw = templates.renderGapped(letter.withGaps)
    else { return nil }
    let text = Self.textLines(raw.text)
    let html = raw.html.split(separator: "\n", omittingEmptySubsequences: false).map { Line($0) }
    guard let text = Self.encoded(text), let html = Self.encoded(html), Gap.isWhole(raw.subject) else { return nil }
    (subject, self.text, self.html) = (raw.subject, text, html)
  }

  func subject(for filling: Filling) -> String { Gap.filled(subject, with: filling) { $0 } }

  /// The encoded parts for one developer; `nil` where the mail library gives none.
  func parts(for filling: Filling) -> (text: [UInt8], html: [UInt8])? {
    // All gapped lines are encoded in one go, each ended by a line that no letter has.
    var gapped = ""
    for case .gapped(let line) in text {
      for wrapped in TextWrapping.wrapped(line: Gap.filled(line, with: filling) { $0 }[...]) {
        gapped += wrapped + "\n"
      }
      gapped += Self.end + "\n"
    }
    for case .gapped(let line) in html {
      gapped += Gap.filled(line, with: filling, escaped: ScalarHTML().escapeText) + "\n" + Self.end + "\n"
    }
    guard let encoded = gapped.isEmpty ? [] : MIMEMessage.encoded(gapped) else { return nil }
    var rest = encoded[...]
    func joined(_ lines: [Lines]) -> [UInt8]? {
      var bytes: [UInt8] = []
      bytes.reserveCapacity(8192)
      for line in lines {
        switch line {
        case .fixed(let run): bytes += run
        case .gapped:
          guard let end = rest.place(of: Self.encodedEnd) else { return nil }
          bytes += rest[..<end.lowerBound]
          rest = rest[end.upperBound...]
        }
      }
      return bytes
    }
    guard let text = joined(text), let html = joined(html) else { return nil }
    return (text, html)
  }

  /// A line of one control character, which a letter's facts are cleaned of, and how it is encoded.
  private static let end = "\u{1}"
  private static let encodedEnd = Array("=01\r\n".utf8)

  private struct Line {
    let text: String
    let isGapped: Bool

    init(_ text: some StringProtocol) {
      self.text = String(text)
      isGapped = Gap.isIn(text)
    }
  }

  /// The lines of the text part as they are wrapped; those with gaps are wrapped when these are filled.
  private static func textLines(_ text: String) -> [Line] {
    var lines: [Line] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.allSatisfy(\.isWhitespace) {
        if lines.last?.text.isEmpty == false { lines.append(Line("")) }
      } else if Gap.isIn(line) {
        lines.append(Line(line))
      } else {
        lines += TextWrapping.wrapped(line: line).map { Line($0) }
      }
    }
    while lines.last?.text.isEmpty == true { lines.removeLast() }
    return lines
  }

  private static func encoded(_ lines: [Line]) -> [Lines]? {
    var (result, run): ([Lines], String) = ([], "")
    func isDone() -> Bool {
      guard !run.isEmpty else { return true }
      guard !run.unicodeScalars.contains("\u{1}"), Gap.isWhole(run), let bytes = MIMEMessage.encoded(run) else {
        return false
      }
      result.append(.fixed(bytes))
      run = ""
      return true
    }
    for line in lines {
      guard line.isGapped else {
        run += line.text + "\n"
        continue
      }
      guard isDone(), Gap.isWhole(line.text), !line.text.unicodeScalars.contains("\u{1}") else { return nil }
      result.append(.gapped(line.text))
    }
    return isDone() ? result : nil
  }
}

/// A place where something of one developer's own goes, marked by characters that no text has (Unicode, section 23.7).
private enum Gap: Unicode.Scalar, CaseIterable {
  case name = "N"
  case link = "L"
  case notice = "O"

  // No literal may hold them.
  private static let opening = Unicode.Scalar(0xFDD0 as UInt32) ?? "\u{F0000}"
  private static let closing = Unicode.Scalar(0xFDD1 as UInt32) ?? "\u{F0001}"

  var mark: String { "\(Self.opening)\(rawValue)\(Self.closing)" }

  static func isIn(_ text: some StringProtocol) -> Bool { text.unicodeScalars.contains(opening) }

  /// Whether all marks in the text are gaps' own.
  static func isWhole(_ text: String) -> Bool {
    !filled(text, with: nil) { $0 }.unicodeScalars.contains { $0 == opening || $0 == closing }
  }

  static func filled(
    _ text: String, with filling: LetterSkeleton.Filling?, escaped: (String) -> String
  ) -> String {
    guard isIn(text) else { return text }
    var (result, rest) = (String.UnicodeScalarView(), text.unicodeScalars[...])
    while let start = rest.firstIndex(of: opening) {
      result.append(contentsOf: rest[..<start])
      rest = rest[start...]
      guard let gap = rest.dropFirst().first.flatMap(Gap.init), rest.dropFirst(2).first == closing else {
        result.append(opening)
        rest = rest.dropFirst()
        continue
      }
      result.append(contentsOf: escaped(gap.value(in: filling)).unicodeScalars)
      rest = rest.dropFirst(3)
    }
    result.append(contentsOf: rest)
    return String(result)
  }

  private func value(in filling: LetterSkeleton.Filling?) -> String {
    switch self {
    case .name: filling?.name ?? ""
    case .link: filling?.link ?? ""
    case .notice: filling?.notice ?? ""
    }
  }
}

extension Letter {
  /// The letter with marks for what is one developer's own, where it is there at all.
  fileprivate var withGaps: Letter {
    var letter = self
    letter.name = name.map { _ in Gap.name.mark }
    letter.link = link.map { _ in Gap.link.mark }
    letter.notice = Gap.notice.mark
    return letter
  }
}
