package read

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
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

// goldPages reads the test set from the module cache, or skips the test.
func goldPages(t testing.TB) []goldPage {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/markusmobius/go-trafilatura").Output()
	root := strings.TrimSpace(string(dir))
	if err != nil || root == "" {
		t.Skip("skipped: the module go-trafilatura, whose test pages this measures on, is not in the module cache")
	}
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, "scripts/comparison/data.go"), nil, 0)
	if err != nil {
		t.Skip("skipped: the test set of go-trafilatura cannot be read: ", err)
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

func (c tally) String() string {
	p, r := float64(c.tp)/float64(c.tp+c.fp), float64(c.tp)/float64(c.tp+c.fn)
	return fmt.Sprintf("precision %.3f recall %.3f accuracy %.3f F1 %.3f", p, r, float64(c.tp+c.tn)/float64(c.tp+c.tn+c.fp+c.fn), 2*p*r/(p+r))
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

func TestMainContentMeasured(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: measures main content on a thousand pages")
	}
	pages := goldPages(t)
	var ours, all, theirs tally
	var half [2]tally
	var names, dates, titles hits
	var spent, spentTheirs time.Duration
	for i, p := range pages {
		start := time.Now()
		doc, err := readHTML(t.Context(), p.html, Input{Name: p.file}, Options{})
		spent += time.Since(start)
		if err != nil {
			t.Logf("%s: %v", p.file, err)
			doc = &hearsay.Document{}
		}
		ours.add(p, body(doc))
		half[i%2].add(p, body(doc))
		all.add(p, doc.Text)
		names.add(strings.Join(p.authors, "; "), strings.Join(doc.Bylines, "; "))
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
	t.Logf("%d pages", len(pages))
	t.Logf("go-trafilatura, fallback  %v  %v", theirs, spentTheirs.Round(time.Millisecond))
	t.Logf("hearsay, body             %v  %v", ours, spent.Round(time.Millisecond))
	t.Logf("hearsay, body, halves %v / %v", half[0], half[1])
	t.Logf("authors: %v", names)
	t.Logf("titles: %v", titles)
	t.Logf("dates: %v", dates)
	t.Logf("hearsay, whole text       %v", all)
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
