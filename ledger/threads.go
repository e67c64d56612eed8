package ledger

import (
	"cmp"
	"context"
	"maps"
	"math"
	"slices"

	"hearsay"
)

// A ThreadHead is a thread as a list has it.
type ThreadHead struct {
	Origin              hearsay.Record
	Reports, Statements int
	Outlets             int
	Altered             int    // statements that were altered, against the origin
	First, Last         string // days of publication, "" where unknown

}

const (
	threadsOfStatements = `SELECT DISTINCT coalesce(t.first, w.wording) FROM worded w LEFT JOIN thread t ON t.wording = w.wording WHERE w.statement IN `
	wordingsOfThreads   = `SELECT first, wording FROM thread WHERE first IN `
	membersOfWordings   = `SELECT m.wording, m.statement, d.published, d.day, d.outlet, d.id FROM member m JOIN document d ON d.number = m.statement >> 20 WHERE m.wording IN `
	alteredBy           = `SELECT a, b FROM link WHERE sure = 1 AND relation = 'altered' AND a IN `
)

// Threads returns a page of the threads that more than one report has and of
// which a statement fits the query, and how many there are in all. Those that most
// reports have come first; if altered is true, those of which most statements
// were altered. Of the query, ByDate does not count.
func (l *Ledger) Threads(ctx context.Context, q Query, altered bool) (page []ThreadHead, total int, err error) {
	if err := l.settle(ctx); err != nil {
		return nil, 0, err
	}
	if err := l.link(ctx); err != nil {
		return nil, 0, err
	}
	if err := l.sumUp(ctx); err != nil {
		return nil, 0, err
	}
	limit, skip := cmp.Or(max(q.Limit, 0), 1<<40), max(q.Offset, 0)
	q.Limit, q.Offset, q.ByDate = 0, 0, false
	order := largestThreads
	if altered {
		order = alteredThreads
	}
	var firsts []int64
	if q == (Query{}) {
		if err := l.read.QueryRowContext(ctx, countThreads).Scan(&total); err != nil {
			return nil, 0, err
		}
		firsts, err = collect[int64](l.read.QueryContext(ctx, l.dialect.sql(order), limit, skip))
	} else {
		firsts, err = l.threadsThatFit(ctx, q, order)
		total = len(firsts)
		firsts = firsts[min(skip, total):]
		firsts = firsts[:min(limit, len(firsts))]
	}
	if err != nil {
		return nil, 0, err
	}
	page, err = l.heads(ctx, firsts)
	return page, total, err
}

// threadsThatFit returns the first wordings of threads of which a statement fits
// a query, in an order.
func (l *Ledger) threadsThatFit(ctx context.Context, q Query, order string) ([]int64, error) {
	keys, err := l.all(ctx, q)
	if err != nil || len(keys) == 0 {
		return nil, err
	}
	fit := map[int64]bool{}
	err = l.inMany(ctx, threadsOfStatements, keys, func(row scanner) error {
		var first int64
		err := row.Scan(&first)
		fit[first] = true
		return err
	})
	if err != nil {
		return nil, err
	}
	all, err := collect[int64](l.read.QueryContext(ctx, l.dialect.sql(order), math.MaxInt64, 0))
	return slices.DeleteFunc(all, func(first int64) bool { return !fit[first] }), err
}

// inMany asks a question of many numbers, and calls f with each row.
func (l *Ledger) inMany(ctx context.Context, q string, numbers []int64, f func(scanner) error) error {
	for ; len(numbers) > 0; numbers = numbers[min(recordsAtOnce, len(numbers)):] {
		some := numbers[:min(recordsAtOnce, len(numbers))]
		values := make([]any, len(some))
		for i, n := range some {
			values[i] = n
		}
		rows, err := l.read.QueryContext(ctx, l.dialect.sql(q+marksFor(len(some))), values...)
		if err != nil {
			return err
		}
		for err == nil && rows.Next() {
			err = f(rows)
		}
		if err := cmp.Or(err, rows.Err(), rows.Close()); err != nil {
			rows.Close()
			return err
		}
	}
	return nil
}

