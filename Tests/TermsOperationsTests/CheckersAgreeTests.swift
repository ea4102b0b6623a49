import Foundation
import TermsOperations
import Testing
import Transparency

/// The two checkers of bundles share no code: whatever is done to a bundle, they say the same of it, or what
/// `Docs/evidence.md` says that they say.
@Suite struct CheckersAgreeTests {
  /// What was done, and the verdicts on it.
  private struct Case: Sendable {
    enum From: Sendable {
      /// By somebody who has the file and can make the manifest fit: the seal stays as it was.
      case outside
      /// The same, to a bundle that was made without the key, and so has no seal.
      case unsealed
      /// By the platform, which seals it anew.
      case platform
    }

    let name: String
    let from: From
    let tenor: EvidenceReport.Verdict
    let python: EvidenceReport.Verdict
    let edit: @Sendable (inout Forger, inout CanonicalJSON.Members) throws -> Void

    init(
      _ name: String, _ from: From, _ tenor: EvidenceReport.Verdict, _ python: EvidenceReport.Verdict? = nil,
      _ edit: @escaping @Sendable (inout Forger, inout CanonicalJSON.Members) throws -> Void
    ) {
      (self.name, self.from, self.tenor, self.python, self.edit) = (name, from, tenor, python ?? tenor, edit)
    }
  }

  private static let other = CanonicalJSON.string("tenor 9.9, 1")

