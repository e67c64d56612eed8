package ledger

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"hearsay"
	"hearsay/compare"
)

// A Desk is what was claimed about something in numbers.
type Desk struct {
	Tallies []Tally
	More    int // statements with numbers that are older than those on the desk
}

// A Tally is the claims of one quantity: how many of what, whose, and what
// happened to them. What the reports do not tell is empty; where they tell but
// the unit, nothing is compared.
type Tally struct {
	Unit, Of, Holder, Did string
	Share                 bool

	Claims []Claim // by the day on which they were made
	Pairs  []Pair  // those that do not agree
}

// A Claim is a number that somebody claimed, once, however many outlets print
// it.
type Claim struct {
	hearsay.Record // the statement, as the earliest report has it
	Number         compare.Claim

	Text   string  // the number, as printed there
	At     int     // of Record.Numbers
	Least  float64 // the range that it is compared by
	Most   float64
	Day    string  // on which it was made, or else published; "" where unknown
	Prints []Print // the earliest first

	on      int64           // dayNumber of Day
	threads []int64         // of the statements that have it
	matter  map[string]bool // what its report is about: see matterOf
}

// A Print is a statement that has the claim.
type Print struct{ Statement, Report, Outlet, Day string }

// A Pair is two claims of a tally: A is the earlier one.
type Pair struct {
	A, B     int
	Standing compare.Standing // Conflict, Revision or Altered
}

// Altered is the standing of two numbers that outlets print in one statement.
const Altered compare.Standing = "altered"

// So many statements are on a desk. Claims between which more days lie are not
// of one tally, if nobody made one in the meantime.
const (
	mostOnDesk    = 1000
	longestSilent = 60
)

// Numbers returns what was claimed in numbers about some words (as in Query;
// those of the query are not looked at): the numbers in statements that have all
// of the words, those of things that one of the words names, and in the reports
// that have such statements other claims of the same quantities. The limit and
// the offset of the query are not looked at.
func (l *Ledger) Numbers(ctx context.Context, words string, q Query) (Desk, error) {
	if err := l.link(ctx); err != nil {
		return Desk{}, err
	}
	q.Words = words
	s := &inquiry{l: l, q: q, found: map[int64]*gathered{}, records: map[int64]hearsay.Record{}}
	if ok, err := s.gather(ctx); err != nil || !ok {
		return Desk{}, err
	}
	claims, more, err := s.claims(ctx)
	if err != nil {
		return Desk{}, err
	}
	d := Desk{More: more}
	for _, some := range byUnit(claims) { // quantities are told apart among claims of one time
		for _, t := range tallied(some) {
			for _, part := range t.parts() {
				part.settle()
				d.Tallies = append(d.Tallies, part)
			}
		}
	}
	d.sort(s.units())
	return d, nil
}

// sort puts tallies of the units that were asked for first, then those that have
// most that does not agree, then the longest.
func (d *Desk) sort(asked map[int64]bool) {
	type ranked struct {
		*Tally
		rest int
		signature
	}
	all := make([]ranked, len(d.Tallies))
	for i := range all {
		t := &d.Tallies[i]
		all[i] = ranked{t, 1, t.signature()}
		if asked[unitKey(t.Unit)] {
			all[i].rest = 0
		}
	}
	slices.SortFunc(all, func(a, b ranked) int {
		return cmp.Or(a.rest-b.rest, len(b.Pairs)-len(a.Pairs), len(b.Claims)-len(a.Claims), strings.Compare(b.last(), a.last()),
			a.signature.compare(b.signature), strings.Compare(a.Claims[0].ID, b.Claims[0].ID), a.Claims[0].At-b.Claims[0].At)
	})
	out := make([]Tally, len(all))
	for i, r := range all {
		out[i] = *r.Tally
	}
	d.Tallies = out
}

func (t *Tally) last() string { return t.Claims[len(t.Claims)-1].Day }

// A signature is what makes a quantity.
type signature struct {
	unit, of, holder, did string
	share                 bool
}

func signatureOf(c *compare.Claim) signature {
	return signature{strings.ToLower(c.Unit), fold(c.Of), fold(c.Holder), c.Did, c.Share}
}

func (t *Tally) signature() signature {
	return signature{strings.ToLower(t.Unit), fold(t.Of), fold(t.Holder), t.Did, t.Share}
}

func (s signature) compare(o signature) int {
	shares := map[bool]int{true: 1}
	return cmp.Or(strings.Compare(s.unit, o.unit), strings.Compare(s.holder, o.holder), strings.Compare(s.did, o.did), strings.Compare(s.of, o.of), shares[s.share]-shares[o.share])
}

