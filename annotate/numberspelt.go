package annotate

import (
	"strings"

	"hearsay"
)

// A speller adds up number words from left to right.
type speller struct {
	total, current float64 // of the scales that are complete; of the rest
	seen           bool
	words          int
	least          float64 // the last scale above a hundred; the next is smaller
	last           float64 // the last scale
	tens           bool    // the last word was one of the tens
	units          bool    // the last word was one to nineteen
}

func (s *speller) value() float64 { return s.total + s.current }

// take adds a word; it returns false for a word that cannot follow.
func (s *speller) take(w countWord) bool {
	switch w.kind {
	case zeroWord:
		if s.seen {
			return false
		}
	case basicWord:
		if s.units || s.tens && w.value > 9 {
			return false
		}
		s.current += w.value
		s.units, s.tens = true, false
	case tenWord:
		if s.units || s.tens {
			return false
		}
		s.current += w.value
		s.tens = true
	case scaleWord:
		if !s.scale(w.value) {
			return false
		}
	default:
		return false
	}
	s.seen = true
	s.words++
	return true
}

func (s *speller) scale(v float64) bool {
	if s.current == 0 {
		if s.total > 0 && s.last >= v {
			return false
		}
		s.current = 1
		if s.total > 0 { // "a hundred thousand"
			s.current, s.total = s.total, 0
		}
	}
	s.units, s.tens, s.last = false, false, v
	if v <= 100 {
		if s.current >= 100 {
			return false
		}
		s.current *= v
		return true
	}
	if s.least > 0 && v >= s.least {
		return false
	}
	s.total, s.current, s.least = s.total+exact(s.current*v), 0, v
	return true
}

// spelt reads a number in words that begins at token i.
func (a *analysis) spelt(i, hi int) (numeral, bool) {
	n := numeral{words: words{i, i + 1}, last: 1}
	s := a.low(a.ts[i])
	head, tail, hyphened := strings.Cut(s, "-")
	w := a.lex.numbers.words[head]
	switch w.kind {
	case noNumber:
		return n, a.isSingle(i) && a.one(&n, i, hi) || a.ts[i].is(timeWord) && a.isOneOf(i) && a.one(&n, i, hi)
	case vagueWord:
		return n, !hyphened && a.vague(&n, w, hi)
	case fewWord:
		return n, !hyphened && a.few(&n, w, hi)
	case fractionWord:
		return n, a.leadingPart(&n, w, tail, hi)
	case scaleWord:
		if !a.opensScale(i, hi, hyphened) {
			return n, false
		}
		if prev := a.prevLow(i); prev == "a" || prev == "an" {
			n.from--
		}
	}
	if p := a.lex.numbers.words[tail]; hyphened && p.kind == fractionWord && w.kind == basicWord && w.value < p.value {
		n.value, n.part = w.value/p.value, true
		return n, a.partEnd(&n, hi)
	}
	return n, a.row(&n, i, hi)
}

// isSingle reports whether token i is "single" behind an article and before what
// is counted: "a single confirmed case".
func (a *analysis) isSingle(i int) bool {
	if a.low(a.ts[i]) != "single" || a.prevLow(i) != "a" || i+1 >= len(a.ts) {
		return false
	}
	t := &a.ts[i+1]
	return t.kind == wordToken && !t.capital && t.block == a.ts[i].block && !a.inList(i+1, notSingleList) && !t.is(preposition|conjunction|copula|auxiliary)
}

// isOneOf reports whether an article makes one of the length of time at token i:
// "for an hour", "an hour or two". "€90 million a year" is a rate.
func (a *analysis) isOneOf(i int) bool {
	if low := a.prevLow(i); low != "a" && low != "an" || i < 2 || a.ts[i-2].kind != wordToken || a.ts[i-2].block != a.ts[i].block {
		return false
	}
	u, to, ok := a.unitAt(i, min(i+1, len(a.ts)))
	if !ok || u.kind != timeUnit || u.name == "second" {
		return false
	}
	if to+1 < len(a.ts) && a.ts[to].low() == "or" && a.low(a.ts[to+1]) == "two" {
		return true
	}
	if a.prevLow(i-1) != "for" {
		return false
	}
	if to >= len(a.ts) || a.ts[to].block != a.ts[i].block || a.ts[to].kind != wordToken {
		return true
	}
	return a.ts[to].is(preposition|conjunction|subordinator|personal) && a.ts[to].low() != "or" && a.ts[to].low() != "and"
}

