internal import TermsModel

extension ConsolidatedText {
  /// The text as Markdown in which each clause bears where its words come from, headed as a compilation.
  ///
  /// - Parameters:
  ///   - at: the moment as it was asked for: a date stays a date.
  ///   - pending: whether wording that does not bind yet stands beside the wording that does.
  package func marked(at: String, pending: Bool) -> String {
    var parts = [heading(at)]
    for passage in passages {
      if let words = passage.inForce { parts.append(Self.mark(words) + "\n\n" + Self.trimmed(words.clause.source)) }
      guard pending else { continue }
      for one in passage.pending { parts.append(Self.quoted(one, of: passage)) }
    }
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  private func heading(_ at: String) -> String {
    let what =
      isSurviving
      ? "Clauses of \(document) that go on binding \(developer) after the agreement ended, as of \(at)"
      : "\(document) as it binds \(developer) at \(at)"
    let made =
      posted.map { "This is version \($0) as posted." }
      ?? "Compiled from the posted versions; each clause names the one that its words come from. The posted versions themselves are what was agreed."
    return "> \(what), as known at \(question.knownAt). \(made)"
  }

  private static func mark(_ words: InForce) -> String {
    let how = words.changeClass.map { "\($0.rawValue), in force since \(words.since)" } ?? "binds since \(words.since)"
    return "[\(name(words.clause)) · version \(words.version) · \(how)]"
  }

  private static func quoted(_ pending: Pending, of passage: Passage) -> String {
    let state =
      switch pending.state {
      case .pending(let day): "in force from \(day)"
      case .awaitingNotice(let day): "awaits its notice; given today, in force from \(day)"
      case .optedOut: "opted out of"
      case .inForce, .withdrawn, .notBound: "not in force"
      }
    let clause = pending.clause ?? passage.inForce?.clause
    let mark =
      "[\(clause.map(name) ?? "clause") · pending: version \(pending.version) · \(pending.changeClass.rawValue), \(state)]"
    let words = pending.clause.map { trimmed($0.source) } ?? "(deleted)"
    let lines = [mark, ""] + words.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    return lines.map { $0.isEmpty ? ">" : "> \($0)" }.joined(separator: "\n")
  }

  private static func name(_ clause: PostedText.Clause) -> String {
    if clause.label.isEmpty { return clause.heading ?? "without a label" }
    return clause.paragraph > 1 ? "\(clause.label), paragraph \(clause.paragraph)" : "\(clause.label)"
  }

  private static func trimmed(_ source: String) -> String {
    var source = source[...]
    while source.last?.isNewline == true { source.removeLast() }
    while source.first?.isNewline == true { source.removeFirst() }
    return String(source)
  }
}
