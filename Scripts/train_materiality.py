#!/usr/bin/env python3
"""Makes the weights of the classifier of changes from labelled changes.

Usage: train_materiality.py CORPUS [LAB...]
  CORPUS  the folder with changes.jsonl and pairs/
  LAB     the command that prints features (default: swift run -c release materiality-lab)

Writes Sources/Materiality/Weights/TrainedWeights.swift: kinds of words, sizes and places with their weights, and no sentence of
anybody's terms. The same labels give the same file.
"""
import os
import sys

import numpy as np

import materiality_model as model

OUTPUT = model.WEIGHTS


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    lab = sys.argv[2:] or ["swift", "run", "-c", "release", "--package-path", model.ROOT, "materiality-lab"]
    own, more = model.labelled(sys.argv[1])
    examples = model.Examples(own + more, lab)
    extra = np.array([False] * len(own) + [True] * len(more))
    effect, law = model.fit(examples, np.arange(len(own) + len(more)), extra)
    lines = []
    for name, weights, threshold in (("effect", effect, model.EFFECT_THRESHOLD), ("law", law, model.LAW_THRESHOLD)):
        lines.append(f"{name} threshold {threshold}")
        # What weighs next to nothing is left out.
        lines += [f"{name} {feature} {weight:.3f}" for feature, weight in sorted(weights.items()) if abs(weight) >= 0.02]
    with open(OUTPUT, "w", encoding="utf-8") as file:
        file.write(f"""/// The weights of ``WordWeights``, made by `Scripts/train_materiality.py` from {len(own) + len(more)} labelled changes. Do not edit.
enum TrainedWeights {{
  static let text = \"\"\"
""")
        file.writelines(f"    {line}\n" for line in lines)
        file.write('    """\n}\n')
    print(f"{len(lines)} weights from {len(own)} + {len(more)} labelled changes")


if __name__ == "__main__":
    main()
