internal import Binding
internal import Foundation
internal import HTTPTypes
internal import Mustache
internal import Redlining
internal import TermsModel
internal import TermsOperations
internal import TermsParsing

/// The operator's desk: every document with its drafts and how its last version's notices stand.
struct DeskPage {
  struct Row {
    let document: Document
    /// All that were posted, taken back or not.
    let versions: [PostedVersion]
    let drafts: [DeskDraft]
    /// Of the one posted last.
    let counts: [NoticeCount]
  }

  let rows: [Row]
  let session: Session

  var page: Page {
    let cards = rows.map { row -> [String: Any?] in
      [
        "slug": row.document.slug.rawValue, "title": row.document.title, "latest": row.versions.last?.label.rawValue,
        "isWithdrawn": row.versions.last?.isWithdrawn == true,
        "notices": row.counts.isEmpty
          ? nil : row.counts.map { "\($0.count) \($0.words)" }.joined(separator: ", "),
        "earlier": row.versions.dropLast().reversed().map { version -> [String: Any?] in
          ["version": version.label.rawValue, "isWithdrawn": version.isWithdrawn]
        }, "hasEarlier": row.versions.count > 1,
        "drafts": row.drafts.map { draft in
          ["number": "\(draft.number)", "by": draft.changedBy, "at": "\(draft.changedAt)"] as [String: Any?]
        },
      ]
    }
    return Page(
      title: "Desk",
      body: Self.template.html(["cards": cards, "mayPublish": session.asker.role.mayPublish]), isWide: true,
      navigation: SessionPages.navigation(session), cached: "private, no-store")
  }

  private static let template = Templates.compiled(
    """
    <h1>Desk</h1>
    <ul class="tools"><li><a href="/desk/log">The log</a></li>{{#mayPublish}}<li><a href="/desk/test-mail">Test mail</a></li>{{/mayPublish}}</ul>
    <ul class="cards">{{#cards}}<li class="card"><h2>{{title}}</h2>
    <p class="meta">{{#latest}}Latest version <a href="/desk/{{slug}}/versions/{{latest}}">{{latest}}</a>{{#isWithdrawn}} (withdrawn){{/isWithdrawn}}{{#notices}}; notices: {{notices}}{{/notices}}{{/latest}}{{^latest}}Nothing posted yet.{{/latest}}</p>
    {{#hasEarlier}}<details><summary>Earlier versions</summary><ul class="plain">{{#earlier}}<li><a href="/desk/{{slug}}/versions/{{version}}">{{version}}</a>{{#isWithdrawn}} (withdrawn){{/isWithdrawn}}</li>{{/earlier}}</ul></details>{{/hasEarlier}}
    {{#drafts}}<p><a href="/desk/drafts/{{number}}">Draft {{number}}</a> <span class="meta">changed {{at}} by {{by}}</span></p>{{/drafts}}
    {{#mayPublish}}<p><a class="button quiet" href="/desk/{{slug}}/new">New draft</a></p>{{/mayPublish}}</li>
    {{/cards}}</ul>
    {{^cards}}<p>No documents yet: whoever runs the service adds them.</p>{{/cards}}
    """)

  // MARK: A new draft

  static func newDraft(of document: Document, text: String, refusal: String?, session: Session) -> Page {
    var page = Page(
      title: "\(document.title): new draft",
      body: newTemplate.html([
        "slug": document.slug.rawValue, "title": document.title, "text": text, "refusal": refusal,
        "form": session.formToken,
      ]),
      crumbs: [.init(name: "Desk", address: "/desk")], navigation: SessionPages.navigation(session),
      cached: "private, no-store")
    if refusal != nil { page.status = .unprocessableContent }
    return page
  }

  private static let newTemplate = Templates.compiled(
    """
    <h1>{{title}}: new draft</h1>
    {{#refusal}}<p class="note" role="alert">{{refusal}}</p>{{/refusal}}
    <form class="stack" method="post" action="/desk/{{slug}}/new" enctype="multipart/form-data"><input type="hidden" name="form" value="{{form}}">
    <span><label for="file">A file <span class="hint">Word (.docx), OpenDocument (.odt), HTML or Markdown; it takes the place of the text below</span></label>
    <input id="file" name="file" type="file" accept=".docx,.odt,.html,.htm,.md,.markdown,.txt"></span>
    <span><label for="text">Text in Markdown <span class="hint">the whole document; it begins as the latest version</span></label>
    <textarea id="text" name="text" spellcheck="false">{{text}}</textarea></span>
    <span><button>Keep and review</button></span></form>
    """)
}

