"""Labelled changes, what the classifier tells of them, and the two linear models that weigh it.

Used by train_materiality.py and by Benchmarks/materiality.py. Needs numpy.
"""
import difflib
import hashlib
import json
import os
import re
import subprocess

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
WEIGHTS = os.path.join(ROOT, "Sources", "Materiality", "Weights", "TrainedWeights.swift")
LABELS = os.path.join(ROOT, "Benchmarks", "materiality-labels.jsonl")

# Services of one house borrow each other's wording, so they stay on the same side of every fold.
HOUSES = {
    "google": ("google", "youtube", "gmail", "blogger", "waze", "adsense", "play", "local guides"),
    "amazon": ("amazon", "goodreads"),
    "microsoft": ("msn", "bing", "skype", "microsoft"),
    "meta": ("instagram", "facebook"),
    "mistral": ("le chat", "vibe"),
    "automattic": ("tumblr", "wordpress"),
    "mozilla": ("firefox",),
}


def house(service):
    name = service.lower()
    for owner, prefixes in HOUSES.items():
        if name.startswith(prefixes):
            return owner
    return name


# Passages ---------------------------------------------------------------------------------------------------------


def fingerprint(before, after):
    """Names a change without showing a word of it."""
    return hashlib.sha256((before + "\0" + after).encode()).hexdigest()[:20]


def passages(before, after):
    """The changed passages between two texts: runs of paragraphs that differ, eight on a side at most."""
    split = lambda text: [part for part in re.split(r"\n\s*\n", text) if part.strip()]
    old, new = split(before), split(after)
    if max(len(old), len(new)) > 4000:
        return
    for tag, i, j, k, l in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal" or j - i > 8 or l - k > 8:
            continue
        gone, come = "\n\n".join(old[i:j]), "\n\n".join(new[k:l])
        if len(gone) + len(come) > 6000:
            continue
        heading = ""
        for part in reversed(new[:k]):
            found = re.match(r"#+\s+(.*)", part.strip()) or re.match(r"(.+)\n[=-]{3,}\s*$", part.strip())
            if found:
                heading = found.group(1).strip()
                break
        yield gone, come, heading


def labelled(corpus, labels=LABELS):
    """The corpus's own labelled changes, and those of `labels`, cut out of the corpus's pairs by their fingerprints."""
    with open(os.path.join(corpus, "changes.jsonl"), encoding="utf-8") as file:
        own = [json.loads(line) for line in file]
    services = {item["pair"]: item["service"] for item in own}
    wanted = {}
    if labels and os.path.exists(labels):
        with open(labels, encoding="utf-8") as file:
            for line in file:
                label = json.loads(line)
                wanted.setdefault(label["pair"], {})[label["change"]] = label
    more = []
    for pair, changes in sorted(wanted.items()):
        texts = []
        for side in ("before.md", "after.md"):
            with open(os.path.join(corpus, "pairs", pair, side), encoding="utf-8") as file:
                texts.append(file.read())
        for before, after, heading in passages(*texts):
            label = changes.pop(fingerprint(before, after), None)
            if label:
                more.append({
                    "id": f"{pair}-{label['change'][:8]}", "service": services.get(pair, pair), "heading": heading,
                    "before": before, "after": after, "label": label["label"], "hard": label["hard"],
                })
        if changes:
            raise SystemExit(f"{pair}: {len(changes)} labelled changes were not found; is this the corpus they were made on?")
    return own, more


# What the classifier tells --------------------------------------------------------------------------------------


class Examples:
    """Labelled changes with their features, as arrays."""

    def __init__(self, items, lab, without=()):
        path = os.path.join("/tmp", f"materiality-items-{os.getpid()}.jsonl")
        with open(path, "w", encoding="utf-8") as file:
            for item in items:
                file.write(json.dumps({k: item[k] for k in ("id", "heading", "before", "after")}) + "\n")
        command = list(lab) + ["features", path]
        for rule in without:
            command += ["--without", rule]
        output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        os.unlink(path)
        self.items = items
        self.rows = [json.loads(line) for line in output.splitlines()]
        assert [row["id"] for row in self.rows] == [item["id"] for item in items]
        self.house = np.array([house(item["service"]) for item in items])
        self.label = np.array([item["label"] for item in items])
        self.owner, self.decided, effects, self.run_of = [], [], [], []
        self.citing, self.follows, self.law_owner, laws = [], [], [], []
        for n, row in enumerate(self.rows):
            for run in row["runs"]:
                number = -1
                if run["law"]:
                    number = len(laws)
                    self.law_owner.append(n)
                    laws.append(run["law"])
                for change in row["changes"][run["first"]:run["first"] + run["count"]]:
                    if change["proven"]:
                        continue
                    self.owner.append(n)
                    self.decided.append(bool(change["decided"]))
                    self.citing.append(change["citing"])
                    self.follows.append(change["follows"])
                    self.run_of.append(number)
                    effects.append(change["effect"])
        self.owner, self.law_owner, self.run_of = np.array(self.owner), np.array(self.law_owner), np.array(self.run_of)
        self.decided, self.citing, self.follows = np.array(self.decided), np.array(self.citing), np.array(self.follows)
        self.effect, self.effect_names = matrix(effects)
        self.law, self.law_names = matrix(laws)


