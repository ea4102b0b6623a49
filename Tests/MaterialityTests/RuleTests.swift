import TermsModel
import Testing

@testable import Materiality

@Suite struct RuleTests {
  @Test(arguments: Rule.allCases)
  func `a rule has a name, a reason in one line, and cases of both sides`(_ rule: Rule) {
    let isPlain = rule.rawValue.allSatisfy { $0.isLowercase || $0 == "-" }
    #expect(isPlain)
    #expect((15...120).contains(rule.reason.count) && !rule.reason.contains("\n"))
    let cases = RuleCase.all.filter { $0.rule == rule }
    let (met, missed) = (cases.filter(\.isMet), cases.filter { !$0.isMet })
    #expect(!met.isEmpty, "no case meets \(rule.rawValue)")
    #expect(!missed.isEmpty, "no case just misses \(rule.rawValue)")
  }

  @Test(arguments: RuleCase.all.indices)
  func `a rule is met where it should be, and nowhere else`(_ index: Int) throws {
    let c = RuleCase.all[index]
    let classes =
      try c.before.hasPrefix("#")
      ? classified(c.before, c.after) : classified("# Duties\n\n\(c.before)\n", "# Duties\n\n\(c.after)\n")
    let grounds = classes.flatMap(\.grounds)
    let isMet = grounds.contains { $0.rule == c.rule.rawValue }
    #expect(isMet == c.isMet, "\(c.rule.rawValue), \(c.because): \(grounds.map { "\($0.rule): \($0.evidence)" })")
  }
}
