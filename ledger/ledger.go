// Package ledger keeps reports and their statements: every report once, with
// the bytes it came from, and finds them again. A ledger is a SQLite file or a
// PostgreSQL database; both keep the same and give the same answers.
//
// The same inputs give the same ledger, in whatever order, in however many runs
// and how often they are added: [Ledger.Dump] shows it. What is derived from
// reports (the indexes) can be thrown away and built again: [Ledger.Rebuild].
package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/klauspost/compress/zstd"
)

// ErrNotFound says that the ledger has no report or statement of that ID.
var ErrNotFound = errors.New("not in the ledger")

// Options say how a ledger is used.
type Options struct {
	// Version of the annotator that finds the statements that are added. A higher
	// one is better: Redo looks for reports with a lower one.
	Version int
}

// A Ledger is open until it is closed, and may be used by several goroutines
// and several processes at once.
type Ledger struct {
	name    string
	options Options
	dialect *dialect
	steps   []step
	isCopy  bool // of another ledger: no copy is kept of it

	write *sql.DB
	read  *sql.DB

	// SQLite has one writer: a connection with its statements, which one
	// transaction at a time holds. A transaction begins by taking the lock of the file.
	mu       sync.Mutex
	only     *sql.Conn
	prepared map[string]*sql.Stmt

	unsettled atomic.Int64 // reports added since the indexes were brought up to date

	linking   sync.Mutex     // one pass at a time
	unlinked  atomic.Int64   // reports added since they were linked
	linkAfter atomic.Int64   // of so many, a pass is begun behind
	behind    sync.WaitGroup // the pass that goes on while reports are added

	mostCounted, mostSorted, mostRanked int // see find.go
	mostAlike, mostFilled               int // see days.go

	zip   *zstd.Encoder
	unzip *zstd.Decoder
}

// Open opens the ledger of a name: postgres://... is a PostgreSQL database, any
// other name a SQLite file. What does not exist is made (a file, its folder and
// the tables, for the user's eyes only; but no PostgreSQL database). A ledger of
// an older format is migrated; of a file a copy is kept beside it. A newer one
// is refused.
func Open(ctx context.Context, name string, options Options) (*Ledger, error) {
	l := &Ledger{name: name, options: options, steps: steps}
	if err := l.open(ctx); err != nil {
		return nil, err
	}
	return l, nil
}

func (l *Ledger) open(ctx context.Context) (err error) {
	l.prepared = map[string]*sql.Stmt{}
	l.mostCounted, l.mostSorted, l.mostRanked, l.mostAlike = mostCounted, mostSorted, mostRanked, mostAlike
	l.mostFilled = mostFilled
	l.linkAfter.Store(linkEvery)
	if l.zip, err = zstd.NewWriter(nil, zstd.WithEncoderConcurrency(runtime.GOMAXPROCS(0)), zstd.WithWindowSize(1<<20), zstd.WithLowerEncoderMem(true)); err != nil {
		return err
	}
	if l.unzip, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(0)); err != nil {
		return err
	}
	if IsPostgres(l.name) {
		err = l.openPostgres(ctx)
	} else {
		err = l.openSQLite(ctx)
	}
	if err == nil {
		err = l.upgrade(ctx)
	}
	if err != nil {
		l.shut()
		return fmt.Errorf("%s: %w", l.shown(), err)
	}
	return nil
}

// IsPostgres reports whether a name is that of a PostgreSQL database.
func IsPostgres(name string) bool {
	return strings.HasPrefix(name, "postgres://") || strings.HasPrefix(name, "postgresql://")
}

// shown is the name of the ledger in messages, without what may be a password.
func (l *Ledger) shown() string {
	if !IsPostgres(l.name) {
		return l.name
	}
	scheme, rest, _ := strings.Cut(l.name, "://")
	if i := strings.LastIndexByte(rest, '@'); i >= 0 {
		rest = rest[i+1:]
	}
	rest, _, _ = strings.Cut(rest, "?")
	return scheme + "://" + rest
}

// Close brings indexes and threads up to date and closes the ledger. What was
// added is safe without it.
func (l *Ledger) Close() error {
	var err error
	if l.unsettled.Load() > 0 {
		err = l.settle(context.Background())
	}
	l.behind.Wait()
	if l.unlinked.Load() > 0 && err == nil {
		if err = l.link(context.Background()); err == nil {
			err = l.sumUp(context.Background())
		}
	}
	return errors.Join(err, l.shut())
}

