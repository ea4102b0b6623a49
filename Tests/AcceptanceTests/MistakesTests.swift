import Foundation
import Testing

/// Mistakes in posted versions, mended through the program.
@Suite struct MistakesTests {
  private func place(old: Bool = false) throws -> Workplace {
    let place = try Workplace()
    try place.done("init")
    try place.done("documents", "add", "connector-terms", "--title", "Connector terms")
    try place.write("v1.md", terms())
    try place.write("v2.md", terms(days: 10))
    try place.done("publish", "connector-terms", "v1.md", "--posted-at", "2025-06-04T09:00:00-07:00", "--yes")
    try place.done(
      "developers", "add", "dev-1", "--email", "a@example.com", "--region", "US", "--at", "2025-07-01T09:00:00-07:00")
    try place.done(
      "connectors", "add", "dev-1", "weather", "--document", "connector-terms", "--at", "2025-07-01T09:00:00-07:00")
    if old {
      try place.done(
        "publish", "connector-terms", "v2.md", "--posted-at", "2025-12-17T09:00:00-08:00", "--version", "v2", "--yes")
      try place.done(
        "notices", "record", "dev-1", "--document", "connector-terms", "--channel", "email", "--received-at",
        "2025-12-17T10:00:00-08:00")
    } else {
      try place.done("publish", "connector-terms", "v2.md", "--version", "v2", "--yes")
    }
    return place
  }

  @Test func `a withdrawn version goes out of force before it came in, and whoever was told is told so`() throws {
    let place = try place()
    defer { place.remove() }
    #expect(try place.done("notices", "send") == "notices: 1 sent\n")
    let withdrawn = try place.done("withdraw", "connector-terms", "--reason", "the wrong file", "--json", "--yes")
    let json = try #require(try JSONSerialization.jsonObject(with: Data(withdrawn.utf8)) as? [String: Any])
    #expect(json["act"] as? String == "withdrawn")
    #expect((json["superseding"] as? [String: Any])?["byEmail"] as? Int == 1)
    #expect(try place.done("notices", "send") == "notices: 1 sent\n")
    let folder = place.folder.appending(path: "outbox")
    let mails = try FileManager.default.contentsOfDirectory(atPath: folder.path).map {
      try String(contentsOf: folder.appending(path: $0), encoding: .utf8)
    }
    #expect(mails.count { $0.contains("withdrawn") } == 1)
    let answer = try place.done("binding", "dev-1", "--at", "2028-01-01")
    #expect(answer.contains("version 2025-06-04") && answer.contains("withdrawn"), "\(answer)")
    let history = try place.done("history", "connector-terms")
    #expect(history.contains("What was pending of version v2 was withdrawn."), "\(history)")
    let entries =
      try JSONSerialization.jsonObject(
        with: Data(place.done("history", "connector-terms", "--json").utf8)) as? [[String: Any]]
    #expect(entries?.map { $0["withdrawn"] as? Bool } == [false, true])
    #expect(try place.done("verify").contains("sound"))
  }

