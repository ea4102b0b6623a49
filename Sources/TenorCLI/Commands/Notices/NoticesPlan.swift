internal import ArgumentParser
internal import TermsModel
internal import TermsOperations

/// Plans what publishing could not, since who joined went on record later.
struct NoticesPlan: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Plan the notices that developers are owed and that no act planned.",
    discussion: """
      Publishing plans the notices of those who are on record as bound. Of somebody who had joined before, and was recorded \
      only afterwards, 'connectors add --at' and 'agree --at' plan what the rules require with the joining itself; an import \
      of many plans nothing, as they may have been told elsewhere. This command plans it for those who are bound and have an \
      address, wherever a change waits for its notice and nothing is known of one. 'tenor notices send' then sends it. Where \
      notices were given otherwise, record them with 'tenor notices record' instead.
      """)

  @OptionGroup var options: DatabaseOptions
  @Argument(help: "The developer; everybody who is bound where left out.", transform: Arguments.identifier)
  var developer: DeveloperID?
  @Option(help: "The document.", transform: Arguments.identifier) var document: DocumentSlug
  @Flag(help: "Say who would be told of what, and plan nothing.") var dryRun = false
  @Flag(help: "Print JSON.") var json = false

  func run() async throws {
    let composition = try await Composition(options)
    let registry = dryRun ? try composition.reader() : try composition.registry()
    let progress = Progress(label: "developers", shown: Terminal.current.isErrorInteractive && !json)
    var owed: [OwedNotice] = []
    let count = try await registry.planOwedNotices(
      of: document, to: developer, isTrial: dryRun, tell: { if dryRun || json { owed.append($0) } },
      looked: { progress.advance(by: $0) })
    progress.finish()
    if json { return try JSONOutput.print(owed.map(OwedNoticeJSON.init)) }
    guard count > 0 else { return print("no notice is missing: each that the rules require is planned or on record") }
    guard dryRun else {
      return print("notices: \(count) planned; 'tenor notices send' sends \(count == 1 ? "it" : "them")")
    }
    var table = Table("developer", "document", "version")
    for one in owed { table.add(one.developer.rawValue, one.document.rawValue, one.version.rawValue) }
    print(table.text)
  }
}

struct OwedNoticeJSON: Encodable {
  let developer: DeveloperID
  let document: DocumentSlug
  let version: VersionLabel

  init(_ owed: OwedNotice) {
    developer = owed.developer
    document = owed.document
    version = owed.version
  }
}
