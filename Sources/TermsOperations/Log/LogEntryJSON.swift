package import TermsModel
internal import Transparency

extension LogEntry {
  /// The entry's canonical JSON (RFC 8785): the act's members, with `sequence`, `recordedAt`, `happenedAt` and `actor`.
  ///
  /// These are the bytes that the log's leaf hash is taken over. They depend on nothing but the arguments.
  /// - Throws: ``CanonicalJSONError`` where a number is too large for JSON.
  package static func json(of act: Act, on occasion: Occasion, by actor: String) throws -> [UInt8] {
    var members = try act.members()
    members["sequence"] = .integer(Int(occasion.sequence))
    members["recordedAt"] = .string(occasion.recordedAt.description)
    members["happenedAt"] = .string(occasion.happenedAt.description)
    members["actor"] = .string(actor)
    return try CanonicalJSON.object(members).encoded()
  }

  /// Reads an entry back, and demands that writing it again gives the same bytes: nothing in it may go unread.
  package init(json bytes: [UInt8]) throws(LogFormatError) {
    let value: CanonicalJSON
    do throws(CanonicalJSONError) {
      value = try CanonicalJSON(parsing: bytes)
    } catch {
      throw .notJSON("\(error)")
    }
    guard case .object(var members) = value else { throw .notJSON("it is no object") }
    let reader = MemberReader(members: members)
    let occasion = Occasion(
      happenedAt: try reader.instant("happenedAt"), recordedAt: try reader.instant("recordedAt"),
      sequence: Int64(try reader.integer("sequence")))
    let actor = try reader.text("actor")
    for name in ["sequence", "recordedAt", "happenedAt", "actor"] { members[name] = nil }
    let act = try Act(members: members)
    guard let again = try? Self.json(of: act, on: occasion, by: actor), again == bytes else { throw .notCanonical }
    self.init(
      occasion: occasion, actor: actor, act: act, leafHash: MerkleHash.leaf(bytes).description)
  }
}
