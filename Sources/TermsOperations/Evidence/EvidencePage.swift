internal import Binding
internal import Redlining
internal import TermsModel

/// The page of a bundle that a person reads first: what was asked, the answer, why, what proves it, and how to check that.
struct EvidencePage {
  private let contents: EvidenceContents
  private var page: HTMLPage

  init(_ contents: EvidenceContents) {
    self.contents = contents
    let manifest = contents.manifest
    page = HTMLPage(title: "Which words of \(manifest.document) bound \(manifest.developer) at \(manifest.at)")
    addAnswer()
    addPeople()
    addReasons()
    addVersions()
    addNotices()
    addProof()
  }

  var html: String { page.text }

  private var answer: BindingAnswer { contents.answer }
  private var manifest: EvidenceManifest { contents.manifest }

  // MARK: The answer

  private mutating func addAnswer() {
    page.add("h1", "Which words of “\(manifest.document)” bound developer “\(manifest.developer)” at \(manifest.at)?")
    page.add("p", "Answered from everything that was on record at \(manifest.knownAt).")
    page.add("h2", "The answer")
    page.addMarkup("<p><strong>\(RedlineHTML.escaped(sentence))</strong></p>")
    if let entity = answer.entity { page.add("p", "On the other side: \(Self.sentence(entity))") }
    if contents.text != nil {
      let words =
        answer.surviving == nil ? "The words in force, whole" : "The words that go on binding after the agreement ended"
      page.addMarkup("<p>\(HTMLPage.cell(words, EvidencePath.text)).</p>")
    }
    page.addList(
      answer.versions.flatMap { version in
        version.classes.map { standing in
          let clauses = standing.clauses.map(\.description).filter { !$0.isEmpty }
          let named = clauses.isEmpty ? "" : " (clauses \(clauses.joined(separator: ", ")))"
          return
            "Version \(version.version), \(standing.changeClass.rawValue) changes\(named): \(Self.words(standing.state))"
        }
      })
    addAlong()
  }

  /// What binds along with the document, whole.
  private mutating func addAlong() {
    guard !answer.incorporated.isEmpty else { return }
    page.add("p", "These terms name other documents, which bind along with them:")
    page.addTable(
      ["Document", "Version", "Words in force"],
      answer.incorporated.map { named in
        let text = contents.along.first { $0.document == named.document }
        let version = named.version?.rawValue ?? text.map { _ in "parts of several versions" } ?? "none in force"
        return [
          (named.document.rawValue, nil), (version + (named.isPinned ? ", this one for good" : ""), nil),
          text == nil ? ("not on record here", nil) : ("whole", EvidencePath.along(named.document)),
        ]
      })
  }

  /// A sentence that ends in a name: names such as “Inc.” bring their own full stop.
  private static func sentence(_ end: String) -> String { end.hasSuffix(".") ? end : end + "." }

  /// Who the words mean that stand for people on this page.
  private mutating func addPeople() {
    page.add("h2", "Who is who")
    var rows: [[(words: String, link: String?)]] = []
    if let person = contents.person {
      let told = [person.name, person.email?.rawValue].compactMap(\.self)
      rows.append([
        ("“\(manifest.developer)”", nil),
        (
          "the developer, in the platform's records: "
            + (told.isEmpty ? "no name and no address" : told.joined(separator: ", "))
            + ". The log holds a salted hash of these, so that they can be checked, and erased.",
          EvidencePath.person
        ),
      ])
    } else {
      rows.append([
        ("“\(manifest.developer)”", nil),
        ("the developer, whose name and address were erased; what they did stays on record", nil),
      ])
    }
    rows.append([
      ("the platform", nil),
      (
        "whoever keeps the log “\(manifest.log)” and signs it with the key in keys.txt"
          + (answer.entity.map { "; the company that contracts with this developer is \(Self.sentence($0))" } ?? "."),
        EvidencePath.keys
      ),
    ])
    let actors = Set(contents.facts.entries.map(\.actor)).sorted()
    rows.append([
      (actors.map { "“\($0)”" }.joined(separator: ", "), nil),
      (
        "who entered the acts below: people and programs of the platform, under the names that its system knows them by; "
          + "the developer's own steps may stand under the developer's name",
        nil
      ),
    ])
    page.addTable(["Name", "Who it is"], rows)
  }

  private var sentence: String {
    guard answer.bound else {
      let surviving = answer.surviving.map { $0.map(\.text).joined(separator: ", ") }
      return switch surviving {
      case nil: "The developer was not bound by these terms."
      case ""?: "The agreement had ended, and nothing of it went on binding."
      case let clauses?: "The agreement had ended; of its terms, \(clauses) went on binding."
      }
    }
    guard let version = answer.version else {
      return "The developer was bound by parts of several versions, as listed below."
    }
    let isWhole = answer.versions.last?.version == version || answer.versions.isEmpty
    return "The developer was bound by the whole of version \(version)"
      + (isWhole ? "." : ", and by what is listed below as in force of later ones.")
  }

