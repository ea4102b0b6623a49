#!/usr/bin/env python3
"""Measures the redline and writes the tables of Benchmarks/redline.md.

    Benchmarks/redline.py lay      lays out documents: pairs, known edits, hard cases, documents of 10 to 10,000 clauses
    Benchmarks/redline.py truth    kinds against known edits, on the cases handed over and on two seeds besides
    Benchmarks/redline.py pairs    time and marked words of 200 real pairs, beside wikidiff2 where it is installed
    Benchmarks/redline.py words    words marked within changed clauses against the least that could be
    Benchmarks/redline.py worst    time of the hard cases, and memory with a process for each
    Benchmarks/redline.py linear   time of 10, 100, 1,000 and 10,000 clauses, one in a hundred changed
    Benchmarks/redline.py report   writes the tables into redline.md, and redline-linear.svg

Everything that is made lies in var/redline. The documents and the measuring tools are not part of the project: they are
looked for in ../shared beside the checkout. Needs rapidfuzz (PyPI), and a release build of redline-runner, whose path
REDLINE_RUNNER may name.
"""
import glob, json, os, random, re, statistics, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
SHARED = os.path.join(os.path.dirname(ROOT), "shared")
TOOLS = os.path.join(SHARED, "tools")
WORK = os.path.join(ROOT, "var", "redline")
RUNNER = os.environ.get("REDLINE_RUNNER", os.path.join(ROOT, ".build", "release", "redline-runner"))
MIRROR, PAIRS, WORST, LINEAR = (os.path.join(WORK, name) for name in ("mirror", "pairs", "worst", "linear"))
SEEDS = (101, 202)
SIZES = (10, 100, 1_000, 10_000)


# Every engine keeps the memory that a repetition gave back: otherwise the system would hand out the same pages anew each time.
KEEPING = dict(os.environ, GLIBC_TUNABLES="glibc.malloc.trim_threshold=1073741824:glibc.malloc.mmap_threshold=1073741824")


def run(*command, environment=None):
    subprocess.run(command, check=True, env=environment)


def tool(name, *arguments, environment=None):
    run(sys.executable, os.path.join(TOOLS, name), *arguments, environment=environment)


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return file.read()


def write(path, text):
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)


def load(name):
    path = os.path.join(WORK, name + ".json")
    return json.loads(read(path)) if os.path.exists(path) else None


def save(name, value):
    write(os.path.join(WORK, name + ".json"), json.dumps(value))


def ask(before, after, reps=5, budget=1500, ops=False):
    """What the runner says of a pair, in a process of its own."""
    question = dict(before=before, after=after, reps=reps, budget_ms=budget, ops=ops)
    answer = subprocess.run([RUNNER], input=json.dumps(question) + "\n", capture_output=True, text=True, check=True)
    return json.loads(answer.stdout)


# ---------------------------------------------------------------- documents

def lay_mirror():
    """The documents handed over as the repositories that the maker of known edits reads: the newest text of each path."""
    newest = {}
    for line in read(os.path.join(SHARED, "corpus", "changes.jsonl")).splitlines():
        row = json.loads(line)
        newest[row["collection"], row["path"]] = os.path.join(SHARED, "corpus", "pairs", row["pair"], "after.md")
    for collection in sorted({collection for collection, _ in newest}):
        repository = os.path.join(MIRROR, collection + ("" if collection.endswith("-versions") else "-versions"))
        os.makedirs(repository, exist_ok=True)
        for (other, path), source in newest.items():
            if other == collection:
                target = os.path.join(repository, path)
                os.makedirs(os.path.dirname(target), exist_ok=True)
                write(target, read(source))
        git = ["git", "-C", repository, "-c", "user.name=redline", "-c", "user.email=redline@example.org"]
        run("git", "init", "-q", repository)
        run(*git, "add", "-A")
        if subprocess.run([*git, "diff", "--cached", "--quiet"]).returncode:
            run(*git, "commit", "-q", "-m", "Documents")


def clauses(count):
    """A document of made-up rules, and the same with one clause in a hundred changed by a word."""
    rng = random.Random(7)
    nouns = "berth crane crew fee harbour notice owner pilot quay rope signal tide tug vessel wharf".split()
    verbs = "keeps leaves moves pays reports shows signs takes waits yields".split()

    def sentence():
        words = [rng.choice(nouns if k % 2 else verbs) for k in range(rng.randrange(14, 40))]
        return f"The {rng.choice(nouns)} {' the '.join(words)} within {rng.randrange(2, 90)} days of rule {rng.randrange(10_000)}."

    before = [f"{n + 1}. {sentence()}" for n in range(count)]
    after = [text.replace(" within ", " not later than ", 1) if n % 100 == 5 else text for n, text in enumerate(before)]
    return "\n\n".join(before) + "\n", "\n\n".join(after) + "\n"


