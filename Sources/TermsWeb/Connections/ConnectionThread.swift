internal import Hummingbird
internal import HummingbirdCore
internal import Logging
internal import NIOCore

/// Connections whose requests are answered on the thread that reads them: to hand a request to another thread and its answer
/// back takes longer than most answers that programs ask for.
///
/// What takes long goes to other threads (``RouteTable``), for here it would keep the other connections of the thread waiting.
struct OnConnectionThread<Base: ServerChildChannel>: ServerChildChannel {
  let base: Base

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Base.Value> {
    base.setup(channel: channel, logger: logger)
  }

  func handle(value: Base.Value, logger: Logger) async {
    await withTaskExecutorPreference(ConnectionThread(value.channel.eventLoop)) {
      await base.handle(value: value, logger: logger)
    }
  }
}

/// The thread that reads a connection, as an executor of tasks.
private final class ConnectionThread: TaskExecutor {
  private let eventLoop: any EventLoop

  init(_ eventLoop: any EventLoop) {
    self.eventLoop = eventLoop
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    eventLoop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
