package annotate

import "hearsay"

// This file says to whom, through which medium and where a statement was said.
// It goes by what stands about the cue: before the speaker, between cue and
// content, and behind the cue of a content that stands first.
//
// The span of a medium is the noun phrase up to its head, without what follows:
// "a televised meeting" of "a televised meeting with war correspondents"; with
// the platform of a post ("a post on X"). Its name is that of the outlet or
// platform, where one is named: CNN for "an interview with CNN". The span of a
// place is the noun phrase without "in", "at" or "from", but with a preposition
// that makes another place of it: "outside the court".

// A circumstance is what was found about one cue, as ranges of tokens.
type circumstance struct {
	addressee, medium, place words
	outlet                   words  // the name of the medium
	placeName                words  // the name in the place
	rule                     string // where the addressee was found
	to                       bool   // "to" leads to those who are told
	quote                    int32  // the quotation in which the cue stands, as token.quote
}

// beside reports whether token i stands where the cue does: outside quotations, or
// in the same one.
func (a *analysis) beside(i int, c *circumstance) bool { return a.ts[i].quote == c.quote }

func (c *circumstance) empty() bool {
	return c.addressee.empty() && c.medium.empty() && c.place.empty()
}

// setting says to whom, through which medium and where each statement was said.
func (a *analysis) setting(ss []hearsay.Statement, parts []attribution, r *resolver) {
	t := telling{analysis: a, r: r, ss: ss, parts: parts, at: -1}
	for i := range ss {
		found := a.circumstances(ss, parts, i)
		a.fill(&ss[i], &parts[i], &found, r)
		a.addressedFirst(ss, parts, i)
		if parts[i].inner {
			continue
		}
		t.next(i)
	}
}

// circumstances looks about the cue of statement i.
func (a *analysis) circumstances(ss []hearsay.Statement, parts []attribution, i int) circumstance {
	at, c := &parts[i], circumstance{}
	if at.cue.empty() || ss[i].Mode != hearsay.Speech && ss[i].Mode != hearsay.Writing && !at.tells(a.lex) {
		if !at.addressee.empty() && a.canHear(at.addressee) {
			c.addressee, c.rule = at.addressee, "addressee-object"
		}
		if at.lemma == "hear" && c.addressee.empty() {
			a.subjectTold(&ss[i], at, at.cue.from, &c)
		}
		return c
	}
	s := a.sentenceOf(at.cue.from)
	lo, hi := a.surroundings(parts, i, s)
	verb := a.mainVerb(at.cue)
	c.to = a.lex.scenes[ss[i].Cue.Lemma]&toward != 0
	c.quote = a.ts[verb].quote
	from := verb + 1
	if at.speaker.from >= at.cue.from && !at.speaker.empty() {
		a.withoutPlace(&ss[i], at, c.quote)
		from = max(from, at.speaker.to)
	}
	if at.rule != "passive" && at.lemma != "according to" {
		a.object(&ss[i], at, from, hi, &c)
	}
	if (at.rule == "passive" || at.lemma == "hear") && !at.addressee.empty() {
		c.addressee, c.rule = at.addressee, "addressee-told"
	}
	if c.addressee.empty() {
		a.subjectTold(&ss[i], at, lo, &c)
	}
	if c.addressee.empty() && c.to {
		a.withinCue(at, &c)
	}
	if c.addressee.from >= from {
		from = max(from, c.addressee.to)
	}
	a.behind(from, hi, at.cue.to, &c)
	if a.before(lo, at, &c); at.speaker.empty() && c.rule == "addressee-told" {
		c.place, c.placeName = words{}, words{} // "In Harrow, residents were told": where they are
	}
	if c.medium.empty() {
		a.trailing(at, &c)
		a.publishedIn(at, &c)
	}
	if w, ok := a.antecedent(at); ok && c.medium.empty() {
		c.medium, c.outlet = w, words{}
	}
	return c
}

// tells reports whether the cue verb of an attribution takes those who are told
// as its object.
func (at *attribution) tells(l *lexicon) bool {
	if l.scenes[at.lemma]&objective != 0 {
		return true
	}
	w := l.words[at.lemma]
	if w == nil || len(w.cues) == 0 {
		return false
	}
	v := w.plainCue()
	return v != nil && v.takes(addresseeFrame)
}

