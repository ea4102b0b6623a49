internal import ArgumentParser
internal import Foundation
internal import TermsModel
internal import TermsOperations
internal import TermsParsing
internal import TermsStore

/// Runs the command line and turns every way in which it can end into an exit code.
package enum Program {
  package static func main() async {
    // A reader that goes away (`tenor show … | head`) ends the program quietly, as it does for any other filter.
    signal(SIGPIPE, SIG_DFL)
    let arguments = Array(CommandLine.arguments.dropFirst())
    if let message = GivenTwice.message(for: arguments) {
      Terminal.complain(message)
      exit(Ending.usage.rawValue)
    }
    do {
      var command = try Tenor.parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      exit(ending(with: error).rawValue)
    }
  }

  /// Tells the person what happened, and gives the code to end with.
  static func ending(with error: any Error) -> Ending {
    if let ending = error as? Ending { return ending }
    if Tenor.exitCode(for: error) == .success {
      print(Tenor.fullMessage(for: error))
      return .done
    }
    let ending = Ending(error)
    switch ending {
    case .usage: Terminal.complain(Tenor.fullMessage(for: error))
    case .refused: Terminal.complain("refused: \(error)")
    default: Terminal.complain("error: \(words(error))")
    }
    return ending
  }

  /// The error's own words; of a wrong setting with the place where it stands.
  static func words(_ error: any Error) -> String {
    let place = (error as? SettingsFault)?.place(environment: ProcessInfo.processInfo.environment)
    return "\(error)" + (place.map { " (set in \($0))" } ?? "")
  }
}

/// How a run of the program ends (section 6.1).
package enum Ending: Int32, Error {
  /// Done; also: there was nothing to do.
  case done = 0
  /// Something is broken. Also the answer of `diff --exit-code` where the texts differ, as in git.
  case fault = 1
  /// Declined, for a reason that the asker can mend.
  case refused = 2
  /// Notices are at risk of missing an announced date.
  case atRisk = 3
  /// The record is damaged.
  case damaged = 4
  /// The command line made no sense (sysexits: EX_USAGE).
  case usage = 64
  /// The transport is unavailable; cron shall try again (sysexits: EX_TEMPFAIL).
  case tryAgain = 75

  init(_ error: any Error) {
    switch error {
    case is any Refusal, is ParseError, is SettingsError, StoreError.alreadyExists: self = .refused
    case StoreError.damaged, StoreError.notADatabase, is LogDamage, is RolledBack: self = .damaged
    case is StoreError, is SettingsFault, is KeyFileFault, is EvidenceFault, is TimestampFault, is CocoaError:
      self = .fault
    case is ValidationError, is CleanExit: self = .usage
    default: self = Tenor.exitCode(for: error) == .validationFailure ? .usage : .fault
    }
  }
}
