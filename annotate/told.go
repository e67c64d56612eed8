package annotate

import (
	"strings"

	"hearsay"
)

// This file says who is told: the object of "told" and "urged", the subject of
// "were told", whom "to" leads to.

// object takes the object of "told", "thanked", "urged" for the addressee; also
// where it stands at the beginning of the content, which it is no part of.
func (a *analysis) object(s *hearsay.Statement, at *attribution, from, hi int, c *circumstance) {
	if !at.tells(a.lex) {
		if !at.addressee.empty() && a.canHear(at.addressee) {
			if w := a.party(at.addressee.from, at.addressee.to); a.canHear(w) {
				c.addressee, c.rule = w, "addressee-to"
			}
		}
		return
	}
	if w := a.told1(from, max(hi, min(at.cue.to, len(a.ts))), at, c); !w.empty() {
		c.addressee, c.rule = w, "addressee-object"
		return
	}
	if w := at.addressee; !w.empty() && w.to <= at.cue.from && w != at.speaker && (a.canHear(w) || a.ts[w.from].low() == "i") {
		c.addressee, c.rule = w, "addressee-told" // "residents were told"
		return
	}
	if len(at.content) == 0 || at.content[0].from < at.cue.to || at.content[0].from > at.cue.to+1 {
		return
	}
	content := at.content[0]
	w := a.told1(content.from, content.to, at, c)
	if w.empty() {
		return
	}
	inner := circumstance{quote: c.quote}
	end := w.to
	for end < content.to {
		next := a.chunk(end, content.to, &inner)
		if next == end {
			break
		}
		end = next
	}
	if end >= content.to {
		if at.lemma == "thank" {
			c.addressee, c.rule = w, "addressee-object"
		}
		return
	}
	if !a.opensContent(end, at.lemma) && !a.objectPronoun(content.from) {
		if end = a.toDo(w, content.to); end == w.to {
			return
		}
		w.to = end
	}
	*c = inner
	c.addressee, c.rule = w, "addressee-object"
	at.content[0].from = end
	s.Content[0] = a.span(at.content[0])
	s.Quoting = a.quoting(at)
}

// toDo returns the token at which "to" and a verb tell what those who are told are to do, where words that say
// which of them stand between: "ordered everyone west of the railway to leave". It returns the end of w
// where that is not so.
func (a *analysis) toDo(w words, hi int) int {
	const most = 14
	first := &a.ts[w.to]
	low := a.low(*first)
	switch {
	case low == "to", low == "for", low == "about", low == "against", low == "that", low == "of":
		return w.to
	case first.is(preposition | adverb), a.ingAt(w.to), strings.HasSuffix(low, "ed"), w.to+1 < hi && a.ts[w.to+1].low() == "of":
	default:
		return w.to
	}
	for i := w.to + 1; i+1 < hi && i < w.to+most; i++ {
		t := &a.ts[i]
		switch {
		case t.quote != first.quote, t.kind == punctuation, t.is(relative | modal | copula | conjunction):
			return w.to
		case t.low() == "to" && !a.ts[i+1].capital && !a.ts[i+1].is(determiner|possessive|personal):
			return i
		}
	}
	return w.to
}

// opensContent reports whether a content can begin at token i, behind those who
// were told.
func (a *analysis) opensContent(i int, lemma string) bool {
	t := &a.ts[i]
	switch low := t.low(); {
	case t.kind == quoteMark, low == "to", low == "not", low == "never", low == "that", t.is(whWord):
		return true
	case lemma == "thank", lemma == "warn":
		return low == "for" || low == "of" || low == "against" || low == "about"
	case lemma == "tell":
		return t.is(clausal|determiner) || t.capital
	case lemma == "remind", lemma == "assure", lemma == "inform", lemma == "notify", lemma == "alert":
		return low == "of" || low == "about" || t.is(clausal)
	case lemma == "ask":
		return low == "for" || low == "about"
	}
	return false
}

// told1 returns the object of a verb that takes those who are told.
func (a *analysis) told1(i, hi int, at *attribution, c *circumstance) words {
	for i < hi && a.beside(i, c) && a.adverb(i) && !a.ts[i].is(timeWord|preposition) {
		i++
	}
	if i >= hi || !a.beside(i, c) || a.ts[i].low() == "it" {
		return words{}
	}
	if t := &a.ts[i]; t.is(personal) || t.low() == "her" && (i+1 >= hi || !a.noun(i+1) || a.ts[i+1].is(timeWord)) {
		return words{i, i + 1}
	}
	if t := &a.ts[i]; t.is(indefinite) && !t.is(role|group) && a.scene(i)&hearer != 0 {
		return words{i, i + 1} // "everyone"
	}
	w := a.party(i, hi)
	if !a.canHear(w) {
		if w = a.bare(i, hi); !a.surelyTold(w, hi, at) {
			return words{}
		}
	}
	w = a.withApposedName(w, hi)
	if name, _ := a.outlet(w); !name.empty() && name.to < w.to && !a.ts[name.to].capital && a.ts[name.to].kind == wordToken && a.ts[name.to].lex == nil && a.scene(name.to)&pressNoun == 0 && a.scene(w.to-1)&pressNoun == 0 {
		w.to = name.to
	}
	if at.lemma != "tell" && a.ts[a.head(w)].is(hearing) && !a.ts[a.head(w)].is(organisation) && a.ts[w.from].low() == "an" {
		return words{} // "ordered an inquiry"
	}
	return w
}

