/// Lines that date a document and say nothing else: `Updated: June 4, 2025`, `Effective on 1 April 2024`.
enum DateLine {
  private static let beginnings: [StaticString] = [
    "updated", "last updated", "last modified", "last revised", "last changed", "last revision", "last update",
    "effective",
    "revised", "revision", "published", "posted", "version", "date of last", "date", "modified", "this version",
    "dated",
    "current as of", "as of", "in force", "valid from",
  ]

  /// Words that a date line may hold besides figures.
  private static let words: Set<String> = [
    "updated", "update", "last", "modified", "revised", "revision", "changed", "change", "effective", "published",
    "posted", "version", "date", "dated", "this", "is", "was", "on", "as", "of", "from", "in", "force", "valid",
    "current", "the", "at", "to", "until", "since", "and", "st", "nd", "rd", "th", "am", "pm", "utc", "gmt", "pst",
    "pdt",
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "monday",
    "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "v",
  ]

  /// Whether the range is a short paragraph that says from when its document is, and nothing else.
  static func matches(_ bytes: Bytes, _ range: Range<Int>) -> Bool {
    guard range.count <= 160 else { return false }
    var start = range.lowerBound
    while start < range.upperBound, bytes[start] == ASCII.star || bytes[start] == ASCII.underscore { start += 1 }
    guard mayBegin(bytes[start], bytes[start + 1]), beginnings.contains(where: { begins($0, bytes, at: start) }) else {
      return false
    }
    var hasDigit = false
    var at = start
    while at < range.upperBound {
      let wordStart = at
      while at < range.upperBound, bytes[at].isLetter { at += 1 }
      if at > wordStart {
        guard words.contains(bytes.string(wordStart..<at).lowercased()) else { return false }
      } else {
        hasDigit = hasDigit || bytes[at].isDigit
        at += 1
      }
    }
    return hasDigit
  }

  /// Whether some beginning has the two letters: most paragraphs are told apart by them.
  private static func mayBegin(_ first: UInt8, _ second: UInt8) -> Bool {
    switch (first | 0x20, second | 0x20) {
    case (UInt8(ascii: "u"), UInt8(ascii: "p")), (UInt8(ascii: "l"), UInt8(ascii: "a")),
      (UInt8(ascii: "e"), UInt8(ascii: "f")), (UInt8(ascii: "r"), UInt8(ascii: "e")),
      (UInt8(ascii: "p"), UInt8(ascii: "u")), (UInt8(ascii: "p"), UInt8(ascii: "o")),
      (UInt8(ascii: "v"), UInt8(ascii: "e")), (UInt8(ascii: "v"), UInt8(ascii: "a")),
      (UInt8(ascii: "d"), UInt8(ascii: "a")), (UInt8(ascii: "m"), UInt8(ascii: "o")),
      (UInt8(ascii: "t"), UInt8(ascii: "h")), (UInt8(ascii: "c"), UInt8(ascii: "u")),
      (UInt8(ascii: "a"), UInt8(ascii: "s")), (UInt8(ascii: "i"), UInt8(ascii: "n")):
      true
    default: false
    }
  }

  private static func begins(_ beginning: StaticString, _ bytes: Bytes, at start: Int) -> Bool {
    for offset in 0..<beginning.utf8CodeUnitCount where bytes[start + offset] | 0x20 != beginning.utf8Start[offset] {
      return false
    }
    return true
  }
}
