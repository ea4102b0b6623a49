internal import HTTPTypes
internal import Hummingbird
internal import Transparency

/// An answer whose bytes are known, with the tag by which whoever has them already need not be sent them again (RFC 9110,
/// section 13).
struct Answer: ResponseGenerator {
  var status = HTTPResponse.Status.ok
  var headers: HTTPFields
  let bytes: ByteBuffer

  /// For what anybody may keep and must ask about again.
  static let revalidated = "public, no-cache"
  /// For what concerns one asker.
  static let personal = "private, no-cache"

  init(text: String, type: String, cached: String = Self.revalidated) {
    self.init(bytes: ByteBuffer(string: text), type: type, cached: cached)
  }

  init(bytes: ByteBuffer, type: String, cached: String) {
    self.bytes = bytes
    headers = [.contentType: type, .cacheControl: cached]
  }

  /// The answer to whoever is known to have it already.
  static func unchanged(tag: String, cached: String) -> Answer {
    var answer = Answer(status: .notModified, headers: [.eTag: tag], bytes: ByteBuffer())
    answer.headers[.cacheControl] = cached
    return answer
  }

  private init(status: HTTPResponse.Status, headers: HTTPFields, bytes: ByteBuffer) {
    self.status = status
    self.headers = headers
    self.bytes = bytes
  }

  func response(from request: Request, context: some RequestContext) throws -> Response {
    if status == .notModified { return Response(status: status, headers: headers) }
    var headers = headers
    guard status == .ok, request.method == .get || request.method == .head, headers[.cacheControl] != "no-store" else {
      return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: bytes))
    }
    let tag = headers[.eTag] ?? EntityTag.of(bytes)
    headers[.eTag] = tag
    guard EntityTag.matches(request.headers[values: .ifNoneMatch], tag) else {
      return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: bytes))
    }
    headers[.contentType] = nil
    return Response(status: .notModified, headers: headers)
  }
}

/// Tags of answers.
enum EntityTag {
  static func of(_ bytes: ByteBuffer) -> String {
    "\"\(SHA256Hex.digest(of: Array(bytes.readableBytesView)).prefix(32))\""
  }

  /// Whether one of the tags in `If-None-Match` is the answer's, weak or strong alike (RFC 9110, section 13.1.2).
  static func matches(_ fields: [String], _ tag: String) -> Bool {
    let wanted = opaque(tag)
    return given(in: fields).contains { $0 == "*" || opaque($0) == wanted }
  }

  /// The tags in the fields of `If-None-Match`.
  static func given(in fields: [String]) -> [String] {
    fields.flatMap { field in field.utf8.split(separator: UInt8(ascii: ",")).map { Substring($0).trimmingSpaces() } }
  }

  private static func opaque(_ tag: String) -> String { tag.hasPrefix("W/") ? String(tag.dropFirst(2)) : tag }
}

/// Values as JSON for programs.
enum JSONAnswer {
  static func text(_ value: some Encodable) throws -> [UInt8] { try CanonicalJSON(encoding: value).encoded() }

  static func of(_ value: some Encodable, cached: String = Answer.revalidated) throws -> Answer {
    Answer(bytes: ByteBuffer(bytes: try text(value)), type: "application/json", cached: cached)
  }
}
