package read

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// hostilePages are pages made to cost much more than their size.
var hostilePages = []struct {
	name string
	html func() string
}{
	{"nested divs", func() string { return strings.Repeat("<div>", 100_000) + "deep words" }},
	{"nested divs of text", func() string { return strings.Repeat("<div>some words of text here ", 500) }},
	{"nested divs of text and names", func() string {
		return strings.Repeat(`<div class="post content article-body">some words of text, and here `, 480)
	}},
	{"nested spans of text", func() string { return "<body><article><p>" + strings.Repeat(`<span>word `, 500) }},
	{"open links", func() string { return "<body>" + strings.Repeat("<a>", 300_000) + "word" }},
	{"open links of text", func() string { return "<body>" + strings.Repeat("<a href=x>word ", 50_000) }},
	{"open formatting", func() string { return "<body>" + strings.Repeat("<b><i><font size=1>x", 20_000) }},
	{"formatting before paragraphs", func() string {
		var b strings.Builder
		b.WriteString("<body>")
		for i := range 490 {
			b.WriteString(`<font size=` + strconv.Itoa(i) + `>`)
		}
		return b.String() + strings.Repeat("<p>x", 40_000)
	}},
	{"misnested formatting", func() string { return "<body>" + strings.Repeat("<b><p>x</b>y<i></p>z</i>", 10_000) }},
	{"misnested links in blocks", func() string { return "<body>" + strings.Repeat("<a><div>x</a>", 20_000) }},
	{"huge attribute", func() string { return `<body><p class="` + strings.Repeat("a ", 1_000_000) + `">word` }},
	{"many attributes", func() string {
		var b strings.Builder
		for i := range 100_000 {
			b.WriteString(" a" + strconv.Itoa(i) + "=1")
		}
		return "<body><p" + b.String() + ">word"
	}},
	{"open tag", func() string { return "<body><p>word" + strings.Repeat("<p ", 300_000) }},
	{"open comment", func() string { return "<body><p>word<!--" + strings.Repeat("-", 1_000_000) }},
	{"open script", func() string { return "<body><p>word<script>" + strings.Repeat("<!--<script>", 200_000) }},
	{"paragraphs", func() string { return "<body>" + strings.Repeat("<p>", 500_000) + "word" }},
	{"paragraphs of text", func() string { return "<body>" + strings.Repeat("<p>The minister said so.", 59_000) }},
	{"paragraphs, as many as the extractor gets", func() string { return "<body><article>" + strings.Repeat("<p>The minister said so.", 5_900) }},
	{"items, as many as the extractor gets", func() string {
		return "<body><article>" + strings.Repeat("<ul><li><a href=x>link</a> text", 240) + strings.Repeat("<p>x", 1_000)
	}},
	{"divs, as deep as the extractor gets", func() string {
		return "<body>" + strings.Repeat(`<div class="content">text here, and <a href=x>link</a>`, 300) + strings.Repeat("<p>one, two and three</p>", 1_200)
	}},
	{"quotations, as many as the extractor gets", func() string {
		return "<body><article>" + strings.Repeat("<blockquote><p>one, <q>two</q> and</blockquote>", 1_900)
	}},
	{"lines, as many as the extractor gets", func() string { return "<body><article><p>" + strings.Repeat("a line<br>", 5_900) }},
	{"links, as many as the extractor gets", func() string { return "<body><article>" + strings.Repeat("<div>word <a href=x>link</a></div>", 2_900) }},
	{"rows, as many as the extractor gets", func() string { return "<body><article><table>" + strings.Repeat("<tr><td>a<td>b<p>c", 1_600) }},
	{"more paragraphs of text", func() string { return "<body>" + strings.Repeat("<p>The minister said so.", 100_000) }},
	{"one long paragraph", func() string { return "<body><p>" + strings.Repeat("The minister said so. ", 100_000) }},
	{"entities", func() string { return "<body><p>" + strings.Repeat("&eacute;", 100_000) }},
	{"open entities", func() string { return "<body><p>" + strings.Repeat("&notit", 100_000) }},
	{"ampersands", func() string { return "<body><p>" + strings.Repeat("&", 500_000) }},
	{"angle brackets", func() string { return "<body><p>" + strings.Repeat("<", 500_000) }},
	{"tables in tables", func() string { return "<body>" + strings.Repeat("<table><tr><td>x", 150) }},
	{"table soup", func() string { return "<body>" + strings.Repeat("<table>x<tr>y<td>z</table>", 5_000) }},
	{"text in a table", func() string { return "<body><table>" + strings.Repeat("<b>x<tr>", 20_000) }},
	{"text put before a table", func() string { return "<body><table>" + strings.Repeat("x<p>y", 20_000) }},
	{"rows", func() string { return "<body><table>" + strings.Repeat("<tr><td>a<td>b<td>c", 14_000) }},
	{"list items", func() string { return "<body><ul>" + strings.Repeat("<li>item of a list", 50_000) }},
	{"lists in lists", func() string { return "<body>" + strings.Repeat("<ul><li>x", 250) }},
	{"lists in lists, wide", func() string {
		return "<body>" + strings.Repeat("<ul><li>x", 240) + strings.Repeat("<li>word of text", 30_000)
	}},
	{"line breaks", func() string { return "<body><p>" + strings.Repeat("x<br>", 50_000) }},
	{"breaks without text", func() string { return "<body><p>" + strings.Repeat("<br>", 59_000) }},
	{"selects", func() string { return "<body>" + strings.Repeat("<select><option>x", 20_000) }},
	{"templates", func() string { return "<body>" + strings.Repeat("<template>", 100_000) }},
	{"svg", func() string { return "<body>" + strings.Repeat("<svg><g><p>x", 50_000) }},
	{"quotations", func() string {
		return "<body>" + strings.Repeat("<blockquote>x", 480) + strings.Repeat("<p>word of text</p>", 20_000)
	}},
	{"end tags", func() string { return "<body>" + strings.Repeat("</p></div></a></b>", 200_000) + "word" }},
	{"headings", func() string { return "<body>" + strings.Repeat("<h1>The same heading</h1>", 20_000) }},
	{"spans in paragraphs", func() string { return "<body><article>" + strings.Repeat("<p><span>a</span><em>b</em>c", 15_000) }},
	{"runs of one letter", func() string { return "<body><p>" + strings.Repeat("<wbr>x", 59_000) }},
	{"linked data", func() string {
		return `<body><script type="application/ld+json">` + strings.Repeat(`{"@graph":[`, 9_000) + `</script><p>word`
	}},
	{"broken linked data", func() string {
		return strings.Repeat(`<script type="application/ld+json">{"@type":"Article",,,</script>`, 5_000) + "<body><p>word"
	}},
	{"meta", func() string {
		return strings.Repeat(`<meta property="og:title" content="a title">`, 30_000) + "<body><p>word"
	}},
	{"byline", func() string { return `<body><h1>Title</h1><p class="byline">By ` + strings.Repeat("A and ", 100_000) }},
}

