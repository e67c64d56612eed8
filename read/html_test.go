package read

import (
	"context"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	utf16 "golang.org/x/text/encoding/unicode"

	"hearsay"
)

// TestPages reads the pages of testdata/html: beside each stands, in a .txt
// file, what must be read from it. With UPDATE_GOLDEN=1 in the environment
// those files are written anew.
func TestPages(t *testing.T) {
	files, err := filepath.Glob("testdata/html/*.html")
	if err != nil || len(files) == 0 {
		t.Fatal("no pages", err)
	}
	for _, f := range files {
		page, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := readHTML(t.Context(), page, Input{Name: f}, Options{})
		if err != nil {
			t.Errorf("%s: %v", f, err)
			continue
		}
		got := shown(doc)
		golden := strings.TrimSuffix(f, ".html") + ".txt"
		if os.Getenv("UPDATE_GOLDEN") != "" {
			if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(string(want), got); d != "" {
			t.Errorf("%s (-want +got):\n%s", f, d)
		}
		checkBlocks(t, doc)
		if tied := checkPieces(t, doc, f); tied < 0.99 {
			t.Errorf("%s: only %.1f %% of the text is tied to bytes", f, 100*tied)
		}
	}
}

// shown writes a document for people.
func shown(doc *hearsay.Document) string {
	var b strings.Builder
	published := ""
	if !doc.Published.IsZero() {
		published = doc.Published.Format(time.RFC3339)
	}
	for _, f := range []struct{ name, value string }{
		{"title", doc.Title}, {"outlet", doc.Outlet}, {"bylines", strings.Join(doc.Bylines, "; ")}, {"credits", strings.Join(doc.Credits, "; ")},
		{"initials", strings.Join(doc.Initials, "; ")}, {"published", published}, {"lang", doc.Lang}, {"url", doc.URL}, {"notes", strings.Join(doc.Notes, "; ")},
	} {
		if f.value != "" {
			fmt.Fprintf(&b, "%s: %s\n", f.name, f.value)
		}
	}
	for _, r := range doc.Repairs {
		fmt.Fprintf(&b, "repair: %s %q was %q\n", r.Kind, r.In(doc.Text), r.Was)
	}
	for _, block := range doc.Blocks {
		fmt.Fprintf(&b, "\n[%s] %s\n", block.Kind, block.In(doc.Text))
	}
	return b.String()
}

// checkBlocks checks that the blocks hold all text but the white space between
// them.
func checkBlocks(t testing.TB, doc *hearsay.Document) {
	t.Helper()
	end := 0
	for _, b := range doc.Blocks {
		if b.Start < end || b.Empty() || b.End > len(doc.Text) {
			t.Fatalf("block %v is out of order or bounds", b)
		}
		if between := doc.Text[end:b.Start]; strings.TrimSpace(between) != "" {
			t.Fatalf("text outside blocks: %q", between)
		}
		if text := b.In(doc.Text); strings.TrimSpace(text) != text {
			t.Fatalf("block begins or ends with white space: %q", text)
		}
		end = b.End
	}
	if strings.TrimSpace(doc.Text[end:]) != "" {
		t.Fatalf("text after the last block: %q", doc.Text[end:])
	}
}

// TestPageCharsets reads one page in many charsets: the text must not depend
// on it, whatever the page declares.
func TestPageCharsets(t *testing.T) {
	const latin = "The mayor of Sankt Jürgen said: “I won’t pay – not a penny.” The café on Größe Street closed at noon, he added."
	const japanese_ = "市長は月曜日に「港の工事は秋まで続く」と述べた。住民の代表は、説明が足りないと批判した。"
	const chinese = "市长星期一表示，“港口的工程将持续到秋天”。居民代表批评说，解释不够充分。"
	for _, c := range []struct {
		name, declared, text string
		enc                  encoding.Encoding
	}{
		{"utf-8", "utf-8", latin, encoding.Nop},
		{"utf-8", "iso-8859-1", latin, encoding.Nop},
		{"utf-8", "", japanese_, encoding.Nop},
		{"windows-1252", "windows-1252", latin, charmap.Windows1252},
		{"windows-1252", "utf-8", latin, charmap.Windows1252},
		{"windows-1252", "", latin, charmap.Windows1252},
		{"shift_jis", "Shift_JIS", japanese_, japanese.ShiftJIS},
		{"euc-jp", "EUC-JP", japanese_, japanese.EUCJP},
		{"gb18030", "gb18030", chinese, simplifiedchinese.GB18030},
		{"gbk", "gb2312", chinese, simplifiedchinese.GBK},
		{"utf-16le", "", latin, utf16.UTF16(utf16.LittleEndian, utf16.UseBOM)},
		{"utf-16be", "utf-8", latin, utf16.UTF16(utf16.BigEndian, utf16.UseBOM)},
		{"utf-16le", "utf-16", latin, utf16.UTF16(utf16.LittleEndian, utf16.IgnoreBOM)},
	} {
		head := ""
		if c.declared != "" {
			head = `<meta http-equiv="Content-Type" content="text/html; charset=` + c.declared + `">`
		}
		page := "<html><head>" + head + "<title>x</title></head><body><p>" + c.text + "</p><p>" + c.text + " Again.</p></body></html>"
		b, err := c.enc.NewEncoder().Bytes([]byte(page))
		if err != nil {
			t.Fatal(err)
		}
		doc, err := readHTML(t.Context(), b, Input{}, Options{})
		if err != nil {
			t.Fatalf("%s declared as %q: %v", c.name, c.declared, err)
		}
		if want := c.text + "\n\n" + c.text + " Again."; doc.Text != want {
			t.Errorf("%s declared as %q: read as %s: %q", c.name, c.declared, doc.Charset, doc.Text)
		}
		for _, p := range doc.Pieces {
			part, err := c.enc.NewDecoder().Bytes(b[p.Bytes.Start:p.Bytes.End])
			// Some charsets are tied to bytes sixteen characters at a time.
			if s := string(part); err != nil || !strings.HasPrefix(c.name, "utf-") && !strings.Contains(s, p.Text.In(doc.Text)) {
				t.Errorf("%s: piece %v has %q, its bytes say %q", c.name, p, p.Text.In(doc.Text), s)
			}
		}
	}
}

// TestDeepPage reads a page that the parser refuses: the report is found all
// the same, and a note says how.
func TestDeepPage(t *testing.T) {
	const first = "The mayor of Port Maren said on Friday that the bridge would be closed until the autumn."
	const second = "“Nobody will be cut off,” she added, and promised that a ferry would run every half hour."
	page := "<html><body><nav><ul><li><a href=/>Front page</a><li><a href=/s>Sport</a></ul></nav>" + strings.Repeat("<div>", 700) +
		"<h1>Bridge to close</h1><p>" + first + "<p>" + second + "</p><p><a href=/more>Ten bridges that never opened</a></p>" + strings.Repeat("</div>", 700)
	doc, err := readHTML(t.Context(), []byte(page), Input{}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if want := "Bridge to close\n\n" + first + "\n\n" + second; doc.Text != want {
		t.Errorf("read %q", doc.Text)
	}
	if len(doc.Notes) != 1 || !strings.Contains(doc.Notes[0], "512") {
		t.Errorf("notes: %q", doc.Notes)
	}
}

func TestLayout(t *testing.T) {
	for _, c := range []struct{ html, want string }{
		{"<p>one <b>two</b>,<i> three</i></p>", "one two, three"},
		{"<p>un<em>believ</em>able", "unbelievable"},
		{"<p>a<br>b<br><br>c", "a\nb\n\nc"},
		{"<ul><li>a<li>b<ul><li>c</ul></ul><p>d", "a\nb\nc\n\nd"},
		{"<p>He called it <q>a <q>small</q> thing</q>.", "He called it “a ‘small’ thing”."},
		{"<p>He called it <q>“small”</q>.", "He called it “small”."},
		{"<table><tr><td>a<td>b<tr><td>c<td>d</table>", "a\tb\nc\td"},
		{"<pre>one\ntwo\n\nthree</pre>", "one\ntwo\n\nthree"},
		{"a&nbsp;&nbsp;b &amp;amp; c&shy;d", "a b & cd"},
		{"<p>x<script>y</script>z<style>w</style><svg><text>v</text></svg>", "xz"},
		{"<div>a<p>b</p>c</div>", "a\n\nb\n\nc"},
	} {
		doc, err := readHTML(t.Context(), []byte(c.html), Input{}, Options{})
		if err != nil || doc.Text != c.want {
			t.Errorf("%s: read %q, want %q (%v)", c.html, doc.Text, c.want, err)
		}
	}
}

func TestPageTime(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := readHTML(ctx, []byte("<body><p>word"), Input{}, Options{}); err == nil {
		t.Error("a page was read after the time was over")
	}
}

func TestBylines(t *testing.T) {
	for _, c := range []struct{ line, names, agencies string }{
		{"By Jane Doe", "Jane Doe", ""},
		{"By Jane Doe and John Q. Public", "Jane Doe; John Q. Public", ""},
		{"Jane Doe, Political Correspondent", "Jane Doe", ""},
		{"By Jane Doe, Ahmed al-Rashid & Lars von der Heide in Port Maren", "Jane Doe; Ahmed al-Rashid; Lars von der Heide", ""},
		{"By JANE DOE | Reuters", "JANE DOE", "Reuters"},
		{"Reuters Staff", "", "Reuters"},
		{"AFP with Reuters", "", "AFP; Reuters"},
		{"The Associated Press", "", "AP"},
		{"Von Änne Öztürk und Jörg Müller", "Änne Öztürk; Jörg Müller", ""},
		{"Written by Jane Doe Published 3 March 2031", "Jane Doe", ""},
		{"By Jane Doe Updated 2 hours ago", "Jane Doe", ""},
		{"By Jane Doe @janedoe jane@courier.example", "Jane Doe", ""},
		{"ByJane Doe", "Jane Doe", ""},
		{"Staff writer", "", ""},
		{"By Courier Staff", "", ""},
		{"14 March 2031", "", ""},
		{"The Maren Courier", "", ""},
		{"Maren Courier", "", ""},
		{"Jan Kupka", "Jan Kupka", ""},
		{"by the newsroom", "", ""},
		{"https://courier.example/staff/jane-doe", "", ""},
	} {
		b := byline{outlet: letters("Maren Courier")}
		b.add(c.line, false)
		if got := strings.Join(b.names, "; "); got != c.names {
			t.Errorf("%q: names %q, want %q", c.line, got, c.names)
		}
		if got := strings.Join(b.agencies, "; "); got != c.agencies {
			t.Errorf("%q: agencies %q, want %q", c.line, got, c.agencies)
		}
	}
}

func BenchmarkPage(b *testing.B) {
	page, err := os.ReadFile("testdata/html/harbour-talks.html")
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(page)))
	for b.Loop() {
		if _, err := readHTML(b.Context(), page, Input{}, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func FuzzPage(f *testing.F) {
	files, _ := filepath.Glob("testdata/html/*.html")
	for _, name := range files {
		if b, err := os.ReadFile(name); err == nil {
			f.Add(b)
		}
	}
	for _, s := range []string{"<p>One<p>Two", "a&ampb&notit;&#x93;c", "<table>x<td>y<tr>z", "<svg><title/>x<p>y", "<pre>a\n\nb</pre>", "<p>a<br><br>b<q>c</q>", "\xff\xfe<\x00p\x00>\x00x\x00"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, page []byte) {
		doc, err := readHTML(t.Context(), page, Input{}, Options{})
		if err != nil {
			return
		}
		checkBlocks(t, doc)
		checkPieces(t, doc, "")
		again, err := readHTML(t.Context(), page, Input{}, Options{})
		if err != nil || again.Text != doc.Text || again.ID != doc.ID {
			t.Errorf("the same page is read in two ways: %q and %q", doc.Text, again.Text)
		}
	})
}

// checkPieces checks that every piece of a document ties characters to bytes
// that stand for them, and returns which part of the text is tied.
func checkPieces(t testing.TB, doc *hearsay.Document, name string) float64 {
	t.Helper()
	tied, all, end := 0, len(squash(doc.Text)), 0
	same := decode(doc.Original, declaredCharset(doc.Original, "")).text == string(doc.Original)
	for _, p := range doc.Pieces {
		if p.Text.Start < end || p.Text.End > len(doc.Text) || p.Bytes.Start < 0 || p.Bytes.End > len(doc.Original) || p.Text.Empty() || p.Bytes.Empty() {
			t.Errorf("%s: piece %v is out of order or bounds: %q from %.200q", name, p, doc.Text, doc.Original)
			return 0
		}
		end = p.Text.End
		text := squash(p.Text.In(doc.Text))
		tied += len(text)
		if !same || repaired(doc, p.Text) {
			continue
		}
		from := string(doc.Original[p.Bytes.Start:p.Bytes.End])
		if p.Text.Len() != p.Bytes.Len() {
			from = html.UnescapeString(from)
		}
		if from = squash(from); from != text && !(p.Text.Len() != p.Bytes.Len() && strings.Contains(from, text)) {
			t.Errorf("%s: piece %v has %q, its bytes say %q", name, p, text, from)
			return 0
		}
	}
	if all == 0 {
		return 1
	}
	return float64(tied) / float64(all)
}

func repaired(doc *hearsay.Document, s hearsay.Span) bool {
	for _, r := range doc.Repairs {
		if r.Overlaps(s) || r.Empty() && s.Start <= r.Start && r.Start <= s.End {
			return true
		}
	}
	return false
}

// squash takes out white space and what shows only where a line may break.
func squash(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || invisible(r) {
			return -1
		}
		return r
	}, s)
}

func TestBoxAboutThePaperIsNoText(t *testing.T) {
	page := "<html><body><div class=story><h1>The lock is shut</h1>" + strings.Repeat("<p>"+long+"</p>", 3) +
		"<div class=trust><h5>Why did we report this?</h5><p>The Courier of Velmora covers each meeting of the council in the town.</p></div>" +
		strings.Repeat("<p>“It stays shut,” she said. "+long+"</p>", 3) + "</div></body></html>"
	docs, errs := documents("a.html", "", strings.NewReader(page), Options{})
	if len(errs) > 0 || len(docs) != 1 {
		t.Fatal(errs)
	}
	if text := docs[0].Text; strings.Contains(text, "Why did we") || strings.Contains(text, "Courier") || !strings.Contains(text, "It stays shut") {
		t.Errorf("%q", text)
	}
}
