package annotate

import (
	"slices"

	"hearsay"
)

// This file holds the events that one side receives, what sets gatherings and
// matches apart, and the time of an event.

// received reads "hosted Brand at her residence", "received the ambassador",
// "reached him by telephone".
func (f *eventFinder) received(o *occurrence, k scene, c words) {
	i := f.clock(o.at+1, c.to)
	for i < c.to && f.comma(i, c.to) && f.clock(i+1, c.to) > i+1 {
		i = f.clock(i+1, c.to) // "yesterday, Wednesday"
	}
	if f.comma(i, c.to) {
		i++
	}
	if i >= c.to {
		return
	}
	var p circumstance
	if j := f.placed(i, c.to, &p); j > i && !p.place.empty() {
		o.place, o.placeName = p.place, p.placeName // "received at his office the ambassador"
		for i = j; i < c.to && (f.comma(i, c.to) || f.placed(i, c.to, &circumstance{}) > i); {
			i = max(i+1, f.placed(i, c.to, &circumstance{}))
		}
	}
	w := f.parties(i, c.to, false)
	if w.empty() || !f.person(w) && !f.person(words{w.from, f.head(w) + 1}) && !f.lowIs(f.head(w), "counterpart") {
		return
	}
	o.with, o.end = append(o.with, w), w.to
	f.tail(o, k, c)
	switch {
	case k&reachVerb != 0:
		if o.phone {
			f.add(hearsay.Call, o, false, false)
		}
	case f.contest(o, c):
	case k&hostVerb != 0:
		f.add(hearsay.Visit, o, false, false)
	case !o.place.empty() || f.whenOf(o) != nil:
		f.add(hearsay.Meeting, o, false, false)
	}
}

// contest reports whether a meeting is a match: "meets second seed Lind".
func (f *eventFinder) contest(o *occurrence, c words) bool {
	const most = 12
	for i := max(c.from, o.at-most); i < c.to && i < o.end+most; i++ {
		if f.scene(i)&match != 0 {
			return true
		}
	}
	return false
}

// fixture reports whether a journey in the present tense is one of a team to its
// next match: "Rovers travel to Elmsby on Wednesday".
func (f *eventFinder) fixture(o *occurrence, c words) bool {
	if !f.lowIs(o.at, "travel") && !f.lowIs(o.at, "travels") || o.at > c.from && (f.ts[o.at-1].low() == "to" || f.ts[o.at-1].is(modal)) {
		return false
	}
	return f.contest(o, c) || !f.person(o.who) && len(o.with) == 0
}

// gathering reports whether a noun for a meeting tells of one that is called
// together: "the annual meeting", "a party congress", not "a news conference".
func (f *eventFinder) gathering(o *occurrence, k scene, first int) bool {
	if k&congress != 0 {
		for i := first; i < o.at; i++ {
			if l := f.low(f.ts[i]); l == "news" || l == "press" || f.scene(i)&bareCarrier != 0 {
				return false
			}
		}
		return true
	}
	for i := first; i < o.at; i++ {
		if f.scene(i)&gathered != 0 {
			return true
		}
	}
	return false
}

// carries reports whether the word at byte at is a statement's medium, or one of those
// who were told: "told a party congress".
func (f *eventFinder) carries(s *hearsay.Statement, at int) bool {
	for _, m := range [...]*hearsay.Mention{s.Medium, s.Addressee} {
		if m != nil && m.Start <= at && at < m.End {
			return true
		}
	}
	return false
}

// subjectEnd returns the token behind the subject of the clause that token i
// stands in: its first finite verb, 0 for none.
func (f *eventFinder) subjectEnd(i, lo int) int {
	const most = 30
	for k := max(lo+1, i-most); k < i; k++ {
		if f.outside(k) && (f.finite(k) || f.pastTense(k)) {
			for k > lo+1 && (f.adverb(k-1) || f.ts[k-1].is(auxiliary|negation|modal)) {
				k--
			}
			return k
		}
	}
	return 0
}

// apposedTo takes the name behind the comma at token i for that of whom the event
// was with: "met the chief of the buyer, Lothar Quast, in a hotel".
func (f *eventFinder) apposedTo(o *occurrence, i, hi int) int {
	last := &o.with[len(o.with)-1]
	if last.to != i {
		return i
	}
	w := f.bare(i+1, hi)
	if w.empty() || f.ts[w.to-1].is(timeWord) || !f.ts[w.to-1].capital || f.ts[f.head(*last)].capital || !f.ts[f.head(*last)].is(role) && !f.lowIs(f.head(*last), "counterpart") {
		return i
	}
	if w.to < hi && !f.comma(w.to, hi) {
		return i
	}
	last.to = w.to
	if f.comma(w.to, hi) {
		return w.to + 1
	}
	return w.to
}

