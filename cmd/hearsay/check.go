package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"

	"hearsay"
	"hearsay/annotate"
	"hearsay/compare"
	"hearsay/ledger"
	"hearsay/read"
)

// checkCmd looks the quotations of a draft up.
type checkCmd struct {
	ledgerFlag
	listFlags
	Model  string `default:"fast" placeholder:"MODEL" help:"The model that finds statements, as for hearsay read."`
	Actors string `placeholder:"FILE" help:"A table of offices, as for hearsay read."`
	File   string `arg:"" name:"file" help:"The draft: a file as hearsay read takes it; - is standard input."`
}

// Help is the part of the command's help under its first line.
func (checkCmd) Help() string {
	return `Looks up in the ledger every quotation of a draft that it attributes to somebody, and says what became of the words: verbatim; trimmed, that is cut but else the same; altered, with the difference word by word, [-from the record-] and {+in the draft+} where there is no colour; joined, where the record has two quotations apart; wrong speaker; or not in the ledger. When it was said makes no difference. Neither does the report itself, if the ledger has it.

Examples:

    hearsay check draft.txt
    hearsay check --db archive.db --json draft.txt | jq -r 'select(.status != "verbatim").text'
    pandoc -t plain draft.docx | hearsay check -

Exit status: 0 every quotation is in the ledger, verbatim or trimmed; 1 at least one is not, or something failed; 2 wrong usage; 3 the draft has no quotation.`
}

// What became of a quotation.
type fate string

const (
	verbatim     fate = "verbatim"
	trimmed      fate = "trimmed"
	altered      fate = "altered"
	joinedUp     fate = "joined"
	wrongSpeaker fate = "wrong_speaker"
	unknownWords fate = "not_found"
)

func (f fate) words() string {
	if f == unknownWords {
		return "not in the ledger"
	}
	return spaced(f)
}

// A quotation is a statement of the draft, and what the ledger has of it.
type quotation struct {
	doc       *hearsay.Document
	statement *hearsay.Statement
	said      compare.Said
	found     []ledger.Variant
	fate      fate
}

// Run checks the draft.
func (c *checkCmd) Run(a *app) error {
	annotator, err := a.annotator(c.Model, c.Actors)
	if err != nil {
		return err
	}
	return c.with(a, func(a *app, l *ledger.Ledger) error { return c.check(a, l, annotator) })
}

func (c *checkCmd) check(a *app, l *ledger.Ledger, annotator *annotate.Annotator) error {
	var all []quotation
	for doc, err := range a.documents(c.File, read.Options{}) {
		if err != nil {
			return err
		}
		statements, _ := annotator.Annotate(doc)
		some, err := lookUp(a, l, doc, statements)
		if err != nil {
			return err
		}
		all = append(all, some...)
	}
	if len(all) == 0 {
		return fmt.Errorf("%s: no quotation: %w", c.File, errNothing)
	}
	if err := c.show(a, all); err != nil {
		return err
	}
	if slices.ContainsFunc(all, func(q quotation) bool { return q.fate != verbatim && q.fate != trimmed }) {
		return errReported
	}
	return nil
}

// lookUp finds the quotations of a report and what the ledger has of them.
func lookUp(a *app, l *ledger.Ledger, doc *hearsay.Document, statements []hearsay.Statement) ([]quotation, error) {
	undated := *doc
	undated.Published = time.Time{}
	var all []quotation
	var sought []compare.Said
	for _, s := range outermost(statements) {
		when := *s
		when.When = nil
		said := compare.Of(&undated, &when)
		all, sought = append(all, quotation{doc: doc, statement: s, said: said}), append(sought, said)
	}
	found, err := l.Alike(a.ctx, sought, doc.ID)
	if err != nil {
		return nil, err
	}
	for i := range all {
		all[i].found = found[i]
	}
	if err := lookUpMarks(a, l, &undated, all); err != nil {
		return nil, err
	}
	for i := range all {
		all[i].fate = all[i].judge()
	}
	return all, nil
}

