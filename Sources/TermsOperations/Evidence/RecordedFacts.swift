internal import Redlining
package import TermsModel
internal import Transparency

/// What entries of the log say of documents and of one developer: the values that an answer is computed from, made from the
/// entries alone, without any table.
package struct RecordedFacts: Sendable {
  package let entries: [LogEntry]
  /// Notices of which the log does not say that they give no notice of their version, and the outbox does.
  private let quiet: Set<Int64>

  /// - Parameter quiet: see there; none where the entries say it themselves.
  package init(_ entries: [LogEntry], quiet: Set<Int64> = []) {
    self.entries = entries.sorted { $0.occasion.sequence < $1.occasion.sequence }
    self.quiet = quiet
  }

  /// The document with the settings that were on record at a moment, or the first ones where it came later.
  package func document(_ slug: DocumentSlug, knownAt moment: Instant) -> Document? {
    let all = settings(of: slug)
    return (all.last { $0.occasion.recordedAt <= moment } ?? all.last)?.value
  }

  private func settings(of slug: DocumentSlug) -> [Fact<Document>] {
    entries.compactMap { entry in
      switch entry.act {
      case .documentAdded(let document), .documentChanged(let document):
        document.slug == slug ? Fact(document, entry.occasion) : nil
      default: nil
      }
    }
  }

  package func postings(of slug: DocumentSlug) -> [Fact<VersionPosting>] {
    entries.compactMap { entry in
      guard case .versionPosted(let posting) = entry.act, posting.document == slug else { return nil }
      return Fact(posting, entry.occasion)
    }
  }

  package func texts(of slug: DocumentSlug) -> [PostedText] {
    postings(of: slug).map {
      PostedText(version: $0.value.label, title: $0.value.title, clauses: $0.value.clauses)
    }
  }

  /// The versions in the order of posting, with their changes and all that happened to them since.
  package func versions(of slug: DocumentSlug) -> [PostedVersion] {
    let (postings, settings) = (postings(of: slug), settings(of: slug))
    return postings.map { posting in
      let before = posting.value.basedOn.flatMap { label in postings.first { $0.value.label == label }?.value }
      return PostedVersion(
        label: posting.value.label, posting: posting.occasion, changes: posting.value.postedChanges(after: before),
        events: events(of: slug, posting.value.label),
        settings: settings.last { $0.occasion.sequence < posting.occasion.sequence }?.value.settings,
        adaptation: posting.value.adaptation)
    }
  }

  private func events(of slug: DocumentSlug, _ version: VersionLabel) -> [Fact<VersionEvent>] {
    entries.compactMap { entry in
      switch entry.act {
      case .versionWithdrawn(slug, version, let reason, let kept):
        Fact(.withdrawn(reason: reason, keeping: kept), entry.occasion)
      case .versionPostponed(slug, version, let until, let reason):
        Fact(.postponed(until: until, reason: reason), entry.occasion)
      case .changeReclassified(slug, version, let change, let changeClass, let basis, let reason):
        Fact(.reclassified(change: change, to: changeClass, legalBasis: basis, reason: reason), entry.occasion)
      default: nil
      }
    }
  }

  /// All that the entries say of one developer and one document.
  package func facts(of developer: DeveloperID, document slug: DocumentSlug) -> DeveloperFacts {
    var facts = DeveloperFacts(developer: developer, document: slug)
    for entry in entries {
      switch entry.act {
      case .developerAdded(let registration) where registration.id == developer:
        facts.regions.append(Fact(registration.region, entry.occasion))
        facts.hasAddress.append(Fact(registration.hasAddress, entry.occasion))
      case .developerMoved(developer, let region): facts.regions.append(Fact(region, entry.occasion))
      case .addressChanged(developer, let hasAddress, _): facts.hasAddress.append(Fact(hasAddress, entry.occasion))
      case .developerErased(developer, _): facts.hasAddress.append(Fact(false, entry.occasion))
      case .agreement(developer, slug, let act): facts.acts.append(Fact(act, entry.occasion))
      case .notice(developer, slug, let notice): facts.notices.append(Fact(notice.step, entry.occasion))
      case .noticeAttempted(developer, slug, let attempt):
        if !attempt.givesNoNotice, !quiet.contains(attempt.notice), let step = attempt.step {
          facts.notices.append(Fact(step, entry.occasion))
        }
      default: break
      }
    }
    facts.naming = naming(slug, developer)
    return facts
  }

  /// The developer's agreements over documents that name one as binding along, or did.
  private func naming(_ slug: DocumentSlug, _ developer: DeveloperID) -> [NamingAgreement] {
    let added = entries.compactMap { entry in
      if case .documentAdded(let document) = entry.act { document.slug } else { nil }
    }
    return added.compactMap { other in
      let all = settings(of: other)
      guard all.contains(where: { $0.value.settings.mentions(slug) }) else { return nil }
      return NamingAgreement(
        document: other,
        names: all.map { fact in
          let reference = fact.value.settings.incorporated.first { $0.document == slug }
          return Fact(reference.map { $0.pinned.map { .pinned($0) } ?? .floating } ?? .none, fact.occasion)
        },
        acts: entries.compactMap { entry in
          guard case .agreement(developer, other, let act) = entry.act else { return nil }
          return Fact(act, entry.occasion)
        })
    }
  }

  /// The commitment to the developer's name and address that holds last; `nil` where they were erased, or never given.
  package func commitment(of developer: DeveloperID) -> String? {
    var commitment: String?
    for entry in entries {
      switch entry.act {
      case .developerAdded(let registration) where registration.id == developer: commitment = registration.commitment
      case .addressChanged(developer, _, let changed): commitment = changed
      case .developerErased(developer, _): commitment = nil
      default: break
      }
    }
    return commitment
  }

  /// The key that the log is signed with after the last of these entries.
  var lastKey: NoteVerifyingKey? {
    for entry in entries.reversed() {
      switch entry.act {
      case .log(.keyAdopted(let key)), .log(.keyRotated(let key, _)): return key
      default: continue
      }
    }
    return nil
  }

  /// The act that erased the developer's name and address; `nil` where none did.
  package func erasure(of developer: DeveloperID) -> LogEntry? {
    entries.last { if case .developerErased(developer, _) = $0.act { true } else { false } }
  }
}

extension VersionPosting {
  /// The changes as an answer is computed from them.
  /// - Parameter before: the version that this one follows.
  func postedChanges(after before: VersionPosting?) -> [PostedChange] {
    let (old, new) = (before?.labels ?? [:], labels)
    // What the clauses are called that changes touch several of: as the version has it, or the one before it.
    var names: [LineageID: ClauseLabel] = [:]
    let wide = changes.filter { $0.before.count + $0.after.count > 2 }
    for change in wide { for lineage in change.before { names[lineage] = old[lineage] ?? names[lineage] } }
    for change in wide { for lineage in change.after { names[lineage] = new[lineage] ?? names[lineage] } }
    return changes.map { change in
      let touched = Set(change.before + change.after)
      return PostedChange(
        number: change.number, kind: change.kind, changeClass: change.decided, before: change.before,
        after: change.after, label: change.label, legalBasis: change.legalBasis,
        labels: touched.count > 1 ? names.filter { touched.contains($0.key) } : [:])
    }
  }

  private var labels: [LineageID: ClauseLabel] {
    Dictionary(clauses.map { ($0.lineage, $0.label) }) { first, _ in first }
  }
}

extension DocumentSettings {
  fileprivate func mentions(_ slug: DocumentSlug) -> Bool {
    precedence.contains(slug) || incorporated.contains { $0.document == slug }
  }
}
