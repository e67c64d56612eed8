package annotate

import "strings"

// isNone reports whether a number counts and measures nothing: a date, a time
// of day, an age, a result, part of a name.
func (a *analysis) isNone(n *numeral, u unit, after int, w words) bool {
	if n.value < 0 || n.value > 1e18 || a.isPastHour(n, w) || n.value == 1 && a.low(a.ts[n.from]) == "one" && a.acertain(n.to, w) {
		return true
	}
	if u.kind == moneyUnit || u.kind == signUnit {
		return false
	}
	if u.kind == timeUnit {
		return a.tellsWhen(n, after, w) || n.value == 1 && n.single && n.from > w.from && a.prevLow(n.from) == "not" || n.value == 1 && n.single && n.from+1 == n.to && a.inList(n.to, notOneList) && a.ts[n.from].kind == wordToken
	}
	if u.kind == shareUnit {
		return false
	}
	if u.kind == noUnit && (n.single || n.dashed || n.plain) {
		if a.isDate(n, w) || a.isClock(n, after, w) || a.isHour(n, w) || a.isFamily(n, w) || a.isAge(n, after, w) || a.isListed(n, w) {
			return true
		}
	}
	if a.isResult(n, u, w) || a.isYear(n, u, w) || a.isTelephone(n, w) || a.isName(n, u, w) {
		return true
	}
	return u.kind == noUnit && n.value == 1 && n.single && !n.part && a.isPronoun(n, w)
}

// tellsWhen reports whether a length of time says when something was and not
// how long: "three days ago", "the past five years", "54 years old".
func (a *analysis) tellsWhen(n *numeral, after int, w words) bool {
	if n.vague && n.last == 1 && n.value < 20 && n.bound != "" {
		return true // "a couple of days"
	}
	if after < w.to {
		low := a.low(a.ts[after])
		if a.inList(after, agoList) && !(after+1 < w.to && a.ts[after+1].low() == "than") {
			return true
		}
		if low == "to" && after+1 < w.to && (a.monthAt(after+1, w) || a.inList(after+1, periodList)) {
			return true // "the two years to last August"
		}
		if low == "of" && after+1 < w.to && a.low(a.ts[after+1]) == "age" {
			return true
		}
	}
	for i := n.from - 1; i >= w.from && n.from-i < 3; i-- {
		in := a.countWord(i).in
		if in&periodList != 0 || in&namedList != 0 && n.from-i == 1 {
			return true
		}
		if in&ageList != 0 {
			return true
		}
	}
	return false
}

// monthAt reports whether token i is the name of a month.
func (a *analysis) monthAt(i int, w words) bool {
	return i >= w.from && i < w.to && a.ts[i].kind == wordToken && a.ts[i].capital && a.ts[i].is(month)
}

// isDate reports whether a number is the day of a month: "July 11-12", "3 May",
// "11 to 12 July".
func (a *analysis) isDate(n *numeral, w words) bool {
	if n.value > 31 && n.upto == 0 || n.part {
		return false
	}
	if a.monthAt(n.from-1, w) {
		return !(n.to < w.to && a.countWord(n.to).kind == scaleWord)
	}
	if a.monthAt(n.to, w) {
		return true
	}
	if j := n.to; j+1 < w.to && (a.ts[j].kind == punctuation && a.ts[j].mark == markDash || a.ts[j].low() == "to" || a.ts[j].low() == "and" || a.ts[j].low() == "or") {
		if a.ts[j+1].kind == numberToken && a.monthAt(j+2, w) {
			return true
		}
	}
	if j := n.from - 1; j-2 >= w.from && (a.ts[j].kind == punctuation && a.ts[j].mark == markDash || a.ts[j].low() == "to" || a.ts[j].low() == "and") {
		return a.ts[j-1].kind == numberToken && a.monthAt(j-2, w) && !a.nounFollows(n.to, w)
	}
	return false
}

// nounFollows reports whether the next word but one at most is a plural in small
// letters.
func (a *analysis) nounFollows(i int, w words) bool {
	for j := i; j < w.to && j < i+3; j++ {
		t := &a.ts[j]
		if t.kind != wordToken || t.is(preposition|copula|auxiliary|modal|conjunction) {
			return false
		}
		if a.lex.numbers.plural(a.low(*t)) && !t.is(timeWord) {
			return true
		}
	}
	return false
}

