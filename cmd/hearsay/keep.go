package main

import (
	"fmt"

	"hearsay"
	"hearsay/ledger"
)

// backupCmd copies a ledger.
type backupCmd struct {
	ledgerFlag
	File string `arg:"" help:"The copy; it must not be there yet."`
}

// Help is the part of the command's help under its first line.
func (backupCmd) Help() string {
	return `Writes a copy of the ledger to a new file, while others may go on adding; the copy is of one moment. It is a ledger itself: --db can name it. The copy is compared with the ledger before it gets its name.

Examples:

    hearsay backup monday.db
    hearsay backup --db postgres://news@db.example/news monday.db

Exit status: 0 done, 1 something failed, 2 wrong usage.`
}

// Run makes the copy.
func (c *backupCmd) Run(a *app) error {
	return c.with(a, func(a *app, l *ledger.Ledger) error { return l.Backup(a.ctx, c.File) })
}

// restoreCmd makes a ledger of a copy.
type restoreCmd struct {
	File string `arg:"" help:"The copy."`
	Into string `required:"" placeholder:"NAME" help:"The new ledger: a file that is not there yet, or an empty PostgreSQL database."`
}

// Help is the part of the command's help under its first line.
func (restoreCmd) Help() string {
	return `Makes a ledger of a copy that hearsay backup wrote. A damaged copy is refused, and a ledger that has reports is never written over.

Examples:

    hearsay restore monday.db --into news.db
    hearsay restore monday.db --into postgres://news@db.example/news

Exit status: 0 done, 1 something failed, 2 wrong usage.`
}

// Run makes it.
func (c *restoreCmd) Run(a *app) error {
	a.patient.Store(true)
	return ledger.Restore(a.ctx, c.File, c.Into)
}

// redoCmd annotates again.
type redoCmd struct {
	ledgerFlag
	JSON   bool   `name:"json" help:"What came of it as one JSON object."`
	Model  string `default:"fast" placeholder:"MODEL" help:"The model that finds statements, as for hearsay read."`
	Actors string `placeholder:"FILE" help:"A table of offices of your own, as for hearsay read."`
	Index  bool   `help:"Build the indexes again, too."`
}

// Help is the part of the command's help under its first line.
func (redoCmd) Help() string {
	return `Finds the statements anew, in the reports whose statements an older version of hearsay found, or the fast model where --model names an accurate one. A statement that is found again keeps its ID. It may be interrupted: the next run goes on.

Examples:

    hearsay redo
    hearsay redo --db news.db --model accurate

Exit status: 0 done, 1 something failed, 2 wrong usage, 130 interrupted.`
}

// redoneJSON is what redo prints as JSON.
type redoneJSON struct {
	Format  int `json:"hearsay"`
	Reports int `json:"reports"`
	Same    int `json:"same"`
	Changed int `json:"changed"`
	New     int `json:"new"`
	Gone    int `json:"gone"`
}

// Run does it.
func (c *redoCmd) Run(a *app) error {
	annotator, err := a.annotator(c.Model, c.Actors)
	if err != nil {
		return err
	}
	var done ledger.Redone
	err = c.with(a, func(a *app, l *ledger.Ledger) (err error) {
		a.talk.begin(0)
		done, err = l.Redo(a.ctx, annotatorVersion(c.Model), func(d *hearsay.Document) ([]hearsay.Statement, []hearsay.Event) {
			a.talk.report()
			return annotator.Annotate(d)
		})
		if err == nil && c.Index {
			err = l.Rebuild(a.ctx)
		}
		return err
	})
	if err != nil {
		return err
	}
	if c.JSON {
		return a.asJSON(redoneJSON{1, done.Reports, done.Same, done.Changed, done.New, done.Gone})
	}
	return a.print(fmt.Appendf(nil, "%d reports done anew; statements: %d the same, %d changed, %d new, %d gone\n",
		done.Reports, done.Same, done.Changed, done.New, done.Gone))
}

// removeCmd takes a report out.
type removeCmd struct {
	ledgerFlag
	ID     string `arg:"" name:"id" help:"The report, or the beginning of its ID."`
	Reason string `required:"" placeholder:"TEXT" help:"Why; it is kept."`
}

// Help is the part of the command's help under its first line.
func (removeCmd) Help() string {
	return `Takes a report out of the ledger, its statements and its original bytes with it. Its ID and the reason stay, and it is not added again. A copy made before still has it.

Examples:

    hearsay remove 1c7f0b668c --reason "withdrawn by the outlet"

Exit status: 0 done, 1 something failed, 2 wrong usage, 3 there is no such report.`
}

// Run takes it out.
func (c *removeCmd) Run(a *app) error {
	return c.with(a, func(a *app, l *ledger.Ledger) error {
		id, err := l.ReportID(a.ctx, c.ID)
		if err != nil {
			return err
		}
		return l.Remove(a.ctx, id, c.Reason)
	})
}
