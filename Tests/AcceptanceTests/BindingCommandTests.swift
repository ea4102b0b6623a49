import Foundation
import Testing

/// What the binding answer is asked through the program: text, what-if, what changed, history, timeline, opting out.
@Suite struct BindingCommandTests {
  /// Two versions: 2(b) material and 3 other in the second one, posted 2025-12-17; the developer received its notice on the
  /// 19th in Los Angeles, recorded now.
  private func place(received: Bool = true) throws -> Workplace {
    let place = try Workplace()
    try place.done("init")
    try place.done("documents", "add", "connector-terms", "--title", "Connector terms")
    try place.write("v1.md", terms())
    try place.write("v2.md", terms(days: 10).replacing("These terms govern", with: "The following terms govern"))
    try place.done("publish", "connector-terms", "v1.md", "--posted-at", "2025-06-04T09:00:00-07:00", "--yes")
    try place.done(
      "developers", "add", "dev-1", "--email", "a@example.com", "--region", "US", "--at", "2025-07-01T09:00:00-07:00")
    try place.done(
      "connectors", "add", "dev-1", "weather", "--document", "connector-terms", "--at", "2025-07-01T09:00:00-07:00")
    try place.done(
      "publish", "connector-terms", "v2.md", "--posted-at", "2025-12-17T09:00:00-08:00", "--class", "1=other",
      "--reason", "no other sense", "--yes")
    if received {
      try place.done(
        "notices", "record", "dev-1", "--document", "connector-terms", "--channel", "email", "--received-at",
        "2025-12-19T23:50:00-08:00")
    }
    return place
  }

  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  /// A moment that nothing else on record shares.
  private func now() -> String {
    Thread.sleep(forTimeInterval: 0.01)
    defer { Thread.sleep(forTimeInterval: 0.01) }
    return Date().formatted(
      .iso8601.year().month().day().time(includingFractionalSeconds: true).timeZone(separator: .omitted))
  }

  @Test func `the history can be asked about any day, and as known on any`() throws {
    let place = try place()
    defer { place.remove() }
    func versions(_ more: String...) throws -> [String] {
      let run = try place.run(["history", "connector-terms", "--json"] + more)
      return try #require(run.json() as? [[String: Any]]).compactMap { $0["version"] as? String }
    }
    #expect(try versions() == ["2025-06-04", "2025-12-17"])
    #expect(try versions("--at", "2025-12-17") == ["2025-06-04"], "posted at nine on that day, not at its first moment")
    #expect(try versions("--at", "2025-12-18") == ["2025-06-04", "2025-12-17"])
    #expect(try versions("--known-at", "2026-01-01T00:00:00Z") == [], "recorded today")
    #expect(
      try place.done("history", "connector-terms", "--known-at", "2026-01-01T00:00:00Z")
        == "nothing was posted of 'connector-terms' by then\n")
    let clause = try place.done("history", "connector-terms", "--clause", "2(b)", "--at", "2025-12-01")
    #expect(clause.contains("within 30 days") && !clause.contains("10"), "\(clause)")
    // The day of posting is that of the zone that was on record then.
    let before = now()
    let told = try place.done("history", "connector-terms", "--clause", "2(b)", "--known-at", before)
    try place.write("document.yaml", "slug: connector-terms\ntitle: Connector terms\ntime-zone: Asia/Tokyo\n")
    try place.done("import", ".")
    #expect(try place.done("history", "connector-terms", "--clause", "2(b)", "--known-at", before) == told)
    #expect(try place.done("history", "connector-terms", "--clause", "2(b)") != told)
    let refused = try place.tenor("history", "connector-terms", "--known-at", "2999-01-01T00:00:00Z")
    #expect(refused.code == 2 && refused.errors.contains("2999"), "\(refused.errors)")

