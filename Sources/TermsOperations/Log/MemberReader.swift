internal import TermsModel
internal import Transparency

/// Takes the members of a line of the log apart, each as what it must be.
struct MemberReader {
  let members: CanonicalJSON.Members

  func text(_ name: String) throws(LogFormatError) -> String {
    guard let text = try optionalText(name) else { throw .missing(member: name) }
    return text
  }

  func optionalText(_ name: String) throws(LogFormatError) -> String? {
    guard let value = members[name] else { return nil }
    guard case .string(let text) = value else { throw .invalid(member: name, expected: "a string") }
    return text
  }

  func integer(_ name: String) throws(LogFormatError) -> Int {
    guard let value = members[name] else { throw .missing(member: name) }
    guard case .integer(let number) = value else { throw .invalid(member: name, expected: "a whole number") }
    return number
  }

  /// A list of whole numbers; empty where there is none.
  func integers(_ name: String) throws(LogFormatError) -> [Int] {
    guard let value = members[name] else { return [] }
    guard case .array(let elements) = value else { throw .invalid(member: name, expected: "a list of whole numbers") }
    var numbers: [Int] = []
    for element in elements {
      guard case .integer(let number) = element else {
        throw .invalid(member: name, expected: "a list of whole numbers")
      }
      numbers.append(number)
    }
    return numbers
  }

  func bool(_ name: String) throws(LogFormatError) -> Bool {
    guard let value = members[name] else { throw .missing(member: name) }
    guard case .bool(let flag) = value else { throw .invalid(member: name, expected: "true or false") }
    return flag
  }

  func identifier<ID: Identifier>(_ name: String, _ type: ID.Type = ID.self) throws(LogFormatError) -> ID {
    guard let identifier = ID(rawValue: try text(name)) else { throw .invalid(member: name, expected: ID.form) }
    return identifier
  }

  func choice<Choice: RawRepresentable & CaseIterable>(
    _ name: String, _ type: Choice.Type = Choice.self
  ) throws(LogFormatError) -> Choice where Choice.RawValue == String {
    guard let choice = Choice(rawValue: try text(name)) else {
      let choices = Choice.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
      throw .invalid(member: name, expected: "one of \(choices)")
    }
    return choice
  }

  func instant(_ name: String) throws(LogFormatError) -> Instant {
    guard let instant = Instant(try text(name)) else {
      throw .invalid(member: name, expected: "a moment such as 2026-01-31T17:00:00Z")
    }
    return instant
  }

  func date(_ name: String) throws(LogFormatError) -> CalendarDate {
    guard let date = CalendarDate(try text(name)) else {
      throw .invalid(member: name, expected: "a date such as 2026-01-31")
    }
    return date
  }

  /// The whole object as a value of the model, decoded by its own rules.
  func decoded<Value: Decodable>(as type: Value.Type) throws(LogFormatError) -> Value {
    do {
      return try CanonicalJSON.object(members).decoded(as: type)
    } catch DecodingError.keyNotFound(let key, let context) {
      throw .missing(member: Self.path(context.codingPath + [key]))
    } catch DecodingError.typeMismatch(_, let context), DecodingError.dataCorrupted(let context),
      DecodingError.valueNotFound(_, let context)
    {
      throw .invalid(member: Self.path(context.codingPath), expected: "what it must be (\(context.debugDescription))")
    } catch {
      throw .notJSON("\(error)")
    }
  }

  private static func path(_ keys: [any CodingKey]) -> String {
    keys.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
  }
}
