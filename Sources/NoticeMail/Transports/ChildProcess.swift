internal import Dispatch
internal import Foundation

/// Runs another program to its end.
///
/// Not Foundation's Process: a program started by that inherits the signals that the starting thread holds back, which on a
/// thread of Dispatch is nearly all of them, so that it could neither be ended nor time anything out.
struct ChildProcess {
  struct Ending: Hashable {
    /// The exit code; 128 and the signal's number where a signal ended it, as shells say it.
    let code: Int32
    /// What it wrote to its standard output and error output, up to ``outputLimit``.
    let output: String
  }

  static let outputLimit = 4096

  let path: String
  let arguments: [String]

  /// Starts it on a thread that may block, with `input` as its standard input, and waits for its end.
  func run(input: [UInt8]) async -> Result<Ending, SystemFault> {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        continuation.resume(returning: Result { () throws(SystemFault) in try waited(input: input) })
      }
    }
  }

  /// The same, blocking.
  func waited(input: [UInt8]) throws(SystemFault) -> Ending {
    // Files rather than pipes: neither side can then wait for the other.
    let (entry, exit) = (try Self.temporaryFile(), try Self.temporaryFile())
    defer {
      close(entry)
      close(exit)
    }
    try DurableFile.writeAll(input, to: entry)
    guard lseek(entry, 0, SEEK_SET) == 0 else { throw SystemFault.last("lseek") }
    let child = try spawn(input: entry, output: exit)
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 {
      guard errno == EINTR else { throw SystemFault.last("waitpid") }
    }
    var output = [UInt8](repeating: 0, count: Self.outputLimit)
    let count = max(0, pread(exit, &output, output.count, 0))
    return Ending(code: Self.code(status), output: String(decoding: output[..<count], as: UTF8.self))
  }

  /// Starts it and does not wait; gives its process id.
  func spawn(input: Int32, output: Int32) throws(SystemFault) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_adddup2(&actions, output, 2)

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var (none, all) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
    defer { words.forEach { free($0) } }
    var child: pid_t = 0
    let fault = posix_spawn(&child, path, &actions, &attributes, &words, environ)
    guard fault == 0 else { throw SystemFault(call: "starting \(path)", code: fault) }
    return child
  }

  /// A file without a name, gone when it is closed.
  private static func temporaryFile() throws(SystemFault) -> Int32 {
    var template = Array((NSTemporaryDirectory() + "/tenor.XXXXXX").utf8CString)
    let file = mkstemp(&template)
    guard file >= 0 else { throw SystemFault.last("mkstemp") }
    _ = fcntl(file, F_SETFD, FD_CLOEXEC)
    unlink(&template)
    return file
  }

  /// How a process ended, by the layout of a wait status (POSIX leaves it to macros, which Swift does not see).
  private static func code(_ status: Int32) -> Int32 {
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
  }
}
