package annotate

import "strings"

// words is a half-open range of tokens; the zero value is empty.
type words struct{ from, to int }

func (w words) empty() bool { return w.to <= w.from }

// A verbGroup is a cue verb with the auxiliaries, negations and adverbs that
// belong to it.
type verbGroup struct {
	words
	verb       int // the token of the verb itself
	cue        *cueVerb
	form       form
	passive    bool // was told
	negated    bool // did not say
	infinitive bool // to say
	modal      bool // would say
	auxiliary  bool // has said, is saying
	copular    bool // the nearest auxiliary is a form of "be"
}

// outside reports whether a token stands outside all quotations.
func (a *analysis) outside(i int) bool { return a.ts[i].quote == 0 }

// group builds the verb group about the verb at token i, not reaching before
// token lo.
func (a *analysis) group(i, lo int, cue *cueVerb) verbGroup {
	g := verbGroup{words: words{i, i + 1}, verb: i, cue: cue, form: a.ts[i].lex.form}
	nearest := true
	for j := i - 1; j >= lo && a.outside(j); j-- {
		t := &a.ts[j]
		switch {
		case t.kind != wordToken:
			return a.withParticle(g)
		case t.low() == "to":
			g.infinitive = true
			g.from = j
			return a.withParticle(g)
		case t.is(negation):
			g.negated = true
		case t.is(modal):
			g.modal = true
		case t.low() == "'s" && (j == lo || !a.ts[j-1].is(personal|relative|indefinite)):
			return a.withParticle(g) // the possessive
		case t.is(auxiliary):
			g.auxiliary = true
			g.copular = g.copular || nearest && t.is(copula) && t.low() != "'s"
			if nearest && t.is(copula) && g.form&participle != 0 && t.low() != "'s" {
				g.passive = true
			}
			nearest = false
		case a.adverb(j) && !t.is(timeWord):
			if j == lo {
				return a.withParticle(g)
			}
			if !a.groupGoesOn(j-1, lo) {
				// An adverb directly before the verb belongs to the cue.
				if t.capital {
					return a.withParticle(g)
				}
			}
		default:
			return a.withParticle(g)
		}
		g.from = j
	}
	return a.withParticle(g)
}

func (a *analysis) groupGoesOn(j, lo int) bool {
	return j >= lo && a.ts[j].is(auxiliary|modal|negation)
}

// withParticle takes the particles of "pointed out" into the group.
func (a *analysis) withParticle(g verbGroup) verbGroup {
	g.to = g.verb + 1 + len(g.cue.particle)
	return g
}

// adverb reports whether the token can be an adverb within a verb group.
func (a *analysis) adverb(i int) bool {
	t := &a.ts[i]
	if t.kind != wordToken {
		return false
	}
	if t.is(adverb) {
		return true
	}
	s := a.text[t.Start:t.End]
	return t.lex == nil && !t.capital && len(s) > 4 && strings.HasSuffix(s, "ly")
}

// noun reports whether the token can stand in a noun phrase other than at its
// beginning.
func (a *analysis) noun(i int) bool {
	t := &a.ts[i]
	switch t.kind {
	case numberToken:
		return true
	case punctuation:
		return t.mark == '$' || t.mark == '%' || t.mark == '&'
	case quoteMark:
		return false
	case apostrophe:
		return !t.spaced
	}
	if t.lex == nil {
		return true
	}
	c := t.lex.class
	if c&(role|group|organisation|document|unnamed|title) != 0 {
		return true
	}
	if c&(personal|reflexive|conjunction|subordinator|modal|copula|negation|preposition) != 0 {
		return a.possessiveMark(i)
	}
	if c&(auxiliary|plainVerb) != 0 {
		if i == 0 || a.ts[i-1].kind != wordToken {
			return a.possessiveMark(i)
		}
		meeting := c&auxiliary == 0 && a.ingAt(i) && (a.ts[i-1].is(determiner|possessive) || a.ts[i-1].lex == nil && !a.ts[i-1].capital)
		return a.possessiveMark(i) || t.capital || meeting
	}
	if c&(determiner|possessive) != 0 {
		return false
	}
	if c&adverb != 0 && c&timeWord == 0 && !t.capital {
		return c&indefinite != 0
	}
	if len(t.lex.cues) > 0 && !t.capital && t.lex.form&(baseForm|thirdForm) == 0 {
		// "said" ends a phrase; "the accused man" does not.
		return i > 0 && a.ts[i-1].is(determiner|possessive)
	}
	return true
}

