internal import TermsModel

/// Words or conduct by which a bound developer agrees to a version at once (section 3.1, rules 5 and 6).
struct Consent {
  enum Kind: Hashable {
    /// Accepted the version expressly.
    case accepted
    /// Agreed expressly to the whole version then posted.
    case agreed
    /// Created a further connector, which is agreement to the whole version then posted.
    case connector(ConnectorID)
  }

  let kind: Kind
  /// The index of the version, which comes into force with all that it is written on.
  let version: Int
  let moment: Instant
  let act: AgreementAct

  /// The consents of a stretch of being bound, in the order in which they were given.
  ///
  /// An acceptance of a version that was not posted yet, was taken back before, or came before the agreement's own version
  /// says nothing.
  static func all(
    in acts: [Fact<AgreementAct>], to versions: [PostedVersion], after base: Int
  ) -> [Consent] {
    acts.compactMap { act in
      let moment = act.occasion.happenedAt
      let found: (kind: Kind, version: Int?)? =
        switch act.value {
        case .accepted(let label):
          (.accepted, versions.firstIndex { $0.label == label && $0.stands(at: moment) })
        case .agreed: (.agreed, versions.lastIndex { $0.stands(at: moment) })
        case .connectorAdded(let connector): (.connector(connector), versions.lastIndex { $0.stands(at: moment) })
        case .connectorRemoved, .declined, .optedOut, .terminated: nil
        }
      guard let found, let version = found.version, version > base else { return nil }
      return Consent(kind: found.kind, version: version, moment: moment, act: act.value)
    }
  }
}
