package import Redlining
internal import TermsModel

/// How the changes of a draft are named in decisions. Several changes may bear one name, of which one is typed and decided
/// as readily as all.
package struct ChangeNames: Sendable {
  /// How readers know the changes (``Draft/label(of:in:)``), parallel to them.
  package let labels: [String]
  /// By the label or heading that a change has, or where nothing is there of it any more, had.
  private var current: [String: [Int]] = [:]
  /// By one that it had before.
  private var former: [String: [Int]] = [:]

  package init(_ draft: Draft, _ redline: Redline) {
    labels = redline.changes.map { draft.label(of: $0, in: redline) }
    for (index, change) in redline.changes.enumerated() {
      let before = change.before.flatMap { Self.names(of: redline.before.clauses[$0]) }
      let after = change.after.flatMap { Self.names(of: redline.after.clauses[$0]) }
      for name in Set(change.after.isEmpty ? before : after) { current[name, default: []].append(index) }
      for name in Set(before) { former[name, default: []].append(index) }
    }
  }

  /// The name that says this change and no other: its label where nothing else bears it, `7(a)#2` where several changes do,
  /// `#5` where it has none that can be typed.
  package func key(_ index: Int) -> String {
    let named = called(labels[index])
    guard let place = named.firstIndex(of: index) else { return "#\(index + 1)" }
    return named.count == 1 ? labels[index] : "\(labels[index])#\(place + 1)"
  }

  /// The same for readers: its first words instead of a bare number.
  package func shown(_ index: Int) -> String {
    let key = key(index)
    return key.hasPrefix("#") ? labels[index] : key
  }

  /// The indices of the changes that a decision names; none where it names nothing that changes.
  package func changes(named name: String) -> [Int] {
    let whole = called(name)
    guard whole.isEmpty, let (name, number) = Self.numbered(name) else { return whole }
    let several = name.isEmpty ? Array(labels.indices) : called(name)
    return several.indices.contains(number - 1) ? [several[number - 1]] : []
  }

  /// What was decided of each change, by its index. What is said of fewer changes counts before what is said of more, in
  /// whichever order: `7(a)#2` before `7(a)`.
  package func overrides(of decisions: Decisions) -> [Int: Decisions.Override] {
    var (found, reach): ([Int: Decisions.Override], [Int: Int]) = ([:], [:])
    for override in decisions.overrides {
      let matched = changes(named: override.clause)
      for index in matched where reach[index].map({ matched.count <= $0 }) ?? true {
        (found[index], reach[index]) = (override, matched.count)
      }
    }
    return found
  }

  /// `7(a)#2` taken apart; `nil` where it ends with no such number.
  static func numbered(_ name: String) -> (name: String, number: Int)? {
    guard let sign = name.lastIndex(of: "#"), let number = Int(name[name.index(after: sign)...].filter { $0 != " " })
    else { return nil }
    return (name[..<sign].allSatisfy(\.isWhitespace) ? "" : String(name[..<sign]), number)
  }

  /// A clause that bears the name now is meant before one that bore it.
  private func called(_ name: String) -> [Int] {
    let wanted = Self.folded(name)
    return current[wanted] ?? former[wanted] ?? []
  }

  private static func names(of clause: Clause) -> [String] {
    clause.label.isEmpty ? clause.heading.map { [folded($0)] } ?? [] : [folded(clause.label.description)]
  }

  static func folded(_ name: String) -> String {
    name.lowercased().filter { !$0.isWhitespace }
  }
}
