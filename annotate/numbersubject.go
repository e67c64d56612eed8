package annotate

// subjectOf returns the subject of the verb at token i. Where there is none and
// the verb begins what is said, implied is set.
func (a *analysis) subjectOf(i, lo, hops int) (subject words, implied bool) {
	from := a.groupFrom(i, lo)
	if from > 0 && a.ts[from-1].kind == quoteMark && from-1 >= lo {
		from--
	}
	if from <= lo {
		v, _ := a.verbAt(i)
		return words{}, from < i && a.ts[from].low() == "to" || v.form&ingForm != 0
	}
	p := &a.ts[from-1]
	infinitive := a.ts[from].low() == "to"
	v, isVerb := a.verbAt(i)
	bare := isVerb && v.form&ingForm != 0 && from == i
	switch {
	case hops == 0:
		return words{}, false
	case p.is(relative) && p.low() != "that" || p.low() == "that" && from-2 >= lo && a.nounBefore(from-2):
		j := from - 1
		if j-1 >= lo && a.ts[j-1].kind == punctuation && a.ts[j-1].mark == ',' {
			j--
		}
		return a.withHead(a.nounsBefore(j, lo), lo), false
	case p.is(subordinator) && !bare:
		return words{}, false
	case p.kind == punctuation && p.mark == ';':
		if j := a.verbBefore(from-2, lo); j >= 0 && v.form&pastForm != 0 {
			return a.subjectOf(j, lo, hops-1) // "paid Ott $40; paid Lind $30"
		}
	case p.low() == "and" || p.low() == "or" || p.low() == "but" || p.low() == "then" || p.kind == punctuation && p.mark == ',' || bare && p.is(preposition|subordinator):
		if s := a.behindCommas(from, lo); !s.empty() && p.kind == punctuation && !bare {
			return s, false
		}
		if bare && p.low() == "of" && from-2 >= lo && a.ts[from-2].capital {
			return a.nounsBefore(from-1, lo), false // "accused Veldany of losing"
		}
		end := from - 1
		if end-1 > lo && a.ts[end-1].kind == punctuation && a.ts[end-1].mark == ';' {
			end -= 2 // "; and paid"
		}
		j := a.verbBefore(end, lo)
		if j < 0 {
			return words{}, from-1 == lo && p.low() == "for" // "thanked them / for giving up eleven days"
		}
		if bare && p.is(preposition) {
			if w := a.controlled(from-1, j); !w.empty() {
				return w, false
			}
		}
		return a.subjectOf(j, lo, hops-1)
	}
	if u, ok := a.verbAt(from - 1); (infinitive || bare) && ok && a.isVerb(from-1, lo, u) {
		return a.subjectOf(from-1, lo, hops-1)
	}
	if infinitive && !p.capital && !p.is(personal|role|group|organisation|title|unnamed|demonym) && !a.ts[i].is(auxiliary) {
		if j := a.verbBefore(from-2, lo); j >= 0 {
			return a.subjectOf(j, lo, hops-1) // "a plan to send", "is ready to send"
		}
		if p.lex == nil || from-2 <= lo {
			return words{}, from-2 <= lo // "asked / for leave to send"
		}
	}
	if by := a.nounsBefore(from, lo); infinitive && !by.empty() && by.from-2 >= lo && a.ts[by.from-1].low() == "by" {
		if j := a.verbBefore(by.from-2, lo); j >= 0 {
			return a.subjectOf(j, lo, hops-1) // "was projected by several outlets to have won"
		}
	}
	subject = a.headed(a.withHead(a.nounsBefore(a.behindTime(from, lo), lo), lo), lo)
	if bare && hops > 0 && a.onlyFigures(subject) || !subject.empty() && bare && a.ts[subject.from].low() == "no" {
		if j := a.verbBefore(from-1, lo); j >= 0 {
			return a.subjectOf(j, lo, hops-1) // "earned $11 million giving 51 speeches", "has no business selling"
		}
		return words{}, false
	}
	return subject, false
}

// onlyFigures reports whether a phrase is a number and nothing else.
func (a *analysis) onlyFigures(w words) bool {
	for i := w.from; i < w.to; i++ {
		if t := &a.ts[i]; t.kind == wordToken && a.countWord(i).kind == 0 {
			return false
		}
	}
	return !w.empty()
}

