internal import Binding
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Redlining
internal import TermsModel
internal import TermsOperations

/// A developer's own pages: what binds them, and what they can do about it.
struct DeveloperRoutes {
  let registry: TermsRegistry
  let sessions: Sessions
  let log: any LogReading
  let baseURL: String?

  func add(to routes: RouteTable) {
    routes.get("/me") { request, _ in
      let (id, session) = try await developer(request)
      var rows: [(Document, BindingAnswer)] = []
      for slug in try await registry.documentsConcerning(id) {
        rows.append((try await registry.requireDocument(slug), try await registry.answerBinding(of: id, under: slug)))
      }
      return DeveloperListPage(developer: id, rows: rows, session: session).page
    }
    routes.get("/me/:slug") { request, context in try await page(request, context) }
    routes.get("/me/:slug/timeline.svg") { request, context in
      let (id, _) = try await developer(request)
      let timeline = try await registry.timeline(of: id, under: try context.identifier("slug", "document"))
      let isNarrow = try Query(page: request, allowing: ["format"])["format"] == "narrow"
      return Answer(text: timeline.svg(isNarrow ? .narrow : .wide), type: "image/svg+xml", cached: "private, no-store")
    }
    routes.get("/me/:slug/text") { request, context in
      let (id, session) = try await developer(request)
      let document = try await registry.requireDocument(try context.identifier("slug", "document"))
      return BindingTextPage(
        document: document, text: try await registry.consolidatedText(for: id, under: document.slug),
        today: document.settings.zone.date(of: registry.now()), session: session
      ).page
    }
    routes.get("/me/:slug/receipts/:sequence") { request, context in try await receipt(request, context) }
    for deed in DeveloperDeed.allCases {
      routes.get("/me/:slug/\(deed.rawValue)") { request, context in
        let (id, session) = try await developer(request)
        let document = try await registry.requireDocument(try context.identifier("slug", "document"))
        return try await deed.confirmation(for: id, document, registry, session).page
      }
      routes.post("/me/:slug/\(deed.rawValue)") { request, context in try await act(deed, request, context) }
    }
    routes.get("/feeds/developers/:ticket") { _, context in try await calendar(context) }
  }

  private func developer(_ request: Request) async throws -> (DeveloperID, Session) {
    let session = try await sessions.require(request, { _ in true }, to: "see a developer's pages")
    guard let id = session.developer else {
      throw Problem(
        status: .forbidden, title: "Not a developer",
        detail: "You are signed in as '\(session.asker.role)'; these pages are a developer's own.")
    }
    return (id, session)
  }

  // MARK: The page

  private func page(_ request: Request, _ context: WebContext) async throws -> Page {
    let (id, session) = try await developer(request)
    let document = try await registry.requireDocument(try context.identifier("slug", "document"))
    let answer = try await registry.answerBinding(of: id, under: document.slug)
    let facts = try await registry.record.facts(of: id, document: document.slug)
    let isConcerned = !facts.acts.isEmpty || !facts.notices.isEmpty || facts.naming.contains { !$0.acts.isEmpty }
    guard isConcerned else { throw TermsRefusal.notBound(id, document.slug) }
    let zone = document.settings.zone
    let along = registry.bindingAlong(facts, document)
    var naming: Document?
    if let along { naming = try await registry.requireDocument(along.document) }
    var boundAlong: [Document] = []
    for named in answer.incorporated.map(\.document) where answer.bound {
      if let other = try await registry.record.document(named) { boundAlong.append(other) }
    }
    let (target, last) = (answer.pending.last?.version, facts.acts.last { $0.value.isWordOnAVersion })
    return DeveloperPage(
      document: document, answer: answer, today: zone.date(of: registry.now()),
      comparison: try await comparison(document, answer), notices: facts.notices,
      offers: answer.bound ? try await registry.optOutOffers(for: id, under: document.slug) : [],
      ending: answer.bound ? AgreementEnd(facts, document, registry.now(), along: along) : nil,
      along: naming, boundAlong: boundAlong,
      isDeclined: target.map { last?.value == .declined($0) } ?? false,
      calendar: try await calendarAddress(of: id), session: session
    ).page
  }

