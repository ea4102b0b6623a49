internal import Foundation
internal import Hummingbird
internal import Mustache

/// A page as bytes: a title and a body that is finished HTML, in the frame that all pages share.
struct Page: ResponseGenerator {
  let title: String
  let body: String
  var status = HTTPResponse.Status.ok

  func response(from request: Request, context: some RequestContext) throws -> Response {
    Response(
      status: status, headers: [.contentType: "text/html; charset=utf-8"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
  }

  var html: String { Self.frame.render(["title": title, "body": body]) }

  private static let frame = Templates.compiled(
    """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>{{title}}</title>
    <link rel="stylesheet" href="/style.css">
    </head>
    <body>
    {{{body}}}
    </body>
    </html>

    """)
}

/// Templates that are part of the program.
enum Templates {
  /// - Precondition: `text` is a template of this program, which every test run renders.
  static func compiled(_ text: String) -> MustacheTemplate {
    do {
      return try MustacheTemplate(string: text)
    } catch {
      preconditionFailure("a built-in template does not compile: \(error)")
    }
  }
}
