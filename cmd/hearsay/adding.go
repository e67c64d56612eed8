package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"

	"hearsay"
	"hearsay/annotate"
	"hearsay/ledger"
	"hearsay/read"
)

// adding is reports on their way into the ledger, and what has come of them.
type adding struct {
	app       *app
	ledger    *ledger.Ledger
	annotator *annotate.Annotator
	read      read.Options
	basis     string         // all that reports depend on but the name and the bytes of their input
	taken     []ledger.Taken // to be noted
	left      atomic.Int64   // pages not fetched: more than the limit

	Format int `json:"hearsay"`
	tally
	Others   int       `json:"others"`
	Left     int       `json:"left,omitempty"` // left, at the end
	Problems []problem `json:"problems,omitempty"`
}

// A tally is what came of reports.
type tally struct {
	New        int `json:"new"`
	Versions   int `json:"versions"` // of the new ones: another version of their article is there
	Known      int `json:"known"`
	Replaced   int `json:"replaced"`
	Removed    int `json:"removed"`
	Statements int `json:"statements"` // of those new or replaced
}

// reports counts the reports for people.
func (t tally) reports() string {
	parts := []string{cmp.Or(counted(t.New, "new report"), "no new report")}
	for _, more := range []struct {
		n    int
		what string
	}{
		{t.Versions, "of them versions of articles that are there"}, {t.Known, "known before"}, {t.Replaced, "replaced by a better one"}, {t.Removed, "removed before"},
	} {
		if more.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", more.n, more.what))
		}
	}
	return joined(parts)
}

// words counts reports and statements for people.
func (t tally) words() string {
	return joined([]string{t.reports(), counted(t.Statements, "statement")})
}

// A problem is what could not be added, and why.
type problem struct {
	File   string `json:"file,omitempty"`
	Record int    `json:"record"` // -1 for all of the file
	Byte   int64  `json:"byte"`
	Reason string `json:"reason"`
}

// A batch is the reports of one file, page or feed.
type batch struct {
	sent  int                     // by whoever reads; known when the last has arrived
	known int                     // not sent: the ledger has them
	into  *tally                  // counts them, too; nil for nobody
	end   func(refused int) error // when all are kept; nil for nothing

	kept, refused int
	ended         bool
}

// An arrival is a report that was read, or the error instead of it, or the end
// of a batch.
type arrival struct {
	batch      *batch
	last       bool
	doc        *hearsay.Document
	settled    ledger.Added // nothing has to be annotated or kept: why
	statements []hearsay.Statement
	events     []hearsay.Event
	err        error // it could not be read
	broken     error // the ledger cannot be asked
}

// adding opens the ledger to add to it. Whoever asked for it closes it.
func (a *app) adding(db ledgerFlag, model, actors string, opt read.Options) (*adding, error) {
	annotator, err := a.annotator(model, actors)
	if err != nil {
		return nil, err
	}
	basis, err := basisOf(model, actors, opt)
	if err != nil {
		return nil, err
	}
	name, err := db.name(a)
	if err != nil {
		return nil, err
	}
	l, err := a.ledger(name, annotatorVersion(model))
	if err != nil {
		return nil, err
	}
	return &adding{Format: 1, app: a, ledger: l, annotator: annotator, read: opt, basis: basis}, nil
}

// jobs is how many reports are read at once where the user does not say.
func jobs(asked int) int {
	if asked > 0 {
		return asked
	}
	return runtime.GOMAXPROCS(0)
}

// run annotates with so many hands what is brought, and keeps it: the ledger
// has one writer.
func (r *adding) run(hands int, bring func(ctx context.Context, to chan<- arrival)) error {
	ctx, stop := context.WithCancel(r.app.ctx)
	defer stop()
	docs, done := make(chan arrival, hands), newQueue()
	go func() {
		defer close(docs)
		bring(ctx, docs)
	}()
	crew(hands, func() { r.annotate(ctx, docs, done) }, func() { close(done.reports) })
	return errors.Join(r.keepAll(ctx, done), r.note(0))
}