  /// What of the last pending version is still to come, compared with what binds wholly, across the versions between.
  private func comparison(_ document: Document, _ answer: BindingAnswer) async throws -> DeveloperPage.ToCome? {
    guard let before = answer.version, let after = answer.pending.last?.version, before != after else { return nil }
    let comparison = try await registry.compare(document.slug, before, after)
    let (changes, redline) = (answer.versions.last { $0.version == after }?.changes ?? [], comparison.redline)
    // Where the versions follow one another, each change has its own state for this developer.
    var states: [BindingAnswer.State?] = changes.map(\.state)
    if !comparison.areNeighbours || changes.count != redline.changes.count {
      let standings = Dictionary(
        answer.versions.map { ($0.version, $0.changes) }, uniquingKeysWith: { first, _ in first })
      states = try await registry.changeSteps(document.slug, before, after, redline).steps.map { steps in
        let own = steps.compactMap { step in
          standings[step.version].flatMap { $0.indices.contains(step.place) ? $0[step.place] : nil }
        }
        // The last that is still to come says when all of it binds; where nothing is known of a clause it is shown.
        return own.last { $0.state.isToCome }?.state ?? own.last?.state
      }
    }
    return DeveloperPage.ToCome(
      before: before, after: after, comparison: comparison,
      shown: Set(states.indices.filter { states[$0]?.isToCome != false }),
      dates: states.map {
        $0.map(DeveloperPage.words) ?? "without a date: no version between the two told of it by itself"
      })
  }

  // MARK: Acts

  private func act(_ deed: DeveloperDeed, _ request: Request, _ context: WebContext) async throws
    -> any ResponseGenerator
  {
    let (id, session) = try await developer(request)
    let document = try await registry.requireDocument(try context.identifier("slug", "document"))
    let form = try await FormFields(request, context, of: session)
    do {
      try await deed.perform(for: id, document, form, registry.acting(as: session.asker.actor))
    } catch let refusal as TermsRefusal {
      var confirmation = try await deed.confirmation(for: id, document, registry, session)
      confirmation.refusal = DeveloperRefusal.words(refusal)
      return confirmation.page
    }
    let facts = try await registry.record.facts(of: id, document: document.slug)
    let sequence = facts.acts.map(\.occasion.sequence).max() ?? 0
    return Response(
      status: .seeOther, headers: [.location: "/me/\(document.slug)/receipts/\(sequence)", .cacheControl: "no-store"])
  }

  private func receipt(_ request: Request, _ context: WebContext) async throws -> Page {
    let (id, session) = try await developer(request)
    let document = try await registry.requireDocument(try context.identifier("slug", "document"))
    let facts = try await registry.record.facts(of: id, document: document.slug)
    // Their own acts, and no other entry of the log.
    guard let sequence = Int64(try context.parameters.require("sequence")),
      let act = facts.acts.first(where: { $0.occasion.sequence == sequence }),
      let entry = try await log.log(after: sequence - 1, limit: 1).first
    else { throw Problem.notFound }
    let receipt = DeveloperReceipt(
      of: act, facts, document: document, versions: try await registry.record.versions(of: document.slug))
    return SessionPages.receipt(of: entry, what: receipt.words, document: document, session: session)
  }

  // MARK: The calendar

  private func calendarAddress(of id: DeveloperID) async throws -> String? {
    let ticket = SignedTicket(
      purpose: .calendar, subject: id.rawValue, expiresAt: registry.now().adding(seconds: 2 * 366 * 86_400))
    return "/feeds/developers/\(ticket.signed(with: try await sessions.tokens.linkKey())).ics"
  }

  /// The dates of one developer, for a calendar that cannot sign in: the address itself is the key.
  private func calendar(_ context: WebContext) async throws -> Answer {
    let name = try context.parameters.require("ticket")
    let key = try await sessions.tokens.linkKey()
    guard name.hasSuffix(".ics"),
      let ticket = SignedTicket(
        (name.removingPercentEncoding ?? name).replacing(".ics", with: ""), for: .calendar, key: key, at: registry.now()
      ),
      let id = DeveloperID(rawValue: ticket.subject), let entry = try await registry.record.developer(id), !entry.erased
    else { throw Problem.notFound }
    var days: [CalendarFeed.Day] = []
    for slug in try await registry.documentsConcerning(id) {
      let document = try await registry.requireDocument(slug)
      let facts = try await registry.record.facts(of: id, document: slug)
      days +=
        DeveloperCalendar(
          developer: id, document: document, versions: try await registry.record.versions(of: slug), facts: facts,
          along: registry.bindingAlong(facts, document),
          answer: try await registry.answerBinding(of: id, under: slug), base: baseURL
        ).days
    }
    return Answer(
      text: CalendarFeed(title: "Your terms", days: days).text, type: "text/calendar; charset=utf-8",
      cached: Answer.personal)
  }
}

extension AgreementAct {
  /// Whether it accepts or declines a version.
  fileprivate var isWordOnAVersion: Bool {
    switch self {
    case .accepted, .declined: true
    case .connectorAdded, .connectorRemoved, .agreed, .optedOut, .terminated: false
    }
  }
}

extension BindingAnswer.State {
  /// Whether it may bind later, and does not yet.
  fileprivate var isToCome: Bool {
    switch self {
    case .pending, .awaitingNotice: true
    case .inForce, .withdrawn, .optedOut, .notBound: false
    }
  }
}
