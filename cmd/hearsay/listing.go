package main

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/alecthomas/kong"

	"hearsay/export"
)

// listFlags are the flags of every command that lists.
type listFlags struct {
	JSON bool    `name:"json" xor:"form" help:"One JSON object a line; docs/json.md lists the fields."`
	CSV  csvForm `name:"csv" xor:"form" help:"A table as CSV, safe to open in a spreadsheet: an apostrophe stands before what could be taken for a formula. --csv=raw is without."`
}

// csvForm is how a table is written: safe, raw, or not at all.
type csvForm string

// Decode reads --csv, --csv=safe or --csv=raw.
func (f *csvForm) Decode(ctx *kong.DecodeContext) error {
	*f = "safe"
	if ctx.Scan.Peek().Type != kong.FlagValueToken {
		return nil
	}
	switch value := ctx.Scan.Pop().String(); value {
	case "safe", "raw":
		*f = csvForm(value)
		return nil
	default:
		return fmt.Errorf("want safe or raw, have %q", value)
	}
}

// IsBool tells the parser that the value may be left out.
func (*csvForm) IsBool() bool { return true }

// safe reports whether the table is for a spreadsheet.
func (f csvForm) safe() bool { return f == "safe" }

// An outcome is what a command found, in each form that it can be printed in.
type outcome struct {
	json  func() ([]any, error) // a line each
	table func() *listing       // as CSV
	page  func(*bytes.Buffer, screen)
}

// print prints it in the form that is asked for.
func (f listFlags) print(a *app, o outcome) error {
	switch {
	case f.JSON:
		lines, err := o.json()
		if err != nil {
			return err
		}
		return a.asJSON(lines...)
	case f.CSV != "":
		return o.table().csv(a, f.CSV)
	}
	return a.draw(o.page)
}

// draw prints a page for people.
func (a *app) draw(page func(*bytes.Buffer, screen)) error {
	var b bytes.Buffer
	page(&b, a.screen())
	return a.print(b.Bytes())
}

// asJSON prints JSON, each on a line of its own that no terminal obeys.
func (a *app) asJSON(lines ...any) error {
	var b bytes.Buffer
	for _, line := range lines {
		if err := export.Line(&b, line); err != nil {
			return err
		}
	}
	return a.print(b.Bytes())
}

// A listing is rows to be printed: as a table for people, as CSV or as JSON.
type listing struct {
	head  []string
	right []bool // columns of numbers
	rows  [][]string
	json  []any
}

// add adds a row, and the same as JSON.
func (l *listing) add(object any, cells ...string) {
	l.rows = append(l.rows, cells)
	l.json = append(l.json, object)
}

// print prints it. Where there is nothing, it says so and the exit status does.
func (l *listing) print(a *app, f listFlags) error {
	if len(l.rows) == 0 {
		return errNothing
	}
	return f.print(a, outcome{
		json:  func() ([]any, error) { return l.json, nil },
		table: func() *listing { return l },
		page:  l.draw,
	})
}

// csv prints it as CSV.
func (l *listing) csv(a *app, form csvForm) error {
	var b bytes.Buffer
	t, err := export.NewTable(&b, form.safe(), l.head...)
	if err != nil {
		return err
	}
	for _, row := range l.rows {
		if err := t.Row(row...); err != nil {
			return err
		}
	}
	if err := t.Flush(); err != nil {
		return err
	}
	_, err = a.answer().Write(b.Bytes())
	return err
}

// draw prints the table for people: each column as wide as it needs, the first
// one cut where the screen is too narrow.
func (l *listing) draw(b *bytes.Buffer, s screen) {
	p := sheet{w: b, colored: s.colored, columns: s.columns}
	widths := make([]int, len(l.head))
	for c := range l.head {
		widths[c] = cells(l.head[c])
		for _, row := range l.rows {
			widths[c] = max(widths[c], cells(oneLine(row[c])))
		}
	}
	all := 0
	for _, w := range widths {
		all += w + 2
	}
	widths[0] = max(min(widths[0], widths[0]-(all-2-s.columns)), 10)
	l.line(&p, bold, l.head, widths)
	for _, row := range l.rows {
		l.line(&p, plain, row, widths)
	}
}

func (l *listing) line(p *sheet, st style, row []string, widths []int) {
	spaces := 0
	for c, cell := range row {
		text := shorten(oneLine(cell), widths[c])
		free := max(widths[c]-cells(text), 0)
		if l.right[c] {
			spaces, free = spaces+free, 0
		}
		p.put(plain, strings.Repeat(" ", spaces))
		p.put(st, text)
		spaces = free + 2
	}
	p.newline()
}
