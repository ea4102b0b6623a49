internal import Hummingbird
internal import NIOCore
internal import TermsModel
internal import TermsOperations

/// The tag of what binds a developer now, from which it is known without the answer whether the answer still holds: by the last
/// act that it can rest on, and the moment at which it changes by itself. It carries what the answer says in its head.
///
/// Whoever makes one up deceives nobody but themselves.
struct BindingTag: Hashable, Sendable {
  let program: String
  let sequence: Int64
  /// `nil` where no such moment is in sight.
  let until: Instant?
  let head: DeveloperHeaders

  init(program: String, sequence: Int64, until: Instant?, head: DeveloperHeaders) {
    self.program = program
    self.sequence = sequence
    self.until = until
    self.head = head
  }

  /// No part holds a colon.
  var text: String {
    let parts = [
      "b", program, "\(sequence)", until.map { "\($0.milliseconds)" } ?? "", head.document.rawValue,
      head.version?.rawValue ?? "", head.pending?.rawValue ?? "", head.pendingOn?.description ?? "",
    ]
    return "W/\"\(parts.joined(separator: ":"))\""
  }

  /// The first tag of this kind that the asker has.
  static func given(in request: Request, program: String) -> BindingTag? {
    for field in request.headers[values: .ifNoneMatch] {
      for part in field.split(separator: ",") {
        if let tag = BindingTag(part.trimmingSpaces(), program: program) { return tag }
      }
    }
    return nil
  }

  init?(_ text: String, program: String) {
    guard text.hasPrefix("W/\"b:"), text.hasSuffix("\"") else { return nil }
    let parts = text.dropFirst(3).dropLast().split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 8, parts[1] == program, let sequence = Int64(parts[2]),
      let document = DocumentSlug(rawValue: parts[4])
    else { return nil }
    let until = Int64(parts[3]).map(Instant.init(milliseconds:))
    let (version, pending) = (VersionLabel(rawValue: parts[5]), VersionLabel(rawValue: parts[6]))
    let pendingOn = CalendarDate(parts[7])
    // What is not read whole is no tag of ours.
    guard (until == nil) == parts[3].isEmpty, (version == nil) == parts[5].isEmpty,
      (pending == nil) == parts[6].isEmpty, (pendingOn == nil) == parts[7].isEmpty
    else { return nil }
    self.init(
      program: program, sequence: sequence, until: until,
      head: DeveloperHeaders(document: document, version: version, pending: pending, pendingOn: pendingOn))
  }

  /// Whether the answer is still this one.
  func holds(_ stamp: BindingStamp, of document: DocumentSlug?, at moment: Instant) -> Bool {
    stamp.sequence == sequence && !stamp.isAhead && until.map { moment < $0 } != false
      && (document == nil || document == head.document)
  }

  /// The answer to whoever has it already.
  func unchanged(at moment: Instant, baseURL: String?) -> Answer {
    var answer = Answer(
      bytes: ByteBuffer(), type: "application/json", cached: Freshness.header(until: until, at: moment))
    answer.headers[.eTag] = text
    head.add(to: &answer.headers, baseURL: baseURL)
    return answer
  }
}
