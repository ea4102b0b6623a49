import Foundation
import Testing

/// Others who saw the log as it was signed: whoever got a letter, authorities that stamp, and how often terms were amended.
@Suite struct WitnessTests {
  private func place() throws -> Workplace {
    let place = try Workplace()
    try place.done("init", "--log-name", "terms.example/log")
    try place.done("documents", "add", "connector-terms", "--title", "Connector terms")
    try place.write("v.md", terms())
    try place.done("publish", "connector-terms", "v.md", "--posted-at", "2025-06-04T09:00:00-07:00", "--yes")
    try place.done("developers", "add", "ada", "--email", "ada@example.com", "--region", "US")
    try place.done("connectors", "add", "ada", "c", "--document", "connector-terms")
    return place
  }

  private func copy(_ place: Workplace, _ name: String, _ other: String) throws {
    let to = place.folder.appending(path: other)
    try? FileManager.default.removeItem(at: to)
    try FileManager.default.copyItem(at: place.folder.appending(path: name), to: to)
  }

  @Test func `a letter carries the log's signed state, and whoever has it is a witness`() throws {
    let place = try place()
    defer { place.remove() }
    try place.done("backup", "early.sqlite")
    try place.write("v.md", terms(days: 10))
    try place.done("publish", "connector-terms", "v.md", "--yes")
    try place.done("notices", "send")
    let folder = place.folder.appending(path: "outbox")
    let name = try #require(try FileManager.default.contentsOfDirectory(atPath: folder.path).first)
    let letter = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    let head = letter.replacing("\r\n", with: "\n").components(separatedBy: "\n\n")[0].split(separator: "\n")
    #expect(head.contains { $0.hasPrefix("Tenor-Checkpoint: ") })
    let field = head.drop { !$0.hasPrefix("Tenor-Checkpoint: ") }
    #expect(field.prefix(1).allSatisfy { $0.utf8.count <= 78 } && field.dropFirst().first?.hasPrefix(" ") == true)
    #expect(try place.done("verify", "--checkpoint", "outbox/\(name)") == "tenor.sqlite: sound\n")
    // The record is put back to what it was before the letter, and even the copy beside the key is gone.
    for file in ["tenor.sqlite-wal", "tenor.sqlite-shm", "tenor.sqlite.checkpoint"] {
      try? FileManager.default.removeItem(at: place.folder.appending(path: file))
    }
    try copy(place, "early.sqlite", "tenor.sqlite")
    #expect(try place.done("verify") == "tenor.sqlite: sound\n", "nobody but the recipient can tell")
    let told = try place.tenor("verify", "--checkpoint", "outbox/\(name)")
    #expect(told.code == 4)
    #expect(told.output.contains("acts were taken back"), "\(told.output)")
  }

  @Test func `without the key letters go out all the same`() throws {
    let place = try place()
    defer { place.remove() }
    try place.write("v.md", terms(days: 10))
    try place.done("publish", "connector-terms", "v.md", "--yes")
    try FileManager.default.removeItem(at: place.folder.appending(path: "tenor.sqlite.key"))
    try place.done("notices", "send")
    let folder = place.folder.appending(path: "outbox")
    let name = try #require(try FileManager.default.contentsOfDirectory(atPath: folder.path).first)
    let letter = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    #expect(!letter.contains("Tenor-Checkpoint"))
  }

