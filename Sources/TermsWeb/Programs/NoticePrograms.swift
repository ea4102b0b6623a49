internal import Hummingbird
internal import TermsModel
internal import TermsOperations

/// What becomes of notices, reported by programs that send or receive them.
struct NoticePrograms {
  let registry: TermsRegistry
  let access: Access
  let repeating: Repeating

  private static let members = [
    "developer", "document", "version", "channel", "sentAt", "receivedAt", "failedAt", "reason",
  ]

  func add(to routes: RouteTable) {
    routes.post("/v1/notices/receipts") { request, context in
      let asker = try await access.require(request, \.mayRecordNotices, to: "record what became of notices")
      let body = try await JSONBody(request, context, allowing: Self.members)
      return try await repeating.once(request, by: asker, bytes: body.bytes) {
        let developer: DeveloperID = try body.required("developer", try body.identifier("developer"))
        let document: DocumentSlug = try body.required("document", try body.identifier("document"))
        let channel: NoticeChannel = try body.required("channel", try body.choice("channel"))
        guard channel != .posting else {
          throw Problem.badRequest("Wrong member", "'channel' takes email or courier: a posting is its own notice.")
        }
        let version = try await registry.acting(as: asker.actor).recordNotice(
          OutsideNotice(
            developer: developer, document: document, version: try body.identifier("version"), channel: channel,
            sentAt: try body.instant("sentAt"), receivedAt: try body.instant("receivedAt"),
            failedAt: try body.instant("failedAt"), reason: try body.text("reason")))
        let facts = try await registry.record.facts(of: developer, document: document)
        guard let fact = facts.notices.last else { throw Problem.notFound }
        var answer = try JSONAnswer.of(
          RecordedJSON(fact.occasion, document: document, version: version, developer: developer), cached: "no-store")
        answer.status = .created
        return answer
      }
    }
  }
}