  /// What somebody does who has no key of the log's; under the seal all of it shows.
  private static let forgeries: [Case] = [
    Case("another answer in the page", .unsealed, .damaged, .unproved) { forger, _ in
      forger.replace("README.html", "The developer was bound", with: "The developer was never bound")
    },
    Case("another answer in the page, as another program's", .unsealed, .unproved) { forger, manifest in
      forger.replace("README.html", "The developer was bound", with: "The developer was never bound")
      manifest["pages"] = other
    },
    Case("a program for a page", .unsealed, .damaged) { forger, _ in
      forger.files["README.html"] = Array("<h1>never bound</h1><script>alert(1)</script>".utf8)
    },
    Case("an empty page", .unsealed, .damaged) { forger, _ in forger.files["README.html"] = [] },
    Case("an empty redline", .unsealed, .damaged) { forger, _ in
      forger.files[try forger.first("redlines/")] = Array("<html>nothing changed</html>".utf8)
    },
    Case("an empty redline, as another program's", .unsealed, .unproved) { forger, manifest in
      forger.files[try forger.first("redlines/")] = Array("<html>nothing changed</html>".utf8)
      manifest["pages"] = other
    },
    Case("other words in force", .unsealed, .damaged) { forger, _ in
      forger.files["text-in-force.md"] = Array("You owe us all.\n".utf8)
    },
    Case("other words in force, as another program's", .unsealed, .damaged) { forger, manifest in
      forger.files["text-in-force.md"] = Array("You owe us all.\n".utf8)
      manifest["pages"] = other
    },
    Case("the words of another version in force", .unsealed, .damaged, .unproved) { forger, _ in
      forger.files["text-in-force.md"] = forger.files[try forger.last("versions/")]
    },
    Case("other words along", .unsealed, .damaged) { forger, _ in
      forger.files["incorporated/service.md"] = Array("Be unkind.\n".utf8)
    },
    Case("another version in the answer", .unsealed, .damaged) { forger, _ in
      try forger.answer { $0["version"] = "2031-01-01" }
    },
    Case("not bound, in the answer", .unsealed, .damaged, .unproved) { forger, _ in
      try forger.answer { $0["bound"] = .bool(false) }
    },
    Case("another company, as another program's", .unsealed, .damaged, .unproved) { forger, manifest in
      try forger.answer { $0["entity"] = "Evil Corp." }
      manifest["pages"] = other
    },
    Case("another reason", .unsealed, .damaged) { forger, _ in try forger.answer { $0.sayFirst("as we like") } },
    Case("another reason, as another program's", .unsealed, .damaged, .unproved) { forger, manifest in
      try forger.answer { $0.sayFirst("as we like since 1999") }
      manifest["pages"] = other
    },
    Case("the same reason in other words, as another program's", .unsealed, .unproved) { forger, manifest in
      try forger.answer { $0.reword() }
      manifest["pages"] = other
    },
    Case("no reasons, as another program's", .unsealed, .damaged, .unproved) { forger, manifest in
      try forger.answer { $0["basis"] = .array([]) }
      manifest["pages"] = other
    },
    Case("a further file", .unsealed, .damaged) { forger, _ in forger.files["NOTE.html"] = Array("hi".utf8) },
    Case("a further proof", .unsealed, .damaged) { forger, _ in
      forger.files["proofs/00000099.tlog-proof"] = Array("hi".utf8)
    },
    Case("a further version", .unsealed, .damaged) { forger, _ in
      forger.files["versions/2030-01-01.md"] = Array("hi".utf8)
    },
    Case("a further redline", .unsealed, .damaged) { forger, _ in
      forger.files["redlines/2030-01-01.html"] = Array("hi".utf8)
    },
    Case("a further letter", .unsealed, .damaged) { forger, _ in
      forger.files["letters/\(String(repeating: "0", count: 64)).eml"] = Array("hi".utf8)
    },
    Case("no redlines", .unsealed, .damaged) { forger, _ in forger.drop("redlines/") },
    Case("no page", .unsealed, .damaged) { forger, _ in forger.drop("README.html") },
    Case("no words in force", .unsealed, .damaged) { forger, _ in forger.drop("text-in-force.md") },
    Case("no letters", .unsealed, .damaged) { forger, _ in forger.drop("letters/") },
    Case("other words of a mail system", .unsealed, .damaged) { forger, _ in
      forger.replace(try forger.first("replies/"), "away", with: "here")
    },
    Case("no words of a mail system", .unsealed, .damaged) { forger, _ in forger.drop("replies/") },
    Case("words of a mail system said to be erased", .unsealed, .damaged) { forger, manifest in
      try forger.hideReply(in: &manifest)
    },
    Case("a further reply", .unsealed, .damaged) { forger, _ in
      forger.files["replies/00000001.json"] = forger.files[try forger.first("replies/")]
    },
    Case("no person", .unsealed, .damaged) { forger, _ in forger.drop("person.json") },
    Case("no checkpoint", .unsealed, .damaged) { forger, _ in forger.drop("checkpoint.txt") },
    Case("another person", .unsealed, .damaged) { forger, _ in forger.replace("person.json", "Ada", with: "Eva") },
    Case("another letter", .unsealed, .damaged) { forger, _ in
      forger.replace(try forger.first("letters/"), "Letter", with: "Bitter")
    },
    Case("a version with a further blank", .unsealed, .damaged) { forger, _ in
      forger.files[try forger.first("versions/")]?.append(0x20)
    },
    Case("a posting left out", .unsealed, .damaged) { forger, _ in
      try forger.dropAct(saying: "\"act\":\"version-posted\"")
    },
    Case("the document left out", .unsealed, .damaged) { forger, _ in
      try forger.dropAct(saying: "\"act\":\"document-added\",", and: "\"document\":\"terms\"")
    },
    Case("the registration left out", .unsealed, .damaged) { forger, _ in
      try forger.dropAct(saying: "\"act\":\"developer-added\"")
    },
    Case("the key left out", .unsealed, .damaged) { forger, _ in try forger.dropAct(saying: "\"act\":\"key-adopted\"")
    },
    Case("a letter's act left out", .unsealed, .damaged) { forger, _ in
      try forger.dropAct(saying: "\"act\":\"notice-attempted\"")
    },
    Case("an opting out left out", .unsealed, .damaged, .unproved) { forger, _ in
      try forger.dropAct(saying: "\"act\":\"opted-out\"")
    },
    Case("a further line in a proof", .unsealed, .damaged) { forger, _ in
      forger.replace(try forger.first("proofs/"), "\nindex ", with: "\nextra AAAA\nindex ")
    },
    Case("a signature twice", .unsealed, .damaged) { forger, _ in
      try forger.resign { note in note + note.signatureLine }
    },
    Case("a signature that is none", .unsealed, .damaged) { forger, _ in
      try forger.resign { note in note + "— evil AAAAAAAAAA==\n" }
    },
    Case("a signature of another key of that name", .unsealed, .damaged) { forger, _ in
      let mallory = try NoteSigningKey(name: "terms.example/log", seed: Array(repeating: 66, count: 32))
      try forger.resign { note in try mallory.sign(note.components(separatedBy: "\n\n")[0] + "\n").encoded }
    },
    Case("other ends of lines in the checkpoint", .unsealed, .damaged) { forger, _ in
      try forger.resign { $0.replacing("\n", with: "\r\n") }
    },
    Case("a further line in the checkpoint", .unsealed, .damaged) { forger, _ in
      try forger.resign { $0.replacing("\n\n", with: "\nmore\n\n") }
    },
    Case("Base64 in another form", .unsealed, .damaged) { forger, _ in
      try forger.resign { $0.replacing("=\n", with: "\n") }
    },
    Case("the keys the other way round", .unsealed, .damaged) { forger, _ in
      forger.files["keys.txt"] = Array("x+00000000+AAAA\n".utf8) + (forger.files["keys.txt"] ?? [])
    },
    Case("a letter said to be erased", .unsealed, .damaged) { forger, manifest in
      try forger.hideLetter("erased", in: &manifest)
    },
    Case("a letter said to be never kept", .unsealed, .damaged) { forger, manifest in
      try forger.hideLetter("not-kept", in: &manifest)
    },
    Case("a letter missing that is none", .unsealed, .damaged) { _, manifest in
      manifest["absent"] = .array([
        [
          "act": .integer(9), "kind": "letter", "reason": "not-kept",
          "sha256": .string(String(repeating: "0", count: 64)),
        ]
      ])
    },
    Case("a notice that was none", .unsealed, .damaged, .unproved) { _, manifest in
      manifest["quiet"] = .array([.integer(1)])
    },
    Case("another day", .unsealed, .damaged) { _, manifest in manifest["at"] = "2026-02-11" },
    Case("no day at all", .unsealed, .damaged) { _, manifest in manifest["at"] = "2026-02-31" },
    Case("another form of the moment", .unsealed, .damaged) { _, manifest in
      manifest["knownAt"] = "2026-03-01T12:00:00+00:00"
    },
    Case("another developer", .unsealed, .damaged) { _, manifest in manifest["developer"] = "bob" },
    Case("another size", .unsealed, .damaged) { _, manifest in manifest["size"] = .integer(5) },
    Case("a size in words", .unsealed, .damaged) { _, manifest in manifest["size"] = "18" },
    Case("a list of programs", .unsealed, .damaged) { _, manifest in manifest["pages"] = .array([other]) },
    Case("a further member", .unsealed, .damaged) { _, manifest in manifest["more"] = .bool(true) },
    Case("no witnesses named", .unsealed, .damaged) { _, manifest in manifest["witnesses"] = .array([]) },
    Case("another witness", .unsealed, .damaged) { _, manifest in
      guard case .array(var all)? = manifest["witnesses"], case .object(var one)? = all.first else { return }
      one["by"] = "witness.example/w+5d1e7a6f+BAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
      all[0] = .object(one)
      manifest["witnesses"] = .array(all)
    },
    Case("a witness's word altered", .unsealed, .damaged) { forger, _ in
      forger.files[try forger.first("witnesses/", ending: ".cosignature")]?.removeLast(3)
    },
    Case("a stamp of something else", .unsealed, .damaged) { forger, _ in
      forger.files[try forger.first("witnesses/", ending: ".tsr")]?[9] ^= 1
    },
    Case("a proof of growth cut short", .unsealed, .damaged) { forger, _ in
      forger.files[try forger.first("witnesses/", ending: ".consistency")]?.removeLast(45)
    },
    Case("a witnessed state altered", .unsealed, .damaged) { forger, _ in
      forger.replace(try forger.first("witnesses/", ending: ".txt"), "terms.example/log\n", with: "terms.example/lag\n")
    },
  ]

