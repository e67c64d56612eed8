package annotate

import (
	"strings"

	"hearsay"
)

// reach is how many tokens a search for a verb or its subject goes.
const (
	verbReach    = 12
	subjectReach = 30
)

// deeds finds for each figure of a range what happened to what it counts, and
// whose it is.
func (a *analysis) deeds(found []figure, w words) {
	for k := range found {
		f := &found[k]
		var prev *figure
		if k > 0 {
			prev = &found[k-1]
			f.inWhole = !prev.of.empty() && prev.kind == noUnit && !prev.share && f.from >= prev.of.from && f.to <= prev.of.to && prev.number.to < f.from
		}
		switch {
		case f.bracket:
			f.did, f.holder, f.rule, f.adjectiveSide, f.implied = prev.did, prev.holder, prev.rule, prev.adjectiveSide, prev.implied
		case prev != nil && a.ofWhich(prev, f):
			f.did, f.holder, f.rule, f.adjectiveSide, f.implied = prev.did, prev.holder, prev.rule, prev.adjectiveSide, prev.implied
		case a.timesOver(f, w):
		case a.asSubject(f, w):
			if prev != nil && prev.did == "" && a.conjoined(prev, f) {
				prev.did = f.did
				a.own(prev)
				if prev.holder.empty() {
					prev.holder, prev.rule, prev.adjectiveSide = f.holder, "holder-conjoined", f.adjectiveSide
				}
			}
		case prev != nil && a.conjoined(prev, f):
			f.did, f.holder, f.adjectiveSide, f.implied = prev.did, prev.holder, prev.adjectiveSide, prev.implied
			f.rule = "holder-conjoined"
			if prev.agent {
				a.own(f)
			}
			a.sharesUnit(prev, f)
		case a.asObject(f, w):
		default:
			a.reduced(f, w)
		}
		if a.inVerb(f.did, nothingList) {
			f.did = ""
		}
		if prev != nil && f.kind == noUnit && f.unit == "" && !f.share && !a.ofThem(f) && a.sameKind(prev, f) {
			f.unit = prev.unit
		}
		a.elided(f, prev, w.from)
	}
}

// sharesUnit gives the first of two figures the percentage of the second: "61
// and 64 percent".
func (a *analysis) sharesUnit(p, f *figure) {
	if f.kind == shareUnit && p.kind == noUnit && p.unit == "" && !p.share && p.number.to == p.end && p.end+1 == f.from {
		p.kind, p.share = shareUnit, true
		p.value, p.upto = exact(p.value/100), exact(p.upto/100)
	}
}

// inVerb reports whether a verb is in a word list.
func (a *analysis) inVerb(lemma string, in lists) bool {
	return lemma != "" && a.lex.numbers.words[lemma].in&in != 0
}

// sameKind reports whether a figure without a noun counts what the one before
// it counts: "killed nine people and injured 12".
func (a *analysis) sameKind(p, f *figure) bool {
	if p.kind != noUnit || p.unit == "" || f.from-p.end > 4 || !a.lex.numbers.verbs[f.did].others {
		return false
	}
	if known := a.lex.words[p.unit]; !a.lex.numbers.verbs[p.did].others && p.unit != "person" && (known == nil || known.class&role == 0) {
		return false
	}
	for i := p.end; i < f.from; i++ {
		if t := &a.ts[i]; t.kind != wordToken && t.mark != ',' {
			return false
		}
	}
	return true
}

// conjoined reports whether nothing but "and" or a comma stands between two
// figures.
func (a *analysis) conjoined(p, f *figure) bool {
	i, and := p.end, false
	for i < f.from && i < p.end+3 {
		t := &a.ts[i]
		low := t.low()
		comma := t.kind == punctuation && t.mark == ','
		if !comma && low != "and" && low != "or" && low != "plus" {
			return false
		}
		and = true
		i++
	}
	return and && i == f.from
}

