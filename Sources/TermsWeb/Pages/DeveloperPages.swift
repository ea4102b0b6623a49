internal import Binding
internal import Mustache
internal import Redlining
internal import TermsModel
internal import TermsOperations

/// What binds one developer: today, and what comes.
struct DeveloperPage {
  let document: Document
  let answer: BindingAnswer
  let today: CalendarDate
  /// What is still to come; `nil` where nothing is pending.
  let comparison: ToCome?
  let notices: [Fact<NoticeStep>]
  let offers: [OptOutOffer]
  /// By what the agreement runs out, where it does.
  let ending: AgreementEnd?
  /// The document that names this one, where it binds along with that one's agreement.
  let along: Document?
  /// The documents that bind along with this one.
  let boundAlong: [Document]
  /// Whether they declined the last version that is pending, and said nothing of it since.
  let isDeclined: Bool
  let calendar: String?
  let session: Session

  /// What binds wholly compared with what is posted.
  struct ToCome {
    let before: VersionLabel
    let after: VersionLabel
    let comparison: Comparison
    /// The indices of the changes that do not bind yet.
    let shown: Set<Int>
    /// When each change binds, in words, parallel to the changes.
    let dates: [String]
  }

  var page: Page {
    let slug = document.slug.rawValue
    let redline = comparison.map { found in
      RedlineMarkup(
        redline: found.comparison.redline, classes: found.comparison.classifications, dates: found.dates,
        layout: .init(changes: found.shown)
      ).html
    }
    let zone = document.settings.zone
    let values: [String: Any?] = [
      "slug": slug, "title": document.title, "developer": answer.developer.rawValue, "today": "\(today)",
      "bound": answer.bound, "version": answer.version?.rawValue, "entity": answer.entity,
      "surviving": answer.surviving.map { $0.map(\.text).joined(separator: ", ") },
      "hasEnded": !answer.bound && answer.surviving != nil,
      "also": inForceInPart, "hasParts": !inForceInPart.isEmpty,
      "pending": answer.pending.map { row($0, slug: slug) }, "hasPending": !answer.pending.isEmpty,
      "canDecline": !answer.pending.isEmpty && !isDeclined,
      "ending": ending.map { end -> [String: Any?] in
        [
          "date": "\(end.date)", "lastDay": "\(end.lastDay)",
          "whose": end.party == .developer ? "your notice" : "the platform's notice",
        ]
      },
      "standings": answer.versions.flatMap { version in
        version.classes.map { Self.row($0, of: version) }
      },
      "redline": redline, "before": comparison?.before.rawValue, "after": comparison?.after.rawValue,
      "basis": answer.basis.map { ["rule": $0.rule, "says": $0.says] },
      "notices": notices.reversed().map { fact -> [String: Any?] in
        [
          "version": fact.value.version.rawValue, "channel": Self.words(fact.value.channel),
          "event": Self.words(fact.value.event), "on": "\(zone.date(of: fact.occasion.happenedAt))",
        ]
      }, "hasNotices": !notices.isEmpty, "offers": offers.map(\.clause.text).once.joined(separator: ", "),
      "hasOffers": !offers.isEmpty, "calendar": calendar, "along": along.map(Self.row),
      "boundAlong": boundAlong.map(Self.row), "bringsAlong": !boundAlong.isEmpty,
    ]
    return Page(
      title: "\(document.title): what binds you", body: Self.template.html(values),
      crumbs: [.init(name: "Your terms", address: "/me"), .init(name: document.title, address: "/\(slug)")],
      navigation: SessionPages.navigation(session), cached: "private, no-store")
  }

  /// What binds of the versions after the one that binds wholly.
  private var inForceInPart: [[String: Any?]] {
    answer.versions.drop { $0.version != answer.version }.dropFirst().compactMap { version in
      let inForce = version.classes.filter(\.state.isInForce)
      guard !inForce.isEmpty else { return nil }
      let clauses = inForce.flatMap(\.clauses).map(\.description).once.joined(separator: ", ")
      return ["version": version.version.rawValue, "clauses": clauses.isEmpty ? nil : clauses]
    }
  }

