import TermsModel
import Testing

@Suite struct ClauseSelectorTests {
  @Test(arguments: [
    ("2(b)", ["2", "(b)"], true, "the clause itself"),
    ("2(b)", ["2", "(b)", "(i)"], true, "what stands under it"),
    ("2(b)", ["2", "(c)"], false, "its sibling"),
    ("2(b)", ["2"], false, "what it stands under"),
    ("2", ["2", "(b)"], true, "a whole section"),
    ("2", ["21"], false, "a number that begins alike"),
    ("2.1", ["2", ".1"], true, "a number with dots"),
    ("2.1", ["2", ".1", "(a)"], true, "a letter under it"),
    ("2.1", ["2", ".11"], false, "a number with dots that begins alike"),
    ("5-7", ["6", "(a)"], true, "within a run"),
    ("5–7", ["7"], true, "the end of a run, with a dash"),
    ("5-7", ["8"], false, "after a run"),
    ("5-7", ["4", "(z)"], false, "before a run"),
    ("7-5", ["6"], false, "a run that goes backwards"),
    ("5-7", ["Article 6", "(1)"], true, "articles within a run"),
    ("Article 6", ["Article 6", "(1)"], true, "an article by its whole name"),
    ("6(1)", ["Article 6", "(1)"], true, "an article without its word"),
    ("Section 6(a)", ["6", "(a)"], true, "a word that the text leaves out"),
    ("Article 6", ["Section 6"], false, "another word"),
    ("2 (b)", ["2", "(b)"], true, "blanks do not count"),
    ("", ["2"], false, "nothing"),
    ("2", [], false, "a clause without a label"),
  ])
  func `a selector selects clauses`(_ c: (text: String, path: [String], expected: Bool, because: String)) {
    #expect(ClauseSelector(c.text).selects(ClauseLabel(path: c.path)) == c.expected, "\(c.because)")
  }
}
