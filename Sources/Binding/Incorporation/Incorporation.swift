internal import TermsModel

extension BindingComputation {
  /// The documents that bind along with this one.
  /// - Parameter answers: for those that float with their versions.
  func incorporations(_ answers: [BindingAnswer]) -> [BindingAnswer.Incorporation] {
    source.document.settings.incorporated.map { reference in
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
      var facts = record.facts
      facts.naming.removeAll { $0.document == source.document.slug }
      if let first = source.facts.acts.first {
        let agreement = NamingAgreement(
          document: source.document.slug, names: [Fact(.floating, first.occasion)], acts: source.facts.acts)
        facts.naming.insert(agreement, at: 0)
      }
      return bindingAnswer(document: record.document, versions: record.versions, facts: facts, question: question)
    }
  }
}
