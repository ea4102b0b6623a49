internal import HTTPTypes
internal import Hummingbird
internal import Mustache

/// A page as bytes: a title and a body that is finished HTML, in the frame that all pages share.
struct Page: ResponseGenerator {
  /// A step on the way to the page: its name and address.
  struct Crumb {
    let name: String
    let address: String
  }

  let title: String
  let body: String
  var crumbs: [Crumb] = []
  /// Whether the page needs more than a column of text.
  var isWide = false
  /// Feeds of what the page shows: the title, the address, the media type.
  var feeds: [(title: String, address: String, type: String)] = []
  /// What stands at the end of the site's own navigation, as finished HTML.
  var navigation = Page.publicNavigation
  var status = HTTPResponse.Status.ok
  var headers: HTTPFields = [:]
  var cached = Answer.revalidated

  static let publicNavigation =
    """
    <form action="/search" role="search"><label class="skip" for="site-q">Search all versions</label>\
    <input id="site-q" type="search" name="q" placeholder="Search all versions" maxlength="200">\
    <button class="quiet">Search</button></form>
    """

  func response(from request: Request, context: some RequestContext) throws -> Response {
    var answer = Answer(text: html, type: "text/html; charset=utf-8", cached: cached)
    answer.status = status
    answer.headers.append(contentsOf: headers)
    return try answer.response(from: request, context: context)
  }

  var html: String {
    Self.frame.html([
      "title": title, "body": body, "wide": isWide, "navigation": navigation,
      "hasCrumbs": !crumbs.isEmpty, "crumbs": crumbs.map { ["name": $0.name, "address": $0.address] },
      "feeds": feeds.map { ["title": $0.title, "address": $0.address, "type": $0.type] },
    ])
  }

  private static let frame = Templates.compiled(
    """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>{{title}}</title>
    <link rel="stylesheet" href="/style.css">
    {{#feeds}}<link rel="alternate" type="{{type}}" title="{{title}}" href="{{address}}">
    {{/feeds}}</head>
    <body>
    <a class="skip" href="#main">Skip to the content</a>
    <header class="site"><div><a class="home" href="/">Terms archive</a>
    {{{navigation}}}
    </div></header>
    <main id="main"{{#wide}} class="wide"{{/wide}}>
    {{#hasCrumbs}}<nav class="crumbs" aria-label="Where you are"><ol><li><a href="/">All documents</a></li>
    {{#crumbs}}<li><a href="{{address}}">{{name}}</a></li>
    {{/crumbs}}</ol></nav>
    {{/hasCrumbs}}{{{body}}}
    </main>
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

extension MustacheTemplate {
  /// Renders it; a value that is `nil` is not there.
  func html(_ values: [String: Any?]) -> String { render(values.compactMapValues { $0.flatMap(Self.present) }) }

  private static func present(_ value: Any) -> Any? {
    switch value {
    case let optional as any AnyOptional: optional.held.flatMap(present)
    case let values as [String: Any?]: values.compactMapValues { $0.flatMap(present) }
    case let list as [Any?]: list.compactMap { $0.flatMap(present) }
    default: value
    }
  }
}

/// An optional whose type was forgotten.
private protocol AnyOptional {
  var held: Any? { get }
}

extension Optional: AnyOptional {
  fileprivate var held: Any? { map { $0 as Any } }
}
