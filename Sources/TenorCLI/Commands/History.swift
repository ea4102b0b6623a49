internal import ArgumentParser
internal import Binding
internal import TermsModel
internal import TermsOperations

struct History: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Show a document's versions, with dates and change counts; or a clause through all of them, with redlines.",
    discussion: """
      --certify answers "how many times were the terms amended, and when": each version with the hash of its text, the act \
      that posted it, and the proof that the act stands in the log as it was signed. With the key at hand the log is signed \
      first as it stands. --json gives the entries and the proofs for somebody else to check; 'tenor show' prints each text.
      """)

  @OptionGroup var options: DatabaseOptions
  @Argument(help: "The document.", transform: Arguments.identifier) var document: DocumentSlug
  @Option(
    help:
      "A clause by its label in the latest version that has it, or by its heading: \"7(a)\". Renumbering is followed.")
  var clause: String?
  @Option(help: "What had been posted by that day or moment; all where left out.", transform: Arguments.moment)
  var at: AskedMoment?
  @Option(help: "As known then; now where left out.", transform: Arguments.instant) var knownAt: Instant?
  @Flag(help: "Prove it: hashes, acts, and proofs under the signed log.") var certify = false
  @OptionGroup var key: KeyOptions
  @Flag(help: "Print JSON.") var json = false

  func validate() throws {
    if certify, clause != nil || at != nil || knownAt != nil {
      throw ValidationError(
        "--certify is about the whole document as it stands; leave --clause, --at and --known-at out")
    }
    if !certify, key.keyFile != nil { throw ValidationError("--key-file goes with --certify") }
  }

  func run() async throws {
    if certify { return try await showCertified() }
    if let clause { return try await show(clause) }
    let entries = try await Composition(options).reader().history(of: document, at: at, knownAt: knownAt)
    if json { return try JSONOutput.print(entries.map(HistoryJSON.init)) }
    guard !entries.isEmpty else {
      return print("nothing was posted of '\(document)' \(at == nil && knownAt == nil ? "yet" : "by then")")
    }
    var table = Table("version", "posted", "recorded", "material", "legal-required", "other", "")
    for entry in entries {
      let counts = ChangeClass.allCases.reduce(into: [:]) { $0[$1] = "\(entry.counts[$1] ?? 0)" }
      table.add(
        entry.version.label.rawValue, "\(entry.version.posting.happenedAt)", "\(entry.version.posting.recordedAt)",
        counts[.material] ?? "", counts[.legalRequired] ?? "", counts[.other] ?? "", entry.summary ?? "")
    }
    print(table.text)
    for entry in entries where entry.version.isWithdrawn {
      print("What was pending of version \(entry.version.label) was withdrawn.")
    }
  }

  private func showCertified() async throws {
    let composition = try await Composition(options)
    let store = try await composition.signedStore(key)
    let history = try await composition.registry(over: store).certifiedHistory(of: document, in: store)
    if json { return try JSONOutput.print(CertifiedHistoryJSON(history)) }
    print(CertifiedHistoryText(history).text)
  }

  private func show(_ clause: String) async throws {
    let lineages = try await Composition(options).reader().history(
      of: document, clause: clause, at: at, knownAt: knownAt)
    if json { return try JSONOutput.print(lineages.map(ClauseLineageJSON.init)) }
    var output = StandardOutput()
    for (index, lineage) in lineages.enumerated() {
      if index > 0 { output.write("\n") }
      ClauseLineageText(lineage, color: Terminal.current.hasColor).write(to: &output)
    }
    output.flush()
  }
}

struct HistoryJSON: Encodable {
  private struct Counts: Encodable {
    /// Whether what was pending of it was taken back.
    let withdrawn: Bool
    let changes: [String: Int]
  }

  private let posting: PostingJSON
  private let counts: Counts

  init(_ entry: HistoryEntry) {
    posting = PostingJSON(entry)
    counts = Counts(
      withdrawn: entry.version.isWithdrawn,
      changes: Dictionary(uniqueKeysWithValues: entry.counts.map { ($0.key.rawValue, $0.value) }))
  }

  func encode(to encoder: any Encoder) throws {
    try posting.encode(to: encoder)
    try counts.encode(to: encoder)
  }
}

struct Show: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the text of a version, as it was posted, or what it changed.",
    discussion: """
      DOCUMENT alone means its latest version; DOCUMENT@VERSION a certain one. --standing prints the text that binds who \
      joins now, where words of it were withdrawn that no posted text lacks. --redline shows the changes against the \
      version before it, with the classes that were decided; the options on how changes are shown belong to it. --json \
      without it prints the clauses with their labels and lineages.
      """)

  @OptionGroup var options: DatabaseOptions
  @Argument(help: "connector-terms, or connector-terms@2025-12-17.", transform: VersionReference.parse)
  var name: VersionReference
  @Flag(help: "Show what the version changed.") var redline = false
  @Flag(help: "Print the text that stands, put together where no version was posted with just its words.")
  var standing = false
  @OptionGroup var rendering: RenderingOptions

  func validate() throws {
    if standing, redline || name.version != nil {
      throw ValidationError("--standing prints the text of a document as it stands; leave out --redline and @VERSION")
    }
    if !redline, rendering.isForRedline {
      throw ValidationError(
        "--format, --side-by-side, --context and --only belong to --redline; add it, or leave them out")
    }
  }

  func run() async throws {
    let registry = try await Composition(options).reader()
    if redline {
      guard let comparison = try await registry.compareWithPredecessor(name.document, name.version) else {
        throw FirstVersionRefusal(document: name.document)
      }
      return try rendering.show(comparison, findings: [], terminal: .current)
    }
    var text = try await registry.text(of: name.document, version: name.version)
    if name.version == nil, let stands = try await registry.standingText(of: name.document), !stands.isPosted {
      if standing { text = stands.text }
      let departure = stands.departure ?? ""
      Terminal.complain(
        standing
          ? "note: put together of \(departure)"
          : "note: who joins now is bound by \(departure); 'tenor show \(name.document) --standing' prints that")
    }
    if rendering.json { return try JSONOutput.print(TextJSON(text, document: name.document)) }
    // Byte for byte, so that a digest of what is printed is the version's own; a terminal gets its line feed.
    print(text.source, terminator: text.source.hasSuffix("\n") || !Terminal.current.isInteractive ? "" : "\n")
  }
}

/// The changes of a version were asked for that has none before it.
struct FirstVersionRefusal: Refusal, Hashable {
  let document: DocumentSlug

  var description: String {
    "this is the first version of '\(document)', and changed nothing; print it without --redline"
  }
}

struct TextJSON: Encodable {
  struct Clause: Encodable {
    let lineage: Int
    let label: String
    let paragraph: Int
    let heading: String?
    let role: String
    let text: String
  }

  let document: DocumentSlug
  let version: VersionLabel
  let clauses: [Clause]

  init(_ text: PostedText, document: DocumentSlug) {
    self.document = document
    version = text.version
    clauses = text.clauses.map { clause in
      Clause(
        lineage: clause.lineage.rawValue, label: clause.label.description, paragraph: clause.paragraph,
        heading: clause.heading, role: clause.role.rawValue, text: clause.text)
    }
  }
}