  /// What the platform itself could do, whose word the seal is.
  private static let ownForgeries: [Case] = [
    Case("nothing", .outside, .sound) { _, _ in },
    Case("made without the key", .unsealed, .sound, .unproved) { _, _ in },
    Case("the seal taken away", .outside, .damaged) { forger, _ in forger.files["seal.txt"] = nil },
    Case("the seal taken away, and said never to have been there", .outside, .damaged, .unproved) { forger, manifest in
      forger.files["seal.txt"] = nil
      manifest["sealed"] = .bool(false)
    },
    Case("a seal that is said not to be there", .outside, .damaged) { _, manifest in manifest["sealed"] = .bool(false)
    },
    Case("a format that nobody knows", .outside, .unproved) { _, manifest in manifest["format"] = "tenor-evidence/9" },
    Case("the format before this one", .unsealed, .sound, .unproved) { _, manifest in
      manifest["format"] = "tenor-evidence/2"
      manifest["sealed"] = nil
    },
    Case("the format before this one, with what it did not have", .unsealed, .damaged) { _, manifest in
      manifest["format"] = "tenor-evidence/2"
    },
    Case("a manifest that does not tell whether there is a seal", .unsealed, .damaged) { _, manifest in
      manifest["sealed"] = nil
    },
    Case("sealed again", .platform, .sound) { _, _ in },
    Case("another program's wording, sealed", .platform, .unproved) { forger, manifest in
      forger.replace("README.html", "The developer was bound", with: "The developer was never bound")
      manifest["pages"] = other
    },
    Case("a page that says another answer, sealed", .platform, .damaged, .sound) { forger, _ in
      forger.replace("README.html", "The developer was bound", with: "The developer was never bound")
    },
    Case("a page with other reasons, sealed", .platform, .damaged) { forger, _ in
      try forger.answer { $0.sayFirst("as we like") }
    },
    Case("a seal with a further signature", .outside, .damaged) { forger, _ in
      forger.files["seal.txt"]? += Array("— evil AAAAAAAAAA==\n".utf8)
    },
    Case("a seal of nothing", .outside, .damaged) { forger, _ in forger.files["seal.txt"] = [] },
  ]

