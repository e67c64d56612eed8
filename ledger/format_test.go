package ledger

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// next are the formats of a program that knows one more.
var next = append(append([]step(nil), steps...), step{
	up:   []string{`ALTER TABLE document ADD COLUMN desk {text} NOT NULL DEFAULT ''`, `CREATE TABLE dossier (id {text} PRIMARY KEY)`},
	down: []string{`DROP TABLE dossier`, `ALTER TABLE document DROP COLUMN desk`},
})

func TestMigrationsGoBothWays(t *testing.T) {
	onBoth(t, func(t *testing.T, name func() string) {
		ctx := context.Background()
		file := name()
		l := ledgerOf(t, file)
		add(t, l, variants()...)
		want := dumpOf(t, l)
		l.Close()

		newer := &Ledger{name: file, steps: next}
		if err := newer.open(ctx); err != nil {
			t.Fatal(err)
		}
		if got := dumpOf(t, newer); got != want {
			t.Error("another dump after the migration")
		}
		if _, err := newer.change1(ctx, `INSERT INTO dossier(id) VALUES ('1')`); err != nil {
			t.Error(err)
		}
		newer.Close()
		if !IsPostgres(file) {
			copied, err := Open(ctx, fmt.Sprintf("%s.format-%d", file, format), Options{})
			if err != nil {
				t.Fatal(err)
			}
			if got := dumpOf(t, copied); got != want {
				t.Error("the copy that was made before the migration is another")
			}
			copied.Close()
		}

		_, err := Open(ctx, file, Options{})
		if err == nil || !strings.Contains(err.Error(), fmt.Sprintf("format %d", format+1)) || !strings.Contains(err.Error(), "newer hearsay") {
			t.Errorf("a newer format was opened: %v", err)
		}

		newer = &Ledger{name: file, steps: next}
		if err := newer.open(ctx); err != nil {
			t.Fatal(err)
		}
		if err := newer.Migrate(ctx, format); err != nil {
			t.Fatal(err)
		}
		if err := newer.Migrate(ctx, 7); err == nil {
			t.Error("migrated to a format that is none")
		}
		newer.shut()
		l = ledgerOf(t, file)
		if got := dumpOf(t, l); got != want {
			t.Error("another dump after the way down")
		}
		add(t, l, made(400, 4))
		checkIndexes(t, l)
	})
}

// change1 runs one statement in a transaction.
func (l *Ledger) change1(ctx context.Context, q string) (n int64, err error) {
	err = l.change(ctx, func(t *tx) error {
		n, err = t.exec(q)
		return err
	})
	return n, err
}

// A migration that fails leaves the ledger as it was.
func TestAMigrationThatFailsChangesNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, name func() string) {
		ctx := context.Background()
		file := name()
		l := ledgerOf(t, file)
		add(t, l, made(1, 3))
		want := dumpOf(t, l)
		l.Close()
		broken := append(append([]step(nil), steps...), step{up: []string{`CREATE TABLE dossier (id {text})`, `nonsense`}})
		newer := &Ledger{name: file, steps: broken}
		if err := newer.open(ctx); err == nil {
			t.Fatal("a broken migration went through")
		}
		l = ledgerOf(t, file)
		if got := dumpOf(t, l); got != want {
			t.Error("another dump")
		}
		if _, err := l.change1(ctx, `SELECT 1 FROM dossier`); err == nil {
			t.Error("half of a migration stayed")
		}
	})
}

// TestFilesOfAllFormats opens a file of each format that there was. The file of
// a format is made once, by this test with -update, when it is new.
func TestFilesOfAllFormats(t *testing.T) {
	ctx := context.Background()
	var items []item
	for i := range 5 {
		items = append(items, made(i, i))
	}
	want := ledgerOf(t, filepath.Join(t.TempDir(), "hearsay.db"))
	add(t, want, items...)
	if *update {
		name := filepath.Join("testdata", fmt.Sprintf("format-%d.db", format))
		os.Remove(name)
		if err := want.Backup(ctx, name); err != nil {
			t.Fatal(err)
		}
	}
	files, _ := filepath.Glob(filepath.Join("testdata", "format-*.db"))
	if len(files) != format {
		t.Errorf("%d files for %d formats", len(files), format)
	}
	for _, f := range files {
		body, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Join(t.TempDir(), "hearsay.db")
		if err := os.WriteFile(name, body, 0o600); err != nil {
			t.Fatal(err)
		}
		l := ledgerOf(t, name)
		if dumpOf(t, l) != dumpOf(t, want) {
			t.Errorf("%s: another dump", f)
		}
		checkIndexes(t, l)
	}
}
