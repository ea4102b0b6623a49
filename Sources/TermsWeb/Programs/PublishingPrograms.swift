internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import TermsModel
internal import TermsOperations
internal import TermsParsing

/// Reviewing, publishing and withdrawing for programs of the operator.
struct PublishingPrograms {
  let registry: TermsRegistry
  let drafts: any DraftRecord
  let access: Access
  let repeating: Repeating
  let outside: OutsideWorld

  private static let draftMembers = ["text", "postedAt", "decisions", "reason"]

  func add(to routes: RouteTable) {
    routes.post("/v1/documents/:slug/reviews") { request, context in
      let asker = try await access.require(request, \.mayReview, to: "review a draft")
      let slug: DocumentSlug = try context.identifier("slug", "document")
      let body = try await JSONBody(request, context, allowing: Self.draftMembers)
      return try await repeating.once(request, by: asker, bytes: body.bytes) {
        let review = try await registry.acting(as: asker.actor).review(
          slug, text: try Self.draft(body),
          postedAt: try body.instant("postedAt"), decisions: try Self.decisions(body))
        return try JSONAnswer.of(ReviewJSON(review), cached: "no-store")
      }
    }
    routes.post("/v1/documents/:slug/drafts") { request, context in
      let asker = try await access.require(request, \.mayPublish, to: "keep a draft")
      let slug: DocumentSlug = try context.identifier("slug", "document")
      let body = try await JSONBody(request, context, allowing: ["text", "format", "content"])
      return try await repeating.once(request, by: asker, bytes: body.bytes) {
        try await keepDraft(of: slug, body, by: asker)
      }
    }
    routes.post("/v1/documents/:slug/approvals") { request, context in
      let asker = try await access.require(request, \.mayPublish, to: "agree to classes")
      let slug: DocumentSlug = try context.identifier("slug", "document")
      let body = try await JSONBody(request, context, allowing: ["text", "decisions", "reason"])
      return try await repeating.once(request, by: asker, bytes: body.bytes) {
        let draft = try await registry.draft(slug, text: try Self.draft(body))
        let approval = try await registry.acting(as: asker.actor).approve(
          draft, decisions: try Self.decisions(body), reason: try body.required("reason", try body.text("reason")))
        var answer = try JSONAnswer.of(RecordedJSON(approval.occasion, document: slug), cached: "no-store")
        answer.status = .created
        return answer
      }
    }
    routes.post("/v1/documents/:slug/versions") { request, context in
      let asker = try await access.require(request, \.mayPublish, to: "publish")
      let slug: DocumentSlug = try context.identifier("slug", "document")
      let body = try await JSONBody(
        request, context, allowing: Self.draftMembers + ["version", "summary", "after"])
      return try await repeating.once(request, by: asker, bytes: body.bytes) {
        try await publish(slug, body, by: registry.acting(as: asker.actor))
      }
    }
    routes.post("/v1/documents/:slug/versions/:version/withdrawal") { request, context in
      let asker = try await access.require(request, \.mayPublish, to: "withdraw a version")
      let slug: DocumentSlug = try context.identifier("slug", "document")
      let version: VersionLabel = try context.identifier("version", "version")
      let body = try await JSONBody(request, context, allowing: ["reason", "at"])
      return try await repeating.once(request, by: asker, bytes: body.bytes) {
        let registry = registry.acting(as: asker.actor)
        let plan = try await registry.withdrawal(
          of: slug, version: version, reason: try body.required("reason", try body.text("reason")),
          at: try body.instant("at"))
        var answer = try JSONAnswer.of(
          RecordedJSON(try await registry.perform(plan), document: slug, version: plan.version), cached: "no-store")
        answer.status = .created
        return answer
      }
    }
  }

  /// Puts a draft on the desk, in Markdown, whatever it came as.
  private func keepDraft(of slug: DocumentSlug, _ body: JSONBody, by asker: Asker) async throws -> Answer {
    let format: DraftFormat? = try body.choice("format")
    var text = try body.text("text")
    guard (text == nil) == (format != nil) else {
      throw Problem.badRequest(
        "Which draft?", "Give the draft as 'text' in Markdown, or as 'format' and 'content', and not both.")
    }
    _ = try await registry.requireDocument(slug)
    if let format {
      let content = try body.required("content", try body.text("content"))
      guard let bytes = Data(base64Encoded: content) else {
        throw Problem.badRequest("Wrong member", "'content' takes the file's bytes in base64.")
      }
      text = try await outside.markdown(from: Array(bytes), format, of: slug, registry)
    }
    try DraftBound.check(text ?? "")
    let draft = try await registry.draft(slug, text: Array((text ?? "").utf8))
    let number = try await drafts.addDraft(of: slug, text: text ?? "", by: asker.actor, at: registry.now())
    var answer = try JSONAnswer.of(
      KeptDraftJSON(draft: number, document: slug, text: text ?? "", lint: draft.findings.map(\.description)),
      cached: "no-store")
    answer.status = .created
    answer.headers[.location] = "/desk/drafts/\(number)"
    return answer
  }

  private func publish(_ slug: DocumentSlug, _ body: JSONBody, by registry: TermsRegistry) async throws -> Answer {
    let begun = registry.now()
    let draft = try await registry.draft(slug, text: try Self.draft(body))
    try registry.requireUnovertaken(draft, since: begun, reviewed: try body.identifier("after"))
    let (postedAt, decisions) = (try body.instant("postedAt"), try Self.decisions(body))
    let review = try await registry.review(draft, postedAt: postedAt, decisions: decisions)
    let publication = try await registry.publish(
      draft, postedAt: postedAt, label: try body.identifier("version"), decisions: decisions,
      summary: try body.text("summary"))
    var answer = try JSONAnswer.of(PublicationJSON(publication, dates: review.dates), cached: "no-store")
    answer.status = .created
    answer.headers[.location] = "/v1/documents/\(slug)/versions/\(publication.posting.label)"
    return answer
  }

  private static func draft(_ body: JSONBody) throws -> [UInt8] {
    let text = try body.required("text", try body.text("text"))
    try DraftBound.check(text)
    return Array(text.utf8)
  }

  private static func decisions(_ body: JSONBody) throws -> Decisions {
    Decisions(
      overrides: try body.objects("decisions", allowing: ["clause", "class", "basis"]).map { decision in
        Decisions.Override(
          clause: try decision.required("clause", try decision.text("clause")),
          changeClass: try decision.required("class", try decision.choice("class")),
          legalBasis: try decision.text("basis"))
      }, reason: try body.text("reason"))
  }
}

/// A draft on the desk.
struct KeptDraftJSON: Encodable {
  let draft: Int64
  let document: DocumentSlug
  /// In Markdown, as it will be reviewed.
  let text: String
  let lint: [String]
}
