package main

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"hearsay"
	"hearsay/export"
	"hearsay/ledger"
)

// explainCmd shows why the ledger has a statement.
type explainCmd struct {
	ledgerFlag
	JSON     bool   `name:"json" xor:"form" help:"One JSON object; docs/json.md lists the fields."`
	Original bool   `xor:"form" help:"The bytes of the report as they came, and nothing else."`
	ID       string `arg:"" name:"id" help:"The statement, or the beginning of its ID."`
}

// Help is the part of the command's help under its first line.
func (explainCmd) Help() string {
	return `Shows a statement where it stands in its report, every field of it with the rule that decided it and the words that it decided on, and where the report comes from. docs/json.md tells what the rules mean.

Examples:

    hearsay explain 34d039f131
    hearsay explain --db demo.db --json 34d039f1315a29954624343c
    hearsay explain --original 34d039f131 >page.html

Exit status: 0 done, 1 something failed, 2 wrong usage, 3 there is no such statement.`
}

// Run shows it.
func (c *explainCmd) Run(a *app) error { return c.withStatement(a, c.ID, c.show) }

func (c *explainCmd) show(a *app, l *ledger.Ledger, id string) error {
	r, i, err := l.Statement(a.ctx, id)
	if err != nil {
		return err
	}
	if c.Original {
		return a.print(r.Document.Original)
	}
	e := export.Evidence{
		Document: r.Document, Statement: &r.Statements[i], Version: r.Version, Previous: r.Previous, Next: r.Next,
		Blocks: blocksOf(r.Document, &r.Statements[i]),
	}
	if c.JSON {
		var b bytes.Buffer
		if err := export.Explained(&b, e); err != nil {
			return err
		}
		return a.print(b.Bytes())
	}
	return a.draw(func(b *bytes.Buffer, s screen) {
		x := &explanation{page: newPage(b, r.Document, r.Statements[i:i+1], s), evidence: e, report: r}
		x.write(numbersByID(r.Statements))
	})
}

// blocksOf are the blocks that the parts of a statement stand in.
func blocksOf(d *hearsay.Document, s *hearsay.Statement) []hearsay.Block {
	spans := append([]hearsay.Span{s.Cue.Span}, s.Content...)
	for _, m := range []*hearsay.Mention{s.Speaker, s.Addressee, s.Medium, s.Place} {
		if m != nil {
			spans = append(spans, m.Span)
		}
	}
	for i := range s.Checks {
		spans = append(spans, s.Checks[i].Span)
	}
	var out []hearsay.Block
	for _, b := range d.Blocks {
		for _, sp := range spans {
			if b.Overlaps(sp) {
				out = append(out, b)
				break
			}
		}
	}
	return out
}

func numbersByID(all []hearsay.Statement) map[string]int {
	numbers := make(map[string]int, len(all))
	for i := range all {
		numbers[all[i].ID] = i + 1
	}
	return numbers
}

// explanation is one statement on its way to the screen.
type explanation struct {
	*page
	evidence export.Evidence
	report   *ledger.Report
}

func (x *explanation) write(numbers map[string]int) {
	s, d := x.evidence.Statement, x.doc
	x.numbers = nil // there is one statement
	x.line(bold, "Statement "+s.ID)
	x.line(plain, d.Title)
	known := []string{d.Outlet}
	if !d.Published.IsZero() {
		known = append(known, d.Published.Format("2 January 2006"))
	}
	x.line(plain, joined(known))
	x.line(faint, d.URL)
	x.rule(x.columns)
	segments := x.segments()
	for i, b := range x.evidence.Blocks {
		if i > 0 {
			x.newline()
		}
		for len(segments) > 0 && segments[0].End <= b.Start {
			segments = segments[1:]
		}
		lead, indent := leads(b.Kind)
		x.flow(x.block(b, segments), lead, indent)
	}
	x.rule(x.columns)
	x.fields(s, numbers)
	x.rule(x.columns)
	x.origins()
}

