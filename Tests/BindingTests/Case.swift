import TermsModel
import Testing

@testable import Binding

/// A case of a rule: what was recorded, and what the answer is on some days, each with its reason.
struct Case: Sendable, CustomStringConvertible {
  struct Look: Sendable {
    let at: Asked
    let known: Instant
    /// The latest version wholly in force.
    let version: VersionLabel?
    /// States of changes by number, of the version that the case is about: `in-force 2026-01-01`.
    let states: [String]
    let because: String

    /// - Parameters:
    ///   - states: one for each change of the version that the case is about; none where it is not asked.
    init(_ at: Asked, known: Instant = .endOfTime, _ version: VersionLabel?, _ states: String..., because: String) {
      self.at = at
      self.known = known
      self.version = version
      self.states = states
      self.because = because
    }
  }

  let description: String
  let about: VersionLabel
  let record: Record
  let looks: [Look]

  init(_ description: String, about: VersionLabel = "v2", _ looks: Look..., record: (inout Record) -> Void) {
    self.init(description, about: about, from: .bound(), looks, record: record)
  }

  init(
    _ description: String, about: VersionLabel = "v2", from start: Record, _ looks: [Look],
    record change: (inout Record) -> Void
  ) {
    self.description = description
    self.about = about
    self.looks = looks
    var record = start
    change(&record)
    self.record = record
  }
}

/// Compares the answers of a case with what they should be.
func check(_ given: Case, sourceLocation: SourceLocation = #_sourceLocation) {
  for look in given.looks {
    let answer = given.record.answer(look.at, known: look.known)
    #expect(answer.version == look.version, "\(look.at): \(look.because)", sourceLocation: sourceLocation)
    guard !look.states.isEmpty else { continue }
    let states = answer.versions.first { $0.version == given.about }?.changes.map(\.state.words) ?? []
    #expect(states == look.states, "\(look.at): \(look.because)", sourceLocation: sourceLocation)
  }
}
