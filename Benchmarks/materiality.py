#!/usr/bin/env python3
"""Measures how the classifier classes changes it was not trained on, and writes Benchmarks/materiality.md.

Usage: materiality.py CORPUS [LAB...]
  CORPUS  the folder with changes.jsonl and pairs/
  LAB     the command that prints features (default: swift run -c release materiality-lab)

Every figure is of changes whose house (all services of one company) was held out of the training, ten folds, five times
with other folds. Rules are written, not trained: that they were written with these changes in sight, no fold can undo.
"""
import collections
import json
import os
import shutil
import subprocess
import sys
import tempfile

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "Scripts"))
import materiality_model as model  # noqa: E402

CLASSES = ["material", "legal-required", "other"]
SEEDS = range(5)


def figures(labels, given):
    cells = collections.Counter(zip(labels, given))
    f1 = []
    for c in CLASSES:
        hit = cells[c, c]
        recall = hit / max(1, sum(cells[c, x] for x in CLASSES))
        precision = hit / max(1, sum(cells[x, c] for x in CLASSES))
        f1.append((precision, recall, 2 * precision * recall / max(1e-9, precision + recall)))
    grave = sum(n for (label, answer), n in cells.items() if label != "other" and answer == "other")
    return cells, f1, sum(f[2] for f in f1) / 3, grave


def crossed(examples, own, extra, seed, groups=None, use_extra=True):
    """The answer to each of the corpus's own items from models that never saw its group."""
    groups = model.folds(examples.house, 10, seed) if groups is None else groups
    every = np.arange(len(examples.items))
    answers = {}
    for held in groups:
        rest = np.setdiff1d(every, held)
        if not use_extra:
            rest = rest[~extra[rest]]
        models = model.fit(examples, rest, extra)
        answers.update(model.answers(examples, models, [n for n in held if n < own]))
    return [answers[n] for n in range(own)]


