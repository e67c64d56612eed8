package annotate

import (
	"slices"

	"hearsay"
)

// This file says what somebody was asked about who would not comment.

// aboutParty returns the statements that somebody who would not comment was
// asked about: those that the remark directly before covers, else those of the
// nearest paragraph that tell of the party, else the last one before.
func (c *checker) aboutParty(k *remark) ([]int, string) {
	if of := c.joined(k); len(of) > 0 {
		return of, "check-joined"
	}
	who := k.who
	if k.told >= 0 {
		who = c.parts[k.told].speaker // "said it did not discuss"
	}
	names, principal, kin := c.namesOf(who), c.principal(who), c.kin(who)
	var found []int
	last, block := -1, int32(-1)
	for n, looked := c.at(k.clause.from)-1, 0; n >= 0 && looked < mostLooked; n, looked = n-1, looked+1 {
		back := c.blocksBack(n, k)
		if back > partyBack {
			break
		}
		if !c.checkable(n, k) {
			continue
		}
		b := c.ts[c.parts[n].anchor().from].block
		if block >= 0 && b != block {
			break
		}
		if c.speaks(n, names) {
			continue
		}
		if last < 0 && back <= farBack {
			last = n
		}
		if names.any() && c.mentions(n, names) || principal.any() && c.mentions(n, principal) || c.toldWith(n, kin, k) {
			block = b
			found = append(found, n)
		}
	}
	found = slices.DeleteFunc(found, func(n int) bool { return c.otherMatter(k, n) })
	switch {
	case len(found) > 0:
		slices.Reverse(found)
		return found, "check-of-party"
	case last >= 0 && c.takesUp(k, last):
		return []int{last}, "check-follows"
	}
	if n := c.cueBehind(k); n >= 0 && (k.implied || c.blocksBack(n, k) == 0) && c.leads(k) {
		return []int{n}, "check-leads"
	}
	return nil, ""
}

// joined returns what the remark covers that stands directly before remark k:
// "Ott declined to comment, and Brand did not respond".
func (c *checker) joined(k *remark) []int {
	p := &c.prev
	switch {
	case p.rule == nil, k.s.from != p.s.from && k.s.from != p.s.to:
		return nil
	case p.rule.finding != hearsay.NoComment && p.rule.finding != hearsay.CouldNotVerify && p.rule.finding != hearsay.NotVerified:
		return nil
	}
	for n := c.at(p.clause.to); n < len(c.parts) && c.parts[n].anchor().from < k.clause.from; n++ {
		if n != p.own && n != p.told && c.checkable(n, k) {
			return nil
		}
	}
	return p.statements
}

// takesUp reports whether somebody who is not told of was asked about statement
// n, the last one before: both stand in one paragraph, or the remark opens the
// next and tells of a request.
func (c *checker) takesUp(k *remark, n int) bool {
	if c.otherMatter(k, n) {
		return false
	}
	switch c.blocksBack(n, k) {
	case 0:
		return true
	case 1, 2:
	default:
		return false
	}
	opens := k.s.from == 0 || c.ts[k.s.from-1].block != k.s.block
	only := opens && (k.s.to >= len(c.ts) || c.ts[k.s.to].block != k.s.block)
	about := k.to < k.s.to && (c.word(k.to) == "on" || c.word(k.to) == "about")
	return only && !about || opens && c.requested(k)
}

// requested reports whether a remark tells of a request or of trying to reach
// somebody, where "declined to comment" does not.
func (c *checker) requested(k *remark) bool {
	for i := k.from; i < k.clause.to; i++ {
		switch low := c.lex.low(&c.ts[i], c.text); {
		case low == "immediate", low == "immediately", low == "reached", low == "available", c.lex.checks.lists["question"][low]:
			return true
		}
	}
	return false
}

