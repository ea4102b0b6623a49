internal import NoticeMail
internal import TermsModel
internal import TermsOperations

/// Trial messages by the settings of notices.
struct ComposedTrialMail: TrialMail {
  let composition: Composition

  func sendTrial(to address: EmailAddress) async throws -> TransportOutcome {
    let message = try composition.composer().trialMessage(to: address, at: Composition.now())
    return await (try composition.transport()).transmit(message).outcome
  }
}