// verbAt returns the verb of which token i is a form.
func (a *analysis) verbAt(i int) (deedVerb, bool) {
	t := &a.ts[i]
	if t.kind != wordToken || t.capital && !a.sentenceStart(i) && a.doc.Blocks[t.block].Kind != hearsay.Heading {
		return deedVerb{}, false
	}
	low := a.low(*t)
	if v, ok := a.lex.numbers.verbs[low]; ok {
		return v, true
	}
	if t.lex != nil && len(t.lex.cues) > 0 && t.lex.form != 0 {
		for _, c := range t.lex.cues {
			if len(c.particle) == 0 {
				return deedVerb{lemma: c.lemma, form: t.lex.form}, true
			}
		}
	}
	return regular(low, t.lex)
}

// regular reads the verb off words that only such verbs are formed like.
func regular(low string, known *word) (deedVerb, bool) {
	if known != nil {
		return deedVerb{}, false
	}
	for _, e := range [...]string{"ated", "ised", "ized", "ating", "ising", "izing"} {
		if stem, ok := strings.CutSuffix(low, e); ok && len(stem) > 3 {
			f := pastForm | participle
			if strings.HasSuffix(e, "ing") {
				f = ingForm
			}
			return deedVerb{lemma: stem + e[:2] + "e", form: f}, true
		}
	}
	return deedVerb{}, false
}

// isVerb tells the verb at token i from the noun of the same form.
func (a *analysis) isVerb(i, lo int, v deedVerb) bool {
	if i-1 < lo || a.ts[i-1].block != a.ts[i].block {
		return v.form&^baseForm != 0
	}
	p := &a.ts[i-1]
	switch {
	case p.kind == numberToken && v.form == baseForm && i-2 >= lo && a.ts[i-2].is(preposition) && a.ts[i].is(plainVerb):
		return true // "mixers sold since 2018 make"
	case p.is(modal|auxiliary|copula) || p.low() == "to" || p.is(personal) && !p.is(possessive):
		return true
	case p.is(determiner) && !p.is(relative|indefinite) || p.is(possessive) || a.possessiveMark(i-1):
		return false
	case p.kind == numberToken && v.form == thirdForm:
		return false // "400 reports"
	case v.noun && v.form&(pastForm|participle|ingForm) == 0:
		return false
	case v.form&(pastForm|participle|ingForm) != 0 && v.form&baseForm == 0:
		return true
	case p.is(preposition):
		return false
	}
	if v.form&thirdForm != 0 {
		return !a.lex.numbers.plural(a.low(*p)) && (p.capital || p.lex == nil || p.is(role|organisation|document|relative))
	}
	return v.form&pastForm != 0 || p.capital || a.lex.numbers.plural(a.low(*p)) || p.is(conjunction|adverb|relative|group)
}

// finiteAt reports whether a finite verb stands at token i.
func (a *analysis) finiteAt(i int) bool {
	t := &a.ts[i]
	if t.is(auxiliary|modal|copula) && !a.possessiveMark(i) {
		return true
	}
	v, ok := a.verbAt(i)
	return ok && v.form&(pastForm|thirdForm) != 0 && a.isVerb(i, 0, v)
}

// asSubject binds a figure that is the subject of the verb behind it: "nine
// people were killed", "40 boats sank".
func (a *analysis) asSubject(f *figure, w words) bool {
	i := f.end
	if i+1 < w.to && a.ts[i].low() == "more" && a.ts[i+1].low() != "than" && a.groupGoes(i+1) {
		i++ // "$5 million more was sent"
	}
	object := words{}
	relative := i < w.to && a.ts[i].is(relative) && (a.ts[i].low() != "that" || f.end > f.number.to || f.kind == moneyUnit && f.from > w.from && a.ts[f.from-1].is(determiner))
	if relative {
		i++
		if s := a.countedBy(i, w.to); !s.empty() {
			object, i = s, s.to
		}
	} else if a.prepositional(i, w.to) {
		if j := a.pastPhrase(i, w.to); j > i && !a.dependent(f, w.from) {
			i = j
		}
	}
	did, _, finite, ok := a.groupAfter(i, w.to)
	if ok && finite && !relative && (a.inRelative(f, w.from) || a.insidePhrase(f, w.from)) {
		return false
	}
	if !ok || f.from-2 >= w.from && a.isDeedOf(f.from-1, w.from) {
		return false
	}
	if !finite && object.empty() && (a.dependent(f, w.from) || relative) {
		return false
	}
	f.did, f.agent = did, true
	for j := i; j < w.to && j < i+3 && a.groupGoes(j); j++ {
		if a.ts[j].is(negation) {
			f.did = "" // "seven members were not persuaded"
		}
	}
	if !object.empty() {
		f.holder = object
		return true
	}
	a.own(f)
	return true
}

