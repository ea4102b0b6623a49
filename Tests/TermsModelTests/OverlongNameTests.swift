import TermsModel
import Testing

@Suite struct OverlongNameTests {
  @Test(arguments: [
    ("", false, "nothing"), (String(repeating: "x", count: 200), false, "as long as may be"),
    (String(repeating: "x", count: 201), true, "one more"),
    (String(repeating: "学", count: 200), false, "of three bytes each"),
    ("x" + String(repeating: "\u{301}", count: 200), true, "one character to look at, of 201 scalars"),
  ])
  func `a name is measured in scalars`(name: String, isOverlong: Bool, because: String) {
    #expect((OverlongName(name) != nil) == isOverlong, "\(because)")
  }
}
