package import TermsModel

/// Every reason for which an act on a notice of the outbox is declined.
package enum NoticeRefusal: Refusal, Hashable {
  case noAddress(DeveloperID)
  case noSuchNotice(Int64)
  case noSuchMail(notice: Int64, sha256: String)
  /// The digits given begin the SHA-256 of more than one message.
  case severalMails(notice: Int64, named: [String])
  case mailErased(sha256: String)
}

extension NoticeRefusal {
  package var description: String {
    switch self {
    case .noAddress(let id):
      "developer '\(id)' has no address, so that no letter goes to them; the posting serves them, or a notice by courier"
    case .noSuchNotice(let number):
      "there is no notice \(number); 'tenor notices status' and 'tenor notices pending' show their numbers"
    case .noSuchMail(let notice, let sha256):
      "no message '\(sha256)' came back for notice \(notice); see 'tenor notices returned \(notice)'"
    case .severalMails(let notice, let named):
      "\(named.count) messages that came back for notice \(notice) begin so; name one in full: "
        + named.joined(separator: ", ")
    case .mailErased(let sha256):
      "the message \(sha256) was erased with the developer's data; what it said stays on record"
    }
  }
}