def matrix(rows):
    names = sorted({name for row in rows for name in row})
    place = {name: n for n, name in enumerate(names)}
    values = np.zeros((len(rows), len(names)))
    for n, row in enumerate(rows):
        for name, value in row.items():
            values[n, place[name]] = value
    return values, names


# Models ---------------------------------------------------------------------------------------------------------

# Even odds: what a rule decides alone is taught along with what is weighed, so that the odds lean towards an effect already.
EFFECT_THRESHOLD = 0.0
LAW_THRESHOLD = -1.5


def logistic(x, y, weight, penalty):
    """Weights and bias of a logistic regression with a squared penalty, by Newton's method."""
    x = np.hstack([x, np.ones((len(x), 1))])
    penalty = np.append(penalty, 1e-6)
    theta = np.zeros(x.shape[1])
    for _ in range(60):
        z = np.clip(x @ theta, -30, 30)
        p = 1 / (1 + np.exp(-z))
        gradient = x.T @ (weight * (p - y)) + penalty * theta
        hessian = (x * (weight * p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        step = np.linalg.solve(hessian, gradient)
        # Newton's step overshoots far from the optimum; a bounded one always comes nearer.
        theta -= step * min(1, 5 / (np.abs(step).max() + 1e-12))
        if np.abs(step).max() < 1e-9:
            break
    return theta


def worded(names):
    """Features that are single words of headings."""
    return np.array([name.startswith("s:") for name in names])


def fit(examples, chosen, extra):
    """The two models from the items whose numbers are in `chosen`; `extra` marks those of the second set."""
    member = np.zeros(len(examples.items), bool)
    member[chosen] = True
    rows = np.where(member[examples.owner])[0]
    owner = examples.owner[rows]
    y = (examples.label[owner] != "other").astype(float)
    times = np.bincount(examples.owner, minlength=len(examples.items))[owner]
    weight = np.where(y == 1, np.where(times == 1, 1.0, 1 / np.sqrt(times)), 1 / np.sqrt(times))
    # The second set was labelled by one reader, the first by two.
    weight = weight * np.where(extra[owner], 0.5, 1.0)
    keep = frequent(examples.effect[rows], examples.house[owner], examples.effect_names, 3)
    penalty = np.where(worded(examples.effect_names), 2.0, 1.0)[keep]
    theta = logistic(examples.effect[np.ix_(rows, keep)], y, weight, penalty)
    effect = {examples.effect_names[n]: w for n, w in zip(keep, theta)}
    effect["bias"] = theta[-1]

    rows = np.array([n for n, o in enumerate(examples.law_owner) if member[o] and examples.label[o] != "other"])
    owner = examples.law_owner[rows]
    y = (examples.label[owner] == "legal-required").astype(float)
    keep = frequent(examples.law[rows], examples.house[owner], examples.law_names, 4)
    penalty = np.where(worded(examples.law_names), 8.0, 1.0)[keep]
    theta = logistic(examples.law[np.ix_(rows, keep)], y, np.where(extra[owner], 0.2, 1.0), penalty)
    law = {examples.law_names[n]: w for n, w in zip(keep, theta)}
    law["bias"] = theta[-1]
    return effect, law


def frequent(values, houses, names, least):
    """Features that some houses share; words of headings must be met in `least` of them."""
    keep = []
    for n, name in enumerate(names):
        used = len(set(houses[values[:, n] != 0]))
        if used >= (least if name.startswith("s:") else 1):
            keep.append(n)
    return np.array(keep)


def scores(model, values, names):
    return values @ np.array([model.get(name, 0.0) for name in names]) + model["bias"]


def answers(examples, models, chosen):
    """The class of each chosen item, as the program gives it: the gravest of its changes."""
    effect, law = models
    grave = examples.decided | (scores(effect, examples.effect, examples.effect_names) >= EFFECT_THRESHOLD)
    by_law = scores(law, examples.law, examples.law_names) >= LAW_THRESHOLD
    # A law is looked for where a grave change names one, and takes with it what follows there.
    named = np.zeros(len(by_law) + 1, bool)
    cited = grave & examples.citing & (examples.run_of >= 0)
    named[examples.run_of[cited]] = by_law[examples.run_of[cited]]
    required = grave & examples.follows & named[examples.run_of]
    gravest = {}
    for owner, is_required in zip(examples.owner[grave], required[grave]):
        gravest[owner] = gravest.get(owner, True) and is_required
    return {n: "other" if n not in gravest else "legal-required" if gravest[n] else "material" for n in chosen}


def folds(houses, count, seed):
    """Items by fold: the items of one house are never parted."""
    names = sorted(set(houses))
    np.random.RandomState(seed).shuffle(names)
    return [np.where(np.isin(houses, names[n::count]))[0] for n in range(count)]