// told is how much a signature tells.
func (s signature) told() int {
	n := 0
	for _, part := range []string{s.of, s.holder, s.holder, s.did} {
		if part != "" {
			n++
		}
	}
	return n
}

// probe is a claim of the quantity.
func (s signature) probe() compare.Claim {
	return compare.Claim{Value: 1, Unit: s.unit, Share: s.share, Of: s.of, Holder: s.holder, Did: s.did}
}

// sameQuantity reports whether two signatures are of the same quantity, as far
// as they tell.
func (s signature) sameQuantity(o signature) bool {
	return compare.Numbers(s.probe(), o.probe()) != compare.Apart
}

// tallied puts claims, which are sorted, into tallies. What tells less joins
// what tells more if there is one tally that it can belong to: "lost 50 tanks"
// belongs nowhere where both sides lost some.
func tallied(claims []Claim) []Tally {
	bySignature := map[signature][]Claim{}
	var order []signature
	for _, c := range claims {
		s := signatureOf(&c.Number)
		if bySignature[s] == nil {
			order = append(order, s)
		}
		bySignature[s] = append(bySignature[s], c)
	}
	slices.SortFunc(order, func(a, b signature) int { return cmp.Or(b.told()-a.told(), a.compare(b)) })
	var groups [][]signature
	for _, s := range order {
		fit := -1
		for i, g := range groups {
			if slices.ContainsFunc(g, func(o signature) bool { return !s.sameQuantity(o) }) {
				continue
			}
			if fit >= 0 {
				fit = -1
				break
			}
			fit = i
		}
		if fit < 0 {
			groups = append(groups, []signature{s})
			continue
		}
		groups[fit] = append(groups[fit], s)
	}
	out := make([]Tally, len(groups))
	for i, g := range groups {
		t := &out[i]
		for _, s := range g {
			first := &bySignature[s][0].Number
			t.Unit, t.Of, t.Holder, t.Did = cmp.Or(t.Unit, first.Unit), cmp.Or(t.Of, first.Of), cmp.Or(t.Holder, first.Holder), cmp.Or(t.Did, first.Did)
			t.Share = s.share
			t.Claims = append(t.Claims, bySignature[s]...)
		}
		slices.SortStableFunc(t.Claims, byDay)
	}
	return out
}

// byDay orders claims by when they were made and published.
func byDay(a, b Claim) int {
	return cmp.Or(strings.Compare(a.Day, b.Day), published(&a.Report, &b.Report), a.Numbers[a.At].Start-b.Numbers[b.At].Start, strings.Compare(a.ID, b.ID))
}

// byUnit parts claims, which are sorted, by unit, and those of a unit where they
// are long silent.
func byUnit(claims []Claim) (out [][]Claim) {
	type unit struct {
		key   int64
		share bool
	}
	units := map[unit]*Tally{}
	var order []*Tally
	for _, c := range claims {
		u := unit{unitKey(c.Number.Unit), c.Number.Share}
		if units[u] == nil {
			units[u] = &Tally{}
			order = append(order, units[u])
		}
		units[u].Claims = append(units[u].Claims, c)
	}
	for _, t := range order {
		for _, part := range t.parts() {
			out = append(out, part.Claims)
		}
	}
	return out
}

// parts cuts a tally where it is long silent.
func (t *Tally) parts() []Tally {
	var out []Tally
	from := 0
	for i := range t.Claims {
		if i > 0 && t.Claims[i].on-t.Claims[i-1].on > longestSilent {
			part := *t
			part.Claims = t.Claims[from:i:i]
			out, from = append(out, part), i
		}
	}
	part := *t
	part.Claims = t.Claims[from:]
	return append(out, part)
}

// settle joins the claims of a tally that are one and compares the others.
func (t *Tally) settle() {
	var claims []Claim
	for _, c := range t.Claims {
		i := slices.IndexFunc(claims, func(o Claim) bool { return sameClaim(&o, &c) })
		if i < 0 {
			claims = append(claims, c)
			continue
		}
		c.Prints, c.threads = append(claims[i].Prints, c.Prints...), append(claims[i].threads, c.threads...)
		if !claims[i].named() && c.named() { // a headline has less
			claims[i] = c
			continue
		}
		claims[i].Prints, claims[i].threads = c.Prints, c.threads
	}
	t.Claims = claims
	known := ties{}
	for i := range claims {
		revised := false
		for k := i - 1; k >= 0; k-- {
			if far(&claims[k], &claims[i]) && !known.tied(claims[k].Number.Speaker, claims[i].Number.Speaker) {
				continue
			}
			s := standing(&claims[k], &claims[i])
			if s == compare.Revision && revised || s == compare.Agree || s == compare.Apart {
				continue
			}
			revised = revised || s == compare.Revision
			t.Pairs = append(t.Pairs, Pair{k, i, s})
		}
	}
	slices.SortFunc(t.Pairs, func(a, b Pair) int { return cmp.Or(a.B-b.B, a.A-b.A) })
}

