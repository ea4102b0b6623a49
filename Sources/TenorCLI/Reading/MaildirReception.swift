internal import Foundation
internal import NoticeMail
internal import TermsOperations
internal import TermsStore

/// Puts the new messages of a Maildir on record, group by group.
///
/// The messages of a group go on record together, and are put away only then: a run that dies in between leaves messages
/// that the next one knows already. While a group is recorded, the next one is read.
struct MaildirReception: Sendable {
  let maildir: Maildir
  let registry: TermsRegistry
  let reader: NoticeMailReader

  /// How many messages make a group at most, and how many bytes end one.
  private static let (groupSize, groupBytes) = (64, 4 << 20)

  private struct Group: Sendable {
    var messages: [(name: String, message: ReturnedMessage)] = []
    /// Those that could not be read, with why.
    var unreadable: [any Error] = []
    /// The names that come after it.
    var rest: ArraySlice<String>
  }

  /// - Parameter tell: called for each message once it is on record, oldest first.
  /// - Throws: what kept a message from going on record, after all others went; at once what would keep the others, too.
  func receiveAll(_ tell: (Reception, ReturnedMessage, _ file: String) -> Void) async throws {
    var ahead = read(try maildir.unseen()[...])
    var failures: [any Error] = []
    while true {
      let group = await ahead.value
      let isLast = group.rest.isEmpty
      if !isLast { ahead = read(group.rest) }
      failures += group.unreadable
      do {
        try await receive(group.messages, tell, &failures)
      } catch {
        ahead.cancel()
        throw error
      }
      if isLast { break }
    }
    if let first = failures.first { throw first }
  }

  /// Reads the next group, on another thread than the one that records.
  private func read(_ names: ArraySlice<String>) -> Task<Group, Never> {
    Task {
      var group = Group(rest: names)
      var bytes = 0
      while group.messages.count < Self.groupSize, bytes < Self.groupBytes, !Task.isCancelled,
        let name = group.rest.popFirst()
      {
        do {
          // Another run may have put it away since the folder was read.
          guard let content = try maildir.contents(of: name) else { continue }
          bytes += content.count
          group.messages.append((name, ReturnedMessage(content, with: reader, ingestedAt: registry.now())))
        } catch {
          group.unreadable.append(error)
        }
      }
      return group
    }
  }

  private func receive(
    _ group: [(name: String, message: ReturnedMessage)],
    _ tell: (Reception, ReturnedMessage, _ file: String) -> Void, _ failures: inout [any Error]
  ) async throws {
    guard !group.isEmpty else { return }
    let receptions: [Reception]
    do {
      receptions = try await registry.receive(group.map(\.message))
    } catch let error as StoreError where error.isPassing {
      throw error
    } catch  where group.count > 1 {
      // Nothing of the group is on record: one by one, so that the message that cannot be recorded keeps no other from it.
      for one in group { try await receive([one], tell, &failures) }
      return
    } catch {
      return failures.append(error)
    }
    for (one, reception) in zip(group, receptions) {
      tell(reception, one.message, maildir.file(one.name))
      do {
        try maildir.put(away: one.name, reception.isOurs ? .seen : .flagged)
      } catch {
        failures.append(error)
      }
    }
  }
}
