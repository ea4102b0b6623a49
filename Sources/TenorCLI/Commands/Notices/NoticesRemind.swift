internal import ArgumentParser
internal import TermsModel
internal import TermsOperations

/// Plans reminders of dates that come near: a daily line of cron.
struct NoticesRemind: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remind",
    abstract: "Plan reminders of what is about to take effect, where the document asks for them (reminders: [7, 1]).",
    discussion: """
      Looks at every developer who was told of a version whose changes are pending, so once a day is enough; 'tenor notices \
      send' then sends what was planned. Quiet when there is nothing. A reminder starts no period and is no notice.
      """)

  @OptionGroup var options: DatabaseOptions
  @Flag(help: "Say who would be reminded, and plan nothing.") var dryRun = false
  @Flag(help: "Print JSON.") var json = false

  func run() async throws {
    let composition = try await Composition(options)
    let registry = dryRun ? try composition.reader() : try composition.registry()
    let progress = Progress(label: "developers", shown: Terminal.current.isErrorInteractive && !json)
    var due: [DueReminder] = []
    let count = try await registry.planReminders(
      isTrial: dryRun, tell: { if dryRun || json { due.append($0) } }, looked: { progress.advance(by: $0) })
    progress.finish()
    if json { return try JSONOutput.print(due.map(ReminderJSON.init)) }
    if dryRun {
      guard !due.isEmpty else { return print("no reminder is due") }
      var table = Table("developer", "document", "version", "reminds of")
      for one in due {
        table.add(
          one.developer.rawValue, one.document.rawValue, one.reminder.version.rawValue, "\(one.reminder.remindsOf)")
      }
      return print(table.text)
    }
    if count > 0 { print("reminders: \(count) planned") }
  }
}

struct ReminderJSON: Encodable {
  let developer: DeveloperID
  let document: DocumentSlug
  let version: VersionLabel
  let remindsOf: CalendarDate

  init(_ due: DueReminder) {
    developer = due.developer
    document = due.document
    version = due.reminder.version
    remindsOf = due.reminder.remindsOf
  }
}
