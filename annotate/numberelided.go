package annotate

import "hearsay"

// This file finds what a number counts where its own noun is left out, and keeps
// a number from a verb that is another's.

// elided finds the unit of a figure without a noun: what the one before it
// counts ("killed 40 people and wounded 12 others"), what "them" stands for, or
// the people whom alone its verb can befall ("33 killed").
func (a *analysis) elided(f, prev *figure, lo int) {
	if i := f.number.to; f.unit == "" && f.kind == noUnit && !f.share && i < len(a.ts) && a.ts[i].block == a.ts[f.from].block && a.low(a.ts[i]) == "dead" {
		f.unit = "person" // "counts three dead"
		if f.did == "" || f.verb > 0 {
			f.did, f.verb, f.agent = "die", 0, true
		}
		return
	}
	if f.kind != noUnit || f.share || f.unit != "" && f.unit != "other" {
		return
	}
	if f.unit == "other" {
		if prev != nil && prev.kind == noUnit && prev.unit != "" {
			f.unit = prev.unit
		} else if a.inVerb(f.did, personList) {
			f.unit = "person"
		}
		return
	}
	switch {
	case a.ofThem(f):
		f.unit = a.stoodFor(f, prev)
	case a.inVerb(f.did, personList):
		f.unit = "person"
	default:
		if did := a.ofToll(f, lo); did != "" {
			f.unit, f.did, f.holder, f.implied = "person", did, words{}, false
		}
	}
}

// ofThem reports whether "of them" stands behind a number.
func (a *analysis) ofThem(f *figure) bool {
	i := f.number.to
	if i+1 >= len(a.ts) || a.ts[i].low() != "of" || a.ts[i+1].block != a.ts[i].block {
		return false
	}
	low := a.ts[i+1].low()
	return low == "them" || low == "us" || low == "whom" || low == "which" || low == "those"
}

// stoodFor returns what "them" behind a figure counts: the plural right behind
// it ("fourteen of them children"), what the figure before counts, or the
// plural before that is nearest.
func (a *analysis) stoodFor(f, prev *figure) string {
	const most = 40
	if i := f.number.to + 2; i < len(a.ts) && a.ts[i].block == a.ts[f.from].block && a.ts[i].kind == wordToken && (a.ts[i].lex == nil || a.ts[i].is(role|group)) && a.pluralAt(i, i, len(a.ts)) {
		f.did, f.holder, f.implied = "", words{}, false
		return a.unitName(i)
	}
	if prev != nil && prev.kind == noUnit && prev.unit != "" && f.from-prev.end < most {
		return prev.unit
	}
	for i := f.from - 1; i >= 0 && i > f.from-most; i-- {
		t := &a.ts[i]
		if t.kind != wordToken || t.capital || t.is(timeWord) || !a.pluralAt(i, i, len(a.ts)) {
			continue
		}
		if v, ok := a.verbAt(i); ok && a.isVerb(i, 0, v) {
			continue
		}
		return a.unitName(i)
	}
	return ""
}

// ofToll returns what befell the people whose toll a figure is, "" for none:
// "put the toll at nine", "the number of the wounded has risen to 40".
func (a *analysis) ofToll(f *figure, lo int) string {
	for i := f.from - 1; i >= lo && i > f.from-2*verbReach; i-- {
		t := &a.ts[i]
		if t.kind != wordToken {
			return ""
		}
		before := &a.ts[f.from-1]
		switch low := a.low(*t); {
		case !before.is(preposition) && !before.is(copula):
			return ""
		case low == "toll":
			return "kill"
		case low == "number" && i+3 < f.from && a.ts[i+1].low() == "of" && a.ts[i+2].is(determiner):
			if a.low(a.ts[i+3]) == "dead" {
				return "die"
			}
			v, ok := a.verbAt(i + 3)
			if ok && v.form&participle != 0 && a.inVerb(v.lemma, personList) {
				return v.lemma
			}
			return ""
		}
	}
	return ""
}

// insidePhrase reports whether a figure stands in a phrase with a preposition,
// so that a finite verb behind it has another subject: "workers at six ports
// will strike". The whole of a part is none: "the loss of 40 boats", "a group
// of 40 people".
func (a *analysis) insidePhrase(f *figure, lo int) bool {
	i := f.from - 1
	for i >= lo && a.ts[i].is(determiner|possessive) && !a.ts[i].is(preposition) {
		i--
	}
	return i >= lo && a.ts[i].is(preposition) && !a.ts[i].is(subordinator|conjunction) && a.ts[i].low() != "of"
}

// ofWhich reports whether a figure is a part of the one before: "£38m, of which
// £4m would be in add-ons".
func (a *analysis) ofWhich(p, f *figure) bool {
	i := f.from - 2
	return i > 0 && f.kind == moneyUnit && p.kind == moneyUnit && f.unit == p.unit && i <= p.end+1 && a.ts[i].low() == "of" && a.ts[i+1].low() == "which"
}

