package import TermsModel

/// A second person's agreement to how changes are classed, where the document's settings ask for one.
///
/// It covers what it names and nothing else: this text, following this version, these changes as these classes by these laws.
package struct ClassApproval: Hashable, Sendable, Codable {
  /// A change with the class agreed to.
  package struct Agreed: Hashable, Sendable, Codable {
    /// The change's number in the redline against ``ClassApproval/basedOn``, from 1.
    package let number: Int
    /// How readers know it: `7(a)`, or the heading.
    package let clause: String
    package let proposed: ChangeClass
    package let decided: ChangeClass
    package let legalBasis: String?

    package init(
      number: Int, clause: String, proposed: ChangeClass, decided: ChangeClass, legalBasis: String?
    ) {
      self.number = number
      self.clause = clause
      self.proposed = proposed
      self.decided = decided
      self.legalBasis = legalBasis
    }
  }

  package let document: DocumentSlug
  /// The version that the text follows; `nil` where it is the document's first.
  package let basedOn: VersionLabel?
  /// SHA-256 of the text (UTF-8), in lower-case hexadecimal.
  package let sha256: String
  package let changes: [Agreed]
  /// Why the second person agrees.
  package let reason: String

  package init(
    document: DocumentSlug, basedOn: VersionLabel?, sha256: String, changes: [Agreed], reason: String
  ) {
    self.document = document
    self.basedOn = basedOn
    self.sha256 = sha256
    self.changes = changes
    self.reason = reason
  }
}

/// An agreement on record: whose it is, and when it was given.
package struct RecordedApproval: Hashable, Sendable {
  package let approval: ClassApproval
  package let actor: String
  package let occasion: Occasion

  package init(approval: ClassApproval, actor: String, occasion: Occasion) {
    self.approval = approval
    self.actor = actor
    self.occasion = occasion
  }
}
