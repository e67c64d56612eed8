package ledger

import (
	"context"
	"iter"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"hearsay/compare"
	"hearsay/internal/synth"
)

// BenchmarkThreads adds many reports that nobody wrote, whose statements are tied
// to one another, and tells what one costs in the first and the last tenth, and
// what questions for threads cost: run it as BenchmarkGrowth.
func BenchmarkThreads(b *testing.B) {
	for b.Loop() {
		l := ledgerOf(b, filepath.Join(b.TempDir(), "hearsay.db"))
		next, stop := iter.Pull(synth.Reports(synth.Options{Seed: 7, Reports: *many}))
		said := growThreads(b, l, next)
		stop()
		askThreads(b, l, said)
	}
}

// growThreads adds and links reports, and returns some of their statements.
func growThreads(b *testing.B, l *Ledger, next func() (synth.Report, bool)) []item {
	ctx := context.Background()
	tenth := *many / 10
	var work [10]time.Duration
	var some []item
	for i := range work {
		for range tenth / 100 { // made ahead, so that making is not measured
			var items []item
			for range 100 {
				r, ok := next()
				if !ok {
					break
				}
				items = append(items, item{doc: r.Document, statements: r.Statements})
			}
			s := spent()
			add(b, l, items...)
			l.behind.Wait() // a pass that was begun belongs to these
			work[i] += spent() - s
			some = append(some, items[0])
		}
		s := spent()
		if err := l.settle(ctx); err != nil {
			b.Fatal(err)
		}
		if err := l.link(ctx); err != nil {
			b.Fatal(err)
		}
		work[i] += spent() - s
	}
	growth := float64(work[9]) / float64(work[0])
	per := func(d time.Duration) time.Duration { return (d / time.Duration(tenth)).Round(time.Microsecond) }
	b.Logf("a report, its links included: %v of work in the first tenth, %v in the last (%.2f times)", per(work[0]), per(work[9]), growth)
	b.ReportMetric(growth, "last/first")
	return some
}

func askThreads(b *testing.B, l *Ledger, some []item) {
	ctx := context.Background()
	stats, err := l.Stats(ctx)
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("%d statements, %d wordings, %d threads, %d keys cut", stats.Statements, stats.Wordings, stats.Threads, stats.Cut)
	r := rand.New(rand.NewPCG(1, 1))
	var took []time.Duration
	size := 0
	for range 300 {
		it := some[r.IntN(len(some))]
		began := time.Now()
		th, err := l.Thread(ctx, it.statements[r.IntN(len(it.statements))].ID)
		if err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(began))
		size = max(size, len(th.Variants))
	}
	slices.Sort(took)
	b.Logf("a thread: median %v, 95 of 100 under %v, at most %v, for %d variants at most", took[150], took[285], took[299], size)
	began := time.Now()
	heads, total, err := l.Threads(ctx, Query{Limit: 20}, false)
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("the largest of %d threads, of %d reports: %v", total, heads[0].Reports, time.Since(began))
	began = time.Now()
	if _, _, err := l.Threads(ctx, Query{Limit: 20}, true); err != nil {
		b.Fatal(err)
	}
	b.Logf("the most altered: %v", time.Since(began))
	began = time.Now()
	if _, err := l.Thread(ctx, heads[0].Origin.ID); err != nil {
		b.Fatal(err)
	}
	b.Logf("the largest: %v", time.Since(began))
	var sought []compare.Said
	for _, it := range some[:min(20, len(some))] {
		sought = append(sought, compare.Of(it.doc, &it.statements[0]))
	}
	began = time.Now()
	if _, err := l.Alike(ctx, sought, ""); err != nil {
		b.Fatal(err)
	}
	b.Logf("%d quotations of a draft: %v", len(sought), time.Since(began))
	measureDesk(b, l, some)
}

// measureDesk asks for numbers: of a unit that many statements have, with a word
// of a statement, and in a month.
func measureDesk(b *testing.B, l *Ledger, some []item) {
	ctx := context.Background()
	words := make([]string, len(some))
	for i, it := range some {
		all := strings.Fields(it.statements[0].Content[0].In(it.doc.Text))
		words[i] = slices.MaxFunc(all, func(a, b string) int { return len(a) - len(b) })
	}
	month := func(i int) Query {
		day := some[i%len(some)].doc.Published
		return Query{From: dayOf(day.AddDate(0, -1, 0)), To: dayOf(day)}
	}
	for _, clients := range []int{1, 8} {
		for _, q := range []struct {
			name string
			ask  func(i int) (Desk, error)
		}{
			{"numbers of a word", func(i int) (Desk, error) { return l.Numbers(ctx, words[i%len(words)], Query{}) }},
			{"numbers of a unit", func(i int) (Desk, error) { return l.Numbers(ctx, "houses", Query{}) }},
			{"a unit in a month", func(i int) (Desk, error) { return l.Numbers(ctx, "houses", month(i)) }},
		} {
			measure(b, q.name, clients, 20, func(i int) (int, error) {
				d, err := q.ask(i)
				return len(d.Tallies), err
			})
		}
	}
}
