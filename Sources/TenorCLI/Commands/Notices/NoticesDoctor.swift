internal import ArgumentParser
internal import NoticeMail
internal import TermsModel
internal import TermsOperations
internal import TermsStore

/// Looks at the settings of notices from end to end, and sends nothing.
struct NoticesDoctor: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Check everything that sending notices needs, without sending anything.",
    discussion: """
      Reads the settings, the wording and the record; connects to the mail server, proves its name by TLS, logs in, and \
      asks whether it makes delivery reports. Ends with 0 where notices can go out, 2 where a setting must be mended, \
      75 where the server is not to be had now. 'tenor notices test ADDRESS' then sends a trial message.
      """)

  @OptionGroup var options: DatabaseOptions
  @Flag(help: "Print JSON.") var json = false

  func run() async throws {
    let composition = try await Composition(options)
    let checks = await Self.checks(composition)
    if json { try JSONOutput.print(checks.map(CheckJSON.init)) } else { print(Self.text(checks)) }
    let bad = checks.filter { $0.outcome == .bad }
    guard bad.isEmpty else { throw bad.contains { $0.name != "connection" } ? Ending.refused : Ending.tryAgain }
  }

  static func checks(_ composition: Composition) async -> [MailCheck] {
    let settings = composition.settings
    var checks: [MailCheck] = []
    do {
      checks += try composition.mailSettings().checks
    } catch {
      checks.append(MailCheck("settings", .bad, Program.words(error)))
    }
    do {
      _ = try composition.composer()
      checks.append(
        MailCheck("wording", .good, settings.mail.templates.map { "the templates in '\($0)'" } ?? "built in"))
    } catch {
      checks.append(MailCheck("wording", .bad, Program.words(error)))
    }
    checks.append(
      settings.baseURL.map { MailCheck("link", .good, "letters point to \($0)") }
        ?? MailCheck(
          "link", .doubtful,
          "letters point to no page, since base.url is not set; set it to where the web service is reached from outside"
        ))
    for (key, path) in settings.mail.exposedSecrets {
      checks.append(
        MailCheck(
          "secrets", .doubtful,
          "'\(path)' (\(key)) can be read by others on this machine; run: chmod 600 '\(path)'"))
    }
    do {
      checks += await (try composition.transport()).checks()
    } catch {
      checks.append(MailCheck("transport", .bad, Program.words(error)))
    }
    checks.append(record(composition))
    return checks + (await composition.webhookChecks())
  }

  private static func record(_ composition: Composition) -> MailCheck {
    do {
      _ = try composition.store(.openExisting)
      let isFree = try SenderLock(ofDatabaseAt: composition.path) != nil
      return MailCheck(
        "record", .good,
        "'\(composition.path)' can be written to" + (isFree ? "" : "; a run is sending from it just now"))
    } catch {
      return MailCheck("record", .bad, Program.words(error))
    }
  }

  private static func text(_ checks: [MailCheck]) -> String {
    var table = Table("", "what", "found")
    for check in checks {
      let mark =
        switch check.outcome {
        case .good: "ok"
        case .doubtful: "doubtful"
        case .bad: "BAD"
        }
      table.add(mark, check.name, check.says)
    }
    return table.text
  }
}

struct CheckJSON: Encodable {
  let check: String
  let outcome: MailCheck.Outcome
  let says: String

  init(_ check: MailCheck) {
    self.check = check.name
    outcome = check.outcome
    says = check.says
  }
}
