package read

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"pgregory.net/rapid"

	utf16enc "golang.org/x/text/encoding/unicode"

	"hearsay"
)

// documents reads all of an input.
func documents(name, media string, body io.Reader, opt Options) (docs []*hearsay.Document, errs []error) {
	for doc, err := range Documents(context.Background(), Input{Name: name, Body: body, Type: media}, opt) {
		if err != nil {
			errs = append(errs, err)
		} else {
			docs = append(docs, doc)
		}
	}
	return docs, errs
}

func gzipped(b []byte) []byte {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	w.Write(b)
	w.Close()
	return out.Bytes()
}

func zstded(b []byte) []byte {
	w, _ := zstd.NewWriter(nil)
	return w.EncodeAll(b, nil)
}

func TestCleanTextPassesUnchanged(t *testing.T) {
	for _, text := range []string{sample, strings.TrimSpace(sample), "\n" + sample + "\n\n", "one line", "  indented\n\ttab  and  spaces ", "eﬃcient ‘x’ «y»\u00a0»", "{Brandt} said so.", "[1] He said so.", "< 5"} {
		doc := readString(t, text)
		if doc.Text != text || len(doc.Repairs) > 0 || doc.Charset != "utf-8" {
			t.Errorf("%q became %q, %s", text, doc.Text, repairsOf(doc))
		}
		if len(doc.Pieces) != 1 || doc.Pieces[0].Text != doc.Pieces[0].Bytes || string(doc.Original) != text {
			t.Errorf("%q: pieces %v", text, doc.Pieces)
		}
	}
}

func TestWhatTheCallerStatesWins(t *testing.T) {
	when := time.Date(2023, 6, 13, 0, 0, 0, 0, time.UTC)
	in := Input{Name: "a.txt", Body: strings.NewReader("June 1, 2020\n" + long)}
	for doc, err := range Documents(context.Background(), in, Options{Published: when, URL: "https://www.velmora-times.example/a"}) {
		if err != nil || !doc.Published.Equal(when) || doc.Outlet != "velmora-times.example" || doc.File != "a.txt" {
			t.Errorf("%v, %+v", err, doc)
		}
		if doc.ID != hearsay.DocumentID("velmora-times.example", "https://www.velmora-times.example/a", doc.Text) {
			t.Error("the identifier is that of another report")
		}
	}
}

func TestPackedInput(t *testing.T) {
	text := []byte(sample)
	for name, b := range map[string][]byte{
		"a.txt.gz": gzipped(text), "a.txt.zst": zstded(text), "twice.gz": gzipped(gzipped(text)), "both": gzipped(zstded(text)),
		"members.gz": append(gzipped(text[:100]), gzipped(text[100:])...),
		"padded.gz":  append(gzipped(text), make([]byte, 512)...),
		"blocks.gz":  append(append(gzipped(text[:100]), make([]byte, 32)...), gzipped(text[100:])...),
	} {
		docs, errs := documents(name, "", bytes.NewReader(b), Options{})
		if len(errs) > 0 || len(docs) != 1 || docs[0].Text != sample || string(docs[0].Original) != sample {
			t.Errorf("%s: %v", name, errs)
		}
	}
}

func TestArticlesInUTF16(t *testing.T) {
	// The letter U+0A0A has the byte of a line end twice.
	lines := `{"text": "“Well ਊ,” said Ines Dorva."}` + "\n" + `{"text": "It rained, said Ċ Dorva."}` + "\n"
	for _, order := range []utf16enc.Endianness{utf16enc.LittleEndian, utf16enc.BigEndian} {
		for _, mark := range []utf16enc.BOMPolicy{utf16enc.UseBOM, utf16enc.IgnoreBOM} {
			b, err := utf16enc.UTF16(order, mark).NewEncoder().Bytes([]byte(lines))
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range []string{"a.jsonl", "a", "a.txt", "a.jsonl.gz"} {
				in := b
				if strings.HasSuffix(name, ".gz") {
					in = gzipped(b)
				}
				docs, errs := documents(name, "", bytes.NewReader(in), Options{})
				if len(errs) > 0 || len(docs) != 2 || docs[0].Text != "“Well ਊ,” said Ines Dorva." || docs[1].Text != "It rained, said Ċ Dorva." {
					t.Errorf("%s, %v: %d documents, %v", name, mark, len(docs), errs)
				}
			}
		}
	}
}

