package ledger

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"hearsay"
	"hearsay/annotate"
	"hearsay/compare"
	"hearsay/read"
)

// A station has a statement first; a newspaper has it from the station, a second one
// from the first, a third one from an agency, and a fourth one alters it.
const chain = `
{"outlet": "Radio Kestrel", "published": "2024-03-11T18:00:00Z", "text": "‘I have signed 31 certificates with my own hand,’ Yusra Hamdani, a doctor, said."}
{"outlet": "Port Lys Gazette", "published": "2024-03-12T06:00:00Z", "text": "The doctor on duty that night went out to the gate at four to meet the press in the rain.\n\n‘I have signed 31 certificates with my own hand,’ Yusra Hamdani told Radio Kestrel. She had not slept since the Saturday before, and the ward behind her was still full of people from the valley."}
{"outlet": "Brenn Bugle", "published": "2024-03-12T12:00:00Z", "text": "‘I have signed 31 certificates with my own hand,’ Yusra Hamdani said. She had not slept since the Saturday before, and the ward behind her was still full of people from the valley."}
{"outlet": "Halmer Courier", "published": "2024-03-12T14:00:00Z", "authors": ["NPA"], "text": "‘I have signed 31 certificates with my own hand,’ Yusra Hamdani said.\n\nNPA"}
{"outlet": "Daily Pulse 24", "published": "2024-03-13T14:00:00Z", "text": "‘I have signed 13 certificates with my own hand,’ Yusra Hamdani said."}
`

func reportsIn(t testing.TB, jsonl string) []item {
	t.Helper()
	annotator, err := annotate.Load()
	if err != nil {
		t.Fatal(err)
	}
	var items []item
	for doc, err := range read.Documents(context.Background(), read.Input{Name: "wire.jsonl", Body: strings.NewReader(jsonl)}, read.Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		statements, events := annotator.Annotate(doc)
		items = append(items, item{doc, statements, events})
	}
	return items
}

// shown is what is to be seen of a thread, without what differs from one ledger
// to the next.
func shown(th *Thread) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, named %s, earliest %d, %d of %d outlets independent\n", th.ID, th.Named, th.Earliest, th.Independent, th.Outlets)
	for _, v := range th.Variants {
		fmt.Fprintf(&b, "%s %s %s %v\n", v.Report.Outlet, v.ID, v.Verdict.Relation, v.Verdict.Edits)
	}
	for _, r := range th.Relays {
		fmt.Fprintf(&b, "%s from %s (%d) by %s, %v\n", th.Variants[r.Variant].Report.Outlet, r.From, r.Earlier, r.How, r.Span)
	}
	for _, v := range th.Suggested {
		fmt.Fprintf(&b, "perhaps %s %s\n", v.ID, v.Verdict.Relation)
	}
	return b.String()
}

func relaysOf(th *Thread) []string {
	var out []string
	for _, r := range th.Relays {
		out = append(out, fmt.Sprintf("%s from %s (%d), by %s", th.Variants[r.Variant].Report.Outlet, r.From, r.Earlier, r.How))
	}
	return out
}

func TestAChainOfRelays(t *testing.T) {
	items := reportsIn(t, chain)
	items[3].doc.Credits = []string{"NPA"}
	id := statementWith(t, items[2:3], "", "31 certificates")
	onBoth(t, func(t *testing.T, name func() string) {
		ctx := context.Background()
		want := ""
		for round := range 4 {
			l := ledgerOf(t, name())
			all := slices.Concat(items, items)
			r := rand.New(rand.NewPCG(2, uint64(round)))
			r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
			for _, it := range all {
				add(t, l, it)
				if err := l.link(ctx); round%2 == 1 && err != nil {
					t.Fatal(err)
				}
			}
			th, err := l.Thread(ctx, id)
			if err != nil {
				t.Fatal(err)
			}
			if want == "" {
				want = shown(th)
			}
			if got := shown(th); got != want {
				t.Errorf("round %d: added in another order\n%s\nwant\n%s", round, got, want)
			}
			if round > 0 {
				continue
			}
			relays := []string{"Port Lys Gazette from Radio Kestrel (0), by told", "Brenn Bugle from Port Lys Gazette (1), by text", "Halmer Courier from NPA (-1), by credit"}
			if got := relaysOf(th); len(th.Variants) != 5 || !slices.Equal(sorted(got), sorted(relays)) || th.Named != "Radio Kestrel" || th.Outlets != 5 || th.Independent != 3 {
				t.Errorf("want relays %q, have\n%s", relays, want)
			}
			if v := th.Variants[4].Verdict; v.Relation != compare.Altered {
				t.Errorf("31 for 13 is %s", v.Relation)
			}
			loseTheOrigin(t, l, items, id)
		}
	})
}

