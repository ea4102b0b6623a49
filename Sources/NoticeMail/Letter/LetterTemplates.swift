internal import Foundation
internal import Mustache
internal import TermsModel
internal import TermsOperations

/// The wording of notices: Mustache templates, our own or an operator's.
///
/// What is escaped is decided here and nowhere else: every template of the text part is read as plain text, every one of
/// the HTML part as HTML whose values are escaped character by character.
package struct LetterTemplates: Sendable {
  private let subject: MustacheTemplate
  private let text: MustacheTemplate
  private let html: MustacheTemplate
  /// The letter that a version was taken back: subject, text part and HTML part.
  private let withdrawal: (subject: MustacheTemplate, text: MustacheTemplate, html: MustacheTemplate)
  /// Whether every value is shown as it is, escaped or not as its part demands, so that one can be filled in afterwards.
  private let isPlain: Bool

  /// The wording that comes with the program.
  package static func builtIn() throws(TemplateError) -> LetterTemplates {
    try LetterTemplates(sources: builtInSources)
  }

  /// The built-in wording with what `folder` replaces: a file `NAME.mustache` for each template to be replaced.
  ///
  /// - Throws: ``TemplateError`` where a file cannot be read or parsed, or where the letter would lose what makes it a
  ///   notice.
  package init(folder: String) throws(TemplateError) {
    var sources = Self.builtInSources
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".mustache") }.sorted()
    } catch {
      throw .unreadable(path: folder, cause: error.localizedDescription)
    }
    guard !names.isEmpty else { throw .emptyFolder(folder) }
    for name in names {
      let path = folder + "/" + name
      guard let data = FileManager.default.contents(atPath: path) else {
        throw .unreadable(path: path, cause: "no permission, or no regular file")
      }
      guard var source = String(bytes: data, encoding: .utf8) else { throw .unreadable(path: path, cause: "not UTF-8") }
      if source.hasSuffix("\n") { source.removeLast() }
      sources[String(name.dropLast(".mustache".count))] = source
    }
    try self.init(sources: sources)
    try check()
  }

  init(sources: [String: String]) throws(TemplateError) {
    MustacheContentTypes.register(ScalarHTML(), named: ScalarHTML.name)
    subject = try Self.template("subject", in: sources, contentType: "TEXT")
    text = try Self.template("text", in: sources, contentType: "TEXT")
    html = try Self.template("html", in: sources, contentType: ScalarHTML.name)
    let all = Self.withdrawalSources.merging(sources) { $1 }
    withdrawal = (
      try Self.template("withdrawal-subject", in: all, contentType: "TEXT"),
      try Self.template("withdrawal-text", in: all, contentType: "TEXT"),
      try Self.template("withdrawal-html", in: all, contentType: ScalarHTML.name)
    )
    isPlain = sources.values.allSatisfy(Self.isPlain)
  }

  /// Whether a template has no tag that alters a value, shows it unescaped, or changes what a tag is.
  private static func isPlain(_ source: String) -> Bool {
    var rest = source[...]
    while let start = rest.firstRange(of: "{{") {
      rest = rest[start.upperBound...]
      let tag = rest[..<(rest.firstRange(of: "}}")?.lowerBound ?? rest.endIndex)]
      if let first = tag.first, "{&=%$<*".contains(first) || tag.contains("(") { return false }
    }
    return true
  }

  private static func template(
    _ name: String, in sources: [String: String], contentType: String
  ) throws(TemplateError) -> MustacheTemplate {
    let source = try expanded(name, in: sources, within: [])
    do {
      return try MustacheTemplate(string: "{{% CONTENT_TYPE:\(contentType)}}\(source)")
    } catch {
      throw .malformed(name: name, cause: "\(error)")
    }
  }

  /// The template with those that it calls by `{{>name}}` put in their places.
  ///
  /// Put in as text rather than called as Mustache partials, which would swallow the line end after a call that stands
  /// alone, and would escape a sentence of the text part as HTML.
  private static func expanded(
    _ name: String, in sources: [String: String], within callers: [String]
  ) throws(TemplateError) -> String {
    guard let source = sources[name] else { throw .unknown(name: name, caller: callers.last ?? "the program") }
    guard !callers.contains(name) else { throw .callsItself(name) }
    var result = ""
    var rest = source[...]
    while let start = rest.firstRange(of: "{{>"), let end = rest[start.upperBound...].firstRange(of: "}}") {
      result += rest[..<start.lowerBound]
      let called = rest[start.upperBound..<end.lowerBound].filter { !$0.isWhitespace }
      result += try expanded(called, in: sources, within: callers + [name])
      rest = rest[end.upperBound...]
    }
    return result + rest
  }

  /// Subject, text part and HTML part.
  func render(_ letter: Letter) -> RenderedLetter {
    let (subject, text, html) = letter.isWithdrawn ? withdrawal : (subject, text, html)
    var values = LetterValues.values(of: letter)
    let line = PlainLine.cleaned(subject.render(values))
    values["subject"] = line
    return RenderedLetter(
      subject: line, text: TextWrapping.wrapped(text.render(values)), html: html.render(values) + "\n")
  }

  /// Subject, text part before its lines are wrapped, and HTML part of a letter with gaps; `nil` where a value filled in
  /// afterwards might not be what it would have been.
  func renderGapped(_ letter: Letter) -> (subject: String, text: String, html: String)? {
    guard isPlain else { return nil }
    let (subject, text, html) = letter.isWithdrawn ? withdrawal : (subject, text, html)
    var values = LetterValues.values(of: letter)
    let line = PlainLine.cleaned(subject.render(values))
    values["subject"] = line
    return (line, text.render(values), html.render(values))
  }

  /// Demands of a replaced wording what a notice must say: which document and version, which clauses, from which day,
  /// until when the developer can act, and the words themselves.
  private func check() throws(TemplateError) {
    let rendered = render(.sample)
    let squeezed = { (part: String) in part.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
    for (name, part) in [("text", squeezed(rendered.text)), ("html", squeezed(rendered.html))] {
      for (essential, words) in Letter.essentials where !part.contains(words) {
        throw .essentialMissing(name: name, essential: essential, words: words)
      }
    }
    guard !rendered.subject.isEmpty else {
      throw .essentialMissing(name: "subject", essential: "a subject", words: "")
    }
  }
}