  private static func words(_ state: BindingAnswer.State) -> String {
    switch state {
    case .inForce(let day): "in force since \(day)"
    case .pending(let day): "not in force yet; in force from \(day) if nothing else happens"
    case .awaitingNotice(let day):
      "not in force, as its notice was still to be given; given that day, in force from \(day)"
    case .withdrawn: "taken back before it took effect"
    case .optedOut: "opted out of: the wording last agreed stayed"
    case .notBound: "did not bind this developer"
    }
  }

  private mutating func addReasons() {
    page.add("h2", "Why")
    page.add("p", "Each step names the rule that was applied and the fact that it was applied to, in order.")
    page.addList(answer.basis.map { "\($0.rule): \($0.says)" }, isNumbered: true)
  }

  // MARK: What happened

  private mutating func addVersions() {
    page.add("h2", "The versions")
    let rows = contents.facts.postings(of: manifest.document).map { posting in
      let label = posting.value.label
      return [
        (words: label.rawValue, link: EvidencePath.version(label)),
        ("\(posting.occasion.happenedAt)", nil), ("\(posting.value.changes.count)", nil),
        posting.value.basedOn == nil ? ("the first one", nil) : ("what it changed", EvidencePath.redline(label)),
        Self.act(posting.occasion),
      ] as [(words: String, link: String?)]
    }
    page.addTable(["Version", "Posted", "Changes", "Redline", "Act"], rows)
  }

  private mutating func addNotices() {
    page.add("h2", "What passed between the platform and the developer")
    var rows: [[(words: String, link: String?)]] = []
    for entry in contents.facts.entries {
      guard let (what, mail) = told(entry.act, on: entry.occasion) else { continue }
      rows.append([("\(entry.occasion.happenedAt)", nil), (what, mail), Self.act(entry.occasion)])
    }
    if rows.isEmpty {
      page.add("p", "Nothing is on record.")
    } else {
      page.addTable(["When", "What", "Act"], rows)
      page.add(
        "p",
        "Evidence levels say how well a receipt is proved: 0 posted for all to read, 1 sent, 2 accepted by the mail system of "
          + "the recipient, 3 reported as delivered, 4 shown to the developer in the service, 5 accepted expressly. “Letter "
          + "accepted” is level 2. How much is enough is for the terms and the law.")
    }
    for absence in manifest.absent {
      let thing =
        switch absence.kind {
        case .letter: "The letter"
        case .report: "The message that came back"
        case .reply: "What the mail system answered in full to the letter"
        }
      let why =
        absence.reason == .erased
        ? "was erased with the developer's name and address; its hash in the log stays"
        : "was not kept; its hash in the log stays"
      page.add("p", "\(thing) of act \(absence.act) \(why).")
    }
  }

  /// An act in words, and the mail that belongs to it; `nil` where it is told elsewhere on the page.
  private func told(_ act: Act, on occasion: Occasion) -> (String, String?)? {
    switch act {
    case .developerAdded(let registration): return ("registered, region \(registration.region)", nil)
    case .developerMoved(_, let region): return ("moved to region \(region)", nil)
    case .addressChanged(_, let hasAddress, _):
      return (hasAddress ? "gave another address" : "has no address any more", nil)
    case .developerErased(_, let reason):
      return ("name and address were erased" + (reason.map { ": \($0)" } ?? ""), nil)
    case .agreement(_, let document, let act): return ("\(document): \(Self.words(act))", nil)
    case .notice(_, _, let notice):
      return (
        "version \(notice.step.version), by \(notice.step.channel.rawValue): \(Self.words(notice.step.event))",
        link(.letter, notice.messageSHA256)
      )
    case .noticeAttempted(_, _, let attempt):
      return (
        "version \(attempt.version), letter \(attempt.outcome.name): \(WitnessWords.of(attempt.outcome.reply))"
          + inFull(occasion),
        link(.letter, attempt.messageSHA256)
      )
    case .mailReturned(_, _, let mail):
      let what =
        switch mail.content {
        case .reports(let verdicts): verdicts.map { "\($0.action.rawValue): \($0.reason)" }.joined(separator: "; ")
        case .reply: "an answer"
        case .unrecognised(let reason): "a message that could not be read: \(reason)"
        }
      return ("version \(mail.version), came back: \(what)", link(.report, mail.mailSHA256))
    default: return nil
    }
  }

  /// What the mail system said of the try of an act, all its lines.
  private func inFull(_ occasion: Occasion) -> String {
    guard let reply = contents.replies[occasion.sequence] else { return "" }
    let words = reply.words.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return ". In full: “\(words)” (\(EvidencePath.reply(occasion.sequence)))"
  }

