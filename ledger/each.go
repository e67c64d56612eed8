package ledger

import (
	"context"
	"iter"
	"math"

	"hearsay"
)

// Statements yields all statements that a query asks for, the newest report
// first, those of one report together; Limit and Offset count, ByDate does not.
// What is removed meanwhile is left out. An error ends it.
func (l *Ledger) Statements(ctx context.Context, q Query) iter.Seq2[*hearsay.Record, error] {
	return func(yield func(*hearsay.Record, error) bool) {
		keys, err := l.all(ctx, q)
		if err != nil {
			yield(nil, err)
			return
		}
		for len(keys) > 0 {
			n := min(recordsAtOnce, len(keys))
			records, err := l.records(ctx, keys[:n])
			if err != nil {
				yield(nil, err)
				return
			}
			for i := range records {
				if !yield(&records[i], nil) {
					return
				}
			}
			keys = keys[n:]
		}
	}
}

// all returns the keys of all statements that fit.
func (l *Ledger) all(ctx context.Context, q Query) ([]int64, error) {
	if q.Limit <= 0 {
		q.Limit = math.MaxInt32
	}
	f, err := l.finder(ctx, q)
	if err != nil || f == nil {
		return nil, err
	}
	err = f.take(ctx, f.dated())
	return f.keys, err
}
