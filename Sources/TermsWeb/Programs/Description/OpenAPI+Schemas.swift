internal import Transparency

extension OpenAPI {
  /// A member of an object: its name, what it is, and whether it is always there.
  private typealias Member = (name: String, schema: CanonicalJSON, isRequired: Bool)

  private static let string: CanonicalJSON = ["type": "string"]
  private static let words: CanonicalJSON = ["type": "string", "minLength": 1, "pattern": "\\S"]
  private static let integer: CanonicalJSON = ["type": "integer"]
  private static let flag: CanonicalJSON = ["type": "boolean"]
  private static let date: CanonicalJSON = ["type": "string", "format": "date"]
  private static let moment: CanonicalJSON = ["type": "string", "format": "date-time"]
  private static let slug: CanonicalJSON = [
    "type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 64,
  ]
  private static let label: CanonicalJSON = ["type": "string", "pattern": "^[A-Za-z0-9._-]{1,64}$"]
  private static let name: CanonicalJSON = ["type": "string", "pattern": "^[A-Za-z0-9._:-]{1,128}$"]
  private static let region: CanonicalJSON = ["type": "string", "pattern": "^[A-Z]{2,8}$"]
  private static let changeClass: CanonicalJSON = ["type": "string", "enum": ["material", "legal-required", "other"]]

  private static func list(_ item: CanonicalJSON) -> CanonicalJSON {
    object([("type", "array"), ("items", item)])
  }

  private static func named(_ schema: String) -> CanonicalJSON {
    object([("$ref", .string("#/components/schemas/\(schema)"))])
  }

  private static func shape(_ members: [Member], isClosed: Bool = false) -> CanonicalJSON {
    var parts: [(String, CanonicalJSON)] = [
      ("type", "object"), ("properties", object(members.map { ($0.name, $0.schema) })),
      ("required", .array(members.filter(\.isRequired).map { .string($0.name) })),
    ]
    if isClosed { parts.append(("additionalProperties", false)) }
    return object(parts)
  }

  private static func page(of schema: String) -> CanonicalJSON {
    shape([("items", list(named(schema)), true), ("next", string, false)])
  }

  static let schemas = object(answers + bodies)

  // MARK: Answers

  private static let answers: [(String, CanonicalJSON)] = [
    (
      "Problem",
      shape([
        ("type", string, true), ("status", integer, true), ("title", string, true), ("detail", string, true),
      ])
    ),
    ("Document", documentSchema), ("Documents", page(of: "Document")), ("Version", version),
    ("Versions", page(of: "Version")),
    (
      "Hit",
      shape([
        ("document", slug, true), ("version", label, true), ("alsoIn", list(label), true), ("label", string, false),
        ("heading", string, false), ("excerpt", string, true),
      ])
    ), ("Hits", page(of: "Hit")),
    (
      "Comparison",
      shape([
        ("before", shape([("withdrawn", flag, false)]), true), ("after", shape([("withdrawn", flag, false)]), true),
        ("class", string, true),
        (
          "changes",
          list(
            shape([
              ("kind", string, true), ("effectiveOn", date, false), ("withdrawn", flag, false),
              ("edits", list(shape([])), true),
            ])), true
        ),
        ("lint", list(string), true),
      ])
    ), ("ClassDate", shape([("class", changeClass, true), ("changes", integer, true), ("effectiveOn", date, true)])),
    ("Told", shape([("byEmail", integer, true), ("byPosting", integer, true)])), ("Review", review),
    (
      "Publication",
      shape([
        ("document", slug, true), ("version", label, true), ("sha256", string, true), ("changes", integer, true),
        ("dates", list(named("ClassDate")), true), ("told", named("Told"), true), ("sequence", integer, true),
      ])
    ),
    (
      "Recorded",
      shape([
        ("sequence", integer, true), ("recordedAt", moment, true), ("happenedAt", moment, true),
        ("document", slug, false), ("version", label, false), ("developer", name, false),
        ("effectiveOn", date, false), ("endsOn", date, false), ("lastDay", date, false), ("receipt", string, false),
      ])
    ), ("Developer", developer), ("Developers", page(of: "Developer")), ("Binding", binding),
    (
      "Timeline",
      shape([
        ("developer", name, true), ("document", slug, true), ("timeZone", string, true), ("from", date, true),
        ("to", date, true), ("today", date, true), ("versions", list(shape([])), true),
        ("marks", list(shape([("day", date, true), ("kind", string, true), ("says", string, true)])), true),
      ])
    ),
    (
      "NoticeStep",
      shape([
        ("version", label, true), ("channel", string, true), ("event", string, true), ("at", moment, true),
        ("recordedAt", moment, true), ("evidence", integer, false), ("detail", string, false),
      ])
    ), ("NoticeSteps", page(of: "NoticeStep")),
    ("LogKey", shape([("key", string, true), ("sinceAct", integer, true)])), ("LogKeys", page(of: "LogKey")),
    ("Consistency", shape([("from", integer, true), ("to", integer, true), ("hashes", list(string), true)])),
  ]