  private func row(_ pending: BindingAnswer.Pending, slug: String) -> [String: Any?] {
    let when =
      switch pending.standing.state {
      case .pending(let day): "binds you from \(day)"
      case .awaitingNotice(let day): "waits for its notice; given today, it would bind you from \(day)"
      default: ""
      }
    return [
      "slug": slug, "version": pending.version.rawValue, "badge": pending.standing.changeClass.badge, "when": when,
      "clauses": pending.standing.clauses.map(\.description).joined(separator: ", "),
    ]
  }

  private static func row(_ standing: BindingAnswer.ClassStanding, of version: BindingAnswer.VersionStanding)
    -> [String: Any?]
  {
    [
      "version": version.version.rawValue, "badge": standing.changeClass.badge, "state": words(standing.state),
      "clauses": standing.clauses.map(\.description).joined(separator: ", "),
    ]
  }

  private static func row(_ document: Document) -> [String: Any?] {
    ["slug": document.slug.rawValue, "title": document.title]
  }

  static func words(_ state: BindingAnswer.State) -> String {
    switch state {
    case .inForce(let day): "in force since \(day)"
    case .pending(let day): "binds you from \(day)"
    case .awaitingNotice(let day): "waits for its notice; from \(day) if given today"
    case .withdrawn: "withdrawn"
    case .optedOut: "you opted out: the wording you last agreed to stays"
    case .notBound: "does not bind you"
    }
  }

  private static func words(_ channel: NoticeChannel) -> String {
    switch channel {
    case .email: "e-mail"
    case .courier: "courier"
    case .posting: "posting"
    }
  }

  private static func words(_ event: NoticeStep.Event) -> String {
    switch event {
    case .sent: "sent"
    case .received(.accepted, let witness):
      "accepted by the receiving server, \(WitnessWords.of(witness)) (assumed received, evidence level \(EvidenceLevel.accepted.rawValue))"
    case .received(let level, let witness): "received (evidence level \(level.rawValue), \(WitnessWords.of(witness)))"
    case .failed(let reason): "failed: \(reason)"
    }
  }

