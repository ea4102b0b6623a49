internal import ChildPrograms
internal import Foundation
internal import TermsModel
internal import TermsOperations
internal import TermsParsing

/// The wordings of one file through the commits of a git repository, dated by their commits.
struct GitHistory {
  let repository: String
  let path: String

  func terms(as slug: DocumentSlug, title: String?) throws -> ImportedTerms {
    let log = try git("log", "--format=%H %cI", "--reverse", "--", path)
    let commits = String(decoding: log, as: UTF8.self).split(separator: "\n")
    guard !commits.isEmpty else {
      throw FileRefusal(
        file: path, cause: "no commit of '\(repository)' touches it; name it from the repository's root")
    }
    let versions = commits.compactMap { line -> ImportedTerms.Version? in
      let parts = line.split(separator: " ").map(String.init)
      guard parts.count == 2, let moment = Instant(parts[1]) else { return nil }
      // A commit that deleted the file holds no wording.
      guard let text = try? git("show", "\(parts[0]):\(path)") else { return nil }
      return ImportedTerms.Version(origin: "\(parts[0].prefix(12)):\(path)", postedAt: moment, text: text)
    }
    let settings = DocumentSettings(profile: ShippedProfiles.standard)
    return ImportedTerms(
      document: Document(slug: slug, title: title ?? slug.rawValue, settings: settings), statesSettings: false,
      versions: versions)
  }

  private func git(_ arguments: String...) throws -> [UInt8] {
    guard let program = ChildProcess.path(of: "git") else { throw RepositoryFault.noGit }
    let ending = try ChildProcess(path: program, arguments: ["-C", repository] + arguments).waited()
    guard ending.code == 0 else {
      throw RepositoryFault.gitFailed(
        command: "git " + arguments.joined(separator: " "),
        message: String(decoding: ending.errors, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
    }
    return ending.output
  }
}