  private static let python = "/usr/bin/python3"
  private static let checker = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Docs/check_bundle.py")

  /// What the checker in Docs says of bytes, and how it ends.
  private static func python(_ bytes: [UInt8], _ more: [String] = []) async throws -> (code: Int32, output: String) {
    let file = FileManager.default.temporaryDirectory.appending(path: "bundle-\(UInt64.random(in: 0 ... .max)).zip")
    try Data(bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = [checker.path, file.path] + more
    process.environment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C"]
    // Into a file: reading a pipe is interrupted when children of other tests end.
    let said = file.appendingPathExtension("said")
    try Data().write(to: said)
    defer { try? FileManager.default.removeItem(at: said) }
    let output = try FileHandle(forWritingTo: said)
    (process.standardOutput, process.standardError) = (output, output)
    process.standardInput = FileHandle.nullDevice
    // Not by blocking the thread: all tests share a few.
    try await withCheckedThrowingContinuation { (ended: CheckedContinuation<Void, any Error>) in
      process.terminationHandler = { _ in ended.resume() }
      do {
        try process.run()
      } catch {
        process.terminationHandler = nil
        ended.resume(throwing: error)
      }
    }
    return (process.terminationStatus, String(decoding: try Data(contentsOf: said), as: UTF8.self))
  }

  private static func code(_ verdict: EvidenceReport.Verdict) -> Int32 {
    switch verdict {
    case .sound: 0
    case .unproved: 2
    case .damaged: 4
    }
  }

  private static var hasPython: Bool {
    let isThere = FileManager.default.isExecutableFile(atPath: python)
    if !isThere { print("SKIPPED: no python3 for the independent checker of bundles") }
    return isThere
  }

  /// One bundle, as the platform makes it with its key at hand and without.
  private struct Made {
    let sealed: Forger
    let unsealed: Forger
  }

  private static func made() async throws -> Made {
    let harbor = try EvidenceHarbor()
    try await harbor.live(isPutOff: true)
    try await harbor.witness()
    harbor.set("2026-03-01T13:00:00Z")
    // The log goes on, so that what was witnessed is not what the bundle is under.
    _ = try await harbor.registry.accept(EvidenceHarbor.ada, of: EvidenceHarbor.slug, version: nil, at: nil)
    return Made(
      sealed: try Forger(try await harbor.bundle(knownAt: nil, sealed: true)),
      unsealed: try Forger(try await harbor.bundle(knownAt: nil, signed: false)))
  }

  private static func bundle(_ made: Made, _ one: Case) throws -> [UInt8] {
    var forger = one.from == .unsealed ? made.unsealed : made.sealed
    var edited = CanonicalJSON.Members([])
    if case .object(let members) = try CanonicalJSON(parsing: forger.files["manifest.json"] ?? []) { edited = members }
    let before = edited
    try one.edit(&forger, &edited)
    let forged = try forger.bundle { members in
      for member in edited.sorted where before[member.name] != member.value { members[member.name] = member.value }
      for member in before.sorted where edited[member.name] == nil { members[member.name] = nil }
    }
    guard one.from == .platform else { return forged }
    var again = try Forger(forged)
    let digest = SHA256Hex.digest(of: again.files["manifest.json"] ?? [])
    let note = try EvidenceHarbor.key().sign("tenor-evidence-seal/1\nterms.example/log\n\(digest)\n")
    again.files["seal.txt"] = Array(note.encoded.utf8)
    return try StoredArchive(again.files.map { .init(path: $0.key, bytes: $0.value) }).encoded()
  }

  @Test func `of whatever is done to a bundle they say the same`() async throws {
    guard Self.hasPython else { return }
    let made = try await Self.made()
    #expect(Self.forgeries.count >= 40)
    for one in Self.forgeries + Self.ownForgeries {
      let bytes = try Self.bundle(made, one)
      let report = checkEvidence(bytes)
      #expect(report.verdict == one.tenor, "\(one.name): \(report.problems) \(report.doubts)")
      let told = try await Self.python(bytes)
      #expect(told.code == Self.code(one.python), "\(one.name): \(told.output)")
      #expect(!told.output.contains("Traceback"), "\(one.name): \(told.output)")
    }
  }

  @Test func `under the seal whatever somebody else does shows to both`() async throws {
    guard Self.hasPython else { return }
    let made = try await Self.made()
    for one in Self.forgeries {
      let bytes = try Self.bundle(made, Case(one.name, .outside, .damaged, nil, one.edit))
      #expect(checkEvidence(bytes).verdict == .damaged, "\(one.name)")
      #expect(try await Self.python(bytes).code == 4, "\(one.name)")
    }
  }

  @Test func `neither takes what is no bundle at all`() async throws {
    guard Self.hasPython else { return }
    let bundle = try StoredArchive(try await Self.made().sealed.files.map { .init(path: $0.key, bytes: $0.value) })
      .encoded()
    #expect(checkEvidence(bundle).isSound)
    let deep = try Forger(bundle)
    var nested = deep
    nested.files["manifest.json"] = Array(
      (String(repeating: "[", count: 9000) + String(repeating: "]", count: 9000)).utf8)
    let others: [[UInt8]] = [
      [], [0x50, 0x4B, 0x05, 0x06] + Array(repeating: 0, count: 18), Array(bundle.dropLast()), bundle + [0],
      [0] + bundle, Array(bundle.prefix(100)), Array("{}".utf8), Array(repeating: 0x50, count: 64),
      try StoredArchive(nested.files.map { .init(path: $0.key, bytes: $0.value) }).encoded(),
    ]
    for (place, bytes) in others.enumerated() {
      #expect(checkEvidence(bytes).verdict == .damaged, "\(place)")
      let told = try await Self.python(bytes)
      #expect(told.code == 4 && told.output.hasPrefix("DAMAGED"), "\(place): \(told.output)")
    }
    for (arguments, code) in [(["--key"], 64), (["--key", "nonsense"], 64), (["more.zip"], 64)] as [([String], Int32)] {
      let told = try await Self.python(bundle, arguments)
      #expect(told.code == code && !told.output.contains("Traceback"), "\(arguments): \(told.output)")
    }
  }

  @Test func `a key that has handed over proves nothing to either`() async throws {
    guard Self.hasPython else { return }
    let harbor = try EvidenceHarbor()
    try await harbor.live(reports: false)
    try await harbor.witness()
    try await harbor.keeper.rotate(from: EvidenceHarbor.key(1), to: EvidenceHarbor.key(2))
    let bundle = try await harbor.bundle(sealed: true)
    let (old, new) = (try EvidenceHarbor.key(1).verifyingKey, try EvidenceHarbor.key(2).verifyingKey)
    let foreign = try EvidenceHarbor.key(7).verifyingKey
    for (key, verdict) in [(new, .sound), (old, .unproved), (foreign, .damaged)]
      as [(NoteVerifyingKey, EvidenceReport.Verdict)]
    {
      #expect(checkEvidence(bundle, trusted: key).verdict == verdict)
      let told = try await Self.python(bundle, ["--key", key.encoded])
      #expect(told.code == Self.code(verdict), "\(told.output)")
    }
  }
}

extension Forger {
  fileprivate func first(_ prefix: String, ending: String = "") throws -> String {
    try #require(files.keys.sorted().first { $0.hasPrefix(prefix) && $0.hasSuffix(ending) })
  }

