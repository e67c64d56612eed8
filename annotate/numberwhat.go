package annotate

import (
	"strings"

	"hearsay"
)

// countOf finds what a number counts: the first plural behind it, or the noun
// that has none. It returns false for a number that cannot count.
func (a *analysis) countOf(f *figure, n *numeral, w words) bool {
	i := f.to
	if i < w.to && a.ts[i].low() == "of" {
		return a.countedOf(f, n, w)
	}
	noun, head := a.nounPhrase(i, w.to, n.value != 1 || n.upto != 0)
	if head < 0 {
		if a.ts[n.from].kind == wordToken && n.value == 1 && n.single {
			return false
		}
		if f.to+1 < w.to && (a.ts[f.to].low() == "more" || a.ts[f.to].low() == "others") && a.ts[f.to+1].kind == wordToken && a.ts[f.to+1].low() != "than" {
			f.to++ // "19 more are in hospital"
		}
		f.end = f.to
		return true
	}
	f.noun = noun
	f.unit = a.unitName(head)
	f.to, f.end = head+1, head+1
	return true
}

// countedOf finds what is counted in "dozens of tanks", "40 of the tanks". With
// an article it is the whole, too.
func (a *analysis) countedOf(f *figure, n *numeral, w words) bool {
	i := f.to + 1
	from := i
	for i < w.to && a.ts[i].is(determiner|possessive) {
		i++
	}
	if i > from && i+1 < w.to && a.inList(i, periodList) && a.mayBegin(i+1) {
		i += 2 // "three of the last four deals"
	}
	i = a.behindPossessor(i, w.to)
	noun, head := a.nounPhrase(i, w.to, true)
	if head < 0 {
		if i < w.to && a.ts[i].is(personal) {
			f.to = i + 1 // "three of them"
		}
		f.end = f.to
		return n.vague || n.value > 1
	}
	f.unit = a.unitName(head)
	f.noun, f.end = noun, head+1
	if !n.vague || i > from {
		f.of = words{from, head + 1}
		for f.of.from < i && a.article(f.of.from) {
			f.of.from++
		}
	}
	f.to = head + 1
	return true
}

// behindPossessor passes over a possessor and the number of the whole: "two of
// the board's seven members".
func (a *analysis) behindPossessor(i, hi int) int {
	for j := i; j < hi && j < i+5 && a.ts[j].kind == wordToken; j++ {
		if a.possessiveMark(j) || j+1 < hi && a.genitive(j+1) {
			for j < hi && (a.possessiveMark(j) || a.genitive(j) || a.ts[j].kind == wordToken && j+1 < hi && a.genitive(j+1)) {
				j++
			}
			if n, ok := a.numeral(j, hi); j < hi && a.mayBegin(j) && ok && !n.part && !n.vague {
				return n.to
			}
			return i
		}
	}
	return i
}

func (a *analysis) article(i int) bool {
	low := a.ts[i].low()
	return low == "the" || low == "a" || low == "an" || low == "all"
}

// unitName returns a noun in the singular and in small letters.
func (a *analysis) unitName(i int) string { return a.lex.numbers.singular(a.low(a.ts[i])) }

// nounPhrase returns the adjectives and the noun that begin at token i, and the
// token of the noun, -1 where there is none. The noun is a plural where many is
// set.
func (a *analysis) nounPhrase(i, hi int, many bool) (words, int) {
	const most = 7
	last := -1
	for j := i; j < hi && j < i+most; j++ {
		t := &a.ts[j]
		if t.kind == numberToken && j == i && many {
			continue
		}
		if t.kind == numberToken && strings.IndexByte(t.In(a.text), '-') > 0 {
			continue // "two 500-pound bombs"
		}
		if t.kind == quoteMark && j == i {
			continue
		}
		if t.kind != wordToken || a.possessiveMark(j) {
			if a.genitive(j) {
				last = -1
				continue
			}
			break
		}
		if many && a.pluralAt(j, i, hi) {
			return words{i, j + 1}, j
		}
		if a.endsNoun(j, i, hi) && !(!many && j == i && a.partOfNoun(j, hi)) {
			break
		}
		if !many && a.lex.numbers.plural(a.low(*t)) && j > i && last == j-1 && t.lex != nil {
			break
		}
		last = j
	}
	if many || last < 0 {
		return words{i, i}, -1
	}
	return words{i, last + 1}, last
}

// partOfNoun reports whether a participle goes with the noun in the singular
// behind it: "a single confirmed case".
func (a *analysis) partOfNoun(j, hi int) bool {
	t := &a.ts[j]
	return t.lex != nil && len(t.lex.cues) > 0 && t.lex.form&participle != 0 && j+1 < hi && a.ts[j+1].kind == wordToken && !a.endsNoun(j+1, j, hi)
}

