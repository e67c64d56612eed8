package read

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// warcRec is a record of a WARC to be written.
type warcRec struct{ kind, url, more, block string }

func (r warcRec) bytes() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:uuid:%x>\r\nWARC-Date: 2024-05-06T07:08:09Z\r\n", r.kind, fnv.New64().Sum([]byte(r.url))[:4])
	if r.url != "" {
		fmt.Fprintf(&b, "WARC-Target-URI: %s\r\n", r.url)
	}
	fmt.Fprintf(&b, "%sContent-Length: %d\r\n\r\n%s\r\n\r\n", r.more, len(r.block), r.block)
	return b.Bytes()
}

// answered returns a record of an answer over HTTP.
func answered(url, status, head, body string) warcRec {
	return warcRec{"response", url, "Content-Type: application/http; msgtype=response\r\n",
		"HTTP/1.1 " + status + "\r\n" + head + "\r\n" + body}
}

const html8 = "Content-Type: text/html; charset=utf-8\r\n"

// warcPage is the n-th page of the WARCs of these tests.
func warcPage(n int) string {
	return fmt.Sprintf("<html><head><title>Report %d</title></head><body><h1>Report %d</h1><p>“The pier holds,” Ines Dorva said in report %d, and %s</p></body></html>", n, n, n, strings.Repeat("the tide came in again. ", n%7*10))
}

// crawl is a WARC as crawlers write it: one page among every three records.
func crawl(pages int) []warcRec {
	recs := []warcRec{{"warcinfo", "", "Content-Type: application/warc-fields\r\n", "software: tests\r\n"}}
	for n := range pages {
		url := fmt.Sprintf("https://www.velmora-times.example/%d", n)
		recs = append(recs,
			warcRec{"request", url, "Content-Type: application/http; msgtype=request\r\n", "GET / HTTP/1.1\r\nHost: www.velmora-times.example\r\n\r\n"},
			answered(url, "200 OK", html8, warcPage(n)),
			warcRec{"metadata", url, "Content-Type: application/warc-fields\r\n", "fetchTimeMs: 3\r\n"})
	}
	return recs
}

// The ways to pack the records of a WARC. Each returns where each record
// begins: in the file, or in the case of a file packed as a whole 0.
var packings = map[string]func([]warcRec) ([]byte, []int){
	"warc":          func(recs []warcRec) ([]byte, []int) { return packed(recs, func(b []byte) []byte { return b }) },
	"warc.gz":       func(recs []warcRec) ([]byte, []int) { return packed(recs, gzipped) },
	"warc.zst":      func(recs []warcRec) ([]byte, []int) { return packed(recs, zstded) },
	"dict.warc.zst": func(recs []warcRec) ([]byte, []int) { return packedWithDictionary(recs, false) },
	"packed-dict.warc.zst": func(recs []warcRec) ([]byte, []int) {
		return packedWithDictionary(recs, true)
	},
	"whole.warc.gz": func(recs []warcRec) ([]byte, []int) {
		b, at := packed(recs, func(b []byte) []byte { return b })
		return gzipped(b), make([]int, len(at))
	},
}

func packed(recs []warcRec, pack func([]byte) []byte) (out []byte, at []int) {
	for _, r := range recs {
		at = append(at, len(out))
		out = append(out, pack(r.bytes())...)
	}
	return out, at
}

func packedWithDictionary(recs []warcRec, compressed bool) ([]byte, []int) {
	var samples [][]byte
	for n := range 50 {
		samples = append(samples, answered(fmt.Sprint("https://www.velmora-times.example/", n), "200 OK", html8, warcPage(n)).bytes())
	}
	dict, err := zstd.BuildDict(zstd.BuildDictOptions{ID: 77, Contents: samples, History: bytes.Join(samples[:8], nil), Offsets: [3]int{1, 4, 8}})
	if err != nil {
		panic(err)
	}
	w, err := zstd.NewWriter(nil, zstd.WithEncoderDict(dict))
	if err != nil {
		panic(err)
	}
	if compressed {
		dict = zstded(dict)
	}
	n := len(dict)
	out := append([]byte("\x5d\x2a\x4d\x18"), byte(n), byte(n>>8), byte(n>>16), byte(n>>24))
	out = append(out, dict...)
	var at []int
	for _, r := range recs {
		at = append(at, len(out))
		out = w.EncodeAll(r.bytes(), out)
	}
	return out, at
}

