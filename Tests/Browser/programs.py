#!/usr/bin/env python3
"""The interface for programs against its own description (schemathesis), and the feeds against strict readers.

    Tests/Browser/programs.py TENOR
"""
import html, http.client, re, sys, subprocess, urllib.parse, urllib.request, os
from pathlib import Path

sys.argv = sys.argv[:2]
sys.path.insert(0, str(Path(__file__).parent))
from place import Place, ROOT

import feedparser
from icalendar import Calendar


def fetch(address):
    with urllib.request.urlopen(address) as answer:
        return answer.read()


def feeds(place):
    for name in ["all", "connector-terms"]:
        feed = feedparser.parse(fetch(f"{place.base}/feeds/{name}.atom"))
        assert not feed.bozo, feed.get("bozo_exception")
        assert feed.version == "atom10" and feed.entries, feed.version
        assert len({entry.id for entry in feed.entries}) == len(feed.entries)
        assert all(entry.link.startswith(place.base) and entry.updated_parsed and entry.summary for entry in feed.entries)
        calendar = Calendar.from_ical(fetch(f"{place.base}/feeds/{name}.ics"), multiple=False)
        days = calendar.walk("VEVENT")
        assert days and all(day.get("UID") and not day.errors for day in days), days
        print(f"{name}: {len(feed.entries)} entries, {len(days)} days")


def operations(place, token):
    # The same requests in the same order at every run, whatever an earlier one left or how busy the machine is.
    run = subprocess.run(
        [str(Path(sys.executable).parent / "schemathesis"), "run", f"{place.base}/openapi.json", "--header",
         f"Authorization: Bearer {token}", "--checks",
         "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,unsupported_method",
         "--max-examples", os.environ.get("EXAMPLES", "30"), "--seed", "20261121", "--generation-deterministic",
         "--request-timeout", "120", "--workers", "1", "--no-color"],
        text=True, capture_output=True)
    print(run.stdout[-6000:])
    assert run.returncode == 0, run.stderr[-2000:]


def sign_in(place, token):
    """The cookie of a session."""
    asked = http.client.HTTPConnection("localhost", place.port)
    asked.request("POST", "/sign-in", f"token={token}&next=/", {"Content-Type": "application/x-www-form-urlencoded"})
    answer = asked.getresponse()
    answer.read()
    return answer.getheader("set-cookie").split(";")[0]


def pages(place, cookie, starts):
    """Every page that can be reached: each is there, no address or name in it is empty or given twice, none leads nowhere."""
    seen, todo = set(), list(starts)
    while todo and len(seen) < 300:
        path = todo.pop(0)
        if path in seen:
            continue
        seen.add(path)
        asked = http.client.HTTPConnection("localhost", place.port)
        asked.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        answer = asked.getresponse()
        body = answer.read().decode()
        if answer.getheader("location"):
            todo.append(answer.getheader("location"))
            continue
        # A developer's own pages are named to everybody, and are nobody else's.
        if path == "/me" and answer.status == 403:
            continue
        assert answer.status == 200, f"{path}: {answer.status}"
        if not answer.getheader("content-type").startswith("text/html"):
            continue
        empty = re.findall(r'(?:href|id|for|src|name|action)=""', body)
        names = [html.unescape(name) for name in re.findall(r'\sid="([^"]*)"', body)]
        targets = [urllib.parse.unquote(html.unescape(link)) for link in re.findall(r'href="#([^"]*)"', body)]
        assert not empty, f"{path}: {empty}"
        assert len(names) == len(set(names)), f"{path}: a name is given twice"
        assert set(targets) <= set(names), f"{path}: {set(targets) - set(names)} are nowhere on the page"
        todo += [html.unescape(link) for link in re.findall(r'href="(/[^"#]*)', body)]
    print(f"{len(seen)} pages from {', '.join(starts)}")


place = Place()
try:
    place.fill()
    token = place.tenor("tokens", "create", "operator").splitlines()[-1]
    place.serve()
    feeds(place)
    pages(place, None, ["/"])
    pages(place, sign_in(place, token), ["/desk", "/desk/connector-terms/new"])
    own = place.tenor("tokens", "create", "developer:ada").splitlines()[-1]
    pages(place, sign_in(place, own), ["/me"])
    operations(place, token)
finally:
    place.close()
