import Testing

@testable import TenorCLI

@Suite struct CSVLineTests {
  @Test(arguments: [
    (["a", "b"], "a,b\r\n", "plain"),
    (["a,b", "say \"so\""], "\"a,b\",\"say \"\"so\"\"\"\r\n", "quoted where it must be"),
    (["two\nlines", "two\r\nlines"], "\"two\nlines\",\"two\r\nlines\"\r\n", "line ends stay within the cell"),
    (["=1+1", "+1", "-1", "@a"], "'=1+1,'+1,'-1,'@a\r\n", "nothing that a spreadsheet would reckon with"),
    (["", "é"], ",é\r\n", "empty and not ASCII"),
  ])
  func `a line is what RFC 4180 makes of its cells`(_ cells: [String], _ expected: String, _ because: String) {
    #expect(CSVLine.text(cells) == expected, "\(because)")
  }
}
