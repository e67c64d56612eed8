package annotate

import (
	"slices"
	"sort"
	"strings"

	"hearsay"
)

// A firm is an organisation that its name alone does not show to be one: "Full
// Bowl", "Pelham & Voss", "Halvergate NV".
type firm struct {
	hearsay.Span                 // its fullest name
	nouns        map[string]bool // what the report calls it, in small letters: "maker", "chocolate", "company"
}

// A bodyAt is a place where an organisation is named, with its full name.
type bodyAt struct {
	hearsay.Span
	at int // byte of the place
}

// companyKey and sideKey stand for every noun that any firm or any club can be called
// by; no word is written so.
const (
	companyKey = "*company"
	sideKey    = "*side"
)

// firms finds the organisations that are shown to be such by the words beside their
// names, and enters every place that names one.
func (a *analysis) firms(p *people) {
	const most = 2000
	found := map[string]*firm{} // by name, in small letters
	short := map[string]*firm{} // by the first word of a longer name; nil for several
	surnames := map[string]bool{}
	for _, run := range p.runs {
		if run.name.to-run.name.from > 1 && !run.firm {
			surnames[a.low(a.ts[run.name.to-1])] = true
		}
	}
	sport := a.tellsOfClubs()
	for _, run := range p.runs {
		if len(found) >= most || !run.titles.empty() || run.name.to-run.name.from > 6 || a.heading(run.from) {
			continue
		}
		nouns := a.firmNouns(run)
		if n := run.to - run.from; len(nouns) == 0 && sport && n == 2 && a.lex.clubsToo[a.low(a.ts[run.to-1])] && a.ownWord(run.from) && !a.givenAt(run.from) {
			nouns = []string{sideKey} // "Thorn City"
		}
		if len(nouns) == 0 || run.to-run.from == 1 && surnames[a.low(a.ts[run.from])] {
			continue
		}
		key := strings.Join(a.contentWords(run.words), " ")
		f := found[key]
		if f == nil {
			f = &firm{Span: a.span(run.words), nouns: map[string]bool{}}
			found[key] = f
			if first := a.low(a.ts[run.from]); run.to-run.from > 1 && a.ownWord(run.from) {
				if other, taken := short[first]; taken && other != f {
					short[first] = nil
				} else {
					short[first] = f
				}
			}
		}
		for _, n := range nouns {
			f.call(n, a.lex)
		}
		f.callByName(a, run)
	}
	if len(found) == 0 {
		return
	}
	for _, run := range p.runs {
		if !run.titles.empty() {
			continue
		}
		words := a.contentWords(run.words)
		f := found[strings.Join(words, " ")]
		if len(words) == 1 && (f == nil || short[words[0]] != nil) {
			f = short[words[0]]
		}
		if f == nil || len(words) == 1 && a.ts[run.from].lex != nil && a.sentenceOf(run.from).from == run.from && f.Len() == a.ts[run.from].Len() && len(a.firmNouns(run)) == 0 {
			continue
		}
		p.firmAt[run.from], p.firmOf[f.Span] = f, f
		if a.heading(run.from) {
			continue
		}
		for n := range f.nouns {
			p.bodies[n] = append(p.bodies[n], bodyAt{f.Span, a.ts[run.from].Start})
		}
		a.calledBehind(p, f, run)
	}
}

// tellsOfClubs reports whether a report is about a sport that clubs play.
func (a *analysis) tellsOfClubs() bool {
	const enough = 3
	n := 0
	for i := range a.ts {
		switch a.lowAt(i) {
		case "club", "coach", "striker", "winger", "midfielder", "goalkeeper", "defender", "league", "squad", "fixture", "relegation", "half-time", "penalty", "transfer", "dressing-room", "kick-off", "scored", "match":
			n++
		}
	}
	return n >= enough
}

