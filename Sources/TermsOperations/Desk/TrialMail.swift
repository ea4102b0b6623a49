package import TermsModel

/// Sends a trial message with made-up contents the way that notices go. It is no notice: nothing of it goes on record.
package protocol TrialMail: Sendable {
  /// - Throws: where the settings of the mail cannot be used.
  func sendTrial(to address: EmailAddress) async throws -> TransportOutcome
}
