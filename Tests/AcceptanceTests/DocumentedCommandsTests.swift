import Foundation
import Testing

/// The commands that the documentation shows print what it says they print.
///
/// The commands of a page are run one after the other in one shell, in a folder of their own with the sample terms. In
/// what a page shows, a line `…` stands for any number of lines, and `…` in a line for any text; the day on which the page
/// was written stands for the day of the run.
@Suite struct DocumentedCommandsTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private struct Command {
    let line: Int
    var text: String
    var output: [String] = []

    /// Whether a shell would ask for another line.
    var isUnfinished: Bool {
      guard let last = text.split(separator: "\n", omittingEmptySubsequences: false).last else { return false }
      if last.hasSuffix("\\") { return true }
      let words = text.split(whereSeparator: { $0 == " " || $0 == "\n" || $0 == ";" })
      return words.contains("do") && !words.contains("done") || text.contains("<<END") && last != "END"
    }
  }

  /// The commands in the console blocks of a page, with what they print.
  private static func commands(of page: String) -> [Command] {
    var commands: [Command] = []
    var isConsole = false
    for (index, line) in page.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line.hasPrefix("```") {
        isConsole = line == "```console"
      } else if isConsole, line.hasPrefix("$ ") {
        commands.append(Command(line: index + 1, text: String(line.dropFirst(2))))
      } else if isConsole, line.hasPrefix("> "), let last = commands.indices.last, commands[last].output.isEmpty,
        commands[last].isUnfinished
      {
        commands[last].text += "\n" + line.dropFirst(2)
      } else if isConsole, let last = commands.indices.last {
        commands[last].output.append(String(line))
      }
    }
    return commands
  }

  private static func matches(_ shown: ArraySlice<String>, _ printed: ArraySlice<String>) -> Bool {
    guard let first = shown.first else { return printed.isEmpty }
    if first == "…" {
      return printed.indices.contains { matches(shown.dropFirst(), printed[$0...]) }
        || matches(shown.dropFirst(), printed[printed.endIndex...])
    }
    guard let line = printed.first, isLike(first, line) else { return false }
    return matches(shown.dropFirst(), printed.dropFirst())
  }

  private static func isLike(_ shown: String, _ printed: String) -> Bool {
    var rest = printed[...]
    let parts = shown.components(separatedBy: "…")
    for (index, part) in parts.enumerated() {
      if index == 0 {
        guard rest.hasPrefix(part) else { return false }
        rest = rest.dropFirst(part.count)
      } else if index == parts.count - 1 {
        guard rest.hasSuffix(part) else { return false }
        rest = ""
      } else {
        guard let found = rest.range(of: part) else { return false }
        rest = rest[found.upperBound...]
      }
    }
    return parts.count > 1 || rest.isEmpty
  }

  @Test func `each command on the page about the text that the rules come from prints what it shows`() throws {
    let seed = Self.root.appending(path: "../shared/seeds/connectors-and-actions-terms-2025-06-04.md")
    guard FileManager.default.fileExists(atPath: seed.path) else {
      return print("SKIPPED: Docs/binding-seed.md is about a text that is not at \(seed.path)")
    }
    try check("Docs/binding-seed.md", written: "2026-11-21") { place in
      let folder = place.folder.appending(path: "connectors")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try FileManager.default.copyItem(at: seed, to: folder.appending(path: "2025-06-04.md"))
    }
  }

  @Test(arguments: [
    (page: "Docs/binding.md", written: "2026-11-21"), (page: "Docs/materiality.md", written: "2026-11-21"),
  ])
  func `each command prints what the page shows`(page: String, written: String) throws {
    try check(page, written: written) { place in
      try FileManager.default.createSymbolicLink(
        at: place.folder.appending(path: "Terms"), withDestinationURL: Self.root.appending(path: "Terms"))
    }
  }

  /// The day by which the sample terms count.
  private static func today() throws -> String {
    Date().formatted(
      Date.ISO8601FormatStyle(timeZone: try #require(TimeZone(identifier: "America/Los_Angeles"))).year().month().day())
  }

  /// Runs the commands of a page in a place that is made ready for them, and compares what they print with what it shows.
  private func check(_ page: String, written: String, ready: (Workplace) throws -> Void) throws {
    let today = try Self.today()
    let text = try String(contentsOf: Self.root.appending(path: page), encoding: .utf8)
      .replacing(written, with: today)
    let commands = Self.commands(of: text)
    try #require(commands.count > 10)
    let end = "—— end ——"
    let script = commands.map { "\($0.text)\nprintf '%s\\n' '\(end)'" }.joined(separator: "\n")
    let place = try Workplace()
    defer { place.remove() }
    try ready(place)
    let run = try place.shell(script)
    // Where the day ended meanwhile, some commands ran on one day and some on the next.
    guard try today == Self.today() else { return try check(page, written: written, ready: ready) }
    // The shell's last lines are those after the last mark: none.
    let printed = run.output.components(separatedBy: end + "\n").dropLast()
    #expect(printed.count == commands.count, "\(run.errors)")
    for (command, output) in zip(commands, printed) {
      let lines = output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
      let isSame = Self.matches(command.output[...], lines[...])
      #expect(isSame, "\(page), line \(command.line): \(command.text)\n\(output)")
    }
  }
}
