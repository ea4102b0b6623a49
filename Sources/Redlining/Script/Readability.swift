/// Puts changes where a reader expects them, without hiding or inventing any.
///
/// A shortest script is blind to language: it keeps a "the" in the middle of two sentences that have nothing to do with
/// one another, and begins an inserted sentence at the second word since the first happens to be the same. The steps:
///
/// 1. What was only inserted or only deleted, and could stand a few words further, is moved to where a sentence or a
///    phrase begins.
/// 2. Islands of one or two little words between two longer replacements go under.
/// 3. A defined term of several words that was exchanged in part is exchanged whole.
struct Readability {
  private let before: TokenText
  private let after: TokenText
  /// Words that carry no meaning by themselves, by their numbers.
  private let littleWords: Set<UInt32>
  /// Renamed words, by their old numbers: what a renaming tells is not widened.
  private let renamed: Set<UInt32>
  /// Whether a phrase of both texts is a defined term of its document.
  private let isDefined: (_ phrase: String, _ isBefore: Bool) -> Bool

  init(
    _ before: TokenText, _ after: TokenText, littleWords: Set<UInt32>, renamed: Set<UInt32>,
    isDefined: @escaping (String, Bool) -> Bool
  ) {
    self.before = before
    self.after = after
    self.littleWords = littleWords
    self.renamed = renamed
    self.isDefined = isDefined
  }

  func improve(_ matches: [Match]) -> [Match] {
    guard !matches.isEmpty else { return matches }
    return wholeTerms(withoutIslands(slid(matches)))
  }

  // MARK: - 1. Phrase boundaries

  private func slid(_ matches: [Match]) -> [Match] {
    var matches = matches
    for index in 0..<matches.count {
      let next =
        index + 1 < matches.count
        ? matches[index + 1] : Match(before: before.tokens.count, after: after.tokens.count, count: 0)
      let (i, j) = (matches[index].before + matches[index].count, matches[index].after + matches[index].count)
      // Only what came or only what went can stand elsewhere.
      guard (i == next.before) != (j == next.after) else { continue }
      let isInsertion = i == next.before
      let tokens = isInsertion ? after.tokens : before.tokens
      let range = isInsertion ? j..<next.after : i..<next.before
      let shift = bestShift(
        of: range, in: isInsertion ? after : before, tokens, left: matches[index].count, right: next.count)
      guard shift != 0 else { continue }
      matches[index].count += shift
      if index + 1 < matches.count {
        matches[index + 1].before += shift
        matches[index + 1].after += shift
        matches[index + 1].count -= shift
      } else {
        matches.append(Match(before: next.before + shift, after: next.after + shift, count: -shift))
      }
    }
    return matches.filter { $0.count > 0 }
  }

  /// By how many tokens a run moves to stand best, to the left where negative.
  private func bestShift(of range: Range<Int>, in text: TokenText, _ tokens: Tokens, left: Int, right: Int) -> Int {
    var best = (shift: 0, fitness: fitness(range, text))
    var shifted = range
    for shift in 1...max(1, min(left, Thresholds.furthestShift)) where left > 0 {
      guard tokens[shifted.lowerBound - 1].number == tokens[shifted.upperBound - 1].number else { break }
      shifted = (shifted.lowerBound - 1)..<(shifted.upperBound - 1)
      let fitness = fitness(shifted, text)
      if fitness > best.fitness { best = (-shift, fitness) }
    }
    shifted = range
    for shift in 1...max(1, min(right, Thresholds.furthestShift)) where right > 0 {
      guard tokens[shifted.lowerBound].number == tokens[shifted.upperBound].number else { break }
      shifted = (shifted.lowerBound + 1)..<(shifted.upperBound + 1)
      let fitness = fitness(shifted, text)
      if fitness > best.fitness { best = (shift, fitness) }
    }
    return best.shift
  }

  /// How well a run of tokens stands where it is: both its ends should be where a sentence or a phrase ends.
  private func fitness(_ range: Range<Int>, _ text: TokenText) -> Int {
    boundary(before: range.lowerBound, text) + boundary(before: range.upperBound, text)
  }

