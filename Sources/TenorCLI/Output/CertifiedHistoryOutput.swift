internal import TermsModel
internal import TermsOperations
internal import Transparency

/// A certified history for people.
struct CertifiedHistoryText {
  let text: String

  init(_ history: CertifiedHistory) {
    var lines: [String] = []
    if let first = history.entries.first, let last = history.entries.last {
      let times = history.amendments == 1 ? "once" : "\(history.amendments) times"
      lines.append(
        history.amendments == 0
          ? "\(history.document): posted on \(first.postedOn), never amended"
          : "\(history.document): posted on \(first.postedOn), amended \(times), last on \(last.postedOn)")
    } else {
      lines.append("\(history.document): nothing was posted yet")
    }
    for entry in history.entries {
      lines.append("")
      lines.append(
        "version \(entry.version)" + (entry.follows.map { ", after \($0)" } ?? ", the first one")
          + (entry.isWithdrawn ? "; what was pending of it was withdrawn" : ""))
      lines.append("  posted    \(entry.posting.happenedAt), recorded \(entry.posting.recordedAt)")
      lines.append("  text      SHA-256 \(entry.sha256)")
      lines.append("  act       \(entry.posting.sequence), leaf \(MerkleHash.leaf(entry.line.json))")
      lines.append(
        entry.proof.map { "  proof     \($0.hashes.count) hashes up to the signed root, verified" }
          ?? "  proof     none yet: the act is not under a signed state; run 'tenor checkpoint'")
    }
    lines.append("")
    for key in history.keys.dropFirst() {
      lines.append("the log's key was handed over in act \(key.key.sequence), to \(key.key.key.encoded)")
    }
    lines.append("signed with \(history.key.encoded):")
    lines.append(history.checkpoint.note.encoded.trimmingSuffix { $0.isNewline })
    text = lines.joined(separator: "\n")
  }
}

extension String {
  fileprivate func trimmingSuffix(_ isTrimmed: (Character) -> Bool) -> String {
    var text = self[...]
    while let last = text.last, isTrimmed(last) { text.removeLast() }
    return String(text)
  }
}

/// A certified history for programs: all that somebody needs to check it without us.
struct CertifiedHistoryJSON: Encodable {
  struct Version: Encodable {
    let version: VersionLabel
    let follows: VersionLabel?
    let postedOn: CalendarDate
    let postedAt: Instant
    let recordedAt: Instant
    let sha256: String
    let withdrawn: Bool
    let act: Int64
    /// The act as the log has it, byte for byte: its leaf hash is taken over this.
    let entry: String
    let leaf: String
    /// C2SP tlog-proof; `null` where the act is not under the checkpoint yet.
    let proof: String?
  }

  struct Key: Encodable {
    let key: String
    let act: Int64
    /// The act as the log has it, byte for byte: the key it adopted, or the note by which the one before handed over.
    let entry: String
    let leaf: String
    /// C2SP tlog-proof; `null` where the act is not under the checkpoint yet.
    let proof: String?
  }

  let document: DocumentSlug
  let postings: Int
  let amendments: Int
  let key: String
  /// How the log came by its keys, the first one first.
  let keys: [Key]
  let checkpoint: String
  let versions: [Version]

  init(_ history: CertifiedHistory) {
    document = history.document
    postings = history.entries.count
    amendments = history.amendments
    key = history.key.encoded
    checkpoint = history.checkpoint.note.encoded
    keys = history.keys.map { act in
      Key(
        key: act.key.key.encoded, act: act.key.sequence, entry: String(decoding: act.line.json, as: UTF8.self),
        leaf: MerkleHash.leaf(act.line.json).description, proof: act.proof?.encoded)
    }
    versions = history.entries.map { entry in
      Version(
        version: entry.version, follows: entry.follows, postedOn: entry.postedOn, postedAt: entry.posting.happenedAt,
        recordedAt: entry.posting.recordedAt, sha256: entry.sha256, withdrawn: entry.isWithdrawn,
        act: entry.posting.sequence, entry: String(decoding: entry.line.json, as: UTF8.self),
        leaf: MerkleHash.leaf(entry.line.json).description, proof: entry.proof?.encoded)
    }
  }
}
