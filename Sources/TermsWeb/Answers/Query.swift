internal import Foundation
internal import Hummingbird
internal import TermsModel
internal import TermsOperations

/// The query of an address, taken apart once: each parameter known, and given once.
struct Query: Sendable {
  private let values: [String: String]

  /// - Throws: a problem (400) that names what is unknown, doubled or unreadable.
  init(_ request: Request, allowing known: [String]) throws {
    try self.init(request.uri.query ?? "", allowing: known, isStrict: true)
  }

  /// For pages, where others add parameters of their own to a link: what is unknown is left alone.
  init(page request: Request, allowing known: [String]) throws {
    try self.init(request.uri.query ?? "", allowing: known, isStrict: false)
  }

  init(_ text: String, allowing known: [String], isStrict: Bool) throws {
    var values: [String: String] = [:]
    for part in text.utf8.split(separator: UInt8(ascii: "&")) {
      let sides = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
        .map(Substring.init)
      guard let name = Self.decoded(sides[0]), let value = Self.decoded(sides.count == 2 ? sides[1] : "") else {
        throw Problem.badRequest(
          "Unreadable query", "'\(Substring(part))' in the query is not text in percent-encoded UTF-8.")
      }
      guard known.contains(name) else {
        guard isStrict else { continue }
        throw Problem.badRequest(
          "Unknown parameter",
          "There is no parameter '\(name)' here" + (known.isEmpty ? "." : "; known: \(known.joined(separator: ", "))."))
      }
      guard values.updateValue(value, forKey: name) == nil else {
        throw Problem.badRequest("Given twice", "The parameter '\(name)' was given twice; give it once.")
      }
    }
    self.values = values
  }

  subscript(name: String) -> String? { values[name] }

  static func decoded(_ text: Substring) -> String? {
    // Most are written as they are meant.
    guard text.utf8.contains(where: { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "%") }) else { return String(text) }
    return String(text).replacing("+", with: " ").removingPercentEncoding
  }
}

extension Query {
  func identifier<ID: Identifier>(_ name: String, _ type: ID.Type = ID.self) throws -> ID? {
    guard let text = self[name] else { return nil }
    guard let identifier = ID(rawValue: text) else {
      throw Problem.badRequest("Not a name", "'\(name)' takes \(ID.form).")
    }
    return identifier
  }

  func instant(_ name: String) throws -> Instant? {
    guard let text = self[name] else { return nil }
    guard let instant = Self.instant(text) else {
      throw Problem.badRequest(
        "Not a moment", "'\(name)' takes a moment with an offset, such as 2026-01-31T09:00:00-08:00.")
    }
    return instant
  }

  func moment(_ name: String) throws -> AskedMoment? {
    guard let text = self[name] else { return nil }
    if let date = CalendarDate(text) { return .date(date) }
    guard let instant = Self.instant(text) else {
      throw Problem.badRequest(
        "Not a date or moment",
        "'\(name)' takes a date such as 2026-01-31, which means its first moment in the document's time zone, or a moment "
          + "with an offset such as 2026-01-31T09:00:00-08:00.")
    }
    return .instant(instant)
  }

  func number(_ name: String, in range: ClosedRange<Int>, or usual: Int) throws -> Int {
    guard let text = self[name] else { return usual }
    guard let number = Int(text), range.contains(number) else {
      throw Problem.badRequest(
        "Not a number in range", "'\(name)' takes a number from \(range.lowerBound) to \(range.upperBound).")
    }
    return number
  }

  /// A plus sign that was not escaped arrives as a space.
  private static func instant(_ text: String) -> Instant? { Instant(text) ?? Instant(text.replacing(" ", with: "+")) }
}

extension WebContext {
  /// The identifier in the address.
  /// - Throws: a problem (404) where the text cannot be one: then there is nothing of that name.
  func identifier<ID: Identifier>(_ name: String, _ what: String, _ type: ID.Type = ID.self) throws -> ID {
    let text = try parameters.require(name)
    let isPlain = !text.utf8.contains(UInt8(ascii: "%"))
    guard let identifier = (isPlain ? text : text.removingPercentEncoding ?? text).validated(as: ID.self) else {
      throw Problem(
        status: .notFound, title: "Not found", detail: "There is no \(what) of that name; one has \(ID.form).")
    }
    return identifier
  }
}

extension String {
  fileprivate func validated<ID: Identifier>(as type: ID.Type) -> ID? { ID(rawValue: self) }
}
