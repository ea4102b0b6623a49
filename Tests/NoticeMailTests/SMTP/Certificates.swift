import Foundation
import Testing

/// Certificates for servers on loopback, made anew for a run.
struct Certificates {
  static let isPresent = Tools.arePresent(["openssl"], for: "TLS", package: "openssl")

  /// What a server shows: its certificate and key, each in a PEM file.
  struct Identity {
    let certificate: String
    let key: String
  }

  let folder: URL
  /// The authority to trust.
  let authority: String
  /// For `localhost`, by the authority.
  let right: Identity
  /// By the authority, for another name.
  let wrongName: Identity
  /// For `localhost`, by nobody.
  let selfSigned: Identity

  init() throws {
    folder = try Tools.folder("certificates")
    let base = folder.path()
    let days = ["-days", "2"]
    try Tools.run(
      "openssl",
      [
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=Test Authority", "-keyout", base + "/ca.key",
        "-out", base + "/ca.pem",
      ]
        + days)
    authority = base + "/ca.pem"
    func signed(_ name: String, for host: String) throws -> Identity {
      try Tools.run(
        "openssl",
        [
          "req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=\(host)", "-keyout", "\(base)/\(name).key", "-out",
          "\(base)/\(name).csr",
        ])
      try Data("subjectAltName=DNS:\(host)\n".utf8).write(to: URL(filePath: "\(base)/\(name).ext"))
      try Tools.run(
        "openssl",
        [
          "x509", "-req", "-in", "\(base)/\(name).csr", "-CA", base + "/ca.pem", "-CAkey", base + "/ca.key",
          "-CAcreateserial",
          "-extfile", "\(base)/\(name).ext", "-out", "\(base)/\(name).pem",
        ] + days)
      return Identity(certificate: "\(base)/\(name).pem", key: "\(base)/\(name).key")
    }
    right = try signed("right", for: "localhost")
    wrongName = try signed("wrong", for: "mail.elsewhere.example")
    try Tools.run(
      "openssl",
      [
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-addext",
        "subjectAltName=DNS:localhost",
        "-keyout", base + "/self.key", "-out", base + "/self.pem",
      ] + days)
    selfSigned = Identity(certificate: base + "/self.pem", key: base + "/self.key")
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }
}
