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
		found[i] = score.Attributions(doc, score.Outermost(annotator.Statements(doc)))
	}
	r := score.Compare(articles, found)
	for name, least := range map[string]float64{
		"attribution": 0.78, "attribution_direct": 0.94, "attribution_mixed": 0.86, "attribution_speech": 0.87, "attribution_other": 0.58,
		"speaker_piece": 0.78, "cue_piece": 0.715, "content_piece": 0.65,
	} {
		if f := r.Figure(name); f.F1 < least {
			t.Errorf("%s: F1 %.3f, want %.2f", name, f.F1, least)
		}
	}
	if r.Alpha.Alpha < 0.755 {
		t.Errorf("alpha %.3f, want 0.755", r.Alpha.Alpha)
	}
}
