internal import Binding
internal import Redlining
internal import TermsModel
internal import TermsOperations

/// What a developer can do on their page.
enum DeveloperDeed: String, CaseIterable, Sendable {
  case accept, decline
  case optOut = "opt-out"
  case end

  /// What it says before it is done; where it cannot be done, why.
  func confirmation(
    for id: DeveloperID, _ document: Document, _ registry: TermsRegistry, _ session: Session
  ) async throws -> SessionPages.Confirmation {
    let answer = try await registry.answerBinding(of: id, under: document.slug)
    let latest = try await registry.requireVersion(nil, of: document)
    // What was taken back is not there to decide on.
    let target = answer.pending.last?.version ?? answer.version ?? latest.label
    let facts = try await registry.record.facts(of: id, document: document.slug)
    let along = registry.bindingAlong(facts, document)
    let asked = Asked(
      document: document, answer: answer, target: target, session: session, action: "/me/\(document.slug)/\(rawValue)",
      today: document.settings.zone.date(of: registry.now()),
      ending: AgreementEnd(facts, document, registry.now(), along: along))
    guard answer.bound else {
      return asked.impossible(title, "These terms do not bind you, so that there is nothing to decide.")
    }
    if let along {
      if self == .end { return asked.leaving(along, title: try await registry.requireDocument(along.document).title) }
      if let pinned = along.pinned {
        return asked.impossible(
          title, DeveloperRefusal.words(.boundByReference(id, document.slug, by: along.document, pinned: pinned)))
      }
    }
    // What would be refused is not offered.
    do {
      switch self {
      case .accept: try await registry.requireAcceptable(target, by: id, under: document.slug)
      case .decline: try await registry.requireDeclinable(target, by: id, under: document.slug)
      case .optOut, .end: break
      }
    } catch let refusal as TermsRefusal {
      return asked.impossible("\(title) version \(target)", DeveloperRefusal.words(refusal))
    }
    switch self {
    case .accept: return asked.accepting
    case .decline: return asked.declining
    case .optOut: return asked.optingOut(try await registry.optOutOffers(for: id, under: document.slug))
    case .end: return asked.leaving
    }
  }

  private var title: String {
    switch self {
    case .accept: "Accept"
    case .decline: "Decline"
    case .optOut: "Opt out"
    case .end: "End the agreement"
    }
  }

  func perform(for id: DeveloperID, _ document: Document, _ form: FormFields, _ registry: TermsRegistry) async throws {
    let version = form["version"].flatMap(VersionLabel.init(rawValue:))
    switch self {
    case .accept: try await registry.accept(id, of: document.slug, version: version)
    case .decline: try await registry.decline(id, of: document.slug, version: version)
    case .optOut:
      // A choice of the page names the version, too: clauses can have changed in several.
      let parts = form["choice"]?.split(separator: " ", maxSplits: 1).map(String.init) ?? []
      guard let clause = parts.count == 2 ? parts[1] : form["clause"] else {
        throw Problem.badRequest("Which clause?", "Choose the clause whose wording you keep.")
      }
      try await registry.optOut(
        id, of: document.slug, version: parts.first.flatMap(VersionLabel.init(rawValue:)) ?? version,
        clauses: [ClauseSelector(clause)])
    case .end:
      try await registry.terminate(
        id, under: document.slug, by: .developer, immediate: form["immediate"] == "yes", reason: form["reason"])
    }
  }
}

/// An agreement that runs out: by whose act, and from which date on it no longer binds.
struct AgreementEnd: Hashable {
  let party: Party
  let date: CalendarDate

  /// `nil` where nothing ends the agreement that runs at the moment.
  ///
  /// - Parameter along: the agreement over another document by which this one binds, where it does.
  init?(_ facts: DeveloperFacts, _ document: Document, _ moment: Instant, along: AgreementAlong? = nil) {
    let settings = document.settings
    guard
      let ending = AgreementLife(acts: along?.acts ?? facts.acts, profile: settings.profile, zone: settings.zone)
        .period(at: moment)?
        .ending
    else { return nil }
    party = if case .terminated(let party, _, _) = ending.act.value { party } else { .developer }
    date = settings.zone.date(of: ending.at)
  }

  var lastDay: CalendarDate { date.adding(days: -1) }
}

/// What a confirmation is made of.
private struct Asked {
  let document: Document
  let answer: BindingAnswer
  /// The last version that is pending, or the one that binds.
  let target: VersionLabel
  let session: Session
  let action: String
  let today: CalendarDate
  let ending: AgreementEnd?

  private var versionField: String { "<input type=\"hidden\" name=\"version\" value=\"\(target)\">" }

  func impossible(_ title: String, _ why: String) -> SessionPages.Confirmation {
    .init(
      title: title, document: document, follows: [why], action: action, button: "", isPossible: false, session: session)
  }

  /// What binds along ends with the agreement that brings it.
  func leaving(_ along: AgreementAlong, title: String) -> SessionPages.Confirmation {
    var confirmation = impossible(
      "End the agreement",
      "These terms bind you along with “\(title)”, which names them, and end with the agreement over that one.")
    confirmation.elsewhere = ("End the agreement over \(title)", "/me/\(along.document)/end")
    return confirmation
  }