// behindTime passes over an expression of time that ends before token end:
// "prices in December rose".
func (a *analysis) behindTime(end, lo int) int {
	i := end
	for i-1 > lo && i > end-4 && (a.ts[i-1].is(weekday|month) || a.ts[i-1].is(timeWord) && (a.ts[i-1].capital || a.ts[i-1].is(adverb))) && !a.ts[i-1].is(role|group|organisation) {
		i--
	}
	if i < end && i-1 > lo && (a.ts[i-1].low() == "on" || a.ts[i-1].low() == "in") {
		i--
	}
	return i
}

// doerOf returns the subject of the verb whose object is the noun at token k:
// The verb is returned as the number below zero behind its token.
// "Veldany suffered the loss of 40 boats", "Norvik weighs an offer of €2bn".
func (a *analysis) doerOf(k, lo int) (verb int, doer words) {
	i := k - 1
	for i >= lo && i > k-4 && a.ts[i].kind == wordToken && !a.ts[i].is(preposition|conjunction|subordinator) {
		if v, ok := a.verbAt(i); ok && a.isVerb(i, lo, v) {
			if a.passiveGroup(a.groupFrom(i, lo), i, v) {
				return 0, words{}
			}
			s, _ := a.subjectOf(i, lo, 3)
			return -i - 1, s
		}
		i--
	}
	return 0, words{}
}

// isWorth binds what something is worth to who has to do with it: "would forgo
// her bonus, worth €40,000", "was preparing a bid worth €6bn".
func (a *analysis) isWorth(f *figure, lo int) bool {
	k := f.from - 1
	if k-2 < lo || a.low(a.ts[k]) != "worth" || f.kind != moneyUnit {
		return false
	}
	comma := a.ts[k-1].kind == punctuation && a.ts[k-1].mark == ','
	if comma {
		k--
	}
	for i := k - 1; i >= lo && i > k-5 && a.ts[i].kind == wordToken && !a.ts[i].is(preposition|conjunction|subordinator); i-- {
		v, ok := a.verbAt(i)
		if !ok || i == k-1 || !a.isVerb(i, lo, v) {
			continue
		}
		if v.others || a.passiveGroup(a.groupFrom(i, lo), i, v) {
			return false
		}
		f.holder, _ = a.subjectOf(i, lo, 3)
		f.rule, f.verb = "holder-subject", -i-1
		f.did = a.lex.numbers.deeds[a.low(a.ts[k-1])]
		if comma {
			f.did = v.lemma
		}
		return true
	}
	return false
}

// withHead takes the noun before a preposition into a phrase: the subject of "a
// plant in Tarn that employs 40" is the plant.
func (a *analysis) withHead(w words, lo int) words {
	i := w.from - 1
	if w.empty() || i-1 < lo || a.ts[w.from].is(personal) || !a.nounBefore(i-1) || a.ts[i-1].is(timeWord|weekday|month) {
		return w
	}
	switch a.ts[i].low() {
	case "in", "at", "from", "near", "with":
	default:
		return w
	}
	if h := a.nounsBefore(i, lo); !h.empty() {
		w.from = h.from
		for j := i - 1; j > h.from; j-- {
			if a.ts[j].low() == "of" && a.ts[j+1].is(determiner) {
				w.from = j + 1 // "the closure of a plant in Tarn that employs 40"
				break
			}
		}
		for w.from < i && a.article(w.from) {
			w.from++
		}
	}
	return w
}

// nounBefore reports whether token i can be a noun.
func (a *analysis) nounBefore(i int) bool {
	t := &a.ts[i]
	if t.kind != wordToken {
		return false
	}
	if t.lex == nil || t.is(role|group|organisation|document|unnamed) || t.capital {
		return true
	}
	return !t.is(preposition|conjunction|subordinator|auxiliary|modal|copula|personal|negation|determiner|possessive|adverb|relative) && !a.finiteAt(i)
}

// verbBefore returns the last verb before token i in the same clause, -1 for
// none.
func (a *analysis) verbBefore(i, lo int) int {
	for j := i; j >= lo && i-j < subjectReach; j-- {
		t := &a.ts[j]
		if t.kind == punctuation && (t.mark == '.' || t.mark == ';' || t.mark == ':' || t.mark == '?' || t.mark == '!') {
			return -1
		}
		if t.is(subordinator) && !t.is(determiner|adverb|preposition) {
			return -1
		}
		if t.is(preposition) || j == i && t.is(conjunction) {
			continue
		}
		if v, ok := a.verbAt(j); ok && v.form&(pastForm|thirdForm|participle|baseForm) != 0 && v.form != ingForm && a.isVerb(j, lo, v) {
			if g := a.groupFrom(j, lo); v.form == participle && g == j {
				continue
			}
			return j
		}
	}
	return -1
}

