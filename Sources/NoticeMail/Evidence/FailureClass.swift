package import TermsOperations

extension FailureClass {
  /// The class of a failure that a delivery report tells of. A report of `failed` with a 4.x.x status is a message that
  /// expired in a queue.
  package init(reported status: String?) {
    self = status.map(Self.init(status:)) ?? .unknown
    if self == .temporary { self = .messageOnly }
  }

  /// The class of a refusal by a server that answers us: by its enhanced status where it gave one, else by its code.
  package init(refusal code: Int, status: String?) {
    if let status, status.hasPrefix(code < 500 ? "4" : "5") {
      self.init(status: status)
      if self != .unknown { return }
    }
    switch code {
    case ..<500: self = .temporary
    // RFC 5321, 4.2.2, and RFC 4954, 6: the command, its parameters or our right to give it.
    case 500...504, 530, 534, 535, 538, 555: self = .ours
    case 552: self = .messageOnly
    default: self = .unknown
    }
  }

  private init(status: String) {
    let parts = status.split(separator: ".").map { Int($0) }
    guard parts.count == 3, let kind = parts[0], let subject = parts[1], let detail = parts[2] else {
      self = .unknown
      return
    }
    switch (kind, subject, detail) {
    case (4, _, _): self = .temporary
    case (5, 1, 0...3), (5, 1, 6), (5, 1, 10), (5, 2, 1), (5, 4, 4): self = .addressDead
    case (5, 2, 2), (5, 2, 3), (5, 3, 4): self = .messageOnly
    case (5, 5, _), (5, 6, _), (5, 7, _): self = .ours
    default: self = .unknown
    }
  }
}
