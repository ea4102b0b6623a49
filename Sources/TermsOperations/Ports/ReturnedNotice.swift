package import TermsModel

/// Reads what came to the addresses that notices are sent from.
package protocol ReturnedMailReader: Sendable {
  /// Takes apart a message, without believing a word that it cannot check.
  ///
  /// - Parameter ingestedAt: when it is read: no time in it counts as later.
  func read(_ bytes: [UInt8], ingestedAt: Instant) -> ReadMail
}

/// A message that came back, as far as it can be told what it is.
package struct ReadMail: Hashable, Sendable {
  /// What the address that it was sent to says of the notice that it belongs to.
  package enum Addressee: Hashable, Sendable {
    /// No address of a notice.
    case stranger
    /// An address in the form of a notice's that nobody here made.
    case forged
    /// That of a trial message, which is no notice.
    case trial
    case notice(Int64)
  }

  package let addressee: Addressee
  package let content: ReturnedNotice.Content

  package init(addressee: Addressee, content: ReturnedNotice.Content) {
    self.addressee = addressee
    self.content = content
  }
}

/// A message that came back to a notice's address, as it goes on record. Its bytes stand apart, since they hold the
/// developer's address; the hash binds them.
package struct ReturnedNotice: Hashable, Sendable {
  package enum Content: Hashable, Sendable {
    /// Delivery reports: one verdict for each recipient that the message speaks of, in its order.
    case reports([ReportVerdict])
    /// The developer's own words, or those of a program that answers for them: no evidence of receipt, but to be read.
    case reply
    /// Nothing that a program may rely on; why, in words.
    case unrecognised(String)
  }

  package let version: VersionLabel
  /// The notice's number in the outbox.
  package let notice: Int64
  /// SHA-256 of the message's bytes, in lower-case hexadecimal.
  package let mailSHA256: String
  package let content: Content

  package init(version: VersionLabel, notice: Int64, mailSHA256: String, content: Content) {
    self.version = version
    self.notice = notice
    self.mailSHA256 = mailSHA256
    self.content = content
  }
}

/// A notice that is to go out once more, as it goes on record.
package struct NoticeRequeue: Hashable, Sendable {
  package let version: VersionLabel
  /// The notice's number in the outbox.
  package let notice: Int64
  package let dueAt: Instant
  /// Why, in words.
  package let reason: String

  package init(version: VersionLabel, notice: Int64, dueAt: Instant, reason: String) {
    self.version = version
    self.notice = notice
    self.dueAt = dueAt
    self.reason = reason
  }
}

/// A message that came back, as it goes on record.
package struct ReceivedMail: Hashable, Sendable {
  package let bytes: [UInt8]
  /// Of the bytes, in lower-case hexadecimal.
  package let sha256: String
  package let content: ReturnedNotice.Content
  /// The number of the notice that it came back for.
  package let notice: Int64

  package init(bytes: [UInt8], sha256: String, content: ReturnedNotice.Content, notice: Int64) {
    self.bytes = bytes
    self.sha256 = sha256
    self.content = content
    self.notice = notice
  }
}

/// What putting a message that came back on record did.
package enum MailReceipt: Hashable, Sendable {
  /// It is on record already.
  case known
  /// No notice of this record has the number.
  case noSuchNotice(Int64)
  /// It is on record now; where the notice stood before and stands now by all that came back.
  case recorded(OutboxNotice, before: ReportStanding, now: ReportStanding)
}

/// A notice with where it stands by what came back on it.
package struct NoticeStandingEntry: Hashable, Sendable {
  package let notice: OutboxNotice
  package let standing: ReportStanding
  /// When the last message was recorded that it was weighed upon; `nil` where nothing came back.
  package let weighedAt: Instant?
  /// What a mail system said in full of the last try of which that is kept.
  package let said: String?

  package init(notice: OutboxNotice, standing: ReportStanding, weighedAt: Instant?, said: String? = nil) {
    self.notice = notice
    self.said = said
    self.standing = standing
    self.weighedAt = weighedAt
  }
}
