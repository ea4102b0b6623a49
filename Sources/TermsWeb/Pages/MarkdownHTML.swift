internal import CMarkGFM
internal import Foundation
internal import Redlining

/// Terms as HTML. A text of terms is data: raw HTML in it and links that run code never reach a page alive, and no word of
/// either is left out, since it binds like any other.
enum MarkdownHTML {
  private static let registered: Void = cmark_gfm_core_extensions_ensure_registered()

  /// CommonMark with tables. Raw HTML is shown as it is written, tags and all; of a link or a picture whose target cmark
  /// holds for unsafe (`javascript:`, `vbscript:`, `file:`, `data:`) or that has none, the words stand without it.
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
    for node in nodes(of: document) { tame(node) }
    guard let html = cmark_render_html(document, options, cmark_parser_get_syntax_extensions(parser)) else { return "" }
    defer { html.deallocate() }
    return String(cString: html)
  }

  /// All that would not be shown as it is, innermost first, so that a picture in a link is done before the link.
  private static func nodes(of document: OpaquePointer) -> [OpaquePointer] {
    guard let walk = cmark_iter_new(document) else { return [] }
    defer { cmark_iter_free(walk) }
    let concerned = [CMARK_NODE_HTML_BLOCK, CMARK_NODE_HTML_INLINE, CMARK_NODE_LINK, CMARK_NODE_IMAGE]
    var found: [OpaquePointer] = []
    while true {
      let event = cmark_iter_next(walk)
      guard event != CMARK_EVENT_DONE else { return found }
      guard let node = cmark_iter_get_node(walk), concerned.contains(cmark_node_get_type(node)) else { continue }
      let isLeaf = [CMARK_NODE_HTML_BLOCK, CMARK_NODE_HTML_INLINE].contains(cmark_node_get_type(node))
      if isLeaf || event == CMARK_EVENT_EXIT { found.append(node) }
    }
  }

  private static func tame(_ node: OpaquePointer) {
    switch cmark_node_get_type(node) {
    case CMARK_NODE_HTML_BLOCK:
      guard let shown = cmark_node_new(CMARK_NODE_CUSTOM_BLOCK) else { return }
      cmark_node_set_on_enter(shown, "<pre class=\"raw\">\(RedlineHTML.escaped(literal(node)))</pre>")
      replace(node, by: shown)
    case CMARK_NODE_HTML_INLINE:
      let source = literal(node)
      let isBreak = source.lowercased().filter { !$0.isWhitespace && $0 != "/" } == "<br>"
      guard let shown = cmark_node_new(isBreak ? CMARK_NODE_LINEBREAK : CMARK_NODE_TEXT) else { return }
      if !isBreak { cmark_node_set_literal(shown, source) }
      replace(node, by: shown)
    default:
      guard let url = cmark_node_get_url(node), isUnsafe(String(cString: url)) else { return }
      while let child = cmark_node_first_child(node) { cmark_node_insert_before(node, child) }
      cmark_node_unlink(node)
      cmark_node_free(node)
    }
  }

  private static func literal(_ node: OpaquePointer) -> String {
    cmark_node_get_literal(node).map { String(cString: $0) } ?? ""
  }

  private static func replace(_ node: OpaquePointer, by shown: OpaquePointer) {
    // A node is not taken where its parent may not hold it; then the old one stays, which is never shown alive either.
    guard cmark_node_replace(node, shown) == 1 else { return cmark_node_free(shown) }
    cmark_node_free(node)
  }

  /// What cmark's safe mode empties, which would be a link to the page itself.
  private static func isUnsafe(_ url: String) -> Bool {
    let scheme = url.prefix { $0 != ":" }.lowercased()
    return url.isEmpty || (url.contains(":") && ["javascript", "vbscript", "file", "data"].contains(scheme))
  }

  /// A text as a part of an address.
  static func pathComponent(_ text: String) -> String {
    var allowed = CharacterSet.urlPathAllowed
    allowed.remove(charactersIn: "/?#%")
    return text.addingPercentEncoding(withAllowedCharacters: allowed) ?? text
  }
}
