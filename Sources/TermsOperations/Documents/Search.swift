package import TermsModel

/// A clause that holds the words looked for, in the latest of the versions in which it holds them so.
package struct SearchHit: Hashable, Sendable {
  package let document: DocumentSlug
  package let version: VersionLabel
  /// The same clause's other versions that hold the words, the latest first.
  package let alsoIn: [VersionLabel]
  package let clause: LineageID
  package let label: ClauseLabel
  package let paragraph: Int
  package let heading: String?
  /// Some words around the place, the ones found between U+E000 and U+E001, which no text of terms holds.
  package let excerpt: String

  package init(
    document: DocumentSlug, version: VersionLabel, alsoIn: [VersionLabel], clause: LineageID, label: ClauseLabel,
    paragraph: Int, heading: String?, excerpt: String
  ) {
    self.document = document
    self.version = version
    self.alsoIn = alsoIn
    self.clause = clause
    self.label = label
    self.paragraph = paragraph
    self.heading = heading
    self.excerpt = excerpt
  }

  /// What stands before and after the words found in ``excerpt``.
  package static let (mark, endOfMark): (Character, Character) = ("\u{E000}", "\u{E001}")

  /// The excerpt with other marks.
  package func excerpt(marking opening: String, _ closing: String) -> String {
    excerpt.map { $0 == Self.mark ? opening : $0 == Self.endOfMark ? closing : String($0) }.joined()
  }
}

/// Where the words of every posted version can be looked up.
package protocol SearchRecord: Sendable {
  /// Clauses that hold all of `terms`, the best match first.
  /// - Parameter terms: words, or phrases of several with spaces between them; no syntax.
  func search(_ terms: [String], in document: DocumentSlug?, limit: Int) async throws -> [SearchHit]
}

/// Words to look for, as people write them: `end "30 days"` finds clauses that hold the word and the phrase.
package struct SearchWords: Hashable, Sendable {
  /// Words and phrases, all of which a clause must hold.
  package let terms: [String]

  /// - Throws: ``SearchRefusal``.
  package init(_ text: String) throws {
    guard text.utf8.count <= 500 else { throw SearchRefusal.tooLong }
    var terms: [String] = []
    for (index, part) in text.split(separator: "\"", omittingEmptySubsequences: false).enumerated() {
      // Every second part stands between quotation marks.
      let pieces = index % 2 == 1 ? [String(part)] : part.split(whereSeparator: \.isWhitespace).map(String.init)
      terms += pieces.filter { $0.contains { $0.isLetter || $0.isNumber } }
    }
    guard !terms.isEmpty else { throw SearchRefusal.noWords }
    self.terms = terms
  }
}

package enum SearchRefusal: Refusal, Hashable {
  case noWords
  case tooLong

  package var description: String {
    switch self {
    case .noWords: "there is no word to look for; give one or more, a phrase between quotation marks"
    case .tooLong: "more than 500 bytes are too much to look for; give fewer words"
    }
  }
}
