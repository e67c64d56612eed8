package ledger

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"hearsay"
	"hearsay/compare"
)

// A book is the names of a ledger as far as they have been looked up. Who is
// one person is decided by compare.Names, among names that share a part, and
// depends on the names and roles of the ledger alone:
//
// Full names that are the same, but for spelling, titles and middle names, are
// one person's; a name that could be either of two, such as "John Smith" beside
// John A. Smith and John B. Smith, is neither's. One name alone is a person's of
// that surname where the roles agree and nobody else is called so. All else is
// suggested.
type book struct {
	l     *Ledger
	nodes map[string]*node
	keys  map[int64][]string

	nears     map[*node][]*node
	tiedTo    map[*node][]*node
	torn      map[*node]bool
	severally map[*node]bool
}

// A node is a name, folded.
type node struct {
	folded     string
	name       string // as most reports have it
	names      []usage
	roles      []usage
	statements int
	kind       hearsay.MentionKind
	one        bool // a surname, or a given name, or what else has one part
}

// usage is a name or a role, and in how many statements.
type usage struct {
	what       string
	statements int
}

// A who is a name of somebody: of one part alone, in a role.
type who struct {
	*node
	role string
}

func (w who) key() string {
	if w.one {
		return w.folded + "|" + w.role
	}
	return w.folded
}

// So many names that have a part in common are looked at: more than a few of a
// given name tell nothing.
const (
	mostOfSurname = 1000
	mostOfGiven   = 150
)

func newBook(l *Ledger) *book {
	return &book{
		l: l, nodes: map[string]*node{}, keys: map[int64][]string{},
		nears: map[*node][]*node{}, tiedTo: map[*node][]*node{}, torn: map[*node]bool{}, severally: map[*node]bool{},
	}
}

// load looks names up; those that are not there are left out.
func (b *book) load(ctx context.Context, folded []string) ([]*node, error) {
	var missing []any
	for _, f := range folded {
		if _, ok := b.nodes[f]; !ok {
			missing, b.nodes[f] = append(missing, f), nil
		}
	}
	for ; len(missing) > 0; missing = missing[min(recordsAtOnce, len(missing)):] {
		if err := b.loadSome(ctx, missing[:min(recordsAtOnce, len(missing))]); err != nil {
			return nil, err
		}
	}
	var out []*node
	for _, f := range folded {
		if n := b.nodes[f]; n != nil {
			out = append(out, n)
		}
	}
	return out, nil
}

func (b *book) loadSome(ctx context.Context, folded []any) error {
	rows, err := b.l.read.QueryContext(ctx, b.l.dialect.sql(namedOf+marksFor(len(folded))), folded...)
	if err != nil {
		return err
	}
	defer rows.Close()
	organisation := map[*node]int{}
	for rows.Next() {
		var f, name, role, kind string
		var n int
		if err := rows.Scan(&f, &name, &role, &kind, &n); err != nil {
			return err
		}
		at := b.nodes[f]
		if at == nil {
			at = &node{folded: f}
			b.nodes[f] = at
		}
		at.names, at.roles = more(at.names, name, n), more(at.roles, role, n)
		at.statements += n
		switch hearsay.MentionKind(kind) {
		case hearsay.ByOrganisation:
			organisation[at] += n
		case hearsay.ByName:
			organisation[at] -= n
		}
	}
	for _, f := range folded {
		n := b.nodes[f.(string)]
		if n == nil {
			continue
		}
		slices.SortFunc(n.names, byCount)
		slices.SortFunc(n.roles, byCount)
		n.name = n.names[0].what
		n.one = compare.OneName(n.name)
		switch k := organisation[n]; {
		case k > 0:
			n.kind = hearsay.ByOrganisation
		case k < 0:
			n.kind = hearsay.ByName
		}
	}
	return rows.Err()
}

func more(list []usage, what string, n int) []usage {
	if i := slices.IndexFunc(list, func(c usage) bool { return c.what == what }); i >= 0 {
		list[i].statements += n
		return list
	}
	return append(list, usage{what, n})
}

func byCount(a, b usage) int {
	return cmp.Or(b.statements-a.statements, strings.Compare(a.what, b.what))
}

// near returns the other names that share a part with one.
func (b *book) near(ctx context.Context, n *node) (out []*node, err error) {
	if out, ok := b.nears[n]; ok {
		return out, nil
	}
	var all []string
	for i, k := range nameKeys(n.name) {
		most := mostOfGiven
		if i == 0 {
			most = mostOfSurname
		}
		found, ok := b.keys[k]
		if !ok {
			if found, err = collect[string](b.l.read.QueryContext(ctx, b.l.dialect.sql(namesOfKey), k, mostOfSurname+1)); err != nil {
				return nil, err
			}
			b.keys[k] = found
		}
		if len(found) > most && i > 0 {
			continue
		}
		all = append(all, found[:min(most, len(found))]...)
	}
	slices.Sort(all)
	all = slices.DeleteFunc(slices.Compact(all), func(f string) bool { return f == n.folded })
	out, err = b.load(ctx, all)
	b.nears[n] = out
	return out, err
}

func (n *node) known(role string) compare.Known {
	return compare.Known{Name: n.name, Role: role, Kind: n.kind}
}

// full compares two names without their roles.
func full(a, b *node) compare.Naming { return compare.Names(a.known(""), b.known("")) }

// tied returns the full names that are tied to one.
func (b *book) tied(ctx context.Context, n *node) ([]*node, error) {
	if out, ok := b.tiedTo[n]; ok {
		return out, nil
	}
	near, err := b.near(ctx, n)
	if err != nil {
		return nil, err
	}
	var out []*node
	for _, m := range near {
		if !m.one && full(n, m).Tie == compare.Tied {
			out = append(out, m)
		}
	}
	b.tiedTo[n] = out
	return out, nil
}

