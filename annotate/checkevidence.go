package annotate

import (
	"slices"
	"strings"

	"hearsay"
)

// This file reads evidence that a report sets beside what somebody said: "Court
// records show that he signed the filing".

// Limits of the search: words of the noun phrase for evidence, words between it
// and its verb, and statements that it may be about.
const (
	mostEvidence = 9
	mostAside    = 22
	mostTold     = 6
)

// A weighing is what evidence comes to about a statement.
type weighing struct {
	of      int // the statement, -1 for none
	finding hearsay.Finding
}

// evidence reports whether a phrase is the verb of evidence that the report sets
// beside a statement before it, with the finding of the rule.
func (c *checker) evidence(k *remark) bool {
	w := c.evidenceBefore(k)
	if w.empty() || k.own >= 0 && c.parts[k.own].inner {
		return false
	}
	k.subject, k.verb = w, k.from
	k.topic = words{}
	found := c.weighEvidence(k)
	k.evidenced = found.of
	return found.of >= 0 && found.finding == k.rule.finding
}

// evidenceBefore returns the noun phrase for evidence that opens the clause of
// the verb at the beginning of a phrase; empty where there is none.
func (c *checker) evidenceBefore(k *remark) words {
	from := c.clauseOpens(k)
	if from < k.from && (c.ts[from].is(preposition) || c.lowAt(from) == "according") {
		return words{}
	}
	noun, modified := -1, false
	i := from
	for ; i < k.from && i < from+mostEvidence; i++ {
		t := &c.ts[i]
		if !c.outside(i) || t.is(modal|auxiliary|copula|personal|relative) && !t.is(possessive|month) && !c.possessiveMark(i) || t.kind == punctuation && t.mark != '-' {
			break
		}
		if noun < 0 && i > from && !c.noun(i) && c.finite(i) {
			return words{} // "Ott released her records, which showed"
		}
		if c.lex.checks.lists["shown"][c.lex.low(t, c.text)] && i+1 <= k.from && (!t.capital || i == k.s.from) {
			noun = i
			if next := c.lex.low(&c.ts[i+1], c.text); !c.lex.checks.lists["shown"][next] && (i+1 == k.from || !c.noun(i+1) || c.pastParticiple(i+1) || c.ts[i+1].kind == punctuation) {
				break
			}
		}
		modified = modified || noun < 0 && !t.is(determiner|possessive|preposition) && !c.adverb(i)
	}
	if noun < 0 {
		return words{}
	}
	end := noun + 1
	part := end < k.from && (c.pastParticiple(end) || c.adverb(end) && end+1 < k.from && c.pastParticiple(end+1) || c.ts[end].is(preposition) || c.ts[end].is(relative) || c.ts[end].kind == punctuation)
	if k.from > end && !part || !modified && !part || k.from-end > mostAside {
		return words{}
	}
	last, aside := end, false
	for j := end; j < k.from; j++ {
		t := &c.ts[j]
		switch {
		case t.kind == quoteMark, t.kind == punctuation && t.mark != ',' && t.mark != '-' && t.mark != '.':
			return words{}
		case t.kind == punctuation && t.mark == ',':
			if j+1 < k.from {
				aside = true
			}
		case t.is(relative) && !c.adverb(j):
			aside = true
		case !aside && t.is(modal|auxiliary|copula) && !t.is(month) && !c.possessiveMark(j):
			return words{}
		}
		if !aside {
			last = j + 1
		}
	}
	return words{from, last}
}

// clauseOpens returns where the main clause of a phrase begins: behind a
// semicolon, a colon or "but", else with the sentence.
func (c *checker) clauseOpens(k *remark) int {
	from := k.s.from
	for i := k.from - 1; i > k.s.from && k.from-i < 2*mostAside; i-- {
		t := &c.ts[i]
		if t.kind == punctuation && (t.mark == ';' || t.mark == ':' || t.mark == markDash) || t.kind == quoteMark || opensClause(t.low()) {
			from = i + 1
			break
		}
	}
	for from < k.from && (opensClause(c.ts[from].low()) || c.turnsBack(from) || c.ts[from].kind == punctuation || c.ts[from].is(conjunction)) {
		from++
	}
	return from
}

