/// The log of acts, to be looked through.
package protocol LogReading: Sendable {
  /// Entries after the one numbered `sequence`, in order.
  func log(after sequence: Int64, limit: Int) async throws -> [LogEntry]
}
