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
      /// `reply` is what a mail system said of a try: its hash is the salted one of the act.
      case letter, report, reply
    }

    package let act: Int64
    package let kind: Kind
    package let sha256: String
    package let reason: Reason
  }

  /// What somebody outside said of a state of the log that the bundle's own checkpoint continues.
  package struct Witness: Hashable, Sendable, Codable {
    package enum Kind: String, Hashable, Sendable, Codable {
      case cosignature, timestamp
    }

    /// The act that put it on record; it comes after the state that it is about, and need not be in the bundle.
    package let act: Int64
    package let kind: Kind
    /// Of how many acts the witnessed state is.
    package let size: Int
    /// The witness's public key, or where the time stamp was got.
    package let by: String
  }

  static let currentFormat = "tenor-evidence/3"
  /// The one before, of which some may be about: it has no replies, and does not say whether it is sealed.
  static let formerFormat = "tenor-evidence/2"
  /// Which wording of the pages this program writes. Another program's pages cannot be told from forged ones: they are never
  /// called sound.
  package static let currentPages = "tenor 0.1.0, 5"

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
  /// Whether a seal belongs to the bundle: the file `seal.txt`. `nil` in the former format alone.
  package let sealed: Bool?
  /// In the order of their acts.
  package let witnesses: [Witness]
  package let files: [File]

  package static let path = "manifest.json"

  /// The bytes of the file.
  func encoded() throws -> [UInt8] { try CanonicalJSON(encoding: self).encoded() }

  var askedMoment: AskedMoment? {
    CalendarDate(at).map(AskedMoment.date) ?? Instant(at).map(AskedMoment.instant)
  }
}