// turnsBack reports whether a word sets a sentence against the one before.
func (a *analysis) turnsBack(i int) bool {
	switch strings.ToLower(a.word(i)) {
	case "but", "however", "yet", "though", "still":
		return true
	}
	return false
}

// weighEvidence chooses the statement that evidence is about, and says whether
// the two agree.
func (c *checker) weighEvidence(k *remark) weighing {
	opens := k.s.from == 0 || c.ts[k.s.from-1].block != k.s.block
	turned := c.turnsBack(k.s.from)
	best, related := -1, false
	for n, looked := c.at(k.s.from)-1, 0; n >= 0 && looked < mostTold; n, looked = n-1, looked+1 {
		back := c.blocksBack(n, k)
		if back > 1 || back == 1 && !opens {
			break
		}
		if !c.checkable(n, k) || c.ss[n].Mode == hearsay.Evidence {
			continue
		}
		touches := c.relates(n, k)
		if touches && !related || best < 0 && (back == 0 || turned) {
			best, related = n, touches
		}
		if related {
			break
		}
	}
	if best < 0 {
		return weighing{of: -1}
	}
	w := weighing{c.reported(best), c.holdsUp(c.reported(best), k)}
	if w.finding == hearsay.Disputed && !turned && !c.against(w.of, k) || c.sameEvidence(best, k) {
		w.of = -1
	}
	return w
}

// against reports whether something sets evidence against statement n: that is a
// claim, a denial or an accusation, the evidence tells of its speaker, one of the
// two says "no", or both tell a number or a day.
func (c *checker) against(n int, k *remark) bool {
	switch c.ss[n].Force {
	case hearsay.Claim, hearsay.Deny, hearsay.Accuse, hearsay.Concede:
		return true
	}
	w := words{k.from, c.remarkEnd(k.to, k.s.to)}
	if me := c.partyOf(n); c.says(words{k.to, min(k.to+2, w.to)}, third) || me.any() && c.tellsOf(&attribution{content: []words{w}}, me) {
		return true // of the one who said it
	}
	if c.says(w, negation) || slices.ContainsFunc(c.parts[n].content, func(p words) bool { return c.says(p, negation) }) {
		return true
	}
	if len(c.ss[n].Times) > 0 && slices.ContainsFunc(c.ts[w.from:w.to], func(t token) bool { return t.is(month|weekday) && t.capital || c.year(&t) }) {
		return true
	}
	return slices.ContainsFunc(c.figures(w), func(f figure) bool {
		return slices.ContainsFunc(c.ss[n].Numbers, func(q hearsay.Quantity) bool { return f.unit == q.Unit && c.countsThings(q) })
	})
}

// says reports whether a word of a class stands in a range, near its beginning.
func (c *checker) says(w words, class class) bool {
	for i := w.from; i < w.to && i < w.from+mostCompared; i++ {
		if c.ts[i].is(class) {
			return true
		}
	}
	return false
}

// sameEvidence reports whether statement n is what the same evidence says, as in
// a report that goes on with "court documents".
func (c *checker) sameEvidence(n int, k *remark) bool {
	a := c.parts[n].speaker
	if a.empty() {
		return false
	}
	h := c.lex.low(&c.ts[c.head(a)], c.text)
	for i := k.subject.from; i < k.subject.to; i++ {
		if c.lex.low(&c.ts[i], c.text) == h {
			return c.lex.checks.lists["shown"][h]
		}
	}
	return false
}

// reported returns the claim that a denial holds, else the statement: evidence
// set beside "rejected his assertion that" is about the assertion.
func (c *checker) reported(n int) int {
	if c.ss[n].Force != hearsay.Deny {
		return n
	}
	for m := n + 1; m < len(c.parts) && m < n+4 && c.ss[m].Within == c.ss[n].ID; m++ {
		switch c.ss[m].Force {
		case hearsay.Claim, hearsay.Accuse, hearsay.Suggest, hearsay.Say:
			return m
		}
	}
	return n
}

