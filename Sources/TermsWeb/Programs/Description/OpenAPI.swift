internal import Transparency

/// The interface for programs, described (OpenAPI 3.1).
struct OpenAPI {
  let baseURL: String?

  /// An operation as it is described.
  struct Operation {
    let method: String
    let path: String
    let summary: String
    /// Who may ask; `nil` for everybody.
    var access: String?
    var parameters: [CanonicalJSON] = []
    var body: String?
    var success = 200
    /// The schema of the answer; `nil` for one that is no JSON of ours.
    var answer: String?
    var type = "application/json"
    /// The schema of the JSON that the same address gives to other questions.
    var alternative: String?
    var isConditional = true
    var problems: [Int] = []
  }

  var text: String {
    get throws {
      var paths: [String: CanonicalJSON.Members] = [:]
      for operation in Self.operations {
        paths[operation.path, default: .init([])][operation.method] = Self.describe(operation)
      }
      let server = Self.object([("url", .string(baseURL ?? "/"))])
      return try Self.object([
        ("openapi", "3.1.0"), ("info", Self.info), ("servers", .array([server])),
        ("paths", Self.object(paths.map { ($0.key, CanonicalJSON.object($0.value)) })),
        ("components", Self.object([("securitySchemes", Self.security), ("schemas", Self.schemas)])),
      ]).text()
    }
  }

  static func object(_ members: [(String, CanonicalJSON)]) -> CanonicalJSON { .object(.init(members)) }

  private static let info: CanonicalJSON = [
    "title": "Tenor", "version": "1",
    "description":
      "Versions of terms, what changed between them, and which words bind a developer on a day, with the reason. Errors are application/problem+json (RFC 9457). Every POST may carry an Idempotency-Key: the same request is then done once, and its answer repeated for a day.",
    "license": ["name": "Apache 2.0", "identifier": "Apache-2.0"],
  ]

  private static let security: CanonicalJSON = [
    "token": [
      "type": "http", "scheme": "bearer",
      "description": "A token made by 'tenor tokens create': operator, developer:ID, sender or auditor.",
    ]
  ]

  // MARK: Operations

  private static func describe(_ operation: Operation) -> CanonicalJSON {
    var members: [(String, CanonicalJSON)] = [
      ("summary", .string(operation.summary)), ("operationId", .string(identifier(operation))),
      ("responses", responses(operation)),
    ]
    let inPath = operation.path.split(separator: "/").filter { $0.hasPrefix("{") }.flatMap { part in
      part.split(separator: "...").map { parameter(inPath: String($0.dropFirst().dropLast())) }
    }
    var parameters = inPath + operation.parameters
    if operation.method == "post" { parameters.append(idempotencyKey) }
    if !parameters.isEmpty { members.append(("parameters", .array(parameters))) }
    if let access = operation.access {
      members.append(("security", .array([object([("token", .array([]))])])))
      members.append(("description", .string("For: \(access).")))
    }
    if let body = operation.body {
      members.append(
        ("requestBody", object([("required", true), ("content", content("application/json", body))])))
    }
    return object(members)
  }

  private static func identifier(_ operation: Operation) -> String {
    operation.method
      + operation.path.split { !$0.isLetter && !$0.isNumber }.map { $0.prefix(1).uppercased() + $0.dropFirst() }
      .joined()
  }

  private static func responses(_ operation: Operation) -> CanonicalJSON {
    var success: [(String, CanonicalJSON)] = [("description", "Done.")]
    var contents = [(operation.type, operation.answer.map(schema) ?? object([]))]
    if let alternative = operation.alternative { contents.append(("application/json", schema(alternative))) }
    success.append(("content", object(contents)))
    var all: [(String, CanonicalJSON)] = [("\(operation.success)", object(success))]
    if operation.method == "get", operation.isConditional {
      all.append(("304", ["description": "What the asker has is what it would be sent."]))
    }
    var problems = Set(operation.problems + [400, 429])
    if operation.access != nil { problems.formUnion([401, 403]) }
    if operation.path.contains("{") { problems.insert(404) }
    if operation.method == "post" { problems.formUnion([404, 408, 409, 413, 415, 422]) }
    for status in problems.sorted() {
      all.append(
        (
          "\(status)",
          object([
            ("description", .string(meanings[status] ?? "A problem.")),
            ("content", content("application/problem+json", "Problem")),
          ])
        ))
    }
    return object(all)
  }

  private static let meanings: [Int: String] = [
    400: "The request makes no sense: the problem says where.", 401: "A token is needed, or is no good.",
    403: "The token's role may not.", 404: "There is nothing of that name.",
    408: "The body came too slowly.",
    409: "The first request with the same Idempotency-Key is still being answered.", 413: "The body is too large.",
    415: "The body is not JSON.", 422: "Refused: the problem says what to mend. Nothing was recorded.",
    429: "Too many requests: Retry-After says when to come again.",
  ]

  private static func content(_ type: String, _ name: String) -> CanonicalJSON {
    object([(type, schema(name))])
  }

  private static func schema(_ name: String) -> CanonicalJSON {
    object([("schema", object([("$ref", .string("#/components/schemas/\(name)"))]))])
  }

  // MARK: Parameters

  private static func parameter(inPath name: String) -> CanonicalJSON {
    object([
      ("name", .string(name)), ("in", "path"), ("required", true),
      ("schema", object([("type", "string"), ("minLength", 1), ("example", .string(examples[name] ?? "x"))])),
    ])
  }

  private static let examples = [
    "slug": "connector-terms", "version": "2025-12-17", "a": "2025-06-04", "b": "2025-12-17", "id": "dev-42",
    "connector": "weather",
  ]

  static func query(_ name: String, _ schema: CanonicalJSON, required: Bool = false, _ words: String) -> CanonicalJSON {
    object([
      ("name", .string(name)), ("in", "query"), ("required", .bool(required)), ("schema", schema),
      ("description", .string(words)),
    ])
  }

  private static let idempotencyKey: CanonicalJSON = [
    "name": "Idempotency-Key", "in": "header", "required": false,
    "schema": ["type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"],
    "description": "The same key with the same request is answered again, and not done again.",
  ]
}
