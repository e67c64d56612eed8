package main

import (
	"fmt"
	"strconv"

	"hearsay/ledger"
)

// outletsCmd lists the outlets.
type outletsCmd struct {
	ledgerFlag
	listFlags
}

// Help is the part of the command's help under its first line.
func (outletsCmd) Help() string {
	return `The outlets by name, each with its reports, its statements and the days of its first and its last report.

Examples:

    hearsay outlets
    hearsay outlets --db demo.db --csv >outlets.csv

Exit status: 0 done, 1 something failed, 2 wrong usage, 3 the ledger is empty.`
}

// Run lists them.
func (c *outletsCmd) Run(a *app) error { return c.with(a, c.list) }

func (c *outletsCmd) list(a *app, l *ledger.Ledger) error {
	all, err := l.Outlets(a.ctx)
	if err != nil {
		return err
	}
	return printOutlets(a, all, c.listFlags)
}

// countJSON is a row of the table.
type countJSON struct {
	Format     int    `json:"hearsay"`
	Outlet     string `json:"outlet,omitempty"`
	Reports    int    `json:"reports"`
	Statements int    `json:"statements"`
	First      string `json:"first,omitempty"`
	Last       string `json:"last,omitempty"`
}

// printOutlets prints what was counted.
func printOutlets(a *app, all []ledger.Count, f listFlags) error {
	list := listing{head: []string{"outlet", "reports", "statements", "first", "last"}, right: []bool{false, true, true, false, false}}
	for _, n := range all {
		j := countJSON{Format: 1, Outlet: n.Name, Reports: n.Reports, Statements: n.Statements, First: n.First, Last: n.Last}
		name := n.Name
		if name == "" && f.CSV == "" {
			name = "(unknown)"
		}
		list.add(j, name, strconv.Itoa(n.Reports), strconv.Itoa(n.Statements), n.First, n.Last)
	}
	return list.print(a, f)
}

// statsCmd says how much a ledger holds.
type statsCmd struct {
	ledgerFlag
	listFlags
}

// Help is the part of the command's help under its first line.
func (statsCmd) Help() string {
	return `How much the ledger holds.

Examples:

    hearsay stats
    hearsay stats --db demo.db --json

Exit status: 0 done, 1 something failed, 2 wrong usage.`
}

// statsJSON is what stats prints as JSON.
type statsJSON struct {
	Format     int    `json:"hearsay"`
	Ledger     string `json:"ledger"`
	Database   string `json:"database"`
	Version    int    `json:"format"`
	Reports    int    `json:"reports"`
	Statements int    `json:"statements"`
	Events     int    `json:"events"`
	Outlets    int    `json:"outlets"`
	Removed    int    `json:"removed"`
	Originals  int    `json:"originals"`
	Bytes      int64  `json:"bytes"`
	First      string `json:"first,omitempty"`
	Last       string `json:"last,omitempty"`
	Stale      int    `json:"stale"`
	Wordings   int    `json:"wordings"`
	Threads    int    `json:"threads"`
	Unlinked   int    `json:"unlinked"`
	Cut        int    `json:"cut"`
}

// Run prints it.
func (c *statsCmd) Run(a *app) error { return c.with(a, c.tell) }

func (c *statsCmd) tell(a *app, l *ledger.Ledger) error {
	s, err := l.Stats(a.ctx)
	if err != nil {
		return err
	}
	j := statsJSON{1, l.Name(), s.Database, s.Format, s.Reports, s.Statements, s.Events, s.Outlets, s.Tombstones, s.Originals, s.OriginalBytes, s.First, s.Last, s.Stale,
		s.Wordings, s.Threads, s.Unlinked, s.Cut}
	list := &listing{head: []string{"what", "how much"}, right: []bool{false, false}}
	for _, row := range [][2]string{
		{"ledger", l.Name()}, {"database", fmt.Sprintf("%s, format %d", s.Database, s.Format)},
		{"reports", strconv.Itoa(s.Reports)}, {"statements", strconv.Itoa(s.Statements)}, {"events", strconv.Itoa(s.Events)},
		{"outlets", strconv.Itoa(s.Outlets)}, {"published from", s.First}, {"published to", s.Last},
		{"reports removed", strconv.Itoa(s.Tombstones)}, {"originals kept", strconv.Itoa(s.Originals)}, {"bytes of originals", strconv.FormatInt(s.OriginalBytes, 10)},
		{"reports to redo", strconv.Itoa(s.Stale)}, {"wordings", strconv.Itoa(s.Wordings)}, {"threads", strconv.Itoa(s.Threads)},
		{"reports to compare", strconv.Itoa(s.Unlinked)}, {"keys too common to compare", strconv.Itoa(s.Cut)},
	} {
		list.add(nil, row[0], row[1])
	}
	return c.print(a, outcome{
		json:  func() ([]any, error) { return []any{j}, nil },
		table: func() *listing { return list },
		page:  list.draw,
	})
}