// isClock reports whether a number is a time of day.
func (a *analysis) isClock(n *numeral, after int, w words) bool {
	if n.to < w.to && a.inList(n.to, clockList) {
		return true
	}
	if n.to < w.to && (a.ts[n.to].low() == "local" || a.ts[n.to].low() == "local-time") || n.value > 24 || !n.single {
		return false
	}
	if i := n.from - 1; i > w.from && a.low(a.ts[i-1]) == "toll" {
		return false // "put the toll at nine"
	} else if i >= w.from && (a.low(a.ts[i]) == "at" || a.low(a.ts[i]) == "until" || a.low(a.ts[i]) == "till") {
		t := n.to
		return t >= w.to || a.ts[t].kind != wordToken && a.ts[t].kind != numberToken && !(a.ts[t].kind == punctuation && (a.ts[t].mark == '%' || a.ts[t].mark == '(')) || a.ts[t].is(preposition) || a.ts[t].is(timeWord)
	}
	return false
}

// isHour reports whether a small number behind "by", "before" or "after" is an
// hour: "back by four, put the kettle on", "By six the network was down". Behind
// a word for change "by" tells how much.
func (a *analysis) isHour(n *numeral, w words) bool {
	i := n.from - 1
	if i < w.from || !n.single || n.value > 12 || n.value < 1 || a.ts[i].kind != wordToken || a.nounFollows(n.to, w) {
		return false
	}
	low := a.low(a.ts[i])
	if low != "by" && low != "before" && low != "after" {
		return false
	}
	if j := n.to; j < w.to && a.ts[j].kind != quoteMark && !(a.ts[j].kind == punctuation && (a.ts[j].mark == ',' || a.ts[j].mark == '.')) {
		return low == "by" && a.sentenceStart(i) && a.ts[j].is(determiner|possessive|personal)
	}
	for k := i - 1; k >= w.from && k > i-verbReach; k-- {
		if a.inList(k, changeList|matchList) || a.lex.numbers.deeds[a.low(a.ts[k])] != "" {
			return false
		}
		if v, ok := a.verbAt(k); ok && k > i-3 && !a.inList(k, particleList) && a.isVerb(k, w.from, v) {
			return false // "outnumber them by four"
		}
	}
	return true
}

// isFamily reports whether a number tells how many children somebody has: "the
// mother of two".
func (a *analysis) isFamily(n *numeral, w words) bool {
	i := n.from - 1
	return n.single && n.value < 20 && i-1 >= w.from && a.ts[i].low() == "of" && a.inList(i-1, familyList) && !a.nounFollows(n.to, w)
}

// isAge reports whether a number is somebody's age: "Ott, 54, said", "aged 54",
// "children under five".
func (a *analysis) isAge(n *numeral, after int, w words) bool {
	if n.value > 120 || n.part {
		return false
	}
	i := n.from - 1
	if i < w.from || a.ts[i].block != a.ts[n.from].block {
		return false
	}
	if a.grown(n, w) {
		return true
	}
	if a.inList(i, ageList) || a.low(a.ts[i]) == "of" && i-1 >= w.from && (a.inList(i-1, ageList) || a.inList(i-1, agedList) && !a.nounFollows(n.to, w)) {
		return true
	}
	for k, lo := i, max(w.from, i-4); k >= lo; k-- {
		if low := a.low(a.ts[k]); low != "between" && low != "and" && low != "about" && low != "over" && low != "under" && a.ts[k].kind != numberToken {
			if a.ts[k].low() == "aged" || a.inList(k, ageList) {
				return true
			}
			break
		}
	}
	if low := a.low(a.ts[i]); (low == "under" || low == "over" || low == "below") && i-1 >= w.from && a.inList(i-1, youngList) && !a.nounFollows(n.to, w) {
		return true
	}
	mark := func(k int, marks string) bool {
		return k >= w.from && k < w.to && a.ts[k].kind == punctuation && strings.IndexByte(marks, a.ts[k].mark) >= 0
	}
	if !mark(i, ",(") || i == w.from || n.dashed {
		return false
	}
	named := a.ts[i-1].kind == wordToken && (a.ts[i-1].capital || a.ts[i-1].is(role))
	return named && n.value == float64(int(n.value)) && (n.to >= w.to || mark(n.to, ",.;)") || a.ts[n.to].low() == "and" || a.ts[n.to].kind == quoteMark)
}