// lookUpMarks looks up the words in marks alone, where the ledger has nothing of the
// whole statement.
func lookUpMarks(a *app, l *ledger.Ledger, doc *hearsay.Document, all []quotation) error {
	var missing []*quotation
	var sought []compare.Said
	for i := range all {
		q := &all[i]
		if len(q.found) > 0 || q.statement.Quoting != hearsay.Mixed {
			continue
		}
		s := *q.statement
		s.When, s.Content, s.Quoting = nil, nil, hearsay.Direct
		for _, piece := range q.statement.Content {
			words := piece.In(doc.Text)
			if parts := inMarks(words); parts[0].Start > 0 {
				for _, p := range parts {
					s.Content = append(s.Content, hearsay.Span{Start: piece.Start + p.Start, End: piece.Start + p.End})
				}
			}
		}
		if len(s.Content) > 0 {
			missing, sought = append(missing, q), append(sought, compare.Of(doc, &s))
		}
	}
	if len(missing) == 0 {
		return nil
	}
	found, err := l.Alike(a.ctx, sought, doc.ID)
	for i := range found {
		if missing[i].found = found[i]; len(found[i]) > 0 {
			missing[i].said = sought[i]
		}
	}
	return err
}

// outermost returns the statements in quotation marks, or partly so, that do not
// lie in others.
func outermost(statements []hearsay.Statement) []*hearsay.Statement {
	type piece struct {
		hearsay.Span
		of int
	}
	var pieces []piece
	for i := range statements {
		if q := statements[i].Quoting; q == hearsay.Direct || q == hearsay.Mixed {
			for _, p := range statements[i].Content {
				pieces = append(pieces, piece{p, i})
			}
		}
	}
	slices.SortStableFunc(pieces, func(a, b piece) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return b.End - a.End
	})
	free, end, owner := map[int]bool{}, -1, -1
	for _, p := range pieces {
		if p.End > end || p.of == owner {
			free[p.of] = true
		}
		if p.End > end {
			end, owner = p.End, p.of
		}
	}
	var out []*hearsay.Statement
	for i := range statements {
		if free[i] {
			out = append(out, &statements[i])
		}
	}
	return out
}

// judge says what became of the words of the best statement that was found.
func (q *quotation) judge() fate {
	if len(q.found) == 0 {
		return unknownWords
	}
	v := &q.found[0].Verdict
	has := func(k compare.ChangeKind) bool {
		return slices.ContainsFunc(v.Changes, func(c compare.Change) bool { return c.Kind == k })
	}
	stands := q.stands(q.found[0].Text)
	switch {
	case has(compare.SpeakerChanged):
		return wrongSpeaker
	case len(v.Changes) > 0 && !slices.ContainsFunc(v.Changes, func(c compare.Change) bool { return c.Kind != compare.Joined }):
		return joinedUp
	case v.Relation == compare.Same:
		return verbatim
	case v.Relation == compare.Trimmed, stands && q.statement.Quoting == hearsay.Direct:
		return trimmed
	case stands && v.Relation == compare.Reworded: // outside the marks
		return verbatim
	}
	return altered
}

// stands reports whether all words in quotation marks stand in a text, in a row.
func (q *quotation) stands(text string) bool {
	text = " " + strings.Join(foldedWords(text), " ") + " "
	for _, part := range inMarks(q.said.Text) {
		if !strings.Contains(text, " "+strings.Join(foldedWords(part.In(q.said.Text)), " ")+" ") {
			return false
		}
	}
	return true
}

func foldedWords(text string) []string {
	out := strings.FieldsFunc(text, func(r rune) bool { return !isWordRune(r) })
	for i := range out {
		out[i] = foldWord(out[i])
	}
	return out
}

// inMarks returns where the parts of a text stand that are in quotation marks, all
// of it where there are none.
func inMarks(text string) []hearsay.Span {
	for _, marks := range [][2]string{{"“", "”"}, {"\"", "\""}, {"«", "»"}, {"‘", "’"}} {
		var out []hearsay.Span
		for at := 0; ; {
			from := strings.Index(text[at:], marks[0])
			if from < 0 {
				break
			}
			from += at + len(marks[0])
			end := strings.Index(text[from:], marks[1])
			if marks[1] == "’" { // an apostrophe is no end
				end = strings.LastIndex(text[from:], marks[1])
			}
			if end < 0 {
				end = len(text) - from
			}
			out = append(out, hearsay.Span{Start: from, End: from + end})
			at = min(len(text), from+end+len(marks[1]))
		}
		if len(out) > 0 {
			return out
		}
	}
	return []hearsay.Span{{End: len(text)}}
}

