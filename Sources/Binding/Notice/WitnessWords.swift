internal import TermsModel

/// Who bears witness to a notice, as it is told: a folder by its own name, since the way to it is the operator's, and no
/// developer's to know.
///
/// Notices that were put into a folder by earlier programs are on record with the whole way. The record stays as it is.
package enum WitnessWords {
  package static func of(_ witness: String) -> String {
    let mark = "folder "
    guard witness.hasPrefix(mark), let name = witness.dropFirst(mark.count).split(separator: "/").last else {
      return witness
    }
    return mark + name
  }
}

extension EvidenceLevel {
  /// The level as it is told: what is assumed is shown as assumed (section 3.1, rule 4).
  var words: String { "level \(rawValue)" + (self <= .accepted ? ", assumed" : "") }
}
