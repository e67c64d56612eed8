package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"hearsay"
	"hearsay/compare"
	"hearsay/export"
	"hearsay/ledger"
)

// threadCmd shows every wording of a statement.
type threadCmd struct {
	ledgerFlag
	listFlags
	ID string `arg:"" name:"id" help:"A statement of the thread, or the beginning of its ID."`
}

// Help is the part of the command's help under its first line.
func (threadCmd) Help() string {
	return `Shows one statement as it was met in many reports, in the order of publication. The first of them is the origin: the earliest in this collection, which need not be the earliest there was. Of the others it shows what was changed against the origin, word by word: [-cut-] and {+put in+} where there is no colour. Below stands from whom a report has the statement: an agency in its credit line, an outlet that was told or is cited, or one whose words stand around it. Statements that may belong to the thread, and are for you to judge, stand apart.

Examples:

    hearsay find --outlet "The Eiklund Herald" buoy
    hearsay thread 34d039f131
    hearsay thread --db demo.db --json 34d039f131 | jq '.variants[].relation'
    hearsay thread --csv 34d039f131 >thread.csv

Exit status: 0 done, 1 something failed, 2 wrong usage, 3 there is no such statement.`
}

// Run shows it.
func (c *threadCmd) Run(a *app) error { return c.withStatement(a, c.ID, c.show) }

func (c *threadCmd) show(a *app, l *ledger.Ledger, id string) error {
	th, err := l.Thread(a.ctx, id)
	if err != nil {
		return err
	}
	return c.print(a, outcome{
		json:  func() ([]any, error) { j, err := threadOf(th); return []any{j}, err },
		table: func() *listing { return threadTable(th) },
		page: func(b *bytes.Buffer, s screen) {
			(&threadPage{findings: newFindings(b, s, ""), Thread: th}).write()
		},
	})
}

// threadPage is a thread on its way to the screen.
type threadPage struct {
	*findings
	*ledger.Thread
}

func (p *threadPage) write() {
	origin := &p.Variants[0]
	p.line(bold, "Thread "+p.ID)
	reports := map[string]bool{}
	for i := range p.Variants {
		reports[p.Variants[i].Report.ID] = true
	}
	text := extent(len(p.Variants), len(reports), p.Outlets)
	if p.Outlets > 1 {
		text += ", " + strconv.Itoa(p.Independent) + " independent as far as is known"
	}
	p.line(plain, text)
	p.line(plain, "origin, the earliest in this collection: "+joined([]string{dateOr(&origin.Record, "undated"), outletOf(&origin.Record)}))
	if p.Named != "" {
		p.line(plain, "earliest named outlet or agency: "+oneLine(p.Named))
	}
	p.newline()
	for i := range p.Variants {
		p.variant(&p.Variants[i], i == 0, p.from(i))
	}
	if len(p.Suggested) > 0 {
		p.line(bold, "May belong to it")
		p.newline()
	}
	for i := range p.Suggested {
		p.variant(&p.Suggested[i], false, nil)
	}
	if p.More > 0 {
		p.line(faint, fmt.Sprintf("%d more are left out.", p.More))
	}
}

// extent says how much a thread is.
func extent(statements, reports, outlets int) string {
	text := counted(statements, "statement") + " in " + counted(reports, "report")
	if outlets > 0 {
		text += " of " + counted(outlets, "outlet")
	}
	return text
}

func outletOf(r *hearsay.Record) string { return oneLine(cmp.Or(r.Report.Outlet, r.Report.File)) }

