import Foundation
import Testing

/// Runs that die, overlap or run out of room: no notice is lost, and none comes twice without a trace.
///
/// A few kills at each run of the tests; three hundred with `TENOR_SOAK` set.
@Suite(
  .serialized, .enabled(if: MailSink.isPresent(with: ["sqlite3"], for: "killing runs that send and receive")))
struct NoticeKillTests {
  private static let soaks = ProcessInfo.processInfo.environment["TENOR_SOAK"] != nil

  /// A record with so many notices due.
  private func place(notices: Int) throws -> Workplace {
    let place = try Workplace()
    try place.write("key", String(repeating: "0123456789abcdef", count: 4) + "\n")
    try place.done("init")
    try place.done("documents", "add", "connector-terms", "--title", "Connector terms")
    try place.write("v1.md", terms())
    try place.done("publish", "connector-terms", "v1.md", "--posted-at", "2025-06-04T09:00:00-07:00", "--yes")
    let rows = (1...notices).map { "dev-\($0),dev\($0)@example.com,US,c,connector-terms" }
    try place.write("developers.csv", (["id,email,region,connector,document"] + rows).joined(separator: "\n") + "\n")
    try place.done("developers", "import", "developers.csv")
    try place.write("v2.md", terms(days: 10))
    try place.done("publish", "connector-terms", "v2.md", "--yes")
    for part in ["box/new", "box/cur", "box/tmp"] {
      try FileManager.default.createDirectory(at: place.folder.appending(path: part), withIntermediateDirectories: true)
    }
    return place
  }

  private func sql(_ place: Workplace, _ query: String) throws -> [String] {
    let run = try place.tool("sqlite3", ["-readonly", "tenor.sqlite", query])
    return run.output.split(separator: "\n").map(String.init)
  }

  /// Puts a report on each message into the Maildir, as our own mail system writes it.
  private func report(_ messages: [MailSink.Message], to place: Workplace) throws {
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_US_POSIX")
    format.timeZone = TimeZone(identifier: "UTC")
    format.dateFormat = "EEE, d MMM yyyy HH:mm:ss Z"
    let now = format.string(from: .now)
    for message in messages {
      let text = [
        "Return-Path: <>", "X-Original-To: \(message.sender)",
        "Received: by mta.terms.example (Postfix) id \(message.file); \(now)",
        "From: Mail System <mailer-daemon@mta.terms.example>", "To: \(message.sender)", "Date: \(now)",
        "Subject: Report on \(message.file)", "MIME-Version: 1.0",
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b1", "", "--b1",
        "Content-Type: text/plain", "", "See below.", "", "--b1", "Content-Type: message/delivery-status", "",
        "Reporting-MTA: dns; mta.terms.example", "Original-Envelope-Id: \(message.envelopeID)", "",
        "Final-Recipient: rfc822; someone@example.com", "Action: relayed", "Status: 2.0.0",
        "Remote-MTA: dns; mx.example", "Diagnostic-Code: smtp; 250 2.0.0 Ok", "Last-Attempt-Date: \(now)", "", "--b1--",
        "",
      ].joined(separator: "\r\n")
      try place.write("box/tmp/\(message.file)", text)
      try FileManager.default.moveItem(
        at: place.folder.appending(path: "box/tmp/\(message.file)"),
        to: place.folder.appending(path: "box/new/\(message.file)"))
    }
  }

  /// What came of runs that were killed.
  private struct Killing: Sendable {
    let killed: Int
    /// How often each message came to the server, by its Message-ID.
    let copies: [String: Int]
    /// The notices of which nobody knew at some time whether they went out.
    let unknown: Set<String>
    let states: [String]
    let received: Int
    /// Those that two runs died over, so that a person is to decide about them.
    let left: Set<String>
    /// What runs complained of that were not killed.
    let complaints: [String]
    let verification: String
  }

