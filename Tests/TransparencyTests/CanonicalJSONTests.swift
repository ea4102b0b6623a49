import Testing

@testable import Transparency

/// The canonical form against the examples of RFC 8785.
@Suite struct CanonicalJSONTests {
  /// RFC 8785, appendix B: the bits of a number, and how it is written.
  @Test(
    arguments: [
      (0x0000_0000_0000_0000, "0", "zero"),
      (0x8000_0000_0000_0000, "0", "minus zero"),
      (0x0000_0000_0000_0001, "5e-324", "the smallest above zero"),
      (0x8000_0000_0000_0001, "-5e-324", "the largest below zero"),
      (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308", "the largest"),
      (0xffef_ffff_ffff_ffff, "-1.7976931348623157e+308", "the smallest"),
      (0x4340_0000_0000_0000, "9007199254740992", "the largest whole number without a gap before it"),
      (0xc340_0000_0000_0000, "-9007199254740992", "the same, negative"),
      (0x4430_0000_0000_0000, "295147905179352830000", "2 to the 68th"),
      (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22", "two below 1e23"),
      (0x44b5_2d02_c7e1_4af6, "1e+23", "1e23"),
      (0x44b5_2d02_c7e1_4af7, "1.0000000000000001e+23", "one above 1e23"),
      (0x444b_1ae4_d6e2_ef4e, "999999999999999700000", "below the switch to exponents"),
      (0x444b_1ae4_d6e2_ef4f, "999999999999999900000", "just below the switch to exponents"),
      (0x444b_1ae4_d6e2_ef50, "1e+21", "the switch to exponents"),
      (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7", "below the switch from exponents"),
      (0x3eb0_c6f7_a0b5_ed8d, "0.000001", "the switch from exponents"),
      (0x41b3_de43_5555_5553, "333333333.3333332", "rounding"),
      (0x41b3_de43_5555_5554, "333333333.33333325", "rounding"),
      (0x41b3_de43_5555_5555, "333333333.3333333", "rounding"),
      (0x41b3_de43_5555_5556, "333333333.3333334", "rounding"),
      (0x41b3_de43_5555_5557, "333333333.33333343", "rounding"),
      (0xbecb_f647_612f_3696, "-0.0000033333333333333333", "zeros after the point"),
      (0x4314_3ff3_c1cb_0959, "1424953923781206.2", "round to even"),
    ] as [(UInt64, String, String)])
  func `numbers are written as in RFC 8785, appendix B`(_ bits: UInt64, _ expected: String, _ because: String) throws {
    let value = Double(bitPattern: bits)
    #expect(try CanonicalJSON.fraction(value).text() == expected, "\(because)")
    #expect(try CanonicalJSON(parsing: expected).text() == expected, "\(because), read again")
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func `what is no finite number cannot be written`(_ value: Double) {
    #expect(throws: CanonicalJSONError.notFinite) { try CanonicalJSON.fraction(value).text() }
    #expect(
      "\(CanonicalJSONError.notFinite)"
        == "a number that is infinite or undefined cannot be written in JSON; leave it out")
  }

  @Test func `random numbers read back as themselves`() throws {
    var random = SplitMix(seed: 0x8785)
    var failures = 0
    for _ in 0..<20_000 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite else { continue }
      let text = try CanonicalJSON.fraction(value).text()
      if Double(text) != value || text.contains("E") || text.hasSuffix(".0") || text == "-0" { failures += 1 }
    }
    #expect(failures == 0)
  }

  @Test(arguments: [
    (
      #"{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}"#,
      #"{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}"#,
      "the example of sections 3.2.2 to 3.2.4"
    ),
    (
      #"{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}"#,
      "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u{80}\":\"Control\",\"ö\":\"Latin Small Letter O With Diaeresis\","
        + "\"€\":\"Euro Sign\",\"😀\":\"Emoji: Grinning Face\",\"\u{fb33}\":\"Hebrew Letter Dalet With Dagesh\"}",
      "the example of section 3.2.3: UTF-16 puts the emoji before the Hebrew letter, UTF-8 would not"
    ),
    (
      #"[56,{"d":true,"10":null,"1":[]}]"#, #"[56,{"1":[],"10":null,"d":true}]"#,
      "arrays keep their order, names are no numbers"
    ),
    (
      #"{"1":{"f":{"f":"hi","F":5},"\n":56.0},"10":{},"":"empty","a":{},"111":[{"e":"yes","E":"no"}],"A":{}}"#,
      #"{"":"empty","1":{"\n":56,"f":{"F":5,"f":"hi"}},"10":{},"111":[{"E":"no","e":"yes"}],"A":{},"a":{}}"#,
      "members of members are sorted, too; capitals come first; the empty name comes before all"
    ),
    (
      #"{"peach":"This sorting order","péché":"is wrong according to French","pêche":"but canonicalization MUST","sin":"ignore locale"}"#,
      #"{"peach":"This sorting order","péché":"is wrong according to French","pêche":"but canonicalization MUST","sin":"ignore locale"}"#,
      "no language has a say in the order"
    ),
    ("{\"A\u{30A}\":1}", "{\"A\u{30A}\":1}", "characters are not normalised"),
    (" \t\r\n[ ]\n", "[]", "white space goes"),
    (
      #""\u0000\u0001\b\t\n\u000b\f\r\u001f\u007f""#, "\"\\u0000\\u0001\\b\\t\\n\\u000b\\f\\r\\u001f\u{7f}\"",
      "controls"
    ),
    (#""\u2028\u2029\ud7ff\ue000\uffff""#, "\"\u{2028}\u{2029}\u{d7ff}\u{e000}\u{ffff}\"", "nothing else is escaped"),
    ("[-0,0.0,-0e5,1.0,10e-1,1E2]", "[0,0,0,1,1,100]", "one number has one form"),
    ("9007199254740993", "9007199254740992", "beyond 2⁵³ readers keep what fits, as ECMAScript does"),
  ])
  func `texts become canonical`(_ text: String, _ expected: String, _ because: String) throws {
    let value = try CanonicalJSON(parsing: text)
    #expect(try value.text() == expected, "\(because)")
    #expect(Array(try value.text().utf8) == Array(expected.utf8), "\(because), byte for byte")
    #expect(try CanonicalJSON(parsing: expected).text() == expected, "canonical stays canonical")
  }

  @Test func `names that look alike are two members, and the later value of one name stands`() throws {
    let composed = "\u{e9}"
    let decomposed = "e\u{301}"
    var members = CanonicalJSON.Members([(composed, .integer(1)), (decomposed, .integer(2)), (composed, .integer(3))])
    #expect(members[composed] == 3 && members[decomposed] == 2)
    #expect(try CanonicalJSON.object(members).text() == "{\"e\u{301}\":2,\"\u{e9}\":3}")
    members[composed] = nil
    members["not there"] = nil
    #expect(members.sorted.map(\.name) == [decomposed])
  }

  @Test func `a value that was decoded and encoded is the same canonical text`() throws {
    struct Example: Codable, Equatable {
      var url = "https://example.com/a?b=c"
      var day = "2026-01-01"
      var count = 3
      var share = 0.5
      var none: Int?
    }
    let json = try CanonicalJSON(encoding: Example())
    #expect(try json.text() == #"{"count":3,"day":"2026-01-01","share":0.5,"url":"https://example.com/a?b=c"}"#)
    #expect(try json.decoded(as: Example.self) == Example())
  }

  // MARK: What is no JSON

  @Test(arguments: [
    ("", "byte 0: found the end where JSON has a value"),
    ("[1,]", "byte 3: found ']' where JSON has a value"),
    ("{\"a\":1,}", "byte 7: found '}' where JSON has a member's name"),
    ("{\"a\" 1}", "byte 5: found '1' where JSON has ':'"),
    ("{\"a\":1 \"b\":2}", "byte 7: found '\"' where JSON has ',' or '}'"),
    ("[1 2]", "byte 3: found '2' where JSON has ',' or ']'"),
    ("nul", "byte 3: found the end where JSON has 'null'"),
    ("01", "byte 1: found '1' where JSON has nothing more"),
    ("1.", "byte 2: found the end where JSON has a digit"),
    ("-", "byte 1: found the end where JSON has a digit"),
    ("1e+", "byte 3: found the end where JSON has a digit"),
    ("+1", "byte 0: found '+' where JSON has a value"),
    ("NaN", "byte 0: found 'N' where JSON has a value"),
    ("\"a\u{1}\"", "byte 2: found the byte 1 where JSON has an escape for control characters"),
    ("\"a", "byte 2: found the end where JSON has '\"'"),
    (#""\x""#, "byte 2: found 'x' where JSON has an escape"),
    (#""\u12g4""#, "byte 5: found 'g' where JSON has a hexadecimal digit"),
    (#""\ud800""#, "byte 1: half of a surrogate pair stands alone; write the character as a whole"),
    (#""\ud800\u0041""#, "byte 1: half of a surrogate pair stands alone; write the character as a whole"),
    (#""\udc00""#, "byte 1: half of a surrogate pair stands alone; write the character as a whole"),
    (#"{"a":1,"\u0061":2}"#, "byte 7: the member 'a' stands twice in one object; keep one"),
    ("[1e400]", "byte 1: the number is larger than any JSON reader can hold; write it as a string"),
    ("\u{FEFF}1", "byte 0: found the byte 239 where JSON has a value"),
  ])
  func `what is no JSON is refused with its place`(_ text: String, _ words: String) {
    let error = #expect(throws: CanonicalJSONError.self) { try CanonicalJSON(parsing: text) }
    #expect(error?.description == words)
  }

  @Test func `bytes that are no UTF-8 are refused`() {
    let error = #expect(throws: CanonicalJSONError.self) {
      try CanonicalJSON(parsing: [UInt8(ascii: "["), UInt8(ascii: "\""), 0xC3, UInt8(ascii: "\""), UInt8(ascii: "]")])
    }
    #expect(error?.description == "byte 1: the text is not UTF-8; JSON has no other encoding")
  }

  @Test func `nesting without end is refused before it can hurt`() throws {
    let limit = CanonicalJSON.depthLimit
    #expect(throws: Never.self) {
      try CanonicalJSON(parsing: String(repeating: "[", count: limit) + String(repeating: "]", count: limit))
    }
    let error = #expect(throws: CanonicalJSONError.self) {
      try CanonicalJSON(parsing: String(repeating: "[{\"a\":", count: 1_000_000))
    }
    #expect(error?.description == "byte 600: values are nested more than 200 deep; flatten them")
  }

  @Test func `a whole number that readers would round is refused`() throws {
    #expect(try CanonicalJSON.integer(CanonicalJSON.largestInteger).text() == "9007199254740991")
    #expect(try CanonicalJSON.integer(-CanonicalJSON.largestInteger).text() == "-9007199254740991")
    for number in [CanonicalJSON.largestInteger + 1, Int.max, Int.min] {
      let error = #expect(throws: CanonicalJSONError.self) { try CanonicalJSON.integer(number).text() }
      #expect(
        error?.description
          == "the number \(number) cannot be written exactly in JSON, which ends at 9007199254740991; write it as a string"
      )
    }
  }

  @Test func `any text survives writing and reading`() throws {
    var random = SplitMix(seed: 0x7493)
    let alphabet: [UnicodeScalar] =
      (0...0x24).compactMap { UnicodeScalar($0 as UInt32) } + ["\\", "/", "e", "\u{301}", "é", "€", "\u{2028}", "😀"]
    for _ in 0..<500 {
      var text = ""
      for _ in 0..<Int.random(in: 0...12, using: &random) {
        text.unicodeScalars.append(alphabet[Int.random(in: 0..<alphabet.count, using: &random)])
      }
      let value = CanonicalJSON.object(CanonicalJSON.Members([(text, .string(text))]))
      #expect(try CanonicalJSON(parsing: value.encoded()) == value)
      #expect(try CanonicalJSON.string(text).text() == CanonicalJSON.quoted(text))
    }
  }
}
