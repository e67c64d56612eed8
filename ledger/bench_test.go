package ledger

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"hearsay"
)

var (
	many       = flag.Int("many", 3000, "how many reports of five statements BenchmarkGrowth adds")
	spread     = flag.Int("days", 2000, "over how many days they are spread")
	askAfter   = flag.Int("ask", 5, "after which tenth of them it asks its questions")
	onPostgres = flag.Bool("postgres", false, "whether BenchmarkGrowth is about PostgreSQL, with its files safe on the disk")
	keep       = flag.String("keep", "", "the ledger that it adds them to, and leaves; where it is there, nothing is added")
)

// spent is the time that the processor has worked for this process and for the
// server that it has started.
func spent() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano()+u.Stime.Nano()) + postgresServer.spent()
}

// spent is the time that the processor has worked for a server and for its
// processes, those that have ended too.
func (s *server) spent() (sum time.Duration) {
	if s.pid == 0 {
		return 0
	}
	const tick = time.Second / 100
	children, _ := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", s.pid, s.pid))
	for _, pid := range append(strings.Fields(string(children)), strconv.Itoa(s.pid)) {
		stat, _ := os.ReadFile("/proc/" + pid + "/stat")
		_, after, _ := strings.Cut(string(stat), ") ")
		for i, field := range strings.Fields(after) {
			if i >= 11 && i <= 14 { // utime, stime, cutime, cstime
				n, _ := strconv.Atoi(field)
				sum += time.Duration(n) * tick
			}
		}
	}
	return sum
}

// BenchmarkGrowth adds many reports and tells what one costs in the first and
// the last tenth, and when half of them are there (-ask) what questions cost: run
// it with -benchtime=1x -v. With -many=200000 it is the run that the bars are about.
func BenchmarkGrowth(b *testing.B) {
	for b.Loop() {
		name := *keep
		switch {
		case *onPostgres:
			postgresServer.fsync = true
			if postgresServer.once.Do(postgresServer.start); postgresServer.url == "" {
				b.Skip("no PostgreSQL: " + postgresServer.why)
			}
			name = postgresServer.database(b)
		case name == "":
			name = filepath.Join(b.TempDir(), "hearsay.db")
		}
		_, err := os.Stat(name)
		l := ledgerOf(b, name)
		if err == nil {
			measureFind(b, l)
			continue
		}
		g := growth{l: l}
		g.add(b, 0, *askAfter)
		g.tell(b, *askAfter)
		measureFind(b, l)
		g.add(b, *askAfter, 10)
		g.tell(b, 10)
		b.ReportMetric(float64(g.work[9])/float64(g.work[0]), "last/first")
	}
}

// growth is what each tenth has cost.
type growth struct {
	l                        *Ledger
	work, wall, all, longest [10]time.Duration
	waiting                  [10]int64
}

// add adds tenths. What is still to be linked at the end of one is linked then.
func (g *growth) add(t *testing.B, from, to int) {
	tenth := *many / 10
	for i := from; i < to; i++ {
		for n := i * tenth; n < (i+1)*tenth; n += 100 { // made ahead, so that making is not measured
			var items []item
			for k := n; k < min(n+100, (i+1)*tenth); k++ {
				items = append(items, made(k, 5))
			}
			w, s := time.Now(), spent()
			add(t, g.l, items...)
			g.work[i] += spent() - s
			g.wall[i] += time.Since(w)
			g.longest[i] = max(g.longest[i], time.Since(w))
		}
		g.waiting[i] = g.l.unlinked.Load()
		w, s := time.Now(), spent()
		if err := errors.Join(g.l.settle(context.Background()), g.l.link(context.Background())); err != nil {
			t.Fatal(err)
		}
		g.work[i] += spent() - s
		g.all[i] = g.wall[i] + time.Since(w)
	}
}

// tell tells what the first and the last of some tenths have cost.
func (g *growth) tell(t *testing.B, tenths int) {
	tenth := *many / 10
	var wall, all time.Duration
	for i := range tenths {
		wall, all = wall+g.wall[i], all+g.all[i]
		t.Logf("tenth %d: %v of work a report; %.0f reports a second on the disk, then %d still to be linked; %.0f a second with that; 100 reports in %v at most", i+1,
			(g.work[i] / time.Duration(tenth)).Round(time.Microsecond), float64(tenth)/g.wall[i].Seconds(), g.waiting[i], float64(tenth)/g.all[i].Seconds(),
			g.longest[i].Round(time.Millisecond))
	}
	n := float64(tenth * tenths)
	t.Logf("the last of them costs %.2f times the first; in all %.0f reports a second on the disk, %.0f a second with links", float64(g.work[tenths-1])/float64(g.work[0]),
		n/wall.Seconds(), n/all.Seconds())
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	var wal int64
	if info, err := os.Stat(g.l.name + "-wal"); err == nil {
		wal = info.Size()
	}
	t.Logf("%d MiB of memory at most; the log of the database has %d MiB", u.Maxrss>>10, wal>>20)
}

