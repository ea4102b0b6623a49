internal import TermsModel
internal import Transparency

extension LogAct {
  /// The act's name in the log.
  var name: String {
    switch self {
    case .keyAdopted: "key-adopted"
    case .keyRotated: "key-rotated"
    case .checkpointSigned: "checkpoint-signed"
    case .checkpointWitnessed(_, .cosignature): "checkpoint-cosigned"
    case .checkpointWitnessed(_, .timestamp): "checkpoint-timestamped"
    case .witnessDropped: "witness-dropped"
    }
  }

  /// What the act is about, for people who look through the log: the log's name, and which state of it.
  var subject: String {
    switch self {
    case .keyAdopted(let key), .keyRotated(let key, _): key.name
    case .checkpointSigned(let size, _), .checkpointWitnessed(let size, _): "log@\(size)"
    case .witnessDropped(let act, _): "act \(act)"
    }
  }

  func write(to members: inout CanonicalJSON.Members) {
    switch self {
    case .keyAdopted(let key): members["key"] = .string(key.encoded)
    case .keyRotated(let key, let handover):
      members["key"] = .string(key.encoded)
      members["handover"] = .string(handover.encoded)
    case .checkpointSigned(let size, let note):
      members["size"] = .integer(size)
      members["note"] = .string(note.encoded)
    case .checkpointWitnessed(let size, .cosignature(let key, let note)):
      members["size"] = .integer(size)
      members["key"] = .string(key)
      members["note"] = .string(note.encoded)
    case .checkpointWitnessed(let size, .timestamp(let source, let reply)):
      members["size"] = .integer(size)
      members["source"] = .string(source)
      members["reply"] = .string(SHA256Hex.text(of: reply))
    case .witnessDropped(let act, let reason):
      members["witness"] = .integer(Int(act))
      members["reason"] = .string(reason)
    }
  }

  /// The act of that name; `nil` where it is none about the log.
  init?(_ name: String, _ reader: MemberReader) throws(LogFormatError) {
    switch name {
    case "key-adopted": self = .keyAdopted(try reader.key("key"))
    case "key-rotated": self = .keyRotated(to: try reader.key("key"), handover: try reader.note("handover"))
    case "checkpoint-signed":
      self = .checkpointSigned(size: try reader.integer("size"), note: try reader.note("note"))
    case "checkpoint-cosigned":
      self = .checkpointWitnessed(
        size: try reader.integer("size"),
        .cosignature(key: try reader.text("key"), note: try reader.note("note")))
    case "checkpoint-timestamped":
      guard let reply = SHA256Hex.bytes(of: try reader.text("reply")) else {
        throw .invalid(member: "reply", expected: "bytes in hexadecimal")
      }
      self = .checkpointWitnessed(
        size: try reader.integer("size"), .timestamp(source: try reader.text("source"), reply: reply))
    case "witness-dropped":
      self = .witnessDropped(act: Int64(try reader.integer("witness")), reason: try reader.text("reason"))
    default: return nil
    }
  }
}

extension MemberReader {
  fileprivate func key(_ name: String) throws(LogFormatError) -> NoteVerifyingKey {
    let text = try text(name)
    do throws(NoteError) {
      return try NoteVerifyingKey(parsing: text)
    } catch {
      throw .invalid(member: name, expected: "a key of the form NAME+ID+KEY")
    }
  }

  fileprivate func note(_ name: String) throws(LogFormatError) -> SignedNote {
    let text = try text(name)
    do throws(NoteError) {
      return try SignedNote(parsing: text)
    } catch {
      throw .invalid(member: name, expected: "a signed note (\(error))")
    }
  }
}
