internal import ArgumentParser
internal import TermsModel
internal import TermsOperations
internal import TermsParsing

struct Import: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Put terms on record that were posted before: from a folder, a Markdown file, or a git history.",
    discussion: """
      A folder holds one folder a document, each with document.yaml and one Markdown file a version, named by its posting \
      date: 2025-12-17.md. A single file is named so that its date can be told: connector-terms-2025-12-17.md. With --git, \
      each commit of --path becomes a version, dated by the commit. Texts stand as they were, errors and all; what is on \
      record already is skipped.
      """)

  @OptionGroup var options: DatabaseOptions
  @Argument(help: "A folder of terms, or one Markdown file.") var source: String?
  @Option(help: "A git repository.") var git: String?
  @Option(help: "The file in that repository, from its root.") var path: String?
  @Option(
    name: .customLong("as"), help: "The document's slug, for --git; from the file's name where left out.",
    transform: Arguments.identifier)
  var slug: DocumentSlug?
  @Option(help: "The document's title, for --git.") var title: String?

  func validate() throws {
    guard (source == nil) != (git == nil) else {
      throw ValidationError("name a folder or file, or a repository with --git and --path")
    }
    guard (git == nil) == (path == nil) else { throw ValidationError("--git and --path go together") }
  }

  func run() async throws {
    let terms = try read()
    let registry = try await Composition(options).registry()
    for document in terms {
      print("\(document.document.slug): \(document.document.title)")
      try await registry.importTerms(document) { print("  " + Self.line($0)) }
    }
  }

  private func read() throws -> [ImportedTerms] {
    if let source { return try TermsFolder(path: source).documents() }
    let (git, path) = (git ?? "", path ?? "")
    let stem = path.split(separator: "/").last.map { $0.split(separator: ".").first.map(String.init) ?? "" } ?? ""
    guard let slug = slug ?? DocumentSlug(rawValue: stem.lowercased().replacing(" ", with: "-")) else {
      throw ValidationError("'\(stem)' makes no slug; give one with --as")
    }
    return [try GitHistory(repository: git, path: path).terms(as: slug, title: title)]
  }

  static func line(_ outcome: ImportOutcome) -> String {
    switch outcome.result {
    case .present:
      return "\(outcome.origin): on record already"
    case .posted(let publication):
      let draft = publication.draft
      var parts = ["\(draft.wording.provisions.count) clauses"]
      let changes = publication.posting.changes.count
      if changes > 0 { parts.append(changes == 1 ? "1 change" : "\(changes) changes") }
      let furniture = FurnitureSummary(draft.wording)
      if !furniture.isEmpty { parts.append("page furniture kept apart: \(furniture.places)") }
      let errors = draft.findings.count { $0.severity == .error }
      if errors > 0 { parts.append("\(errors) linter errors: see 'tenor lint'") }
      return "\(outcome.origin): version \(publication.posting.label), " + parts.joined(separator: ", ")
    }
  }
}