// relates reports whether evidence tells what a statement does: it has words or
// the kind of number or the kind of day that the statement has.
func (c *checker) relates(n int, k *remark) bool {
	w := words{k.from, c.remarkEnd(k.to, k.s.to)}
	var buf [16]string
	if stems := c.stemsIn(w, buf[:0]); c.toldWith(n, stems, k) {
		return true
	}
	if c.takesUpAgain(w) && (c.counts(n) || len(c.ss[n].Times) > 0) {
		return true
	}
	if len(c.ss[n].Times) > 0 && slices.ContainsFunc(c.ts[w.from:w.to], func(t token) bool { return t.is(month) && t.capital || c.year(&t) }) {
		return true
	}
	return c.counts(n) && slices.ContainsFunc(c.figures(w), func(f figure) bool { return !c.lex.checks.lists["yearly"][f.unit] })
}

// year reports whether a token is the number of a year of our time.
func (a *analysis) year(t *token) bool {
	s := a.text[t.Start:t.End]
	return t.kind == numberToken && len(s) == 4 && (strings.HasPrefix(s, "19") || strings.HasPrefix(s, "20"))
}

// takesUpAgain reports whether words point back to what was told: "that amount",
// "the same day", "such a call".
func (c *checker) takesUpAgain(w words) bool {
	for i := w.from; i+1 < w.to; i++ {
		if c.ts[i].is(negation) || c.ts[i].low() == "no" {
			return false
		}
		switch c.ts[i].low() {
		case "that", "those":
			if c.ts[i-1].is(preposition) && c.noun(i+1) {
				return true
			}
		case "same", "such", "also", "indeed", "exactly":
			return true
		}
	}
	return false
}

// holdsUp says what evidence comes to about statement n: numbers are compared,
// words that point back bear it out, pictures bear out what is told and not
// contended. All else is set against it.
func (c *checker) holdsUp(n int, k *remark) hearsay.Finding {
	w := words{k.from, c.remarkEnd(k.to, k.s.to)}
	if c.takesUpAgain(w) || c.lex.checks.lists["quoting"][c.lex.low(&c.ts[k.from], c.text)] {
		return hearsay.Verified
	}
	for _, f := range c.figures(w) {
		for _, q := range c.ss[n].Numbers {
			if f.unit != "" && f.unit == q.Unit && f.share == q.Share && allows(&q, f.value) {
				return hearsay.Verified
			}
		}
	}
	pictured := slices.ContainsFunc(c.ts[k.subject.from:k.subject.to], func(t token) bool { return c.lex.checks.lists["pictures"][c.lex.low(&t, c.text)] })
	if pictured && c.ss[n].Force == hearsay.Say && !c.turnsBack(k.s.from) {
		return hearsay.Verified
	}
	return hearsay.Disputed
}

// witness returns who has seen the evidence, where that is the press, else who
// has published it, else the evidence.
func (c *checker) witness(w, evidence words) words {
	for i := w.from + 1; i+1 < w.to; i++ {
		if c.ts[i].low() != "by" || !c.pastParticiple(i-1) {
			continue
		}
		if by := c.pressAt(i+1, w.to); c.isPress(by) || c.lex.checks.lists["issued"][c.lex.low(&c.ts[i-1], c.text)] {
			return by
		}
	}
	return evidence
}

// pressAt returns the noun phrase at token i that may stand for who reports:
// "the Ridgeway Post", "this newspaper". Another where there is none.
func (c *checker) pressAt(i, hi int) words {
	from := i
	for i < hi && c.outside(i) && c.ts[i].is(determiner|possessive) {
		i++
	}
	start := i
	for i < hi && c.outside(i) && c.ts[i].kind == wordToken && c.ts[i].capital && !c.ts[i].is(timeWord) {
		i++
	}
	if i < hi && c.outside(i) && c.lex.checks.lists["press"][c.ts[i].low()] {
		i++
	}
	if i == start {
		return c.phraseAfter(from, hi, false)
	}
	return words{from, i}
}

// isPress reports whether a noun phrase can stand for who reports: a word for
// them, or a name that is nobody's.
func (c *checker) isPress(w words) bool {
	if w.empty() {
		return false
	}
	h := c.head(w)
	if c.lex.checks.lists["press"][c.lex.low(&c.ts[h], c.text)] {
		return true
	}
	return c.ts[h].capital && !c.ts[h].is(title|role|timeWord) && !c.namesPerson(w)
}

