internal import TermsModel

extension Timeline {
  /// The timeline as an SVG picture that needs no colours: what binds wholly is filled, what binds in part is hatched, what
  /// is pending is an empty frame, what is gone a dotted line. Marks are letters, explained below the picture, and every
  /// bar and mark says in words what it shows. By night, where whoever looks at it asks for that, it is light on dark.
  package func svg(_ format: TimelineFormat = .wide) -> String { TimelineSVG(self, format).text() }
}

/// For what room a picture of a timeline is drawn.
package enum TimelineFormat: Hashable, Sendable, CaseIterable {
  /// A page, with the names of the versions beside their bars.
  case wide
  /// A telephone held upright, 360 pixels across, with the names above the bars.
  case narrow
}

/// Draws a timeline.
private struct TimelineSVG {
  private struct Size {
    let width: Double
    let left: Double
    let right: Double
    let top = 56.0
    let row: Double
    let bar = 16.0
    /// How many days the scale names at most.
    let ticks: Int
    /// How many letters a line explains.
    let letters: Int

    static let wide = Size(width: 720, left: 120, right: 20, row: 44, ticks: 7, letters: 8)
    static let narrow = Size(width: 340, left: 8, right: 12, row: 60, ticks: 4, letters: 3)
  }

  let timeline: Timeline
  private let format: TimelineFormat
  private let size: Size
  private let days: Double

  init(_ timeline: Timeline, _ format: TimelineFormat) {
    self.timeline = timeline
    self.format = format
    size = format == .wide ? .wide : .narrow
    days = Double(max(1, timeline.from.days(until: timeline.to)))
  }

  private func x(_ day: CalendarDate) -> Double {
    let at = min(max(0, Double(timeline.from.days(until: day))), days)
    return size.left + (size.width - size.left - size.right) * at / days
  }

  private func y(_ row: Int) -> Double { size.top + Double(row) * size.row }

