internal import ArgumentParser
internal import TermsModel
internal import TermsOperations
internal import TermsStore

struct Tokens: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Who may use the web service, as what, until when.",
    discussion: """
      Roles: operator (everything), developer:ID (read and act for one developer), sender (record what became of notices), \
      auditor (read everything, change nothing).
      """,
    subcommands: [Create.self, List.self, Revoke.self])

  private static func role(_ text: String) throws -> Role {
    guard let role = Role(text) else { throw ValidationError("expected \(Role.form)") }
    return role
  }

  struct Create: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Create a token and print it, once: only its hash is kept.")

    @OptionGroup var options: DatabaseOptions
    @Argument(help: "operator, developer:ID, sender or auditor.", transform: Tokens.role) var role: Role
    @Option(help: "How many days it is good for.") var days = AccessRegistry.usualDays
    @Option(help: "What it is for.") var note: String?
    @Flag(help: "Print JSON.") var json = false

    func run() async throws {
      let composition = try await Composition(options)
      let store = try composition.store(.openExisting)
      if case .developer(let id) = role { _ = try await composition.registry(over: store).requireDeveloper(id) }
      let (token, text) = try await composition.access(over: store).createToken(role: role, days: days, note: note)
      if json {
        return try JSONOutput.print(TokenJSON(token, at: Composition.now(), text: text.revealed))
      }
      Terminal.complain("token \(token.id) for \(token.role), good until \(token.expiresAt); it is shown this once:")
      print(text.revealed)
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show every token, without its secret.")

    @OptionGroup var options: DatabaseOptions
    @Flag(help: "Print JSON.") var json = false

    func run() async throws {
      let composition = try await Composition(options)
      let tokens = try await composition.access(over: try composition.store(.readOnly)).record.tokens()
      let now = Composition.now()
      if json { return try JSONOutput.print(tokens.map { TokenJSON($0, at: now) }) }
      guard !tokens.isEmpty else { return print("no tokens; create one with 'tenor tokens create ROLE'") }
      var table = Table("Token", "Role", "State", "Created", "By", "Good until", "For")
      for token in tokens {
        table.add(
          token.id, token.role.description, TokenJSON.state(of: token, at: now), "\(token.createdAt)", token.createdBy,
          "\(token.expiresAt)", token.note ?? "")
      }
      print(table.text)
    }
  }

  struct Revoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Take a token's rights away, at once.")

    @OptionGroup var options: DatabaseOptions
    @Argument(help: "The token's identifier, as 'tenor tokens list' shows it.") var token: String

    func run() async throws {
      let composition = try await Composition(options)
      try await composition.access(over: try composition.store(.openExisting)).revokeToken(token)
      print("revoked token \(token)")
    }
  }
}

/// A token as programs read it; its text only right after it was created.
struct TokenJSON: Encodable {
  let id: String
  let role: String
  let state: String
  let createdAt: Instant
  let createdBy: String
  let expiresAt: Instant
  let revokedAt: Instant?
  let note: String?
  let token: String?

  init(_ token: AccessToken, at now: Instant, text: String? = nil) {
    id = token.id
    role = token.role.description
    state = Self.state(of: token, at: now)
    createdAt = token.createdAt
    createdBy = token.createdBy
    expiresAt = token.expiresAt
    revokedAt = token.revokedAt
    note = token.note
    self.token = text
  }

  static func state(of token: AccessToken, at now: Instant) -> String {
    if token.revokedAt != nil { return "revoked" }
    return token.isGood(at: now) ? "good" : "expired"
  }
}
