internal import TermsModel

/// The targets of the links in a text.
enum LinkTargets {
  /// A target that a change gave another, took away or added.
  struct Changed: Hashable {
    var before: String?
    var after: String?
  }

  /// Which link targets a change changed, in the order of the text.
  static func changed(by change: Change) -> [Changed] {
    let (old, new) = (targets(in: change.beforeText), targets(in: change.afterText))
    guard change.kind != .inserted, change.kind != .deleted, old != new else { return [] }
    let difference = new.difference(from: old)
    var (gone, come): ([Int: String], [Int: String]) = ([:], [:])
    for step in difference {
      switch step {
      case .remove(let offset, let element, _): gone[offset] = element
      case .insert(let offset, let element, _): come[offset] = element
      }
    }
    // A link that kept its place among the links that stayed got another target.
    var changed: [Changed] = []
    var (i, j) = (0, 0)
    while i < old.count || j < new.count {
      if let before = gone[i], let after = come[j] {
        changed.append(Changed(before: before, after: after))
        (i, j) = (i + 1, j + 1)
      } else if let before = gone[i] {
        changed.append(Changed(before: before))
        i += 1
      } else if let after = come[j] {
        changed.append(Changed(after: after))
        j += 1
      } else {
        (i, j) = (i + 1, j + 1)
      }
    }
    return changed
  }

  /// The targets of `[words](target)` in a text.
  static func targets(in text: String) -> [String] {
    guard text.utf8.contains(UInt8(ascii: "]")) else { return [] }
    var text = text
    return text.withUTF8 { text in
      var targets: [String] = []
      var at = 0
      while at + 1 < text.count {
        guard text[at] == UInt8(ascii: "]"), let end = Tokenizer.targetEnd(text, from: at + 1) else {
          at += 1
          continue
        }
        targets.append(String(decoding: UnsafeBufferPointer(rebasing: text[(at + 2)..<(end - 1)]), as: UTF8.self))
        at = end
      }
      return targets
    }
  }
}