// hostileTime is how long a hostile page may take; most take less than a tenth
// of a second.
const hostileTime = 3 * time.Second

// TestHostilePages bounds the time that each takes.
func TestHostilePages(t *testing.T) {
	if underRace {
		t.Skip("skipped: takes the time of hostile pages, which the race detector makes ten times longer")
	}
	for _, c := range hostilePages {
		page := []byte(c.html())
		start := spent()
		_, err := readHTML(t.Context(), page, Input{Name: c.name}, Options{})
		took := spent() - start
		t.Logf("%-32s %9d bytes %8v %v", c.name, len(page), took.Round(time.Millisecond), err)
		if err != nil && !errors.Is(err, errNoText) {
			t.Errorf("%s: %v", c.name, err)
		}
		if took > hostileTime {
			t.Errorf("%s: %d bytes took %v", c.name, len(page), took)
		}
	}
}

// TestTreeCases reads the cases of the parser's own tests: none may panic or
// take long.
func TestTreeCases(t *testing.T) {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "golang.org/x/net").Output()
	if err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob(filepath.Join(strings.TrimSpace(string(dir)), "html/testdata/*/tree-construction/*.dat"))
	older, _ := filepath.Glob(filepath.Join(strings.TrimSpace(string(dir)), "html/testdata/webkit/*.dat"))
	if files = append(files, older...); len(files) == 0 {
		t.Fatal("golang.org/x/net came without its test data")
	}
	cases := 0
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range bytes.Split(b, []byte("#data\n"))[1:] {
			page, _, _ := bytes.Cut(c, []byte("\n#errors"))
			cases++
			for _, page := range [][]byte{page, append([]byte("<body>"), page...)} {
				start := spent()
				doc, err := readHTML(t.Context(), page, Input{Name: f}, Options{})
				if took := spent() - start; took > 100*time.Millisecond {
					t.Errorf("%s: %q took %v", filepath.Base(f), page, took)
				}
				if err == nil {
					checkPieces(t, doc, "")
				} else if !errors.Is(err, errNoText) {
					t.Errorf("%s: %q: %v", filepath.Base(f), page, err)
				}
			}
		}
	}
	t.Logf("%d cases", cases)
}