/// A draft under review: what publishing it would do, with the classes to decide.
struct ReviewPage {
  /// What was sent of a draft that somebody else had kept since.
  struct Unkept {
    let text: String
    let reason: String?
    let summary: String?
    /// What was chosen, in a line for each change.
    let classes: [String]
  }

  let draft: DeskDraft
  let document: Document
  let review: Review
  let refusal: String?
  let session: Session
  var unkept: Unkept?

  var page: Page {
    let slug = document.slug.rawValue
    let isOpen = draft.version == nil && session.asker.role.mayPublish
    var page = Page(
      title: "\(document.title): draft \(draft.number)",
      body: Self.template.html([
        "number": "\(draft.number)", "slug": slug, "title": document.title, "form": session.formToken,
        "refusal": refusal, "obstacle": draft.version == nil ? review.obstacle.map(words) : nil,
        "version": draft.version?.rawValue, "follows": review.draft.latest?.label.rawValue,
        "departure": review.draft.standing?.departure, "changes": redline,
        "dates": review.dates.map { date -> [String: Any?] in
          ["badge": date.changeClass.badge, "count": "\(date.changes)", "from": "\(date.effectiveOn)"]
        },
        "byEmail": "\(review.audience.byEmail)", "byPosting": "\(review.audience.byPosting)",
        "told": review.audience.byEmail == 1 ? "1 developer is" : "\(review.audience.byEmail) developers are",
        "postedOn": "\(review.postedOn)", "label": review.label?.rawValue,
        "findings": review.draft.findings.map(\.description), "hasFindings": !review.draft.findings.isEmpty,
        "reason": draft.decisions.reason, "summary": draft.summary, "text": draft.text, "isOpen": isOpen,
        "changedBy": draft.changedBy, "changedAt": "\(draft.changedAt)",
        "agreements": review.approval.agreements.map { ["actor": $0.actor, "reason": $0.approval.reason] },
        "needsApproval": !review.approval.changes.isEmpty && review.obstacle != nil,
        "mayApprove": session.asker.actor != draft.changedBy && !isOwnAgreement,
        "isReady": isOpen && review.obstacle == nil,
        "unkept": unkept.map { unkept -> [String: Any?] in
          [
            "mine": unkept.text, "myReason": unkept.reason, "mySummary": unkept.summary, "classes": unkept.classes,
            "hasClasses": !unkept.classes.isEmpty,
          ]
        },
      ]),
      crumbs: [.init(name: "Desk", address: "/desk")], navigation: SessionPages.navigation(session),
      cached: "private, no-store")
    if refusal != nil { page.status = .unprocessableContent }
    return page
  }

  /// Why it would be refused. Whoever looks at another's draft is the second person whom it wants, and not the one that it
  /// must be other than.
  private func words(_ obstacle: TermsRefusal) -> String {
    guard case .needsApproval(let slug, let file, let changes, _) = obstacle else { return PageWords.of(obstacle) }
    return PageWords.of(TermsRefusal.needsApproval(slug, file, changes: changes, actor: draft.changedBy))
  }

  /// Whether it is the reader who agreed, so that somebody else has to publish it.
  private var isOwnAgreement: Bool {
    if case .approvedByOneself = review.obstacle { true } else { false }
  }

  /// The changes, each with the form fields of its class.
  private var redline: String {
    guard let redline = review.draft.redline else {
      return "<p>This would be the first version: \(review.draft.wording.provisions.count) clauses.</p>"
    }
    let proposals = review.draft.proposals
    let names = ChangeNames(review.draft, redline)
    let overrides = names.overrides(of: draft.decisions)
    let trailers = redline.changes.indices.map { index -> String in
      guard draft.version == nil, session.asker.role.mayPublish else { return "" }
      return Self.fields(
        index, key: names.key(index), name: names.shown(index), proposed: proposals[index].changeClass,
        override: overrides[index])
    }
    let classes = proposals.indices.map { index in
      Classification(
        changeClass: overrides[index]?.changeClass ?? proposals[index].changeClass, grounds: proposals[index].grounds)
    }
    return RedlineMarkup(redline: redline, classes: classes, trailers: trailers).html
  }