  private static let documentSchema = shape([
    ("slug", slug, true), ("title", string, true), ("versions", integer, true), ("latest", label, false),
    ("latestWithdrawn", label, false), ("timeZone", string, true), ("profile", string, true),
  ])

  private static let version = shape([
    ("document", slug, true), ("version", label, true), ("follows", label, false), ("postedOn", date, true),
    ("postedAt", moment, true), ("recordedAt", moment, true), ("sha256", string, true), ("summary", string, false),
    ("dates", list(named("ClassDate")), true), ("withdrawn", flag, true),
    ("withdrawnChanges", list(shape([("class", changeClass, true), ("changes", integer, true)])), false),
    ("events", list(shape([("event", string, true)])), true),
    ("text", string, false), ("clauses", list(shape([("lineage", integer, true), ("text", string, true)])), false),
  ])

  private static let review = shape([
    ("document", slug, true), ("follows", label, false), ("version", label, false), ("postedOn", date, true),
    (
      "changes",
      list(
        shape([
          ("number", integer, true), ("kind", string, true), ("label", string, true), ("proposed", changeClass, true),
          ("decided", changeClass, false), ("grounds", list(shape([("rule", string, true)])), true),
        ])), true
    ), ("dates", list(named("ClassDate")), true), ("told", named("Told"), true), ("lint", list(string), true),
    ("refusal", string, false),
  ])

  private static let developer = shape([
    ("id", name, true), ("region", region, true), ("name", string, false), ("email", string, false),
    ("erased", flag, true), ("addedAt", moment, true),
    ("connectors", list(shape([("id", name, true), ("document", slug, true)])), true),
  ])

  private static let binding = shape([
    ("developer", name, true), ("document", slug, true), ("at", string, true), ("knownAt", moment, true),
    ("bound", flag, true), ("version", ["type": ["string", "null"]], true),
    ("entity", ["type": ["string", "null"]], true),
    ("versions", list(shape([("version", label, true), ("inForce", string, true)])), true),
    ("pending", list(shape([("version", label, true), ("class", changeClass, true), ("state", string, true)])), true),
    ("incorporated", list(shape([("document", slug, true)])), true),
    ("surviving", ["type": ["array", "null"], "items": ["type": "string"]], true),
    (
      "basis",
      list(
        shape([
          ("rule", string, true), ("says", string, true),
          ("data", shape([("step", string, true), ("version", label, false)]), true),
        ])), true
    ),
  ])

  // MARK: Bodies

  private static let decision = shape(
    [("clause", words, true), ("class", changeClass, true), ("basis", words, false)], isClosed: true)
  private static let draft: [Member] = [
    ("text", words, true), ("postedAt", moment, false), ("decisions", list(decision), false), ("reason", words, false),
  ]

  private static let bodies: [(String, CanonicalJSON)] = [
    ("DraftToReview", shape(draft, isClosed: true)),
    (
      "DraftToKeep",
      shape(
        [
          ("text", words, false), ("format", ["type": "string", "enum": ["docx", "odt", "html"]], false),
          ("content", ["type": "string", "contentEncoding": "base64", "minLength": 1], false),
        ], isClosed: true)
    ),
    (
      "KeptDraft",
      shape([
        ("draft", ["type": "integer"], true), ("document", slug, true), ("text", ["type": "string"], true),
        ("lint", list(["type": "string"]), true),
      ])
    ),
    (
      "DraftToApprove",
      shape([("text", words, true), ("decisions", list(decision), false), ("reason", words, true)], isClosed: true)
    ),
    (
      "DraftToPublish",
      shape(draft + [("version", label, false), ("summary", words, false), ("after", label, false)], isClosed: true)
    ), ("Withdrawal", shape([("reason", words, true), ("at", moment, false)], isClosed: true)),
    (
      "Receipt",
      shape(
        [
          ("developer", name, true), ("document", slug, true), ("version", label, false),
          ("channel", ["type": "string", "enum": ["email", "courier"]], true), ("sentAt", moment, false),
          ("receivedAt", moment, false), ("failedAt", moment, false), ("reason", words, false),
        ], isClosed: true)
    ),
    (
      "NewDeveloper",
      shape(
        [
          ("id", name, true), ("region", region, true), ("email", ["type": "string", "format": "email"], false),
          ("name", words, false), ("at", moment, false),
        ], isClosed: true)
    ),
    (
      "NewConnector",
      shape([("connector", name, true), ("document", slug, true), ("at", moment, false)], isClosed: true)
    ),
    (
      "AboutVersion",
      shape([("document", slug, true), ("version", label, false), ("at", moment, false)], isClosed: true)
    ),
    (
      "OptOut",
      shape(
        [
          ("document", slug, true), ("version", label, false),
          (
            "clauses",
            ["type": "array", "minItems": 1, "items": ["type": "string", "minLength": 1, "pattern": "\\S"]], true
          ),
          ("at", moment, false),
        ], isClosed: true)
    ),
    (
      "Termination",
      shape(
        [
          ("document", slug, true), ("by", ["type": "string", "enum": ["developer", "platform"]], false),
          ("immediate", flag, false), ("reason", words, false), ("at", moment, false),
        ], isClosed: true)
    ),
  ]
}