// calledBehind remembers the description by which a sentence goes on to call an
// organisation: "Norl Foods said profit would fall as the chocolate maker ...".
func (a *analysis) calledBehind(p *people, f *firm, run nameRun) {
	const far = 60 // tokens
	s := a.sentenceOf(run.from)
	for i := run.to; i < s.to && i < run.to+far; i++ {
		if g := p.firmAt[i]; g != nil && g != f || a.ts[i].kind == punctuation && a.ts[i].mark == ';' {
			return
		}
		if a.ts[i].capital || !a.lex.companies[a.low(a.ts[i])] {
			continue
		}
		nouns := a.callsBefore(words{i, i + 1})
		if from := i - len(nouns); len(nouns) > 1 && from >= run.to && a.lowAt(from) == "the" {
			for _, n := range nouns {
				f.call(n, a.lex)
			}
		}
		return
	}
}

// call remembers a noun that the report calls an organisation by.
func (f *firm) call(noun string, lex *lexicon) {
	const most = 12 // nouns
	if len(f.nouns) >= most {
		return
	}
	f.nouns[noun] = true
	switch {
	case noun == companyKey || lex.companies[noun]:
		f.nouns[companyKey] = true
	case lex.sides[noun]:
		f.nouns[sideKey] = true
	}
}

// ownWord reports whether a word can stand for a longer name: none that the lexicon
// knows, nor an adjective of a country.
func (a *analysis) ownWord(i int) bool {
	t := &a.ts[i]
	name := t.In(a.text)
	return t.lex == nil && a.lex.adjectives[name] == "" && a.lex.countries[name] == ""
}

// firmNouns returns by what nouns the words beside a name, or in it, call it an
// organisation; nil where they do not.
func (a *analysis) firmNouns(run nameRun) []string {
	last := a.low(a.ts[run.to-1])
	n := run.to - run.from
	var nouns []string
	switch {
	case n > 1 && a.lex.firms[last], run.firm:
		nouns = append(nouns, companyKey)
	case n > 1 && a.lex.clubs[last]:
		nouns = append(nouns, sideKey)
	case n == 1 && a.lex.corps[last] && a.lowAt(run.from-1) != "and":
		nouns = append(nouns, companyKey)
	}
	if _, given := a.lex.given[a.low(a.ts[run.from])]; given && len(nouns) == 0 && n > 1 {
		return nil
	}
	if i := run.from - 1; i >= 0 && a.ts[i].block == a.ts[run.from].block && a.ts[i].kind == wordToken && a.bodyNoun(i) && !a.ts[i].capital && !tradesToo[a.low(a.ts[i])] {
		called := a.callsBefore(words{i, i + 1})
		before := &a.ts[max(i-len(called), 0)]
		if before.is(determiner|possessive) || a.possessiveMark(max(i-len(called), 0)) || n > 1 || a.ts[run.from].upper {
			nouns = append(nouns, called...)
		}
	}
	if w := a.phraseBeforeComma(run.from); !w.empty() && a.apposedName(w, run) {
		h := a.headNoun(w)
		if end := w.to - 1; h < end && a.personNoun(h) && a.bodyNoun(end) && run.titles.empty() && !a.only(w) {
			h = end // "a spokesman for the company, Brand Mills"
		}
		if a.bodyNoun(h) && !a.ts[h].capital || len(nouns) > 0 && a.low(a.ts[h]) == "owner" {
			nouns = append(nouns, a.callsBefore(words{w.from, h + 1})...)
		}
	}
	if key := a.tradeBehind(run.to); key != "" && (n > 1 || !a.ts[run.from].is(organisation|role|group)) {
		nouns = append(nouns, key)
	}
	if w := a.phraseBehindComma(run.to); !w.empty() {
		if h := a.headNoun(w); a.bodyNoun(h) && !a.ts[h].capital {
			nouns = append(nouns, a.callsBefore(words{w.from, h + 1})...)
		}
	}
	return nouns
}

// callByName remembers the nouns of a name itself, and those that take them up.
func (f *firm) callByName(a *analysis, run nameRun) {
	for i := run.from; run.to-run.from > 1 && i < run.to; i++ {
		if a.ts[i].is(organisation) {
			f.nouns[a.lowAt(i)] = true
		}
		for _, kind := range a.lex.kinds[a.lowAt(i)] {
			f.nouns[kind] = true
		}
	}
}

