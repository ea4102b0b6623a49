internal import HTTPTypes
internal import Hummingbird
internal import TermsModel
internal import TermsOperations
internal import Transparency

/// Who uses the pages: somebody who came by a link or signed in with a token.
struct Session: Sendable {
  let asker: Asker
  /// What every form of this session carries, so that no other site can send one.
  let formToken: String
  /// By what it is known once it was signed out: nothing that opens anything.
  let cookieSHA256: String
  /// When it runs out by itself.
  let expiresAt: Instant

  /// The developer whose pages are theirs.
  var developer: DeveloperID? {
    if case .developer(let id) = asker.role { id } else { nil }
  }
}

/// Begins sessions and knows them again. A session is a signed ticket in a cookie, of which nothing is kept until it is
/// signed out; that is on record then, so that every process of the service knows it, now and after it began anew.
struct Sessions: Sendable {
  let tokens: AccessRegistry
  let registry: TermsRegistry

  static let cookie = "__Host-tenor"
  /// For how long a session is good.
  static let seconds: Int64 = 12 * 3600

  // MARK: Knowing again

  func session(_ request: Request) async throws -> Session? {
    guard let text = request.cookies[Self.cookie]?.value else { return nil }
    let key = try await tokens.linkKey()
    let tickets = [SignedTicket.Purpose.token, .developer].lazy.compactMap {
      SignedTicket(text, for: $0, key: key, at: tokens.now())
    }
    guard let ticket = tickets.first, let asker = try await asker(ticket), try await !isErased(asker.role) else {
      return nil
    }
    let digest = SHA256Hex.digest(of: text)
    if try await tokens.record.isSessionEnded(digest) { return nil }
    return Session(
      asker: asker, formToken: KeyedHash.hex(of: "form~\(text)", key: key), cookieSHA256: digest,
      expiresAt: ticket.expiresAt)
  }

  /// Who uses a session; `nil` where it is nobody any more.
  private func asker(_ ticket: SignedTicket) async throws -> Asker? {
    let subject = Self.subject(of: ticket)
    guard ticket.purpose == .token else {
      return DeveloperID(rawValue: subject).map { Asker(role: .developer($0), actor: "developer:\($0) by link") }
    }
    guard let token = try await tokens.record.token(subject)?.token, token.isGood(at: tokens.now()) else { return nil }
    return Asker(role: token.role, actor: token.actor)
  }

  /// Whether it is a developer's session, and their name and address were erased: nothing is left to know them by.
  func isErased(_ role: Role) async throws -> Bool {
    guard case .developer(let id) = role else { return false }
    return try await registry.record.developer(id)?.erased == true
  }

  /// Whether a developer's link would be good, had their name and address not been erased.
  func isOfErased(link text: String) async throws -> Bool {
    let ticket = SignedTicket(text, for: .link, key: try await tokens.linkKey(), at: tokens.now())
    guard let id = ticket.flatMap({ DeveloperID(rawValue: $0.subject) }) else { return false }
    return try await isErased(.developer(id))
  }

  /// The session, or the way to the page that begins one.
  func require(_ request: Request, _ isAllowed: (Role) -> Bool, to what: String) async throws -> Session {
    guard let session = try await session(request) else {
      throw SignInNeeded(next: request.method == .get ? request.uri.path : nil)
    }
    guard isAllowed(session.asker.role) else {
      throw Problem(
        status: .forbidden, title: "Not allowed", detail: "The role '\(session.asker.role)' may not \(what).")
    }
    return session
  }

  // MARK: Beginning and ending

  /// A session for whoever holds a token.
  func begin(with token: AccessToken) async throws -> String {
    let end = min(tokens.now().adding(seconds: Self.seconds), token.expiresAt)
    return try await cookie(.init(purpose: .token, subject: subject(token.id), expiresAt: end))
  }

  /// A session for whoever holds a developer's link; `nil` where it is no good.
  func begin(withLink text: String) async throws -> String? {
    let key = try await tokens.linkKey()
    guard let ticket = SignedTicket(text, for: .link, key: key, at: tokens.now()),
      let id = DeveloperID(rawValue: ticket.subject), let entry = try await registry.record.developer(id), !entry.erased
    else { return nil }
    let end = min(tokens.now().adding(seconds: Self.seconds), ticket.expiresAt)
    return try await cookie(.init(purpose: .developer, subject: subject(id.rawValue), expiresAt: end))
  }

