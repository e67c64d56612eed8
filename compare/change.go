package compare

import (
	"math"
	"slices"

	"hearsay"
)

// A region is a range of words of each statement between two words that both
// have in the same form: what differs.
type region struct {
	a0, a1, b0, b1 int
}

// head and tail report whether the statements begin or end in the region.
func (g region) head() bool                      { return g.a0 == 0 || g.b0 == 0 }
func (g region) tail(x *alignment) bool          { return g.a1 == len(x.a.words) || g.b1 == len(x.b.words) }
func (g region) spanA(x *alignment) hearsay.Span { return x.a.span(g.a0, g.a1) }
func (g region) spanB(x *alignment) hearsay.Span { return x.b.span(g.b0, g.b1) }

// span returns the range of the text that words cover.
func (s *Said) span(from, to int) hearsay.Span {
	if from >= to {
		return hearsay.Span{}
	}
	return hearsay.Span{Start: s.words[from].Start, End: s.words[to-1].End}
}

// regions returns what differs, in order.
func (x *alignment) regions() []region {
	var out []region
	i, j, n, m := 0, 0, len(x.a.words), len(x.b.words)
	for i < n || j < m {
		if i < n && j < m && int(x.to[i]) == j && x.a.words[i].form == x.b.words[j].form {
			i++
			j++
			continue
		}
		g := region{a0: i, b0: j}
		for i < n && (x.to[i] < 0 || x.a.words[i].form != x.b.words[x.to[i]].form) {
			i++
		}
		for j < m && (x.from[j] < 0 || x.b.words[j].form != x.a.words[x.from[j]].form) {
			j++
		}
		g.a1, g.b1 = i, j
		out = append(out, g)
	}
	return out
}

// mostChanges bounds the changes of one kind: after so many there is nothing
// left of the statement.
const mostChanges = 50

// changes returns what a reader would want to see, in the order of the kinds.
func (x *alignment) changes(regions []region) []Change {
	var out []Change
	out = x.numberChanges(out)
	out = x.negationChanges(out)
	out = x.oppositeChanges(out)
	out = x.modalityChanges(out, regions)
	sense := slices.ContainsFunc(out, func(c Change) bool { return c.Kind != NumberChanged })
	out = x.quotedChanges(out, regions)
	if x.speakers.Tie == NotTied {
		out = append(out, Change{Kind: SpeakerChanged})
	}
	if sense && (x.a.Quoting == hearsay.Indirect) != (x.b.Quoting == hearsay.Indirect) {
		out = append(out, Change{Kind: MadeIndirect})
	}
	return out
}

// numberChanges compares numbers that stand in the same place, and those of
// the same thing.
func (x *alignment) numberChanges(out []Change) []Change {
	for i := range x.a.words {
		w := &x.a.words[i]
		j := int(x.to[i])
		if w.class&slots == 0 && w.form != tables().one {
			continue
		}
		if j < 0 {
			j = x.numberOfSame(i)
		}
		if j < 0 {
			continue
		}
		if w.form == x.b.words[j].form {
			if x.byAndTo(i, j) {
				out = append(out, Change{NumberChanged, x.a.words[i-1].Span, x.b.words[j-1].Span})
			}
			continue
		}
		if v := &x.b.words[j]; slot(w) == slot(v) && !x.close(i, j) && !x.elsewhere(i) {
			out = append(out, Change{NumberChanged, w.Span, v.Span})
		}
	}
	return out
}

// elsewhere reports whether b has the i-th word of a, a number or a day, in
// another place, and a number with the thing that it counts.
func (x *alignment) elsewhere(i int) bool {
	w := &x.a.words[i]
	at := max(0, int(x.to[i]))
	for j := max(0, at-within); j < min(len(x.b.words), at+within); j++ {
		v := &x.b.words[j]
		if v.form != w.form {
			continue
		}
		if w.class&(day|month) != 0 {
			return true
		}
		if p, q := x.a.counted(i), x.b.counted(j); p != nil && q != nil && p.sense == q.sense {
			return true
		}
	}
	return false
}