// tradeBehind returns the key of firms or of clubs where what stands behind a name is
// told of such only: ", which employs 300 people", "'s finance director".
func (a *analysis) tradeBehind(i int) string {
	const near = 3 // tokens
	if i+2 >= len(a.ts) || a.ts[i].block != a.ts[i+2].block || i == 0 || a.ts[i-1].block != a.ts[i].block {
		return ""
	}
	switch {
	case a.ts[i].kind == punctuation && a.ts[i].mark == ',' && a.lowAt(i+1) == "which":
		for j := i + 2; j < len(a.ts) && j < i+2+near; j++ {
			if a.lex.trades[a.lowAt(j)] {
				return companyKey
			}
			if !a.adverb(j) && !a.ts[j].is(auxiliary) {
				break
			}
		}
	case a.possessiveMark(i):
		for j := i + 1; j+1 < len(a.ts) && j < i+1+near && a.ts[j].kind == wordToken; j++ {
			if key := a.lex.firmOffices[a.lowAt(j)+"_"+a.lowAt(j+1)]; key != "" {
				return key
			}
		}
	}
	return ""
}

// apposedName reports whether a name behind a comma and a phrase is closed as an
// apposition is.
func (a *analysis) apposedName(w words, run nameRun) bool {
	if run.to >= len(a.ts) || a.ts[run.to].block != a.ts[run.from].block {
		return true
	}
	t := &a.ts[run.to]
	return t.kind == punctuation && t.mark != '&' && a.ts[w.from].is(determiner|possessive)
}

// bodyNoun reports whether a token is a noun that an organisation can be called by.
// Those of places are none.
func (a *analysis) bodyNoun(i int) bool {
	t := &a.ts[i]
	low := a.low(*t)
	switch low {
	case "city", "state", "country", "nation", "parish", "house", "force", "press", "crown", "church", "staff", "side", "prison", "board":
		return low == "house" && i > 0 && a.lowAt(i-1) == "auction" || low == "house" && i > 0 && a.lowAt(i-1) == "publishing"
	}
	return t.is(organisation) && !t.is(role|title) || a.lex.companies[low] && !t.is(role) || a.lex.sides[low]
}

// callsBefore returns the noun that ends a phrase and the words that say more of it.
func (a *analysis) callsBefore(w words) []string {
	const most = 4
	nouns := []string{a.low(a.ts[w.to-1])}
	for i := w.to - 2; i >= 0 && len(nouns) < most; i-- {
		t := &a.ts[i]
		if t.block != a.ts[w.to-1].block || t.kind != wordToken || t.is(determiner|possessive|preposition|conjunction) || t.capital || !a.noun(i) || a.possessiveMark(i) {
			break
		}
		nouns = append(nouns, a.low(*t))
	}
	return nouns
}

// phraseBeforeComma returns the noun phrase that ends with the comma before token
// i: "the auction house" in "the auction house, Pelham & Voss".
func (a *analysis) phraseBeforeComma(i int) words {
	const most = 14 // tokens
	end := i - 1
	if end < 1 || a.ts[end].kind != punctuation || a.ts[end].mark != ',' || a.ts[end].block != a.ts[i].block {
		return words{}
	}
	from := -1
	for j := end - 1; j >= 0 && end-j < most; j-- {
		t := &a.ts[j]
		if t.block != a.ts[i].block || t.kind == quoteMark || t.kind == punctuation && t.mark != '-' || t.quote != a.ts[i].quote {
			break
		}
		if t.kind == apostrophe || a.possessiveMark(j) || t.kind == numberToken {
			continue
		}
		if t.is(determiner|possessive) && !t.is(relative|preposition|subordinator) {
			from = j
			if j > 0 && a.lowAt(j-1) == "of" || j > 0 && t.is(determiner) && a.ts[j-1].is(preposition) && j > 1 && a.ts[j-2].is(role) {
				continue
			}
			break
		}
		if t.is(conjunction|preposition) && t.low() != "of" && t.low() != "and" && t.low() != "for" || len(a.cuesAt(j)) > 0 && !t.capital && !a.noun(j) || a.finite(j) && !a.noun(j) {
			break
		}
		if t.capital && (j == 0 || !a.ts[j-1].capital) {
			from = j
		}
	}
	if from < 0 {
		return words{}
	}
	return words{from, end}
}

