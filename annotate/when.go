package annotate

import (
	"sort"
	"strings"

	"hearsay"
)

// times says when each statement was said, and which times its content tells of.
// A time that stands with the words of saying is taken as it is. Where none
// does, a statement may have the day of what the same speaker said before it, or of the
// occasion that the speaker was named with; Because tells which ("when-continued",
// "when-occasion", "when-heading"), and the words of When then stand elsewhere.
func (a *analysis) times(ss []hearsay.Statement, parts []attribution) {
	found := a.moments()
	if len(found) == 0 {
		return
	}
	t := newTeller(a, found, parts)
	for k := range ss {
		at := &parts[k]
		for _, c := range at.content {
			for i := t.first(c.from); i < len(found) && found[i].at.to <= c.to; i++ {
				ss[k].Times = append(ss[k].Times, *a.moment(&found[i]))
			}
		}
		t.meet(at.anchor().from)
		m, rule := t.stated(at)
		if m == nil {
			m, rule = t.ofMedium(&ss[k], at)
		}
		if m != nil && !t.tooLate(m) {
			t.withoutTime(&ss[k], at, m)
			ss[k].When = a.moment(m)
			m.said = true
			if rule != "" {
				ss[k].Because = append(ss[k].Because, hearsay.Reason{Rule: rule, Span: a.span(m.at)})
			}
			t.said(&ss[k], at, m)
		} else if m, rule := t.handedOn(&ss[k], at); m != nil {
			ss[k].When = a.moment(m)
			ss[k].Because = append(ss[k].Because, hearsay.Reason{Rule: rule, Span: a.span(m.at)})
			t.said(&ss[k], at, m)
		}
	}
	a.headings(ss, parts)
}

// moment makes the record of a time expression.
func (a *analysis) moment(m *moment) *hearsay.Moment {
	from, to := m.days.ends()
	return &hearsay.Moment{Span: a.span(m.at), From: from, To: to}
}

// A teller ties the times of a report to its statements, from the beginning to the
// end.
type teller struct {
	*analysis
	found   []moment
	content []bool             // which tokens are said, and not told by the report itself
	next    int                // the first time that meet has not seen
	met     map[string]*moment // the last occasion by the names of who was there
	acts    map[string]spoken  // what each speaker said last
	last    latest
}

// spoken is a saying and its time.
type spoken struct {
	when  *moment
	block int32
	day   bool // of these days, so that what follows may have it, too
}

func newTeller(a *analysis, found []moment, parts []attribution) *teller {
	t := &teller{analysis: a, found: found, content: make([]bool, len(a.ts)), met: map[string]*moment{}, acts: map[string]spoken{}}
	for k := range parts {
		if parts[k].inner {
			continue
		}
		for _, c := range parts[k].content {
			for i := c.from; i < c.to; i++ {
				t.content[i] = true
			}
		}
	}
	return t
}

// first returns the first time that begins at token i or later.
func (t *teller) first(i int) int {
	return sort.Search(len(t.found), func(k int) bool { return t.found[k].at.from >= i })
}

// plain reports whether a time says when something was, and not since when or of which day it
// is.
func (m *moment) plain() bool { return m.bound < 2 && !m.possessive }

// Of the words between a saying and its time, no more than these are looked at.
const nearCue = 30

// stated returns the time that stands with the words of saying, and the rule where it is not
// plain.
func (t *teller) stated(at *attribution) (*moment, string) {
	if at.cue.empty() {
		return nil, ""
	}
	k := t.first(at.cue.to)
	for i := k - 1; i >= 0 && t.found[i].at.from >= at.cue.from; i-- {
		if m := &t.found[i]; m.plain() && m.at.to <= at.cue.to && !at.within(m.at.from) {
			return m, "" // "warned Tuesday", "has on Thursday rejected"
		}
	}
	for i := k; i < min(k+3, len(t.found)); i++ {
		if m := &t.found[i]; m.plain() && !t.ofNoun(m) && t.behind(at, m) {
			return m, ""
		}
	}
	for i := k - 1; i >= max(0, k-3); i-- {
		if m := &t.found[i]; m.plain() && !t.besides(at, m) && (t.ahead(at, m) || t.opens(at, m)) {
			return m, ""
		}
	}
	if m := t.meanwhile(at); m != nil {
		return m, "when-meanwhile"
	}
	for _, c := range at.content {
		if m := t.trailing(at, c); m != nil {
			return m, "when-after-content"
		}
		if m := t.carriedOn(at, c); m != nil {
			return m, "when-after-content"
		}
	}
	return nil, ""
}

