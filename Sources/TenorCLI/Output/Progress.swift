internal import Foundation

/// How far long work has come: on a terminal one line that is written over, in cron nothing.
final class Progress {
  private let label: String
  private let shown: Bool
  private let total: Int?
  private var done = 0
  private let started = Date.timeIntervalSinceReferenceDate
  private var lastShown = 0.0

  init(label: String, total: Int? = nil, shown: Bool) {
    self.label = label
    self.total = total
    self.shown = shown
  }

  func advance(by count: Int) {
    done += count
    let now = Date.timeIntervalSinceReferenceDate
    guard shown, now - lastShown > 0.2 else { return }
    lastShown = now
    let rate = Double(done) / max(0.001, now - started)
    var line = "\r\(done)\(total.map { " of \($0)" } ?? "") \(label), \(Int(rate)) a second"
    if let total, rate > 0 { line += ", \(Int(Double(total - done) / rate)) s left" }
    FileHandle.standardError.write(Data((line + "   ").utf8))
  }

  func finish() {
    if shown, lastShown > 0 { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
  }
}