  @Test func `what took effect on posting stays when the rest is withdrawn, and the next version is compared with it`()
    throws
  {
    let place = try place()
    defer { place.remove() }
    try place.write("v3.md", terms(days: 20).replacingOccurrences(of: "you agree to them", with: "you accept them"))
    try place.done("withdraw", "connector-terms", "--reason", "the wrong file", "--yes")
    try place.done(
      "publish", "connector-terms", "v3.md", "--version", "v3", "--class", "1=other", "--reason", "the same thing",
      "--yes")
    let withdrawn = try place.done("withdraw", "connector-terms", "--reason", "the wrong file again", "--yes")
    #expect(withdrawn.contains("in force since its posting, and staying so: 1"), "\(withdrawn)")
    let kept = try place.done("history", "connector-terms", "--clause", "1")
    #expect(kept.contains("accept") && !kept.contains("withdrawn"), "what stays was not withdrawn: \(kept)")

    try place.done("developers", "add", "dev-2", "--email", "b@example.com", "--region", "US")
    try place.done("connectors", "add", "dev-2", "trains", "--document", "connector-terms")
    for developer in ["dev-1", "dev-2"] {
      let text = try place.done("binding", developer, "--text")
      #expect(text.contains("you accept them") && text.contains("within 30 days"), "\(developer): \(text)")
    }

    // The next draft has the old words there: going back to them is a change, and is told.
    try place.write("v4.md", terms(cap: "500 dollars"))
    let review = try place.done("review", "connector-terms", "v4.md")
    #expect(
      review.contains(
        "Compared with what stands: version 2025-06-04, and what stays in force of v3, withdrawn otherwise."),
      "\(review)")
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(place.done("review", "connector-terms", "v4.md", "--json").utf8))
        as? [String: Any])
    #expect((json["changes"] as? [[String: Any]])?.map { $0["label"] as? String } == ["1", "3"])
    #expect(json["remains"] as? [String] == ["v3"])
    try place.done(
      "publish", "connector-terms", "v4.md", "--version", "v4", "--class", "1=other", "--reason", "the same thing",
      "--yes")
    for developer in ["dev-1", "dev-2"] {
      try place.done("accept", developer, "--document", "connector-terms")
      let answer = try place.done("binding", developer, "--text", "--json")
      #expect(answer.contains("you agree to them") && !answer.contains("you accept them"), "\(answer)")
    }
    #expect(try place.done("verify").contains("sound"))

    // What stays is worth posting as one text, word for word.
    try place.write("v5.md", terms(days: 20, cap: "500 dollars").replacingOccurrences(of: "govern", with: "rule"))
    try place.done(
      "publish", "connector-terms", "v5.md", "--version", "v5", "--class", "1=other", "--reason", "the same thing",
      "--yes")
    try place.done("withdraw", "connector-terms", "--reason", "too early", "--yes")
    try place.write("v6.md", terms(cap: "500 dollars").replacingOccurrences(of: "govern", with: "rule"))
    let published = try place.done("publish", "connector-terms", "v6.md", "--version", "v6", "--yes")
    #expect(published.contains("v6"), "\(published)")
    #expect(try place.done("binding", "dev-2").contains("version v6"))
  }

  @Test func `words taken back after another version was posted on them stand nowhere`() throws {
    let place = try place()
    defer { place.remove() }
    try place.write("v3.md", terms(days: 10, cap: "500 dollars"))
    try place.done("publish", "connector-terms", "v3.md", "--version", "v3", "--yes")
    let plain = try place.tenor("show", "connector-terms", "--standing")
    #expect(plain.output.contains("within 10 days") && plain.errors.isEmpty, "\(plain.errors)")
    try place.done("withdraw", "connector-terms", "--version", "v2", "--reason", "the wrong file", "--yes")

    let posted = try place.tenor("show", "connector-terms")
    #expect(posted.output.contains("within 10 days"), "as it was posted")
    #expect(
      posted.errors
        == "note: who joins now is bound by version v3, without the words of v2, withdrawn after it was posted; 'tenor show connector-terms --standing' prints that\n"
    )
    let history = try place.done("history", "connector-terms", "--clause", "2(b)")
    #expect(history.contains("withdrawn"), "\(history)")
    let other = try place.done("history", "connector-terms", "--clause", "3")
    #expect(other.contains("500"), "\(other)")
    #expect(!other.contains("withdrawn"), "what was not written on it stands: \(other)")
    let stands = try place.done("show", "connector-terms", "--standing")
    #expect(stands.contains("within 30 days") && stands.contains("500 dollars"), "\(stands)")

    try place.done("developers", "add", "dev-2", "--email", "b@example.com", "--region", "US")
    try place.done("connectors", "add", "dev-2", "trains", "--document", "connector-terms")
    let text = try place.done("binding", "dev-2", "--text", "--json")
    #expect(text.contains("within 30 days") && text.contains("500 dollars"), "\(text)")
    let why = try place.done("binding", "dev-2", "--explain")
    #expect(
      why.contains("by the text that stood: version 2025-06-04, and what stood of those after it up to v3"), "\(why)")
    #expect(why.contains("3 changed: what stood of version v3 when the developer joined"), "\(why)")
    let review = try place.done("review", "connector-terms", "v3.md")
    #expect(
      review.contains("Compared with what stands: version v3, without the words of v2, withdrawn after it was posted."),
      "\(review)")
    #expect(try place.tenor("show", "connector-terms@v3", "--standing").code == 64)
    #expect(try place.done("verify").contains("sound"))
  }

  @Test(arguments: [
    (["withdraw", "connector-terms", "--version", "v2", "--reason", "x"], Int32(2), "publish a new version"),
    (
      ["postpone", "connector-terms", "--version", "v2", "--until", "2999-01-01", "--reason", "x"], 2,
      "binds developer 'dev-1' since 2026-01-01"
    ),
    (
      ["reclassify", "connector-terms", "--version", "v2", "--class", "2(b)=other", "--reason", "x"], 2,
      "towards less notice"
    ),
    (["withdraw", "connector-terms", "--version", "v9", "--reason", "x"], 2, "no version 'v9'"),
    (["withdraw", "connector-terms"], 64, "--reason"),
    (["postpone", "connector-terms", "--until", "soon", "--reason", "x"], 64, "a date such as 2026-01-31"),
    (["reclassify", "connector-terms", "--reason", "x"], 64, "--class"),
    (["reclassify", "connector-terms", "--class", "2(b)=grave", "--reason", "x"], 64, "expected CLAUSE=CLASS"),
    (["withdraw", "connector-terms", "--reason", " "], 64, "say why"),
  ])
  func `what is too late or makes no sense is refused, and nothing is stored`(
    arguments: [String], code: Int32, says: String
  ) throws {
    let place = try place(old: true)
    defer { place.remove() }
    let before = try place.done(
      "binding", "dev-1", "--known-at", "2026-11-01T00:00:00Z", "--at", "2026-10-01", "--json")
    let run = try place.run(arguments)
    #expect(run.code == code, "\(run.errors)")
    #expect(run.errors.contains(says), "\(run.errors)")
    #expect(
      try place.done("binding", "dev-1", "--known-at", "2026-11-01T00:00:00Z", "--at", "2026-10-01", "--json") == before
    )
    #expect(try place.done("verify").contains("sound"))
  }

  @Test func `a comparison of two versions carries the classes on record, and says where there are none`() throws {
    let place = try place()
    defer { place.remove() }
    func compared(_ before: String, _ after: String) throws -> [String?] {
      let run = try place.run(["diff", "connector-terms@\(before)", "connector-terms@\(after)", "--json"])
      let json = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
      return [json?["class"] as? String, run.errors]
    }
    #expect(try compared("2025-06-04", "v2") == ["material", ""])
    try place.done(
      "postpone", "connector-terms", "--version", "v2", "--until", "2999-01-01", "--reason", "time", "--yes")
    try place.done(
      "reclassify", "connector-terms", "--version", "v2", "--class", "2(b)=legal-required", "--basis",
      "Regulation (EU) 2022/2065", "--reason", "a law demands it", "--yes")
    #expect(try compared("2025-06-04", "v2") == ["legal-required", ""])
    let proposed =
      "connector-terms@2025-06-04 was not posted right after connector-terms@v2: the classes are what the engine"
    #expect(try compared("v2", "2025-06-04") == ["material", "tenor: \(proposed) proposes\n"])
    let unfolded = try place.run([
      "diff", "connector-terms@2025-06-04", "connector-terms@v2", "--no-folding", "quotes",
    ])
    #expect(unfolded.code == 0 && unfolded.errors == "", "no other changes are told, so that the classes hold")
  }

  @Test func `a class corrected towards more notice moves the date, and a postponement moves it on`() throws {
    let place = try place()
    defer { place.remove() }
    try place.done("notices", "send")
    let late = try place.done(
      "postpone", "connector-terms", "--version", "v2", "--until", "2999-01-01", "--reason", "time", "--yes")
    #expect(late.contains("put off: 1 change (2(b))") && late.contains("superseding notices: 1 by e-mail"), "\(late)")
    #expect(try place.done("binding", "dev-1", "--at", "2998-12-31").contains("pending, in force from 2999-01-01"))
    let corrected = try place.done(
      "reclassify", "connector-terms", "--version", "v2", "--class", "2(b)=legal-required", "--basis",
      "Regulation (EU) 2022/2065", "--reason", "a law demands it", "--yes")
    #expect(corrected.contains("2(b): material → legal-required, by Regulation (EU) 2022/2065"), "\(corrected)")
    #expect(
      try place.done("binding", "dev-1", "--at", "2998-12-31").contains("pending, in force from 2999-01-01"),
      "an announced date never moves earlier")
    #expect(try place.done("verify").contains("sound"))
  }
}
