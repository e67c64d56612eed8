package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// server is a PostgreSQL of our own, started once for all tests.
type server struct {
	once  sync.Once
	fsync bool   // what is committed is safe on the disk; not wanted in tests
	url   string // of the database "postgres", "" where there is no server
	why   string
	pid   int // of a server that this process has started
	stop  func()
	n     int
}

var postgresServer server

func TestMain(m *testing.M) {
	if os.Getenv("HEARSAY_TEST_CHILD") != "" {
		os.Exit(child())
	}
	code := m.Run()
	if postgresServer.stop != nil {
		postgresServer.stop()
	}
	os.Exit(code)
}

// onBoth runs a test on both databases: name makes the name of an empty ledger.
func onBoth(t *testing.T, f func(t *testing.T, name func() string)) {
	t.Run("SQLite", func(t *testing.T) { f(t, func() string { return filepath.Join(t.TempDir(), "hearsay.db") }) })
	t.Run("PostgreSQL", func(t *testing.T) {
		postgresServer.once.Do(func() { postgresServer.start() })
		if postgresServer.url == "" {
			t.Skip("no PostgreSQL: " + postgresServer.why)
		}
		f(t, func() string { return postgresServer.database(t) })
	})
}

// start finds a server: that of HEARSAY_POSTGRES, or one that it starts in a
// temporary folder from the programs of Debian's package postgresql.
func (s *server) start() {
	if s.url = os.Getenv("HEARSAY_POSTGRES"); s.url != "" {
		return
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(found) == 0 {
		s.why = "set HEARSAY_POSTGRES=postgres://..., or install Debian's package postgresql"
		return
	}
	bin := filepath.Dir(found[len(found)-1])
	folder, err := os.MkdirTemp("", "hearsay-postgres-")
	if err != nil {
		s.why = err.Error()
		return
	}
	run := func(program string, args ...string) error {
		c := exec.Command(filepath.Join(bin, program), args...)
		c.Dir = folder
		if os.Getuid() == 0 { // the server refuses to run as root
			c.SysProcAttr = &syscall.SysProcAttr{Credential: postgresUser()}
		}
		out, err := c.CombinedOutput()
		if err != nil && len(out) > 0 {
			err = fmt.Errorf("%s: %w: %s", program, err, out)
		}
		return err
	}
	if os.Getuid() == 0 {
		id := postgresUser()
		os.Chown(folder, int(id.Uid), int(id.Gid))
	}
	data := filepath.Join(folder, "data")
	if err := run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "-N"); err != nil {
		s.why = err.Error()
		return
	}
	address := "postgres://postgres@/postgres?host=" + url.QueryEscape(folder)
	if err := s.serve(filepath.Join(bin, "postgres"), folder, data, address); err != nil {
		s.why = err.Error()
		return
	}
	s.url = address
}

// serve runs the server until stop is called or this process ends, however it
// does.
func (s *server) serve(program, folder, data, address string) error {
	c := exec.Command(program, "-D", data, "-c", "listen_addresses=", "-c", "fsync="+map[bool]string{true: "on", false: "off"}[s.fsync], "-k", folder)
	c.Dir = folder
	c.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGQUIT}
	if os.Getuid() == 0 {
		c.SysProcAttr.Credential = postgresUser()
	}
	started, ended := make(chan error), make(chan struct{})
	go func() {
		runtime.LockOSThread() // the server would get its signal when the thread ends
		err := c.Start()
		started <- err
		if err == nil {
			c.Wait()
		}
		close(ended)
	}()
	if err := <-started; err != nil {
		return err
	}
	s.pid = c.Process.Pid
	s.stop = func() {
		c.Process.Signal(syscall.SIGQUIT)
		<-ended
		os.RemoveAll(folder)
	}
	db, err := sql.Open("pgx", address)
	if err != nil {
		return err
	}
	defer db.Close()
	for began := time.Now(); time.Since(began) < time.Minute; time.Sleep(50 * time.Millisecond) {
		if err = db.Ping(); err == nil {
			return nil
		}
	}
	return err
}

// postgresUser is the user postgres of the system, or nobody.
func postgresUser() *syscall.Credential {
	var uid, gid uint32 = 65534, 65534
	lines, _ := os.ReadFile("/etc/passwd")
	for line := range strings.Lines(string(lines)) {
		if strings.HasPrefix(line, "postgres:") {
			fmt.Sscanf(strings.ReplaceAll(line, ":", " "), "postgres x %d %d", &uid, &gid)
		}
	}
	return &syscall.Credential{Uid: uid, Gid: gid}
}

// database makes an empty database and returns its URL.
func (s *server) database(t testing.TB) string {
	t.Helper()
	db, err := sql.Open("pgx", s.url)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	s.n++
	name := fmt.Sprintf("hearsay_%d_%d", os.Getpid(), s.n)
	if _, err := db.Exec("CREATE DATABASE " + name + " TEMPLATE template0 ENCODING 'UTF8'"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		db, err := sql.Open("pgx", s.url)
		if err == nil {
			db.Exec("DROP DATABASE " + name + " WITH (FORCE)")
			db.Close()
		}
	})
	u, err := url.Parse(s.url)
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/" + name
	return u.String()
}

// ledgerOf opens a ledger that is closed at the end of the test.
func ledgerOf(t testing.TB, name string) *Ledger {
	t.Helper()
	l, err := Open(context.Background(), name, Options{Version: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

// dumpOf returns the dump of a ledger.
func dumpOf(t testing.TB, l *Ledger) string {
	t.Helper()
	var b strings.Builder
	if err := l.Dump(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
