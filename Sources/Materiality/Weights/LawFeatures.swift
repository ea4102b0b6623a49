internal import TermsModel

extension Features {
  /// What speaks for or against a law behind the effect of `readings`, which stand together.
  static func law(_ readings: [Reading], citations: [LawFinder.Citation]) -> [Feature] {
    var counts: [String: Int] = [:]
    var sections: Set<String> = []
    func count(_ name: String) { counts[name, default: 0] += 1 }
    for citation in citations {
      count("l:" + citation.rule.rawValue + (citation.isNamed ? "-named" : ""))
      if citation.isDuty { count("l:duty") }
      if citation.isRight { count("l:right") }
    }
    for reading in readings {
      sections.formUnion(reading.section.stems.map { reading.desk.text($0) })
      for word in OpenWords(reading).telling {
        count("n:telling")
        if word.kind == .reference { count("x:reference") }
        if word.isIn(.sectionSign) { count("x:paragraph") }
        guard word.kind == .plain else { continue }
        let traits = word.traits
        for (name, trait) in Self.lawTraits where traits.contains(trait) { count(name) }
        if word.isIn(.readerShort) { count("p:you") }
      }
    }
    var features = counts.map { Feature(name: $0.key, value: Logarithm.of($0.value)) }
    features += sections.map { Feature(name: "s:" + $0, value: 1) }
    let density = Double(citations.count) / Double(max(counts["n:telling"] ?? 0, 8)) * 16
    features.append(Feature(name: "l:density", value: min(2, density)))
    return features.sorted { $0.name < $1.name }
  }

  private static let lawTraits: [(String, Vocabulary.Traits)] = [
    ("t:place", .place), ("t:law", .law), ("t:governing-law", .governingLaw), ("t:dispute", .dispute),
    ("t:conduct", .conduct),
    ("t:payment", .payment), ("t:licence", .licence), ("t:data-use", .dataUse),
  ]
}