  fileprivate func last(_ prefix: String) throws -> String {
    try #require(files.keys.sorted().last { $0.hasPrefix(prefix) })
  }

  fileprivate mutating func drop(_ prefix: String) {
    for path in files.keys where path.hasPrefix(prefix) { files[path] = nil }
  }

  fileprivate mutating func replace(_ path: String, _ words: String, with others: String) {
    let text = String(decoding: files[path] ?? [], as: UTF8.self)
    files[path] = Array(text.replacing(words, with: others).utf8)
  }

  /// Edits the answer.
  fileprivate mutating func answer(_ edit: (inout CanonicalJSON.Members) -> Void) throws {
    guard case .object(var members) = try CanonicalJSON(parsing: files["answer.json"] ?? []) else { return }
    edit(&members)
    files["answer.json"] = try CanonicalJSON.object(members).encoded()
  }

  /// Leaves out the last act that says something, with its proof.
  fileprivate mutating func dropAct(saying words: String, and more: String = "sequence") throws {
    let path = try #require(
      files.keys.sorted().last { path in
        let text = String(decoding: files[path] ?? [], as: UTF8.self)
        return path.hasPrefix("acts/") && text.contains(words) && text.contains(more)
      }, "\(words) in none of \(files.keys.sorted())")
    files[path] = nil
    files["proofs/\(path.dropFirst(5).prefix(8)).tlog-proof"] = nil
  }