func TestWARC(t *testing.T) {
	recs := crawl(9)
	for name, pack := range packings {
		b, _ := pack(recs)
		for _, called := range []string{"a." + name, "-"} {
			var passed Passed
			docs, errs := documents(called, "", bytes.NewReader(b), Options{Passed: &passed})
			if len(errs) > 0 || len(docs) != 9 {
				t.Fatalf("%s: %d documents, %v", name, len(docs), errs)
			}
			for n, doc := range docs {
				url := fmt.Sprintf("https://www.velmora-times.example/%d", n)
				when := time.Date(2024, 5, 6, 7, 8, 9, 0, time.UTC)
				if doc.URL != url || doc.Record != 3*n+2 || !doc.Fetched.Equal(when) || doc.Outlet != "velmora-times.example" || string(doc.Original) != warcPage(n) {
					t.Errorf("%s: document %d: %+v", name, n, doc)
				}
				checkDocument(t, doc)
			}
			if passed != (Passed{Other: 19}) {
				t.Errorf("%s: %+v", name, passed)
			}
		}
	}
}

func TestRecordsOfAWARC(t *testing.T) {
	const at = "https://www.velmora-times.example/a"
	page := warcPage(6)
	zlibbed := func(s string) string {
		var b bytes.Buffer
		w := zlib.NewWriter(&b)
		io.WriteString(w, s)
		w.Close()
		return b.String()
	}
	deflated := func(s string) string {
		var b bytes.Buffer
		w, _ := flate.NewWriter(&b, 6)
		io.WriteString(w, s)
		w.Close()
		return b.String()
	}
	brotlied := func(s string) string {
		var b bytes.Buffer
		w := brotli.NewWriter(&b)
		io.WriteString(w, s)
		w.Close()
		return b.String()
	}
	chunked := func(s string) string {
		return fmt.Sprintf("%x\r\n%s\r\n%x;a=b\r\n%s\r\n0\r\n\r\n", 100, s[:100], len(s)-100, s[100:])
	}
	coded := func(coding string) string { return html8 + "Content-Encoding: " + coding + "\r\n" }
	for name, c := range map[string]struct {
		rec  warcRec
		want string // of the original bytes; else of the error; else of what was passed over
	}{
		"as it is":         {answered(at, "200 OK", html8, page), page},
		"HTTP/2":           {warcRec{"response", at, "", "HTTP/2 200\ncontent-type: text/html\n\n" + page}, page},
		"gzip":             {answered(at, "200 OK", coded("gzip"), string(gzipped([]byte(page)))), page},
		"zstd":             {answered(at, "200 OK", coded("zstd"), string(zstded([]byte(page)))), page},
		"deflate":          {answered(at, "200 OK", coded("deflate"), zlibbed(page)), page},
		"raw deflate":      {answered(at, "200 OK", coded("deflate"), deflated(page)), page},
		"br":               {answered(at, "200 OK", coded("br"), brotlied(page)), page},
		"twice":            {answered(at, "200 OK", coded("gzip, br"), brotlied(string(gzipped([]byte(page))))), page},
		"decoded before":   {answered(at, "200 OK", coded("gzip")+"Transfer-Encoding: chunked\r\n", page), page},
		"br before":        {answered(at, "200 OK", coded("br"), page), page},
		"chunked":          {answered(at, "200 OK", html8+"Transfer-Encoding: chunked\r\n", chunked(page)), page},
		"chunked gzip":     {answered(at, "200 OK", coded("gzip")+"Transfer-Encoding: chunked\r\n", chunked(string(gzipped([]byte(strings.Repeat(page, 2)))))), strings.Repeat(page, 2)},
		"too many":         {answered(at, "200 OK", coded("gzip, gzip, gzip, gzip"), page), "is compressed too often"},
		"bomb":             {answered(at, "200 OK", coded("gzip"), string(gzipped(make([]byte, 8<<20)))), "unpacks to more than 100 times its size"},
		"resource":         {warcRec{"resource", at, "Content-Type: text/html\r\n", page}, page},
		"conversion":       {warcRec{"conversion", at, "Content-Type: text/plain\r\n", long}, long},
		"angle brackets":   {warcRec{"conversion", "<" + at + ">", "Content-Type: text/plain\r\n", long}, long},
		"plain text":       {answered(at, "200 OK", "Content-Type: text/plain\r\n", long), long},
		"text as a page":   {answered(at, "200 OK", "Content-Type: text/plain\r\n", page), page},
		"no type":          {answered(at, "200 OK", "", page), page},
		"no type, no page": {answered(at, "200 OK", "", long), "1 neither pages nor plain text"},
		"robots":           {answered("https://www.velmora-times.example/robots.txt", "200 OK", "Content-Type: text/plain\r\n", long), "1 neither pages nor plain text"},
		"picture":          {answered(at, "200 OK", "Content-Type: image/png\r\n", "\x89PNG"), "1 neither pages nor plain text"},
		"PDF as a page":    {answered(at, "200 OK", html8, "%PDF-1.7"), "1 neither pages nor plain text"},
		"not found":        {answered(at, "404 Not Found", html8, page), "1 with another status than 200"},
		"moved":            {answered(at, "301 Moved", html8, ""), "1 with another status than 200"},
		"revisit":          {warcRec{"revisit", at, "WARC-Profile: http://netpreserve.org/warc/1.1/revisit/identical-payload-digest\r\n", "HTTP/1.1 200 OK\r\n\r\n"}, "1 the same as before"},
		"no words":         {answered(at, "200 OK", html8, "<html></html>"), "1 without text"},
		"no answer":        {warcRec{"response", at, "", "nonsense"}, "holds no answer over HTTP"},
		"dns":              {warcRec{"response", "dns:velmora-times.example", "Content-Type: text/dns\r\n", "20240506\n1.2.3.4"}, "1 neither pages nor plain text"},
		"longer":           {answered(at, "200 OK", html8, strings.Repeat("x", 65<<20)), "1 longer than 64 MiB"},
		"long":             {answered(at, "200 OK", html8, strings.Repeat("x", 17<<20)), "is longer than the limit of 16 MiB"},
	} {
		var passed Passed
		b := append(c.rec.bytes(), answered(at+"/last", "200 OK", html8, page).bytes()...)
		docs, errs := documents("a", "", bytes.NewReader(b), Options{Passed: &passed})
		got := passed.String()
		switch {
		case len(errs) > 0:
			got = errors.Unwrap(errs[0]).Error()
		case len(docs) == 2 && docs[0].URL != at:
			t.Errorf("%s: URL %s", name, docs[0].URL)
		case len(docs) == 2:
			got = string(docs[0].Original)
		}
		if got != c.want || len(docs) == 0 || docs[len(docs)-1].URL != at+"/last" {
			t.Errorf("%s: %d documents, %.300q, not %.300q", name, len(docs), got, c.want)
		}
	}
}

