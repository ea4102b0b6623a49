package import TermsModel

/// What the holder of a token may do (section 6.4).
package enum Role: Hashable, Sendable {
  /// Everything.
  case `operator`
  /// Read what concerns one developer, and act for them.
  case developer(DeveloperID)
  /// Record what became of notices.
  case sender
  /// Read everything, change nothing.
  case auditor
}

extension Role: LosslessStringConvertible {
  package static let form = "'operator', 'sender', 'auditor' or 'developer:ID'"

  package init?(_ description: String) {
    switch description {
    case "operator": self = .operator
    case "sender": self = .sender
    case "auditor": self = .auditor
    default:
      guard description.hasPrefix("developer:"), let id = DeveloperID(rawValue: String(description.dropFirst(10)))
      else { return nil }
      self = .developer(id)
    }
  }

  package var description: String {
    switch self {
    case .operator: "operator"
    case .sender: "sender"
    case .auditor: "auditor"
    case .developer(let id): "developer:\(id)"
    }
  }
}

extension Role {
  /// Whether facts about a developer may be read.
  package func mayRead(about developer: DeveloperID) -> Bool {
    switch self {
    case .operator, .auditor: true
    case .developer(let own): own == developer
    case .sender: false
    }
  }

  /// Whether acts may be done in a developer's name.
  package func mayAct(for developer: DeveloperID) -> Bool {
    switch self {
    case .operator: true
    case .developer(let own): own == developer
    case .sender, .auditor: false
    }
  }

  package var mayPublish: Bool { self == .operator }
  /// Whether drafts may be reviewed, which changes nothing.
  package var mayReview: Bool { self == .operator || self == .auditor }
  package var mayRecordNotices: Bool { self == .operator || self == .sender }
  /// Whether the whole record may be looked at: every developer, every notice, the log.
  package var mayReadAll: Bool { self == .operator || self == .auditor }
}
