internal import TermsModel
internal import TermsOperations

extension Letter {
  init(_ content: NoticeContent, settings: MailSettings) {
    let profile = content.document.settings.profile
    name = Self.name(in: content)
    let entities = content.document.settings.entities
    entity = (content.entity ?? (entities.count == 1 ? entities[0].name : nil)).map(PlainLine.cleaned)
    platform = entity ?? PlainLine.cleaned(settings.fromName)
    document = PlainLine.cleaned(content.document.title)
    documentSlug = content.document.slug.rawValue
    version = content.notice.version.rawValue
    dayLabel = content.sharesItsDay ? PlainLine.cleaned(content.notice.version.rawValue) : nil
    postedOn = Day(content.postedOn)
    sentOn = Day(content.sentOn)
    zone = content.document.settings.zone.identifier
    summary = content.summary.map(LetterRedline.paragraphs) ?? []
    hasSummary = !summary.isEmpty
    count = Count(content.items.count)
    groups = Self.groups(of: content)
    pending = Pending(content)
    let days = content.items.compactMap(\.effectiveOn)
    since = pending == nil && days.count == content.items.count ? days.max().map(Day.init) : nil
    isHindered = pending == nil && days.count < content.items.count
    earlier = content.earlier.map(Earlier.init)
    optOuts = profile.optOut.compactMap { OptOut($0, content) }
    ending = Ending(
      days: Count(content.ending.days), on: Day(content.ending.on), lastDay: Day(content.ending.on.adding(days: -1)),
      agreement: content.ending.agreement.map(PlainLine.cleaned))
    link = Self.link(in: content)
    ownPageUntil = link == nil ? nil : content.ownPageUntil.map(Day.init)
    answerTo = settings.answerAddress.rawValue
    notice = "\(content.notice.number)"
    isWhole = groups.isEmpty
    hasMarks = groups.contains { $0.changes.contains(where: \.hasMarks) }
    corrections = content.corrections.map(Correction.init)
    isSuperseding = content.notice.isSuperseding
    isReminder = content.notice.remindsOf != nil
    startsNoPeriod = !content.notice.givesNotice
    isWithdrawn = corrections.contains { $0.withdrawal != nil }
  }

  /// The developer's name as a letter shows it; `nil` where nothing is left of it.
  static func name(in content: NoticeContent) -> String? {
    content.notice.name.map(PlainLine.cleaned).flatMap { $0.isEmpty ? nil : $0 }
  }

  static func link(in content: NoticeContent) -> String? { content.link.flatMap(WebLink.checked) }

  private static func groups(of content: NoticeContent) -> [Group] {
    struct Key: Hashable {
      let changeClass: ChangeClass
      let timing: RuleProfile.Timing
      let effect: NoticeContent.Effect
      var dayNumber: Int { if case .on(let day) = effect { day.dayNumber } else { .max } }
    }
    let profile = content.document.settings.profile
    let keyed = content.items.map { item in
      Key(
        changeClass: item.change.decided, timing: profile.timing(of: item.change.decided, kind: item.change.kind),
        effect: item.effect)
    }
    let grouped = Dictionary(grouping: content.items.indices) { keyed[$0] }.mapValues { $0.map { content.items[$0] } }
    // Of what has the same class and day, the first change comes first: the same content gives the same letter.
    let keys = keyed.uniqued().enumerated().sorted { left, right in
      let (one, other) = (left.element, right.element)
      if one.changeClass != other.changeClass { return one.changeClass > other.changeClass }
      return (one.dayNumber, left.offset) < (other.dayNumber, right.offset)
    }.map(\.element)
    // The gravest changes are shown first, so that what does not fit is never one of them while a lesser one is shown.
    var room = LetterRedline.Room()
    return keys.compactMap { key in
      guard let items = grouped[key], !items.isEmpty else { return nil }
      var shown: [ShownChange] = []
      var left: [NoticeContent.Item] = []
      for item in items {
        if let change = ShownChange(item.change, within: &room) { shown.append(change) } else { left.append(item) }
      }
      return Group(
        isMaterial: key.changeClass == .material, isLegalRequired: key.changeClass == .legalRequired,
        isOther: key.changeClass == .other, count: Count(items.count), effectiveOn: items[0].effectiveOn.map(Day.init),
        hasDate: items[0].effectiveOn != nil, awaits: Awaited(key.effect), hindrance: Hindrance(key.effect),
        isPending: items[0].isPending(on: content.sentOn), labels: labels(of: items), clauses: clauses(of: items),
        counting: Counting(
          of: key.changeClass, by: key.timing, on: items[0].effectiveOn ?? content.postedOn, content),
        sharesClass: keys.contains { $0 != key && $0.changeClass == key.changeClass && $0.timing == key.timing },
        changes: shown,
        left: left.isEmpty
          ? nil : Left(count: Count(left.count), labels: labels(of: left), clauses: clauses(of: left)))
    }
  }

