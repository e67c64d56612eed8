package annotate

import (
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"hearsay"
	"hearsay/internal/score"
)

// A judged statement of the tagger: the evidence for it, and whether people
// marked it, too.
type judged struct {
	evidence
	right   bool
	article int
}

// TestCalibration fits the weights of en.score on PolNeAR's dev part with
// -update. Without, it holds them to an expected calibration error below 0.05.
// The error is printed, too, of weights fitted on the other four fifths of the
// articles.
func TestCalibration(t *testing.T) {
	all := judge(t, corpora(t, "polnear/dev"))
	a := load(t)
	weights := a.weights
	if *update {
		weights = fit(all, func(judged) bool { return true })
		writeWeights(t, weights)
	}
	whole := reliability(all, func(j judged) float64 { return weights.sure(j.evidence) })
	var folds [5]evidence
	for k := range folds {
		folds[k] = fit(all, func(j judged) bool { return j.article%5 != k })
	}
	across := reliability(all, func(j judged) float64 { return folds[j.article%5].sure(j.evidence) })
	t.Logf("fitted on all of it:\n%s", whole)
	t.Logf("fitted on the other four fifths:\n%s", across)
	if e := max(whole.error(), across.error()); e >= 0.05 {
		t.Errorf("expected calibration error %.3f, want less than 0.05", e)
	}
}

// judge runs the tagger over a part of PolNeAR.
func judge(t *testing.T, dir string) []judged {
	t.Helper()
	articles, err := score.PolNeAR(dir)
	if err != nil {
		t.Fatal(err)
	}
	a := load(t)
	var all []judged
	for k, article := range articles {
		x := a.analyse(report(article.Text))
		found, weighed := a.tagged(x, x.layer(x.verbs()))
		spans := make([]score.Attribution, len(found))
		for i := range found {
			spans[i] = x.spans(&found[i])
		}
		for i, ok := range score.Right(article, spans) {
			all = append(all, judged{weighed[i], ok, k})
		}
	}
	return all
}

// spans returns an attribution as package score measures it.
func (a *analysis) spans(at *attribution) score.Attribution {
	s := score.Attribution{Cue: []hearsay.Span{a.span(at.cue)}}
	if !at.speaker.empty() {
		s.Speaker = []hearsay.Span{a.span(at.speaker)}
	}
	for _, c := range at.content {
		s.Content = append(s.Content, a.span(c))
	}
	return s
}

// fit finds the weights of a logistic regression by Newton's method, with a
// little of a pull to zero.
func fit(all []judged, use func(judged) bool) evidence {
	var w evidence
	for range 25 {
		var g evidence
		var h [evidences][evidences]float64
		for i := range h {
			h[i][i] = 1
			g[i] = -w[i]
		}
		for _, j := range all {
			if !use(j) {
				continue
			}
			p := w.sure(j.evidence)
			for a, x := range j.evidence {
				g[a] += (float64(truth(j.right)) - p) * x
				for b, y := range j.evidence {
					h[a][b] += p * (1 - p) * x * y
				}
			}
		}
		step := solve(h, g)
		for i := range w {
			w[i] += step[i]
		}
	}
	return w
}

// solve returns x with h x = g, by Gaussian elimination.
func solve(h [evidences][evidences]float64, g evidence) evidence {
	for i := range h {
		for j := i + 1; j < int(evidences); j++ {
			f := h[j][i] / h[i][i]
			for k := i; k < int(evidences); k++ {
				h[j][k] -= f * h[i][k]
			}
			g[j] -= f * g[i]
		}
	}
	for i := int(evidences) - 1; i >= 0; i-- {
		for k := i + 1; k < int(evidences); k++ {
			g[i] -= h[i][k] * g[k]
		}
		g[i] /= h[i][i]
	}
	return g
}

func writeWeights(t *testing.T, w evidence) {
	t.Helper()
	var b strings.Builder
	b.WriteString("# How sure the tagger is of a statement: see certainty.go. Written by\n#   go test ./annotate -run Calibration -update\n")
	for i, name := range evidenceNames {
		fmt.Fprintf(&b, "%-14s %.4f\n", name, w[i])
	}
	if err := os.WriteFile("en.score", []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

// A diagram counts statements by how sure the tagger is of them.
type diagram [10]struct {
	n, right int
	sure     float64
}

func reliability(all []judged, sure func(judged) float64) diagram {
	var d diagram
	for _, j := range all {
		p := sure(j)
		bin := &d[min(int(p*10), 9)]
		bin.n++
		bin.right += int(truth(j.right))
		bin.sure += p
	}
	return d
}

// error is the expected calibration error: how far the mean score of a tenth of
// the scale is from the share that was right, weighted by numbers.
func (d diagram) error() float64 {
	sum, n := 0.0, 0
	for _, b := range d {
		sum += math.Abs(b.sure - float64(b.right))
		n += b.n
	}
	return sum / float64(max(n, 1))
}

func (d diagram) String() string {
	var b strings.Builder
	for i, x := range d {
		if x.n > 0 {
			fmt.Fprintf(&b, "%.1f-%.1f %5d  score %.3f  right %.3f\n", float64(i)/10, float64(i+1)/10, x.n, x.sure/float64(x.n), float64(x.right)/float64(x.n))
		}
	}
	fmt.Fprintf(&b, "expected calibration error %.4f\n", d.error())
	return b.String()
}
