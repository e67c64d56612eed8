package ledger

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"
)

// A Count is how often somebody is quoted, or how much of an outlet there is.
type Count struct {
	Name        string
	Reports     int
	Statements  int
	First, Last string // days of publication, "" where unknown
}

// Outlets counts the reports of each outlet, by name.
func (l *Ledger) Outlets(ctx context.Context) ([]Count, error) {
	return l.counts(ctx, `SELECT outlet, count(*), sum(statements), coalesce(min(nullif(day, '')), ''), max(day) FROM document GROUP BY outlet ORDER BY outlet`)
}

// Speakers counts the statements of everybody whose name begins with the words
// of a prefix ("" for all), those with most first; of names that are equal but
// for case and marks, the one that is most used stands for all. A limit of 0
// means no limit.
func (l *Ledger) Speakers(ctx context.Context, prefix string, limit int) ([]Count, error) {
	if err := l.settle(ctx); err != nil {
		return nil, err
	}
	if limit <= 0 {
		limit = 1 << 40
	}
	from := fold(prefix)
	to := from + "\U0010FFFF"
	return l.counts(ctx, `SELECT (SELECT v.name FROM voice v WHERE v.folded = most.folded GROUP BY v.name ORDER BY count(*) DESC, v.name LIMIT 1),
			most.reports, most.statements, most.first, most.last
		FROM (SELECT folded, count(DISTINCT statement >> 20) AS reports, count(*) AS statements, coalesce(min(nullif(day, '')), '') AS first, max(day) AS last
			FROM voice WHERE folded BETWEEN ? AND ? GROUP BY folded ORDER BY count(*) DESC, folded LIMIT ?) AS most
		ORDER BY most.statements DESC, most.folded`, from, to, limit)
}

func (l *Ledger) counts(ctx context.Context, q string, values ...any) ([]Count, error) {
	rows, err := l.read.QueryContext(ctx, l.dialect.sql(q), values...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Count
	for rows.Next() {
		var c Count
		if err := rows.Scan(&c.Name, &c.Reports, &c.Statements, &c.First, &c.Last); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, rows.Err()
}

// Stats says how much a ledger holds.
type Stats struct {
	Database                                         string // "SQLite" or "PostgreSQL"
	Format                                           int
	Reports, Statements, Events, Outlets, Tombstones int
	Originals                                        int
	OriginalBytes                                    int64  // unpacked
	First, Last                                      string // days of publication, "" where unknown
	Stale                                            int    // reports of an older version of the annotator than the options name
}

// Stats counts.
func (l *Ledger) Stats(ctx context.Context) (Stats, error) {
	s := Stats{Database: l.dialect.name, Format: len(l.steps)}
	ask := func(q string, into ...any) error {
		var values []any
		if strings.Contains(q, "?") {
			values = append(values, l.options.Version)
		}
		return l.read.QueryRowContext(ctx, l.dialect.sql(q), values...).Scan(into...)
	}
	var bytes sql.NullInt64
	for _, err := range []error{
		ask(`SELECT count(*), coalesce(sum(statements), 0), count(DISTINCT nullif(outlet, '')), coalesce(min(nullif(day, '')), ''), coalesce(max(day), '') FROM document`,
			&s.Reports, &s.Statements, &s.Outlets, &s.First, &s.Last),
		ask(`SELECT count(*) FROM event`, &s.Events),
		ask(`SELECT count(*), sum(size) FROM original`, &s.Originals, &bytes),
		ask(`SELECT count(*) FROM tombstone`, &s.Tombstones),
		ask(`SELECT count(*) FROM document WHERE version < ?`, &s.Stale),
	} {
		if err != nil {
			return Stats{}, err
		}
	}
	s.OriginalBytes = bytes.Int64
	return s, nil
}

// Remove takes a report out of the ledger, its statements and its original
// bytes with it, and leaves a tombstone with the reason: it will not be added
// again.
func (l *Ledger) Remove(ctx context.Context, id, reason string) error {
	return l.change(ctx, func(t *tx) error {
		old, err := t.look(id)
		if err != nil {
			return err
		}
		if old.number == 0 {
			return notFound(id)
		}
		if err := errors.Join(t.forget(old.number), t.clear(old)); err != nil {
			return err
		}
		if _, err := t.exec(deleteDocument, old.number); err != nil {
			return err
		}
		_, err = t.exec(addTombstone, id, reason, time.Now().UTC().Format(time.RFC3339Nano))
		return err
	})
}
