"""Packs the weights of the teacher into accurate.model, which `hearsay read --model accurate` runs.

    python pack_teacher.py --weights teacher1.pt --encoder DIR --out accurate.model
    python pack_teacher.py --tiny ../../annotate/testdata

The second form makes the small random model that the tests of package annotate run, and
what the network before rounding, and the splitter, make of some tokens."""
import argparse
import json
import os
import struct
import tempfile
import zlib

import numpy as np
import torch

from data import COLUMNS, VALUES
from loops import LABELS, marginals
from pack import FEATURES, OUTPUTS, f32, levels, matrix
from teacher import HINTS, Pieces, Teacher, batch

FORMAT = 1
PLACES = 256  # pieces of a window
LOUDER = 32  # times the sum of the tables, which is normed: the constant that the norm adds to a variance counts less


def table(w):
    q, scale = levels(w * LOUDER, 127)
    return q.tobytes() + f32(scale)


def pack(model, pieces, places=PLACES):
    w = {k: v.double().numpy() for k, v in model.state_dict().items()}
    count, d = w["words.weight"].shape
    heads, inner, hidden = model.layers[0].heads, w["layers.0.up.weight"].shape[0], w["ahead.weight"].shape[0] // 3
    order = sorted((i, p) for p, i in pieces.vocab.items() if i < count)
    assert [i for i, _ in order] == list(range(count))
    text = "\n".join(p for _, p in order).encode()

    def linear(name):
        return matrix(w[name + ".weight"], w[name + ".bias"])

    def norm(name):
        return f32(w[name + ".weight"]) + f32(w[name + ".bias"])

    body = struct.pack("<8I", d, heads, inner, len(model.layers), hidden, places, count, len(text)) + text
    body += table(w["words.weight"])
    for i in range(len(HINTS)):
        body += table(w[f"hints.{i}.weight"])
    body += f32((w["places.weight"][:places] + w["kinds.weight"][0]) * LOUDER) + norm("norm")
    for i in range(len(model.layers)):
        p = f"layers.{i}."
        for name in ("qkv", "out"):
            body += linear(p + name)
        body += norm(p + "norm1")
        for name in ("up", "down"):
            body += linear(p + name)
        body += norm(p + "norm2")
    body += linear("ahead") + linear("behind")
    top, bias = np.zeros((OUTPUTS, 2 * hidden + d)), np.zeros(OUTPUTS)
    top[:LABELS], bias[:LABELS] = w["top.weight"], w["top.bias"]
    body += matrix(top[:, : 2 * hidden], 0 * bias) + matrix(top[:, 2 * hidden :], bias) + f32(w["trans"])
    return b"HEARSAY2" + struct.pack("<3I", FORMAT, FEATURES, zlib.crc32(body)) + body


class Part:
    """A set of one article."""

    def __init__(self, words, ids):
        self.words, self.ids, self.tags = words, ids, np.zeros(len(words), np.uint8)


WORDS = """The harbour master said on Monday that nothing would sink but trust , and nobody laughed . “ We 've counted 1,250
crates twice ” – she added … Café owners in Łumia , naïve or not , weren't asked : £40 is £40 ! Mr. O'Ness (the mayor's uncle) re-
elected in '98 , wrote to info@velmora.example about the anti-establishmentarianism of U.S. ferries @dock #tide 한 𝒳 İst ½ e\u0301t ¿why?
¡no! a_b 北海 \u200d — «so» ‘it’ went ´ŠKODA´ \u0301""".split()


def tiny(folder):
    torch.manual_seed(3)
    d, vocab = 64, ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
    vocab += [p + c for p in ("", "##") for c in "abcdefghijklmnopqrstuvwxyz0"] + list(".,:!?'\"-()@#_$£´¿¡")
    vocab += "the said that mayor harbour monday nothing ##ing ##tion ##able ##mar 12 ##50 ##tru trust 北 ##海 é".split()
    file = os.path.join(tempfile.mkdtemp(), "vocab.txt")
    with open(file, "w", encoding="utf-8") as f:
        f.write("\n".join(vocab))
    pieces = Pieces(file)
    model = Teacher(d=d, layers=2, heads=2, inner=128, vocab=len(vocab), hidden=32).eval()
    with torch.no_grad():
        for name, p in model.named_parameters():
            if "norm" not in name:
                p.normal_(0, 0.1)
        model.top.weight.normal_(0, 0.5)
    places = 64
    with open(os.path.join(folder, "tiny.model"), "wb") as f:
        f.write(pack(model, pieces, places))
    rng = np.random.default_rng(4)
    ids = np.stack([rng.integers(0, v or 2**32, len(WORDS)) for v in VALUES], 1)
    assert ids.shape == (len(WORDS), COLUMNS)
    cases, at = [], 0
    while at < len(WORDS):
        end, used = at, 0
        while end < len(WORDS) and used + len(pieces.of(WORDS[end])) <= places - 2:
            used += len(pieces.of(WORDS[end]))
            end += 1
        part = Part(WORDS[at:end], ids[at:end])
        with torch.no_grad():
            i, hints, firsts, _, n = batch(pieces, None, [(part, 0, end - at)])
            emit = model(i, hints, firsts)
            m, _, _ = marginals(emit, model.trans, n)

        def rounded(x):
            return [[round(float(v), 4) for v in row] for row in x[0, : end - at]]

        cases.append({"words": part.words, "pieces": [pieces.of(w) for w in part.words], "ids": part.ids.tolist(),
                      "emissions": rounded(emit), "chances": rounded(m)})
        at = end
    with open(os.path.join(folder, "tiny.json"), "w") as f:
        f.write("[\n" + ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases) + "\n]\n")


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--weights")
    p.add_argument("--encoder")
    p.add_argument("--out")
    p.add_argument("--tiny")
    args = p.parse_args()
    if args.tiny:
        tiny(args.tiny)
        return
    model = Teacher()
    model.load_state_dict(torch.load(args.weights))
    file = pack(model, Pieces(os.path.join(args.encoder, "vocab.txt")))
    with open(args.out, "wb") as f:
        f.write(file)
    print(len(file), "bytes")


if __name__ == "__main__":
    main()