  /// The labels of changes, each once, in order; cut where they would fill pages.
  fileprivate static func labels(of items: [NoticeContent.Item]) -> String {
    let (names, areMore) = names(of: items)
    return names.joined(separator: ", ") + (areMore ? ", …" : "")
  }

  /// The same with the word that says what they are: `clauses 4(c), 7(a)`.
  fileprivate static func clauses(of items: [NoticeContent.Item]) -> String {
    let (names, areMore) = names(of: items)
    return ClauseNames.words(names, areMore: areMore)
  }

  private static func names(of items: [NoticeContent.Item]) -> (names: [String], areMore: Bool) {
    var seen: Set<String> = []
    let names = items.map { $0.change.shortName }.filter { seen.insert($0).inserted }
    let limit = 200
    return (Array(names.prefix(limit)), names.count > limit)
  }
}

extension Letter.Day {
  init(_ date: CalendarDate) {
    iso = "\(date)"
    let months = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
      "December",
    ]
    words = "\(date.day) \(months[date.month - 1]) \(date.year)"
  }
}

extension Letter.Counting {
  init(
    of changeClass: ChangeClass, by timing: RuleProfile.Timing, on effectiveOn: CalendarDate, _ content: NoticeContent
  ) {
    let profile = content.document.settings.profile
    isPutOff = content.corrections.contains { if case .postponed = $0 { true } else { false } }
    guard case .afterNotice(let usual) = timing else {
      onPosting = true
      formOnly = profile.timing(of: changeClass) != .onPosting
      note(effectiveOn, after: content.postedOn, profile)
      return
    }
    let longer = content.adaptation.flatMap { $0.days > usual ? $0 : nil }
    let number = longer?.days ?? usual
    adaptation = longer.map { PlainLine.cleaned($0.reason) }
    days = Letter.Count(number)
    fullDays = profile.dayCount == .fullDays
    let counted: CalendarDate
    switch profile.clock {
    case .individual where content.isServedByPosting, .latest where content.isServedByPosting:
      servedByPosting = true
      return
    case .individual: (afterReceipt, counted) = (true, content.sentOn)
    case .posting: (afterPosting, counted) = (true, content.postedOn)
    case .earliest: (afterEarliest, counted) = (true, content.postedOn)
    case .latest: (afterLatest, counted) = (true, content.sentOn)
    }
    note(effectiveOn, after: counted.adding(days: number + (fullDays ? 1 : 0)), profile)
  }

  /// Says why the date is later than the class alone would make it, where it is.
  private mutating func note(_ effectiveOn: CalendarDate, after own: CalendarDate, _ profile: RuleProfile) {
    guard effectiveOn > own else { return }
    (isHeld, isHeldOnPosting, self.own) = (true, onPosting, Letter.Day(own))
    if isPutOff { return }
    if profile.granularity == .version { wholeVersion = true } else { waits = true }
  }
}

extension Letter.Pending {
  init?(_ content: NoticeContent) {
    let pending = content.items.filter { $0.isPending(on: content.sentOn) }
    guard !pending.isEmpty else { return nil }
    let days = Set(pending.map(\.effectiveOn))
    let first = days.compactMap { $0 }.min()
    self.init(
      count: Letter.Count(pending.count), allMaterial: pending.allSatisfy { $0.change.decided == .material },
      from: first.map(Letter.Day.init), lastDay: first.map { Letter.Day($0.adding(days: -1)) }, hasDate: first != nil,
      onSeveralDays: days.count > 1,
      newConnectorAccepts: Self.isWaivedByConnector(pending, content))
  }
}

