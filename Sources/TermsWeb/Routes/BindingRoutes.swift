internal import Binding
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import TermsModel
internal import TermsOperations
internal import Transparency

/// `GET /v1/developers/{id}/binding`: which words bind a developer, for programs.
struct BindingRoutes {
  let registry: TermsRegistry
  let access: Access
  let baseURL: String?

  func add(to router: Router<BasicRequestContext>) {
    router.get("/v1/developers/:id/binding") { request, context in
      try access.check(request)
      return try await answer(request, id: try context.parameters.require("id"))
    }
  }

  private func answer(_ request: Request, id: String) async throws -> Response {
    guard let developer = DeveloperID(rawValue: id) else {
      throw Problem(status: .notFound, title: "Not found", detail: "A developer's identifier has \(DeveloperID.form).")
    }
    let query = request.uri.queryParameters
    let document = try await document(named: query["document"].map(String.init), of: developer)
    let asked = try query["at"].map { try moment(String($0)) }
    let knownAt = try query["knownAt"].map { try instant(String($0), parameter: "knownAt") }
    let now = registry.now()
    let answer = try await registry.answerBinding(
      of: developer, under: document, at: asked ?? .instant(knownAt ?? now), knownAt: knownAt ?? now)

    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let json = try encoder.encode(BindingJSON(answer, at: (asked ?? .instant(answer.question.at)).description))
    var headers: HTTPFields = [.contentType: "application/json"]
    headers[.cacheControl] = "private, max-age=0, must-revalidate"
    if let baseURL, let version = answer.version, let name = HTTPField.Name("Link") {
      headers[name] = "<\(baseURL)/\(document)/versions/\(version)>; rel=\"terms-of-service\""
    }
    if let next = answer.pending.first, let name = HTTPField.Name("Tenor-Pending-Version") {
      headers[name] = "\(next.version)" + (Self.day(of: next.standing.state).map { "; date=\($0)" } ?? "")
    }
    return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: json)))
  }

  private static func day(of state: BindingAnswer.State) -> CalendarDate? {
    switch state {
    case .pending(let day): day
    default: nil
    }
  }

  private func document(named name: String?, of developer: DeveloperID) async throws -> DocumentSlug {
    if let name {
      guard let slug = DocumentSlug(rawValue: name) else {
        throw Problem(status: .badRequest, title: "No document", detail: "A document's name has \(DocumentSlug.form).")
      }
      return slug
    }
    let documents = try await registry.documents(of: developer)
    guard documents.count == 1 else {
      throw Problem(
        status: .badRequest, title: "Which document?",
        detail: "The developer has several; add document=SLUG: \(documents.map(\.rawValue).joined(separator: ", ")).")
    }
    return documents[0]
  }

  private func moment(_ text: String) throws -> AskedMoment {
    if let date = CalendarDate(text) { return .date(date) }
    return .instant(try instant(text, parameter: "at"))
  }

  private func instant(_ text: String, parameter: String) throws -> Instant {
    // A plus sign that was not escaped arrives as a space.
    guard let instant = Instant(text) ?? Instant(text.replacing(" ", with: "+")) else {
      throw Problem(
        status: .badRequest, title: "No moment",
        detail: "'\(parameter)' takes a moment with an offset, such as 2026-01-31T09:00:00-08:00.")
    }
    return instant
  }
}

/// Who may ask about a developer.
///
/// Until roles stand, one token serves all programs of the operator; without one the answers are given only where nobody
/// from outside can ask: on a loopback address.
struct Access: Sendable {
  let token: String?
  let isLoopback: Bool

  func check(_ request: Request) throws {
    guard let token else {
      guard isLoopback else {
        throw Problem(
          status: .unauthorized, title: "No access",
          detail: "Answers about developers need a token: set TENOR_API_TOKEN where the service runs.")
      }
      return
    }
    let given = request.headers[.authorization].map { $0.hasPrefix("Bearer ") ? String($0.dropFirst(7)) : "" } ?? ""
    // Digests are compared, all of them, so that the time taken tells nothing of the token.
    let (left, right) = (Array(SHA256Hex.digest(of: given).utf8), Array(SHA256Hex.digest(of: token).utf8))
    guard zip(left, right).reduce(0, { $0 | ($1.0 ^ $1.1) }) == 0 else {
      throw Problem(
        status: .unauthorized, title: "No access", detail: "Send the token as 'Authorization: Bearer TOKEN'.")
    }
  }
}
