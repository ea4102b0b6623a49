import TermsModel
import TermsOperations
import Testing

@testable import NoticeMail

/// The letter that supersedes another says so, says why, and starts no period.
@Suite struct SupersedingLetterTests {
  private func letter(
    _ corrections: [NoticeContent.Correction], superseding: Bool = true, remindsOf: CalendarDate? = nil
  ) throws -> RenderedLetter {
    let content = try Contents().build()
    let first = content.notice
    let notice = OutboxNotice(
      number: first.number, document: first.document, version: first.version, developer: first.developer,
      name: first.name, recipient: first.recipient, state: .queued, attempts: 0, plannedAt: first.plannedAt, dueAt: nil,
      lastReply: nil, planned: 9, isSuperseding: superseding, remindsOf: remindsOf)
    return try MailComposer(settings: .sample()).letter(
      NoticeContent(
        notice: notice, document: content.document, postedOn: content.postedOn, sentOn: content.sentOn,
        plannedAt: content.plannedAt, summary: content.summary, items: content.items, link: content.link,
        corrections: corrections))
  }

  private func words(_ text: String) -> String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }

  @Test func `a withdrawal is a letter of its own`() throws {
    let letter = try letter([
      .withdrawn(clauses: ["3(b)", "4(d)"], staying: ["9"], reason: "The <wrong> file was posted.")
    ])
    #expect(letter.subject == "Connector Terms: version of 17 December 2025 withdrawn")
    let text = words(letter.text)
    for part in [
      "Harbor Assistants withdraws the version of the Connector Terms that it posted on 17 December 2025.",
      "This supersedes the notice that you had of it.",
      "What the version changed in clauses 3(b), 4(d) does not take effect: the wording that binds you stays.",
      "Its changes to clause 9 are in force and stay so.", "Reason: The <wrong> file was posted.",
    ] {
      #expect(text.contains(part), "\(part)\n\(text)")
    }
    #expect(!text.contains("Accept"), "there is nothing to accept")
    #expect(letter.html.contains("Reason: The &lt;wrong&gt; file was posted."))
  }

  @Test func `a postponement and a corrected class are told before the changes`() throws {
    let letter = try letter([
      .postponed(until: try #require(CalendarDate("2026-02-01")), reason: "More time."),
      .reclassified(clauses: ["9"], to: .material, reason: "It is grave."),
    ])
    #expect(letter.subject.hasPrefix("Connector Terms: correction: "))
    let text = words(letter.text)
    for part in [
      "This notice supersedes the one that you had of the version of the Connector Terms that Harbor Assistants posted on 17 December 2025.",
      "What was still to take effect is put off: nothing of it binds you before 1 February 2026. Reason: More time.",
      "What changes in clause 9 counts as material, other than you were told. Reason: It is grave.",
      "This notice starts no new period.",
    ] {
      #expect(text.contains(part), "\(part)\n\(text)")
    }
    #expect(!text.contains("after you receive this notice"))
  }

  @Test func `a reminder says so, names the date, and starts no period`() throws {
    let letter = try letter([], superseding: false, remindsOf: CalendarDate("2026-01-01"))
    #expect(letter.subject == "Connector Terms: reminder: 2 material changes from 1 January 2026")
    let text = words(letter.text)
    for part in [
      "This is a reminder. You had notice of the version of the Connector Terms that Harbor Assistants posted on 17 December 2025: 2 of its changes are still to take effect, from 1 January 2026.",
      "This notice starts no new period.",
    ] {
      #expect(text.contains(part), "\(part)\n\(text)")
    }
    #expect(!text.contains("after you receive this notice") && !text.contains("supersedes"))
  }

  @Test func `a first notice of a version that was put off says so and starts its period`() throws {
    let letter = try letter(
      [.postponed(until: try #require(CalendarDate("2026-02-01")), reason: "More time.")], superseding: false)
    let text = words(letter.text)
    #expect(text.contains("nothing of it binds you before 1 February 2026"))
    #expect(text.contains("after you receive this notice"))
    #expect(!text.contains("waits for an earlier change"))
  }
}
