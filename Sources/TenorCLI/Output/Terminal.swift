internal import Foundation

/// What the program writes to, and what that can show.
struct Terminal: Sendable {
  /// Whether standard output is a terminal.
  let isInteractive: Bool
  let isErrorInteractive: Bool
  /// Whether colour may be used: on a terminal, unless `NO_COLOR` is set (no-color.org).
  let hasColor: Bool
  /// Columns of the terminal; where there is none, those that `COLUMNS` asks for, or 100.
  let width: Int

  init(environment: [String: String]) {
    isInteractive = isatty(STDOUT_FILENO) == 1
    isErrorInteractive = isatty(STDERR_FILENO) == 1
    hasColor = isInteractive && environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb"
    var size = winsize()
    let asked = environment["COLUMNS"].flatMap(Int.init).flatMap { $0 > 0 ? $0 : nil } ?? 100
    width =
      ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : asked
  }

  static var current: Terminal { Terminal(environment: ProcessInfo.processInfo.environment) }

  /// Whether somebody can answer: standard input is a terminal, too.
  static var canAsk: Bool { isatty(STDIN_FILENO) == 1 }

  /// Asks a question that is answered with yes or no; anything but `y` or `yes` is no.
  func confirms(_ question: String) -> Bool {
    FileHandle.standardError.write(Data("\(question) [y/N] ".utf8))
    let answer = readLine()?.trimmingCharacters(in: .whitespaces).lowercased()
    return answer == "y" || answer == "yes"
  }

  static func complain(_ message: String) {
    FileHandle.standardError.write(Data((message.withVisibleControls(except: ["\n", "\t"]) + "\n").utf8))
  }
}
