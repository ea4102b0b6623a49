internal import ArgumentParser
internal import TermsModel
internal import TermsOperations

/// What the commands about one developer and one document have in common.
struct AgreementOptions: ParsableArguments {
  @OptionGroup var database: DatabaseOptions
  @Argument(help: "The developer.", transform: Arguments.identifier) var id: DeveloperID
  @Option(help: "The document.", transform: Arguments.identifier) var document: DocumentSlug
  @Option(help: "When it happened, if not now.", transform: Arguments.instant) var at: Instant?
}

struct Agree: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Record a developer's express agreement to the version then posted.")

  @OptionGroup var agreement: AgreementOptions

  func run() async throws {
    let registry = try await Composition(agreement.database).registry()
    try await registry.agree(agreement.id, to: agreement.document, at: agreement.at)
    print("recorded the agreement of '\(agreement.id)' to '\(agreement.document)'")
    guard let moment = agreement.at else { return }
    let retrospect = try await registry.joiningInRetrospect(of: agreement.id, under: agreement.document, at: moment)
    for note in retrospect.notes(on: agreement.id, agreement.document) { print(note) }
  }
}

struct Accept: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Record express acceptance of a version, which brings it into force for that developer at once.")

  @OptionGroup var agreement: AgreementOptions
  @Option(help: "The version; the last one with anything to come where left out.", transform: Arguments.identifier)
  var version: VersionLabel?

  func run() async throws {
    let registry = try await Composition(agreement.database).registry()
    let label = try await registry.accept(
      agreement.id, of: agreement.document, version: version, at: agreement.at)
    print("recorded that '\(agreement.id)' accepts version \(label) of '\(agreement.document)'")
  }
}

struct Decline: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Record that a developer declines a version.")

  @OptionGroup var agreement: AgreementOptions
  @Option(help: "The version; the last one with anything to come where left out.", transform: Arguments.identifier)
  var version: VersionLabel?

  func run() async throws {
    let registry = try await Composition(agreement.database).registry()
    let label = try await registry.decline(
      agreement.id, of: agreement.document, version: version, at: agreement.at)
    print("recorded that '\(agreement.id)' declines version \(label) of '\(agreement.document)'")
  }
}

struct OptOut: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "opt-out",
    abstract: "Record that a developer keeps the wording last agreed of some clauses.",
    discussion: """
      Only of clauses that the document's rules name, within the days that they give, and only of a version that changed \
      them. The rest of the version, and of all later ones, moves on.
      """)

  @OptionGroup var agreement: AgreementOptions
  @Option(
    name: .customLong("clause"), help: "A clause, with all that stands under it: 9, or \"9(a)\". Repeatable.")
  var clauses: [String]
  @Option(help: "The version; the latest that stands where left out.", transform: Arguments.identifier)
  var version: VersionLabel?

  func run() async throws {
    let registry = try await Composition(agreement.database).registry()
    let label = try await registry.optOut(
      agreement.id, of: agreement.document, version: version, clauses: clauses.map { ClauseSelector($0) },
      at: agreement.at)
    let what = clauses.uniqued().joined(separator: ", ")
    print(
      "recorded that '\(agreement.id)' opts out of \(what) of version \(label) of '\(agreement.document)': "
        + "the wording last agreed stays")
  }
}

struct Terminate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Record the ending of an agreement: with the notice its rules demand, or at once.")

  @OptionGroup var agreement: AgreementOptions
  @Option(help: "Who ends it: developer or platform.") var by: Party
  @Flag(help: "At once: on risk of liability or harm, breach, or law.") var immediate = false
  @Option(help: "Why; needed where it ends at once.") var reason: String?

  func validate() throws {
    if immediate, reason == nil {
      throw ValidationError("an ending at once needs its reason: --reason TEXT")
    }
  }

  func run() async throws {
    let registry = try await Composition(agreement.database).registry()
    try await registry.terminate(
      agreement.id, under: agreement.document, by: by, immediate: immediate, reason: reason, at: agreement.at)
    print(
      "recorded the ending of the agreement of '\(agreement.id)' over '\(agreement.document)' by the \(by.rawValue)")
  }
}

extension Party: ExpressibleByArgument {}