// heads reads the heads of threads, in that order.
func (l *Ledger) heads(ctx context.Context, firsts []int64) ([]ThreadHead, error) {
	out := make([]ThreadHead, 0, len(firsts))
	for rest := firsts; len(rest) > 0; rest = rest[min(recordsAtOnce, len(rest)):] {
		some := rest[:min(recordsAtOnce, len(rest))]
		threads, err := l.gatherings(ctx, some)
		if err != nil {
			return nil, err
		}
		var origins []int64
		for _, g := range threads {
			origins = append(origins, g.origin)
		}
		records := map[int64]hearsay.Record{}
		if err := l.keyed(ctx, origins, records); err != nil {
			return nil, err
		}
		for _, first := range some {
			g := threads[first]
			if g == nil {
				continue
			}
			if r, ok := records[g.origin]; ok { // else it was removed meanwhile
				g.Origin, g.Reports, g.Outlets = r, len(g.reports), len(g.outlets)
				out = append(out, g.ThreadHead)
			}
		}
	}
	return out, nil
}

// A gathering is what is read of a thread to make its head.
type gathering struct {
	ThreadHead
	members map[int64]int // statements by wording
	reports map[int64]bool
	outlets map[string]bool
	earliest,
	head hearsay.Head // of the origin's report, and of the statement that is read
	keys    []int64 // of statements of that report
	worded  []int64 // their wordings
	origin  int64   // key of the origin
	wording int64   // of the origin
}

// gatherings reads threads, by their first wordings.
func (l *Ledger) gatherings(ctx context.Context, firsts []int64) (map[int64]*gathering, error) {
	of, threads := map[int64]*gathering{}, map[int64]*gathering{}
	wordings := slices.Clone(firsts)
	for _, first := range firsts {
		g := &gathering{members: map[int64]int{}, reports: map[int64]bool{}, outlets: map[string]bool{}}
		of[first], threads[first] = g, g
	}
	err := l.inMany(ctx, wordingsOfThreads, firsts, func(row scanner) error {
		var first, wording int64
		err := row.Scan(&first, &wording)
		if of[wording] == nil {
			wordings = append(wordings, wording)
		}
		of[wording] = threads[first]
		return err
	})
	if err != nil {
		return nil, err
	}
	err = l.inMany(ctx, membersOfWordings, wordings, func(row scanner) error {
		var wording, key int64
		var on, day, outlet, id string
		if err := row.Scan(&wording, &key, &on, &day, &outlet, &id); err != nil {
			return err
		}
		return of[wording].add(wording, key, on, day, outlet, id)
	})
	maps.DeleteFunc(threads, func(_ int64, g *gathering) bool { return len(g.keys) == 0 }) // removed meanwhile
	if err != nil {
		return nil, err
	}
	return threads, l.findOrigins(ctx, threads)
}

// add adds a statement to a thread.
func (g *gathering) add(wording, key int64, on, day, outlet, id string) (err error) {
	g.head.ID = id
	if g.head.Published, err = unstamp(on); err != nil {
		return err
	}
	g.members[wording]++
	g.Statements++
	g.reports[key>>numberBits] = true
	if outlet != "" {
		g.outlets[fold(bare(outlet))] = true
	}
	if day != "" && (g.First == "" || day < g.First) {
		g.First = day
	}
	g.Last = max(g.Last, day)
	switch c := published(&g.head, &g.earliest); {
	case len(g.keys) == 0 || c < 0:
		g.earliest, g.keys, g.worded = g.head, []int64{key}, []int64{wording}
	case c == 0:
		g.keys, g.worded = append(g.keys, key), append(g.worded, wording)
	}
	return nil
}

// findOrigins finds the origins of threads, of one report the longest statement,
// and how many statements were altered against them.
func (l *Ledger) findOrigins(ctx context.Context, threads map[int64]*gathering) error {
	byOrigin := map[int64]*gathering{}
	for _, g := range threads {
		g.origin, g.wording = g.keys[0], g.worded[0]
		if len(g.keys) > 1 {
			records := map[int64]hearsay.Record{}
			if err := l.keyed(ctx, g.keys, records); err != nil {
				return err
			}
			most := -1
			for i, key := range g.keys {
				r, ok := records[key]
				if n := length(&r); ok && (n > most || n == most && key < g.origin) {
					most, g.origin, g.wording = n, key, g.worded[i]
				}
			}
		}
		byOrigin[g.wording] = g
	}
	return l.inMany(ctx, alteredBy, slices.Sorted(maps.Keys(byOrigin)), func(row scanner) error {
		var a, b int64
		err := row.Scan(&a, &b)
		byOrigin[a].Altered += byOrigin[a].members[b]
		return err
	})
}