// mainVerb returns the first token of a cue that is a cue verb, its last token
// where there is none.
func (a *analysis) mainVerb(cue words) int {
	for i := cue.from; i < cue.to; i++ {
		t := &a.ts[i]
		if t.lex != nil && len(t.lex.cues) > 0 && !(t.is(auxiliary|modal) && i+1 < cue.to) {
			return i
		}
		if i+1 < cue.to && (a.ts[i+1].is(preposition) || a.ts[i+1].is(determiner)) && !t.is(auxiliary|modal|adverb|preposition) {
			return i
		}
	}
	return cue.to - 1
}

// surroundings returns where the words about a cue begin and end: within its
// sentence, and within the content that the statement stands in, without the
// contents and the statements that follow and precede it there.
func (a *analysis) surroundings(parts []attribution, i int, s sentence) (lo, hi int) {
	const near = 4 // statements in either direction
	at := &parts[i]
	lo, hi = s.from, s.to
	if at.inner {
		if h := a.host(parts, i); h >= 0 {
			c := holding(parts[h].content, at.cue.from)
			lo, hi = max(lo, c.from), min(hi, c.to)
		}
	}
	for _, c := range at.content {
		if c.from >= at.cue.to {
			hi = min(hi, c.from)
		}
		if c.to <= at.cue.from {
			lo = max(lo, c.to)
		}
	}
	for k := i + 1; k < len(parts) && k <= i+near; k++ {
		p := &parts[k]
		if p.cue.from <= at.cue.from {
			continue
		}
		hi = min(hi, p.cue.from)
		if p.speaker.from > at.cue.from && !p.implied {
			hi = min(hi, p.speaker.from)
		}
	}
	for k := i - 1; k >= 0 && k >= i-near; k-- {
		p := &parts[k]
		inside := holding(p.content, at.cue.from)
		if p.cue.to <= at.cue.from && !(inside.from <= at.cue.from && at.cue.from < inside.to) {
			lo = max(lo, p.cue.to, min(lastToken(*p), at.cue.from))
		}
	}
	return lo, hi
}

// behind reads what stands behind a cue, up to the first words that are neither
// time, addressee, medium nor place. Up to token inside it belongs to the cue.
func (a *analysis) behind(i, hi, inside int, c *circumstance) {
	for i < hi && a.beside(i, c) {
		if j := a.chunk(i, hi, c); j > i {
			i = j
			continue
		}
		switch {
		case a.comma(i, hi) && i+1 < hi && (a.scene(i+1)&speaking != 0 || a.chunkAhead(i+1, hi, c.quote)):
			i++
		case i < inside:
			i++
		default:
			a.meanwhile(i, hi, c)
			return
		}
	}
}

// chunkAhead reports whether a time or a phrase with a medium or a place
// follows: "said on Monday, in a speech in Harrow".
func (a *analysis) chunkAhead(i, hi int, quote int32) bool {
	c := circumstance{quote: quote}
	return a.chunk(i, hi, &c) > i && !c.medium.empty()
}

// before reads what stands before the speaker, or between speaker and cue: the
// parts between commas that begin with an addressee, a medium or a place.
func (a *analysis) before(lo int, at *attribution, c *circumstance) {
	first := at.cue.from
	if !at.speaker.empty() && at.speaker.to <= at.cue.from && !at.implied {
		a.segments(at.speaker.to, at.cue.from, c, true)
		first = at.speaker.from
	}
	if at.implied && c.empty() {
		return
	}
	none := c.place.empty()
	a.segments(max(lo, first-60), first, c, false)
	if p := c.place.to; none && p > 0 && a.comma(p, first) && p+1 < first && a.ts[p+1].is(relative) {
		c.place, c.placeName = words{}, words{} // "In Veldany, which has no coast, ..."
	}
}