// seenByPress reports whether those who report say what they saw, or could not.
func (c *checker) seenByPress(k *remark) bool {
	if k.implied || !c.reporters(k.subject) {
		return false
	}
	if which := k.subject.from - 1; which > k.s.from && c.outside(which) && c.ts[which].is(relative) && c.alone(k.to, k.s.to) {
		w := c.phraseBefore(c.r.beforeComma(which), k.s.from)
		for n := 0; n < 4 && !w.empty(); n++ {
			w = c.widened(w, k.s.from)
		}
		k.topic = w
		return c.holdsText(w)
	}
	if k.to >= k.s.to {
		return false
	}
	w := c.objectAt(k.to, k.s.to)
	if w.empty() {
		return opensQuestion(c.ts[k.to].low()) && k.rule.finding == hearsay.CouldNotVerify
	}
	h := c.lex.low(&c.ts[c.head(w)], c.text)
	if c.word(k.to-1) == "no" {
		k.topic = w
		return c.lex.checks.lists["seen"][h] || c.lex.checks.lists["text"][h]
	}
	if c.lex.checks.lists["seen"][h] && c.toldOf(w) || c.claimed(w, true) && c.toldOf(w) {
		k.topic = w
		return true
	}
	return k.rule.finding == hearsay.CouldNotVerify && c.toldOf(w) && !c.ts[w.from].is(possessive)
}

// officialSilent reports whether somebody who would know is said not to have
// confirmed what was told of directly before: "The agency has not confirmed the
// detection".
func (c *checker) officialSilent(k *remark) bool {
	if k.implied || !c.person(k.subject, true) || c.ts[k.subject.from].is(third|personal) || k.own >= 0 && !c.ss[k.own].Negated {
		return false
	}
	w := c.objectAt(k.to, k.s.to)
	n := c.at(k.s.from) - 1
	if w.empty() || !c.toldOf(w) || c.ts[w.from].is(possessive) || n < 0 || c.blocksBack(n, k) != 0 || c.speaks(n, c.namesOf(k.subject)) {
		return false
	}
	return c.alone(w.to, k.s.to)
}

// reporters reports whether a noun phrase certainly stands for those who report:
// "we", "this newspaper", the name of an outlet.
func (c *checker) reporters(w words) bool {
	if w.empty() {
		return false
	}
	if w.to-w.from == 1 && c.ts[w.from].low() == "we" {
		return true
	}
	if c.lex.checks.lists["press"][c.lex.low(&c.ts[c.head(w)], c.text)] {
		return true
	}
	if h := &c.ts[c.head(w)]; h.upper && len(c.printed) > 1 && h.End-h.Start == len(c.printed) {
		for i, word := range c.printed {
			if c.text[h.Start+i]|0x20 != word[0] {
				return false
			}
		}
		return true // the initials of the outlet
	}
	name, known := c.outlet(w)
	return known && !name.empty()
}

// aboutStudy reports whether the subject is a piece of research or a claim.
func (c *checker) aboutStudy(k *remark) bool {
	if k.implied || k.subject.empty() {
		return false
	}
	if c.claimed(k.subject, true) {
		return true
	}
	return c.lex.checks.lists["study"][c.lex.low(&c.ts[c.head(k.subject)], c.text)]
}

// showsSo reports whether evidence is said to agree with what was told: "X-rays
// that she shared bear this out".
func (c *checker) showsSo(k *remark) bool {
	i := k.verb
	for n := 0; n < 4 && i-1 > k.s.from && (c.ts[i-1].low() == "to" || c.lex.checks.lists["seeming"][c.lex.low(&c.ts[i-1], c.text)]); n++ {
		i--
	}
	at := *k
	at.from = i
	w := c.evidenceBefore(&at)
	if w.empty() {
		return false
	}
	for j := k.from + 1; j < min(k.to+1, k.s.to); j++ {
		if o := c.objectAt(j, k.s.to); c.claimed(o, true) && c.toldOf(o) {
			k.topic, k.subject = o, w
			return true
		}
	}
	return false
}
