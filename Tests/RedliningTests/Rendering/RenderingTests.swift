import Redlining
import TermsModel
import TermsParsing
import Testing

/// The renderers over one small redline: every kind of mark, long unchanged runs, and text that looks like markup.
@Suite struct RenderingTests {
  private func redline() throws -> Redline {
    let before = """
      # Terms

      ## 1. Logs

      You will delete all logs of every request that you received from us or from our users at any time within 30 days & tell us <b>so</b>.

      """
    return Redline(
      before: try MarkdownParser.parse(before),
      after: try MarkdownParser.parse(before.replacing("30 days", with: "10 days")))
  }

  private let classes: [Classification?] = [
    Classification(changeClass: .material, grounds: [Ground(rule: "number-changed", evidence: "30 days → 10 days")])
  ]

  @Test func `a terminal without colour shows brackets, the class and why, and cuts what did not change`() throws {
    var text = ""
    RedlineText(try redline(), classes: classes, view: RedlineView(context: 3), color: false).write(to: &text)
    #expect(
      text == """
        1 Logs · modified · material
          … any time within [-30-]{+10+} days & tell …
          because number-changed: 30 days → 10 days

        """)
  }

  @Test func `colour comes with underline and strike, so that it reads without`() throws {
    var text = ""
    RedlineText(try redline(), classes: classes, view: RedlineView(context: 1), color: true).write(to: &text)
    #expect(text.contains("\u{1B}[31;9m30\u{1B}[0m\u{1B}[32;4m10\u{1B}[0m"))
  }

  @Test func `only the classes asked for are shown`() throws {
    var text = ""
    RedlineText(try redline(), classes: classes, view: RedlineView(only: [.other]), color: false).write(to: &text)
    #expect(text == "no changes of that class\n")
  }

  @Test func `HTML escapes every word of the terms`() throws {
    var text = ""
    RedlineHTML(try redline(), classes: classes, view: RedlineView(context: nil)).write(to: &text)
    #expect(text.contains("<del>30</del><ins>10</ins> days &amp; tell us &lt;b&gt;so&lt;/b&gt;."))
    #expect(!text.contains("<b>"))
    #expect(text.contains("<li>number-changed: 30 days → 10 days</li>"))
  }

  @Test func `Markdown takes the words literally and its marks touch them`() throws {
    var text = ""
    RedlineMarkdown(try redline(), classes: classes, view: RedlineView(context: 3)).write(to: &text)
    #expect(text.contains("> … any time within ~~30~~**10** days \\& tell …"))
  }

  @Test func `nothing changed is said`() throws {
    let same = Redline(before: try redline().before, after: try redline().before)
    var text = ""
    RedlineText(same, color: false).write(to: &text)
    #expect(text == "no changes\n")
  }
}
