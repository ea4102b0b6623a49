internal import TermsModel

/// A clause while its range and role are still open.
///
/// It holds numbers only, so that it is copied without a count of references, and moved to its place in another text by
/// adding to them.
struct Draft {
  var place: Outline.Place
  /// Where its heading stands among the headings; -1 where it has none.
  @Narrow var heading = -1
  var headingLevel: UInt8 = 0
  var role = Clause.Role.provision
  /// A label alone on its line: the next paragraph is its text.
  var awaitsText = false
  /// A label alone as a heading: the next heading of its level has its words.
  var awaitsHeading = false
  var isLabelled = false
  /// The block that holds its text; -1 for a bare heading.
  @Narrow var textBlock = -1
  /// Where in the block its text begins.
  @Narrow var textStart = 0
  /// What is put before the text: an emphasis that its label took with it; empty as a rule.
  @Narrow var leadStart = 0
  @Narrow var leadEnd = 0
  @Narrow var start: Int
  @Narrow var end: Int
  @Narrow var line: Int
  @Narrow var lastLine: Int

  init(place: Outline.Place, _ block: Block) {
    self.place = place
    start = block.start
    end = block.end
    line = block.line
    lastLine = block.lastLine
  }

  var lead: Range<Int>? { leadStart < leadEnd ? leadStart..<leadEnd : nil }

  /// Whether a block to come belongs to it.
  var isOpen: Bool { awaitsText || awaitsHeading }

  /// How far a draft stands from the same draft in another text.
  struct Shift {
    var bytes = 0
    var lines = 0
    var blocks = 0
  }

  /// The same draft where it stands in another text, in the place `place`.
  func shifted(_ shift: Shift, to place: Outline.Place) -> Draft {
    var draft = self
    draft.place = place
    if textBlock >= 0 { draft.textBlock += shift.blocks }
    draft.textStart += shift.bytes
    draft.leadStart += shift.bytes
    draft.leadEnd += shift.bytes
    draft.start += shift.bytes
    draft.end += shift.bytes
    draft.line += shift.lines
    draft.lastLine += shift.lines
    return draft
  }
}
