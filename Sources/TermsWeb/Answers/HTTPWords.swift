/// What refusals say to those who come by HTTP: they are worded for the command line, whose options are members and parameters
/// here.
enum HTTPWords {
  /// What a command of the command line is here; the rest of the sentence stays.
  private static let commands: [(command: String, here: String)] = [
    ("tenor publish", "POST /v1/documents/{slug}/versions"),
    ("tenor developers add", "POST /v1/developers"), ("tenor developers show", "GET /v1/developers/{id}"),
    ("tenor agree", "an agreement that the operator records"), ("tenor history", "GET /v1/documents/{slug}/versions"),
    ("tenor approve", "POST /v1/documents/{slug}/approvals"),
  ]

  static func of(_ text: String) -> String {
    var words = text
    for (command, here) in commands {
      // A command stands in quotation marks, with its arguments.
      while let start = words.firstRange(of: "'\(command)"), let end = words[start.upperBound...].firstIndex(of: "'") {
        words.replaceSubrange(start.lowerBound...end, with: here)
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
    return words.replacing(/--([a-z]+(?:-[a-z]+)*)/) { match in "'\(Self.member(String(match.output.1)))'" }
  }

  /// `postedAt` for `posted-at`.
  private static func member(_ option: String) -> String {
    let parts = option.split(separator: "-")
    if option == "class" { return "decisions" }
    return parts.dropFirst().reduce(String(parts.first ?? "")) { $0 + $1.prefix(1).uppercased() + $1.dropFirst() }
  }
}
