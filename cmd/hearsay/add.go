package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"

	"hearsay"
	"hearsay/annotate"
	"hearsay/ledger"
	"hearsay/read"
)

// addCmd puts reports into the ledger.
type addCmd struct {
	ledgerFlag
	JSON      bool     `name:"json" help:"What came of it as one JSON object."`
	Published day      `placeholder:"DATE" help:"The day of publication, where the reports do not state it or state it wrongly."`
	Outlet    string   `placeholder:"NAME" help:"Who published the reports."`
	URL       string   `name:"url" placeholder:"URL" help:"Where the report was published."`
	Model     string   `default:"fast" placeholder:"MODEL" help:"The model that finds statements, as for hearsay read."`
	Actors    string   `placeholder:"FILE" help:"A table of offices of your own, as for hearsay read."`
	Jobs      int      `placeholder:"N" help:"How many reports are read at the same time. Without it, one for each core."`
	Paths     []string `arg:"" name:"path" help:"Files of reports, and folders of such files; - is standard input."`
}

// Help is the part of the command's help under its first line.
func (addCmd) Help() string {
	return `What hearsay read can read can be added. From a folder, and the folders in it, are taken the files whose names end as those of reports do (.txt, .html, .json, .jsonl, .warc ..., also with .gz or .zst behind); links in it are not followed, names that begin with a dot are left out.

A report is kept once, however often it is added: the same command again adds what is new, and goes on where it was stopped. What cannot be read is told and left out.

Examples:

    hearsay add report.txt
    hearsay add --outlet "Harbour Gazette" --published 2026-03-04 page.html
    hearsay add --db demo.db examples
    hearsay add --db postgres://news@db.example/news archive/2024
    curl -s https://example.org/story | hearsay add --url https://example.org/story -

Exit status: 0 every report is in the ledger, 1 at least one could not be read or kept (the others are in), 2 wrong usage, 130 interrupted (what was added before is in).`
}

// Run adds all reports of all paths.
func (c *addCmd) Run(a *app) error {
	annotator, err := a.annotator(c.Model, c.Actors)
	if err != nil {
		return err
	}
	name, err := c.name(a)
	if err != nil {
		return err
	}
	l, err := a.ledger(name, annotatorVersion(c.Model))
	if err != nil {
		return err
	}
	r := &adding{Format: 1, app: a, ledger: l, annotator: annotator}
	err = r.all(walkAll(c.Paths), read.Options{Published: c.Published.Time, Outlet: c.Outlet, URL: c.URL}, jobs(c.Jobs))
	if failed := l.Close(); err == nil {
		err = failed
	}
	if told := a.print(r.summary(c.JSON)); err == nil {
		err = told
	}
	switch {
	case err != nil:
		return err
	case a.ctx.Err() != nil:
		return a.ctx.Err()
	case len(r.Problems) > 0:
		return errReported
	}
	return nil
}

// adding is reports on their way into the ledger, and what has come of them.
type adding struct {
	app       *app
	ledger    *ledger.Ledger
	annotator *annotate.Annotator

	Format     int       `json:"hearsay"`
	New        int       `json:"new"`
	Versions   int       `json:"versions"` // of the new ones: another version of their article is there
	Known      int       `json:"known"`
	Replaced   int       `json:"replaced"`
	Removed    int       `json:"removed"`
	Statements int       `json:"statements"` // of those new or replaced
	Others     int       `json:"others"`
	Problems   []problem `json:"problems,omitempty"`
}

// A problem is what could not be added, and why.
type problem struct {
	File   string `json:"file,omitempty"`
	Record int    `json:"record"` // -1 for all of the file
	Byte   int64  `json:"byte"`
	Reason string `json:"reason"`
}

// An arrival is a report that was read, or the error instead of it.
type arrival struct {
	doc        *hearsay.Document
	settled    ledger.Added // nothing has to be annotated or kept: why
	statements []hearsay.Statement
	events     []hearsay.Event
	err        error // it could not be read
	broken     error // the ledger cannot be asked
}

// jobs is how many reports are read at once where the user does not say.
func jobs(asked int) int {
	if asked > 0 {
		return asked
	}
	return runtime.GOMAXPROCS(0)
}

