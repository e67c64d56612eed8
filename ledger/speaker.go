package ledger

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"hearsay/compare"
)

// An Entity is a person or an organisation as reports name it.
type Entity struct {
	Count             // Name is that of most statements, a full one if there is any
	Names     []Count // the same, but for spelling, titles, middle names; and the surname, where nobody else can be meant
	Roles     []Count // "" for none
	Outlets   []Count
	Suggested []Suggestion // who may be the same: for somebody to look at
}

// A Suggestion is a name that may be another of the same person.
type Suggestion struct {
	Name, Role string
	Why        string // as compare.Names has it
	Statements int
}

// mostSuggested is how many suggestions are made.
const mostSuggested = 20

// Speaker returns who is called so: by all of a name or by words of it. It is
// ErrNotFound where nobody is, and a *Several where more than one is.
func (l *Ledger) Speaker(ctx context.Context, name string) (*Entity, error) {
	b, groups, err := l.called(ctx, name, math.MaxInt32)
	if err != nil {
		return nil, err
	}
	if len(groups) == 0 {
		return nil, fmt.Errorf("speaker %s: %w", name, ErrNotFound)
	}
	exact := slices.DeleteFunc(slices.Clone(groups), func(g []who) bool {
		return !slices.ContainsFunc(g, func(w who) bool { return w.folded == fold(name) })
	})
	persons := slices.DeleteFunc(slices.Clone(groups), func(g []who) bool { return g[0].one })
	for _, some := range [][][]who{exact, persons, groups} {
		if len(some) == 1 && (len(persons) < 2 || !some[0][0].one) {
			return b.entity(ctx, some[0])
		}
	}
	e := &Several{Name: name}
	for _, g := range groups {
		e.Names = append(e.Names, displayed(g))
	}
	return nil, e
}

