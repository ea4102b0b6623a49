import TermsModel
import TermsOperations
import TermsParsing
import Testing

/// Where the settings say so, a class that gives less notice than the evidence asks for takes two people.
@Suite struct ApprovalTests {
  private static let lower = Decisions.Override(clause: "1(b)", changeClass: .other, legalBasis: nil)
  private static let required = Decisions.Override(
    clause: "1(b)", changeClass: .legalRequired, legalBasis: "Article 14")
  private static let text = first.replacing("30 days", with: "31 days")

  private static func decisions(_ override: Decisions.Override, _ more: Decisions.Override...) -> Decisions {
    Decisions(overrides: [override] + more, reason: "a slip of the pen")
  }

  private func harbor(_ demands: [String] = ["lower-class", "legal-required"]) async throws -> Harbor {
    let harbor = try Harbor()
    try await harbor.registry.addDocument(
      Document(
        slug: Harbor.slug, title: "Terms",
        settings: DocumentSettings(profile: ShippedProfiles.standard, requireApproval: demands)))
    try await harbor.publish(first, at: "2025-06-04T12:00:00Z")
    return harbor
  }

  private func publish(
    _ harbor: Harbor, _ decisions: Decisions, of text: String = text, as actor: String = "maria"
  ) async throws -> Publication {
    try await harbor.registry.acting(as: actor).publish(
      Harbor.slug, text: Array(text.utf8), decisions: decisions)
  }

  @discardableResult
  private func approve(
    _ harbor: Harbor, _ decisions: Decisions, of text: String = text, as actor: String = "jon"
  ) async throws -> RecordedApproval {
    let registry = harbor.registry.acting(as: actor)
    return try await registry.approve(
      try await registry.draft(Harbor.slug, text: Array(text.utf8)), decisions: decisions, reason: "I looked at it")
  }

  private func refusal(_ body: () async throws -> some Sendable) async -> TermsRefusal? {
    do {
      _ = try await body()
      return nil
    } catch {
      return error as? TermsRefusal
    }
  }

  private func isMissing(_ refusal: TermsRefusal?) -> Bool {
    if case .needsApproval = refusal { true } else { false }
  }

