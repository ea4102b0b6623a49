package import Redlining

/// What the models are told of a redline, for the script that makes their weights.
package struct TrainingRow: Sendable {
  /// One change of the redline.
  package struct Change: Sendable {
    /// Whether a rule showed all its words harmless.
    package let isProven: Bool
    /// The rules that decided for an effect, so that nothing was weighed.
    package let decidedBy: [Rule]
    /// What speaks for or against an effect; empty where it was shown harmless.
    package let effect: [Feature]
  }

  package let changes: [Change]
  /// What speaks for or against a law behind the changes that were not shown harmless, taken together; empty where they
  /// name no law and no authority.
  package let law: [Feature]
}

extension Classifier {
  /// What the models are told of `redline`.
  package func trainingRow(of redline: Redline) -> TrainingRow {
    let readings = readings(of: redline)
    let open = readings.filter { !$0.isProven }
    let citations = open.flatMap(lawCitations)
    return TrainingRow(
      changes: readings.map { reading in
        TrainingRow.Change(
          isProven: reading.isProven,
          decidedBy: reading.isForeign
            ? [.otherLanguage] : Set(decisive(reading).map(\.rule)).sorted { $0.rawValue < $1.rawValue },
          effect: reading.isProven ? [] : Features.effect(reading))
      },
      law: citations.isEmpty ? [] : Features.law(open, citations: citations))
  }
}