// People returns who is quoted, those with most statements first: everybody, or
// those whose names have some words. Their roles, outlets and suggestions are
// left out. A limit of 0 means no limit.
func (l *Ledger) People(ctx context.Context, words string, limit int) ([]Entity, error) {
	if limit <= 0 {
		limit = math.MaxInt32 / 4
	}
	// One person's names may each have few statements.
	b, groups, err := l.called(ctx, words, 2*limit+50)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(groups, func(a, b []who) int { return statementsOf(b) - statementsOf(a) })
	out := make([]Entity, min(limit, len(groups)))
	for i := range out {
		if err := b.count(ctx, &out[i], groups[i]); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(out, func(a, b Entity) int { return cmp.Or(b.Statements-a.Statements, strings.Compare(a.Name, b.Name)) })
	return out, nil
}

// called returns the persons whose names have all of some words, or begin so.
func (l *Ledger) called(ctx context.Context, words string, limit int) (*book, [][]who, error) {
	if err := l.settle(ctx); err != nil {
		return nil, nil, err
	}
	if err := l.link(ctx); err != nil {
		return nil, nil, err
	}
	b, from := newBook(l), fold(words)
	names, err := collect[string](l.read.QueryContext(ctx, l.dialect.sql(namesBetween), from, from+"\U0010FFFF", limit))
	if err != nil {
		return nil, nil, err
	}
	for _, k := range nameKeys(words) {
		found, err := collect[string](l.read.QueryContext(ctx, l.dialect.sql(namesOfKey), k, mostOfSurname))
		if err != nil {
			return nil, nil, err
		}
		for _, f := range found {
			if hasWords(f, from) {
				names = append(names, f)
			}
		}
	}
	nodes, err := b.load(ctx, names)
	if err != nil {
		return nil, nil, err
	}
	var groups [][]who
	done := map[string]bool{}
	for _, n := range nodes {
		if done[n.folded] {
			continue
		}
		done[n.folded] = true
		some, err := b.groupsOf(ctx, n)
		if err != nil {
			return nil, nil, err
		}
		for _, g := range some {
			key := g[0].key() + "\n"
			if done[key] {
				continue
			}
			done[key] = true
			groups = append(groups, g)
			for _, w := range g {
				done[w.folded] = done[w.folded] || !w.one
			}
		}
	}
	return b, groups, nil
}

// hasWords reports whether a folded name has all words of another.
func hasWords(name, words string) bool {
	have := strings.Fields(name)
	for _, w := range strings.Fields(words) {
		if !slices.Contains(have, w) {
			return false
		}
	}
	return true
}

// displayed is the name of a person that most statements have, a full one if
// there is any.
func displayed(g []who) string {
	best := g[0]
	for _, w := range g {
		if w.one == best.one && w.usedIn() > best.usedIn() || best.one && !w.one {
			best = w
		}
	}
	return best.name
}

// usedIn is how many statements have the name, in the role if that counts.
func (w who) usedIn() int {
	if !w.one {
		return w.statements
	}
	i := slices.IndexFunc(w.roles, func(r usage) bool { return r.what == w.role })
	return w.roles[i].statements
}

func statementsOf(g []who) (n int) {
	for _, w := range g {
		n += w.usedIn()
	}
	return n
}

// count fills in what People tells of a person.
func (b *book) count(ctx context.Context, e *Entity, g []who) error {
	e.Name = displayed(g)
	keys := map[string]bool{}
	var folded, whole []any
	for _, w := range g {
		if keys[w.key()] = true; !slices.Contains(folded, any(w.folded)) {
			folded = append(folded, w.folded)
		}
	}
	partial := map[string]bool{} // names of which some roles are somebody else's
	for _, f := range folded {
		n := b.nodes[f.(string)]
		if n.one && slices.ContainsFunc(n.roles, func(r usage) bool { return !keys[who{n, r.what}.key()] }) {
			partial[n.folded] = true
			continue
		}
		whole = append(whole, f)
	}
	q := strings.ReplaceAll(seenOf, "{names}", marksFor(len(folded)))
	rows, err := b.l.read.QueryContext(ctx, b.l.dialect.sql(q), folded...)
	if err != nil {
		return err
	}
	defer rows.Close()
	names := map[string]*Count{}
	for rows.Next() {
		var f, role, outlet string
		var c Count
		if err := rows.Scan(&f, &role, &outlet, &c.First, &c.Last, &c.Statements, &c.Reports); err != nil {
			return err
		}
		n := b.nodes[f]
		if n == nil || n.one && !keys[f+"|"+role] {
			continue
		}
		all := c
		if !partial[f] {
			all.Reports = 0 // counted below
		}
		e.Count.add(all)
		e.Roles, e.Outlets = addCount(e.Roles, role, c), addCount(e.Outlets, outlet, c)
		if names[f] == nil {
			names[f] = &Count{}
		}
		names[f].add(c)
	}
	if err := rows.Close(); err != nil {
		return err
	}
	if e.Names, err = b.spellings(ctx, names, partial); err != nil {
		return err
	}
	slices.SortFunc(e.Roles, mostFirst)
	slices.SortFunc(e.Outlets, mostFirst)
	if len(whole) == 0 {
		return nil
	}
	n, err := collect[int](b.l.read.QueryContext(ctx, b.l.dialect.sql(reportsOf+marksFor(len(whole))), whole...))
	if len(n) > 0 {
		e.Reports += n[0]
	}
	return err
}

// spellings are the names of a person as reports write them.
func (b *book) spellings(ctx context.Context, seen map[string]*Count, partial map[string]bool) (out []Count, err error) {
	for f, c := range seen {
		n := b.nodes[f]
		if partial[f] || len(n.names) == 1 {
			c.Name = n.name
			out = append(out, *c)
			continue
		}
		some, err := b.l.counts(ctx, spellingsOf, f)
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	slices.SortFunc(out, mostFirst)
	return out, nil
}

func mostFirst(a, b Count) int {
	return cmp.Or(b.Statements-a.Statements, strings.Compare(a.Name, b.Name))
}

// add adds what is counted of a part.
func (c *Count) add(o Count) {
	c.Reports += o.Reports
	c.Statements += o.Statements
	if c.First == "" || o.First != "" && o.First < c.First {
		c.First = o.First
	}
	c.Last = max(c.Last, o.Last)
}

func addCount(list []Count, name string, c Count) []Count {
	i := slices.IndexFunc(list, func(o Count) bool { return o.Name == name })
	if i < 0 {
		c.Name = name
		return append(list, c)
	}
	list[i].add(c)
	return list
}

// entity tells all of a person.
func (b *book) entity(ctx context.Context, g []who) (*Entity, error) {
	e := &Entity{}
	if err := b.count(ctx, e, g); err != nil {
		return nil, err
	}
	found := map[string]Suggestion{}
	for _, w := range g {
		near, err := b.near(ctx, w.node)
		if err != nil {
			return nil, err
		}
		for _, n := range append(near, w.node) {
			if err := b.suggest(ctx, w, n, g, found); err != nil {
				return nil, err
			}
		}
	}
	for _, s := range found {
		e.Suggested = append(e.Suggested, s)
	}
	slices.SortFunc(e.Suggested, func(a, b Suggestion) int {
		return cmp.Or(b.Statements-a.Statements, strings.Compare(a.Name, b.Name), strings.Compare(a.Role, b.Role))
	})
	e.Suggested = e.Suggested[:min(len(e.Suggested), mostSuggested)]
	return e, nil
}

// suggest adds a name if it may be one of a person's, w.
func (b *book) suggest(ctx context.Context, w who, n *node, g []who, found map[string]Suggestion) error {
	roles := []usage{{"", n.statements}}
	if n.one {
		roles = n.roles
	}
	bearers, surname := 1, n
	if !n.one {
		surname = w.node
	}
	if surname.one {
		if several, err := b.several(ctx, surname); err != nil {
			return err
		} else if several {
			bearers = 2
		}
	}
	for _, r := range roles {
		o := who{n, ""}
		if n.one {
			o.role = r.what
		}
		if slices.Contains(g, o) {
			continue
		}
		mine := []usage{{w.role, 0}}
		if !w.one {
			mine = w.roles
		}
		for _, m := range mine {
			other, self := o.known(o.role), w.known(m.what)
			other.Bearers, self.Bearers = bearers, bearers
			naming := compare.Names(self, other)
			if naming.Tie != compare.MayTie && naming.Tie != compare.Tied {
				continue
			}
			if _, known := found[o.key()]; !known {
				found[o.key()] = Suggestion{n.name, o.role, naming.Why, r.statements}
			}
		}
	}
	return nil
}
