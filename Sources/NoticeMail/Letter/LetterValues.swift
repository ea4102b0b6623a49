/// A letter's facts as templates look them up: read by reflection once, not at every name in a template.
enum LetterValues {
  /// What is `nil` is left out, as reflection leaves it out for a template.
  static func values(of letter: Letter) -> [String: Any] { members(of: Mirror(reflecting: letter)) }

  /// All that a template could show of it.
  static func texts(of letter: Letter) -> [String] { texts(of: values(of: letter)) }

  private static func texts(of value: Any) -> [String] {
    switch value {
    case let text as String: [text]
    case let members as [String: Any]: members.values.flatMap(texts)
    case let elements as [Any]: elements.flatMap(texts)
    default: []
    }
  }

  private static func members(of mirror: Mirror) -> [String: Any] {
    var values: [String: Any] = [:]
    for child in mirror.children {
      if let name = child.label, let value = value(of: child.value) { values[name] = value }
    }
    return values
  }

  private static func value(of any: Any) -> Any? {
    if let text = any as? String { return text }
    if let flag = any as? Bool { return flag }
    if let number = any as? Int { return number }
    let mirror = Mirror(reflecting: any)
    switch mirror.displayStyle {
    case .optional: return mirror.children.first.flatMap { value(of: $0.value) }
    case .collection: return mirror.children.compactMap { value(of: $0.value) }
    default: return members(of: mirror)
    }
  }
}
