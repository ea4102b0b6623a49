internal import Binding
internal import HTTPTypes
internal import Hummingbird
internal import TermsModel
internal import TermsOperations

/// What concerns one developer, for programs: theirs, and the operator's.
struct DeveloperPrograms {
  let registry: TermsRegistry
  let access: Access
  let repeating: Repeating

  func add(to routes: RouteTable) {
    addQuestions(to: routes)
    routes.post("/v1/developers") { request, context in
      let asker = try await access.require(request, \.mayPublish, to: "register developers")
      let body = try await JSONBody(request, context, allowing: ["id", "email", "name", "region", "at"])
      return try await repeating.once(request, by: asker, bytes: body.bytes) { try await register(body, asker) }
    }
    routes.post("/v1/developers/:id/connectors") { request, context in
      try await act(request, context, "create connectors", ["connector", "document", "at"]) {
        registry, id, document, body in
        let connector: ConnectorID = try body.required("connector", try body.identifier("connector"))
        let occasion = try await registry.addConnector(connector, of: id, under: document, at: try body.instant("at"))
        return try await receipt(of: id, document) { $0.occasion.sequence == occasion.sequence }
      }
    }
    routes.delete("/v1/developers/:id/connectors/:connector") { request, context in
      _ = try Query(request, allowing: [])
      let id: DeveloperID = try context.identifier("id", "developer")
      let asker = try await access.require(request, { $0.mayAct(for: id) }, to: "remove connectors of '\(id)'")
      let connector: ConnectorID = try context.identifier("connector", "connector")
      let document = try await registry.requireDeveloper(id).connectors[connector]
      let occasion = try await registry.acting(as: asker.actor).removeConnector(connector, of: id)
      guard let document else { return try JSONAnswer.of(RecordedJSON(occasion, developer: id), cached: "no-store") }
      let told = try await receipt(of: id, document) { $0.occasion.sequence == occasion.sequence }
      return try JSONAnswer.of(told, cached: "no-store")
    }
    routes.post("/v1/developers/:id/acceptances") { request, context in
      try await act(request, context, "accept", ["document", "version", "at"]) { registry, id, document, body in
        let version = try await registry.accept(
          id, of: document, version: try body.identifier("version"), at: try body.instant("at"))
        return try await receipt(of: id, document, version) { $0.value == .accepted(version) }
      }
    }
    routes.post("/v1/developers/:id/declines") { request, context in
      try await act(request, context, "decline", ["document", "version", "at"]) { registry, id, document, body in
        let version = try await registry.decline(
          id, of: document, version: try body.identifier("version"), at: try body.instant("at"))
        return try await receipt(of: id, document, version) { $0.value == .declined(version) }
      }
    }
    routes.post("/v1/developers/:id/opt-outs") { request, context in
      try await act(request, context, "opt out", ["document", "version", "clauses", "at"]) {
        registry, id, document, body in
        let clauses = try body.required("clauses", try body.texts("clauses")).map(ClauseSelector.init)
        let version = try await registry.optOut(
          id, of: document, version: try body.identifier("version"), clauses: clauses, at: try body.instant("at"))
        return try await receipt(of: id, document, version) { act in
          clauses.contains { act.value == .optedOut(version, $0) }
        }
      }
    }
    routes.post("/v1/developers/:id/terminations") { request, context in
      try await act(request, context, "end agreements", ["document", "by", "immediate", "reason", "at"]) {
        registry, id, document, body in
        let occasion = try await registry.terminate(
          id, under: document, by: try body.choice("by") ?? .developer, immediate: try body.flag("immediate") ?? false,
          reason: try body.text("reason"), at: try body.instant("at"))
        return try await receipt(of: id, document) { $0.occasion.sequence == occasion.sequence }
      }
    }
  }

  // MARK: Questions

