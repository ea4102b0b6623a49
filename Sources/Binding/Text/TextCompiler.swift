internal import TermsModel

/// Puts a text together from posted versions, version by version: what is in force of each is applied to what was before.
struct TextCompiler {
  private let course: DocumentCourse
  private let reading: Moment
  private let texts: [VersionLabel: PostedText]
  /// The clauses that bind, in the order of the document.
  private var order: [LineageID] = []
  private var inForce: [LineageID: ConsolidatedText.InForce] = [:]
  private var pending: [LineageID: [ConsolidatedText.Pending]] = [:]
  /// New clauses that are not in force, each with the version that has it first.
  private var awaited: [(clause: LineageID, version: VersionLabel)] = []
  /// The clause that each one stands under, in the text that its words were taken from.
  private var parents: [LineageID: LineageID] = [:]
  /// Clauses whose move to another place does not bind: they stand where they stood.
  private var unmoved: Set<LineageID> = []
  /// The version whose posted text this is so far; `nil` once several are mixed.
  private(set) var posted: VersionLabel?

  init(course: DocumentCourse, reading: Moment, texts: [PostedText]) {
    self.course = course
    self.reading = reading
    self.texts = Dictionary(texts.map { ($0.version, $0) }, uniquingKeysWith: { first, _ in first })
  }

  private func text(of version: VersionLabel) throws(ConsolidationError) -> PostedText {
    guard let text = texts[version] else { throw .missingText(version) }
    return text
  }

  /// Begins with the whole text agreed to on joining.
  mutating func begin(with version: VersionLabel, since day: CalendarDate) throws(ConsolidationError) {
    let text = try text(of: version)
    for clause in text.clauses {
      order.append(clause.lineage)
      take(clause, of: text, from: version, nil, since: day)
    }
    posted = version
  }

  private mutating func take(
    _ clause: PostedText.Clause, of text: PostedText, from version: VersionLabel, _ changeClass: ChangeClass?,
    since day: CalendarDate
  ) {
    inForce[clause.lineage] = .init(clause: clause, version: version, changeClass: changeClass, since: day)
    parents[clause.lineage] = clause.parent.flatMap {
      text.clauses.indices.contains($0) ? text.clauses[$0].lineage : nil
    }
  }

  /// Applies what is in force of a version, and notes what is not.
  mutating func apply(_ entry: DocumentCourse.Entry) throws(ConsolidationError) {
    let states = entry.steps.map { course.state(of: course.steps[$0], at: reading) }
    let isWhole =
      states.allSatisfy { $0.kind == .inForce } && (!states.isEmpty || entry.version.stands(at: reading.instant))
    let isGone = states.allSatisfy { $0.kind == .withdrawn }
    if isGone, !isWhole {
      for step in entry.steps { hold(step, in: entry) }
      return
    }
    let text = try text(of: entry.version.label)
    let clauses = Dictionary(text.clauses.map { ($0.lineage, $0) }, uniquingKeysWith: { first, _ in first })
    for (step, state) in zip(entry.steps, states) {
      if state.kind == .inForce {
        bringIntoForce(step, state, clauses, text, entry)
      } else {
        hold(step, in: entry)
        note(step, state, clauses, entry)
      }
    }
    // A version of which nothing is in force leaves the text as it is.
    guard states.contains(where: { $0.kind == .inForce }) || isWhole else { return }
    if course.isWordForWord(entry, at: reading) {
      takeWhole(text)
      posted = text.version
    } else {
      posted = nil
      place(text, moved: moved(entry, states))
    }
  }

  // MARK: - Words

  private mutating func bringIntoForce(
    _ step: Int, _ state: StepState, _ clauses: [LineageID: PostedText.Clause], _ text: PostedText,
    _ entry: DocumentCourse.Entry
  ) {
    guard let clause = course.steps[step].clause else { return }
    guard let words = clauses[clause] else {
      inForce[clause] = nil
      return
    }
    take(
      words, of: text, from: text.version, changeClass(of: step, in: entry),
      since: state.state.day ?? entry.setting.postedOn)
  }

  /// Notes that a clause's move to another place does not bind.
  private mutating func hold(_ step: Int, in entry: DocumentCourse.Entry) {
    guard let clause = course.steps[step].clause else { return }
    let kinds = course.changes(touching: step, in: entry).map { entry.version.changes[$0].kind }
    if kinds.contains(.moved) { unmoved.insert(clause) }
  }

  private mutating func note(
    _ step: Int, _ state: StepState, _ clauses: [LineageID: PostedText.Clause], _ entry: DocumentCourse.Entry
  ) {
    guard let clause = course.steps[step].clause else { return }
    switch state.kind {
    case .withdrawn, .notBound, .inForce: return
    case .optedOut, .pending, .awaitingNotice: break
    }
    let isNew = inForce[clause] == nil
    if isNew, clauses[clause] == nil { return }
    if isNew, pending[clause] == nil { awaited.append((clause, entry.version.label)) }
    pending[clause, default: []].append(
      .init(
        version: entry.version.label, changeClass: changeClass(of: step, in: entry), state: state.state,
        clause: clauses[clause]))
  }

  /// The class that decides when a step takes effect.
  private func changeClass(of step: Int, in entry: DocumentCourse.Entry) -> ChangeClass {
    let deciding = course.changes(touching: step, in: entry).filter {
      course.decides(entry.course.laneOfChange[$0], step, in: entry)
    }
    return deciding.map { entry.lane(of: $0).changeClass }.max() ?? .other
  }

  // MARK: - Places

