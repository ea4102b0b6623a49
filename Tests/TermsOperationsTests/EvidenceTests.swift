import Binding
import Foundation
import TermsModel
import TermsOperations
import TermsStore
import Testing
import Transparency

/// A bundle proves an answer by itself, and whatever is altered in it shows.
@Suite struct EvidenceTests {
  private static let soaks = ProcessInfo.processInfo.environment["TENOR_SOAK"] != nil

  private static func harbor() async throws -> EvidenceHarbor {
    let harbor = try EvidenceHarbor()
    try await harbor.live()
    return harbor
  }

  @Test func `what the log's entries say is what the tables say`() async throws {
    let harbor = try await Self.harbor()
    let facts = RecordedFacts(try await harbor.store.log(after: 0, limit: 1000))
    let slug = EvidenceHarbor.slug
    #expect(facts.versions(of: slug) == (try await harbor.store.versions(of: slug)))
    for posting in facts.postings(of: slug) {
      #expect(posting.value == (try await harbor.store.posting(of: slug, version: posting.value.label)))
    }
    for text in facts.texts(of: slug) {
      #expect(text == (try await harbor.store.text(of: slug, version: text.version)))
    }
    for id in [EvidenceHarbor.ada, EvidenceHarbor.bob] {
      for slug in [slug, EvidenceHarbor.along] {
        #expect(facts.facts(of: id, document: slug) == (try await harbor.store.facts(of: id, document: slug)))
      }
      #expect(!facts.facts(of: id, document: slug).acts.isEmpty)
      #expect(facts.facts(of: id, document: EvidenceHarbor.along).naming.count == 1)
    }
    #expect(facts.facts(of: EvidenceHarbor.ada, document: slug).notices.count > 1)
    for moment in ["2025-01-01T00:00:00Z", "2026-01-05T00:00:00Z", "2026-06-01T00:00:00Z"].compactMap({ Instant($0) }) {
      let stored = try await harbor.store.document(slug, knownAt: moment)
      if let stored { #expect(facts.document(slug, knownAt: moment) == stored) }
    }
  }

  @Test func `a bundle is sound, and says which answer it proves`() async throws {
    let harbor = try await Self.harbor()
    let bundle = try await harbor.bundle()
    let report = checkEvidence(bundle)
    #expect(report.problems == [])
    #expect(
      report.passed.map(\.what) == ["whole", "in the log", "signed", "person", "letters", "texts", "answer", "pages"])
    #expect(report.answer?.hasPrefix("ada · terms · 2026-02-10: ") == true, "\(report.answer ?? "")")
    #expect(report.key == (try EvidenceHarbor.key().verifyingKey))
    #expect(report.notes.count == 2, "the key is to be compared, and nobody sealed it")
    let sealed = checkEvidence(
      try await harbor.bundle(signed: false, sealed: true), trusted: try EvidenceHarbor.key().verifyingKey)
    #expect(sealed.isSound && sealed.notes == [])
    #expect(sealed.passed.contains { $0.what == "sealed" })
    let files = try Forger(bundle).files
    #expect(files.keys.filter { $0.hasPrefix("letters/") }.count == 3, "a first notice, another, and a superseding one")
    #expect(files.keys.filter { $0.hasPrefix("reports/") }.count == 1)
    #expect(files.keys.filter { $0.hasPrefix("versions/") }.count == 3)
    #expect(files.keys.filter { $0.hasPrefix("redlines/") }.count == 2)
    #expect(files["versions/2025-06-04.md"] == Array(EvidenceHarbor.text.utf8))
    let page = String(decoding: files["README.html"] ?? [], as: UTF8.self)
    for words in [
      "Which words of “terms” bound developer “ada” at 2026-02-10?", "Why", "opted", "mx.example", "keys.txt",
      "Ada, ada@example.com", "who entered the acts below", "“tester”", "3 reported as delivered",
      "<a href=\"incorporated/service.md\">whole</a>",
    ] {
      #expect(page.contains(words), "\(words)")
    }
    #expect(!page.contains("<script") && !page.contains("http"), "it stands by itself")
    let again = try await harbor.bundle(signed: false)
    #expect(again == bundle, "the same bytes for the same question")
  }

