internal import TermsModel

/// A notice as the templates see it: facts and switches, no sentences and no markup.
///
/// The names of its properties are the names that a template uses, so that they are part of what an operator relies on.
/// All are stored, since templates find them by reflection, which sees nothing computed.
struct Letter: Sendable {
  /// The subject line, rendered before the parts; empty while it is.
  var subject = ""
  /// The developer's name; `nil` where none is on record.
  var name: String?
  /// Who gives the notice: the contracting company, where the document's settings name just one, else the sender's name.
  let platform: String
  /// The company on the other side of the agreement, where the document's settings say which; the same as ``platform`` then.
  var entity: String?
  let document: String
  let documentSlug: String
  let version: String
  /// The version's label, where another one was posted on the same day, so that the day alone names neither.
  var dayLabel: String?
  let postedOn: Day
  /// The day on which the letter is sent: the dates in it are counted as if it were received on that day.
  let sentOn: Day
  let zone: String
  /// What the operator says of the changes.
  let summary: [String]
  var hasSummary = false
  let count: Count
  /// The changes by class, gravest first, and by date.
  let groups: [Group]
  /// What is still to take effect; `nil` where all is in force.
  let pending: Pending?
  /// Since when all of the changes are in force; `nil` where some are still to take effect or never will, and where none are
  /// on record.
  var since: Day?
  /// Whether none is still to take effect and some never will.
  var isHindered = false
  /// What of earlier versions is still to take effect.
  var earlier: [Earlier] = []
  let optOuts: [OptOut]
  let ending: Ending
  /// Where the version and its comparison can be read, or the developer's own page is.
  var link: String?
  /// The last day on which the link lets the developer in; `nil` where it leads to no page of their own.
  var ownPageUntil: Day?
  let answerTo: String
  var notice: String
  /// Whether the version is told of as a whole, because no changes to an earlier one are on record.
  let isWhole: Bool
  /// Whether any change is shown with words removed and added within it, so that the marks need explaining.
  let hasMarks: Bool
  /// What was done to the version after its posting.
  var corrections: [Correction] = []
  /// Whether the letter supersedes one that the developer had before: it starts no period.
  var isSuperseding = false
  /// Whether the letter reminds of one that the developer had before.
  var isReminder = false
  /// Whether the developer was told before, so that no period begins with this letter.
  var startsNoPeriod = false
  /// Whether the version was taken back, so that the letter is another one altogether.
  var isWithdrawn = false
}

extension Letter {
  /// An act that came after the posting; one of its parts is set.
  struct Correction: Hashable, Sendable {
    var withdrawal: Withdrawal?
    var postponedUntil: Day?
    var reclassification: Reclassification?
    let reason: String
  }

  /// What of a version was taken back.
  struct Withdrawal: Hashable, Sendable {
    /// The clauses whose changes do not take effect, joined; `nil` where none has a label.
    let labels: String?
    /// The same as words: `clauses 3(b), 4(d)`.
    let clauses: String?
    /// The clauses whose changes bind already and stay.
    let staying: String?
    let stayingClauses: String?
  }

  /// A class that was corrected.
  struct Reclassification: Hashable, Sendable {
    let labels: String
    let clauses: String
    let isOne: Bool
    let isMaterial: Bool
    let isLegalRequired: Bool
    let isOther: Bool
  }

  /// A date in both forms that a letter needs.
  struct Day: Hashable, Sendable {
    /// `2026-01-01`.
    let iso: String
    /// `1 January 2026`.
    let words: String
  }

  /// A number with its grammar.
  struct Count: Hashable, Sendable {
    let number: Int
    let isOne: Bool

    init(_ number: Int) {
      self.number = number
      isOne = number == 1
    }
  }

  /// The changes of one class that take effect on one date.
  struct Group: Sendable {
    let isMaterial: Bool
    let isLegalRequired: Bool
    let isOther: Bool
    let count: Count
    /// The first day on which the changes bind this developer; `nil` where they have none.
    let effectiveOn: Day?
    /// Whether there is such a day.
    let hasDate: Bool
    /// What they wait for, where a notice that is still to be given keeps them without a day.
    var awaits: Awaited?
    /// Why they do not bind this developer, where they never do.
    var hindrance: Hindrance?
    /// Whether they are still to take effect after the day of sending.
    let isPending: Bool
    /// The labels of the changed clauses, in order: `4(c), 7(a)`.
    let labels: String
    /// The same as words: `clauses 4(c), 7(a)`.
    let clauses: String
    let counting: Counting
    /// Whether others of the class, counted in the same way, stand in another group.
    var sharesClass = false
    let changes: [ShownChange]
    /// What is named above and not shown.
    let left: Left?
  }