// grown reports whether a number behind "she was" is her age: "until he was
// eighteen".
func (a *analysis) grown(n *numeral, w words) bool {
	i := n.from - 1
	if i-1 < w.from || !n.single || n.value > 110 || !a.ts[i].is(copula) || n.to < w.to && a.ts[n.to].kind == wordToken && !a.ts[n.to].is(preposition|conjunction|adverb|subordinator) {
		return false
	}
	switch a.ts[i-1].low() {
	case "he", "she", "i":
		return n.to >= w.to || a.ts[n.to].low() != "of" && a.ts[n.to].low() != "in"
	}
	return false
}

// acertain reports whether "one" before token j is of somebody who is named: "one
// Ivo Brandt".
func (a *analysis) acertain(j int, w words) bool {
	k := j
	for k < w.to && a.ts[k].kind == wordToken && a.ts[k].capital && a.lex.adjectives[a.ts[k].In(a.text)] == "" && !a.ts[k].is(role|group|organisation|demonym) && !a.lex.numbers.plural(a.low(a.ts[k])) {
		k++
	}
	return k > j+1 && (k >= w.to || a.ts[k].kind != wordToken || a.ts[k].is(preposition|auxiliary|copula|modal))
}

// isListed reports whether a number stands before the point of a list, alone in
// brackets, or behind the sign of a number.
func (a *analysis) isListed(n *numeral, w words) bool {
	if n.part || n.to >= len(a.ts) || a.ts[n.from].kind != numberToken {
		return false
	}
	i, j := n.from-1, n.to
	first := i < 0 || a.ts[i].block != a.ts[n.from].block
	if first && a.ts[j].block == a.ts[n.from].block && a.ts[j].kind == punctuation && (a.ts[j].mark == '.' || a.ts[j].mark == ')') {
		return true
	}
	return !first && a.ts[i].kind == punctuation && a.ts[i].mark == '(' && j < w.to && a.ts[j].kind == punctuation && a.ts[j].mark == ')'
}

// isResult reports whether two figures with a dash or "to" between them are the
// result of a match or a vote: "beat them 3-1", "a 7-2 vote".
func (a *analysis) isResult(n *numeral, u unit, w words) bool {
	j := n.to
	if n.dashed {
		if u.kind != noUnit || a.nounFollows(j, w) {
			return false
		}
		return a.matchNear(n.from, j, w)
	}
	pair := func(k int) bool {
		return k >= w.from && k < w.to && a.ts[k].kind == punctuation && a.ts[k].mark == markDash && !a.ts[k].spaced
	}
	if pair(j) && j+1 < w.to && a.mayBegin(j+1) && !a.ts[j+1].spaced {
		m, ok := a.numeral(j+1, w.to)
		return !ok || m.value <= n.value && n.last >= m.last || a.matchNear(n.from, m.to, w) && !a.nounFollows(m.to, w)
	}
	if i := n.from - 1; pair(i) && i > w.from && !a.ts[n.from].spaced && a.ts[i-1].kind == numberToken {
		return true
	}
	if j+1 < w.to && a.ts[j].low() == "to" && a.mayBegin(j+1) && n.single && u.kind == noUnit {
		m, ok := a.numeral(j+1, w.to)
		return ok && m.value < n.value && m.single && a.matchNear(n.from, m.to, w)
	}
	if i := n.from - 1; i-1 >= w.from && a.ts[i].low() == "to" && a.mayBegin(i-1) && u.kind == noUnit && !a.nounFollows(j, w) {
		m, ok := a.numeral(i-1, i)
		return ok && m.value > n.value && a.matchNear(i-1, j, w)
	}
	return false
}

// matchNear reports whether a word for matches or votes stands close before
// token i or directly at token j.
func (a *analysis) matchNear(i, j int, w words) bool {
	for k := i - 1; k >= w.from && i-k < 6; k-- {
		if a.ts[k].kind == punctuation && a.ts[k].mark == '.' {
			break
		}
		if a.inList(k, matchList) {
			return true
		}
	}
	for k := j; k < w.to && k < j+2; k++ {
		if a.inList(k, matchList) {
			return true
		}
	}
	return false
}