// genitive reports whether the mark at token j makes the plural before it a
// possessor.
func (a *analysis) genitive(j int) bool {
	t := &a.ts[j]
	return !t.spaced && (t.kind == apostrophe || t.kind == quoteMark && t.mark == markSClose) && j+1 < len(a.ts) && a.ts[j+1].spaced && a.ts[j+1].kind == wordToken
}

// pluralAt reports whether the plural that counts stands at token j, in a phrase
// that began at token i.
func (a *analysis) pluralAt(j, i, hi int) bool {
	t := &a.ts[j]
	low := a.low(*t)
	if !a.lex.numbers.plural(low) || t.is(preposition|conjunction|subordinator|copula|auxiliary|modal) && low != "others" {
		return false
	}
	if t.is(adverb) && !t.is(role|group) || t.capital && a.lex.countries[t.In(a.text)] != "" {
		return false
	}
	if j > i && t.is(plainVerb) && low != "lives" {
		return false // "12 percent of the army leaves"
	}
	return j+1 >= hi || !a.genitive(j+1) && !(a.possessiveMark(j+1))
}

// endsNoun reports whether a phrase ends before the word at token j.
func (a *analysis) endsNoun(j, i, hi int) bool {
	t := &a.ts[j]
	if t.lex == nil {
		return a.adverbial(j)
	}
	c := t.lex.class
	if c&(role|group|organisation|document|unnamed|title) != 0 {
		return false
	}
	low := t.lex.low
	if j == i && (low == "more" || low == "other" || low == "such" || low == "additional" || low == "fewer" || low == "less") {
		return false
	}
	if c&(preposition|conjunction|subordinator|relative|personal|modal|auxiliary|copula|negation|determiner|possessive|third) != 0 {
		return true
	}
	if c&(timeWord|weekday|month) != 0 && (t.capital || c&adverb != 0) {
		return true
	}
	if c&adverb != 0 && c&indefinite == 0 {
		return true
	}
	if c&plainVerb != 0 || len(t.lex.cues) > 0 && t.lex.form&(pastForm|participle) != 0 {
		return !a.nounFollowsDirectly(j+1, hi)
	}
	return false
}

// adverbial reports whether an unknown word is an adverb by its ending.
func (a *analysis) adverbial(j int) bool {
	s := a.ts[j].In(a.text)
	return len(s) > 5 && strings.HasSuffix(s, "ly") && !strings.HasSuffix(s, "family") && !strings.HasSuffix(s, "only")
}

// nounFollowsDirectly reports whether the next word is a plural, so that the
// participle before it is an adjective: "40 wounded soldiers".
func (a *analysis) nounFollowsDirectly(j, hi int) bool {
	return j < hi && a.ts[j].kind == wordToken && a.pluralAt(j, j, hi) && !a.ts[j].is(plainVerb)
}

// whole finds of what a share is one, or what is measured: "a quarter of the
// fleet", "a 100-kilometre front", "10 tonnes of grain".
func (a *analysis) whole(f *figure, n *numeral, w words) {
	if f.kind == noUnit && !f.share {
		if n.rest == "" && !n.hyphen {
			return
		}
	}
	i := f.end
	if i >= w.to {
		return
	}
	if a.ts[i].kind == punctuation && a.ts[i].mark == '(' && (n.rest != "" || n.hyphen) {
		if end := a.bracketEnd(i, w.to); end > 0 && end < w.to {
			i = end // "100-kilometre (60-mile) front"
		}
	}
	low := a.ts[i].low()
	switch {
	case low == "worth" && i+1 < w.to && a.ts[i+1].low() == "of":
		a.wholeAt(f, i+2, w.to)
	case low == "of" && !(f.kind == timeUnit && i+1 < w.to && a.ts[i+1].kind == numberToken):
		a.wholeAt(f, i+1, w.to)
		if f.end > i {
			f.to = f.end
		}
	case low == "in" && f.kind == moneyUnit:
		if i+1 < w.to && !a.ts[i+1].capital && a.ts[i+1].kind == wordToken && !a.ts[i+1].is(determiner|possessive|timeWord) && !a.inList(i+1, phraseList) {
			a.wholeAt(f, i+1, w.to)
		}
	case f.share && n.part && (a.ts[i].is(determiner | possessive)) && low != "that":
		a.wholeAt(f, i, w.to) // "half the fleet"
	case f.ratio && !a.ts[i].is(preposition|conjunction):
		a.wholeAt(f, i, w.to) // "nine out of ten voters"
	case n.rest != "" || n.hyphen || f.kind == moneyUnit && f.from > w.from && a.ts[f.from-1].is(determiner):
		if noun, head := a.lastNoun(i, w.to); head >= 0 {
			f.of, f.end = noun, head+1
		}
	}
}

