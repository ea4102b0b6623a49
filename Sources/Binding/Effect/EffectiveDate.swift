package import TermsModel

extension RuleProfile {
  /// The day `days` after `date` as this profile counts: the first day left out and the last one counted, or so many full
  /// days between (section 3.1, rule 1).
  package func date(_ days: Int, after date: CalendarDate) -> CalendarDate {
    switch dayCount {
    case .civil: date.adding(days: days)
    case .fullDays: date.adding(days: days + 1)
    }
  }

  /// The civil date from whose first moment a change of `changeClass` binds, by the timing of its class alone.
  ///
  /// - Parameters:
  ///   - postedOn: the date of posting in the document's zone.
  ///   - noticeGivenOn: the date on which the notice that starts the clock counts as given.
  package func effectiveDate(of changeClass: ChangeClass, postedOn: CalendarDate, noticeGivenOn: CalendarDate)
    -> CalendarDate
  {
    switch timing(of: changeClass) {
    case .onPosting: postedOn
    case .afterNotice(let days): date(days, after: noticeGivenOn)
    }
  }
}
