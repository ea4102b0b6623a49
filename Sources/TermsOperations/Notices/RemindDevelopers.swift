internal import Binding
package import TermsModel

/// A reminder of what is still to take effect, as it goes on record.
package struct NoticeReminder: Hashable, Sendable {
  package let version: VersionLabel
  /// The date that it reminds of.
  package let remindsOf: CalendarDate

  package init(version: VersionLabel, remindsOf: CalendarDate) {
    self.version = version
    self.remindsOf = remindsOf
  }
}

/// A reminder that is due to one developer.
package struct DueReminder: Hashable, Sendable {
  package let developer: DeveloperID
  package let document: DocumentSlug
  package let reminder: NoticeReminder
}

extension TermsRegistry {
  /// Plans the reminders that are due: a document asks for them so many days before a date, and each developer who was told of
  /// changes that bind them on that date gets one; none gets one who was told within those days, or has no address.
  ///
  /// Looks at every developer who was told of a version with changes that may be pending: to be called once a day.
  ///
  /// - Parameters:
  ///   - isTrial: whether to write nothing.
  ///   - tell: called with each reminder.
  ///   - looked: called with the number of developers looked at since the last call.
  /// - Returns: how many are due, or were planned.
  package func planReminders(
    isTrial: Bool, tell: (DueReminder) -> Void = { _ in }, looked: (Int) -> Void = { _ in }
  ) async throws -> Int {
    let moment = now()
    var count = 0
    for document in try await record.documents() {
      guard let days = document.settings.reminders, !days.isEmpty else { continue }
      let versions = try await record.versions(of: document.slug)
      for version in versions.dropFirst() where version.mayBePending(at: moment) {
        var place: Int64?
        repeat {
          let page = try await record.developers(.noticed(document.slug, version.label), after: place, limit: 500)
          var due: [DueReminder] = []
          for developer in page.developers {
            let found = try await dueReminder(
              to: developer, of: version.label, document, versions, days: days, at: moment)
            if let found { due.append(found) }
          }
          if !isTrial, !due.isEmpty {
            try await perform(
              due.map {
                RecordedAct(.reminderPlanned($0.developer, $0.document, $0.reminder), happenedAt: moment)
              }, at: moment)
          }
          due.forEach(tell)
          count += due.count
          looked(page.developers.count)
          place = page.end
        } while place != nil
      }
    }
    return count
  }

  private func dueReminder(
    to developer: DeveloperID, of version: VersionLabel, _ document: Document, _ versions: [PostedVersion],
    days: [Int], at moment: Instant
  ) async throws -> DueReminder? {
    let answer = bindingAnswer(
      document: document, versions: versions, facts: try await record.facts(of: developer, document: document.slug),
      question: BindingQuestion(at: moment, knownAt: moment))
    guard let standing = answer.versions.first(where: { $0.version == version }) else { return nil }
    let (zone, today) = (document.settings.zone, document.settings.zone.date(of: moment))
    let pending = Set(standing.changes.compactMap(\.state.pendingDay))
    for date in pending.sorted() where date > today {
      // The last of the days on which to remind of it that has come.
      guard let dueOn = days.map({ date.adding(days: -$0) }).filter({ $0 <= today }).max() else { continue }
      if let given = standing.notice?.on, given >= dueOn { continue }
      let last = try await record.lastReminder(of: date, document.slug, version: version, to: developer)
      if let last, zone.date(of: last) >= dueOn { continue }
      guard try await record.developer(developer)?.email != nil else { return nil }
      return DueReminder(
        developer: developer, document: document.slug, reminder: NoticeReminder(version: version, remindsOf: date))
    }
    return nil
  }
}

extension PostedVersion {
  /// Whether a change of it can still be pending for anybody; no period of notice is longer than a year.
  fileprivate func mayBePending(at moment: Instant) -> Bool {
    let acts = [posting] + events.map(\.occasion)
    if events.contains(where: { if case .withdrawn = $0.value { true } else { false } }) { return false }
    let isPostponed = events.contains { if case .postponed = $0.value { true } else { false } }
    return !changes.isEmpty && (isPostponed || acts.contains { $0.recordedAt.adding(seconds: 400 * 86_400) > moment })
  }
}
