internal import Foundation

/// A system call that failed, and why.
package struct SystemFault: Error, Hashable, Sendable {
  /// What was asked for: `open`, `starting /usr/bin/git`.
  package let call: String
  /// The `errno`.
  package let code: Int32

  package init(call: String, code: Int32) {
    (self.call, self.code) = (call, code)
  }

  /// The call that failed just now on this thread.
  package static func last(_ call: String) -> SystemFault { SystemFault(call: call, code: errno) }
}

extension SystemFault: CustomStringConvertible {
  package var description: String { "\(call): \(String(cString: strerror(code)))" }
}
