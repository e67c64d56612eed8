package ledger

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

var (
	update = flag.Bool("update", false, "write the files of testdata anew")
	kills  = flag.Int("kills", 60, "how often TestKilled kills")
)

const (
	crashReports   = 400
	crashStatement = 3
)

// child is another process: it adds the reports from one number to another, in
// an order that a seed gives, again and again, and says what it has added.
func child() int {
	var name string
	var from, to, seed, rounds int
	fmt.Sscan(os.Getenv("HEARSAY_TEST_CHILD"), &from, &to, &seed, &rounds)
	name = os.Getenv("HEARSAY_TEST_LEDGER")
	ctx := context.Background()
	l, err := Open(ctx, name, Options{Version: 1})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	r := rand.New(rand.NewPCG(uint64(seed), 3))
	for range rounds {
		for _, i := range r.Perm(to - from) {
			it := made(from+i, crashStatement)
			if _, err := l.Add(ctx, it.doc, it.statements, it.events); err != nil {
				fmt.Fprintln(os.Stderr, err)
				return 1
			}
			fmt.Println(it.doc.ID)
			if r.IntN(40) == 0 {
				if err := l.settle(ctx); err != nil {
					fmt.Fprintln(os.Stderr, err)
					return 1
				}
			}
		}
	}
	if err := l.Close(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// spawn starts a child.
func spawn(name string, from, to, seed, rounds int) *exec.Cmd {
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), fmt.Sprintf("HEARSAY_TEST_CHILD=%d %d %d %d", from, to, seed, rounds), "HEARSAY_TEST_LEDGER="+name)
	c.Stderr = os.Stderr
	return c
}

// untouched returns the dump of a ledger to which the reports were added
// without a disturbance.
func untouched(t *testing.T) string {
	t.Helper()
	l := ledgerOf(t, filepath.Join(t.TempDir(), "untouched.db"))
	for i := range crashReports {
		add(t, l, made(i, crashStatement))
	}
	return dumpOf(t, l)
}

// TestKilled kills a process that adds reports, at random moments: what it said
// it had added is there, nothing is there twice or in part, and in the end the
// ledger is that of a run that nobody disturbed.
func TestKilled(t *testing.T) {
	want := untouched(t)
	onBoth(t, func(t *testing.T, name func() string) {
		file := name()
		n := *kills
		if IsPostgres(file) {
			n = (n + 3) / 4
		}
		r := rand.New(rand.NewPCG(11, 13))
		said := map[string]bool{}
		for i := range n {
			c := spawn(file, 0, crashReports, i, 1000)
			out, err := c.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := c.Start(); err != nil {
				t.Fatal(err)
			}
			// After some lines, so that it is killed at work on a slow machine too, and
			// then after a moment more.
			after, moment := r.IntN(30), time.Duration(r.IntN(20000))*time.Microsecond
			lines := bufio.NewScanner(out)
			for lines.Scan() {
				said[lines.Text()] = true
				if after--; after == 0 {
					time.AfterFunc(moment, func() { c.Process.Kill() })
				}
				if after < -200 {
					c.Process.Kill()
				}
			}
			c.Process.Kill()
			c.Wait()
			if i%10 == 9 {
				l := ledgerOf(t, file)
				for id := range said {
					if _, err := l.Document(context.Background(), id); err != nil && len(id) == 24 {
						t.Fatalf("kill %d: said to be added, and %v", i, err)
					}
				}
				checkIndexes(t, l)
				l.Close()
			}
		}
		t.Logf("%d kills, %d of %d reports added by then", n, len(said), crashReports)
		l := ledgerOf(t, file)
		for i := range crashReports {
			add(t, l, made(i, crashStatement))
		}
		if got := dumpOf(t, l); got != want {
			t.Error("not the ledger of a run that nobody disturbed")
		}
		checkIndexes(t, l)
		checkFile(t, l)
	})
}

// checkFile has SQLite check its file.
func checkFile(t *testing.T, l *Ledger) {
	t.Helper()
	if l.only == nil {
		return
	}
	found, err := collect[string](l.read.Query("PRAGMA integrity_check"))
	if err != nil || len(found) != 1 || found[0] != "ok" {
		t.Errorf("the file is damaged: %v, %v", found, err)
	}
}

