import Foundation
import Redlining
import TermsModel
import TermsOperations
import Testing

@testable import NoticeMail

@Suite struct LetterTests {
  private func letter(_ contents: Contents) throws -> RenderedLetter {
    try MailComposer(settings: .sample()).letter(contents.build())
  }

  @Test func `the subject of a letter about what is in force names the day on which the last of it came in`() throws {
    var contents = Contents()
    contents.sentOn = "2026-02-01"
    #expect(
      try letter(contents).subject == "Connector Terms: \(contents.items.count) changes in force since 1 January 2026")
  }

  @Test func `no line of the text is wider than 72 columns unless it is one word`() throws {
    for c in MailComposerTests.awkward {
      for line in try letter(c.contents).text.split(separator: "\n") where line.count > 72 {
        #expect(line.split(separator: " ").count == 1, "\(c.because): \(line)")
      }
    }
  }

  @Test func `a long address of the web stays in one piece in both parts`() throws {
    let letter = try letter(Contents(link: MailComposerTests.longURL))
    #expect(letter.text.split(separator: "\n").contains(Substring(MailComposerTests.longURL)))
    #expect(letter.html.contains("href=\"\(MailComposerTests.longURL.replacing("&", with: "&amp;"))\""))
  }

  @Test(arguments: [
    ("javascript:alert(1)", "another scheme"), ("https://x.example/\" onclick=\"", "a quote"),
    ("https://x.example/ y", "a space"), ("https://münchen.example", "not ASCII"), ("x.example", "no scheme"),
  ])
  func `an address that could do harm is not shown as a link`(link: String, because: String) throws {
    let letter = try letter(Contents(link: link))
    #expect(!letter.html.contains("href"), "\(because)")
    #expect(letter.text.contains("We send you the whole version on request"), "\(because)")
  }

  @Test func `markup in names, titles and clauses is shown and not obeyed`() throws {
    let evil = "<img src=x>&\"'\u{22}\u{301}<\u{338}b>"
    let letter = try letter(
      Contents(
        title: evil, name: evil, summary: evil,
        items: [
          Contents.item(
            1, [evil], evil, [.kept(evil + " "), .gone(evil), .new("{{name}} {{{name}}} {{>html}}")],
            as: .legalRequired,
            on: "2025-12-17", basis: evil)
        ]))
    #expect(!letter.html.contains("<img"))
    let scalars = Array(letter.html.unicodeScalars)
    let combining: Set<Unicode.Scalar> = ["\u{301}", "\u{338}"]
    #expect(
      !zip(scalars, scalars.dropFirst()).contains { "<>&\"'".unicodeScalars.contains($0) && combining.contains($1) })
    #expect(letter.html.contains("&lt;img src=x&gt;&amp;&quot;&#39;&quot;\u{301}&lt;\u{338}b&gt;"))
    let words = letter.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("{{name}} {{{name}}} {{>html}}"), "the words of a clause are no template")
  }

  @Test func `the letter loads nothing`() throws {
    let html = try letter(Contents()).html.lowercased()
    // Styles stand on their elements: mail programs that forward or show a part drop those of the head.
    for tag in ["<img", "<script", "<link", "<iframe", "url(", "@import", "<form", "src=", "<style", "class="] {
      #expect(!html.contains(tag), "\(tag)")
    }
  }

  struct DateCase {
    let profile: RuleProfile
    let on: String
    let says: String
    let because: String
  }

  @Test(arguments: [
    DateCase(
      profile: RuleProfile(name: "p", material: .afterNotice(days: 15)), on: "2026-01-01",
      says: "15 days after you receive this notice", because: "the clock of the default profile"),
    DateCase(
      profile: RuleProfile(name: "p", dayCount: .fullDays, material: .afterNotice(days: 15)), on: "2026-01-02",
      says: "so many whole days lie between receipt and effect", because: "full days"),
    DateCase(
      profile: RuleProfile(name: "p", clock: .posting, material: .afterNotice(days: 1)), on: "2025-12-18",
      says: "1 day after the posting on 17 December 2025", because: "the posting starts the clock"),
    DateCase(
      profile: RuleProfile(name: "p", clock: .earliest, material: .afterNotice(days: 15)), on: "2026-01-01",
      says: "whichever came first", because: "the earliest notice"),
    DateCase(
      profile: RuleProfile(name: "p", clock: .latest, material: .afterNotice(days: 15)), on: "2026-01-01",
      says: "whichever comes last", because: "the latest notice"),
    DateCase(
      profile: RuleProfile(name: "p", granularity: .version, material: .afterNotice(days: 15)), on: "2026-01-05",
      says: "takes effect as a whole, on the latest of its dates: 5 January 2026", because: "the version is one whole"),
    DateCase(
      profile: RuleProfile(name: "p", material: .afterNotice(days: 15)), on: "2026-01-05",
      says: "What changes in clause 7(a) waits for an earlier change to the same words",
      because: "a clause never runs ahead of itself"),
    DateCase(
      profile: RuleProfile(name: "p", material: .onPosting), on: "2025-12-17",
      says: "Material changes take effect on posting", because: "a profile without a period"),
  ])
  func `the letter says how its dates are counted`(_ c: DateCase) throws {
    let text = try letter(
      Contents(
        profile: c.profile,
        items: [Contents.item(1, ["7", "(a)"], nil, [.gone("a"), .new("b")], as: .material, on: c.on)])
    ).text.replacing("\n", with: " ")
    #expect(text.contains(c.says), "\(c.because)")
    #expect(!c.says.contains("receive this notice") || !text.contains("whole days"), "\(c.because)")
  }

  @Test func `changes of form alone are not said to wait for a period that they do not have`() throws {
    let profile = RuleProfile(
      name: "p", material: .afterNotice(days: 15), other: .afterNotice(days: 15), editorial: [.renumbered])
    let text = try letter(
      Contents(
        profile: profile,
        items: [
          Contents.item(1, ["7"], nil, [.gone("a"), .new("b")], as: .other, on: "2026-01-01"),
          Contents.item(2, ["8"], nil, kind: .renumbered, [.kept("a")], as: .other, on: "2025-12-17"),
        ])
    ).text.replacing("\n", with: " ")
    #expect(
      text.contains("Those of the changes that touch form alone take effect on posting, that is on 17 December 2025."))
    #expect(text.contains("Changes that are not material take effect 15 days after you receive this notice."))
  }

  @Test func `a longer period is counted and given its reason, and a connector waives it only where it may`() throws {
    var contents = Contents(
      profile: RuleProfile(name: "eu-p2b-3", material: .afterNotice(days: 15), connectorWaivesUpTo: 15),
      items: [Contents.item(1, ["1"], nil, [.gone("a"), .new("b")], as: .material, on: "2026-01-01")])
    let waives = "Creating another connector has the same effect."
    let words = { (text: String) in text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
    #expect(words(try letter(contents).text).contains(waives))
    contents.adaptation = AdaptationPeriod(days: 40, reason: "the protocol changes\nat both ends")
    contents.items = [Contents.item(1, ["1"], nil, [.gone("a"), .new("b")], as: .material, on: "2026-01-26")]
    let text = words(try letter(contents).text)
    #expect(text.contains("take effect 40 days after you receive this notice"))
    #expect(text.contains("The period is longer than usual: the protocol changes at both ends."))
    #expect(!text.contains(waives) && !text.contains("waits for an earlier change"))
  }

  @Test func `the company on the other side gives the notice, where it is known`() throws {
    let entities = [DocumentSettings.Entity(name: "One", regions: []), .init(name: "Two", regions: [])]
    #expect(try letter(Contents(entities: entities)).text.contains("Harbor Assistants posted"))
    #expect(try letter(Contents(entities: entities, entity: "Two Ltd.")).text.contains("Two Ltd. posted"))
  }

  @Test func `changes of one class with two dates are told apart`() throws {
    let letter = try letter(
      Contents(items: [
        Contents.item(1, ["1"], nil, [.gone("a"), .new("b")], as: .material, on: "2026-01-01"),
        Contents.item(2, ["2"], nil, [.gone("a"), .new("b")], as: .material, on: "2026-01-09"),
      ]))
    #expect(letter.subject == "Connector Terms: 2 material changes from 1 January 2026 on")
    #expect(letter.text.contains("- From 1 January 2026: 1 material change (clause 1)"))
    #expect(letter.text.contains("- From 9 January 2026: 1 material change (clause 2)"))
  }

  @Test func `a thousand changes are all named, the gravest shown first, and the rest pointed to`() throws {
    let rest = " and goes on. " + String(repeating: "So it is. ", count: 30)
    var items: [NoticeContent.Item] = (1...1000).map { number in
      let isMaterial = number > 990
      return Contents.item(
        number, ["\(number)"], nil, [.kept("Clause \(number) says "), .gone("this"), .new("that"), .kept(rest)],
        as: isMaterial ? .material : .other, on: isMaterial ? "2026-01-01" : "2025-12-17")
    }
    let long = String(repeating: "long clause ", count: 5_000)
    items.append(
      Contents.item(1001, ["1001"], kind: .inserted, [.new(long)], as: .material, on: "2026-01-01"))
    let letter = try letter(Contents(items: items))
    #expect(letter.text.utf8.count < 60_000)
    #expect(letter.html.utf8.count < 100_000, "webmail cuts what is longer")
    #expect(letter.text.contains("From 1 January 2026: 11 material changes"))
    for number in 991...1001 {
      #expect(letter.text.contains("* Clause \(number)"), "material change \(number) is shown")
    }
    #expect(
      letter.text.contains("This change has 9500 more words") || letter.text.contains("more words, left out here"))
    let squeezed = letter.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(squeezed.contains("more changes of this kind belong to this notice and are left out here"))
    #expect(squeezed.contains("The link in part 1 leads to all of it."))
    #expect(squeezed.contains("with the one before: https://terms.example/connector-terms/versions/2025-12-17"))
  }

  @Test func `unchanged words far from a change are left out, and the letter says so`() throws {
    let long = String(repeating: "unchanged words ", count: 100)
    let letter = try letter(
      Contents(items: [
        Contents.item(
          1, ["1"], nil, [.kept(long), .gone("a"), .new("b"), .kept(long), .gone("c"), .kept(long)], as: .material,
          on: "2026-01-01")
      ]))
    #expect(letter.text.count { $0 == "…" } == 1 + 3, "once explained; one before, one after, one between")
    #expect(letter.text.utf8.count < 6_000)
  }
}

