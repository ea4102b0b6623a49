internal import ArgumentParser
internal import TermsModel
internal import TermsOperations
internal import TermsParsing
internal import Transparency

/// How texts from the command line become values, each with words that say what was expected.
enum Arguments {
  static func identifier<I: Identifier>(_ text: String) throws -> I {
    guard let identifier = I(rawValue: text) else { throw ValidationError("expected \(I.form)") }
    return identifier
  }

  static func address(_ text: String) throws -> EmailAddress {
    do {
      return try EmailAddress(checking: text)
    } catch {
      throw ValidationError("\(error)")
    }
  }

  /// A public key of a log, as it is published.
  static func logKey(_ text: String) throws -> NoteVerifyingKey {
    do {
      return try NoteVerifyingKey(parsing: text)
    } catch {
      throw ValidationError("\(error)")
    }
  }

  /// The public key of a witness of logs.
  static func witnessKey(_ text: String) throws -> WitnessKey {
    do {
      return try WitnessKey(parsing: text)
    } catch {
      throw ValidationError("\(error)")
    }
  }

  static func instant(_ text: String) throws -> Instant {
    guard let instant = Instant(text) else {
      throw ValidationError("expected a moment with an offset, such as 2026-01-31T09:00:00-08:00")
    }
    return instant
  }

  static func date(_ text: String) throws -> CalendarDate {
    guard let date = CalendarDate(text) else { throw ValidationError("expected a date such as 2026-01-31") }
    return date
  }

  static func timeZone(_ text: String) throws -> String {
    guard CivilZone(named: text) != nil else {
      let near = Nearest.name(to: text, among: CivilZone.knownIdentifiers)
      throw ValidationError(
        "there is no time zone '\(text)' in the IANA database; "
          + (near.map { "did you mean '\($0)'?" } ?? "write it as Europe/Dublin, or UTC"))
    }
    return text
  }

  /// How many of something.
  static func count(_ text: String) throws -> Int {
    guard let count = Int(text), count > 0 else { throw ValidationError("expected a number of 1 or more") }
    return count
  }

  static func moment(_ text: String) throws -> AskedMoment {
    if let date = CalendarDate(text) { return .date(date) }
    if let instant = Instant(text) { return .instant(instant) }
    throw ValidationError(
      "expected a date such as 2026-01-31, or a moment with an offset such as 2026-01-31T09:00:00-08:00")
  }
}

/// Options that may be given once alone. ArgumentParser lets the last one win in silence, which for an address or a date
/// that will be on record is the wrong answer.
enum GivenTwice {
  private static let repeatable: Set<String> = ["--class", "--basis", "--only", "--no-folding", "--keep", "--clause"]

  /// What to say of a command line that gives an option twice; `nil` for any other.
  static func message(for arguments: [String]) -> String? {
    var seen: Set<Substring> = []
    for word in arguments.prefix(while: { $0 != "--" }) where word.hasPrefix("--") {
      let name = word.prefix { $0 != "=" }
      guard seen.insert(name).inserted || repeatable.contains(String(name)) else {
        return "\(name) was given twice; give it once"
      }
    }
    return nil
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
