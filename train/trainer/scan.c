/* The loops of the trainer that are no matrix products: the simple recurrent
 * unit and the linear-chain conditional random field, forward and backward.
 * Built by loops.py with the C compiler of the machine. */
#include <math.h>
#include <string.h>

/* Rows of B sequences of T steps of D channels. u, f, r: candidate and gates
 * before the sigmoid; f and r are replaced by their sigmoids. c: states, y: output. */
void sru_forward(int B, int T, int D, int reverse, const float *u, float *f, float *r, float *c, float *y) {
    for (int b = 0; b < B; b++) {
        long prev = -1;
        for (int s = 0; s < T; s++) {
            long at = ((long)b * T + (reverse ? T - 1 - s : s)) * D;
            for (int d = 0; d < D; d++) {
                float fg = 1.0f / (1.0f + expf(-f[at + d])), rg = 1.0f / (1.0f + expf(-r[at + d]));
                float before = prev < 0 ? 0.0f : c[prev + d];
                float now = fg * before + (1.0f - fg) * u[at + d];
                f[at + d] = fg;
                r[at + d] = rg;
                c[at + d] = now;
                y[at + d] = rg * now;
            }
            prev = at;
        }
    }
}

void sru_backward(int B, int T, int D, int reverse, const float *u, const float *f, const float *r, const float *c,
                  const float *gy, float *gu, float *gf, float *gr, float *carry) {
    for (int b = 0; b < B; b++) {
        memset(carry, 0, sizeof(float) * D);
        for (int s = T - 1; s >= 0; s--) {
            long at = ((long)b * T + (reverse ? T - 1 - s : s)) * D;
            long prev = s == 0 ? -1 : reverse ? at + D : at - D;
            for (int d = 0; d < D; d++) {
                float before = prev < 0 ? 0.0f : c[prev + d];
                float g = gy[at + d], fg = f[at + d], rg = r[at + d];
                float gc = g * rg + carry[d];
                gr[at + d] = g * c[at + d] * rg * (1.0f - rg);
                gf[at + d] = gc * (before - u[at + d]) * fg * (1.0f - fg);
                gu[at + d] = gc * (1.0f - fg);
                carry[d] = gc * fg;
            }
        }
    }
}

#define MOST 16

/* Linear-chain CRF over L labels. emit: B x T x L, trans: L x L (from, to), n: the
 * lengths. Writes the marginals, the log of the partition function, and where
 * tags are given the sum of the expected counts of transitions. */
void crf(int B, int T, int L, const float *emit, const float *trans, const int *n, float *marginals, double *logz, double *counts) {
    double e[MOST][MOST];
    for (int i = 0; i < L; i++)
        for (int j = 0; j < L; j++) e[i][j] = exp((double)trans[i * L + j]);
    static __thread double alpha[4096][MOST], beta[MOST], next[MOST], p[4096][MOST];
    for (int b = 0; b < B; b++) {
        const float *x = emit + (long)b * T * L;
        float *m = marginals + (long)b * T * L;
        double z = 0;
        for (int t = 0; t < n[b]; t++) {
            double top = x[t * L], sum = 0;
            for (int l = 1; l < L; l++) if (x[t * L + l] > top) top = x[t * L + l];
            z += top;
            for (int l = 0; l < L; l++) {
                double a = 1;
                if (t > 0) {
                    a = 0;
                    for (int k = 0; k < L; k++) a += alpha[t - 1][k] * e[k][l];
                }
                p[t][l] = exp(x[t * L + l] - top);
                alpha[t][l] = a * p[t][l];
                sum += alpha[t][l];
            }
            for (int l = 0; l < L; l++) alpha[t][l] /= sum;
            z += log(sum);
        }
        logz[b] = z;
        for (int l = 0; l < L; l++) beta[l] = 1;
        for (int t = n[b] - 1; t >= 0; t--) {
            double sum = 0;
            for (int l = 0; l < L; l++) sum += alpha[t][l] * beta[l];
            for (int l = 0; l < L; l++) m[t * L + l] = (float)(alpha[t][l] * beta[l] / sum);
            if (t == 0) break;
            double all = 0, w[MOST][MOST];
            for (int k = 0; k < L; k++)
                for (int l = 0; l < L; l++) {
                    w[k][l] = alpha[t - 1][k] * e[k][l] * p[t][l] * beta[l];
                    all += w[k][l];
                }
            double most = 0;
            for (int k = 0; k < L; k++) {
                next[k] = 0;
                for (int l = 0; l < L; l++) {
                    counts[k * L + l] += w[k][l] / all;
                    next[k] += e[k][l] * p[t][l] * beta[l];
                }
                if (next[k] > most) most = next[k];
            }
            for (int k = 0; k < L; k++) beta[k] = next[k] / most;
        }
        for (int t = n[b]; t < T; t++) memset(m + t * L, 0, sizeof(float) * L);
    }
}
