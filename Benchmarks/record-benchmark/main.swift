import Foundation
import GRDB
import TermsModel
import TermsOperations
import TermsStore

// Measures the record on a real file, as Benchmarks/record.md tells:
//   record-benchmark log [ACTS] [FOLDER]            appending acts and proving them, beside a plain INSERT of the same rows
//   record-benchmark publish [DEVELOPERS] [FOLDER]  registering, publishing to all of them, sending, asking

let arguments = CommandLine.arguments.dropFirst()
let part = arguments.first ?? "log"
let count = arguments.dropFirst().first.flatMap { Int($0) } ?? (part == "log" ? 1_000_000 : 100_000)
let folder = arguments.dropFirst(2).first ?? NSTemporaryDirectory()
let path = "\(folder)/record-benchmark-\(ProcessInfo.processInfo.processIdentifier).sqlite"
let plainPath = "\(path).plain"

defer {
  for file in [path, plainPath] {
    for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: file + suffix) }
  }
}

let store = try TermsStore(path: path, mode: .create)
switch part {
case "log": try await measureLog(store, acts: count, path: path, plainPath: plainPath)
case "publish": try await measurePublishing(store, developers: count, path: path)
default: print("record-benchmark log|publish [COUNT] [FOLDER]")
}