// within is how far away a word that was moved is looked for.
const within = 40

// counted returns the word that a number counts, nil for none.
func (s *Said) counted(i int) *word {
	for k := i + 1; k < len(s.words) && k <= i+3; k++ {
		if w := &s.words[k]; w.class&(particle|pronoun) == 0 {
			return w
		}
	}
	return nil
}

// byAndTo reports whether one number is a difference and the other what came
// of it: "by a third", "to a third".
func (x *alignment) byAndTo(i, j int) bool {
	if i == 0 || j == 0 || x.a.words[i].class&number == 0 {
		return false
	}
	by, to := tables().by, tables().to
	p, q := x.a.words[i-1].form, x.b.words[j-1].form
	return p == by && q == to || p == to && q == by
}

// slot tells numbers, days and months apart.
func slot(w *word) class {
	switch {
	case w.class&(number|ordinal) != 0:
		return number
	case w.class&day != 0:
		return day
	case w.class&month != 0:
		return month
	case w.class&times != 0:
		return times
	}
	return number
}

// numberOfSame returns the number in b of the thing that the i-th word of a
// counts: -1 for none.
func (x *alignment) numberOfSame(i int) int {
	one := tables().one
	for k := i + 1; k < len(x.a.words) && k <= i+3; k++ {
		if x.a.words[k].class&(particle|pronoun) != 0 && x.a.words[k].weight < 1 {
			continue
		}
		j := int(x.to[k])
		if j < 0 {
			j = int(x.moved[k])
		}
		if j < 1 || x.a.words[k].lemma != x.b.words[j].lemma {
			return -1
		}
		if v := &x.b.words[j-1]; v.class&number != 0 || v.form == one && x.from[j-1] < 0 {
			if p := int(x.from[j-1]); p >= 0 && x.a.words[p].class&number != 0 {
				return -1 // that is the number of another thing
			}
			return j - 1
		}
		return -1
	}
	return -1
}

// close reports whether two numbers say the same.
func (x *alignment) close(i, j int) bool {
	v, w := x.a.words[i], x.b.words[j]
	if v.class&(day|month|times) != 0 {
		return v.value == w.value
	}
	p, q := v.value, w.value
	rough := x.a.hedged(i) || x.b.hedged(j)
	if v.unit.name != "" && w.unit.name != "" && v.unit.name != w.unit.name {
		if v.unit.kind != w.unit.kind || v.unit.rate == 0 {
			return false
		}
		p, q = p*v.unit.rate, q*w.unit.rate
		return closeTo(p, q, 0.05)
	}
	switch {
	case v.class&w.class&vague == 0 && (v.class|w.class)&vague != 0:
		if v.class&vague == 0 {
			p, q = q, p
		}
		return q >= p/2 && q <= p*10
	case p == q:
		return true
	case rough:
		return closeTo(p, q, 0.1)
	case p < 1 && q < 1:
		return closeTo(p, q, 0.025)
	}
	return false
}

// closeTo reports whether two numbers differ by no more than a share of the
// larger one.
func closeTo(p, q, share float64) bool {
	return math.Abs(p-q) <= share*math.Max(math.Abs(p), math.Abs(q))
}

// hedged reports whether "about" or the like stands before a word.
func (s *Said) hedged(i int) bool {
	for k := max(0, i-2); k < i; k++ {
		if s.words[k].class&about != 0 {
			return true
		}
	}
	return false
}