// measure asks a question again and again and tells how long the answers take.
func measure(t *testing.B, name string, clients, each int, ask func(i int) (found int, err error)) {
	var mu sync.Mutex
	var took []time.Duration
	var wait sync.WaitGroup
	most, work := 0, spent()
	for c := range clients {
		wait.Go(func() {
			for i := range each {
				began := time.Now()
				found, err := ask(c + i)
				mu.Lock()
				took, most = append(took, time.Since(began)), max(most, found)
				if err != nil {
					t.Error(err)
				}
				mu.Unlock()
			}
		})
	}
	wait.Wait()
	slices.Sort(took)
	t.Logf("%d clients: %-22s %6d found: %v of work, median %v, p95 %v", clients, name, most,
		((spent() - work) / time.Duration(each*clients)).Round(10*time.Microsecond),
		took[len(took)/2].Round(10*time.Microsecond), took[len(took)*95/100].Round(10*time.Microsecond))
}

func measureFind(t *testing.B, l *Ledger) {
	ctx := context.Background()
	began := time.Now()
	if err := errors.Join(l.settle(ctx), l.link(ctx), l.sumUp(ctx)); err != nil {
		t.Fatal(err)
	}
	stats, err := l.Stats(ctx)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("brought up to date in %v: %+v", time.Since(began).Round(time.Millisecond), stats)
	some, err := l.Find(ctx, Query{Words: "dam", Limit: 500})
	if err != nil || some.Total == 0 {
		t.Fatal(some.Total, err)
	}
	measure(t, "stats", 1, 5, func(int) (int, error) { s, err := l.Stats(ctx); return s.Threads, err })
	measure(t, "outlets", 1, 5, func(int) (int, error) { all, err := l.Outlets(ctx); return len(all), err })
	measure(t, "the most quoted 50", 1, 5, func(int) (int, error) { all, err := l.People(ctx, "", 50); return len(all), err })
	measure(t, "the largest threads", 1, 5, func(int) (int, error) { _, n, err := l.Threads(ctx, Query{Limit: 20}, false); return n, err })
	measure(t, "the most altered", 1, 5, func(int) (int, error) { _, n, err := l.Threads(ctx, Query{Limit: 20}, true); return n, err })
	measure(t, "those of a speaker", 1, 5, func(int) (int, error) {
		_, n, err := l.Threads(ctx, Query{Speaker: "ana krel", Limit: 20}, true)
		return n, err
	})
	for _, clients := range []int{1, 8} {
		measure(t, "a thread", clients, 20, func(i int) (int, error) {
			th, err := l.Thread(ctx, some.Records[i*7%len(some.Records)].ID)
			if err != nil {
				return 0, err
			}
			return len(th.Variants), nil
		})
		measure(t, "who a speaker is", clients, 20, func(i int) (int, error) {
			e, err := l.Speaker(ctx, firstNames[i%len(firstNames)]+" "+lastNames[i%len(lastNames)])
			if err != nil {
				return 0, err
			}
			return e.Statements, nil
		})
		measureQueries(t, l, clients)
	}
}

func measureQueries(t *testing.B, l *Ledger, clients int) {
	for _, q := range benchQueries {
		measure(t, q.name, clients, 10, func(i int) (int, error) {
			asked := q.q
			asked.Offset = i % 3 * 20
			found, err := l.Find(context.Background(), asked)
			return found.Total, err
		})
	}
}

var benchQueries = []struct {
	name string
	q    Query
}{
	{"a rare word", Query{Words: "damaa"}},
	{"a common word", Query{Words: "dam"}},
	{"a word of all", Query{Words: "that"}},
	{"two words", Query{Words: "dam bridge"}},
	{"a phrase", Query{Words: `"would not see"`}},
	{"a prefix", Query{Words: "da*"}},
	{"a longer prefix", Query{Words: "bri*"}},
	{"a prefix of four", Query{Words: "harb*"}},
	{"a prefix and a word", Query{Words: "da* bridge"}},
	{"a word, denied", Query{Words: "dam", Force: hearsay.Deny}},
	{"all of an outlet", Query{Outlet: "herald.example"}},
	{"a speaker", Query{Speaker: "ana krel", Whole: true}},
	{"part of a name", Query{Speaker: "krel"}},
	{"a word in two years", Query{Words: "that", From: "2021-03-04", To: "2023-02-05"}},
	{"no clause", Query{}},
}

func BenchmarkAdd(b *testing.B) {
	l := ledgerOf(b, filepath.Join(b.TempDir(), "hearsay.db"))
	var items []item
	for i := range b.N {
		items = append(items, made(i, 5))
	}
	b.ResetTimer()
	s := spent()
	add(b, l, items...)
	b.ReportMetric(float64(spent()-s)/float64(b.N), "cpu-ns/op")
}

func BenchmarkFind(b *testing.B) {
	l := ledgerOf(b, filepath.Join(b.TempDir(), "hearsay.db"))
	for i := range 2000 {
		add(b, l, made(i, 5))
	}
	for _, q := range benchQueries {
		b.Run(strings.ReplaceAll(q.name, " ", "-"), func(b *testing.B) {
			for b.Loop() {
				if _, err := l.Find(context.Background(), q.q); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
