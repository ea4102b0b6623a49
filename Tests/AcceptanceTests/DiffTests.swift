import Foundation
import Testing

/// What a person or a program sees of a comparison, by the options that it is asked for with.
@Suite struct DiffTests {
  private static let before = """
    # Terms

    ## 1. Logs

    You will delete all “Logs” of every request that you received from us or from our users at any time within 30 days.

    ## 2. Names

    You may not use our name, our marks or anything like them without asking us in writing beforehand.

    """
  private static let after = before.replacing("30 days", with: "10 days").replacing(
    "our marks or", with: "our *marks* or")

  private func place() throws -> Workplace {
    let place = try Workplace()
    try place.write("a.md", Self.before)
    try place.write("b.md", Self.after)
    try place.write("quotes.md", Self.before.replacing("“", with: "\"").replacing("”", with: "\""))
    return place
  }

  @Test func `context is as many words as are asked for, or all`() throws {
    let place = try place()
    defer { place.remove() }
    #expect(try place.done("diff", "a.md", "b.md", "--context", "2").contains("  … time within [-30-]{+10+} days.\n"))
    #expect(try place.done("diff", "a.md", "b.md", "--context", "0").contains("  … [-30-]{+10+} days.\n"))
    #expect(
      try place.done("diff", "a.md", "b.md", "--context", "all")
        .contains("  You will delete all “Logs” of every request that you received"))
    let refused = try place.tenor("diff", "a.md", "b.md", "--context", "few")
    #expect(refused.code == 64 && refused.errors.contains("expected a number of words, or 'all'"))
  }

  @Test func `only the classes asked for are shown`() throws {
    let place = try place()
    defer { place.remove() }
    let material = try place.done("diff", "a.md", "b.md", "--only", "material")
    #expect(material.contains("1 Logs · modified · material") && !material.contains("2 Names"))
    let other = try place.done("diff", "a.md", "b.md", "--only", "other")
    #expect(!other.contains("1 Logs") && other.contains("2 Names · formatting · other"))
    #expect(try place.done("diff", "a.md", "b.md", "--only", "legal-required") == "no changes of that class\n")
  }

  @Test(arguments: [40, 72, 120])
  func `two columns fit the width that is there`(_ width: Int) throws {
    let place = try place()
    defer { place.remove() }
    let run = try place.tenor(
      "diff", "a.md", "b.md", "--side-by-side", "--context", "all", environment: ["COLUMNS": "\(width)"])
    #expect(run.code == 0)
    let lines = run.output.split(separator: "\n").filter { $0.contains("│") }
    #expect(!lines.isEmpty && lines.allSatisfy { $0.count <= width })
    #expect(Set(lines.map { $0.prefix { $0 != "│" }.count }).count == 1)
    let words = lines.map { $0.split(separator: "│").last ?? "" }.joined(separator: " ").split(separator: " ")
    #expect(words.joined(separator: " ").contains("within {+10+} days."))
  }

  @Test func `a folding can be listed by name and switched off`() throws {
    let place = try place()
    defer { place.remove() }
    let list = try place.done("diff", "--list-foldings")
    let names = [
      "composition", "emphasis", "links", "headings", "bullets", "escapes", "references", "quotes", "hyphens", "spaces",
      "invisible",
    ]
    #expect(list.split(separator: "\n").dropFirst(2).map { String($0.prefix { $0 != " " }) } == names)
    let entries = try place.tenor("diff", "--list-foldings", "--json").json() as? [[String: String]]
    #expect(entries?.compactMap { $0["name"] } == names)
    #expect(try place.done("diff", "a.md", "quotes.md").contains("1 Logs · formatting"))
    let counted = try place.done("diff", "a.md", "quotes.md", "--no-folding", "quotes", "--no-folding", "spaces")
    #expect(counted.contains("1 Logs · modified") && counted.contains("[-“-]{+\"+}Logs[-”-]{+\"+}"))
    let unknown = try place.tenor("diff", "a.md", "b.md", "--no-folding", "colour")
    #expect(unknown.code == 64 && unknown.errors.contains("'colour'") && unknown.errors.contains("composition"))
    let missing = try place.tenor("diff", "a.md")
    #expect(missing.code == 64 && missing.errors.contains("Missing expected argument '<after>'"))
  }

  @Test func `each format tells the same changes`() throws {
    let place = try place()
    defer { place.remove() }
    #expect(try place.done("diff", "a.md", "b.md", "--format", "html").contains("<del>30</del><ins>10</ins>"))
    #expect(try place.done("diff", "a.md", "b.md", "--format", "markdown").contains("~~30~~**10**"))
    #expect(try place.done("diff", "a.md", "b.md", "--format", "text").contains("[-30-]{+10+}"))
    let object = try place.tenor("diff", "a.md", "b.md", "--format", "json").json() as? [String: Any]
    let changes = object?["changes"] as? [[String: Any]]
    #expect(changes?.compactMap { $0["kind"] as? String } == ["modified", "formatting"])
    #expect(try place.tenor("diff", "a.md", "b.md", "--exit-code").code == 1)
    #expect(try place.tenor("diff", "a.md", "a.md", "--exit-code").code == 0)
  }

  @Test func `a posted version shows what it changed`() throws {
    let place = try place()
    defer { place.remove() }
    try place.done("init")
    try place.done("documents", "add", "rules", "--title", "Rules")
    try place.done("publish", "rules", "a.md", "--posted-at", "2025-06-04T09:00:00-07:00", "--yes")
    let first = try place.tenor("show", "rules", "--redline")
    #expect(first.code == 2 && first.errors.contains("this is the first version of 'rules'"))
    try place.done(
      "publish", "rules", "b.md", "--posted-at", "2025-08-04T09:00:00-07:00", "--class", "1=other", "--reason",
      "agreed with everybody", "--yes")
    let shown = try place.done("show", "rules", "--redline", "--context", "2")
    #expect(shown.contains("1 Logs · modified · other\n  … time within [-30-]{+10+} days.\n"))
    #expect(try place.done("show", "rules@2025-08-04", "--redline", "--format", "html").contains("<ins>10</ins>"))
    let alone = try place.tenor("show", "rules", "--context", "2")
    #expect(alone.code == 64 && alone.errors.contains("belong to --redline"))
    #expect(try place.done("show", "rules@2025-06-04") == Self.before)
  }

  @Test func `a text of one long line is compared`() throws {
    let place = try place()
    defer { place.remove() }
    let line = (0..<60_000).map { "w\($0 &* 7919 % 4001)" }.joined(separator: " ")
    try place.write("long.md", line)
    try place.write("longer.md", line.replacing(" w17 ", with: " other ", maxReplacements: 1))
    let told = try place.done("diff", "long.md", "longer.md", "--context", "1")
    #expect(told.contains("[-w17-]{+other+}"))
  }
}
