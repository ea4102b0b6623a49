internal import ArgumentParser
internal import TermsModel
internal import TermsOperations
internal import TermsParsing

struct Documents: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Sets of terms, each with a life of its own.",
    subcommands: [Add.self, List.self, ShowOne.self], defaultSubcommand: List.self)

  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Add a document, with its rules for notice and effect.")

    @OptionGroup var options: DatabaseOptions
    @Argument(help: "Its name in commands and addresses, such as connector-terms.", transform: Arguments.identifier)
    var slug: DocumentSlug
    @Option(help: "Its title, as readers see it.") var title: String
    @Option(help: "Its rule profile; see 'tenor profiles'.") var profile = "connectors-7a"
    @Option(
      help: "The time zone in which it counts days, by its name in the IANA database.", transform: Arguments.timeZone)
    var timeZone = CivilZone.losAngeles.identifier

    func validate() throws {
      _ = try rules()
      guard title.contains(where: { !$0.isWhitespace }) else {
        throw ValidationError("the title is empty; give the name that readers see: --title 'Connector terms'")
      }
    }

    private func rules() throws -> RuleProfile {
      if let rules = ShippedProfiles.profile(named: profile) { return rules }
      throw ValidationError(
        "there is no profile '\(profile)'; known: \(ShippedProfiles.all.map(\.profile.name).joined(separator: ", "))")
    }

    func run() async throws {
      let rules = try rules()
      let settings = DocumentSettings(profile: rules, timeZone: timeZone)
      let registry = try await Composition(options).registry()
      try await registry.addDocument(Document(slug: slug, title: title, settings: settings))
      print("added '\(slug)' under profile \(profile), days counted in \(timeZone)")
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the documents.")

    @OptionGroup var options: DatabaseOptions
    @Flag(help: "Print JSON.") var json = false

    func run() async throws {
      let registry = try await Composition(options).reader()
      let overviews = try await registry.overviewOfDocuments()
      if json { return try JSONOutput.print(overviews.map(DocumentJSON.init)) }
      guard !overviews.isEmpty else {
        return print("no documents yet; add one with 'tenor documents add' or 'tenor import'")
      }
      var table = Table("document", "title", "versions", "latest", "profile", "time zone")
      for item in overviews {
        table.add(
          item.document.slug.rawValue, item.document.title, "\(item.versions)",
          item.latest?.rawValue ?? "–", item.document.settings.profile.name, item.document.settings.timeZone)
      }
      print(table.text)
    }
  }

  struct ShowOne: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Show a document's rules and versions.")

    @OptionGroup var options: DatabaseOptions
    @Argument(help: "The document.", transform: Arguments.identifier) var document: DocumentSlug
    @Flag(help: "Print JSON.") var json = false

    func run() async throws {
      let registry = try await Composition(options).reader()
      let overview = try await registry.overview(of: document)
      let history = try await registry.history(of: document)
      if json { return try JSONOutput.print(DocumentDetailJSON(overview, history)) }
      let settings = overview.document.settings
      print("\(overview.document.title.withVisibleControls) (\(document))")
      print("profile     \(settings.profile.name), clock \(settings.profile.clock.rawValue)")
      print("time zone   \(settings.timeZone)")
      for entity in settings.entities {
        let regions = entity.regions.isEmpty ? "other regions" : entity.regions.map(\.rawValue).joined(separator: ", ")
        print("entity      \(entity.name) (\(regions))")
      }
      let profile = settings.profile
      if !profile.survival.isEmpty {
        print("survival    \(profile.survival.map(\.description).joined(separator: ", "))")
      }
      for right in profile.optOut {
        print("opt-out     \(right.clauses.map(\.description).joined(separator: ", ")), within \(right.days) days")
      }
      for reference in settings.incorporated {
        print("incorporates \(reference.document)" + (reference.pinned.map { ", version \($0) for good" } ?? ""))
      }
      if !settings.precedence.isEmpty {
        print("prevailing  \(settings.precedence.map(\.rawValue).joined(separator: ", "))")
      }
      print("versions    \(overview.versions), latest \(overview.latest?.rawValue ?? "none")")
    }
  }
}

/// A document as in the list, with its whole settings and the history of its versions.
struct DocumentDetailJSON: Encodable {
  let overview: DocumentJSON
  let settings: DocumentSettings
  let history: [HistoryJSON]

  private enum CodingKeys: CodingKey {
    case settings, history
  }

  init(_ overview: DocumentOverview, _ history: [HistoryEntry]) {
    self.overview = DocumentJSON(overview)
    settings = overview.document.settings
    self.history = history.map(HistoryJSON.init)
  }

  func encode(to encoder: any Encoder) throws {
    try overview.encode(to: encoder)
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(settings, forKey: .settings)
    try values.encode(history, forKey: .history)
  }
}

struct Profiles: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "List the rule profiles, and what each says.")

  @Argument(help: "The profile to explain; all where left out.") var name: String?

  func run() throws {
    let shown = ShippedProfiles.all.filter { name == nil || $0.profile.name == name }
    guard !shown.isEmpty else {
      throw ValidationError(
        "there is no profile '\(name ?? "")'; known: \(ShippedProfiles.all.map(\.profile.name).joined(separator: ", "))"
      )
    }
    print(shown.map { "\($0.profile.name)\n\($0.explanation)" }.joined(separator: "\n\n"))
  }
}
