internal import GRDB
internal import GRDBSQLite
internal import TermsModel

/// A row as SQLite hands it over, its columns read by place: for the few questions that are asked all the time.
///
/// GRDB's rows know their columns by name, and make a table of the names at each asking: longer work than such a question is.
/// Good only until the statement goes on to its next row.
struct PlacedRow {
  fileprivate let statement: SQLiteStatement

  /// Whether the column holds nothing.
  func isNull(_ place: Int32) -> Bool { sqlite3_column_type(statement, place) == SQLITE_NULL }

  /// The whole number in a column that always holds one.
  func integer(_ place: Int32) -> Int64 { sqlite3_column_int64(statement, place) }

  func optionalInteger(_ place: Int32) -> Int64? { isNull(place) ? nil : integer(place) }

  /// The text in a column that always holds one.
  func text(_ place: Int32) -> String { optionalText(place) ?? "" }

  func optionalText(_ place: Int32) -> String? {
    guard let start = sqlite3_column_text(statement, place) else { return nil }
    let bytes = UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, place)))
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The bytes in a column; none where it holds nothing.
  func bytes(_ place: Int32) -> [UInt8] {
    guard let start = sqlite3_column_blob(statement, place) else { return [] }
    return Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, place))))
  }

  func instant(_ place: Int32) -> Instant { Instant(milliseconds: integer(place)) }

  /// The identifier in a column.
  /// - Throws: ``StoreError/damaged(path:detail:)`` where the text is none.
  func identifier<ID: Identifier>(_ place: Int32, _ type: ID.Type = ID.self) throws -> ID {
    let text = text(place)
    guard let identifier = ID(rawValue: text) else { throw malformed(place, text) }
    return identifier
  }

  /// The choice whose raw value a column holds.
  func choice<Choice: RawRepresentable>(_ place: Int32, _ type: Choice.Type = Choice.self) throws -> Choice
  where Choice.RawValue == String {
    let text = text(place)
    guard let choice = Choice(rawValue: text) else { throw malformed(place, text) }
    return choice
  }

  /// The occasion in three columns: sequence, when it happened, when it was recorded.
  func occasion(at place: Int32) -> Occasion {
    Occasion(happenedAt: instant(place + 1), recordedAt: instant(place + 2), sequence: integer(place))
  }

  func malformed(_ place: Int32, _ value: String) -> StoreError {
    let name = sqlite3_column_name(statement, place).map { String(cString: $0) } ?? "\(place)"
    return .damaged(path: "", detail: "column '\(name)' holds '\(value.prefix(80))', which it never should")
  }
}

/// A value for a placeholder of a statement whose rows are read by place.
enum PlacedArgument {
  case integer(Int64)
  case text(String)
}

extension Database {
  /// Hands each row of a statement over, which is prepared once a connection. While `body` runs, the statement holds its view
  /// of the record, in which whatever is asked inside is answered, too.
  func forEachPlaced(
    _ sql: String, _ arguments: PlacedArgument..., body: (PlacedRow) throws -> Void
  ) throws {
    let statement = try cachedStatement(sql: sql).sqliteStatement
    defer {
      sqlite3_reset(statement)
      sqlite3_clear_bindings(statement)
    }
    for (index, argument) in arguments.enumerated() {
      let place = Int32(index + 1)
      let code =
        switch argument {
        case .integer(let number): sqlite3_bind_int64(statement, place, number)
        case .text(let text): sqlite3_bind_text(statement, place, text, Int32(text.utf8.count), Self.copied)
        }
      guard code == SQLITE_OK else { throw fault(code, in: sql) }
    }
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_ROW: try body(PlacedRow(statement: statement))
      case SQLITE_DONE: return
      case let code: throw fault(code, in: sql)
      }
    }
  }

  /// What is made of the first row of a statement; `nil` where it has none.
  func placed<Value>(
    _ sql: String, _ argument: PlacedArgument, as value: (PlacedRow) throws -> Value
  ) throws -> Value? {
    var found: Value?
    try forEachPlaced(sql, argument) { row in
      if found == nil { found = try value(row) }
    }
    return found
  }

  private func fault(_ code: Int32, in sql: String) -> DatabaseError {
    DatabaseError(resultCode: ResultCode(rawValue: code), message: lastErrorMessage, sql: sql)
  }

  /// SQLite copies the text: the caller's may be gone by the next step.
  private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}
