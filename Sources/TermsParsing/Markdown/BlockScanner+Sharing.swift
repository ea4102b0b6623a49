/// A place between two lines at which nothing is open but perhaps a list, so that what comes after it depends on nothing
/// else that came before.
struct Rest {
  /// The first byte of the line after it.
  @Narrow var offset: Int
  @Narrow var line: Int
  /// How many blocks stand before it.
  @Narrow var blocks: Int
  var item: BlockScanner.Item?
  /// Whether it stands between two items of a list without a blank line between them.
  var isTight: Bool
}

extension BlockScanner {
  /// The place that is reached where nothing is open, the next line beginning at `offset`.
  private func rest(at offset: Int) -> Rest? {
    guard items.count <= 1, isAtRest || (items.count == 1 && isBetweenItems(offset)) else { return nil }
    return Rest(offset: offset, line: line, blocks: blocks.count, item: items.first, isTight: !isAtRest)
  }

  /// Whether an item of a list is open, and the line at `offset` begins another one, whatever stands before it.
  private func isBetweenItems(_ offset: Int) -> Bool {
    guard isInParagraph else { return false }
    let mark = bytes[offset]
    guard mark == ASCII.star || mark == ASCII.hyphen || mark == ASCII.plus, bytes[offset + 1] == ASCII.space else {
      return false
    }
    var at = offset + 2
    while bytes[at] == ASCII.space { at += 1 }
    return bytes[at].isLetter || bytes[at] == ASCII.openBracket
  }

  /// Scans the text and gives the places of rest, for a text like it to be read by.
  mutating func scanNotingRests(most: Int) -> (rests: [Rest], stopped: Int?) {
    var rests: [Rest] = []
    rests.reserveCapacity(blocks.capacity / 2)
    var at = 0
    while at < bytes.count {
      if let rest = rest(at: at) { rests.append(rest) }
      at = readLine(at)
      if blocks.count > most { return (rests, line) }
    }
    return (rests, nil)
  }

  /// Scans the text, and takes over the blocks of the other text where the two are the same between two places of rest.
  ///
  /// - Returns: The runs of blocks that were taken over, and the line on which the scan stopped for too many blocks.
  mutating func scan(
    most: Int, like other: [Block], _ rests: [Rest], _ stretches: [EqualStretch]
  ) -> (runs: [BlockRun], stopped: Int?) {
    var runs: [BlockRun] = []
    var (at, cursor) = (0, 0)
    for stretch in stretches {
      let (shift, end) = (stretch.after - stretch.before, stretch.after + stretch.count)
      while at < end {
        if at >= stretch.after, let here = rest(at: at) {
          while cursor < rests.count, rests[cursor].offset < at - shift { cursor += 1 }
          if cursor < rests.count, rests[cursor].offset == at - shift, rests[cursor].item == here.item,
            rests[cursor].isTight == here.isTight
          {
            let first = rests[cursor]
            // The last place of rest within the stretch; where an item is open, the next one must stand in it as well.
            var last = first
            while cursor < rests.count, rests[cursor].offset <= end - shift {
              if !rests[cursor].isTight || rests[cursor].offset < end - shift { last = rests[cursor] }
              cursor += 1
            }
            if last.offset > first.offset {
              runs.append(take(other, from: first, to: last, bytes: shift))
              if blocks.count > most { return (runs, line) }
              at = last.offset + shift
              continue
            }
          }
        }
        at = readLine(at)
        if blocks.count > most { return (runs, line) }
      }
    }
    while at < bytes.count {
      at = readLine(at)
      if blocks.count > most { return (runs, line) }
    }
    return (runs, nil)
  }

  private mutating func take(_ other: [Block], from first: Rest, to last: Rest, bytes: Int) -> BlockRun {
    let shift = Draft.Shift(bytes: bytes, lines: line - first.line, blocks: blocks.count - first.blocks)
    for index in first.blocks..<last.blocks { append(other[index].shifted(bytes: bytes, lines: shift.lines)) }
    resume(line: last.line + shift.lines, item: last.item, isOpen: last.isTight)
    return BlockRun(before: first.blocks..<last.blocks, shift: shift)
  }
}
