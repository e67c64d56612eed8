package annotate

import (
	"strings"

	"hearsay"
)

// This file gives a statement the day of what goes before it.

// recentDays is how many days back a day can lie so that a report which tells of a saying
// without its day means that one.
const recentDays = 6

// recent reports whether a time is one day that is news in this report.
func (t *teller) recent(m *moment) bool {
	now, ok := t.today()
	return ok && m.core.oneDay() && m.plain() && m.core.from <= now && now-m.core.from <= recentDays
}

// tooLate reports whether a time begins after the day of publication: what a report
// tells was said by then.
func (t *teller) tooLate(m *moment) bool {
	now, ok := t.today()
	return ok && m.days.from != noDay && m.days.from > now
}

// today returns the day of publication, if it is known.
func (t *teller) today() (int, bool) {
	p := t.doc.Published
	if p.IsZero() {
		return noDay, false
	}
	y, m, d := p.Date()
	return dayOf(y, int(m), d), true
}

// said keeps the time of a saying for the next one of the same speaker.
func (t *teller) said(s *hearsay.Statement, at *attribution, m *moment) {
	if at.inner || s.Within != "" || s.Speaker == nil {
		return
	}
	t.last = latest{m, t.ts[at.anchor().from].block, s.Speaker.Span, s.Speaker.Kind == hearsay.ByOrganisation}
	if s.Speaker.Name == "" {
		return
	}
	t.acts[s.Speaker.Name] = spoken{m, t.ts[at.anchor().from].block, t.recent(m)}
}

// meet takes in the occasions that are told before token i: a day in a sentence of the
// report itself that names what people speak at, "was in Harrow on Tuesday for talks with", and who.
func (t *teller) meet(i int) {
	for ; t.next < len(t.found) && t.found[t.next].at.from < i; t.next++ {
		m := &t.found[t.next]
		if t.content[m.at.from] || t.ts[m.at.from].quote != 0 || !t.recent(m) {
			continue
		}
		s := t.sentenceOf(m.at.from)
		from, to := max(s.from, m.at.from-60), min(s.to, m.at.from+60)
		occasion := false
		for j := from; j < to && !occasion; j++ {
			occasion = !t.content[j] && t.sense(j).act == occasionWord
		}
		for j := from; occasion && j < m.at.from; j++ {
			occasion = !t.ts[j].is(relative) || t.ts[j].low() == "that" // a day in a relative clause is told by the way
		}
		for j := from; occasion && j < to; j++ {
			if tok := &t.ts[j]; tok.capital && !t.content[j] && !tok.is(timeWord) {
				t.met[t.text[tok.Start:tok.End]] = m
			}
		}
	}
}

// handedOn returns the time that a saying has from what goes before, and the rule.
func (t *teller) handedOn(s *hearsay.Statement, at *attribution) (*moment, string) {
	if m := t.goesOn(s, at); m != nil {
		return m, "when-continued"
	}
	return t.inherited(s, at)
}

// inherited returns the time of what goes before a statement without a time of its
// own, and the rule: of the last saying of the same speaker in the same paragraph, or, for
// what is told in the simple past, of the last saying or occasion of this speaker in these days.
func (t *teller) inherited(s *hearsay.Statement, at *attribution) (*moment, string) {
	if at.inner || s.Within != "" || s.Speaker == nil || s.Speaker.Name == "" || s.Mode != hearsay.Speech && s.Mode != hearsay.Writing || at.cue.empty() {
		return nil, ""
	}
	tense := t.cueTense(at.cue)
	act, spoke := t.acts[s.Speaker.Name]
	if tense == otherTense || t.elsewhen(at, act.when) {
		return nil, ""
	}
	if spoke && act.block == t.ts[at.cue.from].block {
		return act.when, "when-continued"
	}
	if tense != simplePast {
		return nil, ""
	}
	name := s.Speaker.Name
	met := t.met[name[strings.LastIndexByte(name, ' ')+1:]]
	if s.Speaker.Kind == hearsay.ByOrganisation || met != nil && met.said || met != nil && t.sentenceOf(met.at.from).from > at.cue.from {
		met = nil
	}
	near := t.ts[at.cue.from].block-act.block < 2 && (s.Addressee == nil || s.Addressee.Start < s.Cue.Start)
	switch {
	case spoke && near && act.day && (met == nil || met.at.from < act.when.at.from && met.core.from != act.when.core.from):
		return act.when, "when-occasion"
	case met != nil:
		return met, "when-occasion"
	}
	return nil, ""
}

