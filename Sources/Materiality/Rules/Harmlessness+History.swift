internal import TermsModel

/// When the text was written, and what became of it.
extension Harmlessness {
  /// In a sentence that says when the text was written or takes effect, dates and the words around them.
  func textDate(_ reading: inout Reading) {
    var lines: [String] = []
    defer {
      if !lines.isEmpty { reading.note(.textDate, "the text's own date: " + lines.joined(separator: " → ")) }
    }
    for side in Self.sides {
      let passage = reading.passage(side)
      for sentence in passage.sentences where reading.hasOpen(sentence, side) && isDateLine(passage.words[sentence]) {
        let open = reading.open(sentence, side)
        let isLine = Self.dateMarkers.contains(passage.words[sentence.lowerBound].key) && sentence.count <= 16
        let isAllowed =
          tellsOwnEffect(passage.words[sentence])
          || open.allSatisfy { index in
            let word = passage.words[index]
            return isLine && word.traits.contains(.place) || isLine && word.key == "outside"
              || word.kind == .date || word.kind == .number || word.kind == .address || word.key == "©"
              || Self.dateWords.contains(word.key) || isLine && word.isShouted
              || word.isLinked
          }
        if isAllowed {
          reading.clear(sentence, side)
          lines.append(passage.quoted(sentence))
        }
      }
    }
  }

  func isDateLine(_ words: ArraySlice<Word>) -> Bool {
    var hasMarker = false
    var hasDate = false
    var hasRule = false
    for word in words {
      if word.kind == .date || word.kind == .number { hasDate = true }
      if Self.dateMarkers.contains(word.key) { hasMarker = true }
      if Self.ruling.contains(word.key) || word.kind == .sign && word.key != "§" && word.key != "©" { hasRule = true }
    }
    return hasMarker && hasDate && !hasRule && words.count <= 40
  }

  /// "The changes to this agreement are effective as of 15 August": when the text itself takes effect, and nothing else.
  func tellsOwnEffect(_ words: ArraySlice<Word>) -> Bool {
    let keys = Set(words.map(\.key))
    return keys.contains("effective") && words.contains { $0.kind == .date }
      && !keys.isDisjoint(with: ["changes", "version", "update", "updates"])
      && !keys.isDisjoint(with: Self.textNames) && words.count <= 30
      && !words.contains {
        !$0.traits.isDisjoint(with: [.payment, .modality, .negation, .termination, .dispute, .licence])
      }
  }

  static let dateMarkers: Set<String> = [
    "updated", "update", "effective", "revised", "revision", "modified", "version", "published", "publication",
    "posted", "amended",
    "dated", "date", "last", "latest", "formulated", "reviewed", "issued", "copyright", "©", "gmt", "utc", "as",
    "valid", "force",
  ]
  static let dateWords: Set<String> = [
    "updated", "update", "effective", "revised", "revision", "modified", "version", "published", "publication",
    "posted", "amended",
    "dated", "date", "last", "latest", "formulated", "reviewed", "issued", "copyright", "gmt", "utc", "hkt", "pst",
    "est", "cet", "as",
    "of", "on", "from", "the", "this", "since", "until", "and", "further", "notice", "current", "previous", "archived",
    "archive",
    "view", "download", "pdf", "time", "am", "pm", "a", "our", "was", "is", "be", "were", "new", "in", "starting",
    "begins", "t", "z",
    "launched", "created", "entered", "into", "enacted", "link", "versions", "location", "at", "with", "effect", "by",
    "for", "all",
    "users", "document", "terms", "policy", "to",
  ]

  /// Accounts of versions: announcements of coming texts, lists of former ones, logs of what was changed.
  func textHistory(_ reading: inout Reading) {
    tablesOfChanges(&reading)
    let isLog = reading.section.isHistory || reading.section.isDated || reading.section.stems.contains("chang")
    for side in Self.sides {
      let passage = reading.passage(side)
      for sentence in passage.sentences where reading.hasOpen(sentence, side) {
        let keys = passage.words[sentence].map(\.key)
        if isHistory(keys, passage.words[sentence], passage, sentence, isLog: isLog)
          || isVersionEntry(passage.words[sentence], reading.section)
        {
          reading.clear(sentence, side, .textHistory, "about versions of the text: “\(passage.quoted(sentence))”")
        }
      }
    }
  }

  /// A table whose first row says "Version", "Section", "Changes", "Date": an account of what was changed when.
  func tablesOfChanges(_ reading: inout Reading) {
    for side in Self.sides {
      let passage = reading.passage(side)
      guard let first = passage.blocks.first(where: { !$0.words.isEmpty }), first.kind == .row,
        passage.words[first.words].allSatisfy({ Self.columns.contains($0.key) }),
        passage.words[first.words].contains(where: { $0.key == "changes" || $0.key == "change" })
      else { continue }
      for block in passage.blocks where block.kind == .row && reading.hasOpen(block.words, side) {
        reading.clear(block.words, side, .textHistory, "in a table of changes: “\(passage.quoted(block.words))”")
      }
    }
  }