// timesOver binds "four times" to the verb that was done so often: "had written
// to the chairman four times".
func (a *analysis) timesOver(f *figure, w words) bool {
	if f.unit != "time" || f.kind != noUnit || f.end < w.to && a.ts[f.end].kind == wordToken && !a.ts[f.end].is(preposition|conjunction|subordinator|adverb|timeWord) {
		return false
	}
	for j := f.from - 1; j >= w.from && j > f.from-verbReach; j-- {
		t := &a.ts[j]
		if t.kind != wordToken || t.is(subordinator) && !t.is(preposition) {
			return false
		}
		v, ok := a.verbAt(j)
		if !ok || t.is(preposition) || !a.isVerb(j, w.from, v) || v.form&(pastForm|participle|baseForm|thirdForm) == 0 {
			if j == f.from-1 && t.is(preposition|determiner) {
				return false // "to 1.8 times"
			}
			continue
		}
		f.did, f.verb = v.lemma+a.particleAfter(j, f.from), j+1
		if subject, _ := a.subjectOf(j, w.from, 3); !a.passiveGroup(a.groupFrom(j, w.from), j, v) {
			f.holder, f.rule = subject, "holder-subject"
		}
		return true
	}
	return false
}

// headed takes for the subject that ends before a verb the head of its phrase,
// where the nouns next to the verb stand behind a preposition: "detectives under
// his command". A phrase that is all behind one is no subject.
func (a *analysis) headed(w words, lo int) words {
	const most = 4
	for range most {
		i := w.from - 1
		if w.empty() || i < lo || !a.ts[i].is(preposition) || a.ts[i].is(subordinator) {
			break
		}
		if i == lo || !a.nounBefore(i-1) {
			return words{} // "under the debris can be found"
		}
		h := a.nounsBefore(i, lo)
		switch {
		case h.empty():
			return words{}
		case a.ts[w.from].capital && a.ts[h.to-1].capital:
			w.from = h.from // "Relief Without Walls"
		default:
			w = h
		}
	}
	return w
}

// controlled returns whom a verb has for its object that does what the form in
// -ing behind a preposition says: "accused Veldany of losing", "thanked the
// jurors for giving up". Token i is the preposition, verb j governs it.
func (a *analysis) controlled(i, j int) words {
	w := a.nounsBefore(i, j+1)
	if w.empty() || w.from != j+1 {
		return words{}
	}
	h := &a.ts[w.to-1]
	if h.capital || h.is(personal|role|group|organisation) || a.lex.numbers.plural(a.low(*h)) {
		return w
	}
	return words{}
}

// isPastHour reports whether a number is part of a time of day in words: "half
// past six", "at ten to nine".
func (a *analysis) isPastHour(n *numeral, w words) bool {
	hour := func(i int) bool {
		if i >= w.to || a.ts[i].kind != wordToken {
			return false
		}
		c := a.countWord(i)
		return c.kind == basicWord && c.value <= 12 && !a.nounFollows(i+1, w)
	}
	joins := func(i int) bool {
		if i <= w.from || i >= w.to || !a.inList(i, pastList) {
			return false
		}
		c := a.countWord(i - 1)
		minutes := c.value == 5 || c.value == 10 || c.value == 20 || c.kind == fractionWord && (c.value == 2 || c.value == 4)
		at := i-2 >= w.from && (a.low(a.ts[i-2]) == "at" || a.low(a.ts[i-2]) == "until" || a.low(a.ts[i-2]) == "by")
		return minutes && hour(i+1) && (a.ts[i].low() == "past" || at || a.low(a.ts[i]) == "past")
	}
	return joins(n.to) || joins(n.from-1)
}

// anotherOne reads "one" that counts what the figure before it counts: "threw out
// 400 reports and kept one", "11 counts of fraud and one of obstruction".
func (a *analysis) anotherOne(i int, p *figure, w words) (figure, bool) {
	const most = 8
	if a.low(a.ts[i]) != "one" || p.kind != noUnit || p.share || p.unit == "" || i-p.end > most || i == w.from {
		return figure{}, false
	}
	if j := i + 1; j < w.to && a.ts[j].kind == wordToken && !(a.ts[j].low() == "of" && j+1 < w.to && a.ts[j+1].lex == nil) {
		return figure{}, false
	}
	v, ok := a.verbAt(i - 1)
	and := a.ts[i-1].low() == "and"
	if !and && !(ok && a.isVerb(i-1, w.from, v) && v.form&(pastForm|participle) != 0) {
		return figure{}, false
	}
	for k := p.end; k < i; k++ {
		if a.ts[k].kind != wordToken {
			return figure{}, false
		}
		and = and || a.ts[k].low() == "and"
	}
	return figure{words: words{i, i + 1}, number: words{i, i + 1}, value: 1, bound: hearsay.Exactly, unit: p.unit, end: i + 1}, and
}
