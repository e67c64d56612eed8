package read

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

const (
	warcStart   = "WARC/"
	maxWARCHead = 64 << 10
	maxWARC     = 64 << 20 // bytes of a record that are kept
)

var (
	errNoRecord  = errors.New("is no WARC record")
	errNoLength  = errors.New("does not state its length")
	errWrongSize = errors.New("does not end where it says")
)

// isWARC reports whether a file is a WARC, compressed or not, by its beginning
// and, where that is damaged, by its name.
func isWARC(file *bufio.Reader, in Input) bool {
	b, _ := file.Peek(peekSize)
	if bytes.HasPrefix(b, []byte(magicDict)) {
		return true
	}
	start := make([]byte, len(warcStart))
	switch {
	case bytes.HasPrefix(b, []byte(magicGzip)):
		var z *gzip.Reader
		if startsWARC(b, &z) {
			return true
		}
	case bytes.HasPrefix(b, []byte(magicZstd)) || skippable(b):
		if z, err := zstd.NewReader(bytes.NewReader(b), zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(32<<20)); err == nil {
			io.ReadFull(z, start)
			z.Close()
		}
	default:
		copy(start, b)
	}
	return string(start) == warcStart || len(b) > 0 && bareExt(in.Name) == ".warc" || isWARCMedia(in.Type) && len(b) > 0
}

func isWARCMedia(media string) bool {
	return strings.HasPrefix(strings.ToLower(media), "application/warc")
}

// A warcRecord is one record of a WARC.
type warcRecord struct {
	number int
	offset int64 // in the file, of the record or of the compressed member that holds it
	head   warcHead
	block  []byte // nil where skip gave a reason to pass over it, or err is set
	err    error
}

// A warcHead is what we look at in the head of a record.
type warcHead struct {
	kind, url, media, payload, profile string
	truncated                          string
	segment                            int
	date                               time.Time
	length                             int64
}

// A warcReader takes a WARC apart. It holds one record at a time.
type warcReader struct {
	text    *tape    // the records, unpacked
	packed  *members // nil for a WARC that is not compressed
	file    *tape
	skip    func(head *warcHead, start []byte) bool // whether to pass over a record, told by the beginning of its block
	number  int
	trouble bool // the last record was broken
}

func newWARCReader(r *bufio.Reader, skip func(*warcHead, []byte) bool) *warcReader {
	start, _ := r.Peek(4)
	w := &warcReader{file: newTape(r), skip: skip}
	if !bytes.HasPrefix(start, []byte(magicGzip)) && !bytes.HasPrefix(start, []byte(magicZstd)) && !skippable(start) {
		w.text = w.file
		return w
	}
	w.packed = newPacked(w.file, start)
	w.text = newTape(w.packed)
	return w
}

func (w *warcReader) close() {
	if w.packed != nil {
		w.packed.close()
	}
}

// next returns the next record, which may be a broken one; false after the
// last.
func (w *warcReader) next() (warcRecord, bool) {
	if w.trouble && !w.resync() {
		return warcRecord{}, false
	}
	w.trouble = false
	w.lineEnds()
	w.text.mark(w.text.offset())
	at := w.text.offset()
	if len(w.text.peek(1)) == 0 && w.text.err == io.EOF {
		return warcRecord{}, false
	}
	rec := warcRecord{number: w.number, offset: at}
	w.number++
	rec.err = w.record(&rec)
	if w.packed != nil {
		rec.offset = w.packed.at(at)
	}
	if rec.err != nil {
		rec.block, w.trouble = nil, true
	}
	return rec, true
}

// record reads the record that begins here.
func (w *warcReader) record(rec *warcRecord) (err error) {
	if rec.head, err = w.head(); err != nil {
		return err
	}
	w.text.mark(w.text.offset())
	h := &rec.head
	if skip := w.skip != nil && w.skip(h, w.text.peek(int(min(h.length, 16<<10)))); skip || h.length > maxWARC {
		err = w.text.skip(h.length)
	} else {
		rec.block, err = w.text.take(h.length)
	}
	if err == io.EOF {
		err = errEndsEarly
	}
	if err != nil {
		return err
	}
	return w.ending()
}

// ending checks that a record ends where its block does: two line ends follow,
// or the next record, or nothing; and the checksum of its member is right.
func (w *warcReader) ending() error {
	proper := string(w.text.peek(4)) == "\r\n\r\n"
	w.lineEnds()
	next := w.text.peek(len(warcStart))
	switch {
	case w.text.err != nil && w.text.err != io.EOF && (w.packed == nil || w.packed.within(w.text.offset())):
		return w.text.err
	case proper, len(next) == 0, string(next) == warcStart:
		return nil
	}
	return errWrongSize
}

func (w *warcReader) lineEnds() {
	for b := w.text.peek(1); len(b) == 1 && (b[0] == '\r' || b[0] == '\n'); b = w.text.peek(1) {
		w.text.at++
	}
}

