// Package export writes reports and their statements in the formats that other
// programs read: one file a format.
package export

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"time"
	"unicode/utf8"

	"hearsay"
)

// JSON writes a report, its statements and its events as one line of JSON, the format that
// docs/json.md describes. Offsets in it count Unicode code points of
// document.text. A span that does not lie in the text, or cuts a character in
// two, is an error, and then nothing is written.
func JSON(w io.Writer, doc *hearsay.Document, statements []hearsay.Statement, events []hearsay.Event) error {
	c, err := converterOf(doc)
	if err != nil {
		return err
	}
	document := c.document(doc)
	for i := range statements {
		c.statement(&statements[i], i)
	}
	for i := range events {
		c.event(&events[i], i)
	}
	if c.err != nil {
		return fmt.Errorf("report %s: %w", doc.ID, c.err)
	}
	out := &lineWriter{to: bufio.NewWriterSize(w, 1<<16)}
	out.raw(`{"hearsay":1,"document":`)
	out.value(document)
	out.raw(`,"statements":[`)
	for i := range statements { // one by one: a long report has many
		out.raw(before(i, ""))
		out.value(c.statement(&statements[i], i))
	}
	out.raw("]")
	for i := range events {
		out.raw(before(i, `,"events":[`))
		out.value(c.event(&events[i], i))
	}
	if len(events) > 0 {
		out.raw("]")
	}
	out.raw("}\n")
	if err := out.close(); err != nil {
		return fmt.Errorf("report %s: %w", doc.ID, err)
	}
	return nil
}

// before returns what stands before element i of an array: first before the
// first one, else a comma.
func before(i int, first string) string {
	if i == 0 {
		return first
	}
	return ","
}

// Line writes a value as one line of JSON that no terminal obeys.
func Line(w io.Writer, v any) error {
	out := &lineWriter{to: bufio.NewWriter(w)}
	out.value(v)
	out.raw("\n")
	return out.close()
}

// lineWriter writes the parts of a line and keeps the first error.
type lineWriter struct {
	to  *bufio.Writer
	buf bytes.Buffer
	err error
}

func (l *lineWriter) raw(s string) {
	if l.err == nil {
		_, l.err = l.to.WriteString(s)
	}
}

func (l *lineWriter) value(v any) {
	if l.err != nil {
		return
	}
	l.buf.Reset()
	enc := json.NewEncoder(&l.buf)
	enc.SetEscapeHTML(false)
	if l.err = enc.Encode(v); l.err == nil {
		_, l.err = l.to.Write(harmless(bytes.TrimSuffix(l.buf.Bytes(), []byte("\n"))))
	}
}

func (l *lineWriter) close() error {
	if l.err != nil {
		return l.err
	}
	return l.to.Flush()
}

// dates returns the day of t, and t to the second where it is more than a day.
func dates(t time.Time) (day, moment string) {
	if t.IsZero() {
		return "", ""
	}
	if hour, minute, second := t.Clock(); hour+minute+second > 0 {
		moment = t.Format(time.RFC3339)
	}
	return t.Format(time.DateOnly), moment
}

const stride = 64

// countPoints returns the number of code points before every stride-th byte of
// the text, so that any offset is converted by counting less than stride bytes.
func countPoints(text string) []int {
	counts := make([]int, 0, len(text)/stride+2)
	n := 0
	for i := 0; i < len(text); i++ {
		if i%stride == 0 {
			counts = append(counts, n)
		}
		if utf8.RuneStart(text[i]) {
			n++
		}
	}
	return append(counts, n)
}

// point returns the number of code points before byte i.
func (c *converter) point(i int) int {
	from := i / stride
	n := c.counts[from]
	for j := from * stride; j < i; j++ {
		if utf8.RuneStart(c.text[j]) {
			n++
		}
	}
	return n
}

// harmless writes the characters that a terminal may obey, and encoding/json
// leaves as they are, as JSON escapes: DEL, the C1 controls and the controls
// of bidirectional text. The JSON says the same as before.
func harmless(line []byte) []byte {
	if !bytes.ContainsFunc(line, obeyed) {
		return line
	}
	out := make([]byte, 0, len(line)+64)
	for len(line) > 0 {
		r, n := utf8.DecodeRune(line)
		if obeyed(r) {
			out = fmt.Appendf(out, `\u%04x`, r)
		} else {
			out = append(out, line[:n]...)
		}
		line = line[n:]
	}
	return out
}

func obeyed(r rune) bool {
	switch {
	case r == 0x7f, r >= 0x80 && r <= 0x9f: // DEL and C1
		return true
	case r == 0x061c, r == 0x200e, r == 0x200f, r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
		return true
	}
	return false
}
