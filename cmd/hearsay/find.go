package main

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"hearsay"
	"hearsay/export"
	"hearsay/ledger"
)

// queryFlags say which statements are meant.
type queryFlags struct {
	Speaker string          `placeholder:"NAME" help:"Said by somebody of this name, or with these words in the name."`
	Outlet  string          `placeholder:"NAME" help:"Published by this outlet."`
	From    day             `placeholder:"DATE" help:"Published on this day or later, as 2026-03-04."`
	To      day             `placeholder:"DATE" help:"Published on this day or earlier."`
	Force   hearsay.Force   `placeholder:"FORCE" enum:",say,claim,deny,confirm,concede,ask,order,promise,thank,praise,accuse,warn,suggest,decline,announce,agree,predict" default:"" help:"What was done by saying it: say, claim, deny, confirm, concede, ask, order, promise, thank, praise, accuse, warn, suggest, decline, announce, agree, predict."`
	Mode    hearsay.Mode    `placeholder:"MODE" enum:",speech,writing,thought,attitude,evidence,act" default:"" help:"What kind of act it is: speech, writing, thought, attitude, evidence, act."`
	Check   hearsay.Finding `placeholder:"FINDING" enum:",could_not_verify,not_verified,verified,disputed,denied,no_comment" default:"" help:"With a remark of the report on its truth: could_not_verify, not_verified, verified, disputed, denied, no_comment."`
	Quoting hearsay.Quoting `placeholder:"HOW" enum:",direct,indirect,mixed" default:"" help:"How the words are given: direct, indirect, mixed."`
	Lang    string          `placeholder:"CODE" help:"In reports of this language, as en."`
	Report  string          `placeholder:"ID" help:"In this report; the beginning of its ID is enough."`
	Words   []string        `arg:"" optional:"" name:"words" help:"Words of what was said: all of them, in any order; '\"in a row\"' in quotation marks; the beginning of a word with a star: sanction*."`
}

// query is what the flags ask the ledger for.
func (f *queryFlags) query(a *app, l *ledger.Ledger) (ledger.Query, error) {
	q := ledger.Query{
		Words: strings.Join(f.Words, " "), Speaker: f.Speaker, Outlet: f.Outlet, From: f.From.date(), To: f.To.date(),
		Force: f.Force, Mode: f.Mode, Finding: f.Check, Quoting: f.Quoting, Lang: f.Lang,
	}
	if f.Report == "" {
		return q, nil
	}
	var err error
	q.Document, err = l.ReportID(a.ctx, f.Report)
	return q, err
}

// ask opens the ledger that is there, and has it used with the question.
func (f *queryFlags) ask(a *app, db ledgerFlag, use func(*app, *ledger.Ledger, ledger.Query) error) error {
	return db.with(a, func(a *app, l *ledger.Ledger) error {
		q, err := f.query(a, l)
		if err != nil {
			return err
		}
		return use(a, l, q)
	})
}

// findCmd finds statements.
type findCmd struct {
	ledgerFlag
	listFlags
	queryFlags
	ByDate bool `help:"The newest first. Without it, those that are most about the words come first."`
	Limit  int  `default:"20" placeholder:"N" help:"At most so many; 0 means all, the newest first."`
	Skip   int  `placeholder:"N" help:"Leave out so many before the first."`
}

// Help is the part of the command's help under its first line.
func (findCmd) Help() string {
	return `Finds statements in the ledger: those for which all holds that is asked for. Case and marks on letters make no difference.

Examples:

    hearsay find dam inspection
    hearsay find '"no sign of distress"' --from 2024-03-01
    hearsay find --speaker Belim --force deny
    hearsay find "ship*" --check could_not_verify --csv >claims.csv
    hearsay find --db demo.db --json ships | jq -r .statement.speaker.name

Exit status: 0 found, 1 something failed, 2 wrong usage, 3 nothing found.`
}

// Run finds and prints.
func (c *findCmd) Run(a *app) error { return c.ask(a, c.ledgerFlag, c.find) }

