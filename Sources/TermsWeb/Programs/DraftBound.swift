internal import TermsModel
internal import TermsOperations
internal import TermsParsing

/// How much of a draft is taken over HTTP: several times the longest terms in use. What is longer would keep the processor
/// from everybody else for longer than somebody waits for a page.
enum DraftBound {
  static let mostClauses = 20_000
  /// No clause is shorter in its source.
  private static let leastBytes = 2

  /// - Throws: ``DraftTooLong``, or a ``ParseError`` where the text cannot be read.
  static func check(_ text: some StringProtocol) throws {
    guard text.utf8.count > mostClauses * leastBytes else { return }
    let clauses = try MarkdownParser.parse(Array(text.utf8)).clauses.count
    guard clauses <= mostClauses else { throw DraftTooLong(clauses: clauses) }
  }
}

/// A draft has more clauses than are taken over HTTP.
struct DraftTooLong: Refusal, Hashable {
  let clauses: Int

  var description: String {
    "the draft has \(clauses) clauses, paragraphs and items, and at most \(DraftBound.mostClauses) are taken here; take out what is "
      + "none, or divide it into several documents"
  }
}
