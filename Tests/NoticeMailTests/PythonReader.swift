import Foundation
import Testing

/// A second opinion on our messages: Python's own mail library.
enum PythonReader {
  struct Reading: Decodable {
    let defects: [String]
    let fields: [String: String]
    /// The decoded text of each part, by its type.
    let parts: [String: String]
    /// Name and address, parted by a bar.
    let to: String
  }

  static let path = ["/usr/bin/python3", "/usr/local/bin/python3"].first(
    where: FileManager.default.isExecutableFile(atPath:))

  /// Whether Python is there; says so loudly where it is not.
  static let isPresent: Bool = {
    if path == nil { print("SKIPPED: no python3, so no second opinion on messages; install python3") }
    return path != nil
  }()

  private static let program = """
    import email, email.header, email.policy, email.utils, json, sys
    raw = sys.stdin.buffer.read()
    message = email.message_from_bytes(raw, policy=email.policy.default)
    defects = []
    for part in message.walk():
        defects += [repr(d) for d in part.defects]
        for name, value in part.items():
            defects += [name + ": " + repr(d) for d in value.defects]
    # Before 3.13 the new interface puts spaces between the encoded words of a long name; the old one reads them right.
    name, address = email.utils.parseaddr(email.message_from_bytes(raw)["to"])
    print(json.dumps({
        "defects": defects,
        "fields": {name.lower(): str(value) for name, value in message.items()},
        "parts": {p.get_content_type(): p.get_content().replace("\\r\\n", "\\n") for p in message.walk() if not p.is_multipart()},
        "to": str(email.header.make_header(email.header.decode_header(name))) + "|" + address,
    }))
    """

  static func read(_ bytes: [UInt8]) throws -> Reading {
    let process = Process()
    process.executableURL = URL(filePath: try #require(path))
    process.arguments = ["-c", program]
    process.environment = ["PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1"]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: Data(bytes))
    try input.fileHandleForWriting.close()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return try JSONDecoder().decode(Reading.self, from: data)
  }
}
