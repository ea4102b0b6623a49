internal import Dispatch
internal import Foundation
internal import Synchronization

/// Runs tasks on threads that nobody else has: the shared ones are as many as the machine has cores, and a test that waits for
/// a process or a call in C holds one of them. What such a test waits for would then never get its turn.
///
///     Task(executorPreference: OwnThreads.executor) { try await application.run() }
package final class OwnThreads: TaskExecutor {
  package static let executor = OwnThreads(count: 4)

  private let jobs = Mutex<[UnownedJob]>([])
  private let waiting = DispatchSemaphore(value: 0)

  private init(count: Int) {
    for _ in 0..<count {
      Thread.detachNewThread { [self] in
        while true {
          waiting.wait()
          let job = jobs.withLock { $0.removeFirst() }
          job.runSynchronously(on: asUnownedTaskExecutor())
        }
      }
    }
  }

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    jobs.withLock { $0.append(job) }
    waiting.signal()
  }
}