// inRelative reports whether a figure is the object of a relative clause:
// "glaciers that feed three cities could vanish".
func (a *analysis) inRelative(f *figure, lo int) bool {
	g, ok := a.governor(f, lo)
	if !ok || g.noun {
		return false
	}
	from := a.groupFrom(g.at, lo)
	return from-2 >= lo && a.ts[from-1].is(relative) && a.nounBefore(from-2) && len(a.ts[from-2].lexCues()) == 0
}

// isDeedOf reports whether token i is the "of" in "the loss of".
func (a *analysis) isDeedOf(i, lo int) bool {
	_, ok := a.deedNoun(i, lo)
	return ok && a.ts[i].low() == "of"
}

// prepositional reports whether a phrase with a preposition begins at token i.
func (a *analysis) prepositional(i, hi int) bool {
	return i < hi && a.ts[i].is(preposition) && !a.ts[i].is(subordinator|conjunction)
}

// pastPhrase returns the auxiliary verb behind the phrase with a preposition
// that begins at token i, i itself for none.
func (a *analysis) pastPhrase(i, hi int) int {
	for j := i + 1; j < hi && j < i+6; j++ {
		t := &a.ts[j]
		if t.kind != wordToken || t.is(subordinator|conjunction|relative) {
			return i
		}
		if t.is(auxiliary|copula|modal) && !a.possessiveMark(j) {
			return j
		}
	}
	return i
}

// countedBy returns the subject at token i of a clause that a verb follows:
// "the tanks that Veldany lost".
func (a *analysis) countedBy(i, hi int) words {
	j := i
	for j < hi && j < i+6 && a.ts[j].kind == wordToken && !a.ts[j].is(preposition|conjunction|auxiliary|copula|modal) {
		if _, ok := a.verbAt(j); ok && j > i && !a.ts[j].capital {
			return words{i, j}
		}
		if _, ok := a.verbAt(j); ok && !a.ts[j].capital {
			return words{}
		}
		j++
	}
	if j > i && j < hi && a.ts[j].is(auxiliary|copula|modal) {
		return words{i, j}
	}
	return words{}
}

// groupAfter reads the verb group that begins at token i: what happened,
// whether in the passive, and whether the verb is finite beyond doubt.
func (a *analysis) groupAfter(i, hi int) (did string, passive, finite, ok bool) {
	be := false
	for j := i; j < hi && j < i+8; j++ {
		t := &a.ts[j]
		switch {
		case t.kind != wordToken:
			return "", false, false, false
		case t.is(auxiliary | modal | copula | negation):
			finite = true
			be = be || t.is(copula) || a.low(*t) == "been"
			if next := j + 1; next >= hi || !a.groupGoes(next) {
				return "", false, true, t.is(copula) // "were in the port"
			}
			continue
		case (t.is(adverb) || a.adverbial(j)) && !a.verbNotAdverb(j, hi):
			if j == i && !(j+1 < hi && a.groupGoes(j+1)) {
				return "", false, false, false
			}
			continue
		case t.low() == "dead" && j == i:
			return "die", false, false, true
		}
		v, is := a.verbAt(j)
		switch {
		case !is, be && v.form&(participle|ingForm) == 0:
			return "", false, finite, finite
		case !finite && v.form&(pastForm|participle) == 0:
			if v.form&baseForm == 0 || v.noun || j != i || t.is(preposition) || t.is(timeWord|weekday|month) {
				return "", false, false, false
			}
			return v.lemma + a.particleAfter(j, hi), false, false, len(t.lexCues()) > 0 || t.is(plainVerb) || a.inList(j, aloneList) || j+1 < hi && a.ts[j+1].kind == wordToken && !a.ts[j+1].is(preposition|conjunction|auxiliary)
		case !finite && v.form&participle == 0:
			finite = true
		}
		return v.lemma + a.particleAfter(j, hi), be && v.form&participle != 0, finite, true
	}
	return "", false, false, false
}