// segments reads the tokens between commas from token i to token hi. A finite
// verb between them begins the clause anew. With closed, the tokens stand
// behind the speaker, and a place counts only behind a comma.
func (a *analysis) segments(i, hi int, c *circumstance, closed bool) {
	start := *c
	begins := !closed
	for i < hi {
		if !a.beside(i, c) {
			begins, *c = false, start
			i++
			continue
		}
		if begins {
			for i < hi && (a.ts[i].is(conjunction) || a.adverb(i) && a.scene(i) == 0 && !a.ts[i].is(preposition)) {
				i++
			}
			for i < hi && a.beside(i, c) {
				j := a.chunk(i, hi, c)
				if j == i {
					break
				}
				i = j
			}
			begins = false
			continue
		}
		switch {
		case a.comma(i, hi) && !closed && i+1 < hi && a.ts[i+1].low() == "and":
			*c = start // what follows is a clause of its own
		case a.comma(i, hi):
			begins = true
		case closed && i+2 < hi && a.ts[i].is(preposition):
			d := *c
			if j := a.chunk(i, hi, &d); j > i && !d.medium.empty() && c.medium.empty() {
				*c, i = d, j-1
			}
		case a.finite(i) || a.pastTense(i), a.ts[i].kind == punctuation && (a.ts[i].mark == ':' || a.ts[i].mark == ';'):
			*c = start
		}
		i++
	}
}

// chunk reads one phrase at token i and returns the token behind it, i itself
// where it is none of those that count.
func (a *analysis) chunk(i, hi int, c *circumstance) int {
	if i >= hi || !a.beside(i, c) {
		return i
	}
	if j := a.clock(i, hi); j > i {
		return j
	}
	t := &a.ts[i]
	s := a.scene(i)
	switch {
	case s&speaking != 0 && !t.capital || s&speaking != 0 && i+1 < hi && (a.ts[i+1].is(preposition) || a.low(*t) == "addressing"):
		c.to = true
		if a.low(*t) == "addressing" {
			return a.take(i+1, hi, c, "addressee-addressing")
		}
		if i+1 < hi && a.ts[i+1].low() == "with" {
			return a.take(i+2, hi, c, "addressee-with")
		}
		return i + 1
	case t.low() == "asked" && i+1 < hi && a.ts[i+1].low() == "by":
		if j := a.take(i+2, hi, c, "addressee-asked"); j > i+2 {
			return j
		}
		return i
	case !t.is(preposition) && t.low() != "aboard" && a.low(*t) != "aboard":
		if a.adverb(i) && !t.is(timeWord|whWord|determiner) && a.scene(i) == 0 && i+1 < hi {
			return i + 1
		}
		return i
	case t.low() == "to":
		if c.to && c.addressee.empty() {
			if j := a.take(i+1, hi, c, "addressee-to"); j > i+1 {
				return j
			}
		}
		return i
	case t.low() == "before":
		w := a.bare(i+1, hi)
		if w.empty() || !c.addressee.empty() {
			return i
		}
		if h := &a.ts[a.head(w)]; h.is(hearing|organisation) || a.scene(a.head(w))&hearer != 0 {
			c.addressee, c.rule = w, "addressee-before"
			return w.to
		}
		return i
	}
	if j := a.carried(i, hi, c); j > i {
		return j
	}
	return a.placed(i, hi, c)
}

// clock passes over an expression of time: "on Tuesday", "in 2020", "at 9 p.m.".
func (a *analysis) clock(i, hi int) int {
	j := a.timeAfter(i, hi)
	if j > i && j < hi && a.possessiveMark(j) {
		return i
	}
	if j > i && (j >= hi || !a.ts[j].capital || a.ts[j].is(timeWord)) {
		return j
	}
	k := i
	if k+1 < hi && a.ts[k].is(preposition) && a.ts[k+1].kind == numberToken {
		k++
	}
	if k < hi && a.ts[k].kind == numberToken && (k > i || k+1 < hi && a.ts[k+1].is(timeWord)) {
		for k++; k < hi && (a.ts[k].is(timeWord) || a.ts[k].kind == numberToken || a.ts[k].low() == "p.m." || a.ts[k].low() == "a.m."); k++ {
		}
		return k
	}
	return i
}
