package ledger

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"hearsay"
	"hearsay/compare"
)

// deskDump is a desk without what stands for nothing.
func deskDump(d Desk) string {
	var b strings.Builder
	for i := range d.Tallies {
		t := &d.Tallies[i]
		fmt.Fprintf(&b, "%+v\n", t.signature())
		for _, c := range t.Claims {
			fmt.Fprintln(&b, "  ", c.Day, c.Text, c.ID, c.Prints)
		}
		for _, p := range t.Pairs {
			fmt.Fprintln(&b, "  ", p)
		}
	}
	return b.String()
}

// derivedDump is what the tables of numbers and names hold.
func derivedDump(t testing.TB, l *Ledger) string {
	t.Helper()
	var b strings.Builder
	for _, q := range []string{
		`SELECT c.key || ' ' || c.day || ' ' || s.id FROM claim c LEFT JOIN statement s ON s.key = c.statement ORDER BY c.key, s.id`,
		`SELECT folded || '|' || name || '|' || role || '|' || kind || '|' || statements FROM named ORDER BY folded, name, role, kind`,
		`SELECT folded || '|' || role || '|' || outlet || '|' || day || '|' || statements || '|' || reports FROM seen ORDER BY folded, role, outlet, day`,
		`SELECT key || '|' || folded FROM name_key ORDER BY key, folded`,
	} {
		lines, err := collect[string](l.read.Query(q))
		if err != nil || len(lines) == 0 {
			t.Fatalf("%d rows of %s: %v", len(lines), q, err)
		}
		b.WriteString(strings.Join(lines, "\n") + "\n")
	}
	return b.String()
}

// Numbers and speakers are the same in whatever order, in whatever batches and
// how often reports are added, and whatever was there and is not any more.
func TestDesksAndSpeakersDoNotDependOnTheOrder(t *testing.T) {
	known := exampleReports(t)
	onBoth(t, func(t *testing.T, name func() string) {
		ctx := context.Background()
		want := ""
		for round := range 4 {
			items, _ := news(60, 5)
			stray, _ := news(10, 6)
			items = append(items, known...)
			r := rand.New(rand.NewPCG(1, uint64(round)))
			if round > 0 {
				items = append(items, items[:30]...)
				items = append(items, stray...)
				r.Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
			}
			l := ledgerOf(t, name())
			for at := 0; at < len(items); {
				k := min(len(items)-at, 1+r.IntN(40))
				add(t, l, items[at:at+k]...)
				if err := l.link(ctx); err != nil {
					t.Fatal(err)
				}
				at += k
			}
			if round > 0 {
				for _, it := range stray {
					if err := l.Remove(ctx, it.doc.ID, "a test"); err != nil {
						t.Fatal(err)
					}
				}
			}
			if round == 2 { // found anew, and the same
				_, err := l.Redo(ctx, 2, func(d *hearsay.Document) ([]hearsay.Statement, []hearsay.Event) {
					i := slices.IndexFunc(items, func(it item) bool { return it.doc.ID == d.ID })
					return items[i].statements, items[i].events
				})
				if err != nil {
					t.Fatal(err)
				}
			}
			if round == 3 {
				if err := l.Rebuild(ctx); err != nil {
					t.Fatal(err)
				}
			}
			dump := ""
			for _, words := range []string{"dam", "people", "ships", "crowns", ""} {
				d, err := l.Numbers(ctx, words, Query{})
				if err != nil || len(d.Tallies) == 0 {
					t.Fatalf("%d tallies of %q: %v", len(d.Tallies), words, err)
				}
				dump += words + "\n" + deskDump(d)
			}
			dump += derivedDump(t, l)
			if want == "" {
				want = dump
			}
			if dump != want {
				t.Fatalf("round %d: other numbers or names", round)
			}
		}
	})
}

// pairsOf tells the pairs of a desk of one standing.
func pairsOf(d Desk, s compare.Standing) (out []string) {
	for _, t := range d.Tallies {
		for _, p := range t.Pairs {
			if p.Standing == s {
				out = append(out, t.Claims[p.A].Text+" / "+t.Claims[p.B].Text)
			}
		}
	}
	return out
}