func (l *Ledger) shut() error {
	l.behind.Wait()
	var errs []error
	for _, s := range l.prepared {
		errs = append(errs, s.Close())
	}
	if l.only != nil {
		errs = append(errs, l.only.Close())
	}
	if l.read != nil && l.read != l.write {
		errs = append(errs, l.read.Close())
	}
	if l.write != nil {
		errs = append(errs, l.write.Close())
	}
	if l.unzip != nil {
		l.unzip.Close()
	}
	return errors.Join(errs...)
}

// A tx is a transaction that writes.
type tx struct {
	*sql.Tx
	l *Ledger
}

// patience is how long a transaction waits for that of another process.
const patience = time.Minute

// change runs f in a transaction, which is committed if f returns nil; f may
// run again, if the database gives one of two transactions up for the other. It
// runs to its end even if ctx is cancelled meanwhile: transactions are short.
func (l *Ledger) change(ctx context.Context, f func(t *tx) error) error {
	begin := l.write.BeginTx
	if l.only != nil {
		l.mu.Lock()
		defer l.mu.Unlock()
		begin = l.only.BeginTx
	}
	for began := time.Now(); ; {
		if err := ctx.Err(); err != nil {
			return err
		}
		err := l.once(begin, context.WithoutCancel(ctx), f)
		if !(busy(err) || givenUp(err)) || time.Since(began) > patience {
			return err
		}
	}
}

func (l *Ledger) once(begin func(context.Context, *sql.TxOptions) (*sql.Tx, error), ctx context.Context, f func(t *tx) error) error {
	t, err := begin(ctx, nil)
	if err != nil {
		return err
	}
	if err := f(&tx{t, l}); err != nil {
		return errors.Join(err, ignoreDone(t.Rollback()))
	}
	return t.Commit()
}

// ignoreDone leaves out that a transaction was rolled back before: a full disk
// does so.
func ignoreDone(err error) error {
	if err == nil || errors.Is(err, sql.ErrTxDone) || strings.Contains(err.Error(), "no transaction is active") {
		return nil
	}
	return err
}

// snapshot runs f in a transaction that reads and sees no change by others.
func (l *Ledger) snapshot(ctx context.Context, f func(t *sql.Tx) error) error {
	options := &sql.TxOptions{ReadOnly: true}
	if l.dialect.numbered {
		options.Isolation = sql.LevelRepeatableRead
	}
	t, err := l.read.BeginTx(ctx, options)
	if err != nil {
		return err
	}
	return errors.Join(f(t), ignoreDone(t.Rollback()))
}

// exec runs a statement and returns how many rows it changed.
func (t *tx) exec(q string, values ...any) (int64, error) {
	var result sql.Result
	s, err := t.statement(q)
	if err == nil && s != nil {
		result, err = s.Exec(values...)
	} else if err == nil {
		result, err = t.Tx.Exec(t.l.dialect.sql(q), values...)
	}
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// row asks for one row.
func (t *tx) row(q string, values ...any) *sql.Row {
	if s, err := t.statement(q); err == nil && s != nil {
		return s.QueryRow(values...)
	}
	return t.QueryRow(t.l.dialect.sql(q), values...)
}

// statement returns a statement of the only writer, prepared once. It is nil
// for PostgreSQL, whose driver keeps the statements of each connection.
func (t *tx) statement(q string) (*sql.Stmt, error) {
	if t.l.only == nil {
		return nil, nil
	}
	s := t.l.prepared[q]
	if s == nil {
		var err error
		if s, err = t.l.only.PrepareContext(context.Background(), t.l.dialect.sql(q)); err != nil {
			return nil, err
		}
		t.l.prepared[q] = s
	}
	return s, nil
}

// insert adds rows, many at a time: head is the INSERT up to VALUES, row the
// values of one row.
func (t *tx) insert(head, row string, rows [][]any) error { return t.insertBut(head, row, "", rows) }

// insertBut is insert with what stands behind the rows: what is to be done with
// those that are there.
func (t *tx) insertBut(head, row, tail string, rows [][]any) error {
	for _, size := range []int{32, 4, 1} {
		q := head + row + strings.Repeat(", "+row, size-1) + tail
		for ; len(rows) >= size; rows = rows[size:] {
			values := make([]any, 0, size*len(rows[0]))
			for _, r := range rows[:size] {
				values = append(values, r...)
			}
			if _, err := t.exec(q, values...); err != nil {
				return err
			}
		}
	}
	return nil
}