/// A letter as text, before it becomes a message.
package struct RenderedLetter: Hashable, Sendable {
  package let subject: String
  /// Lines of at most 72 columns, with line feeds.
  package let text: String
  package let html: String
}

/// Escapes every scalar that means something in HTML, also one that a combining mark follows.
struct ScalarHTML: MustacheContentType {
  static let name = "HTML-SCALARS"

  func escapeText(_ text: String) -> String {
    var escaped = ""
    escaped.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "&": escaped += "&amp;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}

/// What is wrong with an operator's templates.
package enum TemplateError: Error, Hashable {
  case unreadable(path: String, cause: String)
  case emptyFolder(String)
  case malformed(name: String, cause: String)
  case unknown(name: String, caller: String)
  case callsItself(String)
  case essentialMissing(name: String, essential: String, words: String)
}

extension TemplateError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unreadable(let path, let cause):
      "the template '\(path)' cannot be read (\(cause)); mend it, or remove it to use the built-in wording"
    case .emptyFolder(let path):
      "the template folder '\(path)' holds no file NAME.mustache; put one there, or leave the setting out"
    case .malformed(let name, let cause):
      "the template '\(name)' is no Mustache (\(cause)); mend it, or remove it to use the built-in wording"
    case .unknown(let name, let caller):
      "the template '\(caller)' calls '{{>\(name)}}', which is neither in the folder nor built in; check the name"
    case .callsItself(let name):
      "the template '\(name)' calls itself, directly or through another; take one of the calls out"
    case .essentialMissing(let name, let essential, let words):
      "the template '\(name)' leaves out \(essential): the sample letter should show '\(words)'; put it back"
    }
  }
}
