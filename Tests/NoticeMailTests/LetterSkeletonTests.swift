import Foundation
import TermsModel
import TermsOperations
import Testing

@testable import NoticeMail

/// What is written once for many must be, for each of them, what would have been written for them alone.
@Suite struct LetterSkeletonTests {
  /// The message as it is written without anything kept from other letters.
  private func alone(_ content: NoticeContent, _ composer: MailComposer) throws -> [UInt8] {
    let (letter, identity, settings) = (composer.letter(content), NoticeIdentity(content), composer.settings)
    let recipient = try #require(content.notice.recipient)
    let message = MIMEMessage(
      from: .init(name: PlainLine.field(settings.fromName), address: settings.from),
      to: .init(name: content.notice.name.map(PlainLine.field), address: recipient), replyTo: settings.replyTo,
      subject: PlainLine.field(letter.subject), date: identity.date,
      messageID: "\(identity.localPart)@\(settings.messageIDDomain)", boundary: "=_\(identity.token)",
      fields: MailComposer.fields, text: letter.text, html: letter.html)
    return try #require(message.bytes())
  }

  private static let names: [String?] = [
    nil, "Ada", " ", "<b>&\"'", "Ärger, 学校", "From here", String(repeating: "long ", count: 40), ".", "=?utf-8?q?x?=",
    "\u{301}combining", "{{link}}", "text", String(repeating: "x", count: 200), "\u{FFFD}N",
  ]
  private static let links: [String?] = [
    nil, "https://terms.example/a?b=1&c=2", "ftp://none", MailComposerTests.longURL,
  ]

  @Test func `a letter filled in is the letter written for one alone, byte for byte`() throws {
    let composer = try MailComposer(settings: .sample())
    for awkward in MailComposerTests.awkward {
      for (place, name) in Self.names.enumerated() {
        var contents = awkward.contents
        contents.name = name
        contents.number = Int64(place * 1_234_567 + 1)
        contents.link = Self.links[place % Self.links.count]
        let content = try contents.build()
        // Twice: once as the first of its kind, once from what was kept.
        for _ in 0..<2 {
          #expect(
            try composer.compose(content).bytes == alone(content, composer), "\(awkward.because), \(name ?? "nil")")
        }
      }
    }
  }

  @Test func `what a text has in common with a gap is no gap`() throws {
    let mark = String(String.UnicodeScalarView([0xFDD0, 0x4E, 0xFDD1].compactMap { Unicode.Scalar($0 as UInt32) }))
    let composer = try MailComposer(settings: .sample())
    for contents in [Contents(title: "Terms \(mark)"), Contents(name: mark), Contents(summary: "\(mark) and \u{1}")] {
      let content = try contents.build()
      #expect(try composer.compose(content).bytes == alone(content, composer))
    }
  }

  @Test(arguments: [
    "Yours, {{platform}}. {{name}}", "{{{name}}} & {{&link}}", "{{uppercased(name)}}{{name}}",
    "{{=<% %>=}}<%name%>", "{{#name}}{{.}}{{/name}}{{^name}}nobody{{/name}}", "\u{1}", "{{notice}}{{notice}}{{link}}",
  ])
  func `an operator's wording is filled in only where that makes no difference`(closing: String) throws {
    var sources = LetterTemplates.builtInSources
    sources["closing"] = closing
    let composer = MailComposer(settings: try .sample(), templates: try LetterTemplates(sources: sources))
    for name in ["Ada <x>", "Ben & Co", nil] {
      let content = try Contents(name: name).build()
      #expect(try composer.compose(content).bytes == alone(content, composer), "\(closing), \(name ?? "nil")")
    }
  }

  @Test func `letters that tell another thing share nothing`() throws {
    let composer = try MailComposer(settings: .sample())
    var items = Contents.everyClass()
    let later = try #require(CalendarDate("2026-01-02"))
    items[0] = NoticeContent.Item(change: items[0].change, effectiveOn: later)
    for contents in [
      Contents(), Contents(sentOn: "2025-12-18"), Contents(summary: nil), Contents(items: items),
      Contents(title: "Other"),
      Contents(entity: "Somebody Ltd"), Contents(version: "2025-12-17.2"), Contents(),
    ] {
      let content = try contents.build()
      #expect(try composer.compose(content).bytes == alone(content, composer))
    }
  }

  @Test func `more kinds of letters than are kept`() throws {
    let composer = try MailComposer(settings: .sample())
    for round in 0..<2 {
      for number in 0..<70 {
        let content = try Contents(title: "Terms \(number)", summary: "Round \(round)").build()
        #expect(try composer.compose(content).bytes == alone(content, composer))
      }
    }
  }
}
