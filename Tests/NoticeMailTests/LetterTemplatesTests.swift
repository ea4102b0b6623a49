import Foundation
import TermsModel
import Testing

@testable import NoticeMail

@Suite struct LetterTemplatesTests {
  private func withFolder<Result>(_ files: [String: String], _ body: (String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "tenor-templates-\(ProcessInfo.processInfo.globallyUniqueString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
    return try body(folder.path())
  }

  @Test func `the built-in wording says all that a notice must`() throws {
    try withFolder(["closing.mustache": "Greetings."]) { folder in _ = try LetterTemplates(folder: folder) }
  }

  @Test func `a sentence of the operator's stands in both parts, escaped as each part needs`() throws {
    let letter = try withFolder(["closing.mustache": "Yours, {{platform}} & friends.\n"]) { folder in
      let settings = MailSettings(from: try EmailAddress(checking: "n@terms.example"), fromName: "A & B <C>")
      return try MailComposer(settings: settings, templates: LetterTemplates(folder: folder)).letter(Contents().build())
    }
    #expect(letter.text.hasSuffix("Yours, A & B <C> & friends.\n"))
    #expect(letter.html.contains("<small>Yours, A &amp; B &lt;C&gt; & friends.</small>"))
  }

  @Test(arguments: [
    (
      ["text.mustache": "Hello"],
      "the template 'text' leaves out the document: the sample letter should show 'Sample Terms'; put it back"
    ),
    (
      ["decline.mustache": "You may decline.", "accept.mustache": "You may accept."],
      "the template 'text' leaves out the last day for accepting or declining: the sample letter should show '16 May 2031'; put it back"
    ),
    (["closing.mustache": "{{#platform}}"], "malformed"),
    (
      ["closing.mustache": "{{>regards}}"],
      "the template 'html' calls '{{>regards}}', which is neither in the folder nor built in; check the name"
    ),
    (
      ["closing.mustache": "{{>closing}}"],
      "the template 'closing' calls itself, directly or through another; take one of the calls out"
    ),
    (["notes.txt": "no template"], "holds no file NAME.mustache; put one there, or leave the setting out"),
  ])
  func `wording that is broken or no notice any more is refused`(files: [String: String], says: String) throws {
    try withFolder(files) { folder in
      do {
        _ = try LetterTemplates(folder: folder)
        Issue.record("accepted")
      } catch {
        if says == "malformed" {
          #expect(
            "\(error)".contains("is no Mustache") && "\(error)".contains("or remove it to use the built-in wording"))
        } else {
          #expect(
            "\(error)".replacing("'closing' calls", with: "'html' calls").hasSuffix(says) || "\(error)".hasSuffix(says))
        }
      }
    }
  }

  @Test func `a folder or file that cannot be read is named`() throws {
    #expect(
      "\(#expect(throws: TemplateError.self) { try LetterTemplates(folder: "/nonexistent") } as Any)".contains(
        "/nonexistent"))
    try withFolder(["text.mustache": ""]) { folder in
      try Data([0xFF, 0xFE]).write(to: URL(filePath: folder + "/text.mustache"))
      #expect(throws: TemplateError.unreadable(path: folder + "/text.mustache", cause: "not UTF-8")) {
        try LetterTemplates(folder: folder)
      }
    }
  }

  @Test func `no built-in template holds back from escaping`() {
    for (name, source) in LetterTemplates.builtInSources {
      #expect(!source.contains("{{{") && !source.contains("{{&"), "\(name)")
      if name != "html" { #expect(!source.contains("<"), "\(name) stands in both parts") }
    }
  }
}
