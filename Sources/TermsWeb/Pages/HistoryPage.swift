internal import Mustache
internal import TermsModel
internal import TermsOperations

/// A document's versions, the latest one first, with classes and dates, and any two of them to compare.
struct HistoryPage {
  let document: Document
  let history: [HistoryEntry]

  var page: Page {
    let slug = document.slug.rawValue
    let dates = VersionDates.all(of: document, history.map(\.version))
    let rows = history.indices.reversed().map { index -> [String: Any?] in
      let entry = history[index]
      return [
        "address": entry.version.label.isDotSegment
          ? "/\(slug)/versions?version=\(entry.version.label)" : "/\(slug)/versions/\(entry.version.label)",
        "version": entry.version.label.rawValue, "postedOn": "\(entry.postedOn)",
        "summary": entry.summary, "events": entry.version.eventWords(in: document.settings.zone),
        "withdrawn": entry.version.isWithdrawn, "kept": !entry.version.keptChanges.isEmpty,
        "isFirst": index == 0,
        "classes": dates[index].classes.map { group -> [String: Any?] in
          [
            "badge": group.change.changeClass.badge, "count": group.changes,
            "when": Self.words(group.change.effect, postedOn: entry.postedOn),
          ]
        },
        "compare": index > 0
          ? "/\(slug)/compare/\(history[index - 1].version.label)...\(entry.version.label)" : nil,
      ]
    }
    let labels = history.map(\.version.label.rawValue)
    let options = { (selected: Int) in
      labels.indices.reversed().map { ["label": labels[$0], "selected": $0 == selected] as [String: Any?] }
    }
    var page = Page(
      title: "\(document.title): versions",
      body: Self.template.html([
        "slug": slug, "title": document.title, "rows": rows, "hasTwo": labels.count > 1,
        "befores": options(max(0, labels.count - 2)), "afters": options(labels.count - 1),
      ]),
      crumbs: [.init(name: document.title, address: "/\(slug)")], isWide: true)
    page.feeds = Feeds.links(of: document)
    return page
  }

  /// The condition stands above the table.
  private static func words(_ effect: VersionDates.Effect, postedOn: CalendarDate) -> String {
    switch effect {
    case .on(postedOn): "at once"
    case .on(let day): "from \(day)"
    case .withdrawn(let day, _): "withdrawn on \(day)"
    case .open: "without a date yet"
    }
  }

  private static let template = Templates.compiled(
    """
    <h1>{{title}}: versions</h1>
    <p class="meta">The dates are those of developers who were told on the day of posting; <a href="/me">your own page</a> has yours.</p>
    {{#hasTwo}}<form class="row" action="/{{slug}}/compare">
    <span><label for="before">Compare</label><select id="before" name="before">{{#befores}}<option{{#selected}} selected{{/selected}}>{{label}}</option>{{/befores}}</select></span>
    <span><label for="after">with</label><select id="after" name="after">{{#afters}}<option{{#selected}} selected{{/selected}}>{{label}}</option>{{/afters}}</select></span>
    <button class="quiet">Compare</button></form>{{/hasTwo}}
    <table class="stack">
    <thead><tr><th scope="col">Version</th><th scope="col">Posted</th><th scope="col">Changes, and from when</th><th scope="col">Compared</th></tr></thead>
    <tbody>
    {{#rows}}<tr><th scope="row"><a href="{{address}}">{{version}}</a>{{#withdrawn}} <span class="badge plain">withdrawn{{#kept}} in part{{/kept}}</span>{{/withdrawn}}</th>
    <td data-label="Posted">{{postedOn}}</td>
    <td data-label="Changes">{{#classes}}<div>{{count}} {{{badge}}} {{when}}</div>{{/classes}}{{#isFirst}}first version{{/isFirst}}{{#summary}}<p class="meta">{{summary}}</p>{{/summary}}{{#events}}<p class="meta">{{.}}</p>{{/events}}</td>
    <td>{{#compare}}<a href="{{compare}}" aria-label="What {{version}} changed">what it changed</a>{{/compare}}</td></tr>
    {{/rows}}</tbody>
    </table>
    {{^rows}}<p>Nothing was posted yet.</p>{{/rows}}
    """)
}
