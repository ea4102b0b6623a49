internal import TermsModel

/// Shows of changed words that they change no legal effect, rule by rule.
///
/// Each rule looks at the words that are still open and clears those of which it can show it. What no rule clears
/// counts as changed in substance.
struct Harmlessness {
  let document: DocumentReading
  let disabled: Set<Rule>

  func judge(_ reading: inout Reading) {
    guard !reading.isProven else { return }
    if !disabled.contains(.warranty) { FixedPhrases.keep(&reading) }
    let steps: [(Rule, (inout Reading) -> Void)] = [
      (.movedText, movedText), (.movedText, reordered), (.movedText, swapped), (.heading, heading),
      (.textDate, textDate),
      (.textHistory, textHistory),
      (.contactDetails, contactDetails), (.crossReferenceFollowed, crossReferences), (.pageFurniture, pageFurniture),
      (.pointer, pointers), (.summary, summaries), (.explanation, explanations), (.example, examples),
      (.abbreviation, abbreviations),
      (.ownName, ownNames), (.renamedTerm, renamedTerms), (.spelling, spelling), (.sameWord, sameWords),
      (.equalWords, equalWords),
      (.functionWords, functionWords),
    ]
    for (rule, step) in steps where !disabled.contains(rule) {
      step(&reading)
      if reading.isProven { return }
    }
  }

  static let sides: [Reading.Side] = [.before, .after]
}
