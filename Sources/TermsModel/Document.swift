/// A set of terms with a life of its own.
package struct Document: Hashable, Sendable, Codable {
  package let slug: DocumentSlug
  package var title: String
  package var settings: DocumentSettings

  package init(slug: DocumentSlug, title: String, settings: DocumentSettings) {
    self.slug = slug
    self.title = title
    self.settings = settings
  }
}

/// What `document.yaml` says of a document, checked.
package struct DocumentSettings: Hashable, Sendable, Codable {
  /// A company on the other side of the agreement, by region.
  package struct Entity: Hashable, Sendable, Codable {
    package let name: String
    /// The regions it contracts for; empty for the one that serves all others.
    package let regions: [Region]

    package init(name: String, regions: [Region]) {
      self.name = name
      self.regions = regions
    }
  }

  /// A document that binds along with the one that names it.
  package struct Incorporated: Hashable, Sendable, Codable {
    package let document: DocumentSlug
    /// The version meant, for good; `nil` where the reference floats with the document's versions.
    package let pinned: VersionLabel?

    package init(document: DocumentSlug, pinned: VersionLabel?) {
      self.document = document
      self.pinned = pinned
    }
  }

  package var profile: RuleProfile
  /// The zone in which the document counts its days, by its name in the IANA database.
  package var timeZone: String
  package var entities: [Entity]
  package var incorporated: [Incorporated]
  /// Documents that prevail over this one where they conflict, strongest first.
  package var precedence: [DocumentSlug]
  /// Which publications need a second person's approval: `lower-class`, `legal-required`.
  package var requireApproval: [String]
  /// Days before an effective date on which developers are reminded of it, the earliest reminder first; `nil` for none.
  package var reminders: [Int]?

  package init(
    profile: RuleProfile, timeZone: String = CivilZone.losAngeles.identifier, entities: [Entity] = [],
    incorporated: [Incorporated] = [], precedence: [DocumentSlug] = [], requireApproval: [String] = [],
    reminders: [Int]? = nil
  ) {
    self.profile = profile
    self.timeZone = timeZone
    self.entities = entities
    self.incorporated = incorporated
    self.precedence = precedence
    self.requireApproval = requireApproval
    self.reminders = reminders
  }

  /// The zone in which the document counts its days.
  ///
  /// A zone that the machine's database has lost since the settings were checked reads as the default one.
  package var zone: CivilZone { CivilZone(timeZone) ?? .losAngeles }

  /// The company that contracts with developers in `region`; `nil` where the settings name none.
  package func entity(for region: Region) -> String? {
    (entities.first { $0.regions.contains(region) } ?? entities.first { $0.regions.isEmpty })?.name
  }
}