  @Test
  func
    `the way to the operator's folder stands in no page, and a bundle of a program that told it is not called altered`()
    async throws
  {
    let harbor = try await Self.harbor()
    let label = try #require(try await harbor.store.versions(of: EvidenceHarbor.slug).dropFirst().first?.label)
    let step = NoticeStep(
      version: label, channel: .email, event: .received(.accepted, by: "folder /srv/tenor7/outbox"))
    let act = RecordedAct(
      .notice(EvidenceHarbor.bob, EvidenceHarbor.slug, NoticeRecord(step: step)),
      happenedAt: try #require(Instant("2026-01-10T13:00:00Z")))
    _ = try await harbor.store.record([act], by: "tester", at: harbor.registry.now())
    let bundle = try await harbor.bundle(of: EvidenceHarbor.bob)
    var forger = try Forger(bundle)
    for (path, bytes) in forger.files where path == "README.html" || path == "answer.json" {
      let words = String(decoding: bytes, as: UTF8.self)
      #expect(words.contains("folder outbox") && !words.contains("/srv"), "\(path)")
    }
    #expect(checkEvidence(bundle).problems == [])
    // As it was told before, in the words of that time.
    let answer = String(decoding: forger.files["answer.json"] ?? [], as: UTF8.self)
    forger.files["answer.json"] = Array(
      answer.replacing("folder outbox", with: "folder /srv/tenor7/outbox").replacing(", receipt assumed", with: "").utf8
    )
    let former = checkEvidence(try forger.bundle { $0["pages"] = "tenor 0.1.0, 4" })
    #expect(former.problems == [] && former.verdict == .unproved, "\(former.problems) \(former.doubts)")
  }

  @Test(arguments: [nil, "2025-01-01", "2025-06-20", "2026-01-15", "2026-02-10", "2027-01-01"])
  func `every answer can be proved, also that nothing binds`(_ moment: String?) async throws {
    let harbor = try await Self.harbor()
    for id in [EvidenceHarbor.ada, EvidenceHarbor.bob] {
      for slug in [EvidenceHarbor.slug, EvidenceHarbor.along] {
        let report = checkEvidence(try await harbor.bundle(of: id, under: slug, at: moment))
        #expect(report.problems == [], "\(id) \(slug) \(moment ?? "now")")
        if moment == "2025-06-20" {
          #expect(
            report.answer == "\(id) · \(slug) · 2025-06-20: version 2025-06-04", "by the agreement that names it, too")
        }
      }
    }
  }

  @Test func `what was known earlier is proved as it was known`() async throws {
    let harbor = try await Self.harbor()
    let known = try #require(Instant("2026-01-15T00:00:00Z"))
    let report = checkEvidence(try await harbor.bundle(at: "2026-03-01", knownAt: known))
    #expect(report.problems == [])
    #expect(report.manifest?.knownAt == known)
  }

