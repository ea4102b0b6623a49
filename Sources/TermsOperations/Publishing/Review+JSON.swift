internal import Redlining
internal import TermsModel

// The parts of a review that programs read alike, whoever answers them.

/// A change of a draft, with what was proposed and decided of it.
package struct ReviewedChangeJSON: Encodable {
  /// From 1 up, as decisions name it.
  let number: Int
  let kind: ChangeKind
  let label: String
  let proposed: ChangeClass
  /// Absent where publishing would be refused.
  let decided: ChangeClass?
  let grounds: [Ground]

  package static func all(of review: Review) -> [ReviewedChangeJSON] {
    let draft = review.draft
    guard let redline = draft.redline else { return [] }
    return redline.changes.indices.map { index in
      ReviewedChangeJSON(
        number: index + 1, kind: redline.changes[index].kind,
        label: draft.label(of: redline.changes[index], in: redline), proposed: draft.proposals[index].changeClass,
        decided: index < review.changes.count ? review.changes[index].decided : nil,
        grounds: draft.proposals[index].grounds)
    }
  }
}

/// When the changes of one class would bind those who are told on the day of posting.
package struct ClassDateJSON: Encodable {
  let changeClass: ChangeClass
  let changes: Int
  let effectiveOn: CalendarDate

  package init(_ date: Review.ClassDate) {
    changeClass = date.changeClass
    changes = date.changes
    effectiveOn = date.effectiveOn
  }

  enum CodingKeys: String, CodingKey {
    case changeClass = "class"
    case changes, effectiveOn
  }
}

/// How many developers are told how.
package struct AudienceJSON: Encodable {
  let byEmail: Int
  let byPosting: Int

  package init(_ audience: Audience) {
    byEmail = audience.byEmail
    byPosting = audience.byPosting
  }
}
