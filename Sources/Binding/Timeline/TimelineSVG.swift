internal import TermsModel

extension Timeline {
  /// The timeline as an SVG picture that needs no colours: what binds wholly is filled, what binds in part is hatched, what
  /// is pending is an empty frame, what is gone a dotted line. Marks are letters, explained below the picture, and every
  /// bar and mark says in words what it shows.
  package func svg() -> String { TimelineSVG(self).text() }
}

/// Draws a timeline.
private struct TimelineSVG {
  private enum Size {
    static let width = 960.0
    static let left = 150.0
    static let right = 20.0
    static let top = 56.0
    static let row = 44.0
    static let bar = 16.0
  }

  let timeline: Timeline
  private let days: Double

  init(_ timeline: Timeline) {
    self.timeline = timeline
    days = Double(max(1, timeline.from.days(until: timeline.to)))
  }

  private func x(_ day: CalendarDate) -> Double {
    let at = min(max(0, Double(timeline.from.days(until: day))), days)
    return Size.left + (Size.width - Size.left - Size.right) * at / days
  }

  private func y(_ row: Int) -> Double { Size.top + Double(row) * Size.row }

  func text() -> String {
    let agreement = timeline.bars.count
    let axis = y(agreement + 1)
    let height = axis + 40 + Double(legend.count) * 16 + 16
    var lines: [String] = []
    lines.append(
      #"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \#(Self.number(Size.width)) \#(Self.number(height))" role="img" aria-labelledby="timeline-title timeline-desc" font-family="sans-serif" font-size="12" fill="black">"#
    )
    lines.append(
      "<title id=\"timeline-title\">\(Self.escaped("What binds \(timeline.developer) of \(timeline.document), \(timeline.from) to \(timeline.to)"))</title>"
    )
    lines.append("<desc id=\"timeline-desc\">\(Self.escaped(description))</desc>")
    lines.append(
      #"<defs><pattern id="partly" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="white"/><line x1="0" y1="0" x2="0" y2="6" stroke="black" stroke-width="3"/></pattern></defs>"#
    )
    lines.append(#"<rect width="100%" height="100%" fill="white"/>"#)
    lines.append(
      "<text x=\"\(Self.number(Size.left))\" y=\"20\" font-size=\"14\" font-weight=\"bold\">\(Self.escaped("\(timeline.document) for \(timeline.developer)"))</text>"
    )
    lines += scale(to: axis)
    for (row, bar) in timeline.bars.enumerated() { lines += draw(bar, row) }
    lines += label("agreement", agreement) + marks(of: nil, agreement)
    lines += today(to: axis)
    lines += explanation(from: axis + 40)
    lines.append("</svg>")
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: Bars and marks

  private func draw(_ bar: Timeline.Bar, _ row: Int) -> [String] {
    label(bar.version.rawValue, row)
      + bar.stretches.map { stretch in
        let (from, to) = (x(stretch.from), x(stretch.to))
        let title = "<title>\(Self.escaped("version \(bar.version): \(words(stretch))"))</title>"
        let middle = y(row) + Size.bar / 2
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
          "<rect x=\"\(Self.number(from))\" y=\"\(Self.number(y(row)))\" width=\"\(Self.number(max(1, to - from)))\" height=\"\(Self.number(Size.bar))\" fill=\"\(fill)\" stroke=\"black\">\(title)</rect>"
      } + marks(of: bar.version, row)
  }

  private func label(_ text: String, _ row: Int) -> [String] {
    [
      "<text x=\"\(Self.number(Size.left - 8))\" y=\"\(Self.number(y(row) + Size.bar - 4))\" text-anchor=\"end\">\(Self.escaped(text))</text>"
    ]
  }

  private func marks(of version: VersionLabel?, _ row: Int) -> [String] {
    var last = -Double.infinity
    let known = Set(timeline.bars.map(\.version))
    return timeline.marks.filter { mark in
      version == nil ? mark.version.map { !known.contains($0) } != false : mark.version == version
    }
    .filter { timeline.from <= $0.day }
    .map { mark in
      // Marks of neighbouring days step aside, so that none hides another; the tick stays on its day.
      let at = x(mark.day)
      let place = max(at, last + 10)
      last = place
      let y = y(row) + Size.bar
      let words = "\(mark.day): \(mark.says)"
      return
        "<g><title>\(Self.escaped(words))</title><path d=\"M\(Self.number(at)) \(Self.number(y)) L\(Self.number(place)) \(Self.number(y + 8))\" stroke=\"black\" fill=\"none\"/><text x=\"\(Self.number(place))\" y=\"\(Self.number(y + 18))\" text-anchor=\"middle\" font-size=\"10\">\(mark.kind.letter)</text></g>"
    }
  }

  // MARK: Days

  private func scale(to bottom: Double) -> [String] {
    var lines = [
      "<line x1=\"\(Self.number(Size.left))\" y1=\"\(Self.number(bottom))\" x2=\"\(Self.number(Size.width - Size.right))\" y2=\"\(Self.number(bottom))\" stroke=\"black\"/>"
    ]
    for day in ticks {
      let at = Self.number(x(day))
      lines.append(
        "<line x1=\"\(at)\" y1=\"\(Self.number(bottom))\" x2=\"\(at)\" y2=\"\(Self.number(bottom + 5))\" stroke=\"black\"/>"
      )
      lines.append(
        "<text x=\"\(at)\" y=\"\(Self.number(bottom + 18))\" text-anchor=\"middle\" font-size=\"10\">\(day)</text>")
    }
    return lines
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
    let step = max(1, (firsts.count + 9) / 10)
    return firsts.enumerated().filter { $0.offset % step == 0 }.map(\.element)
  }

  private func today(to bottom: Double) -> [String] {
    guard timeline.from <= timeline.today, timeline.today <= timeline.to else { return [] }
    let place = x(timeline.today)
    let at = Self.number(place)
    let anchor = place > Size.width - 60 ? "end" : "middle"
    let line = "x1=\"\(at)\" y1=\"40\" x2=\"\(at)\" y2=\"\(Self.number(bottom))\""
    return [
      "<g><title>today, \(timeline.today)</title>",
      // White below, so that the line is seen across a filled bar, too.
      "<line \(line) stroke=\"white\" stroke-width=\"4\"/>",
      "<line \(line) stroke=\"black\" stroke-width=\"1.5\" stroke-dasharray=\"6 3\"/>",
      "<text x=\"\(at)\" y=\"36\" text-anchor=\"\(anchor)\" font-size=\"10\">today \(timeline.today)</text></g>",
    ]
  }

  // MARK: Words

  private var legend: [String] {
    let letters = timeline.marks.map(\.kind).uniqued().map { "\($0.letter) \($0.rawValue)" }
    var lines = [
      "filled: wholly in force; hatched: in part; empty: pending; dotted line: not in force. Days in \(timeline.zone)."
    ]
    for start in stride(from: 0, to: letters.count, by: 8) {
      lines.append(letters[start..<min(start + 8, letters.count)].joined(separator: " · "))
    }
    return lines
  }

  private func explanation(from top: Double) -> [String] {
    legend.enumerated().map { index, line in
      "<text x=\"\(Self.number(Size.left))\" y=\"\(Self.number(top + Double(index) * 16))\" font-size=\"11\">\(Self.escaped(line))</text>"
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
