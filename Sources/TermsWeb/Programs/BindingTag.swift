internal import Hummingbird
internal import NIOCore
internal import TermsModel
internal import TermsOperations
internal import Transparency

/// The tag of what binds a developer now, from which it is known without the answer whether the answer still holds: by the last
/// act that it can rest on, and the moment at which it changes by itself. It carries what the answer says in its head, and a
/// code over all of it: what an answer says is what we know, and never what somebody claims to have been told.
struct BindingTag: Hashable, Sendable {
  let program: String
  let sequence: Int64
  /// What tells the act from others of its number, and the developer from others.
  let fingerprint: String
  /// `nil` where no such moment is in sight.
  let until: Instant?
  let head: DeveloperHeaders

  init(program: String, sequence: Int64, fingerprint: String, until: Instant?, head: DeveloperHeaders) {
    self.program = program
    self.sequence = sequence
    self.fingerprint = fingerprint
    self.until = until
    self.head = head
  }

  /// No part holds a colon.
  func text(signedWith key: [UInt8]) -> String {
    let words = [
      "b", program, "\(sequence)", fingerprint, until.map { "\($0.milliseconds)" } ?? "", head.document.rawValue,
      head.version?.rawValue ?? "", head.pending?.rawValue ?? "", head.pendingOn?.description ?? "",
    ].joined(separator: ":")
    return "W/\"\(words):\(Self.code(over: Array(words.utf8), key: key))\""
  }

  /// - Parameter words: begin with `b:`, as nothing else does that is signed with this key.
  private static func code(over words: [UInt8], key: [UInt8]) -> String {
    SHA256Hex.text(of: KeyedHash.bytes(of: words, key: key).prefix(16))
  }

  /// The first tag of this kind that the asker has, and its text.
  static func given(in request: Request, program: String, key: [UInt8]) -> (tag: BindingTag, text: String)? {
    for text in EntityTag.given(in: request.headers[values: .ifNoneMatch]) {
      if let tag = BindingTag(text, program: program, key: key) { return (tag, text) }
    }
    return nil
  }

  // By bytes: letter by letter this takes longer than what the record is asked.
  init?(_ text: String, program: String, key: [UInt8]) {
    let (begin, end, colon) = (Array("W/\"b:".utf8), UInt8(ascii: "\""), UInt8(ascii: ":"))
    let bytes = Array(text.utf8)
    guard bytes.starts(with: begin), bytes.count > begin.count, bytes.last == end,
      let last = bytes.lastIndex(of: colon)
    else { return nil }
    let words = Array(bytes[3..<last])
    guard
      areEqualInConstantTime(
        String(decoding: bytes[(last + 1)..<(bytes.count - 1)], as: UTF8.self), Self.code(over: words, key: key))
    else { return nil }
    let parts = words.split(separator: colon, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
    guard parts.count == 9, parts[1] == program, let sequence = Int64(parts[2]),
      let document = DocumentSlug(rawValue: parts[5])
    else { return nil }
    let until = Int64(parts[4]).map(Instant.init(milliseconds:))
    let (version, pending) = (VersionLabel(rawValue: parts[6]), VersionLabel(rawValue: parts[7]))
    let pendingOn = CalendarDate(parts[8])
    // What is not read whole is no tag of ours.
    guard (until == nil) == parts[4].isEmpty, (version == nil) == parts[6].isEmpty,
      (pending == nil) == parts[7].isEmpty, (pendingOn == nil) == parts[8].isEmpty
    else { return nil }
    self.init(
      program: program, sequence: sequence, fingerprint: parts[3], until: until,
      head: DeveloperHeaders(document: document, version: version, pending: pending, pendingOn: pendingOn))
  }

  static func fingerprint(_ stamp: BindingStamp, about developer: DeveloperID) -> String {
    "\(stamp.fingerprint).\(SHA256Hex.digest(of: developer.rawValue).prefix(8))"
  }

  /// Whether the answer is still this one.
  func holds(
    _ stamp: BindingStamp, about developer: DeveloperID, of document: DocumentSlug?, at moment: Instant
  ) -> Bool {
    stamp.sequence == sequence && Self.fingerprint(stamp, about: developer) == fingerprint && !stamp.isAhead(of: moment)
      && until.map { moment < $0 } != false
      && (document == nil || document == head.document)
  }

  /// The answer to whoever has it already.
  /// - Parameter text: the tag's, as it was given.
  func unchanged(_ text: String, at moment: Instant, baseURL: String?) -> Answer {
    var answer = Answer.unchanged(tag: text, cached: Freshness.header(until: until, at: moment))
    head.add(to: &answer.headers, baseURL: baseURL)
    return answer
  }
}
