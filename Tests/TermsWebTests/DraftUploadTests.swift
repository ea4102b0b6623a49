import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import TermsModel
import TermsOperations
import TermsStore
import Testing

@testable import TermsWeb

/// Drafts in other formats, and a test mail, on the desk and for programs.
@Suite struct DraftUploadTests {
  /// Says that the draft is the text of the harbor with fewer days, whatever the bytes are.
  private struct Converter: DraftConverter {
    func markdown(from bytes: [UInt8], format: DraftFormat) async throws -> String {
      guard bytes != Array("broken".utf8) else { throw DraftConversionRefusal.unreadable(format, reason: "no zip") }
      return WebHarbor.text.replacing("15 days", with: "\(bytes.count) days")
    }
  }

  private struct Mail: TrialMail {
    func sendTrial(to address: EmailAddress) async throws -> TransportOutcome {
      address.rawValue.hasPrefix("no") ? .rejected(reason: "550 nobody") : .accepted(by: "mx.example")
    }
  }

  private func harbor(_ outside: OutsideWorld = OutsideWorld(converter: Converter(), trialMail: Mail())) async throws
    -> WebHarbor
  {
    try await WebHarbor(outside: outside)
  }

  private func signIn(_ harbor: WebHarbor) async throws -> HTTPFields {
    let text = try await harbor.access.createToken(role: .operator).text.revealed
    let reply = try await harbor.ask(
      .post, "/sign-in", headers: [.contentType: "application/x-www-form-urlencoded"], body: "token=\(text)&next=/desk")
    return [.cookie: String(try #require(reply.headers[.setCookie]).prefix { $0 != ";" })]
  }

  private func formToken(_ page: String) throws -> String {
    let rest = try #require(page.components(separatedBy: "name=\"form\" value=\"").dropFirst().first)
    return String(rest.prefix { $0 != "\"" })
  }

  private func upload(_ harbor: WebHarbor, _ name: String, _ contents: String, text: String = "") async throws
    -> WebHarbor.Reply
  {
    var headers = try await signIn(harbor)
    let page = try await harbor.ask(.get, "/desk/connector-terms/new", headers: headers).body
    headers[.contentType] = "multipart/form-data; boundary=----b1"
    let parts = [
      "content-disposition: form-data; name=\"form\"\r\n\r\n\(try formToken(page))",
      "Content-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\n"
        + "Content-Type: application/octet-stream\r\n\r\n\(contents)",
      "Content-Disposition: form-data; name=\"text\"\r\n\r\n\(text)",
    ]
    return try await harbor.ask(
      .post, "/desk/connector-terms/new", headers: headers,
      body: parts.map { "------b1\r\n\($0)\r\n" }.joined() + "------b1--\r\n")
  }

  @Test(arguments: ["terms.docx", "Terms of \u{2019}26.ODT", "terms.html"])
  func `a file becomes a draft under review`(_ name: String) async throws {
    let harbor = try await harbor()
    let reply = try await upload(harbor, name, "12345")
    #expect(reply.status == 303, "\(reply.body)")
    let page = try await harbor.ask(
      .get, try #require(reply.headers[.location]), headers: try await signIn(harbor)
    ).body
    #expect(page.contains("<del>10</del><ins>5</ins>"), "\(page)")
  }

  @Test func `a file is written down as the text that stands is, so that nothing is told but what was changed`()
    async throws
  {
    struct Converter: DraftConverter {
      func markdown(from bytes: [UInt8], format: DraftFormat) async throws -> String {
        WebHarbor.text.replacing("15 days", with: "12 days").replacing("(a) ", with: "a. ")
          .replacing("your connector", with: "your\nconnector").replacing("# Connector", with: "#   Connector")
      }
    }
    let harbor = try await harbor(OutsideWorld(converter: Converter()))
    let reply = try await upload(harbor, "terms.html", "x")
    let page = try await harbor.ask(
      .get, try #require(reply.headers[.location]), headers: try await signIn(harbor)
    ).body
    #expect(page.contains("<del>10</del><ins>12</ins>"), "\(page)")
    #expect(page.components(separatedBy: "<section class=\"change\"").count == 2, "\(page)")
    #expect(page.contains("\n(a) **Modifications.**"), "\(page)")
  }

  @Test func `Markdown is taken as it is, and without a file the text below counts`() async throws {
    let harbor = try await harbor()
    #expect(try await upload(harbor, "t.md", WebHarbor.text.replacing("15", with: "7")).status == 303)
    #expect(try await upload(harbor, "", "", text: WebHarbor.text.replacing("15", with: "8")).status == 303)
  }

  @Test(arguments: [
    ("terms.docx", "broken", "no readable docx: no zip"), ("terms.pdf", "x", "is of no format that is read here"),
  ])
  func `what cannot be read is told on the page`(_ name: String, _ contents: String, _ words: String) async throws {
    let reply = try await upload(try await harbor(), name, contents)
    #expect(reply.status == 422 && reply.body.contains(words), "\(reply.body)")
  }

  @Test func `where pandoc is missing the page says so`() async throws {
    let reply = try await upload(try await harbor(OutsideWorld()), "terms.docx", "x")
    #expect(reply.status == 422 && reply.body.contains("is not installed where the service runs"))
  }

  @Test func `a form from elsewhere keeps no draft, also with a file`() async throws {
    let harbor = try await harbor()
    var headers = try await signIn(harbor)
    headers[.contentType] = "multipart/form-data; boundary=b"
    let body = "--b\r\nContent-Disposition: form-data; name=\"form\"\r\n\r\nforged\r\n--b--\r\n"
    #expect(try await harbor.ask(.post, "/desk/connector-terms/new", headers: headers, body: body).status == 403)
  }

  @Test(arguments: [
    "", "--b", "--b--", "--b\r\n", "--b\r\nx\r\n--b--\r\n", "--b\r\n\r\nx\r\n--b--\r\n", "preamble --b--", "a\r\n--b--",
    "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n",
    "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx",
    "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\ny\r\n--b--",
  ])
  func `a crooked form is refused`(_ body: String) {
    #expect(throws: Problem.self) { try MultipartForm(Array(body.utf8), boundary: "b") }
  }

  @Test func `a form has few parts`() throws {
    func body(_ count: Int) -> [UInt8] {
      let parts = (0..<count).map { "--b\r\nContent-Disposition: form-data; name=\"a\($0)\"\r\n\r\nx\r\n" }
      return Array((parts.joined() + "--b--").utf8)
    }
    #expect(try MultipartForm(body(20), boundary: "b").parts.count == 20)
    #expect(throws: Problem.self) { try MultipartForm(body(21), boundary: "b") }
  }

  /// RFC 2046, section 5.1.1.
  @Test(arguments: [
    ("This is a message of several parts.\r\nRead on.\r\n", "", "words before the first boundary"),
    ("\r\n", "", "an empty line before it"), ("--bystander\r\n--bb\r\n", "", "lines before it that look like one"),
    ("", " \t", "blanks after it"),
  ])
  func `what a form may have beside its parts is left alone`(_ preamble: String, _ padding: String, _ because: String)
    throws
  {
    let form = try MultipartForm(
      Array(
        (preamble
          + "--boundary\(padding)\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--boundary--\(padding)\r\nthe end")
          .utf8), boundary: "boundary")
    #expect(form.parts["a"].map { String(decoding: $0.bytes, as: UTF8.self) } == "x", "\(because)")
    #expect(form.parts.count == 1)
  }

  @Test func `a draft that would keep everybody waiting is refused, on the desk and for programs`() async throws {
    let harbor = try await harbor()
    let long = "# Terms\n\n" + String(repeating: "- go\n", count: DraftBound.mostClauses + 1)
    let page = try await upload(harbor, "", "", text: long)
    #expect(page.status == 422 && page.body.contains("at most 20000 are taken here"))
    var headers = try await harbor.bearer(.operator)
    headers[.contentType] = "application/json"
    let body = String(decoding: try JSONEncoder().encode(["text": long]), as: UTF8.self)
    for path in ["drafts", "reviews", "versions"] {
      let reply = try await harbor.ask(.post, "/v1/documents/connector-terms/\(path)", headers: headers, body: body)
      #expect(reply.status == 422 && reply.body.contains("divide it into several documents"), "\(path)")
    }
    // A long text of few clauses is none.
    try DraftBound.check("# Terms\n\n" + String(repeating: "word ", count: 50_000))
  }

  @Test func `the parts of a form are read byte for byte`() throws {
    let bytes: [UInt8] = [0, 255, 13, 10, 45, 45, 98, 120, 13, 10]
    let form = try MultipartForm(
      Array("--b\r\ncontent-disposition: form-data; name=\"f\"; filename=\"a%22b.docx\"\r\n\r\n".utf8)
        + bytes.dropLast(5)
        + Array("\r\n--b--\r\n".utf8), boundary: "b")
    #expect(form.parts["f"]?.fileName == "a\"b.docx")
    #expect(form.parts["f"].map { Array($0.bytes) } == Array(bytes.dropLast(5)))
  }

  // MARK: Programs

  @Test func `a program puts a draft on the desk`() async throws {
    let harbor = try await harbor()
    var headers = try await harbor.bearer(.operator)
    headers[.contentType] = "application/json"
    let path = "/v1/documents/connector-terms/drafts"
    let content = Data("123".utf8).base64EncodedString()
    let kept = try await harbor.ask(
      .post, path, headers: headers, body: "{\"format\": \"docx\", \"content\": \"\(content)\"}")
    #expect(kept.status == 201 && kept.headers[.location] == "/desk/drafts/1", "\(kept.body)")
    let json = try kept.json()
    #expect((json["text"] as? String)?.contains("3 days") == true && json["draft"] as? Int == 1)
    for (body, status, words) in [
      ("{\"text\": \"# Terms\\n\\n1. Go.\\n\"}", 201, "# Terms"), ("{}", 400, "as 'text' in Markdown, or as 'format'"),
      ("{\"text\": \"x\", \"format\": \"odt\"}", 400, "not both"), ("{\"format\": \"docx\"}", 400, "needs 'content'"),
      ("{\"format\": \"docx\", \"content\": \"%\"}", 400, "in base64"), ("{\"format\": \"pdf\"}", 400, "one of docx"),
      (
        "{\"format\": \"docx\", \"content\": \"\(Data("broken".utf8).base64EncodedString())\"}", 422,
        "no readable docx"
      ),
    ] {
      let reply = try await harbor.ask(.post, path, headers: headers, body: body)
      #expect(reply.status == status && reply.body.contains(words), "\(reply.body)")
    }
    let auditor = try await harbor.bearer(.auditor)
    #expect(try await harbor.ask(.post, path, headers: auditor, body: "{}").status == 403)
    #expect(
      try await harbor.ask(.post, "/v1/documents/none/drafts", headers: headers, body: "{\"text\": \"# T\"}").status
        == 404)
  }

  // MARK: Mail

  @Test func `a test mail goes to the address given, and the page says what became of it`() async throws {
    let harbor = try await harbor()
    var headers = try await signIn(harbor)
    let page = try await harbor.ask(.get, "/desk/test-mail", headers: headers)
    #expect(page.status == 200)
    headers[.contentType] = "application/x-www-form-urlencoded"
    let token = try formToken(page.body)
    for (address, status, words) in [
      ("maria%40terms.example", 200, "was taken over by mx.example"),
      ("nobody%40terms.example", 200, "It was refused: 550 nobody"), ("maria", 422, "maria"),
    ] {
      let reply = try await harbor.ask(
        .post, "/desk/test-mail", headers: headers, body: "form=\(token)&address=\(address)")
      #expect(reply.status == status && reply.body.contains(words), "\(reply.body)")
    }
    #expect(try await harbor.ask(.post, "/desk/test-mail", headers: headers, body: "address=x").status == 403)
    #expect(
      try await self.harbor(OutsideWorld()).store.log(after: 0, limit: 100).count
        == harbor.store.log(after: 0, limit: 100).count, "nothing of it is on record")
  }
}
