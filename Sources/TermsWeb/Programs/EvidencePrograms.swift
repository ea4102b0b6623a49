internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import TermsModel
internal import TermsOperations

/// `GET /v1/developers/{id}/evidence`: a bundle that proves which words bind a developer.
///
/// The service holds no key that signs: a bundle covers what the last checkpoint covers, and bears no seal, as its page says.
struct EvidencePrograms {
  let registry: TermsRegistry
  let record: any EvidenceRecord
  let access: Access

  func add(to routes: RouteTable) {
    routes.get("/v1/developers/:id/evidence") { request, context in
      let id: DeveloperID = try context.identifier("id", "developer")
      try await access.require(request, { $0.mayRead(about: id) }, to: "read about '\(id)'")
      let query = try Query(request, allowing: ["document", "at", "knownAt"])
      guard let document: DocumentSlug = try query.identifier("document") else {
        throw Problem.badRequest("Which document?", "Add document=SLUG.")
      }
      let bundle = try await EvidenceExporter(record: record, now: registry.now, actor: registry.actor).bundle(
        of: id, under: document, at: try query.moment("at"), knownAt: try query.instant("knownAt"))
      var answer = Answer(bytes: ByteBuffer(bytes: bundle.bytes), type: "application/zip", cached: Answer.personal)
      answer.headers[.contentDisposition] = "attachment; filename=\"evidence-\(document).zip\""
      return answer
    }
  }
}
