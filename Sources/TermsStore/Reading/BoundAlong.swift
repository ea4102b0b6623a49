internal import GRDB
internal import TermsModel

extension Database {
  /// The documents whose agreements bind to whatever is posted of a document: itself, and those that name it as binding along
  /// in whatever version binds (section 3.1, rule 12).
  ///
  /// - Returns: their numbers as JSON; `nil` where it is only itself, as is the rule.
  func documents(bindingTo document: DocumentSlug) throws -> String? {
    var names: [Int64: NamingAgreement.Reference] = [:]
    for row in try rows(HotQuery.namingDocuments, [document.rawValue]) {
      names[row["document_id"]] = try NamedDocuments.reference(row)
    }
    let naming = names.filter { $0.value == .floating }.keys.sorted()
    guard !naming.isEmpty, let own = try one(Int64.self, "SELECT id FROM documents WHERE slug = ?", [document.rawValue])
    else { return nil }
    return "[" + ([own] + naming).map(String.init).joined(separator: ",") + "]"
  }
}