// behindCommas returns what stands before an apposition or a relative clause that
// the comma before token i closes: "Veldany, which is at war, lost".
func (a *analysis) behindCommas(i, lo int) words {
	for j := i - 2; j > lo && i-j < 20; j-- {
		if t := &a.ts[j]; t.kind == punctuation {
			if t.mark != ',' || j+1 >= i-1 {
				return words{}
			}
			first := &a.ts[j+1]
			if first.is(relative|determiner|possessive) || first.is(role|title) {
				return a.nounsBefore(j, lo)
			}
			return words{}
		}
	}
	return words{}
}

// nounsBefore returns the noun phrase that ends before token end: a subject or
// a possessor. It does not stop at quotation marks' tokens but at the marks.
func (a *analysis) nounsBefore(end, lo int) words {
	i := end - 1
	if i < lo || a.ts[i].block != a.ts[end-1].block {
		return words{}
	}
	t := &a.ts[i]
	if t.kind == punctuation && t.mark == ')' {
		if open := a.bracket(i, lo); open > lo {
			if w := a.nounsBefore(open, lo); !w.empty() {
				return w
			}
		}
		return words{}
	}
	if t.kind != wordToken && t.kind != numberToken {
		return words{}
	}
	if t.is(personal) && !t.is(possessive) && !a.possessiveMark(i) {
		return words{i, end}
	}
	if t.is(timeWord) && !t.is(role|group|organisation) && !a.possessiveMark(i) && !(i > lo && !t.capital && a.ts[i-1].kind == wordToken && a.ts[i-1].lex == nil && a.lex.numbers.plural(a.low(*t))) {
		return words{} // but "sick days"
	}
	for ; i >= lo && end-i < verbReach+4; i-- {
		if !a.inPhrase(i, lo, end) {
			break
		}
		if a.ts[i].is(determiner|possessive) && !a.possessiveMark(i) {
			if i-1 >= lo && a.ts[i-1].low() == "of" && i-2 >= lo && a.nounBefore(i-2) {
				continue
			}
			i--
			break
		}
	}
	i++
	if i == end-1 && a.ts[i].kind == numberToken {
		return words{} // "sold since 2018 make"
	}
	for i < end && (a.ts[i].is(preposition|conjunction|adverb) && !a.ts[i].is(determiner) || a.ts[i].kind == punctuation || a.possessiveMark(i)) {
		i++
	}
	return words{i, end}
}

// inPhrase reports whether token i can belong to the noun phrase that goes on
// behind it.
func (a *analysis) inPhrase(i, lo, end int) bool {
	t := &a.ts[i]
	if t.kind == numberToken || a.possessiveMark(i) {
		return true
	}
	if t.kind != wordToken {
		return t.kind == punctuation && (t.mark == '&' || t.mark == '$' || t.mark == '%')
	}
	low := t.low()
	if low == "of" {
		return i-1 >= lo && a.nounBefore(i-1)
	}
	if low == "and" {
		return i-1 >= lo && i+1 < end && a.ts[i-1].capital && a.ts[i+1].capital
	}
	if t.is(determiner|possessive) && !t.is(subordinator) {
		return true
	}
	if t.is(preposition | conjunction | subordinator | relative | personal | modal | auxiliary | copula | negation) {
		return t.is(role | group | organisation)
	}
	if t.is(timeWord) && t.capital && i < end-1 {
		return false
	}
	if v, ok := a.verbAt(i); ok && (v.form&(pastForm|participle) != 0 || t.is(plainVerb) || len(t.lexCues()) > 0) {
		return !a.isVerb(i, lo, v)
	}
	return !t.is(adverb) || t.capital
}

// lastOf returns the possessor at the end of a phrase that goes on with "of": "the
// world" of "her list of the world", before an apostrophe.
func (a *analysis) lastOf(w words) words {
	for i := w.to - 2; i > w.from; i-- {
		if a.ts[i].low() == "of" && a.ts[i+1].is(determiner) {
			return words{i + 1, w.to}
		}
	}
	return w
}
