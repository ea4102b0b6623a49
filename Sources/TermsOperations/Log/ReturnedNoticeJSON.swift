internal import TermsModel
internal import Transparency

extension ReturnedNotice {
  func write(to members: inout CanonicalJSON.Members) throws {
    members["version"] = .string(version.rawValue)
    members["notice"] = .integer(Int(notice))
    members["mailSha256"] = .string(mailSHA256)
    switch content {
    case .reports(let verdicts):
      members["kind"] = .string("reports")
      members["reports"] = try CanonicalJSON(encoding: verdicts)
    case .reply: members["kind"] = .string("reply")
    case .unrecognised(let reason):
      members["kind"] = .string("unrecognised")
      members["reason"] = .string(reason)
    }
  }

  init(_ reader: MemberReader) throws(LogFormatError) {
    let content: Content
    switch try reader.text("kind") {
    case "reports":
      guard let reports = reader.members["reports"] else { throw .missing(member: "reports") }
      do {
        content = .reports(try reports.decoded(as: [ReportVerdict].self))
      } catch {
        throw .invalid(member: "reports", expected: "verdicts on delivery reports (\(error))")
      }
    case "reply": content = .reply
    case "unrecognised": content = .unrecognised(try reader.text("reason"))
    default: throw .invalid(member: "kind", expected: "one of 'reports', 'reply', 'unrecognised'")
    }
    self.init(
      version: try reader.identifier("version"), notice: Int64(try reader.integer("notice")),
      mailSHA256: try reader.text("mailSha256"), content: content)
  }
}

extension NoticeRequeue {
  func write(to members: inout CanonicalJSON.Members) {
    members["version"] = .string(version.rawValue)
    members["notice"] = .integer(Int(notice))
    members["dueAt"] = .string(dueAt.description)
    members["reason"] = .string(reason)
  }

  init(_ reader: MemberReader) throws(LogFormatError) {
    self.init(
      version: try reader.identifier("version"), notice: Int64(try reader.integer("notice")),
      dueAt: try reader.instant("dueAt"), reason: try reader.text("reason"))
  }
}

extension ReportVerdict: Codable {
  private enum CodingKeys: String, CodingKey {
    case action, finding, evidence, failureClass, doubt, until, at, ours, by, reason
  }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let finding: Finding
    switch try values.decode(String.self, forKey: .finding) {
    case "received": finding = .received(try values.decode(EvidenceLevel.self, forKey: .evidence))
    case "handed-on": finding = .handedOn
    case "delayed": finding = .delayed(until: try values.decodeIfPresent(Instant.self, forKey: .until))
    case "failed": finding = .failed(try values.decode(FailureClass.self, forKey: .failureClass))
    case "unreliable": finding = .unreliable(try values.decode(Doubt.self, forKey: .doubt))
    case let other:
      throw DecodingError.dataCorruptedError(
        forKey: .finding, in: values, debugDescription: "'\(other)' is no finding on a report")
    }
    self.init(
      action: try values.decode(ReportedAction.self, forKey: .action), finding: finding,
      at: try values.decode(Instant.self, forKey: .at), isOurs: try values.decode(Bool.self, forKey: .ours),
      witness: try values.decode(String.self, forKey: .by), reason: try values.decode(String.self, forKey: .reason))
  }

  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(action, forKey: .action)
    try values.encode(finding.name, forKey: .finding)
    switch finding {
    case .received(let level): try values.encode(level, forKey: .evidence)
    case .delayed(let until): try values.encodeIfPresent(until, forKey: .until)
    case .failed(let failureClass): try values.encode(failureClass, forKey: .failureClass)
    case .unreliable(let doubt): try values.encode(doubt, forKey: .doubt)
    case .handedOn: break
    }
    try values.encode(at, forKey: .at)
    try values.encode(isOurs, forKey: .ours)
    try values.encode(witness, forKey: .by)
    try values.encode(reason, forKey: .reason)
  }
}

extension ReportVerdict.Finding {
  /// The finding's name in the log and in the store.
  package var name: String {
    switch self {
    case .received: "received"
    case .handedOn: "handed-on"
    case .delayed: "delayed"
    case .failed: "failed"
    case .unreliable: "unreliable"
    }
  }
}
