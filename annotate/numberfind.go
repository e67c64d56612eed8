package annotate

import (
	"strings"

	"hearsay"
)

// A figure is a number of the text with its unit and what it counts, before it
// is known whose it is.
type figure struct {
	words               // with bound, sign, unit and what is counted
	number        words // the number itself, with its sign
	value, upto   float64
	bound         hearsay.Bound
	unit          string
	kind          unitKind
	share         bool
	of            words // the whole of a share; what is measured
	noun          words // what is counted, with its adjectives
	end           int   // the token behind all that belongs to it
	ratio         bool  // "one in five"
	bracket       bool  // the same in another unit, in brackets behind the one before
	vague         bool
	did           string
	holder        words
	rule          string // how the holder was found
	verb          int    // the token behind the verb of which it is the object, below zero where a noun such as "loss" stands between; 0 for none
	inWhole       bool   // it is the whole of the figure before: "19 of the 20 crew"
	agent         bool   // what happened is known from the verb of which it is the subject
	implied       bool   // who did it is not said: "losing 40 boats"
	adjectiveSide bool   // the holder is an adjective: "Ukrainian"
}

// figures finds the numbers in a range of tokens of one block.
func (a *analysis) figures(w words) []figure {
	var found []figure
	for i := w.from; i < w.to; {
		if !a.mayBegin(i) {
			i++
			continue
		}
		f, to, ok := a.figure(i, w)
		if k := len(found); !ok && k > 0 {
			f, ok = a.anotherOne(i, &found[k-1], w)
		}
		i = max(to, i+1)
		if !ok {
			continue
		}
		if k := len(found); k > 0 {
			a.inBrackets(&f, &found[k-1])
			if a.bothEnds(&found[k-1], &f) {
				continue
			}
		}
		found = append(found, f)
	}
	return found
}

// mayBegin reports whether a number can begin with token i.
func (a *analysis) mayBegin(i int) bool {
	t := &a.ts[i]
	switch t.kind {
	case numberToken:
		return true
	case punctuation:
		_, ok := vulgar(t.In(a.text))
		return ok
	case wordToken:
		s := t.In(a.text)
		if len(s) < 2 || len(s) > 32 {
			return false
		}
		if t.End-t.Start == 6 && a.isSingle(i) || t.is(timeWord) && a.isOneOf(i) {
			return true
		}
		return a.lex.numbers.words[cutAt(a.low(*t), '-')].kind != noNumber || t.capital && a.signLetters(i) > 0
	}
	return false
}

// figure reads the number that begins at token i with all that belongs to it,
// and returns the token to go on with.
func (a *analysis) figure(i int, w words) (figure, int, bool) {
	n, ok := a.numeral(i, w.to)
	if !ok || n.to > w.to {
		return figure{}, n.to, false
	}
	if n.part && a.isQuarterYear(&n, w) {
		n.part, n.value, n.single, n.to = false, 1, true, n.to-1
	}
	end := n.to
	u, after := a.unitAfter(&n, w.to)
	f := figure{words: n.words, number: n.words, value: n.value, upto: n.upto, bound: n.bound, vague: n.vague}
	if k := a.signLetters(n.from); k > 0 {
		u, after = a.lex.numbers.signs[a.ts[n.from].In(a.text)[:k]], n.to
		u.kind = moneyUnit
	} else if sign, from := a.signOf(n.from, w.from); from < n.from {
		f.from, f.number.from = from, from
		if u.kind == noUnit || u.kind == moneyUnit && u.name != sign.name {
			u, after = sign, n.to
			u.kind = moneyUnit
		}
	}
	of, ofTo, inOf := a.oneIn(&n, u, w.to)
	if !inOf && a.isNone(&n, u, after, w) {
		return figure{}, end, false
	}
	f.kind, f.unit, f.end, f.to = u.kind, u.name, after, after
	negative := a.minus(&f, w.from)
	if inOf {
		f.value, f.share, f.to, f.end, n.part = of, true, ofTo, ofTo, true
		f.number.to, f.ratio = ofTo, true
	} else if a.rangeTo(&f, &n, w) || a.lesser(&f, w) {
		end = f.to
	}
	if n.part && f.kind == noUnit {
		f.share = true
	}
	if f.kind == shareUnit {
		f.share, f.unit = true, ""
		f.value, f.upto = exact(f.value/100), exact(f.upto/100)
	}
	if negative {
		f.value = -f.value
	}
	if f.kind == noUnit && !f.share && !a.countOf(&f, &n, w) {
		return figure{}, end, false
	}
	a.whole(&f, &n, w)
	a.bounds(&f, w)
	if !f.of.empty() {
		return f, max(end, f.number.to, after), true // "19 of the 20 crew"
	}
	return f, max(end, f.number.to, f.to), true
}

