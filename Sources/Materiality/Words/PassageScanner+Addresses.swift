/// Links, addresses, and kinds of scalars.
extension PassageScanner {
  /// The end of the link text that opens at `open`, and where its target ends; `nil` where it is no link.
  mutating func link(from open: Int) -> (close: Int, resume: Int)? {
    var depth = 0
    var at = open
    let limit = min(scalars.count, open + 4000)
    while at < limit {
      switch scalars[at] {
      case "\\": at += 1
      case "[": depth += 1
      case "]":
        depth -= 1
        if depth == 0 {
          guard at + 1 < scalars.count, scalars[at + 1] == "(" else { return nil }
          guard let end = targetEnd(from: at + 1) else { return nil }
          links.append(Link(open: open, close: at, target: at + 2..<end))
          return (at, end + 1)
        }
      case "\n" where at + 1 < limit && scalars[at + 1] == "\n" && depth == 0: return nil
      default: break
      }
      at += 1
    }
    return nil
  }

  private func targetEnd(from open: Int) -> Int? {
    var depth = 0
    var at = open
    while at < scalars.count, at - open < 4000 {
      switch scalars[at] {
      case "(": depth += 1
      case ")":
        depth -= 1
        if depth == 0 { return at }
      case "\n": return nil
      default: break
      }
      at += 1
    }
    return nil
  }

  func tagEnd(from open: Int, limit: Int) -> Int? {
    var at = open + 1
    guard at < limit, kind(of: scalars[at]).contains(.letter) || scalars[at] == "/" || scalars[at] == "!" else {
      return nil
    }
    while at < limit {
      if scalars[at] == ">" { return at + 1 }
      if scalars[at] == "<" { return nil }
      at += 1
    }
    return nil
  }

  /// The end of a web address, an e-mail address or a telephone number that begins at `start`.
  func addressEnd(from start: Int, limit: Int) -> Int? {
    var at = start
    var dots = 0
    var hasAt = false
    var hasScheme = false
    var hasSlash = false
    let close = linkEnds.last?.close
    while at < limit {
      let scalar = scalars[at]
      guard kind(of: scalar).contains(.address), at != close else { break }
      switch scalar {
      case "." where at + 1 < limit && isWordScalar(scalars[at + 1]): dots += 1
      case "@" where at > start: hasAt = true
      case "/": hasSlash = true
      case ":" where at + 2 < limit && scalars[at + 1] == "/" && scalars[at + 2] == "/": hasScheme = true
      default: break
      }
      at += 1
    }
    var end = at
    while end > start, kind(of: scalars[end - 1]).contains(.trailing) { end -= 1 }
    guard end > start + 3,
      hasScheme || hasAt || scalars[start..<end].contains(where: { $0 == "." || $0 == ":" })
    else { return nil }
    if hasScheme || (hasAt && dots > 0) { return end }
    let text = string(start..<end).lowercased()
    if text.hasPrefix("www.") || text.hasPrefix("javascript:") { return end }
    if dots > 0, Self.looksLikeDomain(text, hasPath: hasSlash) { return end }
    return nil
  }

  /// Whether the part before the first slash is a host name with an ending in use; a name like `WordPress.com` is not
  /// taken for an address, since a brand may be spelt so, unless it is written in lower case.
  private static func looksLikeDomain(_ text: String, hasPath: Bool) -> Bool {
    guard hasPath else { return false }
    let host = text.prefix { $0 != "/" }
    guard let ending = host.split(separator: ".").last else { return false }
    return domainEndings.contains(String(ending))
  }

  private static let domainEndings: Set<String> = [
    "com", "org", "net", "eu", "uk", "de", "fr", "ie", "io", "google", "gov", "edu", "app", "dev", "tv", "be", "nl",
    "se", "ai", "co", "us", "me",
  ]

  // MARK: Scalars

  func string(_ range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[range])
    return String(view)
  }

  func skipSpace(_ at: inout Int, _ limit: Int) {
    while at < limit, !kind(of: scalars[at]).isDisjoint(with: [.space, .invisible]) { at += 1 }
  }

  /// Whether it is a letter or digit of ASCII.
  @inline(__always)
  func isPlain(_ scalar: Unicode.Scalar) -> Bool { (scalar.value | 0x20) &- 0x61 < 26 || scalar.value &- 0x30 < 10 }

  @inline(__always)
  func kind(of scalar: Unicode.Scalar) -> ScalarKind { kinds[scalar] }
  func isSpace(_ scalar: Unicode.Scalar) -> Bool { kind(of: scalar).contains(.space) }
  func isWordScalar(_ scalar: Unicode.Scalar) -> Bool { kind(of: scalar).contains(.word) }
  func isDigit(_ scalar: Unicode.Scalar) -> Bool { scalar.value &- 0x30 < 10 }
  func isUppercase(_ scalar: Unicode.Scalar) -> Bool { kind(of: scalar).contains(.capital) }
  func isApostrophe(_ scalar: Unicode.Scalar) -> Bool { kind(of: scalar).contains(.apostrophe) }
}
