internal import Foundation
internal import TermsModel
internal import TermsOperations
internal import TermsParsing

/// Terms laid out in files: a folder of documents, one document's folder, or one Markdown file.
///
/// A document's folder holds `document.yaml` and one Markdown file a version, named by its posting date
/// (`2025-12-17.md`); it counts as posted at nine in the morning of the document's zone. Other files and folders, such as
/// drafts, are left alone.
struct TermsFolder {
  let path: String

  /// The hour at which a version counts as posted, of which only the date is known.
  private static let postingHour: Int64 = 9

  func documents() throws -> [ImportedTerms] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw ReadingRefusal.noSuchFile(path)
    }
    guard isFolder.boolValue else { return [try singleFile()] }
    if exists(path + "/document.yaml") { return [try document(in: path)] }
    let found = try names(in: path).map { path + "/" + $0 }.filter { exists($0 + "/document.yaml") }
    guard !found.isEmpty else {
      throw FileRefusal(
        file: path, cause: "no document.yaml here or in the folders below; see Terms/README.md for the layout")
    }
    return try found.map(document)
  }

  private func document(in folder: String) throws -> ImportedTerms {
    let file = folder + "/document.yaml"
    let name = URL(fileURLWithPath: folder).lastPathComponent
    let parsed: DocumentYAML
    do {
      parsed = try DocumentYAML.parse(String(decoding: try FileReading.bytes(of: file), as: UTF8.self), in: name)
    } catch let error as SettingsError {
      throw FileRefusal(file: file, cause: "\(error)")
    }
    guard let slug = parsed.slug ?? DocumentSlug(rawValue: name) else {
      throw FileRefusal(
        file: file, cause: "it names no slug, and the folder's name '\(name)' is none: \(DocumentSlug.form)")
    }
    let versions = try names(in: folder).compactMap { name -> ImportedTerms.Version? in
      guard name.hasSuffix(".md"), let date = CalendarDate(String(name.dropLast(3))) else { return nil }
      return version(
        try FileReading.bytes(of: folder + "/" + name), on: date, in: parsed.settings, origin: folder + "/" + name)
    }
    return ImportedTerms(
      document: Document(slug: slug, title: parsed.title, settings: parsed.settings), statesSettings: true,
      versions: versions)
  }

  /// A Markdown file by itself: its slug from the file's name, its date from the name's end, else from its "Updated" line.
  private func singleFile() throws -> ImportedTerms {
    let text = try FileReading.bytes(of: path)
    let stem = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
    let dated = CalendarDate(String(stem.suffix(10)))
    let name = dated == nil ? stem : String(stem.dropLast(stem.count == 10 ? 10 : 11))
    let slugText = name.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? String($0) : "-" }.joined()
      .split(separator: "-").joined(separator: "-")
    guard let slug = DocumentSlug(rawValue: slugText) else {
      throw FileRefusal(file: path, cause: "its name makes no slug; name it as connector-terms-2025-06-04.md")
    }
    guard let date = dated else {
      throw FileRefusal(
        file: path,
        cause: "its name does not end in a date; name it as \(slug)-2025-06-04.md, or publish it with --posted-at")
    }
    let settings = DocumentSettings(profile: ShippedProfiles.standard)
    let wording: Wording
    do {
      wording = try MarkdownParser.parse(text)
    } catch {
      throw FileRefusal(file: path, cause: "\(error)")
    }
    let document = Document(slug: slug, title: wording.title ?? slug.rawValue, settings: settings)
    return ImportedTerms(
      document: document, statesSettings: false, versions: [version(text, on: date, in: settings, origin: path)])
  }

  private func version(_ text: [UInt8], on date: CalendarDate, in settings: DocumentSettings, origin: String)
    -> ImportedTerms.Version
  {
    let posted = settings.zone.firstMoment(of: date).adding(seconds: Self.postingHour * 3600)
    return ImportedTerms.Version(origin: origin, postedAt: posted, text: text)
  }

  private func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
}
