import TermsOperations
import Testing

@testable import NoticeMail

@Suite struct FailureClassTests {
  @Test(arguments: [
    ("5.1.1", FailureClass.addressDead, "no such mailbox"), ("5.1.0", .addressDead, "some address failure"),
    ("5.1.2", .addressDead, "no such host"), ("5.1.3", .addressDead, "bad syntax"), ("5.1.6", .addressDead, "moved"),
    ("5.1.10", .addressDead, "null MX"), ("5.2.1", .addressDead, "disabled"), ("5.4.4", .addressDead, "no route"),
    ("5.1.4", .unknown, "ambiguous: may be mended"), ("5.2.2", .messageOnly, "full"),
    ("5.2.3", .messageOnly, "too long"),
    ("5.3.4", .messageOnly, "too big"), ("4.4.1", .messageOnly, "expired in a queue: failed with a 4.x.x status"),
    ("4.7.1", .messageOnly, "expired while greylisted"), ("5.7.1", .ours, "policy"),
    ("5.7.26", .ours, "not authenticated"),
    ("5.7.515", .ours, "not authenticated"), ("5.6.1", .ours, "content"), ("5.5.4", .ours, "parameters"),
    ("5.0.0", .unknown, "says nothing"), ("2.0.0", .unknown, "no failure"), ("5.1", .unknown, "no status"),
    ("", .unknown, "nothing"), ("5.1.x", .unknown, "no number"),
  ])
  func `a reported failure has its class`(status: String, expected: FailureClass, because: String) {
    #expect(FailureClass(reported: status) == expected, "\(because)")
  }

  @Test(
    arguments: [
      (450, nil, FailureClass.temporary, "try later"), (550, "5.1.1", .addressDead, "no such mailbox"),
      (550, nil, .unknown, "550 alone may be anything"), (530, nil, .ours, "AUTH required"),
      (552, nil, .messageOnly, "too big"),
      (555, nil, .ours, "parameters not known"), (500, "5.3.0", .ours, "the status says less than the code"),
      (550, "2.0.0", .unknown, "a status that contradicts the code"),
      (451, "5.1.1", .temporary, "and the other way round"),
      (554, "5.7.1", .ours, "relay access denied"),
    ] as [(Int, String?, FailureClass, String)])
  func `a refusal has its class`(code: Int, status: String?, expected: FailureClass, because: String) {
    #expect(FailureClass(refusal: code, status: status) == expected, "\(because)")
  }

  @Test func `a report without a status is of no known class`() {
    #expect(FailureClass(reported: nil) == .unknown)
  }
}
