package ledger

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hearsay"
	"hearsay/export"
)

func TestWhatIsAddedIsReadBack(t *testing.T) {
	items := examples(t)
	for i := range 20 {
		items = append(items, made(i, i))
	}
	onBoth(t, func(t *testing.T, name func() string) {
		ctx := context.Background()
		l := ledgerOf(t, name())
		add(t, l, items...)
		for _, it := range items {
			r, err := l.Document(ctx, it.doc.ID)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(item{it.doc, it.statements, it.events}, item{r.Document, r.Statements, r.Events}, cmp.AllowUnexported(item{})); diff != "" {
				t.Errorf("%s (-added +read back):\n%s", it.doc.File, diff)
			}
			if a, b := stamp(it.doc.Published), stamp(r.Published); a != b {
				t.Errorf("%s: published %s, read back %s", it.doc.File, a, b)
			}
			for i, s := range it.statements {
				r, n, err := l.Statement(ctx, s.ID)
				if err != nil || n != i || r.ID != it.doc.ID {
					t.Fatalf("statement %s: number %d, %v", s.ID, n, err)
				}
			}
			original, err := l.Original(ctx, it.doc.SHA256)
			if err != nil || !bytes.Equal(original, it.doc.Original) {
				t.Errorf("%s: the original is another: %v", it.doc.File, err)
			}
		}
		if _, _, err := l.Statement(ctx, "none"); !errors.Is(err, ErrNotFound) {
			t.Errorf("a statement that is not there: %v", err)
		}
		if _, err := l.Document(ctx, "none"); !errors.Is(err, ErrNotFound) {
			t.Errorf("a report that is not there: %v", err)
		}
	})
}

// A record is written as its report would write it, without the text.
func TestARecordIsWrittenAsItsReportWritesIt(t *testing.T) {
	l := ledgerOf(t, filepath.Join(t.TempDir(), "hearsay.db"))
	for _, it := range examples(t) {
		add(t, l, it)
		var b bytes.Buffer
		if err := export.JSON(&b, it.doc, it.statements, it.events); err != nil {
			t.Fatal(err)
		}
		var whole struct{ Statements []json.RawMessage }
		if err := json.Unmarshal(b.Bytes(), &whole); err != nil {
			t.Fatal(err)
		}
		found, err := l.Find(context.Background(), Query{Document: it.doc.ID, Limit: 10000})
		if err != nil {
			t.Fatal(err)
		}
		for i := range found.Records {
			b.Reset()
			if err := export.Record(&b, &found.Records[i]); err != nil {
				t.Fatal(err)
			}
			var one struct {
				Document  map[string]any
				Statement json.RawMessage
			}
			if err := json.Unmarshal(b.Bytes(), &one); err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(one.Statement, whole.Statements[i]) {
				t.Errorf("%s: statement %d is written as\n%s\nand in its report as\n%s", it.doc.File, i, one.Statement, whole.Statements[i])
			}
			if _, ok := one.Document["text"]; ok || one.Document["id"] != it.doc.ID {
				t.Errorf("%s: document %v", it.doc.File, one.Document)
			}
		}
	}
}

// Every span of a record has its words, and its place in code points.
func TestARecordHasTheWordsOfItsSpans(t *testing.T) {
	items := examples(t)
	onBoth(t, func(t *testing.T, name func() string) {
		l := ledgerOf(t, name())
		add(t, l, items...)
		for _, it := range items {
			found, err := l.Find(context.Background(), Query{Document: it.doc.ID, Limit: 10000})
			if err != nil || len(found.Records) != len(it.statements) || found.Total != len(it.statements) {
				t.Fatalf("%s: found %d of %d of %d: %v", it.doc.File, len(found.Records), found.Total, len(it.statements), err)
			}
			for i, r := range found.Records {
				if diff := cmp.Diff(it.statements[i], r.Statement); diff != "" {
					t.Errorf("%s:\n%s", it.doc.File, diff)
				}
				eachSpan(&r.Statement, func(field string, n int, sp hearsay.Span) {
					words, point, ok := r.Words(sp)
					if want := len([]rune(it.doc.Text[:sp.Start])); !ok || words != sp.In(it.doc.Text) || point != want && sp != (hearsay.Span{}) {
						t.Errorf("%s: statement %d, %s %d: %q at %d (%v), want %q at %d", it.doc.File, i, field, n, words, point, ok, sp.In(it.doc.Text), want)
					}
				})
				if r.Report.Title != it.doc.Title || !slices.Equal(r.Report.Credits, it.doc.Credits) || r.Report.Version != 1 {
					t.Errorf("%s: head %+v", it.doc.File, r.Report)
				}
			}
		}
	})
}

