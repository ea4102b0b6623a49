internal import TermsModel
internal import Yams

/// A value in a `document.yaml`, with its place.
struct SettingsNode {
  private let node: Node

  private init(_ node: Node) {
    self.node = node
  }

  var place: SettingsError.Place {
    SettingsError.Place(line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
  }

  var isMapping: Bool { node.mapping != nil }

  // MARK: The file

  private static let limit = 256 * 1024
  /// Values nested deeper are no settings; the bound stands before the YAML parser, which recurses.
  private static let deepest = 100

  static func root(of text: String) throws(SettingsError) -> SettingsNode {
    guard text.utf8.count <= limit, !isNestedDeep(text) else {
      throw .tooLarge(limit: "256 KiB, nested \(deepest) deep")
    }
    let composed: Node?
    do {
      composed = try Yams.compose(yaml: text)
    } catch {
      throw failure(error)
    }
    guard let node = composed, node.mapping != nil else {
      let place = composed?.mark.map { SettingsError.Place(line: $0.line, column: $0.column) }
      throw .notSettings(place ?? SettingsError.Place(line: 1, column: 1))
    }
    return SettingsNode(node)
  }

  private static func isNestedDeep(_ text: String) -> Bool {
    var (flow, indent, dashes, atStart) = (0, 0, 0, true)
    for byte in text.utf8 {
      switch byte {
      case ASCII.lineFeed: (indent, dashes, atStart) = (0, 0, true)
      case ASCII.openBracket, UInt8(ascii: "{"): flow += 1
      case ASCII.closeBracket, UInt8(ascii: "}"): flow = max(0, flow - 1)
      case ASCII.space where atStart: indent += 1
      case ASCII.hyphen where atStart, ASCII.question where atStart: dashes += 1
      default: atStart = false
      }
      if flow > deepest || dashes > deepest || indent > 4 * deepest { return true }
    }
    return false
  }

  private static func failure(_ error: any Error) -> SettingsError {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return .notYAML(.init(line: mark.line, column: mark.column), problem: problem)
    case .duplicatedKeysInMapping(let keys, let context):
      let key = keys.first ?? "a key"
      return .repeatedKey(.init(line: context.mark.line, column: context.mark.column), key: key)
    case .reader(let problem, _, _, let yaml):
      return .notYAML(.init(line: 1, column: 1), problem: "\(problem) among \(yaml.count) characters")
    default:
      return .notYAML(.init(line: 1, column: 1), problem: "the parser gave up")
    }
  }

  // MARK: Values

  func pairs() -> [(key: SettingsNode, value: SettingsNode)] {
    node.mapping.map { $0.map { (SettingsNode($0.key), SettingsNode($0.value)) } } ?? []
  }

  /// The text of a scalar: words, numbers and dates as they are written.
  func text(_ key: String, example: String) throws(SettingsError) -> String {
    guard let scalar = node.scalar, !isNull(scalar) else { throw wrongType(key, "a text", example) }
    return scalar.string
  }

  private func isNull(_ scalar: Node.Scalar) -> Bool {
    scalar.style == .plain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
  }

  /// The entries of a list; one entry alone need not stand in brackets.
  func list(_ key: String, example: String) throws(SettingsError) -> [SettingsNode] {
    if let sequence = node.sequence { return sequence.map { SettingsNode($0) } }
    guard node.mapping != nil || node.scalar.map({ !isNull($0) }) == true else {
      throw wrongType(key, "a list", example)
    }
    return [self]
  }

  func flag(_ key: String) throws(SettingsError) -> Bool {
    guard let value = node.bool else { throw wrongType(key, "true or false", "\(key): true") }
    return value
  }

  /// A number of days, from 0 to ten years.
  func days(_ key: String) throws(SettingsError) -> Int {
    let text = try text(key, example: "\(key): 30")
    guard let number = Int(text.hasSuffix(" days") ? String(text.dropLast(5)) : text) else {
      throw wrongType(key, "a number of days", "\(key): 30")
    }
    guard (0...3_660).contains(number) else {
      throw .outOfRange(place, key: key, value: text, range: "days from 0 to 3660")
    }
    return number
  }

  func choice(_ key: String, of known: [String]) throws(SettingsError) -> String {
    let text = try text(key, example: "\(key): \(known[0])")
    guard known.contains(text) else {
      throw .unknownValue(place, key: key, value: text, nearest: Nearest.name(to: text, among: known), known: known)
    }
    return text
  }

