package hearsay_test

import (
	"bufio"
	"cmp"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// This file is the design of the house, held against the code. Whoever opens a
// room or takes in a module changes a table here first, and the change shows
// what it is worth.

// rooms are the packages and what of ours each may import. What is not listed
// is not allowed. ARCHITECTURE.md tells the same in words.
var rooms = []room{
	{dir: ".", pure: true},
	{dir: "read", imports: []string{"."}},
	{dir: "annotate", imports: []string{".", "internal/nn"}, tests: []string{"internal/mark", "internal/score"}, pure: true},
	{dir: "compare", imports: []string{"."}, tests: []string{"internal/mark", "internal/synth"}, pure: true},
	{dir: "export", imports: []string{"."}},
	{dir: "ledger", imports: []string{".", "compare"}, tests: []string{"read", "annotate", "export", "internal/synth"}},
	{dir: "fetch", imports: []string{"read"}},
	{dir: "internal/mark", imports: []string{"."}, pure: true},
	{dir: "internal/nn", pure: true},
	{dir: "internal/synth", imports: []string{"."}},
	{dir: "internal/score", imports: []string{".", "internal/mark"}},
	{dir: "examples", tests: []string{".", "internal/mark"}},
	{dir: "train", imports: []string{".", "read", "annotate", "internal/mark", "internal/score"}},
	{dir: "cmd/hearsay", imports: []string{".", "read", "annotate", "compare", "export", "fetch", "ledger", "internal/mark", "internal/score"}},
}

type room struct {
	dir     string
	imports []string // rooms that it may import
	tests   []string // rooms that its tests may import besides
	pure    bool     // no file, network, clock, log, chance or goroutine
}

// modules are the third-party modules, who may import each, and why we have it.
var modules = []module{
	{"github.com/alecthomas/kong", []string{"cmd/hearsay"},
		"flags, help and usage errors of many commands from plain structs; no dependencies of its own"},
	{"golang.org/x/sys", []string{"internal/nn"},
		"has the processor AVX2, and does the system keep its registers"},
	{"golang.org/x/term", []string{"cmd/hearsay"},
		"is this a terminal, and how wide: the standard library does not say"},
	{"golang.org/x/text", []string{"read", "annotate", "compare", "ledger", "cmd/hearsay"},
		"decoders of legacy charsets; normal forms; the width of East Asian characters"},
	{"golang.org/x/net", []string{"read"},
		"the HTML tokenizer and parser, and the charset that a page declares"},
	{"github.com/markusmobius/go-trafilatura", []string{"read"},
		"main content of a page: the best of the Go extractors by its own 983 pages"},
	{"github.com/markusmobius/go-htmldate", []string{"read"},
		"the day a page was published, where no metadata say it: right for four pages of five"},
	{"github.com/gogs/chardet", []string{"read"},
		"guesses the charset of bytes that declare none; x/net takes all of them for windows-1252"},
	{"modernc.org/sqlite", []string{"ledger"},
		"SQLite, full-text search included, without cgo: the ledger is one file and needs no server"},
	{"github.com/jackc/pgx/v5", []string{"ledger"},
		"the driver of PostgreSQL, for a ledger that a team shares"},
	{"github.com/parquet-go/parquet-go", []string{"export"},
		"Parquet files for researchers' tables: a fifth of the weight of Apache Arrow"},
	{"github.com/klauspost/compress", []string{"read", "ledger"},
		"zstd, which the standard library lacks, and gzip at one and a half times its speed"},
	{"github.com/andybalholm/brotli", []string{"read", "fetch"},
		"brotli, in which browsers and crawlers are sent most pages; the standard library lacks it"},
	{"github.com/rogpeppe/go-internal", tests,
		"testscript: a test of a command is a script that reads like a terminal"},
	{"github.com/google/go-cmp", tests,
		"differences of values that a person can read"},
	{"pgregory.net/rapid", tests,
		"drawn inputs, and the smallest that fails"},
}

type module struct {
	path  string
	rooms []string // who may import it; tests of any room may import what is for tests only
	why   string
}

var tests []string // a module for tests only

// What a pure room must not import: anything that reaches outside, or gives
// another answer the next time.
var impure = []string{"os", "net", "log", "math/rand", "io/ioutil", "syscall", "time/tzdata"}

const (
	mostFileLines     = 600 // fewer than
	mostFunctionLines = 100
	mostModules       = 70
)

// file is one Go file of the module.
type file struct {
	name  string // from the root, with slashes
	room  string
	test  bool
	fset  *token.FileSet
	ast   *ast.File
	lines int
}

// goFiles parses every Go file of the module; nested modules are not part of it.
func goFiles(t *testing.T) []file {
	t.Helper()
	var files []file
	walk(t, func(name string) {
		if !strings.HasSuffix(name, ".go") {
			return
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		fset := token.NewFileSet()
		tree, err := parser.ParseFile(fset, name, text, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file{
			name: name, room: path.Dir(name), test: strings.HasSuffix(name, "_test.go"),
			fset: fset, ast: tree, lines: strings.Count(string(text), "\n"),
		})
	})
	if len(files) < 10 {
		t.Fatalf("found only %d Go files", len(files))
	}
	return files
}

// walk calls f with the name of every file of the module that is no test data.
func walk(t *testing.T, f func(name string)) {
	t.Helper()
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		if d.IsDir() {
			if name != "." && strings.HasPrefix(d.Name(), ".") && d.Name() != ".ci" || d.Name() == "testdata" {
				return filepath.SkipDir
			}
			if _, err := os.Stat(filepath.Join(name, "go.mod")); err == nil && name != "." {
				return filepath.SkipDir
			}
			return nil
		}
		f(name)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestEveryRoomIsInTheTable(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range goFiles(t) {
		seen[f.room] = true
	}
	for dir := range seen {
		if !slices.ContainsFunc(rooms, func(r room) bool { return r.dir == dir }) {
			t.Errorf("%s has Go files and is not in the table of rooms", dir)
		}
	}
	for _, r := range rooms {
		if !seen[r.dir] {
			t.Errorf("%s is in the table of rooms and has no Go file", r.dir)
		}
	}
}

func TestWhoImportsWhom(t *testing.T) {
	for _, f := range goFiles(t) {
		for _, spec := range f.ast.Imports {
			imported, _ := strconv.Unquote(spec.Path.Value)
			if !allowed(f, imported) {
				t.Errorf("%s imports %s, which the tables above do not allow", f.name, imported)
			}
		}
	}
}

// allowed reports whether the tables let a file import a package.
func allowed(f file, imported string) bool {
	i := slices.IndexFunc(rooms, func(r room) bool { return r.dir == f.room })
	if i < 0 {
		return true // told by TestEveryRoomIsInTheTable
	}
	r := rooms[i]
	first, rest, _ := strings.Cut(imported, "/")
	switch {
	case first == "hearsay":
		dir := cmp.Or(rest, ".")
		forTests := r.dir == "." || dir == r.dir || slices.Contains(r.tests, dir)
		return slices.Contains(r.imports, dir) || f.test && forTests
	case strings.Contains(first, "."):
		m := moduleOf(imported)
		return m != nil && (slices.Contains(m.rooms, r.dir) || f.test && m.rooms == nil)
	case r.pure && !f.test:
		return !slices.ContainsFunc(impure, func(p string) bool {
			return imported == p || strings.HasPrefix(imported, p+"/")
		})
	}
	return true
}

func moduleOf(imported string) *module {
	for i, m := range modules {
		if imported == m.path || strings.HasPrefix(imported, m.path+"/") {
			return &modules[i]
		}
	}
	return nil
}

func TestPureRoomsHaveNoClockAndNoGoroutine(t *testing.T) {
	for _, f := range goFiles(t) {
		if f.test || !slices.ContainsFunc(rooms, func(r room) bool { return r.dir == f.room && r.pure }) {
			continue
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GoStmt:
				t.Errorf("%s starts a goroutine", f.fset.Position(n.Pos()))
			case *ast.SelectorExpr:
				if pkg, ok := n.X.(*ast.Ident); ok && pkg.Name == "time" && (n.Sel.Name == "Now" || n.Sel.Name == "Since") {
					t.Errorf("%s looks at the clock", f.fset.Position(n.Pos()))
				}
			}
			return true
		})
	}
}

func TestOnlyTheCommandLogsAndPrints(t *testing.T) {
	for _, f := range goFiles(t) {
		if f.test || f.room == "cmd/hearsay" {
			continue
		}
		for _, spec := range f.ast.Imports {
			if p := spec.Path.Value; p == `"log"` || p == `"log/slog"` {
				t.Errorf("%s imports %s: a library returns what there is to tell", f.name, p)
			}
		}
	}
}

func TestEveryModuleHasAReason(t *testing.T) {
	required := requirements(t)
	for _, m := range modules {
		if m.why == "" {
			t.Errorf("%s is in the table without a reason", m.path)
		}
		if _, ok := required[m.path]; !ok {
			t.Errorf("%s is in the table and not in go.mod", m.path)
		}
	}
	for p, direct := range required {
		if direct && moduleOf(p) == nil {
			t.Errorf("%s is required by go.mod and not in the table", p)
		}
	}
}

// requirements returns the modules that go.mod requires, true for those that
// it does not call indirect.
func requirements(t *testing.T) map[string]bool {
	t.Helper()
	f, err := os.Open("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	required := map[string]bool{}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		words := strings.Fields(strings.TrimPrefix(strings.TrimSpace(lines.Text()), "require "))
		if len(words) >= 2 && strings.Contains(words[0], ".") {
			required[words[0]] = !strings.HasSuffix(lines.Text(), "// indirect")
		}
	}
	return required
}

func TestTheProgramCompilesFewModules(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{.Path}}{{end}}", "./cmd/hearsay").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	compiled := slices.Compact(slices.Sorted(slices.Values(strings.Fields(string(out)))))
	if len(compiled) >= mostModules {
		t.Errorf("cmd/hearsay is compiled from %d modules, want fewer than %d:\n%s",
			len(compiled), mostModules, strings.Join(compiled, "\n"))
	}
}

