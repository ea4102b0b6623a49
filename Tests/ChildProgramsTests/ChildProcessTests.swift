import ChildPrograms
import Dispatch
import Foundation
import Testing

@Suite struct ChildProcessTests {
  private func shell(
    _ script: String, variables: ChildProcess.Variables = .inherited, seconds: Int? = nil, mostOutput: Int = .max,
    joinsErrors: Bool = false
  ) -> ChildProcess {
    ChildProcess(
      path: "/bin/sh", arguments: ["-c", script], variables: variables, seconds: seconds, mostOutput: mostOutput,
      joinsErrors: joinsErrors)
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test(arguments: [
    ("exit 0", Int32(0), "it went well"), ("exit 75", 75, "an exit code"),
    ("kill -TERM $$", 143, "a signal, as shells count it"), ("kill -KILL $$", 137, "one that cannot be caught"),
  ])
  func `how it ended is told`(script: String, code: Int32, because: String) async throws {
    #expect(try await shell(script).run().code == code, "\(because)")
    #expect(try shell(script, seconds: 600).waited().code == code, "\(because), in good time")
  }

  @Test func `what goes in and comes out is whole, however much`() async throws {
    let much = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let ending = try await shell("cat; cat /dev/fd/3; cat /dev/fd/4 >&2").run(
      input: much, more: [Array("three".utf8), Array("four".utf8)])
    #expect(ending.code == 0)
    #expect(ending.output == much + Array("three".utf8))
    #expect(text(ending.errors) == "four")
  }

  @Test func `of its output no more is read than is wanted, and of its errors a page`() async throws {
    let ending = try await shell("yes | head -c 100000; yes | head -c 100000 >&2", mostOutput: 10).run()
    #expect(ending.output.count == 10 && ending.errors.count == 4096)
  }

  @Test func `both kinds of output can be had in the order in which they were written`() async throws {
    let ending = try await shell("echo one; echo two >&2; echo three", joinsErrors: true).run()
    #expect(text(ending.output) == "one\ntwo\nthree\n" && ending.errors.isEmpty)
  }

  @Test func `it gets the variables that it is to have, and no others`() async throws {
    let ending = try await ChildProcess(path: "/usr/bin/env", arguments: [], variables: .only(["A=b", "C=d"])).run()
    #expect(text(ending.output) == "A=b\nC=d\n")
    let inherited = try await ChildProcess(path: "/usr/bin/env", arguments: []).run()
    #expect(text(inherited.output).contains("PATH="))
  }

  @Test func `signals that this thread holds back end it all the same`() async throws {
    // Dispatch's threads hold nearly all of them back.
    let child = shell("kill -TERM $$; sleep 600")
    let code = await withCheckedContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(returning: try? child.waited().code) }
    }
    #expect(code == 143)
  }

  @Test(.timeLimit(.minutes(30)))
  func `when its time is up it is killed, with all that it started`() async throws {
    var lines: [Substring] = []
    // More time where it was up before the shell got to its second command.
    for seconds in [2, 20, 200] where lines.count < 2 {
      let ending = try await shell("echo begun; sleep 600 & echo $!; wait", seconds: seconds).run()
      #expect(ending.code == nil)
      lines = text(ending.output).split(separator: "\n")
    }
    try #require(lines.count == 2 && lines[0] == "begun")
    let started = try #require(pid_t(lines[1]))
    // The one that it started is nobody's any more, so that another process has to see to its remains.
    for _ in 0..<500 where kill(started, 0) == 0 && !isDead(started) { try await Task.sleep(for: .milliseconds(20)) }
    #expect(kill(started, 0) != 0 || isDead(started))
  }

  private func isDead(_ process: pid_t) -> Bool {
    let status = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
    return status.isEmpty || status.contains(") Z ")
  }

  @Test func `what cannot be started is told with the reason`() async throws {
    await #expect(throws: SystemFault(call: "starting /nonexistent/program", code: ENOENT)) {
      try await ChildProcess(path: "/nonexistent/program", arguments: []).run()
    }
    #expect(
      "\(SystemFault(call: "starting /etc/passwd", code: EACCES))" == "starting /etc/passwd: Permission denied")
    #expect(throws: SystemFault(call: "starting /etc/passwd", code: EACCES)) {
      try ChildProcess(path: "/etc/passwd", arguments: []).waited()
    }
  }

  @Test func `a program is found along the path, or by its own`() throws {
    #expect(ChildProcess.path(of: "/bin/sh") == "/bin/sh")
    #expect(ChildProcess.path(of: "sh").map { $0.hasSuffix("/sh") } == true)
    #expect(ChildProcess.path(of: "/etc/passwd") == nil && ChildProcess.path(of: "no-such-program") == nil)
  }
}
