internal import ChildPrograms
internal import Foundation
internal import TermsModel
package import TermsOperations

/// One thing that must be right before notices can be sent, and whether it is.
package struct MailCheck: Hashable, Sendable {
  package enum Outcome: String, Hashable, Sendable, Codable, CaseIterable {
    case good
    /// Notices go out, but something about them will not be known or may go wrong.
    case doubtful
    /// Notices cannot go out.
    case bad
  }

  /// What was looked at: `connection`.
  package let name: String
  package let outcome: Outcome
  /// What was found, and what to do where it is not good.
  package let says: String

  package init(_ name: String, _ outcome: Outcome, _ says: String) {
    self.name = name
    self.outcome = outcome
    self.says = says
  }
}

/// A way out that can be looked at without sending anything.
package protocol CheckedTransport: NoticeTransport {
  func checks() async -> [MailCheck]
}

extension MailSettings {
  /// What the settings say by themselves.
  package var checks: [MailCheck] {
    let domain = from.domain.lowercased()
    var checks = [MailCheck]()
    if domain.hasSuffix(".invalid") || domain == "invalid" {
      checks.append(
        MailCheck(
          "sender", .bad,
          "notices would come from \(from), an address that is nobody's; "
            + "set mail.from, as TENOR_MAIL_FROM=notices@terms.example does"))
    } else {
      checks.append(
        MailCheck("sender", .good, "notices come from \(fromName) <\(from)>, answers go to \(answerAddress)"))
    }
    guard let returnAddress else {
      checks.append(
        MailCheck(
          "reports", .doubtful,
          "no mailbox for delivery reports is set, so that no report can be tied to its notice; "
            + "set mail.return.domain and mail.return.keyFile"))
      return checks
    }
    let reports = returnAddress.domainName
    let isAligned = reports == domain || reports.hasSuffix("." + domain) || domain.hasSuffix("." + reports)
    checks.append(
      isAligned
        ? MailCheck("reports", .good, "delivery reports come back to \(returnAddress)")
        : MailCheck(
          "reports", .doubtful,
          "delivery reports come back to \(returnAddress), a domain apart from \(domain): receivers that check senders "
            + "(SPF, DMARC) may distrust the notices; use a domain below \(domain)"))
    return checks
  }
}

extension FolderTransport: CheckedTransport {
  package func checks() async -> [MailCheck] {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try DurableFile.write([], named: ".check", in: folder)
      try FileManager.default.removeItem(atPath: folder + "/.check")
      return [MailCheck("folder", .good, "messages are put into '\(folder)'; nothing is sent from there by itself")]
    } catch {
      let cause = (error as? SystemFault)?.description ?? error.localizedDescription
      return [
        MailCheck("folder", .bad, "'\(folder)' cannot be written to (\(cause)); see to its permissions and free space")
      ]
    }
  }
}

extension SendmailTransport: CheckedTransport {
  package func checks() async -> [MailCheck] {
    guard FileManager.default.isExecutableFile(atPath: program) else {
      return [
        MailCheck(
          "program", .bad, "'\(program)' is not there or cannot be run; install a mail system, or name its program")
      ]
    }
    return [MailCheck("program", .good, "messages are handed to '\(program)'")]
      + (asksForReports
        ? []
        : [MailCheck("delivery reports", .doubtful, "none are asked for, so that only the handing over will be known")])
  }
}

extension SMTPTransport: CheckedTransport {
  package func checks() async -> [MailCheck] {
    let conversation = await probe()
    let place = "\(settings.host):\(settings.port)"
    guard conversation.letIn else {
      return [
        MailCheck(
          "connection", .bad, conversation.transmission(host: place).outcome.reply + hint(at: conversation.step))
      ]
    }
    let secured =
      switch settings.security {
      case .startTLS, .implicitTLS: "over TLS, its name proved"
      case .none: "in clear"
      }
    let login = settings.credentials == nil ? "" : ", logged in"
    return [MailCheck("connection", .good, "\(place) answers \(secured)\(login)")] + reportChecks(conversation.offers)
  }

  /// What to do where nobody was to be spoken to; what a server refused says itself what is wrong.
  private func hint(at step: SMTPConversation.Step) -> String {
    step == .connect
      ? "; see whether the server runs and lets this machine in, and look at mail.smtp.host, mail.smtp.port and "
        + "mail.smtp.tls" : ""
  }

  private func reportChecks(_ offers: [String]) -> [MailCheck] {
    let isOffered = offers.contains { $0.uppercased() == "DSN" }
    let name = "delivery reports"
    switch settings.deliveryReports {
    case .wire: return [MailCheck(name, .good, "offered, and asked for with each message")]
    case .server:
      return [MailCheck(name, .good, "left to the mail system to ask for; a test message shows whether it does")]
    case .off:
      return [
        MailCheck(
          name, .doubtful,
          "not asked for" + (isOffered ? ", though the server offers them" : " and not offered")
            + ", so that only the handing over will be known")
      ]
    }
  }
}
