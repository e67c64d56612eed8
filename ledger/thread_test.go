package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"hearsay/compare"
	"hearsay/internal/synth"
)

// news are reports that nobody wrote, with the truth about their threads: by ID
// of the statement.
func news(n int, seed uint64) (items []item, truth map[string]int) {
	truth = map[string]int{}
	for r := range synth.Reports(synth.Options{Seed: seed, Reports: n}) {
		items = append(items, item{doc: r.Document, statements: r.Statements})
		for i, s := range r.Statements {
			truth[s.ID] = r.Truth[i].Thread
		}
	}
	return items, truth
}

// threadsIn returns the threads of a ledger, each as the sorted IDs of its
// statements, and the links and the sums of threads, sorted.
func threadsIn(t testing.TB, l *Ledger) (threads [][]string, rest []string) {
	t.Helper()
	if err := errors.Join(l.link(context.Background()), l.sumUp(context.Background())); err != nil {
		t.Fatal(err)
	}
	scan := func(q string, f func(*sql.Rows) error) {
		rows, err := l.read.Query(q)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			if err := f(rows); err != nil {
				t.Fatal(err)
			}
		}
	}
	byFirst := map[int64][]string{}
	scan(`SELECT coalesce(t.first, w.wording), s.id FROM worded w JOIN statement s ON s.key = w.statement LEFT JOIN thread t ON t.wording = w.wording`, func(rows *sql.Rows) error {
		var first int64
		var id string
		err := rows.Scan(&first, &id)
		byFirst[first] = append(byFirst[first], id)
		return err
	})
	for _, ids := range byFirst {
		slices.Sort(ids)
		threads = append(threads, ids)
	}
	slices.SortFunc(threads, slices.Compare)
	scan(`SELECT a, b, sure, relation, likeness FROM link ORDER BY a, b`, func(rows *sql.Rows) error {
		var a, b, sure int64
		var relation string
		var likeness float64
		err := rows.Scan(&a, &b, &sure, &relation, &likeness)
		rest = append(rest, fmt.Sprint(a, b, sure, relation, likeness))
		return err
	})
	scan(`SELECT first, reports, statements, altered FROM thread_sum ORDER BY first`, func(rows *sql.Rows) error {
		var sums [4]int64
		err := rows.Scan(&sums[0], &sums[1], &sums[2], &sums[3])
		rest = append(rest, fmt.Sprint("sums ", sums))
		return err
	})
	return threads, rest
}

func threadsDump(t testing.TB, l *Ledger) string {
	threads, rest := threadsIn(t, l)
	var b strings.Builder
	for _, ids := range threads {
		fmt.Fprintln(&b, ids)
	}
	return b.String() + strings.Join(rest, "\n")
}

// Threads are the same in whatever order, in whatever batches and how often
// reports are added, and whatever was there and is not any more.
func TestThreadsDoNotDependOnTheOrder(t *testing.T) {
	onBoth(t, func(t *testing.T, name func() string) {
		for _, most := range []int{mostAlike, 3} {
			n := 250
			if IsPostgres(name()) {
				n = 80
			}
			want, cut := "", 0
			for round := range 4 {
				items, _ := news(n, 5)
				stray, _ := news(20, 6)
				r := rand.New(rand.NewPCG(1, uint64(round)))
				if round > 0 {
					items = append(items, items[:n/2]...)
					items = append(items, stray...)
					r.Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
				}
				l := ledgerOf(t, name())
				l.mostAlike = most
				for at := 0; at < len(items); {
					k := min(len(items)-at, 1+r.IntN(n/3))
					add(t, l, items[at:at+k]...)
					if err := l.link(context.Background()); err != nil {
						t.Fatal(err)
					}
					at += k
				}
				if round > 0 {
					for _, it := range stray {
						if err := l.Remove(context.Background(), it.doc.ID, "a test"); err != nil {
							t.Fatal(err)
						}
					}
				}
				dump := threadsDump(t, l)
				stats, err := l.Stats(context.Background())
				if want == "" {
					want, cut = dump, stats.Cut
				}
				if err != nil || stats.Unlinked != 0 || stats.Threads == 0 || (cut > 0) != (most == 3) || stats.Cut != cut {
					t.Errorf("%+v, want %d cut, %v", stats, cut, err)
				}
				if dump != want {
					t.Fatalf("at most %d alike, round %d: other threads", most, round)
				}
				if err := l.Rebuild(context.Background()); err != nil {
					t.Fatal(err)
				}
				if threadsDump(t, l) != want {
					t.Fatalf("at most %d alike, round %d: other threads when they are built again", most, round)
				}
			}
		}
	})
}

