package ledger

import (
	"cmp"
	"context"
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

	first, wording int64 // of the thread, of the origin
}

const (
	// Most statements are alone with their wording, and no thread.
	largestThreads = `SELECT coalesce(t.first, m.wording) AS first FROM member m LEFT JOIN thread t ON t.wording = m.wording
		GROUP BY coalesce(t.first, m.wording) HAVING min(m.statement >> 20) < max(m.statement >> 20)
		ORDER BY count(DISTINCT m.statement >> 20) DESC, count(*) DESC, first`
	alteredThreads = `SELECT DISTINCT a.first FROM link l JOIN thread a ON a.wording = l.a JOIN thread b ON b.wording = l.b AND b.first = a.first
		WHERE l.sure = 1 AND l.relation = 'altered'`
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
	limit, skip := cmp.Or(max(q.Limit, 0), 1<<40), max(q.Offset, 0)
	q.Limit, q.Offset, q.ByDate = 0, 0, false
	order, err := l.threadsThatFit(ctx, q)
	if err != nil || len(order) == 0 {
		return nil, 0, err
	}
	if altered {
		if order, err = l.alteredFirst(ctx, order); err != nil {
			return nil, 0, err
		}
	}
	total = len(order)
	order = order[min(skip, total):]
	page, err = l.heads(ctx, order[:min(limit, len(order))])
	return page, total, err
}

// threadsThatFit returns the first wordings of threads, the largest first.
func (l *Ledger) threadsThatFit(ctx context.Context, q Query) ([]int64, error) {
	all, err := collect[int64](l.read.QueryContext(ctx, largestThreads))
	if err != nil || q == (Query{}) {
		return all, err
	}
	keys, err := l.all(ctx, q)
	if err != nil {
		return nil, err
	}
	fit := map[int64]bool{}
	err = l.inMany(ctx, threadsOfStatements, keys, func(row scanner) error {
		var first int64
		err := row.Scan(&first)
		fit[first] = true
		return err
	})
	return slices.DeleteFunc(all, func(first int64) bool { return !fit[first] }), err
}

// alteredFirst puts threads before others of which more statements were altered.
func (l *Ledger) alteredFirst(ctx context.Context, order []int64) ([]int64, error) {
	some, err := collect[int64](l.read.QueryContext(ctx, alteredThreads))
	if err != nil {
		return nil, err
	}
	slices.Sort(some)
	some = slices.DeleteFunc(slices.Clone(order), func(first int64) bool { _, ok := slices.BinarySearch(some, first); return !ok })
	heads, err := l.heads(ctx, some)
	if err != nil {
		return nil, err
	}
	n := map[int64]int{}
	for i := range heads {
		n[heads[i].first] = heads[i].Altered
	}
	slices.SortStableFunc(order, func(a, b int64) int { return n[b] - n[a] })
	return order, nil
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
		some, err := l.someHeads(ctx, rest[:min(recordsAtOnce, len(rest))])
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
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
	keys []int64 // of statements of that report
}

func (l *Ledger) someHeads(ctx context.Context, firsts []int64) ([]ThreadHead, error) {
	of, threads := map[int64]*gathering{}, map[int64]*gathering{}
	var wordings []int64
	for _, first := range firsts {
		g := &gathering{members: map[int64]int{}, reports: map[int64]bool{}, outlets: map[string]bool{}}
		of[first], threads[first] = g, g
		wordings = append(wordings, first)
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
	if err != nil {
		return nil, err
	}
	return l.finishHeads(ctx, firsts, threads)
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
		g.earliest, g.keys = g.head, []int64{key}
	case c == 0:
		g.keys = append(g.keys, key)
	}
	return nil
}

// finishHeads finds the origins and what was altered against them.
func (l *Ledger) finishHeads(ctx context.Context, firsts []int64, threads map[int64]*gathering) ([]ThreadHead, error) {
	var origins []int64
	byOrigin := map[int64]*gathering{}
	for _, first := range firsts {
		g := threads[first]
		slices.Sort(g.keys)
		records, err := l.records(ctx, g.keys)
		if err != nil {
			return nil, err
		}
		if len(records) == 0 { // removed meanwhile
			continue
		}
		most := 0
		for i := range records {
			if length(&records[i]) > length(&records[most]) {
				most = i
			}
		}
		g.Origin, g.Reports, g.Outlets = records[most], len(g.reports), len(g.outlets)
		s := said(&g.Origin)
		g.first, g.wording = first, numberOf(&s)
		origins = append(origins, g.wording)
		byOrigin[g.wording] = g
	}
	err := l.inMany(ctx, alteredBy, origins, func(row scanner) error {
		var a, b int64
		err := row.Scan(&a, &b)
		byOrigin[a].Altered += byOrigin[a].members[b]
		return err
	})
	out := make([]ThreadHead, 0, len(firsts))
	for _, first := range firsts {
		if g := threads[first]; g.Origin.ID != "" {
			out = append(out, g.ThreadHead)
		}
	}
	return out, err
}
