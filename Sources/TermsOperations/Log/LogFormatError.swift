/// Why a line of the log cannot be read as an act.
package enum LogFormatError: Error, Hashable {
  case notJSON(String)
  case notCanonical
  case missing(member: String)
  case invalid(member: String, expected: String)
  case unknownAct(String)
}

extension LogFormatError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notJSON(let detail): "is no JSON: \(detail)"
    case .notCanonical:
      "is not written as this program writes it (RFC 8785), or holds a member that no act has"
    case .missing(let member): "lacks the member '\(member)'"
    case .invalid(let member, let expected): "has a member '\(member)' that is not \(expected)"
    case .unknownAct(let name): "holds an act '\(name)' that this version does not know"
    }
  }
}
