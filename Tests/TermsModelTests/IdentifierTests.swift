import TermsModel
import Testing

@Suite struct IdentifierTests {
  @Test(arguments: [
    ("connector-terms", true), ("a", true), ("terms2", true), ("Connector-terms", false), ("connector--terms", false),
    ("-terms", false), ("terms-", false), ("", false), ("ter ms", false), ("términos", false),
    (String(repeating: "a", count: 64), true), (String(repeating: "a", count: 65), false),
  ])
  func `slugs are plain`(_ c: (text: String, valid: Bool)) {
    #expect((DocumentSlug(rawValue: c.text) != nil) == c.valid)
  }

  @Test(arguments: [("US", true), ("EEA", true), ("us", false), ("U", false), ("ABCDEFGHI", false), ("U1", false)])
  func `regions are capitals`(_ c: (text: String, valid: Bool)) {
    #expect((Region(rawValue: c.text) != nil) == c.valid)
  }

  @Test(arguments: [
    ("dev-42", true), ("tenant:7", true), ("a b", false), ("", false), ("dev/42", false), ("dév", false),
  ])
  func `developers are named as the operator names them`(_ c: (text: String, valid: Bool)) {
    #expect((DeveloperID(rawValue: c.text) != nil) == c.valid)
  }

  @Test func `version labels are dates, numbered from the second of a day on`() throws {
    let date = try #require(CalendarDate("2025-12-17"))
    #expect(VersionLabel(date: date, ordinal: 1).rawValue == "2025-12-17")
    #expect(VersionLabel(date: date, ordinal: 2).rawValue == "2025-12-17.2")
    #expect(VersionLabel(rawValue: "tenant:7") == nil)
  }

  @Test func `the entity of a region is the one that names it, else the one for all others`() throws {
    var settings = DocumentSettings(profile: .connectors7a)
    let region = try #require(Region(rawValue: "EEA"))
    #expect(settings.entity(for: region) == nil)
    settings.entities = [.init(name: "Rest", regions: []), .init(name: "Europe", regions: [region])]
    #expect(settings.entity(for: region) == "Europe")
    #expect(settings.entity(for: try #require(Region(rawValue: "US"))) == "Rest")
  }
}