// negationChanges looks at each negation: where most of what it turns is not
// turned in the other statement, it was gained or lost.
func (x *alignment) negationChanges(out []Change) []Change {
	if x.a.Negated != x.b.Negated {
		out = append(out, Change{Kind: NegationChanged})
	}
	if x.denied() {
		out = append(out, Change{Kind: NegationChanged})
	}
	for i := 0; i < len(x.a.words) && len(out) < mostChanges; i++ {
		if j, changed := lost(x.a, x.b, i, x.to, x.moved); changed {
			out = append(out, Change{NegationChanged, x.a.words[i].Span, wordSpan(x.b, j)})
		}
	}
	seen := len(out)
	for j := range x.b.words {
		i, changed := lost(x.b, x.a, j, x.from, nil)
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
func lost(s, other *Said, i int, to, moved []int32) (j int, changed bool) {
	w := &s.words[i]
	if w.class&(negation|negative) == 0 {
		return -1, false
	}
	if t := to[i]; t >= 0 && other.words[t].class&(negation|negative) != 0 && sameNext(s, other, i, int(t), to) {
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
		t := to[k]
		if t < 0 && moved != nil {
			t = moved[k]
		}
		if t < 0 {
			if first && w.class&negation != 0 {
				return -1, false
			}
			first = false
			continue
		}
		first = false
		if o := &other.words[t]; v.turned == o.turned || v.flip != o.flip {
			agree += v.weight
		} else {
			disagree += v.weight
			if j < 0 {
				j = int(t)
			}
		}
	}
	if agree+disagree == 0 {
		return bare(other, i, to, w)
	}
	return j, disagree > agree
}

// sameNext reports whether the first telling words after two negations are
// tied: then a comma more or less changes nothing.
func sameNext(s, other *Said, i, j int, to []int32) bool {
	p, q := s.telling(i+1), other.telling(j+1)
	return p >= 0 && q >= 0 && int(to[p]) == q
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
func bare(other *Said, i int, to []int32, w *word) (int, bool) {
	if to[i] >= 0 || i == 0 || to[i-1] < 0 || w.class&negative != 0 {
		return -1, false
	}
	at := int(to[i-1])
	for k := max(0, at-3); k < min(len(other.words), at+5); k++ {
		if other.words[k].class&(negation|negative) != 0 {
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
		j := x.to[i]
		if j < 0 {
			continue
		}
		if w, v := &x.a.words[i], &x.b.words[j]; w.flip != v.flip && w.sense == v.sense && w.turned != v.turned {
			kind := OppositeChanged
			if x.a.bounds(i) && x.b.bounds(int(j)) {
				kind = NumberChanged // more than 50, fewer than 50
			}
			out = append(out, Change{kind, w.Span, v.Span})
		}
	}
	return out
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

// modalityChanges finds claims that became stronger or weaker.
func (x *alignment) modalityChanges(out []Change, regions []region) []Change {
	for _, g := range x.loose(regions) {
		a, atA := x.a.strengths(g.a0, g.a1)
		b, atB := x.b.strengths(g.b0, g.b1)
		if x.modality(g, a, b) {
			out = append(out, Change{ModalityChanged, wordSpan(x.a, atA), wordSpan(x.b, atB)})
		}
	}
	return out
}

// loose joins regions that only words without meaning of their own part.
func (x *alignment) loose(regions []region) []region {
	var out []region
	for _, g := range regions {
		if k := len(out) - 1; k >= 0 && g.a0-out[k].a1 <= 2 {
			idle := true
			for i := out[k].a1; i < g.a0; i++ {
				idle = idle && x.a.words[i].class&(particle|pronoun) != 0
			}
			if idle {
				out[k].a1, out[k].b1 = g.a1, g.b1
				continue
			}
		}
		out = append(out, g)
	}
	return out
}

// strengths returns the classes that make a claim stronger or weaker in a
// range of words, and the first word of one.
func (s *Said) strengths(from, to int) (c class, at int) {
	at = -1
	for i := from; i < to; i++ {
		if k := s.words[i].class & strength; k != 0 && s.words[i].class&(particle|pronoun) == 0 {
			if at < 0 {
				at = i
			}
			c |= k
		}
	}
	return c, at
}

// modality decides on a region by the classes of both sides.
func (x *alignment) modality(g region, a, b class) bool {
	const weak = may | hedge
	if a&weak != 0 && b&weak != 0 || a&b&modal != 0 && (a|b)&weak == 0 {
		return false
	}
	if a&modal != 0 && b&modal != 0 && a&b&modal == 0 {
		return true
	}
	const amount = every | many | few
	if a&amount != 0 && b&amount != 0 && a&b&amount == 0 {
		return true
	}
	return (a&weak != 0) != (b&weak != 0) && x.leads(g)
}

// leads reports whether a word that both have follows the region closely: what
// stands in the region says how the word is meant.
func (x *alignment) leads(g region) bool {
	return g.a1 < len(x.a.words) && g.b1 < len(x.b.words) && g.a1-g.a0 <= 4 && g.b1-g.b0 <= 4 && !x.a.words[g.a1].stop && !x.b.words[g.b1].stop
}

// quotedChanges finds words that differ inside quotation marks, and words that
// were brought together inside them.
func (x *alignment) quotedChanges(out []Change, regions []region) []Change {
	for _, g := range regions {
		inA, inB := x.a.quoted(g.a0, g.a1), x.b.quoted(g.b0, g.b1)
		switch {
		case inA && inB:
			if !x.a.bracketed(g.a0, g.a1) && !x.b.bracketed(g.b0, g.b1) && (x.a.differs(g.a0, g.a1) || x.b.differs(g.b0, g.b1)) {
				out = append(out, Change{QuotedWords, g.spanA(x), g.spanB(x)})
			}
		case g.head() || g.tail(x):
		case g.b0 == g.b1 && inA:
			if kind := joined(x.a, x.b, g.a0, g.a1, g.b0); kind != "" {
				out = append(out, Change{kind, g.spanA(x), hearsay.Span{}})
			}
		case g.a0 == g.a1 && inB:
			if kind := joined(x.b, x.a, g.b0, g.b1, g.a0); kind != "" {
				out = append(out, Change{kind, hearsay.Span{}, g.spanB(x)})
			}
		}
	}
	return x.merged(out)
}

// quoted reports whether words of a range stand inside quotation marks.
func (s *Said) quoted(from, to int) bool {
	return slices.ContainsFunc(s.words[from:to], func(w word) bool { return w.quote != 0 })
}

// differs reports whether a range has quoted words that count: neither
// fillers nor put in by the outlet.
func (s *Said) differs(from, to int) bool {
	return slices.ContainsFunc(s.words[from:to], func(w word) bool { return w.quote != 0 && w.class&filler == 0 && !w.silent && !w.square })
}

// bracketed reports whether the outlet put in words of a range and says so.
func (s *Said) bracketed(from, to int) bool {
	return slices.ContainsFunc(s.words[from:to], func(w word) bool { return w.square })
}

// joined says what it is that the words of a range are missing between two
// words of the other statement: "" where it shows that something is missing.
func joined(s, other *Said, from, to, at int) ChangeKind {
	left, right := &other.words[at-1], &other.words[at]
	if left.quote == 0 || left.quote != right.quote || right.gap || right.square || left.square || !s.differs(from, to) {
		return ""
	}
	for i := from; i <= to; i++ {
		if w := &s.words[i]; w.stop || w.quote != s.words[from].quote || w.quote == 0 {
			return Joined
		}
	}
	return QuotedWords
}

// merged finds words that follow one another in one quotation of one
// statement, and stand in two quotations with a sentence's end between in the
// other.
func (x *alignment) merged(out []Change) []Change {
	for i := 1; i < len(x.a.words); i++ {
		j := x.to[i]
		if j < 1 || x.to[i-1] != j-1 {
			continue
		}
		w, v := &x.a.words[i], &x.b.words[j]
		before, former := &x.a.words[i-1], &x.b.words[j-1]
		if w.quote == 0 || v.quote == 0 || before.quote == 0 || former.quote == 0 {
			continue
		}
		if w.quote != before.quote && w.stop && v.quote == former.quote && !v.stop || v.quote != former.quote && v.stop && w.quote == before.quote && !w.stop {
			out = append(out, Change{Joined, w.Span, v.Span})
		}
	}
	return out
}
