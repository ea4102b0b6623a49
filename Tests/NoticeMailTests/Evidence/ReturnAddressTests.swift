import TermsModel
import TermsOperations
import Testing

@testable import NoticeMail

@Suite struct ReturnAddressTests {
  private let key = Array(repeating: UInt8(7), count: 32)

  private func sample() throws -> ReturnAddress { try ReturnAddress(domain: "bounces.terms.example", key: key) }

  @Test(arguments: [0, 1, 42, 4711, Int64.max])
  func `an address leads back to its notice, however mail systems write it`(notice: Int64) throws {
    let return_ = try sample()
    let address = try #require(return_.address(for: notice))
    #expect(address.localPart.utf8.count <= 64 && address.rawValue == address.rawValue.lowercased())
    #expect(return_.token(in: address.rawValue) == .notice(notice))
    #expect(return_.token(in: address.rawValue.uppercased()) == .notice(notice))
    #expect(ReturnAddress.envelopeID(for: notice).count == 13)
    #expect(address.rawValue.contains(ReturnAddress.envelopeID(for: notice)))
  }

  @Test func `the address of a notice never changes, or reports on notices that are out would be lost`() throws {
    #expect(try sample().address(for: 4711)?.rawValue == "bounce+aaaaaaaaaajgo-ggc6spaqlch2hkqq@bounces.terms.example")
  }

  @Test func `what somebody else made is not taken for ours`() throws {
    let return_ = try sample()
    let address = try #require(return_.address(for: 4711)).rawValue
    // Every single character changed, at its place.
    for index in address.indices where address[index] != "@" && address[..<index].contains("+") {
      guard index < (address.firstIndex(of: "@") ?? address.endIndex) else { continue }
      var changed = address
      changed.replaceSubrange(index...index, with: address[index] == "a" ? "b" : "a")
      #expect(return_.token(in: changed) == .forged, "\(changed)")
    }
    let other = try ReturnAddress(domain: "bounces.terms.example", key: key.map { $0 + 1 })
    #expect(try return_.token(in: #require(other.address(for: 4711)).rawValue) == .forged)
    for (text, token) in [
      ("bounce@bounces.terms.example", ReturnAddress.Token.absent), ("ada@example.com", .absent), ("", .absent),
      (address.replacing("bounces.", with: ""), .absent), ("bounce+@bounces.terms.example", .forged),
      ("bounce+x-y-z@bounces.terms.example", .forged), ("bounce+ä-b@bounces.terms.example", .forged),
      ("bounce+aaaaaaaaaajgo-@bounces.terms.example", .forged),
    ] {
      #expect(return_.token(in: text) == token, "\(text)")
    }
    #expect(return_.token(in: ["x@y.example", "bounce+no-no@bounces.terms.example", address]) == .notice(4711))
    #expect(return_.token(in: ["x@y.example", "bounce+no-no@bounces.terms.example"]) == .forged)
    #expect(return_.token(in: []) == .absent)
  }

  @Test func `no text made of it shows the key`() throws {
    let settings = MailSettings(
      from: try EmailAddress(checking: "n@terms.example"), fromName: "N", returnAddress: try sample())
    var dumped = ""
    dump(settings, to: &dumped)
    #expect(!"\(settings) \(String(reflecting: settings)) \(dumped)".contains("7, 7"))
  }

  @Test(arguments: [
    (
      31, "bounce", "b.example",
      "the key for return addresses has 31 bytes; make one of 32 or more, as with: openssl rand -hex 32"
    ),
    (
      32, "bo+unce", "b.example",
      "'bo+unce@b.example' cannot take delivery reports; name a mailbox of at most 32 letters without a + at a domain of yours"
    ),
    (
      32, "bounce", "b example",
      "'bounce@b example' cannot take delivery reports; name a mailbox of at most 32 letters without a + at a domain of yours"
    ),
  ])
  func `settings that cannot work are refused`(bytes: Int, mailbox: String, domain: String, says: String) {
    do {
      _ = try ReturnAddress(mailbox: mailbox, domain: domain, key: Array(repeating: 1, count: bytes))
      Issue.record("accepted")
    } catch {
      #expect("\(error)" == says)
    }
  }

  @Test func `a message's envelope names its notice twice`() throws {
    var settings = try MailSettings.sample()
    #expect(try MailComposer(settings: settings).compose(Contents().build()).sender == settings.from)
    settings.returnAddress = try sample()
    let message = try MailComposer(settings: settings).compose(Contents().build())
    #expect(try sample().token(in: message.sender.rawValue) == .notice(4711))
    #expect(message.envelopeID == ReturnAddress.envelopeID(for: 4711))
  }
}