  @Test func `how many times the terms were amended is told with proofs`() throws {
    let place = try place()
    defer { place.remove() }
    #expect(
      try place.done("history", "connector-terms", "--certify").hasPrefix(
        "connector-terms: posted on 2025-06-04, never amended\n"))
    for days in [10, 20, 25] {
      try place.write("v.md", terms(days: days))
      try place.done("publish", "connector-terms", "v.md", "--version", "v\(days)", "--yes")
    }
    let text = try place.done("history", "connector-terms", "--certify")
    #expect(text.hasPrefix("connector-terms: posted on 2025-06-04, amended 3 times, last on "))
    #expect(text.contains("\nversion v20, after v10\n"))
    #expect(text.contains("hashes up to the signed root, verified"))
    #expect(text.contains("\nsigned with terms.example/log+"))
    let json = try #require(
      try place.tenor("history", "connector-terms", "--certify", "--json").json() as? [String: Any])
    #expect(json["postings"] as? Int == 4)
    #expect(json["amendments"] as? Int == 3)
    let versions = try #require(json["versions"] as? [[String: Any]])
    #expect(versions.allSatisfy { ($0["proof"] as? String)?.hasPrefix("c2sp.org/tlog-proof@v1\n") == true })
    #expect(versions.allSatisfy { ($0["entry"] as? String)?.contains("\"act\":\"version-posted\"") == true })
    let keys = try #require(json["keys"] as? [[String: Any]])
    #expect(keys.count == 1 && (keys[0]["entry"] as? String)?.contains("\"act\":\"key-adopted\"") == true)
    try place.done("keys", "rotate")
    let rotated = try #require(
      try place.tenor("history", "connector-terms", "--certify", "--json").json() as? [String: Any])
    let both = try #require(rotated["keys"] as? [[String: Any]])
    #expect(both.count == 2 && both.last?["key"] as? String == rotated["key"] as? String)
    #expect(both.allSatisfy { ($0["proof"] as? String)?.hasPrefix("c2sp.org/tlog-proof@v1\n") == true })
    #expect((both.last?["entry"] as? String)?.contains("tenor-key-handover/1") == true)
    #expect(try place.done("history", "connector-terms", "--certify").contains("the log's key was handed over in act "))
    // Without the key, what was not signed has no proof yet, and says so.
    try place.write("v.md", terms(days: 28))
    try place.done("publish", "connector-terms", "v.md", "--version", "v28", "--yes")
    let unsigned = try place.done("history", "connector-terms", "--certify", "--key-file", "nowhere")
    #expect(unsigned.contains("proof     none yet: the act is not under a signed state; run 'tenor checkpoint'"))
    #expect(try place.tenor("history", "connector-terms", "--certify", "--clause", "1").code == 64)
    #expect(try place.tenor("history", "connector-terms", "--key-file", "x").code == 64)
    #expect(try place.tenor("history", "no-terms", "--certify").code == 2)
  }

  /// An authority of our own, as `openssl ts` has it: a key, a certificate for stamping, and a serial number.
  private static let authority = """
    set -e
    openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 30 -subj /CN=TestRoot 2>/dev/null
    openssl req -newkey rsa:2048 -nodes -keyout tsa.key -out tsa.csr -subj /CN=TestStamp 2>/dev/null
    printf 'extendedKeyUsage=critical,timeStamping\\n' > ext
    openssl x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -extfile ext -out tsa.pem 2>/dev/null
    echo 01 > serial
    cat > ts.cnf <<END
    [tsa]
    default_tsa = one
    [one]
    serial = serial
    signer_cert = tsa.pem
    certs = ca.pem
    signer_key = tsa.key
    signer_digest = sha256
    default_policy = 1.2.3.4.1
    digests = sha256
    END
    """

  private static let server = """
    import http.server, subprocess, sys
    class Authority(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            query = self.rfile.read(int(self.headers["Content-Length"]))
            assert self.headers["Content-Type"] == "application/timestamp-query"
            open("query.tsq", "wb").write(query)
            subprocess.run("openssl ts -reply -config ts.cnf -queryfile query.tsq -out reply.tsr", shell=True, check=True)
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(open("reply.tsr", "rb").read())
        def log_message(self, *words): pass
    server = http.server.HTTPServer(("127.0.0.1", 0), Authority)
    open("port", "w").write(str(server.server_port))
    server.handle_request()
    """

  @Test func `a checkpoint is stamped by an authority, and the stamp is checked`() throws {
    let place = try place()
    defer { place.remove() }
    for tool in ["openssl", "python3"] where !FileManager.default.isExecutableFile(atPath: "/usr/bin/\(tool)") {
      return print("SKIPPED: no \(tool) to stamp a checkpoint with")
    }
    let made = try place.shell(Self.authority)
    try #require(made.code == 0, "\(made.output)")
    try place.write("server.py", Self.server)
    let stamped = try place.shell(
      """
      /usr/bin/python3 server.py & for i in $(seq 1200); do [ -s port ] && break; sleep 0.1; done
      tenor checkpoint --timestamp http://127.0.0.1:$(cat port)/ --json
      """)
    #expect(stamped.code == 0, "\(stamped.output)")
    #expect(stamped.output.contains("\"kind\" : \"timestamp\""), "\(stamped.output)")
    #expect(
      stamped.output.contains("whose it is was not checked: name the authority's certificates with --timestamp-ca"))
    #expect(try place.done("verify", "--timestamp-ca", "ca.pem") == "tenor.sqlite: sound\n")
    // It goes into bundles, and both checkers have openssl look at it.
    try place.done("evidence", "ada", "--document", "connector-terms", "--out", "ada.zip")
    let checker = checkout.appending(path: "Docs/check_bundle.py").path
    let unasked = try place.done("check", "ada.zip")
    #expect(unasked.contains("which was not checked: name the authority's certificates with --timestamp-ca"))
    #expect(try place.done("check", "ada.zip", "--timestamp-ca", "ca.pem").contains("stamped     the state of "))
    #expect(
      try place.tool("python3", [checker, "ada.zip", "--timestamp-ca", "ca.pem"]).output.contains("stamped     "))
    // Another authority's certificates, and a stamp of something else.
    let other = try place.shell(
      "openssl req -x509 -newkey rsa:2048 -nodes -keyout o.key -out other.pem -days 30 -subj /CN=Other 2>/dev/null")
    try #require(other.code == 0)
    let mistrusted = try place.tenor("verify", "--timestamp-ca", "other.pem")
    #expect(mistrusted.code == 4)
    #expect(mistrusted.output.contains("does not hold: "), "\(mistrusted.output)")
    #expect(try place.tenor("check", "ada.zip", "--timestamp-ca", "other.pem").code == 4)
    #expect(try place.tool("python3", [checker, "ada.zip", "--timestamp-ca", "other.pem"]).code == 4)
    #expect(try place.tenor("verify", "--timestamp-ca", "nowhere.pem").code == 2)
    try place.done("documents", "add", "more-terms", "--title", "More")
    let old = try place.tenor("checkpoint", "--timestamp", "reply.tsr")
    #expect(old.code == 2)
    #expect(old.errors.contains("the time stamp is not about the checkpoint of "), "\(old.errors)")
    // By hand: the query is made for the file that is kept.
    let byHand = try place.shell(
      """
      openssl ts -query -data tenor.sqlite.checkpoint -sha256 -cert -out q.tsq
      openssl ts -reply -config ts.cnf -queryfile q.tsq -out hand.tsr
      tenor checkpoint --timestamp hand.tsr > /dev/null && tenor verify --timestamp-ca ca.pem
      """)
    #expect(byHand.output.hasSuffix("tenor.sqlite: sound\n"), "\(byHand.output)")
    // With the authority named, a stamp that is not its own does not go on record; without, it can be dropped again.
    try place.done("documents", "add", "most-terms", "--title", "Most")
    let refused = try place.shell(
      """
      tenor checkpoint > /dev/null
      openssl ts -query -data tenor.sqlite.checkpoint -sha256 -cert -out q.tsq
      openssl ts -reply -config ts.cnf -queryfile q.tsq -out bad.tsr
      tenor checkpoint --timestamp bad.tsr --timestamp-ca other.pem; echo "ended with $?"
      TENOR_TIMESTAMP_CA=other.pem tenor checkpoint --timestamp bad.tsr; echo "ended with $?"
      tenor checkpoint --timestamp bad.tsr --timestamp-ca ca.pem --json
      """)
    #expect(
      refused.output.components(separatedBy: "does not hold by the certificates in 'other.pem'").count == 3
        && refused.output.components(separatedBy: "ended with 2").count == 3, "\(refused.output)")
    #expect(refused.output.contains("the time stamp holds by the certificates in 'ca.pem'"), "\(refused.output)")
    let json = try #require(try place.tenor("checkpoint", "--json").json() as? [String: Any])
    let act = try #require((json["witnesses"] as? [[String: Any]])?.last?["act"] as? Int)
    #expect(try place.tenor("checkpoint", "--drop-witness", "\(act)").code == 64)
    #expect(
      try place.done("checkpoint", "--drop-witness", "\(act)", "--reason", "no longer trusted").hasPrefix(
        "dropped what act \(act) recorded of a witness (act "))
    let again = try place.tenor("checkpoint", "--drop-witness", "\(act)", "--reason", "no longer trusted")
    #expect(again.code == 2)
    #expect(again.errors.contains("act \(act) recorded no witness's word, or it was dropped before"))
    let closed = try place.tenor("checkpoint", "--timestamp", "http://127.0.0.1:9/")
    #expect(closed.code == 1)
    #expect(
      closed.errors.contains("the time-stamp authority at 'http://127.0.0.1:9/' gave no reply: "), "\(closed.errors)")
    #expect(try place.done("verify") == "tenor.sqlite: sound\n")
  }

  @Test func `a cosignature is taken in with its witness's key, or refused`() throws {
    let place = try place()
    defer { place.remove() }
    let note = try place.done("checkpoint")
    try place.write("note", note)
    let key = "witness.example/w+5d1e7a6f+BAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    for (arguments, words) in [
      (["--cosigned", "note"], "--cosigned and --witness go together"),
      (
        ["--cosigned", "note", "--witness", key, "--timestamp", "x"],
        "--cosigned, --timestamp and --drop-witness are different things to do"
      ),
      (["--cosigned", "note", "--witness", "terms.example/log+a+b"], "this is no key of the form NAME+ID+KEY"),
    ] {
      let run = try place.run(["checkpoint"] + arguments)
      #expect(run.code == 64)
      #expect(run.errors.contains(words) || run.errors.contains("no key of the form"), "\(run.errors)")
    }
  }
}
