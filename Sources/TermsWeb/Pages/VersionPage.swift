internal import Foundation
internal import Mustache
internal import TermsModel
internal import TermsOperations

/// One version to read: contents, text with an anchor for each clause, and the history below it.
struct VersionPage {
  /// Why this version is shown.
  enum Occasion {
    case named, latest
    /// The posted one at the end of a date, or by now where the date is not over.
    /// - Parameter takenBack: in a sentence for each, what was posted later by then and taken back by then.
    case on(CalendarDate, isOver: Bool, takenBack: [String])
  }

  let document: Document
  let text: PostedText
  let history: [HistoryEntry]
  let occasion: Occasion
  /// What the text is where no version was posted with just its words.
  let departure: String?

  var page: Page {
    let slug = document.slug.rawValue
    let entry = history.first { $0.version.label == text.version }
    let latest = history.last { !$0.version.isWithdrawn }?.version.label
    let isLatest = latest == text.version
    let previous = history.last {
      $0.version.label != text.version && $0.postedOn <= entry?.postedOn ?? $0.postedOn && precedes($0)
    }
    let anchors = ClauseAnchor.all(in: text.clauses)
    let contents = zip(text.clauses, anchors).compactMap { clause, anchor -> [String: String]? in
      guard let heading = clause.heading, let anchor, clause.label.path.count == 1 else { return nil }
      return ["anchor": anchor, "label": "\(clause.label)", "heading": heading]
    }
    let clauses = zip(text.clauses, anchors).map { clause, anchor in Self.row(clause, anchor, slug: slug) }
    var page = Page(
      title: "\(document.title), version \(text.version)",
      body: Self.template.html([
        "slug": slug, "title": document.title, "version": text.version.rawValue,
        // A text that shows its title needs no second one above it.
        "needsTitle": text.title == nil, "postedOn": entry.map { "\($0.postedOn)" },
        "events": entry?.version.eventWords(in: document.settings.zone) ?? [], "summary": entry?.summary,
        "isOld": !isLatest, "latest": latest?.rawValue, "notes": notes,
        "previous": previous?.version.label.rawValue, "contents": contents, "hasContents": contents.count > 2,
        "clauses": clauses, "sha256": departure == nil ? entry?.sha256 : nil, "departure": departure,
      ]),
      crumbs: [.init(name: document.title, address: "/\(slug)")], isWide: true)
    page.feeds = Feeds.links(of: document)
    return page
  }

  private func precedes(_ other: HistoryEntry) -> Bool {
    let labels = history.map(\.version.label)
    guard let mine = labels.firstIndex(of: text.version), let its = labels.firstIndex(of: other.version.label) else {
      return false
    }
    return its < mine
  }

  /// How a dated address came to this version.
  private var notes: [String] {
    guard case .on(let date, let isOver, let takenBack) = occasion else { return [] }
    return [
      isOver
        ? "The one that was posted by the end of \(date)."
        : "The one that is posted by now on \(date). That day is not over: this can still change, and is final tomorrow."
    ] + takenBack
  }

  private static func row(_ clause: PostedText.Clause, _ anchor: String?, slug: String) -> [String: Any?] {
    let depth = clause.heading == nil || clause.label.path.count > 1 ? clause.label.path.count : 1
    return [
      "anchor": anchor, "html": MarkdownHTML.render(clause.source, headingsFrom: 2), "slug": slug,
      "label": clause.label.isEmpty ? "" : "\(clause.label)",
      "name": clause.label.isEmpty ? "" : MarkdownHTML.pathComponent("\(clause.label)"),
      "class": clause.role == .furniture
        ? "furniture" : depth >= 3 ? "clause subsub" : depth == 2 ? "clause sub" : "clause",
    ]
  }

  private static let template = Templates.compiled(
    """
    {{#needsTitle}}<h1>{{title}}</h1>{{/needsTitle}}
    <p class="meta">Version {{version}}{{#postedOn}}, posted on {{postedOn}}{{/postedOn}}.{{#summary}} {{summary}}{{/summary}}</p>
    {{#notes}}<p class="note">{{.}}</p>
    {{/notes}}
    {{#events}}<p class="note">{{.}}</p>
    {{/events}}
    {{#departure}}<p class="note">This is what binds who joins today. It was put together: {{departure}}.\
     <a href="/{{slug}}/versions/{{version}}">Read {{version}} as it was posted</a>.</p>{{/departure}}
    {{#isOld}}{{#latest}}<p class="note">This is not the latest version. <a href="/{{slug}}/versions/{{latest}}">Read {{latest}}</a>, or\
     <a href="/{{slug}}/compare/{{version}}...{{latest}}">see what changed since</a>.</p>{{/latest}}{{/isOld}}
    <ul class="tools">
    {{#previous}}<li><a href="/{{slug}}/compare/{{previous}}...{{version}}">What this version changed</a></li>{{/previous}}
    <li><a href="/{{slug}}/versions">All versions</a></li>
    <li><a href="/{{slug}}/versions/{{version}}.md">Text as posted</a></li>
    <li><a href="/feeds/{{slug}}.atom">Feed</a></li><li><a href="/feeds/{{slug}}.ics">Calendar</a></li></ul>
    <div class="reading">
    {{#hasContents}}<nav class="contents" aria-label="Contents"><strong>Contents</strong><ol>
    {{#contents}}<li><a href="#{{anchor}}"><span class="number">{{label}}</span> {{heading}}</a></li>
    {{/contents}}</ol></nav>{{/hasContents}}
    <article class="terms">
    {{#clauses}}<section class="{{class}}"{{#anchor}} id="{{anchor}}"{{/anchor}}>{{#anchor}}<p class="places ui">\
    <a href="/{{slug}}/clauses/{{name}}" title="History of {{label}}" aria-label="History of {{label}}">history</a> \
    <a href="#{{anchor}}" title="Link to {{label}}" aria-label="Link to {{label}}">#</a></p>{{/anchor}}
    {{{html}}}</section>
    {{/clauses}}
    </article>
    </div>
    {{#sha256}}<p class="meta ui">SHA-256 of the text as posted: <span class="mono">{{sha256}}</span></p>{{/sha256}}
    """)
}
