/// How much each thing known about a change speaks for an effect, and for a law behind it: two linear models.
///
/// The weights are made by `Scripts/train_materiality.py` from labelled changes. They know kinds of words, sizes and
/// places, and no sentence of anybody's terms.
struct WordWeights: Sendable {
  /// One linear model: the log-odds that each feature adds, and where they start.
  struct Model: Hashable, Sendable {
    var bias: Double
    var weights: [String: Double]
    /// From which log-odds on the answer is yes.
    var threshold: Double

    func score(_ features: [Feature]) -> Double {
      // The features come in the order of their names, so the sum is the same on every run.
      features.reduce(bias) { $0 + (weights[$1.name] ?? 0) * $1.value }
    }

    func answersYes(_ features: [Feature]) -> Bool { score(features) >= threshold }
  }

  /// Whether a change has an effect at all. It is taught with what rules decide alone, and so leans towards an effect: to miss
  /// one is the graver mistake.
  let effect: Model
  /// Whether a law drives an effect, where a law or an authority is named.
  let law: Model

  /// The weights that come with the program.
  static let trained = WordWeights(TrainedWeights.text)

  /// The weights of ``effect`` by the places of the features, in the order of their names; features without one left out.
  private let effectWeights: [(place: Int, weight: Double)]

  init(effect: Model, law: Model) {
    self.effect = effect
    self.law = law
    effectWeights = FeatureName.ordered.compactMap { place in
      effect.weights[FeatureName.all[place]].map { (place, $0) }
    }
  }

  /// Whether the change has an effect, as ``effect`` would answer it.
  func showsEffect(_ features: Features) -> Bool {
    effectWeights.reduce(effect.bias) { $0 + $1.weight * features.value(at: $1.place) } >= effect.threshold
  }

  /// Reads lines of `model feature weight`; `bias` and `threshold` are features by name. What cannot be read is left out.
  init(_ text: String) {
    var models: [Substring: Model] = [:]
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: " ")
      guard parts.count == 3, let value = Double(parts[2]) else { continue }
      var model = models[parts[0]] ?? Model(bias: 0, weights: [:], threshold: 0)
      switch parts[1] {
      case "bias": model.bias = value
      case "threshold": model.threshold = value
      default: model.weights[String(parts[1])] = value
      }
      models[parts[0]] = model
    }
    // Without weights every effect that was not disproved counts as one, and none is laid at a law's door.
    self.init(
      effect: models["effect"] ?? Model(bias: 1, weights: [:], threshold: 0),
      law: models["law"] ?? Model(bias: -1, weights: [:], threshold: 0))
  }
}

/// A number that the models are told of a change, by name.
package struct Feature: Hashable, Sendable {
  package let name: String
  package let value: Double
}
