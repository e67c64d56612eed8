package compare

import (
	"slices"

	"hearsay"
)

// negated reports whether a negation turns the word.
func (w *word) negated() bool { return w.turned != w.flip }

// A side is one of two statements in its view of the other.
type side struct {
	*Said
	other   *Said
	partner func(int) int
	tied    []int32
}

func (x *alignment) sides() (a, b side) {
	return side{x.a, x.b, x.partner, x.to}, side{x.b, x.a, x.partnerBack, x.from}
}

// opposes reports whether two words that stand for one another say opposite
// things, the negations before them left out of account.
func (x *alignment) opposes(w, v *word) bool {
	return w.sense == v.sense && w.flip != v.flip || x.contrary(w, v)
}

// negationChanges looks at each negation: where most of what it turns is not
// turned in the other statement, it was gained or lost.
func (x *alignment) negationChanges(out []Change) []Change {
	if x.a.Negated != x.b.Negated || x.denied() {
		out = append(out, Change{Kind: NegationChanged})
	}
	a, b := x.sides()
	for i := 0; i < len(x.a.words) && len(out) < mostChanges; i++ {
		if j, changed := x.lost(a, i); changed {
			out = append(out, Change{NegationChanged, x.a.words[i].Span, wordSpan(x.b, j)})
		}
	}
	seen := len(out)
	for j := 0; j < len(x.b.words) && len(out) < 2*mostChanges; j++ {
		i, changed := x.lost(b, j)
		if !changed || slices.ContainsFunc(out[:seen], func(c Change) bool { return c.A == wordSpan(x.a, i) && i >= 0 }) {
			continue
		}
		out = append(out, Change{NegationChanged, wordSpan(x.a, i), x.b.words[j].Span})
	}
	return out
}

func wordSpan(s *Said, i int) hearsay.Span {
	if i < 0 || i >= len(s.words) {
		return hearsay.Span{}
	}
	return s.words[i].Span
}

// lost reports whether the other statement has no match for the i-th word, a
// negation, and the first word there that it would turn. Where the first
// telling word that it turns is not in the other statement, the claim is told
// by other words, and nothing can be said.
func (x *alignment) lost(s side, i int) (j int, changed bool) {
	w := &s.words[i]
	if w.class&(negation|negative) == 0 {
		return -1, false
	}
	if t := s.tied[i]; t >= 0 && s.other.words[t].class&(negation|negative) != 0 && s.sameNext(i, int(t)) {
		return -1, false
	}
	var agree, disagree float32
	j = -1
	first := true
	for k := i + 1; k < reachEnd(s.words, i, tables()); k++ {
		v := &s.words[k]
		if v.class&(particle|pronoun|filler|strength) != 0 {
			continue
		}
		t := s.partner(k)
		if t < 0 {
			if first && w.class&negation != 0 {
				return -1, false
			}
			first = false
			continue
		}
		first = false
		if o := &s.other.words[t]; v.negated() == o.negated() || x.opposes(v, o) {
			agree += v.weight
		} else {
			disagree += v.weight
			if j < 0 {
				j = t
			}
		}
	}
	if agree+disagree == 0 {
		return s.bare(i)
	}
	return j, disagree > agree
}

// sameNext reports whether the first telling words after two negations are
// tied: then a comma more or less changes nothing.
func (s side) sameNext(i, j int) bool {
	p, q := s.telling(i+1), s.other.telling(j+1)
	return p >= 0 && q >= 0 && int(s.tied[p]) == q
}

// telling returns the first word from i on that tells something of its own.
func (s *Said) telling(i int) int {
	for k := i; k < min(len(s.words), i+reach); k++ {
		if s.words[k].class&(particle|pronoun|filler|strength) == 0 {
			return k
		}
	}
	return -1
}

// bare decides on a negation that no telling word follows: "We will not."
func (s side) bare(i int) (int, bool) {
	if s.tied[i] >= 0 || i == 0 || s.tied[i-1] < 0 || s.words[i].class&negative != 0 {
		return -1, false
	}
	at := int(s.tied[i-1])
	for k := max(0, at-3); k < min(len(s.other.words), at+5); k++ {
		if s.other.words[k].class&(negation|negative) != 0 {
			return -1, false
		}
	}
	return at, true
}

// denied reports whether one statement is a denial of what the other says.
func (x *alignment) denied() bool {
	if x.a.denial() == x.b.denial() {
		return false
	}
	var agree, disagree float32
	for i := range x.a.words {
		w := &x.a.words[i]
		if x.to[i] < 0 || w.class&(particle|pronoun|filler|strength) != 0 {
			continue
		}
		if w.turned == x.b.words[x.to[i]].turned {
			agree += w.weight
		} else {
			disagree += w.weight
		}
	}
	return agree > disagree // what is denied says the opposite of its words
}

// denial reports whether the cue turns the content round.
func (s *Said) denial() bool { return s.Force == hearsay.Deny && s.Quoting == hearsay.Indirect }

// oppositeChanges finds words that stand for their opposites.
func (x *alignment) oppositeChanges(out []Change) []Change {
	for i := range x.a.words {
		j := x.partner(i)
		if j < 0 {
			continue
		}
		w, v := &x.a.words[i], &x.b.words[j]
		if !x.opposes(w, v) || w.negated() != v.negated() || x.reversible(i, j) {
			continue
		}
		kind := OppositeChanged
		if x.a.bounds(i) && x.b.bounds(j) {
			kind = NumberChanged // more than 50, fewer than 50
		}
		out = append(out, Change{kind, w.Span, v.Span})
	}
	return out
}

// reversible reports whether a word and its opposite, not in the same place,
// may tell the same from two sides: "he bought it from me".
func (x *alignment) reversible(i, j int) bool {
	return int(x.to[i]) != j && !x.contrary(&x.a.words[i], &x.b.words[j])
}

// bounds reports whether a word says how the number after it is meant: "more
// than 50".
func (s *Said) bounds(i int) bool {
	const most = 2
	k := i + 1
	if k < len(s.words) && s.words[k].class&particle != 0 {
		k++ // than
	} else if s.words[i].class&(particle|about|many|few) == 0 {
		return false
	}
	return k < len(s.words) && k <= i+most && s.words[k].class&number != 0
}
