import Foundation
import TermsModel
import TermsParsing
import Testing

@Suite struct DocumentYAMLTests {
  @Test func `every setting is read`() throws {
    let parsed = try DocumentYAML.parse(
      """
      slug: berth-terms
      title: "Berth Terms: General"
      profile: notice-30-days
      time-zone: Europe/Dublin
      clock: latest
      day-count: full-days
      granularity: clause
      material: 45 days after notice
      legal-required: on posting
      other: 3
      posting-is-notice: false
      evidence: {material: delivered, other: 1}
      survival: [2(b), 2(c), 2(f), 5-7]
      opt-out: [{clauses: ["9"], days: 30}]
      ending-notice-days: 60 days
      editorial: [formatting, renamed-term]
      acceptance-needs-notice: true
      connector-waives-up-to: 15
      immediate-grounds: [law, fraud]
      entities:
        - name: Harbour Ireland Ltd.
          regions: [EEA, CH]
        - name: Harbour, Inc.
      incorporated: [service-terms, usage-policies@2025-10-29, {document: berth-policy, version: v2}]
      precedence: [service-terms]
      require-approval: [lower-class, legal-required]
      reminders: [1, 7]
      """)
    let settings = parsed.settings
    let profile = settings.profile
    #expect(parsed.slug?.rawValue == "berth-terms")
    #expect(parsed.title == "Berth Terms: General")
    #expect(settings.timeZone == "Europe/Dublin")
    #expect(profile.name == "notice-30-days")
    #expect(profile.clock == .latest && profile.dayCount == .fullDays && profile.granularity == .clause)
    #expect(profile.material == .afterNotice(days: 45))
    #expect(profile.legalRequired == .onPosting)
    #expect(profile.other == .afterNotice(days: 3))
    #expect(!profile.postingIsNotice)
    #expect(profile.evidence == [.material: .delivered, .other: .sent])
    #expect(profile.survival.map(\.text) == ["2(b)", "2(c)", "2(f)", "5-7"])
    #expect(profile.optOut == [RuleProfile.OptOut(clauses: [ClauseSelector("9")], days: 30)])
    #expect(profile.endingNoticeDays == 60)
    #expect(profile.editorial == [.formatting, .renamedTerm] && profile.acceptanceNeedsNotice)
    #expect(profile.connectorWaivesUpTo == 15 && profile.immediateGrounds == ["law", "fraud"])
    #expect(settings.entity(for: try #require(Region(rawValue: "CH"))) == "Harbour Ireland Ltd.")
    #expect(settings.entity(for: try #require(Region(rawValue: "US"))) == "Harbour, Inc.")
    #expect(settings.incorporated.map(\.document.rawValue) == ["service-terms", "usage-policies", "berth-policy"])
    #expect(settings.incorporated.map(\.pinned?.rawValue) == [nil, "2025-10-29", "v2"])
    #expect(settings.precedence.map(\.rawValue) == ["service-terms"])
    #expect(settings.requireApproval == ["lower-class", "legal-required"])
    #expect(parsed.reminders == [7, 1])
  }

  @Test func `what is left out is the default`() throws {
    let parsed = try DocumentYAML.parse("title: Terms\n")
    #expect(parsed == (try DocumentYAML.parse("# nothing else\ntitle: Terms\nprofile: connectors-7a\n")))
    #expect(parsed.slug == nil && parsed.reminders.isEmpty)
    #expect(parsed.settings == DocumentSettings(profile: ShippedProfiles.standard))
    #expect(try DocumentYAML.parse("slug: berth-terms").title == "berth-terms")
    #expect(try DocumentYAML.parse("clock: posting", in: "berth-terms").title == "berth-terms")
  }

  @Test func `entities are also read by region, and one entry stands for a list`() throws {
    let parsed = try DocumentYAML.parse(
      "title: T\nentities: {EEA: Harbour Ireland Ltd., other: 'Harbour, Inc.'}\nsurvival: 5-7\nevidence: 3\n")
    #expect(parsed.settings.entities.map(\.name) == ["Harbour Ireland Ltd.", "Harbour, Inc."])
    #expect(parsed.settings.entities.map { $0.regions.map(\.rawValue) } == [["EEA"], []])
    #expect(parsed.settings.profile.survival.map(\.text) == ["5-7"])
    #expect(parsed.settings.profile.demandedEvidence(for: .other) == .delivered)
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let text: String
    let says: String
    var testDescription: String { says }
  }

