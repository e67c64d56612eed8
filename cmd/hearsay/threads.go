package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"

	"hearsay/export"
	"hearsay/ledger"
)

// threadsCmd lists threads.
type threadsCmd struct {
	ledgerFlag
	listFlags
	queryFlags
	Altered bool `help:"Those first of which most statements were altered."`
	Limit   int  `default:"20" placeholder:"N" help:"At most so many; 0 means all."`
	Skip    int  `placeholder:"N" help:"Leave out so many before the first."`
}

// Help is the part of the command's help under its first line.
func (threadsCmd) Help() string {
	return `Lists threads, that is statements which more than one report has, those first that most reports have. The flags and the words are those of hearsay find: a thread is listed if one of its statements fits.

Examples:

    hearsay threads
    hearsay threads --altered --from 2024-10-16 --to 2024-10-17
    hearsay threads --speaker Askell buoy
    hearsay threads --csv --limit 0 >threads.csv

Exit status: 0 found, 1 something failed, 2 wrong usage, 3 nothing found.`
}

// threadHeadJSON is a row of the list.
type threadHeadJSON struct {
	Format     int             `json:"hearsay"`
	Thread     string          `json:"thread"`
	Reports    int             `json:"reports"`
	Statements int             `json:"statements"`
	Outlets    int             `json:"outlets"`
	Altered    int             `json:"altered"`
	First      string          `json:"first,omitempty"`
	Last       string          `json:"last,omitempty"`
	Document   json.RawMessage `json:"document"`
	Statement  json.RawMessage `json:"statement"`
}

// Run lists them.
func (c *threadsCmd) Run(a *app) error { return c.ask(a, c.ledgerFlag, c.list) }

func (c *threadsCmd) list(a *app, l *ledger.Ledger, q ledger.Query) error {
	q.Limit, q.Offset = c.Limit, c.Skip
	heads, total, err := l.Threads(a.ctx, q, c.Altered)
	switch {
	case err != nil:
		return err
	case len(heads) == 0:
		return errNothing
	}
	return c.print(a, outcome{
		json:  func() ([]any, error) { return threadLines(heads) },
		table: func() *listing { return threadList(heads) },
		page:  func(b *bytes.Buffer, s screen) { c.write(newFindings(b, s, q.Words), heads, total) },
	})
}

// write prints them for people.
func (c *threadsCmd) write(p *findings, heads []ledger.ThreadHead, total int) {
	for i := range heads {
		h := &heads[i]
		p.head(&h.Origin)
		p.newline()
		p.flow(p.content(&h.Origin), "    ", "    ")
		note := extent(h.Statements, h.Reports, h.Outlets)
		if h.Altered > 0 {
			note += ", " + strconv.Itoa(h.Altered) + " altered"
		}
		if h.Last != h.First {
			note += ", the last of " + h.Last
		}
		p.flow([]words{{faint, note}}, "    ", "    ")
		p.newline()
	}
	if n := c.Skip + len(heads); n < total {
		p.flow([]words{{faint, fmt.Sprintf("%d to %d of %d threads; --limit and --skip show others.", c.Skip+1, n, total)}}, "", "")
	}
}

func threadList(heads []ledger.ThreadHead) *listing {
	l := &listing{head: []string{"thread", "reports", "statements", "outlets", "altered", "first", "last", "outlet", "speaker", "content"}}
	for i := range heads {
		h := &heads[i]
		l.add(nil, h.Origin.ID, strconv.Itoa(h.Reports), strconv.Itoa(h.Statements), strconv.Itoa(h.Outlets), strconv.Itoa(h.Altered), h.First, h.Last,
			h.Origin.Report.Outlet, recordSpeaker(&h.Origin), recordText(&h.Origin))
	}
	return l
}

func threadLines(heads []ledger.ThreadHead) ([]any, error) {
	var lines []any
	for i := range heads {
		h := &heads[i]
		var b bytes.Buffer
		if err := export.Record(&b, &h.Origin); err != nil {
			return nil, err
		}
		j := threadHeadJSON{Thread: h.Origin.ID, Reports: h.Reports, Statements: h.Statements, Outlets: h.Outlets, Altered: h.Altered, First: h.First, Last: h.Last}
		if err := json.Unmarshal(b.Bytes(), &j); err != nil {
			return nil, err
		}
		lines = append(lines, j)
	}
	return lines, nil
}
