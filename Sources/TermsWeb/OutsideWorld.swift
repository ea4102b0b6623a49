internal import TermsModel
package import TermsOperations

/// What the service needs beside the record; each thing is left out where it is not to be had.
package struct OutsideWorld: Sendable {
  let converter: (any DraftConverter)?
  let trialMail: (any TrialMail)?

  package init(converter: (any DraftConverter)? = nil, trialMail: (any TrialMail)? = nil) {
    self.converter = converter
    self.trialMail = trialMail
  }

  /// A draft in another format as Markdown, written as the text that stands of the document is.
  func markdown(
    from bytes: [UInt8], _ format: DraftFormat, of slug: DocumentSlug, _ registry: TermsRegistry
  ) async throws -> String {
    guard let converter else { throw DraftConversionRefusal.noConverter }
    return try await registry.inStandingDress(
      try await converter.markdown(from: bytes, format: format), of: slug)
  }

  /// An uploaded draft as Markdown, by the ending of its name.
  func markdown(
    fromFile name: String, _ bytes: [UInt8], of slug: DocumentSlug, _ registry: TermsRegistry
  ) async throws -> String {
    if let format = DraftFormat(fileName: name) { return try await markdown(from: bytes, format, of: slug, registry) }
    guard [".md", ".markdown", ".txt"].contains(where: name.lowercased().hasSuffix) else {
      throw DeskRefusal.unknownFormat(file: name)
    }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw DeskRefusal.notText(file: name) }
    return text.replacing("\r\n", with: "\n")
  }
}
