import Foundation
import Synchronization

/// Ports on loopback, each given once.
///
/// Other runs of the tests may go on beside this one, so that each begins elsewhere, and looks whether a port is free.
final class Ports: Sendable {
  /// Below those of connections going out (net.ipv4.ip_local_port_range), above those that services have.
  private static let range = 10_000..<32_000

  private let last = Mutex(Int.random(in: range))

  /// - Throws: where none is free.
  func next() throws -> Int {
    try last.withLock { last in
      for _ in Self.range {
        last = last + 1 < Self.range.upperBound ? last + 1 : Self.range.lowerBound
        if Self.isFree(last) { return last }
      }
      throw CocoaError(.fileNoSuchFile)
    }
  }

  private static func isFree(_ port: Int) -> Bool {
    let handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(handle) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(handle, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }
}