// TestThreadsOfNews measures threads against the truth.
func TestThreadsOfNews(t *testing.T) {
	items, truth := news(2000, 3)
	l := ledgerOf(t, t.TempDir()+"/hearsay.db")
	add(t, l, items...)
	threads, _ := threadsIn(t, l)
	real, found, right, mixed := 0, 0, 0, 0
	size := map[int]int{}
	for _, n := range truth {
		real += size[n]
		size[n]++
	}
	for _, ids := range threads {
		right0 := right
		for i := range ids {
			for j := range i {
				found++
				if truth[ids[i]] == truth[ids[j]] {
					right++
				}
			}
		}
		if right-right0 < len(ids)*(len(ids)-1)/2 {
			mixed++
		}
	}
	p, r := float64(right)/float64(found), float64(right)/float64(real)
	f1 := 2 * p * r / (p + r)
	t.Logf("%d statements, %d threads: pairs of variants precision %.4f, recall %.4f, F1 %.4f; %d threads with more than one statement", len(truth), len(threads), p, r, f1, mixed)
	if p < 0.995 || r < 0.88 {
		t.Error("worse than it was")
	}
}

// What passes read at once, and forget, makes no difference.
func TestPassesForget(t *testing.T) {
	items, _ := news(150, 5)
	want := ""
	for _, most := range []int{mostFilled, 1} {
		l := ledgerOf(t, t.TempDir()+"/hearsay.db")
		l.mostFilled = most
		add(t, l, items[:100]...)
		if err := l.link(context.Background()); err != nil {
			t.Fatal(err)
		}
		add(t, l, items[100:]...)
		dump := threadsDump(t, l)
		if want == "" {
			want = dump
		}
		if dump != want {
			t.Errorf("%d held at once: other threads", most)
		}
	}
}

func TestPassesWaitWhereTheyReadMuch(t *testing.T) {
	l := ledgerOf(t, t.TempDir()+"/hearsay.db")
	for _, c := range []struct {
		linked, looked int
		want           int64
	}{
		{100, 0, linkEvery}, {100, 100_000, 2 * linkEvery}, {0, 0, 2 * linkEvery}, {100, 3000, 2 * linkEvery}, {100, 100_000, 4 * linkEvery}, {100, 10, 2 * linkEvery},
	} {
		if l.patient(c.linked, c.looked); l.linkAfter.Load() != c.want {
			t.Errorf("after %d linked and %d looked at: %d, want %d", c.linked, c.looked, l.linkAfter.Load(), c.want)
		}
	}
	for range 20 {
		l.patient(1, 1000)
	}
	if got := l.linkAfter.Load(); got != linkEveryMost {
		t.Errorf("waits for %d reports", got)
	}
}

// The keys of words alone are those that the same words have when nobody says
// them.
func TestPlainKeysComeFirst(t *testing.T) {
	items, _ := news(5, 5)
	plains := 0
	for _, it := range items {
		for i := range it.statements {
			s := compare.Of(it.doc, &it.statements[i])
			w := wording{}
			w.keys, w.plain = keysOf(&s)
			unsaid := s
			unsaid.Speaker = compare.Known{}
			words, _ := keysOf(&unsaid)
			if got := w.keys[:w.plain]; !slices.Equal(sorted32(got), sorted32(words)) {
				t.Errorf("%q: %d keys, want %d", s.Text, len(got), len(words))
			}
			if len(w.keys) != len(compare.Keys(s)) {
				t.Errorf("%q: %d keys in all, want %d", s.Text, len(w.keys), len(compare.Keys(s)))
			}
			keys, plain := unpackKeys(w.packKeys())
			if !slices.Equal(keys, w.keys) || plain != w.plain {
				t.Errorf("%q: read back as %d keys, %d", s.Text, len(keys), plain)
			}
			plains += w.plain
		}
	}
	if plains == 0 {
		t.Error("no statement has a key of its words alone")
	}
}

func sorted32(keys []uint32) []uint32 { return slices.Sorted(slices.Values(keys)) }
