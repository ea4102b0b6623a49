internal import Hummingbird
internal import TermsModel
internal import Transparency

/// The place in a list after which its next page begins, as `next` gives it and `cursor` takes it: the last name of the page
/// before, and a check over it and the list, so that one that was cut, made up or given by another list is told apart from a
/// place, and answers no page that nobody asked for.
struct PageCursor {
  /// Which list it is a place in.
  let list: String

  private static let (mark, digits): (Character, Int) = ("~", 12)

  func text(after name: some Identifier) -> String { "\(name)\(Self.mark)\(check(name.rawValue))" }

  /// - Returns: the name that the page comes after; `nil` where the first page is asked for.
  /// - Throws: a problem (400) where the text is no place in this list.
  func name<ID: Identifier>(in query: Query, _ type: ID.Type = ID.self) throws -> ID? {
    guard let text = query["cursor"] else { return nil }
    guard let end = text.lastIndex(of: Self.mark), let name = ID(rawValue: String(text[..<end])),
      self.text(after: name) == text
    else { throw Self.unknown }
    return name
  }

  static let unknown = Problem.badRequest(
    "No such place",
    "'cursor' takes what the page before gave as 'next', whole and for the same list; leave it out to begin with the first page."
  )

  private func check(_ name: String) -> Substring { SHA256Hex.digest(of: "\(list)\n\(name)").prefix(Self.digits) }
}