// fields prints each field and below it what decided it.
func (x *explanation) fields(s *hearsay.Statement, numbers map[string]int) {
	x.field("speaker", x.speakerWords(s.Speaker))
	x.reasons("speaker-", "anonymous-", "no-speaker-")
	cue := "none"
	if !s.Cue.Empty() {
		cue = quotedWords(s.Cue.In(x.doc.Text)) + ", " + s.Cue.Lemma
	}
	x.field("cue", cue)
	kind := []string{string(s.Mode), string(s.Force), string(s.Quoting)}
	if s.Negated {
		kind = append(kind, "negated: the report says that it was not said")
	}
	x.field("kind", joined(kind))
	for i, piece := range s.Content {
		x.field([]string{"content", ""}[min(i, 1)], quotedWords(piece.In(x.doc.Text)))
	}
	x.mention("addressee", s.Addressee)
	x.mention("medium", s.Medium)
	x.mention("place", s.Place)
	if s.When != nil {
		x.field("when", x.moment(s.When))
		x.reasons("when-")
	}
	for i := range s.Also {
		x.field("also", x.who(&s.Also[i].Mention))
	}
	x.reasons("also-")
	x.field("numbers", strings.TrimPrefix(x.quantities(s.Numbers), "numbers: "))
	x.reasons("holder-")
	for i := range s.Times {
		x.field("time", x.moment(&s.Times[i]))
	}
	x.field("checks", x.checks(s.Checks))
	x.reasons("check-")
	x.relation("answers", s.Answers, numbers)
	x.reasons("answer-")
	x.relation("within", s.Within, numbers)
	found := "score " + strconv.FormatFloat(s.Score, 'f', 3, 64)
	if s.Score == 0 {
		found = "not rated"
	}
	x.field("found by", found)
	x.reasons("")
}

// explained are the beginnings of rules that explain one field; those of the
// others found the statement.
var explained = []string{"speaker-", "anonymous-", "no-speaker-", "addressee-", "medium-", "place-", "when-", "also-", "holder-", "check-", "answer-"}

// labelWidth is that of the names of the fields.
const labelWidth = 11

func (x *explanation) field(name, value string) {
	if value != "" {
		x.flow([]words{{plain, value}}, pad(name), pad(""))
	}
}

func pad(name string) string { return fmt.Sprintf("%-*s", labelWidth, name) }

// reasons prints the rules whose names begin so and the words that they decided
// on; with "" those that found the statement.
func (x *explanation) reasons(beginnings ...string) {
	hasAny := func(rule string, of []string) bool {
		for _, start := range of {
			if strings.HasPrefix(rule, start) {
				return true
			}
		}
		return false
	}
	for _, r := range x.evidence.Statement.Because {
		if beginnings[0] != "" && !hasAny(r.Rule, beginnings) || beginnings[0] == "" && hasAny(r.Rule, explained) {
			continue
		}
		text := "because " + r.Rule
		if !r.Empty() {
			text += ": " + quotedWords(shorten(oneLine(beginning(r.In(x.doc.Text), mostContent)), 120))
		}
		x.flow([]words{{faint, text}}, pad(""), pad("  "))
	}
}

func (x *explanation) mention(name string, m *hearsay.Mention) {
	if m != nil {
		x.field(name, x.speakerWords(m))
		x.reasons(name + "-")
	}
}

// speakerWords is the name of a mention with the words of the report, its kind
// and role.
func (x *explanation) speakerWords(m *hearsay.Mention) string {
	if m == nil {
		return "nobody named"
	}
	name := m.Name
	if name == "" && m.Why != "" {
		name = "no name (" + spaced(m.Why) + ")"
	}
	parts := []string{name, quotedWords(m.In(x.doc.Text)), string(m.Kind), m.Role}
	return oneLine(joined(parts))
}

// relation is another statement of the report.
func (x *explanation) relation(name, id string, numbers map[string]int) {
	if id == "" {
		return
	}
	text := id
	if n := numbers[id]; n > 0 && len(x.report.Statements[n-1].Content) > 0 {
		text += ": " + quotedWords(shorten(oneLine(beginning(x.report.Statements[n-1].Content[0].In(x.doc.Text), mostContent)), 160))
	}
	x.field(name, text)
}

func quotedWords(text string) string { return "‘" + oneLine(text) + "’" }

// origins says where the report comes from.
func (x *explanation) origins() {
	d := x.doc
	x.field("report", d.ID)
	file := d.File
	if d.Record > 0 {
		file += ", record " + strconv.Itoa(d.Record)
	}
	x.field("read from", oneLine(file)+", on "+x.report.Added.UTC().Format("2 January 2006"))
	if !d.Fetched.IsZero() {
		x.field("fetched", d.Fetched.UTC().Format("2 January 2006, 15:04 MST"))
	}
	x.field("original", joined([]string{strconv.Itoa(len(d.Original)) + " bytes", d.Charset, "SHA-256 " + d.SHA256}))
	if x.evidence.Previous != "" {
		x.field("version", "the one before is report "+x.evidence.Previous)
	}
	if x.evidence.Next != "" {
		x.field("version", "the next one is report "+x.evidence.Next)
	}
	x.field("annotator", "version "+strconv.Itoa(x.report.Version))
	for _, r := range d.Repairs {
		for _, b := range x.evidence.Blocks {
			if b.Start <= r.Start && r.End <= b.End {
				x.field("repair", spaced(r.Kind)+": "+x.repair(r))
			}
		}
	}
	x.line(faint, "The words above were taken from the original, which hearsay explain --original prints.")
}
