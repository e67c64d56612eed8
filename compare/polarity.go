package compare

import (
	"slices"
	"strings"

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
	back    []int32 // of the other statement
	turns   bool    // the other one may turn what this one does not
	untied  class   // of the other's words that are not tied
	scant   bool    // one of these is "few"
}

func (x *alignment) sides() (a, b side) {
	a = side{Said: x.a, other: x.b, partner: x.partner, tied: x.to, back: x.from}
	b = side{Said: x.b, other: x.a, partner: x.partnerBack, tied: x.from, back: x.to}
	a.untied, a.scant = x.b.untied(x.from)
	b.untied, b.scant = x.a.untied(x.to)
	return a, b
}

// untied returns the classes of the words that are not tied, and whether one of
// these is "few".
func (s *Said) untied(tied []int32) (c class, scant bool) {
	t := tables()
	for k := range s.words {
		if tied[k] < 0 {
			c |= s.words[k].class
			scant = scant || t.scant[s.words[k].form] && (k == 0 || s.words[k-1].form != t.a)
		}
	}
	return c, scant
}

// opposes reports whether two words that stand for one another say opposite
// things, the negations before them left out of account.
func (x *alignment) opposes(w, v *word) bool {
	return w.sense == v.sense && w.flip != v.flip || x.contrary(w, v)
}

// wordForWord reports whether both statements have the same words in the same order.
func (x *alignment) wordForWord() bool {
	if len(x.a.words) != len(x.b.words) {
		return false
	}
	for i := range x.a.words {
		if x.a.words[i].form != x.b.words[i].form || x.a.words[i].class != x.b.words[i].class {
			return false
		}
	}
	return true
}

// negationChanges looks at each negation: where most of what it turns is not
// turned in the other statement, it was gained or lost.
func (x *alignment) negationChanges(out []Change) []Change {
	before := len(out)
	if x.a.Negated != x.b.Negated || x.denied() {
		out = append(out, Change{Kind: NegationChanged})
	}
	if x.wordForWord() {
		return out
	}
	a, b := x.sides()
	a.turns, b.turns = a.turnsAny(), b.turnsAny()
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
	if len(out) > before {
		return out
	}
	if i, j := x.onlyOne(a); i >= 0 {
		out = append(out, Change{NegationChanged, x.a.words[i].Span, wordSpan(x.b, j)})
	} else if j, i := x.onlyOne(b); j >= 0 {
		out = append(out, Change{NegationChanged, wordSpan(x.a, i), x.b.words[j].Span})
	}
	return out
}

// onlyOne returns the negation of a statement, and a word of the other that it
// would turn, where the other tells of the same and has nothing that stands
// for a negation: -1 for none.
func (x *alignment) onlyOne(s side) (i, j int) {
	lone := -1
	if s.turns || x.asks() {
		return -1, -1
	}
	if a, b := x.whole(); a || b {
		return -1, -1
	}
	for k := range s.words {
		if t := s.partner(k); t >= 0 && x.opposes(&s.words[k], &s.other.words[t]) {
			return -1, -1
		}
	}
	for i = range s.words {
		w := &s.words[i]
		j = -1
		if t := s.tied[i]; w.class&(negation|negative) == 0 || t >= 0 && s.other.words[t].form == w.form || i+1 < len(s.words) && s.words[i+1].clause && w.class&backward != 0 || s.twice(i) || s.scarce(i) {
			continue
		}
		for k, end := i+1, reachEnd(s.words, i, tables()); k < end; k++ {
			v := &s.words[k]
			if !v.content() || v.class&strength != 0 {
				continue
			}
			switch t := s.partner(k); {
			case t >= 0 && !v.negated() && !v.flip:
				return -1, -1 // a "not" turns another one back
			case t >= 0 && j < 0:
				j = t
			}
			if w.class&negation != 0 && w.form != tables().without {
				lone = i
			}
		}
		if j >= 0 {
			return i, j
		}
	}
	return lone, -1
}

// turnsAny reports whether the other statement has a word that is, or may stand
// for, a negation, and that this one has not.
func (s side) turnsAny() bool {
	for i := range s.other.words {
		if s.other.words[i].class&condition != 0 && !s.other.onceOnly(i) || s.other.words[i].class&beneath != 0 && s.other.bounds(i) || s.mayTurn(i) {
			return true
		}
	}
	return s.other.Negated || s.other.denial()
}

