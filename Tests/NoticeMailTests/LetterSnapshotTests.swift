import TermsModel
import TermsOperations
import Testing

@testable import NoticeMail

@Suite struct LetterSnapshotTests {
  struct Case: CustomTestStringConvertible {
    let name: String
    let because: String
    let contents: Contents
    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "every-class", because: "the plain letter: changes of every class and kind", contents: Contents()),
    Case(
      name: "all-in-force", because: "nothing is pending, so there is nothing to accept or decline before a date",
      contents: Contents(
        name: nil, summary: nil, link: nil, profile: RuleProfile(name: "posting-only", material: .onPosting),
        items: [Contents.everyClass()[3]])),
    Case(
      name: "own-page", because: "the link lets the developer into their own page, and passes for a password",
      contents: Contents(
        link: "https://terms.example/me/in/link~dev-42~r2mz0k~77ab?document=connector-terms",
        ownPageUntil: "2026-06-14",
        items: [Contents.everyClass()[0], Contents.everyClass()[3]])),
    Case(
      name: "whole-version", because: "a document's first version has no changes to show",
      contents: Contents(summary: nil, items: [])),
    Case(
      name: "beyond-ascii", because: "names, titles and words in other scripts",
      contents: Contents(
        title: "Bedingungen für Konnektoren – 2. Auflage", name: "Zoë Ångström 東京",
        summary: "Änderungen «nur» im Kleingedruckten.",
        entities: [.init(name: "Hafen-Assistenten GmbH & Co. KG", regions: [])],
        items: [
          Contents.item(
            1, ["§ 3"], "Fristen & <Tage>",
            [.kept("Die Frist beträgt "), .gone("„drei“"), .new("fünf"), .kept(" Tage.")],
            as: .material, on: "2026-01-01")
        ])),
  ]

  @Test(arguments: cases)
  func `a letter reads as approved`(_ c: Case) throws {
    let content = try c.contents.build()
    let composer = try MailComposer(settings: .sample())
    let letter = composer.letter(content)
    try Snapshots.check(Array("\(letter.subject)\n\n\(letter.text)".utf8), against: "\(c.name).txt")
    try Snapshots.check(Array(letter.html.utf8), against: "\(c.name).html")
    try Snapshots.check(try composer.compose(content).bytes, against: "\(c.name).eml")
  }
}
