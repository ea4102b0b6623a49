package import TermsModel
internal import Transparency

/// What a bundle of evidence is about, and what is in it: its file `manifest.json`, canonical JSON (RFC 8785).
package struct EvidenceManifest: Hashable, Sendable, Codable {
  /// A file of the bundle, the manifest itself left out.
  package struct File: Hashable, Sendable, Codable {
    package let path: String
    package let bytes: Int
    /// SHA-256 in lower-case hexadecimal.
    package let sha256: String
  }

  /// Bytes to which an act is bound by their hash, and which are not here.
  package struct Absence: Hashable, Sendable, Codable {
    package enum Reason: String, Hashable, Sendable, Codable {
      /// Erased with the developer's name and address; the act that says so is in the bundle.
      case erased
      /// Never kept: handed over by a program that kept hashes alone, or by other means.
      case notKept = "not-kept"
    }

    package enum Kind: String, Hashable, Sendable, Codable {
      case letter, report
    }

    package let act: Int64
    package let kind: Kind
    package let sha256: String
    package let reason: Reason
  }

  /// The first and only format so far.
  static let currentFormat = "tenor-evidence/1"
  /// Which wording of the pages this program writes; another program's pages are not compared with its own.
  static let currentPages = "tenor 0.1.0, 1"

  package let format: String
  package let pages: String
  /// The name of the log.
  package let log: String
  package let developer: DeveloperID
  package let document: DocumentSlug
  /// The day or the moment in question, as it was asked for.
  package let at: String
  package let knownAt: Instant
  /// How many acts the checkpoint covers.
  package let size: Int
  package let absent: [Absence]
  /// Notices that give no notice of their version where the log does not say so itself; only of acts that programs before
  /// the log said it recorded. The operator's word stands for it, and no proof.
  package let quiet: [Int64]
  package let files: [File]

  package static let path = "manifest.json"

  /// The bytes of the file.
  func encoded() throws -> [UInt8] { try CanonicalJSON(encoding: self).encoded() }

  var askedMoment: AskedMoment? {
    CalendarDate(at).map(AskedMoment.date) ?? Instant(at).map(AskedMoment.instant)
  }
}