// trailing returns the time at the end of a clause that goes on from a content behind the cue, or that ends a
// content without a verb: "did not dispute the gains on Tuesday".
func (t *teller) trailing(at *attribution, c words) *moment {
	if c.from < at.cue.to {
		return nil
	}
	i := t.first(c.to + 1)
	for k := i; k >= max(0, i-1); k-- {
		if k >= len(t.found) {
			continue
		}
		m := &t.found[k]
		if m.at.to < c.to || m.at.from > c.to || m.at.from <= c.from || !m.plain() || t.ofNoun(m) || !t.clauseEnds(m.at.to) || t.ts[m.at.from].block != t.ts[at.cue.from].block {
			continue
		}
		if m.at.to == c.to && (!t.recent(m) || t.cueTense(at.cue) != simplePast || t.verbWithin(max(c.from, m.at.from-nearCue), m.at.from)) {
			continue
		}
		return m
	}
	return nil
}

// clauseEnds reports whether a mark, a conjunction or nothing stands at token i.
func (t *teller) clauseEnds(i int) bool {
	return i >= len(t.ts) || i > 0 && t.ts[i].block != t.ts[i-1].block || t.ts[i].kind == punctuation || t.ts[i].kind == quoteMark || t.ts[i].is(conjunction)
}

// within reports whether token i is said in the attribution itself.
func (at *attribution) within(i int) bool {
	for _, c := range at.content {
		if c.from <= i && i < c.to {
			return true
		}
	}
	return false
}

// behind reports whether a time follows the cue of an attribution, with nothing but the
// addressee, the medium and the place between: "told reporters in Harrow on Tuesday".
func (t *teller) behind(at *attribution, m *moment) bool {
	if m.at.from-at.cue.to > nearCue || at.within(m.at.from) || t.ts[m.at.from].block != t.ts[at.cue.from].block {
		return false
	}
	for i := at.cue.to; i < m.at.from; i++ {
		tok := &t.ts[i]
		switch {
		case at.within(i), tok.quote != t.ts[at.cue.from].quote:
			return false
		case i >= at.speaker.from && i < at.speaker.to, i >= at.addressee.from && i < at.addressee.to:
		case tok.kind == punctuation && tok.mark != ',' && tok.mark != '(' && tok.mark != ')' && tok.mark != '@':
			return false
		case tok.is(relative|subordinator|copula|auxiliary|modal|conjunction) && !tok.is(preposition|determiner), tok.low() == "that", tok.low() == "to" && t.verbAt(i+1):
			return false
		case t.verbAt(i) && t.sense(i).act != publishedWord:
			return false
		}
	}
	return true
}

// sense returns what token i tells of times.
func (t *teller) sense(i int) timeSense { return t.lex.timeSense(&t.ts[i], t.text) }

// verbAt reports whether token i is the past tense of a verb, as far as it can be told.
func (t *teller) verbAt(i int) bool {
	if i >= len(t.ts) || t.ts[i].kind != wordToken || t.ts[i].capital {
		return false
	}
	tok := &t.ts[i]
	w := t.sense(i)
	return tok.form()&pastForm != 0 && tok.lex.noun == nil || w.tense == goneWord && w.kind == noTime || w.act == noTime && strings.HasSuffix(tok.low(), "ed") && tok.is(plainVerb) || tok.lex == nil && strings.HasSuffix(t.text[tok.Start:tok.End], "ed")
}

// ahead reports whether a time stands before the cue: "Fenn on Tuesday told", "Earlier today, Fenn
// told".
func (t *teller) ahead(at *attribution, m *moment) bool {
	if !t.leads(at, m) {
		return false
	}
	if t.inSpeaker(at, m) {
		return true
	}
	if !at.speaker.empty() && m.at.from >= at.speaker.to {
		return m.at.from-at.speaker.to < 2 || m.at.to == at.cue.from && t.ts[m.at.from-1].kind == punctuation
	}
	i := m.at.from - 1
	return i < 0 || t.ts[i].block != t.ts[m.at.from].block || t.ts[i].kind != wordToken && t.ts[i].kind != numberToken || t.ts[i].is(conjunction|adverb) || i < t.sentenceOf(m.at.from).from
}
