"""Fits the weights of the evidence of package compare: logistic regression with a penalty, and how well it does on the file that it
has not seen.

    go test ./compare -run TestWeights -features FILE
    python evidence.py FILE"""
import sys

import numpy as np


def read(path):
    """The name of the file, whether a rule decides, what it is, and the features of each pair."""
    rows = [line.split() for line in open(path)]
    return (np.array([r[0].split(":")[0] for r in rows]), np.array([r[2] == "true" for r in rows]),
            np.array([r[1] != "different" for r in rows], float), np.array([[float(v) for v in r[3:]] for r in rows]))


def fit(x, y, weight, penalty, steps=4000):
    """The weights of the features; the first feature is 1 and is not held back."""
    scale = np.abs(x).max(0) + 1e-9
    z, w = x / scale, np.zeros(x.shape[1])
    hold = np.full(x.shape[1], penalty)
    hold[0] = 0
    for _ in range(60):  # Newton
        p = 1 / (1 + np.exp(-z @ w))
        g = z.T @ (weight * (p - y)) + hold * w
        h = (z * (weight * p * (1 - p))[:, None]).T @ z + np.diag(hold + 1e-6)
        step = np.linalg.solve(h, g)
        w -= np.clip(step, -3, 3)
        if np.abs(step).max() < 1e-7:
            break
    return w / scale


def figures(p, y, at):
    hit = ((p >= at) & (y == 1)).sum()
    precision, recall = hit / max(1, (p >= at).sum()), hit / max(1, y.sum())
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def main(path, *columns):
    name, ruled, y, x = read(path)
    if columns:
        x = x[:, [int(c) for c in columns]]
    real = np.char.startswith(name, "reports")
    # The pairs have few strangers of one speaker and day; a report has nothing else. Together they count as much as the variants.
    live = ~ruled
    weight = np.where(real, max(1.0, (y - 0.5)[live & ~real].sum() * 2) / max(1, (live & real).sum()), 1.0)
    name = np.where(real, np.char.add(np.char.lstrip(name, "reports"), ".txt"), name)
    folds = sorted(set(name) - {"dev.txt"})
    for penalty in (0.1, 0.3, 1, 3):
        unseen = np.zeros(len(y))
        for f in folds:
            use = (name != f) & live
            w = fit(x[use], y[use], weight[use], penalty)
            unseen[name == f] = 1 / (1 + np.exp(-x[name == f] @ w))
        test, other = (name != "dev.txt") & live & ~real, live & real
        line = [f"{at}: {'/'.join('%.3f' % v for v in figures(unseen[test], y[test], at))} {np.mean(unseen[other] >= at):.3f}" for at in (0.2, 0.3, 0.4, 0.5, 0.6)]
        t = (name != "dev.txt") & live
        loss = -np.average(np.where(y[t] == 1, np.log(unseen[t] + 1e-9), np.log(1 - unseen[t] + 1e-9)), weights=weight[t])
        print(f"penalty {penalty}: {test.sum()} pairs, {int(y[test].sum())} variants, loss {loss:.3f};", "; ".join(line))
        for f in folds:
            t = test & (name == f)
            print("  ", f, f"{t.sum()} {int(y[t].sum())}", ["%.3f" % v for v in figures(unseen[t], y[t], 0.3)])
    print("weights:", ", ".join(f"{v:.2f}" for v in fit(x[live], y[live], weight[live], 1)))


if __name__ == "__main__":
    main(*sys.argv[1:])
