package main

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"hearsay"
	"hearsay/compare"
	"hearsay/ledger"
)

// numbersCmd lists what was claimed in numbers.
type numbersCmd struct {
	ledgerFlag
	listFlags
	queryFlags
	Disputed bool `help:"Only quantities of which two claims do not agree."`
	Limit    int  `default:"20" placeholder:"N" help:"At most so many quantities; 0 means all."`
}

// Help is the part of the command's help under its first line.
func (numbersCmd) Help() string {
	return `Lists what was claimed in numbers: the numbers in statements that have all of the words, and those of things that one of the words names. Claims of one quantity (of what, whose, what happened to them) stand together by day, each once with all outlets that have it. Below a claim stand those that it does not agree with: a conflict, where two claims of the same days have ranges that do not meet; a revision, where a speaker gives another number later; altered, where outlets print different numbers in one statement. Nothing is said of which is true.

Examples:

    hearsay numbers killed
    hearsay numbers people --from 2024-03-01 --to 2024-03-31 --disputed
    hearsay numbers dam --db demo.db --csv >claims.csv
    hearsay numbers --json ships | jq .claims

Exit status: 0 found, 1 something failed, 2 wrong usage, 3 nothing found.`
}

// Run lists them.
func (c *numbersCmd) Run(a *app) error { return c.ask(a, c.ledgerFlag, c.list) }

func (c *numbersCmd) list(a *app, l *ledger.Ledger, q ledger.Query) error {
	desk, err := l.Numbers(a.ctx, q.Words, q)
	if err != nil {
		return err
	}
	all := desk.Tallies
	if c.Disputed {
		all = slices.DeleteFunc(all, func(t ledger.Tally) bool { return len(t.Pairs) == 0 })
	}
	left := 0
	if c.Limit > 0 && len(all) > c.Limit {
		all, left = all[:c.Limit], len(all)-c.Limit
	}
	if len(all) == 0 {
		return errNothing
	}
	return c.print(a, outcome{
		json:  func() ([]any, error) { return tallyLines(all), nil },
		table: func() *listing { return tallyTable(all) },
		page: func(b *bytes.Buffer, s screen) {
			d := &deskPage{sheet{w: b, colored: s.colored, columns: min(s.columns, textColumns)}}
			d.write(all, leftOut(left, desk.More))
		},
	})
}

func leftOut(quantities, statements int) string {
	var parts []string
	if quantities > 0 {
		parts = append(parts, fmt.Sprintf("%d more quantities; --limit 0 shows them.", quantities))
	}
	if statements > 0 {
		parts = append(parts, fmt.Sprintf("%d older statements are left out; --to and --from choose others.", statements))
	}
	return strings.Join(parts, " ")
}

// deskPage is tallies on their way to the screen.
type deskPage struct{ sheet }

func (d *deskPage) write(all []ledger.Tally, left string) {
	for i := range all {
		if i > 0 {
			d.newline()
		}
		d.tally(&all[i])
	}
	if left != "" {
		d.newline()
		d.flow([]words{{faint, left}}, "", "")
	}
}

// tally prints a quantity and its claims.
func (d *deskPage) tally(t *ledger.Tally) {
	d.put(bold, quantityWords(t))
	d.put(faint, " · "+tallyCounts(t))
	d.newline()
	width := 0
	for i := range t.Claims {
		width = max(width, min(cells(oneLine(t.Claims[i].Text)), 30))
	}
	for i := range t.Claims {
		d.claim(t, i, width)
	}
}

// quantityWords are of what, whose and what happened.
func quantityWords(t *ledger.Tally) string {
	unit := t.Unit
	switch {
	case t.Share && t.Of != "":
		unit = "share of " + t.Of
	case t.Share:
		unit = "share"
	case unit == "":
		unit = "number"
	}
	if t.Of != "" && !t.Share {
		unit += " of " + t.Of
	}
	return oneLine(joined([]string{unit, t.Holder, t.Did}))
}

