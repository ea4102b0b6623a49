internal import Binding
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Synchronization
internal import TermsModel
internal import TermsOperations
internal import Transparency

/// `GET /v1/developers/{id}/binding`: which words bind a developer. The call that a platform's gateway makes on every deploy.
struct BindingPrograms {
  let registry: TermsRegistry
  let access: Access
  let baseURL: String?
  /// Which program answers: another one may find another answer in the same record.
  let program: String
  private let key = TagKey()

  init(registry: TermsRegistry, access: Access, baseURL: String?, program: String) {
    self.registry = registry
    self.access = access
    self.baseURL = baseURL
    self.program = program
  }

  func add(to routes: RouteTable) {
    routes.get("/v1/developers/:id/binding", isQuick: true) { request, context in
      let id: DeveloperID = try context.identifier("id", "developer")
      try await access.require(request, { $0.mayRead(about: id) }, to: "read about '\(id)'")
      return try await answer(request, about: id, try Query(request, allowing: ["document", "at", "knownAt"]))
    }
  }

  private func answer(_ request: Request, about developer: DeveloperID, _ query: Query) async throws -> Answer {
    let (asked, knownAt) = (try query.moment("at"), try query.instant("knownAt"))
    let named: DocumentSlug? = try query.identifier("document")
    let now = registry.now()
    let isAboutNow = asked == nil && knownAt == nil
    let key = try await key.bytes(access.tokens)
    // Of what binds now, whether anything changed is known by less than the answer itself.
    if isAboutNow, let (tag, text) = BindingTag.given(in: request, program: program, key: key),
      let stamp = try await registry.record.bindingStamp(of: developer),
      tag.holds(stamp, about: developer, of: named, at: now)
    {
      return tag.unchanged(text, at: now, baseURL: baseURL)
    }
    let document = try await document(named, of: developer)
    let (answer, stamp) = try await registry.stampedAnswer(
      of: developer, under: document, at: asked ?? .instant(knownAt ?? now), knownAt: knownAt ?? now)
    let json = try JSONAnswer.text(BindingJSON(answer, at: (asked ?? .instant(answer.question.at)).description))
    var given = Answer(bytes: ByteBuffer(bytes: json), type: "application/json", cached: Answer.personal)
    let head = DeveloperHeaders(answer)
    if isAboutNow, !stamp.isAhead(of: now) {
      let tag = BindingTag(
        program: program, sequence: stamp.sequence, fingerprint: BindingTag.fingerprint(stamp, about: developer),
        until: answer.nextChange, head: head)
      given.headers[.eTag] = tag.text(signedWith: key)
    } else {
      // The moment of asking is in the answer, and alone makes it no other answer.
      let substance = String(decoding: json, as: UTF8.self).replacing("\"\(now)\"", with: "")
      given.headers[.eTag] = "W/\"\(SHA256Hex.digest(of: substance).prefix(32))\""
    }
    given.headers[.cacheControl] = Freshness.header(until: asked == nil ? answer.nextChange : nil, at: now)
    head.add(to: &given.headers, baseURL: baseURL)
    return given
  }

  private func document(_ named: DocumentSlug?, of developer: DeveloperID) async throws -> DocumentSlug {
    if let named { return named }
    let documents = try await registry.documents(of: developer)
    guard documents.count == 1 else {
      throw Problem.badRequest(
        "Which document?",
        "The developer has several; add document=SLUG: \(documents.map(\.rawValue).joined(separator: ", ")).")
    }
    return documents[0]
  }
}

/// The key that tags are signed with: the record's own, so that a tag is known again by whichever process is asked next.
private final class TagKey: Sendable {
  private let known = Mutex<[UInt8]?>(nil)

  func bytes(_ tokens: AccessRegistry) async throws -> [UInt8] {
    if let known = known.withLock({ $0 }) { return known }
    let key = try await tokens.linkKey()
    known.withLock { $0 = key }
    return key
  }
}

/// How long an answer about a developer may be used without asking again.
enum Freshness {
  /// The longest: what happens in the meantime (a new version, an ending) is seen by then at the latest.
  static let mostSeconds: Int64 = 3600

  /// Up to the next moment at which the answer changes by itself.
  static func header(until next: Instant?, at now: Instant) -> String {
    let left = next.map { max(0, ($0.milliseconds - now.milliseconds) / 1000) } ?? Self.mostSeconds
    return "private, max-age=\(min(left, Self.mostSeconds)), must-revalidate"
  }
}

/// What an answer to a developer says in its head: which terms bind, and what is pending, so that a program learns of it
/// before the day.
struct DeveloperHeaders: Hashable, Sendable {
  let document: DocumentSlug
  let version: VersionLabel?
  let pending: VersionLabel?
  /// From when what is pending binds; `nil` where no date is in sight.
  let pendingOn: CalendarDate?

  init(document: DocumentSlug, version: VersionLabel?, pending: VersionLabel?, pendingOn: CalendarDate?) {
    self.document = document
    self.version = version
    self.pending = pending
    self.pendingOn = pendingOn
  }

  init(_ answer: BindingAnswer) {
    // The first that is coming: one that waits for its notice has no day, and is told where nothing else is pending.
    let next = answer.pending.min { left, right in
      guard let day = left.standing.state.pendingDay else { return false }
      return right.standing.state.pendingDay.map { day < $0 } ?? true
    }
    self.init(
      document: answer.document, version: answer.version, pending: next?.version,
      pendingOn: next?.standing.state.pendingDay)
  }

  func add(to headers: inout HTTPFields, baseURL: String?) {
    if let version {
      headers[.link] = "<\(baseURL ?? "")/\(document)/versions/\(version)>; rel=\"terms-of-service\""
    }
    guard let pending else { return }
    headers[.pendingVersion] = "\(pending)" + (pendingOn.map { "; date=\($0)" } ?? "")
  }
}
