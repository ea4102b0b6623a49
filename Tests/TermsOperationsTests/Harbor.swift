import Foundation
import TermsModel
import TermsOperations
import TermsParsing
import TermsStore

/// A record in memory with a clock that the test sets, and a document that counts its days in Los Angeles.
final class Harbor: @unchecked Sendable {
  let registry: TermsRegistry
  static let slug = DocumentSlug(rawValue: "terms").unsafelyUnwrapped

  init() throws {
    let box = Clock()
    registry = TermsRegistry(
      record: try TermsStore.inMemory(), now: { box.now }, makeSalt: { String(repeating: "ab", count: 32) },
      actor: "tester")
    clock = box
  }

  private let clock: Clock
  private final class Clock: @unchecked Sendable {
    var now = Instant("2026-01-10T12:00:00Z") ?? Instant(milliseconds: 0)
  }

  func set(_ text: String) { clock.now = Instant(text) ?? clock.now }

  func addDocument(_ profile: RuleProfile = ShippedProfiles.standard) async throws {
    try await registry.addDocument(
      Document(slug: Self.slug, title: "Terms", settings: DocumentSettings(profile: profile)))
  }

  @discardableResult
  func publish(_ text: String, at: String, decisions: Decisions = Decisions()) async throws -> Publication {
    try await registry.publish(Self.slug, text: Array(text.utf8), postedAt: Instant(at), decisions: decisions)
  }

  func developer(_ id: String, email: String? = nil, at: String = "2025-06-10T12:00:00Z") async throws -> DeveloperID {
    let developer = DeveloperID(rawValue: id).unsafelyUnwrapped
    try await registry.addDeveloper(
      NewDeveloper(
        id: developer, email: email.flatMap(EmailAddress.init(rawValue:)), name: nil,
        region: Region(rawValue: "US").unsafelyUnwrapped, at: Instant(at)))
    try await registry.addConnector(
      ConnectorID(rawValue: "c").unsafelyUnwrapped, of: developer, under: Self.slug, at: Instant(at))
    return developer
  }
}

let first = """
  # Terms

  ## 1. Use

  (a) **Access.** You may call the service.

  (b) **Logs.** You will delete the logs within 30 days.

  (c) **Feedback.** We may use your feedback.

  ## 2. Liability

  Our liability is limited to 100 dollars.

  """
