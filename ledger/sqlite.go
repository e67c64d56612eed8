package ledger

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	driversqlite "modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"
)

// applicationID marks a SQLite file as a ledger: "hsay".
const applicationID = 0x68736179

// oldestSQLite is the first library without a known way to damage a file in
// WAL mode.
var oldestSQLite = [3]int{3, 51, 3}

// openSQLite opens a file, and makes it and its folder where there is none.
func (l *Ledger) openSQLite(ctx context.Context) error {
	l.dialect = sqlite
	if l.name == "" {
		return errors.New("a ledger needs a name")
	}
	if err := os.MkdirAll(filepath.Dir(l.name), 0o700); err != nil {
		return cut(err)
	}
	f, err := os.OpenFile(l.name, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return cut(err)
	}
	if err := f.Close(); err != nil {
		return err
	}
	if err := foreign(ctx, l.name); err != nil {
		return err
	}
	if l.write, err = sql.Open("sqlite", address(l.name, "_txlock=immediate", "_pragma=journal_mode(WAL)", "_pragma=synchronous(FULL)", "_pragma=cache_size(-65536)", "_pragma=wal_autocheckpoint(4000)")); err != nil {
		return err
	}
	l.write.SetMaxOpenConns(1)
	if l.only, err = l.write.Conn(ctx); err != nil {
		return err
	}
	if l.read, err = sql.Open("sqlite", address(l.name, "_pragma=query_only(1)", "_pragma=cache_size(-16384)")); err != nil {
		return err
	}
	l.read.SetMaxOpenConns(max(4, runtime.GOMAXPROCS(0)))
	l.read.SetMaxIdleConns(max(4, runtime.GOMAXPROCS(0)))
	return recent(ctx, l.only)
}

// checkpoint brings what is in the log of a SQLite file into the file, as far as
// nobody reads what was before. Where all of it is brought there, the next
// transaction begins the log anew: passes that read one after the other would
// keep it growing. The last part is brought while nobody writes.
func (l *Ledger) checkpoint(ctx context.Context) error {
	if l.only == nil {
		return nil
	}
	const passive = "PRAGMA wal_checkpoint(PASSIVE)"
	if _, err := l.read.ExecContext(ctx, passive); err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	_, err := l.only.ExecContext(ctx, passive)
	return err
}

// address is a file as the driver wants it named.
func address(name string, options ...string) string {
	if abs, err := filepath.Abs(name); err == nil {
		name = abs
	}
	u := url.URL{Scheme: "file", Path: filepath.ToSlash(name)}
	return u.String() + "?" + strings.Join(append([]string{"_pragma=busy_timeout(5000)"}, options...), "&")
}

// cut takes the name out of an error that names the file: the caller does.
func cut(err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}

// foreign is an error where a file is neither empty nor a ledger. It looks
// without changing anything.
func foreign(ctx context.Context, name string) error {
	db, err := sql.Open("sqlite", address(name, "_pragma=query_only(1)"))
	if err != nil {
		return err
	}
	defer db.Close()
	var id, tables int
	err = db.QueryRowContext(ctx, "SELECT (SELECT application_id FROM pragma_application_id), (SELECT count(*) FROM sqlite_schema)").Scan(&id, &tables)
	switch {
	case hasCode(err, codes.SQLITE_NOTADB):
		return errors.New("is a file, but not a ledger")
	case err != nil:
		return err
	case tables > 0 && id != applicationID:
		return errors.New("is a SQLite file, but not a ledger")
	}
	return nil
}

// recent is an error where the library is older than oldestSQLite.
func recent(ctx context.Context, c *sql.Conn) error {
	var version string
	if err := c.QueryRowContext(ctx, "SELECT sqlite_version()").Scan(&version); err != nil {
		return err
	}
	for i, part := range strings.SplitN(version, ".", 3) {
		n, err := strconv.Atoi(part)
		if err != nil || n < oldestSQLite[i] {
			return fmt.Errorf("built with SQLite %s, which can damage files: want %d.%d.%d or later", version, oldestSQLite[0], oldestSQLite[1], oldestSQLite[2])
		}
		if n > oldestSQLite[i] {
			break
		}
	}
	return nil
}

// busy reports whether an error says that another process holds the lock.
func busy(err error) bool {
	return hasCode(err, codes.SQLITE_BUSY)
}

func hasCode(err error, code int) bool {
	var e *driversqlite.Error
	return errors.As(err, &e) && e.Code()&0xff == code
}

// copyPages copies what a connection sees, within its transaction if it is in
// one, to a new file.
func copyPages(c *sql.Conn, to string) error {
	return c.Raw(func(dc any) error {
		copier, ok := dc.(interface {
			NewBackup(string) (*driversqlite.Backup, error)
		})
		if !ok {
			return driver.ErrSkip
		}
		b, err := copier.NewBackup(address(to))
		if err != nil {
			return err
		}
		_, err = b.Step(-1)
		return errors.Join(err, b.Finish())
	})
}