  private func kill(_ kills: Int, runsOf notices: Int, reportsArrive: Bool) throws -> Killing {
    let place = try place(notices: notices)
    let sink = try MailSink()
    defer {
      sink.stop()
      place.remove()
    }
    // Nothing is waited for: what a dead run left is decided by the reports, or sent again at once.
    let environment = sink.environment.merging(["TENOR_NOTICES_GRACE_MINUTES": "0"]) { $1 }
    var random = SplitMix(seed: 4711)
    var (seen, messages, complaints) = (Set<String>(), [MailSink.Message](), [String]())
    func collect() throws {
      // A file is written out somewhat after its message was answered for; what a kill cut off never ends.
      try sink.settle()
      let new = sink.messages(after: &seen)
      messages += new
      // Reports are read before anything is sent, as the line for cron does it.
      guard reportsArrive else { return }
      try report(new, to: place)
      let run = try place.tenor("notices", "receive", "box", environment: environment)
      if run.code != 0 { complaints.append(run.errors) }
    }
    var killed = 0
    for round in 0..<kills {
      let receives = reportsArrive && round % 3 == 2
      let process = try place.start(
        receives ? ["notices", "receive", "box"] : ["notices", "send"], environment: environment)
      usleep(UInt32(40_000 + random.next() % 160_000))
      if process.isRunning {
        Foundation.kill(process.processIdentifier, SIGKILL)
        killed += 1
      }
      process.waitUntilExit()
      try collect()
    }
    for _ in 0..<4 {
      let run = try place.tenor("notices", "send", environment: environment)
      if ![0, 3].contains(run.code) { complaints.append(run.errors) }
      try collect()
    }
    return Killing(
      killed: killed, copies: Dictionary(grouping: messages, by: \.messageID).mapValues(\.count),
      unknown: Set(try sql(place, "SELECT DISTINCT notice FROM attempts WHERE outcome = 'unknown'")),
      states: try sql(place, "SELECT state || ': ' || count(*) FROM outbox GROUP BY state"),
      received: Int(try sql(place, "SELECT count(*) FROM notice_standings WHERE standing = 'received'")[0]) ?? 0,
      left: Set(
        try sql(
          place,
          """
          SELECT number FROM outbox WHERE state = 'unknown'
            AND 2 <= (SELECT count(*) FROM attempts WHERE notice = outbox.number AND outcome = 'unknown')
          """)),
      complaints: complaints, verification: try place.done("verify"))
  }

