import Binding
import TermsModel
import TermsOperations
import Testing

/// Section 3.1, rule 11, as acts over a record.
@Suite struct MistakeTests {
  static let v1 = VersionLabel(rawValue: "2025-06-04").unsafelyUnwrapped
  static let v2 = VersionLabel(rawValue: "2025-12-17").unsafelyUnwrapped

  /// One developer told on 2025-12-17 of a material change to 1(b) and of another one to 1(a); it is 2025-12-20.
  private func harbor(material: Bool = true, other: Bool = true, told: Bool = true) async throws -> (
    Harbor, DeveloperID
  ) {
    let harbor = try Harbor()
    harbor.set("2025-06-10T12:00:00Z")
    try await harbor.addDocument()
    try await harbor.publish(first, at: "2025-06-04T12:00:00Z")
    let developer = try await harbor.developer("dev", email: "dev@example.com")
    harbor.set("2025-12-17T18:00:00Z")
    var text = first
    if material { text = text.replacing("30 days", with: "10 days") }
    if other { text = text.replacing("call the service", with: "call our service") }
    try await harbor.publish(
      text, at: "2025-12-17T18:00:00Z",
      decisions: other
        ? Decisions(overrides: [.init(clause: "1(a)", changeClass: .other, legalBasis: nil)], reason: "no other sense")
        : Decisions())
    if told { try await receive(harbor, developer, "2025-12-17T19:00:00Z") }
    harbor.set("2025-12-20T12:00:00Z")
    return (harbor, developer)
  }

  private func receive(_ harbor: Harbor, _ developer: DeveloperID, _ at: String) async throws {
    harbor.set(at)
    _ = try await harbor.registry.recordNotice(
      OutsideNotice(
        developer: developer, document: Harbor.slug, version: Self.v2, channel: .email, sentAt: nil,
        receivedAt: Instant(at), failedAt: nil, reason: nil))
  }

  private func refusal(_ body: () async throws -> some Sendable) async -> TermsRefusal? {
    do {
      _ = try await body()
      return nil
    } catch {
      return error as? TermsRefusal
    }
  }

  @Test func `a withdrawal takes back what is pending and leaves what took effect on posting`() async throws {
    let (harbor, developer) = try await harbor()
    let correction = try await harbor.registry.withdrawal(of: Harbor.slug, version: nil, reason: "the wrong file")
    #expect(correction.version == Self.v2)
    #expect(correction.changes.map(\.name) == ["1(b)"])
    #expect(correction.untouched.map(\.name) == ["1(a)"])
    #expect(correction.holders.withAddress == 1)
    try await harbor.registry.perform(correction)
    harbor.set("2026-02-01T12:00:00Z")
    let answer = try await harbor.registry.answerBinding(of: developer, under: Harbor.slug)
    #expect(answer.version == Self.v1)
    let again = await refusal {
      try await harbor.registry.withdrawal(of: Harbor.slug, version: Self.v2, reason: "again")
    }
    #expect(again == .alreadyWithdrawn(Harbor.slug, Self.v2))
  }

  struct Bound: CustomTestStringConvertible {
    let testDescription: String
    let happen: @Sendable (Harbor, DeveloperID) async throws -> Void
    let since: String
  }

