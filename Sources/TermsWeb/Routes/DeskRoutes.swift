internal import HTTPTypes
internal import Hummingbird
internal import Redlining
internal import TermsModel
internal import TermsOperations
internal import TermsParsing

/// The operator's desk: drafts, reviews, publishing, and how the notices go.
struct DeskRoutes {
  let registry: TermsRegistry
  let drafts: any DraftRecord
  let log: any LogRecord
  let sessions: Sessions
  let outside: OutsideWorld

  func add(to routes: RouteTable) {
    routes.get("/desk") { request, _ in
      let session = try await reader(request)
      var rows: [DeskPage.Row] = []
      for overview in try await registry.overviewOfDocuments() {
        let slug = overview.document.slug
        let counts = try await overview.lastPosted.asyncMap {
          try await registry.record.noticeCounts(of: slug, version: $0)
        }
        rows.append(
          .init(
            document: overview.document, versions: try await registry.record.versions(of: slug),
            drafts: try await drafts.drafts(of: slug), counts: counts ?? []))
      }
      return DeskPage(rows: rows, session: session).page
    }
    routes.get("/desk/log") { request, _ in
      let session = try await reader(request)
      // The newest first; a page holds the entries before the one that it names.
      let before = Int64(try Query(page: request, allowing: ["before"])["before"] ?? "")
      let size = Int64(try await log.logSize())
      let end = min(max(1, before ?? size + 1), size + 1)
      let after = max(0, end - 1 - Int64(LogPage.size))
      return LogPage(
        entries: try await log.log(after: after, limit: Int(end - 1 - after)).reversed(), all: size, session: session
      ).page
    }
    routes.get("/desk/test-mail") { request, _ in
      TestMailPage(session: try await publisher(request), address: nil, outcome: nil, refusal: nil).page
    }
    routes.post("/desk/test-mail") { request, context in try await testMail(request, context) }
    addDrafts(to: routes)
    routes.get("/desk/:slug/versions/:version") { request, context in
      try await progress(request, context, refusal: nil)
    }
    routes.post("/desk/:slug/versions/:version/withdraw") { request, context in try await withdraw(request, context) }
  }

  private func addDrafts(to routes: RouteTable) {
    routes.get("/desk/:slug/new") { request, context in
      let session = try await publisher(request)
      let document = try await registry.requireDocument(try context.identifier("slug", "document"))
      let latest = try await registry.record.versions(of: document.slug).last { !$0.isWithdrawn }
      let text = try await latest.asyncMap { try await registry.text(of: document.slug, version: $0.label).source }
      return DeskPage.newDraft(of: document, text: text ?? "", refusal: nil, session: session)
    }
    routes.post("/desk/:slug/new") { request, context in try await begin(request, context) }
    routes.get("/desk/drafts/:number") { request, context in
      let session = try await reader(request)
      return try await review(try await draft(context), session, refusal: nil)
    }
    routes.post("/desk/drafts/:number") { request, context in try await keep(request, context) }
    routes.post("/desk/drafts/:number/approve") { request, context in try await approve(request, context) }
    routes.post("/desk/drafts/:number/publish") { request, context in try await publish(request, context) }
  }

  // MARK: Who

  private func reader(_ request: Request) async throws -> Session {
    try await sessions.require(request, \.mayReadAll, to: "see the desk")
  }

  private func publisher(_ request: Request) async throws -> Session {
    try await sessions.require(request, \.mayPublish, to: "publish")
  }

  // MARK: Drafts

  private func draft(_ context: WebContext) async throws -> DeskDraft {
    guard let number = Int64(try context.parameters.require("number")), let draft = try await drafts.draft(number)
    else {
      throw Problem.notFound
    }
    return draft
  }

  private func begin(_ request: Request, _ context: WebContext) async throws -> any ResponseGenerator {
    let session = try await publisher(request)
    let document = try await registry.requireDocument(try context.identifier("slug", "document"))
    let form = try await FormFields(request, context, of: session)
    var text = form.raw("text") ?? ""
    do {
      if let file = form.file("file") {
        text = try await outside.markdown(
          fromFile: file.fileName ?? "", Array(file.bytes), of: document.slug, registry)
      }
      // What cannot be read is told before it is kept.
      try DraftBound.check(text)
      _ = try await registry.draft(document.slug, text: Array(text.utf8))
    } catch let refusal as any Refusal {
      return DeskPage.newDraft(of: document, text: text, refusal: PageWords.of(refusal), session: session)
    } catch let error as ParseError {
      return DeskPage.newDraft(of: document, text: text, refusal: "\(error)", session: session)
    }
    let number = try await drafts.addDraft(
      of: document.slug, text: text, by: session.asker.actor, at: registry.now())
    return Self.redirect(to: "/desk/drafts/\(number)")
  }