func TestOtherValuesInAList(t *testing.T) {
	list := `[{"text": "One, she said."}, 5, "x, [y] \" {", null, {"text": "Two, she said."}] trailing`
	docs, errs := documents("a.json", "", strings.NewReader(list), Options{})
	if len(docs) != 2 || docs[1].Text != "Two, she said." || docs[1].Record != 4 || len(errs) != 4 {
		t.Errorf("%d documents, %v", len(docs), errs)
	}
}

func TestCompressedInputThatEndsEarly(t *testing.T) {
	text := strings.Repeat(sample, 50)
	for name, b := range map[string][]byte{"a.txt.gz": gzipped([]byte(text)), "a.html.gz": gzipped([]byte("<html><p>" + text))} {
		docs, errs := documents(name, "", bytes.NewReader(b[:len(b)-20]), Options{})
		if len(errs) > 0 || len(docs) != 1 || len(docs[0].Notes) != 1 || len(docs[0].Text) < 200 {
			t.Errorf("%s: %+v, %v", name, docs, errs)
		}
	}
}

func TestRefusedInput(t *testing.T) {
	dir := t.TempDir()
	d, err := os.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	same := bytes.Repeat([]byte("x"), 64<<20)
	for _, c := range []struct {
		name string
		body io.Reader
		want string
	}{
		{"a.txt", strings.NewReader(""), "a.txt: is empty"},
		{"a.txt", strings.NewReader(" \n\n"), "a.txt: is empty"},
		{"a.jsonl", strings.NewReader(""), "a.jsonl: is empty"},
		{"a.gz", bytes.NewReader(gzipped(nil)), "a.gz: is empty"},
		{"a.pdf", strings.NewReader("%PDF-1.7\n%..."), "a.pdf: is binary (PDF)"},
		{"a.txt", strings.NewReader("\x7fELF\x02\x01\x01"), "a.txt: is binary (ELF)"},
		{"a.png", strings.NewReader("\x89PNG\r\n\x1a\n"), "a.png: is binary (PNG)"},
		{"a.docx", strings.NewReader("PK\x03\x04\x14\x00"), "a.docx: is binary (ZIP)"},
		{"a.bin", bytes.NewReader([]byte{0, 1, 2, 3, 0, 9, 9, 9, 7, 0}), "a.bin: is binary (zero bytes)"},
		{dir, d, dir + ": is a directory"},
		{"long.txt", strings.NewReader(strings.Repeat("x", 1001)), "long.txt: is longer than the limit of 1000 bytes"},
		{"bomb.gz", bytes.NewReader(gzipped(same)), "bomb.gz: unpacks to more than 100 times its size"},
		{"bomb.gz", bytes.NewReader(gzipped(gzipped(same))), "bomb.gz: unpacks to more than 100 times its size"},
		{"bomb.zst", bytes.NewReader(zstded(same)), "bomb.zst: unpacks to more than 100 times its size"},
		{"three.gz", bytes.NewReader(gzipped(gzipped(gzipped([]byte(sample))))), "three.gz: is compressed more than 2 times over"},
		{"cut.gz", bytes.NewReader(gzipped([]byte(sample))[:12]), "cut.gz: unexpected EOF"},
		{"more.gz", bytes.NewReader(append(gzipped([]byte(sample)), "more of it"...)), "more.gz: gzip: invalid header"},
		{"map.xml", strings.NewReader("<?xml version=\"1.0\"?>\n<urlset></urlset>"), "map.xml: is a sitemap, which only lists pages"},
		{"feeds.opml", strings.NewReader("<?xml version=\"1.0\"?>\n<opml></opml>"), "feeds.opml: is OPML, which only lists feeds"},
		{"-", failing{}, "-: the disk is gone"},
	} {
		opt := Options{}
		switch {
		case c.name == "long.txt":
			opt.MaxBytes = 1000
		case strings.HasPrefix(c.name, "bomb"):
			opt.MaxBytes = 1 << 30
		}
		docs, errs := documents(c.name, "", c.body, opt)
		if len(docs) != 0 || len(errs) != 1 || errs[0].Error() != c.want {
			t.Errorf("%s: %d documents, errors %v, not %q", c.name, len(docs), errs, c.want)
		}
		var e *Error
		if len(errs) == 1 && (!errors.As(errs[0], &e) || e.Record != -1) {
			t.Errorf("%s: error %#v", c.name, errs[0])
		}
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("the disk is gone") }

// endless is an input of one letter that never ends.
type endless byte

func (e endless) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = byte(e)
	}
	return len(b), nil
}