extension LetterTests {
  @Test func `a passage without a label is named by its words as they read now`() {
    func change(_ edits: [Edit]) -> VersionPosting.DecidedChange {
      VersionPosting.DecidedChange(
        number: 1, kind: .modified, label: .none, heading: nil, before: [], after: [], edits: edits,
        proposed: Classification(changeClass: .other, grounds: []), decided: .other, legalBasis: nil, reason: nil)
    }
    let updated = [
      Edit(op: .equal, text: "Updated: "), Edit(op: .delete, text: "July 9"), Edit(op: .insert, text: "November 20"),
      Edit(op: .equal, text: ", 2026"),
    ]
    #expect(change(updated).shortName == "“Updated: November 20, 2026”")
    #expect(change([Edit(op: .delete, text: "Gone for good")]).shortName == "“Gone for good”")
  }

  @Test func `a heading that is all of a change is shown once`() throws {
    let items = [
      Contents.item(1, [], "Quarantine", kind: .inserted, [.new("Quarantine")], as: .other, on: "2025-12-17")
    ]
    let letter = try letter(Contents(items: items))
    #expect(letter.text.contains("* Quarantine (added)"))
    #expect(letter.text.components(separatedBy: "Quarantine").count == 3, "in the list, and in its title")
  }

  @Test(arguments: [
    (["3(b)", "4(d)"], "clauses 3(b), 4(d)", "those that follow one another share the word"),
    (
      ["9", "“Schedule A …”", "1.2", "the name “Plugin”"], "clause 9, “Schedule A …”, clause 1.2, the name “Plugin”",
      "in order"
    ),
    (["§ 3", "Annex 1", "§4", "IV"], "§ 3, Annex 1, §4, clause IV", "what says itself what it is"), ([], "", "none"),
  ])
  func `clauses are named as such`(names: [String], words: String, because: String) {
    #expect(ClauseNames.words(names) == words, "\(because)")
  }

