package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"hearsay"
	"hearsay/export"
	"hearsay/ledger"
)

// exportCmd writes statements in the formats of other programs.
type exportCmd struct {
	ledgerFlag
	queryFlags
	Form string `name:"format" required:"" placeholder:"FORMAT" enum:"csv,csv-raw,jsonl,claimreview,quotation,webannotation,citron,brat,parquet" help:"csv, csv-raw, jsonl, claimreview, quotation, webannotation, citron, brat or parquet."`
	Out  string `placeholder:"PATH" help:"The file to write, or for brat the folder; without it, standard output."`
}

// Help is the part of the command's help under its first line.
func (exportCmd) Help() string {
	text := "Writes all statements, or those that are asked for as in hearsay find, the newest report first. The formats:\n"
	for _, f := range export.Formats {
		text += fmt.Sprintf("\n    %-14s %s", f.Name, f.About)
	}
	return text + `

Examples:

    hearsay export --format csv --out statements.csv
    hearsay export --format claimreview --check could_not_verify
    hearsay export --format brat --outlet "The Eiklund Herald" --out herald
    hearsay export --format parquet --out statements.parquet

Exit status: 0 done, 1 something failed, 2 wrong usage, 3 nothing found.`
}

// Validate sees that the format fits where it goes.
func (c *exportCmd) Validate() error {
	if c.Form == "brat" && c.Out == "" {
		return errors.New("--format=brat needs a folder: --out=PATH")
	}
	return nil
}

// Run writes.
func (c *exportCmd) Run(a *app) error { return c.ask(a, c.ledgerFlag, c.export) }

func (c *exportCmd) export(a *app, l *ledger.Ledger, q ledger.Query) (err error) {
	e := exporting{app: a, ledger: l, query: q, talks: c.Out != ""}
	a.talk.begin(0)
	i := slices.IndexFunc(export.Formats, func(f export.Format) bool { return f.Name == c.Form })
	f := export.Formats[i]
	switch {
	case f.Files != nil:
		err = e.folder(c.Out, f)
	case c.Out != "":
		err = e.file(c.Out, f)
	case c.Form == "parquet" && a.screen().terminal:
		return errors.New("a Parquet file is nothing for a terminal: name a file with --out")
	default:
		err = e.write(a.answer(), f)
	}
	if err == nil && e.found == 0 {
		err = errNothing
	}
	return err
}

// exporting is statements on their way out of a ledger.
type exporting struct {
	app    *app
	ledger *ledger.Ledger
	query  ledger.Query
	talks  bool // progress does not get between what is printed
	found  int
}

func (e *exporting) write(w io.Writer, f export.Format) error {
	if f.Reports != nil {
		return f.Reports(w, e.reports)
	}
	return f.Records(w, e.records)
}

// file writes a file, which gets its name when it is whole. Where nothing is
// found there is none.
func (e *exporting) file(path string, f export.Format) error {
	part, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.part")
	if err != nil {
		return fmt.Errorf("%s: %w", path, reason(err))
	}
	defer os.Remove(part.Name())
	err = errors.Join(e.write(part, f), part.Chmod(0o644), part.Close())
	if err == nil && e.found > 0 {
		err = os.Rename(part.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", path, reason(err))
	}
	return nil
}

// folder writes files into a folder, which is made. Where nothing is found there is
// none.
func (e *exporting) folder(path string, f export.Format) error {
	return f.Files(func(name string) (io.WriteCloser, error) {
		if err := os.MkdirAll(path, 0o755); err != nil {
			return nil, fmt.Errorf("%s: %w", path, reason(err))
		}
		return os.Create(filepath.Join(path, name))
	}, e.reports)
}

// records are the statements that were asked for.
func (e *exporting) records(yield func(*hearsay.Record, error) bool) {
	for r, err := range e.ledger.Statements(e.app.ctx, e.query) {
		if err == nil {
			e.found++
			if e.talks {
				e.app.talk.counted(e.found)
			}
		}
		if !yield(r, err) {
			return
		}
	}
}

// reports are the reports of these statements, with them and no others.
func (e *exporting) reports(yield func(*export.Report, error) bool) {
	var id string
	wanted := map[string]bool{}
	send := func() bool {
		if id == "" {
			return true
		}
		r, err := e.ledger.Document(e.app.ctx, id)
		if errors.Is(err, ledger.ErrNotFound) { // removed meanwhile
			return true
		} else if err != nil {
			yield(nil, err)
			return false
		}
		r.Statements = slices.DeleteFunc(r.Statements, func(s hearsay.Statement) bool { return !wanted[s.ID] })
		return yield(&export.Report{Document: r.Document, Statements: r.Statements}, nil)
	}
	for r, err := range e.records {
		if err != nil {
			yield(nil, err)
			return
		}
		if r.Report.ID != id {
			if !send() {
				return
			}
			id = r.Report.ID
			clear(wanted)
		}
		wanted[r.ID] = true
	}
	send()
}
