/// Tells the page around the terms from the terms: navigation, consent banners, footers.
///
/// A block is furniture only where one of these rules says so; all else is terms.
///
/// 1. **Tags**: a block that is nothing but HTML tags such as `<iframe>`, `<img>` or `<script>`.
/// 2. **Controls**: a line that is nothing but a control of the page, such as `Back to top`, `Skip to main content` or
///    `Expand all`; as a link, or before the first sentence.
/// 3. **Contents**: three or more blocks in a row of which four in five repeat, word for word, a heading that comes
///    later, with the line `Contents` above them.
/// 4. **Head**: before the first sentence, from the first to the last of three or more blocks that are nothing but
///    links or images. Short lines between them go along, unless they name a legal text. The name of a language alone on
///    its line is furniture there, too.
/// 5. **Foot**: at the very end, a run of links, images, copyright lines and short lines, none with a label, in which six
///    or more are links and no more are short lines. It begins after links to other legal texts, which the terms may
///    incorporate; of the short lines above its first link the last goes along as its title.
/// 6. **Consent**: before the first sentence, a paragraph on the use of cookies that is followed by a line that accepts
///    or refuses them.
struct Furniture {
  private let bytes: Bytes
  private let blocks: [Block]
  private let marks: LabelMarks
  private var found: [Bool]

  private enum Shape {
    case links, image, tags, copyright, control, language, short, empty, text
  }

  /// Which of the blocks are furniture.
  static func find(_ bytes: Bytes, _ blocks: [Block], _ marks: LabelMarks) -> [Bool] {
    var furniture = Furniture(bytes: bytes, blocks: blocks, marks: marks)
    furniture.findLoose()
    furniture.findContents()
    furniture.findHead()
    furniture.findFoot()
    return furniture.found
  }

  private init(bytes: Bytes, blocks: [Block], marks: LabelMarks) {
    self.bytes = bytes
    self.blocks = blocks
    self.marks = marks
    found = Array(repeating: false, count: blocks.count)
  }

  // MARK: Rules

  private mutating func findLoose() {
    for index in blocks.indices {
      let range = blocks[index].content..<blocks[index].end
      guard !range.isEmpty, bytes[range.lowerBound] == ASCII.openBracket || bytes[range.lowerBound] == ASCII.less else {
        continue
      }
      var reader = LinkReader(bytes, range)
      guard let line = reader.read() else { continue }
      let isTags = line.tags > 0 && line.links + line.images == 0
      found[index] = isTags || (line.links > 0 && line.words <= 4 && Phrases.controls.contains(words(range)))
    }
  }

  private mutating func findContents() {
    var headings: Set<UInt64>?
    var start = 0
    while start < blocks.count {
      guard mayBeEntry(start) else {
        start += 1
        continue
      }
      var end = start
      while end < blocks.count, mayBeEntry(end) { end += 1 }
      defer { start = end }
      guard end - start >= 3 else { continue }
      let known = headings ?? headingWords()
      headings = known
      // A heading repeats itself: what is meant is one that comes after the row.
      var repeated = (start..<end).filter { repeatsHeading($0, known) }
      while let last = repeated.last, let first = repeated.first, repeated.count >= 3 {
        if repeated.count * 5 >= (last - first + 1) * 4 {
          markContents(first...last)
          break
        }
        repeated.removeLast()
      }
    }
  }

  /// Marks a table of contents, with the links within the page that stand right before and after it, and its title.
  private mutating func markContents(_ entries: ClosedRange<Int>) {
    var (first, last) = (entries.lowerBound, entries.upperBound)
    while first > 0, linksWithinPage(first - 1) { first -= 1 }
    while last + 1 < blocks.count, linksWithinPage(last + 1) { last += 1 }
    if first > 0, isContentsTitle(first - 1) { first -= 1 }
    for index in first...last { found[index] = true }
  }