  private func addQuestions(to routes: RouteTable) {
    routes.get("/v1/developers") { request, _ in
      try await access.require(request, \.mayReadAll, to: "list developers")
      let query = try Query(request, allowing: ["cursor", "limit"])
      let limit = try query.number("limit", in: 1...1000, or: 100)
      let cursor = PageCursor(list: "developers")
      let last: DeveloperID? = try cursor.name(in: query)
      // A developer is never taken off the record: who is not on it was on another one.
      if let last, try await registry.record.developer(last) == nil { throw PageCursor.unknown }
      let entries = try await registry.record.developers(after: last, limit: limit + 1)
      let page = entries.prefix(limit)
      return try JSONAnswer.of(
        ListJSON(
          items: page.map(DeveloperJSON.init),
          next: entries.count > limit ? page.last.map { cursor.text(after: $0.id) } : nil),
        cached: Answer.personal)
    }
    routes.get("/v1/developers/:id") { request, context in
      let id = try await reader(request, context)
      _ = try Query(request, allowing: [])
      return try JSONAnswer.of(DeveloperJSON(try await registry.requireDeveloper(id)), cached: Answer.personal)
    }
    routes.get("/v1/developers/:id/timeline") { request, context in
      let id = try await reader(request, context)
      let query = try Query(request, allowing: ["document", "knownAt"])
      let timeline = try await registry.timeline(
        of: id, under: try Self.document(query), knownAt: try query.instant("knownAt"))
      return try JSONAnswer.of(TimelineJSON(timeline), cached: Answer.personal)
    }
    routes.get("/v1/developers/:id/notices") { request, context in
      let id = try await reader(request, context)
      let query = try Query(request, allowing: ["document"])
      _ = try await registry.requireDeveloper(id)
      let document = try await registry.requireDocument(try Self.document(query))
      let facts = try await registry.record.facts(of: id, document: document.slug)
      return try JSONAnswer.of(
        ListJSON(items: facts.notices.map(NoticeStepJSON.init), next: nil), cached: Answer.personal)
    }
  }

  private func reader(_ request: Request, _ context: WebContext) async throws -> DeveloperID {
    let id: DeveloperID = try context.identifier("id", "developer")
    try await access.require(request, { $0.mayRead(about: id) }, to: "read about '\(id)'")
    return id
  }

  private static func document(_ query: Query) throws -> DocumentSlug {
    guard let document: DocumentSlug = try query.identifier("document") else {
      throw Problem.badRequest("Which document?", "Add document=SLUG.")
    }
    return document
  }

  // MARK: Acts

  private typealias Deed =
    @Sendable (TermsRegistry, DeveloperID, DocumentSlug, JSONBody) async throws -> RecordedJSON

  private func act(
    _ request: Request, _ context: WebContext, _ what: String, _ members: [String], _ deed: Deed
  ) async throws -> Answer {
    let id: DeveloperID = try context.identifier("id", "developer")
    let asker = try await access.require(request, { $0.mayAct(for: id) }, to: "\(what) for '\(id)'")
    let body = try await JSONBody(request, context, allowing: members)
    // Only the operator says what happened earlier, and what the platform does.
    if asker.role != .operator {
      for member in ["at", "by"] where try body.text(member) != nil {
        throw Problem(
          status: .forbidden, title: "Not allowed",
          detail: "The role '\(asker.role)' acts for itself and now: leave '\(member)' out.")
      }
    }
    return try await repeating.once(request, by: asker, bytes: body.bytes) {
      let document: DocumentSlug = try body.required("document", try body.identifier("document"))
      var answer = try JSONAnswer.of(
        try await deed(registry.acting(as: asker.actor), id, document, body), cached: "no-store")
      answer.status = .created
      return answer
    }
  }

  /// What was just recorded, with what follows from it: as a developer's own receipt says, whoever did it for them.
  private func receipt(
    of id: DeveloperID, _ slug: DocumentSlug, _ version: VersionLabel? = nil,
    where isMeant: (Fact<AgreementAct>) -> Bool
  ) async throws -> RecordedJSON {
    let facts = try await registry.record.facts(of: id, document: slug)
    guard let last = facts.acts.last(where: isMeant) else { throw Problem.notFound }
    let document = try await registry.requireDocument(slug)
    let versions = try await registry.record.versions(of: slug)
    // Several clauses are opted out of in one step, and are as many acts.
    let receipts = facts.acts.filter { isMeant($0) && $0.occasion.recordedAt == last.occasion.recordedAt }
      .map { DeveloperReceipt(of: $0, facts, document: document, versions: versions) }
    var told = RecordedJSON(last.occasion, document: slug, version: version ?? receipts.last?.version, developer: id)
    told.effectiveOn = receipts.last?.effectiveOn
    (told.endsOn, told.lastDay) = (receipts.last?.ends?.on, receipts.last?.ends?.lastDay)
    told.receipt = receipts.map(\.words).joined(separator: " ")
    return told
  }

  private func register(_ body: JSONBody, _ asker: Asker) async throws -> Answer {
    let id: DeveloperID = try body.required("id", try body.identifier("id"))
    let email: EmailAddress? = try body.text("email").map { text in
      do {
        return try EmailAddress(checking: text)
      } catch {
        throw Problem.badRequest("Wrong member", "'email': \(error).")
      }
    }
    let occasion = try await registry.acting(as: asker.actor).addDeveloper(
      NewDeveloper(
        id: id, email: email, name: try body.text("name"),
        region: try body.required("region", try body.identifier("region")), at: try body.instant("at")))
    var answer = try JSONAnswer.of(RecordedJSON(occasion, developer: id), cached: "no-store")
    answer.status = .created
    answer.headers[.location] = "/v1/developers/\(id)"
    return answer
  }
}
