internal import HTTPTypes
internal import Hummingbird
internal import Mustache

/// What went wrong, for a person as a page, for a program as `application/problem+json` (RFC 9457).
struct Problem: Error, Sendable {
  let status: HTTPResponse.Status
  let title: String
  let detail: String
  var headers: HTTPFields = [:]

  func page() -> Page {
    let escaped = Templates.compiled(
      "<h1>{{title}}</h1><p>{{detail}}</p><p><a href=\"/\">All documents</a></p>"
    )
    .html(["title": title, "detail": detail])
    return Page(title: title, body: escaped, status: status, headers: headers, cached: "no-store")
  }

  func json() -> Response {
    struct Body: Encodable {
      let type = "about:blank"
      let status: Int
      let title: String
      let detail: String
    }
    let body = (try? JSONAnswer.text(Body(status: status.code, title: title, detail: detail))) ?? []
    var fields = headers
    fields[.contentType] = "application/problem+json"
    fields[.cacheControl] = "no-store"
    return Response(status: status, headers: fields, body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
  }
}

extension Problem {
  static func badRequest(_ title: String, _ detail: String) -> Problem {
    Problem(status: .badRequest, title: title, detail: detail)
  }

  static let notFound = Problem(
    status: .notFound, title: "Not found", detail: "There is nothing at this address.")
}