  private func linksWithinPage(_ index: Int) -> Bool {
    let block = blocks[index]
    return shape(index) == .links && (block.content..<block.end).contains { bytes[$0] == ASCII.hash }
  }

  private mutating func findHead() {
    var (first, last, count) = (-1, -1, 0)
    var languages: [Int] = []
    defer { markLanguages(languages) }
    for index in blocks.indices.prefix(400) {
      if found[index] || blocks[index].kind == .rule { continue }
      let shape = shape(index)
      switch shape {
      case .links, .image:
        if marks.has(index) { return markHead(first, last, count) }
        if first < 0 { first = index }
        last = index
        count += 1
      case .language:
        languages.append(index)
      case .control:
        found[index] = true
      case .tags, .empty:
        break
      case .copyright, .short:
        if first >= 0, namesLegalText(index) || marks.has(index) { return markHead(first, last, count) }
      case .text:
        if isConsent(index) {
          found[index] = true
          continue
        }
        return markHead(first, last, count)
      }
    }
  }

  /// A list of languages holds some that this page does not know by name.
  private mutating func markLanguages(_ languages: [Int]) {
    for index in languages { found[index] = true }
    guard let first = languages.first, let last = languages.last, languages.count >= 5 else { return }
    for index in first...last where blocks[index].bulleted && shape(index) == .short { found[index] = true }
  }

  private mutating func markHead(_ first: Int, _ last: Int, _ count: Int) {
    guard count >= 3 else { return }
    // A row of links under a legal title is the beginning of the text, as its list of parts.
    if let before = blocks.indices.prefix(first).last(where: { !found[$0] && blocks[$0].kind != .rule }),
      namesLegalText(before)
    {
      return
    }
    for index in first...last { found[index] = true }
  }

  private mutating func findFoot() {
    var (start, links, others) = (blocks.count, 0, 0)
    scan: while start > 0 {
      let index = start - 1
      if blocks[index].kind != .rule {
        if marks.has(index) { break }
        switch shape(index) {
        case .links: links += 1
        case .image, .copyright, .control, .language, .tags, .empty: break
        case .short: others += 1
        case .text: break scan
        }
      }
      start = index
    }
    guard links >= 6, links >= others else { return }
    // Links to other legal texts right under the terms may be what the terms incorporate.
    while start < blocks.count, shape(start) == .links && namesLegalText(start) || blocks[start].kind == .rule {
      start += 1
    }
    // Of the short lines above the first link, the last is its title; the others may be the last words of the terms.
    guard let firstLink = (start..<blocks.count).first(where: { shape($0) != .short && blocks[$0].kind != .rule })
    else { return }
    start = max(start, firstLink - 1)
    for index in start..<blocks.count { found[index] = true }
  }

  // MARK: Shapes

  private func shape(_ index: Int) -> Shape {
    let block = blocks[index]
    guard block.kind == .paragraph || block.kind == .heading, block.end > block.content else {
      return block.kind == .paragraph || block.kind == .heading ? .empty : .text
    }
    let range = block.content..<block.end
    var reader = LinkReader(bytes, range)
    let line = reader.read()
    if let line {
      if line.links == 0 { return line.images > 0 ? .image : line.tags > 0 ? .tags : .empty }
      if line.words <= 4, Phrases.controls.contains(words(range)) { return .control }
      if line.words == 0 { return .image }
      return line.words <= 12 * line.links ? .links : .text
    }
    guard range.count <= 200 else { return .text }
    if mayBeCopyright(range), isCopyright(words(range)) { return .copyright }
    guard range.count <= 60 else { return .text }
    let words = words(range)
    if words.utf8.count <= 48, isLanguage(words) { return .language }
    if Phrases.controls.contains(words) { return .control }
    switch bytes[block.end - 1] {
    case ASCII.dot, ASCII.semicolon, ASCII.comma, ASCII.colon: return .text
    default: return words.utf8.count { $0 == ASCII.space } < 4 ? .short : .text
    }
  }