def mean(examples, own, extra, seeds=SEEDS, **options):
    runs = [figures(examples.label[:own], crossed(examples, own, extra, seed, **options)) for seed in seeds]
    return np.mean([run[2] for run in runs]), np.mean([run[3] for run in runs])


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    lab = sys.argv[2:] or ["swift", "run", "-c", "release", "--package-path", model.ROOT, "materiality-lab"]
    items, more = model.labelled(sys.argv[1])
    own = len(items)
    extra = np.array([False] * own + [True] * len(more))
    examples = model.Examples(items + more, lab)
    labels = examples.label[:own]
    out = []
    say = out.append

    answers = crossed(examples, own, extra, 0)
    cells, f1, macro, grave = figures(labels, answers)
    average, average_grave = mean(examples, own, extra)
    serious = sum(label != "other" for label in labels)
    say("# How well changes are classed\n")
    say(f"Measured on {own} changed passages of real terms ({len(set(i['service'] for i in items))} services), labelled by two readers; "
        f"trained on them and on {len(more)} more from the same texts (`materiality-labels.jsonl`: fingerprints and labels, no text).")
    say("Every figure is of changes whose house (all services of one company) was held out of the training.\n")
    say("```sh\npython3 Scripts/train_materiality.py CORPUS   # makes Sources/Materiality/Weights/TrainedWeights.swift\n"
        "python3 Benchmarks/materiality.py CORPUS      # makes this page\n```\n")
    say(f"**Macro-F1 {macro:.3f}**, material or legal-required answered `other`: **{grave} of {serious}** (ten folds; "
        f"over {len(SEEDS)} ways to cut them {average:.3f} and {average_grave:.1f}).\n")
    say("| label ↓ answer → | " + " | ".join(CLASSES) + " | precision | recall | F1 |\n| --- | --- | --- | --- | --- | --- | --- |")
    for c, (precision, recall, score) in zip(CLASSES, f1):
        say(f"| {c} | " + " | ".join(str(cells[c, x]) for x in CLASSES) + f" | {precision:.3f} | {recall:.3f} | {score:.3f} |")

    say("\n## The same with less\n\n| | macro-F1 | grave misses |\n| --- | --- | --- |")
    say(f"| everything | {average:.3f} | {average_grave:.1f} |")
    fewer = mean(examples, own, extra, use_extra=False)
    say(f"| trained on the {own} alone | {fewer[0]:.3f} | {fewer[1]:.1f} |")
    collections_of = np.array([item.get("collection", "more") for item in items])
    groups = [np.where(np.append(collections_of == c, [False] * len(more)))[0] for c in sorted(set(collections_of))]
    # Texts of a held-out collection stay out, whoever labelled them.
    services = [{items[n]["service"] for n in g} for g in groups]
    groups = [np.union1d(g, [own + m for m, item in enumerate(more) if item["service"] in s]).astype(int) for g, s in zip(groups, services)]
    by_collection = figures(labels, crossed(examples, own, extra, 0, groups=groups))
    say(f"| whole collections held out | {by_collection[2]:.3f} | {by_collection[3]} |")
    proven = ["other" if all(c["proven"] for c in row["changes"]) else "material" for row in examples.rows[:own]]
    rules = figures(labels, proven)
    say(f"| the rules alone, nothing weighed, no law looked for | {rules[2]:.3f} | {rules[3]} |")

    say("\n## Grave misses\n\nBy their number in the corpus; none of its words stands here.\n")
    missed = [(items[n]["id"], labels[n], items[n].get("category", ""), items[n]["hard"]) for n in range(own)
              if labels[n] != "other" and answers[n] == "other"]
    for identifier, label, category, hard in missed:
        say(f"- {identifier}: {label}, {category}{', which the readers themselves found hard' if hard else ''}")

    say("\n## Other mistakes\n")
    for label, answer in ((a, b) for a in CLASSES for b in CLASSES if a != b and b != "other"):
        found = [items[n]["id"] + ("*" if items[n]["hard"] else "") for n in range(own) if labels[n] == label and answers[n] == answer]
        if found:
            say(f"- {label} answered {answer} ({len(found)}): {', '.join(found)}")
    say("\n\\* the two readers disagreed, or found it hard.")

    say("\n## Edits made by hand\n")
    by_hand(lab, say)

    say("\n## What it costs\n")
    cost(sys.argv[1], lab, say)

    if RULES:
        say("\n## Each rule left out\n\nThe models are trained anew without the rule; over two ways to cut the folds.\n\n| without | macro-F1 | grave misses |\n| --- | --- | --- |")
        score, misses = mean(examples, own, extra, seeds=SEEDS[:2])
        say(f"| nothing | {score:.3f} | {misses:.1f} |")
    for rule in RULES:
        without = model.Examples(items + more, lab, [rule])
        score, misses = mean(without, own, extra, seeds=SEEDS[:2])
        print(f"without {rule}: {score:.3f}, {misses:.1f}", file=sys.stderr)
        say(f"| `{rule}` | {score:.3f} | {misses:.1f} |")

    with open(os.path.join(HERE, "materiality.md"), "w", encoding="utf-8") as file:
        file.write("\n".join(out) + "\n")
    print(f"macro-F1 {macro:.3f} ({average:.3f} on average), grave misses {grave} of {serious} ({average_grave:.1f} on average)")


