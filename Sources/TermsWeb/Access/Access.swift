internal import HTTPTypes
internal import Hummingbird
internal import TermsModel
internal import TermsOperations

/// Who asks, and what they may do.
struct Asker: Sendable {
  let role: Role
  /// How the log names them.
  let actor: String
}

/// Finds out who asks.
///
/// A bearer token says it. Until the first token is created, a service on a loopback address answers questions (and does
/// nothing) for whoever reaches it, so that it can be tried out; a request that a proxy passed on, or that a page of another
/// site made a browser send, is never taken for one.
struct Access: Sendable {
  let tokens: AccessRegistry
  let isLoopback: Bool

  /// - Returns: `nil` where nobody says who they are.
  /// - Throws: a problem (401) where a token is no good.
  func asker(_ request: Request) async throws -> Asker? {
    guard let header = request.headers[.authorization] else { return nil }
    guard let text = Self.bearer(header), let token = try await tokens.check(text)
    else { throw Self.unauthorized("The token is unknown, expired or revoked.", error: "invalid_token") }
    return Asker(role: token.role, actor: token.actor)
  }

  /// What stands after the scheme, whose name is written in letters of either case (RFC 9110, section 11.1).
  private static func bearer(_ header: String) -> String? {
    let scheme = header.utf8.prefix(7)
    // Letters differ from capitals in one bit; a space has it set.
    guard scheme.map({ $0 | 0x20 }) == Array("bearer ".utf8), scheme.last == UInt8(ascii: " ") else { return nil }
    return Substring(header.utf8.dropFirst(7)).trimmingSpaces()
  }

  /// - Throws: a problem: 401 where nobody says who they are, 403 where they may not.
  @discardableResult
  func require(_ request: Request, _ isAllowed: (Role) -> Bool, to what: String) async throws -> Asker {
    if let asker = try await asker(request) {
      guard isAllowed(asker.role) else {
        throw Problem(status: .forbidden, title: "Not allowed", detail: "The role '\(asker.role)' may not \(what).")
      }
      return asker
    }
    if isAllowed(.auditor), isLoopback, !Self.isPassedOn(request), request.headers[.origin] == nil,
      Self.isOfThisMachine(authority: request.head.authority), try await !tokens.record.hasTokens()
    {
      return Asker(role: .auditor, actor: "loopback")
    }
    throw Self.unauthorized(
      "A token is needed to \(what): send it as 'Authorization: Bearer TOKEN'. 'tenor tokens create' makes one.")
  }

  /// Whether an address is this machine's own name for itself. By another one, which somebody gave out for this address, a page
  /// of theirs would read the record in the browser of whoever has the service running.
  /// - Parameter authority: of the request, as `Host` says it; a program that is no browser may have none.
  static func isOfThisMachine(authority: String?) -> Bool {
    guard let authority else { return true }
    let name = authority.hasPrefix("[") ? authority.prefix { $0 != "]" } + "]" : authority.prefix { $0 != ":" }
    return ["localhost", "127.0.0.1", "[::1]"].contains(name.lowercased())
  }

  private static func isPassedOn(_ request: Request) -> Bool {
    ["Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"].contains { name in
      HTTPField.Name(name).map { request.headers[$0] != nil } ?? false
    }
  }

  private static func unauthorized(_ detail: String, error: String? = nil) -> Problem {
    Problem(
      status: .unauthorized, title: "No access", detail: detail,
      headers: [.wwwAuthenticate: "Bearer realm=\"tenor\"" + (error.map { ", error=\"\($0)\"" } ?? "")])
  }
}

extension Substring {
  func trimmingSpaces() -> String {
    // By bytes: every request comes by here, and letter by letter this took longer than all that the record is asked.
    func isWord(_ byte: UInt8) -> Bool { byte != UInt8(ascii: " ") && byte != UInt8(ascii: "\t") }
    guard let first = utf8.firstIndex(where: isWord), let last = utf8.lastIndex(where: isWord) else { return "" }
    return String(self[first..<utf8.index(after: last)])
  }
}
