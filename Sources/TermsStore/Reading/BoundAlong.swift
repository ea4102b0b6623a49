internal import GRDB
internal import TermsModel

extension Database {
  /// The documents whose agreements bind to a document: itself, and those that name it as binding along (section 3.1,
  /// rule 12).
  ///
  /// - Returns: their numbers as JSON; `nil` where it is only itself, as is the rule.
  func documents(bindingTo document: DocumentSlug) throws -> String? {
    var names: [Int64: Bool] = [:]
    for row in try rows(HotQuery.namingDocuments, [document.rawValue]) { names[row["document_id"]] = row["names"] }
    let naming = names.filter(\.value).keys.sorted()
    guard !naming.isEmpty, let own = try one(Int64.self, "SELECT id FROM documents WHERE slug = ?", [document.rawValue])
    else { return nil }
    return "[" + ([own] + naming).map(String.init).joined(separator: ",") + "]"
  }
}