extension Letter.Pending {
  /// Whether creating a further connector waives the period of all that is pending.
  private static func isWaivedByConnector(_ pending: [NoticeContent.Item], _ content: NoticeContent) -> Bool {
    let profile = content.document.settings.profile
    guard let limit = profile.connectorWaivesUpTo else { return true }
    return pending.allSatisfy { item in
      guard case .afterNotice(let days) = profile.timing(of: item.change.decided, kind: item.change.kind) else {
        return true
      }
      return max(days, content.adaptation?.days ?? 0) <= limit
    }
  }
}

extension Letter.OptOut {
  /// What the profile lets this developer opt out of; `nil` where no change is to such a clause.
  init?(_ rule: RuleProfile.OptOut, _ content: NoticeContent) {
    let items = content.items.filter { item in
      if case .never = item.effect { return false }
      return rule.clauses.contains { $0.selects(item.change.label) }
    }
    guard !items.isEmpty else { return nil }
    let days = items.compactMap(\.effectiveOn)
    // The period runs from the last of them to take effect: the longer reading is the developer's.
    let last = days.count == items.count ? days.max() : nil
    self.init(
      labels: Letter.labels(of: items), clauses: Letter.clauses(of: items), days: Letter.Count(rule.days),
      until: last.map { Letter.Day($0.adding(days: rule.days)) })
  }
}

extension Letter.Earlier {
  init(_ earlier: NoticeContent.Earlier) {
    self.init(
      postedOn: Letter.Day(earlier.postedOn), ownLabel: earlier.label.map { PlainLine.cleaned($0.rawValue) },
      count: Letter.Count(earlier.changes),
      labels: earlier.labels.isEmpty ? nil : earlier.labels.map(PlainLine.cleaned).joined(separator: ", "),
      clauses: earlier.labels.isEmpty ? nil : ClauseNames.words(earlier.labels.map(PlainLine.cleaned)),
      effectiveOn: earlier.effectiveOn.map(Letter.Day.init), hasDate: earlier.effectiveOn != nil)
  }
}

extension NoticeContent.Item {
  /// Whether the change is still to take effect after that day.
  fileprivate func isPending(on day: CalendarDate) -> Bool {
    switch effect {
    case .on(let effective): effective > day
    case .awaiting: true
    case .never: false
    }
  }
}

extension Letter.Awaited {
  init?(_ effect: NoticeContent.Effect) {
    guard case .awaiting(let names) = effect else { return nil }
    versions = names.isEmpty ? nil : names.map(\.words).joined(separator: " and of ")
  }
}

extension Letter.Hindrance {
  init?(_ effect: NoticeContent.Effect) {
    guard case .never(let why) = effect else { return nil }
    (optedOut, takenBack, notBound) = (why == .optedOut, why == .takenBack, why == .notBound)
  }
}

extension NoticeContent.VersionName {
  /// `the version of 1 March 2026`, with its label where the day names more than one.
  fileprivate var words: String {
    "the version of \(Letter.Day(postedOn).words)" + (label.map { " (\($0))" } ?? "")
  }
}

extension Letter.Correction {
  init(_ correction: NoticeContent.Correction) {
    let joined = { (names: [String]) in names.isEmpty ? nil : names.map(PlainLine.cleaned).joined(separator: ", ") }
    let named = { (names: [String]) in names.isEmpty ? nil : ClauseNames.words(names.map(PlainLine.cleaned)) }
    switch correction {
    case .withdrawn(let clauses, let staying, let why):
      self.init(
        withdrawal: .init(
          labels: joined(clauses), clauses: named(clauses), staying: joined(staying), stayingClauses: named(staying)),
        reason: PlainLine.cleaned(why))
    case .postponed(let until, let why):
      self.init(postponedUntil: Letter.Day(until), reason: PlainLine.cleaned(why))
    case .reclassified(let clauses, let changeClass, let why):
      self.init(
        reclassification: .init(
          labels: joined(clauses) ?? "", clauses: named(clauses) ?? "", isOne: clauses.count == 1,
          isMaterial: changeClass == .material,
          isLegalRequired: changeClass == .legalRequired, isOther: changeClass == .other),
        reason: PlainLine.cleaned(why))
    }
  }
}
