//go:build unix

package read

import (
	"bufio"
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"syscall"
	"testing"
	"time"
)

// benchCrawl is a WARC of pages, with so many blocks of layout for each
// paragraph: they compress about as those of the web do, to a third or a sixth.
func benchCrawl(b *testing.B, layout int, pack func([]byte) []byte) []byte {
	random := rand.New(rand.NewPCG(3, 4))
	words := make([]string, 4000)
	for i := range words {
		for range 2 + random.IntN(9) {
			words[i] += string(rune('a' + random.IntN(26)))
		}
	}
	var recs []warcRec
	for n := range 300 {
		var page strings.Builder
		page.WriteString("<html><head><title>News</title></head><body>")
		for range 60 {
			for range layout {
				fmt.Fprintf(&page, `<div class="item teaser wide"><a href="/news/%s/%d">%s</a></div><p class="body-text">`, words[random.IntN(len(words))], random.IntN(1e6), words[random.IntN(len(words))])
			}
			for range 60 {
				page.WriteString(words[int(random.ExpFloat64()*400)%len(words)] + " ")
			}
			page.WriteString("</p>\n" + strings.Repeat("<!-- a block of the layout, the same on each page, as there are many -->\n", layout))
		}
		url := fmt.Sprint("https://www.velmora-times.example/", n)
		recs = append(recs, warcRec{"request", url, "", "GET / HTTP/1.1\r\n\r\n"}, answered(url, "200 OK", html8, page.String()), warcRec{"metadata", url, "", "a: b\r\n"})
	}
	file, _ := packed(recs, pack)
	plain, _ := packed(recs, func(b []byte) []byte { return b })
	b.Logf("%d bytes, packed %d", len(plain), len(file))
	b.SetBytes(int64(len(file)))
	return file
}

// BenchmarkWARCRecords reads records and takes no page apart; the rate is that
// of the compressed file, also by the processor's time alone, for a machine
// that does other work.
func BenchmarkWARCRecords(b *testing.B) {
	for _, c := range []struct {
		name   string
		layout int
		pack   func([]byte) []byte
	}{{"gzip", 1, gzipped}, {"gzip-layout", 9, gzipped}, {"zstd", 1, zstded}, {"zstd-layout", 9, zstded}} {
		b.Run(c.name, func(b *testing.B) {
			file := benchCrawl(b, c.layout, c.pack)
			before := processorTime()
			for b.Loop() {
				w := newWARCReader(bufio.NewReaderSize(bytes.NewReader(file), peekSize), new(Passed).skip)
				n := 0
				for rec, ok := w.next(); ok; rec, ok = w.next() {
					if rec.block != nil {
						head, at := parseHTTP(rec.block)
						if _, _, err := head.unwrap(rec.block[at:], maxWARC); err != nil {
							b.Fatal(err)
						}
						n++
					}
				}
				w.close()
				if n != 300 {
					b.Fatalf("%d pages", n)
				}
			}
			b.ReportMetric(float64(len(file)*b.N)/1e6/(processorTime()-before).Seconds(), "MB/cpu-s")
		})
	}
}

// processorTime is what the process has used so far.
func processorTime() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkWARCDocuments makes documents of the pages besides.
func BenchmarkWARCDocuments(b *testing.B) {
	file := benchCrawl(b, 1, gzipped)
	for b.Loop() {
		docs, errs := documents("a.warc.gz", "", bytes.NewReader(file), Options{})
		if len(docs) != 300 || len(errs) > 0 {
			b.Fatalf("%d documents, %v", len(docs), errs)
		}
	}
}
