/// How long a notice waits after it could not be handed over: 1, 2, 5, 15, 30, 60 minutes, then an hour each time, give
/// or take a tenth.
///
/// The tenth spreads what failed together. It is drawn from the notice's own number, not from chance, so that rebuilding
/// the outbox from the log gives the same times.
enum NoticeBackoff {
  private static let minutes: [Int64] = [1, 2, 5, 15, 30, 60]

  static func seconds(afterAttempt attempt: Int, of notice: Int64) -> Int64 {
    let base = 60 * minutes[min(max(attempt, 1), minutes.count) - 1]
    // Knuth's multiplicative hash: neighbouring numbers land far apart.
    let spread = UInt64(bitPattern: notice &* 31 &+ Int64(attempt)) &* 2_654_435_761 % 201
    return base + base * (Int64(spread) - 100) / 1000
  }
}
