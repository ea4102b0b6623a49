internal import TermsModel
internal import TermsOperations

/// What refusals say to programs that come by HTTP: they are worded for the command line, whose options are members and parameters
/// here.
enum HTTPWords {
  /// What a command of the command line is here; the rest of the sentence stays.
  private static let commands: [(command: String, here: String)] = [
    ("tenor publish", "POST /v1/documents/{slug}/versions"),
    ("tenor developers add", "POST /v1/developers"), ("tenor developers show", "GET /v1/developers/{id}"),
    ("tenor agree", "an agreement that the operator records"), ("tenor history", "GET /v1/documents/{slug}/versions"),
    ("tenor approve", "POST /v1/documents/{slug}/approvals"),
  ]

  static func of(_ refusal: any Refusal) -> String {
    switch refusal {
    // It names a whole command, with a file.
    case TermsRefusal.needsApproval(let slug, .draft, let changes, let actor):
      "'\(slug)' asks for a second person's agreement to \(agreed(changes)); let somebody other than '\(actor)' look at it and agree, "
        + "on the desk or by POST /v1/documents/\(slug)/approvals with this 'text' and these 'decisions'; then do this again"
    case TermsRefusal.agreementEnded(let id, let slug, let day):
      "the agreement of '\(id)' over '\(slug)' ended on \(day), so there is none that this could be about; "
        + "POST /v1/developers/\(id)/connectors begins another one"
    case TermsRefusal.boundAlong(let id, let slug, let naming):
      "developer '\(id)' is bound to '\(slug)' along with '\(naming)', which names it, and it ends with the agreement over that one: "
        + "POST /v1/developers/\(id)/terminations with \"document\": \"\(naming)\""
    case TermsRefusal.boundByReference(let id, let slug, let naming, let version):
      "developer '\(id)' is bound to '\(slug)' only as '\(naming)' names it, in version '\(version)' for good, so that there is "
        + "nothing of it to choose; to have a say in its versions they agree to it themselves: POST /v1/developers/\(id)/connectors"
    case TermsRefusal.noAgreements(let id):
      "developer '\(id)' has no agreement over any document; record one first: POST /v1/developers/\(id)/connectors"
    default: of("\(refusal)")
    }
  }

  /// What a second person is to agree to: `7(a) as other (material by the evidence)`.
  static func agreed(_ changes: [ClassApproval.Agreed]) -> String {
    let words = changes.prefix(6).map { change in
      let why = change.decided < change.proposed ? "\(change.proposed.words) by the evidence" : change.legalBasis ?? ""
      return "\(change.clause) as \(change.decided.words)" + (why.isEmpty ? "" : " (\(why))")
    }
    return words.joined(separator: ", ") + (changes.count > 6 ? " and \(changes.count - 6) more" : "")
  }

  static func of(_ text: String) -> String {
    var words = text
    for (command, here) in commands {
      // A command stands in quotation marks, with its arguments.
      while let start = words.firstRange(of: "'\(command)"), let end = words[start.upperBound...].firstIndex(of: "'") {
        let arguments = words[start.upperBound..<end].split(separator: " ")
        words.replaceSubrange(start.lowerBound...end, with: filled(here, with: arguments.first))
      }
    }
    // What goes with --class is an element of `decisions`.
    words = words.replacing(/--class "([^"=]*)=([a-z-]*)"/) { match in
      "decisions: [{\"clause\": \"\(match.output.1)\", \"class\": \"\(match.output.2)\"}]"
    }
    words = words.replacing(/--basis "?CITATION"?/, with: "its \"basis\"")
    // Whoever asks over HTTP may have no key: then it is the operator's to do.
    words = words.replacing(/sign (one|a new one) with 'tenor checkpoint'/) { match in
      "the operator signs \(match.output.1) with 'tenor checkpoint'"
    }
    // What is left is done where the service runs, and by nobody who comes by HTTP.
    if !words.contains("the operator") {
      words = words.replacing(/'tenor [^']*'(?! where)/) { match in "\(match.output) where the service runs" }
    }
    return words.replacing(/--([a-z]+(?:-[a-z]+)*)/) { match in "'\(Self.member(String(match.output.1)))'" }
  }

  /// An address with the name that the command was about.
  private static func filled(_ address: String, with argument: Substring?) -> String {
    // Capitals stand for whatever name is meant.
    guard let argument, !argument.hasPrefix("-"), argument.contains(where: { !$0.isUppercase }) else { return address }
    return address.replacing("{slug}", with: argument).replacing("{id}", with: argument)
  }

  /// `postedAt` for `posted-at`.
  private static func member(_ option: String) -> String {
    let parts = option.split(separator: "-")
    if option == "class" { return "decisions" }
    return parts.dropFirst().reduce(String(parts.first ?? "")) { $0 + $1.prefix(1).uppercased() + $1.dropFirst() }
  }
}