  private static func fields(
    _ index: Int, key: String, name: String, proposed: ChangeClass, override: Decisions.Override?
  ) -> String {
    let options = [ChangeClass.material, .legalRequired, .other].map { choice in
      let isChosen = (override?.changeClass ?? proposed) == choice
      let note = choice == proposed ? " (proposed)" : ""
      return "<option value=\"\(choice.rawValue)\"\(isChosen ? " selected" : "")>\(choice.words)\(note)</option>"
    }.joined()
    let escaped = RedlineHTML.escaped(name)
    let basis = RedlineHTML.escaped(override?.legalBasis ?? "")
    return """
      <div class="tools"><input type="hidden" form="decisions" name="clause-\(index)" value="\(RedlineHTML.escaped(key))">
      <span><label for="class-\(index)">Class of \(escaped)</label><select id="class-\(index)" form="decisions" name="class-\(index)">\(options)</select></span>
      <span><label for="basis-\(index)">Law <span class="hint">where one demands it</span></label><input id="basis-\(index)" type="text" form="decisions" name="basis-\(index)" value="\(basis)" maxlength="300"></span></div>

      """
  }

  private static let template = Templates.compiled(
    """
    <h1>{{title}}: draft {{number}}</h1>
    <p class="meta">{{#follows}}Against {{#departure}}what stands: {{departure}}{{/departure}}{{^departure}}version {{follows}}{{/departure}}. {{/follows}}Changed {{changedAt}} by {{changedBy}}.{{#agreements}} {{actor}} agreed to it: {{reason}}{{/agreements}}</p>
    {{#refusal}}<p class="note" role="alert">{{refusal}}</p>{{/refusal}}
    {{#unkept}}<section class="card" aria-label="What you sent"><h2>What you sent, not kept</h2>
    <p>Below stands what is kept now.</p>
    <dl class="facts">{{#myReason}}<dt>Reason</dt><dd>{{myReason}}</dd>{{/myReason}}{{#mySummary}}<dt>Summary</dt><dd>{{mySummary}}</dd>{{/mySummary}}{{#hasClasses}}<dt>Classes</dt><dd>{{#classes}}<div>{{.}}</div>{{/classes}}</dd>{{/hasClasses}}</dl>
    <label for="unkept">Your text</label><textarea id="unkept" readonly spellcheck="false">{{mine}}</textarea></section>{{/unkept}}
    {{#version}}<p class="note">It was posted as <a href="/desk/{{slug}}/versions/{{version}}">version {{version}}</a>.</p>{{/version}}
    <section class="card" aria-label="What publishing would do"><dl class="facts">
    {{^version}}<dt>If posted on {{postedOn}}</dt><dd>{{#label}}version {{label}}{{/label}}{{^label}}it would be refused: {{obstacle}}{{/label}}</dd>{{/version}}
    {{#dates}}<dt>{{count}} {{{badge}}}</dt><dd>in force from {{from}}, for those told that day</dd>{{/dates}}
    <dt>Told</dt><dd>{{byEmail}} by e-mail, {{byPosting}} by the posting alone</dd>
    {{#hasFindings}}<dt>Linter</dt><dd>{{#findings}}<div>{{.}}</div>{{/findings}}</dd>{{/hasFindings}}</dl></section>
    <h2>Changes</h2>
    {{{changes}}}
    {{#isOpen}}<h2>Decide</h2>
    <form class="stack" id="decisions" method="post" action="/desk/drafts/{{number}}"><input type="hidden" name="form" value="{{form}}">
    <input type="hidden" name="changed-at" value="{{changedAt}}">
    <span><label for="reason">Why a class is lower than proposed <span class="hint">needed where one is</span></label><input id="reason" type="text" name="reason" value="{{reason}}" maxlength="500"></span>
    <span><label for="summary">What the notices say of the changes, in a sentence or two</label><input id="summary" type="text" name="summary" value="{{summary}}" maxlength="500"></span>
    <details><summary>The text</summary><label for="text">Text</label><textarea id="text" name="text" spellcheck="false">{{text}}</textarea></details>
    <span><button class="quiet">Keep and review again</button></span></form>
    {{#needsApproval}}<h2>Agree</h2><p class="note">{{obstacle}}</p>
    {{#mayApprove}}<form class="stack" method="post" action="/desk/drafts/{{number}}/approve"><input type="hidden" name="form" value="{{form}}">
    <input type="hidden" name="changed-at" value="{{changedAt}}">
    <span><label for="agreement">Why you agree to these classes <span class="hint">it goes on record with your name</span></label><input id="agreement" type="text" name="reason" required maxlength="500"></span>
    <span><button class="quiet">I agree to this draft</button></span></form>{{/mayApprove}}{{/needsApproval}}
    {{#isReady}}<h2>Publish</h2>
    <p>A posted version is never edited. {{told}} told by e-mail; what takes effect on posting binds at once.</p>
    <form class="stack" method="post" action="/desk/drafts/{{number}}/publish"><input type="hidden" name="form" value="{{form}}">
    <input type="hidden" name="changed-at" value="{{changedAt}}">
    <span><label for="confirmation">Type <code>{{slug}}</code> to confirm</label><input id="confirmation" type="text" name="confirmation" autocomplete="off" required></span>
    <span><button>Publish version {{label}}</button></span></form>{{/isReady}}{{/isOpen}}
    """)
}