// isYear reports whether four figures are a year. They count something where a
// bound stands before them, or a plural behind them and no word that goes with
// a date before.
func (a *analysis) isYear(n *numeral, u unit, w words) bool {
	if !n.plain || n.value < 1100 || n.value >= 2100 || n.value != float64(int(n.value)) || u.kind != noUnit {
		return false
	}
	i := n.from - 1
	if i < w.from || a.ts[i].kind != wordToken {
		return !a.nounFollows(n.to, w)
	}
	t := &a.ts[i]
	if a.besideYear(n, w) {
		return true
	}
	if b := a.boundBefore(n.from); b > 0 && t.low() != "about" && t.low() != "around" && t.low() != "over" && t.low() != "above" {
		return false
	}
	if !a.nounFollows(n.to, w) {
		return true
	}
	return t.is(preposition|determiner|possessive|month|timeWord) && a.boundBefore(n.from) == 0 || a.possessiveMark(i) || t.is(title|role)
}

// besideYear reports whether a year stands with "and" before figures of the same
// kind, or "between" or "in" before their bound: "the 2008 and 2012 campaigns",
// "between approximately 2004 and August 2007".
func (a *analysis) besideYear(n *numeral, w words) bool {
	i := n.from - 1
	if n.value < 1900 || i-1 < w.from {
		return false
	}
	if (a.ts[i].low() == "and" || a.ts[i].low() == "or") && a.year(&a.ts[i-1]) {
		return i-2 >= w.from && a.ts[i-2].is(determiner|preposition|possessive)
	}
	if a.boundBefore(n.from) == 0 || a.nounFollows(n.to, w) {
		return false
	}
	switch a.ts[i-1].low() {
	case "in", "since", "from", "between", "until", "by":
		return true
	}
	return false
}

// isTelephone reports whether a figure belongs to a row of figures that is no
// number.
func (a *analysis) isTelephone(n *numeral, w words) bool {
	if a.ts[n.from].kind != numberToken {
		return false
	}
	if i := n.from - 1; i >= w.from && a.ts[i].kind == punctuation && a.ts[i].mark == '+' && !a.ts[n.from].spaced || a.isHeight(n, w) || a.isPlan(n, w) {
		return true
	}
	row := 1
	for k := n.from - 1; k >= w.from && row < 3 && a.ts[k].kind == numberToken; k-- {
		row++
	}
	for k := n.to; k < w.to && row < 3 && a.ts[k].kind == numberToken; k++ {
		row++
	}
	if row >= 3 {
		return true
	}
	slash := func(k int) bool {
		return k >= w.from && k < w.to && a.ts[k].kind == punctuation && !a.ts[k].spaced && (a.ts[k].mark == '/' || a.ts[k].mark == '.' || a.ts[k].mark == ':')
	}
	before := slash(n.from-1) && n.from-2 >= w.from && a.ts[n.from-2].kind == numberToken && !a.ts[n.from].spaced
	after := slash(n.to) && n.to+1 < w.to && a.ts[n.to+1].kind == numberToken && !a.ts[n.to+1].spaced
	return !n.part && (before || after) // 24/7, 9/11
}

// isName reports whether a number belongs to a name or an address: "Article 5",
// "Boeing 737", "10 Mill Street".
func (a *analysis) isName(n *numeral, u unit, w words) bool {
	if n.part || n.vague || n.last > 1 {
		return false
	}
	j := n.to
	for k := j; k < w.to && k < j+4 && a.ts[k].kind == wordToken && a.ts[k].capital; k++ {
		if k > j && a.inList(k, streetList) {
			return true
		}
	}
	i := n.from - 1
	if i < w.from {
		i = -1
		if n.from > 0 && a.ts[n.from-1].block == a.ts[n.from].block {
			i = n.from - 1
		}
	}
	if i < 0 || a.ts[i].kind != wordToken {
		return false
	}
	t := &a.ts[i]
	if u.kind != noUnit {
		return t.capital && a.inList(i, namedList) && !a.nounFollows(n.to, w) && i > w.from
	}
	if a.inList(i, namedList) && !(t.is(weekday|timeWord) && a.nounFollows(j, w)) {
		return t.capital && !a.sentenceStart(i) || !a.nounFollows(j, w) || !a.lex.numbers.plural(a.low(*t)) && i > 0 && a.ts[i-1].is(determiner)
	}
	if innerCapital(t.In(a.text)) || n.plain && n.value >= 100 && a.namedBehind(i, j, w) {
		return true
	}
	if !t.capital || a.sentenceStart(i) && t.lex != nil || a.boundEnds(i) {
		return false
	}
	word := a.ts[n.from].kind == wordToken
	if word && !a.ts[n.from].capital {
		return false
	}
	return a.capitalWord(i) && !a.nounFollows(j, w)
}