// verbNotAdverb reports whether a word that may be an adverb is a verb: "voters
// back the plan".
func (a *analysis) verbNotAdverb(j, hi int) bool {
	_, ok := a.lex.numbers.verbs[a.low(a.ts[j])]
	return ok && j+1 < hi && a.ts[j+1].is(determiner|possessive)
}

func (t *token) lexCues() []*cueVerb {
	if t.lex == nil {
		return nil
	}
	return t.lex.cues
}

// groupGoes reports whether a verb group can go on with token i.
func (a *analysis) groupGoes(i int) bool {
	t := &a.ts[i]
	if t.kind != wordToken {
		return false
	}
	if t.is(auxiliary|modal|copula|negation|adverb) || a.adverbial(i) {
		return true
	}
	v, ok := a.verbAt(i)
	return ok && v.form != thirdForm
}

// particleAfter returns the particle behind a verb with a blank before it.
func (a *analysis) particleAfter(j, hi int) string {
	if j+1 < hi && a.inList(j+1, particleList) {
		if low := a.ts[j+1].low(); low != "" && !(low == "up" && j+2 < hi && a.ts[j+2].low() == "to") && !(low == "out" && j+2 < hi && a.ts[j+2].low() == "of") {
			return " " + low
		}
	}
	return ""
}

// dependent reports whether a verb stands before a figure of which it can be the
// object, other than one of saying.
func (a *analysis) dependent(f *figure, lo int) bool {
	g, ok := a.governor(f, lo)
	if !ok || g.noun {
		return ok
	}
	t := &a.ts[g.at]
	for _, c := range t.lexCues() {
		if c.takes(clauseFrame) && len(c.particle) == 0 {
			return false
		}
	}
	return true
}

// asObject binds a figure to the verb or the noun before it.
func (a *analysis) asObject(f *figure, w words) bool {
	lo := w.from
	if f.kind == timeUnit && f.end < w.to && a.ts[f.end].is(subordinator|adverb) && !a.ts[f.end].is(copula|auxiliary) {
		switch a.ts[f.end].low() {
		case "before", "after", "beforehand", "afterwards":
			return false // "stopped transmitting 11 minutes before it landed"
		}
	}
	g, ok := a.governor(f, lo)
	if !ok && a.isWorth(f, lo) {
		return true
	}
	if !ok {
		if !g.possess.empty() {
			a.possessor(f, g.possess)
		} else {
			a.own(f)
		}
		return false
	}
	f.did = g.did
	if g.did == "come" && a.ts[g.at+1].low() == "in" {
		f.did = "" // "profit would come in at €90m"
	}
	if g.did == "leave" || g.did == "keep" {
		if did, _, finite, ok := a.groupAfter(f.end, w.to); ok && !finite && did != "" {
			f.did = did // "left nine monitors switched off"
		}
	}
	if g.noun {
		if !g.possess.empty() {
			a.possessor(f, g.possess)
		} else if a.own(f); f.holder.empty() {
			f.verb, f.holder = a.doerOf(g.at, lo)
			f.rule = "holder-subject"
		}
		return true
	}
	f.verb = g.at + 1
	subject, implied := a.subjectOf(g.at, lo, 3)
	group := a.groupFrom(g.at, lo)
	passive := a.passiveGroup(group, g.at, g.verb)
	switch {
	case g.verb.two && g.verb.others && !g.indirect.empty():
		f.holder = a.wide(g.indirect, lo)
		return true
	case g.verb.two && g.verb.others && f.kind != moneyUnit:
		a.own(f)
		return true
	case g.verb.others && !g.verb.two && !passive:
		f.agent = true
		a.own(f)
		if f.holder.empty() && !g.possess.empty() {
			a.possessor(f, g.possess)
		}
		return true
	}
	switch {
	case passive && (g.on || f.kind == measureUnit):
		a.own(f)
	case !subject.empty():
		f.holder = subject
		if group > 0 && subject.to < group-1 {
			f.rule = "holder-subject"
		}
	case !g.possess.empty():
		a.possessor(f, g.possess)
	default:
		a.own(f)
		f.implied = f.holder.empty() && implied
	}
	return true
}

