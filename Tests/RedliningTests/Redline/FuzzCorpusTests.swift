import Foundation
import Redlining
import TermsModel
import TermsParsing
import Testing

/// What the fuzzer begins from and what it found once, without the fuzzer: the separator of its inputs parts two texts.
@Suite struct FuzzCorpusTests {
  private static let folder = Fixtures.folder.appending(path: "fuzz/redline")

  @Test func `every text of the fuzzer's corpus keeps the laws, whatever is folded`() throws {
    let files = try FileManager.default.contentsOfDirectory(at: Self.folder, includingPropertiesForKeys: nil)
    #expect(files.count >= 10)
    for file in files {
      let bytes = try [UInt8](Data(contentsOf: file))
      let cut = bytes.firstIndex(of: 0x1E) ?? bytes.count / 2
      guard let before = try? MarkdownParser.parse(Array(bytes[..<cut])),
        let after = try? MarkdownParser.parse(Array(bytes[cut...].drop { $0 == 0x1E }))
      else { continue }
      for foldings in [CanonicalText.Foldings.all, []] + CanonicalText.Folding.allCases.map({ .all(but: $0) }) {
        let redline = Redline(before: before, after: after, options: .init(foldings: foldings))
        #expect(redline.brokenLaws() == [], "\(file.lastPathComponent) with \(foldings.names)")
        #expect(redline.inverse.brokenLaws() == [], "the inverse of \(file.lastPathComponent)")
      }
    }
  }
}
