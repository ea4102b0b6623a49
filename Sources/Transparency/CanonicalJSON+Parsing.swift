extension CanonicalJSON {
  /// How deep values may be nested.
  package static let depthLimit = 200

  /// Reads any JSON text (RFC 8259) that is also I-JSON (RFC 7493): UTF-8, no member twice, no half surrogate.
  ///
  /// The text need not be canonical; whether it was shows when the value is written again.
  package init(parsing bytes: some Collection<UInt8>) throws(CanonicalJSONError) {
    var parser = Parser(bytes: Array(bytes))
    self = try parser.document()
  }

  package init(parsing text: String) throws(CanonicalJSONError) {
    try self.init(parsing: text.utf8)
  }

  private struct Parser {
    let bytes: [UInt8]
    var position = 0
    var depth = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func document() throws(CanonicalJSONError) -> CanonicalJSON {
      let value = try value()
      skipSpace()
      guard position == bytes.count else { throw unexpected("nothing more") }
      return value
    }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private func unexpected(_ expected: String) -> CanonicalJSONError {
      .unexpected(found: next, position: position, expected: expected)
    }

    private mutating func skipSpace() {
      while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private mutating func value() throws(CanonicalJSONError) -> CanonicalJSON {
      skipSpace()
      switch next {
      case UInt8(ascii: "{"): return try nested { (parser) throws(CanonicalJSONError) in try parser.object() }
      case UInt8(ascii: "["): return try nested { (parser) throws(CanonicalJSONError) in try parser.array() }
      case UInt8(ascii: "\""): return .string(try string())
      case UInt8(ascii: "t"): return try word("true", .bool(true))
      case UInt8(ascii: "f"): return try word("false", .bool(false))
      case UInt8(ascii: "n"): return try word("null", .null)
      case .some(UInt8(ascii: "-")), .some(UInt8(ascii: "0")...UInt8(ascii: "9")): return try number()
      default: throw unexpected("a value")
      }
    }

    private mutating func nested(
      _ body: (inout Parser) throws(CanonicalJSONError) -> CanonicalJSON
    ) throws(CanonicalJSONError) -> CanonicalJSON {
      guard depth < CanonicalJSON.depthLimit else {
        throw .tooDeep(limit: CanonicalJSON.depthLimit, position: position)
      }
      depth += 1
      defer { depth -= 1 }
      return try body(&self)
    }

    private mutating func word(_ word: String, _ value: CanonicalJSON) throws(CanonicalJSONError) -> CanonicalJSON {
      for byte in word.utf8 {
        guard next == byte else { throw unexpected("'\(word)'") }
        position += 1
      }
      return value
    }

    private mutating func object() throws(CanonicalJSONError) -> CanonicalJSON {
      position += 1
      var members = Members([])
      skipSpace()
      if next == UInt8(ascii: "}") {
        position += 1
        return .object(members)
      }
      while true {
        skipSpace()
        guard next == UInt8(ascii: "\"") else { throw unexpected("a member's name") }
        let start = position
        let name = try string()
        guard members[name] == nil else { throw .duplicateMember(name, position: start) }
        skipSpace()
        guard next == UInt8(ascii: ":") else { throw unexpected("':'") }
        position += 1
        members[name] = try value()
        skipSpace()
        switch next {
        case UInt8(ascii: ","): position += 1
        case UInt8(ascii: "}"):
          position += 1
          return .object(members)
        default: throw unexpected("',' or '}'")
        }
      }
    }

    private mutating func array() throws(CanonicalJSONError) -> CanonicalJSON {
      position += 1
      var elements: [CanonicalJSON] = []
      skipSpace()
      if next == UInt8(ascii: "]") {
        position += 1
        return .array(elements)
      }
      while true {
        elements.append(try value())
        skipSpace()
        switch next {
        case UInt8(ascii: ","): position += 1
        case UInt8(ascii: "]"):
          position += 1
          return .array(elements)
        default: throw unexpected("',' or ']'")
        }
      }
    }

    private mutating func string() throws(CanonicalJSONError) -> String {
      let start = position
      position += 1
      var content: [UInt8] = []
      while true {
        let run = position
        while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { position += 1 }
        content += bytes[run..<position]
        switch next {
        case UInt8(ascii: "\""):
          position += 1
          guard let text = String(validating: content, as: UTF8.self) else { throw .notUTF8(position: start) }
          return text
        case UInt8(ascii: "\\"):
          position += 1
          try escape(into: &content)
        case .some: throw unexpected("an escape for control characters")
        case nil: throw unexpected("'\"'")
        }
      }
    }

    private mutating func escape(into content: inout [UInt8]) throws(CanonicalJSONError) {
      guard let letter = next else { throw unexpected("an escape") }
      let start = position - 1
      switch letter {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(letter)
      case UInt8(ascii: "b"): content.append(0x08)
      case UInt8(ascii: "f"): content.append(0x0C)
      case UInt8(ascii: "n"): content.append(0x0A)
      case UInt8(ascii: "r"): content.append(0x0D)
      case UInt8(ascii: "t"): content.append(0x09)
      case UInt8(ascii: "u"):
        position += 1
        var code = try codeUnit()
        if (0xD800...0xDBFF).contains(code) {
          guard next == UInt8(ascii: "\\"), position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "u") else {
            throw .loneSurrogate(position: start)
          }
          position += 2
          let low = try codeUnit()
          guard (0xDC00...0xDFFF).contains(low) else { throw .loneSurrogate(position: start) }
          code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let scalar = UnicodeScalar(code) else { throw .loneSurrogate(position: start) }
        content += Array(String(Character(scalar)).utf8)
        return
      default: throw unexpected("an escape")
      }
      position += 1
    }

    private mutating func codeUnit() throws(CanonicalJSONError) -> UInt32 {
      var code: UInt32 = 0
      for _ in 0..<4 {
        guard let byte = next, let digit = Character(UnicodeScalar(byte)).hexDigitValue, byte < 0x80 else {
          throw unexpected("a hexadecimal digit")
        }
        code = code << 4 + UInt32(digit)
        position += 1
      }
      return code
    }

    private mutating func number() throws(CanonicalJSONError) -> CanonicalJSON {
      let start = position
      var whole = true
      if next == UInt8(ascii: "-") { position += 1 }
      if next == UInt8(ascii: "0") { position += 1 } else { try digits() }
      if next == UInt8(ascii: ".") {
        whole = false
        position += 1
        try digits()
      }
      if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
        whole = false
        position += 1
        if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { position += 1 }
        try digits()
      }
      let text = String(decoding: bytes[start..<position], as: UTF8.self)
      if whole, let integer = Int(text), integer.magnitude <= UInt(CanonicalJSON.largestInteger) {
        return .integer(integer)
      }
      guard let value = Double(text), value.isFinite else { throw .numberOutOfRange(position: start) }
      // One number, one value: 1.0 and 1e0 are the integer 1.
      if let integer = Int(exactly: value), integer.magnitude <= UInt(CanonicalJSON.largestInteger) {
        return .integer(integer)
      }
      return .fraction(value)
    }

    private mutating func digits() throws(CanonicalJSONError) {
      let start = position
      while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
      guard position > start else { throw unexpected("a digit") }
    }
  }
}
