/// A JSON value that has exactly one way of being written (RFC 8785, JSON Canonicalization Scheme).
///
/// What is hashed must be written the same way by everybody who checks the hash: members in the order of their names'
/// UTF-16 code units, no white space, numbers as ECMAScript prints them, strings with the fewest escapes.
package enum CanonicalJSON: Hashable, Sendable {
  case null
  case bool(Bool)
  /// A whole number. Only those up to 2⁵³ − 1 in size can be written: JSON's readers keep no more digits.
  case integer(Int)
  /// A number with a fraction, or one too large for ``integer(_:)``; must be finite.
  case fraction(Double)
  case string(String)
  case array([CanonicalJSON])
  case object(Members)

  /// The members of an object, held in canonical order.
  package struct Members: Hashable, Sendable {
    package struct Member: Hashable, Sendable {
      package let name: String
      package var value: CanonicalJSON
    }

    package private(set) var sorted: [Member]

    /// The members with these names and values; of two with the same name the later one stands.
    package init(_ pairs: some Sequence<(String, CanonicalJSON)>) {
      sorted = []
      sorted.reserveCapacity(pairs.underestimatedCount)
      for (name, value) in pairs { self[name] = value }
    }

    /// The value of the member with that name, compared byte by byte; setting `nil` removes it.
    package subscript(name: String) -> CanonicalJSON? {
      get {
        let index = insertionIndex(of: name)
        return index < sorted.count && Self.isSame(sorted[index].name, name) ? sorted[index].value : nil
      }
      set {
        let index = insertionIndex(of: name)
        let exists = index < sorted.count && Self.isSame(sorted[index].name, name)
        switch (newValue, exists) {
        case (let value?, true): sorted[index].value = value
        case (let value?, false): sorted.insert(Member(name: name, value: value), at: index)
        case (nil, true): sorted.remove(at: index)
        case (nil, false): break
        }
      }
    }

    /// The first place whose name is not before `name` in the order of UTF-16 code units.
    private func insertionIndex(of name: String) -> Int {
      // Mostly they come in their order.
      if let last = sorted.last, Self.precedes(last.name, name) { return sorted.count }
      var (low, high) = (0, sorted.count)
      while low < high {
        let middle = (low + high) / 2
        if Self.precedes(sorted[middle].name, name) { low = middle + 1 } else { high = middle }
      }
      return low
    }

    // Swift's own comparison holds "é" and "e" with an accent for the same; JSON and hashes do not.
    private static func isSame(_ left: String, _ right: String) -> Bool { left.utf8.elementsEqual(right.utf8) }

    private static func precedes(_ left: String, _ right: String) -> Bool {
      // The order of bytes is that of UTF-16 code units below the surrogates' range, where all names of acts are.
      for (one, other) in zip(left.utf8, right.utf8) where one != other {
        guard one < 0xEE, other < 0xEE else { return left.utf16.lexicographicallyPrecedes(right.utf16) }
        return one < other
      }
      return left.utf8.count < right.utf8.count
    }
  }

  /// The largest whole number that every reader of JSON keeps exactly (RFC 7493, 2.2).
  package static let largestInteger = 9_007_199_254_740_991
}

/// Why a text is no JSON that can be made canonical, or a value cannot be written.
package enum CanonicalJSONError: Error, Hashable {
  /// Positions count bytes from 0.
  case unexpected(found: UInt8?, position: Int, expected: String)
  case notUTF8(position: Int)
  case loneSurrogate(position: Int)
  case duplicateMember(String, position: Int)
  case tooDeep(limit: Int, position: Int)
  case numberOutOfRange(position: Int)
  case integerTooLarge(Int)
  case notFinite
}

extension CanonicalJSONError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unexpected(let found, let position, let expected):
      "byte \(position): found \(found.map(Self.name) ?? "the end") where JSON has \(expected)"
    case .notUTF8(let position):
      "byte \(position): the text is not UTF-8; JSON has no other encoding"
    case .loneSurrogate(let position):
      "byte \(position): half of a surrogate pair stands alone; write the character as a whole"
    case .duplicateMember(let name, let position):
      "byte \(position): the member '\(name)' stands twice in one object; keep one"
    case .tooDeep(let limit, let position):
      "byte \(position): values are nested more than \(limit) deep; flatten them"
    case .numberOutOfRange(let position):
      "byte \(position): the number is larger than any JSON reader can hold; write it as a string"
    case .integerTooLarge(let number):
      "the number \(number) cannot be written exactly in JSON, which ends at \(CanonicalJSON.largestInteger); "
        + "write it as a string"
    case .notFinite:
      "a number that is infinite or undefined cannot be written in JSON; leave it out"
    }
  }

  private static func name(of byte: UInt8) -> String {
    (33...126).contains(byte) ? "'\(Character(UnicodeScalar(byte)))'" : "the byte \(byte)"
  }
}

extension CanonicalJSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  package init(stringLiteral value: String) { self = .string(value) }
  package init(integerLiteral value: Int) { self = .integer(value) }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(arrayLiteral elements: CanonicalJSON...) { self = .array(elements) }
  package init(dictionaryLiteral elements: (String, CanonicalJSON)...) { self = .object(Members(elements)) }
}