  @Test(arguments: [
    ([], lower, false, "the settings ask for nobody"),
    (["lower-class"], lower, true, "lower than the evidence"),
    (["legal-required"], lower, false, "lower, and only legal-required is asked about"),
    (["legal-required"], required, true, "required by law"),
    (["lower-class"], required, true, "required by law gives less notice than material"),
    (
      ["lower-class", "legal-required"], Decisions.Override(clause: "1(b)", changeClass: .material, legalBasis: nil),
      false, "as proposed"
    ),
  ])
  func `a class needs a second person exactly where the settings say so`(
    demands: [String], override: Decisions.Override, needs: Bool, because: String
  ) async throws {
    let harbor = try await harbor(demands)
    let decisions = Self.decisions(override)
    let review = try await harbor.registry.review(Harbor.slug, text: Array(Self.text.utf8), decisions: decisions)
    #expect(isMissing(review.obstacle) == needs, "\(because)")
    #expect(review.changes.count == 1, "what would be published is shown all the same")
    #expect(review.approval.changes.isEmpty == !needs)
    if needs {
      #expect(isMissing(await refusal { try await publish(harbor, decisions) }), "\(because)")
      #expect(try await harbor.registry.record.versions(of: Harbor.slug).count == 1, "nothing was stored")
    } else {
      #expect(
        await refusal { try await approve(harbor, decisions) }
          == .nothingToApprove(Harbor.slug, demanded: demands), "\(because)")
      _ = try await publish(harbor, decisions)
    }
  }

  @Test func `proposal, decision, who and why are on record, of both`() async throws {
    let harbor = try await harbor()
    let decisions = Self.decisions(Self.lower)
    let approval = try await approve(harbor, decisions)
    #expect(approval.actor == "jon")
    let publication = try await publish(harbor, decisions)
    let posting = publication.posting
    #expect(approval.approval.sha256 == posting.sha256 && approval.approval.basedOn == posting.basedOn)
    #expect(approval.occasion.sequence + 1 == publication.occasion.sequence)
    let change = try #require(approval.approval.changes.first)
    #expect(
      change
        == ClassApproval.Agreed(number: 1, clause: "1(b)", proposed: .material, decided: .other, legalBasis: nil))
    #expect(approval.approval.reason == "I looked at it")
    #expect(posting.changes.map(\.reason) == ["a slip of the pen"])
    #expect(
      try await harbor.registry.record.approvals(of: Harbor.slug, sha256: posting.sha256) == [approval])
  }

  @Test func `nobody is their own second person, whichever of the two they do first`() async throws {
    let harbor = try await harbor()
    let decisions = Self.decisions(Self.lower)
    try await approve(harbor, decisions, as: "maria")
    #expect(
      await refusal { try await publish(harbor, decisions) }
        == .approvedByOneself(Harbor.slug, actor: "maria"))
    try await approve(harbor, decisions, as: "jon")
    _ = try await publish(harbor, decisions, as: "maria")
  }

  @Test func `an agreement covers one text on one version with its classes and laws, and nothing else`() async throws {
    let harbor = try await harbor()
    try await approve(harbor, Self.decisions(Self.lower))
    try await approve(harbor, Self.decisions(Self.required))
    let otherText = Self.text.replacing("31 days", with: "32 days")
    #expect(
      isMissing(await refusal { try await publish(harbor, Self.decisions(Self.lower), of: otherText) }), "the text")
    let otherLaw = Decisions.Override(clause: "1(b)", changeClass: .legalRequired, legalBasis: "Article 15")
    #expect(isMissing(await refusal { try await publish(harbor, Self.decisions(otherLaw)) }), "the law")
    // Somebody else posts in between, so that the same text follows another version.
    _ = try await publish(harbor, Decisions(), of: first.replacing("100 dollars", with: "50 dollars"))
    #expect(isMissing(await refusal { try await publish(harbor, Self.decisions(Self.lower)) }), "the version before")
  }

  @Test func `more notice than agreed to needs nobody`() async throws {
    let harbor = try await harbor()
    try await approve(harbor, Self.decisions(Self.lower))
    _ = try await publish(harbor, Decisions())
  }

  @Test func `agreements of several people count together, and each for what it names`() async throws {
    let harbor = try await harbor()
    let text = Self.text.replacing("100 dollars", with: "90 dollars")
    let cap = Decisions.Override(clause: "2", changeClass: .other, legalBasis: nil)
    let both = Self.decisions(Self.lower, cap)
    try await approve(harbor, Self.decisions(Self.lower), of: text, as: "jon")
    #expect(isMissing(await refusal { try await publish(harbor, both, of: text) }))
    try await approve(harbor, Self.decisions(cap), of: text, as: "ada")
    #expect(await refusal { try await publish(harbor, both, of: text, as: "jon") } != nil, "who agreed to a part")
    _ = try await publish(harbor, both, of: text)
  }

  @Test func `a class is corrected downwards by two, upwards by one`() async throws {
    let harbor = try await harbor()
    _ = try await publish(harbor, Decisions())
    func correction(_ override: Decisions.Override) async throws -> VersionCorrection {
      try await harbor.registry.reclassification(
        of: Harbor.slug, version: nil, overrides: [override], reason: "it was misread")
    }
    let maria = harbor.registry.acting(as: "maria")
    let lower = try await correction(Self.lower)
    let missing = await refusal { try await maria.perform(lower) }
    #expect(isMissing(missing))
    #expect("\(missing.map(String.init(describing:)) ?? "")".contains("tenor approve terms --version 2026-01-10"))
    _ = try await harbor.registry.acting(as: "jon").approve(lower, reason: "I looked at it")
    #expect(
      await refusal { try await harbor.registry.acting(as: "jon").perform(lower) }
        == .approvedByOneself(Harbor.slug, actor: "jon"))
    try await maria.perform(lower)
    try await maria.perform(
      try await correction(.init(clause: "1(b)", changeClass: .material, legalBasis: nil)))
    let again = try await correction(Self.lower)
    #expect(isMissing(await refusal { try await maria.perform(again) }), "it was agreed to once, and taken back since")
  }

  @Test func `an import has nobody who looked, so that nothing in it is required by law`() async throws {
    let law = "Under Article 14 of Regulation (EU) 2022/2065, you may complain to the Digital Services Coordinator."
    func decided(_ demands: [String]) async throws -> [ChangeClass] {
      let harbor = try await harbor(demands)
      let text = first.replacing("## 2. Liability", with: "(d) **Complaints.** \(law)\n\n## 2. Liability")
      try await harbor.registry.importTerms(
        ImportedTerms(
          document: Document(
            slug: Harbor.slug, title: "Terms", settings: DocumentSettings(profile: ShippedProfiles.standard)),
          statesSettings: false,
          versions: [
            .init(
              origin: "v2.md", postedAt: try #require(Instant("2025-12-17T12:00:00Z")), text: Array(text.utf8))
          ]), tell: { _ in })
      return try await harbor.registry.record.versions(of: Harbor.slug)[1].changes.map(\.changeClass)
    }
    #expect(try await decided([]) == [.legalRequired])
    #expect(try await decided(["legal-required"]) == [.material])
  }
}