  private func link(_ kind: EvidenceManifest.Absence.Kind, _ sha256: String?) -> String? {
    guard let sha256, !manifest.absent.contains(where: { $0.kind == kind && $0.sha256 == sha256 }) else { return nil }
    return EvidencePath.mail(kind, sha256)
  }

  private static func act(_ occasion: Occasion) -> (words: String, link: String?) {
    ("\(occasion.sequence)", EvidencePath.act(occasion.sequence))
  }

  private static func words(_ act: AgreementAct) -> String {
    switch act {
    case .connectorAdded(let connector): "connector '\(connector)' created"
    case .connectorRemoved(let connector): "connector '\(connector)' removed"
    case .agreed: "agreed expressly"
    case .accepted(let version): "accepted version \(version)"
    case .declined(let version): "declined version \(version)"
    case .optedOut(let version, let clauses): "keeps the wording of \(clauses.text) from before version \(version)"
    case .terminated(let party, let isImmediate, let reason):
      "ended by the \(party.rawValue)" + (isImmediate ? ", at once" : "") + (reason.map { ": \($0)" } ?? "")
    }
  }

  private static func words(_ event: NoticeStep.Event) -> String {
    switch event {
    case .sent: "sent"
    case .received(let level, let witness): "received (evidence level \(level.rawValue), \(WitnessWords.of(witness)))"
    case .failed(let reason): "failed: \(reason)"
    }
  }

  // MARK: What proves it

  /// Whether the platform signed the bundle as a whole, and what can be done where it did not.
  private mutating func addSeal() {
    page.add("h3", manifest.sealed == true ? "This bundle is sealed" : "This bundle bears no seal")
    if manifest.sealed == true {
      page.add(
        "p",
        "The platform has signed the list of all files in this bundle with their hashes (seal.txt), this page among them: nobody "
          + "else can have altered any of it, and the platform cannot say that it never handed this out.")
    } else {
      page.add(
        "p",
        "It was made without the key that signs, as the platform's web service makes them. The acts in it are proved all the "
          + "same, and “tenor check” computes the answer and this page from them. But nobody has signed the page itself: without "
          + "that check, its words are nobody's. Whoever wants the platform's signature under all of it asks the platform for a "
          + "bundle made with “tenor evidence” on the machine that has the key.")
    }
  }

  private mutating func addProof() {
    page.add("h2", "What proves it")
    page.add(
      "p",
      "The platform keeps one log of everything that is done, numbered, in which nothing can be altered, left out or moved "
        + "once a state of it was signed without the signature ceasing to fit. This bundle holds, of that log, each act "
        + "that the answer rests on (folder acts), the proof that it is in the log (folder proofs), and the signed state "
        + "that covers \(manifest.size) acts (checkpoint.txt). Letters and delivery reports are here byte for byte; the "
        + "acts name their hashes.")
    page.add(
      "p",
      "To check it, on any computer and without asking the platform: run “tenor check” on the whole file. It says whether "
        + "anything was altered, and computes the answer and this page again from the acts. A second program, check_bundle.py, "
        + "shares no code with it; it says whether anything was altered, and has no rules of law in it to compute the answer "
        + "with. What remains to be done by hand: compare the key in keys.txt with the one that the platform published, or with the "
        + "one in an older bundle.")
    addSeal()
    for witness in manifest.witnesses {
      let (who, what) =
        witness.kind == .cosignature
        ? ("The witness \(witness.by.prefix { $0 != "+" })", "has cosigned")
        : ("The time-stamp authority asked through “\(witness.by)”", "has stamped")
      page.add(
        "p",
        "\(who) \(what) the state of the first \(witness.size) acts (\(EvidencePath.witness(witness))), and the log was shown "
          + "to have only grown since: whatever among the acts here has a number up to \(witness.size) was on record by then."
      )
    }
    page.add(
      "p",
      "What a bundle cannot show: that no further act about this developer stands in the log beside these. Whoever doubts "
        + "that asks for the whole log of \(manifest.size) acts, whose hash is in the signed state.")
    if manifest.quiet.isEmpty == false {
      page.add(
        "p",
        "The platform says, and no proof does, that these letters told of something else than the version itself: notices "
          + manifest.quiet.map { "\($0)" }.joined(separator: ", ") + ".")
    }
    page.addTable(
      ["File", "What it is"],
      [
        [("answer.json", "answer.json"), ("the answer, for programs", nil)],
        [("keys.txt", "keys.txt"), ("the public keys of the log “\(manifest.log)”, the present one last", nil)],
        [("checkpoint.txt", "checkpoint.txt"), ("the signed state of the log", nil)],
        manifest.sealed == true
          ? [("seal.txt", EvidencePath.seal), ("the platform's signature under all of it", nil)]
          : [("seal.txt", nil), ("the platform's signature under all of it: not in this bundle", nil)],
        [("manifest.json", "manifest.json"), ("what belongs to this bundle, with the hash of each file", nil)],
      ])
  }
}