  private static let template = Templates.compiled(
    """
    <h1>{{title}}: what binds you</h1>
    <p class="meta">For {{developer}}, on {{today}}.</p>
    <section class="card" aria-label="Today"><dl class="facts">
    {{#bound}}<dt>Binds you today</dt><dd>{{#version}}<a href="/{{slug}}/versions/{{version}}">version {{version}}</a>, wholly{{/version}}{{^version}}parts of several versions{{/version}}{{#also}}, and of version <a href="/{{slug}}/versions/{{version}}">{{version}}</a> what is in force of it{{#clauses}}: {{clauses}}{{/clauses}}{{/also}}{{#hasParts}}. <a href="/me/{{slug}}/text">All of it in one text</a>{{/hasParts}}</dd>{{/bound}}
    {{#along}}<dt>Binds you along with</dt><dd><a href="/me/{{slug}}">{{title}}</a>, which names these terms: they end with the agreement over that one</dd>{{/along}}
    {{#bringsAlong}}<dt>Bind along with it</dt><dd>{{#boundAlong}}<div><a href="/me/{{slug}}">{{title}}</a></div>{{/boundAlong}}</dd>{{/bringsAlong}}
    {{#ending}}<dt>Binds you until</dt><dd>the end of {{lastDay}}: by {{whose}} the agreement ends on {{date}}</dd>{{/ending}}
    {{^bound}}<dt>Binds you today</dt><dd>nothing{{#hasEnded}}: the agreement has ended{{/hasEnded}}</dd>{{/bound}}
    {{#hasEnded}}<dt>Goes on binding</dt><dd>{{surviving}}{{^surviving}}nothing{{/surviving}}</dd>{{/hasEnded}}
    {{#entity}}<dt>Your contract is with</dt><dd>{{entity}}</dd>{{/entity}}
    {{#hasPending}}<dt>Changes</dt><dd>{{#pending}}<div>{{{badge}}} {{when}} ({{#clauses}}{{clauses}} {{/clauses}}of version {{version}})</div>{{/pending}}</dd>{{/hasPending}}
    {{^hasPending}}{{#bound}}<dt>Changes</dt><dd>nothing is pending</dd>{{/bound}}{{/hasPending}}
    </dl></section>
    <ul class="tools"><li><a href="/me/{{slug}}/text">The text that binds you</a></li>
    {{#calendar}}<li><a href="{{calendar}}">Your dates as a calendar</a></li>{{/calendar}}
    <li><a href="#why">Why these dates</a></li></ul>
    {{#bound}}<section aria-labelledby="choices"><h2 id="choices">What you can do</h2>
    <ul class="tools">{{#hasPending}}<li><a class="button" href="/me/{{slug}}/accept">Accept now</a></li>{{/hasPending}}
    {{#canDecline}}<li><a class="button quiet" href="/me/{{slug}}/decline">Decline</a></li>{{/canDecline}}
    {{#hasOffers}}<li><a class="button quiet" href="/me/{{slug}}/opt-out">Opt out of {{offers}}</a></li>{{/hasOffers}}
    <li>{{#along}}<a class="button grave" href="/me/{{slug}}/end">End the agreement over {{title}}</a>{{/along}}{{^along}}{{^ending}}<a class="button grave" href="/me/{{slug}}/end">End the agreement</a>{{/ending}}{{#ending}}<a class="button quiet" href="/me/{{slug}}/end">End it at once, on risk of liability or harm</a>{{/ending}}{{/along}}</li></ul>
    <p class="hint">Each of them first says what follows from it, and asks again.</p></section>{{/bound}}
    <section aria-labelledby="picture"><h2 id="picture">Through time</h2>
    <div class="picture" tabindex="0" role="region" aria-label="Timeline, can be scrolled"><picture><source media="(max-width: 40rem)" srcset="/me/{{slug}}/timeline.svg?format=narrow"><img src="/me/{{slug}}/timeline.svg" alt="What bound and will bind you, as the table below says in words"></picture></div>
    <table class="stack"><thead><tr><th scope="col">Version</th><th scope="col">Class</th><th scope="col">For you</th><th scope="col">Clauses</th></tr></thead>
    <tbody>{{#standings}}<tr><th scope="row"><span class="date">{{version}}</span></th><td data-label="Class">{{{badge}}}</td><td data-label="For you">{{state}}</td><td data-label="Clauses">{{clauses}}</td></tr>
    {{/standings}}</tbody></table></section>
    {{#redline}}<section aria-labelledby="redline"><h2 id="redline">What will change for you</h2>
    <p class="meta">What is still to come of {{after}}, compared with {{before}}{{#hasParts}}; what of it is in force already is in <a href="/me/{{slug}}/text">the text that binds you</a>{{/hasParts}}. Added words are underlined, removed ones struck through.</p>
    {{{redline}}}</section>{{/redline}}
    <section aria-labelledby="why"><h2 id="why">Why these dates</h2>
    <ol>{{#basis}}<li><strong>{{rule}}</strong>: {{says}}</li>
    {{/basis}}</ol></section>
    <section aria-labelledby="notices"><h2 id="notices">Your notices</h2>
    {{#hasNotices}}<table class="stack"><thead><tr><th scope="col">Date</th><th scope="col">Version</th><th scope="col">By</th><th scope="col">What happened</th></tr></thead>
    <tbody>{{#notices}}<tr><td><span class="date">{{on}}</span></td><td data-label="Version"><span class="date">{{version}}</span></td><td data-label="By">{{channel}}</td><td data-label="What happened">{{event}}</td></tr>
    {{/notices}}</tbody></table>{{/hasNotices}}{{^hasNotices}}<p>None yet: the posting serves where no address is on record.</p>{{/hasNotices}}</section>
    """)
}

/// The documents that a developer has to do with.
struct DeveloperListPage {
  let developer: DeveloperID
  let rows: [(document: Document, answer: BindingAnswer)]
  let session: Session

