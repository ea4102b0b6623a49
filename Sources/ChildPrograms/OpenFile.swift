internal import Foundation

/// What the system does with open files, by their numbers.
package enum OpenFile {
  /// Writes all bytes, however few it takes at a time.
  package static func write(_ bytes: [UInt8], to file: Int32) throws(SystemFault) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw SystemFault.last("write") }
      rest = rest.dropFirst(written)
    }
  }
}
