internal import Dispatch
internal import Foundation
internal import TermsOperations

/// Word, OpenDocument and HTML read by pandoc: without files or a network in its reach, in bounded time and memory.
struct Pandoc: DraftConverter {
  /// The program; looked for along the path where it is a plain name.
  var program = "pandoc"
  var seconds = 20
  /// Of pandoc's heap, in megabytes.
  var megabytes = 512

  /// Markdown in which lists keep the letters they are numbered by, and from which HTML is left out.
  private static let target = "markdown_strict-raw_html+fancy_lists+startnum+pipe_tables+backtick_code_blocks"
  /// A text of terms, many times over.
  private static let mostBytes = 8 * 1024 * 1024

  func markdown(from bytes: [UInt8], format: DraftFormat) async throws -> String {
    guard let path = Self.path(of: program) else { throw DraftConversionRefusal.noConverter }
    let arguments = [
      "--sandbox", "--from", format.rawValue, "--to", Self.target, "--wrap", "none", "--markdown-headings", "atx",
      "+RTS", "-M\(megabytes)M", "-RTS",
    ]
    let run = BoundedProcess(path: path, arguments: arguments, seconds: seconds, mostBytes: Self.mostBytes)
    let ending = try await withCheckedThrowingContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(with: Result { try run.run(input: bytes) }) }
    }
    switch ending.code {
    case 0: break
    case nil: throw DraftConversionRefusal.takesTooLong(format, seconds: seconds)
    // The Haskell runtime's own: the heap is full.
    case 251: throw DraftConversionRefusal.tooLarge(format)
    default: throw DraftConversionRefusal.unreadable(format, reason: Self.reason(ending))
    }
    guard ending.output.count < Self.mostBytes else { throw DraftConversionRefusal.tooLarge(format) }
    let text = String(decoding: ending.output, as: UTF8.self)
    guard !text.allSatisfy(\.isWhitespace) else { throw DraftConversionRefusal.noText(format) }
    return text
  }

  private static func reason(_ ending: BoundedProcess.Ending) -> String {
    let line = String(decoding: ending.errors, as: UTF8.self).split(whereSeparator: \.isNewline).first
    return line.map { String($0.prefix(200)) } ?? "pandoc ended with \(ending.code ?? -1)"
  }

  /// Where a program is; `nil` where it is not installed.
  static func path(of name: String) -> String? {
    if name.contains("/") { return FileManager.default.isExecutableFile(atPath: name) ? name : nil }
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":")
    return folders.map { "\($0)/\(name)" }.first(where: FileManager.default.isExecutableFile(atPath:))
  }
}

/// Runs another program, which is killed with all that it started when its time is up.
///
/// Not Foundation's Process: a program started by that inherits the signals that the starting thread holds back.
struct BoundedProcess {
  struct Ending: Hashable {
    /// The exit code, 128 and the signal's number where a signal ended it; `nil` where its time was up.
    let code: Int32?
    let output: [UInt8]
    let errors: [UInt8]
  }

  struct Fault: Error, Hashable, CustomStringConvertible {
    let call: String
    let cause: String

    var description: String { "\(call): \(cause)" }

    static func last(_ call: String) -> Fault { Fault(call: call, cause: String(cString: strerror(errno))) }
  }

  let path: String
  let arguments: [String]
  let seconds: Int
  /// Of its output that is read.
  let mostBytes: Int

  /// Blocks until it has ended. Files rather than pipes: neither side can then wait for the other.
  func run(input: [UInt8]) throws -> Ending {
    let files = try (0..<3).map { _ in try Self.temporaryFile() }
    defer { for file in files { close(file) } }
    var rest = input[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(files[0], $0.baseAddress, $0.count) }
      guard count > 0 else { throw Fault.last("writing a temporary file") }
      rest = rest.dropFirst(count)
    }
    lseek(files[0], 0, SEEK_SET)
    let child = try spawn(files)
    let code = try wait(for: child)
    return Ending(code: code, output: Self.contents(of: files[1], mostBytes), errors: Self.contents(of: files[2], 4096))
  }

  private func spawn(_ files: [Int32]) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (number, file) in files.enumerated() { posix_spawn_file_actions_adddup2(&actions, file, Int32(number)) }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var (none, all) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))
    var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
    // No secret of this process's environment is the other's business.
    let variables = ["PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8"]
    var environment: [UnsafeMutablePointer<CChar>?] = variables.map { strdup($0) } + [nil]
    defer { for word in words + environment { free(word) } }
    var child: pid_t = 0
    let fault = posix_spawn(&child, path, &actions, &attributes, &words, &environment)
    guard fault == 0 else { throw Fault(call: "starting \(path)", cause: String(cString: strerror(fault))) }
    return child
  }

  private func wait(for child: pid_t) throws -> Int32? {
    let end = ContinuousClock.now + .seconds(seconds)
    var status: Int32 = 0
    while true {
      let ended = waitpid(child, &status, WNOHANG)
      if ended == child { return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + status & 0x7F }
      guard ended == 0 || errno == EINTR else { throw Fault.last("waiting for \(path)") }
      if ContinuousClock.now >= end {
        kill(-child, SIGKILL)
        waitpid(child, &status, 0)
        return nil
      }
      usleep(5000)
    }
  }

  private static func contents(of file: Int32, _ most: Int) -> [UInt8] {
    lseek(file, 0, SEEK_SET)
    let handle = FileHandle(fileDescriptor: file, closeOnDealloc: false)
    return Array((try? handle.read(upToCount: most)) ?? Data())
  }

  /// A file without a name, gone when it is closed.
  private static func temporaryFile() throws -> Int32 {
    var template = Array((NSTemporaryDirectory() + "/tenor.XXXXXX").utf8CString)
    let file = mkstemp(&template)
    guard file >= 0 else { throw Fault.last("making a temporary file") }
    _ = fcntl(file, F_SETFD, FD_CLOEXEC)
    unlink(&template)
    return file
  }
}
