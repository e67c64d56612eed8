package score

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"hearsay"
)

// A FieldCount counts one field over reports: how many a reader gave, how many
// were found, how many of these are right.
type FieldCount struct {
	Field string `json:"field"`
	Gold  int    `json:"gold"`
	Found int    `json:"found"`
	Right int    `json:"right"`
}

// Rates returns precision, recall and their harmonic mean; 0 for nothing.
func (c FieldCount) Rates() (precision, recall, f1 float64) {
	return count{c.Gold, c.Found, c.Right, c.Right}.rates()
}

// Fields are the counts of all fields, in a fixed order.
type Fields struct {
	counts []FieldCount
	at     map[string]int
	misses []string // what was missed or wrong, in a line each
}

// Counts returns the counts in a fixed order.
func (f *Fields) Counts() []FieldCount { return f.counts }

// Count returns that of a field; the zero value for one that there is not.
func (f *Fields) Count(field string) FieldCount {
	if i, ok := f.at[field]; ok {
		return f.counts[i]
	}
	return FieldCount{Field: field}
}

// Misses returns a line for each value that was missed or wrong.
func (f *Fields) Misses() []string { return f.misses }

// fieldNames are the fields in the order in which they are told.
var fieldNames = []string{
	"statement", "speaker name", "speaker kind", "mode", "force", "addressee", "addressee name", "medium", "place", "when",
	"also", "within", "answers", "number", "bound", "unit", "holder", "did", "time", "check", "finding", "covers", "checked by",
	"event", "participants", "event place", "event time", "planned",
}

// NewFields returns counts of 0.
func NewFields() *Fields {
	f := &Fields{at: map[string]int{}}
	for i, name := range fieldNames {
		f.counts = append(f.counts, FieldCount{Field: name})
		f.at[name] = i
	}
	return f
}

