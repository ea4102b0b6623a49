internal import TermsModel
package import Transparency

extension Act {
  /// The act's name in the log: `version-posted`.
  package var name: String {
    switch self {
    case .documentAdded: "document-added"
    case .documentChanged: "document-changed"
    case .versionPosted: "version-posted"
    case .versionWithdrawn: "version-withdrawn"
    case .versionPostponed: "version-postponed"
    case .changeReclassified: "change-reclassified"
    case .classesApproved: "classes-approved"
    case .noticesSuperseded: "notices-superseded"
    case .developerAdded: "developer-added"
    case .developerMoved: "developer-moved"
    case .addressChanged: "address-changed"
    case .developerErased: "developer-erased"
    case .agreement(_, _, let act): act.name
    case .notice(_, _, let notice):
      switch notice.step.event {
      case .sent: "notice-sent"
      case .received: "notice-received"
      case .failed: "notice-failed"
      }
    case .noticeAttempted: "notice-attempted"
    case .mailReturned: "mail-returned"
    case .noticeRequeued: "notice-requeued"
    case .reminderPlanned: "reminder-planned"
    case .noticePlanned: "notice-planned"
    case .log(let act): act.name
    }
  }

  /// What the act is about, for people who look through the log: `connector-terms@2025-12-17`, `dev-42`,
  /// `dev-42/connector-terms`.
  package var subject: String {
    switch self {
    case .documentAdded(let document), .documentChanged(let document): document.slug.rawValue
    case .versionPosted(let posting): "\(posting.document)@\(posting.label)"
    case .classesApproved(let approval): approval.document.rawValue
    case .versionWithdrawn(let slug, let label, _, _), .versionPostponed(let slug, let label, _, _),
      .changeReclassified(let slug, let label, _, _, _, _), .noticesSuperseded(let slug, let label):
      "\(slug)@\(label)"
    case .developerAdded(let registration): registration.id.rawValue
    case .developerMoved(let id, _), .addressChanged(let id, _, _), .developerErased(let id, _): id.rawValue
    case .agreement(let id, let slug, _), .notice(let id, let slug, _), .noticeAttempted(let id, let slug, _),
      .mailReturned(let id, let slug, _), .noticeRequeued(let id, let slug, _),
      .reminderPlanned(let id, let slug, _), .noticePlanned(let id, let slug, _):
      "\(id)/\(slug)"
    case .log(let act): act.subject
    }
  }

  /// The act as the log holds it: one flat object, its name under `act`. A member without a value is left out.
  ///
  /// - Throws: ``CanonicalJSONError`` where a number is too large for JSON.
  package func members() throws -> CanonicalJSON.Members {
    var members = CanonicalJSON.Members([("act", .string(name))])
    switch self {
    case .documentAdded(let document), .documentChanged(let document):
      members["document"] = .string(document.slug.rawValue)
      members["title"] = .string(document.title)
      members["settings"] = try CanonicalJSON(encoding: document.settings)
    case .versionPosted(let posting):
      guard case .object(let parts) = try CanonicalJSON(encoding: posting) else { break }
      for part in parts.sorted { members[part.name == "label" ? "version" : part.name] = part.value }
    case .versionWithdrawn(let slug, let label, let reason, let kept):
      members.set(slug, label)
      members["reason"] = .string(reason)
      if !kept.isEmpty { members["keeping"] = .array(kept.sorted().map { .integer($0) }) }
    case .versionPostponed(let slug, let label, let date, let reason):
      members.set(slug, label)
      members["until"] = .string(date.description)
      members["reason"] = .string(reason)
    case .changeReclassified(let slug, let label, let change, let changeClass, let legalBasis, let reason):
      members.set(slug, label)
      members["change"] = .integer(change)
      members["class"] = .string(changeClass.rawValue)
      members["legalBasis"] = legalBasis.map { .string($0) }
      members["reason"] = .string(reason)
    case .classesApproved(let approval):
      guard case .object(let parts) = try CanonicalJSON(encoding: approval) else { break }
      for part in parts.sorted { members[part.name] = part.value }
    case .noticesSuperseded(let slug, let label):
      members.set(slug, label)
    case .developerAdded(let registration):
      members["developer"] = .string(registration.id.rawValue)
      members["region"] = .string(registration.region.rawValue)
      members["hasAddress"] = .bool(registration.hasAddress)
      members["commitment"] = .string(registration.commitment)
    case .developerMoved(let id, let region):
      members["developer"] = .string(id.rawValue)
      members["region"] = .string(region.rawValue)
    case .addressChanged(let id, let hasAddress, let commitment):
      members["developer"] = .string(id.rawValue)
      members["hasAddress"] = .bool(hasAddress)
      members["commitment"] = .string(commitment)
    case .developerErased(let id, let reason):
      members["developer"] = .string(id.rawValue)
      members["reason"] = reason.map { .string($0) }
    case .agreement(let id, let slug, let act):
      members.set(id, slug)
      act.write(to: &members)
    case .notice(let id, let slug, let notice):
      members.set(id, slug)
      notice.write(to: &members)
    case .noticeAttempted(let id, let slug, let attempt):
      members.set(id, slug)
      attempt.write(to: &members)
    case .mailReturned(let id, let slug, let mail):
      members.set(id, slug)
      try mail.write(to: &members)
    case .noticeRequeued(let id, let slug, let requeue):
      members.set(id, slug)
      requeue.write(to: &members)
    case .reminderPlanned(let id, let slug, let reminder):
      members.set(id, slug)
      members["version"] = .string(reminder.version.rawValue)
      members["remindsOf"] = .string(reminder.remindsOf.description)
    case .noticePlanned(let id, let slug, let version):
      members.set(id, slug)
      members["version"] = .string(version.rawValue)
    case .log(let act): act.write(to: &members)
    }
    return members
  }

