/// How much each word, and each thing known about a change, speaks for an effect: the weights of a linear model.
struct WordWeights: Sendable {
  /// Log-odds of an effect, and of a law behind it where there is one, by feature.
  var effect: [String: Float]
  var law: [String: Float]
  var effectBias: Float
  var lawBias: Float
  /// From which probability of an effect a change counts as one; below one half, since the dangerous mistake is the other.
  var effectThreshold: Float
  var lawThreshold: Float

  /// Whether the stem is a word that the model was shown often enough to know it.
  static func knows(_ stem: String) -> Bool { false }

  static let none = WordWeights(
    effect: [:], law: [:], effectBias: 10, lawBias: -10, effectThreshold: 0.5, lawThreshold: 0.5)
}