// one reads the numbers that an article gives: "a single case", "for an hour",
// "within a minute or two".
func (a *analysis) one(n *numeral, i, hi int) bool {
	n.value, n.single = 1, true
	n.from = i - 1
	if a.low(a.ts[i]) == "single" {
		return true
	}
	n.to = i
	if i+2 < hi && a.ts[i+1].low() == "or" && a.low(a.ts[i+2]) == "two" {
		n.to, n.rest = i+3, a.low(a.ts[i])
		if a.prevLow(n.from) == "within" {
			n.value = 2
			return true
		}
		n.upto, n.dashed = 2, true
	}
	return true
}

// prevLow returns the word before token i in small letters, "" where another
// block ends there.
func (a *analysis) prevLow(i int) string {
	if i == 0 || a.ts[i-1].block != a.ts[i].block || a.ts[i-1].kind != wordToken {
		return ""
	}
	return a.low(a.ts[i-1])
}

// opensScale reports whether a scale without a number before it is one of its
// own: "a hundred", "million-dollar", "hundred thousand".
func (a *analysis) opensScale(i, hi int, hyphened bool) bool {
	switch a.prevLow(i) {
	case "a", "an":
		return true
	case "the", "per", "this":
		return false
	}
	return hyphened || i+1 < hi && a.countWord(i+1).kind == scaleWord
}

// row reads number words from token i.
func (a *analysis) row(n *numeral, i, hi int) bool {
	var s speller
	j := i
	for j < hi && j-i < 16 && a.ts[j].kind == wordToken {
		low := a.low(a.ts[j])
		if low == "and" && s.seen && s.last >= 100 && !s.units && !s.tens && j+1 < hi && a.countsOn(j+1) {
			j++
			continue
		}
		part, rest, more := strings.Cut(low, "-")
		before := s
		if !s.take(a.lex.numbers.words[part]) {
			break
		}
		j++
		for more && rest != "" {
			part, tail, again := strings.Cut(rest, "-")
			if !s.take(a.lex.numbers.words[part]) {
				break
			}
			rest, more = tail, again
		}
		if more && rest != "" {
			n.to, n.value, n.last, n.rest, n.hyphen = j, s.value(), max(s.last, 1), rest, true
			if s.words > before.words && a.joinedTo(n) {
				return true
			}
			if before.seen && before.words > 0 { // "two hundred one-sided ..."
				n.to, n.value, n.rest, n.hyphen = j-1, before.value(), "", false
				return true
			}
			return false
		}
	}
	if !s.seen {
		return false
	}
	n.to, n.value, n.last, n.single = j, s.value(), max(s.last, 1), s.words == 1
	a.point(n, hi)
	if s.words <= 1 && n.last == 1 && a.spacedPart(n, hi) {
		return a.partEnd(n, hi)
	}
	a.andPart(n, hi)
	if s.last <= 1 {
		a.scales(n, hi)
	}
	return true
}

// countsOn reports whether token i goes on with a number after "and".
func (a *analysis) countsOn(i int) bool {
	w := a.lex.numbers.words[cutAt(a.low(a.ts[i]), '-')]
	if w.kind != basicWord && w.kind != tenWord {
		return false
	}
	return a.countWord(i+1).kind != fractionWord
}

// point reads decimals in words: "three point five".
func (a *analysis) point(n *numeral, hi int) {
	j := n.to
	if j+1 >= hi || a.low(a.ts[j]) != "point" {
		return
	}
	digit := 0.1
	value := n.value
	for j++; j < hi && j-n.to < 8; j++ {
		w := a.countWord(j)
		if w.kind != basicWord && w.kind != zeroWord || w.value > 9 {
			break
		}
		value += digit * w.value
		digit /= 10
	}
	if digit < 0.1 {
		n.value, n.to, n.single = exact(value), j, false
	}
}

// spacedPart reads "two thirds" and "one third".
func (a *analysis) spacedPart(n *numeral, hi int) bool {
	if n.to >= hi {
		return false
	}
	p := a.countWord(n.to)
	low := a.low(a.ts[n.to])
	if p.kind != fractionWord || n.value >= p.value || n.value == 2 && p.value == 4 || (n.value == 1) == strings.HasSuffix(low, "s") || a.ts[n.to].low() == "second" {
		return false
	}
	n.value, n.part, n.to, n.single = n.value/p.value, true, n.to+1, false
	return true
}