func TestAReportThatDoesNotFitItsTextIsRefused(t *testing.T) {
	onBoth(t, func(t *testing.T, name func() string) {
		l := ledgerOf(t, name())
		for _, c := range []struct {
			want string
			harm func(it *item)
		}{
			{"statement 1, content 0: bytes", func(it *item) { it.statements[1].Content[0].End = 1 << 20 }},
			{"statement 0, speaker 0", func(it *item) { it.statements[0].Speaker.Start = -1 }},
			{"statement 2, because 0", func(it *item) { it.statements[2].Because[0].Span = cutRune(it.doc.Text) }},
			{"statement 4, checks 0", func(it *item) { it.statements[4].Checks[0].End = it.statements[4].Checks[0].Start - 1 }},
			{"event 0, participants 0", func(it *item) { it.events[0].Participants[0].End = 1 << 30 }},
			{"has no content", func(it *item) { it.statements[3].Content = nil }},
			{"has the ID of statement 0", func(it *item) { it.statements[3].ID = it.statements[0].ID }},
			{"the ID is not that", func(it *item) { it.doc.Outlet = "another" }},
			{"the SHA-256 is not that", func(it *item) { it.doc.Original = []byte("other") }},
			{"NUL", func(it *item) { it.doc.Title = "\x00" }},
			{"block 0", func(it *item) { it.doc.Blocks[0].End++ }},
			{"piece 0", func(it *item) { it.doc.Pieces[0].Bytes.End++ }},
			{"not UTF-8", func(it *item) { it.doc.Text += "\xff" }},
		} {
			it := made(4, 5)
			c.harm(&it)
			if _, err := l.Add(context.Background(), it.doc, it.statements, it.events); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("want an error with %q, have %v", c.want, err)
			}
		}
		if dump := dumpOf(t, l); dump != "" {
			t.Errorf("something was kept: %s", dump)
		}
	})
}

// cutRune is a span that ends within a character.
func cutRune(text string) hearsay.Span {
	i := strings.Index(text, "–")
	return hearsay.Span{Start: i, End: i + 1}
}

// variants are reports that come in several forms, and reports of one URL.
func variants() []item {
	var items []item
	for i := range 40 {
		items = append(items, made(i, i%6))
	}
	for i := range 6 { // other files, other dates, other bytes, other versions of the same report
		it := made(i, i%6)
		it.doc.File = "a.txt"
		items = append(items, it)
		it = made(i, i%6)
		it.doc.Published = it.doc.Published.AddDate(0, 0, -1)
		items = append(items, it)
		it = made(i, i%6)
		it.doc.Published = time.Time{}
		items = append(items, it)
		it = made(i, i%6)
		it.doc.SHA256, it.doc.Original, it.doc.Pieces = "", nil, nil
		items = append(items, it)
		it = made(i, i%6)
		finishMade(it.doc, it.doc.Text+"More.")
		for n := range it.statements {
			it.statements[n].ID = hearsay.StatementID(it.doc.ID, it.statements[n].Cue.Span)
		}
		items = append(items, it)
		it = made(i, i%6)
		it.statements = it.statements[:len(it.statements)/2]
		items = append(items, it)
	}
	return items
}