// TestTwoWritersAtOnce has two processes add overlapping reports to one ledger.
func TestTwoWritersAtOnce(t *testing.T) {
	want := untouched(t)
	onBoth(t, func(t *testing.T, name func() string) {
		file := name()
		a, b := spawn(file, 0, crashReports*2/3, 1, 1), spawn(file, crashReports/3, crashReports, 2, 1)
		if err := a.Start(); err != nil {
			t.Fatal(err)
		}
		if err := b.Start(); err != nil {
			t.Fatal(err)
		}
		if err := a.Wait(); err != nil {
			t.Error(err)
		}
		if err := b.Wait(); err != nil {
			t.Error(err)
		}
		l := ledgerOf(t, file)
		if got := dumpOf(t, l); got != want {
			t.Error("not the ledger that one writer makes")
		}
		checkIndexes(t, l)
		checkFile(t, l)
	})
}

// TestReadersAndWritersAtOnce has goroutines write and search one ledger.
func TestReadersAndWritersAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, name func() string) {
		ctx := context.Background()
		l := ledgerOf(t, name())
		const workers, each = 8, 25
		done := make(chan error, 2*workers)
		for w := range workers {
			go func() {
				for i := range each {
					it := made((w*each+i)%150, 3) // some by two of them
					if _, err := l.Add(ctx, it.doc, it.statements, it.events); err != nil {
						done <- err
						return
					}
				}
				done <- nil
			}()
			go func() {
				for range 8 {
					found, err := l.Find(ctx, Query{Words: "the", Limit: 10})
					if err != nil {
						done <- err
						return
					}
					for _, r := range found.Records {
						if _, _, err := l.Statement(ctx, r.ID); err != nil {
							done <- err
							return
						}
					}
				}
				done <- nil
			}()
		}
		for range 2 * workers {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		stats, err := l.Stats(ctx)
		if err != nil || stats.Reports != 150 || stats.Statements != 450 {
			t.Errorf("%+v, %v", stats, err)
		}
		checkIndexes(t, l)
	})
}

// TestFullDisk adds reports until the disk is full, makes it larger and goes
// on.
func TestFullDisk(t *testing.T) {
	folder := t.TempDir()
	if runtime.GOOS != "linux" || os.Getuid() != 0 {
		t.Skip("only root can mount a small disk")
	}
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder).CombinedOutput(); err != nil {
		t.Skipf("no disk can be mounted here: %v: %s", err, out)
	}
	t.Cleanup(func() { syscall.Unmount(folder, syscall.MNT_DETACH) })
	ctx := context.Background()
	l := ledgerOf(t, filepath.Join(folder, "hearsay.db"))
	failed := 0
	for i := range crashReports {
		it := made(i, crashStatement)
		_, err := l.Add(ctx, it.doc, it.statements, it.events)
		if err == nil && i%20 == 0 {
			err = l.settle(ctx)
		}
		if err != nil {
			failed++
			if !strings.Contains(err.Error(), "full") && !strings.Contains(err.Error(), "no space") {
				t.Fatalf("report %d: %v", i, err)
			}
		}
	}
	if failed == 0 {
		t.Fatal("the disk did not become full")
	}
	dumpOf(t, l) // reads and checks all that was kept
	if err := l.Backup(ctx, filepath.Join(folder, "backup.db")); err == nil {
		t.Error("a backup was made on a full disk")
	}
	if files, _ := filepath.Glob(filepath.Join(folder, "backup*")); len(files) > 0 {
		t.Errorf("left behind: %v", files)
	}
	if out, err := exec.Command("mount", "-o", "remount,size=64m", folder).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for i := range crashReports {
		add(t, l, made(i, crashStatement))
	}
	t.Logf("%d reports did not fit", failed)
	if got := dumpOf(t, l); got != untouched(t) {
		t.Error("not the ledger of a run that nobody disturbed")
	}
	checkIndexes(t, l)
	checkFile(t, l)
}