// possessiveMark reports whether the token is 's after a noun.
func (a *analysis) possessiveMark(i int) bool {
	t := &a.ts[i]
	if t.spaced || i == 0 || t.End-t.Start > 4 {
		return false
	}
	low := t.low()
	return low == "'s" && i+1 < len(a.ts) && a.ts[i+1].spaced && !a.ts[i-1].is(personal)
}

// phraseBefore returns the noun phrase that ends before token end and does not
// reach before token lo; empty where there is none.
func (a *analysis) phraseBefore(end, lo int) words {
	i := end - 1
	if i < lo || !a.outside(i) {
		return words{}
	}
	t := &a.ts[i]
	if t.kind == punctuation {
		switch t.mark {
		case ',', markDash:
			return a.apposed(i, lo)
		case ')':
			if open := a.bracket(i, lo); open > lo {
				if w := a.phraseBefore(open, lo); !w.empty() {
					return words{w.from, end}
				}
			}
		}
		return words{}
	}
	if t.is(personal|reflexive) || t.is(indefinite) && !t.is(role|group) && (i == lo || !a.ts[i-1].is(determiner|possessive)) {
		return words{i, end}
	}
	if t.is(relative) && !t.is(determiner) || t.low() == "that" {
		return words{i, end}
	}
	if !a.noun(i) || t.is(timeWord) && !t.is(role|group|organisation) {
		return words{}
	}
	return words{a.phraseStart(i, lo), end}
}

// phraseStart walks left from the last token of a noun phrase to its first.
func (a *analysis) phraseStart(i, lo int) int {
	and := false // of a list: "Macron, Scholz and Duda"
	for i > lo && a.outside(i-1) {
		t := &a.ts[i-1]
		switch {
		case t.is(determiner|possessive) && !t.is(subordinator):
			i--
			if i > lo && a.ts[i-1].is(postmodifier) {
				if j := a.attached(i-1, lo); j >= 0 {
					i = j
					continue
				}
			}
			if i > lo && a.ts[i-1].is(determiner) && a.outside(i-1) {
				i--
			}
			return i
		case t.kind == punctuation && t.mark == ')':
			open := a.bracket(i-1, lo)
			if open <= lo {
				return i
			}
			i = open
		case t.is(postmodifier) && !a.possessiveMark(i-1):
			j := a.attached(i-1, lo)
			if j < 0 {
				return i
			}
			i = j
		case t.low() == "and" || and && t.kind == punctuation && t.mark == ',' && a.listed(i-1, lo):
			if i-2 < lo || !a.noun(i-2) || !a.outside(i-2) || a.ts[i-2].is(timeWord) || a.verbWithin(lo, i-2) {
				return i
			}
			and = true
			i -= 2
		case !a.noun(i - 1):
			return i
		case t.is(timeWord) && !t.is(role|group|organisation) && t.capital && !a.possessiveMark(i):
			return i
		default:
			i--
		}
	}
	return i
}

// attached returns the last token of the noun phrase that the preposition at
// token i follows ("a spokesman for"), -1 where the preposition begins a
// phrase of its own.
func (a *analysis) attached(i, lo int) int {
	if i-1 < lo || !a.outside(i-1) || !a.noun(i-1) || a.ts[i-1].is(timeWord) {
		return -1
	}
	prev := &a.ts[i-1]
	if a.ts[i].low() == "of" {
		return i - 1
	}
	if prev.is(role | group | organisation | document | unnamed) {
		return i - 1
	}
	if prev.lex == nil && (!prev.capital || i+1 < len(a.ts) && a.ts[i+1].capital && i-2 >= lo) {
		return i - 1
	}
	return -1
}

