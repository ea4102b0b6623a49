import Redlining
import TermsModel
import TermsParsing

// What libFuzzer calls with every input it makes up. Scripts/fuzz builds it: a package has no place for a program without `main`.

/// Parts the two texts of an input; without it the input is cut in the middle.
private let separator: UInt8 = 0x1E

/// Takes an input apart, compares its two texts, draws them in every way, and traps where a law is broken.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = UnsafeBufferPointer(start: start, count: count)
  let cut = bytes.firstIndex(of: separator) ?? count / 2
  guard
    let before = parsed(bytes[..<cut]),
    let after = parsed(bytes[cut...].drop { $0 == separator })
  else { return 0 }
  compareWithSharing(before, after)
  let redline = Redline(before: before, after: after)
  demand(redline.brokenLaws())
  demand(redline.inverse.brokenLaws())
  demand(Redline(before: before, after: before).changes.isEmpty ? [] : ["a text differs from itself"])
  // The last byte decides how the rest goes on, so that one input stays quick.
  let choice = Int(bytes.last ?? 0)
  compareWithFewerFoldings(before, after, choice)
  draw(redline, choice)
  return 0
}

private func demand(_ broken: [String]) {
  if let first = broken.first { fatalError(first) }
}

/// The text taken apart, or nothing where it is none; its clauses must cover it once, in order and without gaps.
private func parsed(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Wording? {
  guard let wording = try? MarkdownParser.parse(Array(bytes)) else { return nil }
  var end = 0
  for (index, clause) in wording.clauses.enumerated() {
    guard clause.bytes.lowerBound == end else {
      fatalError("clause \(index) begins at \(clause.bytes.lowerBound), not at \(end)")
    }
    guard (clause.parent ?? -1) < index else { fatalError("clause \(index) stands above its parent") }
    end = clause.bytes.upperBound
  }
  guard end == wording.source.utf8.count else { fatalError("the clauses end at byte \(end)") }
  _ = Linter().findings(in: wording, survival: [])
  return wording
}

/// A text that is read by what is known of another must come out as if it were read by itself.
private func compareWithSharing(_ before: Wording, _ after: Wording) {
  // Of two byte order marks the first was taken off, and read again the second would be.
  if [before, after].contains(where: { $0.source.utf8.starts(with: [0xEF, 0xBB, 0xBF]) }) { return }
  guard let earlier = try? MarkdownParser.read(Array(before.source.utf8)), earlier.wording == before else {
    fatalError("the text is read otherwise where it is to help with another")
  }
  guard let later = try? MarkdownParser.parse(Array(after.source.utf8), like: earlier), later == after else {
    fatalError("the text is read otherwise by what is known of another")
  }
}

private func compareWithFewerFoldings(_ before: Wording, _ after: Wording, _ choice: Int) {
  let all = CanonicalText.Folding.allCases
  let foldings = CanonicalText.Foldings.all.subtracting(CanonicalText.Foldings(all[choice % all.count]))
  demand(Redline(before: before, after: after, options: Redline.Options(foldings: foldings)).brokenLaws())
  let edits = TextComparison.edits(from: before.source, to: after.source, folding: foldings)
  let old = edits.filter { $0.op != .insert }.map(\.text).joined()
  let new = edits.filter { $0.op != .delete }.map(\.text).joined()
  guard old.utf8.elementsEqual(before.source.utf8), new.utf8.elementsEqual(after.source.utf8) else {
    fatalError("the edits do not give the two texts back")
  }
}

private func draw(_ redline: Redline, _ choice: Int) {
  var text = ""
  let view = RedlineView(context: choice % 3 == 0 ? nil : choice % 7)
  RedlineText(redline, view: view, color: false).write(to: &text)
  demand(
    text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" } ? ["a control character reaches the terminal"] : [])
  RedlineText(redline, view: view, color: true).write(to: &text)
  RedlineHTML(redline, view: view).write(to: &text)
  RedlineMarkdown(redline, view: view).write(to: &text)
  RedlineJSON(redline).write(to: &text)
  RedlineSideBySide(redline, view: view, color: false, width: choice).write(to: &text)
}