// leadingPart reads a number that begins with the name of a part: "a quarter",
// "half a million", "half the fleet".
func (a *analysis) leadingPart(n *numeral, w countWord, tail string, hi int) bool {
	i := n.from
	low := a.low(a.ts[i])
	n.value, n.part = 1/w.value, true
	prev := a.prevLow(i)
	if tail != "" {
		p := a.lex.numbers.words[cutAt(tail, '-')]
		if w.value != 2 || p.kind != scaleWord {
			return false
		}
		n.part, n.value, n.last = false, p.value/2, p.value
		if prev == "a" {
			n.from--
		}
		return true
	}
	half := low == "half"
	if i+1 < hi && low == "quarter" && a.countWord(i+1).kind == scaleWord && prev != "a" {
		n.part, n.to, n.last = false, i+2, a.countWord(i+1).value
		n.value = n.last / 4
		return true
	}
	if strings.HasSuffix(low, "s") || !half && prev != "a" {
		return false
	}
	if i+1 >= hi {
		return prev == "a" || a.boundBefore(i) > 0
	}
	next := a.countWord(i + 1)
	article := half && a.low(a.ts[i+1]) == "a" && i+2 < hi
	if article {
		next = a.countWord(i + 2)
	}
	switch {
	case next.kind == scaleWord && w.value <= 4:
		n.part, n.to = false, i+2
		if article {
			n.to++
		}
		n.value, n.last = next.value/w.value, next.value
	case half && prev != "a" && !a.ts[i+1].is(determiner|possessive) && a.low(a.ts[i+1]) != "of" && a.boundBefore(i) == 0:
		return false
	case half && (prev == "the" || prev == "other" || a.countWord(i-1).in&periodList != 0 && prev != "last"):
		return false
	}
	if prev == "a" {
		n.from--
	}
	if !n.part {
		return true
	}
	return half || a.partEnd(n, hi)
}

// partEnd reads "of a million" behind a part, and tells a part from an ordinal:
// "a third of the fleet", not "a third man".
func (a *analysis) partEnd(n *numeral, hi int) bool {
	j := n.to
	if j >= hi || a.ts[j].kind != wordToken {
		return true
	}
	if w := a.countWord(j); w.kind == scaleWord {
		n.value, n.last, n.part, n.to = exact(n.value*w.value), w.value, false, j+1
		return true
	}
	if _, ok := a.unitOf(a.low(a.ts[j])); ok && n.to-n.from > 1 {
		return n.value*3 != 1 && n.value*5 != 1 || strings.Contains(a.text[a.ts[n.from].Start:a.ts[n.to-1].End], "-")
	}
	if n.to-n.from == 1 || a.low(a.ts[n.from]) == "one" || n.value > 0.5 {
		return true // "one-third", "two thirds"
	}
	t := &a.ts[j]
	return t.low() == "of" || t.is(preposition|conjunction|subordinator|copula|auxiliary|modal|adverb|determiner) || t.low() == "to"
}

// vague reads "dozens", "hundreds of thousands". What they say is the least.
func (a *analysis) vague(n *numeral, w countWord, hi int) bool {
	n.value, n.bound, n.vague = w.value, hearsay.AtLeast, true
	if j := n.to; j+1 < hi && a.ts[j].low() == "of" {
		if v := a.countWord(j + 1); v.kind == vagueWord && v.value > w.value {
			n.value, n.to = w.value*v.value/2, j+2 // the word alone is twice its scale
			return true
		}
	}
	return w.value != 20 && a.countWord(n.from-1).kind == noNumber
}

// few reads "a few hundred", "several thousand", "a couple of dozen" and "a
// couple of".
func (a *analysis) few(n *numeral, w countWord, hi int) bool {
	low := a.low(a.ts[n.from])
	n.value, n.bound, n.vague = w.value, hearsay.About, true
	if low != "several" && a.prevLow(n.from) == "a" {
		n.from--
	}
	j := n.to
	if low == "couple" && j < hi && a.ts[j].low() == "of" {
		j++
	}
	scaled := false
	for k := 0; j < hi && k < 2; k++ {
		v := a.countWord(j)
		if v.kind != scaleWord {
			break
		}
		n.value, n.last, n.to, scaled = n.value*v.value, v.value, j+1, true
		j++
	}
	return scaled || low == "couple" && n.to-n.from == 2 && j > n.to && n.to < hi
}
