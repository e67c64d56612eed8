"""The teacher: MiniLM-L6 fine-tuned on the marked articles, told what the rules
and the quotation marks say of each token. Its marginals train the tagger.

    python teacher.py --ids DIR --encoder DIR --out DIR [--label news press ...]

The encoder is a folder with weights.npz (BERT's names, see encoder.py) and vocab.txt."""
import argparse
import os
import time
import unicodedata

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from data import COLUMNS, LAYOUT, LEXICON, QUOTE, RULE, SHAPE, VALUES, Set, figures
from loops import LABELS, crf_loss, marginals, sru, viterbi

HINTS = [SHAPE, QUOTE, LAYOUT, RULE, LEXICON]
MOST = 8  # pieces of a token
PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "„": '"', "–": "-", "—": "-", "…": "."})


class Pieces:
    """WordPiece of single tokens, with a memory."""

    def __init__(self, path):
        self.vocab = {w: i for i, w in enumerate(open(path, encoding="utf-8").read().split("\n"))}
        self.known = {}

    def of(self, word):
        p = self.known.get(word)
        if p is None:
            p = self.known[word] = self.cut(word)
        return p

    def cut(self, word):
        text = unicodedata.normalize("NFD", word.translate(PLAIN).lower())
        parts, now = [], ""
        for ch in text:
            kind = unicodedata.category(ch)
            if kind == "Mn":
                continue
            if kind[0] in "PS":
                parts += [now, ch] if now else [ch]
                now = ""
            else:
                now += ch
        parts += [now] if now else []
        out = []
        for part in parts:
            out += self.greedy(part)
        return (out or [self.vocab["[UNK]"]])[:MOST]

    def greedy(self, s):
        out, at = [], 0
        while at < len(s):
            end = len(s)
            while end > at and ("##" if at else "") + s[at:end] not in self.vocab:
                end -= 1
            if end == at:
                return [self.vocab["[UNK]"]]
            out.append(self.vocab[("##" if at else "") + s[at:end]])
            at = end
        return out


class Layer(nn.Module):
    def __init__(self, d, heads, inner, drop):
        super().__init__()
        self.heads, self.drop = heads, drop
        self.qkv, self.out = nn.Linear(d, 3 * d), nn.Linear(d, d)
        self.norm1, self.norm2 = nn.LayerNorm(d, 1e-12), nn.LayerNorm(d, 1e-12)
        self.up, self.down = nn.Linear(d, inner), nn.Linear(inner, d)

    def forward(self, x, mask):
        b, t, d = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.norm1(x + self.out(a.transpose(1, 2).reshape(b, t, d)))
        return self.norm2(x + F.dropout(self.down(F.gelu(self.up(x))), self.drop, self.training))


class Teacher(nn.Module):
    def __init__(self, d=384, layers=6, heads=12, inner=1536, vocab=30522, hidden=128, drop=0.1):
        super().__init__()
        self.words, self.places, self.kinds = nn.Embedding(vocab, d), nn.Embedding(512, d), nn.Embedding(2, d)
        self.norm = nn.LayerNorm(d, 1e-12)
        self.layers = nn.ModuleList(Layer(d, heads, inner, drop) for _ in range(layers))
        self.drop = drop
        self.hints = nn.ModuleList(nn.Embedding(VALUES[c], d) for c in HINTS)
        for e in self.hints:
            nn.init.zeros_(e.weight)
        self.ahead = nn.Linear(d, 3 * hidden)
        self.behind = nn.Linear(d, 3 * hidden)
        self.top = nn.Linear(2 * hidden + d, LABELS)
        self.trans = nn.Parameter(torch.zeros(LABELS, LABELS))

    def load(self, path):
        w = {k.removeprefix("bert."): torch.from_numpy(v).float() for k, v in np.load(path).items()}
        e = "embeddings."
        pairs = [(self.words.weight, w[e + "word_embeddings.weight"]), (self.places.weight, w[e + "position_embeddings.weight"]),
                 (self.kinds.weight, w[e + "token_type_embeddings.weight"]),
                 (self.norm.weight, w[e + "LayerNorm.weight"]), (self.norm.bias, w[e + "LayerNorm.bias"])]
        for i, l in enumerate(self.layers):
            p = f"encoder.layer.{i}."
            for part in ("weight", "bias"):
                pairs += [
                    (getattr(l.qkv, part), torch.cat([w[p + f"attention.self.{x}.{part}"] for x in ("query", "key", "value")])),
                    (getattr(l.out, part), w[p + f"attention.output.dense.{part}"]),
                    (getattr(l.norm1, part), w[p + f"attention.output.LayerNorm.{part}"]),
                    (getattr(l.up, part), w[p + f"intermediate.dense.{part}"]),
                    (getattr(l.down, part), w[p + f"output.dense.{part}"]),
                    (getattr(l.norm2, part), w[p + f"output.LayerNorm.{part}"])]
        with torch.no_grad():
            for mine, theirs in pairs:
                assert mine.shape == theirs.shape
                mine.copy_(theirs)

    def forward(self, pieces, hints, firsts):
        """pieces (B, P), hints (B, P, len(HINTS)), firsts (B, T): the first piece of each token. Returns (B, T, LABELS)."""
        x = self.words(pieces) + self.places.weight[: pieces.shape[1]] + self.kinds.weight[0]
        for i, e in enumerate(self.hints):
            x = x + e(hints[..., i])
        x = F.dropout(self.norm(x), self.drop, self.training)
        mask = (pieces != 0)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        x = x.gather(1, firsts.clamp(min=0)[..., None].expand(-1, -1, x.shape[-1]))
        pad = (firsts < 0)[..., None]
        y = []
        for line, back in ((self.ahead, False), (self.behind, True)):
            u, f, r = line(F.dropout(x, self.drop, self.training)).chunk(3, -1)
            y.append(sru(u.masked_fill(pad, 0), f.masked_fill(pad, 1e4), r, back))
        return self.top(F.dropout(torch.cat(y + [x], -1), 0.2, self.training))