func TestEndlessInputIsRefusedAtOnce(t *testing.T) {
	start := spent()
	for name, first := range map[string]string{"a.txt": "", "a.html": "<html>", "a.json": `{"text": {"a": "`} {
		docs, errs := documents(name, "", io.MultiReader(strings.NewReader(first), io.LimitReader(endless('x'), 100<<20)), Options{})
		if len(docs) != 0 || len(errs) == 0 || !strings.Contains(errs[0].Error(), "limit of 16 MiB") && name != "a.json" {
			t.Errorf("%s: %d documents, %v", name, len(docs), errs)
		}
	}
	if d := spent() - start; d > 20*time.Second {
		t.Errorf("it took %v", d)
	}
}

func TestJSONLines(t *testing.T) {
	lines := strings.Join([]string{
		`{"title": "Council votes", "text": "The mayor said \"no\".\nIt\u2019s late \ud83c\udf89.", "url": "https://www.velmora-times.example/a", "date": "2023-06-13", "authors": ["Jana Ruud", "Per Holt"], "language": "en-GB"}`,
		`{"Headline": "Two", "bodyText": "x", "Body": "He left.", "Publisher": {"name": "The Velmora Times"}, "published_at": 1686614400, "byline": "By Jana Ruud", "lang": "English"}`,
		`{"title": "no text"}`,
		`{"text": "cut off`,
		``,
		`["a list"]`,
		`{"maintext": ["One.", "Two."], "pubDate": "Tue, 13 Jun 2023 10:00:00 +0200", "source_domain": "www.velmora-times.example"}`,
		`{"text": "", "content": "the second best", "datetime": "June 13, 2023"}`,
		`{"text": "lone \ud83c surrogate", "date": "nonsense"}`,
		"{\"text\": \"windows \x93quotes\x94\"}",
	}, "\n")
	docs, errs := documents("a.jsonl", "", strings.NewReader(lines), Options{})
	var got []string
	for _, d := range docs {
		date := ""
		if !d.Published.IsZero() {
			date = d.Published.Format(time.RFC3339)
		}
		got = append(got, fmt.Sprintf("%d %q %s|%s|%s|%s|%v|%s", d.Record, d.Text, d.Title, d.URL, d.Outlet, date, d.Bylines, d.Lang))
		checkRepaired(t, d, string(d.Original))
		checkCover(t, d)
		if !json.Valid(d.Original) && d.Record != 8 {
			t.Errorf("record %d: original %q", d.Record, d.Original)
		}
	}
	want := []string{
		`0 "The mayor said \"no\".\nIt’s late 🎉." Council votes|https://www.velmora-times.example/a|velmora-times.example|2023-06-13T00:00:00Z|[Jana Ruud Per Holt]|en`,
		`1 "He left." Two||The Velmora Times|2023-06-13T00:00:00Z|[Jana Ruud]|en`,
		`5 "One.\nTwo." ||velmora-times.example|2023-06-13T10:00:00+02:00|[]|`,
		`6 "the second best" |||2023-06-13T00:00:00Z|[]|`,
		`7 "lone � surrogate" ||||[]|`,
		`8 "windows “quotes”" ||||[]|`,
	}
	for i := range max(len(want), len(got)) {
		if i >= len(got) || i >= len(want) || got[i] != want[i] {
			t.Fatalf("document %d: %q\nnot %q", i, got[min(i, len(got)-1)], want[min(i, len(want)-1)])
		}
	}
	var reasons []string
	for _, err := range errs {
		reasons = append(reasons, err.Error())
	}
	wantErrors := fmt.Sprintf("a.jsonl: record 2, byte %d: holds no text; a.jsonl: record 3, byte %d: is no valid JSON; a.jsonl: record 4, byte %d: is no JSON object",
		strings.Index(lines, `{"title": "no`), strings.Index(lines, `{"text": "cut`), strings.Index(lines, `["a list`))
	if got := strings.Join(reasons, "; "); got != wantErrors {
		t.Errorf("errors %s\nnot    %s", got, wantErrors)
	}
}

