package read

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"runtime"
	"strings"

	"hearsay"
)

// Passed counts the records of a WARC, and the entries of a feed, that hold no
// report to read. A broken record is no such record, but an [Error].
type Passed struct {
	Status  int // answers with another status than 200
	Media   int // neither pages nor plain text, robots.txt included
	Revisit int // only say that a page was the same as before
	Long    int // longer than 64 MiB
	Empty   int // pages without text
	Teasers int // entries that carry a teaser alone
	Other   int // requests, metadata and what else describes the crawl
}

// String tells the counts that matter to a reader; "" where there are none.
func (p Passed) String() string {
	var parts []string
	for _, c := range []struct {
		n    int
		what string
	}{
		{p.Status, "with another status than 200"}, {p.Media, "neither pages nor plain text"}, {p.Revisit, "the same as before"},
		{p.Long, "longer than 64 MiB"}, {p.Empty, "without text"}, {p.Teasers, "with a teaser alone"},
	} {
		if c.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", c.n, c.what))
		}
	}
	return strings.Join(parts, ", ")
}

// skip reports, and counts, whether a record holds no report.
func (p *Passed) skip(h *warcHead, start []byte) bool {
	count := &p.Other
	switch h.kind {
	case "response":
		count = p.answer(h, start)
	case "resource", "conversion":
		count = nil
		if !readable(h.media, start) || isRobots(h.url) {
			count = &p.Media
		}
	case "revisit":
		count = &p.Revisit
	}
	if h.length > maxWARC && (count == nil || count == &p.Media) {
		count = &p.Long
	}
	if count == nil {
		return false
	}
	*count++
	return true
}

// answer returns what an answer over HTTP counts as, nil where it is to be
// read.
func (p *Passed) answer(h *warcHead, start []byte) *int {
	head, body := parseHTTP(start)
	switch {
	case body == 0 && !strings.HasPrefix(h.url, "http"):
		return &p.Media // of another protocol, such as dns:
	case body == 0:
		return nil // to be told as an error
	case head.status != 200:
		return &p.Status
	case isRobots(h.url):
		return &p.Media
	}
	media := cmp.Or(head.media, h.payload)
	coded := strings.Trim(head.encoding+head.transfer, " ") != "" && head.encoding+head.transfer != "identity"
	if coded && !readable(media, nil) || !coded && !readable(media, start[body:]) {
		return &p.Media
	}
	return nil
}

// readable reports whether a body of some media type is a page or plain text.
// Where the type is not stated, the body must begin as a page.
func readable(media string, body []byte) bool {
	media, _, _ = strings.Cut(strings.ToLower(media), ";")
	switch strings.TrimSpace(media) {
	case "text/html", "application/xhtml+xml", "text/plain":
		return binary(body) == ""
	case "", "application/octet-stream", "application/http", "unk":
		return startsHTML.Match(bytes.TrimLeft(body, " \t\r\n"))
	}
	return false
}

func isRobots(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Path == "/robots.txt"
}

var errNoHTTP = errors.New("holds no answer over HTTP")

// warcDocuments reads the reports of a WARC. The records are read one after
// the other, the reports found in them by several processors at once, and
// yielded in the order of the file.
func warcDocuments(ctx context.Context, file *bufio.Reader, in Input, opt Options, yield func(*hearsay.Document, error) bool) {
	passed := cmp.Or(opt.Passed, &Passed{})
	w := newWARCReader(file, passed.skip)
	defer w.close()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	most := 2 * runtime.GOMAXPROCS(0)
	working := make(chan struct{}, runtime.GOMAXPROCS(0))
	var queue []chan finding
	for more := true; more || len(queue) > 0; {
		if more = more && ctx.Err() == nil; more {
			var rec warcRecord
			rec, more = w.next()
			if more && rec.err == nil && rec.block == nil {
				continue
			}
			if more {
				found := make(chan finding, 1)
				queue = append(queue, found)
				working <- struct{}{}
				go func() {
					defer func() { <-working }()
					doc, err := rec.document(ctx, in, opt)
					found <- finding{doc, err}
				}()
			}
		}
		for len(queue) > 0 && (!more || len(queue) >= most || len(queue[0]) > 0) {
			f := <-queue[0]
			queue = queue[1:]
			if isEmptyPage(f.err) {
				passed.Empty++
				continue
			}
			if !yield(f.doc, f.err) || ctx.Err() != nil {
				cancel()
				wait(queue)
				return
			}
		}
	}
}

// A finding is what became of a record.
type finding struct {
	doc *hearsay.Document
	err error
}

func wait(queue []chan finding) {
	for _, found := range queue {
		<-found
	}
}

func isEmptyPage(err error) bool {
	return errors.Is(err, errNoText) || errors.Is(err, errEmpty)
}

// document makes a document of a record.
func (r *warcRecord) document(ctx context.Context, in Input, opt Options) (*hearsay.Document, error) {
	doc, err := r.read(ctx, in, opt)
	if err != nil {
		return nil, &Error{in.Name, r.number, r.offset, cause(err, in.Name)}
	}
	doc.Record, doc.Fetched = r.number, r.head.date
	if r.head.truncated != "" {
		doc.Notes = append(doc.Notes, "The crawler cut the page short: "+r.head.truncated+".")
	}
	if r.head.segment > 0 {
		doc.Notes = append(doc.Notes, "The page goes on in other records, which are not read.")
	}
	return doc, nil
}

func (r *warcRecord) read(ctx context.Context, in Input, opt Options) (doc *hearsay.Document, err error) {
	if r.err != nil {
		return nil, r.err
	}
	body, media, note := r.block, r.head.media, ""
	if r.head.kind == "response" {
		head, start := parseHTTP(r.block)
		if start == 0 {
			return nil, errNoHTTP
		}
		if body, note, err = head.unwrap(r.block[start:], opt.MaxBytes); err != nil {
			return nil, err
		}
		media = cmp.Or(head.media, r.head.payload)
	}
	if int64(len(body)) > opt.MaxBytes {
		return nil, tooLong(opt.MaxBytes)
	}
	in.Type = media
	opt.URL = cmp.Or(opt.URL, r.head.url)
	doc, err = page(ctx, body, in, opt)
	if err == nil && note != "" {
		doc.Notes = append(doc.Notes, note)
	}
	return doc, err
}

// page reads a body whose media type is stated.
func page(ctx context.Context, body []byte, in Input, opt Options) (*hearsay.Document, error) {
	text := strings.HasPrefix(strings.ToLower(in.Type), "text/plain")
	if what := binary(head(body)); what != "" {
		return nil, fmt.Errorf("is binary (%s)", what)
	}
	return within(ctx, opt, func(ctx context.Context) (*hearsay.Document, error) {
		if start := bytes.TrimLeft(head(body), "\xef\xbb\xbf \t\r\n"); text && !startsHTML.Match(start) {
			return readText(ctx, body, in, opt)
		}
		return readHTML(ctx, body, in, opt)
	})
}