// elsewhen reports whether the words of saying put it into a time that is not told, or
// have the time of something else before them, not the one that is known: "had once said", "After Monday's vote, Fenn said".
func (t *teller) elsewhen(at *attribution, known *moment) bool {
	s := t.sentenceOf(at.cue.from)
	near := func(i int) bool { return i >= s.from && t.sense(i).act == beforeWord && !at.within(i) }
	for i := at.cue.from - 1; i < at.cue.to; i++ {
		if near(i) {
			return true
		}
	}
	if near(s.from) {
		return true
	}
	k := t.first(at.cue.from) - 1
	return k >= 0 && &t.found[k] != known && t.found[k].at.from >= s.from && !t.content[t.found[k].at.from] && t.ts[t.found[k].at.from].block == t.ts[at.cue.from].block
}

// cueTense is the tense of a cue, as far as a day can be taken over with it.
type cueTense uint8

const (
	otherTense cueTense = iota
	simplePast
	participial // "adding"
)

// cueTense returns the tense of the words of a cue.
func (t *teller) cueTense(cue words) cueTense {
	tense := otherTense
	for i := cue.from; i < min(cue.to, cue.from+8); i++ {
		tok := &t.ts[i]
		if tok.kind != wordToken {
			continue
		}
		low := tok.low()
		switch {
		case low == "has" || low == "have" || low == "had" || low == "'ve" || low == "’ve" || tok.is(modal):
			return otherTense
		case low == "did" || low == "was" || low == "were":
			tense = simplePast
		case tok.form()&pastForm != 0 && tok.form()&baseForm == 0, tok.form() == 0 && strings.HasSuffix(t.text[tok.Start:tok.End], "ed"):
			tense = simplePast
		case tok.form()&ingForm != 0 && tense == otherTense:
			tense = participial
		}
	}
	return tense
}

// firstBody returns the first block that is no heading.
func (a *analysis) firstBody() int {
	for i := range a.doc.Blocks {
		if a.doc.Blocks[i].Kind != hearsay.Heading {
			return i
		}
	}
	return len(a.doc.Blocks)
}

// headings gives what a heading within the text says somebody said the day on which the text under it has the
// same speaker say something.
func (a *analysis) headings(ss []hearsay.Statement, parts []attribution) {
	under := map[string]*hearsay.Moment{}
	var last int32 = -1
	body := a.firstBody()
	for k := len(ss) - 1; k >= 0; k-- {
		s := &ss[k]
		block := a.ts[parts[k].anchor().from].block
		if last >= 0 && block != last && a.doc.Blocks[last].Kind == hearsay.Heading {
			clear(under)
		}
		last = block
		if s.Speaker == nil || s.Speaker.Name == "" || parts[k].inner {
			continue
		}
		if a.doc.Blocks[block].Kind != hearsay.Heading {
			if s.When != nil && len(s.When.From) == 10 && s.When.From == s.When.To {
				under[s.Speaker.Name] = s.When
			}
			continue
		}
		if m := under[s.Speaker.Name]; m != nil && s.When == nil && int(block) > body {
			w := *m
			s.When = &w
			s.Because = append(s.Because, hearsay.Reason{Rule: "when-heading", Span: w.Span})
		}
	}
}
