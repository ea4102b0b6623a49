import Foundation
import NoticeMail
import TermsModel
import TermsOperations
import Testing

/// Reports as real mail systems made them, beside the checkout. Their names say what is in them:
/// `SYSTEM-ACTION-STATUS-CASE.eml`, and `exim-ACTION-CASE.eml` where the system gives no more.
@Suite struct SampleReportTests {
  private static let folder = URL(filePath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "shared/dsn-samples")

  private static var samples: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".eml") }.sorted()
  }

  @Test func `real reports are read as their names say`() throws {
    let samples = Self.samples
    guard !samples.isEmpty else {
      print("SKIPPED: real delivery reports: there are none in \(Self.folder.path)")
      return
    }
    for name in samples {
      let bytes = [UInt8](try Data(contentsOf: Self.folder.appending(path: name)))
      let mail = ReturnedMail.read(bytes)
      let report = try #require(mail.reports.first, "\(name): \(mail.kind)")
      let parts = name.dropLast(4).split(separator: "-")
      #expect(mail.reports.count == 1, "\(name)")
      #expect(report.action.rawValue == parts[1], "\(name)")
      if parts[0] == "postfix" {
        #expect(report.status.map { $0[...] } == parts[2], "\(name)")
        #expect(report.diagnostic != nil, "\(name)")
        #expect(report.arrivedAt != nil, "\(name)")
      }
      #expect(!report.contradictsItself, "\(name)")
      #expect(report.recipient.contains("@"), "\(name)")
      for text in [report.recipient, report.envelopeID ?? "", report.reportingMTA ?? "", report.remoteMTA ?? ""] {
        #expect(!text.contains { "<>; ".contains($0) }, "\(name): \(text)")
      }
      #expect(report.envelopeID != nil || name.contains("nodsn"), "\(name)")
      #expect(report.reportingMTA?.hasSuffix(".test") == true, "\(name)")
      #expect(mail.addressedTo.count == 1 && mail.addressedTo[0].hasPrefix("bounce+"), "\(name): \(mail.addressedTo)")
      #expect(mail.originalMessageID?.contains("@") == true, "\(name): \(mail.originalMessageID ?? "none")")
      #expect(mail.datedAt != nil && mail.receivedAt != nil, "\(name)")
      if report.action == .delayed { #expect(report.willRetryUntil != nil, "\(name)") }
    }
  }
}
