/// The formats, beside Markdown, in which a draft may come.
package enum DraftFormat: String, Hashable, Sendable, CaseIterable {
  /// Office Open XML, as Word writes it.
  case docx
  /// OpenDocument text.
  case odt
  case html

  /// The format of a file by its name's ending; `nil` where it says none of these.
  package init?(fileName: String) {
    guard let dot = fileName.lastIndex(of: ".") else { return nil }
    switch fileName[fileName.index(after: dot)...].lowercased() {
    case "docx": self = .docx
    case "odt": self = .odt
    case "html", "htm": self = .html
    default: return nil
    }
  }
}

/// Turns a draft in another format into Markdown.
package protocol DraftConverter: Sendable {
  /// - Throws: ``DraftConversionRefusal``, or a fault.
  func markdown(from bytes: [UInt8], format: DraftFormat) async throws -> String
}

/// Why a draft is not turned into Markdown.
package enum DraftConversionRefusal: Refusal, Hashable {
  case noConverter
  case unreadable(DraftFormat, reason: String)
  case takesTooLong(DraftFormat, seconds: Int)
  case tooLarge(DraftFormat)
  case noText(DraftFormat)

  package var description: String {
    switch self {
    case .noConverter:
      "pandoc, which reads Word, OpenDocument and HTML, is not installed where the service runs; have it installed (Debian: "
        + "apt-get install pandoc), or give the text in Markdown"
    case .unreadable(let format, let reason):
      "the draft is no readable \(format.rawValue): \(reason); save it anew, or give the text in Markdown"
    case .takesTooLong(let format, let seconds):
      "reading the draft as \(format.rawValue) took longer than \(seconds) s; give the text in Markdown"
    case .tooLarge(let format):
      "the draft takes too much room when it is read as \(format.rawValue); leave pictures out, or give the text in Markdown"
    case .noText(let format):
      "the draft holds no text when it is read as \(format.rawValue); see whether it is the right file"
    }
  }
}
