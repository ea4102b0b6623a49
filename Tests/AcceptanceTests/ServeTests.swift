import Foundation
import Testing

/// The service as whoever runs it starts and stops it.
@Suite(.serialized) struct ServeTests {
  @Test func `once it was told to stop, the record is one file again, whatever was asked and told`() throws {
    let place = try Workplace()
    defer { place.remove() }
    try place.done("init")
    try place.done("documents", "add", "connector-terms", "--title", "Connector terms")
    try place.write("v1.md", terms())
    try place.done("publish", "connector-terms", "v1.md", "--yes")
    try place.done("developers", "add", "dev-1", "--email", "a@example.com", "--region", "US")
    try place.done("connectors", "add", "dev-1", "weather", "--document", "connector-terms")
    let run = try place.shell(
      #"""
      token=$(tenor tokens create operator 2>/dev/null | tail -1)
      tenor serve --port 0 > said & service=$!
      for turn in {1..600}; do grep -q serving said && break; sleep 0.1; done
      ask() {
        exec 3<>"/dev/tcp/127.0.0.1/$(grep -o '[0-9]*$' said)"
        printf "$1 HTTP/1.1\r\nhost: x\r\nauthorization: Bearer $token\r\nconnection: close\r\n$2" >&3
        head -1 <&3
        exec 3<&-
      }
      ask 'GET /v1/developers/dev-1/binding?document=connector-terms' '\r\n'
      body='{"id": "dev-2", "email": "b@example.com", "region": "US"}'
      fields="content-type: application/json\r\nidempotency-key: 1\r\ncontent-length: ${#body}"
      ask 'POST /v1/developers' "$fields\r\n\r\n$body"
      kill -TERM $service
      wait $service; echo "ended with $?"
      ls tenor.sqlite*
      cp tenor.sqlite copy.sqlite
      tenor developers show dev-2 --database copy.sqlite | head -1
      """#)
    let lines = run.output.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
    #expect(
      lines.prefix(5) == [
        "HTTP/1.1 200 OK", "HTTP/1.1 201 Created", "ended with 0", "tenor.sqlite", "tenor.sqlite.key",
      ], "\(run.output)")
    #expect(lines.count == 6 && lines[5].contains("dev-2"), "\(run.output)")
  }
}