// head reads the head of a record.
func (w *warcReader) head() (h warcHead, err error) {
	if string(w.text.peek(len(warcStart))) != warcStart {
		if w.text.err != nil && len(w.text.peek(1)) == 0 {
			return h, w.text.err
		}
		return h, errNoRecord
	}
	for size := 1 << 10; ; size *= 8 {
		b := w.text.peek(size)
		end, after := headEnd(b)
		switch {
		case end >= 0:
			if err := h.parse(string(b[:end])); err != nil {
				return h, err
			}
			return h, w.text.skip(int64(after))
		case len(b) < size && w.text.err != io.EOF:
			return h, w.text.err
		case len(b) < size:
			return h, errEndsEarly
		case size >= maxWARCHead: // no record has its head in here, but for one that begins at the end
			w.text.skip(maxWARCHead - 4<<10)
			w.text.mark(w.text.offset())
			return h, fmt.Errorf("has a head of more than %d KiB", maxWARCHead>>10)
		}
	}
}

// headEnd returns where the lines of a head end, and where what follows them
// begins; -1 where that is not in sight.
func headEnd(b []byte) (end, after int) {
	end, after = -1, -1
	if i := bytes.Index(b, []byte("\r\n\r\n")); i >= 0 {
		end, after = i, i+4
		b = b[:i]
	}
	if i := bytes.Index(b, []byte("\n\n")); i >= 0 {
		end, after = i, i+2
	}
	return end, after
}

func (h *warcHead) parse(text string) error {
	version, lines, _ := strings.Cut(text, "\n")
	if version = strings.TrimSpace(version); len(version) < 8 || version[5] < '0' || version[5] > '9' {
		return errNoRecord
	}
	h.length = -1
	eachHeader(lines, func(key, value string) {
		switch key {
		case "warc-type":
			h.kind = strings.ToLower(value)
		case "warc-target-uri":
			h.url = strings.TrimSuffix(strings.TrimPrefix(value, "<"), ">")
		case "warc-date":
			h.date = parseDate(value)
		case "warc-truncated":
			h.truncated = value
		case "warc-profile":
			h.profile = value
		case "warc-identified-payload-type":
			h.payload = value
		case "warc-segment-number":
			h.segment, _ = strconv.Atoi(value)
		case "content-type":
			h.media = value
		case "content-length":
			if n, err := strconv.ParseInt(value, 10, 64); err == nil {
				h.length = n
			}
		}
	})
	if h.length < 0 {
		return errNoLength
	}
	return nil
}

// eachHeader calls f with the name, in lower case, and the value of each line
// of a head. A line that begins with white space goes on with the one before.
func eachHeader(lines string, f func(key, value string)) {
	var key, value string
	put := func() {
		if key != "" {
			f(key, strings.TrimSpace(value))
		}
	}
	for line := range strings.Lines(lines) {
		if line[0] == ' ' || line[0] == '\t' {
			value += " " + strings.TrimSpace(line)
			continue
		}
		put()
		key, value, _ = strings.Cut(line, ":")
		key = strings.ToLower(strings.TrimSpace(key))
	}
	put()
}

// resync goes to the next record behind a broken one, and reports whether
// there is one. It looks through the broken one again, in case that its length
// was wrong.
func (w *warcReader) resync() bool {
	w.text.back(w.text.base + int64(w.text.marked))
	for {
		b := w.text.peek(64 << 10)
		if i := recordIn(b); i >= 0 {
			w.text.skip(int64(i))
			return true
		}
		if keep := 64; len(b) > keep {
			w.text.skip(int64(len(b) - keep))
			continue
		}
		if w.text.err == nil {
			w.text.more()
			continue
		}
		if w.packed == nil || w.text.err == io.EOF || w.broken() || !w.packed.resync() {
			return false
		}
		credit := w.text.credit
		w.text = newTape(w.packed)
		w.text.base, w.text.credit = w.packed.out, credit
		if len(w.text.peek(len(warcStart))) == len(warcStart) {
			w.lineEnds()
			return true
		}
	}
}

// broken reports whether the file itself could not be read.
func (w *warcReader) broken() bool { return w.file.err != nil && w.file.err != io.EOF }

// recordIn returns where a record seems to begin, not at the start of b, -1
// for nowhere. The version stands at the beginning of a line, or the lines of
// a record follow.
func recordIn(b []byte) int {
	for at := 1; at < len(b); {
		i := bytes.Index(b[at:], []byte(warcStart))
		if i < 0 {
			break
		}
		i += at
		version, rest, ended := bytes.Cut(b[i:min(len(b), i+40)], []byte("\n"))
		version = bytes.TrimRight(version, "\r")
		if ended && len(version) == len("WARC/1.0") && (b[i-1] == '\n' || bytes.HasPrefix(rest, []byte("WARC-"))) {
			return i
		}
		at = i + 1
	}
	return -1
}