// wholeAt takes the phrase at token i as the whole.
func (a *analysis) wholeAt(f *figure, i, hi int) {
	from := i
	for i < hi && a.ts[i].is(determiner|possessive) {
		i++
	}
	start := from
	for start < i && a.article(start) {
		start++
	}
	if i < hi && a.ts[i].kind == numberToken || i < hi && a.mayBegin(i) && a.ts[i].kind == wordToken {
		i++
	}
	noun, head := a.nounPhrase(i, hi, true)
	if head < 0 {
		noun, head = a.lastNoun(i, hi)
	}
	if head >= 0 && head >= start {
		f.of, f.end = words{start, noun.to}, head+1
		return
	}
	if start < i && a.ts[start].is(personal) {
		f.of, f.end = words{start, start + 1}, start+1
	}
}

// lastNoun returns the phrase in the singular that begins at token i.
func (a *analysis) lastNoun(i, hi int) (words, int) {
	last := -1
	for j := i; j < hi && j < i+5; j++ {
		t := &a.ts[j]
		if a.possessiveMark(j) {
			continue
		}
		if t.kind != wordToken || a.endsNoun(j, i, hi) || j > i && last >= 0 && a.finiteAt(j) {
			break
		}
		last = j
	}
	return words{i, last + 1}, last
}

// bounds finds the words that bound a number, before it and behind.
func (a *analysis) bounds(f *figure, w words) {
	if f.vague && f.from > w.from && a.prevLow(f.from) == "many" {
		f.from--
	}
	if k := a.boundBefore(f.from); k > 0 && f.from-k >= w.from {
		phrase := a.phraseOf(f.from-k, f.from)
		b := a.lex.numbers.before[phrase]
		if f.kind == timeUnit && phrase == "over" {
			b = "" // "talks over three days"
		}
		if b != "" {
			f.from -= k
			if f.bound == "" || f.vague {
				f.bound = b
			}
		}
	}
	if f.bound == "" || f.bound == hearsay.About || f.vague {
		a.boundAfter(f, w)
	}
	if f.bound == "" && f.from > w.from && a.inList(f.from-1, passingList) {
		f.bound = hearsay.MoreThan
	}
	if f.bound == "" {
		f.bound = hearsay.Exactly
	}
}

// boundBefore returns how many tokens before token i bound the number there; 0
// for none.
func (a *analysis) boundBefore(i int) int {
	if !a.boundEnds(i - 1) {
		return 0
	}
	for k := 4; k > 0; k-- {
		if i-k < 0 || a.ts[i-k].block != a.ts[i-1].block {
			continue
		}
		if _, ok := a.lex.numbers.before[a.phraseOf(i-k, i)]; ok {
			return k
		}
	}
	return 0
}

// boundEnds reports whether a bound can end with token i.
func (a *analysis) boundEnds(i int) bool {
	return i >= 0 && a.ts[i].kind == wordToken && a.lex.numbers.last[a.low(a.ts[i])]
}

// phraseOf returns tokens in small letters with blanks between.
func (a *analysis) phraseOf(from, to int) string {
	if to-from == 1 {
		return a.low(a.ts[from])
	}
	var b strings.Builder
	for i := from; i < to; i++ {
		if i > from {
			b.WriteByte(' ')
		}
		b.WriteString(a.low(a.ts[i]))
	}
	return b.String()
}

// boundAfter reads "or more" and its like behind the number, or behind what is
// counted.
func (a *analysis) boundAfter(f *figure, w words) {
	for _, i := range [2]int{f.number.to, f.to} {
		for k := min(3, w.to-i); k > 0; k-- {
			t := &a.ts[i]
			if t.kind == wordToken && !(t.capital) || t.kind == punctuation && t.mark == '+' {
				b, ok := a.lex.numbers.after[a.phraseOf(i, i+k)]
				if !ok {
					continue
				}
				f.bound = b
				if i == f.number.to && f.to == i {
					f.to = i + k
					f.end = max(f.end, f.to)
					a.behindBound(f, w)
				} else {
					f.to = max(f.to, i+k)
					f.end = max(f.end, f.to)
				}
				return
			}
		}
	}
}

// behindBound finds what is counted where the bound stands between: "50 or more
// tanks".
func (a *analysis) behindBound(f *figure, w words) {
	if f.kind != noUnit || f.share || f.unit != "" {
		return
	}
	if noun, head := a.nounPhrase(f.to, w.to, true); head >= 0 {
		f.noun, f.unit, f.to, f.end = noun, a.unitName(head), head+1, head+1
		return
	}
	if u, to, ok := a.unitAt(f.to, w.to); ok {
		f.kind, f.unit, f.to, f.end = u.kind, u.name, to, to
		if f.kind == shareUnit {
			f.share, f.unit, f.value = true, "", exact(f.value/100)
		}
	}
}
