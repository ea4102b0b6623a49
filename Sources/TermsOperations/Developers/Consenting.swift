internal import Binding
package import TermsModel

/// What a developer has said of a version, and how far it binds them.
private struct VersionStand {
  /// The later version that binds wholly; `nil` where none does.
  var later: VersionLabel?
  /// Whether nothing of it, or of the versions before it, is still to bind.
  var isSettled = false
  /// The last acceptance or decline of it since the developer joined.
  var lastWord: Fact<AgreementAct>?
}

extension TermsRegistry {
  /// Refuses an acceptance without any effect, on the words or on the evidence.
  package func requireAcceptable(
    _ label: VersionLabel, by developer: DeveloperID, under document: DocumentSlug, at happenedAt: Instant? = nil
  ) async throws {
    let stand = try await stand(of: label, for: developer, under: document, at: happenedAt)
    if let later = stand.later { throw TermsRefusal.boundByLater(label, later: later, developer) }
    guard stand.isSettled, let word = stand.lastWord, case .accepted = word.value else { return }
    throw TermsRefusal.acceptedAlready(label, developer, on: try await day(of: word, document))
  }

  /// Refuses to put a decline on record that says what was said before, or comes too late to say anything.
  package func requireDeclinable(
    _ label: VersionLabel, by developer: DeveloperID, under document: DocumentSlug, at happenedAt: Instant? = nil
  ) async throws {
    let stand = try await stand(of: label, for: developer, under: document, at: happenedAt)
    if stand.later != nil || stand.isSettled { throw TermsRefusal.nothingToDecline(label, developer) }
    guard let word = stand.lastWord, case .declined = word.value else { return }
    throw TermsRefusal.declinedAlready(label, developer, on: try await day(of: word, document))
  }

  private func day(of fact: Fact<AgreementAct>, _ document: DocumentSlug) async throws -> CalendarDate {
    try await requireDocument(document).settings.zone.date(of: fact.occasion.happenedAt)
  }

  private func stand(
    of label: VersionLabel, for developer: DeveloperID, under slug: DocumentSlug, at happenedAt: Instant?
  ) async throws -> VersionStand {
    let (now, document) = (now(), try await requireDocument(slug))
    let moment = happenedAt ?? now
    // What is said to happen later is refused for that.
    guard moment <= now else { return VersionStand() }
    let answer = try await answerBinding(of: developer, under: slug, at: .instant(moment))
    let order = try await record.versions(of: slug).map(\.label)
    guard answer.bound, let whole = answer.version, let reached = order.firstIndex(of: whole),
      let index = order.firstIndex(of: label)
    else { return VersionStand() }
    var stand = VersionStand()
    if index < reached { stand.later = whole }
    let before = Set(order[...index])
    stand.isSettled = answer.versions.filter { before.contains($0.version) }.allSatisfy { version in
      version.changes.allSatisfy { !$0.state.isOpen }
    }
    let facts = try await record.facts(of: developer, document: slug)
    let settings = document.settings
    let joined = AgreementLife(acts: facts.acts, profile: settings.profile, zone: settings.zone)
      .period(at: moment)?.joined.occasion.happenedAt
    stand.lastWord = facts.acts.last { fact in
      guard fact.value == .accepted(label) || fact.value == .declined(label) else { return false }
      return fact.occasion.happenedAt <= moment && joined.map { $0 <= fact.occasion.happenedAt } != false
    }
    return stand
  }
}
