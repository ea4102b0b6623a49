internal import TermsModel

/// An edit as programs are shown it.
///
/// Edits are shown as they are, with one exception: where nothing but dress changed, a quotation mark or an apostrophe in
/// another shape is still the same mark, and is shown as equal in its new shape with the former one beside it as `was`.
/// So nothing that a reader takes for a word goes or comes in a change of dress, and still both texts can be put together:
/// the equal edits in their former shapes and the delete edits give the before text, the equal and insert edits the after
/// text. A reader of JSON for whom the shape of such a mark is a word switches that folding off.
struct ShownEdit: Equatable {
  var op: Edit.Operation
  var text: String
  /// The former shape, where it is another.
  var was: String?

  /// The edits of a change as they are shown.
  static func edits(of change: Change) -> [ShownEdit] {
    let edits = change.edits.map { ShownEdit(op: $0.op, text: $0.text) }
    guard change.kind == .formatting else { return edits }
    var shown: [ShownEdit] = []
    for edit in edits {
      guard edit.op == .insert, let last = shown.last, last.op == .delete,
        let parts = sameMarks(last.text, edit.text)
      else {
        shown.append(edit)
        continue
      }
      shown.removeLast()
      shown += parts
    }
    return shown
  }

  /// What was put in another's place, with the quotation marks that both have kept in their places; `nil` where they do
  /// not have the same marks, or none.
  private static func sameMarks(_ old: String, _ new: String) -> [ShownEdit]? {
    let (olds, news) = (cut(old), cut(new))
    guard olds.count == news.count, olds.count > 1,
      zip(olds, news).allSatisfy({ $0.mark.map(Scalar.quoteShape) == $1.mark.map(Scalar.quoteShape) })
    else { return nil }
    var parts: [ShownEdit] = []
    for (old, new) in zip(olds, news) {
      if old.text.utf8.elementsEqual(new.text.utf8) {
        if !old.text.isEmpty { parts.append(ShownEdit(op: .equal, text: old.text)) }
      } else {
        if !old.text.isEmpty { parts.append(ShownEdit(op: .delete, text: old.text)) }
        if !new.text.isEmpty { parts.append(ShownEdit(op: .insert, text: new.text)) }
      }
      guard let (was, mark) = old.mark.flatMap({ was in new.mark.map { (was, $0) } }) else { continue }
      parts.append(ShownEdit(op: .equal, text: String(mark), was: was == mark ? nil : String(was)))
    }
    return parts
  }

  /// A text cut behind each of its quotation marks; the last piece has none.
  private static func cut(_ text: String) -> [(text: String, mark: Unicode.Scalar?)] {
    var pieces: [(String, Unicode.Scalar?)] = []
    var piece = ""
    for scalar in text.unicodeScalars {
      if Scalar.quoteShape(of: scalar) == nil {
        piece.unicodeScalars.append(scalar)
      } else {
        pieces.append((piece, scalar))
        piece = ""
      }
    }
    return pieces + [(piece, nil)]
  }
}
