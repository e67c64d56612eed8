package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hearsay/annotate"
	"hearsay/read"
)

// BenchmarkPipeline reads and annotates 1, 10 and 100 times the example reports
// as one plain text. Words a second must not fall with the length.
func BenchmarkPipeline(b *testing.B) {
	a, err := annotate.Load()
	if err != nil {
		b.Fatal(err)
	}
	files, err := filepath.Glob("../../examples/*.txt")
	if err != nil || len(files) == 0 {
		b.Fatalf("no example reports: %v", err)
	}
	var all strings.Builder
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			b.Fatal(err)
		}
		all.Write(text)
		all.WriteString("\n\n")
	}
	for _, n := range []int{1, 10, 100} {
		text := strings.Repeat(all.String(), n)
		words := len(strings.Fields(text))
		b.Run(fmt.Sprintf("%dx", n), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				in := read.Input{Name: "examples.txt", Body: strings.NewReader(text)}
				for doc, err := range read.Documents(b.Context(), in, read.Options{}) {
					if err != nil {
						b.Fatal(err)
					}
					a.Statements(doc)
				}
			}
			b.ReportMetric(float64(words)*float64(b.N)/b.Elapsed().Seconds(), "words/s")
		})
	}
}
