import TermsModel
import TermsOperations
import TermsStore

/// The acts that are measured.
enum Sample {
  static let slug = made(DocumentSlug(rawValue: "connector-terms"))
  static let connector = made(ConnectorID(rawValue: "weather"))
  static let moment = made(Instant("2026-01-01T10:00:00Z"))

  static func id(_ number: Int) -> DeveloperID { made(DeveloperID(rawValue: "dev-\(number)")) }

  static func registrations(_ numbers: Range<Int>) -> [RecordedAct] {
    numbers.map { number in
      let person = Person(
        name: "Name of \(number)", email: EmailAddress(rawValue: "dev\(number)@example.com"),
        salt: String(repeating: "5a", count: 32))
      return RecordedAct(
        .developerAdded(
          DeveloperRegistration(
            id: id(number), region: made(Region(rawValue: "US")), hasAddress: true, commitment: person.commitment)),
        happenedAt: moment, person: person)
    }
  }

  /// A version of 60 clauses of 80 words.
  static func posting(_ version: String, basedOn: String?) -> VersionPosting {
    let words = String(repeating: "words of the clause ", count: 20)
    return VersionPosting(
      document: slug, label: made(VersionLabel(rawValue: version)),
      basedOn: basedOn.flatMap(VersionLabel.init(rawValue:)), sha256: String(repeating: "0", count: 64), summary: nil,
      title: "Terms",
      clauses: (1...60).map { number in
        PostedText.Clause(
          lineage: LineageID(rawValue: number), label: ClauseLabel(path: ["\(number)"]), heading: "Clause \(number)",
          text: words, source: words, role: .provision)
      }, changes: [])
  }

  private static func made<Value>(_ value: Value?) -> Value {
    guard let value else { preconditionFailure("the sample is malformed") }
    return value
  }
}

/// Puts acts on record together.
func record(_ acts: [RecordedAct], in store: TermsStore) async throws {
  _ = try await store.record(acts, by: "benchmark", at: Sample.moment)
}
