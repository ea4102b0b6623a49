package import TermsModel

/// What posting a draft now would mean for a developer, by how they are told.
package struct Announcement: Hashable, Sendable {
  /// The way in which developers learn of a version.
  package enum Telling: String, Hashable, Sendable, CaseIterable {
    /// By e-mail or courier, given on the day of posting.
    case individually
    /// They have no address: by the posting, where the profile lets it serve.
    case byPosting
  }

  package struct ClassDate: Hashable, Sendable {
    package let changeClass: ChangeClass
    /// How many changes of the class take effect on the date.
    package let changes: Int
    package let clauses: [ClauseLabel]
    /// `nil` where no date is in sight: what the change is written on waits for its notice, or posting is no notice.
    package let effectiveOn: CalendarDate?
  }

  package let postedOn: CalendarDate
  /// The gravest class first, the earliest date first; changes of one class with different dates stand apart.
  package let dates: [Telling: [ClassDate]]
  /// The date from which the whole of it binds, by how developers are told.
  package func wholeFrom(_ telling: Telling) -> CalendarDate? {
    guard let dates = dates[telling], dates.allSatisfy({ $0.effectiveOn != nil }) else { return nil }
    return dates.compactMap(\.effectiveOn).max() ?? postedOn
  }
}

/// The dates per class of a draft if it were posted at a moment, and every developer told on that day.
///
/// Weighed as for a developer who has been bound all along and was told of each version on the day of its posting: what is
/// pending for them holds back a change that is written on it.
///
/// - Parameters:
///   - versions: those posted so far, in the order of posting.
///   - changes: the draft's changes against the last of them, with the classes decided or proposed.
package func announcement(
  of changes: [PostedChange], document: Document, after versions: [PostedVersion], postedAt: Instant,
  adaptation: AdaptationPeriod? = nil
) -> Announcement {
  let postedOn = document.settings.zone.date(of: postedAt)
  let all = versions.posting(changes, of: document, at: postedAt, adaptation: adaptation)
  let label = all[all.count - 1].label
  let question = BindingQuestion(at: postedAt, knownAt: max(postedAt, all.map(\.posting.recordedAt).max() ?? postedAt))

  var dates: [Announcement.Telling: [Announcement.ClassDate]] = [:]
  for telling in Announcement.Telling.allCases {
    let facts = DeveloperFacts.reckoned(telling, document: document.slug, versions: all)
    let answer = bindingAnswer(document: document, versions: all, facts: facts, question: question)
    dates[telling] = answer.versions.last { $0.version == label }.map { $0.changes.grouped { _ in true } }?.map {
      group in
      Announcement.ClassDate(
        changeClass: group.standing.changeClass, changes: group.count, clauses: group.standing.clauses,
        effectiveOn: group.standing.state.settledDay)
    }
  }
  return Announcement(postedOn: postedOn, dates: dates)
}

extension [PostedVersion] {
  /// These with a draft after them, as if it were posted at a moment; a document without any begins with an empty one.
  package func posting(
    _ changes: [PostedChange], of document: Document, at moment: Instant, adaptation: AdaptationPeriod? = nil
  ) -> [PostedVersion] {
    let day = document.settings.zone.date(of: moment)
    // After all that is on record: what was withdrawn by now is not what the draft is compared with.
    var sequence = flatMap { [$0.posting.sequence] + $0.events.map(\.occasion.sequence) }.max() ?? 0
    func posted(_ label: VersionLabel, _ changes: [PostedChange], _ adaptation: AdaptationPeriod?) -> PostedVersion {
      sequence += 1
      return PostedVersion(
        label: label, posting: Occasion(happenedAt: moment, recordedAt: moment, sequence: sequence), changes: changes,
        adaptation: adaptation)
    }
    let before = isEmpty ? [posted(VersionLabel(date: day, ordinal: 1), [], nil)] : self
    return before + [posted(VersionLabel(date: day, ordinal: before.count + 1_000_000), changes, adaptation)]
  }
}
