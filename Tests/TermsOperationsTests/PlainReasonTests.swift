import NoticeMail
import TermsOperations
import Testing

/// Of a server's reply the log holds the codes and the words that mail systems use, and nothing of anybody's own.
@Suite struct PlainReasonTests {
  @Test(
    arguments: [
      ("550 5.1.1 User unknown", "550 5.1.1 User unknown", "codes and usual words stay"),
      (
        "550 5.1.1 <ada@example.com>: Recipient address rejected: User unknown in virtual mailbox table",
        "550 5.1.1 <(address)>: Recipient address rejected: User unknown in virtual mailbox table", "an address goes"
      ),
      ("550 5.1.1 ada.loewe: no such user", "550 5.1.1 …: no such user", "a local part goes"),
      ("550 user 'ada.loewe' is unknown here", "550 user '…' is unknown here", "also between marks"),
      ("552 mailbox of Ada Löwe is full", "552 mailbox of … is full", "a name goes, of several words one mark stays"),
      (
        "mx.example refused the recipient: 550 Löwe, Ada does not exist",
        "mx.example refused the recipient: 550 …, … does not exist", "the host is this program's word"
      ),
      ("smtp; 550 user=ada1985;domain=example", "smtp; 550 user=…;domain=…", "also within a token"),
      ("550 no mailbox/user ADA", "550 no mailbox/user …", "compounds of usual words stay"),
      (
        "host mx1.loewe.example[192.0.2.7] said: 452 4.2.2 Over quota",
        "host …[192.0.2.7] said: 452 4.2.2 Over quota", "a host of the recipient's may be their name"
      ),
      ("ada@ is not here", "… is not here", "half an address goes as well"),
      ("", "", "nothing stays nothing"), ("550", "550", "a code alone"),
      ("450 it may come; May will, Will may not", "450 it may …; … will, … may not", "names that are words, too"),
    ] as [(String, String, String)])
  func `words that could be anybody's are left out`(_ text: String, _ expected: String, _ because: String) {
    #expect(PlainReason.forLog(text) == expected, "\(because)")
  }

  @Test(
    arguments: [
      .empty, .tooLarge(bytes: 9, limit: 8), .tooDeep(limit: 8), .tooManyParts(limit: 8), .tooManyRecipients(limit: 8),
      .malformed, .noOutcome, .ambiguous, .freeText,
    ] as [UnrecognisedMail])
  func `what this program says itself of a message stays as it is`(_ mail: UnrecognisedMail) {
    #expect(PlainReason.forLog("\(mail)") == "\(mail)")
  }

  @Test func `of a sender that a report names the log has nothing`() {
    let words = PlainReason.forLog("\(UnrecognisedMail.returnPathNotNull("Ada.Loewe"))")
    #expect(words.hasPrefix("the report has '…' as its envelope sender"), "\(words)")
  }
}
