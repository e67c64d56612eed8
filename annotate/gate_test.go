package annotate

import (
	"os"
	"testing"
	"time"

	"hearsay/internal/score"
)

// TestGate prints how good statements are, and how fast they are found, by how
// doubtful a sentence must be for the encoder to read it. It needs the corpus,
// and the accurate model in the file that HEARSAY_ACCURATE names.
func TestGate(t *testing.T) {
	file := os.Getenv("HEARSAY_ACCURATE")
	if file == "" {
		t.Skip("skipped: HEARSAY_ACCURATE names no accurate model")
	}
	model, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	articles, err := score.PolNeAR(corpora(t, "polnear/dev"))
	if err != nil {
		t.Fatal(err)
	}
	fast := load(t)
	a, err := fast.WithAccurate(model)
	if err != nil {
		t.Fatal(err)
	}
	for _, doubt := range []float64{2, 0.5, 0.4, 0.3, 0.2, 0.1, 0} {
		a.encoder.doubt = doubt
		found := make([][]score.Attribution, len(articles))
		read, tokens, count := 0, 0, 0
		begun := time.Now()
		for i, article := range articles {
			doc := report(article.Text)
			found[i] = score.Attributions(doc, score.Outermost(a.Statements(doc)))
		}
		seconds := time.Since(begun).Seconds()
		for _, article := range articles {
			x := a.analyse(report(article.Text))
			ids := x.features(x.layer(x.verbs()))
			for _, w := range x.doubtful(a.net.chances(a.net.emissions(ids)), doubt) {
				read += w.to - w.from
			}
			tokens += len(x.ts)
			for k := range x.ts {
				count += int(truth(x.ts[k].kind == wordToken || x.ts[k].kind == numberToken))
			}
		}
		r := score.Compare(articles, found)
		t.Logf("doubt %.1f: %3.0f %% of the tokens read, %6.0f words a second, alpha %.3f, statements %.3f, content %.3f",
			doubt, 100*float64(read)/float64(tokens), float64(count)/seconds, r.Alpha.Alpha,
			r.Figure("attribution").F1, r.Figure("content_exact").F1)
	}
}
