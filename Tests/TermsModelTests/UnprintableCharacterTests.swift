import TermsModel
import Testing

@Suite struct UnprintableCharacterTests {
  @Test(arguments: [
    ("Ada\r\nBcc: eve@example.com", 0x0D, 4, "breaks a header"), ("a\u{0}", 0, 2, "no text"),
    ("\tAda", 0x09, 1, "no part of a name"), ("Ada\u{7F}", 0x7F, 4, "a control"), ("Ada\u{85}", 0x85, 4, "next line"),
    ("Ada\u{2029}", 0x2029, 4, "a break of the paragraph"), ("invoice\u{202E}gnp.exe", 0x202E, 8, "turns the rest"),
    ("\u{2066}Ada\u{2069}", 0x2066, 1, "an isolate"),
  ])
  func `what breaks or turns a line is found`(_ text: String, _ code: UInt32, _ position: Int, _ because: String) throws
  {
    let found = try #require(UnprintableCharacter(in: text))
    #expect(found.code == code && found.position == position, "\(because)")
  }

  @Test(arguments: ["", "Ada", "Zoë Müller-O’Neill, Inc.", "محمد", "דנה\u{200F}", "நிலா", "👩‍💻 Ada", "株式会社　例"])
  func `names of all scripts have none`(_ text: String) {
    #expect(UnprintableCharacter(in: text) == nil)
  }

  @Test func `it is named with its place and what to do`() {
    #expect(
      UnprintableCharacter(in: "Ada\n")?.description
        == "the character at position 4 (U+000A) cannot be seen, and breaks or turns the line that it stands in; leave it out"
    )
  }
}
