/// A run of blocks of one text that stand in another text as well.
struct BlockRun {
  /// Their indices in the text that was read first.
  var before: Range<Int>
  /// How much further on they stand in the other text.
  var shift: Draft.Shift

  /// Their indices in the other text.
  var after: Range<Int> { (before.lowerBound + shift.blocks)..<(before.upperBound + shift.blocks) }
}
