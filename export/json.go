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

// JSON writes a report and its statements as one line of JSON, the format that
// docs/json.md describes. Offsets in it count Unicode code points of
// document.text. A span that does not lie in the text, or cuts a character in
// two, is an error, and then nothing is written.
func JSON(w io.Writer, doc *hearsay.Document, statements []hearsay.Statement) error {
	if !utf8.ValidString(doc.Text) {
		return fmt.Errorf("report %s: the text is not UTF-8", doc.ID)
	}
	c := converter{text: doc.Text, counts: countPoints(doc.Text)}
	document := c.document(doc)
	for i := range statements {
		c.statement(&statements[i], i)
	}
	if c.err != nil {
		return fmt.Errorf("report %s: %w", doc.ID, c.err)
	}
	out := &lineWriter{to: bufio.NewWriterSize(w, 1<<16)}
	out.raw(`{"hearsay":1,"document":`)
	out.value(document)
	out.raw(`,"statements":[`)
	for i := range statements { // one by one: a long report has many
		if i > 0 {
			out.raw(",")
		}
		out.value(c.statement(&statements[i], i))
	}
	out.raw("]}\n")
	if err := out.close(); err != nil {
		return fmt.Errorf("report %s: %w", doc.ID, err)
	}
	return nil
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

// The fields stand in the order in which they are printed. A field with
// nothing to say is left out.
type (
	documentJSON struct {
		ID          string       `json:"id,omitempty"`
		File        string       `json:"file,omitempty"`
		Record      int          `json:"record"`
		URL         string       `json:"url,omitempty"`
		Outlet      string       `json:"outlet,omitempty"`
		Title       string       `json:"title,omitempty"`
		Bylines     []string     `json:"bylines,omitempty"`
		Credits     []string     `json:"credits,omitempty"`
		Initials    []string     `json:"initials,omitempty"`
		Lang        string       `json:"lang,omitempty"`
		Published   string       `json:"published,omitempty"`
		PublishedAt string       `json:"published_at,omitempty"`
		Text        string       `json:"text"`
		SHA256      string       `json:"sha256,omitempty"`
		Charset     string       `json:"charset,omitempty"`
		Blocks      []blockJSON  `json:"blocks,omitempty"`
		Repairs     []repairJSON `json:"repairs,omitempty"`
		Notes       []string     `json:"notes,omitempty"`
	}
	blockJSON struct {
		Kind hearsay.BlockKind `json:"kind"`
		spanJSON
	}
	repairJSON struct {
		Kind hearsay.RepairKind `json:"kind"`
		spanJSON
		Was string `json:"was,omitempty"`
	}
	statementJSON struct {
		ID        string          `json:"id"`
		Quoting   hearsay.Quoting `json:"quoting,omitempty"`
		Mode      hearsay.Mode    `json:"mode,omitempty"`
		Force     hearsay.Force   `json:"force,omitempty"`
		Negated   bool            `json:"negated,omitempty"`
		Content   []wordsJSON     `json:"content,omitempty"`
		Cue       *cueJSON        `json:"cue,omitempty"`
		Speaker   *mentionJSON    `json:"speaker,omitempty"`
		Addressee *mentionJSON    `json:"addressee,omitempty"`
		Within    string          `json:"within,omitempty"`
		Because   []reasonJSON    `json:"because,omitempty"`
		Score     float64         `json:"score,omitempty"`
	}
	cueJSON struct {
		wordsJSON
		Lemma string `json:"lemma,omitempty"`
	}
	mentionJSON struct {
		wordsJSON
		Kind hearsay.MentionKind `json:"kind,omitempty"`
		Name string              `json:"name,omitempty"`
		Role string              `json:"role,omitempty"`
		Why  string              `json:"why,omitempty"`
	}
	reasonJSON struct {
		Rule string `json:"rule"`
		*spanJSON
	}
	wordsJSON struct {
		spanJSON
		Text string `json:"text"`
	}
	spanJSON struct {
		Start int `json:"start"`
		End   int `json:"end"`
	}
)

// converter turns the spans of one text into JSON; err is the first that is
// not a span of it.
type converter struct {
	text   string
	counts []int // see countPoints
	err    error
}

func (c *converter) document(d *hearsay.Document) documentJSON {
	out := documentJSON{
		ID: d.ID, File: d.File, Record: d.Record,
		URL: d.URL, Outlet: d.Outlet, Title: d.Title,
		Bylines: d.Bylines, Credits: d.Credits, Initials: d.Initials, Lang: d.Lang,
		Text: d.Text, SHA256: d.SHA256, Charset: d.Charset, Notes: d.Notes,
	}
	out.Published, out.PublishedAt = dates(d.Published)
	for i, b := range d.Blocks {
		out.Blocks = append(out.Blocks, blockJSON{b.Kind, c.span(b.Span, "block", i)})
	}
	for i, r := range d.Repairs {
		out.Repairs = append(out.Repairs, repairJSON{r.Kind, c.span(r.Span, "repair", i), r.Was})
	}
	return out
}

func (c *converter) statement(s *hearsay.Statement, number int) statementJSON {
	j := statementJSON{
		ID: s.ID, Quoting: s.Quoting, Mode: s.Mode, Force: s.Force, Negated: s.Negated,
		Speaker: c.mention(s.Speaker, number), Addressee: c.mention(s.Addressee, number),
		Within: s.Within, Score: s.Score,
	}
	for _, piece := range s.Content {
		j.Content = append(j.Content, c.words(piece, "statement", number))
	}
	if !s.Cue.Empty() {
		j.Cue = &cueJSON{c.words(s.Cue.Span, "statement", number), s.Cue.Lemma}
	}
	for _, r := range s.Because {
		j.Because = append(j.Because, c.reason(r, number))
	}
	return j
}

func (c *converter) mention(m *hearsay.Mention, of int) *mentionJSON {
	if m == nil {
		return nil
	}
	return &mentionJSON{c.words(m.Span, "statement", of), m.Kind, m.Name, m.Role, m.Why}
}

func (c *converter) reason(r hearsay.Reason, of int) reasonJSON {
	if r.Empty() {
		return reasonJSON{Rule: r.Rule}
	}
	span := c.span(r.Span, "statement", of)
	return reasonJSON{r.Rule, &span}
}

func (c *converter) words(s hearsay.Span, what string, number int) wordsJSON {
	span := c.span(s, what, number)
	if c.err != nil {
		return wordsJSON{}
	}
	return wordsJSON{span, s.In(c.text)}
}

func (c *converter) span(s hearsay.Span, what string, number int) spanJSON {
	if c.err == nil && !(s.Start <= s.End && onBoundary(c.text, s.Start) && onBoundary(c.text, s.End)) {
		c.err = fmt.Errorf("%s %d: bytes %d to %d are no span of the text", what, number, s.Start, s.End)
	}
	if c.err != nil {
		return spanJSON{}
	}
	return spanJSON{c.point(s.Start), c.point(s.End)}
}

// onBoundary reports whether a character of the text begins or the text ends
// at byte i.
func onBoundary(text string, i int) bool {
	return i == len(text) || i >= 0 && i < len(text) && utf8.RuneStart(text[i])
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
