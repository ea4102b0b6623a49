internal import GRDB
internal import Synchronization

/// Connections for questions that are answered in some microseconds, asked on the thread that asks: to go to another one and
/// back takes longer than the answer.
///
/// Nobody ever waits for a connection: where none is free, the caller is told, and asks in the usual way. Who waited would hold
/// the thread that the holder of a connection may need to go on.
final class QuickReaders: Sendable {
  private struct State {
    var free: [DatabaseQueue] = []
    var isClosed = false
  }

  private let path: String
  private let state = Mutex(State())

  init(path: String) {
    self.path = path
  }

  /// - Parameter isOneStatement: Whether a single statement is asked, which sees one state of the record by itself.
  /// - Returns: `nil` where no connection could be had.
  func read<Value>(isOneStatement: Bool, _ body: (Database) throws -> Value) throws -> Value? {
    guard let reader = take() else { return nil }
    defer { give(reader) }
    return try reader.unsafeRead { db in
      isOneStatement ? try body(db) : try db.inPreparedTransaction("BEGIN", body)
    }
  }

  /// Opens no more, and closes those that are free: the others are closed as they come back.
  func close() {
    let free = state.withLock { state in
      state.isClosed = true
      defer { state.free = [] }
      return state.free
    }
    for reader in free { try? reader.close() }
  }

  private func take() -> DatabaseQueue? {
    let (free, isClosed) = state.withLock { ($0.free.popLast(), $0.isClosed) }
    if let free { return free }
    // No more are open at once than there are threads that ask.
    return isClosed ? nil : try? DatabaseQueue(path: path, configuration: Self.configuration)
  }

  private func give(_ reader: DatabaseQueue) {
    let isKept = state.withLock { state in
      if !state.isClosed { state.free.append(reader) }
      return !state.isClosed
    }
    if !isKept { try? reader.close() }
  }

  private static let configuration: Configuration = {
    var configuration = Opening.configuration(readonly: true)
    // As much as the connection that writes: of a million developers any may be asked about next.
    configuration.prepareDatabase { db in try db.execute(sql: "PRAGMA cache_size = -32768") }
    return configuration
  }()
}
