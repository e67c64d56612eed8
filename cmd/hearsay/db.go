package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"hearsay/annotate"
	"hearsay/ledger"
)

// ledgerFlag is the flag of every command that needs a ledger.
type ledgerFlag struct {
	DB string `name:"db" placeholder:"NAME" help:"The ledger: a file, or a PostgreSQL database as postgres://USER@HOST/NAME. Without it, hearsay.db in your data folder."`
}

// ledgerFile is the name of the ledger in the user's data folder.
const ledgerFile = "hearsay.db"

// errNothing ends a command that did what it was asked to and found nothing.
var errNothing = errors.New("nothing found")

// open opens the ledger that is there. A file that is not there is an error: to
// ask for something makes no ledger.
func (f ledgerFlag) open(a *app) (*ledger.Ledger, error) {
	name, err := f.name(a)
	if err != nil {
		return nil, err
	}
	if !ledger.IsPostgres(name) {
		if _, err := os.Stat(name); errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("%s: there is no ledger; hearsay add makes one", name)
		}
	}
	return a.ledger(name, annotatorVersion("fast"))
}

// with opens the ledger that is there, has it used and closes it.
func (f ledgerFlag) with(a *app, use func(*app, *ledger.Ledger) error) error {
	l, err := f.open(a)
	if err != nil {
		return err
	}
	return errors.Join(use(a, l), l.Close())
}

// withStatement does the same with a statement of it, told by its ID or the beginning
// of that.
func (f ledgerFlag) withStatement(a *app, id string, use func(a *app, l *ledger.Ledger, id string) error) error {
	return f.with(a, func(a *app, l *ledger.Ledger) error {
		id, err := l.StatementID(a.ctx, id)
		if err != nil {
			return err
		}
		return use(a, l, id)
	})
}

// name is the name of the ledger: the flag, else the file in the data folder.
func (f ledgerFlag) name(a *app) (string, error) {
	if f.DB != "" {
		return f.DB, nil
	}
	return a.dataFile(ledgerFile)
}

// ledger opens a ledger, and makes what is not there. Whoever asked for it
// closes it; until then an interrupt does not end the program at once.
func (a *app) ledger(name string, version int) (*ledger.Ledger, error) {
	l, err := ledger.Open(a.ctx, name, ledger.Options{Version: version})
	if err == nil {
		a.patient.Store(true)
	}
	return l, err
}

// annotatorVersion is what a ledger keeps as the version of the annotator: a
// higher one is better, and of one version the accurate model is.
func annotatorVersion(model string) int {
	if model == "fast" {
		return 2 * annotate.Version
	}
	return 2*annotate.Version + 1
}