func (c *findCmd) find(a *app, l *ledger.Ledger, q ledger.Query) error {
	q.ByDate, q.Limit, q.Offset = c.ByDate, c.Limit, c.Skip
	if c.Limit <= 0 {
		return c.all(a, l, q)
	}
	found, err := l.Find(a.ctx, q)
	switch {
	case err != nil:
		return err
	case len(found.Records) == 0:
		return errNothing
	case c.JSON || c.CSV != "":
		return c.write(a, func(yield func(*hearsay.Record, error) bool) {
			for i := range found.Records {
				if !yield(&found.Records[i], nil) {
					return
				}
			}
		})
	}
	return a.draw(func(b *bytes.Buffer, s screen) {
		p := newFindings(b, s, q.Words)
		for i := range found.Records {
			p.record(&found.Records[i])
		}
		p.total(found, c.Skip)
	})
}

// all prints all that fits.
func (c *findCmd) all(a *app, l *ledger.Ledger, q ledger.Query) error {
	records := l.Statements(a.ctx, q)
	if c.JSON || c.CSV != "" {
		return c.write(a, records)
	}
	n := 0
	for r, err := range records {
		if err != nil {
			return err
		}
		n++
		if err := a.draw(func(b *bytes.Buffer, s screen) { newFindings(b, s, q.Words).record(r) }); err != nil {
			return err
		}
	}
	if n == 0 {
		return errNothing
	}
	return nil
}

// write writes records as JSON Lines or CSV.
func (c *findCmd) write(a *app, records export.Records) error {
	format := export.JSONLines
	switch {
	case c.CSV.safe():
		format = export.CSV
	case c.CSV != "":
		format = export.RawCSV
	}
	n := 0
	err := format(a.answer(), func(yield func(*hearsay.Record, error) bool) {
		for r, err := range records {
			n++
			if !yield(r, err) {
				return
			}
		}
	})
	if err == nil && n == 0 {
		err = errNothing
	}
	return err
}

// findings are statements of many reports on their way to the screen.
type findings struct {
	sheet
	words []string // folded; those of a beginning end in a star
}

func newFindings(b *bytes.Buffer, s screen, asked string) *findings {
	f := &findings{sheet: sheet{w: b, colored: s.colored, columns: min(s.columns, textColumns)}}
	for word := range strings.FieldsFuncSeq(asked, func(r rune) bool {
		return r != '*' && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	}) {
		if folded := foldWord(strings.TrimSuffix(word, "*")); folded != "" {
			f.words = append(f.words, folded+word[len(strings.TrimSuffix(word, "*")):])
		}
	}
	return f
}

// shortID is how many digits of an ID are shown: enough to be the only one in
// a ledger of millions.
const shortID = 10

// record prints one statement: when, where and by whom on a line, the words
// below.
func (f *findings) record(r *hearsay.Record) {
	f.head(r)
	f.newline()
	f.flow(f.content(r), "    ", "    ")
	var notes []string
	for i := range r.Checks {
		k := &r.Checks[i]
		words, _, _ := r.Words(k.Span)
		notes = append(notes, spaced(k.Finding)+": "+oneLine(beginning(words, 2*mostColumns)))
	}
	if len(notes) > 0 {
		f.flow([]words{{faint, joined(notes)}}, "    ", "    ")
	}
	f.newline()
}

// head prints the line above a statement, but for its end.
func (f *findings) head(r *hearsay.Record) {
	head := []string{dateOr(r, "undated"), cmp.Or(r.Report.Outlet, r.Report.File)}
	f.put(faint, strings.Join([]string{head[0], oneLine(head[1])}, " · ")+" · ")
	speaker, st := recordSpeaker(r), speakerColor|bold
	if r.Speaker == nil || r.Speaker.Name == "" {
		st = faint
	}
	f.put(st, speaker)
	f.put(faint, " · ")
	f.put(cueColor, recordCue(r))
	f.put(faint, " · "+r.ID[:min(shortID, len(r.ID))])
}

