package import TermsModel
internal import Transparency

extension AgreementAct {
  /// The act's name in the log.
  package var name: String {
    switch self {
    case .connectorAdded: "connector-added"
    case .connectorRemoved: "connector-removed"
    case .agreed: "agreed"
    case .accepted: "version-accepted"
    case .declined: "version-declined"
    case .optedOut: "opted-out"
    case .terminated: "terminated"
    }
  }

  func write(to members: inout CanonicalJSON.Members) {
    switch self {
    case .connectorAdded(let connector), .connectorRemoved(let connector):
      members["connector"] = .string(connector.rawValue)
    case .agreed: break
    case .accepted(let version), .declined(let version):
      members["version"] = .string(version.rawValue)
    case .optedOut(let version, let clauses):
      members["version"] = .string(version.rawValue)
      members["clauses"] = .string(clauses.text)
    case .terminated(let party, let immediate, let reason):
      members["by"] = .string(party.rawValue)
      members["immediate"] = .bool(immediate)
      members["reason"] = reason.map { .string($0) }
    }
  }

  /// The act of that name; `nil` where no agreement has such an act.
  init?(_ name: String, _ reader: MemberReader) throws(LogFormatError) {
    switch name {
    case "connector-added": self = .connectorAdded(try reader.identifier("connector"))
    case "connector-removed": self = .connectorRemoved(try reader.identifier("connector"))
    case "agreed": self = .agreed
    case "version-accepted": self = .accepted(try reader.identifier("version"))
    case "version-declined": self = .declined(try reader.identifier("version"))
    case "opted-out":
      self = .optedOut(try reader.identifier("version"), ClauseSelector(try reader.text("clauses")))
    case "terminated":
      self = .terminated(
        by: try reader.choice("by"), immediate: try reader.bool("immediate"), reason: try reader.optionalText("reason"))
    default: return nil
    }
  }
}

extension NoticeRecord {
  func write(to members: inout CanonicalJSON.Members) {
    members["version"] = .string(step.version.rawValue)
    members["channel"] = .string(step.channel.rawValue)
    members["messageId"] = messageID.map { .string($0) }
    members["messageSha256"] = messageSHA256.map { .string($0) }
    switch step.event {
    case .sent: break
    case .received(let level, let witness):
      members["evidence"] = .integer(level.rawValue)
      members["by"] = .string(witness)
    case .failed(let reason):
      members["reason"] = .string(reason)
    }
  }

  /// The notice act of that name; `nil` where it names none.
  init?(_ name: String, _ reader: MemberReader) throws(LogFormatError) {
    let event: NoticeStep.Event
    switch name {
    case "notice-sent": event = .sent
    case "notice-received":
      guard let level = EvidenceLevel(rawValue: try reader.integer("evidence")) else {
        throw .invalid(member: "evidence", expected: "an evidence level from 0 to 5")
      }
      event = .received(level, by: try reader.text("by"))
    case "notice-failed": event = .failed(reason: try reader.text("reason"))
    default: return nil
    }
    self.init(
      step: NoticeStep(
        version: try reader.identifier("version"), channel: try reader.choice("channel"), event: event),
      messageID: try reader.optionalText("messageId"), messageSHA256: try reader.optionalText("messageSha256"))
  }
}

extension NoticeAttempt {
  func write(to members: inout CanonicalJSON.Members) {
    members["version"] = .string(version.rawValue)
    members["notice"] = .integer(Int(notice))
    members["attempt"] = .integer(number)
    members["startedAt"] = .string(startedAt.description)
    members["outcome"] = .string(outcome.name)
    members["reply"] = .string(outcome.reply)
    members["messageSha256"] = messageSHA256.map { .string($0) }
    members["givesNoNotice"] = givesNoNotice ? .bool(true) : nil
    members["letterKept"] = letterKept ? .bool(true) : nil
    members["replyCommitment"] = replyCommitment.map { .string($0) }
    guard let trace else { return }
    members["stage"] = .string(trace.stage.rawValue)
    members["code"] = trace.code.map { .integer($0) }
    members["status"] = trace.status.map { .string($0) }
    members["peer"] = trace.peer.map { .string($0) }
  }

  init(_ reader: MemberReader) throws(LogFormatError) {
    guard let outcome = TransportOutcome(name: try reader.text("outcome"), reply: try reader.text("reply")) else {
      throw .invalid(member: "outcome", expected: "one of 'accepted', 'rejected', 'unavailable', 'unknown'")
    }
    self.init(
      version: try reader.identifier("version"), notice: Int64(try reader.integer("notice")),
      number: try reader.integer("attempt"), startedAt: try reader.instant("startedAt"), outcome: outcome,
      messageSHA256: try reader.optionalText("messageSha256"),
      givesNoNotice: reader.members["givesNoNotice"] == nil ? false : try reader.bool("givesNoNotice"),
      letterKept: reader.members["letterKept"] == nil ? false : try reader.bool("letterKept"), trace: try Trace(reader),
      replyCommitment: try reader.optionalText("replyCommitment"))
  }
}

extension NoticeAttempt.Trace {
  fileprivate init?(_ reader: MemberReader) throws(LogFormatError) {
    guard reader.members["stage"] != nil else { return nil }
    self.init(
      stage: try reader.choice("stage"), code: reader.members["code"] == nil ? nil : try reader.integer("code"),
      status: try reader.optionalText("status"), peer: try reader.optionalText("peer"))
  }
}

extension TransportOutcome {
  /// The outcome's name in the log and in the store.
  package var name: String {
    switch self {
    case .accepted: "accepted"
    case .rejected: "rejected"
    case .unavailable: "unavailable"
    case .unknown: "unknown"
    }
  }

  /// Who accepted it, or why it was not.
  package var reply: String {
    switch self {
    case .accepted(let text), .rejected(let text), .unavailable(let text), .unknown(let text): text
    }
  }

  package init?(name: String, reply: String) {
    switch name {
    case "accepted": self = .accepted(by: reply)
    case "rejected": self = .rejected(reason: reply)
    case "unavailable": self = .unavailable(reason: reply)
    case "unknown": self = .unknown(reason: reply)
    default: return nil
    }
  }
}
