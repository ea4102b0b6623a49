import Foundation
import Testing

/// Documents that bind along with the one that names them, through the program.
@Suite struct IncorporatedTests {
  @Test func `who is bound to one version for good is told so, and how to have a say; an act is listed once`() throws {
    let place = try Workplace()
    defer { place.remove() }
    try place.done("init")
    let more = "incorporated:\n  - service-terms@2025-06-04\n  - other-terms\n"
    for (slug, more) in [("service-terms", ""), ("other-terms", ""), ("connector-terms", more)] {
      let folder = place.folder.appending(path: "Terms/\(slug)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try place.write("Terms/\(slug)/document.yaml", "slug: \(slug)\ntitle: Terms\n\(more)")
      try place.write("Terms/\(slug)/2025-06-04.md", terms())
      try place.done("import", "Terms/\(slug)")
    }
    let before = Date.now.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    Thread.sleep(forTimeInterval: 0.01)
    try place.write(
      "developers.csv",
      "id,email,region,connector,document\ndev-1,a@example.com,US,weather,connector-terms\n")
    try place.done("developers", "import", "developers.csv")
    for act in ["accept", "decline"] {
      let refused = try place.tenor(act, "dev-1", "--document", "service-terms")
      #expect(refused.code == 2)
      #expect(
        refused.errors.contains(
          "only as 'connector-terms' names it, in version '2025-06-04' for good, so that there is nothing of it to choose"
        ),
        "\(refused.errors)")
    }
    try place.done("agree", "dev-1", "--document", "service-terms")
    try place.done("accept", "dev-1", "--document", "service-terms")

    Thread.sleep(forTimeInterval: 0.01)
    let after = Date.now.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    for document in ["connector-terms", "service-terms", "other-terms"] {
      let text = try place.done("binding", "dev-1", "--document", document, "--diff-known", "\(before)..\(after)")
      let acts = text.matches(of: /\(act (\d+)\)/).map(\.output.1)
      #expect(!acts.isEmpty && Set(acts).count == acts.count, "\(text)")
      #expect(text.contains("region US; an e-mail address on record"), "\(text)")
    }
  }

  @Test func `whoever agreed to a document is told of the versions of those that it names, and bound by them`() throws {
    let place = try Workplace()
    defer { place.remove() }
    try place.done("init")
    for (slug, more) in [("connector-terms", "incorporated: [service-terms]\n"), ("service-terms", "")] {
      let folder = place.folder.appending(path: "Terms/\(slug)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try place.write("Terms/\(slug)/document.yaml", "slug: \(slug)\ntitle: Terms\n\(more)")
      try place.write("Terms/\(slug)/2025-06-04.md", terms())
      try place.done("import", "Terms/\(slug)")
    }
    for developer in ["dev-1", "dev-2"] {
      try place.done(
        "developers", "add", developer, "--email", "\(developer)@example.com", "--region", "US", "--at",
        "2025-07-01T09:00:00-07:00")
    }
    try place.done(
      "connectors", "add", "dev-1", "weather", "--document", "connector-terms", "--at", "2025-07-01T09:00:00-07:00")
    #expect(try place.done("binding", "dev-1", "--document", "service-terms").contains("version 2025-06-04"))

    try place.write("next.md", terms(days: 10))
    let review = try place.done("review", "service-terms", "next.md")
    #expect(review.contains("1 developer") || review.contains("1 by e-mail"), "\(review)")
    let published = try place.done("publish", "service-terms", "next.md", "--version", "s2", "--yes", "--json")
    #expect(published.contains("\"byEmail\":1") || published.contains("\"byEmail\" : 1"), "\(published)")
    #expect(try place.done("notices", "send") == "notices: 1 sent\n")
    let mail = try FileManager.default.contentsOfDirectory(atPath: place.folder.appending(path: "outbox").path)
    #expect(mail.count == 1)

    func answer(_ document: String, _ developer: String = "dev-1") throws -> [String: Any] {
      let output = try place.done("binding", developer, "--document", document, "--at", "2099-01-01", "--json")
      return try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
    }
    #expect(try answer("service-terms")["version"] as? String == "s2", "by its own notice")
    let along = try #require(try answer("connector-terms")["incorporated"] as? [[String: Any]])
    #expect(along.first?["version"] as? String == "s2")
    #expect(try answer("service-terms", "dev-2")["bound"] as? Bool == false, "agreed to nothing, bound by nothing")
    #expect(try place.done("binding", "dev-1", "--document", "service-terms", "--explain").contains("binds along"))
    #expect(try place.done("notices", "status", "service-terms").contains("1"))

    // They have a say in it, and end it where they agreed to it.
    try place.done("accept", "dev-1", "--document", "service-terms")
    let today = try place.done("binding", "dev-1", "--document", "service-terms", "--json")
    #expect(today.contains("\"version\":\"s2\"") || today.contains("\"version\" : \"s2\""), "\(today)")
    let refused = try place.tenor("terminate", "dev-1", "--document", "service-terms", "--by", "developer")
    #expect(refused.code == 2 && refused.errors.contains("dev-1"), "\(refused.errors)")
    // What binds somebody is not taken back.
    let withdrawal = try place.tenor("withdraw", "service-terms", "--reason", "wrong file")
    #expect(withdrawal.code == 2 && withdrawal.errors.contains("binds developer 'dev-1'"), "\(withdrawal.errors)")
    #expect(try place.done("verify").contains("sound"))
  }
}