func TestTheDeskShowsWhatDoesNotAgree(t *testing.T) {
	items := exampleReports(t)
	onBoth(t, func(t *testing.T, name func() string) {
		ctx := context.Background()
		l := ledgerOf(t, name())
		add(t, l, items...)
		desk := func(words string, q Query) Desk {
			d, err := l.Numbers(ctx, words, q)
			if err != nil {
				t.Fatal(err)
			}
			return d
		}
		if pairs := pairsOf(desk("dam", Query{}), compare.Conflict); !slices.Contains(pairs, "At least 31 people / fewer than 25") || !slices.Contains(pairs, "At least 31 people / 22") {
			t.Errorf("the tolls of the dam: %q", pairs)
		}
		d := desk("crowns", Query{})
		if pairs := pairsOf(d, Altered); !slices.Equal(pairs, []string{"about 340 million crowns / about 430 million crowns"}) || len(pairsOf(d, compare.Conflict)) > 0 {
			t.Errorf("the crowns of the summit: %q", pairs)
		}
		d = desk("ships", Query{})
		if c := d.Tallies[0].Claims[0]; len(c.Prints) != 2 || c.Prints[0].Outlet != "The Eiklund Herald" {
			t.Errorf("the ships of the summit are printed by %v", c.Prints)
		}
		for _, q := range []Query{{Outlet: "the eiklund herald"}, {To: "2024-10-16"}, {Speaker: "belim", Outlet: "The Eiklund Herald"}, {Finding: hearsay.CouldNotVerify, From: "2024-10-16", To: "2024-10-16"}} {
			d := desk("ships", q)
			if len(d.Tallies) == 0 {
				t.Errorf("nothing for %+v", q)
			}
			for _, tally := range d.Tallies {
				for _, c := range tally.Claims {
					if !q.fits(&c.Record) {
						t.Errorf("%s, %s for %+v", c.Text, c.Report.Outlet, q)
					}
				}
			}
		}
		if d := desk("zebra", Query{}); len(d.Tallies) > 0 {
			t.Error("numbers of nothing")
		}
	})
}

// told is a report of one statement by somebody, with a number of dead.
func told(outlet, day, title, speaker, place string, dead int) item {
	text := fmt.Sprintf("%s said %d people had died in %s.", speaker, dead, place)
	at := func(words string) hearsay.Span {
		i := strings.Index(text, words)
		return hearsay.Span{Start: i, End: i + len(words)}
	}
	doc := &hearsay.Document{File: "a", Outlet: outlet, Title: title, Lang: "en"}
	doc.Published, _ = time.Parse(time.DateOnly, day)
	finishMade(doc, text)
	s := hearsay.Statement{
		Speaker: &hearsay.Mention{Span: at(speaker), Name: speaker, Kind: hearsay.ByName}, Cue: hearsay.Cue{Span: at("said"), Lemma: "say"},
		Content: []hearsay.Span{{Start: at("said").End + 1, End: len(text) - 1}}, Quoting: hearsay.Indirect,
		Numbers: []hearsay.Quantity{{Span: at(fmt.Sprintf("%d people", dead)), Value: float64(dead), Bound: hearsay.Exactly, Unit: "person", Did: "die"}},
	}
	s.ID = hearsay.StatementID(doc.ID, s.Cue.Span)
	return item{doc: doc, statements: []hearsay.Statement{s}}
}

// Two floods are no conflict, and a speaker who counts again none either.
func TestWhatIsCompared(t *testing.T) {
	items := []item{
		told("A", "2024-03-01", "Dam bursts", "Ana Krel", "Halmer", 12), told("B", "2024-03-02", "Flood in valley", "Jens Ott", "Halmer", 31),
		told("C", "2024-03-02", "A ferry sinks", "Runa Venn", "Quaymouth", 70), told("D", "2024-03-03", "", "Ana Krel", "Halmer", 15),
		told("E", "2024-03-01", "Dam bursts", "Ana Krel", "Halmer", 12), told("F", "2024-09-01", "Fire", "Ana Krel", "Halmer", 3),
	}
	onBoth(t, func(t *testing.T, name func() string) {
		l := ledgerOf(t, name())
		add(t, l, items...)
		d, err := l.Numbers(context.Background(), "people", Query{})
		if err != nil || len(d.Tallies) != 2 || len(d.Tallies[0].Claims) != 4 || len(d.Tallies[1].Claims) != 1 {
			t.Fatalf("%s %v", deskDump(d), err)
		}
		if got := d.Tallies[0].Claims[0].Prints; len(got) != 2 {
			t.Errorf("printed by %v", got)
		}
		conflicts, revisions := pairsOf(d, compare.Conflict), pairsOf(d, compare.Revision)
		slices.Sort(conflicts)
		if !slices.Equal(conflicts, []string{"12 people / 31 people", "31 people / 15 people"}) || !slices.Equal(revisions, []string{"12 people / 15 people"}) {
			t.Errorf("conflicts %q, revisions %q", conflicts, revisions)
		}
	})
}