  /// Ends a session, so that its cookie opens nothing any more, whoever holds a copy.
  func end(_ session: Session) async throws {
    try await tokens.record.endSession(session.cookieSHA256, until: session.expiresAt, at: tokens.now())
  }

  /// Whose session a ticket is. What stands after `!`, which no name has, tells sessions of one moment apart.
  private static func subject(of ticket: SignedTicket) -> String { String(ticket.subject.prefix { $0 != "!" }) }

  private func subject(_ name: String) -> String { "\(name)!\(tokens.makeSecret().prefix(16))" }

  private func cookie(_ ticket: SignedTicket) async throws -> String {
    let age = max(0, (ticket.expiresAt.milliseconds - tokens.now().milliseconds) / 1000)
    return Self.header(ticket.signed(with: try await tokens.linkKey()), age: age)
  }

  static var noCookie: String { header("", age: 0) }

  private static func header(_ value: String, age: Int64) -> String {
    "\(cookie)=\(value); Path=/; Max-Age=\(age); HttpOnly; Secure; SameSite=Lax"
  }
}

/// A page was asked for that needs a session.
struct SignInNeeded: Error {
  /// Where to go afterwards.
  let next: String?
}

/// What a form of ours sent: its fields, each known and given once, and the session's own token among them.
struct FormFields: Sendable {
  private let values: [String: [String]]
  private let files: [String: MultipartForm.Part]

  var names: [String] { values.keys.sorted() }

  /// - Throws: a problem: 403 where the form is not from a page of this session.
  init(_ request: Request, _ context: WebContext, of session: Session) async throws {
    try await self.init(request, context)
    guard let token = self["form"], areEqualInConstantTime(token, session.formToken) else {
      throw Problem(
        status: .forbidden, title: "Not from our page",
        detail: "The form is too old or came from elsewhere: go back, load the page again and send it again.")
    }
  }

  init(_ request: Request, _ context: WebContext) async throws {
    let boundary = MultipartForm.boundary(of: request.headers[.contentType])
    guard
      boundary != nil || request.headers[.contentType]?.hasPrefix("application/x-www-form-urlencoded") == true
    else {
      throw Problem(status: .unsupportedMediaType, title: "Not a form", detail: "Send the form as the page does.")
    }
    // A page of another site may not send it, whatever cookie goes along.
    if let site = request.headers[.secFetchSite], !["same-origin", "none"].contains(site) {
      throw Problem(status: .forbidden, title: "Not from our page", detail: "The form came from another site.")
    }
    if let boundary {
      let parts = try await MultipartForm(request, context, boundary: boundary).parts
      values = try parts.filter { $0.value.fileName == nil }.mapValues { part in
        guard let text = String(validating: part.bytes, as: UTF8.self) else {
          throw Problem.badRequest("Unreadable form", "The form is not UTF-8.")
        }
        return [text]
      }
      // A file that nobody chose comes without a name and without a byte.
      files = parts.filter { $0.value.fileName?.isEmpty == false && !$0.value.bytes.isEmpty }
      return
    }
    files = [:]
    let buffer = try await request.wholeBody(context)
    guard let text = String(validating: buffer.readableBytesView, as: UTF8.self) else {
      throw Problem.badRequest("Unreadable form", "The form is not UTF-8.")
    }
    var values: [String: [String]] = [:]
    for part in text.split(separator: "&") {
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = Query.decoded(sides[0]), let value = Query.decoded(sides.count == 2 ? sides[1] : "") else {
        throw Problem.badRequest("Unreadable form", "The form is not percent-encoded UTF-8.")
      }
      values[name, default: []].append(value)
    }
    self.values = values
  }

  /// The field, where it holds any words.
  subscript(name: String) -> String? {
    guard let value = values[name]?.last, !value.allSatisfy(\.isWhitespace) else { return nil }
    return value
  }

  /// The file that was chosen in a field; `nil` where none was.
  func file(_ name: String) -> MultipartForm.Part? { files[name] }

  /// The field as it came, line ends as line feeds.
  func raw(_ name: String) -> String? { values[name]?.last?.replacing("\r\n", with: "\n") }
}
