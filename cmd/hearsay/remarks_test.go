package main

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"

	"hearsay/annotate"
	"hearsay/compare"
	"hearsay/read"
)

// said returns what there is to compare of the statements of a file.
func said(t *testing.T, file string) []compare.Said {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	annotator, err := annotate.Load()
	if err != nil {
		t.Fatal(err)
	}
	a := &app{ctx: context.Background(), talk: newProgress(&bytes.Buffer{})}
	doc, err := a.document(file, string(text), read.Options{})
	if err != nil {
		t.Fatal(err)
	}
	ss := annotator.Statements(doc)
	var all []compare.Said
	for i := range ss {
		all = append(all, compare.Of(doc, &ss[i]))
	}
	return all
}

// TestAlteredQuotationsAreShownWordByWord compares two reports on one meeting:
// one has what was said as the public record has it, the other reworded it
// inside its quotation marks.
func TestAlteredQuotationsAreShownWordByWord(t *testing.T) {
	original, reworded := said(t, "testdata/remarks/record.txt"), said(t, "testdata/remarks/reworded.txt")
	for _, test := range []struct {
		of, in   string // words of the two statements
		relation compare.Relation
		changed  []string // words of the first, and what the second has for them
	}{
		{"a lot of fun", "a lot of fun", compare.Trimmed, nil},
		{"toothache", "dental", compare.Altered, []string{"toothache > dental", "accommodating > soothing"}},
		{"more united", "more united", compare.Altered, []string{"Allies have > has", "sure that happened. And > it happen"}},
		{"rock solid", "very solid", compare.Altered, []string{"rock > was “very"}},
		{"building on that momentum", "build on this momentum", compare.Altered, []string{"we’re going to be building on that momentum > we will build on this momentum"}},
		{"160 tanks", "180 tanks", compare.Altered, []string{"160 > 180"}},
	} {
		a, b := longest(original, test.of), longest(reworded, test.in)
		v := compare.Wording(a, b)
		if v.Relation != test.relation {
			t.Errorf("%q and %q are %q, want %q", a.Text, b.Text, v.Relation, test.relation)
			continue
		}
		var changes []string
		for _, c := range v.Changes {
			changes = append(changes, c.A.In(a.Text)+" > "+c.B.In(b.Text))
		}
		all := strings.Join(changes, "\n")
		for _, want := range test.changed {
			if !strings.Contains(all, want) {
				t.Errorf("%q and %q: no change %q among\n%s", a.Text, b.Text, want, all)
			}
		}
	}
}

// longest returns the longest statement that holds the words.
func longest(ss []compare.Said, words string) (most compare.Said) {
	for _, s := range ss {
		if strings.Contains(s.Text, words) && len(s.Text) > len(most.Text) {
			most = s
		}
	}
	return most
}
