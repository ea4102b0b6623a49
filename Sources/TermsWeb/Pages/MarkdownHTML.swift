internal import CMarkGFM
internal import Foundation

/// Terms as HTML. A text of terms is data: raw HTML in it and links that run code never reach a page alive.
enum MarkdownHTML {
  private static let registered: Void = cmark_gfm_core_extensions_ensure_registered()

  /// CommonMark with tables, in cmark's safe mode: raw HTML is left out, and so is the target of a `javascript:`,
  /// `vbscript:`, `file:` or `data:` link.
  ///
  /// - Parameter headingsFrom: the level that the text's sections (`##`) have on the page; its title (`#`) is always first.
  static func render(_ markdown: String, headingsFrom level: Int = 2) -> String {
    _ = registered
    let options = CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8
    guard let parser = cmark_parser_new(options) else { return "" }
    defer { cmark_parser_free(parser) }
    if let table = cmark_find_syntax_extension("table") { cmark_parser_attach_syntax_extension(parser, table) }
    var text = markdown
    text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { cmark_parser_feed(parser, $0.baseAddress, $0.count) }
    }
    guard let document = cmark_parser_finish(parser) else { return "" }
    defer { cmark_node_free(document) }
    guard let html = cmark_render_html(document, options, cmark_parser_get_syntax_extensions(parser)) else { return "" }
    defer { html.deallocate() }
    return String(cString: html)
  }

  /// A text as a part of an address.
  static func pathComponent(_ text: String) -> String {
    var allowed = CharacterSet.urlPathAllowed
    allowed.remove(charactersIn: "/?#%")
    return text.addingPercentEncoding(withAllowedCharacters: allowed) ?? text
  }
}