func (a *analysis) wide(w words, lo int) words {
	for w.from > lo && a.ts[w.from-1].is(determiner|possessive) {
		w.from--
	}
	return w
}

func (a *analysis) passiveGroup(from, verb int, v deedVerb) bool {
	if v.form&participle == 0 {
		return false
	}
	for i := from; i < verb; i++ {
		if low := a.ts[i].low(); a.ts[i].is(copula) || low == "been" {
			return true
		}
	}
	return false
}

// groupFrom returns the first token of the group of the verb at token i.
func (a *analysis) groupFrom(i, lo int) int {
	for i-1 >= lo && a.ts[i-1].kind == wordToken && a.ts[i-1].block == a.ts[i].block {
		p := &a.ts[i-1]
		switch {
		case p.low() == "'s" && a.possessiveMark(i-1) && !a.ts[i].is(auxiliary|copula):
			return i
		case p.is(auxiliary | modal | copula | negation), p.low() == "to", p.is(adverb) && !p.is(preposition|determiner), a.adverbial(i - 1):
			i--
		default:
			return i
		}
	}
	return i
}

// own takes the holder from the figure's own phrase: "40 Veldanian tanks", "a
// quarter of Veldany's fleet".
func (a *analysis) own(f *figure) {
	for _, w := range [2]words{f.noun, f.of} {
		for i := w.from; i < w.to; i++ {
			t := &a.ts[i]
			if t.capital && a.lex.adjectives[t.In(a.text)] != "" {
				f.holder, f.adjectiveSide, f.rule = words{i, i + 1}, true, "holder-adjective"
				return
			}
			if a.possessiveMark(i) && i > w.from {
				f.holder, f.rule = words{w.from, i}, "holder-possessor"
				return
			}
			if t.is(possessive) && i == w.from {
				f.holder, f.rule = words{i, i + 1}, "holder-possessor"
				return
			}
		}
	}
	if i := f.from - 1; i > 0 && a.ts[i].block == a.ts[f.from].block {
		switch {
		case a.possessiveMark(i):
			if w := a.lastOf(a.nounsBefore(i, max(0, i-8))); !w.empty() {
				f.holder, f.rule = w, "holder-possessor"
			}
		case a.ts[i].is(possessive):
			f.holder, f.rule = words{i, i + 1}, "holder-possessor"
		}
	}
}

// possessor makes a possessor the holder of a figure.
func (a *analysis) possessor(f *figure, w words) {
	f.holder, f.rule = w, "holder-possessor"
	if w.to-w.from == 1 && a.lex.adjectives[a.ts[w.from].In(a.text)] != "" && a.lex.countries[a.ts[w.from].In(a.text)] == "" {
		f.adjectiveSide, f.rule = true, "holder-adjective"
	}
}

// reduced binds a figure to a participle behind it: "40 boats lost at sea".
func (a *analysis) reduced(f *figure, w words) {
	did, _, finite, ok := a.groupAfter(f.end, w.to)
	if finite && a.insidePhrase(f, w.from) {
		return
	}
	if f.share && f.end+1 < w.to && a.ts[f.end].low() == "in" && a.inList(f.end+1, favourList) {
		did, ok = "favour", true // "58 percent in favour"
	}
	if !ok || did == "" {
		return
	}
	f.did = did
	if f.holder.empty() {
		a.own(f)
	}
}
