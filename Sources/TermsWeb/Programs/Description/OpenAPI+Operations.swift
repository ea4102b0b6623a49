internal import Transparency

extension OpenAPI {
  private static let paging = [
    query(
      "cursor", ["type": "string", "minLength": 1],
      "What the page before gave as 'next', as it is and for the same list: anything else is refused with 400. The first page where left out."
    ),
    query("limit", ["type": "integer", "minimum": 1, "maximum": 1000, "default": 100], "How many at most."),
  ]
  private static let document = query(
    "document", ["type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 64], "The document.")
  private static let requiredDocument = query(
    "document", ["type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 64], required: true,
    "The document.")
  private static let knownAt = query(
    "knownAt", ["type": "string", "format": "date-time"], "As known then; now where left out.")

  private static let oneself = "the developer, operator; questions: auditor, too"

  /// Every operation for programs, those under `/v1` in the order of the addresses.
  static let operations: [Operation] = documents + publishing + developers + acts + log + service

  private static let documents: [Operation] = [
    Operation(method: "get", path: "/v1/documents", summary: "Every document", answer: "Documents"),
    Operation(method: "get", path: "/v1/documents/{slug}", summary: "A document", answer: "Document"),
    Operation(
      method: "get", path: "/v1/documents/{slug}/versions", summary: "Its versions, the latest one first",
      parameters: paging, answer: "Versions"),
    Operation(
      method: "get", path: "/v1/documents/{slug}/versions/{version}", summary: "A version with its text",
      answer: "Version"),
    Operation(
      method: "get", path: "/v1/documents/{slug}/compare/{a}...{b}",
      summary: "Two versions compared, clause by clause", answer: "Comparison"),
    Operation(
      method: "get", path: "/v1/search", summary: "Words in every version",
      parameters: [
        query("q", ["type": "string", "minLength": 1], required: true, "The words; a phrase between quotation marks."),
        document,
        query("limit", ["type": "integer", "minimum": 1, "maximum": 1000, "default": 50], "How many at most."),
      ], answer: "Hits", problems: [404, 422]),
  ]

  private static let publishing: [Operation] = [
    Operation(
      method: "post", path: "/v1/documents/{slug}/reviews", summary: "What publishing a draft would do",
      access: "operator, auditor", body: "DraftToReview", answer: "Review"),
    Operation(
      method: "post", path: "/v1/documents/{slug}/drafts",
      summary: "Put a draft on the desk: Markdown, or Word, OpenDocument or HTML, which pandoc reads",
      access: "operator", body: "DraftToKeep", success: 201, answer: "KeptDraft"),
    Operation(
      method: "post", path: "/v1/documents/{slug}/approvals",
      summary: "Agree, as a second person, to the classes of a draft", access: "operator", body: "DraftToApprove",
      success: 201, answer: "Recorded"),
    Operation(
      method: "post", path: "/v1/documents/{slug}/versions", summary: "Publish the next version", access: "operator",
      body: "DraftToPublish", success: 201, answer: "Publication"),
    Operation(
      method: "post", path: "/v1/documents/{slug}/versions/{version}/withdrawal",
      summary: "Take back what is pending of a version", access: "operator", body: "Withdrawal", success: 201,
      answer: "Recorded"),
    Operation(
      method: "post", path: "/v1/notices/receipts", summary: "Record what became of a notice",
      access: "sender, operator", body: "Receipt", success: 201, answer: "Recorded"),
  ]

  private static let developers: [Operation] = [
    Operation(
      method: "get", path: "/v1/developers", summary: "Developers in the order of their identifiers",
      access: "operator, auditor", parameters: paging, answer: "Developers"),
    Operation(
      method: "post", path: "/v1/developers", summary: "Register a developer", access: "operator", body: "NewDeveloper",
      success: 201, answer: "Recorded"),
    Operation(
      method: "get", path: "/v1/developers/{id}", summary: "A developer", access: oneself, answer: "Developer"),
    Operation(
      method: "get", path: "/v1/developers/{id}/binding", summary: "Which words bind a developer, on any day, and why",
      access: oneself,
      parameters: [
        document, query("at", ["type": "string"], "A date, or a moment with an offset; now where left out."), knownAt,
      ], answer: "Binding", problems: [422]),
    Operation(
      method: "get", path: "/v1/developers/{id}/timeline", summary: "What bound and will bind a developer",
      access: oneself, parameters: [requiredDocument, knownAt], answer: "Timeline", problems: [422]),
    Operation(
      method: "get", path: "/v1/developers/{id}/notices", summary: "The notices given to a developer", access: oneself,
      parameters: [requiredDocument], answer: "NoticeSteps"),
    Operation(
      method: "get", path: "/v1/developers/{id}/evidence",
      summary:
        "A bundle that proves which words bind a developer, as far as the log was signed; without a seal, as the service has no key",
      access: oneself,
      parameters: [
        requiredDocument, query("at", ["type": "string"], "A date, or a moment with an offset; now where left out."),
        knownAt,
      ], type: "application/zip", problems: [422]),
  ]

  private static let acts: [Operation] = [
    Operation(
      method: "post", path: "/v1/developers/{id}/connectors", summary: "Create a connector, which is agreement",
      access: oneself, body: "NewConnector", success: 201, answer: "Recorded"),
    Operation(
      method: "delete", path: "/v1/developers/{id}/connectors/{connector}", summary: "Remove a connector",
      access: oneself, answer: "Recorded", problems: [422]),
    Operation(
      method: "post", path: "/v1/developers/{id}/acceptances", summary: "Accept a version, at once", access: oneself,
      body: "AboutVersion", success: 201, answer: "Recorded"),
    Operation(
      method: "post", path: "/v1/developers/{id}/declines", summary: "Decline a version", access: oneself,
      body: "AboutVersion", success: 201, answer: "Recorded"),
    Operation(
      method: "post", path: "/v1/developers/{id}/opt-outs", summary: "Keep the wording last agreed of some clauses",
      access: oneself, body: "OptOut", success: 201, answer: "Recorded"),
    Operation(
      method: "post", path: "/v1/developers/{id}/terminations", summary: "End the agreement", access: oneself,
      body: "Termination", success: 201, answer: "Recorded"),
  ]
  private static let size = query(
    "size", ["type": "integer", "minimum": 0], "The checkpoint of that many acts; the last one where left out.")

  private static let log: [Operation] = [
    Operation(
      method: "get", path: "/v1/log/checkpoint",
      summary: "The log as it was signed last (C2SP tlog-checkpoint)", parameters: [size], type: "text/plain",
      problems: [404]),
    Operation(
      method: "get", path: "/v1/log/proof",
      summary: "A proof that an act is in the log (C2SP tlog-proof, as text), or that the log only grew (as JSON)",
      parameters: [
        query("act", ["type": "integer", "minimum": 1], "The act's number, from 1."), size,
        query("from", ["type": "integer", "minimum": 1], "How many acts the log had."),
        query(
          "to", ["type": "integer", "minimum": 1], "How many it has; those under the last checkpoint where left out."),
      ], type: "text/plain", alternative: "Consistency", problems: [404]),
    Operation(
      method: "get", path: "/v1/log/keys", summary: "The keys that sign the log, the present one last",
      answer: "LogKeys"),
  ]

  private static let service: [Operation] = [
    Operation(method: "get", path: "/openapi.json", summary: "This description"),
    Operation(
      method: "get", path: "/healthz", summary: "Whether the service is well: 'ok'", type: "text/plain",
      isConditional: false),
    Operation(
      method: "get", path: "/metrics", summary: "How many requests were answered how, by route (Prometheus)",
      access: "operator, auditor", type: "text/plain", isConditional: false),
  ]
}
