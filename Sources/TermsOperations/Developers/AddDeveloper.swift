package import TermsModel

/// A developer as handed in, with what is personal.
package struct NewDeveloper: Hashable, Sendable {
  package let id: DeveloperID
  package let email: EmailAddress?
  package let name: String?
  package let region: Region
  /// When it happened; now where not given.
  package let at: Instant?

  package init(id: DeveloperID, email: EmailAddress?, name: String?, region: Region, at: Instant?) {
    self.id = id
    self.email = email
    self.name = name
    self.region = region
    self.at = at
  }
}

extension TermsRegistry {
  /// Registers a developer. Name and address are stored apart from the evidence, which holds a salted commitment to them.
  /// - Throws: ``TermsRefusal/developerExists(_:)``, ``TermsRefusal/unprintableName(_:of:)``,
  ///   ``TermsRefusal/overlongName(_:of:)``, ``TermsRefusal/unaddressableDeveloper(_:)``.
  @discardableResult
  package func addDeveloper(_ developer: NewDeveloper) async throws -> Occasion {
    let recordedAt = now()
    return try await perform([try registration(of: developer, recordedAt: recordedAt)], at: recordedAt)[0]
  }

  /// The act of registering, with the personal data to store apart.
  func registration(of developer: NewDeveloper, recordedAt: Instant) throws -> RecordedAct {
    guard !developer.id.isDotSegment else { throw TermsRefusal.unaddressableDeveloper(developer.id) }
    if let character = developer.name.flatMap(UnprintableCharacter.init(in:)) {
      throw TermsRefusal.unprintableName(character, of: developer.id)
    }
    if let length = developer.name.flatMap(OverlongName.init) {
      throw TermsRefusal.overlongName(length, of: developer.id)
    }
    let person = Person(name: developer.name, email: developer.email, salt: makeSalt())
    let registration = DeveloperRegistration(
      id: developer.id, region: developer.region, hasAddress: developer.email != nil, commitment: person.commitment)
    return RecordedAct(.developerAdded(registration), happenedAt: developer.at ?? recordedAt, person: person)
  }
}
