package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Backup writes a copy of the ledger to a new file: a SQLite ledger, whatever
// this one is, that can be opened and restored. Others may go on writing
// meanwhile; the copy is of one moment. It is opened, checked and compared with
// the ledger before it gets its name.
func (l *Ledger) Backup(ctx context.Context, path string) error {
	return intoNew(path, func(part string) error {
		to := &Ledger{name: part, steps: l.steps, isCopy: true}
		return l.snapshotConn(ctx, func(c *sql.Conn, t *sql.Tx) error {
			if l.only != nil {
				if err := copyPages(c, part); err != nil {
					return err
				}
			}
			if err := to.open(ctx); err != nil {
				return err
			}
			defer to.shut()
			if l.only == nil {
				if err := l.copyTo(ctx, t, to); err != nil {
					return err
				}
			}
			if err := l.compare(ctx, t, to); err != nil {
				return err
			}
			return to.plain(ctx)
		})
	})
}

// Restore makes a ledger of a backup: a new file, or the tables of a PostgreSQL
// database that has none of a ledger or empty ones. The backup is checked
// before, and the ledger compared with it when it is done.
func Restore(ctx context.Context, backup, into string) error {
	if !IsPostgres(into) {
		if err := os.MkdirAll(filepath.Dir(into), 0o700); err != nil {
			return fmt.Errorf("%s: %w", into, cut(err))
		}
		return intoNew(into, func(part string) error { return restoreFile(ctx, backup, part) })
	}
	folder, err := os.MkdirTemp("", "hearsay-restore-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	part := filepath.Join(folder, "backup.db")
	if err := restoreFile(ctx, backup, part); err != nil {
		return err
	}
	from := &Ledger{name: part, steps: steps, isCopy: true}
	if err := from.open(ctx); err != nil {
		return err
	}
	defer from.shut()
	to, err := Open(ctx, into, Options{})
	if err != nil {
		return err
	}
	stats, err := to.Stats(ctx)
	if err == nil && stats.Reports+stats.Tombstones > 0 {
		err = fmt.Errorf("%s: has reports: a backup is restored into an empty ledger only", to.shown())
	}
	if err == nil {
		err = from.snapshot(ctx, func(t *sql.Tx) error {
			return errors.Join(from.copyTo(ctx, t, to), from.compare(ctx, t, to))
		})
	}
	return errors.Join(err, to.Close())
}

// restoreFile copies a backup, brings the copy to the newest format and checks
// it.
func restoreFile(ctx context.Context, backup, part string) error {
	if info, err := os.Stat(backup); err != nil {
		return fmt.Errorf("%s: %w", backup, cut(err))
	} else if info.Size() == 0 {
		return fmt.Errorf("%s: is empty", backup)
	}
	if err := foreign(ctx, backup); err != nil {
		return fmt.Errorf("%s: %w", backup, err)
	}
	db, err := sql.Open("sqlite", address(backup, "mode=ro", "_pragma=query_only(1)"))
	if err != nil {
		return err
	}
	defer db.Close()
	from := &Ledger{name: backup, dialect: sqlite, read: db}
	to := &Ledger{name: part, steps: steps, isCopy: true}
	return from.snapshotConn(ctx, func(c *sql.Conn, t *sql.Tx) error {
		if err := whole(ctx, t); err != nil {
			return fmt.Errorf("%s: %w", backup, err)
		}
		var have int
		if err := t.QueryRowContext(ctx, "PRAGMA user_version").Scan(&have); err != nil {
			return err
		}
		if err := copyPages(c, part); err != nil {
			return err
		}
		if err := to.open(ctx); err != nil {
			return err
		}
		defer to.shut()
		if have < len(steps) { // the two cannot be compared; the copy is read and checked
			return to.snapshot(ctx, func(t *sql.Tx) error {
				_, err := to.sum(ctx, t)
				return errors.Join(err, whole(ctx, t))
			})
		}
		from.unzip = to.unzip
		return from.compare(ctx, t, to)
	})
}

// intoNew has a file made under another name and gives it its own when it is
// whole. It never takes the place of another.
func intoNew(path string, f func(part string) error) error {
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("%s: is there already", path)
	} else if !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s: %w", path, cut(err))
	}
	made, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.part") // for the user's eyes only
	if err != nil {
		return fmt.Errorf("%s: %w", path, cut(err))
	}
	part := made.Name()
	defer func() {
		for _, end := range []string{"", "-wal", "-shm", "-journal"} {
			os.Remove(part + end)
		}
	}()
	if err := errors.Join(made.Close(), f(part)); err != nil {
		return err
	}
	err = os.Link(part, path) // unlike a rename it fails where path is there
	if err != nil && !errors.Is(err, fs.ErrExist) {
		err = os.Rename(part, path) // not every file system has links
	}
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return syncFolder(filepath.Dir(path))
}