// variant prints one statement of the thread and what was changed.
func (p *threadPage) variant(v *ledger.Variant, origin bool, notes []string) {
	p.head(&v.Record)
	if origin {
		p.put(faint, " · origin")
	} else {
		p.put(bold, " · "+relationOf(v))
	}
	p.newline()
	switch {
	case origin:
		p.flow(p.content(&v.Record), "    ", "    ")
	case v.Verdict.Relation == compare.Different:
		p.flow(p.content(&v.Record), "    ", "    ")
	case v.Verdict.Relation != compare.Same:
		p.flow(difference(p.Variants[0].Text, v.Text, v.Verdict.Edits, p.colored), "    ", "    ")
	}
	if changes := changesIn(&v.Verdict, p.Variants[0].Text, v.Text); len(changes) > 0 {
		p.flow([]words{{faint, joined(changes)}}, "    ", "    ")
	}
	if len(notes) > 0 {
		p.flow([]words{{faint, joined(notes)}}, "    ", "    ")
	}
	p.newline()
}

// relationOf is what a variant is to the origin.
func relationOf(v *ledger.Variant) string {
	if v.Verdict.Relation == compare.Different {
		return "by way of others"
	}
	return string(v.Verdict.Relation)
}

// mostChangesShown is how many changes of a variant are listed.
const mostChangesShown = 8

// changesIn lists what a reader would want to see of a verdict on two texts,
// the changes of a kind together.
func changesIn(v *compare.Verdict, a, b string) []string {
	var out []string
	for i, c := range v.Changes {
		if i == mostChangesShown {
			return append(out, "…")
		}
		kind := spaced(c.Kind)
		was, is := oneLine(shorten(c.A.In(a), 60)), oneLine(shorten(c.B.In(b), 60))
		text := ""
		switch {
		case c.Kind == compare.SpeakerChanged:
		case was != "" && is != "":
			text = ": " + was + " → " + is
		case was != "":
			text = ": without " + was
		case is != "":
			text = ": with " + is
		}
		if i > 0 && v.Changes[i-1].Kind == c.Kind && text != "" {
			out[len(out)-1] += "," + text[1:]
			continue
		}
		out = append(out, kind+text)
	}
	return out
}

var howWords = map[ledger.How]string{
	ledger.ByCredit: "in the credit line", ledger.ByTold: "was told", ledger.ByReport: "is cited", ledger.ByText: "the same words around it",
}

// from lists from whom a variant comes.
func (p *threadPage) from(i int) []string {
	var out []string
	for _, r := range p.Relays {
		if r.Variant == i {
			out = append(out, "from "+oneLine(r.From)+" ("+howWords[r.How]+")")
		}
	}
	return out
}

// threadTable is a thread as a table.
func threadTable(th *ledger.Thread) *listing {
	l := &listing{head: []string{"thread", "published", "outlet", "speaker", "relation", "suggested", "likeness", "changes", "difference", "content", "from", "id", "document", "url"}}
	p := threadPage{Thread: th}
	row := func(v *ledger.Variant, relation string, suggested bool, from []string) {
		l.add(nil, th.ID, dateOr(&v.Record, ""), v.Report.Outlet, recordSpeaker(&v.Record), relation, strconv.FormatBool(suggested),
			strconv.FormatFloat(v.Verdict.Likeness, 'f', 3, 64), strings.Join(changesIn(&v.Verdict, th.Variants[0].Text, v.Text), " | "),
			written(difference(th.Variants[0].Text, v.Text, v.Verdict.Edits, false)), v.Text, strings.Join(from, " | "), v.ID, v.Report.ID, v.Report.URL)
	}
	for i := range th.Variants {
		relation := string(th.Variants[i].Verdict.Relation)
		if i == 0 {
			relation = "origin"
		}
		row(&th.Variants[i], relation, false, p.from(i))
	}
	for i := range th.Suggested {
		row(&th.Suggested[i], string(th.Suggested[i].Verdict.Relation), true, nil)
	}
	return l
}