  func `case`<Value: RawRepresentable & CaseIterable>(_ key: String) throws(SettingsError) -> Value
  where Value.RawValue == String {
    let name = try choice(key, of: Value.allCases.map(\.rawValue))
    guard let value = Value(rawValue: name) else { preconditionFailure("\(name) is one of the cases") }
    return value
  }

  func identifier<Value: Identifier>(_ key: String) throws(SettingsError) -> Value {
    let text = try text(key, example: "\(key): \(Value.form)")
    guard let value = Value(rawValue: text) else {
      throw .malformed(place, key: key, value: text, form: Value.form)
    }
    return value
  }

  /// `on posting`, `15 days after notice`, `15 days` or `15`.
  func timing(_ key: String) throws(SettingsError) -> RuleProfile.Timing {
    let example = "\(key): 15 days after notice"
    let words = try text(key, example: example).lowercased().split(separator: " ").map(String.init)
    if words == ["on", "posting"] || words == ["on-posting"] { return .onPosting }
    guard let first = words.first, let number = Int(first),
      [[], ["day"], ["days"], ["days", "after", "notice"], ["day", "after", "notice"]].contains(
        Array(words.dropFirst()))
    else { throw wrongType(key, "'on posting' or a number of days after the notice", example) }
    guard (0...3_660).contains(number) else {
      throw .outOfRange(place, key: key, value: first, range: "days from 0 to 3660")
    }
    return .afterNotice(days: number)
  }

  private static let levels: [(String, EvidenceLevel)] = [
    ("posted", .posted), ("sent", .sent), ("accepted", .accepted), ("delivered", .delivered),
    ("displayed", .displayed), ("expressly-accepted", .expresslyAccepted),
  ]

  func evidenceLevel() throws(SettingsError) -> EvidenceLevel {
    let text = try text("evidence", example: "evidence: delivered")
    if let number = Int(text) {
      guard let level = EvidenceLevel(rawValue: number) else {
        throw .outOfRange(
          place, key: "evidence", value: text, range: "a level from 0 (posted) to 5 (expressly accepted)")
      }
      return level
    }
    let name = try choice("evidence", of: Self.levels.map(\.0))
    guard let level = Self.levels.first(where: { $0.0 == name })?.1 else { preconditionFailure("\(name) is a level") }
    return level
  }

  func timeZone() throws(SettingsError) -> String {
    let name = try text("time-zone", example: "time-zone: Europe/Dublin")
    guard CivilZone(named: name) != nil else {
      throw .unknownZone(place, name: name, nearest: Nearest.name(to: name, among: CivilZone.knownIdentifiers))
    }
    return name
  }

  private func wrongType(_ key: String, _ expected: String, _ example: String) -> SettingsError {
    .wrongType(place, key: key, expected: expected, example: example)
  }
}

/// The keys and values of one mapping, every key of which is known and stands once.
struct SettingsMap {
  private let owner: String
  private let place: SettingsError.Place
  private var values: [String: SettingsNode] = [:]

  init(_ node: SettingsNode, owner: String, known: [String]) throws(SettingsError) {
    self.owner = owner
    place = node.place
    guard node.isMapping else { throw .notSettings(node.place) }
    for (key, value) in node.pairs() {
      let name = try key.text("a key", example: "title: Connector Terms")
      guard known.contains(name) else {
        throw .unknownKey(key.place, key: name, nearest: Self.meant(by: name, among: known), known: known)
      }
      if values.updateValue(value, forKey: name) != nil { throw .repeatedKey(key.place, key: name) }
    }
  }

  /// `time_zone`, `timeZone` and `Time Zone` all mean `time-zone`.
  private static func meant(by name: String, among known: [String]) -> String? {
    var spelt = ""
    for character in name {
      if character.isUppercase, let last = spelt.last, last != "-" { spelt += "-" }
      spelt += character == "_" || character == " " ? "-" : character.lowercased()
    }
    let joined = spelt.replacing("--", with: "-")
    if known.contains(joined) { return joined }
    return Nearest.name(to: joined, among: known)
      ?? known.first { $0.hasPrefix(joined + "-") || joined.hasPrefix($0 + "-") }
  }

  /// The value of a key, where it is set.
  mutating func take(_ key: String) -> SettingsNode? { values[key] }

  /// The value of a key that has to be set.
  mutating func need(_ key: String) throws(SettingsError) -> SettingsNode {
    guard let value = values[key] else { throw .missing(place, key: key, of: owner) }
    return value
  }
}
