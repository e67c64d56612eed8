package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"

	"github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

const oldestPostgres = 150000 // 15

// openPostgres connects to a database that exists.
func (l *Ledger) openPostgres(ctx context.Context) error {
	l.dialect = postgres
	var err error
	if l.write, err = sql.Open("pgx", l.name); err != nil {
		return err
	}
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