  @Test(arguments: [true, false])
  func `runs that are killed lose nothing, and what came twice had an attempt that nobody knew the end of`(
    reportsArrive: Bool
  ) async throws {
    let (notices, kills) = Self.soaks ? (4000, 300) : (120, 8)
    let killing = try await onItsOwnThread { try kill(kills, runsOf: notices, reportsArrive: reportsArrive) }
    func number(_ messageID: String) -> String { String(messageID.split(separator: ".")[1]) }
    // What two runs died over is sent no third time: it is left to a person, who is told, and so not lost.
    let left = killing.left.subtracting(killing.copies.keys.map(number))
    let lost = notices - killing.copies.count - left.count
    #expect(lost == 0, "\(lost) notices were lost in \(killing.killed) kills")
    let doubled = killing.copies.filter { $0.value > 1 }.keys.map(number)
    #expect(doubled.allSatisfy(killing.unknown.contains), "\(doubled) came twice without a trace")
    #expect(killing.complaints == [])
    #expect(killing.verification.contains("sound"))
    if reportsArrive {
      #expect(doubled.isEmpty, "\(doubled) came twice though reports came")
      #expect(
        killing.states == ["accepted: \(notices - left.count)"] + (left.isEmpty ? [] : ["unknown: \(left.count)"]))
      #expect(killing.received == notices - left.count)
    }
    print(
      "\(killing.killed) kills, \(killing.unknown.count) left unknown, \(left.count) of them to a person, \(lost) lost, \(doubled.count) sent twice, "
        + "\(killing.states), reports arrive: \(reportsArrive)")
  }

  @Test func `of two runs at once one sends, the other says so, and each message goes out once`() throws {
    let place = try place(notices: 60)
    let sink = try MailSink()
    defer {
      sink.stop()
      place.remove()
    }
    let first = try place.start(["notices", "send"], environment: sink.environment)
    let others = try (0..<3).map { _ in try place.tenor("notices", "send", environment: sink.environment) }
    first.waitUntilExit()
    #expect(first.terminationStatus == 0 && others.allSatisfy { $0.code == 0 })
    let messages = sink.messages(atLeast: 60)
    #expect(messages.count == 60 && Set(messages.map(\.messageID)).count == 60)
  }

  @Test func `while another process holds the record nothing is sent, and afterwards everything`() async throws {
    let (held, sent, free) = try await onItsOwnThread {
      let place = try place(notices: 5)
      let sink = try MailSink()
      defer {
        sink.stop()
        place.remove()
      }
      // It lets go once the run has waited in vain, however long that took to begin.
      let holding =
        "(echo 'BEGIN IMMEDIATE; SELECT 1;'; until [ -e over ]; do sleep 0.1; done) | sqlite3 tenor.sqlite > held"
      let sending =
        "until [ -s held ]; do sleep 0.1; done; \(Workplace.program) notices send; code=$?; touch over; wait; exit $code"
      let held = try place.tool("bash", ["-c", "\(holding) & \(sending)"], environment: sink.environment)
      try sink.settle()
      var seen: Set<String> = []
      let sent = sink.messages(after: &seen).count
      return (held, sent, try place.tenor("notices", "send", environment: sink.environment))
    }
    #expect(held.code == 1 && held.errors.contains("held by another process"), "\(held.errors)")
    #expect(sent == 0)
    #expect(free.code == 0 && free.output == "notices: 5 sent\n", "\(free.output)\(free.errors)")
  }

  @Test func `where the disk is full nothing is sent that was not claimed before`() throws {
    let place = try place(notices: 200)
    let sink = try MailSink()
    defer {
      sink.stop()
      place.remove()
    }
    // Files may not grow past this size, as on a full disk; the signal that comes with it is ignored.
    let size = try #require(
      try FileManager.default.attributesOfItem(atPath: place.folder.appending(path: "tenor.sqlite").path)[.size] as? Int
    )
    let run = try place.tool(
      "bash", ["-c", "trap '' XFSZ; ulimit -f \(size / 1024 + 40); exec \(Workplace.program) notices send"],
      environment: sink.environment)
    #expect(run.code != 0, "\(run.output)")
    #expect(run.errors.contains("nothing was stored"), "\(run.errors)")
    try sink.settle()
    var seen: Set<String> = []
    let sent = Set(sink.messages(after: &seen).map { String($0.messageID.split(separator: ".")[1]) })
    let claimed = Set(try sql(place, "SELECT number FROM outbox WHERE state <> 'queued'"))
    #expect(!sent.isEmpty && sent.count < 200, "\(sent.count)")
    #expect(sent.isSubset(of: claimed), "\(sent.subtracting(claimed)) were sent without a claim")
    #expect(try place.done("verify").contains("sound"))
  }

  @Test(.enabled(if: MailSink.isPresent(with: ["strace"], for: "the order of claims and bytes on the wire")))
  func `the claim is on the disk before the first byte of its message goes out`() throws {
    let place = try place(notices: 5)
    let sink = try MailSink()
    defer {
      sink.stop()
      place.remove()
    }
    let run = try place.tool(
      "strace",
      [
        "-f", "-y", "-s", "60", "-o", "trace", "-e", "trace=fdatasync,fsync,sendto,sendmsg,write,pwrite64",
        Workplace.program, "notices", "send",
      ], environment: sink.environment)
    #expect(run.code == 0, "\(run.errors)")
    let lines = try String(contentsOf: place.folder.appending(path: "trace"), encoding: .utf8).split(separator: "\n")
    // What counts: writes to the write-ahead log, their way to the disk, and the sender's command.
    var (isDirty, synced, mails) = (false, false, 0)
    for line in lines {
      if line.contains("tenor.sqlite-wal"), line.contains("write") {
        isDirty = true
      } else if line.contains("sync("), line.contains("tenor.sqlite-wal") {
        (isDirty, synced) = (false, true)
      } else if line.contains("MAIL FROM:") {
        mails += 1
        #expect(synced && !isDirty, "message \(mails) went out before its claim was on the disk")
        synced = false
      }
    }
    #expect(mails == 5)
  }
}

/// Numbers that look random and are the same at every run.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
