internal import TermsModel

/// A label without its dress, for finding: `7(a)`, `7.a`, `7a` and `Section 7(a)` all have the parts `7` and `a`.
struct LabelKey: Hashable {
  let parts: [String]

  init(parts: [String]) {
    self.parts = parts
  }

  /// The key of a clause's label: words such as `Article` are left out.
  init(_ label: ClauseLabel) {
    parts = label.path.flatMap { step in
      step.split(separator: " ").last.map { LabelKey.split(String($0)) } ?? []
    }
  }

  /// The key of what a person typed, or `nil` where it has no figures or letters of a label.
  init?(typed: some StringProtocol) {
    var words = typed.lowercased().split(whereSeparator: { $0 == " " || $0 == "\u{A0}" || $0 == "\u{202F}" })
    while let first = words.first, Self.words.contains(first.filter { $0 != "." }) { words.removeFirst() }
    let parts = Self.split(words.joined())
    guard !parts.isEmpty, parts.count <= 12, parts.allSatisfy({ $0.count <= 6 }) else { return nil }
    self.parts = parts
  }

  /// Words by which labels are cited.
  static let words: Set<String> = [
    "section", "sections", "sec", "clause", "clauses", "article", "articles", "art", "paragraph", "paragraphs", "para",
    "subsection", "subsections", "annex", "appendix", "schedule", "exhibit", "part", "chapter", "§", "§§", "point",
    "item",
  ]

  /// The runs of figures and of letters: `7a(ii)` is `7`, `a`, `ii`.
  private static func split(_ text: String) -> [String] {
    var parts: [String] = []
    var current = ""
    var wasNumber = false
    for character in text.lowercased() {
      guard character.isLetter || character.isNumber else {
        if !current.isEmpty { parts.append(current) }
        current = ""
        continue
      }
      if !current.isEmpty, wasNumber != character.isNumber {
        parts.append(current)
        current = ""
      }
      current.append(character)
      wasNumber = character.isNumber
    }
    if !current.isEmpty { parts.append(current) }
    return parts
  }
}

/// The labels of a wording, to be found by their keys.
struct LabelIndex {
  /// Clauses by the key of their own label, in the order of the document.
  private(set) var clauses: [LabelKey: [Int]] = [:]
  /// Every beginning of a key: `7` is known where only `7(a)` is a clause.
  private(set) var known: Set<LabelKey> = []
  /// The words that lead labels, in small letters: `article`, `annex`.
  private(set) var words: Set<String> = []
  /// The greatest number that a label begins with.
  private(set) var greatest = 0
  /// How many clauses bear a label of their own.
  private(set) var count = 0
  /// The labelled clauses right under a key, in the order of the document.
  private(set) var children: [LabelKey: [Int]] = [:]
  /// The last part of each labelled clause's key.
  private var lastPart: [Int: String] = [:]
  /// Keys under which paragraphs or items stand that bear no label.
  private(set) var withUnlabelled: Set<LabelKey> = []

  init(_ wording: Wording) {
    for (index, clause) in wording.clauses.enumerated() where clause.role != .furniture && !clause.label.isEmpty {
      let key = LabelKey(clause.label)
      guard wording.hasOwnLabel(index) else {
        withUnlabelled.insert(key)
        continue
      }
      count += 1
      add(key, index)
      lastPart[index] = key.parts.last
      if let number = key.parts.first.flatMap(Int.init) { greatest = max(greatest, number) }
      let words = clause.label.path[0].split(separator: " ")
      if words.count > 1 { self.words.insert(words[0].lowercased()) }
      // Within a schedule or a part, its clauses are cited by their own numbers.
      if key.parts.count > 1, words.count > 1 || key.parts[0].allSatisfy(\.isLetter) {
        add(LabelKey(parts: Array(key.parts.dropFirst())), index)
      }
    }
  }

  private mutating func add(_ key: LabelKey, _ index: Int) {
    clauses[key, default: []].append(index)
    if key.parts.count > 1 { children[LabelKey(parts: Array(key.parts.dropLast())), default: []].append(index) }
    for count in 1...max(1, key.parts.count) { known.insert(LabelKey(parts: Array(key.parts.prefix(count)))) }
  }
}

extension LabelIndex {
  /// The clause that a key names by its place among others: `13(b)` where the items of 13 are printed `1.` and `2.`
  ///
  /// Page converters print the letters of a list as figures; the reference still counts them.
  func child(_ key: LabelKey) -> Int? {
    guard let first = key.parts.first else { return nil }
    var path = LabelKey(parts: [first])
    var place: Int?
    for part in key.parts.dropFirst() {
      let next = LabelKey(parts: path.parts + [part])
      if let bearer = clauses[next]?.first {
        (path, place) = (next, bearer)
      } else {
        guard Int(part) == nil, let siblings = children[path], let ordinal = Ordinal(part)?.values,
          let sibling = ordinal.first(where: { $0 <= siblings.count }).map({ siblings[$0 - 1] }),
          let step = lastPart[sibling]
        else { return nil }
        (path, place) = (LabelKey(parts: path.parts + [step]), sibling)
      }
    }
    return place
  }
}

extension Wording {
  /// Whether a clause bears a label of its own, and did not inherit it from what it stands under.
  func hasOwnLabel(_ index: Int) -> Bool {
    let clause = clauses[index]
    guard clause.paragraph == 1, !clause.label.isEmpty, clause.role != .furniture else { return false }
    return clause.parent.map { clauses[$0].label != clause.label } ?? true
  }
}
