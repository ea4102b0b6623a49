"""A record of its own for a test, and the service over it."""
import os, socket, subprocess, sys, tempfile, time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TENOR = str(Path(sys.argv[1]).resolve())


class Place:
    """A record of its own, and the service over it."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="tenor-browser-")
        # It stays bound until the test is over, so that nobody else comes by the number before the service listens on it; only
        # then may it be used again, by the service.
        self.free = socket.socket()
        self.free.bind(("127.0.0.1", 0))
        self.free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.port = self.free.getsockname()[1]
        self.base = f"http://localhost:{self.port}"
        # Without what whoever runs the test has set for a record of their own.
        outside = {name: value for name, value in os.environ.items() if not name.startswith("TENOR_")}
        self.environment = dict(
            outside, TENOR_ACTOR="tester", TENOR_BASE_URL=self.base, TENOR_MAIL_FROM="notices@terms.example",
            TENOR_DATABASE=os.path.join(self.folder.name, "tenor.sqlite"),
            TENOR_MAIL_FOLDER=os.path.join(self.folder.name, "outbox"))
        self.server = None

    def tenor(self, *arguments):
        run = subprocess.run([TENOR, *arguments], capture_output=True, text=True, env=self.environment)
        assert run.returncode == 0, f"tenor {' '.join(arguments)}: {run.stderr}"
        return run.stdout.strip()

    def serve(self):
        self.server = subprocess.Popen(
            [TENOR, "serve", "--host", "localhost", "--port", str(self.port), "--rate", "0"], env=self.environment,
            stdout=subprocess.DEVNULL)
        # It may take long to start where many others run.
        for _ in range(1200):
            assert self.server.poll() is None, f"the service ended with {self.server.returncode}"
            try:
                socket.create_connection(("localhost", self.port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the service did not start")

    def fill(self):
        """The sample terms, and one developer."""
        self.tenor("init")
        self.tenor("import", str(ROOT / "Terms"))
        self.tenor("developers", "add", "ada", "--name", "Ada Okafor", "--email", "ada@example.com", "--region", "US",
                   "--at", "2026-07-20T09:00:00-07:00")
        self.tenor("connectors", "add", "ada", "weather", "--document", "connector-terms", "--at",
                   "2026-07-20T09:05:00-07:00")

    def close(self):
        if self.server:
            self.server.terminate()
            assert self.server.wait(timeout=120) == 0, "the service did not end well"
        self.free.close()
        self.folder.cleanup()
