internal import TermsModel

/// Shows of changed words that they change no legal effect, rule by rule.
///
/// Each rule looks at the words that are still open and clears those of which it can show it. What no rule clears
/// counts as changed in substance.
struct Harmlessness {
  let document: DocumentReading
  let disabled: Set<Rule>

  func judge(_ reading: Reading) {
    guard !reading.isProven else { return }
    if !disabled.contains(.warranty) { FixedPhrases.keep(reading) }
    for (rule, step) in Self.steps where !disabled.contains(rule) {
      step(self, reading)
      if reading.isProven { return }
    }
  }

  /// The rules, in the order in which they are tried.
  private static let steps: [(Rule, @Sendable (Harmlessness, Reading) -> Void)] = [
    (.movedText, { $0.movedText($1) }), (.movedText, { $0.reordered($1) }), (.movedText, { $0.swapped($1) }),
    (.heading, { $0.heading($1) }), (.textDate, { $0.textDate($1) }), (.textHistory, { $0.textHistory($1) }),
    (.contactDetails, { $0.contactDetails($1) }), (.crossReferenceFollowed, { $0.crossReferences($1) }),
    (.pageFurniture, { $0.pageFurniture($1) }), (.pointer, { $0.pointers($1) }), (.summary, { $0.summaries($1) }),
    (.explanation, { $0.explanations($1) }), (.example, { $0.examples($1) }),
    (.abbreviation, { $0.abbreviations($1) }), (.ownName, { $0.ownNames($1) }),
    (.renamedTerm, { $0.renamedTerms($1) }), (.spelling, { $0.spelling($1) }), (.sameWord, { $0.sameWords($1) }),
    (.equalWords, { $0.equalWords($1) }), (.functionWords, { $0.functionWords($1) }),
  ]

  static let sides: [Reading.Side] = [.before, .after]
}
