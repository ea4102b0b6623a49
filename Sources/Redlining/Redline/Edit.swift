/// A run of text that both sides share, or that only one of them has.
package struct Edit: Hashable, Sendable, Codable {
  package enum Operation: String, Hashable, Sendable, Codable {
    case equal, delete, insert
  }

  package let op: Operation
  package let text: String

  package init(op: Operation, text: String) {
    self.op = op
    self.text = text
  }
}

extension Edit {
  /// The edits of the way back; a deletion still stands before the insertion that takes its place.
  static func inverse(of edits: [Edit]) -> [Edit] {
    var inverse: [Edit] = []
    for edit in edits {
      switch edit.op {
      case .equal: inverse.append(edit)
      case .delete: inverse.append(Edit(op: .insert, text: edit.text))
      case .insert:
        let deletion = Edit(op: .delete, text: edit.text)
        if let last = inverse.last, last.op == .insert {
          inverse[inverse.count - 1] = deletion
          inverse.append(last)
        } else {
          inverse.append(deletion)
        }
      }
    }
    return inverse
  }
}
