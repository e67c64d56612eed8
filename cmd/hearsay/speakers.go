package main

import (
	"bytes"
	"cmp"
	"errors"
	"strconv"
	"strings"

	"hearsay/ledger"
)

// speakersCmd lists who is quoted.
type speakersCmd struct {
	ledgerFlag
	listFlags
	Limit int      `default:"50" placeholder:"N" help:"At most so many; 0 means all."`
	Name  []string `arg:"" optional:"" name:"name" help:"Somebody: a name, words of it, or how it begins."`
}

// Help is the part of the command's help under its first line.
func (speakersCmd) Help() string {
	return `Who is quoted, those with most statements first, each with the reports, the statements and the days of the first and the last report. The names of one person stand together: they are the same but for spelling, titles and middle names. A surname alone is counted to somebody where the roles agree and nobody else is called so.

With a name that is one person's: the names that reports use, the roles and outlets, each with the first and the last day, and names that may be the same person's, for you to judge. With one that is several persons': their list.

Examples:

    hearsay speakers
    hearsay speakers Ilario Venn --db demo.db
    hearsay speakers --limit 0 --csv >speakers.csv

Exit status: 0 done, 1 something failed, 2 wrong usage, 3 nobody found.`
}

// Run lists them.
func (c *speakersCmd) Run(a *app) error { return c.with(a, c.list) }

func (c *speakersCmd) list(a *app, l *ledger.Ledger) error {
	name := strings.Join(c.Name, " ")
	if name != "" {
		e, err := l.Speaker(a.ctx, name)
		several := (*ledger.Several)(nil)
		switch {
		case errors.Is(err, ledger.ErrNotFound):
			return errNothing
		case err == nil:
			return c.one(a, e)
		case !errors.As(err, &several):
			return err
		}
	}
	all, err := l.People(a.ctx, name, c.Limit)
	if err != nil {
		return err
	}
	list := listing{head: []string{"speaker", "reports", "statements", "first", "last", "also called"}, right: []bool{false, true, true, false, false, false}}
	for i := range all {
		e := &all[i]
		also := otherNames(e)
		list.add(entityJSON{Format: 1, Speaker: e.Name, Reports: e.Reports, Statements: e.Statements, First: e.First, Last: e.Last, Also: also},
			e.Name, strconv.Itoa(e.Reports), strconv.Itoa(e.Statements), e.First, e.Last, strings.Join(also, " | "))
	}
	return list.print(a, c.listFlags)
}

// otherNames are the names of somebody but the one that stands for all.
func otherNames(e *ledger.Entity) []string {
	var out []string
	for _, n := range e.Names {
		if n.Name != e.Name {
			out = append(out, n.Name)
		}
	}
	return out
}

// one prints all that is known of somebody.
func (c *speakersCmd) one(a *app, e *ledger.Entity) error {
	return c.print(a, outcome{
		json:  func() ([]any, error) { return []any{entityOf(e)}, nil },
		table: func() *listing { return c.table(e, "") },
		page: func(b *bytes.Buffer, s screen) {
			p := &sheet{w: b, colored: s.colored, columns: min(s.columns, textColumns)}
			p.put(speakerColor|bold, oneLine(e.Name))
			p.put(faint, " · "+joined([]string{counted(e.Statements, "statement"), "in " + counted(e.Reports, "report"), timeSpan(e.First, e.Last)}))
			p.newline()
			p.newline()
			c.table(e, "–").draw(b, s)
		},
	})
}

// table is what is known of somebody, a row a name, role, outlet or suggestion;
// unknown stands for what reports do not tell.
func (c *speakersCmd) table(e *ledger.Entity, unknown string) *listing {
	list := &listing{head: []string{"value", "what", "statements", "first", "last", "why"}, right: []bool{false, false, true, false, false, false}}
	for _, part := range []struct {
		what string
		all  []ledger.Count
	}{{"name", e.Names}, {"role", e.Roles}, {"outlet", e.Outlets}} {
		for _, n := range part.all {
			list.add(nil, cmp.Or(n.Name, unknown), part.what, strconv.Itoa(n.Statements), n.First, n.Last, "")
		}
	}
	for _, s := range e.Suggested {
		name := s.Name
		if s.Role != "" {
			name += ", " + s.Role
		}
		list.add(nil, name, "suggested", strconv.Itoa(s.Statements), "", "", spaced(s.Why))
	}
	return list
}

// timeSpan is the days from one to another.
func timeSpan(first, last string) string {
	if first == last {
		return first
	}
	return first + " to " + last
}

// entityJSON is somebody.
type entityJSON struct {
	Format     int              `json:"hearsay"`
	Speaker    string           `json:"speaker"`
	Reports    int              `json:"reports"`
	Statements int              `json:"statements"`
	First      string           `json:"first,omitempty"`
	Last       string           `json:"last,omitempty"`
	Also       []string         `json:"also,omitempty"`
	Names      []useJSON        `json:"names,omitempty"`
	Roles      []useJSON        `json:"roles,omitempty"`
	Outlets    []useJSON        `json:"outlets,omitempty"`
	Suggested  []suggestionJSON `json:"suggested,omitempty"`
}

type useJSON struct {
	Name       string `json:"name,omitempty"`
	Statements int    `json:"statements"`
	First      string `json:"first,omitempty"`
	Last       string `json:"last,omitempty"`
}

type suggestionJSON struct {
	Name       string `json:"name"`
	Role       string `json:"role,omitempty"`
	Why        string `json:"why"`
	Statements int    `json:"statements"`
}

// entityOf is all that is known of somebody.
func entityOf(e *ledger.Entity) entityJSON {
	j := entityJSON{Format: 1, Speaker: e.Name, Reports: e.Reports, Statements: e.Statements, First: e.First, Last: e.Last, Also: otherNames(e),
		Names: usesOf(e.Names), Roles: usesOf(e.Roles), Outlets: usesOf(e.Outlets)}
	for _, s := range e.Suggested {
		j.Suggested = append(j.Suggested, suggestionJSON{s.Name, s.Role, s.Why, s.Statements})
	}
	return j
}

func usesOf(all []ledger.Count) []useJSON {
	out := make([]useJSON, len(all))
	for i, n := range all {
		out[i] = useJSON{n.Name, n.Statements, n.First, n.Last}
	}
	return out
}
