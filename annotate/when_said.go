package annotate

import (
	"strings"

	"hearsay"
)

// This file finds the time of a saying in what stands about the words of saying.

// carriedOn returns the time of an occasion or medium that is told behind the content: "accused two ministers of
// lying, in an interview with Radio Harrow on Monday".
func (t *teller) carriedOn(at *attribution, c words) *moment {
	i := c.to
	if c.from < at.cue.to || i >= len(t.ts) || t.ts[i].block != t.ts[at.cue.from].block {
		return nil
	}
	if t.ts[i].kind == punctuation && t.ts[i].mark == ',' {
		i++
	}
	k := t.first(i)
	if k == len(t.found) || !t.ts[i].is(preposition) {
		return nil
	}
	m := &t.found[k]
	if m.at.from == i || m.at.from-i > nearCue || t.ts[m.at.from].block != t.ts[c.from].block || !m.plain() || at.within(m.at.from) || !t.clauseEnds(m.at.to) {
		return nil
	}
	if !t.phrase(words{i, m.at.from}) || !t.tellsOfSaying(words{i, m.at.from}) {
		return nil
	}
	return m
}

// phrase reports whether the tokens are nouns with what belongs to them, and no clause.
func (t *teller) phrase(w words) bool {
	for i := w.from; i < w.to; i++ {
		tok := &t.ts[i]
		if tok.kind == punctuation || tok.kind == quoteMark || tok.is(relative|subordinator|copula|auxiliary|modal) && !tok.is(preposition|determiner) || t.verbAt(i) && t.sense(i).act != publishedWord {
			return false
		}
	}
	return true
}

// tellsOfSaying reports whether there is a word among the tokens for what people speak at or
// write in.
func (t *teller) tellsOfSaying(w words) bool {
	for i := w.from; i < w.to; i++ {
		if t.sense(i).act == occasionWord || t.scene(i)&carrier != 0 {
			return true
		}
	}
	return false
}

// mostOpening bounds the words before a time in the phrase that opens a sentence.
const mostOpening = 16

// opens reports whether a time ends the phrase with which the clause of the cue opens, "In a letter to
// parents on Tuesday he wrote", "When the mill opened on Monday, Fenn said", or what the speaker does meanwhile: "Fenn, speaking in Harrow
// on Tuesday, said".
func (t *teller) opens(at *attribution, m *moment) bool {
	if at.speaker.empty() || at.speaker.from > at.cue.from || !t.leads(at, m) && !t.aside(at, m) {
		return false
	}
	i := m.at.from
	low := max(t.sentenceOf(i).from, i-mostOpening)
	for i > low && t.ts[i-1].kind == wordToken && !t.ts[i-1].is(conjunction) {
		i--
	}
	if i == m.at.from || i > t.sentenceOf(i).from && i == low || t.later(words{i, m.at.from}) {
		return false
	}
	first := t.ts[i].low()
	switch {
	case t.scene(i)&speaking != 0:
		return t.phrase(words{i + 1, m.at.from})
	case at.speaker.from < m.at.to:
		return false
	case first == "when":
		return t.recent(m)
	}
	switch first {
	case "in", "at", "during", "on", "from", "outside", "inside", "to":
		return t.phrase(words{i, m.at.from})
	}
	return false
}

// aside reports whether a time ends a remark between commas that stands behind the speaker and before the cue.
func (t *teller) aside(at *attribution, m *moment) bool {
	return at.speaker.from < m.at.from && m.at.to < len(t.ts) && m.at.to < at.cue.from && at.cue.from-m.at.to < 4 && t.ts[m.at.to].kind == punctuation && t.ts[m.at.to].mark == ',' && !at.within(m.at.from)
}

// later reports whether the tokens tell of something that was before, or is to come: "after the vote on
// Monday".
func (t *teller) later(w words) bool {
	for i := w.from; i < w.to; i++ {
		switch t.ts[i].low() {
		case "after", "since", "following", "until", "ahead":
			return true
		}
	}
	return false
}

// leads reports whether a time stands before the cue with nothing but the speaker between.
func (t *teller) leads(at *attribution, m *moment) bool {
	if at.cue.from-m.at.to > nearCue || at.within(m.at.from) || t.ts[m.at.from].block != t.ts[at.cue.from].block || m.at.to > at.cue.from {
		return false
	}
	for i := m.at.to; i < at.cue.from; i++ {
		tok := &t.ts[i]
		inSpeaker := i >= at.speaker.from && i < at.speaker.to
		if !inSpeaker && !(tok.kind == punctuation && tok.mark == ',') && !tok.is(adverb|auxiliary) || at.within(i) || tok.quote != t.ts[at.cue.from].quote {
			return false
		}
	}
	return true
}

// inSpeaker reports whether a time that the words of the speaker end with is one of the saying: "A divided court on Thursday
// overturned", "Research published on Monday shows". A report on Monday's events may be of any day.
func (t *teller) inSpeaker(at *attribution, m *moment) bool {
	if m.at.from <= at.speaker.from || m.at.to > at.speaker.to || at.cue.from < at.speaker.to {
		return false
	}
	other := false
	for i := max(at.speaker.from, m.at.from-nearCue); i < m.at.from; i++ {
		tok := &t.ts[i]
		if t.sense(i).act == publishedWord {
			return true
		}
		other = other || tok.is(relative) || t.sense(i).act == occasionWord || tok.lex != nil && tok.lex.class&document != 0
	}
	return !other && m.at.to == at.speaker.to && t.recent(m)
}