def lay_lines():
    """Texts that are laid out as nobody would: all in one line, few words in any order, very many clauses."""
    os.makedirs(WORST, exist_ok=True)
    rng = random.Random(11)
    text = clauses(25_000)[0]
    line = " ".join(text.split())
    words = [rng.choice(("may", "must", "and", "or", "the", "vessel", "berth")) for _ in range(900_000)]
    shuffled = rng.sample(words, len(words))
    short = [f"Rule {n * 7919 % 100_003}: a vessel keeps {n % 97} metres from quay {n % 89}." for n in range(100_000)]
    cases = {
        "f-oneline": (text, line),
        "g-lines": (line, " ".join("other" if rng.random() < .01 else word for word in line.split(" "))),
        "h-hopeless": (" ".join(words), " ".join(shuffled)),
        "i-clauses": ("\n\n".join(short), "\n\n".join(s.replace("keeps", "stays") if n % 100 == 5 else s for n, s in enumerate(short))),
    }
    for name, texts in cases.items():
        for side, text in zip(("before", "after"), texts):
            write(os.path.join(WORST, f"{name}-full.{side}.md"), text)


def cmd_lay():
    os.makedirs(WORK, exist_ok=True)
    lay_mirror()
    tool("make_pairs.py", os.path.join(SHARED, "corpus"), PAIRS, "200")
    for seed in SEEDS:
        tool("diff_truth.py", "make", "--ota", MIRROR, "--out", os.path.join(WORK, f"truth-{seed}"), "--n", "420", "--seed", str(seed))
    lay_lines()
    os.makedirs(LINEAR, exist_ok=True)
    for size in SIZES:
        for side, text in zip(("before", "after"), clauses(size)):
            write(os.path.join(LINEAR, f"{size:05d}.{side}.md"), text)


# ---------------------------------------------------------------- measurements

def cmd_truth():
    engine = f"tenor={sys.executable} {os.path.abspath(__file__)} contract {{before}} {{after}}"
    for name, cases in [("truth-given", os.path.join(SHARED, "redline-truth"))] + [
            (f"truth-{seed}", os.path.join(WORK, f"truth-{seed}")) for seed in SEEDS]:
        out = os.path.join(WORK, name + ".json")
        if os.path.exists(out):
            os.remove(out)
        tool("diff_truth.py", "run", "--cases", cases, "--json", out, "--engine", engine)


def cmd_contract(before, after):
    """Prints the changes of a pair as the scorer wants them."""
    question = dict(before=before, after=after, reps=1, budget_ms=0, ops=False, changes=True)
    answer = subprocess.run([RUNNER], input=json.dumps(question) + "\n", capture_output=True, text=True, check=True)
    print(json.dumps(dict(changes=json.loads(answer.stdout)["changes"])))


def cmd_pairs():
    out = os.path.join(WORK, "pairs.json")
    if os.path.exists(out):
        os.remove(out)
    tool("diff_peers.py", "bench", "--pairs", PAIRS, "--json", out, "--peers", "wikidiff2,tenor",
         "--runner", f"tenor={RUNNER}", "--reps", "9", environment=KEEPING)


TARGET = re.compile(r"(?<=\])\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"]*\")?\)|<(?:https?|mailto):[^>\s]*>")


def without_targets(edits):
    """The edits without link targets, which are exchanged whole, and are no words though they look like many."""
    masks = {}
    for side, other in (("before", "insert"), ("after", "delete")):
        text = "".join(edit["text"] for edit in edits if edit["op"] != other)
        masks[side] = mask = bytearray(len(text))
        for found in TARGET.finditer(text):
            mask[found.start():found.end()] = b"\1" * (found.end() - found.start())
    old = new = 0
    result = []
    for edit in edits:
        text, kept = edit["text"], []
        for offset, character in enumerate(text):
            hidden = edit["op"] != "insert" and masks["before"][old + offset] or edit["op"] != "delete" and masks["after"][new + offset]
            kept.append(" " if hidden else character)
        old += len(text) if edit["op"] != "insert" else 0
        new += len(text) if edit["op"] != "delete" else 0
        result.append(dict(op=edit["op"], text="".join(kept)))
    return result