func TestTheSameInputsGiveTheSameLedgerInAnyOrder(t *testing.T) {
	onBoth(t, func(t *testing.T, name func() string) {
		want := ""
		for round := range 6 {
			r := rand.New(rand.NewPCG(1, uint64(round)))
			items := variants()
			if round > 0 {
				items = append(items, items...) // twice
				r.Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
			}
			file := name()
			for len(items) > 0 { // in batches
				l := ledgerOf(t, file)
				n := min(len(items), 1+r.IntN(60))
				add(t, l, items[:n]...)
				if r.IntN(2) == 0 {
					if _, err := l.Find(context.Background(), Query{Words: "dam"}); err != nil {
						t.Fatal(err)
					}
				}
				if err := l.Close(); err != nil {
					t.Fatal(err)
				}
				items = items[n:]
			}
			l := ledgerOf(t, file)
			dump := dumpOf(t, l)
			checkIndexes(t, l)
			l.Close()
			if want == "" {
				want = dump
			}
			if dump != want {
				t.Fatalf("round %d: another dump:\n%s", round, cmp.Diff(strings.Split(want, "\n"), strings.Split(dump, "\n")))
			}
		}
	})
}

// checkIndexes sees that the indexes have each statement once, and nothing else.
func checkIndexes(t testing.TB, l *Ledger) {
	t.Helper()
	ctx := context.Background()
	if err := l.settle(ctx); err != nil {
		t.Fatal(err)
	}
	var statements, words, ids, strays, pending int
	for q, into := range map[string]*int{
		`SELECT count(*) FROM statement`:                                                                &statements,
		`SELECT count(*) FROM statement s JOIN words w ON w.{key} = s.key`:                              &words,
		`SELECT count(*) FROM statement s JOIN statement_id i ON i.statement = s.key`:                   &ids,
		`SELECT count(*) FROM voice v LEFT JOIN statement s ON s.key = v.statement WHERE s.key IS NULL`: &strays,
		`SELECT count(*) FROM pending`:                                                                  &pending,
	} {
		if err := l.read.QueryRowContext(ctx, l.dialect.sql(q)).Scan(into); err != nil {
			t.Fatal(err)
		}
	}
	var allWords, allIDs, sum int
	if err := l.read.QueryRowContext(ctx, l.dialect.sql(`SELECT (SELECT count(*) FROM words), (SELECT count(*) FROM statement_id), (SELECT coalesce(sum(statements), 0) FROM document)`)).Scan(&allWords, &allIDs, &sum); err != nil {
		t.Fatal(err)
	}
	if words != statements || ids != statements || allIDs != statements || sum != statements || strays+pending != 0 || allWords != statements {
		t.Errorf("%d statements (%d by reports), %d of them and %d in words, %d of them and %d in IDs, %d stray voices, %d pending",
			statements, sum, words, allWords, ids, allIDs, strays, pending)
	}
}

func TestWhatComesOfAdding(t *testing.T) {
	onBoth(t, func(t *testing.T, name func() string) {
		ctx := context.Background()
		l := ledgerOf(t, name())
		it := made(8, 3)
		later := made(8, 3)
		later.doc.Published = later.doc.Published.AddDate(0, 0, 1)
		for i, c := range []struct {
			it   item
			want Added
		}{{later, Fresh}, {later, Known}, {it, Better}, {later, Known}, {it, Known}} {
			if settled, err := l.Settled(ctx, c.it.doc); err != nil || (settled == Known) != (c.want == Known) {
				t.Errorf("%d: settled %q, %v", i, settled, err)
			}
			if got, err := l.Add(ctx, c.it.doc, c.it.statements, c.it.events); err != nil || got != c.want {
				t.Errorf("%d: %q, %v, want %q", i, got, err, c.want)
			}
		}
		if err := l.Remove(ctx, it.doc.ID, "asked for"); err != nil {
			t.Fatal(err)
		}
		if got, err := l.Add(ctx, it.doc, it.statements, it.events); err != nil || got != Barred {
			t.Errorf("after it was removed: %q, %v", got, err)
		}
		if settled, err := l.Settled(ctx, it.doc); err != nil || settled != Barred {
			t.Errorf("after it was removed: settled %q, %v", settled, err)
		}
		if err := l.Remove(ctx, it.doc.ID, "again"); !errors.Is(err, ErrNotFound) {
			t.Errorf("removed twice: %v", err)
		}
		if _, err := l.Original(ctx, it.doc.SHA256); !errors.Is(err, ErrNotFound) {
			t.Errorf("the original of a removed report: %v", err)
		}
		if got, want := dumpOf(t, l), `{"removed":"`+it.doc.ID+`","reason":"asked for"}`+"\n"; got != want {
			t.Errorf("dump %s, want %s", got, want)
		}
		checkIndexes(t, l)
	})
}