  /// Puts another note in the place of the checkpoint, in the proofs, too.
  fileprivate mutating func resign(_ edit: (String) throws -> String) throws {
    let old = String(decoding: files["checkpoint.txt"] ?? [], as: UTF8.self)
    let new = try edit(old)
    files["checkpoint.txt"] = Array(new.utf8)
    for path in files.keys where path.hasPrefix("proofs/") { replace(path, old, with: new) }
  }

  /// Takes out what a mail system said, as if it had been erased.
  fileprivate mutating func hideReply(in manifest: inout CanonicalJSON.Members) throws {
    let path = try first("replies/")
    let number = try #require(Int(path.dropFirst("replies/".count).prefix(8)))
    guard case .object(let act) = try CanonicalJSON(parsing: files["acts/\(path.dropFirst("replies/".count))"] ?? []),
      let commitment = act["replyCommitment"]
    else { return }
    files[path] = nil
    manifest["absent"] = .array([
      ["act": .integer(number), "kind": "reply", "reason": "erased", "sha256": commitment]
    ])
  }

  fileprivate mutating func hideLetter(_ reason: String, in manifest: inout CanonicalJSON.Members) throws {
    let path = try first("letters/")
    let sha256 = String(path.dropFirst("letters/".count).prefix(64))
    let act = try #require(
      files.keys.sorted().first { file in
        file.hasPrefix("acts/") && String(decoding: files[file] ?? [], as: UTF8.self).contains(sha256)
      })
    files[path] = nil
    manifest["absent"] = .array([
      [
        "act": .integer(Int(act.dropFirst(5).prefix(8)) ?? 0), "kind": "letter", "reason": .string(reason),
        "sha256": .string(sha256),
      ]
    ])
  }
}

extension CanonicalJSON.Members {
  /// Gives the first reason other words.
  fileprivate mutating func sayFirst(_ words: String) {
    guard case .array(var basis)? = self["basis"], case .object(var step)? = basis.first else { return }
    step["says"] = .string(words)
    basis[0] = .object(step)
    self["basis"] = .array(basis)
  }

  /// Gives each reason other words that tell the same numbers.
  fileprivate mutating func reword() {
    guard case .array(let basis)? = self["basis"] else { return }
    self["basis"] = .array(
      basis.map { step in
        guard case .object(var parts) = step, case .string(let says)? = parts["says"] else { return step }
        parts["says"] = .string("Namely: " + says)
        return .object(parts)
      })
  }
}

extension String {
  /// The last line of a note.
  fileprivate var signatureLine: String { (split(separator: "\n").last.map(String.init) ?? "") + "\n" }
}
