package compare

import (
	"slices"
	"strings"

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
	numbers := len(out)
	out = x.exclusiveChanges(out)
	out = x.negationChanges(out)
	out = x.oppositeChanges(out)
	if len(out) > numbers && x.complements() {
		out = out[:0]
	}
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

// modalityChanges finds claims that became stronger or weaker.
func (x *alignment) modalityChanges(out []Change, regions []region) []Change {
	for _, g := range x.loose(regions) {
		a, atA := x.a.strengths(g.a0, g.a1)
		b, atB := x.b.strengths(g.b0, g.b1)
		if x.modality(g, a, b) {
			out = append(out, Change{ModalityChanged, wordSpan(x.a, atA), wordSpan(x.b, atB)})
		}
	}
	if i, j := x.a.conditional(x.b), x.b.conditional(x.a); i >= 0 || j >= 0 {
		out = append(out, Change{ModalityChanged, wordSpan(x.a, i), wordSpan(x.b, j)})
	}
	return out
}

// conditional returns the word on which a claim hangs where the other
// statement makes it without a condition, -1 for none.
func (s *Said) conditional(other *Said) int {
	for i := range other.words {
		if other.words[i].class&(condition|may|hedge|short) != 0 || other.words[i].silent {
			return -1
		}
	}
	for i := range s.words {
		w := s.words[i].In(s.Text)
		if (strings.EqualFold(w, "if") || strings.EqualFold(w, "unless")) && (i == 0 || s.words[i-1].class&(every|particle) == 0) {
			return i
		}
	}
	return -1
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
		if k := s.strengthOf(i); k != 0 {
			if at < 0 {
				at = i
			}
			c |= k
		}
	}
	return c, at
}

// strengthOf returns the classes that a word has with the negation before it:
// "not many" are few, and what is "not impossible" may be.
func (s *Said) strengthOf(i int) class {
	w := &s.words[i]
	switch not := i > 0 && s.words[i-1].class&negation != 0; {
	case w.class&(particle|pronoun) != 0:
		return 0
	case w.class&may != 0 && i+1 < len(s.words) && s.words[i+1].class&negation != 0 && (w.form == tables().can || w.form == tables().could):
		return 0 // a plain "not"
	case not && w.class&(every|many) != 0:
		return few
	case not && w.class&negative != 0 && w.flip && w.negated():
		return hedge
	}
	return w.class & strength
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
	return (a&weak != 0) != (b&weak != 0) && x.leads(g) && !x.able(g)
}

// able reports whether one statement says "can" and the other "is able to".
func (x *alignment) able(g region) bool {
	t := tables()
	has := func(s *Said, from, to int, is func(*word) bool) bool {
		for i := from; i < to; i++ {
			if is(&s.words[i]) {
				return true
			}
		}
		return false
	}
	can := func(w *word) bool { return w.form == t.can || w.form == t.could }
	able := func(w *word) bool { return w.sense == t.able }
	return has(x.a, g.a0, g.a1, can) && has(x.b, 0, min(len(x.b.words), mostKin), able) || has(x.b, g.b0, g.b1, can) && has(x.a, 0, min(len(x.a.words), mostKin), able)
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
	return x.merged(x.movedQuotations(out))
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
