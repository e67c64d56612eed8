package synth

import (
	"fmt"
	"reflect"
	"testing"
	"unicode/utf8"
)

func TestReportsAreTheSameForTheSameSeed(t *testing.T) {
	var a, b []Report
	for r := range Reports(Options{Seed: 3, Reports: 200}) {
		a = append(a, r)
	}
	for r := range Reports(Options{Seed: 3, Reports: 200}) {
		b = append(b, r)
	}
	if len(a) != 200 || !reflect.DeepEqual(a, b) {
		t.Error("two runs with one seed differ")
	}
}

func TestSpansAndTruth(t *testing.T) {
	changes := map[Change]int{}
	ids := map[string]bool{}
	for r := range Reports(Options{Seed: 1, Reports: 3000}) {
		if len(r.Truth) != len(r.Statements) || len(r.Statements) == 0 {
			t.Fatalf("%d statements, %d truths", len(r.Statements), len(r.Truth))
		}
		text := r.Document.Text
		if !utf8.ValidString(text) {
			t.Fatal("not UTF-8")
		}
		for i, s := range r.Statements {
			if s.Cue.In(text) != "said" || s.Speaker.In(text) != s.Speaker.Name || s.Content[0].Empty() {
				t.Fatalf("spans of %+v", s)
			}
			for _, n := range s.Numbers {
				if got := n.In(text); got != fmt.Sprintf("%d %s", int(n.Value), n.Unit) {
					t.Fatalf("number %q is %v", got, n)
				}
			}
			if ids[s.ID] {
				t.Fatalf("statement %s twice", s.ID)
			}
			ids[s.ID] = true
			changes[r.Truth[i].Change]++
		}
	}
	for _, c := range []Change{"", Copied, Trimmed, Reworded, Number, Negation, QuotedWords, Speaker} {
		if changes[c] < 30 {
			t.Errorf("%d statements with change %q", changes[c], c)
		}
	}
}

func BenchmarkReports(b *testing.B) {
	n := 0
	for range Reports(Options{Reports: b.N}) {
		n++
	}
}
