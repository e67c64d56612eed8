package annotate

import "strings"

// A governor is the verb or noun before a figure on which it depends.
type governor struct {
	at       int
	did      string
	verb     deedVerb
	noun     bool  // "the loss of"
	indirect words // the first of two objects
	possess  words // a possessor between: "its 40 boats"
	on       bool  // reached through "on"
}

// governor finds what a figure depends on among the tokens before it.
func (a *analysis) governor(f *figure, lo int) (governor, bool) {
	var g governor
	reached, aside, between := false, false, false
	lo = max(lo, f.from-verbReach)
	for j := f.from - 1; j >= lo; j-- {
		t := &a.ts[j]
		if t.kind == quoteMark {
			continue
		}
		if reached && (t.kind == numberToken || t.kind == punctuation && (t.mark == '%' || t.mark == '$' || t.mark == 0x7f)) {
			continue
		}
		if t.kind != wordToken {
			return g, false
		}
		low := a.low(*t)
		v, isVerb := a.verbAt(j)
		if a.inList(j, linkList) && v.form&^(ingForm|participle|pastForm) == 0 && a.linksOnly(j) {
			return g, false
		}
		if isVerb && !t.is(preposition) && a.isVerb(j, lo, v) && !(between && v.form == ingForm && a.ts[j+1].kind == wordToken && !a.ts[j+1].is(determiner|possessive)) {
			if aside && between && !a.inList(j, changeList) && !v.two {
				return g, false // "supplies water to 40 towns"
			}
			g.at, g.did, g.verb = j, v.lemma, v
			if s := a.particleAfter(j, f.from); s != "" {
				g.did += s
			}
			return g, true
		}
		switch {
		case a.possessiveMark(j):
			w := a.nounsBefore(j, lo)
			if w.empty() {
				return g, false
			}
			g.possess, j = a.lastOf(words{w.from, j}), w.from
		case t.is(possessive) && !reached:
			g.possess = words{j, j + 1}
		case a.inList(j, betweenList) || t.is(adverb) && !t.is(preposition) || a.inList(j, particleList) || t.is(negation):
		case a.inList(j, reachList) && reached && low != "of":
		case a.inList(j, reachList) && !reached:
			reached = true
			if of, ok := a.deedNoun(j, lo); ok {
				return a.given(of, lo), true
			} else if of = a.given(governor{at: j - 1}, lo); of.did != "" {
				return of, true
			}
			if low == "of" && f.kind == timeUnit {
				return g, false // "fights a ban of four years"
			}
			if low == "of" {
				j = a.handsOn(j, lo)
				if t := &a.ts[max(j, lo)]; t.is(possessive) && g.possess.empty() {
					g.possess = words{j, j + 1} // "her target of 3%"
				}
			} else if low == "at" || low == "to" || low == "by" || low == "from" {
				aside = low == "to"
				continue
			}
		case low == "in" && reached && j > lo && a.prevLow(j) != "" && a.lex.numbers.verbs[a.prevLow(j)].lemma == "come":
		case low == "on" && !reached && j-1 >= lo:
			v, ok := a.verbAt(j - 1)
			if !ok || !a.isVerb(j-1, lo, v) || v.form&(pastForm|participle) == 0 {
				return g, false
			}
			reached, g.on = true, true // "had been used on 40 animals"
		case reached && !t.is(preposition|conjunction|subordinator|copula|auxiliary|modal):
			between = true
		case !reached && (t.capital || t.is(personal) || t.lex == nil || t.is(role|group|organisation)) && f.from-j < 5:
			if g.indirect.to == 0 {
				g.indirect = words{j, j + 1}
			}
			g.indirect.from = j
			k := j - 1
			for k >= lo && k > j-4 && a.ts[k].kind == wordToken && !a.ts[k].is(preposition|conjunction|subordinator|copula) {
				if v, ok := a.verbAt(k); ok && v.two && a.isVerb(k, lo, v) {
					g.indirect.from = k + 1
					g.at, g.did, g.verb = k, v.lemma, v
					return g, true
				}
				k--
			}
			return g, false
		default:
			return g, false
		}
	}
	return g, false
}

// given returns the verb of giving before the noun of a deed, whose object that
// is, else the noun: "were offered a rise of 9%".
func (a *analysis) given(g governor, lo int) governor {
	for k := g.at - 1; k >= lo && k > g.at-5 && a.ts[k].kind == wordToken && !a.ts[k].is(preposition|conjunction|copula); k-- {
		if v, ok := a.verbAt(k); ok && v.two && !v.others && a.isVerb(k, lo, v) {
			return governor{at: k, did: v.lemma, verb: v}
		}
	}
	return g
}

// handsOn returns the token from which to go on before "a force of": its
// article.
func (a *analysis) handsOn(j, lo int) int {
	k := j - 1
	for k >= lo && k > j-5 && a.ts[k].kind == wordToken && !a.ts[k].is(preposition|conjunction|copula|auxiliary) {
		if a.ts[k].is(determiner | possessive) {
			return k
		}
		if v, ok := a.verbAt(k); ok && k < j-1 && a.isVerb(k, lo, v) {
			return k + 1
		}
		k--
	}
	return k + 1
}

// deedNoun reads "the loss of" before a figure.
func (a *analysis) deedNoun(of, lo int) (governor, bool) {
	low := a.ts[of].low()
	k := of - 1
	if k < lo || low != "of" && low != "at" && low != "by" {
		return governor{}, false
	}
	did := a.lex.numbers.deeds[a.low(a.ts[k])]
	if k > lo && a.inList(k-1, thingList) {
		return governor{}, false
	}
	if did == "" || low == "by" && !a.lex.numbers.plural(a.low(a.ts[k])) && k == lo {
		return governor{}, false
	}
	if v, ok := a.verbAt(k); ok && a.isVerb(k, lo, v) && !(k > lo && a.ts[k-1].is(determiner|possessive)) && k > lo && a.lex.adjectives[a.ts[k-1].In(a.text)] == "" && low != "of" {
		return governor{}, false
	}
	g := governor{at: k, did: did, noun: true}
	j := k - 1
	for j > lo && a.ts[j].kind == wordToken && k-j < 4 && !a.ts[j].is(possessive|determiner|preposition) && !a.possessiveMark(j) && a.lex.adjectives[a.ts[j].In(a.text)] == "" {
		j--
	}
	if j < lo {
		return g, true
	}
	switch {
	case a.possessiveMark(j):
		if w := a.nounsBefore(j, lo); !w.empty() {
			g.possess = words{w.from, j}
		}
	case a.ts[j].is(possessive), a.lex.adjectives[a.ts[j].In(a.text)] != "":
		g.possess = words{j, j + 1}
	}
	return g, true
}

// linksOnly reports whether a participle is no verb of its clause: "including 40
// children", "compared with 40", but "thanked it for including", "compared 40 samples".
func (a *analysis) linksOnly(j int) bool {
	if j > 0 && a.ts[j-1].is(auxiliary|copula|preposition) && a.ts[j-1].block == a.ts[j].block {
		return false
	}
	if strings.HasSuffix(a.low(a.ts[j]), "ing") {
		return true
	}
	next := a.ts[min(j+1, len(a.ts)-1)].low()
	return next == "to" || next == "with"
}
