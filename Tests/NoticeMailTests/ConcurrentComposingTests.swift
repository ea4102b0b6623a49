import TermsOperations
import Testing

@testable import NoticeMail

@Suite struct ConcurrentComposingTests {
  @Test func `messages composed at once are those composed one after the other`() async throws {
    let composer = try MailComposer(settings: .sample())
    let contents = try MailComposerTests.awkward.map { try $0.contents.build() }
    let expected = try contents.map { try composer.compose($0) }
    let agreed = await withTaskGroup(of: Bool.self) { group in
      for start in 0..<8 {
        group.addTask {
          contents.indices.allSatisfy { step in
            let index = (start + step) % contents.count
            return (try? composer.compose(contents[index])) == expected[index]
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(agreed == Array(repeating: true, count: 8))
  }
}
