package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"hearsay"
)

// scanner is a row, or rows.
type scanner interface{ Scan(into ...any) error }

// scanHead reads headColumns and what stands behind them.
func scanHead(row scanner, more ...any) (*hearsay.Head, error) {
	var h hearsay.Head
	var published, about string
	into := []any{&h.ID, &h.File, &h.Record, &h.URL, &h.Outlet, &h.Title, &h.Lang, &published, &h.SHA256, &h.Version, &about}
	if err := row.Scan(append(into, more...)...); err != nil {
		return nil, err
	}
	var err error
	if h.Published, err = unstamp(published); err != nil {
		return nil, fmt.Errorf("report %s: %w", h.ID, err)
	}
	var j aboutJSON
	if err := decode([]byte(about), &j, "report "+h.ID); err != nil {
		return nil, err
	}
	h.Bylines, h.Credits, h.Initials, h.Charset, h.Notes = j.Bylines, j.Credits, j.Initials, j.Charset, j.Notes
	return &h, nil
}

// recordsAtOnce is how many records one question asks for.
const recordsAtOnce = 200

// records reads the statements of keys, in that order.
func (l *Ledger) records(ctx context.Context, keys []int64) ([]hearsay.Record, error) {
	found := make(map[int64]hearsay.Record, len(keys))
	for rest := keys; len(rest) > 0; rest = rest[min(recordsAtOnce, len(rest)):] {
		some := rest[:min(recordsAtOnce, len(rest))]
		values := make([]any, len(some))
		for i, k := range some {
			values[i] = k
		}
		q := `SELECT ` + headColumns + `, s.key, s.id, s.content, s.rest FROM statement s JOIN document d ON d.number = s.key >> 20 WHERE s.key IN (?` + strings.Repeat(", ?", len(some)-1) + `)`
		rows, err := l.read.QueryContext(ctx, l.dialect.sql(q), values...)
		if err != nil {
			return nil, err
		}
		if err := scanRecords(rows, found); err != nil {
			return nil, err
		}
	}
	out := make([]hearsay.Record, 0, len(keys))
	for _, k := range keys {
		if r, ok := found[k]; ok { // else it was removed meanwhile
			out = append(out, r)
		}
	}
	return out, nil
}

func scanRecords(rows *sql.Rows, into map[int64]hearsay.Record) error {
	defer rows.Close()
	for rows.Next() {
		var key int64
		var id, content, rest string
		head, err := scanHead(rows, &key, &id, &content, &rest)
		if err != nil {
			return err
		}
		var j statementJSON
		if err := decode([]byte(rest), &j, "statement "+id); err != nil {
			return err
		}
		excerpts, err := j.excerpts(content)
		if err != nil {
			return fmt.Errorf("statement %s: %w", id, err)
		}
		into[key] = hearsay.Record{Statement: j.statement(id), Report: *head, Excerpts: excerpts}
	}
	return rows.Err()
}
