import Foundation
import Testing

/// Whatever is running when the power goes: what was acknowledged is there afterwards, and the record is sound.
///
/// A few kills at each run of the tests; two hundred with `TENOR_SOAK` set.
@Suite(.serialized, .enabled(if: SQLiteProgram.isPresent()))
struct EvidenceKillTests {
  private static let kills = ProcessInfo.processInfo.environment["TENOR_SOAK"] == nil ? 8 : 200

  private func sql(_ place: Workplace, _ query: String) throws -> [String] {
    let run = try place.tool("sqlite3", ["-readonly", "tenor.sqlite", query])
    try #require(run.code == 0, "\(run.errors)")
    return run.output.split(separator: "\n").map(String.init)
  }

  private func place() throws -> Workplace {
    let place = try Workplace()
    try place.done("init", "--log-name", "terms.example/log")
    try place.done("documents", "add", "connector-terms", "--title", "Connector terms")
    try place.write("v.md", terms())
    try place.done("publish", "connector-terms", "v.md", "--posted-at", "2025-06-04T09:00:00-07:00", "--yes")
    let rows = (1...5).map { "dev-\($0),dev\($0)@example.com,US,c,connector-terms" }
    try place.write("developers.csv", (["id,email,region,connector,document"] + rows).joined(separator: "\n") + "\n")
    try place.done("developers", "import", "developers.csv")
    try place.write("v.md", terms(days: 29))
    try place.done("publish", "connector-terms", "v.md", "--yes")
    return place
  }

  /// What a command that ended by itself has promised.
  private enum Promise {
    case version(String)
    case acceptance
    case file(String)
    case nothing
  }

  @Test func `publish, send, accept, backup, checkpoint and evidence survive being killed at any moment`() async throws
  {
    try await onItsOwnThread {
      let place = try place()
      defer { place.remove() }
      var random = SystemRandomNumberGenerator()
      var (versions, acceptances, files) = ([String](), 0, [String]())
      var killed = 0
      var number = 0
      while killed < Self.kills {
        number += 1
        let (arguments, promise) = try command(number, place)
        let process = try place.start(arguments, environment: ["TENOR_NOTICES_GRACE_MINUTES": "0"])
        usleep(UInt32.random(in: 0...400_000, using: &random))
        if process.isRunning {
          kill(process.processIdentifier, SIGKILL)
          killed += 1
        }
        process.waitUntilExit()
        guard process.terminationReason == .exit else { continue }
        // A notice that was cut off twice is left for a person to decide, and sending says so (3).
        let ends: [Int32] = arguments == ["notices", "send"] ? [0, 3] : [0]
        try #require(ends.contains(process.terminationStatus), "\(arguments) ended with \(process.terminationStatus)")
        switch promise {
        case .version(let label): versions.append(label)
        case .acceptance: acceptances += 1
        case .file(let name): files.append(name)
        case .nothing: break
        }
        if number > 40 * Self.kills { break }
      }
      // The next run finds its way: nothing is in the way of it, and nothing is lost.
      let last = try place.tenor("notices", "send", environment: ["TENOR_NOTICES_GRACE_MINUTES": "0"])
      #expect([0, 3].contains(last.code), "\(last.errors)")
      try place.done("checkpoint")
      let verified = try place.tenor("verify")
      #expect(verified.output == "tenor.sqlite: sound\n")
      let labels = try sql(place, "SELECT label FROM versions")
      for label in versions { #expect(labels.contains(label), "version \(label) was acknowledged") }
      let accepted = try sql(place, "SELECT count(*) FROM acts WHERE act = 'version-accepted'").first.flatMap {
        Int($0)
      }
      #expect((accepted ?? 0) >= acceptances)
      for name in files {
        let run = try name.hasSuffix(".zip") ? place.tenor("check", name) : place.tenor("verify", "--database", name)
        #expect(run.code == 0, "\(name): \(run.output)\(run.errors)")
      }
      // Files that were cut short never bear their name.
      for name in try FileManager.default.contentsOfDirectory(atPath: place.folder.path)
      where name.hasSuffix(".zip") && !files.contains(name) {
        #expect(try place.tenor("check", name).code == 0, "\(name)")
      }
      #expect(try sql(place, "SELECT count(*) FROM outbox WHERE state IN ('queued', 'transmitting')") == ["0"])
      let told = try sql(place, "SELECT count(*) FROM outbox WHERE state = 'accepted'").first.flatMap { Int($0) } ?? 0
      let letters = try FileManager.default.contentsOfDirectory(atPath: place.folder.appending(path: "outbox").path)
        .filter { $0.hasSuffix(".eml") }
      #expect(letters.count >= told)
    }
  }

  private func command(_ number: Int, _ place: Workplace) throws -> ([String], Promise) {
    switch number % 6 {
    case 0:
      try place.write("v.md", terms(days: 100 + number))
      let label = "v\(number)"
      return (["publish", "connector-terms", "v.md", "--version", label, "--yes"], .version(label))
    case 1: return (["notices", "send"], .nothing)
    case 2: return (["accept", "dev-\(number % 5 + 1)", "--document", "connector-terms"], .acceptance)
    case 3: return (["backup", "b\(number).sqlite"], .file("b\(number).sqlite"))
    case 4: return (["checkpoint"], .nothing)
    default:
      let name = "e\(number).zip"
      return (["evidence", "dev-\(number % 5 + 1)", "--document", "connector-terms", "--out", name], .file(name))
    }
  }
}

/// The program `sqlite3`, which looks into a record from outside.
private enum SQLiteProgram {
  static func isPresent() -> Bool {
    let isThere = FileManager.default.isExecutableFile(atPath: "/usr/bin/sqlite3")
    if !isThere { print("SKIPPED: no sqlite3 to look into the record with, after killing what writes it") }
    return isThere
  }
}