// TestBrokenRecords breaks one record in all ways: it is an error with its
// place, and those after it are read.
func TestBrokenRecords(t *testing.T) {
	recs := crawl(5)
	sane := func(b []byte) []byte { return b }
	for name, c := range map[string]struct {
		damage func([]byte) []byte // done to record 8, the third page
		pack   func([]byte) []byte
		errors string
	}{
		"no version": {func(b []byte) []byte { b[1] = 'X'; return b }, sane, "is no WARC record"},
		"no length":  {func(b []byte) []byte { return bytes.Replace(b, []byte("Content-Length"), []byte("Content-Lenght"), 1) }, sane, "does not state its length"},
		"too long": {func(b []byte) []byte {
			return bytes.Replace(b, []byte("Content-Length: "), []byte("Content-Length: 9"), 1)
		}, sane, "ends early"},
		"too short": {func(b []byte) []byte {
			return bytes.Replace(b, []byte("Content-Length: "), []byte("Content-Length: 1\nX:"), 1)
		}, sane, "does not end where it says"},
		"packed, no length": {func(b []byte) []byte { return bytes.Replace(b, []byte("Content-Length"), []byte("Content-Lenght"), 1) }, gzipped, "does not state its length"},
		"packed, too long": {func(b []byte) []byte {
			return bytes.Replace(b, []byte("Content-Length: "), []byte("Content-Length: 9"), 1)
		}, gzipped, "ends early"},
		"frames, too short": {func(b []byte) []byte {
			return bytes.Replace(b, []byte("Content-Length: "), []byte("Content-Length: 1\nX:"), 1)
		}, zstded, "does not end where it says"},
		"packed, endless": {func(b []byte) []byte { return append([]byte("WARC/1.0\r\n"), bytes.Repeat([]byte("x"), 100<<10)...) }, gzipped, "has a head of more than 64 KiB"},
	} {
		var file []byte
		place := 0
		for n, r := range recs {
			b := r.bytes()
			if n == 8 {
				place, b = len(file), c.damage(b)
			}
			file = append(file, c.pack(b)...)
		}
		docs, errs := documents("a.warc", "", bytes.NewReader(file), Options{})
		want := fmt.Sprintf("a.warc: record 8, byte %d: %s", place, c.errors)
		if len(errs) != 1 || errs[0].Error() != want {
			t.Errorf("%s: errors %v, not %s", name, errs, want)
		}
		if len(docs) != 4 || docs[2].URL != "https://www.velmora-times.example/3" {
			t.Errorf("%s: %d documents", name, len(docs))
		}
	}
}

