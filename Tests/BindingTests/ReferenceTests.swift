import Foundation
import TermsModel
import Testing

@testable import Binding

/// The rules, written a second time, against the rules: on histories made by lot, both give the same answers.
///
/// `TENOR_SOAK=100000` in the environment takes that many histories, best in a release build
/// (`swift test -c release -Xswiftc -enable-testing --filter ReferenceTests`).
@Suite struct ReferenceTests {
  static let soak = ProcessInfo.processInfo.environment["TENOR_SOAK"].flatMap { Int($0) }
  static let histories = soak ?? 2_000
  /// How many questions are asked of each history.
  static let questions = soak == nil ? 3 : 6

  /// What the two say differently of a history; `nil` where they agree.
  ///
  /// - Parameter isAboutWords: whether the texts are looked at, and which version's text binds as a whole; or all else.
  static func disagreement(on history: History, words isAboutWords: Bool? = nil) -> String? {
    let made = history.made
    for question in history.questions.prefix(questions) {
      let model = history.model(question, made)
      let clauses = model.clauses()
      var (one, two) = (PlainAnswer(history.answer(question, made)), model.answer(by: clauses))
      if isAboutWords == false { (one.version, two.version) = (nil, nil) }
      let asked = "at \(question.at), known \(question.knownAt), assumed \(question.assumeGiven?.description ?? "-")"
      if one != two { return "\(asked)\n  answer \(one)\n  model  \(two)" }
      if isAboutWords == false { continue }
      do {
        let words = try history.text(question, made).map { text in
          Dictionary(
            uniqueKeysWithValues: text.clauses.map {
              (
                $0.clause.lineage,
                PlainWords(source: $0.clause.source, version: $0.version, changeClass: $0.changeClass, since: $0.since)
              )
            })
        }
        let plain = model.words(by: clauses)
        for clause in Set((words ?? [:]).keys).union((plain ?? [:]).keys).sorted()
        where words?[clause] != plain?[clause] {
          return
            "\(asked)\n  clause \(clause.rawValue)\n  text  \(words?[clause] as Any)\n  model \(plain?[clause] as Any)"
        }
        if (words == nil) != (plain == nil) { return "\(asked): a text and none" }
      } catch { return "\(asked): \(error)" }
    }
    return nil
  }

  @Test func `answers and words are those of the rules written a second time`() {
    var disagreements = 0
    for seed in 1...Self.histories {
      let history = HistoryMaker.history(seed)
      guard Self.disagreement(on: history) != nil else { continue }
      disagreements += 1
      if disagreements > 3 { continue }
      let isAboutWords = Self.disagreement(on: history, words: false) == nil
      let smallest = history.shrunk(versions: !isAboutWords) {
        Self.disagreement(on: $0, words: isAboutWords) != nil
      }
      Issue.record("\(Self.disagreement(on: smallest, words: isAboutWords) ?? "")\n\(smallest)")
    }
    #expect(disagreements == 0, "of \(Self.histories) histories")
  }
}
