package compare

import (
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"hearsay"
)

// A Claim is a number that somebody claimed: how many of what, whose, and what
// happened to them.
type Claim struct {
	Value  float64 // the number; the lower one of a range; a share is a fraction of 1
	Upto   float64 // the higher one of a range; 0 for none
	Bound  hearsay.Bound
	Unit   string // what is counted, in the singular
	Share  bool   // a part of a whole
	Of     string // the whole
	Holder string // whose it is, or whom it befell
	Did    string // what happened: a verb

	Speaker   Known
	Told      Days // the time told of: "since June"; zero where the claim tells none
	Said      Days // when it was said
	Published time.Time
}

// Standing says how two claims stand to one another.
type Standing string

// The standings.
const (
	Apart    Standing = "apart"    // of different quantities, as far as one can tell
	Agree    Standing = "agree"    // their ranges meet
	Revision Standing = "revision" // the same speaker gave another number later
	Conflict Standing = "conflict" // of the same quantity and time, and their ranges do not meet
)

// claims returns the numbers of a statement.
func claims(doc *hearsay.Document, s *hearsay.Statement, said *Said) []Claim {
	out := make([]Claim, len(s.Numbers))
	for i, n := range s.Numbers {
		out[i] = Claim{
			Value: n.Value, Upto: n.Upto, Bound: n.Bound, Unit: n.Unit, Share: n.Share, Did: n.Did,
			Speaker: said.Speaker, Said: said.On, Published: doc.Published,
		}
		if !n.Of.Empty() {
			out[i].Of = n.Of.In(doc.Text)
		}
		if n.Holder != nil {
			out[i].Holder = n.Holder.Name
			if out[i].Holder == "" && !n.Holder.Empty() {
				out[i].Holder = n.Holder.In(doc.Text)
			}
		}
		if len(s.Times) == 1 {
			out[i].Told = Days{dayOf(s.Times[0].From), dayOf(s.Times[0].To)}
		}
	}
	return out
}

// Numbers says how two claims stand to one another.
func Numbers(a, b Claim) Standing {
	t := tables()
	if !t.sameQuantity(&a, &b) {
		return Apart
	}
	af, at := interval(&a)
	bf, bt := interval(&b)
	af, at = scaled(&a, &b, af, at, t)
	meet := af <= bt && bf <= at
	if !samePeriod(&a, &b) {
		return Apart
	}
	who := Names(a.Speaker, b.Speaker).Tie
	days, known := claimDays(&a, &b)
	switch {
	case meet && (who == Tied || !known || days <= mostDays):
		return Agree
	case who == Tied && known && days > 0:
		return Revision
	case known && days > mostDays:
		return Apart
	case meet:
		return Agree
	}
	return Conflict
}

// mostDays is how many days may lie between two claims that tell no time, for
// them to be of the same time.
const mostDays = 3

// interval returns the numbers that a claim can mean. An exact number with
// noughts at its end may be rounded, by half of its last figure but no more
// than a twentieth. "About" is a tenth to both sides, "almost" a tenth below.
// "More than" has an end in practice: nobody says more than 160 of 400. It is
// half as much again, and for "at least", as first counts have it, twice as
// much; "less than" and "at most" are two thirds and a half. All but the ends
// of "more than" and "less than" belong to the range.
func interval(c *Claim) (from, to float64) {
	v, hair := c.Value, math.Abs(c.Value)*1e-9
	switch c.Bound {
	case hearsay.MoreThan:
		return v + hair, v * 1.5
	case hearsay.AtLeast:
		return v, v * 2
	case hearsay.LessThan:
		return v / 1.5, v - hair
	case hearsay.AtMost:
		return v / 2, v
	case hearsay.About:
		return v * 0.9, v * 1.1
	case hearsay.Almost:
		return v * 0.9, v
	case hearsay.Between:
		return min(v, c.Upto), max(v, c.Upto)
	}
	if c.Upto > v {
		return v, c.Upto
	}
	slack := rounding(v)
	if c.Share {
		slack = 0.005
	}
	return v - slack, v + slack
}

// rounding returns how far a round number may be from what was counted.
func rounding(v float64) float64 {
	if v < 100 || v != math.Trunc(v) || v >= 1e15 {
		return 0
	}
	unit := 1.0
	for math.Mod(v, unit*10) == 0 {
		unit *= 10
	}
	if unit == 1 {
		return 0
	}
	return min(unit/2, v/20)
}

