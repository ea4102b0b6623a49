import Foundation
import HTTPTypes
import TermsModel
import TermsOperations
import TermsParsing
import Testing

@testable import TermsWeb

/// Terms on a page: every word of them, and nothing of them alive.
@Suite struct MarkdownHTMLTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let source: String
    let html: String
    let because: String
    var testDescription: String { because }
  }

  @Test(arguments: [
    Case(
      source: "<p>You pay 5 percent of what you earn.</p>\n",
      html: "<pre class=\"raw\">&lt;p&gt;You pay 5 percent of what you earn.&lt;/p&gt;\n</pre>\n",
      because: "a block of HTML binds by its words"),
    Case(
      source: "<table><tr><td>Late fee</td>\n<td>900 dollars</td></tr></table>\n\nAfter it.",
      html:
        "<pre class=\"raw\">&lt;table&gt;&lt;tr&gt;&lt;td&gt;Late fee&lt;/td&gt;\n&lt;td&gt;900 dollars&lt;/td&gt;&lt;/tr&gt;&lt;/table&gt;\n</pre>\n<p>After it.</p>\n",
      because: "a table in HTML"),
    Case(
      source: "- <div>In a list.</div>\n",
      html: "<ul>\n<li>\n<pre class=\"raw\">&lt;div&gt;In a list.&lt;/div&gt;\n</pre>\n</li>\n</ul>\n",
      because: "a block within a list"),
    Case(
      source: "These govern <script>alert(1)</script> you, <EU Representative>.",
      html: "<p>These govern &lt;script&gt;alert(1)&lt;/script&gt; you, &lt;EU Representative&gt;.</p>\n",
      because: "tags within a line, and a placeholder that looks like one"),
    Case(
      source: "<!-- No liability for us. -->\n",
      html: "<pre class=\"raw\">&lt;!-- No liability for us. --&gt;\n</pre>\n", because: "a comment has words, too"),
    Case(source: "One<br/>two<BR>three.", html: "<p>One<br />\ntwo<br />\nthree.</p>\n", because: "an end of line"),
    Case(
      source: "[Go *there*](javascript:alert(1)), [a](DATA:text/html,x), [b](file:///etc), [c](vbscript:x), [d]().",
      html: "<p>Go <em>there</em>, a, b, c, d.</p>\n", because: "links that run code, or lead nowhere"),
    Case(
      source: "![A picture](javascript:x) and [![Another](data:x)](https://terms.example)",
      html: "<p>A picture and <a href=\"https://terms.example\">Another</a></p>\n", because: "pictures, also in links"),
    Case(
      source: "[Go](https://terms.example/a:b) and [here](#1-data:)",
      html: "<p><a href=\"https://terms.example/a:b\">Go</a> and <a href=\"#1-data:\">here</a></p>\n",
      because: "other links stay"),
  ])
  func `every word is shown and nothing is alive`(_ c: Case) {
    #expect(MarkdownHTML.render(c.source) == c.html)
  }

  @Test func `raw HTML is read on the version's page and in the text that binds`() async throws {
    let harbor = try await WebHarbor()
    let clock = harbor.clock
    clock.advance(days: 1)
    _ = try await harbor.registry.publish(
      WebHarbor.slug,
      text: Array((WebHarbor.text + "## 8. Fees\n\n<p>You pay <b>5 percent</b>.</p>\n").utf8), postedAt: clock.now)
    let page = try await harbor.ask(.get, "/connector-terms").body
    #expect(page.contains("&lt;p&gt;You pay &lt;b&gt;5 percent&lt;/b&gt;.&lt;/p&gt;"), "\(page)")
    #expect(!page.contains("<b>5 percent") && !page.contains("<script>") && !page.contains("href=\"\""))
  }
}