// isTorn reports whether a full name is tied to two that are not the same.
func (b *book) isTorn(ctx context.Context, n *node) (bool, error) {
	torn, known := b.torn[n]
	if known {
		return torn, nil
	}
	tied, err := b.tied(ctx, n)
	if err != nil {
		return false, err
	}
	for i := range tied {
		for _, m := range tied[:i] {
			torn = torn || full(m, tied[i]).Tie != compare.Tied
		}
	}
	b.torn[n] = torn
	return torn, nil
}

// person returns the full names of the person that has one.
func (b *book) person(ctx context.Context, n *node) ([]*node, error) {
	out := []*node{n}
	for i := 0; i < len(out); i++ {
		if torn, err := b.isTorn(ctx, out[i]); err != nil {
			return nil, err
		} else if torn {
			continue // it can only be the first
		}
		tied, err := b.tied(ctx, out[i])
		if err != nil {
			return nil, err
		}
		for _, m := range tied {
			torn, err := b.isTorn(ctx, m)
			if err != nil {
				return nil, err
			}
			if !torn && !slices.Contains(out, m) {
				out = append(out, m)
			}
		}
	}
	slices.SortFunc(out, func(a, b *node) int { return strings.Compare(a.folded, b.folded) })
	return out, nil
}

// several reports whether two may have a surname who are not surely one.
func (b *book) several(ctx context.Context, surname *node) (bool, error) {
	several, known := b.severally[surname]
	if known {
		return several, nil
	}
	near, err := b.near(ctx, surname)
	if err != nil {
		return false, err
	}
	var bearers []*node
	for _, m := range near {
		if !several && !m.one && full(surname, m).Why == compare.WhySurname {
			several = slices.ContainsFunc(bearers, func(o *node) bool { return full(o, m).Tie != compare.Tied })
			bearers = append(bearers, m)
		}
	}
	b.severally[surname] = several
	return several, nil
}

// surnames returns the names of one part that are tied to a person, in the
// roles in which they are.
func (b *book) surnames(ctx context.Context, person []*node) ([]who, error) {
	var out []who
	for _, p := range person {
		near, err := b.near(ctx, p)
		if err != nil {
			return nil, err
		}
		for _, n := range near {
			if !n.one || n.kind == hearsay.ByOrganisation || full(n, p).Why != compare.WhySurname {
				continue
			}
			several, err := b.several(ctx, n)
			if err != nil {
				return nil, err
			}
			for _, role := range n.roles {
				w := who{n, role.what}
				if !several && !slices.Contains(out, w) && w.agrees(p) {
					out = append(out, w)
				}
			}
		}
	}
	slices.SortFunc(out, func(a, b who) int { return strings.Compare(a.key(), b.key()) })
	return out, nil
}

// agrees reports whether a surname in its role is tied to a name in one of its
// roles.
func (w who) agrees(p *node) bool {
	return slices.ContainsFunc(p.roles, func(r usage) bool {
		return compare.Names(w.known(w.role), p.known(r.what)).Tie == compare.Tied
	})
}

// groupsOf returns the persons that have a name: of a full name one.
func (b *book) groupsOf(ctx context.Context, n *node) ([][]who, error) {
	if !n.one {
		person, err := b.person(ctx, n)
		if err != nil {
			return nil, err
		}
		group := make([]who, len(person))
		for i, p := range person {
			group[i] = who{p, ""}
		}
		surnames, err := b.surnames(ctx, person)
		return [][]who{append(group, surnames...)}, err
	}
	var out [][]who
	left := make([]who, len(n.roles))
	for i, r := range n.roles {
		left[i] = who{n, r.what}
	}
	several, err := b.several(ctx, n)
	if err != nil {
		return nil, err
	}
	for _, m := range b.nears[n] {
		if several || len(left) == 0 || m.one || n.kind == hearsay.ByOrganisation || full(n, m).Why != compare.WhySurname {
			continue
		}
		groups, err := b.groupsOf(ctx, m)
		if err != nil {
			return nil, err
		}
		joined := false
		left = slices.DeleteFunc(left, func(w who) bool {
			has := slices.Contains(groups[0], w)
			joined = joined || has
			return has
		})
		if joined {
			out = append(out, groups[0])
		}
	}
	return append(out, alone(left)...), nil
}

// alone groups a name of one part by its roles: it is one unless two of them
// conflict.
func alone(left []who) [][]who {
	if len(left) == 0 {
		return nil
	}
	slices.SortFunc(left, func(a, b who) int { return strings.Compare(a.role, b.role) })
	apart := false
	for i := range left {
		for _, w := range left[:i] {
			apart = apart || compare.Names(w.known(w.role), left[i].known(left[i].role)).Tie == compare.NotTied
		}
	}
	if !apart {
		return [][]who{left}
	}
	var out [][]who
	for _, w := range left { // roles that agree with all of a group
		i := slices.IndexFunc(out, func(g []who) bool {
			return !slices.ContainsFunc(g, func(o who) bool { return compare.Names(o.known(o.role), w.known(w.role)).Tie != compare.Tied })
		})
		if i < 0 {
			out = append(out, []who{w})
			continue
		}
		out[i] = append(out[i], w)
	}
	return out
}

// A Several is the error of Speaker for a name that is not one person's alone.
type Several struct {
	Name  string
	Names []string // of the persons
}

func (e *Several) Error() string {
	return fmt.Sprintf("%s: several are called so: %s", e.Name, strings.Join(e.Names, ", "))
}
