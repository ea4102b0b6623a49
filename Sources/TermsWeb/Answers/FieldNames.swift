internal import HTTPTypes

extension HTTPField.Name {
  static let link = named("Link")
  static let pendingVersion = named("Tenor-Pending-Version")
  static let idempotencyKey = named("Idempotency-Key")
  static let idempotencyReplayed = named("Idempotency-Replayed")
  static let secFetchSite = named("Sec-Fetch-Site")
  static let referrerPolicy = named("Referrer-Policy")
  static let permissionsPolicy = named("Permissions-Policy")

  /// - Precondition: `name` is a valid field name, as those above are.
  private static func named(_ name: String) -> HTTPField.Name {
    guard let field = HTTPField.Name(name) else { preconditionFailure("'\(name)' is no field name") }
    return field
  }
}
