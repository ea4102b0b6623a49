import TermsModel
import Testing

/// What a profile asks of a legal basis.
@Suite struct RuleProfileTests {
  @Test(arguments: [
    ("law: Regulation (EU) 2022/2065, article 17", true, "a ground, and the citation"),
    ("Fraud : invoices forged since 2 May", true, "capitals and spaces make no difference"),
    ("Regulation (EU) 2022/2065, article 17", false, "no ground"),
    ("law:", false, "a ground, and nothing that shows it"),
    ("law:  ", false, "a ground, and nothing that shows it"),
    ("whim: we like it better", false, "no ground that the Regulation knows"),
    ("by law: article 17", false, "the ground comes first"),
    ("", false, "nothing"),
  ])
  func `a change takes effect at once on one of the grounds that the profile names`(
    _ basis: String, _ isEnough: Bool, because: String
  ) {
    #expect(RuleProfile.euP2B3.namesGround(basis) == isEnough, "\(because)")
    #expect(RuleProfile.connectors7a.namesGround(basis), "a profile that names no ground takes any citation")
  }
}