  /// What keeps changes without a day.
  struct Awaited: Hashable, Sendable {
    /// The versions whose own notice is still to be given: `the version of 1 March 2026`; `nil` where it is this one.
    let versions: String?
  }

  /// Why changes never bind the developer who is told of them; one of its parts is set.
  struct Hindrance: Hashable, Sendable {
    let optedOut: Bool
    let takenBack: Bool
    let notBound: Bool
  }

  /// How the date of a group was found: one of `onPosting`, and the four readings of the clock, is set.
  struct Counting: Sendable {
    var onPosting = false
    /// Whether these changes, unlike others of their class, take effect on posting because they touch form alone.
    var formOnly = false
    /// Whether the posting served in the place of a notice that failed, so that no period runs from this one.
    var servedByPosting = false
    var afterReceipt = false
    var afterPosting = false
    var afterEarliest = false
    var afterLatest = false
    var days = Count(0)
    /// Whether so many full days must lie between, so that the date is one later.
    var fullDays = false
    /// Why the period is longer than the profile's, where it is.
    var adaptation: String?
    /// Whether the version was postponed, which says by itself why a date is later.
    var isPutOff = false
    /// Whether something holds the changes back beyond the day that their class gives them.
    var isHeld = false
    /// The same, of changes that would take effect on posting.
    var isHeldOnPosting = false
    /// The day that their class gives them, where they are held back.
    var own: Day?
    /// Whether the date is that of the whole version rather than of the class.
    var wholeVersion = false
    /// Whether the change waits for an earlier one to the same clause.
    var waits = false
  }

  /// Changes of an earlier version that are still to take effect on one date.
  struct Earlier: Hashable, Sendable {
    let postedOn: Day
    /// The version's label, where another one was posted on the same day.
    var ownLabel: String?
    let count: Count
    /// The labels of the clauses, joined; `nil` where none has one.
    let labels: String?
    let clauses: String?
    /// `nil` where a notice that they wait for is still to be given.
    let effectiveOn: Day?
    let hasDate: Bool
  }

  /// Changes that a letter names without showing them.
  struct Left: Hashable, Sendable {
    let count: Count
    let labels: String
    let clauses: String
  }

  /// What is still to take effect.
  struct Pending: Hashable, Sendable {
    let count: Count
    let allMaterial: Bool
    /// The first day on which any of it binds; `nil` where none of it has a day yet.
    let from: Day?
    /// The day before: the last one on which a developer can act before it does.
    let lastDay: Day?
    let hasDate: Bool
    /// Whether some of it takes effect later than ``from``.
    let onSeveralDays: Bool
    /// Whether creating a further connector accepts it all at once.
    let newConnectorAccepts: Bool
  }

  /// Clauses that this developer can opt out of, and until when.
  struct OptOut: Hashable, Sendable {
    let labels: String
    let clauses: String
    let days: Count
    /// `nil` where some of the changes have no day yet.
    let until: Day?
  }

  /// Ending the agreement, if notice of it were given on the day of sending.
  struct Ending: Hashable, Sendable {
    let days: Count
    /// The first day on which it no longer binds.
    let on: Day
    /// The day before: the last one on which it does.
    let lastDay: Day
    /// The document that the agreement is over, where it is another one that names this one.
    var agreement: String?
  }

  /// One change, with its words.
  struct ShownChange: Sendable {
    /// `7(a)`; `nil` for a passage without a label.
    let label: String?
    /// `Clause 7(a)`.
    var clause: String?
    let heading: String?
    let isInserted: Bool
    let isDeleted: Bool
    let isMoved: Bool
    let isRenumbered: Bool
    let isSplit: Bool
    let isMerged: Bool
    let isFormatting: Bool
    /// The old and the new name, where a term was renamed throughout.
    let renamed: Renamed?
    /// Whether every word is as it was.
    let wordsUnchanged: Bool
    let legalBasis: String?
    let lines: [Line]
    /// How many words of the change the letter leaves out.
    let cut: Count?
    /// Whether words removed and added stand within the lines.
    let hasMarks: Bool
  }

  struct Renamed: Hashable, Sendable {
    let before: String
    let after: String
  }

  /// A line of a clause's text, as a run of words that stayed, went or came.
  struct Line: Hashable, Sendable {
    let runs: [Run]
    /// Whether it parts two paragraphs.
    let isBlank: Bool

    init(runs: [Run]) {
      self.runs = runs
      isBlank = runs.isEmpty
    }
  }

  struct Run: Hashable, Sendable {
    /// White space before the words, outside any mark.
    var lead: String
    let text: String
    /// White space after the words, outside any mark.
    var trail: String
    let isKept: Bool
    let isRemoved: Bool
    let isAdded: Bool
    /// Whether it stands for unchanged words left out.
    let isGap: Bool
  }
}