// onceOnly reports whether a "once" is no condition: "had once agreed".
func (s *Said) onceOnly(i int) bool {
	t := tables()
	return s.words[i].form == t.once && (i+1 == len(s.words) || s.words[i+1].class&pronoun == 0 && !t.articles[s.words[i+1].form])
}

// mayTurn reports whether a word of the other statement is, or may stand for, a
// negation that this one has not: "the coldest" is that than which there was no
// colder one.
func (s side) mayTurn(i int) bool {
	w := &s.other.words[i]
	t := s.back[i]
	if w.class&(negation|negative) != 0 {
		return t < 0 || s.words[t].form != w.form
	}
	text := w.In(s.other.Text)
	if t >= 0 && (s.words[t].form == w.form || s.words[t].lemma == w.lemma && !strings.HasSuffix(text, "st")) {
		return false
	}
	return w.class&short != 0 && !s.other.timed(i) || w.flip && unmaking(text) || len(text) > 5 && strings.HasSuffix(text, "est")
}

// timed reports whether a word only says when: "last year", "by the end of May".
func (s *Said) timed(i int) bool {
	t := tables()
	switch w := &s.words[i]; w.form {
	case t.last:
		return i+1 < len(s.words) && (s.words[i+1].class&(slots|ordinal) != 0 || t.unitOf(&s.words[i+1]).kind == "time")
	case t.end:
		return i > 0 && t.articles[s.words[i-1].form] && (i == 1 || s.words[i-2].form != t.to)
	}
	return false
}

// turnsNear reports whether a word of the other statement, or one shortly
// before it or after it, may stand for a negation: "stopped answering".
func (s side) turnsNear(i int) bool {
	for k := i; k > max(-1, i-3) && !s.other.words[k].clause; k-- {
		if s.other.words[k].class&(negation|negative) == 0 && s.mayTurn(k) {
			return true
		}
	}
	k := i + 1 // "with the captain away"
	for k < len(s.other.words) && k <= i+2 && tables().auxiliaries[s.other.words[k].lemma] {
		k++ // the captain was absent
	}
	return k < len(s.other.words) && !s.other.words[k].clause && !s.other.words[k].stop && s.other.words[k].class&short != 0 && s.back[k] < 0
}

// unmaking reports whether a word begins as words do that are made the
// contrary of others.
func unmaking(w string) bool {
	for _, p := range [...]string{"un", "in", "im", "ir", "il", "dis", "non", "mis"} {
		if strings.HasPrefix(w, p) {
			return true
		}
	}
	return false
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
	if s.scarce(i) || s.twice(i) {
		return -1, false
	}
	first, j, missed := true, -1, false
	end := reachEnd(s.words, i, tables())
	if end < len(s.words) && s.words[end].class&condition != 0 && s.tied[end] < 0 && s.other.hangs {
		return -1, false // not unless, only if
	}
	for k := i + 1; k < end; k++ {
		v := &s.words[k]
		if v.class&(particle|pronoun|filler|strength|slots) != 0 || missed && !tables().auxiliaries[s.words[k-1].lemma] {
			continue
		}
		t := s.partner(k)
		if t < 0 {
			if (first || missed) && w.class&negation != 0 {
				if missed || w.class&backward == 0 {
					return -1, false
				}
				missed = true // "nobody on board was hurt": the verb decides
			}
			first = false
			continue
		}
		missed = false
		first = false
		switch o := &s.other.words[t]; {
		case x.opposes(v, o):
			return t, v.negated() == o.negated()
		case v.negated() == o.negated() && (v.negated() || !v.flip):
			return t, false // both have a "not" there, or this one has two
		case j < 0 && v.negated() != o.negated() && !s.turnsNear(t) && (s.tied[k] >= 0 || !s.turns):
			j = t
		case j < 0:
			return t, false
		}
	}
	if j >= 0 {
		return j, !x.asks()
	}
	return s.bare(i)
}

