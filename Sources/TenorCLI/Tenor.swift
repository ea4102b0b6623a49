package import ArgumentParser

/// The command `tenor`.
package struct Tenor: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "tenor",
    abstract: "Keeps every version of a platform's terms, and says which words bind whom, on any day, and why.",
    discussion: """
      The record is one SQLite file: --database PATH, else TENOR_DATABASE, else tenor.sqlite in this folder.
      Moments are written with an offset (2026-01-31T09:00:00-08:00); where a date alone is allowed, it means its first \
      moment in the document's time zone.

      Exit codes: 0 done, 1 a fault, 2 refused, 3 notices at risk of missing an announced date, 4 the record is damaged, \
      64 usage, 75 the transport is unavailable: try again later.
      """,
    version: "0.1.0",
    groupedSubcommands: [
      CommandGroup(name: "The record", subcommands: [Initialize.self, Migrate.self, Backup.self, Verify.self]),
      CommandGroup(name: "Evidence", subcommands: [Evidence.self, Check.self, CheckpointCommand.self, Keys.self]),
      CommandGroup(
        name: "Terms",
        subcommands: [
          Documents.self, Import.self, Diff.self, Lint.self, Review.self, Approve.self, Publish.self, Withdraw.self,
          Postpone.self,
          Reclassify.self, Classes.self, History.self, Show.self, Search.self, Profiles.self,
        ]),
      CommandGroup(
        name: "Developers",
        subcommands: [
          Developers.self, Connectors.self, Agree.self, Accept.self, Decline.self, OptOut.self, Terminate.self,
          BindingCommand.self, TimelineCommand.self,
        ]),
      CommandGroup(name: "Notices", subcommands: [Notices.self, Webhooks.self]),
      CommandGroup(name: "The web", subcommands: [Serve.self, Tokens.self]),
    ])

  package init() {}
}
