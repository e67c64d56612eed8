"""Trains the tagger: convolution and bidirectional simple recurrent layers over
the features that annotate exports, with a CRF on top.

    python tagger.py --ids DIR [--soft DIR] --out en.model"""
import argparse
import copy
import os
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from data import COLUMNS, RULE, VALUES, WORD, Set, figures
from loops import LABELS, crf_loss, marginals, sru, viterbi

SIZES = [96, 24, 32, 32, 16, 16, 16, 24, 24]  # of the columns, before they are brought to the width
BUCKETS = 2048  # rows for the words that have none of their own


class Words:
    """The hashes that have a row of their own, sorted."""

    def __init__(self, keys):
        self.keys = keys

    @classmethod
    def count(cls, sets):
        """sets: (Set, least count)."""
        found = []
        for s, least in sets:
            keys, n = np.unique(s.ids[:, WORD], return_counts=True)
            found.append(keys[n >= least])
        return cls(np.unique(np.concatenate(found)))

    def rows(self, hashes):
        at = np.searchsorted(self.keys, hashes).clip(max=len(self.keys) - 1)
        return np.where(self.keys[at] == hashes, at, len(self.keys) + hashes % BUCKETS)


class Layer(nn.Module):
    def __init__(self, d, h, drop):
        super().__init__()
        self.h, self.drop = h, drop
        self.norm = nn.LayerNorm(d)
        self.gates = nn.Linear(d, 6 * h)  # ahead: candidate, forget, reset; behind: the same
        self.down = nn.Linear(2 * h, d)
        with torch.no_grad():
            for k in (1, 4):
                self.gates.bias[k * h : (k + 1) * h] = torch.linspace(-1.0, 2.0, h)  # from short to long memory

    def forward(self, x, pad):
        g = self.gates(shared_dropout(self.norm(x), self.drop, self.training))
        y = []
        for k, back in ((0, False), (3, True)):
            u, f, r = g[..., k * self.h : (k + 3) * self.h].chunk(3, -1)
            y.append(sru(u.masked_fill(pad, 0), f.masked_fill(pad, 1e4), r, back))
        return x + self.down(F.dropout(torch.cat(y, -1), self.drop, self.training))


def shared_dropout(x, p, training):
    """Drops the same channels at every place of a sequence."""
    if not training or p == 0:
        return x
    return x * F.dropout(torch.ones(x.shape[0], 1, x.shape[2]), p, True)


class Tagger(nn.Module):
    def __init__(self, words, d=128, h=160, layers=3, drop=0.26, drop_in=0.3, word_drop=0.2, rule_drop=0.1):
        super().__init__()
        self.d, self.h = d, h
        rows = [words + BUCKETS] + VALUES[1:]
        self.tables = nn.ModuleList(nn.Embedding(n, k) for n, k in zip(rows, SIZES))
        for e in self.tables:
            nn.init.normal_(e.weight, std=0.3)
        self.enter = nn.Linear(sum(SIZES), d)
        self.norm = nn.LayerNorm(d)
        self.conv = nn.Conv1d(d, 2 * d, 3, padding=1)
        self.layers = nn.ModuleList(Layer(d, h, drop) for _ in range(layers))
        self.last = nn.LayerNorm(d)
        self.top = nn.Linear(d, LABELS)
        self.trans = nn.Parameter(torch.zeros(LABELS, LABELS))
        self.drop, self.drop_in, self.word_drop, self.rule_drop = drop, drop_in, word_drop, rule_drop

    def forward(self, ids, n):
        """ids (B, T, COLUMNS), n the lengths. Returns (B, T, LABELS)."""
        b, t, _ = ids.shape
        pad = (torch.arange(t)[None] >= n[:, None])[..., None]
        parts = []
        for c, e in enumerate(self.tables):
            x = e(ids[..., c])
            if self.training and c == WORD:
                x = x * (torch.rand(b, t, 1) >= self.word_drop)
            if self.training and c == RULE:
                x = x * (torch.rand(b, 1, 1) >= self.rule_drop)
            parts.append(x)
        x = self.enter(F.dropout(torch.cat(parts, -1), self.drop_in, self.training))
        x = self.norm(x).masked_fill(pad, 0)
        x = x + F.glu(self.conv(x.transpose(1, 2)).transpose(1, 2), -1)
        for layer in self.layers:
            x = layer(x, pad)
        return self.top(F.dropout(self.last(x), self.drop, self.training))