  private func review(
    _ draft: DeskDraft, _ session: Session, refusal: (any Refusal)?, unkept: ReviewPage.Unkept? = nil
  ) async throws -> Page {
    let document = try await registry.requireDocument(draft.document)
    let reading = try await registry.draft(draft.document, text: Array(draft.text.utf8))
    let review = try await registry.acting(as: session.asker.actor).review(
      reading, postedAt: nil, decisions: draft.decisions)
    return ReviewPage(
      draft: draft, document: document, review: review, refusal: refusal.map(PageWords.of), session: session,
      unkept: unkept
    ).page
  }

  private func keep(_ request: Request, _ context: WebContext) async throws -> any ResponseGenerator {
    let session = try await publisher(request)
    let form = try await FormFields(request, context, of: session)
    var draft = try await draft(context)
    if let version = draft.version {
      return try await review(draft, session, refusal: DeskRefusal.postedAlready(draft.number, version))
    }
    guard form["changed-at"] == "\(draft.changedAt)" else { return try await refuseStale(draft, form, session) }
    if let text = form.raw("text"), !text.isEmpty { draft.text = text }
    draft.summary = form["summary"]
    do {
      try DraftBound.check(draft.text)
      let reading = try await registry.draft(draft.document, text: Array(draft.text.utf8))
      draft.decisions = Decisions(overrides: Self.overrides(form, reading), reason: form["reason"])
    } catch let error as ParseError {
      throw Problem(status: .unprocessableContent, title: "Unreadable text", detail: "\(error)")
    }
    guard try await drafts.keep(draft, by: session.asker.actor, at: registry.now()) else {
      return try await refuseStale(try await self.draft(context), form, session)
    }
    return Self.redirect(to: "/desk/drafts/\(draft.number)")
  }

  /// What somebody else kept stays, and what was sent is given back beside it.
  private func refuseStale(_ draft: DeskDraft, _ form: FormFields, _ session: Session) async throws -> Page {
    if let version = draft.version {
      return try await review(draft, session, refusal: DeskRefusal.postedAlready(draft.number, version))
    }
    let classes = form.names.compactMap { name -> String? in
      guard name.hasPrefix("clause-"), let clause = form[name], let chosen = form["class-" + name.dropFirst(7)],
        let changeClass = ChangeClass(rawValue: chosen)
      else { return nil }
      let basis = form["basis-" + name.dropFirst(7)].map { " (\($0))" } ?? ""
      return "\(clause): \(changeClass.words)\(basis)"
    }
    return try await review(
      draft, session, refusal: DeskRefusal.savedMeanwhile(draft.number, by: draft.changedBy),
      unkept: .init(
        text: form.raw("text") ?? "", reason: form["reason"], summary: form["summary"], classes: classes.sorted()))
  }

  /// What was chosen otherwise than proposed, and what rests on a law.
  private static func overrides(_ form: FormFields, _ draft: Draft) -> [Decisions.Override] {
    guard let redline = draft.redline else { return [] }
    let names = ChangeNames(draft, redline)
    return redline.changes.indices.compactMap { index in
      let name = names.key(index)
      guard form["clause-\(index)"] == name,
        let changeClass = form["class-\(index)"].flatMap(ChangeClass.init(rawValue:)),
        changeClass != draft.proposals[index].changeClass || changeClass == .legalRequired
      else { return nil }
      return .init(
        clause: name, changeClass: changeClass,
        legalBasis: changeClass == .legalRequired ? form["basis-\(index)"] : nil)
    }
  }

  // MARK: Publishing

  private func publish(_ request: Request, _ context: WebContext) async throws -> any ResponseGenerator {
    let session = try await publisher(request)
    let form = try await FormFields(request, context, of: session)
    let draft = try await draft(context)
    do {
      if let version = draft.version { throw DeskRefusal.postedAlready(draft.number, version) }
      guard form["confirmation"]?.trimmed == draft.document.rawValue else {
        throw DeskRefusal.confirmationDiffers(expected: draft.document.rawValue)
      }
      try requireSeen(draft, form)
      let registry = registry.acting(as: session.asker.actor)
      let reading = try await registry.draft(draft.document, text: Array(draft.text.utf8))
      let publication = try await registry.publish(
        reading, postedAt: nil, label: nil, decisions: draft.decisions, summary: draft.summary)
      try await drafts.close(draft.number, as: publication.posting.label)
      return Self.redirect(to: "/desk/\(draft.document)/versions/\(publication.posting.label)")
    } catch let refusal as any Refusal {
      return try await review(draft, session, refusal: refusal)
    }
  }