/// A posted version on the desk: how its notices stand, who is not bound yet and why.
struct ProgressPage {
  let document: Document
  let version: PostedVersion
  /// Of those that were accepted, the ones known to have failed since.
  let failed: (counts: [NoticeCount], listed: [NoticeFailedSince])
  /// How many of those who are not bound yet stand on the pages before.
  let passing: Int
  let counts: [NoticeCount]
  let report: SufficiencyReport
  let refused: [OutboxNotice]
  let session: Session
  let refusal: String?

  /// States in which a notice is on its way.
  private static let open: Set<NoticeState> = [.queued, .transmitting]

  /// How many names a list has on one page.
  static let size = 50

  /// The states of the notices as they are known now.
  private var states: [[String: Any?]] {
    let since = failed.counts.first?.count ?? 0
    return counts.flatMap { count -> [[String: Any?]] in
      let gone = count.state == .accepted && !count.isSuperseding ? since : 0
      let (kept, lost) = (count.count - gone, ["state": "failed after being accepted", "count": "\(gone)"])
      return (kept > 0 ? [["state": count.words, "count": "\(kept)"]] : []) + (gone > 0 ? [lost] : [])
    }
  }

  var page: Page {
    let unbound = report.developers - report.bound
    let total = counts.map(\.count).reduce(0, +)
    let left = counts.filter { Self.open.contains($0.state) }.map(\.count).reduce(0, +)
    let slug = document.slug.rawValue
    var page = Page(
      title: "\(document.title) \(version.label): notices",
      body: Self.template.html([
        "slug": slug, "title": document.title, "version": version.label.rawValue, "total": "\(total)",
        "done": "\(total - left)", "hasTotal": total > 0, "form": session.formToken, "refusal": refusal,
        "counts": states,
        "failed": failed.listed.map { ["developer": $0.developer.rawValue, "reason": $0.reason] as [String: Any?] },
        "hasFailed": !failed.listed.isEmpty, "failedCut": cut(failed.counts.first?.count ?? 0, failed.listed.count),
        "refusedCut": cut(counts.filter { $0.state == .refused }.map(\.count).reduce(0, +), refused.count),
        "of": unbound > report.listed.count
          ? "\(passing + 1) to \(passing + report.listed.count) of \(unbound)" : nil,
        "before": passing > 0 ? "\(max(0, passing - Self.size))" : nil,
        "after": passing + report.listed.count < unbound && !report.listed.isEmpty
          ? "\(passing + report.listed.count)" : nil,
        "hasPages": passing > 0 || unbound > report.listed.count,
        "bound": "\(report.bound)", "developers": "\(report.developers)",
        "announced": report.announced.map { "\($0)" }, "lastDay": report.lastDayOfNotice.map { "\($0)" },
        "isAtRisk": report.isAtRisk,
        "reasons": report.counts.sorted { $0.key.rawValue < $1.key.rawValue }.map { reason, count -> [String: Any?] in
          ["reason": Self.words(reason), "count": "\(count)"]
        },
        "listed": report.listed.map { found -> [String: Any?] in
          [
            "developer": found.developer.rawValue, "from": found.boundFrom.map { "\($0)" },
            "why": found.obstacle.flatMap(SufficiencyReport.Reason.init).map(Self.words),
          ]
        }, "hasListed": !report.listed.isEmpty,
        "refused": refused.map { notice -> [String: Any?] in
          ["developer": notice.developer.rawValue, "reply": notice.lastReply]
        }, "hasRefused": !refused.isEmpty, "isWithdrawn": version.isWithdrawn,
        "mayWithdraw": !version.isWithdrawn && session.asker.role.mayPublish,
      ]),
      crumbs: [.init(name: "Desk", address: "/desk"), .init(name: document.title, address: "/\(slug)")],
      navigation: SessionPages.navigation(session), cached: "private, no-store")
    if refusal != nil { page.status = .unprocessableContent }
    return page
  }