// listed reports whether the comma at token i stands between the members of a
// list of names: "Macron, Scholz and Duda".
func (a *analysis) listed(i, lo int) bool {
	return i-1 >= lo && i+1 < len(a.ts) && a.ts[i-1].capital && a.ts[i+1].capital && a.ts[i-1].lex == nil && a.ts[i+1].lex == nil
}

// verbWithin reports whether a finite verb stands in the tokens.
func (a *analysis) verbWithin(from, to int) bool {
	for i := from; i < to; i++ {
		if a.outside(i) && a.finite(i) {
			return true
		}
	}
	return false
}

// finite reports whether the token is likely to be a finite verb.
func (a *analysis) finite(i int) bool {
	t := &a.ts[i]
	if t.lex == nil {
		return false
	}
	if t.is(auxiliary|modal|copula) && !a.possessiveMark(i) {
		return true
	}
	if t.is(plainVerb) && !t.capital && !a.ingAt(i) {
		return true
	}
	return len(t.lex.cues) > 0 && !t.capital && t.lex.form&pastForm != 0 && !(i > 0 && a.ts[i-1].is(determiner|possessive))
}

// bracket returns the opening bracket of the one that closes at token i.
func (a *analysis) bracket(i, lo int) int {
	for j := i - 1; j >= lo && i-j < 12; j-- {
		if a.ts[j].kind == punctuation && a.ts[j].mark == '(' {
			return j
		}
	}
	return -1
}

// apposed returns the noun phrase with its apposition where the comma at token
// i closes one: "Hugh Hill, a doctor, said".
func (a *analysis) apposed(i, lo int) words {
	const most = 24
	for j := i - 1; j > lo && i-j < most; j-- {
		if !a.outside(j) {
			continue
		}
		t := &a.ts[j]
		if t.kind != punctuation || t.mark != a.ts[i].mark {
			continue
		}
		if j+1 == i {
			return words{}
		}
		first := &a.ts[j+1]
		if first.is(personal) || first.is(conjunction) && !first.is(determiner) {
			return words{}
		}
		if !first.is(relative) && a.verbWithin(j+1, i) && !first.is(preposition) {
			continue
		}
		if a.ts[j-1].kind == numberToken && j-2 > lo && a.ts[j-2].kind == punctuation && a.ts[j-2].mark == ',' {
			j -= 2 // an age: "Pavo Lind, 61, a driver, said"
		}
		if a.ts[j-1].kind == punctuation && a.ts[j-1].mark != ')' {
			continue
		}
		w := a.phraseBefore(j, lo)
		if w.empty() || a.ts[w.from].is(relative) {
			continue
		}
		if k := w.from - 1; k > lo+1 && a.ts[k].is(preposition) && (a.ts[k-1].kind == punctuation && a.ts[k-1].mark == ',' || a.ts[k-1].kind == numberToken) {
			continue // "Harker, 39, of Mill Lane, Leeminster, said"
		}
		if k := w.from - 1; k > lo && a.ts[w.from].is(determiner) && a.ts[k].kind == punctuation && a.ts[k].mark == ',' && a.ts[k-1].kind == wordToken && a.ts[k-1].capital {
			// "Ann Ott, a baker from Thorn, Veldany, said"
			if v := a.phraseBefore(k, lo); !v.empty() {
				w = v
			}
		}
		return words{w.from, i}
	}
	return words{}
}

