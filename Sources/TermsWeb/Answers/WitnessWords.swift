internal import TermsModel

/// Who bears witness to a notice, as developers are told: a folder by its own name, since the way to it is the operator's.
///
/// Notices that were put into a folder by earlier programs are on record with the whole way.
enum WitnessWords {
  static func of(_ witness: String) -> String {
    let mark = "folder "
    guard witness.hasPrefix(mark), let name = witness.dropFirst(mark.count).split(separator: "/").last else {
      return witness
    }
    return mark + name
  }

  /// Words that name the witnesses of notices, with every folder by its own name.
  static func shortened(_ words: String, _ notices: [Fact<NoticeStep>]) -> String {
    var words = words
    for notice in notices {
      guard case .received(_, let witness) = notice.value.event else { continue }
      let short = of(witness)
      if short != witness { words = words.replacing(witness, with: short) }
    }
    return words
  }
}
