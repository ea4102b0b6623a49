internal import TermsModel

/// The server that takes our messages over: our own mail system, or a provider's.
package struct SMTPSettings: Hashable, Sendable {
  package enum Security: Hashable, Sendable {
    /// The conversation begins in clear and must turn to TLS before anything of ours is said (RFC 3207). Port 587.
    case startTLS
    /// TLS from the first byte (RFC 8314). Port 465.
    case implicitTLS
    /// In clear: for a mail system on this machine.
    case none
  }

  package struct Credentials: Hashable, Sendable {
    package let user: String
    package let password: String

    package init(user: String, password: String) {
      self.user = user
      self.password = password
    }
  }

  /// Who asks for delivery reports (RFC 3461).
  package enum DeliveryReports: String, Hashable, Sendable, Codable, CaseIterable {
    /// We do, on the wire. A server that does not offer it ends the run.
    case wire
    /// The mail system adds the request by its own settings.
    case server = "mta"
    /// Nobody: what becomes of a message after it was taken over is then not known.
    case off
  }

  package let host: String
  package let port: Int
  /// The name that we greet with: this machine's own, fully qualified.
  package let greeting: String
  package let security: Security
  /// A file of certificates to trust, in PEM; the system's where `nil`.
  package let certificates: String?
  package let credentials: Credentials?
  package let deliveryReports: DeliveryReports
  /// Seconds.
  package let connectTimeout: Int
  /// Seconds to wait for each reply. RFC 5321, 4.5.3.2.6 asks for ten minutes after the message: who waits less learns less
  /// often whether it was taken.
  package let replyTimeout: Int

  /// - Throws: ``SMTPSettingsError`` where the settings would send a password in clear or name no server.
  package init(
    host: String, port: Int? = nil, greeting: String, security: Security = .startTLS, certificates: String? = nil,
    credentials: Credentials? = nil, deliveryReports: DeliveryReports = .wire, connectTimeout: Int = 30,
    replyTimeout: Int = 600
  ) throws(SMTPSettingsError) {
    guard Self.isHost(host) else { throw .badHost(host) }
    guard Self.isHost(greeting) else { throw .badGreeting(greeting) }
    let usual =
      switch security {
      case .startTLS: 587
      case .implicitTLS: 465
      case .none: 25
      }
    let port = port ?? usual
    guard (1...65_535).contains(port) else { throw .badPort(port) }
    if security == .none, credentials != nil { throw .passwordInClear }
    self.host = host
    self.port = port
    self.greeting = greeting
    self.security = security
    self.certificates = certificates
    self.credentials = credentials
    self.deliveryReports = deliveryReports
    self.connectTimeout = connectTimeout
    self.replyTimeout = replyTimeout
  }

  /// Where libcurl is to connect to; its path is the name to greet with.
  var url: String {
    let scheme = security == .implicitTLS ? "smtps" : "smtp"
    return "\(scheme)://\(host.contains(":") ? "[\(host)]" : host):\(port)/\(greeting)"
  }

  /// A name of letters, digits, dots and hyphens, or an address in digits.
  private static func isHost(_ text: String) -> Bool {
    guard (1...253).contains(text.utf8.count) else { return false }
    if text.contains(":") { return text.utf8.allSatisfy { "0123456789abcdefABCDEF:.".utf8.contains($0) } }
    return text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
      (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
        && label.utf8.allSatisfy { byte in
          (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
        }
    }
  }
}

/// What is wrong with the settings of a server.
package enum SMTPSettingsError: Error, Hashable {
  case badHost(String)
  case badGreeting(String)
  case badPort(Int)
  case passwordInClear
}

extension SMTPSettingsError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .badHost(let host):
      "'\(host)' is no mail server's name or address; write it alone, as in mail.example.com"
    case .badGreeting(let name):
      "'\(name)' is no name to greet a mail server with; write this machine's full name, as in terms.example.com"
    case .badPort(let port):
      "\(port) is no port; mail is handed over on 587 (STARTTLS), 465 (TLS) or 25 (in clear)"
    case .passwordInClear:
      "a user and password are set, but no TLS: they would cross the network in clear; use STARTTLS or TLS"
    }
  }
}
