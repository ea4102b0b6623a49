internal import Foundation

/// What pandoc read, in the shape that people write terms in before pandoc writes it down.
///
/// Lists with letters are no lists of Markdown: their items become paragraphs that begin with their letter, as in
/// `(a) You may go.` So do those of numbered lists that have more under them than a line, where no numbers stand within
/// numbers. A table's cell becomes one line: pandoc leaves out a table whose cells hold paragraphs.
struct PandocTree {
  private typealias Node = [String: Any]

  private let root: Node

  /// - Returns: `nil` for what is no tree of pandoc's.
  init?(json: [UInt8]) {
    guard let root = try? JSONSerialization.jsonObject(with: Data(json)) as? Node, root["blocks"] is [Node] else {
      return nil
    }
    self.root = root
  }

  /// The tree in its new shape, as JSON.
  func json() throws -> [UInt8] {
    var root = root
    root["blocks"] = Self.shaped(root["blocks"] as? [Node] ?? [])
    return Array(try JSONSerialization.data(withJSONObject: root))
  }

  // MARK: Blocks

  private static func shaped(_ blocks: [Node]) -> [Node] { blocks.flatMap(shaped) }

  private static func shaped(_ block: Node) -> [Node] {
    var block = block
    switch (block["t"] as? String, block["c"]) {
    case ("BlockQuote", let inner as [Node]):
      block["c"] = shaped(inner)
    case ("Div", let parts as [Any]) where parts.count == 2:
      // A page's boxes say nothing about its terms.
      return shaped(parts[1] as? [Node] ?? [])
    case ("BulletList", let items as [[Node]]):
      block["c"] = items.map(shaped)
    case ("OrderedList", let parts as [Any]) where parts.count == 2:
      return list(block, parts[0] as? [Any] ?? [], parts[1] as? [[Node]] ?? [])
    case ("Table", let parts as [Any]):
      block["c"] = parts.map(table)
    default: break
    }
    return [block]
  }

  // MARK: Lists

  private static func list(_ block: Node, _ attributes: [Any], _ items: [[Node]]) -> [Node] {
    let style = (attributes.dropFirst().first as? Node)?["t"] as? String ?? ""
    let shape = (attributes.dropFirst(2).first as? Node)?["t"] as? String ?? ""
    let first = attributes.first as? Int ?? 1
    let isLettered = ["LowerAlpha", "UpperAlpha", "LowerRoman", "UpperRoman"].contains(style)
    let isTight = items.allSatisfy { $0.count == 1 && $0[0]["t"] as? String == "Plain" }
    guard isLettered || !isTight && !items.contains(where: { $0.contains(where: holdsNumbers) }) else {
      var block = block
      block["c"] = [attributes, items.map(shaped)] as [Any]
      return [block]
    }
    return items.enumerated().flatMap { index, item -> [Node] in
      let step = words(first &+ index, style)
      let text =
        switch shape {
        case "TwoParens": "(\(step))"
        case "OneParen": "\(step))"
        default: "\(step)."
        }
      let label: Node = ["t": "Str", "c": text]
      guard let opening = item.first, ["Plain", "Para"].contains(opening["t"] as? String),
        let inlines = opening["c"] as? [Node]
      else {
        return [["t": "Para", "c": [label]]] + shaped(item)
      }
      return [["t": "Para", "c": [label, ["t": "Space"]] + inlines]]
        + shaped(Array(item.dropFirst())).map { block in
          guard block["t"] as? String == "Plain" else { return block }
          return block.merging(["t": "Para"]) { $1 }
        }
    }
  }

  /// Whether a numbered list stands somewhere in a block.
  private static func holdsNumbers(_ block: Node) -> Bool {
    switch (block["t"] as? String, block["c"]) {
    case ("OrderedList", let parts as [Any]):
      let style = ((parts.first as? [Any])?.dropFirst().first as? Node)?["t"] as? String ?? ""
      let isNumbered = ["Decimal", "DefaultStyle", "Example"].contains(style)
      return isNumbered || (parts.last as? [[Node]] ?? []).contains { $0.contains(where: holdsNumbers) }
    case ("BulletList", let items as [[Node]]): return items.contains { $0.contains(where: holdsNumbers) }
    case ("BlockQuote", let inner as [Node]): return inner.contains(where: holdsNumbers)
    case ("Div", let parts as [Any]): return (parts.last as? [Node] ?? []).contains(where: holdsNumbers)
    default: return false
    }
  }

  /// No list of terms counts further in letters; what does is told in figures.
  private static let longest = 26 * 26

  private static func words(_ ordinal: Int, _ style: String) -> String {
    let step =
      switch style {
      case _ where style.hasSuffix("Alpha") && (1...longest).contains(ordinal):
        String(
          repeating: String(UnicodeScalar(UInt8(ascii: "a") + UInt8((ordinal - 1) % 26))), count: (ordinal + 25) / 26)
      case _ where style.hasSuffix("Roman") && (1..<longest).contains(ordinal): roman(ordinal)
      default: "\(ordinal)"
      }
    return style.hasPrefix("Upper") ? step.uppercased() : step
  }

  private static func roman(_ number: Int) -> String {
    var (rest, text) = (number, "")
    for (value, letters) in [
      (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
      (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    ] {
      while rest >= value { (rest, text) = (rest - value, text + letters) }
    }
    return text
  }

  // MARK: Tables

  /// Some part of a table, whose cells are lists of blocks.
  private static func table(_ part: Any) -> Any {
    guard let list = part as? [Any] else { return part }
    if let blocks = part as? [Node], !blocks.isEmpty,
      blocks.allSatisfy({ ["Plain", "Para", "BulletList", "OrderedList", "Div"].contains($0["t"] as? String ?? "") })
    {
      return [["t": "Plain", "c": line(blocks)] as Node]
    }
    return list.map(table)
  }

  /// The words of blocks in one line.
  private static func line(_ blocks: [Node]) -> [Node] {
    var line: [Node] = []
    for block in shaped(blocks) {
      let words: [Node] =
        switch (block["t"] as? String, block["c"]) {
        case ("Plain", let inlines as [Node]), ("Para", let inlines as [Node]):
          inlines.map { $0["t"] as? String == "LineBreak" ? ["t": "Space"] : $0 }
        case ("BulletList", let items as [[Node]]): self.line(items.flatMap(\.self))
        case ("OrderedList", let parts as [Any]): self.line((parts.last as? [[Node]] ?? []).flatMap(\.self))
        default: []
        }
      line += (line.isEmpty || words.isEmpty ? [] : [["t": "Space"]]) + words
    }
    return line
  }
}
