#!/usr/bin/env python3
"""The interface for programs against its own description (schemathesis), and the feeds against strict readers.

    Tests/Browser/programs.py TENOR
"""
import sys, subprocess, urllib.request, os
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
    run = subprocess.run(
        [str(Path(sys.executable).parent / "schemathesis"), "run", f"{place.base}/openapi.json", "--header",
         f"Authorization: Bearer {token}", "--checks",
         "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,unsupported_method",
         "--max-examples", os.environ.get("EXAMPLES", "30"), "--seed", "20261121", "--workers", "2", "--no-color"],
        text=True, capture_output=True)
    print(run.stdout[-6000:])
    assert run.returncode == 0, run.stderr[-2000:]


place = Place()
try:
    place.fill()
    token = place.tenor("tokens", "create", "operator").splitlines()[-1]
    place.serve()
    feeds(place)
    operations(place, token)
finally:
    place.close()