// dateOr is the day of publication.
func dateOr(r *hearsay.Record, unknown string) string {
	if r.Report.Published.IsZero() {
		return unknown
	}
	return r.Report.Published.Format("2006-01-02")
}

// recordSpeaker is the name of the speaker, else the words of the report and why
// they give none.
func recordSpeaker(r *hearsay.Record) string {
	m := r.Speaker
	switch {
	case m == nil:
		return "nobody named"
	case m.Name != "":
		return oneLine(m.Name)
	}
	text, _, _ := r.Words(m.Span)
	if m.Why != "" {
		text += " (" + spaced(m.Why) + ")"
	}
	return oneLine(text)
}

// recordText is the content with … between its pieces.
func recordText(r *hearsay.Record) string {
	var pieces []string
	for _, piece := range r.Content {
		text, _, _ := r.Words(piece)
		pieces = append(pieces, text)
	}
	return strings.Join(pieces, " … ")
}

// recordCue is the lemma of the cue, and the force where it says more.
func recordCue(r *hearsay.Record) string {
	words, _, _ := r.Words(r.Cue.Span)
	cue := cmp.Or(r.Cue.Lemma, oneLine(words), "–")
	speaker := ""
	if r.Speaker != nil {
		speaker, _, _ = r.Words(r.Speaker.Span)
	}
	if r.Negated && !ofNobody(speaker) {
		cue = "not " + cue
	}
	if r.Force != "" && r.Force != hearsay.Say && string(r.Force) != r.Cue.Lemma {
		cue += " (" + string(r.Force) + ")"
	}
	return cue
}

// mostContent is how many bytes of a piece of content are shown.
const mostContent = 1200

// content is the words of the statement, with those that were asked for marked.
func (f *findings) content(r *hearsay.Record) []words {
	var runs []words
	for i, piece := range r.Content {
		if i > 0 {
			runs = append(runs, words{faint, " … "})
		}
		text, _, _ := r.Words(piece)
		runs = append(runs, f.marked(beginning(text, mostContent))...)
	}
	return runs
}

// marked cuts a text into runs: the words that were asked for are bold and
// underlined, or stand in brackets where there is no colour.
func (f *findings) marked(text string) []words {
	var runs []words
	from := 0
	emit := func(st style, to int) {
		if to > from {
			runs = append(runs, words{st, text[from:to]})
		}
		from = to
	}
	for at := 0; at < len(text); {
		start := at + strings.IndexFunc(text[at:], isWordRune)
		if start < at {
			break
		}
		end := len(text)
		if n := strings.IndexFunc(text[start:], func(r rune) bool { return !isWordRune(r) }); n >= 0 {
			end = start + n
		}
		if f.asked(text[start:end]) {
			emit(contentColor, start)
			if !f.colored {
				runs = append(runs, words{plain, "["})
			}
			emit(contentColor|bold|underlined, end)
			if !f.colored {
				runs = append(runs, words{plain, "]"})
			}
		}
		at = end
	}
	emit(contentColor, len(text))
	return runs
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// asked reports whether a word is one of those asked for.
func (f *findings) asked(word string) bool {
	if len(f.words) == 0 {
		return false
	}
	word = foldWord(word)
	return slices.ContainsFunc(f.words, func(w string) bool {
		if start, ok := strings.CutSuffix(w, "*"); ok {
			return strings.HasPrefix(word, start)
		}
		return w == word
	})
}

// foldWord is a word without case and marks.
func foldWord(word string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsMark(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(word))
}

// total says how many there are in all, where more are there than shown.
func (f *findings) total(found ledger.Found, skipped int) {
	n := skipped + len(found.Records)
	if n >= found.Total && !found.More {
		return
	}
	more := ""
	if found.More {
		more = "more than "
	}
	f.flow([]words{{faint, fmt.Sprintf("%d to %d of %s%d statements; --limit and --skip show others.", skipped+1, n, more, found.Total)}}, "", "")
}
