package annotate

import (
	"fmt"
	"os"
	"testing"

	"hearsay/internal/score"
)

// BenchmarkGate tells how good statements are, and how fast they are found, by how
// doubtful a sentence must be for the encoder to read it. It needs the corpus,
// and the accurate model in the file that HEARSAY_ACCURATE names.
func BenchmarkGate(b *testing.B) {
	file := os.Getenv("HEARSAY_ACCURATE")
	if file == "" {
		b.Skip("skipped: HEARSAY_ACCURATE names no accurate model")
	}
	model, err := os.ReadFile(file)
	if err != nil {
		b.Fatal(err)
	}
	articles, err := score.PolNeAR(corpora(b, "polnear/dev"))
	if err != nil {
		b.Fatal(err)
	}
	a, err := load(b).WithAccurate(model)
	if err != nil {
		b.Fatal(err)
	}
	for _, doubt := range []float64{2, 0.5, 0.4, 0.3, 0.2, 0.1, 0} {
		b.Run(fmt.Sprintf("doubt=%.1f", doubt), func(b *testing.B) { gate(b, a, articles, doubt) })
	}
}

func gate(b *testing.B, a *Annotator, articles []score.Article, doubt float64) {
	a.encoder.doubt = doubt
	found := make([][]score.Attribution, len(articles))
	for b.Loop() {
		for i, article := range articles {
			doc := report(article.Text)
			found[i] = score.Attributions(doc, score.Outermost(a.Statements(doc)))
		}
	}
	seconds := b.Elapsed().Seconds() / float64(b.N)
	read, tokens, count := 0, 0, 0
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
	b.ReportMetric(float64(read)/float64(tokens), "read")
	b.ReportMetric(float64(count)/seconds, "words/s")
	b.ReportMetric(r.Alpha.Alpha, "alpha")
	b.ReportMetric(r.Figure("attribution").F1, "statements")
	b.ReportMetric(r.Figure("content_exact").F1, "content")
}
