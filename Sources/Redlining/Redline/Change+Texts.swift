extension Change {
  /// The words that the change is about as they were: its equal and delete edits joined.
  package var beforeText: String { Self.text(of: edits, leavingOut: .insert) }

  /// The words that the change is about as they are now: its equal and insert edits joined.
  package var afterText: String { Self.text(of: edits, leavingOut: .delete) }

  static func text(of edits: [Edit], leavingOut op: Edit.Operation) -> String {
    if edits.count == 1, edits[0].op != op { return edits[0].text }
    var text = ""
    for edit in edits where edit.op != op { text += edit.text }
    return text
  }
}