  private func cut(_ all: Int, _ listed: Int) -> String? { all > listed ? "The first \(listed) of \(all)." : nil }

  private static func words(_ reason: SufficiencyReport.Reason) -> String {
    switch reason {
    case .period: "told; the period runs"
    case .nothingSent: "nothing sent yet"
    case .nothingReceived: "sent; nothing shows the receipt"
    case .evidence: "the evidence of receipt is not enough"
    case .unreachable: "cannot be reached"
    case .earlierVersion: "waits for an earlier version"
    case .optedOut: "opted out"
    case .withdrawn: "withdrawn"
    }
  }

  private static let template = Templates.compiled(
    """
    <h1>{{title}} {{version}}</h1>
    {{#refusal}}<p class="note" role="alert">{{refusal}}</p>{{/refusal}}
    {{#isWithdrawn}}<p class="note">What was pending of this version was withdrawn.</p>{{/isWithdrawn}}
    <ul class="tools"><li><a href="/{{slug}}/versions/{{version}}">Read it</a></li>
    <li><a href="/desk/{{slug}}/versions/{{version}}">Look again</a></li></ul>
    <h2>Notices</h2>
    {{#hasTotal}}<p><label for="progress">{{done}} of {{total}} settled</label><progress id="progress" max="{{total}}" value="{{done}}"></progress></p>{{/hasTotal}}
    <dl class="facts">{{#counts}}<dt>{{state}}</dt><dd>{{count}}</dd>{{/counts}}</dl>
    {{^hasTotal}}<p>None were planned: nobody with an address was bound.</p>{{/hasTotal}}
    <h2>Who is bound</h2>
    <p>{{bound}} of {{developers}} developers by the whole version.{{#announced}} Announced for {{announced}}.{{/announced}}{{#lastDay}} The last day on which a notice counts for that date is {{lastDay}}.{{/lastDay}}</p>
    {{#isAtRisk}}<p class="note">Notices are missing, and the last day has come.</p>{{/isAtRisk}}
    <dl class="facts">{{#reasons}}<dt>{{reason}}</dt><dd>{{count}}</dd>{{/reasons}}</dl>
    {{#hasListed}}<table class="stack"><thead><tr><th scope="col">Developer</th><th scope="col">Why not yet</th><th scope="col">Bound from</th></tr></thead>
    <tbody>{{#listed}}<tr><th scope="row">{{developer}}</th><td data-label="Why not yet">{{why}}</td><td data-label="Bound from">{{from}}</td></tr>{{/listed}}</tbody></table>{{/hasListed}}
    {{#hasPages}}<ul class="tools">{{#of}}<li>{{of}}</li>{{/of}}{{#before}}<li><a href="/desk/{{slug}}/versions/{{version}}?passing={{before}}">Those before</a></li>{{/before}}\
    {{#after}}<li><a href="/desk/{{slug}}/versions/{{version}}?passing={{after}}">Those after</a></li>{{/after}}</ul>{{/hasPages}}
    {{#hasFailed}}<h2>Failed after being accepted</h2>{{#failedCut}}<p>{{failedCut}}</p>{{/failedCut}}<table class="stack"><thead><tr><th scope="col">Developer</th><th scope="col">Why</th></tr></thead>
    <tbody>{{#failed}}<tr><th scope="row">{{developer}}</th><td data-label="Why">{{reason}}</td></tr>{{/failed}}</tbody></table>{{/hasFailed}}
    {{#hasRefused}}<h2>Refused</h2>{{#refusedCut}}<p>{{refusedCut}}</p>{{/refusedCut}}<table class="stack"><thead><tr><th scope="col">Developer</th><th scope="col">What the server said</th></tr></thead>
    <tbody>{{#refused}}<tr><th scope="row">{{developer}}</th><td data-label="Said">{{reply}}</td></tr>{{/refused}}</tbody></table>{{/hasRefused}}
    {{#mayWithdraw}}<h2>Withdraw</h2><p>Takes back what is pending, before it binds anybody; whoever was told is told so.</p>
    <form class="stack" method="post" action="/desk/{{slug}}/versions/{{version}}/withdraw"><input type="hidden" name="form" value="{{form}}">
    <span><label for="reason">Why <span class="hint">developers are told it</span></label><input id="reason" type="text" name="reason" required maxlength="500"></span>
    <span><label for="confirmation">Type <code>{{version}}</code> to confirm</label><input id="confirmation" type="text" name="confirmation" autocomplete="off" required></span>
    <span><button class="grave">Withdraw</button></span></form>{{/mayWithdraw}}
    """)
}

