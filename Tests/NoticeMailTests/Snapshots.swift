import Foundation
import Testing

/// Files that were read and approved, to compare with.
enum Snapshots {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures/notices")

  /// Compares with an approved file. Where there is none, or TENOR_RECORD is set, it writes one and fails, so that nothing
  /// is approved unread.
  static func check(_ bytes: [UInt8], against name: String, location: SourceLocation = #_sourceLocation) throws {
    let file = folder.appending(path: name)
    let approved = FileManager.default.contents(atPath: file.path())
    if approved == nil || ProcessInfo.processInfo.environment["TENOR_RECORD"] != nil {
      if approved != Data(bytes) {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
        Issue.record("recorded \(name): read it, then run the test again", sourceLocation: location)
      }
      return
    }
    guard approved != Data(bytes) else { return }
    let (old, new) = (lines(of: approved ?? Data()), lines(of: Data(bytes)))
    let first = zip(old, new).enumerated().first { $0.element.0 != $0.element.1 }
    Issue.record(
      """
      \(name) differs from what was approved, first in line \((first?.offset ?? min(old.count, new.count)) + 1):
      approved: \(first?.element.0 ?? "(its end)")
      now:      \(first?.element.1 ?? "(its end)")
      TENOR_RECORD=1 records it anew
      """, sourceLocation: location)
  }

  private static func lines(of data: Data) -> [Substring] {
    String(decoding: data, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
  }
}
