import Foundation
import NoticeMail
import Testing

/// What the fuzzer of the report reader begins from and what it found once, without the fuzzer.
@Suite struct ReportCorpusTests {
  private static let folder = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures/fuzz/reports")

  @Test func `every message of the corpus is read alike twice, whole and cut off anywhere`() throws {
    let files = try FileManager.default.contentsOfDirectory(at: Self.folder, includingPropertiesForKeys: nil)
    #expect(files.count >= 16)
    var reports = 0
    for file in files {
      let bytes = try [UInt8](Data(contentsOf: file))
      let mail = ReturnedMail.read(bytes)
      #expect(mail == ReturnedMail.read(bytes), "\(file.lastPathComponent)")
      reports += mail.reports.count
      var few = ReturnedMailLimits()
      few.recipients = 5
      #expect(ReturnedMail.read(bytes, limits: few).reports.count <= 5, "\(file.lastPathComponent)")
      for end in stride(from: 0, to: bytes.count, by: 97) { _ = ReturnedMail.read(Array(bytes[..<end])) }
    }
    #expect(reports >= 16, "the corpus holds reports that are read")
  }
}
