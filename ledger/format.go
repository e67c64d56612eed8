package ledger

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"
)

// Keys of locks of PostgreSQL.
const (
	lockFormat = 0x68736179_00000001
	lockIndex  = 0x68736179_00000002
	lockLinks  = 0x68736179_00000003
)

// upgrade brings what is stored to the newest format.
func (l *Ledger) upgrade(ctx context.Context) error {
	return l.Migrate(ctx, len(l.steps))
}

// Migrate brings what is stored to another format, up or down; a program that
// knows no newer format can open it then. Before a SQLite file is changed, a
// copy is made beside it, whose name ends in .format-N. Use the ledger no more
// after going down: close it.
func (l *Ledger) Migrate(ctx context.Context, to int) error {
	if to < 0 || to > len(l.steps) {
		return fmt.Errorf("there is no format %d: this program knows 1 to %d", to, len(l.steps))
	}
	have, err := l.format(ctx)
	switch {
	case err != nil:
		return err
	case have == to:
		return nil
	case have > len(l.steps):
		return fmt.Errorf("is of format %d, and this program knows up to %d: use a newer hearsay, or have it migrate the ledger down to %d", have, len(l.steps), len(l.steps))
	case have > 0 && l.only != nil && !l.isCopy:
		if err := l.keepCopy(ctx, have); err != nil {
			return fmt.Errorf("cannot copy the ledger before it is migrated: %w", err)
		}
	}
	return l.change(ctx, func(t *tx) error { return t.migrate(to) })
}

// migrate goes step by step. Another process may have done it meanwhile.
func (t *tx) migrate(to int) error {
	if lock := t.l.dialect.lock(lockFormat); lock != "" {
		if _, err := t.exec(lock); err != nil {
			return err
		}
	}
	have, err := t.format()
	for ; err == nil && have < to; have++ {
		err = t.script(t.l.steps[have].up)
	}
	for ; err == nil && have > to; have-- {
		if t.l.steps[have-1].down == nil {
			return fmt.Errorf("there is no way down from format %d", have)
		}
		err = t.script(t.l.steps[have-1].down)
	}
	if err != nil {
		return err
	}
	if t.l.dialect.numbered {
		return t.script([]string{`CREATE TABLE IF NOT EXISTS hearsay (format INTEGER NOT NULL)`, `DELETE FROM hearsay`,
			fmt.Sprintf(`INSERT INTO hearsay(format) VALUES (%d)`, to)})
	}
	return t.script([]string{fmt.Sprintf("PRAGMA application_id = %d", applicationID), fmt.Sprintf("PRAGMA user_version = %d", to)})
}

func (t *tx) script(statements []string) error {
	for _, q := range statements {
		switch q {
		case wordsTable:
			q = t.l.dialect.schema
		case wordsAgain:
			q = t.l.dialect.again
		}
		for one := range strings.SplitSeq(t.l.dialect.sql(q), ";\n") {
			if one == "" {
				continue
			}
			if _, err := t.Tx.Exec(one); err != nil {
				return fmt.Errorf("%w in %q", err, one)
			}
		}
	}
	return nil
}

// format returns the number of the format, 0 for an empty database.
func (l *Ledger) format(ctx context.Context) (n int, err error) {
	if !l.dialect.numbered {
		err = l.only.QueryRowContext(ctx, "PRAGMA user_version").Scan(&n)
		return n, err
	}
	err = l.change(ctx, func(t *tx) error {
		n, err = t.format()
		return err
	})
	return n, err
}

func (t *tx) format() (n int, err error) {
	if !t.l.dialect.numbered {
		err = t.QueryRow("PRAGMA user_version").Scan(&n)
		return n, err
	}
	var there bool
	// Not to_regclass: it may remember what was so before the lock was taken.
	if err := t.QueryRow("SELECT EXISTS (SELECT 1 FROM pg_tables WHERE tablename = 'hearsay' AND schemaname = ANY(current_schemas(false)))").Scan(&there); err != nil || !there {
		return 0, err
	}
	err = t.QueryRow("SELECT max(format) FROM hearsay").Scan(&n)
	return n, err
}

// keepCopy copies a file before it is migrated. A copy that is there stays: it
// is older.
func (l *Ledger) keepCopy(ctx context.Context, format int) error {
	name := fmt.Sprintf("%s.format-%d", l.name, format)
	if _, err := os.Stat(name); !errors.Is(err, fs.ErrNotExist) {
		name += time.Now().UTC().Format("-20060102T150405.000000000")
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) // VACUUM writes into an empty file
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	_, err = l.only.ExecContext(ctx, "VACUUM INTO ?", name)
	return err
}