// whenOf returns the time of an event: the nearest one that its clause tells,
// unless another event or verb stands between. Nil for none.
func (f *eventFinder) whenOf(o *occurrence) *hearsay.Moment {
	const most = 12 // times that are looked at
	all := f.moments()
	k, _ := slices.BinarySearchFunc(all, o.whole.from, func(m moment, i int) int { return m.at.from - i })
	best, least := -1, 1<<30
	for n := k; n < len(all) && n < k+most && all[n].at.to <= o.whole.to; n++ {
		w := all[n].at
		d := 0
		switch {
		case w.from >= o.end:
			if d = 1 + w.from - o.end; f.between(o.end, w.from, false) || f.joined(o.end, w.from) {
				continue
			}
		case w.to <= o.start:
			if d = 2 + o.start - w.to; f.between(w.to, o.start, w.from <= o.whole.from+1) || f.ofSaying(w, o) {
				continue
			}
		}
		if d < least {
			best, least = n, d
		}
	}
	if best < 0 {
		return nil
	}
	return f.moment(&all[best])
}

// joined reports whether a conjunction stands between two tokens, so that what is
// behind it belongs to the next clause: "met Brand, and on Tuesday she left".
func (f *eventFinder) joined(i, j int) bool {
	for ; i < j; i++ {
		if f.ts[i].is(conjunction) && !f.ts[i].is(preposition) {
			return true
		}
	}
	return false
}

// ofSaying reports whether a time before an event is that of a statement which
// tells of it: "said on Tuesday that she had met Brand".
func (f *eventFinder) ofSaying(w words, o *occurrence) bool {
	i := w.from - 1
	for i >= o.whole.from && (f.ts[i].is(preposition|determiner) || f.adverb(i)) {
		i--
	}
	return i >= o.whole.from && f.ts[i].lex != nil && len(f.ts[i].lex.cues) > 0 && !f.ts[i].capital && f.scene(i)&(holdVerb|leadsTo|coming) == 0
}

// between reports whether another event stands between two tokens, or a verb that
// has a time of its own; a time that opens a clause counts for all of it, and only
// another event takes it away.
func (f *eventFinder) between(i, j int, opens bool) bool {
	for ; i < j; i++ {
		t := &f.ts[i]
		switch {
		case f.scene(i)&(eventVerb|summitNoun|visitNoun|callNoun) != 0 && f.scene(i)&(speakVerb|reachVerb|hostVerb|receiveVerb) == 0 && !t.capital:
			return true
		case !opens && (f.reports(i) || f.pastTense(i)):
			return true
		}
	}
	return false
}

// reports reports whether a token is a reporting verb in the past tense.
func (f *eventFinder) reports(i int) bool {
	t := &f.ts[i]
	return i > 0 && t.lex != nil && len(t.lex.cues) > 0 && !t.capital && t.lex.form&(pastForm|thirdForm) != 0 && f.scene(i)&(holdVerb|leadsTo|coming) == 0 && !f.ts[i-1].is(determiner|possessive)
}

// momentIn returns the first time that a range of tokens tells of, nil for none.
func (a *analysis) momentIn(w words) *hearsay.Moment {
	all := a.moments()
	k, _ := slices.BinarySearchFunc(all, w.from, func(m moment, i int) int { return m.at.from - i })
	if k == len(all) || all[k].at.to > w.to {
		return nil
	}
	return a.moment(&all[k])
}

// satDown reads on to "down" in "sat down with Brand". It reports false for "sat"
// in another sense.
func (f *eventFinder) satDown(o *occurrence, c words) bool {
	switch f.low(f.ts[o.at]) {
	case "sit", "sits", "sat", "sitting":
		if o.at+2 >= c.to || f.ts[o.at+1].low() != "down" || f.ts[o.at+2].low() != "with" {
			return false
		}
		o.at, o.end = o.at+1, o.at+2
	}
	return true
}

// antecedent returns whom "who" behind the comma at token i stands for: the name
// before an apposition, too ("Halm, the envoy of the League, who").
func (f *eventFinder) antecedent(i, lo int) words {
	w := f.phraseBefore(i, lo)
	if !w.empty() && w.from-1 > lo && f.comma(w.from-1, i) && f.ts[f.head(w)].is(role) && !f.ts[f.head(w)].capital {
		if v := f.phraseBefore(w.from-1, lo); !v.empty() && f.ts[v.to-1].capital {
			return v
		}
	}
	for k := w.from; k < w.to; k++ { // "Halm, the envoy of the League"
		if f.comma(k, w.to) && k > w.from && f.ts[k-1].capital && k+1 < w.to && f.ts[k+1].is(determiner|possessive|role) {
			return words{w.from, k}
		}
	}
	return w
}

// officeAndName reports whether the "and" of a phrase stands in the office of one
// person: "the Minister of Water and Dams, Salim Ott".
func (f *eventFinder) officeAndName(w words) bool {
	commas, and, comma := 0, 0, 0
	for i := w.from; i < w.to; i++ {
		switch {
		case f.comma(i, w.to) && i+1 < w.to:
			commas++
			comma = i
		case f.ts[i].low() == "and":
			and = i
		}
	}
	return commas == 1 && and < comma && f.ts[w.from].is(determiner) && f.ts[comma+1].capital && !f.ts[comma+1].is(determiner)
}
