package ledger

import (
	"cmp"
	"context"
	"slices"
)

// What a list of threads is sorted by is kept for each thread: how many reports
// and statements have it, and how many of these were altered. Who changes a
// thread only notes its first wording, in the transaction of the change; the
// sums are made by whoever lists threads next, or closes the ledger.
const (
	changeThreads = `INSERT INTO thread_changed(first, times) VALUES `
	changedRows   = `(?, 1)`
	changedAgain  = ` ON CONFLICT (first) DO UPDATE SET times = thread_changed.times + 1`
	changeLosing  = `INSERT INTO thread_changed(first, times) SELECT DISTINCT coalesce(t.first, w.wording), 1 FROM worded w LEFT JOIN thread t ON t.wording = w.wording
		WHERE w.statement BETWEEN ? AND ?` + changedAgain
	someChanged   = `SELECT first, times FROM thread_changed ORDER BY first LIMIT ?`
	changedNow    = `DELETE FROM thread_changed WHERE first = ? AND times = ?`
	samePass      = `UPDATE linking SET pass = pass + 1 WHERE pass = ?`
	passOfLinking = `SELECT pass FROM linking`
	// Those of wordings that are the first of their thread, or alone.
	stillFirst = `SELECT m.wording FROM member m LEFT JOIN thread t ON t.wording = m.wording
		WHERE (t.first IS NULL OR t.first = m.wording) AND m.wording IN `
	deleteSum = `DELETE FROM thread_sum WHERE first = ?`
	addSums   = `INSERT INTO thread_sum(first, reports, statements, altered) VALUES `
	sumRows   = `(?, ?, ?, ?)`

	largestThreads = `SELECT first FROM thread_sum ORDER BY reports DESC, statements DESC, first LIMIT ? OFFSET ?`
	alteredThreads = `SELECT first FROM thread_sum ORDER BY altered DESC, reports DESC, statements DESC, first LIMIT ? OFFSET ?`
	countThreads   = `SELECT count(*) FROM thread_sum`
)

// sumAtOnce is how many threads are summed up at once.
const sumAtOnce = 2000

// sumUp brings the sums of threads up to date.
func (l *Ledger) sumUp(ctx context.Context) error {
	l.linking.Lock()
	defer l.linking.Unlock()
	for {
		done, err := l.sumSome(ctx)
		if err != nil || done {
			return err
		}
	}
}

func (l *Ledger) sumSome(ctx context.Context) (done bool, err error) {
	var pass int64
	if err := l.read.QueryRowContext(ctx, passOfLinking).Scan(&pass); err != nil {
		return false, err
	}
	times := map[int64]int64{}
	var changed []int64
	rows, err := l.read.QueryContext(ctx, l.dialect.sql(someChanged), sumAtOnce)
	if err != nil {
		return false, err
	}
	for rows.Next() {
		var first, n int64
		if err := rows.Scan(&first, &n); err != nil {
			rows.Close()
			return false, err
		}
		changed, times[first] = append(changed, first), n
	}
	if err := cmp.Or(rows.Err(), rows.Close()); err != nil || len(changed) == 0 {
		return true, err
	}
	var firsts []int64
	err = l.inMany(ctx, stillFirst, changed, func(row scanner) error {
		var first int64
		err := row.Scan(&first)
		firsts = append(firsts, first)
		return err
	})
	if err != nil {
		return false, err
	}
	slices.Sort(firsts)
	threads, err := l.gatherings(ctx, slices.Compact(firsts))
	if err != nil {
		return false, err
	}
	return false, l.change(ctx, func(t *tx) error { return t.sumUp(pass, times, threads) })
}

// sumUp writes the sums of threads, but for those that were changed meanwhile.
func (t *tx) sumUp(pass int64, times map[int64]int64, threads map[int64]*gathering) error {
	if lock := t.l.dialect.lock(lockLinks); lock != "" {
		if _, err := t.exec(lock); err != nil {
			return err
		}
	}
	if n, err := t.exec(samePass, pass); err != nil || n == 0 {
		return err // a pass came between: look again
	}
	var sums [][]any
	for first, n := range times {
		same, err := t.exec(changedNow, first, n)
		if err != nil {
			return err
		}
		if same == 0 {
			continue
		}
		if _, err := t.exec(deleteSum, first); err != nil {
			return err
		}
		if g := threads[first]; g != nil && len(g.reports) > 1 {
			sums = append(sums, []any{first, len(g.reports), g.Statements, g.Altered})
		}
	}
	slices.SortFunc(sums, func(a, b []any) int { return cmp.Compare(a[0].(int64), b[0].(int64)) })
	return t.insert(addSums, sumRows, sums)
}

// changed notes that threads are to be summed up again.
func (t *tx) changed(firsts []int64) error {
	slices.Sort(firsts)
	var rows [][]any
	for _, first := range slices.Compact(firsts) {
		rows = append(rows, []any{first})
	}
	return t.insertBut(changeThreads, changedRows, changedAgain, rows)
}