  @Test(arguments: [
    Bound(
      testDescription: "the period has run for the developer who was told",
      happen: { harbor, _ in
        harbor.set("2026-01-01T08:00:00Z")
      }, since: "2026-01-01"),
    Bound(
      testDescription: "somebody without an address is served by the posting",
      happen: { harbor, _ in
        _ = try await harbor.developer("silent", at: "2025-06-10T12:00:00Z")
        harbor.set("2026-01-01T08:00:00Z")
      }, since: "2026-01-01"),
    Bound(
      testDescription: "somebody accepted it",
      happen: { harbor, developer in
        _ = try await harbor.registry.accept(developer, of: Harbor.slug, version: Self.v2)
      }, since: "2025-12-20"),
    Bound(
      testDescription: "somebody joined since the posting, and left again",
      happen: { harbor, _ in
        let late = try await harbor.developer("late", at: "2025-12-18T12:00:00Z")
        try await harbor.registry.terminate(late, under: Harbor.slug, by: .platform, immediate: true, reason: "breach")
      }, since: "2025-12-18"),
    Bound(
      testDescription: "somebody created a further connector",
      happen: { harbor, developer in
        try await harbor.registry.addConnector(
          ConnectorID(rawValue: "d").unsafelyUnwrapped, of: developer, under: Harbor.slug)
      }, since: "2025-12-20"),
  ])
  func `what binds somebody can neither be withdrawn nor put off`(_ bound: Bound) async throws {
    let (harbor, developer) = try await harbor()
    try await bound.happen(harbor, developer)
    let registry = harbor.registry
    for correction in [TermsRefusal.Correction.withdrawing, .postponing] {
      let refusal = await refusal {
        correction == .withdrawing
          ? try await registry.withdrawal(of: Harbor.slug, version: Self.v2, reason: "a mistake")
          : try await registry.postponement(
            of: Harbor.slug, version: Self.v2, until: try #require(CalendarDate("2027-01-01")), reason: "a mistake")
      }
      guard case .bindsAlready(correction, Self.v2, _, _, let since) = refusal else {
        Issue.record("\(String(describing: refusal))")
        continue
      }
      #expect("\(since)" == bound.since)
    }
    #expect(try await registry.record.versions(of: Harbor.slug)[1].events.isEmpty)
  }

  @Test(arguments: [
    Bound(
      testDescription: "somebody had accepted the earlier change",
      happen: { harbor, developer in
        _ = try await harbor.registry.accept(developer, of: Harbor.slug, version: Self.v2)
      }, since: "2025-12-21"),
    Bound(
      testDescription: "somebody had joined under the earlier version",
      happen: { harbor, _ in
        _ = try await harbor.developer("late", at: "2025-12-18T12:00:00Z")
      }, since: "2025-12-21"),
    Bound(testDescription: "nobody had agreed to the earlier change", happen: { _, _ in }, since: ""),
  ])
  func `a change that waits for an earlier one binds at once whoever agreed to that one before`(_ bound: Bound)
    async throws
  {
    let (harbor, _) = try await harbor(other: false)
    try await bound.happen(harbor, try #require(DeveloperID(rawValue: "dev")))
    harbor.set("2025-12-21T12:00:00Z")
    try await harbor.publish(
      first.replacing("30 days", with: "10 calendar days"), at: "2025-12-21T12:00:00Z",
      decisions: Decisions(
        overrides: [.init(clause: "1(b)", changeClass: .other, legalBasis: nil)], reason: "no other sense"))
    harbor.set("2025-12-22T12:00:00Z")
    let (registry, until) = (harbor.registry, try #require(CalendarDate("2027-01-01")))
    for correction in [TermsRefusal.Correction.withdrawing, .postponing] {
      let refusal = await refusal {
        correction == .withdrawing
          ? try await registry.withdrawal(of: Harbor.slug, version: nil, reason: "a mistake")
          : try await registry.postponement(of: Harbor.slug, version: nil, until: until, reason: "a mistake")
      }
      guard !bound.since.isEmpty else {
        #expect(refusal == nil)
        continue
      }
      guard case .bindsAlready(correction, _, _, _, let since) = refusal else {
        Issue.record("\(String(describing: refusal))")
        continue
      }
      #expect("\(since)" == bound.since)
    }
  }

  @Test func `the day before the period has run it can still be withdrawn, and after it where nobody was told`()
    async throws
  {
    let (harbor, _) = try await harbor()
    harbor.set("2026-01-01T07:59:59Z")
    _ = try await harbor.registry.withdrawal(of: Harbor.slug, version: nil, reason: "a mistake")
    let (untold, _) = try await self.harbor(told: false)
    untold.set("2026-03-01T12:00:00Z")
    _ = try await untold.registry.withdrawal(of: Harbor.slug, version: nil, reason: "a mistake")
  }

  @Test func `a version that took effect as a whole on posting is past withdrawing`() async throws {
    let (harbor, developer) = try await harbor(material: false)
    let refusal = await refusal {
      try await harbor.registry.withdrawal(of: Harbor.slug, version: nil, reason: "a mistake")
    }
    #expect(
      refusal
        == .bindsAlready(
          .withdrawing, Self.v2, clause: "1(a)", developer: developer, since: try #require(CalendarDate("2025-12-17"))))
  }

  @Test func `a postponement moves the date, and never to one that was not announced`() async throws {
    let (harbor, developer) = try await harbor()
    let registry = harbor.registry
    func postpone(_ until: String) async -> TermsRefusal? {
      await refusal {
        try await registry.postponement(
          of: Harbor.slug, version: nil, until: try #require(CalendarDate(until)), reason: "more time")
      }
    }
    let (today, first) = (try #require(CalendarDate("2025-12-20")), try #require(CalendarDate("2026-01-01")))
    #expect(await postpone("2025-12-20") == .postponedIntoThePast(today, today: today))
    #expect(await postpone("2026-01-01") == .putsNothingOff(Self.v2, until: first, announced: first))
    let until = try #require(CalendarDate("2026-02-01"))
    try await registry.perform(
      try await registry.postponement(of: Harbor.slug, version: nil, until: until, reason: "more time"))
    #expect(
      await postpone("2026-01-15") == .putsNothingOff(Self.v2, until: CalendarDate("2026-01-15")!, announced: until))
    harbor.set("2026-01-31T12:00:00Z")
    #expect(try await registry.answerBinding(of: developer, under: Harbor.slug).version == Self.v1)
    harbor.set("2026-02-01T12:00:00Z")
    #expect(try await registry.answerBinding(of: developer, under: Harbor.slug).version == Self.v2)
  }

  @Test func `a class is corrected towards more notice at any time, and the date follows`() async throws {
    let (harbor, developer) = try await harbor()
    let registry = harbor.registry
    let correction = try await registry.reclassification(
      of: Harbor.slug, version: nil, overrides: [.init(clause: "1 (A)", changeClass: .material, legalBasis: nil)],
      reason: "it does have another sense")
    #expect(
      correction.changes.map { "\($0.name) \($0.before.rawValue) \($0.after.rawValue)" } == ["1(a) other material"])
    try await registry.perform(correction)
    let answer = try await registry.answerBinding(of: developer, under: Harbor.slug)
    let pending = try #require(answer.pending.first?.standing)
    #expect(pending.clauses.map(\.description) == ["1(a)", "1(b)"])
    #expect(pending.state == .pending(effectiveOn: try #require(CalendarDate("2026-01-01"))))
  }

  @Test func `a class is corrected towards less notice only while the change binds nobody`() async throws {
    let (harbor, developer) = try await harbor(told: false)
    let registry = harbor.registry
    func correct() async throws -> VersionCorrection {
      try await registry.reclassification(
        of: Harbor.slug, version: nil, overrides: [.init(clause: "1(b)", changeClass: .other, legalBasis: nil)],
        reason: "a slip of the pen")
    }
    _ = try await correct()
    _ = try await registry.accept(developer, of: Harbor.slug, version: Self.v2)
    let day = try #require(CalendarDate("2025-12-20"))
    #expect(
      await refusal(correct)
        == .lessNoticeForThoseBound(clause: "1(b)", to: .other, developer: developer, since: day))
  }

  @Test func `corrections that make no sense are refused`() async throws {
    let (harbor, _) = try await harbor()
    let registry = harbor.registry
    func correct(_ clause: String, _ changeClass: ChangeClass, at: Instant? = nil) async -> TermsRefusal? {
      await refusal {
        try await registry.reclassification(
          of: Harbor.slug, version: nil, overrides: [.init(clause: clause, changeClass: changeClass, legalBasis: nil)],
          reason: "why not", at: at)
      }
    }
    #expect(await correct("1(b)", .material) == .classAsItIs(clause: "1(b)", .material))
    #expect(await correct("7", .material) == .noSuchChange("7", changed: ["1(a)", "1(b)"]))
    #expect(await correct("1(b)", .legalRequired) == .legalRequiredWithoutBasis(clause: "1(b)", found: nil))
    let (posted, early) = (try #require(Instant("2025-12-17T18:00:00Z")), try #require(Instant("2025-12-01T18:00:00Z")))
    #expect(await correct("1(a)", .material, at: early) == .beforePosting(Self.v2, posted: posted, given: early))
  }

  @Test func `what has ended is neither ended again nor agreed to`() async throws {
    let (harbor, developer) = try await harbor()
    let registry = harbor.registry
    let ended = try #require(Instant("2025-12-19T18:00:00Z"))
    try await registry.terminate(
      developer, under: Harbor.slug, by: .developer, immediate: true, reason: "risk", at: ended)
    let day = try #require(CalendarDate("2025-12-19"))
    let refused = TermsRefusal.agreementEnded(developer, Harbor.slug, on: day)
    #expect(
      await refusal {
        try await registry.terminate(developer, under: Harbor.slug, by: .platform, immediate: true, reason: "breach")
      } == refused)
    #expect(await refusal { try await registry.accept(developer, of: Harbor.slug, version: nil) } == refused)
    #expect(await refusal { try await registry.decline(developer, of: Harbor.slug, version: nil) } == refused)
    try await registry.agree(developer, to: Harbor.slug)
    #expect(await refusal { try await registry.accept(developer, of: Harbor.slug, version: nil) } == nil)
  }

  @Test
  func `nothing is consented to before it is posted, or after it was taken back, and nothing ends before it begins`()
    async throws
  {
    let (harbor, developer) = try await harbor()
    let (registry, connector) = (harbor.registry, ConnectorID(rawValue: "c").unsafelyUnwrapped)
    let early = try #require(Instant("2025-06-01T12:00:00Z"))
    let posted = try #require(Instant("2025-12-17T18:00:00Z"))
    for consent in [registry.accept, registry.decline] {
      await #expect(throws: TermsRefusal.beforePosting(Self.v2, posted: posted, given: early)) {
        try await consent(developer, Harbor.slug, Self.v2, early)
      }
    }
    await #expect(
      throws: TermsRefusal.removedBeforeCreation(
        developer, connector, created: Instant("2025-06-10T12:00:00Z").unsafelyUnwrapped, given: early)
    ) {
      try await registry.removeConnector(connector, of: developer, at: early)
    }
    try await registry.perform(registry.withdrawal(of: Harbor.slug, version: nil, reason: "the wrong file"))
    await #expect(throws: TermsRefusal.alreadyWithdrawn(Harbor.slug, Self.v2)) {
      try await registry.accept(developer, of: Harbor.slug, version: Self.v2)
    }
    #expect(
      try await registry.accept(developer, of: Harbor.slug, version: nil) == Self.v1,
      "what stands is meant, not what fell"
    )
    await #expect(
      throws: TermsRefusal.alreadyWithdrawn(Harbor.slug, Self.v2), "a second withdrawal takes no other version"
    ) {
      try await registry.withdrawal(of: Harbor.slug, version: nil, reason: "again")
    }
  }
}