  /// A second person agrees to the classes of what was on the page.
  private func approve(_ request: Request, _ context: WebContext) async throws -> any ResponseGenerator {
    let session = try await publisher(request)
    let form = try await FormFields(request, context, of: session)
    let draft = try await draft(context)
    do {
      if let version = draft.version { throw DeskRefusal.postedAlready(draft.number, version) }
      guard draft.changedBy != session.asker.actor else { throw DeskRefusal.approvedByAuthor(draft.changedBy) }
      try requireSeen(draft, form)
      guard let reason = form["reason"] else { throw DeskRefusal.approvalWithoutReason }
      let reading = try await registry.draft(draft.document, text: Array(draft.text.utf8))
      _ = try await registry.acting(as: session.asker.actor).approve(
        reading, decisions: draft.decisions, reason: reason)
      try await drafts.approve(draft.number, by: session.asker.actor)
    } catch let refusal as any Refusal {
      return try await review(draft, session, refusal: refusal)
    }
    return Self.redirect(to: "/desk/drafts/\(draft.number)")
  }

  /// What is posted, or agreed to, is what was on the page.
  private func requireSeen(_ draft: DeskDraft, _ form: FormFields) throws {
    guard form["changed-at"] == "\(draft.changedAt)" else { throw TermsRefusal.draftChanged(draft.document) }
  }

  // MARK: Mail

  private func testMail(_ request: Request, _ context: WebContext) async throws -> Page {
    let session = try await publisher(request)
    let form = try await FormFields(request, context, of: session)
    let text = form["address"]?.trimmed ?? ""
    var (outcome, refusal): (TransportOutcome?, String?) = (nil, nil)
    do {
      guard let mail = outside.trialMail else { throw DeskRefusal.noMail }
      outcome = try await mail.sendTrial(to: try EmailAddress(checking: text))
    } catch let error as EmailAddressError {
      refusal = "'\(text)': \(error)"
    } catch let error as any Refusal {
      refusal = PageWords.of(error)
    }
    return TestMailPage(session: session, address: text, outcome: outcome, refusal: refusal).page
  }

  // MARK: Afterwards

  private func progress(_ request: Request, _ context: WebContext, refusal: String?) async throws -> Page {
    let session = try await reader(request)
    let document = try await registry.requireDocument(try context.identifier("slug", "document"))
    let version = try await registry.requireVersion(try context.identifier("version", "version"), of: document)
    let given = refusal == nil ? try Query(page: request, allowing: ["passing"])["passing"] : nil
    let passing = min(max(0, Int(given ?? "") ?? 0), 1_000_000_000)
    return ProgressPage(
      document: document, version: version,
      failed: try await registry.record.failedSince(
        of: document.slug, version: version.label, limit: ProgressPage.size), passing: passing,
      counts: try await registry.record.noticeCounts(of: document.slug, version: version.label),
      report: try await registry.sufficiency(
        of: document.slug, version: version.label, passing: passing, limit: ProgressPage.size, withPeriod: true),
      refused: try await registry.record.notices(
        of: document.slug, version: version.label, state: .refused, limit: ProgressPage.size), session: session,
      refusal: refusal
    ).page
  }

  private func withdraw(_ request: Request, _ context: WebContext) async throws -> any ResponseGenerator {
    let session = try await publisher(request)
    let form = try await FormFields(request, context, of: session)
    let slug: DocumentSlug = try context.identifier("slug", "document")
    let label: VersionLabel = try context.identifier("version", "version")
    do {
      guard form["confirmation"]?.trimmed == label.rawValue else {
        throw DeskRefusal.withdrawalUnconfirmed(expected: label.rawValue)
      }
      let registry = registry.acting(as: session.asker.actor)
      let plan = try await registry.withdrawal(of: slug, version: label, reason: form["reason"] ?? "")
      try await registry.perform(plan)
    } catch let refusal as any Refusal {
      return try await progress(request, context, refusal: PageWords.of(refusal))
    }
    return Self.redirect(to: "/desk/\(slug)/versions/\(label)")
  }

  private static func redirect(to address: String) -> Response {
    Response(status: .seeOther, headers: [.location: address, .cacheControl: "no-store"])
  }
}

extension Optional where Wrapped: Sendable {
  func asyncMap<Value>(_ transform: (Wrapped) async throws -> Value) async throws -> Value? {
    guard let value = self else { return nil }
    return try await transform(value)
  }
}