  @Test func `without a new checkpoint, what was recorded since is refused, an earlier moment is not`() async throws {
    let harbor = try await Self.harbor()
    let exporter = EvidenceExporter(record: harbor.store, now: harbor.registry.now, actor: "tester")
    await #expect(throws: LogRefusal.noCheckpoint) {
      try await exporter.bundle(of: EvidenceHarbor.ada, under: EvidenceHarbor.slug, at: nil, knownAt: nil)
    }
    let size = try await harbor.keeper.checkpoint(by: EvidenceHarbor.key()).checkpoint.size
    harbor.set("2026-03-02T12:00:00Z")
    _ = try await harbor.registry.accept(EvidenceHarbor.ada, of: EvidenceHarbor.slug, version: nil, at: nil)
    let before = Instant("2026-03-02T11:59:59.999Z")
    let report = checkEvidence(try await harbor.bundle(at: nil, knownAt: before, signed: false))
    #expect(report.problems == [])
    #expect(report.manifest?.knownAt == before)
    for asked in [nil, Instant("2026-03-02T12:00:00Z")] {
      await #expect(throws: LogRefusal.notUnderCheckpoint(act: Int64(size) + 2, size: size)) {
        try await harbor.bundle(at: nil, knownAt: asked, signed: false)
      }
    }
    #expect(checkEvidence(try await harbor.bundle(at: nil)).manifest?.knownAt == Instant("2026-03-02T12:00:00Z"))
    await #expect(throws: TermsRefusal.unknownDeveloper(DeveloperID(rawValue: "eve").unsafelyUnwrapped)) {
      try await harbor.bundle(of: DeveloperID(rawValue: "eve").unsafelyUnwrapped)
    }
  }

  // MARK: Tampering

  @Test func `every byte of it matters`() async throws {
    let bundle = try await Self.harbor().bundle(of: EvidenceHarbor.bob)
    // A part of them at each run, all with TENOR_SOAK; of a small archive all are in StoredArchiveTests.
    let step = Self.soaks ? 1 : 397
    for place in stride(from: 0, to: bundle.count, by: step) {
      var altered = bundle
      altered[place] ^= 1 << UInt8(place % 8)
      #expect(!checkEvidence(altered).isSound, "byte \(place)")
    }
    for length in [0, 1, 100, bundle.count / 2, bundle.count - 1] {
      #expect(!checkEvidence(Array(bundle.prefix(length))).isSound)
    }
    #expect(!checkEvidence(bundle + [0]).isSound)
  }

  /// Whoever alters a file also makes the manifest fit: then the proofs, the hashes in the acts and the answer tell.
  @Test func `a file altered along with its hash in the manifest is noticed`() async throws {
    let bundle = try await Self.harbor().bundle()
    let forger = try Forger(bundle)
    #expect(try forger.bundle() == bundle)
    for (path, bytes) in forger.files.sorted(by: { $0.key < $1.key }) where path != "manifest.json" {
      for place in stride(from: 0, to: bytes.count, by: Self.soaks ? 1 : max(1, bytes.count / 2)) {
        var altered = forger
        altered.files[path]?[place] ^= 1
        #expect(!checkEvidence(try altered.bundle()).isSound, "\(path), byte \(place)")
      }
      var without = forger
      without.files[path] = nil
      #expect(!checkEvidence(try without.bundle()).isSound, "without \(path)")
    }
    for path in ["more.txt", "acts/00000001.json", "proofs/00009999.tlog-proof", "letters/x.eml", "versions/x.md"]
    where forger.files[path] == nil {
      var more = forger
      more.files[path] = Array("{}".utf8)
      #expect(!checkEvidence(try more.bundle()).isSound, "with \(path)")
    }
  }

  @Test func `a manifest that asks another question, or hides something, is noticed`() async throws {
    let forger = try Forger(try await Self.harbor().bundle())
    let edits: [(String, CanonicalJSON)] = [
      ("at", "2026-02-11"), ("at", "soon"), ("knownAt", "2026-02-01T00:00:00Z"), ("developer", "bob"),
      ("document", "other-terms"), ("log", "other.example/log"), ("size", .integer(3)), ("format", "tenor-evidence/1"),
      ("witnesses", .array([["act": .integer(9), "kind": "timestamp", "size": .integer(5), "by": "x"]])),
      ("quiet", .array([.integer(1)])), ("more", .bool(true)), ("files", .array([])),
      (
        "absent",
        .array([
          [
            "act": .integer(9), "kind": "letter", "reason": "erased",
            "sha256": .string(String(repeating: "0", count: 64)),
          ]
        ])
      ),
    ]
    for (name, value) in edits {
      #expect(!checkEvidence(try forger.bundle { $0[name] = value }).isSound, "\(name)")
      guard name != "more" else { continue }
      #expect(!checkEvidence(try forger.bundle { $0[name] = nil }).isSound, "without \(name)")
    }
    // A letter that was kept cannot be said to be missing.
    let letter = try #require(forger.files.keys.sorted().first { $0.hasPrefix("letters/") })
    var hidden = forger
    hidden.files[letter] = nil
    for reason in ["erased", "not-kept"] {
      let sha256 = letter.dropFirst("letters/".count).prefix(64)
      for act in 1...40 {
        let bundle = try hidden.bundle { members in
          members["absent"] = .array([
            ["act": .integer(act), "kind": "letter", "reason": .string(reason), "sha256": .string(String(sha256))]
          ])
        }
        #expect(!checkEvidence(bundle).isSound)
      }
    }
  }

  @Test func `another log's acts prove nothing here`() async throws {
    let forger = try Forger(try await Self.harbor().bundle())
    let other = try EvidenceHarbor()
    try await other.live(reports: false)
    let foreign = try Forger(try await other.bundle())
    // Signed by somebody else with a key of the same name.
    let forged = try SignedNote(parsing: try #require(forger.files["checkpoint.txt"]))
    let mallory = try NoteSigningKey(name: "terms.example/log", seed: Array(repeating: 66, count: 32))
    var resigned = forger
    resigned.files["checkpoint.txt"] = Array(try mallory.sign(forged.text).encoded.utf8)
    #expect(!checkEvidence(try resigned.bundle()).isSound)
    for path in forger.files.keys.sorted() where path.hasPrefix("acts/") || path == "checkpoint.txt" {
      guard let bytes = foreign.files[path], bytes != forger.files[path] else { continue }
      var mixed = forger
      mixed.files[path] = bytes
      #expect(!checkEvidence(try mixed.bundle()).isSound, "\(path)")
    }
    let trusted = mallory.verifyingKey
    let report = checkEvidence(try forger.bundle(), trusted: trusted)
    #expect(
      report.problems
        == [.otherKey(expected: trusted.encoded, found: try EvidenceHarbor.key().verifyingKey.encoded)])
  }

  // MARK: Life goes on

  @Test func `after the key was rotated a bundle holds by the key that signed it, and by no other`() async throws {
    let harbor = try await Self.harbor()
    let before = try await harbor.bundle()
    try await harbor.keeper.rotate(from: EvidenceHarbor.key(1), to: EvidenceHarbor.key(2))
    harbor.set("2026-03-02T12:00:00Z")
    _ = try await harbor.registry.accept(EvidenceHarbor.ada, of: EvidenceHarbor.slug, version: nil, at: nil)
    let after = try await harbor.bundle()
    let (old, new) = (try EvidenceHarbor.key(1).verifyingKey, try EvidenceHarbor.key(2).verifyingKey)
    #expect(checkEvidence(after, trusted: new).isSound)
    let report = checkEvidence(after, trusted: old)
    #expect(report.verdict == .unproved, "whoever got hold of the old key could have made all of it")
    let last = try #require(try await harbor.keeper.keys().last).sequence - 1
    #expect(report.doubts == [.formerKey(old.encoded, until: last, now: new.encoded)])
    #expect(report.key == new)
    #expect(checkEvidence(before, trusted: try EvidenceHarbor.key(1).verifyingKey).isSound)
    #expect(checkEvidence(before, trusted: new).verdict == .damaged)
  }

  @Test func `after an erasure every answer and every proof is what it was`() async throws {
    let harbor = try await Self.harbor()
    let before = try await harbor.bundle()
    let moments = ["2025-06-20", "2026-01-15", "2026-02-10"].compactMap { CalendarDate($0) }
    func answers() async throws -> [BindingAnswer] {
      var answers: [BindingAnswer] = []
      for moment in moments {
        answers.append(
          try await harbor.registry.answerBinding(
            of: EvidenceHarbor.ada, under: EvidenceHarbor.slug, at: .date(moment),
            knownAt: Instant("2026-03-01T12:00:00Z")))
      }
      return answers
    }
    let told = try await answers()
    harbor.set("2026-03-05T12:00:00Z")
    try await harbor.registry.eraseDeveloper(EvidenceHarbor.ada, reason: "as asked")
    await #expect(throws: TermsRefusal.erasedAlready(EvidenceHarbor.ada)) {
      try await harbor.registry.eraseDeveloper(EvidenceHarbor.ada, reason: "again")
    }
    #expect(try harbor.store.verify() == [])
    #expect(try await answers() == told)
    #expect(checkEvidence(before).isSound, "what was handed out holds")
    let bundle = try await harbor.bundle()
    let report = checkEvidence(bundle)
    #expect(report.problems == [])
    #expect(
      report.passed.first { $0.what == "letters" }?.seen.hasPrefix("0 as they were sent, 0 that came back") == true)
    #expect(
      report.notes.contains { $0.hasPrefix("Name and address of 'ada' were erased at 2026-03-05T12:00:00Z (act ") })
    #expect(report.notes.count { $0.contains("was erased with the developer's name and address; its hash stays") } == 4)
    #expect(!String(decoding: bundle, as: UTF8.self).contains("ada@example.com"))
    #expect(String(decoding: before, as: UTF8.self).contains("ada@example.com"))
    var sneaky = try Forger(bundle)
    sneaky.files["person.json"] = try Forger(before).files["person.json"]
    #expect(!checkEvidence(try sneaky.bundle()).isSound)
  }

  @Test(arguments: [
    (
      EvidenceProblem.archive(.malformed(position: 7)),
      "the file is no whole bundle: byte 7 of the archive is not as it was written; get the file anew, byte for byte"
    ),
    (.noManifest, "the bundle has no manifest.json, so that nobody can say what belongs to it; get it anew"),
    (.badManifest("x"), "manifest.json is not as it was written: x; get the bundle anew"),
    (
      .otherFormat("tenor-evidence/9"),
      "the bundle is of the format 'tenor-evidence/9', which this program does not know, so that nothing was checked; check it "
        + "with a newer one"
    ), (.missingFile("a"), "a is missing, though it belongs to the bundle"),
    (.strangeFile("a"), "a does not belong to the bundle"),
    (.otherHash("a"), "a was altered: it has not the hash that the manifest names"),
    (.badFile("a", "x"), "a proves nothing: x"),
    (.missingAct("of x"), "the bundle lacks the act of x, and so proves no answer"),
    (.otherContent("a"), "a does not say what the acts in the bundle say"),
    (.otherAnswer, "answer.json does not give the answer that follows from the acts in the bundle"),
    (.badWitness("a", "x"), "a is no witness's word: x"),
    (
      .otherKey(expected: "k", found: "l"),
      "the bundle is signed with l, not with the key that you named, k; believe nothing of it, unless the platform published that "
        + "one, too, when the bundle was made: then name it"
    ),
  ])
  func `problems say what is wrong`(_ problem: EvidenceProblem, _ words: String) {
    #expect(problem.description == words)
  }

  @Test(arguments: [
    (
      EvidenceDoubt.notCompared(program: "tenor 9", files: ["README.html"], isSealed: true),
      "not compared: README.html. The bundle says that they are the wording of another program (tenor 9), and they are what "
        + "the platform sealed, which is its word and no proof. Read the pages that this program makes of the acts "
        + "(--pages FOLDER), or check the bundle with the program that wrote it"
    ),
    (
      .notCompared(program: "tenor 9", files: ["README.html", "redlines/a.html"], isSealed: false),
      "not compared: README.html, redlines/a.html. The bundle says that they are the wording of another program (tenor 9), "
        + "and anybody can say that: rely on none of their words. Read the pages that this program makes of the acts "
        + "(--pages FOLDER), or check the bundle with the program that wrote it"
    ),
    (
      .otherFormat("tenor-evidence/9"),
      "the bundle is of the format 'tenor-evidence/9', which this program does not know, so that nothing was checked; check it "
        + "with a newer one"
    ),
    (
      .formerKey("k", until: 7, now: "l"),
      "the key that you named, k, signed up to act 7, and handed over to the one that signed this, l; compare that one with "
        + "what the platform published, and name it"
    ),
  ])
  func `doubts say what is not proved`(_ doubt: EvidenceDoubt, _ words: String) {
    #expect(doubt.description == words)
  }

  @Test func `a record that contradicts itself makes no bundle`() {
    #expect(
      "\(EvidenceFault.otherAnswer(acts: 7))"
        == "the tables give another answer than the 7 acts of the log that were signed; run 'tenor verify'")
  }
}
