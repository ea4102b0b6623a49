internal import Foundation
internal import HTTPTypes
internal import Hummingbird

/// What a form with a file sent (RFC 7578): its parts by their names, each given once.
struct MultipartForm: Sendable {
  struct Part: Sendable {
    /// As the sender's machine calls the file; `nil` of a plain field.
    let fileName: String?
    let bytes: ArraySlice<UInt8>
  }

  let parts: [String: Part]

  /// A form of ours has a few.
  private static let mostParts = 20

  /// - Throws: a problem: 400 where it cannot be read, 413 where it is too large.
  init(_ request: Request, _ context: WebContext, boundary: String) async throws {
    let buffer = try await request.wholeBody(context)
    try self.init(Array(buffer.readableBytesView), boundary: boundary)
  }

  init(_ bytes: [UInt8], boundary: String) throws {
    let delimiter = Array("\r\n--\(boundary)".utf8)
    // The first delimiter needs no line before it; what stands before it, and after the last one, is nobody's (RFC 2046, 5.1.1).
    let body = Array("\r\n".utf8) + bytes
    var parts: [String: Part] = [:]
    guard var start = body.firstRange(of: delimiter)?.upperBound else { throw Self.unreadable }
    while !body[start...].starts(with: Array("--".utf8)) {
      guard let end = body[start...].firstRange(of: delimiter), parts.count < Self.mostParts else {
        throw Self.unreadable
      }
      let (name, part) = try Self.part(body[start..<end.lowerBound])
      guard parts.updateValue(part, forKey: name) == nil else { throw Self.unreadable }
      start = end.upperBound
    }
    guard !parts.isEmpty else { throw Self.unreadable }
    self.parts = parts
  }

  /// - Parameter bytes: what stands between the boundaries, with the rest of the first one's line.
  private static func part(_ bytes: ArraySlice<UInt8>) throws -> (String, Part) {
    // Blanks may follow a boundary.
    let bytes = bytes.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    guard bytes.starts(with: Array("\r\n".utf8)), let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)),
      let head = String(validating: bytes[..<end.lowerBound], as: UTF8.self)
    else { throw unreadable }
    let line = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-disposition:") }
    guard let line, let name = parameter("name", of: line) else { throw unreadable }
    return (name, Part(fileName: parameter("filename", of: line), bytes: bytes[end.upperBound...]))
  }

  /// A quoted parameter, with the two escapes that browsers write (RFC 7578, 4.2).
  private static func parameter(_ name: String, of line: Substring) -> String? {
    guard let start = line.firstRange(of: "; \(name)=\"")?.upperBound, let end = line[start...].firstIndex(of: "\"")
    else {
      return nil
    }
    return String(line[start..<end]).replacing("%22", with: "\"")
  }

  private static var unreadable: Problem { .badRequest("Unreadable form", "The form is not multipart/form-data.") }

  /// The boundary in a content type; `nil` where it is of another type.
  static func boundary(of type: String?) -> String? {
    guard let type, type.lowercased().hasPrefix("multipart/form-data"),
      let start = type.firstRange(of: "boundary=")?.upperBound
    else { return nil }
    let boundary = type[start...].prefix { $0 != ";" }.trimmingCharacters(in: CharacterSet(charactersIn: "\" "))
    return (1...70).contains(boundary.utf8.count) ? boundary : nil
  }
}
