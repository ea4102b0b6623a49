internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Mustache

/// What went wrong, for a person as a page, for a program as `application/problem+json` (RFC 9457).
struct Problem: Error, Sendable {
  let status: HTTPResponse.Status
  let title: String
  let detail: String

  func page() -> Page {
    let escaped = Templates.compiled(
      "<main><h1>{{title}}</h1><p>{{detail}}</p><p><a href=\"/\">All documents</a></p></main>"
    )
    .render(["title": title, "detail": detail])
    return Page(title: title, body: escaped, status: status)
  }

  func json() -> Response {
    struct Body: Encodable {
      let status: Int
      let title: String
      let detail: String
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let body = (try? encoder.encode(Body(status: status.code, title: title, detail: detail))) ?? Data()
    return Response(
      status: status, headers: [.contentType: "application/problem+json"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
  }
}