type (
	threadJSON struct {
		Format      int           `json:"hearsay"`
		Thread      string        `json:"thread"`
		Outlets     int           `json:"outlets"`
		Independent int           `json:"independent"`
		Earliest    *int          `json:"earliest,omitempty"`
		Named       string        `json:"named,omitempty"`
		Variants    []variantJSON `json:"variants"`
		Relays      []relayJSON   `json:"relays,omitempty"`
		Suggested   []variantJSON `json:"suggested,omitempty"`
		More        int           `json:"more,omitempty"`
	}
	variantJSON struct {
		Document  json.RawMessage  `json:"document"`
		Statement json.RawMessage  `json:"statement"`
		Text      string           `json:"text"`
		Relation  compare.Relation `json:"relation"`
		Likeness  float64          `json:"likeness"`
		Changes   []changeJSON     `json:"changes,omitempty"`
		Edits     []changeJSON     `json:"edits,omitempty"`
	}
	changeJSON struct {
		Kind string     `json:"kind"`
		A    *rangeJSON `json:"a,omitempty"`
		B    *rangeJSON `json:"b,omitempty"`
	}
	rangeJSON struct {
		Start int    `json:"start"`
		End   int    `json:"end"`
		Text  string `json:"text"`
	}
	relayJSON struct {
		From    string     `json:"from"`
		Earlier *int       `json:"earlier,omitempty"`
		Variant int        `json:"variant"`
		How     ledger.How `json:"how"`
	}
)

func threadOf(th *ledger.Thread) (*threadJSON, error) {
	j := &threadJSON{Format: 1, Thread: th.ID, Outlets: th.Outlets, Independent: th.Independent, Named: th.Named, More: th.More}
	if th.Earliest >= 0 {
		j.Earliest = &th.Earliest
	}
	origin := th.Variants[0].Text
	for _, list := range []struct {
		from []ledger.Variant
		to   *[]variantJSON
	}{{th.Variants, &j.Variants}, {th.Suggested, &j.Suggested}} {
		for i := range list.from {
			v, err := variantOf(&list.from[i])
			if err != nil {
				return nil, err
			}
			v.Changes, v.Edits = verdictOf(&list.from[i].Verdict, origin, v.Text)
			*list.to = append(*list.to, v)
		}
	}
	for _, r := range th.Relays {
		k := relayJSON{From: r.From, Variant: r.Variant, How: r.How}
		if r.Earlier >= 0 {
			k.Earlier = &r.Earlier
		}
		j.Relays = append(j.Relays, k)
	}
	return j, nil
}

// variantOf is a statement without what was changed.
func variantOf(v *ledger.Variant) (variantJSON, error) {
	var b bytes.Buffer
	j := variantJSON{Text: v.Text, Relation: v.Verdict.Relation, Likeness: v.Verdict.Likeness}
	if err := export.Record(&b, &v.Record); err != nil {
		return j, err
	}
	var parts struct{ Document, Statement json.RawMessage }
	if err := json.Unmarshal(b.Bytes(), &parts); err != nil {
		return j, err
	}
	j.Document, j.Statement = parts.Document, parts.Statement
	return j, nil
}

// verdictOf is what a verdict says of two texts, in code points of them.
func verdictOf(v *compare.Verdict, a, b string) (changes, edits []changeJSON) {
	inA, inB := points{text: a}, points{text: b}
	for _, c := range v.Changes {
		changes = append(changes, changeJSON{string(c.Kind), inA.span(c.A), inB.span(c.B)})
	}
	for _, e := range v.Edits {
		edits = append(edits, changeJSON{string(e.Kind), inA.span(e.A), inB.span(e.B)})
	}
	return changes, edits
}

// points counts the code points of a text, onwards from where it was asked last.
type points struct {
	text  string
	at, n int
}

func (p *points) before(i int) int {
	if i < p.at {
		p.at, p.n = 0, 0
	}
	p.n += utf8.RuneCountInString(p.text[p.at:i])
	p.at = i
	return p.n
}

func (p *points) span(s hearsay.Span) *rangeJSON {
	if s.Empty() {
		return nil
	}
	return &rangeJSON{p.before(s.Start), p.before(s.End), s.In(p.text)}
}
