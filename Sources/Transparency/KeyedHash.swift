internal import Crypto

/// HMAC-SHA-256 (RFC 2104): who has the key made it.
package enum KeyedHash {
  /// The code over `text`, in lower-case hexadecimal.
  package static func hex(of text: String, key: [UInt8]) -> String {
    SHA256Hex.text(of: bytes(of: Array(text.utf8), key: key))
  }

  /// The code over `bytes`, 32 bytes.
  package static func bytes(of bytes: [UInt8], key: [UInt8]) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: bytes, using: SymmetricKey(data: key)))
  }
}
