import Foundation
import Loopback
import Testing

/// A mail server that speaks TLS and asks for a password, in a page of Python; it writes what it hears to a log.
final class TLSServer {
  static let isPresent =
    Tools.arePresent(["python3"], for: "TLS and AUTH", package: "python3") && Certificates.isPresent

  var port: Int { place.port }
  private let place: Loopback
  private let process: pid_t
  private let folder: URL

  /// - Parameters:
  ///   - version: `TLSv1_2` or `TLSv1_3`, the only one that is spoken.
  ///   - isImplicit: whether it speaks TLS from the first byte.
  init(_ identity: Certificates.Identity, version: String = "TLSv1_3", isImplicit: Bool = false) throws {
    place = try Loopback.reserved()
    folder = try Tools.folder("tls-server")
    let script = folder.path() + "/server.py"
    try Data(Self.program.utf8).write(to: URL(filePath: script))
    process = try Tools.start(
      "python3",
      [
        script, "\(place.port)", identity.certificate, identity.key, version, isImplicit ? "implicit" : "starttls",
        folder.path() + "/log",
      ],
      log: folder.path() + "/errors")
    try Loopback.waitForListener(on: port)
  }

  /// What was said, each line marked `clear` or `tls`.
  var heard: [String] {
    let text = (try? String(contentsOfFile: folder.path() + "/log", encoding: .utf8)) ?? ""
    return text.split(separator: "\n").map(String.init)
  }

  func stop() {
    Tools.end(process)
    try? FileManager.default.removeItem(at: folder)
  }

  private static let program = """
    import base64, socket, ssl, sys, threading
    port, certificate, key, version, mode, log = sys.argv[1:]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    context.minimum_version = context.maximum_version = ssl.TLSVersion[version]
    log = open(log, "a", buffering=1)

    def serve(connection):
        secure = mode == "implicit"
        try:
            if secure:
                connection = context.wrap_socket(connection, server_side=True)
            stream = connection.makefile("rb")
            say = lambda text: connection.sendall((text + "\\r\\n").encode())
            say("220 localhost ESMTP")
            for line in stream:
                line = line.decode("latin-1").rstrip("\\r\\n")
                log.write(("tls " if secure else "clear ") + line + "\\n")
                word = line.split(" ")[0].upper()
                if word == "EHLO":
                    for offer in ["localhost", "DSN"] + (["AUTH PLAIN"] if secure else ["STARTTLS"]):
                        say("250-" + offer)
                    say("250 ENHANCEDSTATUSCODES")
                elif word == "STARTTLS":
                    say("220 2.0.0 Ready to start TLS")
                    connection = context.wrap_socket(connection, server_side=True)
                    stream, secure = connection.makefile("rb"), True
                    say = lambda text, c=connection: c.sendall((text + "\\r\\n").encode())
                    # The for loop above still reads the stream in clear: go on with the one in TLS.
                    return converse(stream, say)
                elif not handle(word, line, stream, say):
                    return
        except (ssl.SSLError, OSError) as error:
            log.write("error %r\\n" % error)
        finally:
            connection.close()

    def converse(stream, say):
        for line in stream:
            line = line.decode("latin-1").rstrip("\\r\\n")
            log.write("tls " + line + "\\n")
            word = line.split(" ")[0].upper()
            if word == "EHLO":
                say("250-localhost\\r\\n250-DSN\\r\\n250-AUTH PLAIN\\r\\n250 ENHANCEDSTATUSCODES")
            elif not handle(word, line, stream, say):
                return

    def handle(word, line, stream, say):
        if word == "AUTH":
            words = line.split(" ")
            if len(words) < 3:
                say("334 ")
                words.append(stream.readline().decode("latin-1").rstrip("\\r\\n"))
            right = base64.b64decode(words[2]) == b"\\0tenor\\0correct horse"
            say("235 2.7.0 Authentication successful" if right else "535 5.7.8 Error: authentication failed")
        elif word in ("MAIL", "RCPT", "RSET"):
            say("250 2.1.0 Ok")
        elif word == "DATA":
            say("354 End data with .")
            while stream.readline() not in (b".\\r\\n", b""):
                pass
            say("250 2.0.0 Ok: queued as TLS")
        elif word == "QUIT":
            say("221 2.0.0 Bye")
            return False
        else:
            say("502 5.5.2 Error")
        return True

    listener = socket.create_server(("127.0.0.1", int(port)), backlog=64)
    while True:
        threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
    """
}
