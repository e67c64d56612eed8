package annotate

import (
	"math"
	"slices"

	"hearsay"
)

// This file chooses among the statements before a remark by what the remark
// tells of, and holds the numbers of evidence against those of a statement.

// aboutUnsaid reports whether a pronoun means what somebody did not say rather
// than statement n: "He made no mention of the reports. The Herald found no
// evidence to support them."
func (c *checker) aboutUnsaid(n int, k *remark) bool {
	if k.topic.to-k.topic.from != 1 || !c.ts[k.topic.from].is(third|personal|determiner) {
		return false
	}
	for m := n + 1; m < len(c.parts) && m < n+8 && c.parts[m].anchor().from < k.clause.from; m++ {
		if m != k.own && !c.parts[m].inner && c.ss[m].Negated {
			return true
		}
	}
	return false
}

// fitting returns the statements of near that a remark fits: on a number those
// that tell one, on something without a name those that have its words. All of
// them where none does.
func (c *checker) fitting(k *remark, near []int, plural bool) []int {
	if w := k.topic; w.to-w.from > 1 {
		var buf [8]string
		if stems := c.stemsIn(words{w.from, c.head(w)}, buf[:0]); len(stems) > 0 {
			tells := func(n int) bool { return c.toldWith(n, stems, k) }
			if !tells(near[0]) {
				if n := c.before(near[0], k, tells); n >= 0 {
					return []int{n} // "the fish story"
				}
			}
		}
	}
	if !k.topic.empty() {
		if !c.lex.checks.lists["count"][c.lex.low(&c.ts[c.head(k.topic)], c.text)] || c.counts(near[0]) {
			return near
		}
		if of := slices.DeleteFunc(slices.Clone(near), func(n int) bool { return !c.counts(n) }); len(of) > 0 {
			return of
		}
		if n := c.before(near[len(near)-1], k, c.counts); n >= 0 && !plural {
			return []int{n}
		}
		return near
	}
	if k.rule.about != "clause" && k.rule.about != "press" || k.implied {
		return near
	}
	var buf [16]string
	stems := c.stemsIn(words{k.to, k.clause.to}, buf[:0])
	tells := func(n int) bool { return c.toldWith(n, stems, k) }
	if len(stems) == 0 || tells(near[0]) {
		return near
	}
	if n := c.before(near[0], k, tells); n >= 0 {
		return []int{n}
	}
	return near
}

// counts reports whether a statement tells a number that is no length of time.
func (c *checker) counts(n int) bool {
	return slices.ContainsFunc(c.ss[n].Numbers, c.countsThings)
}

func (c *checker) countsThings(q hearsay.Quantity) bool {
	return !c.lex.checks.lists["yearly"][q.Unit]
}

// before returns the last statement before statement n that a remark may be
// about and that fits; -1 for none in the paragraphs before.
func (c *checker) before(n int, k *remark, fits func(int) bool) int {
	for n, looked := n-1, 0; n >= 0 && looked < mostLooked && c.blocksBack(n, k) <= sidesBack; n, looked = n-1, looked+1 {
		if c.checkable(n, k) && fits(n) {
			return n
		}
	}
	return -1
}

// rival reports whether evidence has a number for what the statement directly
// before it tells, one that does not fit or, as the rule asks, one that does.
func (c *checker) rival(k *remark) bool {
	if k.implied || k.subject.empty() {
		return false
	}
	if w := (words{k.s.from, k.subject.to}); k.subject.from-k.s.from < 6 && c.evident(w) && !c.verbWithin(w.from, k.subject.from) {
		k.subject = w // "minutes of a meeting seen by the Courier"
	}
	if !c.evident(k.subject) {
		return false
	}
	n := c.at(k.s.from) - 1
	for tries := 0; n >= 0 && tries < 8 && c.parts[n].inner; n, tries = n-1, tries+1 {
	}
	if n < 0 || !c.checkable(n, k) || c.ts[c.parts[n].anchor().from].block != k.s.block {
		return false
	}
	fits, compared := false, false
	bare := k.to-k.from == 1 // "the log shows 14 calls": of the same
	for _, f := range c.figures(words{k.to, c.remarkEnd(k.to, k.s.to)}) {
		if c.lex.checks.lists["yearly"][f.unit] || bare && f.number.from > k.to+3 {
			continue
		}
		for _, q := range c.ss[n].Numbers {
			if !c.countsThings(q) || bare && (f.unit == "" || f.unit != q.Unit) || f.share != q.Share && !bare && f.unit != "" {
				continue
			}
			compared = true
			fits = fits || allows(&q, f.value)
		}
		if !bare && len(c.ss[n].Numbers) == 0 {
			compared = true
		}
	}
	return compared && fits == (k.rule.about == "same")
}

// allows reports whether a number may be what a quantity claims.
func allows(q *hearsay.Quantity, v float64) bool {
	near := func(part float64) bool { return math.Abs(v-q.Value) <= part*math.Abs(q.Value) }
	switch q.Bound {
	case hearsay.MoreThan, hearsay.AtLeast:
		return v >= q.Value
	case hearsay.LessThan, hearsay.AtMost:
		return v <= q.Value
	case hearsay.About, hearsay.Almost:
		return near(0.1)
	case hearsay.Between:
		return q.Value <= v && v <= q.Upto
	}
	return near(0.001)
}

// evident reports whether a noun phrase is evidence: documents, data, pictures.
func (c *checker) evident(w words) bool {
	for i := w.from; i < w.to && i < w.from+6; i++ {
		t := &c.ts[i]
		if t.is(preposition) && i > w.from {
			return false
		}
		low := c.lex.low(t, c.text)
		if c.lex.checks.lists["proof"][low] || c.lex.checks.lists["text"][low] {
			return true
		}
	}
	return false
}

// keeper returns who has the evidence, where it says so, else the evidence:
// "the water board" of "figures published by the water board".
func (c *checker) keeper(w words) words {
	for i := w.from + 1; i+1 < w.to; i++ {
		if c.ts[i].low() == "by" && c.pastParticiple(i-1) {
			return words{i + 1, w.to}
		}
	}
	return w
}
