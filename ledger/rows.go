package ledger

import (
	"context"
	"database/sql"
)

// asker is a database or a transaction that can be asked.
type asker interface {
	QueryContext(ctx context.Context, q string, values ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, q string, values ...any) *sql.Row
}

// query asks for rows.
func (t *tx) query(q string, values ...any) (*sql.Rows, error) {
	if s, err := t.statement(q); err != nil || s != nil {
		if err != nil {
			return nil, err
		}
		return s.Query(values...)
	}
	return t.Query(t.l.dialect.sql(q), values...)
}

// collect returns the only column of all rows.
func collect[T any](rows *sql.Rows, err error) ([]T, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		var v T
		if err := rows.Scan(&v); err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}