  /// `English`, `English (United States)`.
  private func isLanguage(_ words: String) -> Bool {
    if Phrases.languages.contains(words) { return true }
    guard let blank = words.utf8.firstIndex(of: ASCII.space) else { return false }
    return Phrases.languages.contains(String(words[..<blank]))
  }

  private func mayBeCopyright(_ range: Range<Int>) -> Bool {
    range.contains { at in
      (bytes[at] == 0xC2 && bytes[at + 1] == 0xA9) || bytes.has("opyright", at: at) || bytes.has("OPYRIGHT", at: at)
        || bytes.has("eserved", at: at) || bytes.has("ESERVED", at: at)
    }
  }

  private func isCopyright(_ words: String) -> Bool {
    (words.contains("©") || words.hasPrefix("copyright ") || words.hasSuffix("all rights reserved"))
      && words.utf8.count { $0 == ASCII.space } < 20
  }

  /// The words of a line in small letters, without dress and punctuation.
  private func words(_ range: Range<Int>) -> String {
    let plain = HeadingReader(bytes).plain(range)
    let isASCII = plain.utf8.allSatisfy { $0 < 0x80 }
    var result: [UInt8] = []
    result.reserveCapacity(plain.utf8.count)
    for byte in (isASCII ? plain : plain.lowercased()).utf8 {
      if byte.isLetter || byte.isDigit || byte >= 0x80 {
        result.append(byte.isUpper ? byte | 0x20 : byte)
      } else if let last = result.last, last != ASCII.space {
        result.append(ASCII.space)
      }
    }
    if result.last == ASCII.space { result.removeLast() }
    return String(decoding: result, as: UTF8.self)
  }

  private func namesLegalText(_ index: Int) -> Bool {
    Self.namesLegalText(words(blocks[index].content..<blocks[index].end))
  }

  /// Whether words in small letters name a legal text: terms, a policy, an agreement.
  static func namesLegalText(_ words: String) -> Bool {
    words.split(separator: " ").contains { Phrases.legal.contains(String($0)) }
  }

  private func isConsent(_ index: Int) -> Bool {
    let range = blocks[index].content..<min(blocks[index].end, blocks[index].content + 600)
    guard index + 1 < blocks.count,
      range.contains(where: { bytes[$0] == UInt8(ascii: "k") && bytes.has("kies", at: $0) })
    else { return false }
    return (index + 1..<min(index + 4, blocks.count)).contains { next in
      Phrases.consent.contains(words(blocks[next].content..<min(blocks[next].end, blocks[next].content + 60)))
    }
  }

  // MARK: Contents

  /// Whether a block looks like an entry of a table of contents: a short line that begins with a link.
  private func mayBeEntry(_ index: Int) -> Bool {
    let block = blocks[index]
    guard block.kind == .paragraph, block.end - block.content <= 400 else { return false }
    var at = block.content
    while at < block.end, bytes[at] == ASCII.star || bytes[at] == ASCII.underscore { at += 1 }
    return at < block.end && bytes[at] == ASCII.openBracket
  }

  private func isContentsTitle(_ index: Int) -> Bool {
    blocks[index].end - blocks[index].content <= 60
      && Phrases.contents.contains(words(blocks[index].content..<blocks[index].end))
  }

  /// The words of every heading, with and without its label.
  private func headingWords() -> Set<UInt64> {
    var known: Set<UInt64> = []
    for index in blocks.indices {
      let block = blocks[index]
      let range = block.content..<block.end
      guard
        block.kind == .heading || (marks.has(index) && range.count <= 120)
          || (range.count <= 120 && HeadingReader(bytes).isWhollyBold(range))
      else { continue }
      // Entries themselves are paragraphs: a paragraph counts as a heading only where it is no link.
      if block.kind == .paragraph, bytes[block.content] == ASCII.openBracket { continue }
      known.insert(hash(range))
      if let mark = marks[index], mark.end < block.end { known.insert(hash(mark.end..<block.end)) }
    }
    return known
  }