  private func boundary(before token: Int, _ text: TokenText) -> Int {
    if token == 0 || token == text.tokens.count { return 5 }
    let (last, next) = (text.tokens[token - 1], text.tokens[token])
    let gap = text.bytes(last.end, next.start)
    if gap.contains(UInt8(ascii: "\n")) { return 5 }
    switch last.number {
    case Self.code("."), Self.code("!"), Self.code("?"): return gap.isEmpty ? 0 : 4
    case Self.code(";"), Self.code(":"): return 3
    case Self.code(","), Self.code(")"): return 2
    default: break
    }
    if next.number == Self.code("(") { return 2 }
    return last.isWord && next.isWord ? 1 : 0
  }

  private static func code(_ mark: Unicode.Scalar) -> UInt32 { mark.value }

  // MARK: - 2. Islands

  private func withoutIslands(_ matches: [Match]) -> [Match] {
    var result: [Match] = []
    for (index, match) in matches.enumerated() {
      if index > 0, index + 1 < matches.count, match.count <= Thresholds.longestIsland,
        isReplacement(from: result.last ?? matches[index - 1], to: match),
        isReplacement(from: match, to: matches[index + 1]),
        (0..<match.count).allSatisfy({ isLittle(before.tokens[match.before + $0].number) })
      {
        continue
      }
      result.append(match)
    }
    return result
  }

  /// Whether a longer stretch was replaced by another between two shared runs.
  private func isReplacement(from first: Match, to second: Match) -> Bool {
    words(before.tokens[(first.before + first.count)..<second.before]) >= Thresholds.longReplacement
      && words(after.tokens[(first.after + first.count)..<second.after]) >= Thresholds.longReplacement
  }

  private func words(_ tokens: some Collection<Token>) -> Int { tokens.reduce(0) { $0 + ($1.isWord ? 1 : 0) } }

  private func isLittle(_ number: UInt32) -> Bool { number < Lexicon.firstWord || littleWords.contains(number) }

  // MARK: - 3. Defined terms

  private func wholeTerms(_ matches: [Match]) -> [Match] {
    var matches = matches
    for index in 0..<max(0, matches.count) {
      let next =
        index + 1 < matches.count
        ? matches[index + 1] : Match(before: before.tokens.count, after: after.tokens.count, count: 0)
      let old = (matches[index].before + matches[index].count)..<next.before
      let new = (matches[index].after + matches[index].count)..<next.after
      guard isName(old, before), isName(new, after),
        !old.contains(where: { renamed.contains(before.tokens[$0].number) })
      else { continue }
      for (left, right) in Self.reaches where left <= matches[index].count && right <= next.count {
        let (oldTerm, newTerm) = (
          (old.lowerBound - left)..<(old.upperBound + right), (new.lowerBound - left)..<(new.upperBound + right)
        )
        guard isName(oldTerm, before), isName(newTerm, after), isDefined(phrase(oldTerm, before), true),
          isDefined(phrase(newTerm, after), false)
        else { continue }
        matches[index].count -= left
        if right > 0 {
          matches[index + 1].before += right
          matches[index + 1].after += right
          matches[index + 1].count -= right
        }
        break
      }
    }
    return matches.filter { $0.count > 0 }
  }

  /// How far a term may reach beyond the words that changed, the longest first.
  private static let reaches = [(2, 0), (0, 2), (1, 1), (1, 0), (0, 1)]

  /// Whether these are one to four words that begin with a capital.
  private func isName(_ range: Range<Int>, _ text: TokenText) -> Bool {
    (1...4).contains(range.count)
      && range.allSatisfy { text.tokens[$0].isWord && (0x41...0x5A).contains(text.first(text.tokens[$0])) }
  }

  private func phrase(_ range: Range<Int>, _ text: TokenText) -> String {
    range.map { text.text(text.tokens[$0]) }.joined(separator: " ")
  }
}
