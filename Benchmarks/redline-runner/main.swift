import Foundation
import Redlining
import TermsModel
import TermsParsing

// Speaks the runner protocol of the comparison of diff engines: a JSON object a line in, one a line out.
// Timed is what a caller waits for: from two texts in memory to the finished list of changes, parsing included.

struct Question: Decodable {
  let before: String
  let after: String
  let reps: Int
  let budget_ms: Double
  let ops: Bool?
  /// Whether the list of changes is asked for, too.
  let changes: Bool?
}

/// The protocol's marks of what is kept, deleted, inserted, moved away and moved here.
let marks: [SourceRun.Operation: String] = [
  .kept: "=", .deleted: "-", .inserted: "+", .movedAway: "<", .movedHere: ">",
]

func answer(_ line: String) throws -> [String: Any] {
  let question = try JSONDecoder().decode(Question.self, from: Data(line.utf8))
  let before = try [UInt8](Data(contentsOf: URL(filePath: question.before)))
  let after = try [UInt8](Data(contentsOf: URL(filePath: question.after)))
  let clock = ContinuousClock()
  var times: [Int] = []
  var spent = Duration.zero
  var redline: Redline?
  for round in 0..<max(1, question.reps) {
    if round > 0, spent >= .milliseconds(question.budget_ms) { break }
    redline = nil
    let time = try clock.measure {
      let earlier = try MarkdownParser.read(before)
      redline = try Redline(before: earlier.wording, after: MarkdownParser.parse(after, like: earlier))
    }
    let parts = time.components
    times.append(Int(parts.seconds) * 1_000_000_000 + Int(parts.attoseconds / 1_000_000_000))
    spent += time
  }
  var result: [String: Any] = ["ns": times, "rss": peakMemory()]
  if question.ops == true, let redline {
    result["ops"] = redline.sourceRuns().map { [marks[$0.op] ?? "=", $0.text] }
  } else {
    result["ops"] = NSNull()
  }
  if question.changes == true, let redline {
    var text = ""
    RedlineJSON(redline).write(to: &text)
    let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    result["changes"] = object?["changes"]
  }
  return result
}

/// The most memory that this process has held, in bytes.
func peakMemory() -> Int {
  guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
    let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
    let kilobytes = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.flatMap({ Int($0) })
  else { return 0 }
  return kilobytes * 1024
}

while let line = readLine() {
  let result: [String: Any]
  do {
    result = try answer(line)
  } catch {
    result = ["error": "\(error)"]
  }
  let data = try JSONSerialization.data(withJSONObject: result)
  FileHandle.standardOutput.write(data + Data("\n".utf8))
}
