import TermsModel
import TermsOperations
import Testing

@testable import TermsStore

/// Words looked up in every version of every document.
@Suite struct SearchTests {
  private static func store() async throws -> TermsStore {
    let store = try TermsStore.inMemory()
    _ = try await store.record(
      [
        Sample.act(.documentAdded(Sample.document())), Sample.act(.documentAdded(Sample.document(Sample.other))),
        Sample.act(.versionPosted(Sample.posting("2025-12-17"))),
        Sample.act(
          .versionPosted(Sample.posting("2025-12-18", basedOn: "2025-12-17", words: "You may connect “at once”."))),
        Sample.act(.versionPosted(Sample.posting("2025-12-17", of: Sample.other, words: "Résumés are kept 30 days."))),
      ], by: "maria", at: Sample.start)
    return store
  }

  @Test(arguments: [
    ("connect", ["connector-terms@2025-12-18 +1"], "one clause, its latest wording first, the earlier one beside it"),
    ("once connect", ["connector-terms@2025-12-18 +0"], "all words, in any order"),
    ("\"connect at\"", ["connector-terms@2025-12-18 +0"], "a phrase"),
    ("\"at connect\"", [], "in its order"),
    ("resumes", ["service-terms@2025-12-17 +0"], "accents are folded"),
    ("30", ["service-terms@2025-12-17 +0"], "a number"),
    ("connect NOT once", [], "no syntax: 'not' is a word like any other"),
    ("30*", ["service-terms@2025-12-17 +0"], "nor is a star one"),
    ("a\"b", [], "a quotation mark that stands alone"),
  ])
  func `clauses are found by their words`(_ words: String, _ expected: [String], _ because: String) async throws {
    let hits = try await Self.store().search(try SearchWords(words).terms, in: nil, limit: 10)
    #expect(hits.map { "\($0.document)@\($0.version) +\($0.alsoIn.count)" } == expected, "\(because)")
  }

  @Test func `the words found are marked, and the clause is named`() async throws {
    let store = try await Self.store()
    let hit = try #require(try await store.search(["once"], in: Sample.slug, limit: 10).first)
    #expect(hit.excerpt(marking: "[", "]") == "You may connect “at [once]”.")
    #expect(hit.label.description == "1")
    #expect(hit.clause == LineageID(rawValue: 2))
    #expect(try await store.search(["once"], in: Sample.other, limit: 10).isEmpty, "in one document only")
    #expect(try store.verify() == [])
  }

  @Test(arguments: [
    ("", SearchRefusal.noWords), ("\" -- \"", .noWords), (String(repeating: "a", count: 501), .tooLong),
  ])
  func `nothing to look for is told`(_ words: String, _ refusal: SearchRefusal) {
    #expect(throws: refusal) { try SearchWords(words) }
  }

  @Test func `refusals say what to do`() {
    #expect("\(SearchRefusal.noWords)".contains("give one or more"))
    #expect("\(SearchRefusal.tooLong)".contains("give fewer words"))
  }
}
