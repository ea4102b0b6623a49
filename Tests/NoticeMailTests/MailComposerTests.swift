import Redlining
import TermsModel
import TermsOperations
import Testing

@testable import NoticeMail

@Suite struct MailComposerTests {
  static let longURL =
    "https://terms.example/" + String(repeating: "a-long-path/", count: 40)
    + "?a=1&b=2#7(a)"
    .replacing("(", with: "%28").replacing(")", with: "%29")

  /// Contents that have once broken a mail program somewhere.
  struct Awkward: CustomTestStringConvertible {
    let because: String
    let contents: Contents
    var testDescription: String { because }
  }

  static let awkward: [Awkward] = [
    Awkward(because: "the plain case", contents: Contents()),
    Awkward(because: "other scripts in name, title and text", contents: LetterSnapshotTests.cases[3].contents),
    Awkward(because: "a name that tries to add a field", contents: Contents(name: "Eve\r\nBcc: mallory@example.org")),
    Awkward(because: "a name that tries to end the header", contents: Contents(name: "Eve\r\n\r\n<script>")),
    Awkward(
      because: "a name with quotes and brackets",
      contents: Contents(name: "\"Eve\" <eve@evil.example>, x@evil.example; (c)")),
    Awkward(because: "a name that turns the reading direction", contents: Contents(name: "Eve\u{202E}moc.elpmaxe")),
    Awkward(because: "a name of 300 letters", contents: Contents(name: String(repeating: "Ä", count: 300))),
    Awkward(because: "a name that looks encoded", contents: Contents(name: "=?utf-8?q?Someone_else?=")),
    Awkward(because: "an empty name", contents: Contents(name: " \u{200E} ")),
    Awkward(
      because: "a title that tries to add a field",
      contents: Contents(title: "Terms\nSubject: Free money\r\nX-Evil: yes")),
    Awkward(because: "a title with an unpaired encoded word", contents: Contents(title: "=?utf-8?q?Terms?= =?x?b?")),
    Awkward(because: "a link of 500 letters", contents: Contents(link: longURL)),
    Awkward(
      because: "lines that mail software treats specially",
      contents: Contents(
        summary: ".\nFrom the day of posting.\n..\nFrom here\n" + String(repeating: "word ", count: 400))
    ),
    Awkward(because: "one word of 3,000 letters", contents: Contents(summary: String(repeating: "x", count: 3_000))),
    Awkward(because: "a summary with a NUL and a bell", contents: Contents(summary: "a\u{0}b\u{7}c\u{85}d")),
  ]

  @Test(arguments: awkward)
  func `every message keeps to the wire's rules`(_ c: Awkward) throws {
    let message = try MailComposer(settings: .sample()).compose(c.contents.build())
    let lines = message.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let header = lines.prefix { $0 != [UInt8(ascii: "\r")] }.count
    #expect(lines.last?.isEmpty == true, "\(c.because): the last line has its line end")
    for (index, line) in lines.dropLast().enumerated() {
      #expect(line.last == UInt8(ascii: "\r"), "\(c.because): a bare line feed")
      #expect(line.count <= (index < header ? 998 : 80), "\(c.because): a line of \(line.count) bytes")
      #expect(line.dropLast().allSatisfy { $0 < 128 && $0 != 0 && $0 != 13 }, "\(c.because): a byte that is no text")
      #expect(!line.starts(with: "From ".utf8), "\(c.because): a line that a mailbox would quote")
    }
    #expect(message.sender.rawValue == "notices@terms.example")
    #expect(message.recipient.rawValue == "ada@example.com")
  }

