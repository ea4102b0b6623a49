internal import Binding
internal import Redlining
internal import TermsModel
internal import TermsOperations

/// What a developer can do on their page.
enum DeveloperDeed: String, CaseIterable, Sendable {
  case accept, decline
  case optOut = "opt-out"
  case end

  /// What it says before it is done.
  func confirmation(
    for id: DeveloperID, _ document: Document, _ registry: TermsRegistry, _ session: Session
  ) async throws -> SessionPages.Confirmation {
    let answer = try await registry.answerBinding(of: id, under: document.slug)
    let latest = try await registry.requireVersion(nil, of: document)
    let profile = document.settings.profile
    let today = document.settings.zone.date(of: registry.now())
    let action = "/me/\(document.slug)/\(rawValue)"
    let version = "<input type=\"hidden\" name=\"version\" value=\"\(latest.label)\">"
    switch self {
    case .accept:
      let pending = answer.pending.map { "\($0.standing.changeClass.words) changes" }
      return .init(
        title: "Accept version \(latest.label)", document: document,
        follows: [
          "All of version \(latest.label) binds you at once, from today, \(today)"
            + (pending.isEmpty
              ? "." : ": also its \(pending.joined(separator: " and ")), which would have come later."),
          "What you accept can not be taken back; you can end the agreement at any time.",
        ], action: action, button: "Accept version \(latest.label)", fields: version, session: session)
    case .decline:
      return .init(
        title: "Decline version \(latest.label)", document: document,
        follows: [
          "It is put on record that you do not agree to version \(latest.label).",
          "Declining alone does not end the agreement: keeping a connector available when a change takes effect counts as "
            + "acceptance. To stay out of it, end the agreement before that day.",
        ], action: action, button: "Decline version \(latest.label)", fields: version, session: session)
    case .optOut:
      let clauses = profile.optOut.flatMap(\.clauses)
      let boxes = clauses.map { clause in
        let text = RedlineHTML.escaped(clause.text)
        return
          "<label class=\"check\"><input type=\"radio\" name=\"clause\" value=\"\(text)\"\(clauses.count == 1 ? " checked" : "") required> \(text)</label>"
      }.joined()
      let days = profile.optOut.map(\.days).max() ?? 0
      return .init(
        title: "Opt out", document: document,
        follows: [
          "You keep the wording last agreed of the clause you choose, through all later versions, while the rest moves on.",
          "It is possible for \(days) days after an update to the clause took effect for you.",
          "Agreeing expressly to the whole document later takes it back.",
        ], action: action, button: "Opt out",
        fields: "\(version)<fieldset><legend>Clause</legend>\(boxes)</fieldset>", session: session)
    case .end:
      let surviving = profile.survival.map(\.text).joined(separator: ", ")
      return .init(
        title: "End the agreement", document: document,
        follows: [
          "The agreement ends \(profile.endingNoticeDays) days from today, on \(profile.endingDate(noticeOn: today)); until then "
            + "it goes on as it is.",
          surviving.isEmpty
            ? "Afterwards nothing of it binds you." : "Afterwards these clauses go on binding: \(surviving).",
        ], action: action, button: "End the agreement", isGrave: true,
        fields: """
          <label class="check"><input type="checkbox" name="immediate" value="yes"> At once, because I face liability or harm</label>
          <span><label for="reason">Why <span class="hint">needed for an ending at once</span></label><input id="reason" type="text" name="reason" maxlength="500"></span>
          """, session: session)
    }
  }

  func perform(for id: DeveloperID, _ document: Document, _ form: FormFields, _ registry: TermsRegistry) async throws {
    let version = form["version"].flatMap(VersionLabel.init(rawValue:))
    switch self {
    case .accept: try await registry.accept(id, of: document.slug, version: version)
    case .decline: try await registry.decline(id, of: document.slug, version: version)
    case .optOut:
      guard let clause = form["clause"] else {
        throw Problem.badRequest("Which clause?", "Choose the clause whose wording you keep.")
      }
      try await registry.optOut(id, of: document.slug, version: version, clauses: [ClauseSelector(clause)])
    case .end:
      let isImmediate = form["immediate"] == "yes"
      if isImmediate, form["reason"] == nil {
        throw Problem.badRequest("Why?", "An ending at once needs its reason: go back and say why.")
      }
      try await registry.terminate(
        id, under: document.slug, by: .developer, immediate: isImmediate, reason: form["reason"])
    }
  }

  /// What was done, for a receipt.
  static func words(for act: AgreementAct) -> String {
    switch act {
    case .connectorAdded(let connector): "You created the connector “\(connector)”, which is agreement."
    case .connectorRemoved(let connector): "You removed the connector “\(connector)”."
    case .agreed: "You agreed to the terms."
    case .accepted(let version): "You accepted version \(version): it binds you from now on."
    case .declined(let version): "You declined version \(version)."
    case .optedOut(let version, let clause): "You opted out of version \(version)'s wording of \(clause.text)."
    case .terminated(_, let immediate, _):
      immediate ? "The agreement ended at once." : "You gave notice: the agreement ends when it has run."
    }
  }
}
