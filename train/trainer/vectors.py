"""Word vectors for package compare, after Model2Vec: every frequent word as a text of its own through MiniLM-L6, the mean of
its pieces, then the main components, each number in a byte.

    python vectors.py --encoder DIR --out FILE NEWS.jsonl.gz... NEWS.csv...

The encoder is what encoder.py writes. compare/words/vectors.md tells how the file is laid out."""
import argparse
import collections
import csv
import gzip
import json
import math
import re
import struct
import zlib

import numpy as np
import torch

from teacher import Pieces, Teacher

WORD = re.compile(r"[A-Za-z]+")


def texts(path):
    """The texts of a file: JSON Lines with "text", or a table whose longest column is the text."""
    if path.endswith(".gz"):
        for line in gzip.open(path, "rt", encoding="utf-8"):
            yield json.loads(line).get("text", "")
    else:
        csv.field_size_limit(1 << 30)
        for row in csv.reader(open(path, encoding="utf-8", newline="")):
            yield max(row, key=len, default="")


def bases(w):
    """What a word may be a regular form of, the likeliest first. compare/vector.go has the same list."""
    out = []
    if w.endswith("s") and len(w) > 3:
        if w.endswith("ies"):
            out.append(w[:-3] + "y")
        if not w.endswith("ss"):
            out.append(w[:-1])
        if w.endswith("es"):
            out.append(w[:-2])
    for ending in ("ing", "ed"):
        stem = w[: -len(ending)]
        if w.endswith(ending) and len(stem) > 2:
            if ending == "ed" and stem.endswith("i"):
                out.append(stem[:-1] + "y")
            out += [stem + "e", stem]
            if stem[-1] == stem[-2]:
                out.append(stem[:-1])
    return out


def frequent(paths, vocabulary, most):
    """The words that stand in small letters most often, and how often they stand there; names and regular forms are left out.
    Where the news has too few, words of the encoder's vocabulary that no news has in capitals follow."""
    small, large = collections.Counter(), collections.Counter()
    for path in paths:
        for text in texts(path):
            for w in WORD.findall(text):
                if w.islower():
                    small[w] += 1
                elif len(w) > 1 and w[1:].islower():
                    large[w.lower()] += 1
    known = {w for w, n in small.items() if 2 < len(w) < 20 and (n * 3 > large[w] or n >= 8 or n * 20 > large[w] and w in vocabulary) and (n > 1 or w in vocabulary)}
    known |= {w for w in vocabulary if 3 < len(w) < 20 and WORD.fullmatch(w) and w.isascii() and not small[w] and not large[w]}
    counts = collections.Counter()
    for w in known:
        # The base is the form that stands more often in print, of two forms of one word.
        base = next((b for b in bases(w) if b in known and small[b] * 12 >= small[w]), w)
        counts[base] += max(1, small[w])
    return counts.most_common(most), sum(small.values())


def embed(encoder, words):
    """The mean of what MiniLM makes of the pieces of each word."""
    pieces, model = Pieces(f"{encoder}/vocab.txt"), Teacher()
    model.load(f"{encoder}/weights.npz")
    model.eval()
    cls, sep = pieces.vocab["[CLS]"], pieces.vocab["[SEP]"]
    ids = [[cls, *pieces.of(w), sep] for w in words]
    order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
    out = np.zeros((len(words), 384), np.float32)
    with torch.no_grad():
        for k in range(0, len(order), 512):
            part = order[k : k + 512]
            longest = max(len(ids[i]) for i in part)
            x = torch.tensor([ids[i] + [0] * (longest - len(ids[i])) for i in part])
            mask = x != 0
            h = model.norm(model.words(x) + model.places.weight[:longest] + model.kinds.weight[0])
            for layer in model.layers:
                h = layer(h, mask[:, None, None, :])
            h = (h * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
            out[part] = torch.nn.functional.normalize(h, dim=-1).numpy()
    return out


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--encoder", required=True)
    p.add_argument("--out", required=True)
    p.add_argument("--words", type=int, default=24000)
    p.add_argument("--size", type=int, default=96)
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--keep", help="a file for the vectors as they are, to try other sizes with")
    p.add_argument("news", nargs="+")
    args = p.parse_args()
    torch.set_num_threads(args.threads)
    counted, total = frequent(args.news, set(open(f"{args.encoder}/vocab.txt", encoding="utf-8").read().split("\n")), args.words)
    counted.sort()
    words = [w for w, _ in counted]
    v = embed(args.encoder, words)
    if args.keep:
        np.savez(args.keep, v=v, words=np.array(words), counts=np.array([n for _, n in counted]), total=total)
    v = v.astype(np.float64)
    v -= v.mean(0)
    _, axes = np.linalg.eigh(v.T @ v)
    # The first two components tell how common a word is rather than what it means.
    v = v @ axes[:, ::-1][:, 2 : 2 + args.size]
    v *= 127 / np.abs(v).max(1, keepdims=True)
    bits = [min(255, round(10 * math.log2(total / n))) for _, n in counted]
    text = "\n".join(words).encode()
    body = struct.pack("<III", len(words), args.size, len(text)) + text + bytes(bits) + np.round(v).astype(np.int8).tobytes()
    with open(args.out, "wb") as f:
        f.write(b"HSVC" + struct.pack("<II", 1, zlib.crc32(body)) + body)
    print(f"{len(words)} words of {args.size} numbers, the rarest {min(n for _, n in counted)} times, {len(body) + 12} bytes")


if __name__ == "__main__":
    main()
