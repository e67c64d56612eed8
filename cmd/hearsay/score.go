package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"hearsay"
	"hearsay/annotate"
	"hearsay/internal/mark"
	"hearsay/internal/score"
	"hearsay/read"
)

// scoreCmd measures what is found in texts against what people marked there.
type scoreCmd struct {
	Corpus string `required:"" enum:"polnear,report,records" placeholder:"KIND" help:"What PATH is: polnear, a folder of the corpus PolNeAR; report, a gold file of one report; or records, a folder of reports in which every field is marked."`
	JSON   bool   `name:"json" xor:"form" help:"One JSON object, on one line; docs/json.md lists the fields."`
	Misses bool   `xor:"form" help:"Before the figures, every statement missed and every one too many, in marked notation."`
	Model  string `default:"fast" placeholder:"MODEL" help:"The model that finds statements: fast (the default), accurate or the file of an accurate one."`
	Actors string `placeholder:"FILE" help:"A table of offices, of who held which from when to when, that is added to the built-in one and wins over it; docs/cli.md has the form."`
	Path   string `arg:"" name:"path" help:"The folder of the corpus, or of a part of it (dev is taken where there is one); or the gold file."`
}

// Help is the part of the command's help under its first line.
func (scoreCmd) Help() string {
	return `The figures are precision, recall and F1 by role and by class, with bounds that hold 95 % of resamples of the articles, and Krippendorff's alpha by token. Beside them stands how far people agree with each other.

Examples:

    hearsay score --corpus polnear corpora/polnear
    hearsay score --corpus polnear --json corpora/polnear/train | jq '.alpha'
    hearsay score --corpus report --misses summit.gold.json
    hearsay score --corpus records corpus/reports/held

Exit status: 0 done, 1 something could not be read, 2 wrong usage.`
}

// Run reads the corpus, looks for statements in its texts and prints how far
// they are those that people marked.
func (c *scoreCmd) Run(a *app) error {
	annotator, err := a.annotator(c.Model, c.Actors)
	if err != nil {
		return err
	}
	switch c.Corpus {
	case "report":
		return c.report(a, annotator)
	case "records":
		return c.records(a, annotator)
	}
	dir := c.Path
	if dev := filepath.Join(dir, "dev"); isDir(dev) {
		dir = dev
	}
	articles, err := score.PolNeAR(dir)
	if err != nil {
		return err
	}
	a.talk.begin(len(articles))
	found := make([][]score.Attribution, len(articles))
	failed := false
	for i, article := range articles {
		doc, err := a.document(article.Name, article.Text, read.Options{})
		if a.ctx.Err() != nil {
			return a.ctx.Err()
		}
		if err != nil {
			a.complain(err)
			failed = true
			continue
		}
		found[i] = score.Attributions(doc, score.Outermost(annotator.Statements(doc)))
		a.talk.report()
	}
	if c.Misses {
		if err := a.misses(articles, found); err != nil {
			return err
		}
	}
	if err := c.print(a, score.Compare(articles, found)); err != nil {
		return err
	}
	if failed {
		return errReported
	}
	return nil
}

// report measures one report against its gold file.
func (c *scoreCmd) report(a *app, annotator *annotate.Annotator) error {
	gold, err := score.ReadGold(c.Path)
	if err != nil {
		return err
	}
	opt := read.Options{Outlet: gold.Outlet}
	if gold.Published != "" {
		if opt.Published, err = time.Parse(time.DateOnly, gold.Published); err != nil {
			return fmt.Errorf("%s: published: %w", c.Path, err)
		}
	}
	a.talk.begin(1)
	doc, err := a.document(gold.File, gold.Text, opt)
	if err != nil {
		return err
	}
	statements := annotator.Statements(doc)
	result := gold.Compare(doc, statements)
	if c.Misses {
		if err := a.goldMisses(gold, doc, statements, result); err != nil {
			return err
		}
	}
	return c.print(a, result)
}

