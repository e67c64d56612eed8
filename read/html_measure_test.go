package read

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	trafilatura "github.com/markusmobius/go-trafilatura"
	xhtml "golang.org/x/net/html"

	"hearsay"
)

// A goldPage is a page of the extractor's own test set, with phrases that
// must be in its main content and phrases that must not.
type goldPage struct {
	url, file     string
	html          []byte
	with, without []string
	authors       []string
	title, date   string
}

// goldPages reads the test set from the module cache.
func goldPages(t testing.TB) []goldPage {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/markusmobius/go-trafilatura").Output()
	root := strings.TrimSpace(string(dir))
	if err != nil || root == "" {
		t.Fatal("no module go-trafilatura, whose test pages this measures on: ", err)
	}
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, "scripts/comparison/data.go"), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var pages []goldPage
	ast.Inspect(file, func(n ast.Node) bool {
		kv, ok := n.(*ast.KeyValueExpr)
		if !ok {
			return true
		}
		url, isURL := kv.Key.(*ast.BasicLit)
		entry, isEntry := kv.Value.(*ast.CompositeLit)
		if !isURL || !isEntry {
			return true
		}
		page := goldPage{url: unquote(url)}
		for _, e := range entry.Elts {
			f := e.(*ast.KeyValueExpr)
			switch f.Key.(*ast.Ident).Name {
			case "File":
				page.file = unquote(f.Value)
			case "Title":
				page.title = unquote(f.Value)
			case "Date":
				page.date = unquote(f.Value)
			case "With":
				page.with = unquoteAll(f.Value)
			case "Without":
				page.without = unquoteAll(f.Value)
			case "Authors":
				page.authors = unquoteAll(f.Value)
			}
		}
		for _, folder := range []string{"comparison", "mock"} {
			if b, err := os.ReadFile(filepath.Join(root, "test-files", folder, page.file)); err == nil {
				page.html = b
				pages = append(pages, page)
				break
			}
		}
		return false
	})
	return pages
}

func unquote(e ast.Expr) string {
	s, _ := strconv.Unquote(e.(*ast.BasicLit).Value)
	return s
}

func unquoteAll(e ast.Expr) (out []string) {
	for _, s := range e.(*ast.CompositeLit).Elts {
		out = append(out, unquote(s))
	}
	return out
}

// tally counts phrases found and not found.
type tally struct{ tp, fn, fp, tn int }

func (c *tally) add(p goldPage, text string) {
	text = oneLine(text)
	for _, s := range p.with {
		if strings.Contains(text, oneLine(s)) {
			c.tp++
		} else {
			c.fn++
		}
	}
	for _, s := range p.without {
		if strings.Contains(text, oneLine(s)) {
			c.fp++
		} else {
			c.tn++
		}
	}
}

func (c tally) f1() float64 { return 2 * float64(c.tp) / float64(2*c.tp+c.fp+c.fn) }

func (c tally) String() string {
	return fmt.Sprintf("precision %.3f recall %.3f F1 %.3f", float64(c.tp)/float64(c.tp+c.fp), float64(c.tp)/float64(c.tp+c.fn), c.f1())
}

// nameList makes one string of names, whatever parts and orders them.
func nameList(names []string) string {
	var list []string
	for _, n := range names {
		for _, part := range dividers.Split(strings.TrimSpace(n), -1) {
			list = append(list, letters(part))
		}
	}
	slices.Sort(list)
	return strings.Join(list, " ")
}

// hits counts facts that are right, wrong, missing where the test set has one.
type hits struct{ right, wrong, missing int }

func (h *hits) add(want, got string) {
	switch {
	case want == "":
	case want == got:
		h.right++
	case got == "":
		h.missing++
	default:
		h.wrong++
	}
}

func (h hits) String() string {
	return fmt.Sprintf("%d right, %d wrong, %d missing", h.right, h.wrong, h.missing)
}

// body is the text of a document without its headline, captions, credit lines
// and boilerplate, which the phrases of the test set take no account of.
func body(doc *hearsay.Document) string {
	var b strings.Builder
	for i, block := range doc.Blocks {
		switch {
		case i == 0 && block.Kind == hearsay.Heading, block.Kind == hearsay.Caption, block.Kind == hearsay.Credit, block.Kind == hearsay.Boilerplate:
		default:
			b.WriteString(block.In(doc.Text) + "\n\n")
		}
	}
	return b.String()
}

// TestMainContentMeasured measures what is read from every eighth page of the
// extractor's own test set, or from all of them with HEARSAY_MEASURE=all in
// the environment, beside what the extractor finds alone.
func TestMainContentMeasured(t *testing.T) {
	pages, step := goldPages(t), 8
	if os.Getenv("HEARSAY_MEASURE") == "all" {
		step = 1
	}
	var ours, all, theirs tally
	var names, dates, titles hits
	var spent, spentTheirs time.Duration
	least, n := 1.0, 0
	for i := 0; i < len(pages); i += step {
		p := pages[i]
		start := time.Now()
		doc, err := readHTML(t.Context(), p.html, Input{Name: p.file}, Options{})
		spent += time.Since(start)
		if err != nil {
			t.Logf("%s: %v", p.file, err)
			doc = &hearsay.Document{}
		}
		checkBlocks(t, doc)
		least, n = min(least, checkPieces(t, doc, p.file)), n+1
		ours.add(p, body(doc))
		all.add(p, doc.Text)
		names.add(nameList(p.authors), nameList(append(slices.Clone(doc.Bylines), doc.Credits...)))
		titles.add(letters(p.title), letters(doc.Title))
		date := ""
		if !doc.Published.IsZero() {
			date = doc.Published.Format(time.DateOnly)
		}
		dates.add(p.date, date)
		start = time.Now()
		theirs.add(p, peer(p.html))
		spentTheirs += time.Since(start)
	}
	t.Logf("%d of %d pages", n, len(pages))
	t.Logf("go-trafilatura with fallback  %v, %v", theirs, spentTheirs.Round(time.Millisecond))
	t.Logf("hearsay, body of the report   %v, %v", ours, spent.Round(time.Millisecond))
	t.Logf("hearsay, with headline etc.   %v", all)
	t.Logf("authors: %v; titles: %v; dates: %v", names, titles, dates)
	t.Logf("text tied to bytes: at least %.2f %% of each page", 100*least)
	if ours.f1() < 0.92 || ours.f1() < theirs.f1() {
		t.Errorf("main content is found worse than it was: F1 %.3f", ours.f1())
	}
	if least < 0.99 {
		t.Errorf("only %.2f %% of the text of a page is tied to bytes", 100*least)
	}
}

func peer(page []byte) string {
	root, err := xhtml.Parse(strings.NewReader(decode(page, declaredCharset(page, "")).text))
	if err != nil {
		return ""
	}
	r, err := trafilatura.ExtractDocument(root, trafilatura.Options{EnableFallback: true, ExcludeComments: true, HtmlDateMode: trafilatura.Disabled})
	if err != nil {
		return ""
	}
	return r.ContentText
}
