internal import ChildPrograms
internal import TermsOperations

/// Word, OpenDocument and HTML read by pandoc: without files or a network in its reach, in bounded time and memory.
struct Pandoc: DraftConverter {
  /// The program; looked for along the path where it is a plain name.
  var program = "pandoc"
  var seconds = 20
  /// Of pandoc's heap, in megabytes.
  var megabytes = 512

  /// Markdown with pipe tables, from which HTML is left out.
  private static let target = "gfm-raw_html"
  /// A text of terms, many times over: its tree takes much more room than its words.
  private static let mostBytes = 32 * 1024 * 1024

  func markdown(from bytes: [UInt8], format: DraftFormat) async throws -> String {
    guard let path = ChildProcess.path(of: program) else { throw DraftConversionRefusal.noConverter }
    let read = try await run(path, ["--from", format.rawValue, "--to", "json"], bytes, format)
    guard let tree = PandocTree(json: read) else {
      throw DraftConversionRefusal.unreadable(format, reason: "pandoc wrote down no tree of it")
    }
    let written = try await run(
      path, ["--from", "json", "--to", Self.target, "--wrap", "none", "--markdown-headings", "atx"], try tree.json(),
      format)
    let text = PandocMarkdown.tidied(String(decoding: written, as: UTF8.self))
    guard !text.allSatisfy(\.isWhitespace) else { throw DraftConversionRefusal.noText(format) }
    return text
  }

  private func run(
    _ path: String, _ arguments: [String], _ input: [UInt8], _ format: DraftFormat
  ) async throws -> [UInt8] {
    // No secret of this process's environment is the converter's business.
    let child = ChildProcess(
      path: path, arguments: ["--sandbox"] + arguments + ["+RTS", "-M\(megabytes)M", "-RTS"],
      variables: .only(["PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8"]), seconds: seconds, mostOutput: Self.mostBytes)
    let ending = try await child.run(input: input)
    switch ending.code {
    case 0: break
    case nil: throw DraftConversionRefusal.takesTooLong(format, seconds: seconds)
    // The Haskell runtime's own: the heap is full.
    case 251: throw DraftConversionRefusal.tooLarge(format)
    default: throw DraftConversionRefusal.unreadable(format, reason: Self.reason(ending))
    }
    guard ending.output.count < Self.mostBytes else { throw DraftConversionRefusal.tooLarge(format) }
    return ending.output
  }

  private static func reason(_ ending: ChildProcess.Ending) -> String {
    let line = String(decoding: ending.errors, as: UTF8.self).split(whereSeparator: \.isNewline).first
    return line.map { String($0.prefix(200)) } ?? "pandoc ended with \(ending.code ?? -1)"
  }
}
