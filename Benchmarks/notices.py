#!/usr/bin/env python3
"""Measures notices: sending beside smtp-source, memory with a long queue, receiving reports, planning beside sqlite3.

    swift build -c release --product tenor
    Benchmarks/notices.py send 5000          # messages over one connection, beside smtp-source -d in the same run, and
                                             # beside what it and one commit of sqlite3 a message take together
    Benchmarks/notices.py short 5000         # the same with an operator's short wording, so that a message has about 2 kB
    Benchmarks/notices.py memory 100000      # the memory of runs that send the first thousands of a long queue
    Benchmarks/notices.py reports 10000      # delivery reports from a Maildir
    Benchmarks/notices.py plan 1000000       # publishing to so many, beside sqlite3's INSERT … SELECT of the same rows

Needs Postfix's smtp-sink and smtp-source, and sqlite3. Works in a folder of its own under TMPDIR, which it removes.
"""
import email.utils
import os
import resource
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TENOR = os.environ.get("TENOR_BINARY", os.path.join(ROOT, ".build/release/tenor"))

TERMS = """# Harbor connector terms

## 1. Introduction

These terms govern your connector. By creating one you agree to them.

## 2. Use

(a) **Access.** We may call your connector to answer our users.

(b) **Logs.** You will delete our requests within {days} days.
"""

# What a notice must say, and no more: the shortest wording that is accepted.
SHORT = {
    "text": """{{platform}}: {{document}}, version {{version}}.
{{#groups}}
{{>when-first}}: {{>what}} ({{labels}})
{{#changes}}
{{>title}}{{#legalBasis}} {{.}}{{/legalBasis}}: {{#lines}}{{#runs}}{{lead}}{{#isKept}}{{text}}{{/isKept}}\
{{#isRemoved}}[removed: {{text}}]{{/isRemoved}}{{#isAdded}}[added: {{text}}]{{/isAdded}}{{trail}}{{/runs}} {{/lines}}
{{/changes}}
{{#left}}{{labels}}{{/left}}
{{/groups}}
{{#summary}}{{.}} {{/summary}}
{{#pending}}Accept or decline until {{lastDay.words}}. {{/pending}}{{#optOuts}}Opt out until {{until.words}}. {{/optOuts}}\
{{#ending}}End it with {{days.number}} days' notice. {{/ending}}
{{>answer}} {{>read}}
{{>closing}}
""",
}
SHORT["html"] = "<p>" + SHORT["text"].replace("\n{{#", "<br>\n{{#") + "</p>\n"


class Place:
    def __init__(self, developers):
        self.folder = tempfile.mkdtemp(prefix="tenor-bench-")
        self.environment = {
            "PATH": "/usr/bin:/bin", "TENOR_MAIL_FROM": "notices@terms.example", "TENOR_ACTOR": "bench",
            "TENOR_MAIL_SMTP_GREETING": "terms.example", "TENOR_MAIL_RETURN_DOMAIN": "bounces.terms.example",
            "TENOR_MAIL_RETURN_KEY_FILE": "key", "TENOR_MAIL_OWN_HOSTS": "mta.terms.example",
        }
        self.write("key", "0123456789abcdef" * 4)
        self.tenor("init")
        self.tenor("documents", "add", "t", "--title", "Terms")
        self.write("v1.md", TERMS.format(days=30))
        self.write("v2.md", TERMS.format(days=10))
        self.tenor("publish", "t", "v1.md", "--posted-at", "2025-06-04T09:00:00-07:00", "--yes")
        with open(os.path.join(self.folder, "d.csv"), "w") as out:
            out.write("id,email,region,connector,document\n")
            for n in range(1, developers + 1):
                out.write(f"dev-{n},dev{n}@example.com,US,c,t\n")
        self.tenor("developers", "import", "d.csv")

    def write(self, name, text):
        with open(os.path.join(self.folder, name), "w") as out:
            out.write(text)

    def tenor(self, *words, more={}):
        """Seconds, output, and the most memory in MB."""
        before = time.perf_counter()
        child = subprocess.Popen(
            [TENOR, *words], cwd=self.folder, env={**self.environment, **more}, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE)
        output, errors = child.stdout.read(), child.stderr.read()
        _, status, usage = os.wait4(child.pid, 0)
        if status:
            sys.exit(f"tenor {' '.join(words)}: {errors.decode()}")
        return time.perf_counter() - before, output.decode(), usage.ru_maxrss / 1024

    def publish(self):
        return self.tenor("publish", "t", "v2.md", "--yes")[0]

    def remove(self):
        shutil.rmtree(self.folder)


class Sink:
    def __init__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        user = ["-u", "postfix"] if os.geteuid() == 0 else []
        self.process = subprocess.Popen(["/usr/sbin/smtp-sink", *user, f"127.0.0.1:{self.port}", "100"])
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.02)

    @property
    def settings(self):
        return {
            "TENOR_MAIL_TRANSPORT": "smtp", "TENOR_MAIL_SMTP_HOST": "127.0.0.1",
            "TENOR_MAIL_SMTP_PORT": str(self.port), "TENOR_MAIL_SMTP_TLS": "none",
        }

    def stop(self):
        self.process.terminate()
        self.process.wait()


def commits(folder, count):
    """Commits a second of one row each, on the disk when they return (WAL, synchronous=FULL)."""
    path = os.path.join(folder, "commits.sqlite")
    database = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL"):
        database.execute(f"PRAGMA {pragma}")
    database.execute("CREATE TABLE t (a)")
    # Until the log of writes was put away once, each commit makes it longer, which takes far more time.
    for n in range(1500):
        database.execute("INSERT INTO t VALUES (?)", ("x" * 300,))
    before = time.perf_counter()
    for n in range(count):
        database.execute("INSERT INTO t VALUES (?)", ("x" * 300,))
    seconds = time.perf_counter() - before
    database.close()
    return count / seconds