def cut(pieces, words, a, b, room):
    """The windows of whole tokens of an article, of at most room pieces."""
    out, start, size = [], a, 0
    for i in range(a, b):
        n = len(pieces.of(words[i]))
        if size + n > room:
            out.append((start, i))
            start, size = i, 0
        size += n
    return out + [(start, b)]


def rounded(n):
    """The next multiple of 32: every new shape costs memory."""
    return -(-n // 32) * 32


def batch(pieces, data, windows, rule_drop=0.0):
    """Tensors of windows of (set, from, to)."""
    p = rounded(max(2 + sum(len(pieces.of(s.words[i])) for i in range(a, b)) for s, a, b in windows))
    t = rounded(max(b - a for _, a, b in windows))
    ids, hints = np.zeros((len(windows), p), np.int64), np.zeros((len(windows), p, len(HINTS)), np.int64)
    firsts, tags, n = np.full((len(windows), t), -1), np.zeros((len(windows), t), np.int64), []
    cls, sep = pieces.vocab["[CLS]"], pieces.vocab["[SEP]"]
    for k, (s, a, b) in enumerate(windows):
        ids[k, 0], at = cls, 1
        blind = np.random.rand() < rule_drop
        for i in range(a, b):
            w = pieces.of(s.words[i])
            ids[k, at : at + len(w)] = w
            hints[k, at : at + len(w)] = s.ids[i, HINTS]
            firsts[k, i - a] = at
            at += len(w)
        ids[k, at] = sep
        if blind:
            hints[k, :, HINTS.index(RULE)] = 0
        tags[k, : b - a] = s.tags[a:b]
        n.append(b - a)
    return tuple(map(torch.from_numpy, (ids, hints, firsts, tags))) + (torch.tensor(n),)


def label(model, pieces, data, room=254, edge=24, size=16):
    """The marginals of all tokens of a set (float32). Windows overlap; of each, the edges are not used."""
    model.eval()
    out = np.zeros((len(data.ids), LABELS), np.float32)
    windows = []
    for a, b in data.articles:
        start = a
        while True:
            end = start
            used = 0
            while end < b and used + len(pieces.of(data.words[end])) <= room:
                used += len(pieces.of(data.words[end]))
                end += 1
            windows.append((start, end, start if start == a else start + edge, end if end == b else max(end - edge, start + 1)))
            if end == b:
                break
            start = max(start + 1, end - 2 * edge)
    windows.sort(key=lambda w: w[1] - w[0])
    with torch.no_grad():
        for k in range(0, len(windows), size):
            part = windows[k : k + size]
            if k // size % 50 == 0:
                print(f"window {k} of {len(windows)}", flush=True)
            ids, hints, firsts, _, n = batch(pieces, data, [(data, a, b) for a, b, _, _ in part])
            m, _, _ = marginals(model(ids, hints, firsts), model.trans, n)
            for row, (a, _, lo, hi) in zip(m.numpy(), part):
                out[lo:hi] = row[lo - a : hi - a]
    return out


def decode(model, soft):
    """Tags of marginals: the best path that begins every span."""
    return np.array(viterbi(torch.from_numpy(np.log(soft + 1e-9)), torch.zeros(LABELS, LABELS)), np.uint8)


def train(args):
    torch.manual_seed(args.seed)
    np.random.seed(args.seed)
    pieces = Pieces(os.path.join(args.encoder, "vocab.txt"))
    model = Teacher()
    model.load(os.path.join(args.encoder, "weights.npz"))
    sets = [Set(args.ids, n, words=True) for n in ["train"] + [f"train-style{i}" for i in range(1, args.styles + 1)]]
    ours = [[Set(args.ids, f"{name}{i}", words=True) for name in ("headings", "reports")] for i in (1, 2)]
    dev = Set(args.ids, "dev", words=True)
    new = [p for n, p in model.named_parameters() if n.split(".")[0] in ("hints", "ahead", "behind", "top", "trans")]
    old = [p for n, p in model.named_parameters() if n.split(".")[0] not in ("words", "hints", "ahead", "behind", "top", "trans")]
    model.words.weight.requires_grad = False
    opt = torch.optim.AdamW([{"params": old, "lr": args.lr, "top": args.lr}, {"params": new, "lr": 1e-3, "top": 1e-3}], weight_decay=0.01, fused=True)
    steps, step, begun = None, 0, time.time()
    for epoch in range(args.epochs):
        windows = []
        for k in range(len(sets[0].articles)):
            s = sets[0] if np.random.rand() < 0.55 else sets[np.random.randint(len(sets))]
            a, b = s.articles[k]
            w = cut(pieces, s.words, a, b, np.random.randint(150, 255))
            windows += [(s, x, y) for x, y in w]
        for s in ours[epoch % 2]:
            windows += [(s, x, y) for a, b in s.articles for x, y in cut(pieces, s.words, a, b, 250)]
        np.random.shuffle(windows)
        chunks = []
        for k in range(0, len(windows), args.batch * 16):  # batches of like lengths
            c = sorted(windows[k : k + args.batch * 16], key=lambda w: w[2] - w[1])
            chunks += [c[i : i + args.batch] for i in range(0, len(c), args.batch)]
        order = np.random.permutation(len(chunks))
        steps = steps or len(chunks) * args.epochs
        model.train()
        total = 0.0
        for k in order:
            ids, hints, firsts, tags, n = batch(pieces, None, chunks[k], rule_drop=0.15)
            rate = min(1.0, (step + 1) / (0.08 * steps)) * max(0.02, 1 - step / steps)
            for g in opt.param_groups:
                g["lr"] = g["top"] * rate
            emit = model(ids, hints, firsts)
            live = firsts >= 0
            loss = crf_loss(emit, model.trans, tags, n) / n.sum() + 0.5 * F.cross_entropy(emit[live], tags[live])
            opt.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            opt.step()
            step += 1
            total += loss.item()
            if step % 50 == 0:
                print(f"step {step}/{steps} loss {loss.item():.3f} {time.time() - begun:.0f}s", flush=True)
        soft = label(model, pieces, dev)
        found = np.concatenate([decode(model, soft[a:b]) for a, b in dev.articles])
        print(f"epoch {epoch + 1} loss {total / len(chunks):.4f} dev {figures(dev.articles, dev.tags, found)} {time.time() - begun:.0f}s", flush=True)
        torch.save(model.state_dict(), os.path.join(args.out, f"teacher{args.seed}.pt"))
    return model, pieces


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--ids", required=True)
    p.add_argument("--encoder", required=True)
    p.add_argument("--out", required=True)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--epochs", type=int, default=3)
    p.add_argument("--batch", type=int, default=12)
    p.add_argument("--styles", type=int, default=3)
    p.add_argument("--lr", type=float, default=1.5e-4)
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--label", nargs="*", default=[])
    p.add_argument("--load")
    args = p.parse_args()
    torch.set_num_threads(args.threads)
    os.makedirs(args.out, exist_ok=True)
    if args.load:
        pieces, model = Pieces(os.path.join(args.encoder, "vocab.txt")), Teacher()
        model.load_state_dict(torch.load(args.load))
    else:
        model, pieces = train(args)
    for name in args.label:
        soft = label(model, pieces, Set(args.ids, name, words=True))
        soft.astype(np.float16).tofile(os.path.join(args.out, f"{name}.soft{args.seed}"))
        print("labelled", name, flush=True)


if __name__ == "__main__":
    main()
