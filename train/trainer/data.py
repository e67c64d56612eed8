"""The sets that `go run ./train` writes, and what is measured on them."""
import os

import numpy as np

COLUMNS = 9
VALUES = [None, 2048, 2048, 4096, 256, 64, 64, 80, 1024]  # of annotate/feature.go
WORD, PREFIX, SUFFIX, ENDING, SHAPE, QUOTE, LAYOUT, RULE, LEXICON = range(COLUMNS)


class Set:
    def __init__(self, folder, name, words=False):
        base = os.path.join(folder, name)
        self.ids = np.fromfile(base + ".ids", dtype="<u4").reshape(-1, COLUMNS)
        self.tags = np.fromfile(base + ".tags", dtype=np.uint8)
        self.rules = np.fromfile(base + ".rules", dtype=np.uint8)
        ends = np.fromfile(base + ".ends", dtype="<u8").astype(np.int64)
        self.articles = list(zip(np.concatenate([[0], ends[:-1]]).tolist(), ends.tolist()))
        self.words = open(base + ".words", encoding="utf-8", newline="\n").read().split("\n")[:-1] if words else None
        assert len(self.ids) == len(self.tags) == ends[-1]
        assert self.words is None or len(self.words) == len(self.ids)


def spans(tags):
    """(role, from, to) of a tagging; an inside tag without beginning begins."""
    out, start, role = [], None, None
    for i, t in enumerate(list(tags) + [0]):
        t = int(t)
        r = (t + 1) // 2 if t else 0
        if start is not None and (r != role or t % 2 == 1):
            out.append((role, start, i))
            start = None
        if r and start is None:
            start, role = i, r
    return out


def alpha(gold, found):
    """Krippendorff's alpha over the four labels of a token."""
    g, f = (gold.astype(int) + 1) // 2, (found.astype(int) + 1) // 2
    table = np.zeros((4, 4))
    np.add.at(table, (g, f), 1)
    of = table.sum(0) + table.sum(1)
    n = of.sum()
    same, chance = 2 * np.trace(table), (of * (of - 1)).sum()
    return 1 - (n - same) * (n - 1) / (n * (n - 1) - chance)


def figures(articles, gold, found):
    """Alpha and the exact span F1 of speaker, cue and content."""
    counts = np.zeros((4, 3))
    for a, b in articles:
        g, f = set(spans(gold[a:b])), set(spans(found[a:b]))
        for k, role in ((0, g), (1, f), (2, g & f)):
            for r, _, _ in role:
                counts[r, k] += 1
    f1 = [2 * counts[r, 2] / max(1, counts[r, 0] + counts[r, 1]) for r in (1, 2, 3)]
    return "alpha %.4f speaker %.4f cue %.4f content %.4f" % (alpha(gold, found), *f1)