func TestPiecesOfAJSONRecord(t *testing.T) {
	line := `{"n": 1, "text": "He said \"no\" – caf\u00e9", "x": 2}`
	docs, errs := documents("a.jsonl", "", strings.NewReader(line), Options{})
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	var got []string
	for _, p := range docs[0].Pieces {
		got = append(got, p.Text.In(docs[0].Text)+"="+p.Bytes.In(line))
	}
	if s := strings.Join(got, "|"); s != `He said =He said |"=\"|no=no|"=\"| – caf= – caf|é=\u00e9` {
		t.Error(s)
	}
}

func TestJSONRecordsOfHTML(t *testing.T) {
	page := "<html><head><title>Council votes</title></head><body><article><h1>Council votes</h1><p>" + long + "</p><p>The mayor said caf&eacute;s \u201cwill stay\u201d.</p></article></body></html>"
	for _, field := range []string{"html", "content"} {
		line, err := json.Marshal(map[string]string{field: page, "url": "https://www.velmora-times.example/a", "title": "The title"})
		if err != nil {
			t.Fatal(err)
		}
		docs, errs := documents("a.jsonl", "", bytes.NewReader(append(line, '\n')), Options{})
		if len(errs) > 0 || len(docs) != 1 {
			t.Fatalf("%s: %v", field, errs)
		}
		doc := docs[0]
		if doc.Title != "The title" || doc.Outlet != "velmora-times.example" || !strings.Contains(doc.Text, "cafés “will stay”.") || !bytes.Equal(doc.Original, line) {
			t.Errorf("%s: %+v", field, doc)
		}
		checkDocument(t, doc)
		for _, p := range doc.Pieces {
			if now, then := p.Text.In(doc.Text), string(line[p.Bytes.Start:p.Bytes.End]); p.Text.Len() == p.Bytes.Len() && now != then {
				t.Errorf("%s: %q is not %q", field, now, then)
			}
		}
	}
}

func TestFormsOfJSON(t *testing.T) {
	one, two := `{"title": "A", "text": "One {of} \"them\"."}`, "{\n  \"text\": \"Two.\",\n  \"tags\": [{\"a\": 1}]\n}"
	for _, c := range []struct{ name, body string }{
		{"a.jsonl", one + "\n" + `{"text": "Two."}`},
		{"a", one + "\r\n" + `{"text": "Two."}` + "\r\n"},
		{"a.json", "[" + one + ",\n" + two + "]"},
		{"a.json", two + "\n" + one},
		{"", "\ufeff[\n" + one + "," + two + "]\n"},
		{"a.ndjson.gz", string(gzipped([]byte(one + "\n\n" + `{"text": "Two."}`)))},
	} {
		docs, errs := documents(c.name, "", strings.NewReader(c.body), Options{})
		if len(errs) > 0 || len(docs) != 2 {
			t.Errorf("%s %q: %d documents, %v", c.name, c.body, len(docs), errs)
		}
	}
	docs, errs := documents("a.json", "", strings.NewReader("["+one+",\nnonsense\n"+two+"]"), Options{})
	if len(docs) != 2 || len(errs) != 1 || errs[0].Error() != "a.json: record 1, byte 47: is no JSON object" {
		t.Errorf("%d documents, %v", len(docs), errs)
	}
}