// isQuarterYear reports whether "one quarter" is a part of a year: "done in one
// quarter what took five years".
func (a *analysis) isQuarterYear(n *numeral, w words) bool {
	if n.from+2 != n.to || a.low(a.ts[n.from]) != "one" || a.low(a.ts[n.from+1]) != "quarter" || n.from == w.from {
		return false
	}
	switch a.prevLow(n.from) {
	case "in", "for", "within", "over", "just", "only":
		return !(n.to < w.to && a.ts[n.to].low() == "of")
	}
	return false
}

// unitAfter returns the unit of a number, joined to it or behind it, and the
// token behind that.
func (a *analysis) unitAfter(n *numeral, hi int) (unit, int) {
	if n.rest != "" {
		u, _ := a.unitOf(n.rest)
		return u, n.to
	}
	if n.metres && !n.vague && a.isMetres(n, hi) {
		n.value, n.upto = exact(n.value/1e6), exact(n.upto/1e6)
		return unit{"metre", measureUnit}, n.to
	}
	j := n.to
	if j < hi && n.vague && a.ts[j].low() == "of" {
		j++ // "dozens of kilometres"
	}
	if u, to, ok := a.unitAt(j, hi); ok && !(u.name == "won" && n.value < 1000) {
		return u, to
	}
	return unit{}, n.to
}

// isMetres tells metres from millions where "m" is written at the figures.
func (a *analysis) isMetres(n *numeral, hi int) bool {
	if a.signBefore(n.from) > 0 {
		return false
	}
	if a.inList(n.from-1, withinList) {
		return true
	}
	return n.to < hi && a.inList(n.to, metresList)
}

// unitAt reads the unit that begins at token i, of up to three words.
func (a *analysis) unitAt(i, hi int) (unit, int, bool) {
	var buf [64]byte
	for k := min(3, hi-i); k > 0; k-- {
		key := buf[:0]
		fits := true
		for j := i; j < i+k; j++ {
			t := &a.ts[j]
			if len(key)+t.End-t.Start+2 > len(buf) || t.kind == quoteMark || t.kind == numberToken {
				fits = false
				break
			}
			if j > i {
				key = append(key, ' ')
			}
			key = append(key, t.In(a.text)...)
		}
		if !fits {
			continue
		}
		u, ok := a.lex.numbers.units[string(key)]
		if !ok && len(key) > 1 {
			u, ok = a.lex.numbers.units[strings.ToLower(string(key))]
		}
		single := k == 1 && len(key) == 1 && a.ts[i].kind == wordToken
		if ok && !single && u.kind != countUnit && string(key) != "second" && string(key) != "in" {
			return u, i + k, true
		}
	}
	return unit{}, i, false
}

// signBefore returns how many tokens before token i are the sign of a currency.
func (a *analysis) signBefore(i int) int {
	_, from := a.signOf(i, max(0, i-2))
	return i - from
}

// signOf reads the sign of money that ends before token i: "$", "US$", "EUR".
func (a *analysis) signOf(i, lo int) (unit, int) {
	for k := 2; k > 0; k-- {
		if i-k < lo || a.ts[i-k].block != a.ts[i].block {
			continue
		}
		first, last := &a.ts[i-k], &a.ts[i-1]
		if k == 2 && last.kind != punctuation || last.kind == numberToken {
			continue
		}
		s := first.In(a.text)
		if k == 2 {
			s += last.In(a.text)
			if len(s) > 6 || first.kind != wordToken {
				continue
			}
		}
		if u, ok := a.lex.numbers.signs[s]; ok {
			return u, i - k
		}
		if k == 2 && first.End-first.Start == 1 && s[0] != 'c' {
			continue // "a $40 fine"
		}
		if u, ok := a.lex.numbers.signs[strings.ToUpper(s)]; ok {
			return u, i - k
		}
	}
	return unit{}, i
}