// take reads who was told at token i.
func (a *analysis) take(i, hi int, c *circumstance, rule string) int {
	w := a.party(i, hi)
	if w.empty() || !a.canHear(w) || !c.addressee.empty() {
		return i
	}
	w = a.withApposedName(w, hi)
	c.addressee, c.rule = w, rule
	return w.to
}

// objectPronoun reports whether token i is a pronoun that can be nothing but an
// object: "promised us bread".
func (a *analysis) objectPronoun(i int) bool {
	switch a.ts[i].low() {
	case "me", "us", "him", "them":
		return true
	}
	return false
}

// surelyTold reports whether a noun that the lexicon does not have for people is
// told all the same, since "to" and a verb follow: "ordered the shop to stay
// shut". What is to be done to a thing tells nobody: "ordered the gate to be
// shut".
func (a *analysis) surelyTold(w words, hi int, at *attribution) bool {
	if w.empty() || w.to+1 >= hi || at.lemma == "thank" {
		return false
	}
	h, first := a.head(w), &a.ts[w.from]
	t := &a.ts[h]
	if t.kind != wordToken || t.is(document|timeWord|indefinite|reflexive|personal) || a.scene(h)&(carrier|eventNoun|placeNoun|untold) != 0 {
		return false
	}
	known := first.is(possessive) || first.is(determiner) && !indefiniteArticle(first.low()) || t.capital
	next := a.ts[w.to].low()
	switch {
	case next == "to" || next == "not" && a.ts[w.to+1].low() == "to":
		return known && a.ts[w.to+1].low() != "be" && !a.ts[w.to+1].capital && !a.ts[w.to+1].is(determiner|possessive|personal)
	case at.lemma == "tell":
		return known && (a.ts[w.to].is(clausal) || a.ts[w.to].kind == quoteMark || next == "that")
	}
	return false
}

// withApposedName takes into those who were told the name that stands in
// apposition: "told the presenter, Lina Vogt, that".
func (a *analysis) withApposedName(w words, hi int) words {
	if w.empty() || w.to+2 >= len(a.ts) || !a.comma(w.to, len(a.ts)) || a.ts[w.to-1].capital || !a.ts[a.head(w)].is(role) || a.ts[a.head(w)].is(group) || indefiniteArticle(a.ts[w.from].low()) {
		return w
	}
	const most = 5 // words of a name
	i := w.to + 1
	for i < len(a.ts) && i-w.to <= most && a.ts[i].quote == a.ts[w.from].quote && a.ts[i].kind == wordToken && a.ts[i].capital && !a.ts[i].is(timeWord|determiner|personal) {
		i++
	}
	if i-w.to < 3 || i < len(a.ts) && a.ts[i].kind == wordToken || a.ts[w.from].block != a.ts[i-1].block {
		return w
	}
	return words{w.from, i}
}

// subjectTold takes the subject for the one who is told where the words before a
// cue say that: "the court heard that", "a jury was told", and in a headline
// "vets told to stop", "jury told". Nobody speaks there.
func (a *analysis) subjectTold(s *hearsay.Statement, at *attribution, lo int, c *circumstance) {
	w := at.speaker
	switch {
	case at.lemma == "hear" && !w.empty() && w.to <= at.cue.from && a.listens(w):
	case at.lemma == "tell" && !w.empty() && w.to == at.cue.from && at.cue.to-at.cue.from == 1 && a.headlinePassive(at):
	case at.lemma == "tell" && w.empty() && a.ts[at.cue.from].is(auxiliary|copula|modal) && a.ts[at.cue.to-1].low() == "told":
		if w = a.phraseBefore(at.cue.from, lo); !a.canHear(w) {
			return
		}
		c.addressee, c.rule = w, "addressee-told"
		return
	default:
		return
	}
	c.addressee, c.rule = w, "addressee-told"
	at.speaker, s.Speaker = words{}, nil
	s.Because = append(s.Because, hearsay.Reason{Rule: "no-speaker-named", Span: a.span(at.cue)})
}

// listens reports whether a phrase names a court or another gathering before which
// people speak.
func (a *analysis) listens(w words) bool {
	h := a.head(w)
	return a.ts[h].is(hearing) || a.scene(h)&audience != 0 || a.scene(h)&hearer != 0 && a.ts[h].is(organisation)
}

// headlinePassive reports whether "told" in a headline is short for "are told": "to"
// and a verb follow, or nothing.
func (a *analysis) headlinePassive(at *attribution) bool {
	if a.doc.Blocks[a.sentenceOf(at.cue.from).block].Kind != hearsay.Heading || a.ts[at.cue.from].low() != "told" {
		return false
	}
	s, i := a.sentenceOf(at.cue.from), at.cue.to
	if i >= s.to || a.ts[i].kind == punctuation && i+1 >= s.to {
		return true
	}
	return a.ts[i].low() == "to" && i+1 < s.to && !a.ts[i+1].capital && !a.ts[i+1].is(determiner|possessive|personal)
}

// withinCue finds those who were told inside a cue of several words: "put it to
// him", "wrote to me".
func (a *analysis) withinCue(at *attribution, c *circumstance) {
	for i := at.cue.from + 1; i+1 < at.cue.to; i++ {
		if a.ts[i].low() != "to" {
			continue
		}
		if w := a.party(i+1, at.cue.to); !w.empty() && a.canHear(w) {
			c.addressee, c.rule = w, "addressee-to"
			return
		}
	}
}