  /// Reads what ``members()`` gives.
  package init(members: CanonicalJSON.Members) throws(LogFormatError) {
    let reader = MemberReader(members: members)
    let name = try reader.text("act")
    switch name {
    case "document-added": self = .documentAdded(try reader.document())
    case "document-changed": self = .documentChanged(try reader.document())
    case "version-posted":
      var parts = members
      parts["act"] = nil
      parts["label"] = parts["version"]
      parts["version"] = nil
      self = .versionPosted(try MemberReader(members: parts).decoded(as: VersionPosting.self))
    case "version-withdrawn":
      self = .versionWithdrawn(
        try reader.identifier("document"), try reader.identifier("version"), reason: try reader.text("reason"),
        keeping: Set(try reader.integers("keeping")))
    case "version-postponed":
      self = .versionPostponed(
        try reader.identifier("document"), try reader.identifier("version"), until: try reader.date("until"),
        reason: try reader.text("reason"))
    case "change-reclassified":
      self = .changeReclassified(
        try reader.identifier("document"), try reader.identifier("version"), change: try reader.integer("change"),
        to: try reader.choice("class"), legalBasis: try reader.optionalText("legalBasis"),
        reason: try reader.text("reason"))
    case "classes-approved":
      var parts = members
      parts["act"] = nil
      self = .classesApproved(try MemberReader(members: parts).decoded(as: ClassApproval.self))
    case "notices-superseded":
      self = .noticesSuperseded(try reader.identifier("document"), try reader.identifier("version"))
    case "developer-added":
      self = .developerAdded(
        DeveloperRegistration(
          id: try reader.identifier("developer"), region: try reader.identifier("region"),
          hasAddress: try reader.bool("hasAddress"), commitment: try reader.text("commitment")))
    case "developer-moved":
      self = .developerMoved(try reader.identifier("developer"), to: try reader.identifier("region"))
    case "address-changed":
      self = .addressChanged(
        try reader.identifier("developer"), hasAddress: try reader.bool("hasAddress"),
        commitment: try reader.text("commitment"))
    case "developer-erased":
      self = .developerErased(try reader.identifier("developer"), reason: try reader.optionalText("reason"))
    case "notice-attempted":
      self = .noticeAttempted(
        try reader.identifier("developer"), try reader.identifier("document"), try NoticeAttempt(reader))
    case "mail-returned":
      self = .mailReturned(
        try reader.identifier("developer"), try reader.identifier("document"), try ReturnedNotice(reader))
    case "notice-requeued":
      self = .noticeRequeued(
        try reader.identifier("developer"), try reader.identifier("document"), try NoticeRequeue(reader))
    case "reminder-planned":
      self = .reminderPlanned(
        try reader.identifier("developer"), try reader.identifier("document"),
        NoticeReminder(version: try reader.identifier("version"), remindsOf: try reader.date("remindsOf")))
    case "notice-planned":
      self = .noticePlanned(
        try reader.identifier("developer"), try reader.identifier("document"), try reader.identifier("version"))
    default:
      if let notice = try NoticeRecord(name, reader) {
        self = .notice(try reader.identifier("developer"), try reader.identifier("document"), notice)
      } else if let act = try AgreementAct(name, reader) {
        self = .agreement(try reader.identifier("developer"), try reader.identifier("document"), act)
      } else if let act = try LogAct(name, reader) {
        self = .log(act)
      } else {
        throw .unknownAct(name)
      }
    }
  }
}

extension CanonicalJSON.Members {
  fileprivate mutating func set(_ slug: DocumentSlug, _ label: VersionLabel) {
    self["document"] = .string(slug.rawValue)
    self["version"] = .string(label.rawValue)
  }

  fileprivate mutating func set(_ id: DeveloperID, _ slug: DocumentSlug) {
    self["developer"] = .string(id.rawValue)
    self["document"] = .string(slug.rawValue)
  }
}

extension MemberReader {
  fileprivate func document() throws(LogFormatError) -> Document {
    guard let settings = members["settings"] else { throw .missing(member: "settings") }
    guard case .object(let parts) = settings else { throw .invalid(member: "settings", expected: "an object") }
    return Document(
      slug: try identifier("document"), title: try text("title"),
      settings: try MemberReader(members: parts).decoded(as: DocumentSettings.self))
  }
}
