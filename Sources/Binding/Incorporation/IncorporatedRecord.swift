package import TermsModel

/// What is on record of a document that another one names, and of the developer in respect of it (section 3.1, rule 12).
package struct IncorporatedRecord: Sendable {
  package let document: Document
  package let versions: [PostedVersion]
  package let facts: DeveloperFacts

  package init(document: Document, versions: [PostedVersion], facts: DeveloperFacts) {
    self.document = document
    self.versions = versions
    self.facts = facts
  }
}

extension BindingComputation {
  /// The documents that bind along with this one.
  func incorporations() -> [BindingAnswer.Incorporation] {
    let named = source.document.settings.incorporated
    if named.isEmpty { return [] }
    let answers = incorporatedAnswers()
    return named.map { reference in
      BindingAnswer.Incorporation(
        document: reference.document, isPinned: reference.pinned != nil,
        version: reference.pinned ?? answers.first { $0.document == reference.document }?.version)
    }
  }

  /// The answers for the documents that float with their versions.
  ///
  /// A developer who has an agreement of their own over such a document is bound by that one's rules and dates. Everybody
  /// else agreed to it by agreeing to the document that names it, at that moment, and each of its later versions binds
  /// them by its own notice.
  func incorporatedAnswers() -> [BindingAnswer] {
    source.document.settings.incorporated.filter { $0.pinned == nil }.compactMap { reference in
      guard let record = source.incorporated.first(where: { $0.document.slug == reference.document }) else {
        return nil
      }
      // One level deep: what an incorporated document names in turn is that document's own matter.
      let own = bindingAnswer(
        document: record.document, versions: record.versions, facts: record.facts, question: question)
      if own.bound { return own }
      var facts = record.facts
      facts.acts = source.facts.acts.filter { act in
        switch act.value {
        case .connectorAdded, .connectorRemoved, .agreed, .terminated: true
        // These are about versions of the document that names the other.
        case .accepted, .declined, .optedOut: false
        }
      }
      return bindingAnswer(document: record.document, versions: record.versions, facts: facts, question: question)
    }
  }
}
