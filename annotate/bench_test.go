package annotate

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hearsay"
)

// examples returns the text of the example reports, n times over.
func examples(b *testing.B, n int) (text string, words int) {
	b.Helper()
	files, err := filepath.Glob("../examples/*.txt")
	if err != nil || len(files) == 0 {
		b.Fatalf("no example reports: %v", err)
	}
	var all strings.Builder
	for _, f := range files {
		t, err := os.ReadFile(f)
		if err != nil {
			b.Fatal(err)
		}
		all.Write(t)
		all.WriteString("\n\n")
	}
	text = strings.Repeat(all.String(), n)
	return text, len(strings.Fields(text))
}

// BenchmarkStatements annotates 1, 10 and 100 times the example reports as one
// document: words a second must not fall with the length.
func BenchmarkStatements(b *testing.B) {
	a := load(b)
	for _, n := range []int{1, 10, 100} {
		text, words := examples(b, n)
		d := report(text)
		b.Run(fmt.Sprintf("%dx", n), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				a.Statements(d)
			}
			b.ReportMetric(float64(words)*float64(b.N)/b.Elapsed().Seconds(), "words/s")
		})
	}
}

// BenchmarkStages times the steps of Statements, each on what the one before
// it gives.
func BenchmarkStages(b *testing.B) {
	a := load(b)
	text, words := examples(b, 1)
	d := report(text)
	x := a.analyse(d)
	verbs := x.verbs()
	rules := x.layer(verbs)
	ids := x.features(rules)
	emit := a.net.emissions(ids)
	tags := a.net.decode(emit)
	found := a.attributions(x)
	all := append(found, a.nested(x, found)...)
	for _, s := range []struct {
		name string
		step func()
	}{
		{"tokens", func() { tokens(d, a.lex) }},
		{"quotations", func() { quotations(x.ts, text) }},
		{"sentences", func() { sentences(x.ts, text, x.qs, a.lex) }},
		{"rules", func() { x.layer(x.verbs()) }},
		{"features", func() { x.features(rules) }},
		{"network", func() { a.net.emissions(ids) }},
		{"decoding", func() { a.net.decode(emit); a.net.chances(emit) }},
		{"linking", func() { x.link(tags) }},
		{"nested", func() { a.nested(x, found) }},
		{"speakers", func() { x.records(all) }},
	} {
		b.Run(s.name, func(b *testing.B) {
			for b.Loop() {
				s.step()
			}
			b.ReportMetric(float64(words)*float64(b.N)/b.Elapsed().Seconds(), "words/s")
		})
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		load(b)
	}
}

// BenchmarkNumbers times the numbers of the example reports: of all their
// statements, and where all of the text is claimed.
func BenchmarkNumbers(b *testing.B) {
	a := load(b)
	text, n := examples(b, 1)
	d := report(text)
	x := a.analyse(d)
	found := a.attributions(x)
	r := newResolver(x, nil)
	ss, parts := x.statements(append(found, a.nested(x, found)...), r)
	for _, c := range []struct {
		name  string
		ss    []hearsay.Statement
		parts []attribution
	}{
		{"statements", ss, parts},
		{"all", make([]hearsay.Statement, 1), []attribution{{content: []words{{0, len(x.ts)}}}}},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				for i := range c.ss {
					c.ss[i].Numbers, c.ss[i].Because = nil, nil
				}
				x.quantities(c.ss, c.parts, r)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(n)/float64(b.N), "ns/word")
		})
	}
}