func TestLongRecordIsSkippedInLittleMemory(t *testing.T) {
	body := io.MultiReader(strings.NewReader(`{"text": "first"}`+"\n"+`{"text": "`), io.LimitReader(endless('x'), 100<<20), strings.NewReader("\"}\n{\"text\": \"last\"}\n"))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	docs, errs := documents("a.jsonl", "", body, Options{})
	runtime.ReadMemStats(&after)
	if len(docs) != 2 || docs[1].Text != "last" || docs[1].Record != 2 {
		t.Errorf("%d documents", len(docs))
	}
	if len(errs) != 1 || errs[0].Error() != "a.jsonl: record 1, byte 18: is longer than the limit of 16 MiB" {
		t.Errorf("errors %v", errs)
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > 200<<20 {
		t.Errorf("%d MiB allocated", used>>20)
	}
}

func TestStopping(t *testing.T) {
	body := strings.NewReader(strings.Repeat(`{"text": "again"}`+"\n", 100))
	n := 0
	for range Documents(context.Background(), Input{Name: "a.jsonl", Body: body}, Options{}) {
		if n++; n == 3 {
			break
		}
	}
	if n != 3 {
		t.Errorf("%d documents", n)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for doc, err := range Documents(ctx, Input{Name: "a.txt", Body: strings.NewReader(sample)}, Options{}) {
		if doc != nil || !errors.Is(err, context.Canceled) {
			t.Errorf("%v, %v", doc, err)
		}
	}
	for doc, err := range Documents(context.Background(), Input{Name: "a.txt", Body: strings.NewReader(sample)}, Options{Timeout: 1}) {
		if doc != nil || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%v, %v", doc, err)
		}
	}
}

// Twice the text may take 2.3 times as long at most, whatever its shape; with
// the noise of a busy machine, eight times as long for four times the text.
func TestCostIsLinear(t *testing.T) {
	for name, unit := range map[string]string{
		"one line": "word of the town and ", "quotation marks": `"`, "opening marks": "“", "broken marks": " βA", "closing broken": "x.β ", "question marks": " ?a", "doubled": "the the ",
		"same word": "a ", "same phrase": "of the town of the town ", "entities": "&amp;", "long entity": "&aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "ampersands": "&", "mojibake": "Ã©", "twice": "ÃƒÂ©", "leads": "Ã",
		"controls": "a\x01bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", "line ends": "\r", "CRLF": "ab\r\n", "lost stops": "the long meeting ended badly The mayor was ill ", "short lines": "Ab\n", "bad bytes": "é\xff ",
		"cyrillic": "слово ", "chinese": "市長は", "bullets": "- a\n", "quoted": "> a\n", "labels": "Reyl: no\n", "headings": "The pier\nIt was rebuilt on Monday.\n", "numbers": "1. a\n", "replacement": "a\ufffds ", "brackets": "(Reuters) ",
	} {
		cost := func(size int) time.Duration {
			text := strings.Repeat(unit, size/len(unit)+1)
			best := time.Hour
			for range 2 {
				start := spent()
				documents("a.txt", "", strings.NewReader(text), Options{MaxBytes: 1 << 30, Timeout: time.Minute})
				best = min(best, spent()-start)
			}
			return best
		}
		var small, large time.Duration
		for range 3 { // other work comes between in one of them, seldom in all
			small, large = cost(1<<17), cost(1<<19)
			if large <= 8*small || large <= 500*time.Millisecond {
				break
			}
		}
		if large > 8*small && large > 500*time.Millisecond {
			t.Errorf("%s: %v for 128 KiB, %v for 512 KiB", name, small, large)
		}
	}
}

// damagedText draws texts of what the rules of repair look at.
func damagedText() *rapid.Generator[string] {
	part := rapid.SampledFrom([]string{
		"the ", "the the ", "Mayor mayor ", "said ", "The ", "was ", "“", "”", "\"", "β", "?", ".", ", ", "\n", "\n\n", "\r\n", "\r", "\x85", "\u0085", "\u2028", "\x00", "\x1b[1m", "\u200b", "\u00ad",
		"&amp;", "&quot;", "&", ";", "Ã", "Â", "â€", "â€œ", "Ã©", "Ãƒ", "\xff", "\x93", "é", "ß", "市", "Да", "- ", "> ", "1. ", "Reyl: ", "(AFP)", "Photo: ", "By Jana Ruud", "\ufeff", "\ufffd", "𝒳", " ", "  ", "\t", "{", "}", "<p>",
	})
	return rapid.Custom(func(t *rapid.T) string { return strings.Join(rapid.SliceOfN(part, 0, 40).Draw(t, "parts"), "") })
}

func TestEveryTextKeepsItsPromises(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		text := damagedText().Draw(r, "text")
		docs, _ := documents("a.txt", "text/plain", strings.NewReader(text), Options{})
		for _, doc := range docs {
			checkDocument(t, doc)
			if doc.Charset == "utf-8" {
				checkOrder(t, doc.Text, []byte(text), doc.Pieces)
			}
		}
	})
}

