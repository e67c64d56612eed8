package export

import (
	"fmt"
	"time"
	"unicode/utf8"

	"hearsay"
)

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
		Fetched     string       `json:"fetched,omitempty"`
		Text        *string      `json:"text,omitempty"` // nil in a record
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
		Medium    *mentionJSON    `json:"medium,omitempty"`
		Place     *mentionJSON    `json:"place,omitempty"`
		When      *momentJSON     `json:"when,omitempty"`
		Within    string          `json:"within,omitempty"`
		Also      []voiceJSON     `json:"also,omitempty"`
		Numbers   []quantityJSON  `json:"numbers,omitempty"`
		Times     []momentJSON    `json:"times,omitempty"`
		Checks    []checkJSON     `json:"checks,omitempty"`
		Answers   string          `json:"answers,omitempty"`
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
	momentJSON struct {
		wordsJSON
		From string `json:"from,omitempty"`
		To   string `json:"to,omitempty"`
	}
	voiceJSON struct {
		mentionJSON
		Place *mentionJSON `json:"place,omitempty"`
		When  *momentJSON  `json:"when,omitempty"`
	}
	quantityJSON struct {
		wordsJSON
		Value  float64       `json:"value"`
		Upto   *float64      `json:"upto,omitempty"`
		Bound  hearsay.Bound `json:"bound,omitempty"`
		Unit   string        `json:"unit,omitempty"`
		Share  bool          `json:"share,omitempty"`
		Of     string        `json:"of,omitempty"`
		Holder string        `json:"holder,omitempty"`
		Did    string        `json:"did,omitempty"`
	}
	checkJSON struct {
		wordsJSON
		By      string          `json:"by,omitempty"`
		Finding hearsay.Finding `json:"finding,omitempty"`
		Covers  hearsay.Cover   `json:"covers,omitempty"`
	}
	eventJSON struct {
		Kind hearsay.EventKind `json:"kind,omitempty"`
		wordsJSON
		Participants []string    `json:"participants,omitempty"`
		Place        string      `json:"place,omitempty"`
		When         *momentJSON `json:"when,omitempty"`
		Planned      bool        `json:"planned"`
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

// converter turns the spans of one text into JSON, or those of a record, which
// has parts of its text; err is the first that is not a span of it.
type converter struct {
	text   string
	counts []int           // see countPoints
	record *hearsay.Record // nil where the text is there
	err    error
}

// converterOf begins on a report, whose text must be UTF-8.
func converterOf(d *hearsay.Document) (converter, error) {
	if !utf8.ValidString(d.Text) {
		return converter{}, fmt.Errorf("report %s: the text is not UTF-8", d.ID)
	}
	return converter{text: d.Text, counts: countPoints(d.Text)}, nil
}

func (c *converter) document(d *hearsay.Document) documentJSON {
	out := documentJSON{
		ID: d.ID, File: d.File, Record: d.Record,
		URL: d.URL, Outlet: d.Outlet, Title: d.Title,
		Bylines: d.Bylines, Credits: d.Credits, Initials: d.Initials, Lang: d.Lang,
		Text: &d.Text, SHA256: d.SHA256, Charset: d.Charset, Notes: d.Notes,
	}
	out.Published, out.PublishedAt = dates(d.Published)
	if !d.Fetched.IsZero() {
		out.Fetched = d.Fetched.UTC().Format(time.RFC3339)
	}
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
		Medium: c.mention(s.Medium, number), Place: c.mention(s.Place, number), When: c.moment(s.When, number),
		Within: s.Within, Answers: s.Answers, Score: s.Score,
	}
	for _, piece := range s.Content {
		j.Content = append(j.Content, c.words(piece, "statement", number))
	}
	if !s.Cue.Empty() {
		j.Cue = &cueJSON{c.words(s.Cue.Span, "statement", number), s.Cue.Lemma}
	}
	for _, v := range s.Also {
		j.Also = append(j.Also, voiceJSON{*c.mention(&v.Mention, number), c.mention(v.Place, number), c.moment(v.When, number)})
	}
	for i := range s.Numbers {
		j.Numbers = append(j.Numbers, c.quantity(&s.Numbers[i], number))
	}
	for i := range s.Times {
		j.Times = append(j.Times, *c.moment(&s.Times[i], number))
	}
	for _, k := range s.Checks {
		j.Checks = append(j.Checks, checkJSON{c.words(k.Span, "statement", number), c.who(k.By, number), k.Finding, k.Covers})
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

// who returns the name of a mention or, where it has none, its words.
func (c *converter) who(m *hearsay.Mention, of int) string {
	if m == nil {
		return ""
	}
	words := c.words(m.Span, "mention of statement or event", of).Text
	if m.Name != "" {
		return m.Name
	}
	return words
}

func (c *converter) moment(m *hearsay.Moment, of int) *momentJSON {
	if m == nil {
		return nil
	}
	return &momentJSON{c.words(m.Span, "statement", of), m.From, m.To}
}

func (c *converter) quantity(q *hearsay.Quantity, of int) quantityJSON {
	j := quantityJSON{
		wordsJSON: c.words(q.Span, "statement", of), Value: q.Value, Bound: q.Bound, Unit: q.Unit,
		Share: q.Share, Of: c.words(q.Of, "statement", of).Text, Holder: c.who(q.Holder, of), Did: q.Did,
	}
	if q.Upto != 0 {
		j.Upto = &q.Upto
	}
	return j
}

func (c *converter) event(e *hearsay.Event, number int) eventJSON {
	j := eventJSON{
		Kind: e.Kind, wordsJSON: c.words(e.Span, "event", number),
		Place: c.who(e.Place, number), When: c.moment(e.When, number), Planned: e.Planned,
	}
	for i := range e.Participants {
		j.Participants = append(j.Participants, c.who(&e.Participants[i], number))
	}
	return j
}

func (c *converter) reason(r hearsay.Reason, of int) reasonJSON {
	if r.Empty() {
		return reasonJSON{Rule: r.Rule}
	}
	span := c.span(r.Span, "statement", of)
	return reasonJSON{r.Rule, &span}
}

func (c *converter) words(s hearsay.Span, what string, number int) wordsJSON {
	span, text := c.slice(s, what, number)
	return wordsJSON{span, text}
}

func (c *converter) span(s hearsay.Span, what string, number int) spanJSON {
	span, _ := c.slice(s, what, number)
	return span
}

// slice returns a span in code points, and its words.
func (c *converter) slice(s hearsay.Span, what string, number int) (spanJSON, string) {
	if c.err != nil {
		return spanJSON{}, ""
	}
	if c.record != nil {
		if words, point, ok := c.record.Words(s); ok {
			return spanJSON{point, point + utf8.RuneCountInString(words)}, words
		}
	} else if s.Start <= s.End && onBoundary(c.text, s.Start) && onBoundary(c.text, s.End) {
		return spanJSON{c.point(s.Start), c.point(s.End)}, s.In(c.text)
	}
	c.err = fmt.Errorf("%s %d: bytes %d to %d are no span of the text", what, number, s.Start, s.End)
	return spanJSON{}, ""
}

// onBoundary reports whether a character of the text begins or the text ends
// at byte i.
func onBoundary(text string, i int) bool {
	return i == len(text) || i >= 0 && i < len(text) && utf8.RuneStart(text[i])
}