// besides reports whether a time before the cue belongs to something else than the saying: to who is told of in a relative
// clause ("Ott, who took over in May, said"), to a noun ("the flood of 2023"), or to what is said, where the
// words of saying are put into it ("In 2019, she pointed out, one in eight").
func (t *teller) besides(at *attribution, m *moment) bool {
	if t.ofNoun(m) {
		return true
	}
	i := m.at.from - 1
	if !at.speaker.empty() && at.speaker.from <= i && at.speaker.to <= at.cue.from {
		for j := max(at.speaker.from, i-nearCue); j <= i; j++ {
			if t.ts[j].is(relative) {
				return true
			}
		}
	}
	from, to := at.cue.from, at.cue.to
	if !at.speaker.empty() {
		from, to = min(from, at.speaker.from), max(to, at.speaker.to)
	}
	comma := func(i int) bool {
		return i >= 0 && i < len(t.ts) && t.ts[i].kind == punctuation && t.ts[i].mark == ','
	}
	return from == m.at.to+1 && comma(from-1) && comma(to) && at.within(to+1) && t.ts[to+1].quote == 0
}

// ofNoun reports whether a time says of a noun which one it is: "the flood of 2023", but not "the early hours of
// Wednesday".
func (t *teller) ofNoun(m *moment) bool {
	i := m.at.from - 1
	return i > 0 && t.ts[i].low() == "of" && t.sense(i-1).kind == noTime && t.ts[i-1].low() != "hours"
}

// goesOn returns the time that a saying has from the one just before it: of the same speaker in the same sentence, of
// the body that a spokesman speaks for in the same paragraph, or for what was said within a content, the day that the sentence before
// tells of there.
func (t *teller) goesOn(s *hearsay.Statement, at *attribution) *moment {
	if at.cue.empty() || s.Speaker == nil || s.Mode != hearsay.Speech && s.Mode != hearsay.Writing {
		return nil
	}
	tense := t.cueTense(at.cue)
	if tense == otherTense {
		return nil
	}
	if at.inner || s.Within != "" {
		if tense == simplePast {
			return t.toldBefore(at)
		}
		return nil
	}
	l := t.last
	if l.when == nil || l.block != t.ts[at.cue.from].block || t.elsewhen(at, l.when) {
		return nil
	}
	switch {
	case l.speaker == s.Speaker.Span:
		return l.when
	case l.body && s.Speaker.Name == "" && strings.Contains(s.Speaker.In(t.text), "spokes"):
		return l.when
	}
	return nil
}

// toldBefore returns the day that is told of in the sentence before, in the same content.
func (t *teller) toldBefore(at *attribution) *moment {
	k := t.first(at.cue.from) - 1
	if k < 0 {
		return nil
	}
	m := &t.found[k]
	s := t.sentenceOf(at.cue.from)
	if !t.content[m.at.from] || t.ts[m.at.from].block != t.ts[at.cue.from].block || !m.plain() || !m.core.oneDay() || m.core.clock {
		return nil
	}
	if now, ok := t.today(); !ok || m.core.from > now || m.at.from >= s.from || t.sentenceOf(m.at.from).to < s.from {
		return nil
	}
	return m
}

// latest is the last saying of the report itself that has a time.
type latest struct {
	when    *moment
	block   int32
	speaker hearsay.Span
	body    bool // an organisation
}

// meanwhile returns the day in a clause that tells what went on while somebody spoke: "told the Post when a
// reporter met him outside his house on Monday".
func (t *teller) meanwhile(at *attribution) *moment {
	from := at.cue.to
	if at.speaker.from >= at.cue.from {
		from = max(from, at.speaker.to)
	}
	s := t.sentenceOf(at.cue.from)
	for i := from; i < min(s.to, from+nearCue) && !at.within(i); i++ {
		a, b := t.clauseBeside(i, s.to)
		if a == b {
			continue
		}
		for k := t.first(a); k < len(t.found) && t.found[k].at.to <= b; k++ {
			if m := &t.found[k]; t.recent(m) && !at.within(m.at.from) {
				return m
			}
		}
		return nil
	}
	return nil
}

// ofMedium returns the time of the meeting or writing in which something was said: "in Monday's briefing", "in a
// letter dated June 5", "a meeting in May at which she said".
func (t *teller) ofMedium(s *hearsay.Statement, at *attribution) (*moment, string) {
	if s.Medium == nil || at.cue.empty() {
		return nil, ""
	}
	w, ok := t.place(s.Medium.Span)
	if !ok || t.sentenceOf(w.from).from != t.sentenceOf(at.cue.from).from || at.within(w.from) {
		return nil, ""
	}
	for k := t.first(max(w.from-2, 0)); k < len(t.found) && t.found[k].at.from < w.to+nearCue/2; k++ {
		m := &t.found[k]
		if m.at.to <= w.from {
			continue
		}
		if m.at.from < w.to && m.possessive && m.bound < 2 {
			return m, "when-medium"
		}
		if m.at.from < w.to || !m.plain() || at.within(m.at.from) {
			continue
		}
		held := m.at.from <= w.to+1 && m.at.to+1 < len(t.ts) && (t.ts[m.at.to].low() == "where" || t.ts[m.at.to+1].low() == "which")
		if held || t.sense(m.at.from-1).act == publishedWord || t.sense(m.at.from).act == publishedWord {
			return m, "when-medium"
		}
		break
	}
	return nil, ""
}

// withoutTime takes a time that ends a content and is that of the saying out of the content: "rejected her version
// last night".
func (t *teller) withoutTime(s *hearsay.Statement, at *attribution, m *moment) {
	n := len(at.content) - 1
	if n < 0 || len(s.Content) != n+1 || at.content[n].to != m.at.to || m.at.from <= at.content[n].from {
		return
	}
	at.content[n].to = m.at.from
	s.Content[n] = t.span(at.content[n])
	for i := len(s.Times) - 1; i >= 0 && s.Times[i].Start >= t.ts[m.at.from].Start; i-- {
		s.Times = s.Times[:i]
	}
}
