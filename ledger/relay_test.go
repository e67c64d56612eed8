package ledger

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hearsay/compare"
)

// variantOf finds the statement of a report that has some words.
func statementWith(t testing.TB, items []item, file, words string) string {
	t.Helper()
	for _, it := range items {
		if !strings.HasSuffix(it.doc.File, file) {
			continue
		}
		for _, s := range it.statements {
			for _, c := range s.Content {
				if strings.Contains(c.In(it.doc.Text), words) {
					return s.ID
				}
			}
		}
	}
	t.Fatalf("no statement of %s has %q", file, words)
	return ""
}

func TestAThreadShowsWhatWasAltered(t *testing.T) {
	items := exampleReports(t)
	onBoth(t, func(t *testing.T, name func() string) {
		ctx := context.Background()
		l := ledgerOf(t, name())
		slices.Reverse(items) // the rewriter before the origin
		add(t, l, items...)
		id := statementWith(t, items, "summit.html", "serious package")
		th, err := l.Thread(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		if th.ID != th.Variants[0].ID || th.Variants[0].Report.Outlet != "The Eiklund Herald" || th.Earliest != 0 || th.Outlets != 2 || th.Independent != 1 {
			t.Errorf("thread %s of %d, earliest %d, %d outlets, %d independent", th.ID, len(th.Variants), th.Earliest, th.Outlets, th.Independent)
		}
		for _, v := range th.Variants {
			again, err := l.Thread(ctx, v.ID)
			if err != nil || again.ID != th.ID {
				t.Errorf("%s leads to another thread: %v", v.ID, err)
			}
			if v.Report.Outlet != "Daily Pulse 24" {
				continue
			}
			var changes []string
			for _, c := range v.Verdict.Changes {
				changes = append(changes, fmt.Sprintf("%s: %s > %s", c.Kind, c.A.In(th.Variants[0].Text), c.B.In(v.Text)))
			}
			if v.Verdict.Relation != compare.Altered || !slices.Contains(changes, "number: 340 million crowns > 430 million crowns") {
				t.Errorf("%q is %s: %q", v.Text, v.Verdict.Relation, changes)
			}
		}
		var relays []string
		for _, r := range th.Relays {
			relays = append(relays, fmt.Sprintf("%s from %s, by %s", th.Variants[r.Variant].Report.Outlet, r.From, r.How))
		}
		for _, want := range []string{"The Eiklund Herald from NPA, by credit", "Daily Pulse 24 from NPA, by credit"} {
			if !slices.Contains(relays, want) {
				t.Errorf("no %q in %q", want, relays)
			}
		}
		if _, err := l.Thread(ctx, "none"); err == nil {
			t.Error("a thread of nothing")
		}
	})
}

// A chain: what one told an agency, and others have from it.
func TestRelays(t *testing.T) {
	items, _ := news(300, 9)
	l := ledgerOf(t, filepath.Join(t.TempDir(), "hearsay.db"))
	add(t, l, items...)
	threads, _ := threadsIn(t, l)
	relayed := map[string]string{}
	for _, it := range items {
		if len(it.doc.Credits) > 0 {
			relayed[it.doc.ID] = it.doc.Credits[0]
		}
	}
	credited := 0
	for _, ids := range threads {
		if len(ids) < 3 {
			continue
		}
		th, err := l.Thread(context.Background(), ids[len(ids)/2])
		if err != nil {
			t.Fatal(err)
		}
		want, have := map[string]bool{}, map[string]bool{}
		for _, v := range th.Variants {
			if agency := relayed[v.Report.ID]; agency != "" {
				want[v.Report.ID+agency] = true
			}
		}
		for _, r := range th.Relays {
			if r.How == ByCredit {
				have[th.Variants[r.Variant].Report.ID+r.From] = true
				credited++
			}
		}
		if len(have) != len(want) || th.Independent > th.Outlets || th.Independent < 1 || !slices.IsSortedFunc(th.Variants, func(a, b Variant) int { return published(&a.Report, &b.Report) }) {
			t.Errorf("thread %s: %d of %d credits, %d of %d outlets independent", th.ID, len(have), len(want), th.Independent, th.Outlets)
		}
	}
	if credited == 0 {
		t.Error("no credits")
	}
}

func TestHousesAreKnownByTheirInitials(t *testing.T) {
	h := houses{index: map[string]int{}}
	for _, c := range []struct {
		name string
		want int
	}{{"NPA", 0}, {"Norland Press Agency", 0}, {"The Eiklund Herald", 1}, {"Eiklund Herald", 1}, {"npa", 0}, {"Daily Pulse 24", 2}, {"", -1}} {
		if got := h.at(c.name); got != c.want {
			t.Errorf("%s is %d, want %d", c.name, got, c.want)
		}
	}
}
