"""The loops of scan.c as PyTorch functions: the simple recurrent unit and the CRF."""
import ctypes
import os
import subprocess
import tempfile

import torch

LABELS = 7  # outside, then begin and inside of speaker, cue and content


def _library():
    here = os.path.dirname(os.path.abspath(__file__))
    out = os.path.join(tempfile.mkdtemp(prefix="scan"), "scan.so")
    subprocess.run(["gcc", "-O3", "-march=native", "-ffast-math", "-shared", "-fPIC", "-o", out,
                    os.path.join(here, "scan.c"), "-lm"], check=True)
    return ctypes.CDLL(out)


_lib = _library()


def _at(t):
    return ctypes.c_void_p(t.data_ptr())


class _SRU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, u, f, r, reverse):
        b, t, d = u.shape
        u, f, r = u.contiguous(), f.clone(memory_format=torch.contiguous_format), r.clone(memory_format=torch.contiguous_format)
        c, y = torch.empty_like(u), torch.empty_like(u)
        _lib.sru_forward(b, t, d, int(reverse), _at(u), _at(f), _at(r), _at(c), _at(y))
        ctx.save_for_backward(u, f, r, c)
        ctx.reverse = reverse
        return y

    @staticmethod
    def backward(ctx, gy):
        u, f, r, c = ctx.saved_tensors
        b, t, d = u.shape
        gy = gy.contiguous()
        gu, gf, gr = torch.empty_like(u), torch.empty_like(u), torch.empty_like(u)
        carry = torch.empty(d)
        _lib.sru_backward(b, t, d, int(ctx.reverse), _at(u), _at(f), _at(r), _at(c), _at(gy), _at(gu), _at(gf), _at(gr), _at(carry))
        return gu, gf, gr, None


sru = _SRU.apply


def forbidden():
    """The transitions that no tagging has: inside without a beginning."""
    t = torch.zeros(LABELS, LABELS)
    for inside in (2, 4, 6):
        for before in range(LABELS):
            if before not in (inside - 1, inside):
                t[before, inside] = -1e4
    return t


def marginals(emit, trans, n):
    """The CRF's marginals (B, T, L), log Z (B) and expected transitions (L, L)."""
    emit = emit.detach().contiguous()
    b, t, l = emit.shape
    m = torch.empty_like(emit)
    logz, counts = torch.empty(b, dtype=torch.float64), torch.zeros(l, l, dtype=torch.float64)
    trans = (trans.detach() + forbidden()).contiguous()
    n = n.to(torch.int32).contiguous()
    _lib.crf(b, t, l, _at(emit), _at(trans), _at(n), _at(m), _at(logz), _at(counts))
    return m, logz, counts


class _CRF(torch.autograd.Function):
    @staticmethod
    def forward(ctx, emit, trans, goal, tags, n):
        """The summed negative log likelihood of a tagging. goal (B, T, L): the share of each label, one for gold; tags
        (B, T): the tagging whose transitions count."""
        m, logz, counts = marginals(emit, trans, n)
        b, t, l = emit.shape
        live = torch.arange(t)[None] < n[:, None]
        goal = goal * live[..., None]
        pairs = live[:, 1:]
        flat = (tags[:, :-1].long() * l + tags[:, 1:].long())[pairs]
        seen = torch.bincount(flat, minlength=l * l).reshape(l, l)
        score = (emit * goal).sum() + (seen * trans).sum()
        ctx.save_for_backward(m - goal, (counts - seen).float())
        return (logz.sum() - score).float()

    @staticmethod
    def backward(ctx, g):
        ge, gt = ctx.saved_tensors
        return g * ge, g * gt, None, None, None


def crf_loss(emit, trans, tags, n, goal=None):
    if goal is None:
        goal = torch.nn.functional.one_hot(tags.long(), emit.shape[-1]).to(emit.dtype)
    return _CRF.apply(emit, trans, goal, tags, n)


def viterbi(emit, trans):
    """The best tagging of one sequence (T, L)."""
    trans = (trans + forbidden()).numpy()
    x = emit.numpy()
    best, back = x[0].copy(), []
    for row in x[1:]:
        s = best[:, None] + trans
        back.append(s.argmax(0))
        best = s.max(0) + row
    tags = [int(best.argmax())]
    for b in reversed(back):
        tags.append(int(b[tags[-1]]))
    return tags[::-1]
