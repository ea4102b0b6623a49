internal import ArgumentParser
internal import TermsModel
internal import TermsOperations
internal import TermsStore

struct Search: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find words in every version of every document.",
    discussion: "Finds clauses that hold all the words, in any order; a phrase stands between quotation marks.")

  @OptionGroup var options: DatabaseOptions
  @Argument(help: "The words.") var words: [String]
  @Option(help: "In this document only.", transform: Arguments.identifier) var document: DocumentSlug?
  @Option(help: "At most so many clauses.", transform: Arguments.count) var limit = 20
  @Flag(help: "Print JSON.") var json = false

  func validate() throws {
    guard (1...1000).contains(limit) else { throw ValidationError("--limit takes a number from 1 to 1000") }
  }

  func run() async throws {
    let composition = try await Composition(options)
    let store = try composition.store(.readOnly)
    if let document { _ = try await composition.registry(over: store).requireDocument(document) }
    // The shell took the quotation marks off: an argument of several words is a phrase.
    let text = words.map { $0.contains(" ") && !$0.contains("\"") ? "\"\($0)\"" : $0 }.joined(separator: " ")
    let hits = try await store.search(try SearchWords(text).terms, in: document, limit: limit)
    if json { return try JSONOutput.print(hits.map(HitJSON.init)) }
    guard !hits.isEmpty else { return print("no clause of any version holds these words") }
    let (opening, closing) = Terminal.current.hasColor ? ("\u{1B}[1m", "\u{1B}[0m") : ("", "")
    for (index, hit) in hits.enumerated() {
      if index > 0 { print() }
      let name = [hit.label.isEmpty ? nil : "\(hit.label)", hit.heading].compactMap { $0 }.joined(separator: " ")
      print("\(hit.document)@\(hit.version)  \(name)")
      print("  \(hit.excerpt(marking: opening, closing).split(whereSeparator: \.isNewline).joined(separator: " "))")
      if !hit.alsoIn.isEmpty { print("  also in \(hit.alsoIn.map(\.rawValue).joined(separator: ", "))") }
    }
  }
}