// lesserUnits tells how many of a smaller unit make a larger one, where both
// are written in a row.
var lesserUnits = map[[2]string]float64{
	{"foot", "inch"}: 12, {"pound", "ounce"}: 16, {"stone", "pound"}: 14,
	{"dollar", "cent"}: 100, {"euro", "cent"}: 100, {"pound", "penny"}: 100,
}

// lesser adds the inches to "six feet two inches".
func (a *analysis) lesser(f *figure, w words) bool {
	j := f.to
	if f.kind != measureUnit && f.kind != moneyUnit || f.value > 1000 || f.upto != 0 {
		return false
	}
	if j+1 < w.to && a.ts[j].low() == "and" {
		j++
	}
	if j >= w.to || !a.mayBegin(j) {
		return false
	}
	m, ok := a.numeral(j, w.to)
	if !ok || m.part || m.vague || m.upto != 0 {
		return false
	}
	u, to := a.unitAfter(&m, w.to)
	if u.kind == noUnit && f.unit == "foot" && to < w.to && a.ts[to].low() == "in" {
		u, to = unit{"inch", measureUnit}, to+1
	}
	many := lesserUnits[[2]string{f.unit, u.name}]
	if many == 0 || m.value >= many {
		return false
	}
	f.value, f.to, f.end, f.number.to = f.value+m.value/many, to, to, to
	return true
}

// minus takes "minus" or a sign that is joined to the figures into a figure
// that can be below zero.
func (a *analysis) minus(f *figure, lo int) bool {
	i := f.from - 1
	if i < lo || f.upto != 0 {
		return false
	}
	t := &a.ts[i]
	sign := t.kind == punctuation && t.mark == markDash && t.spaced && !a.ts[f.from].spaced && a.ts[f.from].kind == numberToken
	if !sign && t.low() != "minus" && (t.kind != wordToken || a.low(*t) != "minus") {
		return false
	}
	f.from, f.number.from = i, i
	return true
}

// oneIn reads "one in five" and "nine out of ten" as a share.
func (a *analysis) oneIn(n *numeral, u unit, hi int) (share float64, to int, ok bool) {
	j := n.to
	if u.kind != noUnit || n.value < 1 || n.upto != 0 || j+1 >= hi || n.vague || n.value > 100 {
		return 0, 0, false
	}
	out := a.ts[j].low() == "out" && a.ts[j+1].low() == "of"
	if !out && a.ts[j].low() != "in" {
		return 0, 0, false
	}
	j++
	if out {
		j++
	}
	if j < hi && a.ts[j].low() == "every" {
		j++
	}
	if j >= hi {
		return 0, 0, false
	}
	m, good := a.numeral(j, hi)
	if !good || m.value <= n.value || m.part || m.vague || m.rest != "" || m.value != float64(int64(m.value)) || m.plain && m.value >= 1500 && m.value < 2100 {
		return 0, 0, false
	}
	if !out && n.value > 10 || m.from != j && a.prevLow(m.from+1) != "a" {
		return 0, 0, false
	}
	if next, _, isUnit := a.unitAt(m.to, hi); isUnit && next.kind != noUnit {
		return 0, 0, false // "three in 10 days"
	}
	return n.value / m.value, m.to, true
}

// rangeTo reads the second end of a range: "10 to 15", "between 3 and 4
// million", "two or three". A change from one number to another is none.
func (a *analysis) rangeTo(f *figure, n *numeral, w words) bool {
	if n.dashed {
		f.bound = hearsay.Between
		return true
	}
	j := f.to
	if n.part && f.kind == noUnit || n.vague || j+1 >= w.to {
		return false
	}
	t := &a.ts[j]
	between := a.prevLow(f.from) == "between" && f.from > w.from
	dash := t.kind == punctuation && t.mark == markDash && t.spaced == a.ts[j+1].spaced
	low := t.low()
	switch {
	case dash, low == "to", low == "through", low == "and" && between, low == "or" && n.single && n.value < 1000:
	default:
		return false
	}
	k := j + 1
	for k < w.to && k < j+3 && !a.mayBegin(k) && (a.ts[k].kind == punctuation && (a.ts[k].mark == '$' || a.ts[k].mark == 0x7f) || a.ts[k].upper) {
		k++
	}
	if k >= w.to || !a.mayBegin(k) {
		return false
	}
	m, ok := a.numeral(k, w.to)
	if !ok || m.part != n.part || m.vague || m.dashed {
		return false
	}
	return a.closeRange(f, n, &m, w, low)
}

