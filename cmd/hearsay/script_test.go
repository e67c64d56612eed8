package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alecthomas/kong"
	"github.com/rogpeppe/go-internal/testscript"

	"hearsay/fetch"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"hearsay": func() { start(fetch.Options{Pause: -1}) }})
}

// TestScripts runs testdata/script. Besides testscript's own commands a script
// may say
//
//	exits STATUS PROGRAM ARG...  run the program and compare its exit status
//	json LINE PATH WANT          compare a field in a line of the last output
//	! json LINE PATH             the field is absent
//	fill FILE...                 put its value in the place of $SITE in files
//	asked STATUS PATH COUNT      compare how often a page was asked for and answered so since the last fill
//
// where a PATH is like statements.0.speaker.name. The folder "site" of a script
// is served at $SITE.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("ESC", "\x1b")
			for name, path := range map[string]string{"TINY": "../../annotate/testdata/tiny.model", "EXAMPLES": "../../examples", "NUMBERS": "testdata/numbers", "REMARKS": "testdata/remarks"} {
				path, err := filepath.Abs(path)
				if err != nil {
					return err
				}
				env.Setenv(name, path)
			}
			site := &site{folder: filepath.Join(env.WorkDir, "site")}
			server := httptest.NewServer(site)
			env.Defer(server.Close)
			env.Setenv("SITE", server.URL)
			env.Values["site"] = site
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits,
			"json":  jsonField,
			"fill":  fill,
			"asked": asked,
		},
	})
}

// site serves a folder. Its pages have an ETag; one whose name has a status in
// it is answered with that.
type site struct {
	folder string
	mu     sync.Mutex
	log    map[string]int // by status and path
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	seen := &seenStatus{w, http.StatusOK}
	file := path.Clean(r.URL.Path)
	if file == "/" {
		file = "/index.html"
	}
	if status, err := strconv.Atoi(strings.TrimPrefix(path.Base(r.URL.Path), "status-")); err == nil {
		seen.WriteHeader(status)
	} else if body, err := os.ReadFile(filepath.Join(s.folder, filepath.FromSlash(file))); err == nil {
		w.Header().Set("ETag", fmt.Sprintf("\"%x\"", sha256.Sum256(body)))
		http.ServeContent(seen, r, r.URL.Path, time.Time{}, bytes.NewReader(body))
	} else {
		http.NotFound(seen, r)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.log == nil {
		s.log = map[string]int{}
	}
	s.log[fmt.Sprintf("%d %s", seen.status, r.URL.Path)]++
}

type seenStatus struct {
	http.ResponseWriter
	status int
}

func (s *seenStatus) WriteHeader(status int) {
	s.status = status
	s.ResponseWriter.WriteHeader(status)
}

func fill(ts *testscript.TestScript, _ bool, args []string) {
	for _, name := range args {
		text := strings.ReplaceAll(ts.ReadFile(name), "$SITE", ts.Getenv("SITE"))
		ts.Check(os.WriteFile(ts.MkAbs(name), []byte(text), 0o600))
	}
	site := ts.Value("site").(*site)
	site.mu.Lock()
	defer site.mu.Unlock()
	site.log = nil
}

func asked(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: asked STATUS PATH COUNT")
	}
	site := ts.Value("site").(*site)
	site.mu.Lock()
	defer site.mu.Unlock()
	if n := site.log[args[0]+" "+args[1]]; strconv.Itoa(n) != args[2] {
		ts.Fatalf("asked %d times, want %s: %v", n, args[2], site.log)
	}
}

func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits STATUS PROGRAM ARG...")
	}
	status := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var failed *exec.ExitError
		if !errors.As(err, &failed) {
			ts.Fatalf("%v", err)
		}
		status = failed.ExitCode()
	}
	if strconv.Itoa(status) != args[0] {
		ts.Fatalf("exit status %d, want %s", status, args[0])
	}
}

func jsonField(ts *testscript.TestScript, neg bool, args []string) {
	if neg && len(args) != 2 || !neg && len(args) != 3 {
		ts.Fatalf("usage: json LINE PATH WANT, or ! json LINE PATH")
	}
	number, err := strconv.Atoi(args[0])
	ts.Check(err)
	lines := strings.Split(strings.TrimSuffix(ts.ReadFile("stdout"), "\n"), "\n")
	if number < 1 || number > len(lines) {
		ts.Fatalf("no line %d in %d lines of output", number, len(lines))
	}
	var value any
	ts.Check(json.Unmarshal([]byte(lines[number-1]), &value))
	got, found := lookup(value, strings.Split(args[1], "."))
	switch {
	case neg && found:
		ts.Fatalf("%s is %s, want it absent", args[1], got)
	case !neg && !found:
		ts.Fatalf("%s is absent, want %s", args[1], args[2])
	case !neg && got != args[2]:
		ts.Fatalf("%s is %s, want %s", args[1], got, args[2])
	}
}

// lookup returns what stands at a path: a string as it is, all else as JSON.
func lookup(value any, path []string) (string, bool) {
	for _, key := range path {
		switch v := value.(type) {
		case map[string]any:
			field, ok := v[key]
			if !ok {
				return "", false
			}
			value = field
		case []any:
			i, err := strconv.Atoi(key)
			if err != nil || i < 0 || i >= len(v) {
				return "", false
			}
			value = v[i]
		default:
			return "", false
		}
	}
	if s, ok := value.(string); ok {
		return s, true
	}
	out, _ := json.Marshal(value)
	return string(out), true
}

// TestTheManualIsComplete holds docs/cli.md against the help: every command
// has its section, every flag its line, and nothing else is promised.
func TestTheManualIsComplete(t *testing.T) {
	text, err := os.ReadFile("../../docs/cli.md")
	if err != nil {
		t.Fatal(err)
	}
	manual := string(text)
	grammar, err := kong.New(&commands{}, kong.Vars{"version": ""})
	if err != nil {
		t.Fatal(err)
	}
	var there []string
	flags := func(node *kong.Node) {
		for _, f := range node.Flags {
			there = append(there, "--"+f.Name)
		}
	}
	flags(grammar.Model.Node)
	for _, c := range grammar.Model.Leaves(true) {
		there = append(there, fmt.Sprintf("## hearsay %s\n", c.Name))
		flags(c)
	}
	for _, want := range there {
		if !strings.Contains(manual, want) {
			t.Errorf("docs/cli.md does not have %q", want)
		}
	}
	for _, said := range regexp.MustCompile(`--[a-z][a-z-]*|(?m)^## hearsay .*\n`).FindAllString(manual, -1) {
		if !slices.Contains(there, said) {
			t.Errorf("docs/cli.md has %q, which the command line does not", said)
		}
	}
}
