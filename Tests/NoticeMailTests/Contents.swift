import Redlining
import TermsModel
import TermsOperations
import Testing

@testable import NoticeMail

/// What there is to tell in the tests: a made-up platform, one developer, a version with changes of every class.
struct Contents {
  var number: Int64 = 4711
  var title = "Connector Terms"
  var version = "2025-12-17"
  var developer = "dev-42"
  var name: String? = "Ada Okafor"
  var recipient = "ada@example.com"
  var postedOn = "2025-12-17"
  var sentOn = "2025-12-17"
  var plannedAt = "2025-12-17T18:30:00Z"
  var summary: String? = "Requests may be logged for a shorter time, and disputes go to the courts of Dublin."
  var link: String? = "https://terms.example/connector-terms/versions/2025-12-17"
  var ownPageUntil: String?
  var profile = RuleProfile(
    name: "connectors-7a", material: .afterNotice(days: 15), optOut: [.init(clauses: [ClauseSelector("9")], days: 30)])
  var entities: [DocumentSettings.Entity] = []
  var entity: String?
  var adaptation: AdaptationPeriod?
  var items: [NoticeContent.Item] = Contents.everyClass()
  var earlier: [NoticeContent.Earlier] = []
  var sharesItsDay = false
  var ending: NoticeContent.Ending?

  func build() throws -> NoticeContent {
    let slug = try #require(DocumentSlug(rawValue: "connector-terms"))
    return NoticeContent(
      notice: OutboxNotice(
        number: number, document: slug, version: try #require(VersionLabel(rawValue: version)),
        developer: try #require(DeveloperID(rawValue: developer)), name: name,
        recipient: try EmailAddress(checking: recipient), state: .queued, attempts: 0,
        plannedAt: try #require(Instant(plannedAt)), dueAt: nil, lastReply: nil),
      document: Document(
        slug: slug, title: title, settings: DocumentSettings(profile: profile, entities: entities)),
      postedOn: try #require(CalendarDate(postedOn)), sentOn: try #require(CalendarDate(sentOn)),
      plannedAt: try #require(Instant(plannedAt)), summary: summary, items: items, link: link,
      entity: entity, adaptation: adaptation, earlier: earlier,
      ownPageUntil: try ownPageUntil.map { try #require(CalendarDate($0)) }, ending: ending,
      sharesItsDay: sharesItsDay)
  }
}

extension Contents {
  static func item(
    _ number: Int, _ label: [String], _ heading: String? = nil, kind: ChangeKind = .modified, _ edits: [Edit],
    as changeClass: ChangeClass, on date: String, basis: String? = nil
  ) -> NoticeContent.Item {
    NoticeContent.Item(
      change: VersionPosting.DecidedChange(
        number: number, kind: kind, label: ClauseLabel(path: label), heading: heading,
        before: kind == .inserted ? [] : [LineageID(rawValue: number)],
        after: kind == .deleted ? [] : [LineageID(rawValue: number)], edits: edits,
        proposed: Classification(changeClass: changeClass, grounds: []), decided: changeClass, legalBasis: basis,
        reason: nil),
      effectiveOn: CalendarDate(date) ?? CalendarDate(dayNumber: 0))
  }

  static func everyClass() -> [NoticeContent.Item] {
    [
      item(
        1, ["3", "(b)"], "Logs",
        [
          .kept("You may keep logs of Requests for "), .gone("90"), .new("30"),
          .kept(" days, and for as long after that as a law obliges you to. "),
          .kept(
            "A log holds the time of the Request, the name of the Connector and the code that your Endpoint answered "
              + "with. It holds nothing that a User wrote, nothing that tells who the User is, and nothing by which "
              + "two Requests of one User could be joined. What you keep longer than this clause allows, or keep of "
              + "what it forbids, you erase on the day on which you learn of it, and you tell us how much of it there was. "
          ),
          .gone("We may ask"), .new("Once a year you send us"), .kept(" for a report of this."),
        ], as: .material, on: "2026-01-01"),
      item(
        2, ["4", "(d)"], "Deletion", kind: .inserted,
        [
          .new(
            "Within 7 days after a User asks for it, you erase what you hold of that User.\n\nYou confirm it to us in writing."
          )
        ],
        as: .material, on: "2026-01-01"),
      item(
        3, ["6", "(d)"], "Reports", kind: .modified,
        [.kept("You report an incident within "), .gone("72"), .new("24"), .kept(" hours.")],
        as: .legalRequired, on: "2025-12-17", basis: "Regulation (EU) 2024/2847, art. 14(2)"),
      item(
        4, ["9"], "Disputes",
        [.kept("The courts of "), .gone("Cork"), .new("Dublin"), .kept(" decide.")], as: .other, on: "2025-12-17"),
      item(
        5, [], nil, kind: .deleted, [.gone("Schedule A lists the ports that were open in 2019.")], as: .other,
        on: "2025-12-17"),
      item(
        6, ["1", ".2"], "Scope", kind: .renumbered, [.kept("These terms apply to Connectors.")], as: .other,
        on: "2025-12-17"),
      item(
        7, [], nil, kind: .renamedTerm, [.gone("Plugin"), .new("Connector")], as: .other, on: "2025-12-17"),
    ]
  }
}

extension Edit {
  static func kept(_ text: String) -> Edit { Edit(op: .equal, text: text) }
  static func gone(_ text: String) -> Edit { Edit(op: .delete, text: text) }
  static func new(_ text: String) -> Edit { Edit(op: .insert, text: text) }
}

extension MailSettings {
  static func sample() throws -> MailSettings {
    MailSettings(
      from: try EmailAddress(checking: "notices@terms.example"), fromName: "Harbor Assistants",
      replyTo: try EmailAddress(checking: "legal@terms.example"))
  }
}