def count_whole(answer, whole, diff_peers):
    """Adds the words marked in two whole texts, link targets left out, and the least that could be; and of the words that
    clauses gone share with clauses come, in order, how many a script would keep though the clauses are not the same."""
    names = {"=": "equal", "-": "delete", "+": "insert", "<": "delete", ">": "insert"}
    edits = without_targets([dict(op=names[op], text=text) for op, text in answer["ops"]])
    texts = ["".join(edit["text"] for edit in edits if edit["op"] != other) for other in ("insert", "delete")]
    least = diff_peers.lcs_optimum(*texts)
    if not least:
        return
    whole["least"] += least
    marks = diff_peers.token_marks([(op, edit["text"]) for edit, (op, _) in zip(edits, answer["ops"])])
    whole["marked"] += sum(mark in "-+" for side in marks for _, mark in side)
    sides = ["\n".join("".join(edit["text"] for edit in without_targets(change["edits"])) for change in answer["changes"] if change["kind"] == kind)
             for kind in ("deleted", "inserted")]
    whole["between"] += sum(len(diff_peers.WORD.findall(side)) for side in sides) - diff_peers.lcs_optimum(*sides)


def cmd_words():
    """Words marked within clauses that were changed, beside the least script of the two texts of each clause."""
    sys.path.insert(0, TOOLS)
    import diff_peers
    marked = least = clauses = longer = 0
    whole = dict(marked=0, least=0, between=0)
    sign = {"equal": "=", "delete": "-", "insert": "+"}
    for before in sorted(glob.glob(os.path.join(PAIRS, "*.before.md"))):
        question = dict(before=before, after=before.replace(".before.", ".after."), reps=1, budget_ms=0, ops=True, changes=True)
        answer = subprocess.run([RUNNER], input=json.dumps(question) + "\n", capture_output=True, text=True, check=True)
        answer = json.loads(answer.stdout)
        count_whole(answer, whole, diff_peers)
        for change in answer["changes"]:
            if change["kind"] not in ("modified", "moved", "split", "merged"):
                continue
            edits = without_targets(change["edits"])
            texts = ["".join(edit["text"] for edit in edits if edit["op"] != other) for other in ("insert", "delete")]
            optimum = diff_peers.lcs_optimum(*texts)
            sides = diff_peers.token_marks([(sign[edit["op"]], edit["text"]) for edit in edits])
            mine = sum(mark != "=" for side in sides for _, mark in side)
            marked, least, clauses, longer = marked + mine, least + optimum, clauses + 1, longer + (mine > optimum)
    save("words", dict(marked=marked, least=least, clauses=clauses, longer=longer, whole=whole))


def cmd_worst():
    out = os.path.join(WORK, "worst.json")
    if os.path.exists(out):
        os.remove(out)
    tool("diff_peers.py", "worst", "--pairs", PAIRS, "--json", out, "--peers", "wikidiff2,tenor",
         "--runner", f"tenor={RUNNER}", "--no-cli", "--keep", WORST)
    rows = {}
    # What the process holds before it has read a text, so that small inputs are not judged by it.
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "small.md")
        write(path, "One clause.\n")
        empty = ask(path, path, reps=1)["rss"]
    for before in sorted(glob.glob(os.path.join(WORST, "*-full.before.md"))):
        after = before.replace(".before.", ".after.")
        size = os.path.getsize(before) + os.path.getsize(after)
        answer = ask(before, after)
        rows[os.path.basename(before).removesuffix("-full.before.md")] = dict(
            bytes=size, seconds=min(answer["ns"]) / 1e9, rss=answer["rss"])
    save("memory", dict(empty=empty, rows=rows))


def cmd_linear():
    rows = []
    for size in SIZES:
        before = os.path.join(LINEAR, f"{size:05d}.before.md")
        after = before.replace(".before.", ".after.")
        answer = ask(before, after, reps=200 if size < 1_000 else 20)
        rows.append(dict(clauses=size, bytes=os.path.getsize(before) + os.path.getsize(after), seconds=min(answer["ns"]) / 1e9))
    save("linear", rows)


# ---------------------------------------------------------------- report

def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows])