// checkDocument checks what holds of every document.
func checkDocument(t testing.TB, doc *hearsay.Document) {
	t.Helper()
	if !utf8.ValidString(doc.Text) {
		t.Fatalf("text %q is no UTF-8", doc.Text)
	}
	at := 0
	for _, r := range doc.Repairs {
		if r.Start < at || r.End < r.Start || r.End > len(doc.Text) || !utf8.ValidString(r.Was) || !utf8.ValidString(r.In(doc.Text)) {
			t.Fatalf("repair %v of %q", r, doc.Text)
		}
		at = r.Start
	}
	for _, p := range doc.Pieces {
		if p.Text.Empty() || p.Text.End > len(doc.Text) || p.Bytes.Start < 0 || p.Bytes.End > len(doc.Original) || !utf8.ValidString(p.Text.In(doc.Text)) {
			t.Fatalf("piece %v of %q", p, doc.Text)
		}
	}
	checkCover(t, doc)
}

func FuzzDocuments(f *testing.F) {
	for _, s := range []string{
		sample, "a.txt", "\xff\xfea\x00b\x00", "\x00\x00\xfe\xff", "{\"text\": \"a\\ud800 &amp; b\"}\n{\"html\": \"<p>a</p>\"}", "[{\"text\":[\"a\",{\"name\":\"b\"}]}]", "<html><body><p>a&nbsp;b</p></body></html>",
		"βAb.β the the", "cafÃ© â€œxâ€ Ã ", "ab, c/d (AFP)", "> a\n- b\n1. c\n", "caf\xe9 \x93x\x94", "\x1b$B!!\x1b(B", string(gzipped([]byte("x y"))), string(zstded([]byte("x y"))), "Ã\u0083Â©\u0085", "\x81\x30\x81\x30",
	} {
		f.Add([]byte(s), byte(0))
		f.Add([]byte(s), byte(1))
	}
	names := []string{"a.txt", "a", "a.html", "a.jsonl", "a.json"}
	f.Fuzz(func(t *testing.T, b []byte, name byte) {
		in := Input{Name: names[int(name)%len(names)]}
		var ids []string
		for range 2 {
			in.Body = bytes.NewReader(b)
			var now []string
			for doc, err := range Documents(context.Background(), in, Options{MaxBytes: 1 << 20}) {
				if (doc == nil) == (err == nil) {
					t.Fatalf("document %v, error %v", doc, err)
				}
				if err != nil {
					now = append(now, err.Error())
					continue
				}
				checkDocument(t, doc)
				now = append(now, doc.ID)
			}
			if ids != nil && strings.Join(ids, "\n") != strings.Join(now, "\n") {
				t.Fatalf("%q, then %q", ids, now)
			}
			ids = append([]string{}, now...)
		}
	})
}

func TestInvisibleFile(t *testing.T) {
	_, err := os.Open(filepath.Join(t.TempDir(), "none"))
	docs, errs := documents("none", "", failWith{err}, Options{})
	if len(docs) != 0 || len(errs) != 1 || !errors.Is(errs[0], os.ErrNotExist) {
		t.Errorf("%v", errs)
	}
}

type failWith struct{ err error }

func (f failWith) Read([]byte) (int, error) { return 0, f.err }
