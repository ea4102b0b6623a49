internal import TermsModel
internal import Transparency

/// Writes letters, a page of them ahead of the sending, so that their writing costs the way out no time.
struct LetterWriter: Sendable {
  let registry: TermsRegistry
  let composer: any NoticeComposer
  let plan: SendingPlan

  /// How many letters are written ahead at most.
  private static let pageSize = 64

  /// The letters that are due after a place, as the record stands.
  func page(after place: OutboxPlace?, limit: Int) async throws -> WrittenPage {
    try await page(after: place, avoiding: [], limit: limit, postings: PostingCache())
  }

  /// The page after that one, on the threads that are not the transport's; `nil` where no more may be sent.
  func pageAhead(after page: WrittenPage, limit: Int) -> Task<WrittenPage, any Error>? {
    guard limit > 0 else { return nil }
    return Task(executorPreference: globalConcurrentExecutor) {
      // What becomes of a notice of the page before may bear on another one to the same developer.
      let developers = Set(page.letters.map(\.notice.developer))
      return try await self.page(after: page.end, avoiding: developers, limit: limit, postings: page.postings)
    }
  }

  /// One letter, as the record stands; `nil` where the developer's address is gone.
  func letter(_ notice: OutboxNotice, at moment: Instant) async throws -> WrittenLetter? {
    var postings = PostingCache()
    let facts = try await registry.record.facts(of: notice.developer, document: notice.document)
    return try await letter(notice, facts, at: moment, &postings)
  }

  private func page(
    after place: OutboxPlace?, avoiding: Set<DeveloperID>, limit: Int, postings: PostingCache
  ) async throws -> WrittenPage {
    let moment = registry.now()
    let due = try await registry.record.dueLetters(at: moment, after: place, limit: min(Self.pageSize, limit))
    var page = WrittenPage(letters: [], position: due.position, end: nil, postings: postings)
    var developers = avoiding
    for (notice, facts) in due.letters {
      guard developers.insert(notice.developer).inserted else { break }
      try Task.checkCancellation()
      do {
        if let letter = try await letter(notice, facts, at: moment, &page.postings) { page.letters.append(letter) }
      } catch  where !page.letters.isEmpty {
        // Those before it go out; the fault is met again as the first of the next page, and told.
        break
      }
      page.end = OutboxPlace(notice)
    }
    try Task.checkCancellation()
    try await registry.record.keep(
      ahead: page.letters.map { UnsentLetter(notice: $0.notice.number, bytes: $0.message.bytes, sha256: $0.sha256) })
    return page
  }

  private func letter(
    _ notice: OutboxNotice, _ facts: DeveloperFacts, at moment: Instant, _ postings: inout PostingCache
  ) async throws -> WrittenLetter? {
    let content = try await registry.content(
      of: notice, facts: facts, at: moment, baseURL: plan.baseURL, links: plan.links, log: plan.log,
      postings: &postings)
    guard let content else { return nil }
    let message = try composer.compose(content)
    let tomorrow = content.document.settings.zone.firstMoment(of: content.sentOn.adding(days: 1))
    return WrittenLetter(
      notice: notice, message: message, sha256: SHA256Hex.digest(of: message.bytes),
      validUntil: content.isRepeated ? nil : tomorrow)
  }
}

/// A letter ready to be handed over.
struct WrittenLetter: Sendable {
  let notice: OutboxNotice
  let message: NoticeMessage
  /// Of the message's bytes, in lower-case hexadecimal.
  let sha256: String
  /// When its dates, counted from the day of sending, hold no more; `nil` for one that is sent again as it was.
  let validUntil: Instant?

  func isValid(at moment: Instant) -> Bool { validUntil.map { moment < $0 } ?? true }

  var place: OutboxPlace { OutboxPlace(notice) }
}

/// Letters in the order of sending, no two to the same developer.
struct WrittenPage: Sendable {
  var letters: [WrittenLetter]
  /// The length of the log that they were written by.
  let position: Int64
  /// The place of the last notice that was looked at; `nil` where there was none.
  var end: OutboxPlace?
  var postings: PostingCache
}