func syncFolder(name string) error {
	d, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// snapshotConn is snapshot with the connection of the transaction.
func (l *Ledger) snapshotConn(ctx context.Context, f func(*sql.Conn, *sql.Tx) error) error {
	c, err := l.read.Conn(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	options := &sql.TxOptions{ReadOnly: true}
	if l.dialect.numbered {
		options.Isolation = sql.LevelRepeatableRead
	}
	t, err := c.BeginTx(ctx, options)
	if err != nil {
		return err
	}
	var one int // a transaction sees the moment of its first question
	if err = t.QueryRowContext(ctx, "SELECT count(*) FROM tombstone").Scan(&one); err == nil {
		err = f(c, t)
	}
	return errors.Join(err, ignoreDone(t.Rollback()))
}

// copyTo adds all reports and tombstones that a transaction sees to an empty
// ledger.
func (l *Ledger) copyTo(ctx context.Context, t *sql.Tx, to *Ledger) error {
	err := l.eachReport(ctx, t, func(r *Report) error {
		p, err := pack(r.Document, r.Statements, r.Events, r.Version)
		if err == nil {
			_, err = to.put(ctx, p, r.Added)
		}
		return err
	})
	if err != nil {
		return err
	}
	err = to.change(ctx, func(change *tx) error {
		return l.eachTombstone(ctx, t, func(id, reason, added string) error {
			_, err := change.exec(addTombstone, id, reason, added)
			return err
		})
	})
	if err == nil {
		err = l.copyWatched(ctx, t, to)
	}
	if err != nil {
		return err
	}
	return to.settle(ctx)
}

// compare is an error where a copy is not what a transaction sees.
func (l *Ledger) compare(ctx context.Context, t *sql.Tx, to *Ledger) error {
	want, err := l.sum(ctx, t)
	if err != nil {
		return err
	}
	return to.snapshot(ctx, func(t *sql.Tx) error {
		have, err := to.sum(ctx, t)
		if err == nil && have != want {
			err = errors.New("the copy is not what was copied")
		}
		if err == nil && to.only != nil {
			err = whole(ctx, t)
		}
		return err
	})
}

// whole is an error where a SQLite file is damaged.
func whole(ctx context.Context, t *sql.Tx) error {
	found, err := collect[string](t.QueryContext(ctx, "PRAGMA integrity_check(3)"))
	if err == nil && (len(found) != 1 || found[0] != "ok") {
		err = fmt.Errorf("the file is damaged: %.200s", found)
	}
	return err
}

// plain makes one file of a ledger that is closed next: nothing beside it is
// needed to read it.
func (l *Ledger) plain(ctx context.Context) error {
	if err := l.read.Close(); err != nil {
		return err
	}
	var mode string
	for began := time.Now(); ; {
		err := l.only.QueryRowContext(ctx, "PRAGMA journal_mode = DELETE").Scan(&mode)
		if err == nil && mode == "delete" {
			return nil
		}
		if !busy(err) || time.Since(began) > patience {
			return errors.Join(err, fmt.Errorf("cannot leave WAL mode: %q", mode))
		}
	}
}
