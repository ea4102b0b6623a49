import Foundation

/// The process's largest resident size since the last ``resetPeakMemory()``, in megabytes.
func peakMemory() -> Int {
  let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
  let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
  return (line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) / 1024
}

/// Lets ``peakMemory()`` begin anew (Linux: proc(5), clear_refs).
func resetPeakMemory() {
  try? Data("5".utf8).write(to: URL(fileURLWithPath: "/proc/self/clear_refs"))
}

/// Runs `work`, prints how long it took for `count` things, and gives the seconds.
@discardableResult
func measure(_ name: String, count: Int, _ work: () async throws -> Void) async rethrows -> Double {
  resetPeakMemory()
  let start = ContinuousClock.now
  try await work()
  let seconds = (ContinuousClock.now - start) / .seconds(1)
  let each = seconds / Double(count) * 1e6
  report(
    "\(name): \(count) in \(seconds.rounded(to: 2)) s, \(each.rounded(to: 1)) µs each, peak memory \(peakMemory()) MB")
  return seconds
}

/// Runs `work` `count` times, and prints how long it took in the middle and at the end.
func measureEach(_ name: String, count: Int, _ work: (Int) async throws -> Void) async rethrows {
  var times: [Double] = []
  times.reserveCapacity(count)
  for number in 0..<count {
    let start = ContinuousClock.now
    try await work(number)
    times.append((ContinuousClock.now - start) / .microseconds(1))
  }
  times.sort()
  report("\(name): p50 \(times[count / 2].rounded(to: 1)) µs, p99 \(times[count * 99 / 100].rounded(to: 1)) µs")
}

func fileSize(_ path: String) -> Int {
  let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
  return (size ?? 0) / 1_048_576
}

extension Double {
  func rounded(to places: Int) -> String { String(format: "%.\(places)f", self) }
}

/// Prints a line at once, also into a file.
func report(_ line: String) {
  print(line)
  fflush(nil)
}
