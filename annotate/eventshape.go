package annotate

import (
	"slices"

	"hearsay"
)

// This file holds events that are told in the passive, by those who came to
// them, and calls from one to another.

// passively reads an event in the passive: "will be received by the minister",
// "was interviewed by Ann Ott". It reports whether the verb is in the passive.
func (f *eventFinder) passively(o *occurrence, k scene, c words) bool {
	i := o.at
	if k&(receiveVerb|hostVerb|interviewVerb|meetVerb) == 0 || i == c.from || !f.participleAt(i) {
		return false
	}
	be := &f.ts[i-1]
	for n := i - 1; n > c.from && n > i-3 && f.adverb(n); n-- {
		be = &f.ts[n-1]
	}
	if !be.is(copula) && be.low() != "be" && be.low() != "been" {
		return false
	}
	j := f.clock(i+1, c.to)
	if j >= c.to || f.ts[j].low() != "by" || o.who.empty() || !f.agent(o.who) {
		return true
	}
	w := f.parties(j+1, c.to, false)
	if w.empty() || !f.canHear(w) {
		return true
	}
	o.with, o.end = append(o.with, w), w.to
	f.tail(o, k, c)
	switch {
	case k&interviewVerb == 0:
		f.add(hearsay.Meeting, o, false, false)
	case f.asksForPress(w), f.onAir(w.to, c.to) && f.person(w):
		f.add(hearsay.Interview, o, false, false)
	}
	return true
}

// participleAt reports whether token i ends as participles do.
func (f *eventFinder) participleAt(i int) bool {
	s := f.low(f.ts[i])
	return s == "met" || len(s) > 3 && s[len(s)-2:] == "ed"
}

// onAir reports whether "on" and a name follow: "on Radio Kestrel".
func (f *eventFinder) onAir(i, hi int) bool {
	return i+1 < hi && (f.ts[i].low() == "on" || f.ts[i].low() == "for") && f.ts[i+1].capital && !f.ts[i+1].is(timeWord|weekday|month)
}

// arrival reports whether the verb at token i is "arrive", of which not all that
// do so are on a visit.
func (f *eventFinder) arrival(i int) bool {
	switch f.low(f.ts[i]) {
	case "arrive", "arrives", "arrived", "arriving":
		return true
	}
	return false
}

// oftenBehind passes over how often several met: "met six times", "met again".
func (f *eventFinder) oftenBehind(i, hi int) int {
	if i+1 < hi && (f.low(f.ts[i+1]) == "times" || f.low(f.ts[i+1]) == "rounds") {
		return i + 2
	}
	if i < hi {
		switch f.low(f.ts[i]) {
		case "again", "twice", "once", "briefly", "separately", "privately":
			return i + 1
		}
	}
	return i
}

// fromTo reads who called whom behind a call: "a call from the palace to the bank
// on Tuesday".
func (f *eventFinder) fromTo(o *occurrence, k scene, c words) {
	if k&callNoun == 0 || o.end+1 >= c.to || f.ts[o.end].low() != "from" || len(o.with) > 0 {
		return
	}
	who := f.bare(o.end+1, c.to)
	if who.empty() || who.to+1 >= c.to || f.ts[who.to].low() != "to" {
		return
	}
	with := f.bare(who.to+1, c.to)
	if !f.canHear(who) || !f.canHear(with) || f.clock(with.to, c.to) == with.to {
		return
	}
	o.with, o.end = append(o.with, who, with), with.to
}

// attending takes for one who was at a meeting whoever the verb before says did
// something there: "conceded at a meeting last week".
func (f *eventFinder) attending(o *occurrence, i int, s sentence, c words) {
	const most = 10
	for v := i - 1; v > c.from && v > i-most; v-- {
		if f.comma(v, c.to) {
			return
		}
		if !f.finite(v) && !f.pastTense(v) {
			continue
		}
		if w := f.actor(v, s, c); !w.empty() && f.canHear(w) {
			o.who, o.attended = w, true
		}
		return
	}
}

// saidFrom returns the first token of the innermost content that holds token i,
// but for a "that", or lo where that is later: who does what a content tells
// stands in it.
func (f *eventFinder) saidFrom(i, lo int) int {
	const near = 6
	j, _ := slices.BinarySearchFunc(f.parts, i, func(p attribution, i int) int { return p.anchor().from - i })
	from := lo
	for n := max(0, j-near); n < len(f.parts) && n <= j+near; n++ {
		if c := holding(f.parts[n].content, i); c.from <= i && i < c.to && f.ts[c.from].low() != "to" {
			from = max(from, c.from)
		}
	}
	if from > lo && f.ts[from].low() == "that" && from+1 < i {
		from++
	}
	return from
}

// talkHost reports whether "host" at token i is a noun: "the radio host Ann Ott".
func (f *eventFinder) talkHost(i int, c words) bool {
	if !f.lowIs(i, "host") || i == c.from {
		return false
	}
	p := &f.ts[i-1]
	return p.low() != "to" && !p.is(modal|auxiliary|personal|adverb) && !f.lex.numbers.plural(f.low(*p))
}

// setsOut reports whether a journey is told of only by where it began, or in what:
// "was flying from Tarn", "flew in his plane".
func (f *eventFinder) setsOut(o *occurrence) bool {
	w := o.place
	if w.empty() || w.from == 0 {
		return false
	}
	return f.ts[w.from].is(possessive) || f.ts[w.from-1].low() == "from"
}

// isMeeting reads "was meeting with Brand", whose subject takes part.
func (f *eventFinder) isMeeting(o *occurrence, first int, c words) bool {
	i := o.at
	if first != i || !f.lowIs(i, "meeting") || i == c.from || len(o.with) == 0 {
		return false
	}
	k := i - 1
	for k > c.from && f.adverb(k) {
		k--
	}
	if !f.ts[k].is(copula) && f.ts[k].low() != "be" && f.ts[k].low() != "been" {
		return false
	}
	if o.who = f.actor(i, f.sentenceOf(i), c); !o.who.empty() && !f.canHear(o.who) {
		o.who = words{}
	}
	o.planned = o.planned || k > c.from && (f.ts[k-1].low() == "would" || f.ts[k-1].low() == "will")
	return true
}