class Stream:
    """Windows of a list of (set, soft labels or None, weight)."""

    def __init__(self, parts, words, width=256):
        self.parts, self.width = parts, width
        for p in parts:
            s = p["set"]
            if not hasattr(s, "rows"):
                s.rows = s.ids.astype(np.int64)
                s.rows[:, WORD] = words.rows(s.ids[:, WORD])

    def windows(self, part):
        out = []
        for a, b in part["set"].articles:
            at = a - np.random.randint(self.width // 2)  # the first window is shorter, so that cuts differ every time
            while at < b:
                lo, hi = max(a, at), min(b, at + self.width)
                if hi - lo > 12 or hi - lo == b - a:
                    out.append((part, lo, hi))
                at += self.width
        return out

    def epoch(self, size):
        """Batches; of each part a share is drawn."""
        all = []
        for p in self.parts:
            w = self.windows(p)
            np.random.shuffle(w)
            all += w[: int(len(w) * p["share"])]
        np.random.shuffle(all)
        out = []
        for k in range(0, len(all), size * 8):
            c = sorted(all[k : k + size * 8], key=lambda w: w[2] - w[1])
            out += [c[i : i + size] for i in range(0, len(c), size)]
        return [out[i] for i in np.random.permutation(len(out))]

    def tensors(self, batch):
        t = max(b - a for _, a, b in batch)
        ids = np.zeros((len(batch), t, COLUMNS), np.int64)
        tags, goal = np.zeros((len(batch), t), np.int64), np.zeros((len(batch), t, LABELS), np.float32)
        n = []
        for k, (p, a, b) in enumerate(batch):
            s, m = p["set"], b - a
            n.append(m)
            ids[k, :m] = s.rows[a:b]
            tags[k, :m] = s.tags[a:b] if p["gold"] > 0 else p["path"][a:b]
            hard = np.eye(LABELS, dtype=np.float32)[tags[k, :m]]
            goal[k, :m] = hard if p["soft"] is None else p["gold"] * hard + (1 - p["gold"]) * p["soft"][a:b]
        return torch.from_numpy(ids), torch.from_numpy(tags), torch.from_numpy(goal), torch.tensor(n)


def soft_labels(folder, name, seeds=(1, 2, 3)):
    """The teachers' marginals, averaged; None where there are none."""
    found = []
    for k in seeds:
        path = os.path.join(folder, f"{name}.soft{k}")
        if os.path.exists(path):
            found.append(np.fromfile(path, dtype=np.float16).reshape(-1, LABELS).astype(np.float32))
    if not found:
        return None
    soft = sum(found) / len(found)
    soft[soft.sum(1) < 0.5, 0] = 1  # a token that no window had room for
    return soft / soft.sum(1, keepdims=True)


def path(soft, articles):
    """The likeliest tagging of every article."""
    zero = torch.zeros(LABELS, LABELS)
    out = np.zeros(len(soft), np.uint8)
    for a, b in articles:
        out[a:b] = viterbi(torch.from_numpy(np.log(soft[a:b] + 1e-6)), zero)
    return out


def tag(model, data, words):
    """The tags of every article, each in one pass."""
    model.eval()
    out = np.zeros(len(data.ids), np.uint8)
    rows = data.ids.astype(np.int64)
    rows[:, WORD] = words.rows(data.ids[:, WORD])
    with torch.no_grad():
        for a, b in data.articles:
            emit = model(torch.from_numpy(rows[a:b])[None], torch.tensor([b - a]))[0]
            out[a:b] = viterbi(emit, model.trans)
    return out


def parts(args):
    """What is trained on."""
    all = []
    names = [("train", 0.55)] + [(f"train-style{i}", 0.45 / 3) for i in (1, 2, 3)]
    if args.corpus == "open":
        names = []
    names += [(name, 1.0) for name in ("headings1", "headings2", "reports1", "reports2")]
    for name, share in names:
        all.append({"set": Set(args.ids, name), "soft": None, "gold": 1.0, "share": share, "name": name})
        if args.soft:
            all[-1]["soft"], all[-1]["gold"] = soft_labels(args.soft, name), args.gold
    for name, share in (("news", args.news), ("press", args.press)):
        if share == 0:
            continue
        s = Set(args.ids, name)
        p = {"set": s, "soft": None, "gold": 1.0, "share": share, "name": name}
        if args.corpus != "open":
            soft = soft_labels(args.soft, name)
            p.update(soft=soft, gold=0.0, path=path(soft, s.articles))
        all.append(p)
    return all


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--ids", required=True)
    p.add_argument("--soft", default="", help="folder of the teacher's marginals; without it the marked articles alone are used")
    p.add_argument("--corpus", default="all", choices=["all", "open"], help="open: the openly licensed corpora alone, with the tags of the rules")
    p.add_argument("--out", required=True, help="the weights, for pack.py")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--epochs", type=int, default=12)
    p.add_argument("--batch", type=int, default=24)
    p.add_argument("--lr", type=float, default=3e-3)
    p.add_argument("--width", type=int, default=128)
    p.add_argument("--hidden", type=int, default=160)
    p.add_argument("--layers", type=int, default=3)
    p.add_argument("--drop", type=float, default=0.26)
    p.add_argument("--drop-in", type=float, default=0.3)
    p.add_argument("--gold", type=float, default=0.5, help="share of the gold tag where there is a soft label, too")
    p.add_argument("--news", type=float, default=1.0, help="share of the unmarked news an epoch")
    p.add_argument("--press", type=float, default=0.7, help="share of the press releases an epoch")
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--stop", type=int, default=0, help="stop after so many steps, to measure the speed")
    args = p.parse_args()
    torch.manual_seed(args.seed)
    np.random.seed(args.seed)
    torch.set_num_threads(args.threads)
    use = parts(args)
    words = Words.count([(q["set"], {"news": 8, "press": 30}.get(q["name"], 3)) for q in use if "style" not in q["name"] and q["name"] not in ("headings2", "reports2")])
    stream, dev = Stream(use, words), Set(args.ids, "dev")
    model = Tagger(len(words.keys), args.width, args.hidden, args.layers, args.drop, args.drop_in)
    print(f"{len(words.keys)} words, {sum(q.numel() for q in model.parameters())} weights", flush=True)
    shape = [q for q in model.parameters() if q.dim() < 2]
    bulk = [q for q in model.parameters() if q.dim() >= 2]
    opt = torch.optim.AdamW([{"params": bulk, "weight_decay": 0.03}, {"params": shape, "weight_decay": 0.0}], lr=args.lr)
    mean = copy.deepcopy(model)
    steps, step, begun = None, 0, time.time()
    for epoch in range(args.epochs):
        batches = stream.epoch(args.batch)
        steps = steps or len(batches) * args.epochs
        total = 0.0
        model.train()
        for batch in batches:
            ids, tags, goal, n = stream.tensors(batch)
            for g in opt.param_groups:
                g["lr"] = args.lr * min(1.0, (step + 1) / 200) * max(0.01, 1 - step / steps)
            emit = model(ids, n)
            live = torch.arange(ids.shape[1])[None] < n[:, None]
            loss = crf_loss(emit, model.trans, tags, n, goal) / n.sum() + 0.5 * F.cross_entropy(emit[live], goal[live])
            opt.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            opt.step()
            step += 1
            total += loss.item()
            keep = min(0.998, step / (step + 20))
            with torch.no_grad():
                torch._foreach_lerp_(list(mean.parameters()), list(model.parameters()), 1 - keep)
            if step == args.stop:
                print(f"{step} steps in {time.time() - begun:.1f}s of {steps}, loss {total / step:.6f}")
                return
        found = tag(mean, dev, words)
        print(f"epoch {epoch + 1} step {step} loss {total / len(batches):.4f} dev {figures(dev.articles, dev.tags, found)} {time.time() - begun:.0f}s", flush=True)
    torch.save({"model": mean.state_dict(), "words": words.keys, "sizes": (args.width, args.hidden, args.layers)}, args.out)


if __name__ == "__main__":
    main()