// twice reports whether what a "not" turns holds another one that the other
// statement has not, "none was left unread", or is a bound that the other tells
// by another, "not more than".
func (s side) twice(i int) bool {
	for k, end := i+1, reachEnd(s.words, i, tables()); k < end; k++ {
		w, t := &s.words[k], s.partner(k)
		if t < 0 && (w.class&negative != 0 || w.flip && unmaking(w.In(s.Text))) {
			return true
		}
		if t < 0 && w.form == tables().before && s.untied&short != 0 {
			return true // not before May, in May at the earliest
		}
		if w.class&(above|beneath) != 0 && (t < 0 || s.other.words[t].form != w.form) && s.bounds(k) && s.untied&(above|beneath|many) != 0 {
			return true
		}
	}
	return false
}

// scarce reports whether a "not" makes little of much, "hardly any", "not
// enough", and the other statement has little of it, too: "few", "too little".
func (s side) scarce(i int) bool {
	t := tables()
	if w := &s.words[i]; !t.scarcely[w.form] && (i+1 >= len(s.words) || s.words[i+1].class&many == 0 && s.words[i+1].sense != t.enough) {
		return false
	}
	return s.scant
}

// asks reports whether one statement is a question and the other is none: "who
// would want that?"
func (x *alignment) asks() bool {
	return strings.HasSuffix(strings.TrimRight(x.a.Text, "\"”’'»“ "), "?") != strings.HasSuffix(strings.TrimRight(x.b.Text, "\"”’'»“ "), "?")
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
	if k := s.predicated(i); k >= 0 {
		t := s.partner(k)
		return t, t >= 0 && !s.turns
	}
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

// predicated returns the word of which a word that holds a "not" is told: "a
// second vote is impossible"; -1 for none.
func (s side) predicated(i int) int {
	if i < 2 || s.words[i].class&negative == 0 || !tables().auxiliaries[s.words[i-1].lemma] {
		return -1
	}
	for k := i - 2; k >= max(0, i-6) && !s.words[k+1].clause && !s.words[k+1].stop; k-- {
		if w := &s.words[k]; w.content() && w.class&strength == 0 {
			return k
		}
	}
	return -1
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
		if (w.class|v.class)&(above|beneath) != 0 && x.a.bounds(i) && x.b.bounds(j) {
			kind = NumberChanged // more than 50, fewer than 50
		}
		out = append(out, Change{kind, w.Span, v.Span})
	}
	if i, j := x.exchanged(); i >= 0 {
		out = append(out, Change{OppositeChanged, x.a.words[i].Span, x.b.words[j].Span})
	}
	return out
}

// exchanged returns the word "than" of both statements where what stands before
// it in one stands after it in the other, and the other way round: "the old road is
// safer than the new one", "the new road is safer than the old one".
func (x *alignment) exchanged() (i, j int) {
	i, j = x.a.than(), x.b.than()
	if i < 1 || j < 1 || x.a.words[i-1].turned != x.b.words[j-1].turned {
		return -1, -1
	}
	crossed, straight := 0, 0
	for k := max(0, i-8); k < min(len(x.a.words), i+6); k++ {
		w := &x.a.words[k]
		t := x.partner(k)
		if t < 0 || t > j+6 || t < j-8 || !w.content() || k == i-1 || t == j-1 {
			continue
		}
		if once(x.a, w.lemma) && once(x.b, w.lemma) && match(w, &x.b.words[t]) >= senseMatch {
			if (k < i) != (t < j) {
				crossed++
			} else if k > i {
				straight++
			}
		}
	}
	if crossed >= 2 && straight == 0 && x.a.words[i-1].lemma == x.b.words[j-1].lemma {
		return i, j
	}
	return -1, -1
}

// once reports whether a statement has a word a single time among those that
// can be asked for.
func once(s *Said, lemma uint64) bool {
	n := 0
	for i := range s.words[:min(len(s.words), 60)] {
		if s.words[i].lemma == lemma {
			n++
		}
	}
	return n == 1
}

// than returns the only "than" of a statement, -1 for none.
func (s *Said) than() int {
	at := -1
	for i := range s.words[:min(len(s.words), 60)] {
		if s.words[i].form == tables().than {
			if at >= 0 {
				return -1
			}
			at = i
		}
	}
	return at
}

// reversible reports whether a word and its opposite, not in the same place,
// may tell the same from two sides: "he bought it from me".
func (x *alignment) reversible(i, j int) bool {
	return (int(x.to[i]) != j || !x.neighbours(i, j)) && x.a.words[i].class&x.b.words[j].class&converse != 0
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