// tallyCounts says how many claims there are and how many do not agree.
func tallyCounts(t *ledger.Tally) string {
	parts := []string{counted(len(t.Claims), "claim")}
	for _, s := range []compare.Standing{compare.Conflict, compare.Revision} {
		n := 0
		for _, p := range t.Pairs {
			if p.Standing == s {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, counted(n, string(s)))
		}
	}
	return strings.Join(parts, ", ")
}

// mostPairs is how many claims are listed that one does not agree with.
const mostPairs = 4

func (d *deskPage) claim(t *ledger.Tally, i, width int) {
	c := &t.Claims[i]
	d.put(faint, "  "+cmp.Or(c.Day, "undated   ")+"  ")
	text := shorten(oneLine(c.Text), 30)
	d.put(contentColor|bold, text)
	d.put(plain, strings.Repeat(" ", max(width-cells(text), 0)+2))
	st := speakerColor | bold
	if c.Speaker == nil || c.Speaker.Name == "" {
		st = faint
	}
	d.put(st, recordSpeaker(&c.Record))
	tail := joined([]string{actOf(c), strings.Join(outletsOf(c), ", "), c.ID[:min(shortID, len(c.ID))]})
	d.put(faint, " · "+oneLine(tail))
	d.newline()
	const indent = "              "
	notes := 0
	for _, p := range t.Pairs {
		if p.B != i {
			continue
		}
		if notes++; notes > mostPairs {
			continue
		}
		other := &t.Claims[p.A]
		d.flow([]words{{plain, standingWords(p.Standing) + oneLine(other.Text) + " (" + recordSpeaker(&other.Record) + ", " + cmp.Or(other.Day, "undated") + ")"}}, indent, indent+"  ")
	}
	if notes > mostPairs {
		d.flow([]words{{plain, fmt.Sprintf("and with %d more", notes-mostPairs)}}, indent, indent)
	}
	for k := range c.Checks {
		text, _, _ := c.Words(c.Checks[k].Span)
		d.flow([]words{{faint, spaced(c.Checks[k].Finding) + ": " + oneLine(beginning(text, 2*mostColumns))}}, indent, indent+"  ")
	}
}

// standingWords lead to the other claim.
func standingWords(s compare.Standing) string {
	switch s {
	case compare.Conflict:
		return "in conflict with "
	case compare.Revision:
		return "revises "
	}
	return "in the same statement others print "
}

