internal import TermsModel
internal import TermsOperations

extension UntoldDeveloper.Reason {
  /// `failed`, and why.
  var words: (kind: String, why: String) {
    switch self {
    case .refused(let reply): ("refused", reply)
    case .failed(let failureClass, let reason): ("failed, \(failureClass.rawValue)", reason)
    case .disputed(.contradiction): ("disputed", "one report says that it arrived, another that it failed")
    case .disputed(.unreliable): ("disputed", "the report may be forged")
    case .unknown(let reply): ("unknown", reply)
    case .putOff(let reply): ("put off", reply)
    }
  }
}

extension UntoldDeveloper {
  /// What an operator can do about it.
  var remedy: String {
    switch reason {
    case .disputed, .unknown: "decide: notices record … --received-at or --failed-at"
    case .putOff: "none yet: it is tried again"
    case .refused, .failed: needsOtherChannel ? "another channel: notices courier" : "none yet: it is tried once more"
    }
  }

  /// `2026-01-01 → 2026-02-03`: from when the version could bind, and from when it does.
  var cost: String {
    if notice.isSuperseding { return "as the version stands" }
    let now = bindsFrom?.description ?? "no date in sight"
    guard let couldBindFrom, couldBindFrom != bindsFrom else { return now }
    return "\(couldBindFrom) → \(now)"
  }

  static func table(of untold: [UntoldDeveloper]) -> String {
    var table = Table("notice", "developer", "document", "version", "what", "binds from", "what to do", "why")
    for one in untold {
      let (kind, why) = one.reason.words
      table.add(
        "\(one.notice.number)", one.notice.developer.rawValue, one.notice.document.rawValue,
        one.notice.version.rawValue, kind, one.cost, one.remedy, why)
    }
    let said = untold.compactMap { one in
      one.said.map {
        "  notice \(one.notice.number): \($0.split(whereSeparator: \.isWhitespace).joined(separator: " ").withVisibleControls)"
      }
    }
    return table.text + (said.isEmpty ? "" : "\n\nwhat mail systems said in full:\n" + said.joined(separator: "\n"))
  }
}

struct UntoldJSON: Encodable {
  let notice: Int64
  let developer: DeveloperID
  let document: DocumentSlug
  let version: VersionLabel
  let superseding: Bool
  let reason: String
  let failureClass: FailureClass?
  let says: String
  /// The mail system's reply in full, all its lines, where it is kept: erased with the developer's name and address.
  let saidInFull: String?
  let needsOtherChannel: Bool
  let couldBindFrom: CalendarDate?
  let bindsFrom: CalendarDate?

  init(_ untold: UntoldDeveloper) {
    notice = untold.notice.number
    developer = untold.notice.developer
    document = untold.notice.document
    version = untold.notice.version
    superseding = untold.notice.isSuperseding
    let words = untold.reason.words
    if case .failed(let found, _) = untold.reason {
      (reason, failureClass) = ("failed", found)
    } else {
      (reason, failureClass) = (words.kind.replacing(" ", with: "-"), nil)
    }
    says = words.why
    saidInFull = untold.said
    needsOtherChannel = untold.needsOtherChannel
    couldBindFrom = untold.couldBindFrom
    bindsFrom = untold.bindsFrom
  }
}