  /// Takes a version's text over as it stands: all of it is in force.
  ///
  /// What no change was told of, such as the navigation of the page that the text was taken from, is that of the version.
  private mutating func takeWhole(_ text: PostedText) {
    let known = inForce
    let postedOn = course.entries.first { $0.version.label == text.version }?.setting.postedOn ?? reading.day
    inForce = [:]
    for clause in text.clauses {
      let before = known[clause.lineage]
      take(
        clause, of: text, from: before?.version ?? text.version, before?.changeClass, since: before?.since ?? postedOn)
    }
    order = text.clauses.map(\.lineage)
  }

  private func moved(_ entry: DocumentCourse.Entry, _ states: [StepState]) -> Set<LineageID> {
    var moved: Set<LineageID> = []
    for (step, state) in zip(entry.steps, states) where state.kind == .inForce {
      let kinds = course.changes(touching: step, in: entry).map { entry.version.changes[$0].kind }
      if kinds.contains(.moved), let clause = course.steps[step].clause { moved.insert(clause) }
    }
    return moved
  }

  /// Puts the clauses in the order of a version that is in force in part.
  ///
  /// What binds of it stands where that version has it. A clause that the version has no longer, and one whose move does
  /// not bind, stays behind the clause that it stood behind, past what belongs to that one.
  private mutating func place(_ text: PostedText, moved: Set<LineageID>) {
    takeFurniture(of: text)
    let along = movedAlong(in: text, with: moved)
    let placed = Set(text.clauses.map(\.lineage)).filter {
      inForce[$0] != nil && (along.contains($0) || !isUnmoved($0))
    }
    var result = text.clauses.map(\.lineage).filter { placed.contains($0) }
    for (index, clause) in order.enumerated() where inForce[clause] != nil && !placed.contains(clause) {
      let before = order[..<index].last { result.contains($0) && !moved.contains($0) }
      guard let before, var at = result.firstIndex(of: before).map({ $0 + 1 }) else {
        let after = order[(index + 1)...].first { result.contains($0) }
        result.insert(clause, at: after.flatMap { result.firstIndex(of: $0) } ?? 0)
        continue
      }
      if !stands(clause, under: before) {
        // The outermost part that the one belongs to and the other does not.
        var part = before
        while let parent = parents[part], !stands(clause, under: parent), inForce[parent] != nil { part = parent }
        while at < result.count, stands(result[at], under: part) { at += 1 }
      }
      result.insert(clause, at: at)
    }
    order = result
  }

  /// What stands around the terms on the page, and no change is told of, comes and goes with the page.
  private mutating func takeFurniture(of text: PostedText) {
    let clauses = Set(text.clauses.map(\.lineage))
    for clause in text.clauses where clause.role == .furniture && inForce[clause.lineage] == nil {
      take(clause, of: text, from: text.version, nil, since: reading.day)
    }
    for clause in order where inForce[clause]?.clause.role == .furniture && !clauses.contains(clause) {
      inForce[clause] = nil
    }
  }

  /// The clauses whose own change does not bind, but which stand under the same clause as before, whose move does.
  private func movedAlong(in text: PostedText, with moved: Set<LineageID>) -> Set<LineageID> {
    var along: Set<LineageID> = []
    for clause in text.clauses where unmoved.contains(clause.lineage) {
      guard let parent = clause.parent.map({ text.clauses[$0].lineage }), parent == parents[clause.lineage],
        moved.contains(parent) || along.contains(parent)
      else { continue }
      along.insert(clause.lineage)
    }
    return along
  }

  /// Whether a clause, or what it stands under, is one whose move does not bind.
  private func isUnmoved(_ clause: LineageID) -> Bool {
    !unmoved.isEmpty && (unmoved.contains(clause) || unmoved.contains { stands(clause, under: $0) })
  }

  private func stands(_ clause: LineageID, under other: LineageID) -> Bool {
    var place = parents[clause]
    var depth = 0
    // A chain of parents is no longer than the clauses are many.
    while let parent = place, parent != other, depth < parents.count {
      place = parents[parent]
      depth += 1
    }
    return place == other
  }

  // MARK: - The result

  func passages() -> [ConsolidatedText.Passage] {
    var result = order
    for (clause, version) in awaited where inForce[clause] == nil {
      let text = texts[version]?.clauses.map(\.lineage) ?? []
      let before = text.firstIndex(of: clause).flatMap { index in text[..<index].last { result.contains($0) } }
      result.insert(clause, at: before.flatMap { result.firstIndex(of: $0) }.map { $0 + 1 } ?? 0)
    }
    return result.map { .init(clause: $0, inForce: inForce[$0], pending: pending[$0] ?? []) }
  }

  /// The sources joined. Clauses that never stood next to each other are parted by a blank line.
  func source(of passages: [ConsolidatedText.Passage]) -> String {
    if let posted, let text = texts[posted], passages.compactMap(\.inForce?.clause) == text.clauses {
      return text.source
    }
    let words = passages.compactMap(\.inForce)
    var result = ""
    for (index, passage) in words.enumerated() {
      result += passage.clause.source
      guard index + 1 < words.count, !follow(passage.clause, words[index + 1].clause) else { continue }
      while !result.isEmpty, !result.hasSuffix("\n\n") { result += "\n" }
    }
    return result
  }

  /// Whether two clauses stand next to each other in one posted text, with just these words.
  private func follow(_ one: PostedText.Clause, _ next: PostedText.Clause) -> Bool {
    texts.values.contains { text in
      zip(text.clauses, text.clauses.dropFirst()).contains { $0 == one && $1 == next }
    }
  }
}
