import Foundation
import Testing

@testable import TenorCLI

@Suite struct CSVReaderTests {
  struct Case: CustomTestStringConvertible {
    let text: String
    let records: [[String]]
    let because: String

    var testDescription: String { because }
  }

  /// Hands the bytes over in pieces of the given size, so that every record is cut somewhere.
  private func read(_ text: String, inPiecesOf size: Int) throws -> [CSVReader.Record] {
    var rest = Array(text.utf8)[...]
    var reader = CSVReader {
      guard !rest.isEmpty else { return nil }
      defer { rest = rest.dropFirst(size) }
      return Array(rest.prefix(size))
    }
    var records: [CSVReader.Record] = []
    while let record = try reader.record() { records.append(record) }
    return records
  }

  @Test(arguments: [
    Case(text: "a,b\n1,2\n", records: [["a", "b"], ["1", "2"]], because: "plain lines"),
    Case(text: "a,b\r\n1,2", records: [["a", "b"], ["1", "2"]], because: "CRLF, no end of line at the end"),
    Case(text: "a,\n", records: [["a", ""]], because: "an empty last field"),
    Case(text: "\"a,b\",c\n", records: [["a,b", "c"]], because: "a quoted comma"),
    Case(text: "\"say \"\"yes\"\"\",c\n", records: [["say \"yes\"", "c"]], because: "doubled quotes"),
    Case(text: "\"two\nlines\",c\n", records: [["two\nlines", "c"]], because: "a quoted line break"),
    Case(text: "a\n\n\nb\n", records: [["a"], ["b"]], because: "blank lines are no records"),
    Case(text: "Zoë,Ł\n", records: [["Zoë", "Ł"]], because: "characters of several bytes"),
    Case(text: "", records: [], because: "an empty file"),
  ])
  func `records are read whatever the pieces`(_ item: Case) throws {
    for size in [1, 2, 3, 1000] {
      #expect(try read(item.text, inPiecesOf: size).map(\.fields) == item.records, "pieces of \(size)")
    }
  }

  @Test func `a byte order mark is no part of the first name`() throws {
    #expect(try read("\u{FEFF}id,region\n", inPiecesOf: 1000)[0].fields == ["id", "region"])
  }

  @Test func `a record knows the line on which it begins`() throws {
    let records = try read("a\n\"two\nlines\"\nc\n", inPiecesOf: 3)
    #expect(records.map(\.line) == [1, 2, 4])
  }

  @Test(arguments: [
    (
      "a\n\"never closed", CSVFault.unclosedQuote(line: 2),
      "line 2: a quoted field is never closed; double the quotes inside it and close it"
    ),
    (
      "\"a\"b\n", CSVFault.textAfterQuote(line: 1),
      "line 1: text follows a closing quote; double the quotes inside a quoted field"
    ),
  ])
  func `broken quoting is told with its line`(_ text: String, _ fault: CSVFault, _ words: String) throws {
    #expect(throws: fault) { try read(text, inPiecesOf: 4) }
    #expect("\(fault)" == words)
  }

  @Test func `bytes that are no UTF-8 are told with their line`() throws {
    var chunks: [[UInt8]] = [[0x61, 0x0A, 0xFF, 0x0A]]
    var reader = CSVReader { chunks.popLast() }
    #expect(try reader.record()?.fields == ["a"])
    #expect(throws: CSVFault.notUTF8(line: 2)) { try reader.record() }
    #expect("\(CSVFault.notUTF8(line: 2))" == "line 2: the text is not UTF-8; save the file as UTF-8")
  }
}
