import Foundation
import TermsModel
import TermsOperations
import Testing

@testable import NoticeMail

@Suite struct FolderTransportTests {
  private func withFolder(_ body: (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "tenor-outbox-\(ProcessInfo.processInfo.globallyUniqueString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try await body(folder.path())
  }

  private func message(_ id: String = "<notice.1@terms.example>", _ bytes: [UInt8] = Array("a\r\n".utf8)) throws
    -> NoticeMessage
  {
    let address = try EmailAddress(checking: "a@terms.example")
    return NoticeMessage(messageID: id, sender: address, recipient: address, bytes: bytes)
  }

  @Test func `a message becomes one file, and a retry writes that same file`() async throws {
    try await withFolder { folder in
      let transport = FolderTransport(folder: folder + "/made/on/the/way")
      let message = try MailComposer(settings: .sample()).compose(Contents().build())
      for _ in 1...2 {
        #expect(await transport.send(message) == .accepted(by: "folder way"), "its name, and not the way to it")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder + "/made/on/the/way")
        #expect(
          names.count == 1 && names[0].hasPrefix("notice.4711.connector-terms.2025-12-17.")
            && names[0].hasSuffix(".eml"))
        #expect(FileManager.default.contents(atPath: folder + "/made/on/the/way/" + names[0]) == Data(message.bytes))
      }
    }
  }

  @Test func `what a dead run left half written does not stand in the way`() async throws {
    try await withFolder { folder in
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try Data("half a mess".utf8).write(to: URL(filePath: folder + "/notice.1.eml.part"))
      #expect(
        await FolderTransport(folder: folder).send(try message())
          == .accepted(by: "folder \(URL(filePath: folder).lastPathComponent)"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["notice.1.eml"])
    }
  }

  @Test(arguments: [
    ("<notice.1@terms.example>", "notice.1.eml"), ("<../../etc/passwd@x>", "-..-etc-passwd.eml"),
    ("<a/b\u{0}c@x>", "a-b-c.eml"),
    ("<...@x>", ".eml"), ("<\(String(repeating: "a", count: 400))@x>", String(repeating: "a", count: 240) + ".eml"),
  ])
  func `no Message-ID leads out of the folder`(id: String, name: String) {
    #expect(FolderTransport.fileName(for: id) == name)
  }

  @Test func `a folder that cannot be made is unavailable, with what to do`() async throws {
    let outcome = await FolderTransport(folder: "/dev/null/outbox").send(try message())
    guard case .unavailable(let reason) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(
      reason.hasPrefix("the folder '/dev/null/outbox' cannot be made (")
        && reason.hasSuffix("); make it, or name another one"))
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func `a full disk is unavailable, and leaves no file of that name`() async throws {
    try await withFolder { folder in
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      // Writing to the temporary name ends on the device that is always full.
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/notice.1.eml.part", withDestinationPath: "/dev/full")
      #expect(
        await FolderTransport(folder: folder).send(try message())
          == .unavailable(
            reason: "'\(folder)/notice.1.eml' cannot be written (write: No space left on device); "
              + "see to the folder's permissions and free space"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    }
  }

  @Test func `a name taken by a folder is unavailable`() async throws {
    try await withFolder { folder in
      try FileManager.default.createDirectory(atPath: folder + "/notice.1.eml", withIntermediateDirectories: true)
      guard case .unavailable(let reason) = await FolderTransport(folder: folder).send(try message()) else {
        Issue.record("accepted")
        return
      }
      #expect(reason.contains("rename: Is a directory"))
    }
  }
}
