internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import TermsModel
internal import TermsOperations

/// Signing in and out.
struct SessionRoutes {
  let sessions: Sessions

  func add(to routes: RouteTable) {
    routes.get("/sign-in") { request, _ in
      SessionPages.signIn(next: Self.local(try Query(page: request, allowing: ["next"])["next"]))
    }
    routes.post("/sign-in") { request, context in
      let form = try await FormFields(request, context)
      let next = Self.local(form["next"])
      guard let text = form["token"], let token = try await sessions.tokens.check(text.trimmed) else {
        return SessionPages.signIn(next: next, refusal: "The token is unknown, expired or revoked.")
      }
      guard try await !sessions.isErased(token.role) else {
        return SessionPages.signIn(next: next, refusal: "\(Self.erased).")
      }
      let home = if case .developer = token.role { "/me" } else { "/desk" }
      return Self.redirect(to: next ?? home, cookie: try await sessions.begin(with: token))
    }
    routes.post("/sign-out") { request, context in
      guard let session = try await sessions.session(request) else {
        return Self.redirect(to: "/", cookie: Sessions.noCookie)
      }
      _ = try await FormFields(request, context, of: session)
      try await sessions.end(session)
      return Self.redirect(to: "/", cookie: Sessions.noCookie)
    }
    routes.get("/me/in/:link") { request, context in
      let text = try context.parameters.require("link")
      let link = text.removingPercentEncoding ?? text
      guard let cookie = try await sessions.begin(withLink: link) else {
        if try await sessions.isOfErased(link: link) {
          throw Problem(status: .forbidden, title: "This link is closed", detail: "\(Self.erased). \(Self.stays)")
        }
        throw Problem(
          status: .forbidden, title: "This link is no good",
          detail:
            "It is older than \(DeveloperLinks.days) days, or was copied in part. The link in the latest notice works; "
            + "a token of yours does, too.")
      }
      let document = try Query(page: request, allowing: ["document"])["document"].flatMap(DocumentSlug.init(rawValue:))
      return Self.redirect(to: document.map { "/me/\($0)" } ?? "/me", cookie: cookie)
    }
  }

  private static let erased = "Name and address of this developer were erased, and with that these pages were closed"
  private static let stays =
    "What was agreed stays as it is: whoever runs this service can say what binds, and record what a developer does."

  /// An address of this service, and no other.
  private static func local(_ next: String?) -> String? {
    guard let next, next.hasPrefix("/"), !next.hasPrefix("//"), !next.contains("\\"),
      next.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
    else { return nil }
    return next
  }

  private static func redirect(to address: String, cookie: String) -> Response {
    Response(status: .seeOther, headers: [.location: address, .setCookie: cookie, .cacheControl: "no-store"])
  }
}

extension String {
  var trimmed: String { Substring(self).trimmingSpaces() }
}
