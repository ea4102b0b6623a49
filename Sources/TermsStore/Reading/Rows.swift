internal import GRDB
internal import TermsModel
internal import Transparency

extension Row {
  /// The identifier in a column.
  /// - Throws: ``StoreError/damaged(path:detail:)`` where the text is none.
  func identifier<ID: Identifier>(_ column: String, _ type: ID.Type = ID.self) throws -> ID {
    let text: String = self[column]
    guard let identifier = ID(rawValue: text) else { throw malformed(column, text) }
    return identifier
  }

  /// The choice whose raw value a column holds.
  func choice<Choice: RawRepresentable>(_ column: String, _ type: Choice.Type = Choice.self) throws -> Choice
  where Choice.RawValue == String {
    let text: String = self[column]
    guard let choice = Choice(rawValue: text) else { throw malformed(column, text) }
    return choice
  }

  func label(_ column: String) throws -> ClauseLabel {
    try decoded(column, as: ClauseLabel.self)
  }

  /// The value whose JSON a column holds.
  func decoded<Value: Decodable>(_ column: String, as type: Value.Type) throws -> Value {
    let text: String = self[column]
    do {
      return try CanonicalJSON(parsing: text).decoded(as: type)
    } catch {
      throw malformed(column, text)
    }
  }

  func instant(_ column: String) -> Instant {
    Instant(milliseconds: self[column])
  }

  func optionalInstant(_ column: String) -> Instant? {
    (self[column] as Int64?).map(Instant.init(milliseconds:))
  }

  /// The occasion in the columns `happened_at`, `recorded_at` and the one named.
  func occasion(sequence column: String = "sequence") -> Occasion {
    Occasion(
      happenedAt: instant("happened_at"), recordedAt: instant("recorded_at"), sequence: self[column])
  }

  func malformed(_ column: String, _ value: String) -> StoreError {
    .damaged(path: "", detail: "column '\(column)' holds '\(value.prefix(80))', which it never should")
  }
}

extension Database {
  /// All rows of a statement that is prepared once a connection.
  func rows(_ sql: String, _ arguments: StatementArguments = []) throws -> [Row] {
    try Row.fetchAll(cachedStatement(sql: sql), arguments: arguments)
  }

  func row(_ sql: String, _ arguments: StatementArguments = []) throws -> Row? {
    try Row.fetchOne(cachedStatement(sql: sql), arguments: arguments)
  }
}