// outletsOf are the outlets that have a claim, or the files where they are not
// known, each once.
func outletsOf(c *ledger.Claim) []string {
	var out []string
	for _, p := range c.Prints {
		if name := cmp.Or(p.Outlet, "unknown outlet"); !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// actOf says what was done by naming the number, where it is more than saying.
func actOf(c *ledger.Claim) string {
	act := ""
	if c.Force != "" && c.Force != hearsay.Say {
		act = string(c.Force)
	}
	if c.Negated {
		act = strings.TrimSpace("not " + act)
	}
	return act
}

var claimColumns = []string{"quantity", "unit", "of", "holder", "did", "day", "text", "value", "upto", "bound", "share", "from", "to",
	"speaker", "speaker_role", "force", "negated", "findings", "outlets", "outlet_count", "conflicts", "revises", "altered", "statement", "document", "content"}

// tallyTable is a row a claim.
func tallyTable(all []ledger.Tally) *listing {
	list := &listing{head: claimColumns}
	for i := range all {
		tallyRows(list, &all[i])
	}
	return list
}

func tallyRows(list *listing, t *ledger.Tally) {
	for i := range t.Claims {
		j := claimJSONOf(t, i)
		others := func(ids []string) string { return strings.Join(ids, " | ") }
		upto := ""
		if j.Upto != nil {
			upto = plainNumber(*j.Upto)
		}
		list.add(nil, quantityWords(t), t.Unit, t.Of, t.Holder, t.Did, j.Day, j.Text, plainNumber(j.Value), upto, string(j.Bound), strconv.FormatBool(t.Share), plainNumber(j.From), plainNumber(j.To),
			cmp.Or(j.Speaker, j.SpeakerText), j.Role, string(j.Force), strconv.FormatBool(j.Negated), others(j.Findings), others(outletsOf(&t.Claims[i])), strconv.Itoa(len(outletsOf(&t.Claims[i]))),
			others(j.Conflicts), others(j.Revises), others(j.Altered), j.ID, j.Document, j.Content)
	}
}

func plainNumber(f float64) string { return strconv.FormatFloat(f, 'g', -1, 64) }

// tallyJSON is a quantity with its claims.
type tallyJSON struct {
	Format int         `json:"hearsay"`
	Unit   string      `json:"unit,omitempty"`
	Share  bool        `json:"share,omitempty"`
	Of     string      `json:"of,omitempty"`
	Holder string      `json:"holder,omitempty"`
	Did    string      `json:"did,omitempty"`
	Claims []claimJSON `json:"claims"`
}

type claimJSON struct {
	ID          string        `json:"statement"`
	Document    string        `json:"document"`
	Day         string        `json:"day,omitempty"`
	Text        string        `json:"text"`
	Value       float64       `json:"value"`
	Upto        *float64      `json:"upto,omitempty"`
	Bound       hearsay.Bound `json:"bound,omitempty"`
	From        float64       `json:"from"`
	To          float64       `json:"to"`
	Speaker     string        `json:"speaker,omitempty"`
	SpeakerText string        `json:"speaker_text,omitempty"`
	Role        string        `json:"speaker_role,omitempty"`
	Force       hearsay.Force `json:"force,omitempty"`
	Negated     bool          `json:"negated,omitempty"`
	Content     string        `json:"content"`
	Findings    []string      `json:"findings,omitempty"`
	Prints      []printJSON   `json:"prints"`
	Conflicts   []string      `json:"conflicts,omitempty"`
	Revises     []string      `json:"revises,omitempty"`
	Altered     []string      `json:"altered,omitempty"`
}

type printJSON struct {
	Statement string `json:"statement"`
	Document  string `json:"document"`
	Outlet    string `json:"outlet,omitempty"`
	Published string `json:"published,omitempty"`
}

func tallyLines(all []ledger.Tally) []any {
	lines := make([]any, len(all))
	for i := range all {
		lines[i] = tallyJSONOf(&all[i])
	}
	return lines
}

func tallyJSONOf(t *ledger.Tally) tallyJSON {
	j := tallyJSON{Format: 1, Unit: t.Unit, Share: t.Share, Of: t.Of, Holder: t.Holder, Did: t.Did}
	for i := range t.Claims {
		j.Claims = append(j.Claims, claimJSONOf(t, i))
	}
	return j
}

func claimJSONOf(t *ledger.Tally, i int) claimJSON {
	c := &t.Claims[i]
	j := claimJSON{
		ID: c.ID, Document: c.Report.ID, Day: c.Day, Text: c.Text, Value: c.Number.Value, Bound: c.Number.Bound, From: c.Least, To: c.Most,
		Force: c.Force, Negated: c.Negated,
	}
	if c.Number.Upto != 0 {
		j.Upto = &c.Number.Upto
	}
	if c.Speaker != nil {
		j.Speaker, j.Role = c.Speaker.Name, c.Speaker.Role
		j.SpeakerText, _, _ = c.Words(c.Speaker.Span)
	}
	j.Content = recordText(&c.Record)
	for _, k := range c.Checks {
		if f := string(k.Finding); !slices.Contains(j.Findings, f) {
			j.Findings = append(j.Findings, f)
		}
	}
	for _, p := range c.Prints {
		j.Prints = append(j.Prints, printJSON{p.Statement, p.Report, p.Outlet, p.Day})
	}
	for _, p := range t.Pairs {
		other := p.A
		if p.A == i {
			other = p.B
		}
		switch id := t.Claims[other].ID; {
		case p.A != i && p.B != i:
		case p.Standing == compare.Conflict:
			j.Conflicts = append(j.Conflicts, id)
		case p.Standing == ledger.Altered:
			j.Altered = append(j.Altered, id)
		case p.B == i:
			j.Revises = append(j.Revises, id)
		}
	}
	return j
}
