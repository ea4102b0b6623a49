internal import TermsOperations

/// What libcurl and the server said of one message.
struct SMTPConversation: Hashable {
  /// libcurl's results that are told apart; any other is read by how far the conversation had come.
  enum LibraryResult {
    static let refusedArgument: Int32 = -1
    static let done: Int32 = 0
    static let strangeReply: Int32 = 8
    static let loginDenied: Int32 = 67
  }

  /// The steps in their order.
  enum Step: Int32, Comparable {
    case connect, ehlo, tls, mail, recipient, data, end

    static func < (left: Step, right: Step) -> Bool { left.rawValue < right.rawValue }
  }

  var result: Int32
  /// libcurl's words for it.
  var words: String
  var step: Step
  /// The refusal, all its lines; on success the last reply.
  var reply: String
  /// Whether libcurl took the whole message to send.
  var allHanded: Bool
  /// Whether it ended because the server offers no delivery reports.
  var gaveUpForReports: Bool
  var peer: String
  /// What the server offered in answer to EHLO, its name first; empty where an open connection was used again.
  var offers: [String]
}

extension SMTPConversation {
  /// What it means: decided by how far the conversation had come, what the server answered and whether the whole message
  /// was handed over, since libcurl's result alone tells a refusal from a cut line, but not when it came.
  func transmission(host: String) -> Transmission {
    // The last reply before a line was cut tells of an earlier step, and nothing of the end.
    let isDecisive = result == LibraryResult.done || reply.first == "4" || reply.first == "5"
    let reply = isDecisive ? reply : ""
    let code = Int(reply.prefix(3)).flatMap { (200...599).contains($0) ? $0 : nil }
    let status = Self.status(in: reply)
    let stage: Transmission.Stage =
      switch step {
      case .connect, .ehlo, .tls: .connection
      case .mail: .sender
      case .recipient: .recipient
      case .data: .content
      case .end: allHanded ? .completion : .content
      }
    func ended(
      _ outcome: TransportOutcome, at stage: Transmission.Stage = stage, _ scope: Transmission.Scope
    ) -> Transmission {
      Transmission(
        outcome: outcome, stage: stage, scope: scope, code: code, status: status, reply: reply.isEmpty ? nil : reply,
        peer: peer.isEmpty ? nil : peer)
    }

    if result == LibraryResult.done { return ended(.accepted(by: "\(host): \(line)"), .message) }
    if gaveUpForReports {
      return ended(
        .unavailable(
          reason:
            "\(host) offers no delivery reports (DSN, RFC 3461); have its administrator allow them to this machine, "
            + "or set delivery reports to 'mta' or 'off'"), at: .connection, .route)
    }
    if result == LibraryResult.refusedArgument { return ended(.rejected(reason: words), at: .connection, .message) }
    if result == LibraryResult.loginDenied {
      return ended(
        .unavailable(reason: "\(host) does not accept the user and password (\(line)); check both"), at: .connection,
        .route)
    }
    if let code, code >= 400 { return refusal(code: code, status: status, host: host, ended) }
    // Nothing refused it, and no reply came: only where the whole message was out can it have been taken over.
    if step == .end, allHanded {
      return ended(
        .unknown(reason: "\(host) took the whole message and then fell silent (\(words)); it may have been taken over"),
        .message)
    }
    return ended(.unavailable(reason: "\(host), at \(step.words): \(words)"), .route)
  }

  private func refusal(
    code: Int, status: String?, host: String,
    _ ended: (TransportOutcome, Transmission.Stage, Transmission.Scope) -> Transmission
  ) -> Transmission {
    let reason = "\(host) refused \(step.words): \(line)"
    let stage: Transmission.Stage =
      switch step {
      case .connect, .ehlo, .tls: .connection
      case .mail: .sender
      case .recipient: .recipient
      case .data: .content
      case .end: .completion
      }
    // 421 is the server going away, whatever it was asked (RFC 5321, 3.8). Before the recipient is named, nothing was said
    // of this message that would not be said of the next.
    guard code != 421, step > .mail else { return ended(.unavailable(reason: reason), stage, .route) }
    switch FailureClass(refusal: code, status: status) {
    case .temporary: return ended(.unavailable(reason: reason), stage, .message)
    case .ours: return ended(.unavailable(reason: reason), stage, .route)
    case .addressDead, .messageOnly, .unknown: return ended(.rejected(reason: reason), stage, .message)
    }
  }

  /// Whether a server that was only looked at has let us as far as a message. Some know no NOOP, and say so: they answered.
  var letIn: Bool {
    let knowsNoSuchCommand = step == .mail && ["500", "502"].contains(reply.prefix(3))
    return result == LibraryResult.done || (knowsNoSuchCommand && !gaveUpForReports)
  }

  /// The reply on one line.
  private var line: String {
    reply.isEmpty ? words : PlainLine.cleaned(reply)
  }

  /// The enhanced status that stands behind a reply's code (RFC 2034).
  static func status(in reply: String) -> String? {
    // Byte by byte: this is read of each message that goes out.
    let rest = reply.utf8.dropFirst(4)
    let word = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: ".") }
    let parts = word.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 3, parts.allSatisfy({ (1...3).contains($0.count) }),
      parts[0].count == 1, let first = parts[0].first, "245".utf8.contains(first),
      rest[word.endIndex...].first.map({ " \t\r\n".utf8.contains($0) }) ?? true
    else { return nil }
    return String(decoding: word, as: UTF8.self)
  }
}

extension SMTPConversation.Step {
  /// How messages name it.
  var words: String {
    switch self {
    case .connect: "connecting"
    case .ehlo: "the greeting"
    case .tls: "TLS"
    case .mail: "the sender"
    case .recipient: "the recipient"
    case .data, .end: "the message"
    }
  }
}