// otherMatter reports whether somebody would not comment on something that
// statement n does not tell of: "declined to comment on his future".
func (c *checker) otherMatter(k *remark, n int) bool {
	i := k.to
	if last := c.word(i - 1); i >= k.clause.to || last != "on" && last != "discuss" && c.word(i) != "on" && c.word(i) != "about" {
		return false
	}
	if c.word(i) == "on" || c.word(i) == "about" {
		i++
	}
	if i >= k.clause.to || !c.outside(i) || c.ts[i].is(timeWord) {
		return false
	}
	w := c.objectAt(i, k.s.to)
	if w.empty() || c.claimed(w, true) {
		return false
	}
	if low := c.lex.low(&c.ts[c.head(w)], c.text); c.lex.checks.lists["matter"][low] || c.lex.checks.lists["question"][low] {
		return false
	}
	var buf [8]string
	w = words{i, min(k.clause.to, i+12)}
	return !c.toldWith(n, c.stemsIn(w, buf[:0]), k) && !c.sharesName(n, w)
}

// principal returns the party that a named person speaks for: "Lind" of "Lind's
// lawyer Ivo Ott" and of "a lawyer for Lind, Ivo Ott".
func (c *checker) principal(who words) party {
	if who.empty() || c.ts[c.head(who)].is(organisation|group) {
		return party{}
	}
	for i := who.from; i+1 < who.to && i < who.from+12; i++ {
		switch {
		case c.possessiveMark(i+1) && c.ts[i].capital && !c.ts[i].is(timeWord):
			return c.partyIn(words{who.from, i + 1})
		case c.ts[i].low() == "for" && i > who.from && c.ts[i-1].is(role):
			if w := c.phraseAfter(i+1, who.to, false); !w.empty() {
				return c.partyIn(w)
			}
		}
	}
	return party{}
}

// sharesName reports whether the content of a statement has a name that stands
// in a range of words, too.
func (c *checker) sharesName(n int, w words) bool {
	for i := w.from; i < w.to; i++ {
		if t := &c.ts[i]; t.kind == wordToken && t.capital && !t.is(title|timeWord|determiner|personal) && c.mentions(n, party{name: c.low(*t)}) {
			return true
		}
	}
	return false
}

// kin returns the beginnings of the plain nouns that a party is called by:
// "harbour" for "a spokesman for the harbour authority".
func (c *checker) kin(w words) []string {
	var out []string
	for i := w.from; i < w.to && i < w.from+12; i++ {
		t := &c.ts[i]
		if t.kind == punctuation {
			break // an apposition
		}
		if t.kind != wordToken || t.capital || t.is(role|group|organisation|unnamed|determiner|possessive|preposition|timeWord) || !c.noun(i) || t.End-t.Start < 5 {
			continue
		}
		out = append(out, stem(c.lex.low(t, c.text)))
	}
	return out
}

// toldWith reports whether the content of a statement has before a remark a word
// that begins with one of the stems.
func (c *checker) toldWith(n int, stems []string, k *remark) bool {
	if len(stems) == 0 {
		return false
	}
	var buf [mostCompared]string
	for _, w := range c.parts[n].content {
		if w.from <= k.from {
			w.to = min(w.to, k.s.from)
		}
		for _, s := range c.stemsIn(w, buf[:0]) {
			if slices.Contains(stems, s) {
				return true
			}
		}
	}
	return false
}

// stemsIn appends the beginnings of the words of a range that mean something,
// up to the room that there is.
func (a *analysis) stemsIn(w words, to []string) []string {
	for i := w.from; i < w.to && i < w.from+mostCompared && len(to) < cap(to); i++ {
		t := &a.ts[i]
		if t.kind == numberToken {
			to = append(to, a.text[t.Start:t.End])
			continue
		}
		if t.kind != wordToken || t.capital || t.End-t.Start < 4 || t.is(determiner|possessive|personal|reflexive|preposition|conjunction|subordinator|whWord|auxiliary|modal|copula|negation|timeWord|indefinite) || a.adverb(i) {
			continue
		}
		low := a.lex.low(t, a.text)
		if !a.lex.checks.lists["plainclaim"][low] {
			to = append(to, stem(low))
		}
	}
	return to
}

// oneself reports whether the subject of a remark is the reader, or the writer
// who tells what he himself would not say.
func (c *checker) oneself(k *remark) bool {
	if k.subject.empty() {
		return false
	}
	low := c.ts[k.subject.from].low()
	return low == "you" || (low == "i" || low == "we") && k.rule.finding == hearsay.NoComment && k.rule.who == "subject"
}
