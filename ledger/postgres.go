package ledger

import (
	"context"
	"errors"
	"fmt"
	"runtime"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
)

const oldestPostgres = 150000 // 15

// settings are those of a connection, unless the name of the ledger gives
// others: a plan fits the words that are asked for, and is not compiled, which
// takes longer than the questions themselves.
var settings = map[string]string{"plan_cache_mode": "force_custom_plan", "jit": "off"}

// openPostgres connects to a database that exists.
func (l *Ledger) openPostgres(ctx context.Context) error {
	l.dialect = postgres
	config, err := pgx.ParseConfig(l.name)
	if err != nil {
		return err
	}
	for name, value := range settings {
		if _, given := config.RuntimeParams[name]; !given {
			config.RuntimeParams[name] = value
		}
	}
	l.write = stdlib.OpenDB(*config)
	l.read = l.write
	l.write.SetMaxOpenConns(max(8, 2*runtime.GOMAXPROCS(0)))
	l.write.SetMaxIdleConns(max(8, 2*runtime.GOMAXPROCS(0)))
	var version int
	var encoding string
	if err := l.write.QueryRowContext(ctx, "SELECT current_setting('server_version_num')::int, current_setting('server_encoding')").Scan(&version, &encoding); err != nil {
		return err
	}
	switch {
	case version < oldestPostgres:
		return fmt.Errorf("is PostgreSQL %d: want 15 or later", version/10000)
	case encoding != "UTF8":
		return errors.New("the database is not of encoding UTF8")
	}
	return nil
}

// givenUp reports whether an error says that the transaction stood in the way
// of another, and may be tried again: a failed serialisation, a deadlock.
func givenUp(err error) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && (e.Code == "40001" || e.Code == "40P01")
}