// show prints the quotations in the order of the draft.
func (c *checkCmd) show(a *app, all []quotation) error {
	return c.print(a, outcome{
		json: func() ([]any, error) {
			var lines []any
			for i := range all {
				j, err := all[i].json()
				if err != nil {
					return nil, err
				}
				lines = append(lines, j)
			}
			return lines, nil
		},
		table: func() *listing {
			list := &listing{head: []string{"status", "speaker", "quotation", "difference", "changes", "id", "published", "outlet", "said_by", "record", "url"}}
			for i := range all {
				list.add(nil, all[i].row()...)
			}
			return list
		},
		page: func(b *bytes.Buffer, s screen) { newFindings(b, s, "").quotations(all) },
	})
}

// quotations prints them and their sums.
func (f *findings) quotations(all []quotation) {
	count := map[fate]int{}
	for i := range all {
		count[all[i].fate]++
		f.quotation(&all[i])
	}
	var sums []string
	for _, became := range []fate{verbatim, trimmed, altered, joinedUp, wrongSpeaker, unknownWords} {
		if count[became] > 0 {
			sums = append(sums, fmt.Sprintf("%d %s", count[became], became.words()))
		}
	}
	f.line(bold, counted(len(all), "quotation")+": "+strings.Join(sums, ", "))
}

func speakerOf(q *quotation) string {
	switch m := q.statement.Speaker; {
	case m == nil:
		return "nobody named"
	case m.Name != "":
		return oneLine(m.Name)
	default:
		return oneLine(m.In(q.doc.Text))
	}
}

// quotation prints a quotation of the draft, and where the ledger has it.
func (f *findings) quotation(q *quotation) {
	st := plain
	if q.fate != verbatim && q.fate != trimmed {
		st = cueColor | bold
	}
	f.put(st, q.fate.words())
	f.put(faint, " · "+speakerOf(q))
	f.newline()
	if len(q.found) == 0 {
		f.flow([]words{{contentColor, beginning(q.said.Text, mostContent)}}, "    ", "    ")
		f.newline()
		return
	}
	v := &q.found[0]
	switch {
	case q.fate == verbatim:
		f.flow([]words{{contentColor, beginning(q.said.Text, mostContent)}}, "    ", "    ")
	default:
		f.flow(difference(v.Text, q.said.Text, v.Verdict.Edits, f.colored), "    ", "    ")
	}
	if changes := changesIn(&v.Verdict, v.Text, q.said.Text); len(changes) > 0 && q.fate != trimmed {
		f.flow([]words{{faint, joined(changes)}}, "    ", "    ")
	}
	f.put(faint, "    in the ledger: ")
	f.head(&v.Record)
	f.newline()
	f.newline()
}

func (q *quotation) row() []string {
	row := []string{string(q.fate), speakerOf(q), q.said.Text, "", "", "", "", "", "", "", ""}
	if len(q.found) > 0 {
		v := &q.found[0]
		copy(row[3:], []string{
			written(difference(v.Text, q.said.Text, v.Verdict.Edits, false)), strings.Join(changesIn(&v.Verdict, v.Text, q.said.Text), " | "),
			v.ID, dateOr(&v.Record, ""), v.Report.Outlet, recordSpeaker(&v.Record), recordText(&v.Record), v.Report.URL,
		})
	}
	return row
}

// quotationJSON is a quotation of a draft.
type quotationJSON struct {
	Format  int             `json:"hearsay"`
	File    string          `json:"file"`
	Record  int             `json:"record"`
	Status  fate            `json:"status"`
	Speaker string          `json:"speaker,omitempty"`
	Quoting hearsay.Quoting `json:"quoting"`
	Content []*rangeJSON    `json:"content"`
	Text    string          `json:"text"`
	Found   []variantJSON   `json:"found,omitempty"`
}

func (q *quotation) json() (*quotationJSON, error) {
	j := &quotationJSON{Format: 1, File: q.doc.File, Record: q.doc.Record, Status: q.fate, Quoting: q.statement.Quoting, Text: q.said.Text}
	if q.statement.Speaker != nil {
		j.Speaker = q.statement.Speaker.Name
	}
	text := points{text: q.doc.Text}
	for _, piece := range q.statement.Content {
		j.Content = append(j.Content, text.span(piece))
	}
	for i := range q.found {
		v, err := variantOf(&q.found[i])
		if err != nil {
			return nil, err
		}
		v.Changes, v.Edits = verdictOf(&q.found[i].Verdict, v.Text, q.said.Text)
		j.Found = append(j.Found, v)
	}
	return j, nil
}
