internal import Foundation

/// A socket on 127.0.0.1, which is closed with the last one who holds it.
package final class Loopback: Sendable {
  /// What the system refused, of which port, and why.
  package struct Fault: Error, CustomStringConvertible {
    let call: String
    let port: Int
    let code: Int32

    package var description: String { "\(call) 127.0.0.1:\(port): \(String(cString: strerror(code)))" }
  }

  package let handle: Int32
  /// Its own number; of a connection, that of the other side.
  package let port: Int

  private init(handle: Int32, port: Int) {
    (self.handle, self.port) = (handle, port)
  }

  deinit { close(handle) }

  /// A port for a server that is started later: nobody else comes by it for as long as this is held, and nobody is there before
  /// the server is.
  ///
  /// The socket stays bound, so that neither a connection going out nor another who looks for a port is given its number; a
  /// server that allows addresses to be used again, as all do that are to be restarted at once, can listen on it all the same.
  package static func reserved() throws -> Loopback {
    let socket = try bound()
    // Only now: bound so from the beginning, two who look for a port could be given the same.
    var isReusable: Int32 = 1
    setsockopt(socket.handle, SOL_SOCKET, SO_REUSEADDR, &isReusable, socklen_t(MemoryLayout<Int32>.size))
    return socket
  }

  /// A port on which this process itself accepts connections.
  package static func listening(backlog: Int32 = 16) throws -> Loopback {
    let socket = try bound()
    guard listen(socket.handle, backlog) == 0 else { throw Fault(call: "listen", port: socket.port, code: errno) }
    return socket
  }

  /// A connection to a server.
  /// - Parameter window: how many bytes the system takes in before anybody reads them; as it likes where `nil`.
  package static func connected(to port: Int, window: Int32? = nil) throws -> Loopback {
    let socket = Loopback(handle: try open(), port: port)
    if var window {
      setsockopt(socket.handle, SOL_SOCKET, SO_RCVBUF, &window, socklen_t(MemoryLayout<Int32>.size))
    }
    var address = address(port: port)
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(socket.handle, $0, length) }
    }
    guard result == 0 else { throw Fault(call: "connect", port: port, code: errno) }
    return socket
  }

  /// Waits until something listens on the port. A program may take long to start where many others run.
  package static func waitForListener(on port: Int, seconds: Double = 120) throws {
    let end = Date().addingTimeInterval(seconds)
    while true {
      do {
        _ = try connected(to: port)
        return
      } catch {
        guard Date() < end else { throw error }
        usleep(20_000)
      }
    }
  }

  // MARK: Addresses

  private static let length = socklen_t(MemoryLayout<sockaddr_in>.size)

  private static func address(port: Int) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return address
  }

  /// Programs that other tests start do not inherit it, and so hold no port for longer than its test.
  private static func open() throws -> Int32 {
    let handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard handle >= 0 else { throw Fault(call: "socket", port: 0, code: errno) }
    return handle
  }

  /// Bound to a port that the system chose.
  private static func bound() throws -> Loopback {
    let handle = try open()
    var (address, length) = (address(port: 0), length)
    let result = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
        bind(handle, raw, length) == 0 ? getsockname(handle, raw, &length) : -1
      }
    }
    let socket = Loopback(handle: handle, port: Int(UInt16(bigEndian: address.sin_port)))
    guard result == 0 else { throw Fault(call: "bind", port: 0, code: errno) }
    return socket
  }
}
