/// Commands that the design has and this version does not: each says so, instead of being taken for a misspelling.
enum Planned {
  private static let commands: [String: String] = [
    "evidence": "a bundle that proves what bound whom",
    "check": "verifying a bundle",
    "developers erase": "erasing name and address",
  ]

  /// What to say to a command line that names one of them; `nil` for any other.
  static func message(for arguments: [String]) -> String? {
    let words = arguments.prefix { !$0.hasPrefix("-") }
    for count in [2, 1] where words.count >= count {
      let name = words.prefix(count).joined(separator: " ")
      if let what = commands[name] {
        return "'tenor \(name)' (\(what)) is not built yet; see 'tenor --help' for what is"
      }
    }
    return nil
  }
}
