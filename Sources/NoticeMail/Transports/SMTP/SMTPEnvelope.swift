internal import TermsModel
internal import TermsOperations

/// What stands behind MAIL FROM: and RCPT TO: for one message, with its request for delivery reports (RFC 3461).
struct SMTPEnvelope: Hashable {
  let mail: String
  let recipient: String

  /// - Parameter takesBrackets: whether libcurl takes `<address> PARAMETERS` as is (8.16.0 and later). Before, it takes one
  ///   bracket off either end and puts a pair around the rest, so that parameters are only right on the wire where the last
  ///   one's value takes the closing bracket along. They come back so in reports, in brackets, and are read accordingly.
  init(_ message: NoticeMessage, asksForReports: Bool, takesBrackets: Bool) {
    guard asksForReports else {
      mail = "<\(message.sender)>"
      recipient = "<\(message.recipient)>"
      return
    }
    let original = Self.xtext(message.recipient.rawValue)
    let identifier = message.envelopeID.map(Self.xtext)
    // Only headers come back: a notice is long, and whoever gets the report has it.
    if takesBrackets {
      mail = "<\(message.sender)> RET=HDRS" + (identifier.map { " ENVID=\($0)" } ?? "")
      recipient = "<\(message.recipient)> NOTIFY=SUCCESS,FAILURE,DELAY ORCPT=rfc822;\(original)"
    } else {
      // Without an identifier no parameter could own the bracket: RET admits two values and no other.
      mail = identifier.map { "\(message.sender)> RET=HDRS ENVID=<\($0)" } ?? "<\(message.sender)>"
      recipient = "\(message.recipient)> NOTIFY=SUCCESS,FAILURE,DELAY ORCPT=rfc822;<\(original)"
    }
  }

  /// RFC 3461, section 4: `+`, `=` and all that is not visible ASCII become `+HH`.
  static func xtext(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var encoded: [UInt8] = []
    for byte in text.utf8 {
      if (33...126).contains(byte), byte != UInt8(ascii: "+"), byte != UInt8(ascii: "=") {
        encoded.append(byte)
      } else {
        encoded += [UInt8(ascii: "+"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: encoded, as: UTF8.self)
  }
}
