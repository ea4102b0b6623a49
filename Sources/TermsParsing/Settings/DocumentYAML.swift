package import TermsModel

/// What a `document.yaml` says: the rules, the parties and the neighbours of one document.
///
/// | key | value | left out |
/// | --- | --- | --- |
/// | `slug` | the document's name in commands | `nil`: the folder's name |
/// | `title` | its name for people | the slug |
/// | `profile` | one of ``ShippedProfiles`` | `connectors-7a` |
/// | `time-zone` | a name of the IANA database | `America/Los_Angeles` |
/// | `clock` | `individual`, `posting`, `earliest`, `latest` | the profile's |
/// | `day-count` | `civil`, `full-days` | the profile's |
/// | `granularity` | `clause`, `version` | the profile's |
/// | `material`, `legal-required`, `other` | `on posting`, `15 days after notice`, or a number of days | the profile's |
/// | `posting-is-notice` | `true`, `false` | the profile's |
/// | `evidence` | a level, or one for each class: `sent`, `accepted`, `delivered` … or 0 to 5 | the profile's |
/// | `survival` | clauses: `[2(b), 5-7]` | none |
/// | `opt-out` | `[{clauses: ["9"], days: 30}]` | none |
/// | `ending-notice-days` | a number of days | the profile's |
/// | `editorial` | kinds of change, classed other, that take effect on posting: `[formatting, moved]` | the profile's |
/// | `acceptance-needs-notice` | `true`, `false` | the profile's |
/// | `connector-waives-up-to` | a number of days | the profile's |
/// | `immediate-grounds` | words one of which begins a legal basis: `[law, fraud]` | the profile's |
/// | `entities` | `[{name: …, regions: [EEA]}]`, or `{EEA: …, other: …}` | none |
/// | `incorporated` | `slug`, `slug@version`, or `{document: …, version: …}` | none |
/// | `precedence` | slugs, the strongest first | none |
/// | `require-approval` | `lower-class`, `legal-required` | none |
/// | `reminders` | days before a date at which to remind: `[7, 1]` | none |
package struct DocumentYAML: Hashable, Sendable {
  /// `nil` where the file names none: the folder's name serves.
  package let slug: DocumentSlug?
  package let title: String
  package let settings: DocumentSettings
  /// Days before an effective date at which to remind, the earliest reminder first.
  package let reminders: [Int]

  /// Reads the text of a `document.yaml`.
  ///
  /// - Parameter folder: the name of the folder that it lies in, which serves where it names neither title nor slug.
  /// - Throws: the first error in the file, with its place and what to do.
  package static func parse(_ text: String, in folder: String? = nil) throws(SettingsError) -> DocumentYAML {
    let root = try SettingsNode.root(of: text)
    var map = try SettingsMap(root, owner: "the file", known: keys)
    let slug: DocumentSlug? =
      if let node = map.take("slug") { try node.identifier("slug") } else { nil }
    let title = try map.take("title")?.text("title", example: "title: Connector Terms") ?? slug?.rawValue ?? folder
    guard let title, !title.isEmpty else { throw .missing(root.place, key: "title", of: "the file") }
    var settings = DocumentSettings(profile: try profile(&map))
    if let node = map.take("time-zone") { settings.timeZone = try node.timeZone() }
    if let node = map.take("entities") { settings.entities = try entities(node) }
    let own = slug?.rawValue ?? folder
    if let node = map.take("incorporated") {
      var others = OtherDocuments(key: "incorporated", own: own)
      settings.incorporated = try incorporated(node, &others)
    }
    if let node = map.take("precedence") {
      var others = OtherDocuments(key: "precedence", own: own)
      settings.precedence = try node.list("precedence", example: "precedence: [service-terms]").map {
        element throws(SettingsError) in try others.take(try element.identifier("precedence"), at: element)
      }
    }
    if let node = map.take("require-approval") {
      settings.requireApproval = try node.list("require-approval", example: "require-approval: [lower-class]").map {
        element throws(SettingsError) in try element.choice("require-approval", of: approvals)
      }
    }
    let reminders = try reminders(map.take("reminders"))
    settings.reminders = reminders.isEmpty ? nil : reminders
    return DocumentYAML(slug: slug, title: title, settings: settings, reminders: reminders)
  }

  private static let approvals = ["lower-class", "legal-required"]

  private static let keys = [
    "slug", "title", "profile", "time-zone", "clock", "day-count", "granularity", "material", "legal-required", "other",
    "posting-is-notice", "evidence", "survival", "opt-out", "ending-notice-days", "editorial",
    "acceptance-needs-notice", "connector-waives-up-to", "immediate-grounds", "entities", "incorporated",
    "precedence", "require-approval", "reminders",
  ]

  // MARK: Rules

  private static func profile(_ map: inout SettingsMap) throws(SettingsError) -> RuleProfile {
    var profile = ShippedProfiles.standard
    if let node = map.take("profile") {
      let name = try node.choice("profile", of: ShippedProfiles.all.map(\.profile.name))
      profile = ShippedProfiles.profile(named: name) ?? profile
    }
    if let node = map.take("clock") { profile.clock = try node.case("clock") }
    if let node = map.take("day-count") { profile.dayCount = try node.case("day-count") }
    if let node = map.take("granularity") { profile.granularity = try node.case("granularity") }
    if let node = map.take("material") { profile.material = try node.timing("material") }
    if let node = map.take("legal-required") { profile.legalRequired = try node.timing("legal-required") }
    if let node = map.take("other") { profile.other = try node.timing("other") }
    if let node = map.take("posting-is-notice") { profile.postingIsNotice = try node.flag("posting-is-notice") }
    if let node = map.take("evidence") { profile.evidence = try evidence(node, profile.evidence) }
    if let node = map.take("survival") { profile.survival = try selectors(node, "survival") }
    if let node = map.take("opt-out") { profile.optOut = try optOut(node) }
    if let node = map.take("ending-notice-days") { profile.endingNoticeDays = try node.days("ending-notice-days") }
    if let node = map.take("editorial") {
      profile.editorial = try node.list("editorial", example: "editorial: [formatting, moved]").map {
        element throws(SettingsError) in try element.case("editorial")
      }
    }
    if let node = map.take("acceptance-needs-notice") {
      profile.acceptanceNeedsNotice = try node.flag("acceptance-needs-notice")
    }
    if let node = map.take("connector-waives-up-to") {
      profile.connectorWaivesUpTo = try node.days("connector-waives-up-to")
    }
    if let node = map.take("immediate-grounds") {
      let example = "immediate-grounds: [law, fraud]"
      profile.immediateGrounds = try node.list("immediate-grounds", example: example).map {
        element throws(SettingsError) in try element.text("immediate-grounds", example: example)
      }
    }
    return profile
  }

  private static func evidence(
    _ node: SettingsNode, _ standard: [ChangeClass: EvidenceLevel]
  ) throws(SettingsError) -> [ChangeClass: EvidenceLevel] {
    var evidence = standard
    guard node.isMapping else {
      let level = try node.evidenceLevel()
      for changeClass in ChangeClass.allCases { evidence[changeClass] = level }
      return evidence
    }
    var map = try SettingsMap(node, owner: "'evidence'", known: ChangeClass.allCases.map(\.rawValue))
    for changeClass in ChangeClass.allCases {
      if let node = map.take(changeClass.rawValue) { evidence[changeClass] = try node.evidenceLevel() }
    }
    return evidence
  }

  private static func selectors(_ node: SettingsNode, _ key: String) throws(SettingsError) -> [ClauseSelector] {
    try node.list(key, example: "\(key): [\"2(b)\", \"5-7\"]").map { element throws(SettingsError) in
      ClauseSelector(try element.text(key, example: "\(key): [\"2(b)\", \"5-7\"]"))
    }
  }

  private static func optOut(_ node: SettingsNode) throws(SettingsError) -> [RuleProfile.OptOut] {
    try node.list("opt-out", example: "opt-out: [{clauses: [\"9\"], days: 30}]").map { element throws(SettingsError) in
      var map = try SettingsMap(element, owner: "this entry of 'opt-out'", known: ["clauses", "days"])
      let clauses = try selectors(map.need("clauses"), "clauses")
      return RuleProfile.OptOut(clauses: clauses, days: try map.need("days").days("days"))
    }
  }

  private static func reminders(_ node: SettingsNode?) throws(SettingsError) -> [Int] {
    guard let node else { return [] }
    let days = try node.list("reminders", example: "reminders: [7, 1]").map { element throws(SettingsError) in
      try element.days("reminders")
    }
    return Set(days).sorted(by: >)
  }

  // MARK: Parties and neighbours

  private static func entities(_ node: SettingsNode) throws(SettingsError) -> [DocumentSettings.Entity] {
    if node.isMapping {
      return try node.pairs().map { key, value throws(SettingsError) in
        let name = try value.text("entities", example: "EEA: Example Ireland Ltd.")
        let word = try key.text("entities", example: "EEA: Example Ireland Ltd.")
        return DocumentSettings.Entity(name: name, regions: word == "other" ? [] : [try key.identifier("entities")])
      }
    }
    let example = "entities: [{name: Example Ireland Ltd., regions: [EEA]}]"
    return try node.list("entities", example: example).map { element throws(SettingsError) in
      var map = try SettingsMap(element, owner: "this entry of 'entities'", known: ["name", "regions"])
      let name = try map.need("name").text("name", example: "name: Example Ireland Ltd.")
      let regions = try map.take("regions")?.list("regions", example: "regions: [EEA, CH]") ?? []
      return DocumentSettings.Entity(
        name: name,
        regions: try regions.map { region throws(SettingsError) in try region.identifier("regions") })
    }
  }

  /// The documents that a list names: others than the one whose settings these are, and each once.
  private struct OtherDocuments {
    let key: String
    let own: String?
    var seen: Set<DocumentSlug> = []

    mutating func take(_ document: DocumentSlug, at node: SettingsNode) throws(SettingsError) -> DocumentSlug {
      if document.rawValue == own { throw .namesItself(node.place, key: key, document: document.rawValue) }
      guard seen.insert(document).inserted else {
        throw .namedTwice(node.place, key: key, document: document.rawValue)
      }
      return document
    }
  }

  private static func incorporated(
    _ node: SettingsNode, _ others: inout OtherDocuments
  ) throws(SettingsError) -> [DocumentSettings.Incorporated] {
    let example = "incorporated: [service-terms, usage-policies@2025-10-29]"
    return try node.list("incorporated", example: example).map { element throws(SettingsError) in
      if element.isMapping {
        var map = try SettingsMap(element, owner: "this entry of 'incorporated'", known: ["document", "version"])
        let document = try others.take(try map.need("document").identifier("document"), at: element)
        let version: VersionLabel? =
          if let node = map.take("version") { try node.identifier("version") } else { nil }
        return DocumentSettings.Incorporated(document: document, pinned: version)
      }
      let text = try element.text("incorporated", example: example)
      let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard let named = DocumentSlug(rawValue: parts[0]) else {
        throw .malformed(element.place, key: "incorporated", value: parts[0], form: DocumentSlug.form)
      }
      let document = try others.take(named, at: element)
      guard parts.count == 2 else { return DocumentSettings.Incorporated(document: document, pinned: nil) }
      guard let version = VersionLabel(rawValue: parts[1]) else {
        throw .malformed(element.place, key: "incorporated", value: parts[1], form: VersionLabel.form)
      }
      return DocumentSettings.Incorporated(document: document, pinned: version)
    }
  }
}