func TestTheBeginningOfAnIDIsEnough(t *testing.T) {
	onBoth(t, func(t *testing.T, name func() string) {
		ctx := context.Background()
		l := ledgerOf(t, name())
		items := []item{made(1, 20), made(2, 20)}
		add(t, l, items...)
		for _, it := range items {
			if id, err := l.ReportID(ctx, it.doc.ID[:8]); err != nil || id != it.doc.ID {
				t.Errorf("report %s: %q, %v", it.doc.ID[:8], id, err)
			}
			for _, s := range it.statements {
				if id, err := l.StatementID(ctx, strings.ToUpper(s.ID[:8])); err != nil || id != s.ID {
					t.Errorf("statement %s: %q, %v", s.ID[:8], id, err)
				}
			}
		}
		if _, err := l.StatementID(ctx, "zz"); !errors.Is(err, ErrNotFound) {
			t.Errorf("none: %v", err)
		}
		several := false
		for digit := range strings.SplitSeq("0123456789abcdef", "") {
			_, err := l.StatementID(ctx, digit)
			several = several || err != nil && !errors.Is(err, ErrNotFound)
		}
		if !several {
			t.Error("one digit is enough for each of forty IDs")
		}
	})
}

func TestVersionsOfAnArticle(t *testing.T) {
	onBoth(t, func(t *testing.T, name func() string) {
		ctx := context.Background()
		l := ledgerOf(t, name())
		var ids []string
		for i := range 3 {
			it := made(1, 2)
			it.doc.Published = time.Date(2024, 5, 3-i, 9, 0, 0, 0, time.UTC)
			finishMade(it.doc, it.doc.Text+strings.Repeat("More. ", i))
			for n := range it.statements {
				it.statements[n].ID = hearsay.StatementID(it.doc.ID, it.statements[n].Cue.Span)
			}
			add(t, l, it)
			ids = append([]string{it.doc.ID}, ids...)
		}
		for i, id := range ids {
			r, err := l.Document(ctx, id)
			if err != nil {
				t.Fatal(err)
			}
			around := append(append([]string{""}, ids...), "")
			if r.Previous != around[i] || r.Next != around[i+2] {
				t.Errorf("version %d: previous %q, next %q of %q", i, r.Previous, r.Next, ids)
			}
		}
	})
}

func TestRedo(t *testing.T) {
	onBoth(t, func(t *testing.T, name func() string) {
		ctx := context.Background()
		l := ledgerOf(t, name())
		for i := range 120 {
			add(t, l, made(i, 4))
		}
		better := func(doc *hearsay.Document) ([]hearsay.Statement, []hearsay.Event) {
			var it item
			for i := range 120 {
				if it = made(i, 4); it.doc.ID == doc.ID {
					break
				}
			}
			it.statements[0].Force = hearsay.Praise
			it.statements[1].Content[0].End--
			it.statements[1].Cue.End--
			it.statements[1].ID = hearsay.StatementID(doc.ID, it.statements[1].Cue.Span)
			return it.statements[:3], nil
		}
		stopped, stop := context.WithCancel(ctx)
		calls := 0
		first, err := l.Redo(stopped, 2, func(doc *hearsay.Document) ([]hearsay.Statement, []hearsay.Event) {
			if calls++; calls == 70 {
				stop()
			}
			return better(doc)
		})
		if !errors.Is(err, context.Canceled) || first.Reports != redoAtOnce {
			t.Fatalf("stopped: %+v, %v", first, err)
		}
		rest, err := l.Redo(ctx, 2, better)
		if want := (Redone{Reports: 70, Same: 70, Changed: 70, New: 70, Gone: 140}); err != nil || rest != want {
			t.Errorf("redone %+v, %v, want %+v", rest, err, want)
		}
		again, err := l.Redo(ctx, 2, better)
		if again != (Redone{}) || err != nil {
			t.Errorf("redone again: %+v, %v", again, err)
		}
		found, err := l.Find(ctx, Query{Force: hearsay.Praise})
		if err != nil || found.Total != 120 {
			t.Errorf("found %d praised, %v", found.Total, err)
		}
		checkIndexes(t, l)
	})
}