  @Test(arguments: [
    Case(
      text: "title: T\nclok: individual", says: "line 2, column 1: there is no setting 'clok'; did you mean 'clock'?"),
    Case(
      text: "title: T\ntime_zone: UTC",
      says: "line 2, column 1: there is no setting 'time_zone'; did you mean 'time-zone'?"),
    Case(
      text: "title: T\ntimeZone: UTC",
      says: "line 2, column 1: there is no setting 'timeZone'; did you mean 'time-zone'?"),
    Case(
      text: "title: T\nsurvives: [5]",
      says: "line 2, column 1: there is no setting 'survives'; did you mean 'survival'?"),
    Case(
      text: "title: T\nopt-out: [{clauses: [9], wrong: 1}]",
      says: "line 2, column 26: there is no setting 'wrong'; known here: clauses, days"),
    Case(
      text: "title: T\nclock: indvidual",
      says: "line 2, column 8: 'clock' cannot be 'indvidual'; did you mean 'individual'?"),
    Case(
      text: "title: T\ngranularity: sentence",
      says: "line 2, column 14: 'granularity' cannot be 'sentence'; it is one of: clause, version"),
    Case(
      text: "title: T\nprofile: conectors-7a",
      says: "line 2, column 10: 'profile' cannot be 'conectors-7a'; did you mean 'connectors-7a'?"),
    Case(
      text: "title: T\ntime-zone: America/Los_Angles",
      says: "line 2, column 12: there is no time zone 'America/Los_Angles'; did you mean 'America/Los_Angeles'?"),
    Case(
      text: "title: T\ntime-zone: Harbour",
      says: "line 2, column 12: there is no time zone 'Harbour'; use a name of the IANA database, such as Europe/Dublin"
    ),
    Case(
      text: "title: T\nmaterial: soon",
      says:
        "line 2, column 11: 'material' takes 'on posting' or a number of days after the notice; write it as 'material: 15 days after notice'"
    ),
    Case(
      text: "title: T\nother: 99999", says: "line 2, column 8: 'other' cannot be 99999; give days from 0 to 3660"),
    Case(
      text: "title: T\nmaterial: -1",
      says: "line 2, column 11: 'material' cannot be -1; give days from 0 to 3660"),
    Case(
      text: "title: T\nending-notice-days: a month",
      says: "line 2, column 21: 'ending-notice-days' takes a number of days; write it as 'ending-notice-days: 30'"),
    Case(
      text: "title: T\nposting-is-notice: perhaps",
      says: "line 2, column 20: 'posting-is-notice' takes true or false; write it as 'posting-is-notice: true'"),
    Case(
      text: "title: T\nevidence: 6",
      says: "line 2, column 11: 'evidence' cannot be 6; give a level from 0 (posted) to 5 (expressly accepted)"),
    Case(
      text: "title: T\nevidence: {material: deliverd}",
      says: "line 2, column 22: 'evidence' cannot be 'deliverd'; did you mean 'delivered'?"),
    Case(
      text: "title: T\nsurvival: {a: b}",
      says: "line 2, column 11: 'survival' takes a text; write it as 'survival: [\"2(b)\", \"5-7\"]'"),
    Case(
      text: "title: T\nsurvival:",
      says: "line 2, column 10: 'survival' takes a list; write it as 'survival: [\"2(b)\", \"5-7\"]'"),
    Case(
      text: "title: T\nopt-out: [{days: 30}]",
      says: "line 2, column 11: this entry of 'opt-out' lacks 'clauses'; add it"),
    Case(
      text: "title: T\nopt-out: [{clauses: [9]}]",
      says: "line 2, column 11: this entry of 'opt-out' lacks 'days'; add it"),
    Case(
      text: "title: T\nentities: [{regions: [EEA]}]",
      says: "line 2, column 12: this entry of 'entities' lacks 'name'; add it"),
    Case(
      text: "title: T\nentities: [{name: A, regions: [Europe]}]",
      says:
        "line 2, column 32: 'Europe' cannot stand under 'regions': use two to eight capital letters, such as US, EEA or CH"
    ),
    Case(
      text: "slug: Connector Terms",
      says:
        "line 1, column 7: 'Connector Terms' cannot stand under 'slug': use lower-case letters, digits and single hyphens between them, at most 64, such as connector-terms"
    ),
    Case(
      text: "title: T\nslug: own-terms\nincorporated:\n  - own-terms",
      says:
        "line 4, column 5: 'own-terms' cannot name itself under 'incorporated'; name other documents there, or leave it out"
    ),
    Case(
      text: "title: T\nprecedence: [service-terms, service-terms]",
      says:
        "line 2, column 29: 'service-terms' stands under 'precedence' twice; keep one of the two"
    ),
    Case(
      text: "title: T\nincorporated: [service-terms@no version]",
      says:
        "line 2, column 16: 'no version' cannot stand under 'incorporated': use letters, digits, dots, hyphens and underscores, at most 64, such as 2025-12-17 or 2025-12-17.2"
    ),
    Case(
      text: "title: T\neditorial: [format]",
      says:
        "line 2, column 13: 'editorial' cannot be 'format'; it is one of: inserted, deleted, modified, moved, renumbered, split, merged, renamed-term, formatting"
    ),
    Case(
      text: "title: T\nrequire-approval: [lower_class]",
      says: "line 2, column 20: 'require-approval' cannot be 'lower_class'; did you mean 'lower-class'?"),
    Case(text: "title: [a, b]", says: "line 1, column 8: 'title' takes a text; write it as 'title: Connector Terms'"),
    Case(text: "profile: connectors-7a", says: "line 1, column 1: the file lacks 'title'; add it"),
    Case(
      text: "just words",
      says: "line 1, column 1: settings are lines of 'key: value', such as 'title: Connector Terms'; write them so"),
    Case(
      text: "",
      says: "line 1, column 1: settings are lines of 'key: value', such as 'title: Connector Terms'; write them so"),
    Case(
      text: "title: T\nentities: [a",
      says:
        "line 3, column 1: this is no YAML: did not find expected ',' or ']'; mend the line, and quote values that hold a colon or begin with a mark"
    ),
    Case(
      text: "title: a: b",
      says:
        "line 1, column 9: this is no YAML: mapping values are not allowed in this context; mend the line, and quote values that hold a colon or begin with a mark"
    ),
    Case(text: "title: T\ntitle: U", says: "line 1, column 1: 'title' is set twice; keep one of the two"),
    Case(
      text: "title: " + String(repeating: "[", count: 20_000),
      says:
        "the file is larger or nested deeper than settings are (256 KiB, nested 100 deep); check that the right file was given"
    ),
    Case(
      text: "a:\n" + String(repeating: "- ", count: 20_000) + "x",
      says:
        "the file is larger or nested deeper than settings are (256 KiB, nested 100 deep); check that the right file was given"
    ),
  ])
  func `what cannot be used is told with line, column and remedy`(_ c: Case) {
    let error = #expect(throws: SettingsError.self) { try DocumentYAML.parse(c.text) }
    #expect(error?.description == c.says)
  }

