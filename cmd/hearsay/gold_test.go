package main

import (
	"bytes"
	"cmp"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hearsay"
	"hearsay/annotate"
	"hearsay/export"
	"hearsay/internal/score"
	"hearsay/read"
)

// TestOneReportFromBytesToStatements reads a damaged report of a broadcaster,
// marked by hand: most of its statements are found with the right speaker, its
// damage is repaired, and its credit and tag lines say nothing. The report is
// no part of the project; without it the test is skipped.
func TestOneReportFromBytesToStatements(t *testing.T) {
	dir := cmp.Or(os.Getenv("HEARSAY_REPORTS"), "../../../shared/reports")
	path := filepath.Join(dir, "stoltenberg-washington.gold.json")
	if _, err := os.Stat(path); err != nil {
		t.Skip("skipped: no report with gold: ", err)
	}
	gold, err := score.ReadGold(path)
	if err != nil {
		t.Fatal(err)
	}
	annotator, err := annotate.Load()
	if err != nil {
		t.Fatal(err)
	}
	a := &app{ctx: context.Background(), talk: newProgress(&bytes.Buffer{})}
	doc, err := a.document(gold.File, gold.Text, read.Options{})
	if err != nil {
		t.Fatal(err)
	}
	statements := annotator.Statements(doc)

	const least = 33 // of 34
	if r := gold.Compare(doc, statements); r.Right < least {
		t.Errorf("%d of %d statements found with the right speaker, want %d", r.Right, r.Gold, least)
	}
	if strings.ContainsRune(doc.Text, 'β') {
		t.Error("a broken quotation mark stands in the text")
	}
	kinds := map[hearsay.BlockKind]int{}
	for _, b := range doc.Blocks {
		kinds[b.Kind]++
		if b.Kind != hearsay.Credit && b.Kind != hearsay.Boilerplate {
			continue
		}
		for _, s := range statements {
			if s.Content[0].Overlaps(b.Span) || s.Cue.Overlaps(b.Span) {
				t.Errorf("a statement in the %s %q", b.Kind, b.In(doc.Text))
			}
		}
	}
	if kinds[hearsay.Credit] != 1 || kinds[hearsay.Boilerplate] != 1 || kinds[hearsay.Heading] != 4 {
		t.Errorf("kinds of block: %v, want 1 credit line, 1 boilerplate, 4 headings", kinds)
	}
	if err := export.JSON(&bytes.Buffer{}, doc, statements, nil); err != nil {
		t.Error(err)
	}
}