  @Test(arguments: awkward)
  func `a message says who, to whom and what, whatever names and titles hold`(_ c: Awkward) throws {
    let content = try c.contents.build()
    let message = try MailComposer(settings: .sample()).compose(content)
    let read = try ReadMessage(message.bytes)
    #expect(
      read.fields.map(\.name) == [
        "Date", "From", "Reply-To", "Subject", "To", "Message-Id", "Auto-Submitted", "X-Auto-Response-Suppress",
        "MIME-Version", "Content-Type",
      ], "\(c.because): no field more or less")
    #expect(read.field("From") == "Harbor Assistants <notices@terms.example>")
    #expect(read.field("Reply-To") == "legal@terms.example")
    #expect(read.field("Auto-Submitted") == "auto-generated")
    #expect(read.field("X-Auto-Response-Suppress") == "OOF, AutoReply")
    #expect(read.field("Date") == "Wed, 17 Dec 2025 18:30:00 +0000")
    #expect(read.field("Message-Id") == message.messageID)
    #expect(read.field("Content-Type")?.hasPrefix("multipart/alternative;") == true)
    let letter = try MailComposer(settings: .sample()).letter(content)
    #expect(read.leaves.map(\.type) == ["text/plain", "text/html"])
    #expect(read.leaves.map(\.charset) == ["utf-8", "utf-8"])
    #expect(read.leaves.map(\.text) == [letter.text, letter.html], "\(c.because)")
  }

  @Test(.enabled(if: PythonReader.isPresent), arguments: awkward)
  func `another mail library reads the same words without a defect`(_ c: Awkward) throws {
    let content = try c.contents.build()
    let composer = try MailComposer(settings: .sample())
    let letter = composer.letter(content)
    let reading = try PythonReader.read(try composer.compose(content).bytes)
    #expect(reading.defects == [], "\(c.because)")
    #expect(reading.parts["text/plain"] == letter.text, "\(c.because)")
    #expect(reading.parts["text/html"] == letter.html, "\(c.because)")
    #expect(reading.fields["subject"] == PlainLine.field(letter.subject), "\(c.because)")
    let name = content.notice.name.map(PlainLine.field) ?? ""
    #expect(reading.to == "\(name)|ada@example.com", "\(c.because)")
  }

  @Test func `the same content gives the same bytes`() throws {
    let first = try MailComposer(settings: .sample()).compose(Contents().build())
    let second = try MailComposer(settings: .sample()).compose(Contents().build())
    #expect(first == second)
  }

  struct Other: Sendable {
    let because: String
    let change: @Sendable (inout Contents) -> Void
  }

  @Test(arguments: [
    Other(because: "another notice") { $0.number = 4712 },
    Other(because: "another version") { $0.version = "2025-12-17.2" },
    Other(because: "another developer") { $0.developer = "dev-43" },
    Other(because: "another installation, which planned at another moment") {
      $0.plannedAt = "2025-12-17T18:30:00.001Z"
    },
  ])
  func `another notice has another Message-ID`(_ other: Other) throws {
    var contents = Contents()
    let composer = try MailComposer(settings: .sample())
    let first = try composer.compose(contents.build()).messageID
    other.change(&contents)
    #expect(try composer.compose(contents.build()).messageID != first, "\(other.because)")
  }

  @Test(arguments: [
    ("2025-12-17", "2025-12-17T18:30:00Z", "Wed, 17 Dec 2025 18:30:00 +0000", "on the day of planning: that moment"),
    (
      "2025-12-19", "2025-12-17T18:30:00Z", "Fri, 19 Dec 2025 08:00:00 +0000",
      "later: that day's beginning in Los Angeles"
    ),
  ])
  func `Date is the moment of planning, and never of a day before the letter's`(
    sentOn: String, plannedAt: String, date: String, because: String
  ) throws {
    let message = try MailComposer(settings: .sample()).compose(Contents(sentOn: sentOn, plannedAt: plannedAt).build())
    #expect(try ReadMessage(message.bytes).field("Date") == date, "\(because)")
    let again = try MailComposer(settings: .sample()).compose(Contents(sentOn: sentOn, plannedAt: plannedAt).build())
    #expect(message.bytes == again.bytes)
  }

  @Test(arguments: [
    ("2025-12-17", "2025-12-17"), ("..", "version"), (".a..b.", "a.b"), ("2025-12-17.2", "2025-12-17.2"),
  ])
  func `a Message-ID has no empty word between its dots`(version: String, word: String) throws {
    let id = try MailComposer(settings: .sample()).compose(Contents(version: version).build()).messageID
    #expect(id.hasPrefix("<notice.4711.connector-terms.\(word).") && id.hasSuffix("@terms.example>"), "\(id)")
  }

  @Test func `a notice whose address was erased is no message`() throws {
    let notice = try Contents().build().notice
    let erased = OutboxNotice(
      number: notice.number, document: notice.document, version: notice.version, developer: notice.developer, name: nil,
      recipient: nil, state: .queued, attempts: 0, plannedAt: notice.plannedAt, dueAt: nil, lastReply: nil)
    let content = try Contents().build()
    #expect(throws: ComposingError.noRecipient(notice: 4711)) {
      try MailComposer(settings: .sample()).compose(
        NoticeContent(
          notice: erased, document: content.document, postedOn: content.postedOn, sentOn: content.sentOn,
          plannedAt: content.plannedAt, summary: nil, items: [], link: nil))
    }
    #expect(
      "\(ComposingError.noRecipient(notice: 7))"
        == "notice 7 has no address any more, as the developer's data were erased; nothing can be sent")
    #expect(
      "\(ComposingError.notRendered(notice: 7))"
        == "notice 7 could not be written as a message: the mail library gave nothing back; check free memory")
  }
}