  private func repeatsHeading(_ index: Int, _ known: Set<UInt64>) -> Bool {
    let block = blocks[index]
    var reader = LinkReader(bytes, block.content..<block.end)
    guard let line = reader.read(), line.links > 0 else { return false }
    if known.contains(hash(block.content..<block.end)) { return true }
    guard let mark = marks[index], mark.end < block.end else { return false }
    return known.contains(hash(mark.end..<block.end))
  }

  /// A number for the letters and figures of the range, whatever their case and dress (FNV-1a).
  private func hash(_ range: Range<Int>) -> UInt64 {
    var value: UInt64 = 0xCBF2_9CE4_8422_2325
    HeadingReader(bytes).eachPlainByte(range) { byte in
      guard byte >= 0x80 || byte.isLetter || byte.isDigit else { return }
      value = (value ^ UInt64(byte.isUpper ? byte | 0x20 : byte)) &* 0x0000_0100_0000_01B3
    }
    return value
  }
}

/// Reads a line that is nothing but links, images and tags.
private struct LinkReader {
  struct Line {
    var links = 0
    var images = 0
    var tags = 0
    /// Words that a reader sees.
    var words = 0
  }

  private let bytes: Bytes
  private let end: Int
  private var at: Int

  init(_ bytes: Bytes, _ range: Range<Int>) {
    self.bytes = bytes
    at = range.lowerBound
    end = range.upperBound
  }

  /// What the line is made of, or `nil` where words stand outside links.
  mutating func read() -> Line? {
    var line = Line()
    while at < end {
      let byte = bytes[at]
      switch byte {
      case ASCII.openBracket:
        guard let close = closing(of: at), bytes[close + 1] == ASCII.openParenthesis, let last = target(from: close + 1)
        else { return nil }
        let words = countWords(at + 1..<close)
        if words > 0 { line.links += 1 } else { line.images += 1 }
        line.words += words
        at = last + 1
      case ASCII.exclamation where bytes[at + 1] == ASCII.openBracket:
        guard let close = closing(of: at + 1), bytes[close + 1] == ASCII.openParenthesis,
          let last = target(from: close + 1)
        else { return nil }
        line.images += 1
        at = last + 1
      case ASCII.less:
        guard bytes[at + 1].isLetter || bytes[at + 1] == UInt8(ascii: "/") else { return nil }
        guard let last = tag(from: at) else { return nil }
        line.tags += 1
        at = last + 1
      case _ where byte.isLetter || byte.isDigit || byte == ASCII.colon: return nil
      case 0x80...:
        let space = bytes.space(at: at)
        guard space > 0 || isSeparator(at) else { return nil }
        at += max(space, byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4)
      default: at += 1
      }
    }
    return line.links + line.images + line.tags > 0 ? line : nil
  }

  private func closing(of open: Int) -> Int? {
    var (index, depth) = (open, 0)
    while index < end {
      switch bytes[index] {
      case ASCII.backslash: index += 1
      case ASCII.openBracket: depth += 1
      case ASCII.closeBracket:
        depth -= 1
        if depth == 0 { return index }
      default: break
      }
      index += 1
    }
    return nil
  }

  private func target(from open: Int) -> Int? {
    var (index, depth) = (open, 0)
    while index < end {
      switch bytes[index] {
      case ASCII.backslash: index += 1
      case ASCII.openParenthesis: depth += 1
      case ASCII.closeParenthesis:
        depth -= 1
        if depth == 0 { return index }
      default: break
      }
      index += 1
    }
    return nil
  }