// records measures all fields over a folder of reports.
func (c *scoreCmd) records(a *app, annotator *annotate.Annotator) error {
	records, err := score.ReadRecords(c.Path)
	if err != nil {
		return err
	}
	a.talk.begin(len(records))
	fields := score.NewFields()
	for i := range records {
		r := &records[i]
		doc, err := a.document(r.Name, r.Text, read.Options{Outlet: r.Outlet, Published: r.Published})
		if err != nil {
			return err
		}
		statements, events := annotator.Annotate(doc)
		fields.Add(r, doc, statements, events)
		a.talk.report()
	}
	if c.Misses {
		if err := a.printLines(strings.Join(fields.Misses(), "\n")); err != nil {
			return err
		}
	}
	return c.print(a, fields)
}

// document reads the only report of a text that has been read from its file.
func (a *app) document(name, text string, opt read.Options) (doc *hearsay.Document, err error) {
	in := read.Input{Name: name, Body: a.talk.watch(strings.NewReader(text), int64(len(text))), Type: "text/plain; charset=utf-8"}
	for doc, err = range read.Documents(a.ctx, in, opt) {
		return doc, err
	}
	return nil, fmt.Errorf("%s: no report in it", name)
}

// figures are what the ways of measuring come to.
type figures interface {
	WriteJSON(w io.Writer) error
	WriteTable(w io.Writer) error
}

func (c *scoreCmd) print(a *app, f figures) error {
	write := f.WriteTable
	if c.JSON {
		write = f.WriteJSON
	}
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return err
	}
	return a.print(b.Bytes())
}

// misses prints what was missed in each article, and what was too many.
func (a *app) misses(articles []score.Article, found [][]score.Attribution) error {
	var b strings.Builder
	for i, article := range articles {
		for _, m := range score.Misses(article, found[i]) {
			word := "missed"
			if m.Extra {
				word = "extra"
			}
			fmt.Fprintf(&b, "%s: %s %s, %s: %s\n", article.Name, word, m.Class, m.Lacks, excerpt(article.Text, m.Attribution))
		}
	}
	return a.printLines(b.String())
}

// goldMisses prints the statements of the gold file that were not found, or not
// with the right speaker, and those found that are not in it.
func (a *app) goldMisses(gold *score.Gold, doc *hearsay.Document, statements []hearsay.Statement, r score.GoldReport) error {
	var b strings.Builder
	name := func(i int) string {
		if statements[i].Speaker == nil {
			return "nobody"
		}
		return fmt.Sprintf("%q", statements[i].Speaker.Name)
	}
	for _, o := range r.Outcomes {
		switch {
		case o.Found < 0:
			fmt.Fprintf(&b, "missed: statement %d, %s: %s\n", o.ID, o.Name, excerpt(gold.Text, o.Attribution))
		case !o.ByName && !o.BySpan:
			fmt.Fprintf(&b, "speaker: statement %d, %s, not %s: %s\n", o.ID, o.Name, name(o.Found), excerpt(gold.Text, o.Attribution))
		}
	}
	found := score.Attributions(doc, statements)
	for _, i := range r.Extra {
		fmt.Fprintf(&b, "extra: %s: %s\n", name(i), excerpt(gold.Text, found[i]))
	}
	return a.printLines(b.String())
}

// printLines prints text and an empty line after it, if there is any.
func (a *app) printLines(text string) error {
	if text == "" {
		return nil
	}
	if a.screen().terminal {
		text = printable(text)
	}
	return a.print([]byte(text + "\n"))
}

// excerpt returns the paragraphs that an attribution stands in, on one line, in
// marked notation.
func excerpt(text string, at score.Attribution) string {
	start, end := len(text), 0
	var marks []mark.Mark
	for i, spans := range [][]hearsay.Span{at.Speaker, at.Cue, at.Content} {
		for _, s := range spans {
			start, end = min(start, s.Start), max(end, s.End)
			marks = append(marks, mark.Mark{Role: "SVC"[i], Number: 1, Span: s})
		}
	}
	if len(marks) == 0 {
		return ""
	}
	start = strings.LastIndexByte(text[:start], '\n') + 1
	if n := strings.IndexByte(text[end:], '\n'); n >= 0 {
		end += n
	} else {
		end = len(text)
	}
	for i := range marks {
		marks[i].Start -= start
		marks[i].End -= start
	}
	lines := strings.FieldsFunc(mark.Print(text[start:end], marks), func(r rune) bool { return r == '\n' || r == '\r' })
	return strings.Join(lines, " ¶ ")
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
