import Testing

@testable import NoticeMail

@Suite struct Base32Tests {
  @Test(arguments: [
    ("", ""), ("f", "my"), ("fo", "mzxq"), ("foo", "mzxw6"), ("foob", "mzxw6yq"), ("fooba", "mzxw6ytb"),
    ("foobar", "mzxw6ytboi"),
  ])
  func `the vectors of RFC 4648, section 10, in lower case without padding`(text: String, encoded: String) {
    #expect(Base32.encoded(text.utf8) == encoded)
    #expect(Base32.decoded(encoded) == Array(text.utf8))
  }

  @Test(arguments: ["MY", "m", "mz=", "m1", "mzz", "my ", "mü"])
  func `what was not written by us is not read`(text: String) {
    #expect(Base32.decoded(text) == nil)
  }
}