// innerCapital reports whether a word is written as no plain word is: "iPhone".
func innerCapital(s string) bool {
	return len(s) > 1 && 'a' <= s[0] && s[0] <= 'z' && 'A' <= s[1] && s[1] <= 'Z'
}

// namedBehind reports whether figures with an article begin a name: "the 787
// Dreamliner".
func (a *analysis) namedBehind(i, j int, w words) bool {
	if !a.ts[i].is(determiner|possessive) && !(i > w.from && a.ts[i-1].is(determiner|possessive)) || a.boundEnds(i) {
		return false
	}
	return j < w.to && a.ts[j].kind == wordToken && a.ts[j].capital && a.lex.adjectives[a.ts[j].In(a.text)] == "" && !a.nounFollows(j, w)
}

// sentenceStart reports whether token i begins a sentence or a quotation.
func (a *analysis) sentenceStart(i int) bool {
	if i == 0 || a.ts[i-1].block != a.ts[i].block {
		return true
	}
	p := &a.ts[i-1]
	return p.kind == quoteMark || p.kind == punctuation && (p.mark == '.' || p.mark == '?' || p.mark == '!' || p.mark == ':')
}

// isPronoun reports whether "one" counts nothing: "one of them", "no one".
func (a *analysis) isPronoun(n *numeral, w words) bool {
	if a.ts[n.from].kind != wordToken || a.low(a.ts[n.from]) != "one" {
		return false
	}
	if i := n.from - 1; i >= w.from && a.boundBefore(n.from) == 0 {
		t := &a.ts[i]
		if a.low(*t) == "minus" {
			return false
		}
		if t.is(determiner|possessive|negation|adverb) || a.possessiveMark(i) || t.kind == wordToken && (a.low(*t) == "no" || a.countWord(i).kind == basicWord) {
			return true
		}
	}
	j := n.to
	if j >= w.to || a.ts[j].kind != wordToken {
		return a.boundBefore(n.from) == 0
	}
	if v, ok := a.verbAt(j); ok && v.form == thirdForm {
		return true // "one asks us"
	}
	if a.ts[j].low() == "of" && j+2 < w.to && a.ts[j+1].is(possessive) && a.nounFollows(j+2, w) {
		if i := n.from - 1; i >= w.from && !a.ts[i].is(preposition) {
			if _, ok := a.verbAt(i); ok {
				return false // "torpedoed one of its boats"
			}
		}
		return true
	}
	return a.inList(j, notOneList) && !(a.low(a.ts[j]) == "or" && j+1 < w.to && a.mayBegin(j+1)) || a.ts[j].is(preposition|conjunction|copula|auxiliary|modal|personal|adverb|third|determiner)
}

// isHeight reports whether a figure is of feet or inches, as people are measured:
// 6'2".
func (a *analysis) isHeight(n *numeral, w words) bool {
	foot := func(k int) bool {
		if k-1 < w.from || k+1 >= w.to || a.ts[k].spaced || a.ts[k+1].spaced || a.ts[k-1].kind != numberToken || a.ts[k+1].kind != numberToken {
			return false
		}
		switch a.ts[k].In(a.text) {
		case "'", "’", "′":
			return true
		}
		return false
	}
	return foot(n.to) || foot(n.from-1)
}

// isPlan reports whether a figure is a letter short of its name: "401(k)".
func (a *analysis) isPlan(n *numeral, w words) bool {
	j := n.to
	return j+2 < w.to && a.ts[j].kind == punctuation && a.ts[j].mark == '(' && !a.ts[j].spaced && a.ts[j+2].mark == ')' && a.ts[j+1].End-a.ts[j+1].Start <= 2
}