  @Test func `a link to the developer's own page is told from one to the version's, also to the next developer`() throws
  {
    let composer = try MailComposer(settings: .sample())
    let (link, day) = ("https://terms.example/me/in/x", "2026-06-14")
    let all: [NoticeContent] = [
      try Contents(link: link, ownPageUntil: day).build(), try Contents(link: link).build(),
      try Contents(link: nil, ownPageUntil: day).build(),
      try Contents(link: link, ownPageUntil: day, items: [Contents.everyClass()[3]]).build(),
    ]
    let texts = try all.map { content in
      try ReadMessage(composer.compose(content).bytes).leaves[0].text.split(whereSeparator: \.isWhitespace).joined(
        separator: " ")
    }
    #expect(
      texts[0].contains(
        "there you can also accept or decline. The link lets you in without a password until 14 June 2026"))
    #expect(texts[0].contains("For any of this, use your own page, answer this message"))
    #expect(texts[1].contains("The whole version, and its comparison with the one before: \(link)"))
    #expect(!texts[1].contains("own page") && !texts[2].contains("own page"))
    #expect(texts[3].contains("which words bind you and since when. The link lets you in"), "nothing is left to accept")
  }

  @Test(arguments: [
    (RuleProfile.DayCount.civil, "15 January 2026", "16 January 2026", "30 days after, by the calendar"),
    (.fullDays, "16 January 2026", "17 January 2026", "30 full days between, as page, receipt and calendar count them"),
  ])
  func `the day on which the agreement would end is the profile's own`(
    count: RuleProfile.DayCount, last: String, end: String, because: String
  ) throws {
    let letter = try letter(
      Contents(profile: RuleProfile(name: "p", dayCount: count, material: .afterNotice(days: 15))))
    let says =
      "If you give it on 17 December 2025, it binds you until the end of \(last), and from \(end) on no longer."
    #expect(letter.html.contains(says), "\(because)")
  }

  @Test func `versions of one day are told apart by their labels, in subject and text`() throws {
    let posted = try #require(CalendarDate("2025-12-17"))
    var contents = Contents(version: "2025-12-17.3", sharesItsDay: true)
    contents.earlier = [
      .init(
        postedOn: posted, changes: 1, labels: ["2(b)"], effectiveOn: posted.adding(days: 9),
        label: VersionLabel(rawValue: "2025-12-17")),
      .init(
        postedOn: posted, changes: 1, labels: ["2(b)"], effectiveOn: nil, label: VersionLabel(rawValue: "2025-12-17.2")),
      .init(postedOn: posted.adding(days: -9), changes: 1, labels: ["2(b)"], effectiveOn: nil),
    ]
    let letter = try letter(contents)
    #expect(letter.subject.hasSuffix(" from 1 January 2026 (version 2025-12-17.3)"), "\(letter.subject)")
    for part in [
      "posted a new version of the Connector Terms on 17 December 2025 (2025-12-17.3).",
      "1 change of the version of 17 December 2025 (2025-12-17) (clause 2(b)) is still to take effect: from 26 December 2025.",
      "1 change of the version of 17 December 2025 (2025-12-17.2) (clause 2(b)) is still to take effect: it waits for a notice",
      "1 change of the version of 8 December 2025 (clause 2(b)) is",
    ] {
      #expect(letter.html.contains(part), "\(part)")
    }
    #expect(!(try self.letter(Contents()).html.contains("(2025-12-17)")), "the day alone names it")
  }

  @Test func `changes that are held back are not said to take effect on posting, nor others of their class to wait`()
    throws
  {
    let html = try letter(
      Contents(items: [
        Contents.item(1, ["1"], nil, [.gone("a"), .new("b")], as: .other, on: "2025-12-17"),
        Contents.item(2, ["5", "(f)"], nil, [.gone("a"), .new("b")], as: .other, on: "2026-01-01"),
        Contents.item(3, ["6"], nil, [.gone("a"), .new("b")], as: .material, on: "2026-01-09"),
      ])
    ).html
    for part in [
      "<p>Changes that are not material (clause 1) take effect on posting, that is on 17 December 2025.</p>",
      "<p>What changes in clause 5(f) would take effect on posting, that is on 17 December 2025; but it waits for an earlier change to the same words that is still to take effect, and binds you from the first moment of 1 January 2026.</p>",
      "If you receive this notice on 17 December 2025, that would be on 1 January 2026. What changes in clause 6 waits for an earlier change to the same words that is still to take effect, and binds you from 9 January 2026.</p>",
    ] {
      #expect(html.contains(part), "\(part)")
    }
  }

  @Test func `whoever is bound along is told which agreement they can end`() throws {
    var contents = Contents()
    contents.ending = NoticeContent.Ending(
      by: RuleProfile(name: "p", material: .onPosting, endingNoticeDays: 60),
      noticeOn: try #require(CalendarDate("2025-12-17")), over: "Main <Terms>")
    let html = try letter(contents).html
    #expect(
      html.contains(
        "These terms bind you along with the Main &lt;Terms&gt;, which name them: what you can end is the agreement over the Main &lt;Terms&gt;, at any time with 60 days’ notice. If you give it on 17 December 2025, it binds you until the end of 14 February 2026, and from 15 February 2026 on no longer."
      ))
    #expect(!html.contains("You can end the agreement"))
  }

  @Test func `what earlier versions still hold in store is mentioned`() throws {
    let day = try #require(CalendarDate("2025-12-28"))
    let posted = try #require(CalendarDate("2025-12-13"))
    var contents = Contents()
    contents.earlier = [.init(postedOn: posted, changes: 2, labels: ["2(b)"], effectiveOn: day)]
    let letter = try letter(contents)
    let says =
      "Besides, 2 changes of the version of 13 December 2025 (clause 2(b)) are still to take effect: from 28 December 2025."
    #expect(letter.text.split(whereSeparator: \.isWhitespace).joined(separator: " ").contains(says))
    #expect(letter.html.contains(says))
  }
}