def send(count, wording={}):
    place, sink = Place(count), Sink()
    place.publish()
    if wording:
        os.mkdir(os.path.join(place.folder, "wording"))
        for name, text in wording.items():
            place.write(f"wording/{name}.mustache", text)
        place.environment["TENOR_MAIL_TEMPLATES"] = "wording"
    size = len(place.tenor("notices", "preview", "dev-1", "--document", "t", "--format", "eml")[1])
    source = ["/usr/sbin/smtp-source", "-d", "-s", "1", "-m", str(count), "-l", str(size), f"127.0.0.1:{sink.port}"]
    times = []
    for _ in range(3):
        before = time.perf_counter()
        subprocess.run(source, check=True)
        times.append(time.perf_counter() - before)
    limit = count / sorted(times)[1]
    durable = commits(place.folder, count)
    seconds, output, memory = place.tenor("notices", "send", more=sink.settings)
    rate = count / seconds
    both = 1 / (1 / limit + 1 / durable)
    print(f"{output.strip()}; messages of {size} bytes, one connection")
    print(f"tenor {rate:.0f}/s, smtp-source -d {limit:.0f}/s (median of 3): {rate / limit:.2f}; memory {memory:.0f} MB")
    print(f"one commit a message: {durable:.0f}/s; it and smtp-source -d one after the other: {both:.0f}/s: {rate / both:.2f}")
    sink.stop()
    place.remove()


def memory(count):
    place, sink = Place(count), Sink()
    seconds, _, most = place.tenor("publish", "t", "v2.md", "--yes")
    print(f"{count} planned in {seconds:.1f} s, memory {most:.0f} MB")
    for limit in (1000, 4000):
        seconds, output, most = place.tenor("notices", "send", "--limit", str(limit), more=sink.settings)
        print(f"{output.strip()} in {seconds:.1f} s, memory {most:.0f} MB")
    sink.stop()
    place.remove()


def reports(count):
    place, sink = Place(count), Sink()
    place.publish()
    place.tenor("notices", "send", more=sink.settings)
    sink.stop()
    for part in ("new", "cur", "tmp"):
        os.makedirs(os.path.join(place.folder, "box", part))
    now = email.utils.formatdate()
    alphabet = "abcdefghijklmnopqrstuvwxyz234567"

    import base64, hashlib, hmac
    for n in range(1, count + 1):
        name = base64.b32encode(n.to_bytes(8, "big")).decode().rstrip("=").lower()
        code = hmac.new(("0123456789abcdef" * 4).encode(), f"return-address:{name}".encode(), hashlib.sha256).digest()
        code = base64.b32encode(code[:10]).decode().lower()
        address = f"bounce+{name}-{code}@bounces.terms.example"
        place.write(f"box/new/{n:08}", "\r\n".join([
            "Return-Path: <>", f"X-Original-To: {address}", f"Received: by mta.terms.example (Postfix) id {n}; {now}",
            "From: Mail System <mailer-daemon@mta.terms.example>", f"To: {address}", f"Date: {now}", "Subject: Report",
            "MIME-Version: 1.0", "Content-Type: multipart/report; report-type=delivery-status; boundary=b1", "", "--b1",
            "Content-Type: text/plain", "", "See below.", "", "--b1", "Content-Type: message/delivery-status", "",
            "Reporting-MTA: dns; mta.terms.example", f"Original-Envelope-Id: {name}", "",
            f"Final-Recipient: rfc822; dev{n}@example.com", "Action: relayed", "Status: 2.0.0",
            "Remote-MTA: dns; mx.example", "Diagnostic-Code: smtp; 250 2.0.0 Ok", "", "--b1--", ""]))
    seconds, output, most = place.tenor("notices", "receive", "box")
    print(f"{output.strip()} in {seconds:.1f} s ({count / seconds:.0f}/s), memory {most:.0f} MB")
    place.remove()


def plan(count):
    place = Place(count)
    path = os.path.join(place.folder, "tenor.sqlite")
    shell = lambda file, text: subprocess.run(["sqlite3", file], input=text, text=True, check=True, capture_output=True)
    shell(path, "PRAGMA wal_checkpoint(TRUNCATE);")
    shutil.copy(path, path + ".before")
    planned = place.publish()
    shell(path, "PRAGMA wal_checkpoint(TRUNCATE);")
    # The same rows into the same schema, with its triggers and indexes, the act and the version already there.
    shell(path + ".before", f"""
      ATTACH '{path}' AS done;
      INSERT INTO acts SELECT * FROM done.acts WHERE sequence > (SELECT max(sequence) FROM main.acts);
      INSERT INTO versions SELECT * FROM done.versions WHERE id > (SELECT max(id) FROM main.versions);""")
    before = time.perf_counter()
    shell(path + ".before", f"""
      PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -32768;
      ATTACH '{path}' AS done;
      INSERT INTO outbox SELECT * FROM done.outbox;""")
    plain = time.perf_counter() - before
    print(f"publishing to {count}: {planned:.2f} s; sqlite3 INSERT … SELECT of the same rows: {plain:.2f} s: {planned / plain:.2f}")
    place.remove()


if __name__ == "__main__":
    works = {
        "send": (send, 5000), "short": (lambda count: send(count, SHORT), 5000),
        "memory": (memory, 100000), "reports": (reports, 10000),
        "plan": (plan, 1000000),
    }
    if len(sys.argv) < 2 or sys.argv[1] not in works:
        sys.exit(__doc__)
    work, usual = works[sys.argv[1]]
    work(int(sys.argv[2]) if len(sys.argv) > 2 else usual)