    let known = now()
    try place.done(
      "reclassify", "connector-terms", "--class", "1=material", "--reason", "it governs more", "--yes", "--json")
    func counts(_ more: String...) throws -> [String: Int]? {
      let run = try place.run(["history", "connector-terms", "--json"] + more)
      return (try run.json() as? [[String: Any]])?.last?["changes"] as? [String: Int]
    }
    #expect(try counts()?["material"] == 2, "after the correction")
    #expect(try counts("--known-at", known)?["material"] == 1, "as known before it")
  }

  @Test func `the text that binds is labelled as a compilation, and each clause by the version it comes from`() throws {
    let place = try place()
    defer { place.remove() }
    let text = try place.done("binding", "dev-1", "--text", "--at", "2025-12-25")
    #expect(text.contains("> connector-terms as it binds dev-1 at 2025-12-25"))
    #expect(text.contains("Compiled from the posted versions"))
    #expect(text.contains("[1, paragraph 2 · version 2025-12-17 · other, in force since 2025-12-17]"), "\(text)")
    #expect(text.contains("within 30 days") && !text.contains("within 10 days"))
    let pending = try place.done("binding", "dev-1", "--text", "--pending", "--at", "2025-12-25")
    #expect(
      pending.contains("> [2(b) · pending: version 2025-12-17 · material, in force from 2026-01-03]"), "\(pending)")
    #expect(pending.contains("within 10 days"))
    let explained = try place.done("binding", "dev-1", "--text", "--explain", "--at", "2025-12-25")
    #expect(explained.contains("\nbecause\n1. joining"))
  }

  @Test func `where nothing is pending the text is the posted one, byte for byte`() throws {
    let place = try place()
    defer { place.remove() }
    let json = try object(try place.done("binding", "dev-1", "--text", "--at", "2026-02-01", "--json"))
    let posted = try String(contentsOf: place.folder.appending(path: "v2.md"), encoding: .utf8)
    #expect(json["text"] as? String == posted)
    #expect(json["compilation"] as? Bool == false && json["posted"] as? String == "2025-12-17")
    let mixed = try object(try place.done("binding", "dev-1", "--text", "--pending", "--at", "2025-12-25", "--json"))
    #expect(mixed["compilation"] as? Bool == true)
    let clauses = try #require(mixed["clauses"] as? [[String: Any]])
    let logs = try #require(clauses.first { $0["label"] as? String == "2(b)" })
    #expect(logs["version"] as? String == "2025-06-04")
    #expect((logs["pending"] as? [[String: Any]])?.first?["effectiveOn"] as? String == "2026-01-03")
  }

  @Test func `before any agreement there is no text`() throws {
    let place = try place()
    defer { place.remove() }
    let run = try place.tenor("binding", "dev-1", "--text", "--at", "2025-06-10")
    #expect(run.code == 2)
    #expect(run.errors.contains("no words of 'connector-terms' bind developer 'dev-1' at 2025-06-10"))
  }

  @Test func `a notice still to be given can be assumed`() throws {
    let place = try place(received: false)
    defer { place.remove() }
    #expect(try place.done("binding", "dev-1", "--at", "2026-02-01").contains("awaiting its notice"))
    let assumed = try place.done("binding", "dev-1", "--at", "2026-01-20", "--assume-given", "2026-01-05")
    #expect(assumed.contains("material (clause 2(b)): in force since 2026-01-20"), "\(assumed)")
    let json = try object(
      try place.done("binding", "dev-1", "--at", "2026-01-19", "--assume-given", "2026-01-05", "--json"))
    #expect(((json["pending"] as? [[String: Any]])?.first)?["effectiveOn"] as? String == "2026-01-20")
  }

  @Test func `a change of the settings is among the facts that changed an answer`() throws {
    let place = try place(received: false)
    defer { place.remove() }
    let before = now()
    let settings = "slug: connector-terms\ntitle: Connector terms\nentities:\n  - name: Harbor Two, Inc.\n"
    try FileManager.default.createDirectory(
      at: place.folder.appending(path: "terms/connector-terms"), withIntermediateDirectories: true)
    try place.write("terms/connector-terms/document.yaml", settings)
    try place.done("import", "terms")
    let text = try place.done("binding", "dev-1", "--diff-known", "\(before)..\(now())", "--at", "2025-12-25")
    #expect(text.contains("settings changed: entities"), "\(text)")
    #expect(text.contains("contracting entity none → Harbor Two, Inc."), "\(text)")
  }

  @Test func `what the record learned, and what it changed, is told fact by fact`() throws {
    let place = try place(received: false)
    defer { place.remove() }
    let before = now()
    try place.done(
      "notices", "record", "dev-1", "--document", "connector-terms", "--channel", "email", "--received-at",
      "2025-12-19T23:50:00-08:00")
    let range = "\(before)..\(now())"
    let text = try place.done("binding", "dev-1", "--diff-known", range, "--at", "2025-12-25")
    #expect(text.contains("email notice of version 2025-12-17 received"), "\(text)")
    #expect(text.contains("2025-12-17 2(b) (material): awaiting-notice 2026-01-09 → pending 2026-01-03"), "\(text)")
    let json = try object(try place.done("binding", "dev-1", "--diff-known", range, "--at", "2025-12-25", "--json"))
    let steps = try #require(json["steps"] as? [[String: Any]])
    #expect(steps.count == 1)
    #expect((json["before"] as? [String: Any])?["version"] as? String == "2025-06-04")
    let nothing = try place.done("binding", "dev-1", "--diff-known", "2025-12-18..2025-12-20", "--at", "2025-12-25")
    #expect(nothing.contains("nothing recorded in between changes the answer"))
    let backwards = try place.tenor("binding", "dev-1", "--diff-known", "2026-01-02..2026-01-01")
    #expect(backwards.code == 2 && backwards.errors.contains("OLD..NEW"), "\(backwards.errors)")
    let early = try place.tenor("binding", "dev-1", "--diff-known", "2026-01-02..2999-01-01")
    #expect(early.code == 2 && early.errors.contains("nobody can say what will be known"), "\(early.errors)")
    #expect(try place.tenor("binding", "dev-1", "--diff-known", "2026-01-02").code == 64)
    #expect(try place.tenor("binding", "dev-1", "--diff-known", "2026-01-01..2026-01-02", "--text").code == 64)
  }

  @Test func `a clause is followed through its numbers, with redlines`() throws {
    let place = try place()
    defer { place.remove() }
    let third = terms(days: 10).replacing("These terms govern", with: "The following terms govern")
      .replacing("(b) **Logs.**", with: "(b) **Names.** You will not use our name.\n\n(c) **Logs.**")
    try place.write("v3.md", third)
    try place.done("publish", "connector-terms", "v3.md", "--posted-at", "2026-03-02T09:00:00-08:00", "--yes")
    let text = try place.done("history", "connector-terms", "--clause", "2(c)")
    #expect(text.hasPrefix("connector-terms · 2(b) → 2(c)\n"), "\(text)")
    #expect(text.contains("[-30-]{+10+}"), "\(text)")
    #expect(text.contains("renumbered"), "\(text)")
    let list = try JSONSerialization.jsonObject(
      with: Data(try place.done("history", "connector-terms", "--clause", "2 (C)", "--json").utf8))
    let wordings = try #require((list as? [[String: Any]])?.first?["wordings"] as? [[String: Any]])
    #expect(wordings.map { $0["label"] as? String } == ["2(b)", "2(b)", "2(c)"])
    #expect(wordings.map { $0["class"] as? String } == [nil, "material", "other"])
    let unknown = try place.tenor("history", "connector-terms", "--clause", "9(z)")
    #expect(unknown.code == 2 && unknown.errors.contains("no version of 'connector-terms' has a clause '9(z)'"))
  }

  @Test func `a timeline is a table, data and a picture`() throws {
    let place = try place()
    defer { place.remove() }
    let text = try place.done("timeline", "dev-1", "--document", "connector-terms")
    #expect(text.contains("2025-12-17  2025-12-17  2026-01-03    in force in part"), "\(text)")
    #expect(text.contains("material changes (2(b)) in force"), "\(text)")
    let json = try object(try place.done("timeline", "dev-1", "--json"))
    let versions = try #require(json["versions"] as? [[String: Any]])
    #expect(versions.map { $0["version"] as? String } == ["2025-06-04", "2025-12-17"])
    let marks = try #require(json["marks"] as? [[String: Any]])
    #expect(
      Set(marks.compactMap { $0["kind"] as? String }).isSuperset(of: ["joined", "posting", "received", "effective"]))
    #expect(try place.done("timeline", "dev-1", "--svg", "t.svg") == "drew t.svg\n")
    let svg = try String(contentsOf: place.folder.appending(path: "t.svg"), encoding: .utf8)
    #expect(svg.hasPrefix("<svg ") && svg.contains("<title") && svg.contains("</svg>"))
    #expect(XMLCheck.isWellFormed(svg))
    let fault = try place.tenor("timeline", "dev-1", "--svg", "nowhere/t.svg")
    #expect(fault.code == 1 && fault.errors.contains("'nowhere/t.svg' cannot be written"), "\(fault.errors)")
    #expect(try place.tenor("timeline", "dev-9").code == 2)
  }

  @Test func `a clause whose new words do not bind yet moves along with its section, whose move does`() throws {
    let place = try Workplace()
    defer { place.remove() }
    func terms(_ sections: [(String, [String])]) -> String {
      "# Terms\n\n"
        + sections.enumerated().map { number, section in
          "## \(number + 1). \(section.0)\n\n"
            + zip("abc", section.1).map { "(\($0)) \($1)\n\n" }.joined()
        }.joined()
    }
    let money = ("Money", ["**Fees.** You pay 12 euros per month.", "**Refunds.** We refund nothing after its end."])
    let data = ("Data", ["**Deletion.** You delete all copies at the end.", "**Security.** You keep the data safe."])
    func disputes(_ days: Int) -> (String, [String]) {
      (
        "Disputes",
        [
          "**Courts.** The courts of Paris decide any dispute between you and us.",
          "**Talks.** Before going to court the parties talk for \(days) days in good faith, each at its own costs.",
          "**Language.** The proceedings are held in English, and documents are translated by their author.",
        ]
      )
    }
    try place.done("init")
    try place.done("documents", "add", "connector-terms", "--title", "Connector terms")
    try place.write("v1.md", terms([money, disputes(40), data]))
    try place.write("v2.md", terms([money, data, disputes(50)]))
    try place.done(
      "publish", "connector-terms", "v1.md", "--posted-at", "2025-06-04T09:00:00-07:00", "--reason", "first", "--yes")
    try place.done(
      "developers", "add", "dev-1", "--email", "a@example.com", "--region", "US", "--at", "2025-07-01T09:00:00-07:00")
    try place.done(
      "connectors", "add", "dev-1", "weather", "--document", "connector-terms", "--at", "2025-07-01T09:00:00-07:00")
    try place.done(
      "publish", "connector-terms", "v2.md", "--posted-at", "2025-12-17T09:00:00-08:00", "--yes")
    let text = try place.done("binding", "dev-1", "--text", "--at", "2025-12-20")
    let words = ["Fees", "Refunds", "Data", "Deletion", "Security", "Disputes", "Courts", "40 days", "Language"]
    let places = words.map { text.firstRange(of: $0)?.lowerBound }
    #expect(!places.contains(nil), "\(text)")
    #expect(places.compactMap(\.self) == places.compactMap(\.self).sorted(), "\(text)")
  }

  @Test func `a clause of which several paragraphs changed is named once, and so is one that was named twice`() throws {
    let place = try Workplace()
    defer { place.remove() }
    func terms(_ city: String, _ days: Int) -> String {
      "# Terms\n\n## 1. Disputes\n\n(a) **Courts.** The courts of \(city) decide any dispute.\n\n"
        + "The parties talk for \(days) days before they go to court.\n\n## 2. End\n\nIt ends after notice.\n"
    }
    try place.done("init")
    try FileManager.default.createDirectory(
      at: place.folder.appending(path: "Terms/connector-terms"), withIntermediateDirectories: true)
    try place.write(
      "Terms/connector-terms/document.yaml",
      "slug: connector-terms\ntitle: Connector terms\nprofile: connectors-7a\nopt-out:\n  - clauses: [\"1(a)\"]\n    days: 30\n"
    )
    try place.write("Terms/connector-terms/2025-06-04.md", terms("Paris", 40))
    try place.write("Terms/connector-terms/2025-12-17.md", terms("London", 20))
    try place.done("import", "Terms")
    try place.done("developers", "add", "dev-1", "--region", "US", "--at", "2025-07-01T09:00:00-07:00")
    try place.done(
      "connectors", "add", "dev-1", "weather", "--document", "connector-terms", "--at", "2025-07-01T09:00:00-07:00")
    try place.done(
      "notices", "record", "dev-1", "--document", "connector-terms", "--channel", "courier", "--received-at",
      "2025-12-17T10:00:00-08:00")
    let inForce = try place.done("binding", "dev-1", "--at", "2026-01-10")
    #expect(inForce.contains("material (clause 1(a)): in force since 2026-01-01"), "\(inForce)")
    let optedOut = try place.done(
      "opt-out", "dev-1", "--document", "connector-terms", "--clause", "1(a)", "--clause", "1(a)", "--at",
      "2026-01-10T09:00:00-08:00")
    #expect(optedOut.hasPrefix("recorded that 'dev-1' opts out of 1(a) of version 2025-12-17 "), "\(optedOut)")
    let answer = try place.done("binding", "dev-1", "--at", "2026-02-10", "--explain")
    #expect(answer.contains("material (clause 1(a)): opted out of"), "\(answer)")
    #expect(answer.components(separatedBy: "the developer opted out of 1(a)").count == 2, "\(answer)")
  }

  @Test func `opting out keeps the wording last agreed, where the rules offer it and in time`() throws {
    let place = try Workplace()
    defer { place.remove() }
    try place.done("init")
    try FileManager.default.createDirectory(
      at: place.folder.appending(path: "Terms/connector-terms"), withIntermediateDirectories: true)
    try place.write(
      "Terms/connector-terms/document.yaml",
      "slug: connector-terms\ntitle: Connector terms\nprofile: connectors-7a\nopt-out:\n  - clauses: [\"2(b)\"]\n    days: 30\n"
    )
    try place.write("Terms/connector-terms/2025-06-04.md", terms())
    try place.write("Terms/connector-terms/2025-12-17.md", terms(days: 10, cap: "50 dollars"))
    try place.done("import", "Terms")
    try place.done(
      "developers", "add", "dev-1", "--email", "a@example.com", "--region", "US", "--at", "2025-07-01T09:00:00-07:00")
    try place.done(
      "connectors", "add", "dev-1", "weather", "--document", "connector-terms", "--at", "2025-07-01T09:00:00-07:00")
    try place.done(
      "notices", "record", "dev-1", "--document", "connector-terms", "--channel", "courier", "--sent-at",
      "2025-12-18T09:00:00-08:00")
    let refusals = [
      (
        ["--clause", "3", "--at", "2026-01-10T09:00:00-08:00"],
        "offer no opting out of clause '3'; they offer it for '2(b)'"
      ),
      (["--clause", "2(b)", "--at", "2026-03-01T09:00:00-08:00"], "was 2026-02-01; if the developer chose earlier"),
      (
        ["--clause", "2(a)", "--at", "2026-01-10T09:00:00-08:00"], "did not change clause '2(a)' for developer 'dev-1'"
      ),
      (
        ["--clause", "2(b)", "--version", "2025-06-04", "--at", "2026-01-10T09:00:00-08:00"],
        "did not change clause '2(b)'"
      ),
    ]
    for (arguments, says) in refusals {
      let run = try place.run(["opt-out", "dev-1", "--document", "connector-terms"] + arguments)
      #expect(run.code == 2, "\(run.errors)")
      #expect(run.errors.contains(says), "\(run.errors)")
    }
    let done = try place.done(
      "opt-out", "dev-1", "--document", "connector-terms", "--clause", "2(b)", "--at", "2026-01-31T09:00:00-08:00")
    #expect(
      done
        == "recorded that 'dev-1' opts out of 2(b) of version 2025-12-17 of 'connector-terms': the wording last agreed stays\n"
    )
    let answer = try place.done("binding", "dev-1", "--text", "--at", "2026-02-10")
    #expect(answer.contains("within 30 days") && answer.contains("50 dollars"), "\(answer)")
    #expect(try place.done("verify").contains("sound"))
  }
}

/// A look at markup that needs no parser of ours.
enum XMLCheck {
  static func isWellFormed(_ text: String) -> Bool {
    var open: [Substring] = []
    var rest = text[...]
    while let start = rest.firstIndex(of: "<"), let end = rest[start...].firstIndex(of: ">") {
      let tag = rest[rest.index(after: start)..<end]
      rest = rest[rest.index(after: end)...]
      if tag.hasPrefix("?") || tag.hasPrefix("!") || tag.hasSuffix("/") { continue }
      let name = tag.drop { $0 == "/" }.prefix { !$0.isWhitespace }
      if tag.hasPrefix("/") {
        guard open.popLast() == name else { return false }
      } else {
        open.append(name)
      }
    }
    return open.isEmpty
  }
}
