/// The lists of stems that rules ask for, each with words whose stems are meant.
enum StemList: UInt8, CaseIterable, Sendable {
  /// Verbs and nouns of what is done with data.
  case data
  /// Words of the title of a text of terms.
  case title
  /// Headings that a clause of terms may bear.
  case clause
  /// Documents that an agreement may take in.
  case instrument
  /// Things that a service calls its own.
  case ownThing
  /// Headings that the weights know.
  case weighed
  /// Of a change.
  case change

  var words: String {
    switch self {
    case .data:
      "share shares collect collects disclose provide process store retain use data personal information"
    case .title:
      "terms conditions service services use agreement user privacy policy policies statement notice and"
    case .clause:
      "general provisions miscellaneous definitions scope covered requirements eligibility prohibited restrictions"
    case .instrument: "procedure procedures agreement addendum schedule annex arbitration rules terms"
    case .change: "changes"
    case .ownThing:
      "service services website site app application platform account software terms policy products team"
    case .weighed:
      """
      definitions contact history changes privacy rights data contents summary introduction payment fees termination liability
      policy law notice glossary key overview security content guidelines requirements eligibility
      """
    }
  }
}

/// Which lists a stem is in.
struct StemLists: Hashable, Sendable {
  private var bits: UInt8 = 0

  mutating func insert(_ list: StemList) { bits |= 1 &<< list.rawValue }
  @inline(__always)
  func contains(_ list: StemList) -> Bool { bits & (1 &<< list.rawValue) != 0 }
}
