package ledger

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var noon = time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)

func TestFeedsAreKept(t *testing.T) {
	onBoth(t, func(t *testing.T, name func() string) {
		ctx := context.Background()
		l := ledgerOf(t, name())
		a := Feed{URL: "https://a.example/feed", Title: "A\x00\xff", Folders: []string{"News", "Coast"}}
		b := Feed{URL: "https://b.example/feed"}
		if n, err := l.Watch(ctx, b, a, b); n != 2 || err != nil {
			t.Fatal(n, err)
		}
		a = Feed{URL: a.URL, Title: "A", Site: "https://a.example/", Moved: "https://a.example/new", ETag: `"1"`, Modified: "then", Due: noon,
			Polled: noon.Add(-time.Hour), Changed: noon.Add(-time.Minute), Failures: 2, Failure: "was answered with status 500", Gone: true, Seen: []byte("[]")}
		links := []Link{{URL: "https://a.example/1", Feed: a.URL, Published: noon, Due: noon}, {URL: "https://a.example/2", Feed: a.URL}}
		if err := l.Polled(ctx, a, links); err != nil {
			t.Fatal(err)
		}
		a.Folders = []string{"News", "Coast"}
		if n, err := l.Watch(ctx, Feed{URL: a.URL}, Feed{URL: b.URL, Title: "B"}); n != 0 || err != nil {
			t.Fatal(n, err)
		}
		b.Title = "B"
		links[1].Due, links[1].Tries = noon, 1
		if err := l.Postpone(ctx, links[1]); err != nil {
			t.Fatal(err)
		}
		check := func(l *Ledger, feeds []Feed, links []Link) {
			t.Helper()
			have, err := l.Feeds(ctx)
			if d := cmp.Diff(feeds, have); d != "" || err != nil {
				t.Error(d, err)
			}
			awaited, err := l.Links(ctx)
			if d := cmp.Diff(links, awaited); d != "" || err != nil {
				t.Error(d, err)
			}
		}
		b.Folders = []string{}
		check(l, []Feed{a, b}, links)

		copied := filepath.Join(t.TempDir(), "copy.db")
		if err := l.Backup(ctx, copied); err != nil {
			t.Fatal(err)
		}
		check(ledgerOf(t, copied), []Feed{a, b}, links)

		if err := errors.Join(l.Drop(ctx, links[0].URL), l.Unwatch(ctx, b.URL)); err != nil {
			t.Fatal(err)
		}
		check(l, []Feed{a}, links[1:])
		if err := l.Unwatch(ctx, a.URL); err != nil {
			t.Fatal(err)
		}
		if err := l.Unwatch(ctx, a.URL); !errors.Is(err, ErrNotFound) {
			t.Error(err)
		}
		if err := l.Polled(ctx, a, links); err != nil { // somebody was polling it meanwhile
			t.Fatal(err)
		}
		check(l, nil, nil)
	})
}

func TestWhatWasTakenInIsForgottenWithItsReports(t *testing.T) {
	onBoth(t, func(t *testing.T, name func() string) {
		ctx := context.Background()
		l := ledgerOf(t, name())
		it := made(1, 3)
		add(t, l, it)
		k := Taken{Key: "k", Name: it.doc.File, Sum: "s", Size: 5, Reports: 1, ETag: "e", Modified: "m", At: noon}
		other := Taken{Key: "o", Name: "another", At: noon}
		if err := l.Take(ctx, Taken{Key: "k", Name: it.doc.File}, k, other); err != nil {
			t.Fatal(err)
		}
		have, err := l.Taken(ctx, "k")
		if d := cmp.Diff(&k, have); d != "" || err != nil {
			t.Error(d, err)
		}
		if err := l.Remove(ctx, it.doc.ID, "test"); err != nil {
			t.Fatal(err)
		}
		if have, err := l.Taken(ctx, "k"); have != nil || err != nil {
			t.Error("is not forgotten:", have, err)
		}
		if have, err := l.Taken(ctx, "o"); have == nil || err != nil {
			t.Error("is forgotten:", err)
		}
	})
}

// The earliest time at which a report was fetched stays, in whatever order it
// comes.
func TestReportsAreFetchedFirstOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, name func() string) {
		ctx := context.Background()
		var want string
		times := []time.Time{noon.Add(time.Hour), {}, noon, noon.Add(2 * time.Hour)}
		for _, order := range [][]int{{0, 1, 2, 3}, {3, 2, 1, 0}, {1, 3, 0, 2}, {2, 0, 3, 1}} {
			l := ledgerOf(t, name())
			for _, i := range order {
				it := made(1, 3)
				doc := *it.doc
				doc.Fetched = times[i]
				if _, err := l.Add(ctx, &doc, it.statements, it.events); err != nil {
					t.Fatal(err)
				}
			}
			r, err := l.Document(ctx, made(1, 3).doc.ID)
			if err != nil || !r.Fetched.Equal(noon) {
				t.Errorf("%v: fetched %v: %v", order, r.Fetched, err)
			}
			if dump := dumpOf(t, l); want == "" {
				want = dump
			} else if dump != want {
				t.Errorf("%v: another dump", order)
			}
		}
	})
}

// A ledger of the format before feeds goes to this one and back.
func TestFeedsComeAndGoWithTheirFormat(t *testing.T) {
	ctx := context.Background()
	body, err := os.ReadFile(filepath.Join("testdata", "format-1.db"))
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "hearsay.db")
	if err := os.WriteFile(file, body, 0o600); err != nil {
		t.Fatal(err)
	}
	l := ledgerOf(t, file)
	want := dumpOf(t, l)
	if _, err := l.Watch(ctx, Feed{URL: "https://a.example/feed"}); err != nil {
		t.Fatal(err)
	}
	if err := l.Migrate(ctx, 1); err != nil {
		t.Fatal(err)
	}
	l.shut()
	old := &Ledger{name: file, steps: steps[:1]}
	if err := old.open(ctx); err != nil {
		t.Fatal(err)
	}
	old.shut()
	l = ledgerOf(t, file)
	if feeds, err := l.Feeds(ctx); len(feeds) > 0 || err != nil {
		t.Error(feeds, err)
	}
	if dumpOf(t, l) != want {
		t.Error("another dump")
	}
}
