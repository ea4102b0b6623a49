internal import Synchronization
internal import TermsModel
internal import TermsOperations

/// The skeletons of the letters written last, by what they tell.
final class LetterCache: Sendable {
  private struct Entry: Sendable {
    let content: NoticeContent
    /// `nil` where there is none for it.
    let skeleton: LetterSkeleton?
  }

  /// As many as a run meets at a time: mostly one for each date from which the changes bind, with a name and without.
  private static let size = 64

  private let entries = Mutex<[Entry]>([])

  /// The skeleton for what the content tells, made where it is not there; `nil` where none can be made.
  func skeleton(for content: NoticeContent, make: () -> LetterSkeleton?) -> LetterSkeleton? {
    let known = entries.withLock { entries in
      // The one used last is the likeliest, and stands last.
      guard let index = entries.lastIndex(where: { $0.content.tellsTheSame(as: content) }) else { return Entry?.none }
      let entry = entries[index]
      if index < entries.count - 1 {
        entries.remove(at: index)
        entries.append(entry)
      }
      return entry
    }
    if let known { return known.skeleton }
    let entry = Entry(content: content, skeleton: make())
    entries.withLock { entries in
      if entries.count == Self.size { entries.removeFirst() }
      entries.append(entry)
    }
    return entry.skeleton
  }
}

extension NoticeContent {
  /// Whether the two letters differ in nothing but name, address, link and number.
  fileprivate func tellsTheSame(as other: NoticeContent) -> Bool {
    sentOn == other.sentOn && notice.version == other.notice.version && postedOn == other.postedOn
      && notice.isSuperseding == other.notice.isSuperseding && notice.remindsOf == other.notice.remindsOf
      && hasName == other.hasName && hasLink == other.hasLink && ownPageUntil == other.ownPageUntil
      && isServedByPosting == other.isServedByPosting
      && entity == other.entity && summary == other.summary && adaptation == other.adaptation
      && corrections == other.corrections && earlier == other.earlier && document == other.document
      && items == other.items && ending == other.ending
      && sharesItsDay == other.sharesItsDay
  }

  private var hasName: Bool { Letter.name(in: self) != nil }
  private var hasLink: Bool { Letter.link(in: self) != nil }
}