// named reports whether the report names who claims it.
func (c *Claim) named() bool { return c.Speaker != nil && c.Speaker.Name != "" }

// shares reports whether some of the statements of two claims are of one thread,
// and not known to be made on different days.
func (c *Claim) shares(o *Claim) bool {
	if c.Number.Said != (compare.Days{}) && o.Number.Said != (compare.Days{}) && c.Day != o.Day {
		return false
	}
	return slices.ContainsFunc(c.threads, func(t int64) bool { return slices.Contains(o.threads, t) })
}

// sameNumber reports whether two claims are of the same number.
func sameNumber(a, b *Claim) bool {
	return a.Number.Value == b.Number.Value && a.Number.Upto == b.Number.Upto && a.Number.Bound == b.Number.Bound
}

// sameClaim reports whether two claims are one: the same number, in the same
// statement, by the same speaker on the same day, or twice in one report.
func sameClaim(a, b *Claim) bool {
	if !sameNumber(a, b) || a.asserted() != b.asserted() {
		return false
	}
	if a.shares(b) {
		return true
	}
	tied := compare.Names(a.Number.Speaker, b.Number.Speaker).Tie == compare.Tied
	if a.Report.ID == b.Report.ID {
		return tied || !a.named() && !b.named()
	}
	da, db := a.on, b.on
	return tied && da > 0 && db > 0 && db-da <= 1 && da-db <= 1
}

// asserted reports whether the speaker holds the number to be true: one that is
// denied or asked for is not.
func (c *Claim) asserted() bool {
	return !c.Negated && c.Force != hearsay.Deny && c.Force != hearsay.Ask && c.Force != hearsay.Decline
}

// standing says how two claims of a tally stand to one another, a the earlier.
func standing(a, b *Claim) compare.Standing {
	switch {
	case altered(a, b):
		return Altered
	case !a.asserted() || !b.asserted() || !sameMatter(a, b):
		return compare.Apart
	}
	s := compare.Numbers(a.Number, b.Number)
	if s == compare.Conflict && inOne(a, b) && compare.Names(a.Number.Speaker, b.Number.Speaker).Tie == compare.Tied {
		return compare.Apart // in one breath: of two things, as it seems
	}
	if s == compare.Agree { // "more than 160" leaves room for 186, and yet 186 is another number
		if exact := compare.Numbers(unbounded(a), unbounded(b)); exact == compare.Revision {
			return exact
		}
	}
	return s
}

// unbounded is a claim without the words that bound it.
func unbounded(c *Claim) compare.Claim {
	out := c.Number
	switch out.Bound {
	case hearsay.MoreThan, hearsay.AtLeast, hearsay.LessThan, hearsay.AtMost:
		out.Bound = hearsay.Exactly
	}
	return out
}

// altered reports whether outlets print two numbers in one statement: no report
// has both, and it was not said again on another day.
func altered(a, b *Claim) bool {
	if da, db := a.on, b.on; da > 0 && db > da+1 {
		return false
	}
	return a.shares(b) && (a.Number.Value != b.Number.Value || a.Number.Upto != b.Number.Upto) && !inOne(a, b)
}

// inOne reports whether a report prints both claims.
func inOne(a, b *Claim) bool {
	return slices.ContainsFunc(a.Prints, func(p Print) bool {
		return slices.ContainsFunc(b.Prints, func(o Print) bool { return o.Report == p.Report })
	})
}

// far reports whether so many days lie between two claims that only their
// speaker can tie them.
func far(a, b *Claim) bool {
	da, db := a.on, b.on
	return da > 0 && db > da+7
}

// ties remember which speakers are the same.
type ties map[[2]compare.Known]bool

func (t ties) tied(a, b compare.Known) bool {
	pair := [2]compare.Known{a, b}
	tied, known := t[pair]
	if !known {
		tied = compare.Names(a, b).Tie == compare.Tied
		t[pair] = tied
	}
	return tied
}
