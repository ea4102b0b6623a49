extension Letter {
  /// A letter with one change of each kind that matters, to try templates on.
  static let sample: Letter = {
    let from = Day(iso: "2031-05-17", words: "17 May 2031")
    let words = Line(runs: [
      Run(lead: "", text: "zebra", trail: "", isKept: false, isRemoved: true, isAdded: false, isGap: false),
      Run(lead: " ", text: "okapi", trail: "", isKept: false, isRemoved: false, isAdded: true, isGap: false),
    ])
    let change = ShownChange(
      label: "9(x)", clause: "Clause 9(x)", heading: "Quagga", isInserted: false, isDeleted: false, isMoved: false,
      isRenumbered: false,
      isSplit: false, isMerged: false, isFormatting: false, renamed: nil, wordsUnchanged: false,
      legalBasis: "Act of Sample, s. 77", lines: [words], cut: nil, hasMarks: true)
    return Letter(
      name: "Sample Person", platform: "Sample Platform", document: "Sample Terms", documentSlug: "sample-terms",
      version: "2031-05-01", postedOn: Day(iso: "2031-05-01", words: "1 May 2031"),
      sentOn: Day(iso: "2031-05-02", words: "2 May 2031"), zone: "Etc/UTC", summary: ["A summary of it."],
      hasSummary: true,
      count: Count(4),
      groups: [
        Group(
          isMaterial: true, isLegalRequired: false, isOther: false, count: Count(4), effectiveOn: from, hasDate: true,
          isPending: true, labels: "9(x), 9(y)", clauses: "clauses 9(x), 9(y)",
          counting: Counting(afterReceipt: true, days: Count(15)),
          changes: [change], left: Left(count: Count(3), labels: "9(y)", clauses: "clause 9(y)"))
      ],
      pending: Pending(
        count: Count(4), allMaterial: true, from: from, lastDay: Day(iso: "2031-05-16", words: "16 May 2031"),
        hasDate: true,
        onSeveralDays: false, newConnectorAccepts: true),
      optOuts: [
        OptOut(
          labels: "9(x)", clauses: "clause 9(x)", days: Count(21), until: Day(iso: "2031-06-07", words: "7 June 2031"))
      ],
      ending: Ending(
        days: Count(30), on: Day(iso: "2031-06-01", words: "1 June 2031"),
        lastDay: Day(iso: "2031-05-31", words: "31 May 2031")),
      link: "https://sample.example/terms", answerTo: "sample@sample.example", notice: "1",
      isWhole: false, hasMarks: true)
  }()

  /// What a letter must say, and the words by which ``sample`` shows that it does.
  static let essentials: [(what: String, words: String)] = [
    ("the document", "Sample Terms"), ("the version", "2031-05-01"), ("who gives the notice", "Sample Platform"),
    ("the clauses that change", "9(x)"), ("the day from which the changes bind", "17 May 2031"),
    ("the last day for accepting or declining", "16 May 2031"), ("the last day for opting out", "7 June 2031"),
    ("the days of notice for ending the agreement", "30"), ("the legal basis", "Act of Sample, s. 77"),
    ("the words removed", "zebra"), ("the words added", "okapi"),
    ("the changes that are named and not shown", "9(y)"), ("the link", "https://sample.example/terms"),
    ("the address for answers", "sample@sample.example"), ("the summary", "A summary of it."),
  ]
}