  /// The end of an HTML tag that shows no words; `<EU Representative>` is a placeholder, and words.
  private func tag(from open: Int) -> Int? {
    let names: [StaticString] = [
      "iframe", "img", "script", "noscript", "style", "svg", "link", "meta", "br", "hr", "input",
    ]
    let start = bytes[open + 1] == UInt8(ascii: "/") ? open + 2 : open + 1
    let isKnown = names.contains { name in
      let length = name.utf8CodeUnitCount
      return (0..<length).allSatisfy { bytes[start + $0] | 0x20 == name.utf8Start[$0] }
        && !bytes[start + length].isLetter
    }
    guard isKnown else { return nil }
    var index = open
    while index < end, bytes[index] != ASCII.greater { index += 1 }
    return index < end ? index : nil
  }

  /// `·`, `•`, `|`-like signs and arrows between links.
  private func isSeparator(_ index: Int) -> Bool {
    switch (bytes[index], bytes[index + 1]) {
    case (0xC2, 0xB7), (0xC2, 0xBB), (0xE2, 0x80), (0xE2, 0x86), (0xE2, 0x96), (0xE2, 0x97): true
    default: false
    }
  }

  /// Words in the range, those of nested images and targets left out.
  private func countWords(_ range: Range<Int>) -> Int {
    var (words, inWord, index) = (0, false, range.lowerBound)
    while index < range.upperBound {
      if bytes[index] == ASCII.exclamation, bytes[index + 1] == ASCII.openBracket, let close = closing(of: index + 1),
        bytes[close + 1] == ASCII.openParenthesis, let last = target(from: close + 1), last < range.upperBound
      {
        index = last + 1
        inWord = false
        continue
      }
      let isWord = bytes[index].isLetter || bytes[index].isDigit || bytes[index] >= 0x80
      if isWord, !inWord { words += 1 }
      inWord = isWord
      index += 1
    }
    return words
  }
}

/// Words by which pages show their furniture, in small letters and without punctuation.
private enum Phrases {
  static let controls: Set<String> = [
    "back to top", "return to top", "top", "go to top", "back to contents", "back to table of contents",
    "skip to content",
    "skip to main content", "skip to main", "skip navigation", "skip to footer", "expand all", "collapse all",
    "expand all collapse all", "toggle the table of contents", "toggle navigation", "toggle menu", "show more",
    "show less", "find more solutions", "manage cookies", "cookie settings", "cookie preferences", "menu", "close menu",
    "open menu", "main menu", "search", "log in", "sign in", "sign up", "log in sign up", "share", "print",
    "print this page",
    "accept all", "reject all", "accept all cookies", "reject all cookies", "accept cookies", "manage preferences",
    "add languages", "move to sidebar hide",
  ]

  static let consent: Set<String> = [
    "accept", "accept all", "accept cookies", "accept all cookies", "allow all", "allow all cookies", "i accept",
    "agree",
    "i agree", "ok", "got it", "reject", "reject all", "reject all cookies", "decline", "manage cookies",
    "cookie settings",
    "manage preferences", "necessary only", "reject non essential", "accept reject",
  ]

  static let contents: Set<String> = [
    "contents", "table of contents", "in this document", "on this page", "in this article", "jump to", "index",
    "content",
    "quick links", "summary of contents",
  ]

  /// Words that make a short line the title of a legal text.
  static let legal: Set<String> = [
    "terms", "term", "policy", "policies", "agreement", "agreements", "conditions", "privacy", "legal", "notice",
    "guidelines", "rules", "license", "licence", "addendum", "statement", "contract", "tos", "eula", "code", "schedule",
    "annex", "standards",
  ]

  static let languages: Set<String> = [
    "english", "deutsch", "français", "español", "italiano", "português", "nederlands", "polski", "svenska", "dansk",
    "norsk", "suomi", "čeština", "magyar", "română", "türkçe", "ελληνικά", "русский", "українська", "日本語", "한국어",
    "中文", "简体中文", "繁體中文", "العربية", "עברית", "हिन्दी", "tiếng việt", "bahasa indonesia", "ไทย",
  ]
}
