package main

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"hearsay"
	"hearsay/compare"
)

// saidBy makes what there is to compare of a statement.
func saidBy(speaker, text string) compare.Said {
	s := hearsay.Statement{Quoting: hearsay.Indirect, Content: []hearsay.Span{{Start: 0, End: len(text)}}}
	said := compare.Of(&hearsay.Document{Text: text, Lang: "en"}, &s)
	said.Speaker = compare.Known{Name: speaker, Kind: hearsay.ByName}
	return said
}

func TestPairs(t *testing.T) {
	before := []compare.Said{
		saidBy("Ines Dorva", "the ferry to the island will sail again on Monday morning"),
		saidBy("Ines Dorva", "nobody was hurt"),
		saidBy("Ines Dorva", "nobody was hurt"),
		saidBy("Tom Osei", "the gates of the upper lock had rusted through"),
	}
	after := []compare.Said{
		saidBy("Ines Dorva", "nobody was hurt"),
		saidBy("Ana Krel", "the mill was sold to a brewer from the capital"),
		saidBy("Ines Dorva", "the ferry to the island will not sail again on Monday morning"),
	}
	var got []string
	for _, p := range pairs(before, after) {
		got = append(got, fmt.Sprintf("%d %d %s", p.a, p.b, p.verdict.Relation))
	}
	want := []string{"1 0 same", "-1 1 ", "0 2 altered", "2 -1 ", "3 -1 "}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// Articles of thousands of statements that are nearly the same are compared in
// a moment.
func TestPairsOfManyAreBounded(t *testing.T) {
	var before, after []compare.Said
	for i := range 2000 {
		before = append(before, saidBy("Ines Dorva", fmt.Sprintf("the ferry to the island will sail again on Monday morning with %d people", i)))
		after = append(after, saidBy("Ines Dorva", fmt.Sprintf("the ferry to the island will sail again on Monday morning with %d people", i+5000)))
	}
	began := time.Now()
	if n := len(pairs(before, after)); n < 2000 {
		t.Error(n)
	}
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("took %v", took)
	}
}
