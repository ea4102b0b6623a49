internal import ArgumentParser
internal import TermsModel
internal import TermsOperations

/// How texts from the command line become values, each with words that say what was expected.
enum Arguments {
  static func identifier<I: Identifier>(_ text: String) throws -> I {
    guard let identifier = I(rawValue: text) else { throw ValidationError("expected \(I.form)") }
    return identifier
  }

  static func instant(_ text: String) throws -> Instant {
    guard let instant = Instant(text) else {
      throw ValidationError("expected a moment with an offset, such as 2026-01-31T09:00:00-08:00")
    }
    return instant
  }

  static func moment(_ text: String) throws -> AskedMoment {
    if let date = CalendarDate(text) { return .date(date) }
    if let instant = Instant(text) { return .instant(instant) }
    throw ValidationError(
      "expected a date such as 2026-01-31, or a moment with an offset such as 2026-01-31T09:00:00-08:00")
  }
}

/// `connector-terms@2025-12-17`, or `connector-terms` for its latest version.
struct VersionReference: Hashable, Sendable {
  let document: DocumentSlug
  let version: VersionLabel?

  /// - Throws: `ValidationError` where the text is no such reference.
  init(_ text: String) throws {
    let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    document = try Arguments.identifier(parts[0])
    version = parts.count == 2 ? try Arguments.identifier(parts[1]) : nil
  }

  static func parse(_ text: String) throws -> VersionReference { try VersionReference(text) }
}
