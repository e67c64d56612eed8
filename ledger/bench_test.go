package ledger

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"hearsay"
)

var (
	many   = flag.Int("many", 3000, "how many reports of five statements BenchmarkGrowth adds")
	spread = flag.Int("days", 2000, "over how many days they are spread")
	keep   = flag.String("keep", "", "the ledger that it adds them to, and leaves; where it is there, nothing is added")
)

// spent is the time that the processor has worked for this process.
func spent() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkGrowth adds many reports and tells what one costs in the first and
// the last tenth, then what questions cost: run it with -benchtime=1x -v. With
// -many=200000 it is the run that the bars are about.
func BenchmarkGrowth(b *testing.B) {
	for b.Loop() {
		name := *keep
		if name == "" {
			name = filepath.Join(b.TempDir(), "hearsay.db")
		}
		_, err := os.Stat(name)
		l := ledgerOf(b, name)
		if err != nil {
			measureAdd(b, l)
		}
		measureFind(b, l)
	}
}

func measureAdd(t *testing.B, l *Ledger) {
	tenth := *many / 10
	var work, wall [10]time.Duration
	for i := range work {
		for from := i * tenth; from < (i+1)*tenth; from += 100 { // made ahead, so that making is not measured
			var items []item
			for n := from; n < min(from+100, (i+1)*tenth); n++ {
				items = append(items, made(n, 5))
			}
			w, s := time.Now(), spent()
			add(t, l, items...)
			work[i] += spent() - s
			wall[i] += time.Since(w)
		}
	}
	per := func(d time.Duration) time.Duration { return (d / time.Duration(tenth)).Round(time.Microsecond) }
	growth := float64(work[9]) / float64(work[0])
	t.Logf("a report: %v of work in the first tenth, %v in the last (%.2f times); %v and %v until it was on the disk",
		per(work[0]), per(work[9]), growth, per(wall[0]), per(wall[9]))
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	t.Logf("%d MiB of memory at most", u.Maxrss>>10)
	t.ReportMetric(growth, "last/first")
}

func measureFind(t *testing.B, l *Ledger) {
	ctx := context.Background()
	if err := l.settle(ctx); err != nil {
		t.Fatal(err)
	}
	began, worked := time.Now(), spent()
	for range 20 {
		if _, err := l.Speakers(ctx, "inés k", 10); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("speakers of a prefix: %v of work, %v", (spent()-worked)/20, time.Since(began)/20)
	began, worked = time.Now(), spent()
	if _, err := l.Speakers(ctx, "", 50); err != nil {
		t.Fatal(err)
	}
	t.Logf("the most quoted speakers: %v of work, %v", spent()-worked, time.Since(began))
	began, worked = time.Now(), spent()
	if _, err := l.Stats(ctx); err != nil {
		t.Fatal(err)
	}
	t.Logf("stats: %v of work, %v", spent()-worked, time.Since(began))
	for _, clients := range []int{1, 8} {
		for _, q := range benchQueries {
			const each = 10
			var mu sync.Mutex
			var took []time.Duration
			var wait sync.WaitGroup
			total, work := 0, spent()
			for c := range clients {
				wait.Go(func() {
					for i := range each {
						asked := q.q
						asked.Offset = (c + i) % 3 * 20
						began := time.Now()
						found, err := l.Find(ctx, asked)
						mu.Lock()
						took, total = append(took, time.Since(began)), found.Total
						if err != nil {
							t.Error(err)
						}
						mu.Unlock()
					}
				})
			}
			wait.Wait()
			slices.Sort(took)
			t.Logf("%d clients: %-22s %5d found: %v of work, median %v, p95 %v", clients, q.name, total,
				((spent() - work) / time.Duration(each*clients)).Round(10*time.Microsecond),
				took[len(took)/2].Round(10*time.Microsecond), took[len(took)*95/100].Round(10*time.Microsecond))
		}
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