// all reads and annotates with so many hands and keeps what they bring: the
// ledger has one writer.
func (r *adding) all(w walk, opt read.Options, hands int) error {
	ctx, stop := context.WithCancel(r.app.ctx)
	defer stop()
	for _, err := range w.errs {
		r.problem(err)
	}
	r.Others = w.others
	r.app.talk.beginAdding(len(w.files), w.bytes)
	files, docs, done := make(chan string), make(chan arrival, hands), newQueue()
	go func() {
		defer close(files)
		for _, f := range w.files {
			if !send(ctx, files, f) {
				return
			}
		}
	}()
	crew(min(hands, max(len(w.files), 1)), func() { r.read(ctx, files, opt, docs) }, func() { close(docs) })
	crew(hands, func() { r.annotate(ctx, docs, done) }, func() { close(done.reports) })
	for {
		select {
		case <-ctx.Done():
			return nil
		case x, more := <-done.reports:
			if !more {
				return nil
			}
			done.taken(x)
			if err := r.keep(x); err != nil {
				return err
			}
		}
	}
}

// crew starts so many of one kind, and calls end when all have ended.
func crew(n int, work, end func()) {
	var all sync.WaitGroup
	for range n {
		all.Go(work)
	}
	go func() {
		all.Wait()
		end()
	}()
}

// send is false where nobody waits any more.
func send[T any](ctx context.Context, to chan<- T, x T) bool {
	select {
	case to <- x:
		return true
	case <-ctx.Done():
		return false
	}
}

func (r *adding) read(ctx context.Context, files <-chan string, opt read.Options, docs chan<- arrival) {
	for file := range files {
		for doc, err := range r.app.documents(file, opt) {
			if !send(ctx, docs, arrival{doc: doc, err: err}) {
				return
			}
		}
	}
}

// annotate finds the statements, unless the ledger has the report already.
func (r *adding) annotate(ctx context.Context, docs <-chan arrival, done *queue) {
	for x := range docs {
		if x.err == nil {
			x.settled, x.broken = r.ledger.Settled(ctx, x.doc)
		}
		if x.err == nil && x.settled == "" && x.broken == nil {
			x.statements, x.events = r.annotator.Annotate(x.doc)
		}
		if !done.put(ctx, x) {
			return
		}
	}
}

// keep puts one report into the ledger. The error is that of a ledger that
// takes no more.
func (r *adding) keep(x arrival) error {
	added := x.settled
	switch {
	case x.err != nil:
		r.problem(x.err)
		return nil
	case x.broken != nil:
		return x.broken
	case added == "":
		var err error
		added, err = r.ledger.Add(r.app.ctx, x.doc, x.statements, x.events)
		var refused *ledger.Refused
		if errors.As(err, &refused) {
			r.problem(&read.Error{Name: x.doc.File, Record: x.doc.Record, Err: refused.Err})
			return nil
		} else if added == "" { // else it is kept, and the indexes will be made later
			return fmt.Errorf("%s: record %d: %w", x.doc.File, x.doc.Record, err)
		}
	}
	switch added {
	case ledger.Fresh:
		r.New++
		versions, err := r.ledger.Versions(r.app.ctx, x.doc)
		if err != nil && r.app.ctx.Err() == nil {
			return err
		}
		if len(versions) > 1 {
			r.Versions++
		}
	case ledger.Better:
		r.Replaced++
	case ledger.Known:
		r.Known++
	case ledger.Barred:
		r.Removed++
	}
	if added == ledger.Fresh || added == ledger.Better {
		r.Statements += len(x.statements)
	}
	r.app.talk.added(len(x.statements))
	return nil
}

// problem tells of something that could not be added.
func (r *adding) problem(err error) {
	p := problem{Record: -1, Reason: err.Error()}
	var at *read.Error
	if errors.As(err, &at) {
		p = problem{at.Name, at.Record, at.Offset, at.Err.Error()}
	}
	r.Problems = append(r.Problems, p)
	r.app.complain(err)
}

// summary says what has come of all.
func (r *adding) summary(asJSON bool) []byte {
	if asJSON {
		line, _ := json.Marshal(r)
		return append(line, '\n')
	}
	parts := []string{cmp.Or(counted(r.New, "new report"), "no new report")}
	for _, more := range []struct {
		n    int
		what string
	}{
		{r.Versions, "of them versions of articles that are there"}, {r.Known, "known before"}, {r.Replaced, "replaced by a better one"}, {r.Removed, "removed before"},
		{len(r.Problems), "refused"}, {r.Others, "other files left out"},
	} {
		if more.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", more.n, more.what))
		}
	}
	if r.Statements > 0 {
		parts = append(parts, counted(r.Statements, "statement"))
	}
	return []byte(strings.Join(parts, " · ") + "\n")
}
