import Foundation
import Testing

/// Two people at two command lines: one publishes, the other agrees.
@Suite struct ApprovalCommandTests {
  private static let maria = ["TENOR_ACTOR": "maria"]
  private static let jon = ["TENOR_ACTOR": "jon"]

  private func place() throws -> Workplace {
    let place = try Workplace()
    try place.done("init")
    let folder = place.folder.appending(path: "terms/connector-terms")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try place.write(
      "terms/connector-terms/document.yaml",
      "title: Connector terms\nrequire-approval: [lower-class, legal-required]\n")
    try place.write("terms/connector-terms/2025-06-04.md", terms())
    try place.done("import", "terms")
    try place.write("next.md", terms(days: 31))
    return place
  }

  private static let lower = ["--class", "2(b)=other", "--reason", "a slip of the pen"]

  @Test func `publish refuses and says who must agree, and how; a second person does, and it is posted`() throws {
    let place = try place()
    defer { place.remove() }
    let publish = ["publish", "connector-terms", "next.md", "--yes"] + Self.lower
    let alone = try place.run(publish, environment: Self.maria)
    #expect(alone.code == 2)
    #expect(
      alone.errors == """
        refused: 'connector-terms' asks for a second person's agreement to 2(b) as other (material by the evidence); let \
        somebody other than 'maria' look at it and agree on the desk, by POST /v1/documents/connector-terms/approvals, or \
        with: tenor approve connector-terms FILE --class "2(b)=other" --reason WHY; then do this again

        """)
    #expect(try place.done("history", "connector-terms", "--json").components(separatedBy: "\"version\"").count == 2)
    let review = try place.run(["review", "connector-terms", "next.md"] + Self.lower, environment: Self.maria)
    #expect(
      review.output.contains("Publishing would be refused: 'connector-terms' asks for a second person's agreement"))

    let approve = ["approve", "connector-terms", "next.md", "--class", "2(b)=other", "--reason", "no developer loses"]
    let agreed = try place.run(approve, environment: Self.jon)
    #expect(agreed.code == 0, "\(agreed.errors)")
    #expect(
      agreed.output.contains("'jon' agrees, as act 4, to\n  2(b): other (proposed: material)\n"), "\(agreed.output)")
    let own = try place.run(publish, environment: Self.jon)
    #expect(own.code == 2)
    #expect(own.errors.contains("nobody is their own second person"), "\(own.errors)")

    let posted = try place.run(publish, environment: Self.maria)
    #expect(posted.code == 0, "\(posted.errors)")
    #expect(posted.output.contains("agreed to by jon (act 4): no developer loses"), "\(posted.output)")
    #expect(try place.done("verify").contains("sound"))
  }

  @Test func `a correction of classes after the posting takes two as well`() throws {
    let place = try place()
    defer { place.remove() }
    try place.done("publish", "connector-terms", "next.md", "--version", "v2", "--yes")
    let correct = ["reclassify", "connector-terms", "--yes"] + Self.lower
    let alone = try place.run(correct, environment: Self.maria)
    #expect(alone.code == 2)
    #expect(
      alone.errors.contains("tenor approve connector-terms --version v2 --class \"2(b)=other\""), "\(alone.errors)")
    let approve = ["approve", "connector-terms", "--version", "v2", "--json"] + Self.lower
    let agreed = try place.run(approve, environment: Self.jon)
    let json = try #require(try agreed.json() as? [String: Any], "\(agreed.errors)")
    #expect(json["actor"] as? String == "jon")
    #expect((json["changes"] as? [[String: Any]])?.first?["decided"] as? String == "other")
    #expect(try place.run(correct, environment: Self.maria).code == 0)
  }

  @Test(arguments: [
    (["next.md", "--reason", " "], Int32(64), "--reason is empty"),
    (["next.md"], 64, "--reason"),
    (["--reason", "x"], 64, "give the file to be published, or --version"),
    (["next.md", "--version", "v2", "--reason", "x"], 64, "and not both"),
    (["--version", "2025-06-04", "--reason", "x"], 64, "say which classes"),
    (["next.md", "--class", "2(b)=grave", "--reason", "x"], 64, "expected CLAUSE=CLASS"),
    (["next.md", "--reason", "x"], 2, "nothing in this needs a second person's agreement"),
    (["next.md", "--class", "2(b)=legal-required", "--reason", "x"], 2, "needs the law it rests on"),
    (["next.md", "--class", "2(b)=material", "--basis", "Article 1", "--reason", "x"], 2, "leave it out"),
    (["next.md", "--class", "9=other", "--reason", "x"], 2, "clause '9' is not changed"),
  ])
  func `what makes no sense is refused, and nothing is stored`(
    arguments: [String], code: Int32, says: String
  ) throws {
    let place = try place()
    defer { place.remove() }
    let run = try place.run(["approve", "connector-terms"] + arguments, environment: Self.jon)
    #expect(run.code == code, "\(run.errors)")
    #expect(run.errors.contains(says), "\(run.errors)")
  }
}
