internal import Foundation

/// The time that the processor spends on the calling thread: what others do on the machine at the same time does not count.
package struct ThreadClock: Sendable {
  package init() {}

  /// How long the thread works on `body`, waiting left out.
  package func measure<Failure: Error>(_ body: () throws(Failure) -> Void) throws(Failure) -> Duration {
    let start = now()
    try body()
    return now() - start
  }

  private func now() -> Duration {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }
}
