internal import Binding
internal import TermsModel

/// How an answer changed with what became known, in words.
struct AnswerDifferenceText {
  let text: String

  init(_ difference: AnswerDifference, at: String) {
    let (before, after) = (difference.before, difference.after)
    var lines = [
      "\(after.developer) · \(after.document) · \(at), as known at \(before.question.knownAt) and at \(after.question.knownAt)"
    ]
    if difference.steps.isEmpty { lines.append("  nothing recorded in between changes the answer") }
    for step in difference.steps {
      for fact in step.facts {
        lines.append(
          "  recorded \(step.recordedAt): \(fact.says.withVisibleControls), on \(fact.occasion.happenedAt) (act \(fact.occasion.sequence))"
        )
      }
      lines += step.changes.map { "    \($0)" }
    }
    if difference.steps.count > 1 {
      lines.append(difference.changes.isEmpty ? "  in all: the answer is what it was" : "  in all")
      lines += difference.changes.map { "    \($0)" }
    }
    text = lines.joined(separator: "\n")
  }
}

/// How an answer changed with what became known, for programs.
struct AnswerDifferenceJSON: Encodable {
  struct Fact: Encodable {
    let sequence: Int64
    let happenedAt: Instant
    let says: String
  }

  struct Step: Encodable {
    let recordedAt: Instant
    let facts: [Fact]
    let changes: [Change]
  }

  struct Change: Encodable {
    let what: String
    var version: VersionLabel?
    var document: DocumentSlug?
    var clause: String?
    var changeClass: ChangeClass?
    let says: String

    enum CodingKeys: String, CodingKey {
      case what, version, document, clause, says
      case changeClass = "class"
    }

    init(_ change: AnswerChange) {
      says = change.description
      switch change {
      case .bound: what = "bound"
      case .version: what = "version"
      case .entity: what = "entity"
      case .listed(let label, _): (what, version) = ("listed", label)
      case .state(let label, let clause, let changeClass, _, _):
        (what, version, self.clause, self.changeClass) = ("state", label, clause.description, changeClass)
      case .reclassified(let label, let clause, _, let to):
        (what, version, self.clause, changeClass) = ("class", label, clause.description, to)
      case .notice(let label, _, _): (what, version) = ("notice", label)
      case .incorporated(let slug, _, _), .incorporates(let slug, _), .pinned(let slug, _):
        (what, document) = ("incorporated", slug)
      case .precedence: what = "precedence"
      case .surviving: what = "surviving"
      }
    }
  }

  let developer: DeveloperID
  let document: DocumentSlug
  let at: String
  let steps: [Step]
  /// What came of it all.
  let changes: [Change]
  let before: BindingJSON
  let after: BindingJSON

  init(_ difference: AnswerDifference, at: String) {
    developer = difference.after.developer
    document = difference.after.document
    self.at = at
    steps = difference.steps.map { step in
      Step(
        recordedAt: step.recordedAt,
        facts: step.facts.map {
          Fact(sequence: $0.occasion.sequence, happenedAt: $0.occasion.happenedAt, says: $0.says)
        },
        changes: step.changes.map(Change.init))
    }
    changes = difference.changes.map(Change.init)
    before = BindingJSON(difference.before, at: at)
    after = BindingJSON(difference.after, at: at)
  }
}
