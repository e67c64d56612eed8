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
	Wordings, Threads                                int    // of statements that were compared; threads of two wordings and more
	Unlinked                                         int    // reports whose statements are not yet compared with others
	Cut                                              int    // keys that so many wordings of a day have that they are not compared for it
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
		ask(`SELECT (SELECT count(*) FROM wording), (SELECT count(DISTINCT first) FROM thread), (SELECT count(*) FROM unlinked), cut FROM linking`,
			&s.Wordings, &s.Threads, &s.Unlinked, &s.Cut),
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