// TestBombInAWARC: a record that unpacks to far too much costs itself only.
func TestBombInAWARC(t *testing.T) {
	bomb := answered("https://www.velmora-times.example/bomb", "200 OK", html8, strings.Repeat(" ", 32<<20))
	for _, pack := range []func([]byte) []byte{gzipped, zstded} {
		file, _ := packed(append(append(crawl(2), bomb), crawl(2)...), pack)
		docs, errs := documents("a.warc.gz", "", bytes.NewReader(file), Options{})
		if len(docs) != 4 || len(errs) != 1 || !errors.Is(errs[0], errBomb) {
			t.Errorf("%d documents, %v", len(docs), errs)
		}
	}
}

// TestMutatedWARCs changes bytes of WARCs: nothing panics, every record before
// the first change is read as before, and no file takes long.
func TestMutatedWARCs(t *testing.T) {
	files := 10_000
	if underRace {
		files = 600
	}
	recs := crawl(7)
	type whole struct {
		name  string
		bytes []byte
		at    []int
	}
	var wholes []whole
	for _, name := range []string{"warc", "warc.gz", "warc.zst", "dict.warc.zst", "whole.warc.gz"} {
		b, at := packings[name](recs)
		wholes = append(wholes, whole{"a." + name, b, at})
	}
	random := rand.New(rand.NewPCG(1, 2))
	after, lost := 0, 0
	for n := range files {
		w := wholes[n%len(wholes)]
		b, first := mutate(random, bytes.Clone(w.bytes))
		whole := 0
		for whole+1 < len(w.at) && w.at[whole+1] <= first {
			whole++
		}
		start := spent()
		read := recordsOf(bytes.NewReader(b), w.name)
		if took := spent() - start; took > 5*time.Second {
			t.Errorf("file %d (%s) took %v", n, w.name, took)
		}
		if w.name == "a.whole.warc.gz" {
			continue // where the damage is in what it unpacks to, nobody can say
		}
		for i := range whole {
			if i >= len(read) || read[i] != recs[i].block {
				t.Fatalf("file %d (%s), changed at %d: record %d was not read", n, w.name, first, i)
			}
		}
		last := 0
		for _, block := range read {
			if block == recs[len(recs)-1].block {
				last = 1
			}
		}
		after, lost = after+last, lost+1-last
	}
	t.Logf("the last record was read of %d, and not of %d", after, lost)
	if lost*2 > after+lost {
		t.Errorf("the last record was read of %d files only, and not of %d", after, lost)
	}
}

// mutate changes some bytes, and returns the place of the first.
func mutate(random *rand.Rand, b []byte) ([]byte, int) {
	at := random.IntN(len(b))
	switch random.IntN(6) {
	case 0: // one bit
		b[at] ^= 1 << random.IntN(8)
	case 1: // some bytes
		for i := at; i < min(len(b), at+1+random.IntN(40)); i++ {
			b[i] = byte(random.IntN(256))
		}
	case 2: // cut out
		b = append(b[:at], b[min(len(b), at+1+random.IntN(200)):]...)
	case 3: // put in
		b = append(b[:at:at], append(bytes.Repeat([]byte{byte(random.IntN(256))}, 1+random.IntN(100)), b[at:]...)...)
	case 4: // the end
		b = b[:at]
	case 5: // zeros
		clear(b[at:min(len(b), at+random.IntN(600))])
	}
	return b, at
}