func TestRebuild(t *testing.T) {
	onBoth(t, func(t *testing.T, name func() string) {
		ctx := context.Background()
		l := ledgerOf(t, name())
		for i := range 30 {
			add(t, l, made(i, 5))
		}
		q := Query{Words: "dam", Limit: 1000}
		before, err := l.Find(ctx, q)
		if err != nil || before.Total == 0 {
			t.Fatalf("found %d, %v", before.Total, err)
		}
		if err := l.Rebuild(ctx); err != nil {
			t.Fatal(err)
		}
		after, err := l.Find(ctx, q)
		if diff := cmp.Diff(before, after); diff != "" || err != nil {
			t.Errorf("%v\n%s", err, diff)
		}
		checkIndexes(t, l)
	})
}

func TestBackupAndRestore(t *testing.T) {
	onBoth(t, func(t *testing.T, name func() string) {
		ctx := context.Background()
		folder := t.TempDir()
		l := ledgerOf(t, name())
		add(t, l, variants()...)
		gone := made(9, 3)
		if err := l.Remove(ctx, gone.doc.ID, "asked for"); err != nil {
			t.Fatal(err)
		}
		want := dumpOf(t, l)
		backup := filepath.Join(folder, "backup.db")
		if err := l.Backup(ctx, backup); err != nil {
			t.Fatal(err)
		}
		if err := l.Backup(ctx, backup); err == nil {
			t.Error("a backup took the place of another")
		}
		into := name()
		if err := Restore(ctx, backup, into); err != nil {
			t.Fatal(err)
		}
		if err := Restore(ctx, backup, into); err == nil {
			t.Error("a backup took the place of a ledger")
		}
		restored := ledgerOf(t, into)
		if got := dumpOf(t, restored); got != want {
			t.Errorf("restored another ledger:\n%s", cmp.Diff(want, got))
		}
		checkIndexes(t, restored)
		files, err := os.ReadDir(folder)
		if err != nil || len(files) != 1 {
			t.Errorf("left behind: %v", files)
		}
		if info, err := os.Stat(backup); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("the backup has the rights %v", info.Mode())
		}
	})
}

func TestADamagedBackupIsNotRestored(t *testing.T) {
	ctx := context.Background()
	folder := t.TempDir()
	l := ledgerOf(t, filepath.Join(folder, "hearsay.db"))
	for i := range 200 {
		add(t, l, made(i, 5))
	}
	backup := filepath.Join(folder, "backup.db")
	if err := l.Backup(ctx, backup); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(backup)
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range []int{0, 100, len(whole) / 3, len(whole) / 2} {
		damaged := slices.Clone(whole)
		for i := range 3000 {
			damaged[at+i] ^= 0x55
		}
		if err := os.WriteFile(backup, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		into := filepath.Join(folder, "restored.db")
		if err := Restore(ctx, backup, into); err == nil {
			t.Errorf("damaged at byte %d, and restored", at)
		}
		if _, err := os.Stat(into); err == nil {
			t.Errorf("damaged at byte %d: a ledger was left", at)
		}
	}
}

func TestFilesThatAreNoLedgersAreRefused(t *testing.T) {
	ctx := context.Background()
	folder := t.TempDir()
	text := filepath.Join(folder, "text")
	os.WriteFile(text, []byte(strings.Repeat("no database at all\n", 100)), 0o600)
	if _, err := Open(ctx, text, Options{}); err == nil || !strings.Contains(err.Error(), "not a ledger") {
		t.Errorf("a text: %v", err)
	}
	if _, err := Open(ctx, folder, Options{}); err == nil {
		t.Error("a folder was opened")
	}
	name := filepath.Join(folder, "new", "deep", "?#% ledger.db")
	l, err := Open(ctx, name, Options{})
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(name)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	if _, err := l.only.ExecContext(ctx, "PRAGMA application_id = 1"); err != nil {
		t.Fatal(err)
	}
	l.Close()
	if _, err := Open(ctx, name, Options{}); err == nil || !strings.Contains(err.Error(), "not a ledger") {
		t.Errorf("another program's file: %v", err)
	}
}