// cuesAt returns the verbs of speech that token i can be a form of.
func (a *analysis) cuesAt(i int) []*cueVerb {
	if a.ts[i].lex == nil {
		return nil
	}
	return a.ts[i].lex.cues
}

// phraseBehindComma returns the noun phrase that follows a comma at token i: "the
// maker of sensors".
func (a *analysis) phraseBehindComma(i int) words {
	const most = 24
	if i+2 >= len(a.ts) || a.ts[i].kind != punctuation || a.ts[i].mark != ',' || !a.ts[i+1].is(determiner) || a.ts[i+1].is(relative) || a.ts[i+1].block != a.ts[i].block {
		return words{}
	}
	w := a.phraseAfter(i+1, min(i+most, a.sentenceOf(i).to), false)
	if w.empty() || w.to < len(a.ts) && a.finite(w.to) {
		return words{} // "the firm said": a clause of its own
	}
	return w
}

// heading reports whether token i stands in a heading.
func (a *analysis) heading(i int) bool {
	return a.doc.Blocks[a.ts[i].block].Kind == hearsay.Heading
}

// firmCalled returns the organisation that a description takes up: "the company",
// "the chocolate maker", "the auction house". Where the words beside its noun fit
// none, the report must have one of the kind alone.
func (r *resolver) firmCalled(w words, head int) (hearsay.Span, bool) {
	const back = 16
	const far = 1500 // bytes in which a firm is named that was only described
	a := r.a
	noun := a.low(a.ts[head])
	key := noun
	switch {
	case a.lex.companies[noun]:
		key = companyKey
	case a.lex.sides[noun]:
		key = sideKey
	}
	l := r.people.bodies[key]
	if key != noun && len(r.people.bodies[noun]) > 0 && noun != "group" {
		// Of those that are called by that very noun.
		l = r.people.bodies[noun]
	}
	if len(l) == 0 || !a.heading(w.from) && a.namesAnother(w, head) {
		return hearsay.Span{}, false
	}
	more := a.callsBefore(words{w.from, head + 1})[1:]
	more = slices.DeleteFunc(more, func(s string) bool { return a.lex.blanks[s] || s == "same" })
	k := sort.Search(len(l), func(k int) bool { return l[k].at >= a.ts[w.from].Start })
	if k == 0 && (a.heading(w.from) || a.ts[w.from].is(determiner|possessive)) && l[0].at < a.ts[w.from].Start+far {
		k = 1 // named behind
		if f := r.people.firmOf[l[0].Span]; len(more) > 0 && (f == nil || slices.ContainsFunc(more, func(s string) bool { return !f.nouns[s] })) {
			return hearsay.Span{}, false
		}
	}
	if len(more) > 0 {
		return r.firmOfWords(l[:k], more)
	}
	var best hearsay.Span
	for j := k - 1; j >= 0 && j >= k-back; j-- {
		if best.Empty() {
			best = l[j].Span
		}
	}
	return best, !best.Empty()
}

// firmOfWords returns the organisation, of those named last, that the report has
// called by all the words, or the only one.
func (r *resolver) firmOfWords(l []bodyAt, more []string) (hearsay.Span, bool) {
	const back = 16
	var only hearsay.Span
	several := false
	for j := len(l) - 1; j >= 0 && j >= len(l)-back; j-- {
		f := r.people.firmOf[l[j].Span]
		if f != nil && !slices.ContainsFunc(more, func(s string) bool { return !f.nouns[s] }) {
			return l[j].Span, true
		}
		if at, ok := r.a.place(l[j].Span); f == nil && ok && r.lacks(at, more) {
			continue // "the defence ministry" is not the Interior Ministry
		}
		several = several || !only.Empty() && only != l[j].Span
		only = l[j].Span
	}
	return only, !only.Empty() && !several
}

// tradesToo are nouns of organisations that name a trade before a person's name:
// "mail carrier Ann Ott".
var tradesToo = map[string]bool{"carrier": true, "operator": true, "publisher": true, "contractor": true, "guard": true, "retailer": true, "supplier": true, "brewer": true, "lender": true, "prosecution": true}