  var accepting: SessionPages.Confirmation {
    let follows =
      answer.pending.isEmpty
      ? [
        "Version \(target) binds you already. Accepting it puts on record that you agree to it expressly; nothing else "
          + "changes."
      ]
      : ["All of version \(target) binds you at once, from today, \(today)."] + hastened + [
        "What you accept can not be taken back; you can end the agreement at any time."
      ]
    return .init(
      title: "Accept version \(target)", document: document, follows: follows, action: action,
      button: "Accept version \(target)", fields: versionField, session: session)
  }

  /// What would have come later, a sentence for each version.
  private var hastened: [String] {
    var groups: [(version: VersionLabel, changes: [String])] = []
    for pending in answer.pending {
      let standing = pending.standing
      let clauses = standing.clauses.map(\.description).joined(separator: ", ")
      let when = standing.state.pendingDay.map { "on \($0)" } ?? "only after notice was given"
      let words =
        "\(standing.changeClass.words) changes\(clauses.isEmpty ? "" : " to \(clauses)"), which would come \(when)"
      if groups.last?.version == pending.version {
        groups[groups.count - 1].changes.append(words)
      } else {
        groups.append((pending.version, [words]))
      }
    }
    return groups.map { "With it, of version \($0.version): \($0.changes.joined(separator: "; "))." }
  }

  var declining: SessionPages.Confirmation {
    .init(
      title: "Decline version \(target)", document: document,
      follows: [
        "It is put on record that you do not agree to version \(target).",
        "Declining alone does not end the agreement and stops no change: keeping a connector available when a change takes "
          + "effect counts as acceptance.",
        wayOut,
      ], action: action, button: "Decline version \(target)", fields: versionField, session: session)
  }

  /// Whether ending the agreement keeps what is pending away.
  private var wayOut: String {
    let day = answer.pending.compactMap(\.standing.state.pendingDay).min()
    let end = ending?.date ?? document.settings.profile.endingDate(noticeOn: today)
    let ends = ending == nil ? "a notice of ending given today ends it on \(end)" : "the agreement ends on \(end)"
    guard let day else { return "What waits for its notice binds you once that was given and has run; \(ends)." }
    if end <= day { return "The first change would bind you from \(day); \(ends), and so keeps you out of it." }
    return
      "The first change binds you from \(day); \(ends), and until then the change binds you, unless you end at once "
      + "because you face liability or harm."
  }

  func optingOut(_ offers: [OptOutOffer]) -> SessionPages.Confirmation {
    guard !offers.isEmpty else {
      return impossible(
        "Opt out",
        document.settings.profile.optOut.isEmpty
          ? "The rules of these terms offer no opting out."
          : "There is nothing that you can opt out of now: it takes an update, since you joined, to a clause for which the "
            + "rules offer it, within its days, and once.")
    }
    let boxes = offers.map { offer in
      let clause = RedlineHTML.escaped(offer.clause.text)
      let until = offer.lastDay.map { ", until \($0)" } ?? ""
      return
        "<label class=\"check\"><input type=\"radio\" name=\"choice\" value=\"\(offer.version) \(clause)\"\(offers.count == 1 ? " checked" : "") required> \(clause), as version \(offer.version) changed it\(until)</label>"
    }.joined()
    return .init(
      title: "Opt out", document: document,
      follows: [
        "You keep the wording last agreed of the clause you choose, through all later versions, while the rest moves on.",
        "Agreeing expressly to the whole document later takes it back.",
      ], action: action, button: "Opt out", fields: "<fieldset><legend>Clause</legend>\(boxes)</fieldset>",
      session: session)
  }

  var leaving: SessionPages.Confirmation {
    let profile = document.settings.profile
    let surviving = profile.survival.map(\.text).joined(separator: ", ")
    let afterwards =
      surviving.isEmpty
      ? "Afterwards nothing of it binds you." : "Afterwards these clauses go on binding: \(surviving)."
    if let ending {
      return .init(
        title: "End the agreement at once", document: document,
        follows: [
          "The agreement ends on \(ending.date) already, by \(ending.party == .developer ? "your" : "the platform's") notice, and "
            + "binds you until the end of \(ending.lastDay): nothing more is needed for that.",
          "It ends earlier only at once, where you face liability or harm.", afterwards,
        ], action: action, button: "End the agreement at once", isGrave: true,
        fields: """
          <input type="hidden" name="immediate" value="yes">
          <span><label for="reason">Why</label><input id="reason" type="text" name="reason" maxlength="500" required></span>
          """, session: session)
    }
    return .init(
      title: "End the agreement", document: document,
      follows: [
        "The agreement ends \(profile.endingNoticeDays) days from today, on \(profile.endingDate(noticeOn: today)); until then "
          + "it goes on as it is.",
        afterwards,
      ], action: action, button: "End the agreement", isGrave: true,
      fields: """
        <label class="check"><input type="checkbox" name="immediate" value="yes"> At once, because I face liability or harm</label>
        <span><label for="reason">Why <span class="hint">needed for an ending at once</span></label><input id="reason" type="text" name="reason" maxlength="500"></span>
        """, session: session)
  }
}