  var page: Page {
    let cards = rows.map { document, answer -> [String: Any?] in
      [
        "slug": document.slug.rawValue, "title": document.title, "version": answer.version?.rawValue,
        "bound": answer.bound, "hasPending": !answer.pending.isEmpty,
        "next": answer.pending.compactMap { $0.standing.state.pendingDay }.min().map { "\($0)" },
        "waits": answer.pending.contains { $0.standing.state.pendingDay == nil },
      ]
    }
    return Page(
      title: "Your terms", body: Self.template.html(["developer": developer.rawValue, "cards": cards]), isWide: true,
      navigation: SessionPages.navigation(session), cached: "private, no-store")
  }

  private static let template = Templates.compiled(
    """
    <h1>Your terms</h1>
    <p class="meta">What binds {{developer}}.</p>
    <ul class="cards">{{#cards}}<li class="card"><h2><a href="/me/{{slug}}">{{title}}</a></h2>
    <p>{{#bound}}{{#version}}Version {{version}} binds you.{{/version}}{{^version}}Parts of several versions bind you.{{/version}}{{/bound}}{{^bound}}Not bound.{{/bound}}</p>
    {{#hasPending}}<p>Something will change{{#next}}: from {{next}}{{#waits}}; some of it has no day yet and waits for its notice{{/waits}}{{/next}}{{^next}}: it has no day yet and waits for its notice{{/next}}.</p>{{/hasPending}}</li>
    {{/cards}}</ul>
    {{^cards}}<p>You have no agreement over any document.</p>{{/cards}}
    """)
}

/// The text that binds a developer, each clause with the version that its words came with.
struct BindingTextPage {
  let document: Document
  let text: ConsolidatedText?
  let today: CalendarDate
  let session: Session

  var page: Page {
    let slug = document.slug.rawValue
    let clauses = (text?.clauses ?? []).filter { $0.clause.role != .furniture }.map { part -> [String: Any?] in
      let depth = part.clause.label.path.count
      return [
        "html": MarkdownHTML.render(part.clause.source), "version": part.version.rawValue, "slug": slug,
        "since": "\(part.since)", "isChanged": part.changeClass != nil, "badge": part.changeClass?.badge ?? "",
        "class": depth >= 3 ? "clause subsub" : depth == 2 ? "clause sub" : "clause",
      ]
    }
    return Page(
      title: "\(document.title): the text that binds you",
      body: Self.template.html([
        "slug": slug, "title": document.title, "today": "\(today)", "clauses": clauses, "isBound": text != nil,
        "posted": text?.posted?.rawValue, "isCompiled": text != nil && text?.posted == nil,
        "isSurviving": text?.isSurviving ?? false,
      ]),
      crumbs: [
        .init(name: "Your terms", address: "/me"), .init(name: document.title, address: "/me/\(slug)"),
      ], navigation: SessionPages.navigation(session), cached: "private, no-store")
  }

  private static let template = Templates.compiled(
    """
    <p class="meta">The text of {{title}} that binds you on {{today}}{{#posted}}: version {{posted}}, as it was posted{{/posted}}.</p>
    {{#isCompiled}}<p class="note">Put together from several versions, since changes bind on their own dates: what came later than you joined says which version brought it.</p>{{/isCompiled}}
    {{#isSurviving}}<p class="note">The agreement has ended: these clauses go on binding.</p>{{/isSurviving}}
    {{^isBound}}<h1>{{title}}</h1><p>Nothing of it binds you.</p>{{/isBound}}
    <article class="terms">{{#clauses}}<section class="{{class}}">{{{html}}}\
    {{#isChanged}}<p class="meta ui">{{{badge}}} from version <a href="/{{slug}}/versions/{{version}}">{{version}}</a>, in force since {{since}}</p>{{/isChanged}}</section>
    {{/clauses}}</article>
    """)
}

extension [String] {
  fileprivate var once: [String] { enumerated().filter { !self[..<$0.offset].contains($0.element) }.map(\.element) }
}