// phraseAfter returns the noun phrase that begins at token i and ends before
// token hi, with an apposition where whole is set.
func (a *analysis) phraseAfter(i, hi int, whole bool) words {
	from := i
	if i >= hi || !a.outside(i) {
		return words{}
	}
	if a.ts[i].is(personal) && !a.ts[i].is(possessive) {
		return words{i, i + 1}
	}
	for i < hi && a.ts[i].is(determiner|possessive) && a.outside(i) {
		i++
	}
	start := i
	for i < hi && a.outside(i) {
		t := &a.ts[i]
		if t.is(timeWord) && !t.is(role|group|organisation) && i > start {
			break
		}
		if a.noun(i) && !(i > start && a.verbLike(i)) {
			i++
			continue
		}
		if i > start && i+1 < hi && (t.is(postmodifier) && a.joins(i, hi) || t.low() == "and" && a.ts[i-1].capital && (a.ts[i+1].capital || a.ts[i+1].is(indefinite))) {
			i++
			for i < hi && a.ts[i].is(determiner|possessive) {
				i++
			}
			continue
		}
		if t.kind == punctuation && t.mark == '(' {
			if end := a.bracketEnd(i, hi); end > 0 {
				i = end
				continue
			}
		}
		break
	}
	if i == from || i == start && !a.ts[start-1].is(indefinite) {
		return words{}
	}
	if whole && i < hi && a.ts[i].kind == punctuation && a.ts[i].mark == ',' {
		i = a.apposition(i, hi)
	}
	return words{from, i}
}

// joins reports whether the preposition at token i goes on with the phrase
// before it and tells neither when nor where it was said.
func (a *analysis) joins(i, hi int) bool {
	if a.ts[i].low() == "of" {
		return true
	}
	next := &a.ts[i+1]
	if next.is(timeWord) || next.kind == numberToken || a.ts[i].low() == "to" && !next.capital && !next.is(determiner|possessive) {
		return false
	}
	prev := &a.ts[i-1]
	return prev.is(role|group|organisation|unnamed|document) && !prev.capital
}

// verbLike reports whether a word of a phrase is rather its verb.
func (a *analysis) verbLike(i int) bool {
	t := &a.ts[i]
	if t.lex == nil || t.capital || len(t.lex.cues) == 0 {
		return false
	}
	return t.lex.form&(pastForm|ingForm) != 0 || t.lex.form&thirdForm != 0 && a.ts[i-1].is(role|organisation|document|unnamed)
}

func (a *analysis) bracketEnd(i, hi int) int {
	for j := i + 1; j < hi && j-i < 10; j++ {
		if a.ts[j].kind == punctuation && a.ts[j].mark == ')' {
			return j + 1
		}
	}
	return 0
}

// apposition returns where the apposition after the comma at token i ends, i
// itself where there is none.
func (a *analysis) apposition(i, hi int) int {
	first := i + 1
	if first >= hi || !a.outside(first) {
		return i
	}
	t := &a.ts[first]
	if t.kind == numberToken && first+1 < hi && a.ts[first+1].kind == punctuation && a.ts[first+1].mark == ',' {
		return max(first+1, a.apposition(first+1, hi)) // an age
	}
	if i > 0 && a.ts[i-1].is(role) && !a.ts[i-1].capital {
		if run, ok := a.nameRun(first); ok && run.to <= hi && !run.name.empty() {
			return run.to // "says the mayor, Ann Ott"
		}
	}
	whose := t.capital && a.possessiveMark(min(first+1, hi-1)) // "Ann Ott, Brand's sister"
	if !(t.is(determiner|possessive|role|title) && !t.is(clausal) || t.low() == "who" || whose) {
		return i
	}
	j := first
	for j < hi && a.outside(j) && !(a.ts[j].kind == punctuation && a.ts[j].mark != '(' && a.ts[j].mark != ')' && a.ts[j].mark != '&') {
		if j > first && t.low() != "who" && a.finite(j) {
			return i
		}
		j++
	}
	return j
}

// timeAfter returns the token after the expression of time that begins at
// token i ("on Tuesday", "last week", "earlier today"), i where there is none.
func (a *analysis) timeAfter(i, hi int) int {
	j := i
	if j < hi && (a.ts[j].low() == "on" || a.ts[j].low() == "in" || a.ts[j].low() == "at" || a.ts[j].low() == "late" || a.ts[j].low() == "over") && a.outside(j) {
		j++
	}
	for j < hi && a.outside(j) && (a.ts[j].low() == "the" || a.ts[j].low() == "this" || a.ts[j].low() == "that") {
		j++
	}
	start := j
	for j < hi && a.outside(j) && (a.ts[j].is(timeWord) || j > start && a.ts[j].kind == numberToken) {
		j++
	}
	if j == start {
		return i
	}
	return j
}