// scaled turns the range of a into the unit of b.
func scaled(a, b *Claim, from, to float64, t *lexicon) (float64, float64) {
	u, v := t.units[unitKey(a.Unit)], t.units[unitKey(b.Unit)]
	if u.name == v.name || u.kind != v.kind || v.rate == 0 {
		return from, to
	}
	f := u.rate / v.rate
	return from * f * 0.98, to * f * 1.02 // units of the other system are rounded once more
}

func unitKey(s string) string { return strings.ReplaceAll(fold(s), " ", "_") }

// sameQuantity reports whether the claims are of the same thing: the same
// unit, share or count, no holder, deed or whole that differs, and one of
// these told by both.
func (t *lexicon) sameQuantity(a, b *Claim) bool {
	if a.Share != b.Share || !t.sameUnit(a.Unit, b.Unit) {
		return false
	}
	shared := 0
	for _, pair := range [...][2]string{{a.Holder, b.Holder}, {a.Of, b.Of}} {
		switch t.sameThing(pair[0], pair[1]) {
		case conflict:
			return false
		case agree:
			shared++
		}
	}
	if a.Did != "" && b.Did != "" {
		if t.make(fold(a.Did)).sense != t.make(fold(b.Did)).sense || t.make(fold(a.Did)).flip != t.make(fold(b.Did)).flip {
			return false
		}
		shared++
	}
	return shared > 0
}

func (t *lexicon) sameUnit(a, b string) bool {
	if a == "" || b == "" {
		return a == b
	}
	u, v := t.units[unitKey(a)], t.units[unitKey(b)]
	if u.name != "" && v.name != "" {
		return u.name == v.name || u.kind == v.kind && u.rate != 0 && v.rate != 0
	}
	return t.headSense(a) == t.headSense(b)
}

// headSense returns the sense of the last word of a noun phrase.
func (t *lexicon) headSense(s string) uint64 {
	words := strings.Fields(fold(s))
	if len(words) == 0 {
		return 0
	}
	return t.make(words[len(words)-1]).sense
}

// sameThing compares two holders or two wholes. A country and its army, its
// forces or its seat of government are one holder.
func (t *lexicon) sameThing(a, b string) agreement {
	if a == "" || b == "" {
		return unclear
	}
	p, q := t.thing(a), t.thing(b)
	for w := range p {
		if q[w] {
			return agree
		}
	}
	return conflict
}

// thing returns the words of a phrase that tell what it is of.
func (t *lexicon) thing(s string) map[string]bool {
	out := map[string]bool{}
	var last string
	for _, w := range strings.FieldsFunc(fold(s), func(c rune) bool { return !isLetter(c) && c != '\'' && c != '.' }) {
		w = strings.TrimSuffix(w, "'s")
		last = w
		if n := t.nations[w]; n != "" {
			out[n] = true
		}
	}
	if len(out) == 0 && last != "" {
		out[t.spelled(t.stem(last))] = true
	}
	return out
}

// samePeriod reports whether the times told of, where both tell one, meet.
func samePeriod(a, b *Claim) bool {
	af, at, aok := a.Told.numbers()
	bf, bt, bok := b.Told.numbers()
	return !aok || !bok || af <= bt && bf <= at
}

// numbers returns a range of days as numbers; an open end is far away.
func (d Days) numbers() (from, to int, ok bool) {
	from, fromOK := dayNumber(d.From)
	to, toOK := dayNumber(d.To)
	if !fromOK {
		from = math.MinInt
	}
	if !toOK {
		to = math.MaxInt
	}
	return from, to, fromOK || toOK
}

// claimDays returns how many days lie between two claims.
func claimDays(a, b *Claim) (int, bool) {
	return apart(&Said{On: a.Said, Published: a.Published}, &Said{On: b.Said, Published: b.Published})
}

const mostQuantityKeys = 4

// QuantityKeys returns at most four keys of what a claim counts: claims of the
// same quantity share one.
func QuantityKeys(c Claim) []uint64 {
	t := tables()
	unit := t.headSense(c.Unit)
	if u := t.units[unitKey(c.Unit)]; u.kind != "" {
		unit = hashOf("unit", u.kind)
		if u.rate == 0 {
			unit = hashOf("unit", u.name)
		}
	}
	if c.Share {
		unit = mix(unit, 1)
	}
	base := mix(mix(KeyVersion, hashOf("quantity")), unit)
	var keys []uint64
	did := uint64(0)
	if c.Did != "" {
		did = t.make(fold(c.Did)).sense
		keys = append(keys, mix(base, did))
	}
	for _, s := range [...]string{c.Holder, c.Of} {
		for _, w := range slices.Sorted(maps.Keys(t.thing(s))) {
			if len(keys) < mostQuantityKeys {
				keys = append(keys, mix(base, hashOf("thing", w)))
			}
		}
	}
	return keys
}