// WriteTable writes the counts for people.
func (f *Fields) WriteTable(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%-15s %5s %5s %5s  %5s %5s %5s\n", "", "gold", "found", "right", "P", "R", "F1")
	for _, c := range f.counts {
		p, r, f1 := c.Rates()
		fmt.Fprintf(&b, "%-15s %5d %5d %5d  %5.3f %5.3f %5.3f\n", c.Field, c.Gold, c.Found, c.Right, p, r, f1)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// WriteJSON writes the counts as a line of JSON.
func (f *Fields) WriteJSON(w io.Writer) error {
	return json.NewEncoder(w).Encode(struct {
		Fields []FieldCount `json:"fields"`
	}{f.counts})
}

// one counts a field that a statement has or has not.
func (f *Fields) one(where, field string, gold, found, right bool, want, have string) {
	c := &f.counts[f.at[field]]
	if gold {
		c.Gold++
	}
	if found {
		c.Found++
	}
	if gold && found && right {
		c.Right++
	} else if gold || found {
		f.misses = append(f.misses, fmt.Sprintf("%s: %s: want %q, have %q", where, field, want, have))
	}
}

// value counts a field whose values are words.
func (f *Fields) value(where, field, gold, found string) {
	f.one(where, field, gold != "", found != "", alike(gold, found), gold, found)
}

// alike compares names and words without regard to case, articles and the kind
// of apostrophe.
func alike(a, b string) bool {
	clean := func(s string) string {
		s = fold(strings.NewReplacer("’", "'", "‘", "'").Replace(s))
		return strings.TrimPrefix(strings.TrimPrefix(s, "a "), "an ")
	}
	return clean(a) == clean(b)
}

// Add compares what was found in a report with its record. doc is the report
// as it was read from the text of the record. A value counts as right only where
// the statement that it belongs to was found; the values of statements that
// nobody marked count as found.
func (f *Fields) Add(g *Record, doc *hearsay.Document, statements []hearsay.Statement, events []hearsay.Event) {
	gold := make([]Attribution, len(g.Statements))
	for i := range g.Statements {
		gold[i] = g.Statements[i].Attribution
	}
	c := comparison{f, g, doc, statements, make([]int, len(gold)), make([]int, len(statements))}
	for i := range c.goldOf {
		c.goldOf[i] = -1
	}
	for i := range c.foundOf {
		c.foundOf[i] = -1
	}
	for _, p := range match(gold, tidyAll(g.Text, Attributions(doc, statements)), sameWords) {
		c.foundOf[p.gold], c.goldOf[p.found] = p.found, p.gold
	}
	for i := range gold {
		c.statement(i, c.foundOf[i])
	}
	for j, i := range c.goldOf {
		if i < 0 {
			c.statement(-1, j)
		}
	}
	c.events(events)
}

// A comparison holds a record against what was found; foundOf and goldOf tell
// which statements are the same, -1 for none.
type comparison struct {
	*Fields
	gold       *Record
	doc        *hearsay.Document
	statements []hearsay.Statement
	foundOf    []int
	goldOf     []int
}

// statement compares gold statement i with found statement j; either may be -1
// for none.
func (c *comparison) statement(i, j int) {
	var g RecordStatement
	var s hearsay.Statement
	where := c.gold.Name
	if i >= 0 {
		g = c.gold.Statements[i]
		where = fmt.Sprintf("%s %d", where, i+1)
	}
	if j >= 0 {
		s = c.statements[j]
	}
	c.one(where, "statement", i >= 0, j >= 0, true, c.firstWords(g.Content), c.firstWords(s.Content))
	c.mention(where, g, s)
	c.value(where, "mode", string(g.Mode), string(s.Mode))
	c.value(where, "force", string(g.Force), string(s.Force))
	c.setting(where, g, s)
	c.when(where, g, s)
	c.tie(where, "within", g.Within, s.Within)
	c.tie(where, "answers", g.Answers, s.Answers)
	c.numbers(where, g, s)
	c.times(where, g, s)
	c.checks(where, g, s)
}

func (c *comparison) firstWords(spans []hearsay.Span) string {
	if len(spans) == 0 {
		return ""
	}
	words := spans[0].In(c.doc.Text)
	return words[:min(len(words), 60)]
}

// mention compares the speakers and those who said the same.
func (c *comparison) mention(where string, g RecordStatement, s hearsay.Statement) {
	name, kind := "", hearsay.MentionKind("")
	if s.Speaker != nil {
		name, kind = s.Speaker.Name, s.Speaker.Kind
	}
	c.one(where, "speaker name", g.Speaker.Kind != "", s.Speaker != nil, alike(g.Speaker.Name, name), g.Speaker.Name, name)
	c.value(where, "speaker kind", string(g.Speaker.Kind), string(kind))
	for k := range max(len(g.Also), len(s.Also)) {
		want, have := "", ""
		if k < len(g.Also) {
			want = g.Also[k].Name
		}
		if k < len(s.Also) {
			have = c.who(&s.Also[k].Mention)
		}
		c.value(where, "also", want, have)
	}
}

// who returns the name of a mention or, where it has none, its words; "" for
// nil.
func (c *comparison) who(m *hearsay.Mention) string {
	switch {
	case m == nil:
		return ""
	case m.Name != "":
		return m.Name
	}
	return m.Span.In(c.doc.Text)
}

// setting compares to whom, through what and where it was said.
func (c *comparison) setting(where string, g RecordStatement, s hearsay.Statement) {
	given := g.Addressee.Kind != "" || len(g.Addressees) > 0
	same := s.Addressee != nil && (overlapAny(g.Addressees, s.Addressee.Span) || g.Addressee.Name != "" && alike(g.Addressee.Name, c.who(s.Addressee)))
	c.one(where, "addressee", given, s.Addressee != nil, same, g.Addressee.Name+c.firstWords(g.Addressees), c.who(s.Addressee))
	if g.Addressee.Name != "" && s.Addressee != nil {
		c.value(where, "addressee name", g.Addressee.Name, s.Addressee.Name)
	}
	for _, f := range []struct {
		field, gold string
		marks       []hearsay.Span
		found       *hearsay.Mention
	}{{"medium", g.Medium, g.Media, s.Medium}, {"place", g.Place, g.Places, s.Place}} {
		same := f.found != nil && (overlapAny(f.marks, f.found.Span) || f.gold != "" && holds(f.gold, c.who(f.found)))
		c.one(where, f.field, f.gold != "" || len(f.marks) > 0, f.found != nil, same, f.gold+" "+c.firstWords(f.marks), c.who(f.found))
	}
}

// holds reports whether one of two texts holds the other.
func holds(a, b string) bool {
	a, b = fold(a), fold(b)
	return strings.Contains(a, b) || strings.Contains(b, a)
}

func overlapAny(spans []hearsay.Span, s hearsay.Span) bool {
	return slices.ContainsFunc(spans, s.Overlaps)
}

func (c *comparison) when(where string, g RecordStatement, s hearsay.Statement) {
	want, have := strings.Join(g.When, " to "), ""
	if s.When != nil {
		have = s.When.From + " to " + s.When.To
	}
	c.one(where, "when", want != "", s.When != nil, want == have, want, have)
}

// tie compares a tie to another statement: its number, or its ID.
func (c *comparison) tie(where, field string, gold int, id string) {
	want, have := "", ""
	if gold > 0 {
		want = fmt.Sprint(gold)
	}
	if id != "" {
		have = "another"
		j := slices.IndexFunc(c.statements, func(s hearsay.Statement) bool { return s.ID == id })
		if j >= 0 && c.goldOf[j] >= 0 {
			have = fmt.Sprint(c.goldOf[j] + 1)
		}
	}
	c.value(where, field, want, have)
}

// align pairs gold words, which stand within the marks, with found spans.
// It returns for each gold one the found one, -1 for none, and those left over.
func (c *comparison) align(gold []string, marks, found []hearsay.Span) (pairs, left []int) {
	used := make([]bool, len(found))
	for _, words := range gold {
		at := -1
		for _, m := range marks {
			k := strings.Index(c.doc.Text[m.Start:m.End], words)
			place := hearsay.Span{Start: m.Start + max(k, 0), End: m.Start + max(k, 0) + len(words)}
			if k < 0 {
				if !strings.Contains(words, m.In(c.doc.Text)) {
					continue
				}
				place = m
			}
			at = slices.IndexFunc(found, place.Overlaps)
			for at >= 0 && used[at] {
				next := slices.IndexFunc(found[at+1:], place.Overlaps)
				if next < 0 {
					at = -1
				} else {
					at += next + 1
				}
			}
			if at >= 0 {
				break
			}
		}
		if at >= 0 {
			used[at] = true
		}
		pairs = append(pairs, at)
	}
	for k, ok := range used {
		if !ok {
			left = append(left, k)
		}
	}
	return pairs, left
}

func (c *comparison) numbers(where string, g RecordStatement, s hearsay.Statement) {
	var words []string
	for _, q := range g.Numbers {
		words = append(words, q.Text)
	}
	var found []hearsay.Span
	for _, q := range s.Numbers {
		found = append(found, q.Span)
	}
	pairs, left := c.align(words, g.Quantities, found)
	for k, at := range pairs {
		q := g.Numbers[k]
		var h hearsay.Quantity
		if at >= 0 {
			h = s.Numbers[at]
		}
		near := 1e-6
		if h.Share {
			near = 1e-4 // a third is written 0.3333
		}
		close := func(a, b float64) bool { return math.Abs(a-b) <= near*max(1, math.Abs(a)) }
		c.one(where, "number", true, at >= 0, close(q.Value, h.Value) && close(q.Upto, h.Upto), q.Text, fmt.Sprint(h.Value, " ", h.Upto))
		c.value(where, "bound", string(q.Bound), string(h.Bound))
		c.value(where, "unit", q.Unit, h.Unit)
		c.value(where, "holder", q.Holder, c.who(h.Holder))
		c.value(where, "did", q.Did, h.Did)
	}
	for _, at := range left {
		c.one(where, "number", false, true, false, "", found[at].In(c.doc.Text))
	}
}

func (c *comparison) times(where string, g RecordStatement, s hearsay.Statement) {
	var words []string
	for _, t := range g.Times {
		words = append(words, t.Text)
	}
	var found []hearsay.Span
	for _, t := range s.Times {
		found = append(found, t.Span)
	}
	pairs, left := c.align(words, g.Moments, found)
	for k, at := range pairs {
		want, have := g.Times[k].From+" to "+g.Times[k].To, ""
		if at >= 0 {
			have = s.Times[at].From + " to " + s.Times[at].To
		}
		c.one(where, "time", true, at >= 0, want == have, g.Times[k].Text+" "+want, have)
	}
	for _, at := range left {
		c.one(where, "time", false, true, false, "", found[at].In(c.doc.Text))
	}
}

func (c *comparison) checks(where string, g RecordStatement, s hearsay.Statement) {
	var words []string
	for _, k := range g.Checks {
		words = append(words, k.Text)
	}
	var found []hearsay.Span
	for _, k := range s.Checks {
		found = append(found, k.Span)
	}
	pairs, left := c.align(words, g.Checked, found)
	for k, at := range pairs {
		want := g.Checks[k]
		var have hearsay.Check
		if at >= 0 {
			have = s.Checks[at]
		}
		c.one(where, "check", true, at >= 0, true, want.Text, c.firstWords([]hearsay.Span{have.Span}))
		c.value(where, "finding", string(want.Finding), string(have.Finding))
		c.value(where, "covers", string(want.Covers), string(have.Covers))
		c.value(where, "checked by", want.By, c.who(have.By))
	}
	for _, at := range left {
		c.one(where, "check", false, true, false, "", found[at].In(c.doc.Text))
	}
}

// events pairs events of one kind that share a participant or their words.
func (c *comparison) events(found []hearsay.Event) {
	used := make([]bool, len(found))
	for _, g := range c.gold.Events {
		at := slices.IndexFunc(found, func(e hearsay.Event) bool { return c.sameEvent(g, e) })
		for at >= 0 && used[at] {
			next := slices.IndexFunc(found[at+1:], func(e hearsay.Event) bool { return c.sameEvent(g, e) })
			if next < 0 {
				at = -1
				break
			}
			at += next + 1
		}
		var h hearsay.Event
		if at >= 0 {
			used[at], h = true, found[at]
		}
		c.event(g, h, at >= 0)
	}
	for k, ok := range used {
		if !ok {
			c.one(c.gold.Name, "event", false, true, false, "", found[k].In(c.doc.Text))
		}
	}
}

func (c *comparison) sameEvent(g RecordEvent, e hearsay.Event) bool {
	if g.Kind != e.Kind {
		return false
	}
	at := strings.Index(c.doc.Text, g.Text)
	if e.Overlaps(hearsay.Span{Start: at, End: at + len(g.Text)}) {
		return true
	}
	return slices.ContainsFunc(g.Participants, func(p string) bool {
		return slices.ContainsFunc(e.Participants, func(m hearsay.Mention) bool { return alike(p, c.who(&m)) })
	})
}

func (c *comparison) event(g RecordEvent, h hearsay.Event, found bool) {
	where := c.gold.Name
	c.one(where, "event", true, found, true, g.Text, c.firstWords([]hearsay.Span{h.Span}))
	if !found {
		return
	}
	for _, p := range g.Participants {
		same := slices.ContainsFunc(h.Participants, func(m hearsay.Mention) bool { return alike(p, c.who(&m)) })
		c.one(where, "participants", true, same, same, p, "")
	}
	for i := range h.Participants {
		p := c.who(&h.Participants[i])
		if !slices.ContainsFunc(g.Participants, func(q string) bool { return alike(p, q) }) {
			c.one(where, "participants", false, true, false, "", p)
		}
	}
	place := c.who(h.Place)
	c.one(where, "event place", g.Place != "", place != "", holds(g.Place, place), g.Place, place)
	want, have := "", ""
	if g.From != "" || g.To != "" {
		want = g.From + " to " + g.To
	}
	if h.When != nil {
		have = h.When.From + " to " + h.When.To
	}
	c.value(where, "event time", want, have)
	c.one(where, "planned", true, true, g.Planned == h.Planned, fmt.Sprint(g.Planned), fmt.Sprint(h.Planned))
}
