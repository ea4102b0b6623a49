internal import ChildPrograms
internal import TermsModel
package import TermsOperations

/// Hands messages to the mail system on this machine through its `sendmail` program.
///
/// With the options of Postfix's, which asks for delivery reports by `-N`, `-R` and `-V`; other systems' programs differ,
/// and there ``deliveryReports`` is to be `false`. What the program says is the whole of what is known: neither a reply nor a
/// queue's name comes back.
package struct SendmailTransport: NoticeTransport {
  let program: String
  let asksForReports: Bool
  let seconds: Int

  /// - Parameters:
  ///   - deliveryReports: whether to ask for reports with the options of Postfix's program.
  ///   - seconds: how long it may take for a message, which is put into a queue on this machine.
  package init(program: String = "/usr/sbin/sendmail", deliveryReports: Bool = true, seconds: Int = 600) {
    self.program = program
    asksForReports = deliveryReports
    self.seconds = seconds
  }

  package func send(_ message: NoticeMessage) async -> TransportOutcome {
    await transmit(message).outcome
  }

  package func transmit(_ message: NoticeMessage) async -> Transmission {
    // The program takes lines as files hold them.
    let child = ChildProcess(
      path: program, arguments: arguments(for: message), seconds: seconds, mostOutput: 4096, joinsErrors: true)
    do throws(SystemFault) {
      return ending(try await child.run(input: message.bytes.filter { $0 != UInt8(ascii: "\r") }))
    } catch {
      return Transmission(
        outcome: .unavailable(reason: "\(program) did not run (\(error)); check the path and its permissions"),
        stage: .connection, scope: .route)
    }
  }

  func arguments(for message: NoticeMessage) -> [String] {
    var arguments = ["-i", "-f", message.sender.rawValue]
    if asksForReports {
      arguments += ["-N", "success,delay,failure", "-R", "hdrs"]
      if let identifier = message.envelopeID { arguments += ["-V", identifier] }
    }
    return arguments + ["--", message.recipient.rawValue]
  }

  /// What the exit code means, by sysexits.
  private func ending(_ ending: ChildProcess.Ending) -> Transmission {
    let said = PlainLine.cleaned(String(decoding: ending.output, as: UTF8.self))
    guard let code = ending.code else {
      return Transmission(
        outcome: .unknown(
          reason: "\(program) did not end within \(seconds) s and was ended; the message may have been queued"),
        stage: .completion, scope: .message, reply: said)
    }
    let words = said.isEmpty ? "exit code \(code)" : "exit code \(code): \(said)"
    switch code {
    case 0: return Transmission(outcome: .accepted(by: program), stage: .completion, scope: .message, reply: said)
    // EX_NOUSER, EX_NOHOST: the address. EX_DATAERR too: nothing else of the message is for the program to judge.
    case 65, 67, 68:
      return Transmission(
        outcome: .rejected(reason: "\(program) refused the message (\(words))"), stage: .recipient, scope: .message,
        reply: said)
    // A program that a signal ended may have queued the message before.
    case 129...:
      return Transmission(
        outcome: .unknown(
          reason: "\(program) was ended by signal \(code - 128); the message may have been queued"),
        stage: .completion, scope: .message, reply: said)
    default:
      return Transmission(
        outcome: .unavailable(reason: "\(program) did not take the message (\(words)); see the mail system's log"),
        stage: .connection, scope: .route, reply: said)
    }
  }
}