def cost(corpus, lab, say):
    """Times of redline and classes over the first 200 pairs of real texts and over two long texts, and of loading the weights."""
    folder = os.path.join(corpus, "pairs")
    names = sorted(os.listdir(folder))
    with tempfile.TemporaryDirectory() as laid:
        for number, name in enumerate(names[:200]):
            for side in ("before", "after"):
                shutil.copy(os.path.join(folder, name, side + ".md"), os.path.join(laid, f"{number:03d}.{side}.md"))
        loading, *rows = timed(laid, lab)
    with tempfile.TemporaryDirectory() as laid:
        for side, texts in (("before", names[0::2]), ("after", names[1::2])):
            long = b"\n\n".join(open(os.path.join(folder, name, "before.md"), "rb").read() for name in texts)
            with open(os.path.join(laid, f"0.{side}.md"), "wb") as file:
                file.write(long.decode("utf-8", "ignore").encode()[:2_000_000].decode("utf-8", "ignore").encode())
        worst = timed(laid, lab)[1]
    parsing, redline, classes = (sum(row[key] for row in rows) for key in ("parsing", "redline", "classes"))
    changes = sum(row["changes"] for row in rows)
    whole = lambda row: row["parsing"] + row["redline"]
    ratios = {name: [row["classes"] / max(time(row), 1e-6) for row in rows] for name, time in (("whole", whole), ("alone", lambda row: row["redline"]))}
    largest = sorted(rows, key=lambda row: row["bytes"])[-20:]
    of = lambda some, time: sum(row["classes"] for row in some) / sum(time(row) for row in some)
    say(f"{len(rows)} pairs of real texts ({sum(row['bytes'] for row in rows) / 1e6:.0f} MB, {changes} changes), in one process, the least of "
        f"nine runs each, at a load average of {os.getloadavg()[0]:.1f}:\n\n| | all pairs | a pair |\n| --- | --- | --- |")
    for name, time in (("parsing", parsing), ("redline", redline), ("classes and grounds", classes)):
        say(f"| {name} | {time:.0f} ms | {time / len(rows):.2f} ms |")
    aim = "reached" if classes * 3 <= parsing + redline else (
        "not reached: every word of a changed clause is read on both sides and put to some forty rules, where the redline passes "
        "over equal words byte by byte")
    say("\nParsing and redline are done as `tenor diff` does them: the second text is taken apart only where it differs from the first.\n")
    say("| classes take, of the time of | all pairs | median pair | the 20 longest pairs |\n| --- | --- | --- | --- |")
    for name, key, time in (
        ("the redline, from two texts to the list of changes ([as timed there](redline.md))", "whole", whole),
        ("the comparison alone, both texts taken apart beforehand", "alone", lambda row: row["redline"]),
    ):
        say(f"| {name} | {of(rows, time):.2f} | {np.median(ratios[key]):.2f} | {of(largest, time):.2f} |")
    say(f"\nThat is {1000 * classes / changes:.0f} µs a change. "
        f"The aim is a third of the redline's time; it is {aim}. The weights are "
        f"{os.path.getsize(model.WEIGHTS) / 1000:.1f} kB and are read in {loading['loading']:.1f} ms, once.")
    say(f"\nTwo texts of 2 MB that have little in common ({worst['changes']} changes): parsing {worst['parsing'] / 1000:.2f} s, redline {worst['redline'] / 1000:.2f} s, "
        f"classes {worst['classes'] / 1000:.2f} s, {worst['classes'] / worst['bytes'] * 1e6:.0f} ms for each MB of changed text.")


def by_hand(lab, say):
    """How the program, with its weights, classes edits of one sentence made by hand, there and back."""
    with open(os.path.join(HERE, "materiality-edits.jsonl"), encoding="utf-8") as file:
        edits = [json.loads(line) for line in file]
    opening = "Please read this with care. "
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8", delete=False) as file:
        for n, edit in enumerate(edits):
            for old, new in (("before", "after"), ("after", "before")):
                file.write(json.dumps({"id": str(n), "heading": "4. Use", "before": opening + edit[old], "after": opening + edit[new]}) + "\n")
    output = subprocess.run([*lab, "classes", file.name], capture_output=True, text=True, check=True).stdout
    os.unlink(file.name)
    rows = [json.loads(line) for line in output.splitlines()]
    with_effect = [row["class"] for row in rows if edits[int(row["id"])]["effect"]]
    harmless = [row["class"] for row in rows if not edits[int(row["id"])]["effect"]]
    say(f"Of {len(with_effect)} edits of one sentence that change who, what, when or how much (`materiality-edits.jsonl`, there and back), "
        f"{with_effect.count('other')} are answered `other`; of {len(harmless)} that change nothing, {len(harmless) - harmless.count('other')} are not. "
        "They were made to find what the rules miss, and rules were added for what they found: this is no measure of other texts.")


def timed(folder, lab):
    """What the laboratory measures over the pairs of a folder: the loading of the weights, then a row a pair."""
    output = subprocess.run([*lab, "times", folder], capture_output=True, text=True, check=True).stdout
    return [json.loads(line) for line in output.splitlines()]


RULES = [] if os.environ.get("QUICK") else [
    "moved-text", "heading", "text-date", "text-history", "contact-details", "renumbering", "page-furniture", "pointer", "summary",
    "explanation", "abbreviation", "own-name", "renamed-term", "spelling", "same-word", "equal-words", "function-words",
    "modality", "negation", "connective", "number-changed", "standard", "party", "list-item", "incorporated-document",
    "exchanged-word", "qualifying-phrase", "statute", "regulator", "jurisdiction-right",
]

if __name__ == "__main__":
    main()
