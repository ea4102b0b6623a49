import Foundation
import Testing

@testable import Transparency

/// One way of writing an archive, and no other way of reading one.
@Suite struct StoredArchiveTests {
  private static let files = [
    StoredArchive.File(path: "b/second.txt", bytes: Array("two\n".utf8)),
    StoredArchive.File(path: "README.html", bytes: Array("<p>one".utf8)), .init(path: "empty", bytes: []),
  ]

  @Test func `files come back as they went in, in the order of their names`() throws {
    let archive = try StoredArchive(Self.files)
    let read = try StoredArchive(parsing: try archive.encoded())
    #expect(read == archive)
    #expect(read.files.map(\.path) == ["README.html", "b/second.txt", "empty"])
    #expect(read["b/second.txt"] == Array("two\n".utf8))
    #expect(read["empty"] == [])
    #expect(read["nothing"] == nil)
    #expect(try StoredArchive(parsing: StoredArchive([]).encoded()).files == [])
  }

  @Test func `a byte altered, left out or put in is noticed, wherever it is`() throws {
    let whole = try StoredArchive(Self.files).encoded()
    for place in whole.indices {
      for value in [UInt8(1), 0x80, 0xFF] {
        var bytes = whole
        bytes[place] ^= value
        #expect(throws: StoredArchiveError.self, "byte \(place)") { try StoredArchive(parsing: bytes) }
      }
      #expect(throws: StoredArchiveError.self) { try StoredArchive(parsing: Array(whole.prefix(place))) }
      var longer = whole
      longer.insert(0, at: place)
      #expect(throws: StoredArchiveError.self, "before \(place)") { try StoredArchive(parsing: longer) }
    }
    #expect(throws: StoredArchiveError.malformed(position: whole.count)) { try StoredArchive(parsing: whole + [0]) }
  }

  @Test func `names that lead elsewhere are refused`() {
    for path in [
      "", "/etc/passwd", "../x", "a/../b", "a//b", "a/", "./a", "ä", "a b", "a\\b", String(repeating: "x", count: 300),
    ] {
      #expect(throws: StoredArchiveError.badPath(path)) { try StoredArchive([.init(path: path, bytes: [])]) }
    }
    #expect(throws: StoredArchiveError.twice("a")) {
      try StoredArchive([.init(path: "a", bytes: []), .init(path: "a", bytes: [1])])
    }
  }

  @Test func `the checksum is the one that everybody computes`() {
    #expect(CRC32.checksum(of: Array("123456789".utf8)) == 0xCBF4_3926)
  }

  @Test func `other programs open it`() throws {
    let python = "/usr/bin/python3"
    guard FileManager.default.isExecutableFile(atPath: python) else {
      return print("SKIPPED: no python3 to open an archive with")
    }
    let file = FileManager.default.temporaryDirectory.appending(path: "archive-\(UInt64.random(in: 0 ... .max)).zip")
    try Data(try StoredArchive(Self.files).encoded()).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = [
      "-c",
      "import sys, zipfile\nz = zipfile.ZipFile(sys.argv[1])\nassert z.testzip() is None\n"
        + "assert z.namelist() == ['README.html', 'b/second.txt', 'empty'], z.namelist()\n"
        + "assert z.read('b/second.txt') == b'two\\n'\n", file.path,
    ]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }

  @Test(arguments: [
    (
      StoredArchiveError.badPath("ä"),
      "'ä' cannot be the name of a file in an archive; use letters, digits, '.', '-' and '_'"
    ), (.twice("a"), "the archive would hold 'a' twice; name one of them otherwise"),
    (.tooLarge, "the archive would be larger than 4 GB or hold more than 65,534 files; make several"),
    (.altered("a.txt"), "'a.txt' was altered since it was packed; get the file anew, byte for byte"),
    (.malformed(position: 7), "byte 7 of the archive is not as it was written; get the file anew, byte for byte"),
  ])
  func `errors say what to do`(_ error: StoredArchiveError, _ words: String) {
    #expect("\(error)" == words)
  }
}
