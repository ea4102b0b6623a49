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
    /// Whether it names a law or an authority itself.
    package let isCiting: Bool
    /// Whether it goes with the law that is found where it stands.
    package let follows: Bool
  }

  /// Changes that stand together, and what speaks for or against a law behind them; nothing where they name none.
  package struct Run: Sendable {
    package let changes: Range<Int>
    package let law: [Feature]
  }

  package let changes: [Change]
  package let runs: [Run]
}

extension Classifier {
  /// What the models are told of `redline`.
  package func trainingRow(of redline: Redline) -> TrainingRow {
    let readings = readings(of: redline)
    let decisive = readings.map { self.decisive($0) }
    let citations = readings.map { lawCitations($0) }
    let changes = readings.indices.map { index in
      let reading = readings[index]
      let rules = reading.isForeign ? [.otherLanguage] : Set(decisive[index].map(\.rule))
      return TrainingRow.Change(
        isProven: reading.isProven, decidedBy: rules.sorted { $0.rawValue < $1.rawValue },
        effect: reading.isProven ? [] : Features(reading).named, isCiting: !citations[index].isEmpty,
        follows: !reading.isProven && !reading.isForeign && follows(reading, citations[index], decisive[index]))
    }
    let runs = Self.together(readings).map { together in
      let open = together.filter { !readings[$0].isProven && !readings[$0].isForeign }
      let found = open.flatMap { citations[$0] }
      return TrainingRow.Run(
        changes: together, law: found.isEmpty ? [] : Features.law(open.map { readings[$0] }, citations: found))
    }
    return TrainingRow(changes: changes, runs: runs)
  }
}
