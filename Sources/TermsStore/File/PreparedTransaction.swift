internal import GRDB

extension Database {
  /// A transaction whose beginning and end are prepared once a connection: to prepare them for each takes as long as a small
  /// question.
  ///
  /// - Parameter beginning: `BEGIN` or `BEGIN IMMEDIATE`.
  func inPreparedTransaction<Value>(_ beginning: String, _ body: (Database) throws -> Value) throws -> Value {
    try run(beginning, [])
    do {
      let value = try body(self)
      try run("COMMIT", [])
      return value
    } catch {
      // A disk that is full ends it by itself.
      if isInsideTransaction { try rollback() }
      throw error
    }
  }
}
