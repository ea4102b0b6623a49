package import TermsModel

/// The way to webhooks.
package protocol WebhookTransport: Sendable {
  /// Sends one request and says how that ended; never throws.
  func post(_ body: [UInt8], fields: [(name: String, value: String)], to webhook: WebhookMessage) async -> WebhookReply
}

/// What a run of telling webhooks did.
package struct WebhookReport: Hashable, Sendable {
  package var accepted = 0
  package var refused = 0
  /// Not taken now, and to be sent again.
  package var unavailable = 0
  package var unknown = 0
  /// What it complained of, webhook by webhook, once each.
  package var complaints: [String] = []

  package init() {}

  package var total: Int { accepted + refused + unavailable + unknown }
}

/// Tells webhooks what is due, one message at a time: claimed durably before its first byte goes out, its end on record before
/// the first byte of the next. To be called by the one run that holds the lock for webhooks.
///
/// A message whose fate is unknown is sent again: receivers know it by its identifier.
package struct WebhookRun: Sendable {
  private let record: any WebhookRecord
  private let transport: any WebhookTransport
  private let secrets: [String: [WebhookSecret]]
  private let now: @Sendable () -> Instant

  /// - Parameter secrets: by the names of the webhooks; each has one or more.
  package init(
    record: any WebhookRecord, transport: any WebhookTransport, secrets: [String: [WebhookSecret]],
    now: @escaping @Sendable () -> Instant
  ) {
    self.record = record
    self.transport = transport
    self.secrets = secrets
    self.now = now
  }

  package func send(limit: Int? = nil) async throws -> WebhookReport {
    var report = WebhookReport()
    _ = try await record.reconcileWebhooks(at: now())
    var last: FinishedWebhookMessage?
    while report.total < limit ?? .max,
      let message = try await record.nextWebhookMessage(finishing: last, at: now())
    {
      let moment = now()
      let reply = await transport.post(
        message.body, fields: message.fields(signedBy: secrets[message.webhook] ?? [], at: moment), to: message)
      report.count(reply, of: message)
      last = FinishedWebhookMessage(message, reply, at: max(now(), moment))
    }
    if report.total == limit, let last {
      try await record.finishWebhookMessage(last)
    }
    return report
  }
}

extension WebhookReport {
  fileprivate mutating func count(_ reply: WebhookReply, of message: WebhookMessage) {
    switch reply.outcome {
    case .accepted:
      accepted += 1
      return
    case .refused, .gone: refused += 1
    case .unavailable: unavailable += 1
    case .unknown: unknown += 1
    }
    let words = "webhook '\(message.webhook)': \(reply.says)"
    if !complaints.contains(words) { complaints.append(words) }
  }
}