func sorted(s []string) []string { return slices.Sorted(slices.Values(s)) }

// loseTheOrigin removes the first report of the chain, and has a better annotator
// find nothing in the last: the rest stays one thread.
func loseTheOrigin(t *testing.T, l *Ledger, items []item, id string) {
	ctx := context.Background()
	origin := statementWith(t, items[:1], "", "31 certificates")
	if err := l.Remove(ctx, items[0].doc.ID, "a test"); err != nil {
		t.Fatal(err)
	}
	_, err := l.Redo(ctx, 2, func(doc *hearsay.Document) ([]hearsay.Statement, []hearsay.Event) {
		for _, it := range items[:4] {
			if it.doc.ID == doc.ID {
				return it.statements, it.events
			}
		}
		return nil, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	th, err := l.Thread(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	if len(th.Variants) != 3 || th.ID != statementWith(t, items[1:2], "", "31 certificates") || th.Outlets != 3 || th.Named != "Radio Kestrel" || th.Relays[0].Earlier != -1 {
		t.Errorf("without the origin\n%s", shown(th))
	}
	if _, err := l.Thread(ctx, origin); !errors.Is(err, ErrNotFound) {
		t.Errorf("what was removed has a thread: %v", err)
	}
	before := shown(th)
	if err := l.Rebuild(ctx); err != nil {
		t.Fatal(err)
	}
	if th, err = l.Thread(ctx, id); err != nil || shown(th) != before {
		t.Errorf("built again: %v\n%s\nwant\n%s", err, shown(th), before)
	}
}

func TestThreadsAreListed(t *testing.T) {
	items := reportsIn(t, chain)
	examples := exampleReports(t)
	onBoth(t, func(t *testing.T, name func() string) {
		ctx := context.Background()
		l := ledgerOf(t, name())
		add(t, l, items...)
		add(t, l, examples...)
		list := func(q Query, altered bool) (out []string, total int) {
			t.Helper()
			heads, total, err := l.Threads(ctx, q, altered)
			if err != nil {
				t.Fatal(err)
			}
			for _, h := range heads {
				th, err := l.Thread(ctx, h.Origin.ID)
				if err != nil || th.ID != h.Origin.ID || len(th.Variants) != h.Statements || th.Outlets != h.Outlets {
					t.Errorf("thread %s of %d statements, %d outlets: %v, %+v", h.Origin.ID, h.Statements, h.Outlets, err, th)
				}
				out = append(out, fmt.Sprint(h.Origin.Report.Outlet, " ", h.Reports, " ", h.Altered, " ", h.First, " ", h.Last))
			}
			return out, total
		}
		all, total := list(Query{Limit: 3}, false)
		if len(all) != 3 || total < 15 || !strings.HasPrefix(all[0], "Radio Kestrel 6 ") {
			t.Errorf("%d threads: %q", total, all)
		}
		some, n := list(Query{Outlet: "Daily Pulse 24"}, true)
		if n >= total || !slices.Contains(some, "The Eiklund Herald 2 2 2024-10-16 2024-10-17") || strings.HasSuffix(some[0], " 0 2024-10-16 2024-10-17") {
			t.Errorf("%d threads: %q", n, some)
		}
		if some, n = list(Query{Words: "certificates"}, true); n != 1 {
			t.Errorf("%d threads: %q", n, some)
		}
		if some, n = list(Query{Words: "zebra"}, true); n != 0 || some != nil {
			t.Errorf("%d threads: %q", n, some)
		}
	})
}
