package main

import (
	"bytes"
	"cmp"
	"os"
	"path/filepath"
	"testing"

	"hearsay/annotate"
	"hearsay/internal/score"
	"hearsay/read"
)

// TestStatementsOfPolNeAR holds the annotator against the marks of PolNeAR's dev
// part. The bounds lie a point or two under what docs/numbers.md records; a
// change that falls below them has broken something.
func TestStatementsOfPolNeAR(t *testing.T) {
	dir := filepath.Join(cmp.Or(os.Getenv("HEARSAY_CORPORA"), "../../../shared/corpora"), "polnear", "dev")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("skipped: no PolNeAR: ", err)
	}
	articles, err := score.PolNeAR(dir)
	if err != nil {
		t.Fatal(err)
	}
	annotator, err := annotate.Load()
	if err != nil {
		t.Fatal(err)
	}
	a := &app{ctx: t.Context(), talk: newProgress(&bytes.Buffer{})}
	found := make([][]score.Attribution, len(articles))
	for i, article := range articles {
		doc, err := a.document(article.Name, article.Text, read.Options{})
		if err != nil {
			t.Fatal(err)
		}
		found[i] = score.Attributions(doc, annotator.Statements(doc))
	}
	r := score.Compare(articles, found)
	for name, least := range map[string]float64{
		"attribution": 0.71, "attribution_direct": 0.91, "attribution_mixed": 0.76, "attribution_speech": 0.82, "attribution_other": 0.45,
	} {
		if f := r.Figure(name); f.F1 < least {
			t.Errorf("%s: F1 %.3f, want %.2f", name, f.F1, least)
		}
	}
}