  static let columns: Set<String> = [
    "version", "versions", "section", "sections", "clause", "change", "changes", "date", "summary", "description", "of",
    "the", "what", "changed", "no", "reason",
  ]

  func isHistory(
    _ keys: [String], _ words: ArraySlice<Word>, _ passage: Passage, _ sentence: Range<Int>, isLog: Bool
  ) -> Bool {
    let set = Set(keys)
    let namesText = !set.isDisjoint(with: Self.textNames)
    if words[words.startIndex].kind == .date, keys.count <= 30,
      keys.count == 1 || !set.isDisjoint(with: Self.logVerbs.union(["replaced"])),
      set.isDisjoint(with: ["may", "must", "only"])
    {
      return true
    }
    // "We are updating our terms on 1 May"; "we replaced our former policy with a new one".
    if namesText, !set.isDisjoint(with: ["updating", "updated", "replaced", "revised", "preview"]), keys.count <= 45,
      set.contains("we") || set.contains("preview"), words.contains(where: { $0.kind == .date || $0.isLinked }),
      set.isDisjoint(with: ["must", "may", "agree", "acceptance", "shall"])
    {
      return true
    }
    // "We are updating our terms"; "these updates will go into effect on 1 May"; "a list of all revisions of our terms".
    if keys.count <= 16, set.isDisjoint(with: Self.binding) {
      if namesText, set.contains("updating"), set.contains("we") { return true }
      if !set.isDisjoint(with: ["updates", "changes"]), set.contains("effect"),
        words.contains(where: { $0.kind == .date })
      {
        return true
      }
    }
    if set.contains("list"), !set.isDisjoint(with: ["revisions", "versions", "changes"]), namesText, keys.count <= 30,
      set.isDisjoint(with: Self.binding)
    {
      return true
    }
    // "Later paragraphs renumbered."
    if keys.count <= 6, set.contains("renumbered") { return true }
    if set.contains("until"), set.contains("continue"), set.contains("apply"), namesText { return true }
    // "These updated terms will be effective 1 May"; "until then you can view our current terms".
    if namesText, words.contains(where: { $0.kind == .date }),
      !set.isDisjoint(with: ["updated", "updates", "changes"]),
      !set.isDisjoint(with: ["effective", "effect"]), keys.count <= 25, set.isDisjoint(with: Self.binding)
    {
      return true
    }
    if namesText, set.contains("until"), !set.isDisjoint(with: ["effective", "then"]),
      !set.isDisjoint(with: ["view", "read", "see"]), keys.count <= 25, set.isDisjoint(with: Self.binding)
    {
      return true
    }
    // "10 March 2023: section 8 added, later paragraphs renumbered": an entry of a log that opens with its date.
    if let opening = words.first, opening.kind == .date, passage.gap(after: sentence.lowerBound).contains(":"),
      !set.isDisjoint(with: Self.logVerbs.union(Self.logWords)), keys.count <= 60,
      set.isDisjoint(with: ["you", "must", "may"])
    {
      return true
    }
    // "To view the previous version, click here"; "previous version of 2 May (archived)"; "click here for version 4.6".
    if !set.isDisjoint(with: ["version", "versions"]),
      !set.isDisjoint(with: ["previous", "older", "former", "archived", "earlier", "current", "here", "archive"]),
      keys.count <= 20, set.isDisjoint(with: ["must", "may", "prevail", "prevails", "control", "governs"])
    {
      return true
    }
    if !set.isDisjoint(with: ["preview", "summary"]), set.contains("changes") || namesText, keys.count <= 14 {
      return true
    }
    if set.contains("read"), set.contains("carefully"), namesText, keys.count <= 10 { return true }
    // An entry in a log of changes: begins with a date, or with what was done to which section.
    let block = passage.block(around: sentence.lowerBound)
    if Self.logVerbs.contains(keys[0]), keys.count <= 30, block.kind == .item || isLog,
      set.isDisjoint(with: ["may", "must", "only"])
    {
      return true
    }
    return false
  }

  /// In a section that lists versions: links, dates and the words of a list.
  func isVersionEntry(_ words: ArraySlice<Word>, _ section: Section) -> Bool {
    section.isHistory && words.count <= 30
      && words.allSatisfy { word in
        word.isLinked || word.kind == .date || word.kind == .number
          || word.traits.isDisjoint(
            with: Vocabulary.Traits.effects.subtracting([.amendment, .connective]))
      }
  }

  static let textNames: Set<String> = [
    "terms", "policy", "agreement", "notice", "conditions", "statement", "guidelines", "policies",
  ]
  static let binding: Set<String> = ["must", "may", "agree", "acceptance", "shall", "accept", "bound", "continued"]
  static let logWords: Set<String> = [
    "amended", "amendment", "amendments", "renumbered", "changes", "new", "revised", "deleted", "inserted", "various",
  ]
  static let logVerbs: Set<String> = ["updated", "added", "clarified", "renamed", "corrected", "removed"]
}