  @Test func `the settings of the sample terms are read`() throws {
    let terms = Fixtures.folder.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Terms")
    for slug in ["connector-terms", "service-terms"] {
      let text = try String(contentsOf: terms.appending(path: "\(slug)/document.yaml"), encoding: .utf8)
      #expect(try DocumentYAML.parse(text).slug?.rawValue == slug)
    }
  }

  @Test func `each shipped profile has a name of its own and is explained`() {
    #expect(ShippedProfiles.all.map(\.profile.name) == ["connectors-7a", "notice-30-days", "posting-only", "eu-p2b-3"])
    #expect(ShippedProfiles.standard.name == "connectors-7a")
    for entry in ShippedProfiles.all {
      #expect(ShippedProfiles.profile(named: entry.profile.name) == entry.profile)
      #expect(
        entry.explanation.split(separator: "\n").allSatisfy { $0.count <= 120 }, "\(entry.profile.name) is too wide")
      #expect(entry.explanation.count > 200)
    }
  }

  @Test func `the rules of the shipped profiles`() throws {
    let standard = ShippedProfiles.standard
    #expect(
      standard.material == .afterNotice(days: 15) && standard.legalRequired == .onPosting
        && standard.other == .onPosting)
    #expect(standard.clock == .individual && standard.dayCount == .civil && standard.granularity == .clause)
    #expect(standard.postingIsNotice)
    let thirty = try #require(ShippedProfiles.profile(named: "notice-30-days"))
    #expect(thirty.material == .afterNotice(days: 30) && thirty.other == thirty.material && thirty.clock == .earliest)
    let posting = try #require(ShippedProfiles.profile(named: "posting-only"))
    #expect(posting.clock == .posting && posting.material == .onPosting)
    let european = try #require(ShippedProfiles.profile(named: "eu-p2b-3"))
    #expect(!european.postingIsNotice && european.other == .afterNotice(days: 15) && european.dayCount == .fullDays)
  }
}
