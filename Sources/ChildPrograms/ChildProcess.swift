internal import Foundation

/// Runs another program to its end, or until its time is up.
///
/// Not Foundation's Process: a program started by that inherits the signals that the starting thread holds back, which on a
/// thread of Dispatch is nearly all of them, so that it could neither be ended nor time anything out.
///
/// What goes in and comes out lies in files without names and not in pipes: neither side can then wait for the other.
package struct ChildProcess: Sendable {
  /// How it ended, and what it wrote.
  package struct Ending: Hashable, Sendable {
    /// The exit code; 128 and the signal's number where a signal ended it, as shells say it; `nil` where its time was up.
    package let code: Int32?
    package let output: [UInt8]
    package let errors: [UInt8]
  }

  /// What its environment holds.
  package enum Variables: Sendable {
    /// What this process's does.
    case inherited
    /// These and no others, each `NAME=value`: no secret of this process is then the other's business.
    case only([String])
  }

  let path: String
  let arguments: [String]
  let variables: Variables
  let seconds: Int?
  let mostOutput: Int
  let joinsErrors: Bool

  /// Of what it writes to its error output, so much is read.
  private static let mostErrors = 4096

  /// - Parameters:
  ///   - path: the program's file, as ``path(of:)`` finds it.
  ///   - seconds: the time after which it is killed with all that it started; `nil` for no end.
  ///   - mostOutput: of what it writes, so many bytes are read.
  ///   - joinsErrors: whether its error output goes where its output does.
  package init(
    path: String, arguments: [String], variables: Variables = .inherited, seconds: Int? = nil, mostOutput: Int = .max,
    joinsErrors: Bool = false
  ) {
    (self.path, self.arguments, self.variables) = (path, arguments, variables)
    (self.seconds, self.mostOutput, self.joinsErrors) = (seconds, mostOutput, joinsErrors)
  }

  /// Where a program is: looked for along the path where it is a plain name; `nil` where it is not installed.
  package static func path(of name: String) -> String? {
    if name.contains("/") { return FileManager.default.isExecutableFile(atPath: name) ? name : nil }
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":")
    return folders.map { "\($0)/\(name)" }.first(where: FileManager.default.isExecutableFile(atPath:))
  }

  /// Runs it on a thread of its own, and waits for its end.
  /// - Parameters:
  ///   - input: its standard input.
  ///   - more: what it finds at `/dev/fd/3` and so on.
  package func run(input: [UInt8] = [], more: [[UInt8]] = []) async throws(SystemFault) -> Ending {
    let result = await withCheckedContinuation {
      (continuation: CheckedContinuation<Result<Ending, SystemFault>, Never>) in
      // Of those that Dispatch shares, others may block all for long.
      Thread.detachNewThread {
        continuation.resume(
          returning: Result { () throws(SystemFault) in try waited(input: input, more: more) })
      }
    }
    return try result.get()
  }

  /// The same, blocking.
  package func waited(input: [UInt8] = [], more: [[UInt8]] = []) throws(SystemFault) -> Ending {
    var files: [Int32] = []
    defer { for file in files { close(file) } }
    func opened(holding bytes: [UInt8] = []) throws(SystemFault) -> Int32 {
      let file = try Self.temporaryFile()
      files.append(file)
      try OpenFile.write(bytes, to: file)
      guard lseek(file, 0, SEEK_SET) == 0 else { throw SystemFault.last("lseek") }
      return file
    }
    let (entry, output) = (try opened(holding: input), try opened())
    let errors = joinsErrors ? output : try opened()
    var further: [Int32] = []
    for bytes in more { further.append(try opened(holding: bytes)) }
    let child = try spawn(input: entry, output: output, errors: errors, more: further)
    let code = try wait(for: child)
    return Ending(
      code: code, output: try Self.contents(of: output, mostOutput),
      errors: joinsErrors ? [] : try Self.contents(of: errors, Self.mostErrors))
  }

  /// Starts it with open files and does not wait; gives its process id.
  package func spawn(
    input: Int32, output: Int32, errors: Int32, more: [Int32] = []
  ) throws(SystemFault) -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (number, file) in ([input, output, errors] + more).enumerated() {
      posix_spawn_file_actions_adddup2(&actions, file, Int32(number))
    }

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var (none, all) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    var flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
    if seconds != nil {
      // A group of its own, so that what it started can be killed with it.
      posix_spawnattr_setpgroup(&attributes, 0)
      flags |= POSIX_SPAWN_SETPGROUP
    }
    posix_spawnattr_setflags(&attributes, Int16(flags))

    var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var child: pid_t = 0
    let fault: Int32
    switch variables {
    case .inherited: fault = posix_spawn(&child, path, &actions, &attributes, &words, environ)
    case .only(let variables):
      var list: [UnsafeMutablePointer<CChar>?] = variables.map { strdup($0) } + [nil]
      defer { for variable in list { free(variable) } }
      fault = posix_spawn(&child, path, &actions, &attributes, &words, &list)
    }
    guard fault == 0 else { throw SystemFault(call: "starting \(path)", code: fault) }
    return child
  }

  /// - Returns: the exit code; `nil` where its time was up and it was killed.
  private func wait(for child: Int32) throws(SystemFault) -> Int32? {
    let end = seconds.map { ContinuousClock.now + .seconds($0) }
    var (status, pause) = (Int32(0), UInt32(200))
    while true {
      let ended = waitpid(child, &status, end == nil ? 0 : WNOHANG)
      if ended == child { return Self.code(status) }
      guard ended == 0 || errno == EINTR else { throw SystemFault.last("waiting for \(path)") }
      guard let end else { continue }
      if ContinuousClock.now >= end {
        kill(-child, SIGKILL)
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        return nil
      }
      usleep(pause)
      pause = min(pause * 2, 5000)
    }
  }

  /// How a process ended, by the layout of a wait status (POSIX leaves it to macros, which Swift does not see).
  private static func code(_ status: Int32) -> Int32 {
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
  }

  // MARK: Files

  /// A file without a name, gone when it is closed.
  private static func temporaryFile() throws(SystemFault) -> Int32 {
    var template = Array((NSTemporaryDirectory() + "/tenor.XXXXXX").utf8CString)
    let file = mkstemp(&template)
    guard file >= 0 else { throw SystemFault.last("mkstemp") }
    unlink(&template)
    // Beyond the numbers that the other program gets, so that none of them is written over before it is handed on.
    let moved = fcntl(file, F_DUPFD_CLOEXEC, 64)
    close(file)
    guard moved >= 0 else { throw SystemFault.last("fcntl") }
    return moved
  }

  private static func contents(of file: Int32, _ most: Int) throws(SystemFault) -> [UInt8] {
    var status = stat()
    guard fstat(file, &status) == 0 else { throw SystemFault.last("fstat") }
    var bytes = [UInt8](repeating: 0, count: min(Int(status.st_size), most))
    var count = 0
    while count < bytes.count {
      let read = bytes.withUnsafeMutableBytes { pread(file, $0.baseAddress! + count, $0.count - count, off_t(count)) }
      if read < 0, errno == EINTR { continue }
      guard read >= 0 else { throw SystemFault.last("read") }
      // It was cut meanwhile, by something that the program left behind.
      guard read > 0 else { break }
      count += read
    }
    return Array(bytes.prefix(count))
  }
}
