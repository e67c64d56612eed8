"""Packs the weights of a trained tagger into annotate/en.model, and writes what
the parity test of package annotate compares.

    python pack.py --weights tagger.pt --out ../annotate/en.model [--ids DIR --parity ../annotate/testdata/parity.json]"""
import argparse
import json
import struct
import zlib

import numpy as np
import torch

from data import Set
from loops import LABELS, viterbi
from tagger import BUCKETS, SIZES, Tagger, Words

FORMAT, FEATURES = 1, 2
LIMIT = 63  # of a weight: the product of two bytes and two weights stays below 1 << 15
OUTPUTS = 16


def f32(x):
    return np.asarray(x, dtype="<f4").tobytes()


def levels(w, limit):
    """Rows of int8, and a scale for each."""
    top = np.abs(w).max(1)
    scale = np.where(top > 0, top / limit, 1.0)
    return np.rint(w / scale[:, None]).astype(np.int8), scale.astype(np.float32)


def matrix(w, bias):
    q, scale = levels(w, LIMIT)
    return q.tobytes() + f32(scale) + f32(bias)


def pack(model, words):
    w = {k: v.double().numpy() for k, v in model.state_dict().items()}
    d, h = model.d, model.h
    body = struct.pack("<5I", d, h, len(model.layers), len(words.keys), BUCKETS)
    body += words.keys.astype("<u4").tobytes()
    at = 0
    for c, size in enumerate(SIZES):  # a table and its share of the first layer are one table of full width
        q, scale = levels(w[f"tables.{c}.weight"] @ w["enter.weight"][:, at : at + size].T, 127)
        body += q.tobytes() + f32(scale)
        at += size
    body += f32(w["enter.bias"]) + f32(w["norm.weight"]) + f32(w["norm.bias"])
    conv = w["conv.weight"]  # out, in, place: before, at, behind
    body += matrix(conv[:, :, 1], w["conv.bias"])
    body += matrix(conv[:, :, 0], 0 * w["conv.bias"]) + matrix(conv[:, :, 2], 0 * w["conv.bias"])
    for i in range(len(model.layers)):
        p = f"layers.{i}."
        body += f32(w[p + "norm.weight"]) + f32(w[p + "norm.bias"])
        for k in (0, 3):
            body += matrix(w[p + "gates.weight"][k * h : (k + 3) * h], w[p + "gates.bias"][k * h : (k + 3) * h])
        body += matrix(w[p + "down.weight"], w[p + "down.bias"])
    body += f32(w["last.weight"]) + f32(w["last.bias"])
    top, bias = np.zeros((OUTPUTS, d)), np.zeros(OUTPUTS)
    top[:LABELS], bias[:LABELS] = w["top.weight"], w["top.bias"]
    body += matrix(top, bias) + f32(w["trans"])
    return b"HEARSAY\n" + struct.pack("<3I", FORMAT, FEATURES, zlib.crc32(body)) + body


def load(path):
    saved = torch.load(path, weights_only=False)
    words = Words(saved["words"])
    model = Tagger(len(words.keys), *saved["sizes"])
    model.load_state_dict(saved["model"])
    return model.eval(), words


def parity(model, words, data):
    """The features of the stored sentences, and the emissions and tags that the network gives them before it is rounded."""
    rows = data.ids.astype(np.int64)
    rows[:, 0] = words.rows(data.ids[:, 0])
    out = []
    with torch.no_grad():
        for a, b in data.articles:
            emit = model(torch.from_numpy(rows[a:b])[None], torch.tensor([b - a]))[0]
            out.append({"ids": data.ids[a:b].tolist(), "emissions": [[round(float(x), 3) for x in r] for r in emit],
                        "tags": viterbi(emit, model.trans.detach())})
    return out


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--weights", required=True)
    p.add_argument("--out", required=True)
    p.add_argument("--ids", default="")
    p.add_argument("--parity", default="")
    args = p.parse_args()
    model, words = load(args.weights)
    file = pack(model, words)
    open(args.out, "wb").write(file)
    print(len(file), "bytes")
    if args.parity:
        json.dump(parity(model, words, Set(args.ids, "parity")), open(args.parity, "w"), separators=(",", ":"))


if __name__ == "__main__":
    main()