// closeRange joins the two ends of a range where they fit.
func (a *analysis) closeRange(f *figure, n, m *numeral, w words, how string) bool {
	u, after := a.unitAfter(m, w.to)
	if sign, from := a.signOf(m.from, f.to); from < m.from && u.kind == noUnit {
		u, after = sign, m.to
		u.kind = moneyUnit
	}
	low := f.value
	if m.last > n.last && (n.last == 1) && f.value < m.value/m.last && (f.kind == noUnit || f.to == n.to) {
		low = exact(f.value * m.last)
	}
	plain := n.plain && m.plain && f.kind == noUnit && u.kind == noUnit
	switch {
	case low >= m.value, f.kind != noUnit && u.kind != noUnit && u.name != f.unit:
		return false
	case f.kind != noUnit && u.kind == noUnit && f.kind != moneyUnit:
		return false
	case plain && !isRange(low, m.value, true):
		return false
	case how == "or" && (m.value-low > 5 || !m.single):
		return false
	case how == "to" && a.isChange(f, n, u, w):
		return false
	}
	f.value, f.upto, f.bound = low, m.value, hearsay.Between
	f.to, f.end, f.number.to = after, after, m.to
	if f.kind == noUnit {
		f.kind, f.unit = u.kind, u.name
	}
	if p := a.prevLow(f.from); f.from > w.from && (how == "and" && p == "between" || how == "to" && p == "from") {
		f.from--
	}
	return true
}

// isChange reports whether "from 54 to 60" and "rose 3 percent to 5 percent"
// tell of a change and not of a range.
func (a *analysis) isChange(f *figure, n *numeral, u unit, w words) bool {
	from := a.prevLow(f.from) == "from"
	change := false
	for i := f.from - 1; i >= w.from && f.from-i < 8; i-- {
		in := a.countWord(i).in
		if in&rangingList != 0 {
			return false
		}
		change = change || in&changeList != 0 && f.from-i < 3
	}
	return from || change && f.kind != noUnit && f.kind != moneyUnit || change && f.kind == moneyUnit && u.kind == moneyUnit
}

// bothEnds joins "more than 10 but fewer than 20 boats" to one range.
func (a *analysis) bothEnds(p, f *figure) bool {
	low := p.bound == hearsay.MoreThan || p.bound == hearsay.AtLeast
	high := f.bound == hearsay.LessThan || f.bound == hearsay.AtMost
	if !low || !high || p.value >= f.value || p.upto != 0 || f.upto != 0 || p.share != f.share || p.end+1 != f.from || p.unit != "" && p.unit != f.unit {
		return false
	}
	if between := a.ts[p.end].low(); between != "and" && between != "but" {
		return false
	}
	p.upto, p.bound, p.unit, p.kind = f.value, hearsay.Between, f.unit, f.kind
	p.number.to, p.to, p.end, p.noun, p.of = f.number.to, f.to, f.end, f.noun, f.of
	return true
}

// inBrackets gives a figure that stands in brackets behind another of its kind
// what holds for that one: "a nearly 100-kilometre (60-mile) front".
func (a *analysis) inBrackets(f, p *figure) {
	i := f.from - 1
	if i < 1 || a.ts[i].kind != punctuation || a.ts[i].mark != '(' || i > p.end || i < p.number.to || f.kind == noUnit || p.kind == noUnit {
		return
	}
	if f.kind == timeUnit || p.kind == timeUnit || f.kind == shareUnit {
		return
	}
	f.bracket = true
	if f.bound == "" || f.bound == hearsay.Exactly {
		f.bound = p.bound
		if p.bound == hearsay.Between && f.upto == 0 {
			f.bound = hearsay.Exactly
		}
	}
	if f.of.empty() {
		f.of = p.of
	}
	p.end = max(p.end, f.end)
}