func (r *adding) keepAll(ctx context.Context, done *queue) error {
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

// send sends one report of a batch, or the error instead of it.
func (b *batch) send(ctx context.Context, to chan<- arrival, doc *hearsay.Document, err error) bool {
	b.sent++
	return send(ctx, to, arrival{batch: b, doc: doc, err: err})
}

// close says that all of a batch was sent.
func (b *batch) close(ctx context.Context, to chan<- arrival) {
	send(ctx, to, arrival{batch: b, last: true})
}

// annotate finds the statements, unless the ledger has the report already.
func (r *adding) annotate(ctx context.Context, docs <-chan arrival, done *queue) {
	for x := range docs {
		if x.doc != nil {
			x.settled, x.broken = r.ledger.Settled(ctx, x.doc)
		}
		if x.doc != nil && x.settled == "" && x.broken == nil {
			x.statements, x.events = r.annotator.Annotate(x.doc)
		}
		if !done.put(ctx, x) {
			return
		}
	}
}

// keep takes in one arrival. The error is that of a ledger that takes no more.
func (r *adding) keep(x arrival) error {
	b := x.batch
	if x.broken != nil {
		return x.broken
	}
	if x.last {
		b.ended = true
		r.count(b, tally{Known: b.known})
	} else {
		came, err := r.keepOne(x)
		if err != nil {
			return err
		}
		b.kept++
		r.count(b, came)
	}
	if b.ended && b.kept == b.sent && b.end != nil {
		return b.end(b.refused)
	}
	return nil
}

// keepOne puts one report into the ledger, and says what came of it.
func (r *adding) keepOne(x arrival) (came tally, err error) {
	added := x.settled
	if x.err != nil {
		x.batch.refused++
		r.problem(x.err)
		return came, nil
	}
	if added == "" {
		added, err = r.ledger.Add(r.app.ctx, x.doc, x.statements, x.events)
		var refused *ledger.Refused
		if errors.As(err, &refused) {
			x.batch.refused++
			r.problem(&read.Error{Name: x.doc.File, Record: x.doc.Record, Err: refused.Err})
			return came, nil
		} else if added == "" { // else it is kept, and the indexes will be made later
			return came, fmt.Errorf("%s: record %d: %w", x.doc.File, x.doc.Record, err)
		}
	}
	switch added {
	case ledger.Fresh:
		came.New = 1
		versions, err := r.ledger.Versions(r.app.ctx, x.doc)
		if err != nil && r.app.ctx.Err() == nil {
			return came, err
		}
		if len(versions) > 1 {
			came.Versions = 1
		}
	case ledger.Better:
		came.Replaced = 1
	case ledger.Known:
		came.Known = 1
	case ledger.Barred:
		came.Removed = 1
	}
	if added == ledger.Fresh || added == ledger.Better {
		came.Statements = len(x.statements)
	}
	r.app.talk.added(len(x.statements))
	return came, nil
}

// count counts what came of a report for all and for its batch.
func (r *adding) count(b *batch, came tally) {
	for _, t := range []*tally{&r.tally, b.into} {
		if t != nil {
			t.New += came.New
			t.Versions += came.Versions
			t.Known += came.Known
			t.Replaced += came.Replaced
			t.Removed += came.Removed
			t.Statements += came.Statements
		}
	}
}

// bring reads all files and fetches all addresses of a walk.
func (r *adding) bring(ctx context.Context, w walk, hands, limit int, to chan<- arrival) {
	told := &batch{}
	for _, err := range w.errs {
		told.send(ctx, to, nil, err)
	}
	r.app.talk.beginAdding(len(w.files)+len(w.online), w.bytes)
	files := make(chan string)
	go func() {
		defer close(files)
		for _, f := range w.files {
			if !send(ctx, files, f) {
				return
			}
		}
	}()
	var all sync.WaitGroup
	for range min(hands, len(w.files)) {
		all.Go(func() {
			for f := range files {
				r.file(ctx, f, to)
			}
		})
	}
	r.visitAll(ctx, w.online, limit, to)
	all.Wait()
}