// recordsOf returns the blocks of the records that can be read.
func recordsOf(r io.Reader, name string) (blocks []string) {
	file := bufio.NewReaderSize(r, peekSize)
	isWARC(file, Input{Name: name})
	w := newWARCReader(file, nil)
	defer w.close()
	for rec, ok := w.next(); ok; rec, ok = w.next() {
		if rec.err == nil {
			blocks = append(blocks, string(rec.block))
		}
	}
	return blocks
}

// TestHostileWARCs: files made to be read again and again cost no more than
// their length.
func TestHostileWARCs(t *testing.T) {
	if underRace {
		t.Skip("skipped: takes the time of hostile files, which the race detector makes ten times longer")
	}
	long := "WARC/1.0\r\nContent-Length: 3000000\r\n\r\n"
	member := gzipped([]byte("WARC/1.0\r\n"))
	var nested []byte
	for range 20_000 { // members whose stored blocks hold the next ones
		nested = append(nested, "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff\x00\xff\xff\x00\x00WARC/1.0\r\nContent-Length: 60000\r\n\r\n"...)
	}
	for name, file := range map[string][]byte{
		"long records":   bytes.Repeat([]byte(long), 100_000),
		"heads":          bytes.Repeat([]byte("WARC/1.0\r\n"), 400_000),
		"packed heads":   bytes.Repeat(member, 100_000),
		"cut members":    bytes.Repeat(member[:len(member)-6], 100_000),
		"members":        nested,
		"magic":          bytes.Repeat([]byte(magicGzip), 1_000_000),
		"frames":         bytes.Repeat([]byte(magicZstd), 1_000_000),
		"begun frames":   bytes.Repeat([]byte(magicZstd+"\x04\x58\xff\xff\x0f"), 400_000),
		"empty members":  bytes.Repeat(gzipped(nil), 100_000),
		"skipped frames": bytes.Repeat([]byte("\x50\x2a\x4d\x18\x00\x00\x00\x00"), 400_000),
		"line ends":      bytes.Repeat([]byte("\r\n"), 2_000_000),
	} {
		start := spent()
		n := len(recordsOf(bytes.NewReader(file), "a.warc.gz"))
		took := spent() - start
		t.Logf("%-15s %8d bytes %6d records %v", name, len(file), n, took.Round(time.Millisecond))
		if took > 8*time.Second {
			t.Errorf("%s: %d bytes took %v", name, len(file), took)
		}
	}
}

// TestWARCInLittleMemory reads a long WARC: memory does not grow with it.
func TestWARCInLittleMemory(t *testing.T) {
	part, _ := packed(crawl(200), gzipped)
	var r io.Reader = bytes.NewReader(part)
	for range 100 {
		r = io.MultiReader(r, bytes.NewReader(part))
	}
	file := bufio.NewReaderSize(r, peekSize)
	w := newWARCReader(file, new(Passed).skip)
	n, most := 0, uint64(0)
	for _, ok := w.next(); ok; _, ok = w.next() {
		if n++; n%5000 == 0 {
			var m runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapInuse)
		}
	}
	if n != 101*601 || most > 64<<20 {
		t.Errorf("%d records, %d MiB", n, most>>20)
	}
}

func TestStoppingAWARC(t *testing.T) {
	file, _ := packed(crawl(50), gzipped)
	n := 0
	for range Documents(context.Background(), Input{Name: "a", Body: bytes.NewReader(file)}, Options{}) {
		if n++; n == 3 {
			break
		}
	}
	if n != 3 {
		t.Errorf("%d documents", n)
	}
	failing := io.MultiReader(bytes.NewReader(file[:len(file)/2]), failing{})
	docs, errs := documents("a.warc.gz", "", failing, Options{})
	if len(docs) < 20 || len(errs) != 1 || !strings.HasSuffix(errs[0].Error(), "the disk is gone") {
		t.Errorf("%d documents, %v", len(docs), errs)
	}
}

func FuzzWARC(f *testing.F) {
	for _, name := range []string{"warc", "warc.gz", "warc.zst", "dict.warc.zst"} {
		b, _ := packings[name](crawl(2))
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		docs, errs := documents("a.warc", "", bytes.NewReader(b), Options{MaxBytes: 1 << 20})
		for _, doc := range docs {
			checkDocument(t, doc)
		}
		if len(docs)+len(errs) > len(b)+1 {
			t.Fatalf("%d documents and %d errors of %d bytes", len(docs), len(errs), len(b))
		}
	})
}