func TestEveryPackageSaysItsDuty(t *testing.T) {
	said := map[string]int{}
	for _, f := range goFiles(t) {
		if f.test || f.ast.Doc == nil {
			continue
		}
		said[f.room]++
		start := "Package " + f.ast.Name.Name + " "
		if f.ast.Name.Name == "main" {
			start = "Command " + path.Base(f.room) + " "
		}
		if !strings.HasPrefix(f.ast.Doc.Text(), start) {
			t.Errorf("the package comment in %s does not begin with %q", f.name, start)
		}
	}
	for _, r := range rooms {
		if said[r.dir] != 1 {
			t.Errorf("%s has %d package comments, want 1", r.dir, said[r.dir])
		}
	}
}

func TestFilesAndFunctionsAreShort(t *testing.T) {
	for _, f := range goFiles(t) {
		if f.lines >= mostFileLines {
			t.Errorf("%s has %d lines, want fewer than %d", f.name, f.lines, mostFileLines)
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			switch n.(type) {
			case *ast.FuncDecl, *ast.FuncLit:
				from, to := f.fset.Position(n.Pos()), f.fset.Position(n.End())
				if lines := to.Line - from.Line + 1; lines >= mostFunctionLines {
					t.Errorf("%s: a function of %d lines, want fewer than %d", from, lines, mostFunctionLines)
				}
			}
			return true
		})
	}
}