  func text() -> String {
    let agreement = timeline.bars.count
    let axis = y(agreement + 1)
    let height = axis + 40 + Double(legend.count) * 16
    var lines: [String] = []
    lines.append(
      #"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \#(Self.number(size.width)) \#(Self.number(height))" role="img" aria-labelledby="timeline-title timeline-desc" font-family="sans-serif" font-size="12" fill="black">"#
    )
    lines.append(
      "<title id=\"timeline-title\">\(Self.escaped("What binds \(timeline.developer) of \(timeline.document), \(timeline.from) to \(timeline.to)"))</title>"
    )
    lines.append("<desc id=\"timeline-desc\">\(Self.escaped(description))</desc>")
    lines.append(
      #"<defs><pattern id="partly" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="white"/><line x1="0" y1="0" x2="0" y2="6" stroke="black" stroke-width="3"/></pattern></defs>"#
    )
    lines.append(Self.night)
    lines.append(#"<rect width="100%" height="100%" fill="white"/>"#)
    lines.append(
      "<text x=\"\(Self.number(size.left))\" y=\"20\" font-size=\"14\" font-weight=\"bold\">\(Self.escaped("\(timeline.document) for \(timeline.developer)"))</text>"
    )
    lines += scale(to: axis)
    for (row, bar) in timeline.bars.enumerated() { lines += draw(bar, row) }
    lines += label("agreement", agreement)
    lines += today(to: axis)
    // The line of today crosses no mark.
    for (row, bar) in timeline.bars.enumerated() { lines += marks(of: bar.version, row) }
    lines += marks(of: nil, agreement)
    lines += explanation(from: axis + 40)
    lines.append("</svg>")
    return lines.joined(separator: "\n") + "\n"
  }

  /// A rule beats an attribute: where no style is allowed, the picture is as by day.
  private static let night =
    "<style>@media (prefers-color-scheme: dark) { [fill=black] { fill: #e8e5de } [fill=white] { fill: #1e1d1a } "
    + "[stroke=black] { stroke: #e8e5de } [stroke=white] { stroke: #1e1d1a } }</style>"

  // MARK: Bars and marks

  private func draw(_ bar: Timeline.Bar, _ row: Int) -> [String] {
    label(bar.version.rawValue, row)
      + bar.stretches.map { stretch in
        let (from, to) = (x(stretch.from), x(stretch.to))
        let title = "<title>\(Self.escaped("version \(bar.version): \(words(stretch))"))</title>"
        let middle = y(row) + size.bar / 2
        if stretch.extent == .gone || stretch.extent == .notInForce {
          return
            "<line x1=\"\(Self.number(from))\" y1=\"\(Self.number(middle))\" x2=\"\(Self.number(to))\" y2=\"\(Self.number(middle))\" stroke=\"black\" stroke-dasharray=\"1 4\">\(title)</line>"
        }
        let fill =
          switch stretch.extent {
          case .wholly: "black"
          case .partly: "url(#partly)"
          case .pending, .notInForce, .gone: "white"
          }
        return
          "<rect x=\"\(Self.number(from))\" y=\"\(Self.number(y(row)))\" width=\"\(Self.number(max(1, to - from)))\" height=\"\(Self.number(size.bar))\" fill=\"\(fill)\" stroke=\"black\">\(title)</rect>"
      }
  }

  private func label(_ text: String, _ row: Int) -> [String] {
    guard format == .wide else {
      return [
        "<text x=\"\(Self.number(size.left))\" y=\"\(Self.number(y(row) - 4))\">\(Self.escaped(text))</text>"
      ]
    }
    return [
      "<text x=\"\(Self.number(size.left - 8))\" y=\"\(Self.number(y(row) + size.bar - 4))\" text-anchor=\"end\">\(Self.escaped(text))</text>"
    ]
  }

  private func marks(of version: VersionLabel?, _ row: Int) -> [String] {
    let known = Set(timeline.bars.map(\.version))
    let shown = timeline.marks.filter { mark in
      version == nil ? mark.version.map { !known.contains($0) } != false : mark.version == version
    }
    .filter { timeline.from <= $0.day }
    let y = y(row) + size.bar
    return zip(shown, places(of: shown.map { x($0.day) })).map { mark, place in
      let at = Self.number(x(mark.day))
      let words = "\(mark.day): \(mark.says)"
      return
        "<g><title>\(Self.escaped(words))</title><path d=\"M\(at) \(Self.number(y)) L\(Self.number(place)) \(Self.number(y + 8))\" stroke=\"black\" fill=\"none\"/><text x=\"\(Self.number(place))\" y=\"\(Self.number(y + 18))\" text-anchor=\"middle\" font-size=\"\(small)\" stroke=\"white\" stroke-width=\"3\" paint-order=\"stroke\">\(mark.kind.letter)</text></g>"
    }
  }

  /// Where the letters of marks stand: those of neighbouring days step aside, so that none hides another, and stay within
  /// the picture as long as there is room; the ticks stay on their days.
  private func places(of days: [Double]) -> [Double] {
    var places: [Double] = []
    for day in days { places.append(max(day, (places.last ?? -.infinity) + 10)) }
    var limit = size.width - 6
    for index in places.indices.reversed() {
      places[index] = min(places[index], limit)
      limit = places[index] - 10
    }
    return places
  }

  // MARK: Days

  private func scale(to bottom: Double) -> [String] {
    var lines = [
      "<line x1=\"\(Self.number(size.left))\" y1=\"\(Self.number(bottom))\" x2=\"\(Self.number(size.width - size.right))\" y2=\"\(Self.number(bottom))\" stroke=\"black\"/>"
    ]
    for day in ticks {
      let at = Self.number(x(day))
      lines.append(
        "<line x1=\"\(at)\" y1=\"\(Self.number(bottom))\" x2=\"\(at)\" y2=\"\(Self.number(bottom + 5))\" stroke=\"black\"/>"
      )
      lines.append(
        "<text x=\"\(at)\" y=\"\(Self.number(bottom + 18))\" text-anchor=\"\(anchor(x(day), room: 30))\" font-size=\"\(small)\">\(day)</text>"
      )
    }
    return lines
  }

  /// Of letters and days: a telephone shows the narrow picture as large as it is drawn.
  private var small: Int { format == .wide ? 10 : 11 }

  /// On which side of a place its words stand, so that they stay within the picture.
  private func anchor(_ place: Double, room: Double) -> String {
    if place > size.width - room { return "end" }
    return format == .narrow && place < room ? "start" : "middle"
  }

  /// First days of months, as many as have room.
  private var ticks: [CalendarDate] {
    var firsts: [CalendarDate] = []
    var (year, month) = (timeline.from.year, timeline.from.month)
    while let day = CalendarDate(year: year, month: month, day: 1), day <= timeline.to {
      if day >= timeline.from { firsts.append(day) }
      (year, month) = month == 12 ? (year + 1, 1) : (year, month + 1)
    }
    if firsts.isEmpty { return [timeline.from] }
    let step = max(1, (firsts.count + size.ticks - 1) / size.ticks)
    return firsts.enumerated().filter { $0.offset % step == 0 }.map(\.element)
  }

  private func today(to bottom: Double) -> [String] {
    guard timeline.from <= timeline.today, timeline.today <= timeline.to else { return [] }
    let place = x(timeline.today)
    let at = Self.number(place)
    let anchor = anchor(place, room: 60)
    let line = "x1=\"\(at)\" y1=\"40\" x2=\"\(at)\" y2=\"\(Self.number(bottom))\""
    return [
      "<g><title>today, \(timeline.today)</title>",
      // White below, so that the line is seen across a filled bar, too.
      "<line \(line) stroke=\"white\" stroke-width=\"4\"/>",
      "<line \(line) stroke=\"black\" stroke-width=\"1.5\" stroke-dasharray=\"6 3\"/>",
      "<text x=\"\(at)\" y=\"36\" text-anchor=\"\(anchor)\" font-size=\"\(small)\">today \(timeline.today)</text></g>",
    ]
  }

  // MARK: Words

  private var legend: [String] {
    let letters = timeline.marks.map(\.kind).uniqued().map { "\($0.letter) \($0.rawValue)" }
    var lines =
      format == .wide
      ? [
        "filled: wholly in force; hatched: in part; empty: pending; dotted line: not in force. Days in \(timeline.zone)."
      ]
      : [
        "filled: wholly in force; hatched: in part;", "empty: pending; dotted line: not in force.",
        "Days in \(timeline.zone).",
      ]
    for start in stride(from: 0, to: letters.count, by: size.letters) {
      lines.append(letters[start..<min(start + size.letters, letters.count)].joined(separator: " · "))
    }
    return lines
  }

  private func explanation(from top: Double) -> [String] {
    legend.enumerated().map { index, line in
      "<text x=\"\(Self.number(size.left))\" y=\"\(Self.number(top + Double(index) * 16))\" font-size=\"11\">\(Self.escaped(line))</text>"
    }
  }

  /// The whole picture in words.
  private var description: String {
    let bars = timeline.bars.map { bar in
      let stretches = bar.stretches.map(words)
      return "Version \(bar.version): \(stretches.joined(separator: ", then "))."
    }
    let marks = timeline.marks.map { mark in "\(mark.day)\(mark.version.map { " (\($0))" } ?? ""): \(mark.says)." }
    return (bars + marks + ["Today is \(timeline.today)."]).joined(separator: " ")
  }

  /// What the picture has at its right edge goes on, as far as is known.
  private func words(_ stretch: Timeline.Stretch) -> String {
    let end = stretch.to == timeline.to ? "on" : "until the end of \(stretch.to.adding(days: -1))"
    return "\(stretch.extent.words) from \(stretch.from) \(end)"
  }

  private static func number(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text.unicodeScalars {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      // XML 1.0 allows no other control characters.
      case "\t", "\n", "\r": result += " "
      case _ where character.value < 0x20 || character.value == 0xFFFE || character.value == 0xFFFF:
        result += "\u{FFFD}"
      default: result.unicodeScalars.append(character)
      }
    }
    return result
  }
}

extension Timeline.Extent {
  package var words: String {
    switch self {
    case .wholly: "wholly in force"
    case .partly: "in force in part"
    case .pending: "pending"
    case .notInForce: "not in force"
    case .gone: "after the end of the agreement"
    }
  }
}

extension Timeline.MarkKind {
  /// The letter that stands for it in the picture.
  package var letter: String {
    switch self {
    case .joined: "J"
    case .posting: "P"
    case .sent: "S"
    case .received: "R"
    case .failed: "F"
    case .accepted: "A"
    case .declined: "D"
    case .effective: "E"
    case .optedOut: "O"
    case .ending: "T"
    case .ended: "X"
    case .withdrawn: "W"
    case .postponed: "L"
    case .reclassified: "C"
    case .moved: "M"
    }
  }
}