extension NoticeCount {
  /// The state, and whether these tell of an act that came after the posting.
  fileprivate var words: String { state.rawValue + (isSuperseding ? " (superseding)" : "") }
}

/// The log, the newest entry first.
struct LogPage {
  let entries: [LogEntry]
  /// How many there are of them all.
  let all: Int64
  let session: Session

  var page: Page {
    let rows = entries.map { entry -> [String: Any?] in
      [
        "sequence": "\(entry.occasion.sequence)", "recordedAt": "\(entry.occasion.recordedAt)", "actor": entry.actor,
        "act": entry.act.name, "subject": entry.act.subject, "hash": String(entry.leafHash.prefix(16)),
      ]
    }
    let (newest, oldest) = (entries.first?.occasion.sequence ?? 0, entries.last?.occasion.sequence ?? 0)
    return Page(
      title: "The log",
      body: Self.template.html([
        "rows": rows, "earlier": oldest > 1 ? "\(oldest)" : nil,
        "later": newest < all ? "\(newest + Int64(Self.size) + 1)" : nil,
      ]),
      crumbs: [.init(name: "Desk", address: "/desk")], isWide: true, navigation: SessionPages.navigation(session),
      cached: "private, no-store")
  }

  static let size = 100

  private static let template = Templates.compiled(
    """
    <h1>The log</h1>
    <table class="stack"><thead><tr><th scope="col">Number</th><th scope="col">Recorded</th><th scope="col">By</th><th scope="col">Act</th><th scope="col">About</th><th scope="col">Hash</th></tr></thead>
    <tbody>{{#rows}}<tr><th scope="row">{{sequence}}</th><td data-label="Recorded">{{recordedAt}}</td><td data-label="By">{{actor}}</td><td data-label="Act">{{act}}</td><td data-label="About">{{subject}}</td><td data-label="Hash" class="mono">{{hash}}…</td></tr>
    {{/rows}}</tbody></table>
    <ul class="tools">{{#later}}<li><a class="button quiet" href="/desk/log?before={{later}}">Later entries</a></li>{{/later}}\
    {{#earlier}}<li><a class="button quiet" href="/desk/log?before={{earlier}}">Earlier entries</a></li>{{/earlier}}</ul>
    """)
}
