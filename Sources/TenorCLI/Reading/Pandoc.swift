internal import ChildPrograms
internal import TermsOperations

/// Word, OpenDocument and HTML read by pandoc: without files or a network in its reach, in bounded time and memory.
struct Pandoc: DraftConverter {
  /// The program; looked for along the path where it is a plain name.
  var program = "pandoc"
  var seconds = 20
  /// Of pandoc's heap, in megabytes.
  var megabytes = 512

  /// Markdown in which lists keep the letters they are numbered by, and from which HTML is left out.
  private static let target = "markdown_strict-raw_html+fancy_lists+startnum+pipe_tables+backtick_code_blocks"
  /// A text of terms, many times over.
  private static let mostBytes = 8 * 1024 * 1024

  func markdown(from bytes: [UInt8], format: DraftFormat) async throws -> String {
    guard let path = ChildProcess.path(of: program) else { throw DraftConversionRefusal.noConverter }
    let arguments = [
      "--sandbox", "--from", format.rawValue, "--to", Self.target, "--wrap", "none", "--markdown-headings", "atx",
      "+RTS", "-M\(megabytes)M", "-RTS",
    ]
    // No secret of this process's environment is the converter's business.
    let child = ChildProcess(
      path: path, arguments: arguments, variables: .only(["PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8"]), seconds: seconds,
      mostOutput: Self.mostBytes)
    let ending = try await child.run(input: bytes)
    switch ending.code {
    case 0: break
    case nil: throw DraftConversionRefusal.takesTooLong(format, seconds: seconds)
    // The Haskell runtime's own: the heap is full.
    case 251: throw DraftConversionRefusal.tooLarge(format)
    default: throw DraftConversionRefusal.unreadable(format, reason: Self.reason(ending))
    }
    guard ending.output.count < Self.mostBytes else { throw DraftConversionRefusal.tooLarge(format) }
    let text = String(decoding: ending.output, as: UTF8.self)
    guard !text.allSatisfy(\.isWhitespace) else { throw DraftConversionRefusal.noText(format) }
    return text
  }

  private static func reason(_ ending: ChildProcess.Ending) -> String {
    let line = String(decoding: ending.errors, as: UTF8.self).split(whereSeparator: \.isNewline).first
    return line.map { String($0.prefix(200)) } ?? "pandoc ended with \(ending.code ?? -1)"
  }
}