func TestNothingRunsBeforeMain(t *testing.T) {
	for _, f := range goFiles(t) {
		for _, d := range f.ast.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
				t.Errorf("%s is an init function", f.fset.Position(fn.Pos()))
			}
		}
	}
}

func TestNoInterfaceIsExported(t *testing.T) {
	for _, f := range goFiles(t) {
		ast.Inspect(f.ast, func(n ast.Node) bool {
			spec, ok := n.(*ast.TypeSpec)
			if !ok {
				return true
			}
			if _, ok := spec.Type.(*ast.InterfaceType); ok && spec.Name.IsExported() {
				t.Errorf("%s: interface %s is exported; it needs two packages that implement it", f.fset.Position(spec.Pos()), spec.Name)
			}
			return true
		})
	}
}

// TestTheWordSourceIsNotUsed looks at every name that our code gives. The word
// means four things; docs/glossary.md has one for each.
func TestTheWordSourceIsNotUsed(t *testing.T) {
	for _, f := range goFiles(t) {
		for _, id := range declared(f.ast) {
			if slices.Contains(wordsOf(id.Name), "source") || slices.Contains(wordsOf(id.Name), "sources") {
				if !strings.HasPrefix(id.Name, "Test") {
					t.Errorf("%s: %s: say speaker, outlet, agency or input", f.fset.Position(id.Pos()), id.Name)
				}
			}
		}
	}
}

// declared returns the identifiers that a file declares.
func declared(tree *ast.File) []*ast.Ident {
	var ids []*ast.Ident
	exprs := func(list ...ast.Expr) {
		for _, e := range list {
			if id, ok := e.(*ast.Ident); ok {
				ids = append(ids, id)
			}
		}
	}
	ast.Inspect(tree, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			ids = append(ids, n.Name)
		case *ast.TypeSpec:
			ids = append(ids, n.Name)
		case *ast.ValueSpec:
			ids = append(ids, n.Names...)
		case *ast.Field:
			ids = append(ids, n.Names...)
		case *ast.AssignStmt:
			if n.Tok == token.DEFINE {
				exprs(n.Lhs...)
			}
		case *ast.RangeStmt:
			if n.Tok == token.DEFINE {
				exprs(n.Key, n.Value)
			}
		}
		return true
	})
	return ids
}

// wordsOf cuts a name in camel case into its words, in lower case.
func wordsOf(name string) []string {
	var words []string
	last := rune(0)
	for _, r := range name {
		if len(words) == 0 || r == '_' || unicode.IsUpper(r) && !unicode.IsUpper(last) {
			words = append(words, "")
		}
		words[len(words)-1] += strings.ToLower(strings.Trim(string(r), "_"))
		last = r
	}
	return words
}

// unfinished matches notes to oneself, and talk of how the program came to be:
// neither is for whoever reads it.
var unfinished = regexp.MustCompile(`\b(TO` + `DO|FIX` + `ME|XX` + `X|HA` + `CK)\b|(?i)\b(co-` + `authored-by|issue #?[0-9]+|this ` + `session|sub-?` + `agents?|language ` + `model prompt)\b`)

func TestNothingIsLeftUnfinished(t *testing.T) {
	kinds := []string{".go", ".md", ".txt", ".txtar", ".html", ".json", ".jsonl", ".mod", "/run", ".py", ".sh"}
	walk(t, func(name string) {
		if !slices.ContainsFunc(kinds, func(k string) bool { return strings.HasSuffix(name, k) }) {
			return
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(text), "\n") {
			if word := unfinished.FindString(line); word != "" {
				t.Errorf("%s:%d: %q", name, i+1, word)
			}
		}
	})
}