def truth_table():
    rows, wrong = [], []
    for name, title in [("truth-given", "handed over")] + [(f"truth-{seed}", f"seed {seed}") for seed in SEEDS]:
        data = load(name)
        if not data:
            continue
        cases = data["truth"]["tenor"]
        exact = sum(case["exact"] == 1 for case in cases.values())
        mean = lambda key: statistics.mean(case[key] for case in cases.values())
        rows.append((title, len(cases), f"{100 * exact / len(cases):.1f} %", f"{mean('f1'):.3f}", f"{mean('place'):.3f}", f"{mean('noise'):.2f}"))
        wrong += [(title, number, case["cls"]) for number, case in cases.items() if case["exact"] != 1]
    text = table(("cases", "number", "exact", "kind F1", "place", "noise"), rows)
    return text + "\n\nStill wrong: " + ("; ".join(f"{title} {number} ({kind})" for title, number, kind in wrong) or "none") + "."


def quantile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(share * len(values)))]


def pairs_table():
    data = load("pairs")
    optimum = json.loads(read(os.path.join(PAIRS, "optimum.json")))
    sizes = {row["id"]: sum(row["bytes"]) for row in json.loads(read(os.path.join(PAIRS, "manifest.json")))["pairs"]}
    rows = []
    for name, peer in data["peers"].items():
        done = {key: row for key, row in peer["rows"].items() if "ns" in row}
        times = [row["ns"] / 1e6 for row in done.values()]
        differing = [key for key, row in done.items() if "deleted" in row and optimum[key]]
        marked = sum(done[key]["deleted"] + done[key]["inserted"] for key in differing)
        moved = sum(done[key]["moved"] for key in differing)
        runs = sum(done[key]["runs"] for key in differing)
        rows.append((
            f"{name} {peer['version']}".strip(), len(done), f"{statistics.median(times):.3f}", f"{quantile(times, 0.95):.2f}", f"{max(times):.1f}",
            f"{statistics.median(sizes[key] / 1e6 / (row['ns'] / 1e9) for key, row in done.items()):.0f}",
            f"{marked / sum(optimum[key] for key in differing):.3f}",
            f"{(marked + moved) / sum(optimum[key] for key in differing):.3f}",
            f"{100 * sum(done[key]['islands'] for key in differing) / runs:.0f}",
            f"{sum(done[key]['lossless'] for key in differing)}/{len(differing)}"))
    text = table(("engine", "pairs", "median ms", "95 % ms", "slowest ms", "MB/s (median)", "words marked / least script",
                  "with moved words", "islands per 100 runs", "lossless"), rows)
    words = load("words")
    if words:
        text += (f"\n\nWithin the {words['clauses']:,} clauses told as changed, moved, split or merged: {words['marked']:,} words marked, the least "
                 f"script marks {words['least']:,}: {words['marked'] / words['least']:.3f}; more than the least in {words['longer']:,} clauses.")
        whole = words["whole"]
        text += (f" Over whole texts, link targets left out: {whole['marked']:,} words marked, the least script marks {whole['least']:,}: "
                 f"{whole['marked'] / whole['least']:.3f}; of the words marked, a script would keep up to {whole['between']:,} of clauses gone among those "
                 f"come, which have nothing to do with one another: {(whole['marked'] - whole['between']) / whole['least']:.3f} without these.")
    peers = data["peers"]
    if "wikidiff2" in peers:
        ours, theirs = peers["tenor"]["rows"], peers["wikidiff2"]["rows"]
        ratios = {key: ours[key]["ns"] / theirs[key]["ns"] for key in ours if "ns" in ours[key] and "ns" in theirs.get(key, {})}
        slow = sorted((ratio, key) for key, ratio in ratios.items() if ratio > 2)
        text += (f"\n\nTime of a pair over wikidiff2's: median {statistics.median(ratios.values()):.2f}, largest {max(ratios.values()):.2f}; "
                 f"more than twice its time: {len(slow)} of {len(ratios)} pairs.")
    return text


def worst_table():
    names = {"a-different": "two unrelated texts, 400 KB each", "b-onepercent": "5 MB, 1 % of the words changed",
             "c-shuffled": "5 MB, paragraphs shuffled", "d-repeats": "one paragraph 20,000 times, 19,999 with a change",
             "e-templates": "15,000 near twins from 40 templates",
             "f-oneline": "25,000 clauses against all of their words in one line",
             "g-lines": "one line of 7.7 MB, 1 % of the words changed",
             "h-hopeless": "one line of 900,000 words, 7 different ones, shuffled",
             "i-clauses": "100,000 clauses, one in a hundred changed"}
    memory, data = load("memory"), load("worst")
    peers = {name: peer["rows"] for name, peer in data["worst"].items()}
    rows = []
    for key, row in memory["rows"].items():
        other = peers.get("wikidiff2", {}).get(key, {}).get("full", {})
        same = peers.get("tenor", {}).get(key, {}).get("full", {})
        seconds = min(row["seconds"], same.get("s", row["seconds"]))
        rows.append((
            names.get(key, key), f"{row['bytes'] / 1e6:.1f}", f"{seconds * 1e3:.0f}",
            f"{other['s'] * 1e3:,.0f}" if "s" in other else other.get("error", "–"), f"{row['rss'] / 1e6:.0f}",
            f"{row['rss'] / row['bytes']:.1f}", f"{(row['rss'] - memory['empty']) / row['bytes']:.1f}"))
    return table(("case", "MB of both texts", "tenor ms", "wikidiff2 ms", "peak MB", "peak / input", "the same less the empty process"),
                 rows) + f"\n\nThe process alone, before it reads a text: {memory['empty'] / 1e6:.0f} MB, nearly all of it pages of the program and of its libraries that the system maps from their files."


