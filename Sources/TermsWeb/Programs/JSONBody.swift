internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import TermsModel
internal import TermsOperations
internal import Transparency

/// The JSON object that a request carries, each member known and of its kind.
struct JSONBody: Sendable {
  /// The bytes as they came, by which a repeated request is known.
  let bytes: [UInt8]
  private let members: CanonicalJSON.Members

  /// - Throws: a problem that names what is wrong: 415, 413, or 400.
  init(_ request: Request, _ context: WebContext, allowing known: [String]) async throws {
    guard let type = request.headers[.contentType],
      type.split(separator: ";").first?.trimmingSpaces().lowercased() == "application/json"
    else {
      throw Problem(
        status: .unsupportedMediaType, title: "Not JSON", detail: "Send the body as 'Content-Type: application/json'.")
    }
    let buffer = try await request.wholeBody(context)
    bytes = Array(buffer.readableBytesView)
    let value: CanonicalJSON
    do {
      value = try CanonicalJSON(parsing: bytes)
    } catch {
      throw Problem.badRequest("Unreadable body", "The body is not JSON: \(error).")
    }
    guard case .object(let members) = value else {
      throw Problem.badRequest("Unreadable body", "The body is JSON, but no object.")
    }
    if let unknown = members.sorted.first(where: { !known.contains($0.name) }) {
      throw Problem.badRequest(
        "Unknown member", "There is no member '\(unknown.name)' here; known: \(known.joined(separator: ", ")).")
    }
    self.members = members
  }

  private init(bytes: [UInt8], members: CanonicalJSON.Members) {
    self.bytes = bytes
    self.members = members
  }

  // MARK: Members

  private func value(_ name: String) -> CanonicalJSON? {
    guard let value = members[name], value != .null else { return nil }
    return value
  }

  func text(_ name: String) throws -> String? {
    guard let value = value(name) else { return nil }
    guard case .string(let text) = value else { throw Self.wrong(name, "a string") }
    guard !text.allSatisfy(\.isWhitespace) else {
      throw Self.wrong(name, "some words; leave it out where there are none")
    }
    guard !text.unicodeScalars.contains("\u{0}") else { throw Self.wrong(name, "text without U+0000") }
    return text
  }

  func flag(_ name: String) throws -> Bool? {
    guard let value = value(name) else { return nil }
    guard case .bool(let flag) = value else { throw Self.wrong(name, "true or false") }
    return flag
  }

  func identifier<ID: Identifier>(_ name: String, _ type: ID.Type = ID.self) throws -> ID? {
    guard let text = try text(name) else { return nil }
    guard let identifier = ID(rawValue: text) else { throw Self.wrong(name, ID.form) }
    return identifier
  }

  func choice<Choice: RawRepresentable & CaseIterable>(_ name: String, _ type: Choice.Type = Choice.self) throws
    -> Choice?
  where Choice.RawValue == String {
    guard let text = try text(name) else { return nil }
    guard let choice = Choice(rawValue: text) else {
      throw Self.wrong(name, "one of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return choice
  }

  func instant(_ name: String) throws -> Instant? {
    guard let text = try text(name) else { return nil }
    guard let instant = Instant(text) else {
      throw Self.wrong(name, "a moment with an offset, such as 2026-01-31T09:00:00-08:00")
    }
    return instant
  }

  func texts(_ name: String) throws -> [String]? {
    guard let value = value(name) else { return nil }
    guard case .array(let elements) = value, !elements.isEmpty else { throw Self.wrong(name, "a list of strings") }
    return try elements.map { element in
      guard case .string(let text) = element, !text.allSatisfy(\.isWhitespace) else {
        throw Self.wrong(name, "a list of strings")
      }
      return text
    }
  }

  func objects(_ name: String, allowing known: [String]) throws -> [JSONBody] {
    guard let value = value(name) else { return [] }
    guard case .array(let elements) = value else { throw Self.wrong(name, "a list of objects") }
    return try elements.map { element in
      guard case .object(let members) = element else { throw Self.wrong(name, "a list of objects") }
      if let unknown = members.sorted.first(where: { !known.contains($0.name) }) {
        throw Problem.badRequest(
          "Unknown member",
          "There is no member '\(unknown.name)' in '\(name)'; known: \(known.joined(separator: ", ")).")
      }
      return JSONBody(bytes: [], members: members)
    }
  }

  /// The value that must be there.
  func required<Value>(_ name: String, _ value: Value?) throws -> Value {
    guard let value else { throw Problem.badRequest("Missing member", "The body needs '\(name)'.") }
    return value
  }

  private static func wrong(_ name: String, _ expected: String) -> Problem {
    Problem.badRequest("Wrong member", "'\(name)' takes \(expected).")
  }
}