def linear_table():
    rows = load("linear")
    draw(rows)
    return table(("clauses", "KB of both texts", "ms", "µs a clause"), [
        (f"{row['clauses']:,}", f"{row['bytes'] / 1e3:.0f}", f"{row['seconds'] * 1e3:.3f}", f"{row['seconds'] * 1e6 / row['clauses']:.2f}")
        for row in rows])


def draw(rows):
    """Time over clauses, both by powers of ten, beside a line of constant cost a clause."""
    width, height, left, top = 560, 320, 64, 24
    x = lambda count: left + (len(str(int(count))) - 1 - 1 + 0) * (width - left - 24) / 3
    low, high = -2, 3
    import math
    y = lambda ms: top + (high - math.log10(ms)) * (height - top - 48) / (high - low)
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12" role="img">',
             "<title>Time of a redline over the number of clauses</title>",
             f'<rect width="{width}" height="{height}" fill="#fff"/>']
    for power in range(low, high + 1):
        parts.append(f'<line x1="{left}" x2="{width - 24}" y1="{y(10 ** power):.1f}" y2="{y(10 ** power):.1f}" stroke="#ddd"/>')
        parts.append(f'<text x="{left - 8}" y="{y(10 ** power) + 4:.1f}" text-anchor="end">{10 ** power:g} ms</text>')
    for row in rows:
        parts.append(f'<text x="{x(row["clauses"]):.1f}" y="{height - 24}" text-anchor="middle">{row["clauses"]:,}</text>')
    last = rows[-1]
    ideal = [(row["clauses"], last["seconds"] * 1e3 * row["clauses"] / last["clauses"]) for row in rows]
    line = lambda points: " ".join(f"{x(count):.1f},{y(ms):.1f}" for count, ms in points)
    parts.append(f'<polyline points="{line(ideal)}" fill="none" stroke="#999" stroke-dasharray="5 4"/>')
    measured = [(row["clauses"], row["seconds"] * 1e3) for row in rows]
    parts.append(f'<polyline points="{line(measured)}" fill="none" stroke="#0a58a8" stroke-width="2"/>')
    parts += [f'<circle cx="{x(count):.1f}" cy="{y(ms):.1f}" r="3.5" fill="#0a58a8"/>' for count, ms in measured]
    parts.append(f'<text x="{left}" y="{height - 6}">clauses of each text; dashed: the same cost a clause as at {last["clauses"]:,}</text></svg>')
    write(os.path.join(HERE, "redline-linear.svg"), "\n".join(parts) + "\n")


def cmd_report():
    path = os.path.join(HERE, "redline.md")
    text = read(path)
    for name, maker in (("truth", truth_table), ("pairs", pairs_table), ("worst", worst_table), ("linear", linear_table)):
        pattern = re.compile(rf"(<!-- {name} -->\n).*?(\n<!-- end -->)", re.S)
        text = pattern.sub(lambda found: found.group(1) + maker() + found.group(2), text)
    machine = (load("pairs") or {}).get("machine", {})
    text = re.sub(r"(<!-- machine -->\n).*?(\n<!-- end -->)", lambda found: found.group(1)
                  + f"{machine.get('cpu', '?')}, {machine.get('cores', '?')} cores, {machine.get('at', '?')}; load average "
                  + f"{machine.get('load', [0])[0]:.1f}." + found.group(2), text, flags=re.S)
    write(path, text)


if __name__ == "__main__":
    if len(sys.argv) == 4 and sys.argv[1] == "contract":
        cmd_contract(*sys.argv[2:])
    elif len(sys.argv) == 2 and "cmd_" + sys.argv[1] in globals() and sys.argv[1] != "contract":
        globals()["cmd_" + sys.argv[1]]()
    else:
        sys.exit(__doc__)
